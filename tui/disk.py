"""Files as the disk has them: read without being led elsewhere or made to wait, and replaced as a whole or not at all.

Nothing here knows what a file means. What goes wrong is an `OSError`, whose `strerror` says what in a few words; each
room says it in its own sentence.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

# Not every system has all of them.
_SAFELY = sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_CLOEXEC"))
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFELY
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


class NotRegularError(OSError):
    """It is a link, a folder, a pipe, a socket or a device."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is a link or no regular file", str(path))


class TooLargeError(OSError):
    """It holds more bytes than are read."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, "it is too large", str(path))


def open_regular(path: Path) -> BinaryIO:
    """The regular file at `path` itself, opened to be read from its start. No link there is followed.

    Raises:
        NotRegularError: something else lies there.
        OSError: it can't be opened.
    """
    _check(path, path.lstat())  # before opening: to open a pipe is to wait, to open a device may do something
    file = open(path, "rb", opener=lambda name, _: os.open(name, _READ))  # noqa: SIM115 - handed on
    try:
        _check(path, os.fstat(file.fileno()))  # something else may have taken its place
    except OSError:
        file.close()
        raise
    return file


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of the regular file at `path` itself. No link there is followed.

    Raises:
        NotRegularError: something else lies there.
        TooLargeError: it holds more than `limit` bytes; they are not read.
        OSError: it can't be read.
    """
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise TooLargeError(path)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(path)
    return data


def write_new(path: Path, data: bytes | Iterable[bytes], mode: int) -> None:
    """Make the file `path`, which is not there yet, and see that its bytes are on disk. If that fails it is not there.

    `data` may come in pieces, for a file that is not to stand in memory as a whole.

    Raises:
        FileExistsError: something lies there.
        OSError: it can't be written.
    """
    descriptor = os.open(path, _NEW, mode)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor has no path
            file.writelines((data,) if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def replace(path: Path, data: bytes, mode: int, *, last_look: Callable[[], None] | None = None) -> None:
    """Put `data` in place of the file, if there is one. At every moment there is the whole old or the whole new one.

    `last_look` is called when all is written and only the old file is left to be replaced; what it raises stops that.

    Raises:
        OSError: it can't be written; what was there is there still, unless only the folder could not be synced.
    """
    written = _beside(path)
    write_new(written, data, mode)
    try:
        if last_look is not None:
            last_look()
        written.replace(path)
    except BaseException:
        with suppress(OSError):
            written.unlink()
        raise
    sync_folder(path.parent)


def put_new(path: Path, data: bytes, mode: int) -> None:
    """Make the file `path` in one step; what appears there meanwhile is never written over.

    Raises:
        FileExistsError: something lies there.
        OSError: it can't be written.
    """
    written = _beside(path)
    write_new(written, data, mode)
    try:
        os.link(written, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: not in one step, but still never over another file.
        write_new(path, data, mode)
    finally:
        with suppress(OSError):
            written.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make durable which files the folder holds under which names."""
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path) -> Path:
    """A name for a file that is not finished: hidden, in the same folder, and nobody's."""
    # Imported here, as much comes with it and nothing is written before the first paint.
    import secrets

    return path.with_name(f".{secrets.token_hex(8)}.tmp")


def _check(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(path)
