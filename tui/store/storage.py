"""TinyDB's storage as a snapshot and an append-only journal, so that a change is small and nothing can tear.

A transaction is one line, appended and synced. When the journal has grown, a new snapshot is written beside the old
one and a new journal put in the journal's place: that one renaming is the moment at which both count. Whoever finds
another journal there than the one read last follows it.
"""

import gc
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from tinydb.storages import Storage

from tui.disk import sync_folder, write_new
from tui.errors import ReadOnlyError, StoreError
from tui.store import legacy
from tui.store.files import JOURNAL, LOCK, Header, Stamp, StoreFiles, damaged, stamp, write_error
from tui.store.folder import check_folder, prepare_folder
from tui.store.journal import About, DamagedLineError, Document, Operation, decode, encode, finished
from tui.store.snapshot import MAX_BYTES, Tables, write_snapshot

LOCK_SECONDS = 10.0
"""How long a transaction waits for other processes, each of which holds the lock for one write."""
JOURNAL_BYTES = 4 * 2**20
"""A journal grows to this size, or to a quarter of its snapshot, before it is begun anew."""
KEPT_BYTES = 32 * 2**20
"""Old journals are kept for the history as long as they are smaller together; the last of them always."""

_OPEN = os.O_RDWR | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class JournalStorage(Storage):
    """TinyDB's tables, in memory as they are on disk.

    For one thread at a time; processes take turns by the lock.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read before the first `reload`, and nothing made on disk before something is written."""
        self.files = StoreFiles(folder)
        self._folder = folder
        self._lock = FileLock(folder / LOCK, mode=0o600)
        self._tables: Tables = {}
        self._header: Header | None = None
        """Of the journal that was read; None: there was none."""
        self._stamp: Stamp | None = None
        """How the journal was when it was read last."""
        self._end = 0
        """Bytes of the journal that were read: its finished lines."""
        self._number = 0
        """Of the last transaction."""
        self._snapshot_bytes = 0
        self._descriptor: int | None = None
        self._failed: str | None = None
        """Why nothing more may be written by this process."""
        self._is_writing = False
        self._staged: dict[str, dict[str, Document | None]] = {}
        """What the transaction under way changed: table → id → document, or None for one that is gone."""
        self._operations: list[Operation] = []
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
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    # --- reading ---

    def table(self, name: str) -> Mapping[str, Document]:
        """A table as the transaction under way has it. Not to be changed."""
        live = self._tables.get(name, {})
        staged = self._staged.get(name)
        if not staged:
            return live
        return _Staged(live, staged)

    def changed(self) -> bool:
        """Whether another process wrote since this one last read or wrote: one stat.

        A journal that is gone does not count: what was read from it is still here, and the next transaction writes it
        anew.
        """
        now = self.files.stamp()
        return now is not None and now != self._stamp

    def catch_up(self) -> list[Operation] | None:
        """Read what other processes wrote; None: all was read anew.

        Raises:
            StoreError: it can't be read; the tables stay as they were.
        """
        if not self.changed():
            return []
        # What does not fit is read anew as a whole, which tells damage from another journal in this one's place.
        with suppress(FileNotFoundError, StoreError):
            if (news := self._follow()) is not None:
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
            self._read_all()

    def distrust(self) -> None:
        """What was read turned out to make no sense: until it can be read, the journal counts as changed."""
        self._stamp = None

    # --- writing ---

    @property
    def reason(self) -> str | None:
        """Why nothing can be written here, as a sentence; None where it can."""
        if self._failed is not None:
            return self._failed
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
        """Make one line of what was staged since the last one; `about` says what it was."""
        if self._operations:
            self._lines.append((about, self._operations))
            self._operations = []

    @property
    def is_large(self) -> bool:
        """Whether it is time to `compact`."""
        return self._end > max(JOURNAL_BYTES, self._snapshot_bytes // 4)

    def compact(self) -> None:
        """Begin a new journal with a snapshot of all that is there now.

        Raises:
            ReadOnlyError: nothing can be written here.
            StoreError: it could not be done; everything is as it was.
        """
        with self.writing():
            self._begin_anew()

    def begin_with(self, tables: Tables, number: int) -> None:
        """Begin a journal with these tables, after transaction `number`. The lock must be held.

        Raises:
            OSError: it could not be written.
        """
        self._tables, self._number = tables, number
        self._begin_anew()

    # --- how it is read ---

    def _follow(self) -> list[Operation] | None:
        """Read on where the last reading ended; None where that can't be told."""
        now = self.files.stamp()
        if now is None or self._stamp is None or self._header is None:
            return None
        if now[0] == self._stamp[0] and now[1] > self._end:
            tail, now = self.files.read_journal(start=self._end)
            return self._take_lines(tail, self._end, now) if now[0] == self._stamp[0] else None
        if now[0] != self._stamp[0]:
            data, now = self.files.read_journal()
            header, end = self.files.header(data)
            if (header.generation, header.number) == (self._header.generation + 1, self._number):
                # Another process began a new journal where this one had read everything.
                self._begin(header, now, end)
                return self._take_lines(data[end:], end, now)
        return None

    def _read_all(self) -> None:
        for _ in range(3):
            try:
                data, now = self.files.read_journal()
            except FileNotFoundError:
                self._read_without_journal()
                return
            header, start = self.files.header(data)
            try:
                tables, snapshot_bytes = self.files.tables(header)
            except FileNotFoundError:
                if self.files.stamp() == now:
                    raise damaged(self._folder / str(header.snapshot), "is missing") from None
                continue  # another process began a new journal meanwhile
            number, end = header.number, start
            for offset, raw in finished(data[start:]):
                number, operations = self._read_line(raw, number)
                apply(tables, operations)
                end = start + offset
            self._begin(header, now, end)
            self._tables, self._number, self._snapshot_bytes = tables, number, snapshot_bytes
            return
        raise StoreError(f"{self.files.journal} is being written by another process: try again")

    def _read_without_journal(self) -> None:
        if self._header is not None:
            return
        if snapshots := self.files.snapshots():
            raise damaged(self.files.journal, f"is missing, but {snapshots[max(snapshots)].name} is there")
        tables = legacy.read(self._folder)
        if tables is not None:
            self._tables = tables

    def _read_line(self, raw: bytes, number: int) -> tuple[int, list[Operation]]:
        """The number and the operations of the line that must follow transaction `number`."""
        try:
            line = decode(raw)
            if line.number != number + 1:
                raise DamagedLineError("wrong number")
            return number + 1, line.operations()
        except DamagedLineError:
            raise damaged(self.files.journal, f"is damaged after transaction {number}") from None

    def _take_lines(self, data: bytes, start: int, now: Stamp) -> list[Operation]:
        """Apply the lines in `data`, which stand from `start` on in the journal as it is now."""
        operations: list[Operation] = []
        number, end = self._number, start
        for offset, raw in finished(data):
            number, more = self._read_line(raw, number)
            operations += more
            end = start + offset
        apply(self._tables, operations)
        self._number, self._end, self._stamp = number, end, now
        return operations

    def _begin(self, header: Header, now: Stamp, end: int) -> None:
        """Go on with the journal that begins with this header and was read to `end`."""
        if self._stamp is None or now[0] != self._stamp[0]:
            self.close()
        self._header, self._stamp, self._end = header, now, end
        self._number = header.number

    # --- how it is written ---

    def _write(self) -> None:
        self.seal({})
        if not self._lines:
            return
        if self.files.stamp() is None:
            self._begin_anew()
        number = self._number
        try:
            parts = []
            for about, operations in self._lines:
                number += 1
                parts.append(encode({"number": number, **about}, operations))
        except (TypeError, ValueError, RecursionError) as error:
            raise StoreError(f"nothing was recorded: JSON can't hold it ({error})") from error
        data = b"".join(parts)
        if self._end + len(data) > MAX_BYTES:
            raise StoreError(
                f"nothing was recorded: {self.files.journal} would grow beyond {MAX_BYTES // 2**20} MB, the most it "
                "can hold"
            )
        self._append(data)
        self._number = number
        for _, operations in self._lines:
            apply(self._tables, operations)

    def _append(self, data: bytes) -> None:
        """Write lines at the journal's end and see that they are on disk; if that fails they are not there."""
        descriptor = self._opened()
        try:
            if os.fstat(descriptor).st_size != self._end:
                # A line that was never finished. Only the holder of the lock knows that nobody is at it.
                os.ftruncate(descriptor, self._end)
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._end)
            raise
        try:
            os.fdatasync(descriptor)
        except OSError as error:
            self._fail(self.files.journal, error)
            with suppress(OSError):
                os.ftruncate(descriptor, self._end)
            raise
        self._end += len(data)
        self._stamp = stamp(os.fstat(descriptor))

    def _opened(self) -> int:
        if self._descriptor is None:
            descriptor = os.open(self.files.journal, _OPEN)
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or self._stamp is None or status.st_ino != self._stamp[0]:
                os.close(descriptor)
                raise StoreError(f"nothing was recorded: {self.files.journal} was replaced just now; try again")
            self._descriptor = descriptor
        return self._descriptor

    def _begin_anew(self) -> None:
        """Put a new journal in the journal's place, with a snapshot of the tables, if they hold anything."""
        prepare_folder(self._folder)
        generation = 1 + self._last_generation()
        snapshot = self.files.snapshot_of(generation) if any(self._tables.values()) else None
        header = Header(generation, self._number, snapshot.name if snapshot else None)
        beside = self._folder / f"{JOURNAL}.new"
        with suppress(FileNotFoundError):
            beside.unlink()  # left by a process that was killed; the lock is ours
        size = write_snapshot(snapshot, self._tables, self._number) if snapshot else 0
        try:
            write_new(beside, header.encode(), 0o600)
            self._keep_journal()
            sync_folder(self._folder)  # the snapshot is there under its name before a journal asks for it
            beside.replace(self.files.journal)
        except OSError:
            for path in (beside, snapshot) if snapshot else (beside,):
                with suppress(OSError):
                    path.unlink()
            raise
        self._begin(header, stamp(self.files.journal.lstat()), len(header.encode()))
        self._snapshot_bytes = size
        try:
            sync_folder(self._folder)
        except OSError as error:
            # After a power cut the old journal may stand there again, without what would be appended to the new one.
            self._fail(self._folder, error)
            raise
        self._clear_up()

    def _last_generation(self) -> int:
        if self._header is None or self.files.stamp() is None:
            return max(self.files.last_generation(), self._header.generation if self._header else 0)
        for number, path in self.files.snapshots().items():
            if number > self._header.generation:
                path.unlink()  # written by a process that was stopped before its journal counted
        return self._header.generation

    def _keep_journal(self) -> None:
        """Give the present journal, if there is one, a second name: that of its generation."""
        if self._header is None or self.files.stamp() is None:
            return
        kept = self.files.kept_of(self._header.generation)
        with suppress(FileNotFoundError):
            kept.unlink()
        try:
            os.link(self.files.journal, kept, follow_symlinks=False)
        except OSError:
            # A file system without hard links.
            shutil.copyfile(self.files.journal, kept)
            kept.chmod(0o600)

    def _clear_up(self) -> None:
        """Remove what is older than the last good state, and more history than is kept."""
        legacy.put_away(self._folder)
        with suppress(OSError):
            for _, path in sorted(self.files.snapshots().items(), reverse=True)[2:]:
                path.unlink()
            total = 0
            for position, path in enumerate(reversed(self.files.kept())):
                total += path.lstat().st_size
                if position and total > KEPT_BYTES:
                    path.unlink()

    def _fail(self, path: Path, error: OSError) -> None:
        """Write nothing more: what the disk has now nobody can know, and a second try would succeed in vain."""
        self._failed = (
            f"nothing more is recorded here: the disk failed while {path} was written ({error.strerror}); look after "
            "the disk, then start again"
        )


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many values that stay without the collector looking through all of them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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


def apply(tables: Tables, operations: list[Operation]) -> None:
    """Do in the tables what the operations say."""
    for name, id, _, document in operations:
        if document is None:
            tables.get(name, {}).pop(id, None)
        else:
            tables.setdefault(name, {})[id] = document
