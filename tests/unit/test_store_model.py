"""The store against a plain model: whatever is committed by whom, each store on the folder has it."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from store_samples import a_claim, changed, compacted, made, on_disk

from tui.errors import StoreError
from tui.model.changes import Change, Transaction
from tui.model.filing import file_of
from tui.model.records import Claim, Record
from tui.store.fit import key_of
from tui.store.recovery import salvage
from tui.store.store import Store, SyncedFile

IDS = [f"c{number:012d}" for number in range(6)]
ARTICLES = ["001", "002", "003"]
PATHS = [*(f"ada/{article}.yaml" for article in ARTICLES), "ada/links.yaml"]


class Model:
    """What should be there, and random things to do."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.records: dict[str, Record] = {}
        self.files: dict[str, SyncedFile] = {}

    def a_record(self, id: str) -> Claim:
        return replace(a_claim("ada", self.random.choice(ARTICLES), id=id), memo=self.random.choice("ab"))

    def a_transaction(self) -> Transaction:
        """Claims made, changed, moved to other articles, deleted, and left as they are."""
        changes = []
        for _ in range(self.random.randint(0, 4)):
            id = self.random.choice(IDS)
            before = self.records.get(f"claims/{id}")
            after = None if before and self.random.random() < 0.3 else self.a_record(id)
            changes.append(self._apply(Change(before, before if before and self.random.random() < 0.1 else after)))
        return Transaction("a step", tuple(changes))

    def _apply(self, change: Change) -> Change:
        if change.after is None:
            del self.records[key_of(change.record)]
        else:
            self.records[key_of(change.after)] = change.after
        return change

    def forgotten(self) -> list[str]:
        paths = [path for path in PATHS if self.random.random() < 0.15]
        for path in paths:
            self.files.pop(path, None)
        return paths

    def synced(self, forgotten: Iterable[str]) -> list[SyncedFile]:
        """Files that agree with the records, have other versions of them, or records that are nowhere."""
        files = []
        for path in PATHS:
            if path in forgotten or self.random.random() < 0.6:
                continue
            bases: dict[str, Record] = {}
            for id in IDS:
                key, chance = f"claims/{id}", self.random.random()
                there = self.records.get(key)
                if there is not None and chance < 0.4 and f"ada/{file_of(there)}" == path:
                    bases[key] = there
                elif chance < 0.5:
                    bases[key] = self.a_record(id)
                elif there is not None and chance < 0.55:
                    bases[key] = there
            extra = self.random.choice([{}, {"x": 1}])
            self.files[path] = SyncedFile(path, self.random.choice(["aa", "bb", ""]), bases, extra)
            files.append(self.files[path])
        return files

    def holds(self, store: Store) -> None:
        assert {key_of(record): record for record in store.records()} == self.records
        assert store.synced_files() == self.files


@pytest.mark.parametrize("seed", range(12))
def test_two_stores_on_one_folder_have_what_either_committed(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda _descriptor: None)  # nothing is pulled out here
    folder = tmp_path / ".variorum"
    model = Model(seed)
    stores = [Store(folder, "ada"), Store(folder, "ada")]
    for _ in range(50):
        number = model.random.randrange(2)
        store, chance = stores[number], model.random.random()
        if chance < 0.1:
            store.close()
            stores[number] = store = Store(folder, "ada")
        elif chance < 0.2:
            store.compact()
        elif chance < 0.5:
            store.commit_all([model.a_transaction() for _ in range(model.random.randint(1, 3))])
        else:
            transaction, forgotten = model.a_transaction(), model.forgotten()
            store.commit(transaction, synced=model.synced(forgotten), forgotten=forgotten)
        store.look()
        model.holds(store)
        if model.random.random() < 0.5:
            stores[1 - number].look()
            model.holds(stores[1 - number])
    model.holds(Store(folder, "ada"))
    assert salvage(folder, "ada").lost == [], "nothing is damaged"


# --- what another process does to the journal ---


def test_a_damaged_journal_begun_by_another_process_is_never_cut_off(tmp_path: Path) -> None:
    folder = tmp_path / ".variorum"
    one = Store(folder, "ada")
    one.commit(made(a_claim()))
    other = Store(folder, "ada")
    compacted(one)
    for _ in range(5):
        one.commit(made(a_claim()))
    journal = folder / "store.journal"
    whole = journal.read_bytes()
    at = whole.index(b"\n") + 60
    with journal.open("r+b") as file:
        file.seek(at)
        file.write(bytes([whole[at] ^ 4]))
    spoilt = journal.read_bytes()
    for use in (other.look, lambda: other.commit(made(a_claim()))) * 2:
        with pytest.raises(StoreError, match="is damaged after transaction 1"):
            use()
    assert journal.read_bytes() == spoilt


def test_a_line_that_was_seen_and_then_withdrawn_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".variorum"
    failing, seeing, writing = (Store(folder, "ada") for _ in range(3))
    writing.commit(made(a_claim()))
    withdrawn = a_claim()

    def failed(_descriptor: int) -> None:
        seeing.look()
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", failed)
        with pytest.raises(StoreError):
            failing.commit(made(withdrawn))
    assert withdrawn in seeing.records(), "it was there for a moment"
    # As long as the one that was withdrawn, so that its place in the file tells nothing.
    writing.commit(made(a_claim()))
    writing.commit(made(a_claim()))
    seeing.look()
    assert withdrawn not in seeing.records()
    assert {record.id for record in seeing.records()} == on_disk(folder)


def test_another_windows_step_on_an_exported_record_is_taken_in_without_reading_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ".variorum"
    claims = [a_claim("ada", "001", start, start + 9) for start in range(20)]
    one = Store(folder, "ada")
    file = SyncedFile("ada/001.yaml", "ab", {key_of(claim): claim for claim in claims})
    one.commit(made(*claims), synced=[file])
    other = Store(folder, "ada")
    one.commit(changed(claims[3], replace(claims[3], memo="new")))
    read: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_read_values", lambda _self: read.append("all"))
        assert other.look()
    assert read == []
    assert other.synced_files() == one.synced_files() == {"ada/001.yaml": file}
    assert other.take_news() == (Change(claims[3], replace(claims[3], memo="new")),)


def test_a_line_holds_each_document_once(tmp_path: Path) -> None:
    folder = tmp_path / ".variorum"
    store = Store(folder, "ada")
    claim = a_claim()
    store.commit(made(claim), synced=[SyncedFile("ada/001.yaml", "ab", {key_of(claim): claim})])
    after = replace(claim, memo="from a file")
    store.commit(changed(claim, after), synced=[SyncedFile("ada/001.yaml", "cd", {key_of(after): after})])
    for line in store._storage.files.lines():
        places = [(table, id) for table, id, _, _ in line.operations()]
        assert len(places) == len(set(places))
        assert not any(table == "bases" for table, _ in places), "the file has what the record is"
