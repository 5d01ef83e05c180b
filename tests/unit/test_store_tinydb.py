"""TinyDB's own interface over the journal: what is relied on, and that its queries keep working."""

import inspect
import os
from pathlib import Path

import pytest
from tinydb import where
from tinydb.operations import increment
from tinydb.table import Document, Table

from tui.errors import StoreError
from tui.store.journal import decode
from tui.store.table import JournalDB, JournalTable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".variorum"


def opened(folder: Path) -> JournalDB:
    database = JournalDB(folder)
    database.storage.reload()  # type: ignore[attr-defined]  # any storage, to TinyDB
    return database


def document(id: str, **values: object) -> Document:
    return Document(values, id)  # type: ignore[arg-type]  # a text, as in JournalTable


def lines(folder: Path) -> list[bytes]:
    return (folder / "store.journal").read_bytes().splitlines()[1:]


def test_tinydb_still_has_the_private_methods_that_the_table_replaces() -> None:
    assert list(inspect.signature(Table._read_table).parameters) == ["self"]
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]
    assert list(inspect.signature(Table._get_next_id).parameters) == ["self"]
    for name in ("insert", "insert_multiple", "update", "remove", "truncate"):
        assert "self._update_table(" in inspect.getsource(getattr(Table, name))
    for name in ("search", "get", "__iter__", "__len__"):
        assert "self._read_table()" in inspect.getsource(getattr(Table, name))


def test_documents_are_inserted_found_updated_and_removed_and_are_there_afterwards(folder: Path) -> None:
    claims = opened(folder).table("claims")
    claims.insert(document("ada/1", words=3, tags=["fact"]))
    claims.insert_multiple([document("ada/2", words=5), document("ben/1", words=8)])
    generated = claims.insert({"words": 13})
    assert claims.search(where("words") > 4) == [{"words": 5}, {"words": 8}, {"words": 13}]
    assert claims.get(doc_id="ada/2") == {"words": 5}  # type: ignore[call-overload]
    assert claims.get(where("tags").any(["fact"])) == {"words": 3, "tags": ["fact"]}
    assert list(map(str, claims.update({"memo": "m"}, where("words") == 8))) == ["ben/1"]
    claims.update(increment("words"), doc_ids=["ada/1"])  # type: ignore[list-item]
    claims.upsert(document("ada/2", gist="g"))
    assert claims.remove(where("words") == 13) == [generated]
    for table in (claims, opened(folder).table("claims")):
        assert {str(one.doc_id): dict(one) for one in table} == {
            "ada/1": {"words": 4, "tags": ["fact"]},
            "ada/2": {"words": 5, "gist": "g"},
            "ben/1": {"words": 8, "memo": "m"},
        }
        assert len(table) == 3
        assert table.count(where("words") > 4) == 2
        assert table.contains(doc_id="ben/1")  # type: ignore[arg-type]
        assert not table.contains(doc_id="ben/2")  # type: ignore[arg-type]


def test_one_call_is_one_line_however_many_documents_it_changes_and_a_line_holds_what_changed_only(
    folder: Path,
) -> None:
    claims = opened(folder).table("claims")
    claims.insert_multiple([document(f"ada/{number}", words=number) for number in range(100)])
    assert len(lines(folder)) == 1
    claims.update({"words": 0}, doc_ids=["ada/7"])  # type: ignore[list-item]
    assert decode(lines(folder)[1]).operations() == [("claims", "ada/7", {"words": 7}, {"words": 0})]
    claims.update({"words": 0}, doc_ids=["ada/7"])  # type: ignore[list-item]
    assert len(lines(folder)) == 2, "nothing changed"


def test_a_table_can_be_emptied_and_tables_dropped(folder: Path) -> None:
    database = opened(folder)
    for name in ("claims", "notes", "remarks"):
        database.table(name).insert(document("ada/1", of=name))
    database.table("claims").truncate()
    database.drop_table("notes")
    again = opened(folder)
    assert [len(again.table(name)) for name in ("claims", "notes", "remarks")] == [0, 0, 1]
    database.drop_tables()
    assert len(opened(folder).table("remarks")) == 0


def test_an_update_that_fails_half_way_changes_nothing(folder: Path) -> None:
    claims = opened(folder).table("claims")
    claims.insert_multiple([document("ada/1", words=1), document("ada/2")])
    before = lines(folder)
    with pytest.raises(KeyError):
        claims.update(increment("words"))
    with pytest.raises(ValueError, match="already exists"):
        claims.insert_multiple([document("ada/3"), document("ada/1")])
    assert claims.get(doc_id="ada/1") == {"words": 1}  # type: ignore[call-overload]
    assert len(claims) == 2
    assert lines(folder) == before


def test_what_json_cannot_hold_is_refused_and_changes_nothing(folder: Path) -> None:
    claims = opened(folder).table("claims")
    claims.insert(document("ada/1"))
    for value in ({1, 2}, float("nan"), b"x"):
        with pytest.raises(StoreError, match="JSON can't hold it"):
            claims.insert(document("ada/2", value=value))
    assert len(claims) == len(opened(folder).table("claims")) == 1


def test_no_answer_is_remembered_when_another_process_may_have_changed_it(folder: Path) -> None:
    one, other = opened(folder).table("claims"), opened(folder).table("claims")
    one.insert(document("ada/1", words=1))
    assert other.search(where("words") == 1) == [], "not read yet"
    other.insert(document("ada/2", words=1))
    assert len(other.search(where("words") == 1)) == 2, "taken in before the write"


def test_an_insert_beside_many_documents_writes_no_more_than_beside_none(folder: Path) -> None:
    claims = opened(folder).table("claims")
    assert isinstance(claims, JournalTable)
    claims.insert(document("ada/first", words=1))
    written: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        real = os.write

        def write(descriptor: int, data: bytes) -> int:
            written.append(len(data))
            return real(descriptor, data)

        patch.setattr(os, "write", write)
        claims.insert(document("ada/a0000", words=1))
        claims.insert_multiple([document(f"ben/{number}", words=1) for number in range(2_000)])
        claims.insert(document("ada/b0000", words=1))
    assert written[0] == written[2]
