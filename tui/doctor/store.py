"""The store: whether it is where and as it should be, and whole down to each line."""

import os
import shutil
import stat
import time
from collections import Counter
from functools import partial
from itertools import chain, count

from tui import git
from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.errors import DamagedStoreError, NewerStoreError, ReadOnlyError, StoreError
from tui.model.records import Link
from tui.store import legacy
from tui.store.folder import check_folder
from tui.store.index import RecordIndex
from tui.store.inspection import ASIDE, Inspection, is_locked, kept_aside
from tui.store.recovery import Salvage, is_legacy, leftovers, mend, remove_leftovers, salvage, unreadable
from tui.text.numbers import agreeing, counted, spaced
from tui.workspace import STORE_FOLDER

LOCK_SECONDS = 1.0
"""A transaction holds the lock for much less."""
FREE_BYTES = 16 * 2**20
"""Less free room than this is little even for a small store."""

IMPORT = "`variorum import` brings back what your YAML has of what is lost"


def examine(patient: Patient, area: Area) -> None:
    try:
        if not check_folder(patient.store):
            area.well.append("none yet: it is made with the first record")
            return
    except StoreError as error:
        wrong, _, mend = str(error).rpartition(": ")
        if error.__cause__ is None:
            area.error(wrong, mend)
        else:
            area.error(str(error), "see to it that you may look into the workspace's folder")
        return
    if not _is_ours(patient, area):
        return
    if not os.access(patient.store, os.R_OK | os.X_OK):
        area.well.append("can't be looked into: see permissions")
        return
    _room(patient, area)
    if _is_held(patient):
        area.warning(
            "another process has been writing to the store for more than a second",
            "wait until it is done, or close it; `--fix` does not mend the store meanwhile",
        )
    _leftovers(patient, area)
    if is_legacy(patient.store):
        _first_format(patient, area)
        return
    inspection = patient.inspection()
    if inspection.error is not None:
        _cannot_open(patient, area, inspection, inspection.error)
    else:
        _documents(patient, area, inspection)
        _history(area, inspection)


def _is_ours(patient: Patient, area: Area) -> bool:
    """Whether the folder was made here; what came with a repository could be made to deceive, and is not read."""
    tracked = git.tracks(patient.store, patient.environ)
    status = patient.store.lstat()
    if tracked:
        area.error(
            f"{STORE_FOLDER} is tracked by git, but it is each reader's own and never shared: nothing is opened here",
            f"if you trust what is in it, take it out of git with `git rm -r --cached {STORE_FOLDER}`, else delete it",
        )
    elif tracked is None and (status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077):
        area.error(
            f"git can't say whether {STORE_FOLDER} came with this repository, and it is not private to you",
            f"if you made it here, say so with `chmod 700 {STORE_FOLDER}`, else delete it",
        )
    else:
        return True
    return False


def _room(patient: Patient, area: Area) -> None:
    size = patient.inspection().size
    free = shutil.disk_usage(patient.store).free
    if free < max(FREE_BYTES, size):
        area.warning(
            f"the disk has only {_bytes(free)} left, and the store takes {_bytes(size)}: soon nothing more can be "
            "recorded",
            "make room: a new snapshot takes as much again before the old one goes",
        )


def _is_held(patient: Patient) -> bool:
    until = time.monotonic() + LOCK_SECONDS
    while is_locked(patient.store):
        if time.monotonic() > until:
            return True
        time.sleep(0.02)
    return False


def _leftovers(patient: Patient, area: Area) -> None:
    if found := leftovers(patient.store):
        area.note(
            "a process was stopped while it began a new journal; nothing was lost",
            "`variorum doctor --fix` removes what it left",
            details=[path.name for path in found],
            fix=partial(_remove_leftovers, patient),
        )
    if kept := kept_aside(patient.store):
        area.note(
            "there is room taken by what was set aside when the store was mended or imported",
            "delete it when you are sure that you need nothing of it",
            details=[f"{STORE_FOLDER}/{path.name}" for path in kept],
        )


def _first_format(patient: Patient, area: Area) -> None:
    try:
        tables = legacy.read(patient.store) or {}
    except StoreError as error:
        area.error(str(error), "do as it says; this is not done for you, as it may be the only copy")
        return
    number = Inspection(tables=tables).records()[patient.reader or ""]
    area.note(
        f"the store is of the first format, with {counted(number, 'record')} of {patient.reader}",
        "nothing needs to be done: it is taken over when something is recorded for the first time",
    )


def _cannot_open(patient: Patient, area: Area, inspection: Inspection, error: StoreError) -> None:
    if isinstance(error, NewerStoreError):
        area.error(str(error), "nothing is wrong with it: update Variorum")
    elif isinstance(error, ReadOnlyError):
        area.well.append("can't be read: see permissions")
    elif inspection.is_damaged:
        what = error.what if isinstance(error, DamagedStoreError) else str(error)
        _mendable(patient, area, what)
    else:
        area.error(str(error), "try again; if it stays so, look after the disk")


