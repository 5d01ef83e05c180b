"""What was read of each text, kept in files from one run to the next, so that a large archive is read once.

The folder is this machine's own, but it is trusted with nothing: a file that holds anything else than a reading of
exactly this text is as good as none. Nothing here fails: what can't be kept is read again.
"""

import json
import os
import re
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from sys import intern

from tui import disk
from tui.model.span import Span
from tui.suggest.reading import Told

FORMAT = 4
"""To be raised whenever `reading.read` would read a text otherwise than before."""
FOLDER = "suggest"
"""The usual name of the folder, below that of the store."""
_NAME = re.compile(r"[0-9a-f]{64}\.json")
_MOST = 60
"""Bytes that a reading may take for each code point of its text; no reading comes near it."""
_ALWAYS = 10_000
"""Bytes that it may take in any case."""
_LONGEST = 2_000
"""Characters of a term."""
_SPARE = 200
"""Files of texts that are no more, up to which they are left where they are."""


class Cache:
    """Readings in a folder, by the hash of their text."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made on disk before the first reading is kept."""
        self._folder = folder

    def get(self, sha256: str, text: str) -> tuple[Told, ...] | None:
        """What was read of this text, if it is kept here."""
        try:
            if not self._is_own():
                return None
            data = disk.read_regular(self._folder / f"{sha256}.json", _ALWAYS + _MOST * len(text))
            return _reading(json.loads(data), sha256, len(text))
        except (OSError, ValueError, RecursionError):
            return None

    def keep(self, sha256: str, reading: tuple[Told, ...]) -> None:
        """Have this reading on disk for the next time, if that can be."""
        told = [[one.span.start, one.span.end, list(one.terms), list(one.frames)] for one in reading]
        data = json.dumps({"format": FORMAT, "text_sha256": sha256, "statements": told}, separators=(",", ":"))
        written = self._folder / f".{sha256}.{os.getpid()}.tmp"
        with suppress(OSError):
            if not self._is_own():
                self._folder.mkdir(mode=0o700)
            try:
                # Not synced: what a crash leaves is either whole or no reading.
                descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor has no path
                    file.write(data)
                written.replace(self._folder / f"{sha256}.json")
            except OSError:
                written.unlink(missing_ok=True)
                raise

    def tidy(self, wanted: Collection[str]) -> None:
        """Remove readings of texts that are no more, once there are many."""
        with suppress(OSError):
            if not self._is_own():
                return
            names = sorted(entry.name for entry in os.scandir(self._folder) if _NAME.fullmatch(entry.name))
            old = [name for name in names if name.removesuffix(".json") not in wanted]
            for name in old if len(old) > _SPARE else ():
                (self._folder / name).unlink()

    def _is_own(self) -> bool:
        """Whether the folder is there; a link is none.

        Raises:
            OSError: it is there, and no folder.
        """
        try:
            status = self._folder.lstat()
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(self._folder)
        return True


def _reading(plain: object, sha256: str, length: int) -> tuple[Told, ...]:
    """The reading that a file holds.

    Raises:
        ValueError: it holds something else.
    """
    match plain:
        case {"format": format, "text_sha256": text_sha256, "statements": list(statements)} if (
            format == FORMAT and text_sha256 == sha256
        ):
            found: list[Told] = []
            for one in statements:
                match one:
                    case [int(start), int(end), list(terms), list(frames)] if (
                        found[-1].span.end if found else 0
                    ) <= start < end <= length and _are_terms(terms + frames):
                        found.append(Told(Span(start, end), tuple(map(intern, terms)), tuple(map(intern, frames))))
                    case _:
                        raise ValueError
            return tuple(found)
        case _:
            raise ValueError


def _are_terms(terms: list[object]) -> bool:
    return all(type(term) is str and 0 < len(term) <= _LONGEST for term in terms)
