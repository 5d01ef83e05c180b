"""`variorum doctor` and the store: every damage is found, what can be saved is saved, and nothing is lost by it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from doctor_samples import Doctor, damage_line, journal_of, recorded_in
from session_samples import BROKE, annotations, exported, git, make_workspace, opened, record_some, state, tag, tree
from store_samples import CREATED, a_claim, deleted, made
from tinydb.table import Document as TinyDocument

from tui.__main__ import main
from tui.model.ids import new_id
from tui.model.records import Contradiction, DuplicateGroup
from tui.session.sync import Prefer, read_back
from tui.store import legacy
from tui.store.journal import encode
from tui.store.snapshot import write_snapshot
from tui.store.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Some records, exported; a snapshot of most, and the last of them in the journal."""
    root = recorded_in(tmp_path)
    with opened(root) as session:
        session.store.compact()
        tag(session, BROKE)
        exported(session)
    assert {path.name for path in (root / ".variorum").iterdir()} == {
        *(".gitignore", "store.lock", "store.journal", "journal-1", "snapshot-2.json", "texts"),
    }
    return root


def store(root: Path, annotator: str = "ada") -> Store:
    return Store(root / ".variorum", annotator)


def number(root: Path, annotator: str = "ada") -> int:
    return len(store(root, annotator).records())


def aside(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".variorum").iterdir() if path.name.startswith("damaged"))


