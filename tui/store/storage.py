"""TinyDB's storage over the journal: the live tables, and transactions on them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from tinydb.storages import Storage

from tui.collector import uncollected
from tui.errors import ReadOnlyError, StoreError
from tui.store.files import LOCK, StoreFiles, write_error
from tui.store.folder import check_folder, prepare_folder
from tui.store.journal import About, Document, Operation
from tui.store.journal_file import JournalFile, apply
from tui.store.snapshot import Tables

LOCK_SECONDS = 10.0
"""How long a transaction waits for other processes, each of which holds the lock for one write."""


class JournalStorage(Storage):
    """TinyDB's tables, in memory as they are on disk.

    For one thread at a time; processes take turns by the lock.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read before the first `reload`, and nothing made on disk before something is written."""
        self._folder = folder
        self._journal = JournalFile(folder)
        self._lock = FileLock(folder / LOCK, mode=0o600)
        self._tables: Tables = {}
        self._is_writing = False
        self._staged: dict[str, dict[str, Document | None]] = {}
        """What the transaction under way changed: table → id → document, or None for one that is gone."""
        self._operations: list[Operation] = []
        """What was staged since the last line was sealed."""
        self._lines: list[tuple[About, list[Operation]]] = []

    # --- TinyDB's interface ---

    def read(self) -> Tables:
        """The live tables. They are not to be changed; the mapping of names is a copy, from which TinyDB drops some."""
        return dict(self._tables)

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Make these all the tables, as one transaction: TinyDB asks for it when tables are dropped."""
        with self.writing():
            for name in self._tables.keys() | data.keys():
                there, wanted = self.table(name), data.get(name, {})
                self.stage(name, {id: wanted.get(id) for id in [*there, *wanted] if there.get(id) != wanted.get(id)})

    def close(self) -> None:
        self._journal.close()

    # --- reading ---

    @property
    def files(self) -> StoreFiles:
        return self._journal.files

    def table(self, name: str) -> Mapping[str, Document]:
        """A table as the transaction under way has it. Not to be changed."""
        live = self._tables.get(name, {})
        staged = self._staged.get(name)
        if not staged:
            return live
        return _Staged(live, staged)

    def changed(self) -> bool:
        """Whether another process wrote since this one last read or wrote: one stat."""
        return self._journal.changed()

    def catch_up(self) -> list[Operation] | None:
        """Read what other processes wrote; None: all was read anew.

        Raises:
            StoreError: it can't be read; the tables stay as they were.
        """
        if not self.changed():
            return []
        # What does not fit is read anew as a whole, which tells damage from another journal in this one's place.
        with suppress(FileNotFoundError, StoreError):
            if (news := self._journal.follow()) is not None:
                apply(self._tables, news)
                return news
        self.reload()
        return None

    def reload(self) -> None:
        """Read everything anew. Where there is nothing, all stays as it was in memory.

        Raises:
            ReadOnlyError: it is not for this user to read; nothing changes in memory.
            StoreError: it can't be read, is damaged, or is of a newer format; nothing changes in memory.
        """
        with uncollected():
            tables = self._journal.read()
        if tables is not None:
            self._tables = tables

    def distrust(self) -> None:
        """What was read turned out to make no sense: until it can be read, it counts as changed."""
        self._journal.distrust()

    # --- writing ---

    @property
    def reason(self) -> str | None:
        """Why nothing can be written here, as a sentence; None where it can."""
        if self._journal.failed is not None:
            return self._journal.failed
        there = self._folder if os.path.lexists(self._folder) else self._folder.parent
        if os.access(there, os.W_OK | os.X_OK):
            return None
        return f"nothing can be recorded here: {there} can't be written"

    @contextmanager
    def writing(self) -> Iterator[list[Operation] | None]:
        """Hold the lock, take in what others wrote (see `catch_up`), and write what is staged meanwhile at the end.

        All of it is on disk when this ends, or none of it, and the tables change only then. Inside another `writing`
        it is part of that.

        Raises:
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be written, or what another process wrote can't be read.
        """
        if self._is_writing:
            yield []
            return
        with self.locked():
            news = self.catch_up()
            self._is_writing = True
            try:
                yield news
                self._write()
            finally:
                self._is_writing = False
                self._staged, self._operations, self._lines = {}, [], []

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing. The folder is made if it is missing.

        Raises:
            ReadOnlyError: nothing can be written here.
            StoreError: another process is at it, or the lock can't be had.
        """
        is_there = check_folder(self._folder)
        if (reason := self.reason) is not None:
            raise ReadOnlyError(reason)
        try:
            if not is_there:
                prepare_folder(self._folder)
            with self._lock.acquire(timeout=LOCK_SECONDS, poll_interval=0.005):
                yield
        except Timeout:
            raise StoreError(
                f"nothing was recorded: another process has been writing to {self._folder} for {LOCK_SECONDS:.0f} "
                "seconds; close it, or try again"
            ) from None
        except OSError as error:
            raise write_error(self._folder, error) from error

    def stage(self, name: str, documents: Mapping[str, Document | None]) -> None:
        """Let these documents of a table be so from now on; None: gone."""
        live, staged = self._tables.get(name, {}), self._staged.setdefault(name, {})
        for id, document in documents.items():
            before = staged[id] if id in staged else live.get(id)
            self._operations.append((name, id, before, document))
            staged[id] = document

    def seal(self, about: About) -> None:
        """Make one line of what was staged since the last one; `about` says what it was.

        A document that was staged several times is in it once, and not at all if it is as it was.
        """
        whole: dict[tuple[str, str], Operation] = {}
        for name, id, before, after in self._operations:
            first = whole.get((name, id))
            whole[name, id] = (name, id, before if first is None else first[2], after)
        if operations := [each for each in whole.values() if each[2] != each[3]]:
            self._lines.append((about, operations))
        self._operations = []

    @property
    def is_large(self) -> bool:
        """Whether it is time to `compact`."""
        return self._journal.is_large

    def compact(self) -> None:
        """Begin a new journal with a snapshot of all that is there now.

        Raises:
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be done; everything is as it was.
        """
        with self.writing():
            self._journal.begin_anew(self._tables)

    def begin_with(self, tables: Tables, number: int) -> None:
        """Begin a journal with these tables, after transaction `number`. The lock must be held.

        Raises:
            OSError: it could not be written.
        """
        self._tables, self._journal.number = tables, number
        self._journal.begin_anew(tables)

    def _write(self) -> None:
        self.seal({})
        if not self._lines:
            return
        if not self._journal.is_there:
            self._journal.begin_anew(self._tables)
        self._journal.append(self._lines)
        for _, operations in self._lines:
            apply(self._tables, operations)


class _Staged(Mapping[str, Document]):
    """A table with what is staged for it."""

    def __init__(self, live: Mapping[str, Document], staged: Mapping[str, Document | None]) -> None:
        self._live = live
        self._staged = staged

    def __getitem__(self, id: str) -> Document:
        document = self._staged[id] if id in self._staged else self._live[id]
        if document is None:
            raise KeyError(id)
        return document

    def __contains__(self, id: object) -> bool:
        return self._staged[id] is not None if id in self._staged else id in self._live  # type: ignore[index]

    def __iter__(self) -> Iterator[str]:
        yield from (id for id in self._live if self._staged.get(id, True) is not None)
        yield from (id for id, document in self._staged.items() if document is not None and id not in self._live)

    def __len__(self) -> int:
        return sum(1 for _ in self)
