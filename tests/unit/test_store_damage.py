"""Whatever happens to the store's files, nothing is guessed, nothing is written over, and what is whole is saved."""

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from privileges import NOBODY, folder_for_all, without_privileges
from store_samples import a_claim, changed, compacted, made, on_disk
from tinydb.table import Document as TinyDocument

from tui.errors import NewerStoreError, ReadOnlyError, StoreError
from tui.model.records import Claim
from tui.store.journal import encode
from tui.store.recovery import mend, salvage
from tui.store.store import Store

JOURNAL, SNAPSHOT = "store.journal", "snapshot-3.json"


@pytest.fixture
def claims() -> list[Claim]:
    return [a_claim() for _ in range(6)]


@pytest.fixture
def folder(tmp_path: Path, claims: list[Claim]) -> Path:
    """A store of six claims: two in each of two snapshots, two in the journal."""
    folder = tmp_path / ".variorum"
    store = Store(folder, "ada")
    for number, claim in enumerate(claims):
        if number in (2, 4):
            compacted(store)
        store.commit(made(claim))
    store.close()
    assert {path.name for path in folder.iterdir()} == {
        *(".gitignore", "store.lock", JOURNAL, "journal-1", "journal-2", "snapshot-2.json", SNAPSHOT),
    }
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


Damage = Callable[[bytes], bytes]


def flipped(at: float) -> Damage:
    """One bit is not what it was, at this part of the file."""

    def damage(whole: bytes) -> bytes:
        position = int(len(whole) * at)
        return whole[:position] + bytes([whole[position] ^ 4]) + whole[position + 1 :]

    return damage


def without_line(number: int) -> Damage:
    return lambda whole: b"".join(line for at, line in enumerate(whole.splitlines(True)) if at != number)


JOURNALS: dict[str, tuple[Damage, str]] = {
    "empty": (lambda _: b"", "is empty"),
    "zeros": (lambda whole: bytes(len(whole)), "is not a journal of Variorum"),
    "garbage": (lambda _: b"\xff\xfe\x00garbage\n", "is not a journal of Variorum"),
    "its first line flipped": (flipped(0.01), "is not a journal of Variorum"),
    "its first line cut off": (lambda whole: whole[:40], "is not a journal of Variorum"),
    "a bit flipped in a line": (flipped(0.3), "is damaged after transaction 4"),
    "a bit flipped in the last line": (flipped(0.9), "is damaged after transaction 5"),
    "a line missing": (without_line(1), "is damaged after transaction 4"),
    "a line twice": (lambda whole: whole + whole.splitlines(True)[-1], "is damaged after transaction 6"),
    "a line overwritten": (lambda whole: whole.replace(b"created", b"CREATED", 1), "is damaged after transaction 4"),
    "another text put before it": (lambda whole: b"{}\n" + whole, "is not a journal of Variorum"),
}


@pytest.mark.parametrize(("damage", "sentence"), JOURNALS.values(), ids=JOURNALS)
def test_a_damaged_journal_is_an_error_that_says_what_to_do_and_is_left_alone(
    folder: Path, damage: Damage, sentence: str
) -> None:
    running = Store(folder, "ada")
    path = folder / JOURNAL
    path.write_bytes(damage(path.read_bytes()))
    left = content(folder)
    for use in (lambda: Store(folder, "ada"), running.reload, lambda: running.commit(made(a_claim()))) * 2:
        with pytest.raises(StoreError) as raised:
            use()
        assert str(path) in str(raised.value)
        assert sentence in str(raised.value)
        assert "`variorum doctor --fix` goes back to the last good state" in str(raised.value)
    assert content(folder) == left
    assert len(running.records()) == 6, "what was read before the damage is still shown"