def test_a_whole_store_is_told_in_a_line_and_nothing_is_written(
    root: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    told = doctor(root)
    assert told.code == 0
    assert told.findings == []
    assert told.data["areas"]["store"] == ["8 records of ada, 2 journals, whole"]
    assert main(["doctor", "-C", str(root)]) == 0
    said = capsys.readouterr()
    assert "store        8 records of ada, 2 journals, whole\n" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert said.err == "variorum: no errors, no warnings, no notes\n"
    assert tree(root) == before


def test_a_large_number_is_told_so_that_it_can_be_read(
    tmp_path: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "balloon"
    make_workspace(root)
    store(root).commit(made(*(a_claim(article="one") for _ in range(1203))))
    assert main(["doctor", "-C", str(root)]) == 0
    assert "store        1\N{NO-BREAK SPACE}203 records of ada, 1 journal, whole\n" in capsys.readouterr().out


def folder_for_journal(folder: Path) -> None:
    (folder / "store.journal").unlink()
    (folder / "store.journal").mkdir()


def no_state_left(folder: Path) -> None:
    (folder / "snapshot-2.json").unlink()
    (folder / "journal-1").unlink()


DAMAGES: dict[str, tuple[Callable[[Path], object], str, int, str]] = {
    "journal empty": (
        lambda folder: (folder / "store.journal").write_bytes(b""),
        "store.journal is empty",
        7,
        "store.journal is empty or can't be read: what was done after transaction",
    ),
    "journal missing": (
        lambda folder: (folder / "store.journal").unlink(),
        "store.journal is missing, but snapshot-2.json is there",
        7,
        "store.journal is missing: what was done after transaction",
    ),
    "journal's first line": (
        lambda folder: damage_line(folder / "store.journal", 0),
        "store.journal is not a journal of Variorum, or its first line is damaged",
        8,
        "nothing is lost",
    ),
    "last line": (
        lambda folder: damage_line(folder / "store.journal", -1),
        "store.journal is damaged after transaction",
        8,
        "the end of store.journal is damaged: what was done after transaction",
    ),
    "a line in the middle": (
        lambda folder: damage_line(folder / "store.journal", 1),
        "store.journal is damaged after transaction",
        7,
        "damaged or missing",
    ),
    "a folder in its place": (
        folder_for_journal,
        "store.journal can't be read, as it is not a regular file",
        7,
        "store.journal is empty or can't be read",
    ),
    "snapshot damaged": (
        lambda folder: (folder / "snapshot-2.json").write_bytes(b"{}"),
        "snapshot-2.json is damaged",
        8,
        "nothing is lost",
    ),
    "snapshot missing": (
        lambda folder: (folder / "snapshot-2.json").unlink(),
        "snapshot-2.json is missing",
        8,
        "nothing is lost",
    ),
    "snapshot cut off": (
        lambda folder: os.truncate(folder / "snapshot-2.json", 100),
        "snapshot-2.json is damaged",
        8,
        "nothing is lost",
    ),
    "snapshot and the journal before": (
        no_state_left,
        "snapshot-2.json is missing",
        1,
        "no snapshot is whole: what was recorded before the journals begin is lost",
    ),
}


@pytest.mark.parametrize(("damage", "wrong", "saved", "lost"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_told_with_what_can_be_saved_and_mended_with_what_was_damaged_kept(
    root: Path, doctor: Doctor, damage: Callable[[Path], object], wrong: str, saved: int, lost: str
) -> None:
    folder = root / ".variorum"
    whole, yaml = {}, annotations(root)
    with opened(root) as session:
        whole = state(session)
    damage(folder)
    before = tree(root)
    told = doctor(root)
    finding = told.one(wrong)
    assert told.code == 1
    assert finding["severity"] == "error"
    assert lost in "; ".join(finding["details"])
    goes_back = f"goes back to the last good state, {saved} record{'' if saved == 1 else 's'} of ada"
    assert goes_back in finding["mend"]
    assert tree(root) == before, "without --fix nothing is written"

    fixed = doctor(root, "--fix")
    assert fixed.code == 0
    assert fixed.serious == []
    assert fixed.mended[0].startswith(f"the store is back in its last good state, {saved} record")
    assert "; the history begins anew: `variorum log` and undo reach back no further" in fixed.mended[0]
    assert number(root) == saved
    (name,) = aside(root)
    assert f"the damaged files are in .variorum/{name}" in fixed.mended[0]
    assert ("`variorum import` brings back" in fixed.mended[0]) == ("nothing" not in lost)
    held = {
        path.removeprefix(".variorum/"): content
        for path, (_, content) in before.items()
        if path.startswith(".variorum/") and path.split("/")[1] not in (".gitignore", "store.lock", "texts")
    }
    there = {path.name: path.read_bytes() if path.is_file() else None for path in (folder / name).iterdir()}
    assert there == held
    after = tree(root)
    again = doctor(root, "--fix")
    assert (again.code, again.mended) == (0, [])
    assert tree(root) == after, "mending again does nothing"

    # What the YAML has comes back, and the YAML keeps it.
    with opened(root) as session:
        assert state(session) == whole
        exported(session)
    assert annotations(root) == yaml


def test_what_was_set_aside_earlier_is_never_written_over(root: Path, doctor: Doctor) -> None:
    names = []
    for _ in range(3):
        with opened(root):
            pass
        with journal_of(root).open("ab") as file:
            file.write(b"garbage\n")
        assert doctor(root, "--fix").code == 0
        names = aside(root)
    first = names[0]
    assert names == [first, f"{first}-2", f"{first}-3"]
    kept = doctor(root).one("set aside")
    assert kept["severity"] == "note"
    assert kept["details"] == [f".variorum/{name}" for name in names]


def test_lost_steps_are_named_and_records_only_the_store_had_are_not_claimed_to_be_saved(
    tmp_path: Path, doctor: Doctor
) -> None:
    root = tmp_path / "balloon"
    make_workspace(root)
    folder = root / ".variorum"
    one = Store(folder, "ada", now=lambda: CREATED)
    claim = a_claim(article="one")
    one.commit(made(a_claim(article="one", start=3, end=12)))
    one.commit(made(claim))
    one.commit(replace(deleted(claim), label="tagged fact"))
    one.close()
    damage_line(folder / "store.journal", 2)
    finding = doctor(root).one("is damaged after transaction 1")
    assert finding["details"] == [
        f"lost: transaction 2 (after {CREATED}): damaged or missing",
        f"lost: transaction 3 (“tagged fact”, {CREATED}) rests on what is lost and was left out",
    ]
    fixed = doctor(root, "--fix")
    assert fixed.mended[1:] == finding["details"]
    assert number(root) == 1


def test_while_another_process_holds_the_lock_the_store_is_not_mended_and_that_is_said(
    root: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    damage_line(journal_of(root), -1)
    with held(root / ".variorum/store.lock"):
        told = doctor(root)
        before = tree(root)
        fixed = doctor(root, "--fix")
        assert tree(root) == before
        assert main(["doctor", "-C", str(root), "--fix"]) == 1
        out = " ".join(capsys.readouterr().out.split())
    assert told.one("another process has been writing")["severity"] == "warning"
    assert fixed.code == 1
    assert fixed.mended == []
    sentence = "another process is writing to the store: close it, then try again"
    assert fixed.one("is damaged after transaction")["not_mended"] == sentence
    assert f"-> not mended: {sentence}" in out
    assert doctor(root, "--fix").code == 0


class held:
    """The store's lock, held by another process."""

    def __init__(self, lock: Path) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        program = "import sys\n"
        program += "from filelock import FileLock\nwith FileLock(sys.argv[1]):\n  print(flush=True)\n  input()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(self._lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def __exit__(self, *_: object) -> None:
        self._process.communicate(b"\n")


def test_a_line_that_was_never_finished_is_only_noted(root: Path, doctor: Doctor) -> None:
    with journal_of(root).open("ab") as file:
        file.write(b"0000 never finished")
    before = tree(root)
    told = doctor(root, "--fix")
    assert told.code == 0
    assert told.one("never finished (19 bytes)")["severity"] == "note"
    assert tree(root) == before


def test_what_a_stopped_process_left_is_removed(root: Path, doctor: Doctor) -> None:
    left = (root / ".variorum/store.journal.new", root / ".variorum/snapshot-9.json")
    for path in left:
        path.write_bytes(b"")
        path.chmod(0o600)
    told = doctor(root)
    assert told.one("stopped while it began a new journal")["details"] == [path.name for path in left]
    assert told.code == 0
    fixed = doctor(root, "--fix")
    assert fixed.mended == [f"removed .variorum/{path.name}" for path in left]
    assert fixed.findings == []
    assert not any(path.exists() for path in left)
    assert number(root) == 8


def test_damage_to_earlier_states_is_noted_and_nothing_is_lost(root: Path, doctor: Doctor) -> None:
    damage_line(root / ".variorum/journal-1", 1)
    store(root).compact()
    (root / ".variorum/snapshot-2.json").write_bytes(b"{}")
    told = doctor(root)
    assert told.code == 0
    assert told.one("files of earlier states are damaged")["details"] == ["snapshot-2.json", "journal-1"]


def test_a_step_that_does_not_fit_is_named(root: Path, doctor: Doctor) -> None:
    path = journal_of(root)
    last = json.loads(path.read_bytes().splitlines()[-1][9:].split(b"\t")[0])["number"]
    with path.open("ab") as file:
        file.write(encode({"number": last + 1}, [("claims", "ada/c9", {"never": "there"}, None)]))
    told = doctor(root)
    assert told.one("1 step in the journal found records otherwise")["details"] == [f"transaction {last + 1}"]
    assert told.code == 0


# --- what the store holds ---


def test_a_document_that_makes_no_sense_is_left_out_by_name_and_comes_back_from_yaml(
    root: Path, doctor: Doctor
) -> None:
    with opened(root) as session:
        whole = state(session)
    key = next(key for key in whole if key.startswith("claims/"))
    id = key.partition("/")[2]
    table = store(root, "ben")._database.table("claims")
    table.update({"created": 7}, doc_ids=[f"ada/{id}"])  # type: ignore[list-item]
    told = doctor(root)
    finding = told.one("1 document in the store can't be read, so it can't be opened")
    assert told.code == 1
    assert f"claim {id} in " in finding["details"][0]
    fixed = doctor(root, "--fix")
    assert fixed.code == 0
    assert any(f"lost: claim {id} in " in sentence for sentence in fixed.mended)
    assert number(root) == 7
    with opened(root) as session:
        assert state(session) == whole


def test_other_readers_records_are_noted_and_unreadable_ones_warned_of(root: Path, doctor: Doctor) -> None:
    store(root, "ben").commit(made(a_claim("ben")))
    store(root, "cy").commit(made(a_claim("cy")))
    store(root, "ben")._database.table("claims").insert(TinyDocument({}, "cy/c1"))  # type: ignore[arg-type]
    told = doctor(root, "--fix")
    assert told.code == 0
    assert told.of("store") == [
        ("note", "the store also has 1 record of ben, of which you see only what their YAML has"),
        ("warning", "of cy there are records in the store that can't be read; yours are not concerned"),
    ]
    assert doctor(root, "--annotator", "cy").code == 1


def test_records_that_do_not_fit_together_are_named(root: Path, doctor: Doctor) -> None:
    def group(id: str, *claims: str) -> DuplicateGroup:
        return DuplicateGroup(id=id, annotator="ada", claims=claims, created=CREATED)

    one, two, three = (a_claim(article="one", start=at, end=at + 9) for at in (0, 1, 2))
    loose = Contradiction(id=new_id("x"), annotator="ada", claims=(one.id, new_id("c")), created=CREATED)
    groups = (group(new_id("d"), one.id, two.id), group(new_id("d"), two.id, three.id))
    store(root).commit(made(one, two, three, loose, *groups))
    told = doctor(root)
    assert told.code == 1
    assert told.one("1 link of yours leads to a claim that is not there")["details"] == [loose.id]
    assert told.one("1 claim of yours is in more than one duplicate group")["details"] == [two.id]


# --- where it is ---


def test_a_store_of_the_first_format_is_noted_and_a_damaged_one_is_an_error_that_is_not_touched(
    tmp_path: Path, doctor: Doctor
) -> None:
    root = tmp_path / "balloon"
    make_workspace(root)
    folder = root / ".variorum"
    folder.mkdir(mode=0o700)
    path = folder / "store.json"
    claim = {"article": "one", "span": [0, 3], "exact": "The", "created": CREATED}
    path.write_text(json.dumps({"format": 1, "tables": {"claims": {"ada/c1": claim}}}))
    path.chmod(0o600)
    assert doctor(root, "--fix").one("of the first format, with 1 record of ada")["severity"] == "note"
    path.write_bytes(b"{")
    told = doctor(root, "--fix")
    assert told.code == 1
    assert told.one("store.json is damaged or cut off")["safe"] is False
    assert path.read_bytes() == b"{"
    path.unlink()
    (folder / "store.json.bak").write_bytes(b"")
    (folder / "store.json.bak").chmod(0o600)
    assert "rename it to store.json" in doctor(root).one("store.json is missing, but store.json.bak is there")["wrong"]


def test_an_import_of_the_first_format_that_was_stopped_is_mended_without_loss(tmp_path: Path, doctor: Doctor) -> None:
    root = tmp_path / "balloon"
    make_workspace(root)
    folder = root / ".variorum"
    folder.mkdir(mode=0o700)
    claim = {"article": "one", "span": [0, 3], "exact": "The", "created": CREATED}
    (folder / "store.json").write_text(json.dumps({"format": 1, "tables": {"claims": {f"ada/{new_id('c')}": claim}}}))
    tables = legacy.read(folder)
    assert tables is not None
    write_snapshot(folder / "snapshot-1.json", tables, 0)
    told = doctor(root)
    assert told.one("store.journal is missing, but snapshot-1.json is there")["details"] == [
        "nothing is lost: all of it can be worked out"
    ]
    assert doctor(root, "--fix").code == 0
    assert number(root) == 1


def test_after_its_import_the_old_file_is_noted(tmp_path: Path, doctor: Doctor) -> None:
    root = tmp_path / "balloon"
    make_workspace(root)
    record_some(root)
    (root / ".variorum/store.json").write_text(json.dumps({"format": 1, "tables": {}}))
    store(root).compact()
    (root / ".variorum/store.json.imported").chmod(0o600)
    assert doctor(root).one("set aside")["details"] == [".variorum/store.json.imported"]


@pytest.fixture
def away(root: Path) -> Path:
    return (root / ".variorum").rename(root.parent / "elsewhere")


def test_something_else_in_the_stores_place_is_an_error_and_left_alone(away: Path, root: Path, doctor: Doctor) -> None:
    (root / ".variorum").symlink_to(away)
    before = tree(root), tree(away)
    told = doctor(root, "--fix")
    assert told.code == 1
    assert told.one("is a symbolic link")["mend"] == "put a folder in its place, or remove it"
    assert (tree(root), tree(away)) == before
    (root / ".variorum").unlink()
    (root / ".variorum").write_text("a file")
    told = doctor(root, "--fix")
    assert told.code == 1
    assert "is not a folder" in told.of("store")[0][1]
    assert (root / ".variorum").read_text() == "a file"


def test_a_store_that_git_tracks_is_an_error_and_not_read(root: Path, doctor: Doctor) -> None:
    git(root, "init", "-q")
    git(root, "add", "-f", ".variorum")
    damage_line(journal_of(root), -1)
    before = tree(root)
    told = doctor(root, "--fix")
    assert told.code == 1
    assert "`git rm -r --cached .variorum`" in told.one(".variorum is tracked by git")["mend"]
    assert [severity for severity, _ in told.of("store")] == ["error"]
    assert told.data["areas"]["anchors"] == ["not examined: the store can't be opened"]
    assert tree(root) == before


def test_a_store_of_a_newer_version_is_never_mended(root: Path, doctor: Doctor) -> None:
    path = journal_of(root)
    header, *lines = path.read_bytes().splitlines(True)
    about = json.loads(header[9:].split(b"\t")[0]) | {"journal": 3}
    path.write_bytes(b"".join((encode(about, []), *lines)))
    before = tree(root)
    told = doctor(root, "--fix")
    assert told.code == 1
    assert "update Variorum" in told.one("was written by a newer version")["mend"]
    assert tree(root) == before


def test_a_store_larger_than_what_is_left_on_the_disk_is_warned_of(root: Path, doctor: Doctor) -> None:
    os.truncate(journal_of(root), shutil.disk_usage(root).free + 2**30)
    told = doctor(root)
    assert told.one("soon nothing more can be recorded")["severity"] == "warning"
    assert told.one("store.journal is larger than 1024 MB")["severity"] == "error"


def test_what_was_recorded_after_mending_is_kept_by_mending_again(root: Path, doctor: Doctor) -> None:
    damage_line(journal_of(root), -1)
    doctor(root, "--fix")
    with opened(root) as session:
        read_back(session, prefer=Prefer.NEITHER)
        tag(session, "They agreed on little.", name="quote")
    damage_line(journal_of(root), 1)
    assert doctor(root, "--fix").code == 0
    assert number(root) >= 8
