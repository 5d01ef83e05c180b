"""`variorum git-setup` and `show`: what git is told, and what it does then."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli_samples import PROJECT, environment, make_workspace, run_command
from merge_samples import FILE, NAME, article, branches, git, put, repository, variorum

from tui.exchange.git_setup import settings_for


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


def doctor(root: Path) -> str:
    """What doctor says, without its line ends."""
    return " ".join(variorum(root, "doctor").out.split())


def test_it_shows_what_it_would_change_and_changes_nothing_unasked(root: Path) -> None:
    before = (root / ".git/config").read_text()
    ran = variorum(root, "git-setup")
    assert ran.code == 1
    assert "  + merge.variorum.driver = " in ran.out
    assert "  + /annotations/**/*.yaml text eol=lf merge=variorum diff=variorum\n" in ran.out
    assert "nothing was changed" in ran.err
    assert (root / ".git/config").read_text() == before
    assert not (root / ".gitattributes").exists()


def test_a_second_time_there_is_nothing_to_do_and_it_can_be_taken_out(root: Path) -> None:
    before = (root / ".git/config").read_text()
    (root / ".gitattributes").write_text("*.png binary")
    assert variorum(root, "git-setup", "--yes").code == 0
    lines = (root / ".gitattributes").read_text().splitlines()
    assert lines == ["*.png binary", "/annotations/**/*.yaml text eol=lf merge=variorum diff=variorum"]
    ran = variorum(root, "git-setup")
    assert (ran.code, ran.out, ran.err) == (0, "", "variorum: this clone is set up\n")
    assert variorum(root, "git-setup", "--remove", "--for-all", "--yes").code == 0
    assert (root / ".gitattributes").read_text() == "*.png binary\n"
    assert "variorum" not in (root / ".git/config").read_text().replace(before, "")
    assert "nothing to take out" in variorum(root, "git-setup", "--remove").err


def test_what_is_taken_out_of_one_clone_leaves_the_line_that_all_share(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    shared = (root / ".gitattributes").read_text()
    ran = variorum(root, "git-setup", "--remove", "--yes")
    assert ran.code == 0
    assert ".gitattributes" not in ran.out
    assert ran.err == "variorum: done; .gitattributes stays, as it is for all: --for-all takes its line out\n"
    assert (root / ".gitattributes").read_text() == shared
    assert "variorum" not in (root / ".git/config").read_text()
    assert "nothing to take out; .gitattributes stays" in variorum(root, "git-setup", "--remove").err
    assert variorum(root, "git-setup", "--remove", "--for-all", "--yes").code == 0
    assert not (root / ".gitattributes").exists()
    assert variorum(root, "git-setup", "--for-all").code == 2


def test_a_merge_that_git_would_stop_at_goes_through_and_keeps_both_versions(root: Path) -> None:
    assert variorum(root, "git-setup", "--yes").code == 0
    put(root, article(("a", 0, "begun")))
    branches(root, article(("a", 0, "ours"), ("b", 1, "mine")), article(("a", 0, "theirs"), ("c", 1, "yours")))
    said = git(root, "merge", "theirs")
    assert f"{FILE}: 1 record changed on both sides (c00000000000a: gist)" in said
    text = (root / FILE).read_text()
    assert [text.count(f"c00000000000{letter}:") for letter in "abc"] == [1, 1, 1]
    assert "        ours: ours\n        theirs: theirs\n" in text
    assert git(root, "status", "--porcelain") == ""


def test_a_rebase_of_several_commits_never_stops(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    put(root, article(("a", 0, "begun")))
    git(root, "checkout", "-q", "-b", "theirs")
    for gist in ("one", "two", "three"):
        put(root, article(("a", 0, gist)))
    git(root, "checkout", "-q", "main")
    put(root, article(("a", 0, "ours")))
    git(root, "rebase", "-q", "main", "theirs")
    text = (root / FILE).read_text()
    assert text.count("- base:") == 1
    assert "      - base: begun\n        field: gist\n        ours: ours\n        theirs: three\n" in text


def test_a_folder_called_tui_in_the_repository_is_not_run(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    for name in ("tui/__init__.py", "tui/__main__.py", "yaml.py", "sitecustomize.py"):
        put(root, f"open({str(root / 'hacked')!r}, 'w')\n", name)
    branches(root, article(("a", 0, "begun"), ("b", 1, "mine")), article(("a", 0, "begun"), ("c", 1, "yours")))
    git(root, "merge", "-q", "theirs", PYTHONPATH=".")
    git(root, "diff", "HEAD~1", "--", FILE, PYTHONPATH=str(root))
    assert not (root / "hacked").exists()
    assert "c00000000000c" in (root / FILE).read_text()


def test_a_folder_called_tui_beside_the_program_is_not_run_either(root: Path) -> None:
    """Python looks for modules where a script lies, unless it is told not to."""
    program = root / "bin/variorum"
    (root / "bin/tui").mkdir(parents=True)
    program.write_text("from tui.__main__ import main\nimport sys\nsys.exit(main())\n")
    (root / "bin/tui/__init__.py").write_text(f"open({str(root / 'hacked')!r}, 'w')\n")
    asked = [sys.executable, "-P", str(program), "git-setup", "--yes"]
    subprocess.run(asked, cwd=root, env=environment(root.parent), check=True, capture_output=True)
    put(root, article(("a", 0, "begun")))
    branches(root, article(("a", 0, "begun"), ("b", 1, "mine")), article(("a", 0, "begun"), ("c", 1, "yours")))
    git(root, "merge", "-q", "theirs")
    assert not (root / "hacked").exists()
    assert "c00000000000c" in (root / FILE).read_text()


def test_a_program_in_a_folder_with_any_name_is_run_as_it_is_called(root: Path) -> None:
    """Spaces, quotes, dollars, and what git fills in."""
    program = root / "bin %O" / 'it\'s $(a) "program" %P'
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$0" "$@" > {shlex.quote(str(root / "called"))}\n')
    program.chmod(0o755)
    for name, value in settings_for((str(program),)).items():
        git(root, "config", name, value)
    put(root, "*.yaml merge=variorum\n", ".gitattributes")
    branches(root, "ours\n", "theirs\n")
    git(root, "merge", "-q", "theirs")
    name, command, *options = (root / "called").read_text().splitlines()
    assert (name, command, options[:2]) == (str(program), "merge", ["--driver", f"--path={FILE}"])
    assert all(option.startswith(".merge_file") for option in options[2:])


def test_diffs_show_words_and_no_offsets(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    put(root, article(("a", 0, "begun"), ("b", 9, "second")))
    put(root, article(("a", 2, "begun"), ("b", 9, "changed")))
    said = git(root, "diff", "HEAD~1", "--", FILE)
    assert "-  gist: second\n+  gist: changed\n" in said
    assert "span" not in said
    assert "“words”" in said


def test_a_file_that_can_not_be_read_is_still_shown_and_merged_as_git_does(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    put(root, article(("a", 0, "begun")))
    branches(
        root, article(("a", 0, "ours")), article(("a", 0, "theirs")).replace("span: [0, 5]", "span: [5, 0]\x1b[31m")
    )
    said = git(root, "merge", "theirs", code=1)
    assert f"{FILE} (theirs):7" in said
    assert "<<<<<<< ours" in (root / FILE).read_text()
    shown = git(root, "diff", "main", "theirs", "--", FILE)
    assert "\x1b" not in shown
    assert "+    span: [5, 0]" in shown


def test_a_clone_that_is_not_set_up_merges_line_by_line_and_doctor_says_so(root: Path) -> None:
    assert "annotations are merged line by line (`variorum git-setup` changes that)" in doctor(root)
    variorum(root, "git-setup", "--yes")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "set up")
    assert "annotations are merged record by record" in doctor(root)
    git(root.parent, "clone", "-q", NAME, "clone")
    said = doctor(root.parent / "clone")
    assert "this clone is not set up for it" in said
    assert "`variorum git-setup`, once in each clone" in said


def test_a_program_that_moved_away_is_an_error_and_set_up_anew(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    git(root, "config", "merge.variorum.driver", f"{shlex.quote('/no where/python')} -E -P x merge %O %A %B")
    assert "is not there any more (/no where/python)" in doctor(root)
    assert variorum(root, "doctor").code == 1
    ran = variorum(root, "git-setup", "--yes")
    assert "  - merge.variorum.driver = '/no where/python'" in ran.out
    assert "not there any more" not in doctor(root)


def test_a_folder_for_annotations_with_a_name_that_git_would_read_otherwise(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "config.yaml").write_text("format: variorum/1\nfolders:\n  annotations: 'my [notes] #1'\n")
    (tmp_path / "seeds").mkdir()
    assert variorum(tmp_path, "git-setup", "--yes").code == 0
    said = git(tmp_path, "check-attr", "merge", "--", "my [notes] #1/ada/x/y.yaml", "my n #1/ada/x.yaml")
    assert said.splitlines() == [
        "my [notes] #1/ada/x/y.yaml: merge: variorum",
        "my n #1/ada/x.yaml: merge: unspecified",
    ]


def test_what_stands_in_the_way_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    make_workspace(tmp_path / "alone")
    assert "lies in no repository" in variorum(tmp_path / "alone", "git-setup", "--yes").err
    (root / "annotations/.gitattributes").write_text("*.yaml merge=union\n")
    variorum(root, "git-setup", "--yes")
    ran = variorum(root, "git-setup", "--yes")
    assert ran.code == 1
    assert "another says otherwise" in ran.err
    (root / ".gitattributes").unlink()
    (root / ".gitattributes").symlink_to("/etc/hosts")
    ran = variorum(root, "git-setup", "--yes")
    assert ran.code == 1
    assert ".gitattributes: can't be read" in ran.err


def test_show_says_what_stands_in_a_file_of_links() -> None:
    ran = run_command("show", PROJECT / "annotations/example/links.yaml", at=PROJECT, home=PROJECT)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "links"
    assert any(line.startswith("xqbwxyyzb4jzh contradiction") for line in lines)
    assert any(line.startswith("    “") for line in lines)
    assert "created" not in ran.out


def test_a_diff_shows_a_conflict_as_a_field_and_its_versions(root: Path) -> None:
    variorum(root, "git-setup", "--yes")
    put(root, article(("a", 0, "begun"), ("b", 9, "second")))
    branches(root, article(("a", 0, "ours"), ("b", 10, "second")), article(("a", 0, "theirs"), ("b", 12, "second")))
    git(root, "merge", "-q", "theirs")
    said = git(root, "diff", "HEAD~1", "--", FILE)
    assert "+  conflict: gist\n+    ours: ours\n+    theirs: theirs\n+    base: begun\n" in said
    assert "+  conflict: span\n+    ours:\n+      “words”\n+      characters 10 to 15\n+    theirs:\n" in said
    assert '{"' not in said
