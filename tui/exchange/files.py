"""The annotation files of one annotator on disk: which there are, and reading, writing and removing them safely.

Nothing is ever read, written or removed through a link below the workspace: git can carry one.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.characters import clipped
from tui.disk import NotRegularError, TooLargeError, read_regular, replace, sync_folder
from tui.errors import FileError, Place
from tui.strict_yaml import MAX_BYTES, MAX_EVENTS, holds_too_much

_LIMIT = f"{MAX_BYTES // 2**20} MB"
_PLACE = 300
"""Characters of a path that a message repeats."""
_READABLE = 0o666
"""As git would make a file: to be read by whoever may read the workspace."""


class FolderError(FileError):
    """An annotation file can't be read or written where it lies."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(Place(path), sentence)


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
        return clipped(f"{self.name}/{path}", _PLACE)

    @property
    def name(self) -> str:
        """How the folder is called in messages."""
        return clipped(f"{self._annotations.name}/{self.annotator}", _PLACE)

    def paths(self, unlisted: list[FolderError] | None = None) -> Iterator[str]:
        """The YAML files there are, in order; hidden ones are passed over, links are named, and `read` refuses them.

        Folders that can't be looked into are added to `unlisted` and hide nothing else; without it, the first is
        raised.

        Raises:
            FolderError: the annotator's folder is a link, or a folder can't be looked into.
        """
        self._refuse_links(self.name, (self.folder, self._annotations))

        def keep(error: OSError) -> None:
            # A folder that is not there holds no files; of one that can't be looked into that is not known.
            if isinstance(error, FileNotFoundError | NotADirectoryError):
                return
            if unlisted is None:
                raise self._unlisted(error)
            unlisted.append(self._unlisted(error))

        for root, folders, names in os.walk(self.folder, onerror=keep, followlinks=False):
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
        try:
            return read_regular(self.folder / path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except NotRegularError:
            sentence = "this is a link or no regular file: put the file itself here"
        except TooLargeError:
            sentence = f"larger than {_LIMIT}, which no annotation file is"
        except OSError as error:
            sentence = f"can't be read: {error.strerror}"
        raise FolderError(self.place(path), sentence)

    def write(self, path: str, data: bytes, *, expected: str | None) -> None:
        """Put `data` in place of the file, in one step.

        `expected` is the digest of what the file must still hold; None: it must not be there.

        Raises:
            FolderError: it changed meanwhile, or can't be written, or not be read again; it is left as it was.
        """
        if len(data) > MAX_BYTES:
            raise FolderError(self.place(path), f"would be larger than {_LIMIT}, the most that is read: not written")
        if holds_too_much(data):
            sentence = f"would hold more than {MAX_EVENTS // 10**6} million keys and values, the most that is read"
            raise FolderError(self.place(path), f"{sentence}: not written")
        self._expect(path, expected)
        full = self.folder / path
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            replace(full, data, _READABLE, last_look=lambda: self._expect(path, expected))
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
            sync_folder(full.parent)
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

    def _check_way(self, path: str) -> None:
        """Refuse links on the way from the annotations folder to the file, and paths that lead elsewhere."""
        if any(step in ("", ".", "..") or "\0" in step for step in path.split("/")):
            raise FolderError(self.place(path), "this can't be the name of an annotation file")
        self._refuse_links(self.place(path), (self.folder / path).parents)

    def _refuse_links(self, place: str, folders: Iterable[Path]) -> None:
        for folder in folders:
            if os.path.islink(folder):  # noqa: PTH114 - Path.is_symlink raises where a folder can't be looked into
                raise FolderError(place, f"“{clipped(folder.name)}” is a link, and links are not followed here")
            if folder == self._annotations:
                break

    def _unlisted(self, error: OSError) -> FolderError:
        place = self.place(Path(os.fsdecode(error.filename)).relative_to(self.folder).as_posix())
        return FolderError(place.removesuffix("/."), f"this folder can't be looked into: {error.strerror}")
