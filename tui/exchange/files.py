"""The annotation files of one annotator on disk: which there are, and reading, writing and removing them safely.

Nothing is ever read, written or removed through a link below the workspace: git can carry one.
"""

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from tui.config.reader import shown
from tui.errors import FileError, Place
from tui.strict_yaml import MAX_BYTES

LINKS = "links.yaml"
DECISIONS = "decisions.yaml"

_PLACE = 300
"""Characters of a path that a message repeats."""
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


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
        self.annotator = annotator
        self.folder = annotations / annotator

    def place(self, path: str) -> str:
        """How a file is called in messages: from the workspace's folder on, fit to be shown."""
        return shown(f"{self._annotations.name}/{self.annotator}/{path}", _PLACE)

    def paths(self) -> Iterator[str]:
        """The YAML files there are, in order; hidden ones are passed over, links are named, and `read` refuses them."""
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
        self._check_way(path)
        full = self.folder / path
        try:
            self._check_file(path, full.lstat())  # before opening: to open a device may do something
            with os.fdopen(os.open(full, _READ), "rb") as file:
                self._check_file(path, os.fstat(file.fileno()))
                return file.read(MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise FolderError(self.place(path), f"can't be read: {error.strerror}") from None

    def write(self, path: str, data: bytes, *, expected: str | None) -> None:
        """Put `data` in place of the file, in one step.

        `expected` is the digest of what the file must still hold; None: it must not be there.

        Raises:
            FolderError: it changed meanwhile, or can't be written; it is left as it was.
        """
        self._expect(path, expected)
        full = self.folder / path
        temporary = full.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            try:
                # As git would make it: readable by whoever may read the workspace.
                with os.fdopen(os.open(temporary, _NEW, 0o666), "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                self._expect(path, expected)
                temporary.replace(full)
            finally:
                temporary.unlink(missing_ok=True)
            _sync(full.parent)
        except OSError as error:
            raise FolderError(self.place(path), f"can't be written: {error.strerror}") from None

    def remove(self, path: str, *, expected: str) -> None:
        """Remove the file, which must still be that with the digest `expected`, and folders that are empty then.

        Raises:
            FolderError: it changed meanwhile, or can't be removed.
        """
        self._expect(path, expected)
        full = self.folder / path
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

    def _expect(self, path: str, expected: str | None) -> None:
        data = self.read(path)
        if (None if data is None else digest(data)) != expected:
            raise FolderError(self.place(path), "changed just now: export again")

    def _check_file(self, path: str, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise FolderError(self.place(path), "this is a link or no regular file: put the file itself here")
        if status.st_size > MAX_BYTES:
            raise FolderError(self.place(path), f"larger than {MAX_BYTES // 2**20} MB, which no annotation file is")

    def _check_way(self, path: str) -> None:
        """Refuse links on the way from the annotations folder to the file, and paths that lead elsewhere."""
        if any(step in ("", ".", "..") or "\0" in step for step in path.split("/")):
            raise FolderError(self.place(path), "this can't be the name of an annotation file")
        for folder in (self.folder / path).parents:
            if os.path.islink(folder):  # noqa: PTH114 - Path.is_symlink raises where a folder can't be looked into
                raise FolderError(
                    self.place(path), f"“{shown(folder.name)}” is a link, and links are not followed here"
                )
            if folder == self._annotations:
                break


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