def _mendable(patient: Patient, area: Area, what: str) -> None:
    """Say what can be saved of a damaged store."""
    saved = salvage(patient.store, patient.reader)
    area.error(
        what,
        f"`variorum doctor --fix` goes back to the last good state, {_told(saved, patient)}, and keeps the damaged "
        f"files aside; the history begins anew{f'; then {IMPORT}' if saved.lost else ''}",
        details=[f"lost: {sentence}" for sentence in saved.lost] or ["nothing is lost: all of it can be worked out"],
        fix=partial(_mend, patient),
    )


def _documents(patient: Patient, area: Area, inspection: Inspection) -> None:
    """What the store holds, and whether it makes sense."""
    reader, numbers = patient.reader, inspection.records()
    if reader is None:
        area.well.append(f"records of {counted(len(numbers), 'reader')}, whole")
        return
    own = numbers.pop(reader, 0)
    session = patient.session()
    # A session that opens has read them all.
    if session is None and (bad := unreadable(inspection.tables, reader)):
        _mendable(patient, area, f"{counted(len(bad), 'document')} in the store can't be read, so it can't be opened")
    else:
        journals = counted(inspection.journals, "journal")
        area.well.append(f"{spaced(own)} record{'' if own == 1 else 's'} of {reader}, {journals}, whole")
    if session is not None:
        _links(area, session.records)
    for other, number in sorted(numbers.items()):
        if unreadable(inspection.tables, other):
            area.warning(
                f"of {other} there are records in the store that can't be read; yours are not concerned",
                f"`variorum doctor --annotator {other}` says more",
            )
        else:
            area.note(
                f"the store also has {counted(number, 'record')} of {other}, of which you see only what their YAML has",
                f"if {other} is you under another name, work with `--annotator {other}`",
            )


def _links(area: Area, records: RecordIndex) -> None:
    """Whether records refer to each other as they should."""
    links: tuple[Link, ...] = (*records.contradictions(), *records.groups())
    if loose := [link.id for link in links if any(records.claim(id) is None for id in link.claims)]:
        area.error(
            f"{counted(len(loose), 'link')} of yours {agreeing(len(loose), 'leads', 'lead')} to a claim that is not "
            "there",
            "`variorum check` names the line: correct the id there or bring back the claim; else delete the link in "
            "the Reader (`x`) or in links.yaml",
            details=loose,
        )
    groups = Counter(chain.from_iterable(set(link.claims) for link in records.groups()))
    if twice := [id for id, number in groups.items() if number > 1]:
        area.error(
            f"{counted(len(twice), 'claim')} of yours {agreeing(len(twice), 'is', 'are')} in more than one duplicate "
            "group",
            "take it out of all but one in the Reader (`x` on the member)",
            details=twice,
        )


def _history(area: Area, inspection: Inspection) -> None:
    if inspection.unfit:
        area.warning(
            f"{counted(len(inspection.unfit), 'step')} in the journal found records otherwise than it says",
            "what is recorded now is whole; look through the steps with `variorum log`, as another program may have "
            "written into the store",
            details=[f"transaction {number}" for number in inspection.unfit],
        )
    if inspection.torn:
        area.note(
            f"the journal ends with a line that was never finished ({_bytes(inspection.torn)}), as after a kill or a "
            "power cut; nothing that was shown as saved is lost, unless something else cut the file off",
            "nothing needs to be done: the next step recorded cuts it off",
        )
    if inspection.damaged_before:
        area.note(
            "files of earlier states are damaged: your records are whole, but `variorum log` and undo don't reach back "
            "as far, and there is less to go back to",
            "nothing needs to be done: they go in time, when new journals are begun",
            details=[path.name for path in inspection.damaged_before],
        )


def _mend(patient: Patient) -> list[str]:
    _refuse_if_held(patient)
    saved, place = mend(patient.store, _free_name(patient), patient.reader)
    done = f"the store is back in its last good state, {_told(saved, patient)}; the damaged files are in "
    done += f"{STORE_FOLDER}/{place.name}; the history begins anew: `variorum log` and undo reach back no further"
    done += f"; {IMPORT}" if saved.lost else ""
    return [done, *(f"lost: {sentence}" for sentence in saved.lost)]


def _remove_leftovers(patient: Patient) -> list[str]:
    _refuse_if_held(patient)
    return [f"removed {STORE_FOLDER}/{path.name}" for path in remove_leftovers(patient.store)]


def _refuse_if_held(patient: Patient) -> None:
    """
    Raises:
        StoreError: another process holds the lock; it is not waited for.
    """
    if _is_held(patient):
        raise StoreError("another process is writing to the store: close it, then try again")


def _free_name(patient: Patient) -> str:
    base = f"{ASIDE}-{patient.today}"
    names = chain((base,), (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if not os.path.lexists(patient.store / name))


def _told(saved: Salvage, patient: Patient) -> str:
    numbers = Inspection(tables=saved.tables).records()
    if patient.reader is None:
        return f"{spaced(sum(numbers.values()))} records"
    own = numbers.pop(patient.reader, 0)
    others = f" and {spaced(sum(numbers.values()))} of others" if numbers else ""
    return f"{spaced(own)} record{'' if own == 1 else 's'} of {patient.reader}{others}"


def _bytes(number: int) -> str:
    if number < 1024:
        return counted(number, "byte")
    return f"{number / 2**20:.1f} MB" if number >= 2**20 else f"{number / 1024:.0f} kB"
