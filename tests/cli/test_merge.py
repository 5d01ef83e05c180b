"""`variorum merge`: what it writes, says and answers."""

from pathlib import Path

import pytest
from cli_samples import Ran, run_command

BASE = """\
format: variorum/1
article: 001_a
text_sha256: 1111111111111111111111111111111111111111111111111111111111111111
claims:

  c00000000000a:
    span: [0, 5]
    exact: |-
      words
    gist: begun
    created: "2026-11-21T20:00:00Z"
"""
OURS = BASE.replace("gist: begun", "gist: ours")
THEIRS = BASE.replace("text_sha", "finished: true\ntext_sha")


def merge(folder: Path, ours: str, theirs: str, *options: str, base: str = BASE) -> tuple[Ran, str]:
    """The run, and what OURS holds then."""
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text, encoding="utf-8")
    ran = run_command("merge", *options, "base", "ours", "theirs", at=folder, home=folder)
    assert ran.out == ""
    return ran, (folder / "ours").read_text(encoding="utf-8")


def test_both_sides_come_together(tmp_path: Path) -> None:
    ran, text = merge(tmp_path, OURS, THEIRS)
    assert (ran.code, ran.err) == (0, "")
    assert "gist: ours" in text
    assert "finished: true" in text


def test_a_disagreement_stays_in_the_file_and_is_answered_with_1_but_not_to_git(tmp_path: Path) -> None:
    theirs = BASE.replace("gist: begun", "gist: theirs")
    ran, text = merge(tmp_path, OURS, theirs, "--path", "annotations/ada/001_a.yaml")
    assert ran.code == 1
    assert ran.err == (
        "variorum: annotations/ada/001_a.yaml: 1 record changed on both sides (c00000000000a: gist): both versions are "
        "kept in the file, and are settled in the application\n"
    )
    assert "        theirs: theirs\n" in text
    again, same = merge(tmp_path, text, theirs, "--driver")
    assert (again.code, same) == (0, text)
    assert "c00000000000a: gist" in again.err


@pytest.mark.parametrize("base", ["", None])
def test_a_file_that_both_sides_made_has_no_base(tmp_path: Path, base: str | None) -> None:
    (tmp_path / "ours").write_text(BASE)
    (tmp_path / "theirs").write_text(BASE.replace("00a:", "00b:"))
    (tmp_path / "base").write_text("")
    where = "/dev/null" if base is None else "base"
    assert run_command("merge", where, "ours", "theirs", at=tmp_path, home=tmp_path).code == 0
    text = (tmp_path / "ours").read_text()
    assert "c00000000000a:" in text
    assert "c00000000000b:" in text


def test_a_version_that_can_not_be_read_is_named_with_its_line_and_git_merges_the_lines(tmp_path: Path) -> None:
    broken = BASE.replace("span: [0, 5]", "span: [5, 0]")
    ran, text = merge(tmp_path, THEIRS, broken, "--path", "x.yaml")
    assert ran.code == 1
    assert ran.err.startswith("variorum: x.yaml (theirs):7: two whole numbers are expected")
    assert "as git does, without a conflict" in ran.err
    assert "span: [5, 0]" in text
    assert "finished: true" in text
    ran, _ = merge(tmp_path, THEIRS, broken, "--driver")
    assert ran.code == 0
    ran, text = merge(tmp_path, OURS, broken.replace("gist: begun", "gist: theirs"), "--driver")
    assert ran.code == 1
    assert "<<<<<<< ours\n    gist: ours\n=======\n    gist: theirs\n>>>>>>> theirs\n" in text


def test_where_git_makes_nothing_of_it_either_ours_is_left_as_it_was(tmp_path: Path) -> None:
    ran, text = merge(tmp_path, OURS, "\0binary", "--driver")
    assert (ran.code, text) == (1, OURS)
    assert "our version was left as it is" in ran.err


def test_what_is_no_file_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("ours")
    (tmp_path / "ours").write_text(OURS)
    for base, ours, theirs, named in (("x", "ours", "ours", "x"), ("ours", "link", "ours", "link")):
        ran = run_command("merge", base, ours, theirs, at=tmp_path, home=tmp_path)
        assert ran.code == 1
        assert ran.err.startswith(f"variorum: {named}: can't be read")
    assert (tmp_path / "ours").read_text() == OURS


def test_a_name_with_control_characters_is_shown_without(tmp_path: Path) -> None:
    ran, _ = merge(tmp_path, OURS, BASE.replace("gist: begun", "gist: t"), "--path", "a\x1b[31m.yaml")
    assert "\x1b" not in ran.err
