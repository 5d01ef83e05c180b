"""What can be saved of a store that is damaged, and putting it back in place.

The newest snapshot that is whole is taken, and every later transaction that still has a whole line in any journal and
finds the records as it expects them. So damage costs what it hit, not what came after it.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tui.errors import StoreError
from tui.store import legacy
from tui.store.files import StoreFiles
from tui.store.journal import DamagedLineError, Operation
from tui.store.journal_file import apply
from tui.store.snapshot import DamagedSnapshotError, Tables, read_snapshot
from tui.store.storage import JournalStorage


@dataclass(slots=True)
class Salvage:
    """What could be saved."""

    tables: Tables = field(default_factory=dict)
    number: int = 0
    """Of the last transaction in it."""
    lost: list[str] = field(default_factory=list)
    """Sentences: what could not be saved, as far as that can be known."""

    @property
    def documents(self) -> int:
        return sum(map(len, self.tables.values()))


def salvage(folder: Path) -> Salvage:
    """What can be saved of the store in `folder`. Nothing is written.

    Raises:
        StoreError: a file can't be read at all, or the store is of a newer version.
    """
    saved = Salvage()
    files = StoreFiles(folder)
    snapshots = sorted(files.snapshots().items(), reverse=True)
    for path in (path for _, path in snapshots):
        with suppress(DamagedSnapshotError, OSError):
            saved.tables, saved.number, _ = read_snapshot(path)
            break
    else:
        if snapshots:
            saved.lost.append("no snapshot is whole: what was recorded before the journals begin is lost")
    unfit = 0
    for line in files.lines(tolerant=True):
        number = line.number
        if number <= saved.number:
            continue
        if number > saved.number + 1:
            saved.lost.append(_missing(saved.number + 1, number - 1))
        saved.number = number
        try:
            operations = line.operations()
        except DamagedLineError:
            saved.lost.append(_missing(number, number))
            continue
        if _fits(saved.tables, operations):
            apply(saved.tables, operations)
        else:
            unfit += 1
    if unfit:
        saved.lost.append(f"{unfit} later transactions rest on what is lost and were left out")
    return saved


def mend(folder: Path, aside: str) -> tuple[Salvage, Path]:
    """Put what can be saved in the store's place; its files are moved into the folder `aside` of the same folder.

    Returns what was saved and where the old files are now.

    Raises:
        StoreError: it can't be read or written; then it is as it was, or its files are in `aside`.
    """
    storage = JournalStorage(folder)
    with storage.locked():
        saved = salvage(folder)
        place = folder / aside
        try:
            place.mkdir(mode=0o700)
            for path in storage.files.all():
                path.rename(place / path.name)
            storage.begin_with(saved.tables, saved.number)
        except OSError as error:
            raise StoreError(f"the store can't be mended ({error.strerror}); its files are in {place}") from error
    storage.close()
    return saved, place


def is_legacy(folder: Path) -> bool:
    """Whether there is only a store of the first format, which is imported at the first writing."""
    return (folder / legacy.NAME).exists() and not StoreFiles(folder).all()


def _fits(tables: Tables, operations: list[Operation]) -> bool:
    return all(tables.get(name, {}).get(id) == before for name, id, before, _ in operations)


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"transaction {first} is damaged"
    return f"transactions {first} to {last} are damaged or missing"