SNAPSHOTS: dict[str, Damage] = {
    "empty": lambda _: b"",
    "cut off": lambda whole: whole[: len(whole) // 2],
    "without its last line": lambda whole: whole[: whole.rstrip().rfind(b"\n")],
    "a bit flipped": flipped(0.5),
    "zeros": lambda whole: bytes(len(whole)),
    "another JSON file": lambda _: b'{"name": "x"}',
    "too deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("damage", SNAPSHOTS.values(), ids=SNAPSHOTS)
def test_a_damaged_snapshot_is_an_error_and_nothing_is_lost_by_mending(
    folder: Path, damage: Damage, claims: list[Claim]
) -> None:
    path = folder / SNAPSHOT
    path.write_bytes(damage(path.read_bytes()))
    left = content(folder)
    with pytest.raises(StoreError, match=re.escape(f"{path} is damaged. It was left as it is")):
        Store(folder, "ada")
    assert content(folder) == left
    saved, _ = mend(folder, "aside")
    assert saved.lost == []
    assert on_disk(folder) == {claim.id for claim in claims}


def test_a_snapshot_that_is_gone_is_named_and_nothing_is_lost_by_mending(folder: Path, claims: list[Claim]) -> None:
    (folder / SNAPSHOT).unlink()
    with pytest.raises(StoreError, match=r"snapshot-3\.json is missing"):
        Store(folder, "ada")
    saved, _ = mend(folder, "aside")
    assert saved.lost == []
    assert on_disk(folder) == {claim.id for claim in claims}


def test_a_journal_that_is_gone_is_no_new_beginning(folder: Path, claims: list[Claim]) -> None:
    (folder / JOURNAL).unlink()
    with pytest.raises(StoreError, match=r"store\.journal is missing, but snapshot-3\.json is there"):
        Store(folder, "ada")
    saved, _ = mend(folder, "aside")
    assert saved.number == 4
    assert len(saved.lost) == 1
    assert saved.lost[0].startswith("store.journal is missing: what was done after transaction 4 (20")
    assert on_disk(folder) == {claim.id for claim in claims[:4]}


def test_mending_a_journal_costs_the_damaged_step_and_what_rests_on_it(folder: Path, claims: list[Claim]) -> None:
    store = Store(folder, "ada")
    tagged = replace(claims[4], tags=("fact",))
    store.commit(changed(claims[4], tagged))
    store.commit(made(last := a_claim()))
    path = folder / JOURNAL
    lines = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join((lines[0], flipped(0.5)(lines[1]), *lines[2:])))
    before = content(folder)
    saved, place = mend(folder, "aside")
    assert [re.sub(r"20[-0-9T:]+Z", "TIME", sentence) for sentence in saved.lost] == [
        "transaction 5 (after TIME): damaged or missing",
        "transaction 7 (“changed”, TIME) rests on what is lost and was left out",
    ]
    assert on_disk(folder) == {claim.id for claim in (*claims[:4], claims[5], last)}
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {
        name: data for name, data in before.items() if name not in (".gitignore", "store.lock")
    }
    Store(folder, "ada").commit(made(a_claim()))


def test_whatever_is_damaged_mending_gives_a_store_that_opens(folder: Path) -> None:
    good = folder.parent / "good"
    shutil.copytree(folder, good)
    for name in (JOURNAL, SNAPSHOT, "snapshot-2.json", "journal-2"):
        for damage in (*SNAPSHOTS.values(), *(damage for damage, _ in JOURNALS.values())):
            shutil.rmtree(folder)
            shutil.copytree(good, folder)
            (folder / name).write_bytes(damage((folder / name).read_bytes()))
            mend(folder, "aside")
            store = Store(folder, "ada")
            store.commit(made(a_claim()))
            assert len(on_disk(folder)) >= 5, "the snapshot before, or the lines after"
            store.close()


class Stopped(BaseException):
    """The process ends here, and nothing is cleaned up."""


def test_a_mending_that_is_stopped_anywhere_loses_nothing(
    folder: Path, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = folder.parent / "good"
    (folder / SNAPSHOT).write_bytes(b"{}")
    shutil.copytree(folder, good)
    whole = {name: data for name, data in content(folder).items() if name not in (".gitignore", "store.lock")}
    calls = 0

    def stopping(function: Callable[..., object], at: int) -> Callable[..., object]:
        def stops(*arguments: object, **how: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Stopped
            return function(*arguments, **how)

        return stops

    for at in count(1):
        shutil.rmtree(folder)
        shutil.copytree(good, folder)
        calls = 0
        with monkeypatch.context() as patch:
            for name in ("link", "fsync", "unlink", "mkdir", "rename", "replace", "open"):
                patch.setattr(os, name, stopping(getattr(os, name), at))
            with suppress(Stopped):
                mend(folder, "aside")
        if calls < at:
            break
        there = content(folder) | ({} if not (folder / "aside").exists() else content(folder / "aside"))
        assert all(there.get(name) == data for name, data in whole.items()), at
        mended = False
        with suppress(StoreError):
            mended = on_disk(folder) == {claim.id for claim in claims}
        if not mended:
            assert content(folder).items() >= whole.items(), "as damaged as it was, with all of its files"
            mend(folder, "again")
            assert on_disk(folder) == {claim.id for claim in claims}
    assert at > 20, "it was stopped everywhere"


def test_a_mending_for_which_there_is_no_room_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / SNAPSHOT).write_bytes(b"{}")
    before = content(folder)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.store.journal_file.write_snapshot", full)
    with pytest.raises(StoreError, match=r"can't be mended \(No space left on device\); it is as it was"):
        mend(folder, "aside")
    assert content(folder) == before
    assert not (folder / "aside").exists()


def test_a_mending_keeps_copies_where_files_can_have_no_second_name(
    folder: Path, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "no hard links here")

    (folder / SNAPSHOT).write_bytes(b"{}")
    before = content(folder)
    monkeypatch.setattr(os, "link", refused)
    mend(folder, "aside")
    assert on_disk(folder) == {claim.id for claim in claims}
    kept = content(folder / "aside")
    assert kept == {name: data for name, data in before.items() if name not in (".gitignore", "store.lock")}


def test_what_can_be_saved_is_told_without_writing(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b"")
    before = content(folder)
    assert salvage(folder).documents == 4
    assert content(folder) == before


def test_a_store_of_a_newer_version_is_refused(folder: Path) -> None:
    path = folder / JOURNAL
    header, *lines = path.read_bytes().splitlines(True)
    about = json.loads(header[9:].split(b"\t")[0]) | {"journal": 3}
    path.write_bytes(b"".join((encode(about, []), *lines)))
    left = content(folder)
    for use in (lambda: Store(folder, "ada"), lambda: mend(folder, "aside")):
        with pytest.raises(
            NewerStoreError, match=r"newer version of Variorum \(format 3, this one knows 2\): use that"
        ):
            use()
    assert content(folder) == left


@pytest.mark.parametrize("closed", [SNAPSHOT, "journal-2", JOURNAL])
def test_what_a_user_may_not_read_is_not_taken_for_lost(closed: str) -> None:
    with folder_for_all() as place:
        folder = place / ".variorum"
        store = Store(folder, "ada")
        for _ in range(2):
            store.commit(made(a_claim()))
            compacted(store)
        store.commit(made(a_claim()))
        store.close()
        other = JOURNAL if closed != JOURNAL else SNAPSHOT
        (folder / other).write_bytes(b"")
        (folder / closed).chmod(0)
        if os.geteuid() == 0:
            for path in (place, folder, *folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)
        with without_privileges(), pytest.raises(ReadOnlyError, match="can't be read"):
            mend(folder, "aside")
        assert not (folder / "aside").exists()


def test_another_annotators_damaged_record_stops_nobody_else(folder: Path) -> None:
    table = Store(folder, "ada")._database.table("claims")
    table.insert(TinyDocument({"of": "a later version"}, "ben/c1"))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"holds what can't be read, claims c1"):
        Store(folder, "ben")
    Store(folder, "ada").commit(made(a_claim()))
    assert len(on_disk(folder)) == 7
    found = Store(folder, "ada")._database.table("claims").get(doc_id="ben/c1")  # type: ignore[call-overload]
    assert found == {"of": "a later version"}


def test_a_record_that_another_program_made_unreadable_is_an_error_until_it_is_mended(folder: Path) -> None:
    store, other = Store(folder, "ada"), Store(folder, "ben")
    table = other._database.table("claims")
    table.insert(TinyDocument({}, "ada/c0000000000zz"))  # type: ignore[arg-type]
    for use in (store.look, store.reload, lambda: store.commit(made(a_claim()))) * 2:
        with pytest.raises(StoreError, match=r"holds what can't be read, claims c0000000000zz: “span” is missing"):
            use()
    assert len(store.records()) == 6
    table.remove(doc_ids=["ada/c0000000000zz"])  # type: ignore[list-item]
    store.commit(made(a_claim()))
    assert len(on_disk(folder)) == 7


@pytest.mark.parametrize("name", [JOURNAL, SNAPSHOT])
@pytest.mark.parametrize("make", [lambda path: os.mkfifo(path), lambda path: path.mkdir()], ids=["a pipe", "a folder"])
def test_something_that_is_no_file_is_refused_without_waiting(
    folder: Path, make: Callable[[Path], None], name: str
) -> None:
    (folder / name).unlink()
    make(folder / name)
    with pytest.raises(StoreError, match="can't be read"):
        Store(folder, "ada")


@pytest.mark.parametrize("name", [JOURNAL, SNAPSHOT])
def test_a_link_is_not_followed_out_of_the_folder(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="can't be read"):
        Store(folder, "ada")


@pytest.mark.parametrize("name", [JOURNAL, SNAPSHOT])
def test_a_file_of_unreasonable_size_is_not_read(folder: Path, name: str) -> None:
    os.truncate(folder / name, 2**40)
    with pytest.raises(StoreError, match="larger than 1024 MB"):
        Store(folder, "ada")


def test_a_line_that_was_never_finished_is_cut_off_by_the_next_writer_only(folder: Path, claims: list[Claim]) -> None:
    path = folder / JOURNAL
    whole = path.read_bytes()
    torn = whole + whole.splitlines(True)[-1][:-30]
    path.write_bytes(torn)
    store = Store(folder, "ada")
    assert {record.id for record in store.records()} == {claim.id for claim in claims}
    assert path.read_bytes() == torn, "somebody may be at it"
    store.commit(made(a_claim()))
    assert path.read_bytes().startswith(whole)
    assert len(on_disk(folder)) == 7


# --- the store of the first format ---


def first_format(folder: Path) -> Path:
    """What the version before the journal left behind."""
    folder.mkdir()
    claim = {"article": "001", "span": [0, 9], "exact": "“chapter”\n", "created": "2026-11-21T20:00:00Z"}
    tables = {
        "claims": {
            "ada/c000000000001": claim,
            "ada/c000000000002": claim | {"memo": "new"},
            "ben/c000000000003": claim,
        },
        "files": {
            "ada/ada/001.yaml": {
                "sha256": "ab",
                "records": {"claims/c000000000001": claim, "claims/c000000000002": claim | {"memo": "old"}},
                "extra": {"x": 1},
            }
        },
    }
    (folder / "store.json").write_text(json.dumps({"format": 1, "tables": tables}))
    return folder


def test_a_store_of_the_first_format_is_imported_once_with_its_bases(tmp_path: Path) -> None:
    folder = first_format(tmp_path / ".variorum")
    store = Store(folder, "ada")
    assert {record.id for record in store.records()} == {"c000000000001", "c000000000002"}
    file = store.synced_files()["ada/001.yaml"]
    assert (file.sha256, file.extra) == ("ab", {"x": 1})
    assert {key: getattr(base, "memo", "?") for key, base in file.records.items()} == {
        "claims/c000000000001": None,
        "claims/c000000000002": "old",
    }
    assert sorted(path.name for path in folder.iterdir()) == ["store.json"], "reading makes nothing"
    store.commit(made(a_claim()))
    assert (folder / "store.json.imported").exists()
    assert not (folder / "store.json").exists()
    again = Store(folder, "ada")
    assert again.synced_files() == store.synced_files() == {"ada/001.yaml": file}
    assert len(again.records()) == 3
    assert on_disk(folder, "ben") == {"c000000000003"}


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [(b"", "is empty"), (b"{", "damaged or cut off"), (b"[1]", "not a store of Variorum")],
)
def test_a_damaged_store_of_the_first_format_is_left_alone(tmp_path: Path, damage: bytes, sentence: str) -> None:
    folder = first_format(tmp_path / ".variorum")
    (folder / "store.json").rename(folder / "store.json.bak")
    with pytest.raises(StoreError, match=r"store\.json is missing, but store\.json\.bak is there: rename it"):
        Store(folder, "ada")
    (folder / "store.json").write_bytes(damage)
    with pytest.raises(StoreError, match=f"{sentence}.*move it aside and rename store.json.bak"):
        Store(folder, "ada")
    (folder / "store.json.bak").replace(folder / "store.json")
    assert len(Store(folder, "ada").records()) == 2


