"""Merges in odd places and states: other line ends, crossed histories, annotations in a repository of their own."""

from pathlib import Path

import pytest
from merge_samples import FILE, article, branches, git, put, repository, variorum

from tui import git as git_questions
from tui.exchange.resolving import resolve
from tui.strict_yaml import MAX_BYTES
from tui.workspace import open_workspace

BOTH = article(("a", 0, "begun"), ("b", 9, "begun"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


def set_up(root: Path) -> None:
    assert variorum(root, "git-setup", "--yes").code == 0
    git(root, "add", ".gitattributes")
    git(root, "commit", "-q", "-m", "set up")


def deleted_there(root: Path) -> None:
    """A merge that stopped, as one side deleted the file that the other changed."""
    put(root, BOTH)
    git(root, "checkout", "-q", "-b", "theirs")
    git(root, "rm", "-q", FILE)
    git(root, "commit", "-q", "-m", "away")
    git(root, "checkout", "-q", "main")
    put(root, article(("a", 0, "edited"), ("b", 9, "begun")))


def test_what_git_put_there_with_other_line_ends_is_not_taken_for_somebodys_work(root: Path) -> None:
    deleted_there(root)
    git(root, "config", "core.autocrlf", "true")
    (root / FILE).unlink()
    git(root, "checkout", "-q", "--", FILE)
    assert b"\r\n" in (root / FILE).read_bytes()
    git(root, "merge", "-q", "theirs", code=1)
    ran = variorum(root, "resolve")
    assert f"merged {FILE}\n" in ran.out
    assert "somebody has settled" not in ran.err
    assert "gist: edited" in (root / FILE).read_text()
    assert git(root, "ls-files", "-u") == ""


def test_histories_that_crossed_are_merged_though_git_makes_a_base_with_markers(root: Path) -> None:
    """Two branches merged each other's first commit: their base is a merge of two, and git leaves markers in it. What
    one of them settled and deleted since stays so."""
    put(root, BOTH)
    branches(root, article(("a", 0, "ours"), ("b", 9, "begun")), article(("a", 0, "theirs"), ("b", 9, "begun")))
    firsts = {name: git(root, "rev-parse", name).strip() for name in ("main", "theirs")}
    for name, other in (("main", "theirs"), ("theirs", "main")):
        git(root, "checkout", "-q", name)
        git(root, "merge", "-q", firsts[other], code=1)
        assert variorum(root, "resolve").code == 1
        git(root, "commit", "-q", "--no-edit")
    put(root, article(("a", 0, "theirs, later"), ("c", 20, "new")))
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "theirs", code=1)
    base = git(root, "show", f":1:{FILE}")
    assert "<<<<<<<" in base
    ran = variorum(root, "resolve")
    assert ran.code == 0
    assert "as if both sides had made the file" not in ran.err
    assert git(root, "ls-files", "-u") == ""
    text = (root / FILE).read_text()
    assert all(word in text for word in ("theirs, later", "c00000000000c:"))
    assert not any(word in text for word in ("gist: ours", "conflicts:", "c00000000000b:"))


def test_where_the_bases_of_crossed_histories_can_not_be_read_both_versions_are_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, BOTH)
    branches(root, article(("a", 0, "ours")), article(("a", 0, "theirs")))
    git(root, "merge", "-q", "theirs", code=1)
    marked = b"<<<<<<<<< Temporary merge branch 1\n"
    monkeypatch.setattr(git_questions, "merge_bases", lambda *_: [])
    kept = git_questions.contents
    versions = git_questions.unmerged_versions(root, {})
    assert versions is not None
    base = versions[FILE]["1"].id
    monkeypatch.setattr(
        git_questions, "contents", lambda id, *more, **how: marked if id == base else kept(id, *more, **how)
    )
    (merged,) = resolve(open_workspace(root, {}), {}).merged.values()
    assert "unfinished git merge" in merged.unread_base
    text = (root / FILE).read_text()
    assert all(word in text for word in ("ours", "theirs"))


def test_the_driver_merges_without_a_base_that_was_broken(root: Path) -> None:
    set_up(root)
    put(root, BOTH.replace("span: [9, 14]", "span: [14, 9]"))
    branches(root, article(("a", 0, "ours"), ("b", 9, "begun")), article(("a", 0, "begun"), ("b", 9, "theirs")))
    said = git(root, "merge", "theirs")
    assert f"{FILE} (base):16: two whole numbers are expected" in said
    assert "what one of them deleted is there again" in said
    text = (root / FILE).read_text()
    assert all(word in text for word in ("ours", "theirs"))
    assert "<<<<<<<" not in text


