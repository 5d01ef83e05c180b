"""TinyDB's table over the journal: the same methods and queries, but a change costs what it changes.

The stock table hands the whole table over at every change. `_read_table` and `_update_table` are its private names,
the same since version 4.0; a test holds what is relied on.
"""

import copy
import secrets
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.table import Table

from tui.store.journal import Document
from tui.store.storage import JournalStorage


class JournalTable(Table):
    """A table whose documents have texts for ids, in a `JournalStorage`."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its annotations don't

    def __init__(self, storage: JournalStorage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)  # others write here too, so no answer to a query is kept
        self._journal = storage

    def _get_next_id(self) -> str:
        return secrets.token_hex(8)

    def _read_table(self) -> Mapping[str, Document]:  # type: ignore[override]
        return self._journal.table(self.name)

    def put(self, id: str, document: Document | None) -> None:
        """Let there be this document under the id, whatever was there, or (None) nothing.

        What `remove` and `insert` of a document do together, in one operation of the transaction under way.
        """
        self._journal.stage(self.name, {id: document})

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._journal.writing():
            changes = _Changes(self._journal.table(self.name))
            updater(changes)
            self._journal.stage(self.name, changes.made())


class JournalDB(TinyDB):
    """TinyDB as it is kept here."""

    default_storage_class = JournalStorage  # type: ignore[assignment]  # any storage may be named here
    table_class = JournalTable  # type: ignore[assignment]

    def journal_table(self, name: str) -> JournalTable:
        table = self.table(name)
        assert isinstance(table, JournalTable), "table_class says so"
        return table


class _Changes(MutableMapping[str, Document]):
    """A table as an updater sees it: what it changes is gathered here and reaches nothing else.

    A document is copied when it is asked for, as an updater may change it in place.
    """

    def __init__(self, table: Mapping[str, Document]) -> None:
        self._table = table
        self._made: dict[str, Document | None] = {}

    def made(self) -> dict[str, Document | None]:
        """The documents that are not as they were; None for those that are gone."""
        return {id: document for id, document in self._made.items() if document != self._table.get(id)}

    def __getitem__(self, id: str) -> Document:
        id = str(id)
        if id not in self._made:
            self._made[id] = copy.deepcopy(self._table[id])
        document = self._made[id]
        if document is None:
            raise KeyError(id)
        return document

    def __setitem__(self, id: str, document: Document) -> None:
        self._made[str(id)] = document

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self._made[str(id)] = None

    def __contains__(self, id: object) -> bool:
        id = str(id)
        return self._made[id] is not None if id in self._made else id in self._table

    def __iter__(self) -> Iterator[str]:
        yield from (id for id in self._table if self._made.get(id, True) is not None)
        yield from (id for id, document in self._made.items() if document is not None and id not in self._table)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._made = dict.fromkeys(self._table)
