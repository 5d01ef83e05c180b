"""Who may read and write what: the workspace's folders, one's own annotations, and the private store."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tui.characters import clipped
from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.errors import StoreError
from tui.store.folder import check_folder
from tui.store.inspection import ASIDE
from tui.workspace import STORE_FOLDER, Workspace

FOLDER, FILE = 0o700, 0o600
"""The store's folders and files are for their owner alone."""


def examine(patient: Patient, area: Area) -> None:
    before = len(area.findings)
    if patient.workspace is not None:
        _articles(patient.workspace, area)
        if patient.reader is not None:
            _annotations(patient.workspace, patient.reader, area)
    try:
        if check_folder(patient.store):
            _store(patient, area)
        elif not os.access(patient.root, os.W_OK | os.X_OK):
            area.warning(
                "nothing can be recorded here: you may not write into the workspace",
                "read on, or copy the workspace to a place of your own",
            )
    except StoreError:
        pass  # a finding of the store
    if len(area.findings) == before:
        area.well.append("what you need to read and write, you may")


def _articles(workspace: Workspace, area: Area) -> None:
    bad = [
        path
        for path in (workspace.root, workspace.articles)
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK)
    ]
    for path in bad:
        area.error(f"the folder {path} can't be looked into", f"`chmod u+rx` it, if it is yours; it is {_owner(path)}")


def _annotations(workspace: Workspace, reader: str, area: Area) -> None:
    own = workspace.annotations / reader
    place = own.relative_to(workspace.root).as_posix()
    links: list[Path] = []
    others: list[Path] = []
    locked: list[Path] = []
    if workspace.annotations.is_symlink() or own.is_symlink():
        return  # findings of the workspace, and of check
    for path in _within(own):
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            links.append(path)
            continue
        if status.st_uid != os.getuid():
            others.append(path)
        wanted = os.R_OK | os.W_OK | os.X_OK if stat.S_ISDIR(status.st_mode) else os.R_OK
        if not os.access(path, wanted):
            locked.append(path)
    first = next((path for path in (own, workspace.annotations, workspace.root) if path.is_dir()), workspace.root)
    if first != own and not os.access(first, os.W_OK | os.X_OK):
        locked.append(first)

    def named(paths: list[Path]) -> list[str]:
        return [clipped(path.relative_to(workspace.root).as_posix(), 200) for path in paths]

    if locked:
        area.warning(
            "your YAML can't be read or written by you here, so nothing can be exported",
            f"`chmod -R u+rwX {place}`, if it is yours; else have its owner do it",
            details=named(locked),
        )
    if others:
        area.warning(
            f"{place} holds what belongs to somebody else, though only you write there",
            f"see who else works under your name; then `sudo chown -R {os.getuid()} {place}`",
            details=named(others),
        )
    if links:
        area.error(
            f"there are links in {place}, where nothing is read or written through links",
            "put the file itself there, or remove the link",
            details=named(links),
        )


def _store(patient: Patient, area: Area) -> None:
    store = patient.store
    status = store.lstat()
    if status.st_uid != os.getuid():
        area.warning(
            f"{STORE_FOLDER} belongs to somebody else ({_owner(store)}): you can read what the YAML has, but record "
            "nothing here",
            "copy the workspace without it to a place of your own, and record there",
        )
        return
    open_to_others: list[tuple[Path, int]] = []
    closed_to_you: list[tuple[Path, int]] = []
    links: list[str] = []
    for path in _within(store):
        status = path.lstat()
        mode, wanted = stat.S_IMODE(status.st_mode), FOLDER if stat.S_ISDIR(status.st_mode) else FILE
        if stat.S_ISLNK(status.st_mode):
            if not any(part.startswith(f"{ASIDE}-") for part in path.relative_to(store).parts):
                links.append(path.relative_to(patient.root).as_posix())
        elif mode & wanted != wanted:
            closed_to_you.append((path, wanted))
        elif mode & 0o077 and path != store / ".gitignore":
            open_to_others.append((path, wanted))
    if links:
        area.error(
            f"there are links in {STORE_FOLDER}, where nothing is read or written through links",
            "put the file itself there, or move the link away",
            details=[clipped(link, 200) for link in links],
        )
    for severity, found, wrong in (
        (area.error, closed_to_you, "you may not read or write all that is in the store, so nothing can be recorded"),
        (area.warning, open_to_others, "others on this machine may look into the store, which is private"),
    ):
        if found:
            severity(
                wrong,
                "`variorum doctor --fix` makes it readable and writable for you alone",
                details=[f"{path.relative_to(patient.root).as_posix()}" for path, _ in found],
                fix=partial(_make_private, found, patient.root),
            )


def _make_private(found: list[tuple[Path, int]], root: Path) -> list[str]:
    done = []
    for path, mode in found:
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue  # what was mended before moved it away
        if not stat.S_ISLNK(status.st_mode) and status.st_uid == os.getuid():
            path.chmod(mode)
            done.append(f"{path.relative_to(root).as_posix()} is for you alone now ({mode:04o})")
    return done


def _within(folder: Path) -> Iterator[Path]:
    """All that lies in a folder and below it, as far as that can be seen; links are not followed."""
    if folder.is_dir():
        yield folder
    for root, folders, files in os.walk(folder, followlinks=False):
        yield from (Path(root) / name for name in (*folders, *files))


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except (KeyError, OSError):
        return f"user {path.lstat().st_uid}"