def test_what_git_can_not_keep_is_not_written_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    branches(root, article(("a", 0, "ours")), article(("a", 0, "theirs")))
    git(root, "merge", "-q", "theirs", code=1)
    marked = (root / FILE).read_bytes()
    monkeypatch.setattr(git_questions, "keep", lambda *_: None)
    resolved = resolve(open_workspace(root, {}), {})
    assert resolved.merged == {}
    assert "git does not keep what lies there" in resolved.refused[0]
    assert (root / FILE).read_bytes() == marked


# --- annotations that are a repository of their own, in a workspace that is one too ---


@pytest.fixture
def own(root: Path) -> Path:
    """The annotations, as a repository in the workspace's, with two branches that disagree."""
    git(root, "rm", "-r", "-q", "annotations")
    git(root, "commit", "-q", "-m", "apart")
    inner = root / "annotations"
    inner.mkdir()
    git(inner, "init", "-q", "-b", "main")
    put(inner, article(("a", 0, "begun")), "ada/001_a.yaml")
    branches(inner, article(("a", 0, "ours")), article(("a", 0, "theirs")), "ada/001_a.yaml")
    return inner


def test_annotations_in_a_repository_of_their_own_are_resolved(root: Path, own: Path) -> None:
    git(own, "merge", "-q", "theirs", code=1)
    ran = variorum(root, "resolve")
    assert f"merged {FILE}" in ran.out
    assert git(own, "ls-files", "-u") == ""


def test_annotations_in_a_repository_of_their_own_are_set_up_there(root: Path, own: Path) -> None:
    assert variorum(root, "git-setup", "--yes").code == 0
    assert (own / ".gitattributes").read_text() == "/**/*.yaml text eol=lf merge=variorum diff=variorum\n"
    assert not (root / ".gitattributes").exists()
    assert variorum(root, "git-setup").err == "variorum: this clone is set up\n"
    assert "annotations are merged record by record" in " ".join(variorum(root, "doctor").out.split())
    git(own, "merge", "-q", "theirs")
    assert "theirs: theirs" in (own / "ada/001_a.yaml").read_text()
    assert variorum(root, "git-setup", "--remove", "--for-all", "--yes").code == 0
    assert not (own / ".gitattributes").exists()


def test_annotations_in_a_repository_of_their_own_are_read_from_its_branches(root: Path, own: Path) -> None:
    ran = variorum(root, "list", "--records", "--ref", "theirs", VARIORUM_ANNOTATOR="ben")
    assert (ran.code, ran.err) == (0, "")
    assert "ada @theirs" in ran.out


# --- what git is told, and shows ---


def test_attributes_with_other_line_ends_are_taken_out_again(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    file = root / ".gitattributes"
    file.write_bytes(b"*.png binary\r\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert variorum(root, "git-setup").err == "variorum: this clone is set up\n"
    assert variorum(root, "git-setup", "--remove", "--for-all", "--yes").code == 0
    assert file.read_bytes() == b"*.png binary\n"


def test_a_file_too_large_to_be_read_hides_no_other_in_a_diff(root: Path) -> None:
    set_up(root)
    with (root / "annotations/ada/large.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    put(root, article(("a", 0, "begun")), "annotations/ada/more.yaml")
    said = git(root, "log", "-p", "-1")
    assert "+a file of more than 64 MB, which is more than is read" in said
    assert "+  gist: begun" in said


def test_a_version_too_large_to_be_read_is_named_as_it_is_called_in_the_repository(root: Path) -> None:
    set_up(root)
    branches(root, article(("a", 0, "ours")), "x" * (MAX_BYTES + 1))
    said = git(root, "merge", "theirs", code=1)
    assert f"{FILE} (theirs): can't be read: it is too large" in said
    assert "gist: ours" in (root / FILE).read_text()
    assert "larger than what is read" in variorum(root, "resolve").err


def test_a_name_with_a_line_end_in_it_stays_one_line_of_the_message(root: Path) -> None:
    set_up(root)
    name = "annotations/ada/a\nvariorum: done"
    branches(root, article(("a", 0, "ours")), article(("a", 0, "theirs")), f"{name}.yaml")
    said = git(root, "merge", "-q", "theirs")
    (line,) = [line for line in said.splitlines() if "changed on both sides" in line]
    assert line.startswith("variorum: annotations/ada/a\N{REPLACEMENT CHARACTER}variorum: done.yaml: 1 record")
