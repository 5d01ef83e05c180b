"""The store: one annotator's records, durable, in the local folder `.variorum`.

Transactions go in and immutable values come out. How the records lie on disk is known below this module only.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from filelock import FileLock, Timeout
from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.errors import ReadOnlyError, RecordError, StoreError
from tui.model.changes import Transaction
from tui.model.plain import KINDS
from tui.model.records import Plain, Record
from tui.store.documents import (
    UNSETTLED,
    SyncedFile,
    document_file,
    document_record,
    file_document,
    record_document,
)
from tui.store.fit import outcome
from tui.store.folder import check_folder, prepare_folder
from tui.store.storage import AtomicStorage, write_error

__all__ = ["UNSETTLED", "Store", "SyncedFile"]

LOCK_SECONDS = 10.0
"""How long a commit waits for other processes, each of which holds the lock for one write."""
FILES = "files"
"""The table of synced files; those of records are named by kind."""

V = TypeVar("V")


class _Table(Table):
    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its annotations don't


class _Database(TinyDB):
    table_class = _Table


class Store:
    """One annotator's records, and what is known of their YAML files.

    Several annotators may share one folder: a document's id is `annotator/id`, and an annotator's name, being that
    of a folder, has no `/`. Every method may be called from any thread; they take turns.
    """

    def __init__(self, folder: Path, annotator: str) -> None:
        """Read the store in `folder`; nothing is made on disk before the first commit.

        One that is not for this user to read, as it may be in a folder shared by several, counts as empty, and nothing
        can be recorded in it.

        Raises:
            StoreError: the store can't be read; it is left as it is.
        """
        self._folder = folder
        self._annotator = annotator
        self._turn = RLock()
        self._barred: str | None = None
        """Why what is in the store may not be read; then nothing may be put in its place either."""
        self._refused: str | None = None
        """Why the last commit found that nothing can be written."""
        self._news = False
        """Whether a commit took in what another process wrote, and no `reload` has been asked for since."""
        self._records: dict[str, Record] = {}
        self._files: dict[str, SyncedFile] = {}
        self._storage = AtomicStorage(folder / "store.json")
        self._database = _Database(storage=lambda: self._storage)
        try:
            self.reload()
        except ReadOnlyError as error:
            self._barred = str(error)

    def records(self) -> tuple[Record, ...]:
        """All records of the annotator, in no particular order."""
        with self._turn:
            return tuple(self._records.values())

    def synced_files(self) -> Mapping[str, SyncedFile]:
        """What is known of the annotator's YAML files, by path below the annotations folder."""
        with self._turn:
            return dict(self._files)

    def commit(
        self,
        transaction: Transaction | None,
        *,
        synced: Iterable[SyncedFile] = (),
        forgotten: Iterable[str] = (),
    ) -> None:
        """Record a transaction, which YAML files were read or written, and which are to be forgotten: all or nothing.

        It is on disk when this returns. What other processes wrote since is read first, and kept.

        Raises:
            StaleError: a record is not as its change expects it.
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be written, or what another process wrote can't be read.
        """
        files: dict[str, SyncedFile | None] = dict.fromkeys(forgotten)
        files.update((file.path, file) for file in synced)
        changes = transaction.changes if transaction else ()
        if not changes and not files:
            return
        with self._turn, self._writing():
            self._catch_up()
            made = outcome(changes, self._records.get)
            try:
                self._stage(made, files)
                self._storage.commit()
            finally:
                self._storage.rollback()  # of whatever was not committed
            _merge(self._records, made)
            _merge(self._files, files)

    def changed_elsewhere(self) -> bool:
        """Whether another process has written since the last `reload`; says no while a commit is under way."""
        if self._barred is not None or not self._turn.acquire(blocking=False):
            return False
        try:
            return self._news or self._storage.changed()
        finally:
            self._turn.release()

    def reload(self) -> None:
        """Read again what is on disk.

        Raises:
            StoreError: it can't be read; the records stay as they were in memory.
        """
        with self._turn:
            check_folder(self._folder)
            self._storage.reload()
            self._take_in()
            self._news = False

    @property
    def reason(self) -> str | None:
        """Why nothing can be recorded here, as a sentence; None where it can."""
        if self._barred is not None:
            return self._barred
        there = self._folder if os.path.lexists(self._folder) else self._folder.parent
        if os.access(there, os.W_OK | os.X_OK):
            return self._refused
        return f"nothing can be recorded here: {there} can't be written"

    def close(self) -> None:
        with self._turn:
            self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep other processes from writing; they may read meanwhile, as the file is always whole."""
        check_folder(self._folder)
        self._refused = None
        if (reason := self.reason) is not None:
            raise ReadOnlyError(reason)
        lock = FileLock(self._folder / "store.lock", mode=0o600)
        try:
            prepare_folder(self._folder)
            with lock.acquire(timeout=LOCK_SECONDS, poll_interval=0.005):
                yield
        except Timeout:
            raise StoreError(
                f"nothing was recorded: another process has been writing to {self._folder} for {LOCK_SECONDS:.0f} "
                "seconds; close it, or try again"
            ) from None
        except OSError as error:
            failure = write_error(self._folder, error)
            self._refused = str(failure) if isinstance(failure, ReadOnlyError) else None
            raise failure from error
        except ReadOnlyError as error:
            self._refused = str(error)
            raise

    def _catch_up(self) -> None:
        """Take in what other processes wrote since it was last read."""
        if self._storage.changed():
            known = (self._records, self._files)
            self._storage.reload()
            self._take_in()
            self._news = self._news or known != (self._records, self._files)

    def _stage(self, made: Mapping[str, Record | None], files: Mapping[str, SyncedFile | None]) -> None:
        """Hand everything to TinyDB, which gathers it in the storage."""
        tables: dict[str, dict[str, dict[str, Plain] | None]] = {}
        for key, record in made.items():
            kind, _, id = key.partition("/")
            tables.setdefault(kind, {})[id] = None if record is None else record_document(record, self._annotator)
        for path, file in files.items():
            tables.setdefault(FILES, {})[path] = None if file is None else file_document(file, self._annotator)
        for name, documents in tables.items():
            # TinyDB goes through the whole table in each call: two calls, however many documents.
            table = self._database.table(name)
            ids = {id: f"{self._annotator}/{id}" for id in documents}
            table.remove(doc_ids=ids.values())  # type: ignore[arg-type]  # str, as in _Table
            table.insert_multiple(
                Document(document, ids[id])  # type: ignore[arg-type]
                for id, document in documents.items()
                if document is not None
            )

    def _take_in(self) -> None:
        """Make values of the annotator's documents: of all, or nothing changes.

        Raises:
            StoreError: a document can't be read.
        """
        records: dict[str, Record] = {}
        files: dict[str, SyncedFile] = {}
        table = id = ""
        try:
            for table in KINDS.values():
                for id, document in self._documents(table):
                    records[f"{table}/{id}"] = document_record(table, id, document, self._annotator)
            table = FILES
            for id, document in self._documents(table):
                files[id] = document_file(id, document, self._annotator)
        except RecordError as error:
            self._storage.distrust()
            raise self._storage.damaged(f"holds what can't be read, {table} {id}: {error}") from error
        self._records, self._files = records, files

    def _documents(self, table: str) -> Iterator[tuple[str, Document]]:
        """The annotator's documents in this table, with their ids among the annotator's."""
        for document in self._database.table(table):
            annotator, _, id = str(document.doc_id).partition("/")
            if annotator == self._annotator:
                yield id, document


def _merge(values: dict[str, V], news: Mapping[str, V | None]) -> None:
    for key, value in news.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
