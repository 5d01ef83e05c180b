"""`variorum doctor` and what is shared: YAML, the claims' words, and git."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from doctor_samples import Doctor, recorded_in
from privileges import NOBODY
from session_samples import BROKE, MET, claim_of, edit, git, make_workspace, opened, record_some, tag, tree

from tui.session import gestures
from tui.session.sync import export
from tui.store.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return recorded_in(tmp_path)


@pytest.fixture
def clone(root: Path) -> Path:
    """The workspace as a repository, all of it committed, by somebody with a name."""
    git(root, "init", "-q")
    git(root, "config", "user.name", "Ada")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "read")
    return root


# --- YAML ---


def test_errors_in_yaml_are_counted_and_left_to_check(root: Path, doctor: Doctor) -> None:
    edit(root, "one.yaml", "format: variorum/1", "format: [")
    told = doctor(root)
    assert told.code == 1
    assert told.one("1 error and no warnings in the files")["mend"] == "`variorum check` lists them, each with its line"
    edit(root, "one.yaml", "format: [", "format: variorum/1\ncolour: red")
    told = doctor(root)
    assert told.code == 0
    assert told.one("no errors and 1 warning in the files")["severity"] == "warning"


def test_what_is_not_exported_yet_is_noted(root: Path, doctor: Doctor) -> None:
    with opened(root) as session:
        tag(session, BROKE)
    told = doctor(root)
    assert told.code == 0
    assert told.one("1 file of ada lacks something that is recorded here")["details"] == ["two.yaml"]


def test_a_record_deleted_here_and_changed_there_is_an_error_that_says_the_two_ways_out(
    root: Path, doctor: Doctor
) -> None:
    with opened(root) as session:
        session.do(gestures.delete(session.desk, claim_of(session, MET)))
    edit(root, "one.yaml", "- fact", "- opinion")
    told = doctor(root, "--fix")
    assert told.code == 1
    finding = told.one("changed here and deleted in the file, or the other way round")
    assert finding["details"] == ["annotations/ada/one.yaml", "annotations/ada/links.yaml"]  # its link goes with it
    assert "variorum export --ours" in finding["mend"]
    assert "variorum import --theirs" in finding["mend"]


def test_all_ones_yaml_gone_is_an_error_and_nothing_is_done_about_it(root: Path, doctor: Doctor) -> None:
    shutil.rmtree(root / "annotations/ada")
    before = tree(root)
    told = doctor(root, "--fix")
    assert told.code == 1
    assert "variorum export --ours" in told.one("all your YAML is gone")["mend"]
    assert tree(root) == before


def test_two_folders_of_one_reader_are_an_error(root: Path, doctor: Doctor) -> None:
    shutil.copytree(root / "annotations/ada", root / "annotations/Ada")
    told = doctor(root)
    assert told.code == 1
    finding = told.one("annotations/Ada: this and “ada” are two names for one reader")
    assert finding["mend"] == "move its files there"


def test_the_readers_name_is_told_with_where_it_comes_from(
    clone: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor(clone).data["areas"]["workspace"] == ["“balloon”", "read as ada, from VARIORUM_ANNOTATOR"]
    monkeypatch.delenv("VARIORUM_ANNOTATOR")
    assert doctor(clone).data["areas"]["workspace"][1] == "read as Ada (folder ada), from git config user.name"
    monkeypatch.setenv("VARIORUM_ANNOTATOR", "–")
    told = doctor(clone)
    assert told.code == 1
    assert told.one("can't be a reader's name: a letter or digit is needed in it (VARIORUM_ANNOTATOR)")


def test_what_a_stopped_export_left_is_noted(root: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with opened(root) as session:
        tag(session, BROKE)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopped)
            patch.setattr(Path, "unlink", stopped)
            with pytest.raises(KeyboardInterrupt):
                export(session)
    finding = doctor(root).one("an export was stopped while it wrote")
    assert finding["severity"] == "note"
    assert len(finding["details"]) == 1
    assert finding["details"][0].startswith("annotations/ada/.")


# --- anchors ---


STANDING = "claims of ada where they were marked"


def test_claims_that_stand_elsewhere_or_nowhere_are_counted_by_article(root: Path, doctor: Doctor) -> None:
    assert doctor(root).data["areas"]["anchors"][0] == f"4 {STANDING}"
    article = root / "seeds/one.txt"
    article.write_text("Corrected. " + article.read_text().replace("on Monday", "on Friday"))
    (root / "seeds/folder/a.txt").unlink()
    (root / "seeds/two.txt").rename(root / "seeds/second.txt")
    told = doctor(root)
    moved = told.one("articles changed since 1 claim was made; the Reader shows where the words are now")
    assert moved["details"] == ["one: 1 claim"]
    assert "`variorum reanchor`" in moved["mend"]
    changed = told.one("1 claim to settle (1 changed)")
    assert changed["details"] == ["one: 1 claim"]
    assert "settle each in the Reader" in changed["mend"]
    assert told.one("1 claim can't be shown, as the articles are not there")["details"] == ["folder/a: 1 claim"]
    assert "reanchor" in told.one("the article two was renamed to second")["mend"]
    (root / "config.yaml").write_text("format: variorum/1\narticles:\n  two:\n    outlet: CNBC\n")
    named = doctor(root).one("the article two was renamed to second")["mend"]
    assert named.endswith("; write second at config.yaml:3 too, which has the old name")
    assert told.data["areas"]["anchors"][0] == "1 claim of ada where it was marked", "the one in the renamed article"


def test_without_a_store_ones_yaml_is_what_counts(root: Path, doctor: Doctor) -> None:
    shutil.rmtree(root / ".variorum")
    told = doctor(root)
    assert told.code == 0
    assert told.data["areas"]["anchors"] == [f"4 {STANDING}"]
    assert not (root / ".variorum").exists()


def test_a_kept_text_that_is_not_what_its_name_says_is_warned_of(root: Path, doctor: Doctor) -> None:
    texts = root / ".variorum/texts"
    for text, name in ((b"as it was", hashlib.sha256(b"as it was").hexdigest()), (b"changed", "0" * 64)):
        (texts / name).write_bytes(text)
        (texts / name).chmod(0o600)
    told = doctor(root)
    assert told.one("1 kept text is not what the name says")["details"] == ["0" * 60 + "…"]
    assert told.data["areas"]["anchors"][1] == "4 earlier texts kept"


# --- git ---


def test_a_healthy_clone_is_examined_without_a_trace(clone: Path, doctor: Doctor) -> None:
    before = tree(clone)
    told = doctor(clone)
    assert (told.code, told.findings) == (0, [])
    assert told.data["areas"]["git"][0].endswith(", in this folder")
    assert tree(clone) == before


def test_outside_a_repository_git_is_not_missed(root: Path, doctor: Doctor) -> None:
    told = doctor(root)
    assert told.of("git") == []
    assert told.data["areas"]["git"] == ["not in a repository"]


def fake_git(folder: Path, script: str) -> str:
    """A program called git, in a folder for PATH."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    return str(folder)


