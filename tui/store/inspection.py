"""Looking a store over, down to each line of its journals, without writing anything."""

import fcntl
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tui.collector import uncollected
from tui.disk import open_regular
from tui.errors import NewerStoreError, ReadOnlyError, StoreError
from tui.model.plain import KINDS
from tui.store import legacy
from tui.store.files import LOCK, StoreFiles, damaged
from tui.store.journal import DamagedLineError, decode, finished
from tui.store.journal_file import apply
from tui.store.recovery import fits
from tui.store.snapshot import DamagedSnapshotError, Tables, read_snapshot
from tui.store.storage import JournalStorage

ASIDE = "damaged"
"""How the names of folders begin that hold what was mended."""

_ASIDE = re.compile(rf"{ASIDE}-.+|{re.escape(legacy.NAME)}\.imported")


@dataclass(slots=True)
class Inspection:
    """What there is of a store, and what is wrong with it."""

    error: StoreError | None = None
    """Why it can't be opened; then the rest is not known, but for the sizes."""
    is_damaged: bool = False
    """Whether `error` is about damage: not about another version, or another user's files."""
    tables: Tables = field(default_factory=dict)
    journals: int = 0
    size: int = 0
    """Bytes of all files that hold what is recorded."""
    torn: int = 0
    """Bytes of a last line that was never finished. Nothing was acknowledged there; the next writing cuts it off."""
    unfit: list[int] = field(default_factory=list)
    """Transactions that did not find the documents as they expected them."""
    damaged_before: list[Path] = field(default_factory=list)
    """Damaged files of the states before this one, which the records as they are now don't rest on."""

    def records(self) -> Counter[str]:
        """How many records each annotator has."""
        records = (id for name, table in self.tables.items() if name in KINDS.values() for id in table)
        return Counter(id.partition("/")[0] for id in records)


def inspect(folder: Path) -> Inspection:
    """Read all there is, each journal line for itself."""
    files = StoreFiles(folder)
    for _ in range(3):
        before = files.stamp()
        found = _inspect(files)
        if found.error is None or files.stamp() == before:
            break  # else another process began a new journal meanwhile
    return found


def is_locked(folder: Path) -> bool:
    """Whether another process holds the store's lock at this moment."""
    try:
        with open_regular(folder / LOCK) as file:
            # A shared lock, let go of at once: two who only look don't stand in each other's way.
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def kept_aside(folder: Path) -> list[Path]:
    """What was damaged and mended, or imported, and is kept only in case that somebody needs it."""
    try:
        return sorted(path for path in folder.iterdir() if _ASIDE.fullmatch(path.name))
    except OSError:
        return []


def _inspect(files: StoreFiles) -> Inspection:
    found = Inspection(journals=len(files.kept()) + os.path.lexists(files.journal))
    for path in files.all():
        with suppress(OSError):
            found.size += path.lstat().st_size
    storage = JournalStorage(files.folder)
    try:
        storage.reload()
        found.tables = dict(storage.read())
        with uncollected():
            _replay(files, found)
    except (StoreError, DamagedLineError) as error:
        found.error = error if isinstance(error, StoreError) else damaged(files.journal, "is damaged")
        found.is_damaged = bool(files.all()) and not isinstance(error, ReadOnlyError | NewerStoreError)
    finally:
        storage.close()
    return found


def _replay(files: StoreFiles, found: Inspection) -> None:
    """Do again what the journal says, and look at the files of the state before."""
    with suppress(FileNotFoundError):
        data, _ = files.read_journal()
        header, start = files.header(data)
        tables, _ = files.tables(header)
        end = start
        for offset, raw in finished(data[start:]):
            line = decode(raw)
            operations = line.operations()
            if not fits(tables, operations):
                found.unfit.append(line.number)
            apply(tables, operations)
            end = start + offset
        found.torn = len(data) - end
        for number, path in files.snapshots().items():
            if number < header.generation:
                try:
                    read_snapshot(path)
                except (DamagedSnapshotError, OSError):
                    found.damaged_before.append(path)
    for path in files.kept():
        try:
            for _, raw in finished(files.read_journal(path)[0]):
                decode(raw).operations()
        except (DamagedLineError, StoreError, FileNotFoundError):
            found.damaged_before.append(path)
