"""The commands, as the shell sees them: what they print where, and what they answer."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cli_samples import BEGAN, CUT, FIRST, SECOND, Ran, environment, make_workspace, record, run_command, tree

from tui import __version__
from tui.__main__ import main
from tui.cli import COMMANDS
from tui.session import gestures
from tui.session.opening import open_session
from tui.workspace import open_workspace

Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(run_command, home=tmp_path)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "blinken")


@pytest.fixture
def recorded(workspace: Path) -> Path:
    record(workspace)
    return workspace


def test_help_names_every_command_and_the_version_is_the_packages(run: Run, tmp_path: Path) -> None:
    helped = run("--help", at=tmp_path)
    assert helped.code == 0
    assert all(f"  {name} " in helped.out for name in COMMANDS)
    assert run("--version", at=tmp_path).out == f"variorum {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "--help"]) == 0
    helped = capsys.readouterr()
    assert helped.err == ""
    assert helped.out.startswith(f"usage: variorum {command} ")


def test_no_command_loads_textual_and_the_package_loads_nothing(recorded: Path, tmp_path: Path) -> None:
    program = """
import sys
before = set(sys.modules)
import tui
assert {name for name in set(sys.modules) - before if name != "tui"} == set()
from tui.__main__ import main
assert main(["--version"]) == 0 and main(["--help"]) == 0
assert not {"yaml", "tinydb", "textual"} & set(sys.modules)
for line in (
    *("check", "list", "list --records", "export", "import", "schema", "log", "doctor", "reanchor", "init new"),
    *("keys", "keys --format json", "keys --format markdown"),
    "add no.txt",
):
    assert main(line.split()) == int(line == "add no.txt"), line
