"""`check` in a clone: what git left open, what it does not know yet, and whose it is to mend."""

import os
import sys
from pathlib import Path

import pytest
from cli_samples import PROJECT
from merge_samples import FILE, article, branches, git, put, repository, variorum

BROKEN = "format: variorum/1\nlinks: [\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


def test_what_is_wrong_in_files_of_others_stops_nobody_who_asks_for_their_own(root: Path) -> None:
    put(root, "format: variorum/1\n", "annotations/ada/links.yaml")
    git(root, "rm", "-q", FILE)
    put(root, BROKEN, "annotations/ben/links.yaml")
    assert variorum(root, "check").code == 1
    own = variorum(root, "check", "--own", "--strict")
    assert own.code == 0
    assert own.out.startswith("annotations/ben/links.yaml:")
    assert ": note: " in own.out
    assert own.err.startswith("variorum: no errors, no warnings, 1 note\n")
    assert variorum(root, "check", "--own", VARIORUM_ANNOTATOR="ben").code == 1
    (root / "config.yaml").write_text("format: variorum/1\ntags: 3\n")
    assert variorum(root, "check", "--own").code == 1


def test_a_file_that_one_side_deleted_is_named_until_git_has_one_version_of_it(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "theirs")
    put(root, article(("a", 0, "changed")))
    git(root, "checkout", "-q", "main")
    git(root, "rm", "-q", FILE)
    git(root, "commit", "-q", "-m", "gone")
    git(root, "merge", "-q", "theirs", code=1)
    found = variorum(root, "check").out
    assert (
        f"{FILE}: error: git left two versions of this file: `variorum resolve` merges them record by record" in found
    )
    variorum(root, "resolve")
    assert "two versions" not in variorum(root, "check").out


def test_markers_in_a_file_say_once_that_resolve_settles_them(root: Path) -> None:
    branches(root, article(("a", 0, "ours")), article(("a", 0, "theirs")))
    git(root, "merge", "-q", "theirs", code=1)
    found = variorum(root, "check").out.splitlines()
    (line,) = [each for each in found if each.startswith(FILE)]
    assert line.endswith("settle the lines between <<<<<<< and >>>>>>>, or run `variorum resolve`")


def test_a_file_of_one_s_own_that_git_does_not_know_is_a_note_which_decides_nothing(root: Path) -> None:
    git(root, "rm", "-q", FILE)
    for name in ("ada", "ben"):
        (root / f"annotations/{name}").mkdir(parents=True)
        (root / f"annotations/{name}/links.yaml").write_text("format: variorum/1\n")
    ran = variorum(root, "check", "--strict")
    assert ran.code == 0
    assert ran.out == "annotations/ada/links.yaml: note: not in git yet: `git add` takes it in\n"
    git(root, "add", "-A")
    assert variorum(root, "check").out == ""


def test_the_hook_lets_a_reader_commit_beside_the_open_conflicts_of_another(root: Path) -> None:
    """As git itself runs it, with what it hands down to hooks."""
    entry = next(line for line in (PROJECT / ".pre-commit-hooks.yaml").read_text().splitlines() if "entry:" in line)
    git(root, "rm", "-q", FILE)
    put(root, BROKEN, "annotations/eva/links.yaml")
    hook = root / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {entry.partition(': ')[2].strip()}\n")
    hook.chmod(0o755)
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    (root / "annotations/ben").mkdir()
    links = root / "annotations/ben/links.yaml"
    links.write_text("format: variorum/1\n")
    git(root, "add", "-A")
    said = git(root, "commit", "-m", "Ben's", PATH=beside, VARIORUM_ANNOTATOR="ben")
    assert "annotations/eva/links.yaml" in said
    links.write_text(BROKEN)
    git(root, "commit", "-q", "-am", "Ben's own slip", PATH=beside, VARIORUM_ANNOTATOR="ben", code=1)
