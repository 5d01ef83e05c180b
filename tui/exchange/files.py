"""The annotation files of one annotator on disk: which there are, and reading, writing and removing them safely.

Nothing is ever read, written or removed through a link below the workspace: git can carry one.
"""

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tui.errors import FileError, Place
from tui.strict_yaml import MAX_BYTES

LINKS = "links.yaml"
DECISIONS = "decisions.yaml"


class FolderError(FileError):
    """An annotation file can't be read or written where it lies."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(Place(path), sentence)


def article_of(path: str) -> str | None:
    """The article whose claims the file at `path` (below the annotator's folder) holds; None for links.yaml."""
    return None if path == LINKS else path.removesuffix(".yaml")


def path_of(article: str | None) -> str:
    """The file, below the annotator's folder, that holds the claims in an article, or the links."""
    return LINKS if article is None else f"{article}.yaml"


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class AnnotatorFolder:
    """One annotator's files below the annotations folder. Paths are relative to it, with `/`."""

    def __init__(self, annotations: Path, annotator: str) -> None:
        self._annotations = annotations
        self.folder = annotations / annotator

    def place(self, path: str) -> str:
        """How a file is called in messages: from the workspace's folder on."""
        return f"{self._annotations.name}/{self.folder.name}/{path}"

    def paths(self) -> Iterator[str]:
        """The YAML files there are, in order, hidden ones and links passed over."""
        for root, folders, names in os.walk(self.folder, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.endswith(".yaml") and not name.startswith("."):
                    yield (Path(root) / name).relative_to(self.folder).as_posix()

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None if there is none.

        Raises:
            FolderError: it is a link, no regular file, too large, or can't be read.
        """
        full = self.folder / path
        self._check_way(path)
        try:
            status = full.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise FolderError(self.place(path), f"can't be read: {error.strerror}") from None
        if not stat.S_ISREG(status.st_mode):
            raise FolderError(self.place(path), "this is a link or no regular file: put the file itself here")
        if status.st_size > MAX_BYTES:
            raise FolderError(self.place(path), f"larger than {MAX_BYTES // 2**20} MB, which no annotation file is")
        try:
            return full.read_bytes()
        except OSError as error:
            raise FolderError(self.place(path), f"can't be read: {error.strerror}") from None

    def write(self, path: str, data: bytes, *, expected: bytes | None) -> None:
        """Put `data` in place of the file, which must still hold `expected` (None: not be there), in one step.

        Raises:
            FolderError: it changed meanwhile, or can't be written; it is left as it was.
        """
        full = self.folder / path
        temporary: str | None = None
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            if self.read(path) != expected:
                raise FolderError(self.place(path), "changed just now: export again")
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=full.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # As git would make it: readable by whoever may read the workspace.
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(full)
            temporary = None
            _sync(full.parent)
        except OSError as error:
            raise FolderError(self.place(path), f"can't be written: {error.strerror}") from None
        finally:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()

    def remove(self, path: str, *, expected: bytes) -> None:
        """Remove the file, which must still hold `expected`, and folders that are empty then.

        Raises:
            FolderError: it changed meanwhile, or can't be removed.
        """
        full = self.folder / path
        if self.read(path) != expected:
            raise FolderError(self.place(path), "changed just now: export again")
        try:
            full.unlink()
            _sync(full.parent)
        except OSError as error:
            raise FolderError(self.place(path), f"can't be removed: {error.strerror}") from None
        folder = full.parent
        with contextlib.suppress(OSError):
            while folder != self._annotations:
                folder.rmdir()
                folder = folder.parent

    def _check_way(self, path: str) -> None:
        """Refuse links on the way from the annotations folder to the file."""
        folder = self._annotations
        for step in (self.folder.name, *path.split("/")[:-1]):
            folder = folder / step
            if folder.is_symlink():
                raise FolderError(self.place(path), f"“{step}” is a link, and links are not followed here")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
