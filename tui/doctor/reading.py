"""Where readers are: the files in which it is kept from one start to the next."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from tui.characters import clipped
from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.errors import ReadingStateError, StoreError
from tui.session.reading_file import ASIDE, FOLDER, ReadingFiles, read_state, set_aside
from tui.store.folder import check_folder


def examine(patient: Patient, area: Area) -> None:
    places = 0
    for path in _files(patient):
        try:
            state = read_state(path)
        except ReadingStateError as error:
            if error.is_newer:
                area.note(str(error), "it is left for that version; here, reading begins in the Library each time")
            else:
                area.warning(
                    f"where you were reading can't be read: {error}",
                    "`variorum doctor --fix` sets the file aside, and reading begins anew; nothing recorded is in it",
                    fix=partial(_set_aside, path),
                )
        else:
            places += len(state.positions)
    if places and not area.findings:
        area.well.append(f"where you were reading is kept, in {places} article{'s' if places != 1 else ''}")
    elif not area.findings:
        area.well.append("none kept yet: it is when the application was used")
    if aside := [path for path in _all(patient) if path.name.endswith(ASIDE)]:
        area.note(
            "what could not be read was set aside",
            "delete it when you are sure that you don't need it",
            details=[clipped(str(path), 200) for path in aside],
        )


def _files(patient: Patient) -> list[Path]:
    """The reader's own: those of others, who share this folder, are theirs."""
    name = f"{patient.reader}.json"
    return [path for path in _all(patient) if path.name == name]


def _all(patient: Patient) -> Iterator[Path]:
    if patient.workspace is None or patient.reader is None:
        return
    files = ReadingFiles.of(patient.workspace, patient.reader, patient.environ, may_record=True)
    with suppress(StoreError, OSError):  # findings of the store and of permissions
        if check_folder(patient.store) and not (patient.store / FOLDER).is_symlink():
            yield from sorted((patient.store / FOLDER).glob("*"))
    if files.outside is not None:
        with suppress(OSError):
            yield from sorted(files.outside.parent.glob("*"))


def _set_aside(path: Path) -> list[str]:
    return [f"set aside what could not be read, as {clipped(str(set_aside(path)), 200)}"]
