"""The journal on disk, with its snapshot: reading it, following what others append, appending, beginning it anew.

A transaction is one line, appended and synced. When the journal has grown, a new snapshot is written beside the old one
and a new journal put in the journal's place: that one renaming is the moment at which both count. Whoever finds another
journal there than the one read last follows it.
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from tui.disk import sync_folder, write_new
from tui.errors import StoreError
from tui.store import legacy
from tui.store.files import JOURNAL, Header, Stamp, StoreFiles, damaged, stamp
from tui.store.folder import prepare_folder
from tui.store.journal import CHECKSUM, About, DamagedLineError, Operation, decode, encode, finished
from tui.store.snapshot import MAX_BYTES, Tables, write_snapshot

JOURNAL_BYTES = 4 * 2**20
"""A journal grows to this size, or to a quarter of its snapshot, before it is begun anew."""
KEPT_BYTES = 32 * 2**20
"""Old journals are kept for the history as long as they are smaller together; the last of them always."""

_OPEN = os.O_RDWR | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class JournalFile:
    """How far the journal was read, and what is done with it. Only the holder of the lock may write."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read or made yet."""
        self.files = StoreFiles(folder)
        self.number = 0
        """Of the last transaction."""
        self.failed: str | None = None
        """Why nothing more may be written by this process."""
        self._header: Header | None = None
        """Of the journal that was read; None: there was none."""
        self._stamp: Stamp | None = None
        """How the journal was when it was read last."""
        self._end = 0
        """Bytes of the journal that were read: its finished lines."""
        self._last = (0, b"")
        """Where the last of them begins, and its checksum."""
        self._too_large = 0
        """Bytes from which it is tried again to begin anew, after that failed."""
        self._snapshot_bytes = 0
        self._descriptor: int | None = None

    # --- reading ---

    def changed(self) -> bool:
        """Whether another process wrote since this one last read or wrote: one stat.

        A journal that is gone does not count: what was read from it is still here, and the next transaction writes it
        anew.
        """
        now = self.files.stamp()
        return now is not None and now != self._stamp

    def distrust(self) -> None:
        """What was read turned out to make no sense: until it can be read, the journal counts as changed."""
        self._stamp = None

    def follow(self) -> list[Operation] | None:
        """What was appended since; None where that can't be told, and all has to be read anew.

        Raises:
            FileNotFoundError, StoreError: it can't be read.
        """
        now = self.files.stamp()
        if now is None or self._stamp is None or self._header is None:
            return None
        if now[0] == self._stamp[0] and now[1] > self._end:
            start, checksum = self._last
            data, now = self.files.read_journal(start=start)
            # The line read last may have been withdrawn, as it could not be synced, and another written in its place.
            if now[0] != self._stamp[0] or not data.startswith(checksum):
                return None
            part = self._parse(data[self._end - start :], self.number)
            self._take(part, now)
            return part.operations
        if now[0] != self._stamp[0]:
            data, now = self.files.read_journal()
            header, end = self.files.header(data)
            if (header.generation, header.number) == (self._header.generation + 1, self.number):
                # Another process began a new journal where this one had read everything.
                part = self._parse(data[end:], header.number)
                self._begin(header, now, data[:end])
                self._take(part, now)
                return part.operations
        return None

    def read(self) -> Tables | None:
        """All tables, read anew; None where there is nothing that is not known already.

        Raises:
            ReadOnlyError: it is not for this user to read.
            StoreError: it can't be read, is damaged, or is of a newer format.
        """
        for _ in range(3):
            try:
                data, now = self.files.read_journal()
            except FileNotFoundError:
                return self._read_without_journal()
            header, start = self.files.header(data)
            try:
                tables, snapshot_bytes = self.files.tables(header)
            except FileNotFoundError:
                if self.files.stamp() == now:
                    raise damaged(self.files.folder / str(header.snapshot), "is missing") from None
                continue  # another process began a new journal meanwhile
            part = self._parse(data[start:], header.number)
            apply(tables, part.operations)
            self._begin(header, now, data[:start])
            self._take(part, now)
            self._snapshot_bytes = snapshot_bytes
            return tables
        raise StoreError(f"{self.files.journal} is being written by another process: try again")

    # --- writing ---

    @property
    def is_large(self) -> bool:
        """Whether it is time to begin anew."""
        return self._end > max(JOURNAL_BYTES, self._snapshot_bytes // 4, self._too_large)

    @property
    def is_there(self) -> bool:
        return self.files.stamp() is not None

    def append(self, lines: list[tuple[About, list[Operation]]]) -> None:
        """Write transactions at the journal's end, and see that they are on disk; if that fails they are not there.

        Raises:
            StoreError: JSON can't hold them, the journal would grow too large, or it is not the one that was read.
            OSError: the disk fails.
        """
        number = self.number
        parts = []
        try:
            for about, operations in lines:
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
        self._last = (self._end - len(parts[-1]), parts[-1][:CHECKSUM])
        self.number = number

    def begin_anew(self, tables: Tables) -> None:
        """Put a new journal in the journal's place, with a snapshot of the tables, if they hold anything.

        Raises:
            StoreError: the tables are too large for a snapshot.
            OSError: it could not be done; everything is as it was, unless only the folder could not be synced.
        """
        folder = self.files.folder
        prepare_folder(folder)
        generation = 1 + self._last_generation()
        snapshot = self.files.snapshot_of(generation) if any(tables.values()) else None
        header = Header(generation, self.number, snapshot.name if snapshot else None)
        beside = folder / f"{JOURNAL}.new"
        with suppress(FileNotFoundError):
            beside.unlink()  # left by a process that was killed; the lock is ours
        size = 0
        try:
            if snapshot:
                size = write_snapshot(snapshot, tables, self.number)
            write_new(beside, header.encode(), 0o600)
            self._keep_journal()
            sync_folder(folder)  # the snapshot is there under its name before a journal asks for it
            beside.replace(self.files.journal)
        except (OSError, StoreError):
            self._too_large = self._end + JOURNAL_BYTES
            for path in (beside, snapshot) if snapshot else (beside,):
                with suppress(OSError):
                    path.unlink()
            raise
        self._begin(header, stamp(self.files.journal.lstat()), header.encode())
        self._snapshot_bytes = size
        try:
            sync_folder(folder)
        except OSError as error:
            # After a power cut the old journal may stand there again, without what would be appended to the new one.
            self._fail(folder, error)
            raise
        self._clear_up()

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    # --- how it is read ---

    def _read_without_journal(self) -> Tables | None:
        if self._header is not None:
            return None
        if snapshots := self.files.snapshots():
            raise damaged(self.files.journal, f"is missing, but {snapshots[max(snapshots)].name} is there")
        return legacy.read(self.files.folder)

    def _parse(self, data: bytes, number: int) -> "_Part":
        """The finished lines in `data`, which must follow transaction `number`.

        Raises:
            StoreError: one is damaged.
        """
        part = _Part(number)
        for offset, raw in finished(data):
            try:
                line = decode(raw)
                if line.number != part.number + 1:
                    raise DamagedLineError("wrong number")
                part.operations += line.operations()
            except DamagedLineError:
                raise damaged(self.files.journal, f"is damaged after transaction {part.number}") from None
            part.number += 1
            part.last = (part.length, raw[:CHECKSUM])
            part.length = offset
        return part

    def _begin(self, header: Header, now: Stamp, line: bytes) -> None:
        """Go on with the journal that begins with this header, which is this line."""
        if self._stamp is None or now[0] != self._stamp[0]:
            self.close()
        self._header, self._stamp, self._end = header, now, len(line)
        self._last, self._too_large = (0, line[:CHECKSUM]), 0
        self.number = header.number

    def _take(self, part: "_Part", now: Stamp) -> None:
        """These lines were read, as the journal was then."""
        if part.last is not None:
            self._last = (self._end + part.last[0], part.last[1])
        self.number, self._end, self._stamp = part.number, self._end + part.length, now

    # --- how it is written ---

    def _append(self, data: bytes) -> None:
        descriptor = self._opened()
        try:
            if (size := os.fstat(descriptor).st_size) != self._end:
                if b"\n" in os.pread(descriptor, max(0, size - self._end), self._end):
                    self.distrust()
                    raise StoreError(f"nothing was recorded: {self.files.journal} was changed just now; try again")
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

    def _last_generation(self) -> int:
        if self._header is None or not self.is_there:
            return max(self.files.last_generation(), self._header.generation if self._header else 0)
        for number, path in self.files.snapshots().items():
            if number > self._header.generation:
                path.unlink()  # written by a process that was stopped before its journal counted
        return self._header.generation

    def _keep_journal(self) -> None:
        """Give the present journal, if there is one, a second name: that of its generation."""
        if self._header is None or not self.is_there:
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
        legacy.put_away(self.files.folder)
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
        self.failed = (
            f"nothing more is recorded here: the disk failed while {path} was written ({error.strerror}); look after "
            "the disk, then start again"
        )


class _Part:
    """Finished lines of a journal."""

    __slots__ = ("last", "length", "number", "operations")

    def __init__(self, number: int) -> None:
        self.number = number
        """Of the last transaction in them."""
        self.operations: list[Operation] = []
        self.length = 0
        """Bytes."""
        self.last: tuple[int, bytes] | None = None
        """Where the last line begins, and its checksum; None: there is no line."""


def apply(tables: Tables, operations: list[Operation]) -> None:
    """Do in the tables what the operations say."""
    for name, id, _, document in operations:
        if document is None:
            tables.get(name, {}).pop(id, None)
        else:
            tables.setdefault(name, {})[id] = document
