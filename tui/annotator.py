"""Who is reading, and the folder below `annotations/` that is theirs."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui import git
from tui.characters import INVISIBLE, SHAPING, clipped
from tui.config import UserConfig
from tui.config.reader import line_problem
from tui.errors import RefusedError

MAX_NAME = 200
"""Characters in a name."""
MAX_FOLDER = 64
"""Bytes of UTF-8 in a folder's name."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who reads and records."""

    name: str
    """As they write it."""
    folder: str
    """Their folder below `annotations/`; two names with one folder are one annotator."""
    source: str = field(default="", compare=False)
    """Where the name was set, in words."""


def find_annotator(argument: str | None, environ: Mapping[str, str], root: Path, user_config: UserConfig) -> Annotator:
    """The first that is set: `--annotator`, VARIORUM_ANNOTATOR, git, the user's own config, git's user, the login.

    Raises:
        RefusedError: the first that is set is no name, or none is.
    """
    if argument is not None:
        return _annotator(argument, "--annotator")
    for source, name in _names(environ, root, user_config):
        if name is not None and name.strip():
            return _annotator(name, source)
    raise RefusedError("nobody is named as the reader here: say who reads with `--annotator NAME`")


def folder_name(name: str) -> str:
    """The folder of an annotator of that name: NFC, case-folded, with `-` for what a folder's name does not hold.

    Raises:
        RefusedError: no letter or digit is left of the name, which then could be anyone's.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())
    kept = "".join(character if _has_place(character) else "-" for character in folded).lstrip(".")
    folder = kept.encode("utf-8")[:MAX_FOLDER].decode("utf-8", "ignore")
    if not any(character.isalnum() for character in folder):
        raise RefusedError(f"“{clipped(name)}” can't be a reader's name: a letter or digit is needed in it")
    return folder


ON = " @"
"""What stands between an annotator's folder and the branch that their records were read from: no folder holds it."""


def owner_of(name: str) -> str:
    """The annotator's folder, where records that were read from a branch go by `ben @branch`."""
    return name.partition(ON)[0]


def annotator_folders(annotations: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The annotators who have a folder, in order, and a sentence for each folder that can't be one.

    Only real folders count: links are problems, files and what is hidden are passed over.
    """
    problems: list[str] = []
    try:
        with os.scandir(annotations) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (f"{annotations.name}: the folder can't be read: {error.strerror}",)
    folders = []
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            place = f"{annotations.name}/{clipped(entry.name, MAX_FOLDER)}"
            problems.append(f"{place}: this is a link, and links are not followed: put the folder itself here")
        elif entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
    names, others = sort_out(folders, annotations.name, taken={entry.name for entry in found})
    return names, tuple(sorted((*problems, *others)))


def sort_out(
    folders: Iterable[str], where: str, *, taken: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the folders found in a place that messages call `where`, those that are annotators', and a sentence for each
    that can't be one; `taken` are the names of all that lies there. Hidden folders are passed over."""
    folders = [folder for folder in folders if not folder.startswith(".") or not folder.strip(".")]
    names: list[str] = []
    problems: list[str] = []
    known = {*folders, *taken}
    for folder in folders:
        place = f"{where}/{clipped(folder, MAX_FOLDER)}"
        owner = _owner(folder)
        if owner == folder:
            names.append(owner)
        elif owner is None:
            problems.append(f"{place}: this can't be a reader's folder: a letter or digit is needed in its name")
        elif owner in known:
            problems.append(f"{place}: this and “{owner}” are two names for one reader: move its files there")
        else:
            problems.append(f"{place}: no reader's folder is called this: rename it to “{owner}”")
            known.add(owner)
    return tuple(names), tuple(problems)


def _has_place(character: str) -> bool:
    """Whether a folder's name keeps it: letters with their marks, digits, and three signs."""
    if character in INVISIBLE or character in SHAPING:
        return False  # with them two folders could look alike
    category = unicodedata.category(character)
    return character in "._-" or category[0] in "LM" or category == "Nd"


def _owner(folder: str) -> str | None:
    try:
        return folder_name(folder)
    except RefusedError:
        return None


def _annotator(name: str, source: str) -> Annotator:
    name = unicodedata.normalize("NFC", name.strip())
    if problem := line_problem(name, MAX_NAME):
        raise RefusedError(f"the reader's name ({source}): {problem}")
    try:
        return Annotator(name, folder_name(name), source)
    except RefusedError as error:
        raise RefusedError(f"{error} ({source})") from None


def _names(environ: Mapping[str, str], root: Path, user_config: UserConfig) -> Iterator[tuple[str, str | None]]:
    """Where a name may be set, in order; git is only asked when it comes to that."""
    yield "VARIORUM_ANNOTATOR", environ.get("VARIORUM_ANNOTATOR")
    yield "git config variorum.annotator", git.setting("variorum.annotator", root, environ)
    yield "annotator in your own config", user_config.annotator
    yield "git config user.name", git.setting("user.name", root, environ)
    for variable in ("LOGNAME", "USER", "USERNAME"):
        yield variable, environ.get(variable)
    yield "the login name", _login()


def _login() -> str | None:
    try:
        import pwd  # not on every system

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return None
