"""The texts that claims were made on, kept by hash in the local folder, so that claims can be found in a later text."""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tui import disk
from tui.errors import StoreError
from tui.model.shapes import SHA256
from tui.store.folder import check_folder, prepare_folder

FOLDER = "texts"
_SHA256 = re.compile(SHA256)


class Texts:
    """Texts in files named by the SHA-256 of their UTF-8, as an article's `sha256` is.

    A file that can't be read or does not hold what its name says is as good as none.
    """

    def __init__(self, store_folder: Path, *, size_limit: int) -> None:
        """Nothing is made on disk before the first text is kept. `size_limit`: bytes of a text that is read."""
        self._store = store_folder
        self._folder = store_folder / FOLDER
        self._limit = size_limit
        self._kept: set[str] = set()
        """What was seen on disk, whole, since this was made."""

    def get(self, sha256: str) -> str | None:
        """The text with this hash, if it is kept here."""
        if not _SHA256.fullmatch(sha256):
            return None  # hashes come from files of other people, and would name any file
        try:
            if not (check_folder(self._store) and check_folder(self._folder)):
                return None
            data = disk.read_regular(self._folder / sha256, self._limit)
        except (OSError, StoreError):
            return None
        if hashlib.sha256(data).hexdigest() != sha256:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        self._kept.add(sha256)
        return text

    def keep(self, texts: Mapping[str, str]) -> None:
        """See that these texts, by hash, are on disk.

        Raises:
            StoreError: one could not be written.
        """
        for sha256, text in texts.items():
            if sha256 not in self._kept and self.get(sha256) is None:
                self._write(sha256, text.encode("utf-8"))
                self._kept.add(sha256)

    def _write(self, sha256: str, data: bytes) -> None:
        try:
            prepare_folder(self._store)
            if not check_folder(self._folder):
                with suppress(FileExistsError):
                    self._folder.mkdir(mode=0o700)
                    disk.sync_folder(self._store)
                check_folder(self._folder)
            disk.replace(self._folder / sha256, data, 0o600)
        except OSError as error:
            raise StoreError(
                f"the article's text can't be kept in {self._folder}: {error.strerror or error}; put that right, or "
                "move this folder away"
            ) from None