assert "textual" not in sys.modules
"""
    environ = environment(tmp_path)
    ran = subprocess.run([sys.executable, "-c", program], cwd=recorded, env=environ, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_the_application_needs_a_terminal(run: Run, workspace: Path) -> None:
    for more in ({}, {"TERM": "dumb"}):
        ran = run(at=workspace, **more)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--bogus\x1b[31m"],
        ["list", "--format", "markdown"],
        ["add"],
        ["--annotator", "ada", "list"],
        ["a", "b"],
    ],
)
def test_wrong_usage_is_2_and_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "\x1b" not in said.err


def test_init_and_add_make_a_workspace_of_texts(run: Run, workspace: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    made = run("init", new, "--title", "A title", at=tmp_path)
    assert made.code == 0
    assert f"made {new}/config.yaml" in made.out.splitlines()
    evil = tmp_path / "evil\x1b[31m\n.txt"
    evil.write_text("x")
    files = [
        workspace / "seeds" / f"{FIRST}.txt",
        evil,
        tmp_path / "missing.txt",
        workspace / "seeds" / f"{SECOND}.txt",
    ]
    added = run("add", *files, "-C", new, at=tmp_path)
    assert added.code == 1
    assert added.out.splitlines() == [f"added seeds/{FIRST}.txt", f"added seeds/{SECOND}.txt"]
    assert len(added.err.splitlines()) == 2
    assert "\x1b" not in added.err
    again = run("add", files[0], "-C", new, at=tmp_path)
    assert (again.code, again.out) == (0, f"seeds/{FIRST}.txt is there already\n")
    second = run("init", new, at=tmp_path)
    assert (second.code, second.out, len(second.err.splitlines())) == (1, "", 1)


def test_list_tells_how_much_is_recorded_in_each_article(run: Run, recorded: Path) -> None:
    text = run("list", at=recorded)
    assert text.code == 0
    assert f"{FIRST} · 431 words · 2 claims · ≠ 1 · ≡ 1 · finished" in text.out.splitlines()
    assert max(map(len, text.out.splitlines())) <= 80
    listed = json.loads(run("list", "--format", "json", at=recorded).out)
    article = next(each for each in listed["articles"] if each["id"] == SECOND)
    numbers = {key: article[key] for key in ("words", "claims", "contradictions", "duplicates", "finished")}
    assert numbers == {"words": 848, "claims": 2, "contradictions": 1, "duplicates": 1, "finished": False}
    assert article["outlet"] == {"value": "exbulletin.com", "guessed": False}


def test_schema_prints_what_may_stand_in_each_file_for_editors(run: Run, tmp_path: Path) -> None:
    everything = run("schema", at=tmp_path)
    assert (everything.code, everything.err) == (0, "")
    schemas = json.loads(everything.out)
    assert list(schemas) == ["article", "links", "decisions", "config"]
    for name, schema in schemas.items():
        assert json.loads(run("schema", name, at=tmp_path).out) == schema
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"article", "claims", "memo"} <= schemas["article"]["properties"].keys()
    wrong = run("schema", "claims", at=tmp_path)
    assert (wrong.code, wrong.out) == (2, "")
    assert "article" in wrong.err


def test_list_and_check_create_nothing(run: Run, recorded: Path) -> None:
    shutil.rmtree(recorded / ".variorum")
    before = tree(recorded)
    assert run("list", at=recorded / "seeds").code == 0
    assert run("check", at=recorded).code == 0
    assert tree(recorded) == before


def test_what_could_not_be_read_has_one_shape_in_both_lists(run: Run, recorded: Path) -> None:
    (recorded / "seeds" / "empty.txt").write_text("")
    for more in ((), ("--records",)):
        (problem,) = json.loads(run("list", *more, "--format", "json", at=recorded).out)["problems"]
        assert set(problem) == {"file", "problem"}
        assert problem["file"] == "seeds/empty.txt"


def test_what_no_room_foresaw_is_one_line_with_its_path(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise OSError(5, "Input/output error", str(workspace / "a\x1bb"))

    monkeypatch.setattr("tui.cli.check.run", fail)
    assert main(["check"]) == 1
    assert capsys.readouterr().err == f"variorum: {workspace}/a\\x1bb: Input/output error\n"


def test_list_names_articles_that_can_not_be_read_and_shows_no_control_character(run: Run, workspace: Path) -> None:
    (workspace / "seeds" / "empty.txt").write_text("")
    (workspace / "seeds" / "evil.txt").write_text('---\ntitle: "red \\x1b[31m \\u202e rum"\n---\nWords.\n')
    ran = run("list", at=workspace, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.code == 1
    assert "seeds/empty.txt" in ran.err
    assert "red \\u241b[31m \\ufffd rum" in ran.out
    assert "claims" in ran.out


def test_records_as_markdown_are_for_an_editor_and_hold_no_markup_but_ours(run: Run, recorded: Path) -> None:
    ran = run("list", "--records", "--format", "markdown", at=recorded)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "# Blinken in Beijing, June 2023"
    start = lines.index("### ≠ When did contacts \\*stop\\*?")
    assert lines[start + 2].startswith("open; ")
    assert lines[start + 4] == f"> {BEGAN}"
    assert f"> {CUT}" in lines[start:]
    source = next(line for line in lines if line.startswith("> — a hostile"))
    assert "a hostile \\<b\\>name\\</b\\>, according to \\[Newsweek\\](http\\://x); “Blinken deals a blow" in source
    assert "exbulletin.com, 2023-06-20" in source
    assert [line for line in lines if line.startswith("## ")] == [
        "## Contradictions",
        "## Duplicate groups",
        "## Claims by article",
    ]
    assert not re.search(r"(?<!\\)[<\[]", ran.out)


def test_records_of_every_reader_are_listed_and_those_of_one_when_asked(run: Run, recorded: Path) -> None:
    shutil.copytree(recorded / "annotations" / "ada", recorded / "annotations" / "ben")
    everyone = json.loads(run("list", "--records", "--format", "json", at=recorded).out)
    assert everyone["annotators"] == ["ada", "ben"]
    ben = json.loads(run("list", "--records", "--format", "json", "--annotator", "ben", at=recorded).out)
    assert (len(everyone["claims"]), len(ben["claims"])) == (8, 4)
    (contradiction,) = ben["contradictions"]
    assert contradiction["annotator"] == "ben"
    assert {each["exact"] for each in contradiction["between"]} == {BEGAN, CUT}
    assert all(claim["stands"] for claim in ben["claims"])
    text = run("list", "--records", at=recorded)
    assert max(map(len, text.out.splitlines())) <= 80
    nobody = run("list", "--records", "--annotator", "eve", at=recorded)
    assert nobody.code == 1
    assert "there are records of ada, ben" in nobody.err


def test_a_fresh_clone_takes_its_yaml_in_and_writes_the_same_bytes(run: Run, recorded: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(recorded, clone, ignore=shutil.ignore_patterns(".variorum"))
    files = {path: path.read_bytes() for path in (clone / "annotations").rglob("*.yaml")}
    imported = run("import", at=clone)
    assert imported.code == 0
    assert f"read annotations/ada/{FIRST}.yaml" in imported.out.splitlines()
    assert run("import", at=clone).out == ""
    shutil.rmtree(clone / "annotations")
    assert run("list", at=clone).out.count("finished") == 1
    shutil.copytree(recorded / "annotations", clone / "annotations")
    assert run("export", at=clone).code == 0
    assert {path: path.read_bytes() for path in files} == files


def test_files_that_are_gone_are_written_anew_or_their_records_taken_out_as_the_reader_says(
    run: Run, recorded: Path
) -> None:
    folder = recorded / "annotations" / "ada"
    files = {path: path.read_bytes() for path in folder.iterdir()}
    shutil.rmtree(folder)
    for command in ("export", "import", "list"):
        stopped = run(command, at=recorded)
        assert stopped.code == 1
        assert "annotations/ada: all your YAML is gone" in stopped.err
        assert not folder.exists()
    assert run("export", "--ours", at=recorded).code == 0
    assert {path: path.read_bytes() for path in folder.iterdir()} == files
    (folder / f"{SECOND}.yaml").unlink()
    lost = run("import", at=recorded)
    assert (lost.code, lost.out) == (0, "")
    assert lost.err.splitlines()[0] == f"variorum: annotations/ada/{SECOND}.yaml is gone, and with it 2 claims"
    assert run("export", at=recorded).code == 0
    shutil.rmtree(folder)
    taken = run("import", "--theirs", at=recorded)
    assert (taken.code, taken.out) == (0, "")
    assert f"annotations/ada/{FIRST}.yaml is gone, and with it 2 claims, 1 note" in taken.err
    assert run("list", at=recorded).out.count("finished") == 0


@pytest.mark.parametrize(("options", "gists"), [((), ["Ours", "Theirs"]), (("--ours",), ["Ours"])])
def test_what_here_and_the_file_disagree_on_stands_in_it_twice_unless_one_side_is_chosen(
    run: Run, recorded: Path, options: tuple[str, ...], gists: list[str]
) -> None:
    file = recorded / "annotations" / "ada" / "links.yaml"
    session = open_session(open_workspace(recorded, {}), "ada")
    session.do(gestures.set_gist(session.records.contradictions()[0], "Ours"))
    session.close()
    file.write_text(file.read_text().replace("gist: When did contacts *stop*?", "gist: Theirs"))
    ran = run("export", *options, at=recorded)
    assert ran.code == len(gists) - 1
    assert ("both versions are kept, to be settled in the Reader" in ran.err) == (len(gists) == 2)
    assert ran.out.splitlines()[-1] == "wrote annotations/ada/links.yaml"
    text = file.read_text()
    assert "gist: Ours" in text
    assert [gist for gist in ("Ours", "Theirs") if gist in text] == gists
    assert run("check", at=recorded).code == len(gists) - 1


def test_check_says_what_is_recorded_but_not_in_the_files_yet(run: Run, recorded: Path) -> None:
    session = open_session(open_workspace(recorded, os.environ), "ada")
    claim = session.records.claims_in(FIRST)[0]
    session.do(gestures.set_gist(claim, "Something new"))
    session.close()
    checked = run("check", "--annotator", "ada", at=recorded)
    assert checked.code == 0
    assert "not exported yet: 1 file of ada; variorum export writes them" in checked.err
    assert run("export", "--annotator", "ada", at=recorded).code == 0
    assert "not exported" not in run("check", "--annotator", "ada", at=recorded).err


def test_check_answers_1_for_errors_and_for_warnings_only_when_strict(run: Run, recorded: Path) -> None:
    article = recorded / "seeds" / f"{FIRST}.txt"
    article.write_text(f"Corrected. {article.read_text()}")
    assert run("check", at=recorded).code == 0
    strict = run("check", "--strict", at=recorded)
    assert strict.code == 1
    assert strict.out.startswith(f"annotations/ada/{FIRST}.yaml:3: warning: ")
    (recorded / "annotations" / "ada" / f"{SECOND}.yaml").write_text("format: variorum/2\n")
    broken = run("check", "--format", "json", at=recorded)
    assert broken.code == 1
    errors = [each for each in json.loads(broken.out)["findings"] if each["severity"] == "error"]
    assert [(each["file"], each["line"], each["kind"]) for each in errors] == [
        (f"annotations/ada/{SECOND}.yaml", 1, "malformed")
    ]


def test_a_wrong_config_is_findings_for_check_and_one_message_for_the_others(run: Run, workspace: Path) -> None:
    (workspace / "config.yaml").write_text('format: variorum/1\ntitel: "\\e[31m"\n')
    checked = run("check", at=workspace)
    assert checked.code == 1
    assert checked.out.startswith("config.yaml:2: error: ")
    listed = run("list", at=workspace)
    assert (listed.code, listed.out) == (1, "")
    assert "config.yaml:2: " in listed.err


def test_outside_of_a_workspace_one_sentence_says_what_to_do(run: Run, tmp_path: Path) -> None:
    ran = run("list", at=tmp_path)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert "variorum init" in ran.err


def test_a_reader_who_goes_away_and_a_full_disk_leave_no_traceback(recorded: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "list", "--records"]
    environ = environment(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    gone = subprocess.run(command, cwd=recorded, env=environ, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (gone.returncode, gone.stderr) == (141, b"")
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(command, cwd=recorded, env=environ, stdout=full, stderr=subprocess.PIPE, text=True)
        assert ran.returncode == 1
        assert len(ran.stderr.splitlines()) == 1
