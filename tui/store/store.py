"""The store: one annotator's records, durable, in the local folder `.variorum`.

Transactions go in and immutable values come out. How the records lie on disk is known below this module only.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from time import monotonic
from typing import TypeAlias, TypeVar

from tui.collector import uncollected
from tui.errors import ReadOnlyError, RecordError, StoreError
from tui.model.changes import Change, Kind, Transaction
from tui.model.filing import file_of
from tui.model.plain import KINDS
from tui.model.records import Plain, Record
from tui.model.times import utc_now
from tui.store.documents import (
    BASES,
    FILES,
    UNSETTLED,
    SyncedFile,
    base_document,
    base_id,
    document_base,
    document_file,
    document_record,
    file_document,
    record_document,
)
from tui.store.files import JOURNAL, damaged
from tui.store.fit import outcome
from tui.store.folder import check_folder
from tui.store.history import Entry, about, entry
from tui.store.journal import Document, Operation
from tui.store.storage import JournalStorage
from tui.store.table import JournalDB

__all__ = ["UNSETTLED", "Store", "SyncedFile"]

REFUSED_SECONDS = 3.0

V = TypeVar("V")


class Store:
    """One annotator's records, and what is known of their YAML files.

    Several annotators may share one folder: a document's id is `annotator/id`, and an annotator's name, being that
    of a folder, has no `/`. Every method may be called from any thread; they take turns.
    """

    def __init__(self, folder: Path, annotator: str, *, now: Callable[[], str] = utc_now) -> None:
        """Read the store in `folder`; nothing is made on disk before the first commit.

        One that is not for this user to read, as it may be in a folder shared by several, counts as empty, and nothing
        can be recorded in it.

        Raises:
            StoreError: the store can't be read; it is left as it is.
        """
        self._folder = folder
        self._annotator = annotator
        self._now = now
        self._turn = RLock()
        self._barred: str | None = None
        """Why what is in the store may not be read; then nothing may be put in its place either."""
        self._refused = ("", 0.0)
        """Why the last commit found that nothing can be written, and when that was."""
        self._has_written = False
        self._records: dict[str, Record] = {}
        self._files: dict[str, SyncedFile] = {}
        self._news: list[Change] = []
        """What was not done by a step of this process, in order, until `take_news` or `renewed` asks for it."""
        self._telling = Lock()
        """Held while the news are added to or taken, never while something is read or written."""
        self._storage = JournalStorage(folder)
        self._database = JournalDB(storage=lambda: self._storage)
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

    def history(self, limit: int | None = None) -> tuple[Entry, ...]:
        """What the annotator did, oldest first, as far back as the journals go; at most the last `limit` entries.

        Raises:
            ReadOnlyError: the store is not for this user to read.
            StoreError: the journal can't be read.
        """
        if self._barred is not None:
            raise ReadOnlyError(self._barred)
        entries = map(entry, self._storage.files.lines())
        return tuple(deque((one for one in entries if one is not None and one.annotator == self._annotator), limit))

    def history_of(self, id: str) -> tuple[Entry, ...]:
        """The entries of the history that name a record, oldest first; raises what `history` does."""
        if self._barred is not None:
            raise ReadOnlyError(self._barred)
        entries = map(entry, self._storage.files.lines(naming=id.encode()))
        return tuple(one for one in entries if one is not None and one.annotator == self._annotator)

    # --- writing ---

    def commit(
        self,
        transaction: Transaction | None,
        *,
        synced: Iterable[SyncedFile] = (),
        forgotten: Iterable[str] = (),
        as_news: bool = False,
    ) -> None:
        """Record a transaction, which YAML files were read or written, and which are to be forgotten: all or nothing.

        It is on disk when this returns. What other processes wrote since is read first, and kept. With `as_news`,
        `take_news` tells of it too.

        Raises:
            StaleError: a record is not as its change expects it.
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be written, or what another process wrote can't be read.
        """
        files: dict[str, SyncedFile | None] = dict.fromkeys(forgotten)
        files.update((file.path, file) for file in synced)
        if (transaction is not None and transaction.changes) or files:
            self._commit((transaction or Transaction("YAML files", (), Kind.IMPORT),), files, as_news=as_news)

    def commit_all(self, transactions: Sequence[Transaction]) -> None:
        """Record several transactions, one after the other and each for itself, but all of them or none.

        They are on disk when this returns. Raises what `commit` does.
        """
        self._commit(transactions, {})

    def compact_if_due(self) -> None:
        """Begin a new journal if this one has grown too large, and something was written by this process.

        Where that can't be done all stays as it is.
        """
        with self._turn, suppress(StoreError):
            if self._has_written and self._storage.is_large:
                self.compact()

    def compact(self) -> None:
        """Begin a new journal with a snapshot of all that is there now.

        Raises:
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be done; everything is as it was.
        """
        with self._turn, self._storage.writing() as news:
            self._take_in(news)
            self._storage.compact()

    @property
    def reason(self) -> str | None:
        """Why nothing can be recorded here, as a sentence; None where it can.

        What a commit found is believed for a while, then the next one may try again.
        """
        refused, at = self._refused
        return self._barred or self._storage.reason or (refused if monotonic() - at < REFUSED_SECONDS else None)

    def close(self) -> None:
        with self._turn:
            self.compact_if_due()
            self._database.close()

    # --- what other processes do ---

    def look(self, *, wait: bool = False) -> bool:
        """Read what other processes did since; returns whether there is something for `take_news`.

        Where there is nothing, it takes one stat. While a commit or a compaction is under way nothing is read, unless
        it may `wait`.

        Raises:
            StoreError: it can't be read; the records stay as they were in memory.
        """
        if self._barred is not None:
            return False
        if self._turn.acquire(blocking=wait):
            try:
                if self._storage.changed():
                    check_folder(self._folder)
                    self._take_in(self._storage.catch_up())
            finally:
                self._turn.release()
        return bool(self._news)

    @property
    def news(self) -> tuple[Change, ...]:
        """What `take_news` would tell, without taking it."""
        with self._telling:
            return tuple(self._news)

    def take_news(self) -> tuple[Change, ...]:
        """What other processes, or YAML that was read, changed among the annotator's records since this was last asked.

        Never waits.
        """
        with self._telling:
            news, self._news = tuple(self._news), []
        return news

    def renewed(self) -> tuple[Record, ...]:
        """All records with everything that was read so far: news up to now are not told again."""
        with self._turn:
            self.take_news()
            return tuple(self._records.values())

    def state(self) -> tuple[tuple[Record, ...], Mapping[str, SyncedFile]]:
        """`records` and `synced_files` of one moment."""
        with self._turn:
            return self.records(), self.synced_files()

    def reload(self) -> None:
        """Read again all that is on disk.

        Raises:
            StoreError: it can't be read; the records stay as they were in memory.
        """
        with self._turn:
            check_folder(self._folder)
            with uncollected():
                self._storage.reload()
                self._records, self._files = self._read_values()
            self.take_news()
            self._refused = ("", 0.0)

    # --- how ---

    def _commit(
        self, transactions: Sequence[Transaction], files: Mapping[str, SyncedFile | None], *, as_news: bool = False
    ) -> None:
        with self._turn:
            if self._barred is not None:
                raise ReadOnlyError(self._barred)
            self._refused = ("", 0.0)
            made: dict[str, Record | None] = {}
            try:
                with self._storage.writing() as news:
                    self._take_in(news)
                    for transaction in transactions:
                        self._stage(outcome(transaction.changes, self._standing(made)), made)
                        self._stage_files(files, made)
                        self._storage.seal(about(transaction, self._annotator, self._now()))
            except ReadOnlyError as error:
                self._refused = (str(error), monotonic())
                raise
            self._has_written = True
            if as_news:
                with self._telling:
                    self._news += (change for transaction in transactions for change in transaction.changes)
            _merge(self._records, made)
            _merge(self._files, files)

    def _standing(self, made: Mapping[str, Record | None]) -> Callable[[str], Record | None]:
        """What stands under a key, after what was made so far."""
        return lambda key: made[key] if key in made else self._records.get(key)

    def _stage(self, changes: Mapping[str, Record | None], made: dict[str, Record | None]) -> None:
        """Hand changed records to TinyDB, with what their files have of them where that is something else."""
        standing = self._standing(made)
        for key, after in changes.items():
            kind, _, id = key.partition("/")
            before = standing(key)
            self._put(kind, id, None if after is None else record_document(after, self._annotator))
            for path in {self._path_of(record) for record in (before, after) if record is not None}:
                file = self._files.get(path)
                self._put_base(path, key, self._base(path, file, key, before), self._base(path, file, key, after))
            made[key] = after

    def _stage_files(self, files: Mapping[str, SyncedFile | None], made: Mapping[str, Record | None]) -> None:
        """Hand to TinyDB what is known of files now, after the records were changed."""
        if not files:
            return
        standing = self._standing(made)
        keys: dict[str, set[str]] = {path: set() for path in files}
        """Of each file, those it has or had, and those of the records that belong in it."""
        for key in self._records.keys() | made.keys():
            record = standing(key)
            if record is not None and (path := self._path_of(record)) in keys:
                keys[path].add(key)
        for path, after in files.items():
            before = self._files.get(path)
            self._put(FILES, path, None if after is None else file_document(after))
            for key in keys[path].union(*(file.records for file in (before, after) if file is not None)):
                record = standing(key)
                self._put_base(path, key, self._base(path, before, key, record), self._base(path, after, key, record))

    def _base(self, path: str, file: SyncedFile | None, key: str, record: Record | None) -> "_Base":
        """What is kept of a record's base in a file: something only where that is not the record itself."""
        if file is None:
            return (False, None)
        base = file.records.get(key)
        filed = record if record is not None and self._path_of(record) == path else None
        return (False, None) if base == filed else (True, base)

    def _put_base(self, path: str, key: str, before: "_Base", after: "_Base") -> None:
        if before != after:
            is_kept, base = after
            document = base_document(path, key, base, self._annotator) if is_kept else None
            self._put(BASES, base_id(path, key), document)

    def _put(self, table: str, id: str, document: dict[str, Plain] | None) -> None:
        self._database.journal_table(table).put(f"{self._annotator}/{id}", document)

    def _path_of(self, record: Record) -> str:
        return f"{self._annotator}/{file_of(record)}"

    def _take_in(self, news: list[Operation] | None) -> None:
        """Make values of the documents that others changed, or (None) of all: of each of them, or nothing changes.

        Raises:
            StoreError: a document can't be read.
        """
        if news == []:
            return
        if news is None or self._has_new_file(news):
            records, files = self._read_values()
            keys = self._records.keys() | records.keys()
            changed = {key: records.get(key) for key in keys if self._records.get(key) != records.get(key)}
        else:
            changed = dict(self._changed_records(news))
            files = self._changed_files(news, changed)
        with self._telling:
            # What was made and deleted since is no news.
            told = [(self._records.get(key), after) for key, after in changed.items()]
            self._news += [Change(before, after) for before, after in told if before != after]
        _merge(self._records, changed)
        self._files = files

    def _own(self, news: list[Operation]) -> Iterator[tuple[str, str, Document | None, Document | None]]:
        """The operations that concern the annotator, with ids among the annotator's."""
        prefix = f"{self._annotator}/"
        for table, id, before, after in news:
            if id.startswith(prefix):
                yield table, id.removeprefix(prefix), before, after

    def _has_new_file(self, news: list[Operation]) -> bool:
        return any(table == FILES and after and id not in self._files for table, id, _, after in self._own(news))

    def _changed_records(self, news: list[Operation]) -> Iterator[tuple[str, Record | None]]:
        for table, id, _, after in self._own(news):
            if table in KINDS.values():
                with self._trusting(), _named(table, id):
                    record = None if after is None else document_record(table, id, after, self._annotator)
                yield f"{table}/{id}", record

    def _changed_files(self, news: list[Operation], changed: Mapping[str, Record | None]) -> dict[str, SyncedFile]:
        """What is known of files, after these operations on files that were known, their bases, and these records."""
        documents = self._storage.read()
        touched: dict[str, set[str]] = {}
        for key, after in changed.items():
            for record in (self._records.get(key), after):
                if record is not None:
                    touched.setdefault(self._path_of(record), set()).add(key)
        with self._trusting():
            for table, id, *sides in self._own(news):
                if table == FILES:
                    touched.setdefault(id, set())
                elif table == BASES:
                    for document in filter(None, sides):
                        path, key, _ = document_base(document, self._annotator)
                        touched.setdefault(path, set()).add(key)
            files = dict(self._files)
            for path in touched.keys() & files.keys():
                known = documents.get(FILES, {}).get(f"{self._annotator}/{path}")
                if known is None:
                    del files[path]
                    continue
                bases = dict(files[path].records)
                for key in touched[path]:
                    _merge(bases, {key: self._standing_base(path, key, changed)})
                sha256, extra = document_file(known)
                files[path] = SyncedFile(path, sha256, bases, extra)
        return files

    def _standing_base(self, path: str, key: str, changed: Mapping[str, Record | None]) -> Record | None:
        document = self._storage.read().get(BASES, {}).get(f"{self._annotator}/{base_id(path, key)}")
        if document is not None:
            return document_base(document, self._annotator)[2]
        record = changed[key] if key in changed else self._records.get(key)
        return record if record is not None and self._path_of(record) == path else None

    def _read_values(self) -> tuple[dict[str, Record], dict[str, SyncedFile]]:
        """Values of all documents of the annotator.

        Raises:
            StoreError: a document can't be read.
        """
        with self._trusting():
            records = self._read_records()
            return records, self._read_files(records)

    @contextmanager
    def _trusting(self) -> Iterator[None]:
        """Say where a document is that can't be read, and read the journal again until it can."""
        try:
            yield
        except RecordError as error:
            self._storage.distrust()
            raise damaged(self._folder / JOURNAL, f"holds what can't be read, {error}") from error

    def _read_records(self) -> dict[str, Record]:
        records: dict[str, Record] = {}
        table = id = ""
        try:
            for table in KINDS.values():
                key = f"{table}/"
                for id, document in self._documents(table):
                    records[key + id] = document_record(table, id, document, self._annotator)
        except RecordError as error:
            raise RecordError((), f"{table} {id}: {error}") from error
        return records

    def _read_files(self, records: Mapping[str, Record]) -> dict[str, SyncedFile]:
        known: dict[str, tuple[str, dict[str, Plain]]] = {}
        for path, document in self._documents(FILES):
            with _named(FILES, path):
                known[path] = document_file(document)
        bases: dict[str, dict[str, Record]] = {path: {} for path in known}
        if known:
            for key, record in records.items():
                if (path := self._path_of(record)) in bases:
                    bases[path][key] = record
        for id, document in self._documents(BASES):
            with _named(BASES, id):
                path, key, base = document_base(document, self._annotator)
            if path in bases:
                _merge(bases[path], {key: base})
        return {path: SyncedFile(path, sha256, bases[path], extra) for path, (sha256, extra) in known.items()}

    def _documents(self, table: str) -> Iterator[tuple[str, Mapping[str, Plain]]]:
        """The annotator's documents in this table, with their ids among the annotator's."""
        prefix = f"{self._annotator}/"
        length = len(prefix)
        return (
            (id[length:], document)
            for id, document in self._storage.read().get(table, {}).items()
            if id.startswith(prefix)
        )


_Base: TypeAlias = tuple[bool, Record | None]
"""Whether a base is kept apart from the record, and the base (None: the file does not have the record)."""


@contextmanager
def _named(table: str, id: str) -> Iterator[None]:
    """Name the document that turns out to be none."""
    try:
        yield
    except RecordError as error:
        raise RecordError((), f"{table} {id}: {error}") from error


def _merge(values: dict[str, V], news: Mapping[str, V | None]) -> None:
    for key, value in news.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
