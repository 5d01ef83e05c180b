"""`variorum merge`: three versions of a file of annotations become one, as git calls its merge drivers."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui import git
from tui.characters import clipped
from tui.cli import output
from tui.disk import read_regular, replace
from tui.errors import FileError, Place, VariorumError
from tui.exchange.merging_files import MergedFile, Names, TwoFilesError, merge_files
from tui.strict_yaml import MAX_BYTES
from tui.text.numbers import counted

DESCRIPTION = """
Merges what OURS and THEIRS made of BASE, record by record and field by field, and writes the result into OURS. What
both changed differently stays in it as conflicts, both versions side by side; the file can be loaded, and they are
settled in the application. An empty BASE, or /dev/null, says that both sides made the file.

A version that can't be read is named with its line. Then OURS becomes what git itself makes of three texts, with
conflict markers where it comes to no end.

The answer is 0 where nothing is left to decide, else 1. With --driver it is 0 also where conflicts stand in the file,
so that a merge or a rebase goes on.
"""
_NAMED = 3
_LONGEST = 400
"""Characters of a file's name in messages."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    for name, what in (
        ("base", "the version that both were made from"),
        ("ours", "our version; it is written over"),
        ("theirs", "the other version"),
    ):
        parser.add_argument(name, metavar=name.upper(), type=Path, help=what)
    parser.add_argument("--path", metavar="NAME", help="what the file is called in messages")
    parser.add_argument("--driver", action="store_true", help="answer as git's merge driver")


def run(options: Namespace) -> int:
    name = clipped(options.path or str(options.ours), _LONGEST)
    names = Names(f"{name} (base)", f"{name} (ours)", f"{name} (theirs)")
    base, ours, theirs = (
        _read(path, called if options.path else str(path))
        for path, called in (
            (options.base, names.base),
            (options.ours, names.ours),
            (options.theirs, names.theirs),
        )
    )
    try:
        merged = merge_files(base or None, ours, theirs, names)
    except TwoFilesError as error:
        # Line by line, git would mix them.
        output.message(f"{error}; our version was left as it is: `variorum resolve` makes two files of them")
        return 1
    except VariorumError as error:
        output.message(str(error))
        return _as_git_does(options, ours, name)
    if merged.data is not None and merged.data != ours:
        _write(options.ours, merged.data)
    if merged.unread_base:
        output.message(without_base(merged))
    if merged.conflicts:
        output.message(what_is_open(name, merged))
    return int(bool(merged.conflicts) and not options.driver)


def what_is_open(name: str, merged: MergedFile) -> str:
    """The conflicts in a file that was merged, in a sentence."""
    number = len(merged.conflicts)
    named = "; ".join([*merged.conflicts[:_NAMED], *(["…"] if number > _NAMED else [])])
    return (
        f"{name}: {counted(number, 'record')} changed on both sides ({named}): both versions are kept in the file, "
        "and are settled in the application"
    )


def without_base(merged: MergedFile) -> str:
    """That a file was merged without what both sides were made from, in a sentence."""
    return f"{merged.unread_base}; merged as if both sides had made the file: what one of them deleted is there again"


def _as_git_does(options: Namespace, ours: bytes, name: str) -> int:
    base = options.base if options.base != Path(os.devnull) else None
    text = git.merged_text(options.ours, base, options.theirs, os.environ)
    if text is None:
        output.message(f"{name}: git does not merge it either; our version was left as it is")
        return 1
    data, conflicts = text
    if data != ours:
        _write(options.ours, data)
    how = f"with {counted(conflicts, 'conflict')} to settle in the file" if conflicts else "without a conflict"
    output.message(f"{name}: merged line by line, as git does, {how}; `variorum check` says whether it can be read")
    return int(conflicts > 0 or not options.driver)


def _read(path: Path, name: str) -> bytes:
    if path == Path(os.devnull):
        return b""
    try:
        return read_regular(path, MAX_BYTES)
    except OSError as error:
        raise FileError(Place(name), f"can't be read: {error.strerror}") from None


def _write(path: Path, data: bytes) -> None:
    try:
        replace(path, data, path.stat().st_mode & 0o777)
    except OSError as error:
        raise FileError(Place(str(path)), f"can't be written: {error.strerror}") from None
