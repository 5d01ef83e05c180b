"""The files of the articles folder: which there are, what they are called, and their bytes.

The workspace comes from someone else: links must not lead out of it, pipes are never opened, names may hold anything,
and sizes are known before a byte is read.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui import disk
from tui.characters import TURNING, invisible_in
from tui.errors import ArticleError
from tui.model.article import SUFFIXES
from tui.model.filing import DECIDED

_RESERVED = ("links", DECIDED)
"""Records of these names lie beside those of the articles."""
_RECORDS = ".yaml"
_LONGEST_NAME = 200
"""Bytes of the last part of an id: its records lie in files named after it, with a suffix."""
_UNFIT = {"Cc": "a control character", "Zl": "a line break", "Zp": "a line break"}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry below the articles folder; `below` is its path there, with `/`."""

    path: str
    below: str


def walk(
    folder: str, enter: Callable[[str], object] = lambda _folder: None
) -> Iterator[Found | tuple[Found, ArticleError]]:
    """Every file below `folder` with the suffix of an article, and what could not be looked into, with its error.

    Hidden files and folders are passed over; links to folders are not followed. `enter` is told of each folder before
    it is looked into.
    """
    waiting = [Found(folder, "")]
    while waiting:
        here = waiting.pop()
        enter(here.path)
        try:
            with os.scandir(here.path) as entries:
                for entry in entries:
                    found = Found(entry.path, f"{here.below}/{entry.name}" if here.below else entry.name)
                    if entry.name.startswith("."):
                        continue
                    if entry.name.lower().endswith(SUFFIXES):
                        yield found
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(found)
                    elif entry.is_symlink() and entry.is_dir():
                        yield found, ArticleError("a link to a folder is not followed: put the folder itself here")
        except OSError as error:
            yield here, ArticleError(f"the folder can't be read ({_reason(error)}): check its permissions")


def article_id(below: str) -> str:
    """The id of the article in the file with the path `below`, counted from the articles folder.

    Raises:
        ArticleError: the name can't be the id of an article.
    """
    id = unicodedata.normalize("NFC", below.rpartition(".")[0])
    for character in id:
        category = unicodedata.category(character)
        if category == "Cs":
            raise ArticleError("the file's name is not valid UTF-8: rename the file")
        if category in _UNFIT or character in TURNING:
            what = _UNFIT.get(category, "a character that turns the direction of writing")
            raise ArticleError(f"the file's name holds {what} (U+{ord(character):04X}): rename the file")
    if (unseen := invisible_in(id)) is not None:
        raise ArticleError(f"the file's name holds a character that no one sees (U+{ord(unseen):04X}): rename the file")
    if any(folder.lower().endswith(_RECORDS) for folder in id.split("/")[:-1]):
        raise ArticleError(f"a folder of articles can't end in {_RECORDS}, as files of records do: rename the folder")
    if folded(id) in _RESERVED:
        raise ArticleError(
            f"an article can't be called “{id}”, which is the name of a file of records: rename the file"
        )
    if len(id.rpartition("/")[2].encode()) > _LONGEST_NAME:
        raise ArticleError(f"the file's name is longer than {_LONGEST_NAME} bytes: give the file a shorter name")
    return id


def folded(id: str) -> str:
    """What two ids must not have in common, so that they stay two files on every system."""
    return unicodedata.normalize("NFC", id.casefold())


def read_inside(path: str, root: Path, limit: int) -> bytes:
    """The bytes of the file at `path`, following a link only to what lies in `root`, which has no links itself.

    Raises:
        ArticleError: it leads out, is no regular file, is larger than `limit` bytes, or can't be read.
    """
    try:
        if Path(path).is_symlink():
            path = os.path.realpath(path, strict=True)
            if not Path(path).is_relative_to(root):
                raise ArticleError("the file is a link that leads out of the workspace: put a copy here instead")
        return read_regular(path, limit)
    except OSError as error:
        # Python words a link in a circle and one to nowhere differently on different systems.
        if Path(path).is_symlink():
            raise ArticleError("the file is a link that leads nowhere: remove it, or put the article here") from None
        raise ArticleError(f"the file can't be read ({_reason(error)}): check it and its permissions") from None


def read_regular(path: str, limit: int) -> bytes:
    """The bytes of the regular file at `path`.

    Raises:
        ArticleError: it is no regular file, or larger than `limit` bytes.
        OSError: it can't be read.
    """
    try:
        return disk.read_regular(Path(path), limit)
    except disk.NotRegularError:
        if Path(path).is_dir():
            raise ArticleError("this is a folder, though it is called like an article: rename it") from None
        raise ArticleError("this is no regular file but a pipe, socket or device: remove it") from None
    except disk.TooLargeError:
        raise _too_large(limit) from None


def _too_large(limit: int) -> ArticleError:
    size = f"{limit // 1024**2} MB" if limit >= 1024**2 else f"{limit} bytes"
    return ArticleError(f"the file is larger than {size}, the most that is read as one article: split it")


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
