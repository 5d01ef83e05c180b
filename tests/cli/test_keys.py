"""`variorum keys` and one's own keys, as the shell sees them; what is said of folders in the wrong place."""

import json
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cli_samples import Ran, make_workspace, run_command, tree

Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(run_command, home=tmp_path)


def own_config(home: Path, text: str) -> Path:
    path = home / ".config" / "variorum" / "config.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_keys_prints_what_is_in_force_and_marks_what_was_changed(run: Run, tmp_path: Path) -> None:
    own_config(tmp_path, "keys:\n  copy: [X, ctrl+k]\n  library.sort: none\n")
    before = tree(tmp_path)
    ran = run("keys", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "* X ctrl+k reader.copy copy the quote with its citation" in lines
    assert "* none library.sort sort by id, title, outlet, date, claims" in lines
    assert "t reader.tag tag the selection, claim or statement" in lines
    assert len([line for line in ran.out.splitlines() if line.startswith("*")]) == 2
    headings = [line for line in ran.out.splitlines() if line and not line.startswith(("  ", "* "))]
    assert headings[:4] == ["Library", "Reader: move", "Reader: mark", "Reader: see"]
    assert tree(tmp_path) == before


def test_keys_prints_json_and_markdown(run: Run, tmp_path: Path) -> None:
    own_config(tmp_path, 'keys:\n  copy: "g  |"\n')
    keys = json.loads(run("keys", "--format", "json", at=tmp_path).out)
    (copy,) = [each for each in keys if each["action"] == "reader.copy"]
    assert copy == {
        "place": "Reader",
        "group": "See",
        "action": "reader.copy",
        "keys": ["g |"],
        "does": "copy the quote with its citation",
        "changed": True,
    }
    assert [each["action"] for each in keys if each["changed"]] == ["reader.copy"]
    table = run("keys", "--format", "markdown", at=tmp_path).out
    assert "| `g\\|` \\* | copy the quote with its citation | reader.copy |" in table.splitlines()
    assert "## Everywhere" in table.splitlines()


def test_a_keymap_that_can_not_be_stops_the_application_and_keys_but_no_other_command(run: Run, tmp_path: Path) -> None:
    config = own_config(tmp_path, "keys:\n  copy: t\n  nonsense: x\n")
    ran = run("keys", at=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert [line.split(": ", 1)[1].split(": ")[0] for line in ran.err.splitlines()] == [f"{config}:2", f"{config}:3"]
    workspace = make_workspace(tmp_path / "w")
    assert run("list", at=workspace).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-C", "w", "list"], "the command comes first: variorum list -C FOLDER; to read: variorum FOLDER"),
        (["--workspace=w"], "the command comes first: variorum list -C FOLDER; to read: variorum FOLDER"),
        (["--annotator", "ada", "list"], "the command comes first: variorum list -C FOLDER; to read: variorum FOLDER"),
        (["--annotator=ada", "log", "w"], "the command comes first: variorum log -C FOLDER; to read: variorum FOLDER"),
        (["w", "list"], "the command comes first: variorum list -C FOLDER"),
        (["list", "w"], "w stands alone; a workspace is named with -C, as in variorum list -C FOLDER; see variorum"),
        (["list", "--nonsense"], "there is no option --nonsense; see variorum list --help"),
        (["list", "-C"], "argument -C/--workspace: expected one argument; see variorum list --help"),
    ],
)
def test_a_folder_in_the_wrong_place_is_told_the_right_one(
    run: Run, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    make_workspace(tmp_path / "w")
    ran = run(*arguments, at=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"variorum: {sentence}")


@pytest.mark.parametrize("folder", ["new", "list", "a b", ".", "-x"])
def test_init_names_the_commands_that_come_next_and_they_work(run: Run, tmp_path: Path, folder: str) -> None:
    at = tmp_path / "here"
    at.mkdir()
    (tmp_path / "text.txt").write_text("An article.\n")
    ran = run("init", *(["--"] if folder == "-x" else []), folder, at=at)
    assert ran.code == 0
    add = ran.err.partition("next: `variorum ")[2].partition("`")[0]
    words = [str(tmp_path / "text.txt") if word == "FILE…" else word for word in shlex.split(add)]
    added = run(*words, at=at)
    assert (added.code, added.out) == (0, "added seeds/text.txt\n")
    read = ran.err.rpartition("then `variorum")[2].partition("`")[0]
    # It needs a terminal, and says so before anything else that could be wrong.
    assert run("list", "-C", *(shlex.split(read) or ["."]), at=at).out.count("text · ") == 1


def test_init_of_a_folder_of_texts_goes_on_to_reading_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("An article.\n")
    assert run("init", "texts", at=tmp_path).err == "variorum: its articles are there: `variorum texts` reads them\n"
    (tmp_path / "texts" / "config.yaml").unlink()
    assert run("init", at=tmp_path / "texts").err == "variorum: its articles are there: `variorum` reads them\n"


def test_doctor_finds_keys_of_ones_own_that_keep_the_application_from_starting(run: Run, tmp_path: Path) -> None:
    own_config(tmp_path, "keys:\n  undoo: U\n")
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    ran = run("doctor", at=tmp_path / "w")
    assert ran.code == 1
    words = " ".join(ran.out.split())
    assert "config.yaml:2: undoo: there is no such action; did you mean “undo”?" in words
    assert "-> correct the line in your own config.yaml" in words
