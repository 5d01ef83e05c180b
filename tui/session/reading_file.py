"""The file in which it is kept where a reader is.

In `.variorum/`, where there is one that can be written to: it is private, stays out of git, and goes where the
workspace goes. Who never recorded anything has none, and reading must not make one; who may not write here has none of
their own. Both want their place back too: theirs is kept in the folder for such things in their home.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tui import disk
from tui.characters import clipped
from tui.errors import ReadingStateError, StoreError
from tui.session.reading_state import LIMIT, ReadingState, decode
from tui.store.folder import check_folder
from tui.workspace import STORE_FOLDER, Workspace

FOLDER = "reading"
ASIDE = ".unreadable"
"""What the name of a file that can't be read ends with once it was set aside."""


@dataclass(frozen=True, slots=True)
class ReadingFiles:
    """Where one reader's state may be."""

    store: Path
    """The workspace's `.variorum`."""
    inside: Path
    """The file in it."""
    outside: Path | None
    """The file in the reader's home; None where they have none."""
    may_record: bool

    @classmethod
    def of(
        cls, workspace: Workspace, annotator: str, environ: Mapping[str, str], *, may_record: bool
    ) -> "ReadingFiles":
        name = f"{annotator}.json"
        home = state_folder(environ)
        key = sha256(os.fsencode(workspace.root)).hexdigest()[:32]
        outside = None if home is None else home / FOLDER / key / name
        return cls(workspace.store_folder, workspace.store_folder / FOLDER / name, outside, may_record)

    @property
    def present(self) -> Path | None:
        """Where it is kept now."""
        with suppress(StoreError):
            if self.may_record and check_folder(self.store):
                return self.inside
        return self.outside

    def read(self) -> ReadingState | None:
        """What was kept; None where nothing was.

        Raises:
            ReadingStateError: it can't be read. The sentence names the file.
        """
        for path in (self.present, self.outside):
            if path is not None and os.path.lexists(path):
                return read_state(path)
        return None

    def write(self, data: bytes) -> None:
        """Keep this, in place of what was kept.

        Raises:
            ReadingStateError: it can't be kept. The sentence names the file.
        """
        path = self.present
        if path is None:
            raise ReadingStateError("there is no place to keep where you are: your home folder is not known")
        try:
            _private_folder(path.parent, above=self.store if path == self.inside else path.parents[3])
            disk.replace(path, data, 0o600)
            if path == self.inside and self.outside is not None:
                # It was begun there, before anything was recorded here.
                with suppress(OSError):
                    self.outside.unlink()
                    self.outside.parent.rmdir()
        except OSError as error:
            raise ReadingStateError(
                f"where you are reading can't be kept in {_named(path)}: {error.strerror}"
            ) from None

    def set_aside(self) -> None:
        """Let a file that can't be read not be in the way of what is to be kept.

        Raises:
            ReadingStateError: it can't be moved away.
        """
        for path in (self.present, self.outside):
            if path is not None and os.path.lexists(path):
                try:
                    set_aside(path)
                except OSError as error:
                    raise ReadingStateError(f"{_named(path)} can't be moved away: {error.strerror}") from None
                return


def state_folder(environ: Mapping[str, str]) -> Path | None:
    """Where programs keep such things for this user."""
    base = Path(environ.get("XDG_STATE_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path(environ.get("HOME") or Path.home()) / ".local" / "state"
        except RuntimeError:
            return None
    return base / "variorum" if base.is_absolute() else None


def read_state(path: Path) -> ReadingState:
    """What such a file holds.

    Raises:
        ReadingStateError: it can't be read. The sentence names the file.
    """
    try:
        return decode(disk.read_regular(path, LIMIT))
    except ReadingStateError as error:
        raise ReadingStateError(f"{_named(path)}: {error}", is_newer=error.is_newer) from None
    except OSError as error:
        raise ReadingStateError(f"{_named(path)}: {error.strerror}") from None


def set_aside(path: Path) -> Path:
    """Give a file another name, under which nothing is looked for; nobody but its owner may look into it.

    Raises:
        OSError: that can't be done.
    """
    aside = path.with_name(f"{path.name}{ASIDE}")
    path.replace(aside)
    if stat.S_ISREG(aside.lstat().st_mode):
        with suppress(OSError):  # it may be another's
            aside.chmod(0o600)
    return aside


def _private_folder(folder: Path, *, above: Path) -> None:
    """Make a folder for its owner alone, and those between it and `above`; none of them is reached through a link.

    Raises:
        OSError: it can't be made, or something else stands in its place.
    """
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (*reversed([one for one in folder.parents if above in one.parents]), folder):
        with suppress(FileExistsError):
            each.mkdir(mode=0o700)
        if not stat.S_ISDIR(each.lstat().st_mode):
            raise disk.NotRegularError(each)


def _named(path: Path) -> str:
    parts = path.parts
    if STORE_FOLDER in parts:
        return "/".join(parts[parts.index(STORE_FOLDER) :])
    return clipped(str(path), 200)
