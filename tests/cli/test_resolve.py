"""`variorum resolve`: a merge that git stopped at is mended from git's index, without any set-up."""

from pathlib import Path

import pytest
from merge_samples import FILE, article, branches, git, put, repository, variorum

OURS, THEIRS = (article(("a", 0, gist)) for gist in ("ours", "theirs"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


def stopped(root: Path, ours: str, theirs: str, path: str = FILE) -> None:
    branches(root, ours, theirs, path)
    git(root, "merge", "-q", "theirs", code=1)


def test_a_file_with_markers_is_merged_by_record_and_git_is_told(root: Path) -> None:
    stopped(root, article(("a", 0, "begun"), ("b", 1, "mine")), article(("a", 0, "begun"), ("c", 1, "yours")))
    marked = (root / FILE).read_text()
    assert "<<<<<<<" in marked
    ran = variorum(root, "resolve")
    assert ran.code == 0
    assert ran.out.startswith(f"merged {FILE} (what lay there: git cat-file -p ")
    assert "go on as `git status` says" in ran.err
    assert (root / FILE).read_text() == article(("a", 0, "begun"), ("b", 1, "mine"), ("c", 1, "yours"))
    id = ran.out.rpartition(" ")[2].rstrip(")\n")
    assert git(root, "cat-file", "-p", id) == marked
    git(root, "commit", "-q", "--no-edit")
    assert git(root, "status", "--porcelain") == ""
    again = variorum(root, "resolve")
    assert (again.code, again.out, again.err) == (0, "", "variorum: git left no file with two versions\n")


def test_what_truly_disagrees_stays_in_the_file_and_is_said(root: Path) -> None:
    stopped(root, OURS, THEIRS)
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert f"{FILE}: 1 record changed on both sides (c00000000000a: gist)" in ran.err
    assert "        ours: ours\n        theirs: theirs\n" in (root / FILE).read_text()
    assert git(root, "ls-files", "-u") == ""
    git(root, "commit", "-q", "--no-edit")


def test_a_stopped_rebase_is_mended_too(root: Path) -> None:
    branches(root, OURS, THEIRS)
    git(root, "rebase", "-q", "main", "theirs", code=1)
    assert variorum(root, "resolve").code == 1
    git(root, "rebase", "--continue", GIT_EDITOR="true")
    assert git(root, "status", "--porcelain") == ""
    assert "theirs: theirs" in (root / FILE).read_text()


def test_a_file_that_both_sides_made_is_one_file(root: Path) -> None:
    one = article(("a", 0, "ours")).replace("001_a", "new")
    stopped(root, one, one.replace("00a:", "00b:"), "annotations/ada/new.yaml")
    assert variorum(root, "resolve").code == 0
    text = (root / "annotations/ada/new.yaml").read_text()
    assert "c00000000000a:" in text
    assert "c00000000000b:" in text


@pytest.mark.parametrize("deleted_here", [True, False])
def test_a_file_deleted_on_one_side_keeps_what_the_other_changed(root: Path, deleted_here: bool) -> None:
    put(root, article(("a", 0, "begun"), ("b", 1, "begun")))
    edited = article(("a", 0, "edited"), ("b", 1, "begun"))
    git(root, "checkout", "-q", "-b", "theirs")
    for branch, is_deleted in (("theirs", not deleted_here), ("main", deleted_here)):
        git(root, "checkout", "-q", branch)
        if is_deleted:
            git(root, "rm", "-q", FILE)
            git(root, "commit", "-q", "-m", "away")
        else:
            put(root, edited)
    git(root, "merge", "-q", "theirs", code=1)
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert "(c00000000000a: record)" in ran.err
    text = (root / FILE).read_text()
    assert "gist: edited" in text
    assert "c00000000000b:" not in text
    assert git(root, "ls-files", "-u") == ""


def test_a_file_of_which_nothing_is_left_is_removed(root: Path) -> None:
    put(root, article(("a", 0, "begun"), ("b", 1, "begun")))
    git(root, "checkout", "-q", "-b", "theirs")
    git(root, "rm", "-q", FILE)
    git(root, "commit", "-q", "-m", "away")
    git(root, "checkout", "-q", "main")
    put(root, article(("a", 0, "begun")))  # one of the two is gone here too
    git(root, "merge", "-q", "theirs", code=1)
    ran = variorum(root, "resolve")
    assert (ran.code, ran.out) == (0, f"removed {FILE}\n")
    assert not (root / FILE).exists()
    assert git(root, "status", "--porcelain") == f"D  {FILE}\n"


def test_two_files_that_git_takes_for_one_become_two_again(root: Path) -> None:
    """Here one file was taken away and another made that looks like it; there the first was changed."""
    put(root, article(*((letter, 9, "begun") for letter in "abcd")))
    git(root, "checkout", "-q", "-b", "theirs")
    put(root, article(("a", 9, "theirs"), *((letter, 9, "begun") for letter in "bcd")))
    git(root, "checkout", "-q", "main")
    git(root, "rm", "-q", FILE)
    other = "annotations/ada/002_b.yaml"
    put(root, article(*((letter, 9, "begun") for letter in "efgh")).replace("001_a", "002_b"), other)
    variorum(root, "git-setup", "--yes")  # without it, git merges the lines of the one into the other, and says nothing
    said = git(root, "merge", "-q", "theirs", code=1)
    assert "the versions are of two files" in said
    assert "`variorum resolve` makes two files of them" in said
    before = (root / other).read_text()
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert f"merged {FILE}\n" in ran.out
    assert f"{FILE}: 1 record changed on both sides (c00000000000a: record)" in ran.err
    text = (root / FILE).read_text()
    assert "gist: theirs" in text
    assert "c00000000000b:" not in text
    assert (root / other).read_text() == before
    assert git(root, "ls-files", "-u") == ""


def test_what_somebody_has_settled_already_is_left_alone(root: Path) -> None:
    stopped(root, OURS, THEIRS)
    put_by_hand = article(("a", 0, "both of them"))
    (root / FILE).write_text(put_by_hand)
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert f"{FILE}: somebody has settled this already" in ran.err
    assert (root / FILE).read_text() == put_by_hand
    git(root, "checkout", "--merge", "--", FILE)
    assert f"merged {FILE}" in variorum(root, "resolve").out


def test_what_was_recorded_since_git_stopped_is_merged_with_what_the_other_side_changed(root: Path) -> None:
    """The program that merges had moved away: git left our version as it was, and the application wrote it anew."""
    variorum(root, "git-setup", "--yes")
    put(root, article(("a", 0, "begun")))
    git(root, "config", "merge.variorum.driver", "/nowhere/python %A")
    stopped(root, article(("a", 0, "ours")), article(("a", 0, "theirs"), ("b", 9, "theirs")))
    assert (root / FILE).read_text() == article(("a", 0, "ours"))
    (root / FILE).write_text(article(("a", 0, "ours"), ("c", 20, "since")))
    refused = variorum(root, "resolve")
    assert refused.code == 1
    assert "or recorded in it since" in refused.err
    assert "`variorum resolve --again` merges what the other side changed into it" in refused.err
    ran = variorum(root, "resolve", "--again")
    assert ran.out.startswith(f"merged {FILE} (what lay there: ")
    text = (root / FILE).read_text()
    assert all(f"c00000000000{letter}:" in text for letter in "abc")
    assert all(word in text for word in ("gist: ours", "theirs: theirs", "gist: since"))
    assert git(root, "ls-files", "-u") == ""


def test_files_that_are_no_annotations_are_left_and_counted(root: Path) -> None:
    put(root, "note\n", "notes.txt")
    put(root, "x\n", "annotations/ada/readme.md")
    git(root, "checkout", "-q", "-b", "theirs")
    put(root, "theirs\n", "notes.txt")
    put(root, "theirs\n", "annotations/ada/readme.md")
    put(root, THEIRS)
    git(root, "checkout", "-q", "main")
    put(root, "ours\n", "notes.txt")
    put(root, "ours\n", "annotations/ada/readme.md")
    put(root, article(("a", 0, "ours")))
    git(root, "merge", "-q", "theirs", code=1)
    marked = (root / "annotations/ada/readme.md").read_text()
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert "1 other file is left to you" in ran.err
    assert "annotations/ada/readme.md: this is no file of annotations" in ran.err
    assert (root / "annotations/ada/readme.md").read_text() == marked
    assert "theirs: theirs" in (root / FILE).read_text()


def test_a_version_that_can_not_be_read_is_named_and_nothing_is_touched(root: Path) -> None:
    stopped(root, OURS, THEIRS.replace("span: [0, 5]", "span: [5, 0]"))
    marked = (root / FILE).read_bytes()
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert f"{FILE} (theirs):7: two whole numbers" in ran.err
    assert (root / FILE).read_bytes() == marked
    assert git(root, "ls-files", "-u") != ""


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    stopped(root, OURS, THEIRS)
    (root / FILE).unlink()
    (root / FILE).parent.rmdir()
    (root / FILE).parent.symlink_to(tmp_path / "outside")
    ran = variorum(root, "resolve")
    assert ran.code == 1
    assert "is a link, and links are not followed here" in ran.err
    assert list((tmp_path / "outside").iterdir()) == []


def test_outside_of_a_repository_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("format: variorum/1\n")
    ran = variorum(tmp_path, "resolve")
    assert ran.code == 1
    assert "lies in no repository" in ran.err