def test_no_git_or_an_old_one_is_told(
    clone: Path, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    old = fake_git(tmp_path / "old", f'case "$*" in *version) echo git version 2.30.1;; *) exec {real} "$@";; esac')
    monkeypatch.setenv("PATH", f"{old}{os.pathsep}{os.environ['PATH']}")
    told = doctor(clone)
    assert told.one("git 2.30.1 is old")["severity"] == "note"
    none = fake_git(tmp_path / "none", "exit 127")
    monkeypatch.setenv("PATH", none)
    told = doctor(clone)
    assert told.code == 0
    assert told.one("there is no git that answers")["severity"] == "warning"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_that_git_does_not_read_is_told(clone: Path, doctor: Doctor) -> None:
    for path in (clone, clone / ".git"):
        os.chown(path, NOBODY, NOBODY)
    finding = doctor(clone).one("git does not read the repository")
    assert finding["mend"] == f"if you trust it: `git config --global --add safe.directory {clone}`"


def test_a_missing_ignore_file_is_written(clone: Path, doctor: Doctor) -> None:
    (clone / ".variorum/.gitignore").unlink()
    assert doctor(clone).one(".variorum/.gitignore is missing")["severity"] == "warning"
    fixed = doctor(clone, "--fix")
    assert (fixed.code, fixed.findings, fixed.mended) == (0, [], ["wrote .variorum/.gitignore"])
    assert (clone / ".variorum/.gitignore").read_text() == "*\n"
    assert git(clone, "status", "--porcelain") == ""


def test_a_store_that_git_would_take_in_is_an_error(clone: Path, doctor: Doctor) -> None:
    (clone / ".variorum/.gitignore").write_text("")
    told = doctor(clone, "--fix")
    assert told.code == 1
    assert told.one("git does not ignore .variorum")["severity"] == "error"
    (clone / ".gitignore").write_text(".variorum/\n")
    assert doctor(clone).code == 0


def test_annotations_that_git_ignores_are_warned_of(clone: Path, doctor: Doctor) -> None:
    (clone / ".gitignore").write_text("*.yaml\n")
    assert doctor(clone).one("git ignores annotations/ada: what you export would not be shared")


def test_an_unfinished_merge_with_two_versions_of_a_file_is_told(clone: Path, doctor: Doctor) -> None:
    file = "annotations/ada/one.yaml"
    git(clone, "checkout", "-q", "-b", "other")
    edit(clone, "one.yaml", "- fact", "- opinion")
    git(clone, "commit", "-q", "-a", "-m", "other")
    git(clone, "checkout", "-q", "main")
    edit(clone, "one.yaml", "- fact", "- quote")
    git(clone, "commit", "-q", "-a", "-m", "here")
    with pytest.raises(AssertionError, match="CONFLICT"):
        git(clone, "merge", "other")
    before = tree(clone)
    told = doctor(clone, "--fix")
    assert told.code == 1
    assert told.one("a merge was begun and is not finished")["mend"] == (
        "finish it with `git merge --continue`, or `git merge --abort`"
    )
    assert told.one("git left 1 file of annotations with two versions")["details"] == [file]
    assert tree(clone) == before


@pytest.mark.parametrize(
    ("attributes", "wrong", "severity"),
    [
        ("annotations/** merge=union", "merge=union for annotations", "error"),
        ("*.yaml ident", "change the files of annotations (ident=set)", "warning"),
        ("*.yaml working-tree-encoding=UTF-16", "(working-tree-encoding=UTF-16)", "warning"),
        ("* text eol=crlf", "other line ends (CRLF)", "warning"),
    ],
)
def test_attributes_that_damage_annotations_are_told(
    clone: Path, doctor: Doctor, attributes: str, wrong: str, severity: str
) -> None:
    (clone / ".gitattributes").write_text(f"{attributes}\n")
    assert doctor(clone).one(wrong)["severity"] == severity
    (clone / ".gitattributes").write_text("* text=auto\n*.txt eol=crlf\n*.md merge=union\n")
    assert doctor(clone).findings == []


def test_line_ends_that_git_is_set_to_write_are_told_until_attributes_forbid_it(clone: Path, doctor: Doctor) -> None:
    git(clone, "config", "core.autocrlf", "true")
    told = doctor(clone)
    assert told.one("other line ends (CRLF)")["mend"] == "add the line `/annotations/** text eol=lf` to .gitattributes"
    (clone / ".gitattributes").write_text("/annotations/** text eol=lf\n")
    assert doctor(clone).findings == []


def test_a_git_without_a_name_is_noted(clone: Path, doctor: Doctor) -> None:
    git(clone, "config", "--unset", "user.name")
    assert doctor(clone).one("git does not know your name")["severity"] == "note"


def test_a_workspace_below_the_repositorys_folder_is_examined_too(tmp_path: Path, doctor: Doctor) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Ada")
    root = tmp_path / "odd :(name)*"
    make_workspace(root)
    record_some(root)
    told = doctor(root)
    assert told.findings == []
    (tmp_path / ".gitattributes").write_text("*.yaml merge=union\n")
    assert doctor(root).code == 1
    assert len(Store(root / ".variorum", "ada").records()) == 7
