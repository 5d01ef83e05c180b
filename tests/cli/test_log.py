"""`variorum log`: what was done, when, and on which records."""

import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from cli_samples import BEGAN, CUT, FIRST, SECOND, make_workspace, record, run_command, tree
from privileges import folder_for_all, without_privileges

from tui.errors import ReadOnlyError
from tui.session import gestures
from tui.session.opening import open_session
from tui.store.storage import JournalStorage
from tui.store.store import Store
from tui.store.table import JournalDB
from tui.workspace import open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    workspace = make_workspace(tmp_path / "blinken")
    record(workspace)
    return workspace


def test_the_log_lists_each_step_with_its_records_newest_first_and_writes_nothing(
    workspace: Path, tmp_path: Path
) -> None:
    before = tree(workspace)
    ran = run_command("log", at=workspace, home=tmp_path)
    assert ran.code == 0
    assert ran.err == ""
    lines = ran.out.splitlines()
    labels = [line[18:] for line in lines if not line.startswith(" ")]
    assert labels == [
        *("article finished", "duplicate recorded", "gist written", "contradiction recorded"),
        *("said by a hostile <b>name</b> › [Newsweek](http://x)", "tagged background"),
    ]
    assert lines[0][:2] == "20"
    assert lines[1] == f"    + note on {FIRST}"
    assert any(
        line.startswith("    ~ contradiction x") and line.endswith(": When did contacts *stop*?") for line in lines
    )
    assert lines[-1].startswith("    + claim c")
    assert lines[-1].endswith(f" in {FIRST}: {BEGAN[:60]}…")
    assert tree(workspace) == before


def test_a_link_without_a_gist_is_named_by_the_words_of_its_first_end(workspace: Path, tmp_path: Path) -> None:
    log = partial(run_command, "log", at=workspace, home=tmp_path)
    assert re.search(r"\+ contradiction x\w{12}: " + re.escape(BEGAN[:60]), log().out)
    assert re.search(r"\+ duplicate d\w{12}: Blinken\n", log("--limit", "2").out)
    session = open_session(open_workspace(workspace, {}), "ada")
    for claim in [*session.records.claims_in(FIRST), *session.records.claims_in(SECOND)]:
        session.do(gestures.delete(session.desk, claim))
    session.close()
    # The claims are gone from the store, and known from the steps.
    assert re.search(r"- duplicate d\w{12}: Blinken\n", log().out)
    assert re.search(r"\+ duplicate d\w{12}: Blinken\n", log().out)


def test_the_log_as_json_has_every_record_before_and_after(workspace: Path, tmp_path: Path) -> None:
    ran = run_command("log", "--format", "json", "--limit", "3", at=workspace, home=tmp_path)
    entries = json.loads(ran.out)["entries"]
    assert [(entry["kind"], entry["label"], len(entry["changes"])) for entry in entries] == [
        ("step", "article finished", 1),
        ("step", "duplicate recorded", 3),
        ("step", "gist written", 1),
    ]
    change = entries[2]["changes"][0]
    assert (change["kind"], change["id"][0]) == ("contradictions", "x")
    assert "gist" not in change["before"]
    assert change["after"]["gist"] == "When did contacts *stop*?"


def test_what_came_from_files_is_in_the_log_and_nothing_is_no_error(workspace: Path, tmp_path: Path) -> None:
    log = partial(run_command, "log", at=workspace, home=tmp_path)
    shutil.rmtree(workspace / ".variorum")
    nobody = log()
    assert (nobody.code, nobody.out) == (0, "")
    assert nobody.err == "variorum: nothing was recorded here by ada\n"
    assert run_command("import", at=workspace, home=tmp_path).code == 0
    first, *others = log().out.splitlines()
    assert first.endswith("  read YAML")
    assert any(CUT in line and SECOND in line for line in others)


def test_a_log_of_nothing_makes_no_sense(workspace: Path, tmp_path: Path) -> None:
    ran = run_command("log", "--limit", "0", at=workspace, home=tmp_path)
    assert ran.code == 2
    assert "--limit needs a number from 1 on" in ran.err


def test_a_step_that_cannot_be_read_hides_no_other(workspace: Path, tmp_path: Path) -> None:
    database = JournalDB(workspace / ".variorum")
    database.storage.reload()  # type: ignore[attr-defined]  # any storage, to TinyDB
    storage = database.storage
    assert isinstance(storage, JournalStorage)
    about = {"id": "t1", "at": "2026-11-25T03:00:00Z", "by": "ada", "kind": "step", "label": "of a later version"}
    with storage.writing():
        storage.stage("remarks", {"ada/r0000000000zz": {"on": 1}})
        storage.seal(about)
        storage.stage("remarks", {"ada/r0000000000zz": None})
        storage.seal(about | {"id": "t2", "label": "taken out"})
    ran = run_command("log", at=workspace, home=tmp_path)
    assert ran.code == 1
    assert "what was done at 2026-11-25T03:00:00Z (“of a later version”) can't be read" in ran.err
    assert "article finished" in ran.out
    assert run_command("log", "--limit", "1", "--format", "json", at=workspace, home=tmp_path).out.count('"label"') == 1


def test_a_store_that_may_not_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    with folder_for_all() as folder:
        workspace = make_workspace(folder / "blinken")
        record(workspace)
        with without_privileges(), pytest.raises(ReadOnlyError, match="nothing can be recorded here"):
            Store(workspace / ".variorum", "ada").history()
