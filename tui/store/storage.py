"""The store's file: one JSON file that is replaced as a whole and can't tear.

TinyDB writes its storage at every step; here these writes are gathered in memory until `commit` makes them durable
together. The file last replaced is kept as `.bak`, for a person to go back to; nothing here ever reads it.
"""

import errno
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from tinydb.storages import Storage

from tui.disk import NotRegularError, open_regular, sync_folder, write_new
from tui.errors import ReadOnlyError, StoreError

FORMAT = 1
MAX_BYTES = 256 * 2**20
"""A larger file is neither read nor written: beyond this, something is wrong."""

Tables: TypeAlias = dict[str, dict[str, Any]]
"""Table name → document id → document, as TinyDB has it."""
_Stamp: TypeAlias = tuple[int, int, int]
"""What tells two versions of the file apart at a glance: time of change, size, inode."""


class AtomicStorage(Storage):
    """TinyDB's tables in one JSON file, read at once and kept in memory.

    Documents are put in and taken out, never updated in place: that is what lets `rollback` be cheap. For one thread
    at a time; writers of several processes must take turns.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is read before the first `reload`."""
        self._path = path
        self._last = path.with_name(path.name + ".bak")
        self._new = path.with_name(path.name + ".new")
        self._tables: Tables = {}
        self._gathered: Tables | None = None
        self._stamp: _Stamp | None = None

    def read(self) -> Tables:
        return dict(self._tables if self._gathered is None else self._gathered)

    def write(self, data: Tables) -> None:
        """Gather a new state; nothing touches the disk before `commit`."""
        self._gathered = dict(data)

    def rollback(self) -> None:
        """Forget what was gathered since the last commit."""
        self._gathered = None

    def commit(self) -> None:
        """Make what was gathered durable.

        Raises:
            StoreError: it could not be written; the file and the state in memory are as they were.
        """
        if self._gathered is None:
            return
        gathered, self._gathered = self._gathered, None
        try:
            text = json.dumps({"format": FORMAT, "tables": gathered}, separators=(",", ":"))
        except (TypeError, ValueError, RecursionError):
            raise self.damaged("holds what can't be written again") from None
        if len(text) > MAX_BYTES:
            raise StoreError(f"{self._path} would grow beyond {MAX_BYTES // 2**20} MB, the most it can hold")
        try:
            self._stamp = self._replace(text.encode("ascii"))
        except OSError as error:
            raise write_error(self._path, error) from error
        self._tables = gathered

    def changed(self) -> bool:
        """Whether the file was written by another since it was read here: one stat.

        A file that is gone does not count: what was read from it is still here, and the next commit writes it anew.
        """
        stamp = self._look()
        return stamp is not None and stamp != self._stamp

    def reload(self) -> None:
        """Read the file again, forgetting what was gathered. Where there is none, all stays as it was in memory.

        Raises:
            ReadOnlyError: the file is not for this user to read; nothing changes in memory.
            StoreError: it can't be read, is damaged, or is of a newer format; nothing changes in memory.
        """
        try:
            with open_regular(self._path) as file:
                status = os.fstat(file.fileno())
                if status.st_size > MAX_BYTES:
                    raise self.damaged(f"is larger than {MAX_BYTES // 2**20} MB")
                raw = file.read(MAX_BYTES)
        except FileNotFoundError:
            if os.path.lexists(self._last):
                raise StoreError(
                    f"{self._path} is missing, but {self._last.name} is there: rename it to {self._path.name} to have "
                    "its records back, or move it aside to begin anew"
                ) from None
            self._gathered = None
            return
        except NotRegularError:
            raise StoreError(f"{self._path} can't be read, as it is not a regular file: move it aside") from None
        except PermissionError as error:
            raise ReadOnlyError(
                f"nothing can be recorded here: {self._path} can't be read ({error.strerror})"
            ) from error
        except OSError as error:
            raise StoreError(f"{self._path} can't be read: {error.strerror}") from error
        self._tables = self._parse(raw)
        self._gathered = None
        self._stamp = _stamp(status)

    def distrust(self) -> None:
        """What was read turned out to make no sense: until it can be read, the file counts as changed."""
        self._stamp = None

    def damaged(self, what: str) -> StoreError:
        """The error for a file that is there but can't be used; it says what to do."""
        if os.path.lexists(self._last):
            way_out = (
                f"move it aside and rename {self._last.name} to {self._path.name}, the state before the last change"
            )
        else:
            way_out = "move it aside to begin anew"
        return StoreError(f"{self._path} {what}. It was left as it is: {way_out}")

    def _look(self) -> _Stamp | None:
        try:
            return _stamp(self._path.lstat())
        except OSError:
            return None

    def _parse(self, raw: bytes) -> Tables:
        if not raw.strip():
            raise self.damaged("is empty")
        try:
            whole = json.loads(raw)
        except (ValueError, RecursionError):
            raise self.damaged("is damaged or cut off") from None
        match whole:
            case {"format": int(number)} if number > FORMAT:
                raise StoreError(
                    f"{self._path} was written by a newer version of Variorum (format {number}, this one knows "
                    f"{FORMAT}): use that version"
                )
            case {"format": 1, "tables": dict(tables)} if all(_is_table(table) for table in tables.values()):
                return tables
        raise self.damaged("is not a store of Variorum")

    def _replace(self, content: bytes) -> _Stamp:
        """Put `content` in the file's place. At every step the file is either the whole old or the whole new one."""
        try:
            stamp = self._write_new(content)
            kept = self._keep_last()
            self._new.replace(self._path)
        except OSError:
            with suppress(OSError):
                self._new.unlink()
            raise
        try:
            sync_folder(self._path.parent)
        except OSError:
            # The new file is there but may not outlast a power cut, so it must not be seen as recorded.
            with suppress(OSError):
                self._go_back(kept)
            raise
        return stamp

    def _write_new(self, content: bytes) -> _Stamp:
        with suppress(FileNotFoundError):
            self._new.unlink()  # left by a process that was killed; the lock is ours
        write_new(self._new, content, 0o600)
        if self._stamp is not None and self._new.lstat().st_mtime_ns <= self._stamp[0]:
            # Clocks are coarse: several versions within one tick must not look alike.
            os.utime(self._new, ns=(self._stamp[0] + 1, self._stamp[0] + 1))
        return _stamp(self._new.lstat())

    def _keep_last(self) -> bool:
        """Give the present file, if there is one, a second name. It stays under its own until it is replaced."""
        if not os.path.lexists(self._path):
            return False
        with suppress(FileNotFoundError):
            self._last.unlink()
        try:
            os.link(self._path, self._last)
        except OSError:
            # A file system without hard links.
            shutil.copyfile(self._path, self._last)
            self._last.chmod(0o600)
        return True

    def _go_back(self, kept: bool) -> None:
        if kept:
            os.link(self._last, self._new)
            self._new.replace(self._path)
        else:
            self._path.unlink()


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(document, dict) for document in table.values())


def _stamp(status: os.stat_result) -> _Stamp:
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def write_error(path: Path, error: OSError) -> StoreError:
    """What to say when nothing could be written at `path`."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyError(f"nothing can be recorded here: {path} can't be written ({error.strerror})")
    return StoreError(f"nothing was recorded: {path} could not be written ({error.strerror}); it is as it was before")