def test_when_the_first_snapshot_is_damaged_the_store_it_was_made_of_is_what_is_saved(tmp_path: Path) -> None:
    folder = first_format(tmp_path / ".variorum")
    store = Store(folder, "ada")
    store.commit(made(last := a_claim()))
    store.close()
    (folder / "snapshot-1.json").write_bytes(b"")
    saved, _ = mend(folder, "aside", "ada")
    assert saved.lost == []
    assert on_disk(folder) == {"c000000000001", "c000000000002", last.id}


# --- beginning anew ---


def test_a_compaction_that_failed_is_not_tried_again_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.journal_file.JOURNAL_BYTES", 2_000)
    tried: list[int] = []

    def full(*arguments: object) -> int:
        tried.append(len(store.records()))
        raise OSError(28, "No space left on device")

    store = Store(tmp_path / ".variorum", "ada")
    with monkeypatch.context() as patch:
        patch.setattr("tui.store.journal_file.write_snapshot", full)
        for _ in range(30):
            store.commit(made(a_claim()))
            store.compact_if_due()
    assert 1 < len(tried) < 10
    assert len(on_disk(tmp_path / ".variorum")) == 30


def test_a_snapshot_that_could_not_be_read_again_is_never_put_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(folder, "ada")
    before = content(folder)
    monkeypatch.setattr("tui.store.snapshot.MAX_BYTES", 500)
    with pytest.raises(StoreError, match="would be larger than"):
        store.compact()
    assert content(folder) == before
    store.commit(made(a_claim()))
