"""The folder `.variorum`: local, private, never committed, and never reached through a symbolic link."""

import stat
from contextlib import suppress
from pathlib import Path

from tui.disk import sync_folder
from tui.errors import StoreError


def check_folder(folder: Path) -> bool:
    """Whether the folder is there.

    Raises:
        StoreError: something else stands in its place, or it can't be looked at.
    """
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"{folder} can't be read: {error.strerror}") from error
    if stat.S_ISLNK(mode):
        raise StoreError(f"{folder} is a symbolic link, which is not followed: put a folder in its place, or remove it")
    if not stat.S_ISDIR(mode):
        raise StoreError(f"{folder} is not a folder: move it aside, for records are kept in a folder of this name")
    return True


def prepare_folder(folder: Path) -> None:
    """Make the folder if it is missing, for its owner alone, with a `.gitignore` that keeps all of it out of git.

    Raises:
        StoreError: something else stands in its place.
        OSError: it can't be made.
    """
    if not check_folder(folder):
        # Another process may be making it at this moment, which is as good.
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
        check_folder(folder)
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as file:
        file.write("*\n")
