"""Which annotation files changed on disk, found at little cost: contents are not read here.

A file that is put in place of another, as git and an export do it, is seen by the time of its folder's last change. One
that is written over where it lies is seen by its own: of many files a share is looked at each time, in turn.
"""

import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from tui.exchange.files import AnnotatorFolder, FolderError

SHARE = 500
"""Files that are looked at one by one each time, of all annotators together: about two milliseconds."""
CLOCKS_DIFFER = 2.0
"""Seconds by which a disk's times may lag behind the clock, or be rounded: what changed so short a time ago may have
changed again since, and still say the same."""
SETTLING = 0.05
"""Seconds in which a file must stay as it is to count as written to its end."""

Stamp: TypeAlias = tuple[int, int, int, int]


def stamp_of(path: str) -> Stamp | None:
    """What the disk says of the file or folder itself; None where there is none, or none that can be seen."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_recent(stamp: Stamp | None, now: float) -> bool:
    """Whether it may have changed since, at the time `now` in seconds, without being told from what it was."""
    return stamp is not None and max(stamp[2:]) > (now - CLOCKS_DIFFER) * 1e9


class FolderWatch:
    """One annotator's files, as they were looked at last."""

    def __init__(self, folder: AnnotatorFolder) -> None:
        self.folder = folder
        self.problems: tuple[FolderError, ...] = ()
        """What could not be looked into, when the files were listed last."""
        self._folders: dict[str, Stamp | None] = {}
        self._files: dict[str, Stamp | None] = {}
        """By path below the annotator's folder."""
        self._young: set[str] = set()
        """Files that had changed so lately that they are looked at again."""
        self._turn: Iterator[str] = iter(())

    def look(self, share: int) -> set[str]:
        """The files that may hold something else than before, that are new, or gone. So many are looked at one by one
        where nothing says that they changed."""
        now = time.time()
        if not self._folders or any(
            stamp_of(name) != stamp or is_recent(stamp, now) for name, stamp in self._folders.items()
        ):
            return self._list(now)
        due = {*self._young, *islice(self._turn, share)}
        if len(due) < share and len(due) < len(self._files):
            self._turn = iter(tuple(self._files))
            due.update(islice(self._turn, share - len(due)))
        return self._changed(due & self._files.keys(), now)

    def look_again(self, path: str) -> None:
        """Take this file for changed at the next look."""
        if path in self._files:
            self._young.add(path)

    def _list(self, now: float) -> set[str]:
        """All that differs. The folders' stamps are taken first: what changes meanwhile is seen the next time."""
        unlisted: list[FolderError] = []
        root = str(self.folder.folder)
        before = {root: stamp_of(root)}
        for name, folders, _ in os.walk(root, followlinks=False):
            folders[:] = [each for each in folders if not each.startswith(".")]
            before[name] = stamp_of(name)
        paths: list[str] = []
        try:
            paths = list(self.folder.paths(unlisted))
        except FolderError as error:
            unlisted.append(error)
        self._folders, self.problems = before, tuple(unlisted)
        gone = self._files.keys() - set(paths)
        for path in gone:
            del self._files[path]
        new = set(paths) - self._files.keys()
        self._files.update(dict.fromkeys(new))
        return gone | new | self._changed(paths, now)

    def _changed(self, paths: Iterable[str], now: float) -> set[str]:
        changed = set()
        for path in paths:
            stamp = stamp_of(f"{self.folder.folder}/{path}")
            if stamp != self._files[path] or path in self._young:
                changed.add(path)
                self._files[path] = stamp
                self._young.discard(path)
                if is_recent(stamp, now):
                    self._young.add(path)
        return changed
