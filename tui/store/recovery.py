"""What can be saved of a store that is damaged, and putting it back in place.

The newest snapshot that is whole is taken, and every later transaction that still has a whole line in any journal and
finds the records as it expects them. So damage costs what it hit, not what came after it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tui.disk import sync_folder
from tui.errors import NewerStoreError, ReadOnlyError, RecordError, StoreError
from tui.model.plain import KINDS
from tui.store import legacy
from tui.store.documents import BASES, FILES, UNSETTLED, document_base, document_file, document_record
from tui.store.files import JOURNAL, StoreFiles, read_error
from tui.store.journal import About, DamagedLineError, Document, Line, Operation, decode, finished
from tui.store.journal_file import apply
from tui.store.snapshot import DamagedSnapshotError, Tables, read_snapshot
from tui.store.storage import JournalStorage

MOST = 20
"""No more of what was lost is named one by one."""


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


def salvage(folder: Path, annotator: str | None = None) -> Salvage:
    """What can be saved of the store in `folder`, without documents of `annotator` that make no sense.

    Nothing is written.

    Raises:
        NewerStoreError: the store is of a newer version.
        ReadOnlyError: a file is not for this user to read; nothing is known to be lost then.
        StoreError: it can't be read.
    """
    files = StoreFiles(folder)
    _refuse(files)
    saved, is_whole = _last_snapshot(files)
    reading = _Reading(saved)
    for path in (*files.kept(), files.journal):
        is_whole |= reading.take(path, files)
    if not is_whole:
        saved.lost.insert(0, "no snapshot is whole: what was recorded before the journals begin is lost")
    if annotator is not None:
        saved.lost += _leave_out(saved.tables, annotator)
    if len(saved.lost) > MOST:
        saved.lost[MOST:] = [f"… and {len(saved.lost) - MOST} more of this kind"]
    return saved


def mend(folder: Path, aside: str, annotator: str | None = None) -> tuple[Salvage, Path]:
    """Put what can be saved (see `salvage`) in the store's place; its files are kept in the folder `aside` of the same
    folder, which must not be there yet.

    At every moment the files are in one of the two places, and what is in the store's is as damaged as it was, or
    mended. Where something was lost, YAML files count as unread, so that what they have of it comes back.

    Returns what was saved and where the old files are now.

    Raises:
        StoreError: it can't be read or written; then it is as it was.
    """
    storage = JournalStorage(folder)
    with storage.locked():
        saved = salvage(folder, annotator)
        if saved.lost:
            for id, file in saved.tables.get(FILES, {}).items():
                saved.tables[FILES][id] = file | {"sha256": UNSETTLED}
        place, old = folder / aside, storage.files.all()
        try:
            place.mkdir(mode=0o700)
        except OSError as error:
            raise StoreError(f"the store can't be mended: {place} can't be made ({error.strerror})") from error
        try:
            for path in old:
                _keep(path, place / path.name)
            sync_folder(place)
            storage.begin_with(saved.tables, saved.number)
        except OSError as error:
            _put_back(place, folder)
            raise StoreError(f"the store can't be mended ({error.strerror}); it is as it was") from error
        for path in old:
            if path != storage.files.journal:
                with suppress(OSError):
                    path.unlink()
    storage.close()
    return saved, place


def leftovers(folder: Path) -> list[Path]:
    """What a process that was stopped while it began a new journal left behind. Nothing needs it."""
    files = StoreFiles(folder)
    found = [path for path in (folder / f"{JOURNAL}.new",) if os.path.lexists(path)]
    with suppress(OSError, StoreError):
        header, _ = files.header(files.read_journal()[0])
        found += [path for number, path in files.snapshots().items() if number > header.generation]
    return found


def remove_leftovers(folder: Path) -> list[Path]:
    """Remove `leftovers`, and return what was removed.

    Raises:
        StoreError: another process is writing, or nothing can be written here.
    """
    storage = JournalStorage(folder)
    with storage.locked():
        found = leftovers(folder)
        for path in found:
            path.unlink()
    return found


def is_legacy(folder: Path) -> bool:
    """Whether there is only a store of the first format, which is imported at the first writing."""
    names = (legacy.NAME, f"{legacy.NAME}.bak")
    return any(os.path.lexists(folder / name) for name in names) and not StoreFiles(folder).all()


def unreadable(tables: Tables, annotator: str) -> list[tuple[str, str, str]]:
    """The annotator's documents that make no sense: table, id, and what is wrong."""
    prefix = f"{annotator}/"
    found = []
    for table in (*KINDS.values(), FILES, BASES):
        for id, document in tables.get(table, {}).items():
            if id.startswith(prefix):
                try:
                    _read(table, id.removeprefix(prefix), document, annotator)
                except RecordError as error:
                    found.append((table, id, str(error)))
    return found


def fits(tables: Tables, operations: list[Operation]) -> bool:
    """Whether these operations find all documents as they expect them."""
    expected: dict[tuple[str, str], Document | None] = {}
    for name, id, before, after in operations:
        there = expected[name, id] if (name, id) in expected else tables.get(name, {}).get(id)
        if there != before:
            return False
        expected[name, id] = after
    return True


