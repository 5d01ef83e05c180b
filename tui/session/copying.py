"""What was copied, kept in a file too: no program can know whether a terminal took it for its clipboard."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from tui import disk
from tui.errors import StoreError
from tui.store.folder import check_folder
from tui.workspace import Workspace

COPIED = "copied.txt"


def keep_copy(text: str, workspace: Workspace, environ: Mapping[str, str]) -> Path:
    """Write it, for its owner alone, over what was copied before, and return the file: in the workspace's store if
    there is one (where nothing was recorded none is made), else in the user's own folders of this machine.

    Raises:
        StoreError: it can't be written in any of them.
    """
    problem = "there is no folder for it"
    for folder in _folders(workspace, environ):
        try:
            if folder != workspace.store_folder:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.replace(folder / COPIED, text.encode("utf-8", "replace") + b"\n", 0o600)
        except OSError as error:
            problem = error.strerror or str(error)
        else:
            return folder / COPIED
    raise StoreError(f"no file could be written of what was copied: {problem}")


def _folders(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Path]:
    with suppress(StoreError):  # a link, which may lead anywhere
        if check_folder(workspace.store_folder):
            yield workspace.store_folder
    home = Path(environ.get("HOME", ""))
    states = [environ.get("XDG_RUNTIME_DIR", ""), environ.get("XDG_STATE_HOME", ""), str(home / ".local" / "state")]
    yield from (Path(state) / "variorum" for state in states if Path(state).is_absolute())


def shown_path(path: Path, workspace: Workspace, environ: Mapping[str, str]) -> str:
    """The path as short as a person may type it: from the workspace, or from home."""
    if path.is_relative_to(workspace.root):
        return str(path.relative_to(workspace.root))
    home = Path(environ.get("HOME", ""))
    return f"~/{path.relative_to(home)}" if home.is_absolute() and path.is_relative_to(home) else str(path)
