"""The store's files: what they are called, reading them safely, and what is said of one that can't be used.

    store.journal       what was done since the snapshot, a transaction a line; its first line names the snapshot
    snapshot-7.json     all tables, as they were when that journal was begun
    snapshot-6.json     the snapshot before it, and
    journal-6           the journal that led from there to here: the last good state, and the history
    store.lock          held by whoever writes; never replaced

Nothing is read or written through a link.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tui.disk import NotRegularError, TooLargeError, open_regular
from tui.errors import DamagedStoreError, NewerStoreError, ReadOnlyError, StoreError
from tui.store.journal import FORMAT, DamagedLineError, Line, decode, encode, finished
from tui.store.snapshot import MAX_BYTES, DamagedSnapshotError, Tables, read_snapshot

JOURNAL = "store.journal"
LOCK = "store.lock"

Stamp: TypeAlias = tuple[int, int, int]
"""What tells two states of the journal apart at a glance: inode, size, time of change."""

_SNAPSHOT = re.compile(r"snapshot-([1-9][0-9]{0,9})\.json")
_KEPT = re.compile(r"journal-([1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a journal."""

    generation: int
    """Of the journal and its snapshot: each begins with one more than the one before."""
    number: int
    """Of the last transaction before the journal's first, which the snapshot holds."""
    snapshot: str | None
    """Its file; None: the tables were empty."""

    def encode(self) -> bytes:
        about = {"journal": FORMAT, "generation": self.generation, "number": self.number, "snapshot": self.snapshot}
        return encode(about, [])


class StoreFiles:
    """The files of the store in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / JOURNAL
        self._journal = str(self.journal)

    def kept(self) -> list[Path]:
        """The journals before this one, oldest first."""
        return [path for _, path in sorted(self._numbered(_KEPT).items())]

    def snapshots(self) -> dict[int, Path]:
        """The snapshots, by generation."""
        return self._numbered(_SNAPSHOT)

    def all(self) -> list[Path]:
        """All that hold what is recorded."""
        paths = (self.journal, *self.kept(), *self.snapshots().values())
        return [path for path in paths if os.path.lexists(path)]

    def snapshot_of(self, generation: int) -> Path:
        return self.folder / f"snapshot-{generation}.json"

    def kept_of(self, generation: int) -> Path:
        return self.folder / f"journal-{generation}"

    def last_generation(self) -> int:
        """The greatest that any file has; 0 where there is none."""
        return max((0, *self._numbered(_SNAPSHOT), *self._numbered(_KEPT)))

    def stamp(self) -> Stamp | None:
        """How the journal is at this moment; None where it is not there."""
        try:
            return stamp(os.lstat(self._journal))
        except OSError:
            return None

    def read_journal(self, path: Path | None = None, start: int = 0) -> tuple[bytes, Stamp]:
        """The bytes from `start` on of the journal, or of one before it, and how it was then.

        Raises:
            FileNotFoundError: it is not there.
            ReadOnlyError: it is not for this user to read.
            StoreError: it can't be read.
        """
        path = path or self.journal
        try:
            with open_regular(path) as file:
                status = os.fstat(file.fileno())
                if status.st_size > MAX_BYTES:
                    raise damaged(path, _TOO_LARGE)
                file.seek(start)
                return file.read(max(0, status.st_size - start)), stamp(status)
        except FileNotFoundError:
            raise
        except NotRegularError:
            raise StoreError(f"{path} can't be read, as it is not a regular file: move it aside") from None
        except OSError as error:
            raise read_error(path, error) from error

    def header(self, data: bytes) -> tuple[Header, int]:
        """What the journal's first line says, and where its second begins.

        Raises:
            NewerStoreError: it is of a newer format.
            StoreError: it is damaged.
        """
        if not data:
            raise damaged(self.journal, "is empty")
        for end, raw in finished(data):
            with suppress(DamagedLineError):
                match decode(raw).about:
                    case {"journal": int(format)} if format > FORMAT:
                        raise NewerStoreError(
                            f"{self.journal} was written by a newer version of Variorum (format {format}, this one "
                            f"knows {FORMAT}): use that version"
                        )
                    case {"journal": 2, "generation": int(generation), "number": int(number), "snapshot": snapshot}:
                        if snapshot is None or (isinstance(snapshot, str) and _SNAPSHOT.fullmatch(snapshot)):
                            return Header(generation, number, snapshot), end
            break
        raise damaged(self.journal, "is not a journal of Variorum, or its first line is damaged")

    def tables(self, header: Header) -> tuple[Tables, int]:
        """The tables of the journal's snapshot, and its size in bytes.

        Raises:
            FileNotFoundError: it is not there.
            ReadOnlyError: it is not for this user to read.
            StoreError: it can't be read, or is damaged.
        """
        if header.snapshot is None:
            return {}, 0
        path = self.folder / header.snapshot
        try:
            tables, number, size = read_snapshot(path)
        except DamagedSnapshotError:
            raise damaged(path, "is damaged") from None
        except FileNotFoundError:
            raise
        except TooLargeError:
            raise damaged(path, _TOO_LARGE) from None
        except OSError as error:
            raise read_error(path, error) from error
        if number != header.number:
            raise damaged(path, f"does not belong to {JOURNAL}")
        return tables, size

    def lines(self, naming: bytes = b"") -> Iterator[Line]:
        """All transactions there is still a line of, oldest first, or those that name something; what is damaged, or of
        a kept journal can't be read, is left out.

        Raises:
            StoreError: the journal can't be read.
        """
        # The journal first: one that is begun meanwhile leaves it among those that are listed then.
        journal = b""
        with suppress(FileNotFoundError):
            journal, _ = self.read_journal()
        number = 0
        for path in (*self.kept(), None):
            data = journal
            if path is not None:
                try:
                    data, _ = self.read_journal(path)
                except (FileNotFoundError, StoreError):
                    continue
            for _, raw in finished(data):
                if naming not in raw:
                    continue
                with suppress(DamagedLineError):
                    line = decode(raw)
                    if "journal" not in line.about and line.number > number:
                        number = line.number
                        yield line

    def _numbered(self, pattern: re.Pattern[str]) -> dict[int, Path]:
        found: dict[int, Path] = {}
        with suppress(OSError):
            for name in os.listdir(self.folder):  # noqa: PTH208 - names are enough
                if match := pattern.fullmatch(name):
                    found[int(match[1])] = self.folder / name
        return found


_TOO_LARGE = f"is larger than {MAX_BYTES // 2**20} MB"


def stamp(status: os.stat_result) -> Stamp:
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def damaged(path: Path, what: str) -> StoreError:
    """The error for a file that can't be used; it says what to do."""
    return DamagedStoreError(f"{path} {what}")


def read_error(path: Path, error: OSError) -> StoreError:
    """What to say when a file could not be read."""
    if isinstance(error, PermissionError):
        return ReadOnlyError(f"nothing can be recorded here: {path} can't be read ({error.strerror})")
    return StoreError(f"{path} can't be read: {error.strerror}")


def write_error(path: Path, error: OSError) -> StoreError:
    """What to say when nothing could be written at `path`."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyError(f"nothing can be recorded here: {path} can't be written ({error.strerror})")
    return StoreError(f"nothing was recorded: {path} could not be written ({error.strerror}); it is as it was before")