class _Reading:
    """Journals, read one after the other from the snapshot on."""

    def __init__(self, saved: Salvage) -> None:
        self._saved = saved
        self._since = ""
        """When the last transaction was done."""

    def take(self, path: Path, files: StoreFiles) -> bool:
        """Apply what this journal has; returns whether it begins with nothing, so that no snapshot is needed."""
        saved = self._saved
        is_current, is_first, broken = path == files.journal, False, 0
        try:
            data, _ = files.read_journal(path)
        except FileNotFoundError:
            data = None
        except ReadOnlyError:
            raise
        except StoreError:
            data = b""
        for line in _lines(data or b""):
            if line is None:
                broken += 1
                continue
            broken = 0
            if (number := _first(line.about)) is not None:
                is_first |= number == 0 and line.about.get("snapshot") is None
                self._go_to(number)
            else:
                self._apply(line)
        if data is None and saved.number == 0 and os.path.lexists(files.folder / legacy.NAME):
            return is_first  # importing the store of the first format was stopped before its journal was there
        if is_current and not data:
            how = "is missing" if data is None else "is empty or can't be read"
            saved.lost.append(f"{path.name} {how}: what was done after {self._place(saved.number)} is lost")
        elif is_current and broken:
            saved.lost.append(
                f"the end of {path.name} is damaged: what was done after {self._place(saved.number)} is lost"
            )
        return is_first

    def _go_to(self, number: int) -> None:
        """Transactions up to this one were before: say so if they are not known."""
        saved = self._saved
        if number > saved.number:
            first = saved.number + 1
            what = f"transaction {first}" if number == first else f"transactions {first} to {number}"
            since = f" (after {self._since})" if self._since else ""
            saved.lost.append(f"{what}{since}: damaged or missing")
            saved.number = number

    def _apply(self, line: Line) -> None:
        saved, number = self._saved, line.number
        at = line.about.get("at")
        if number > saved.number:
            self._go_to(number - 1)
            try:
                operations = line.operations()
            except DamagedLineError:
                self._go_to(number)
                return
            saved.number = number
            if fits(saved.tables, operations):
                apply(saved.tables, operations)
            else:
                saved.lost.append(f"transaction {number}{_named(line.about)} rests on what is lost and was left out")
        self._since = at if isinstance(at, str) else self._since

    def _place(self, number: int) -> str:
        return f"transaction {number}" + (f" ({self._since})" if self._since else "")


def _refuse(files: StoreFiles) -> None:
    """Refuse what is not damaged, but only not for this version to read."""
    try:
        files.header(files.read_journal()[0])
    except NewerStoreError:
        raise
    except (FileNotFoundError, StoreError):
        pass  # what there is to be saved


def _last_snapshot(files: StoreFiles) -> tuple[Salvage, bool]:
    """The newest that is whole, and whether there is one."""
    for _, path in sorted(files.snapshots().items(), reverse=True):
        try:
            tables, number, _ = read_snapshot(path)
        except PermissionError as error:
            raise read_error(path, error) from error
        except (DamagedSnapshotError, OSError):
            continue
        return Salvage(tables, number), True
    with suppress(StoreError):
        # The store of the first format, which was put away when the first snapshot was made of it.
        imported = legacy.read(files.folder, legacy.IMPORTED)
        if imported is not None:
            return Salvage(imported), True
    return Salvage(), False


def _lines(data: bytes) -> Iterator[Line | None]:
    """The finished lines; None for one that is damaged."""
    for _, raw in finished(data):
        try:
            line = decode(raw)
            if _first(line.about) is None and line.number < 1:
                raise DamagedLineError("no number")
            yield line
        except DamagedLineError:
            yield None


def _first(about: About) -> int | None:
    """The number of the last transaction before a journal, if this is the journal's first line."""
    number = about.get("number")
    return number if "journal" in about and isinstance(number, int) else None


def _named(about: About) -> str:
    label, at = about.get("label"), about.get("at")
    return f" (“{label}”, {at})" if isinstance(label, str) and isinstance(at, str) else ""


def _leave_out(tables: Tables, annotator: str) -> list[str]:
    """Take out documents that make no sense, and name them."""
    lost = []
    for table, id, problem in unreadable(tables, annotator):
        document = tables[table].pop(id)
        article = document.get("article")
        where = f" in {article}" if isinstance(article, str) else ""
        lost.append(f"{table.removesuffix('s')} {id.partition('/')[2]}{where} can't be read ({problem})")
    return lost


def _read(table: str, id: str, document: Document, annotator: str) -> None:
    """
    Raises:
        RecordError: the document makes no sense.
    """
    if table == FILES:
        document_file(document)
    elif table == BASES:
        document_base(document, annotator)
    else:
        document_record(table, id, document, annotator)


def _keep(path: Path, kept: Path) -> None:
    """Give what lies at `path` a second name; a folder, which can have one only, is moved.

    Raises:
        OSError: that can't be done.
    """
    if path.is_dir() and not path.is_symlink():
        path.rename(kept)
        return
    try:
        os.link(path, kept, follow_symlinks=False)
    except OSError:
        # A file system without hard links.
        shutil.copyfile(path, kept, follow_symlinks=False)


def _put_back(place: Path, folder: Path) -> None:
    """Undo `_keep` for all that is in `place`."""
    with suppress(OSError):
        for kept in place.iterdir():
            if os.path.lexists(folder / kept.name):
                kept.unlink()
            else:
                kept.rename(folder / kept.name)
        place.rmdir()
