"""What of a workspace is read only at its opening, and may change meanwhile: config.yaml, and which articles it has."""

import os
from collections.abc import Iterable
from pathlib import Path

from tui import disk
from tui.articles.files import Found, article_id, walk
from tui.errors import ArticleError
from tui.session.session import Session
from tui.text.cells import fit, plain_line
from tui.text.numbers import counted
from tui.workspace import CONFIG_FILE

NAMED = 40
"""Cells of an article's id in a sentence."""
MOST_CONFIG = 10_000_000
"""Bytes of a config.yaml that are compared."""


class Surroundings:
    """Looks whether these changed. The disk is asked about one file and some folders; they are gone through only when
    they are not as they were."""

    def __init__(self, session: Session) -> None:
        self._config = session.workspace.root / CONFIG_FILE
        self._articles = session.workspace.articles
        self._config_stamp = _stamp(self._config)
        self._config_holds = self._read_config()
        self._folders: dict[str, tuple[int, int] | None] = {}
        # What can't be read as an article is there too.
        self._ids = self._find() | {article.id for article in session.library.articles}

    def look(self) -> str:
        """What changed since the last look, in one line; empty where nothing did. From any thread, one at a time."""
        said = [self._look_at_config(), self._look_at_articles()]
        return "; ".join(filter(None, said))

    def _look_at_config(self) -> str:
        stamp = _stamp(self._config)
        if stamp == self._config_stamp:
            return ""
        self._config_stamp, before = stamp, self._config_holds
        self._config_holds = self._read_config()
        return f"{CONFIG_FILE} changed" if self._config_holds != before else ""

    def _read_config(self) -> bytes | None:
        try:
            with disk.open_regular(self._config) as file:
                return file.read(MOST_CONFIG)
        except OSError:
            return None

    def _look_at_articles(self) -> str:
        if all(_stamp(Path(path)) == stamp for path, stamp in self._folders.items()):
            return ""
        before, self._ids = self._ids, self._find()
        said = (_said("a new article", self._ids - before), _said("an article is gone", before - self._ids))
        return "; ".join(filter(None, said))

    def _find(self) -> set[str]:
        """The ids of the articles that are there, noting the folders they lie in."""
        top = os.path.realpath(self._articles)
        self._folders = {top: _stamp(Path(top))}  # there may be none
        ids = set()
        for found in walk(top, self._note_folder):
            if isinstance(found, Found):
                try:
                    ids.add(article_id(found.below))
                except ArticleError:
                    continue
        return ids

    def _note_folder(self, path: str) -> None:
        self._folders[path] = _stamp(Path(path))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _said(what: str, ids: Iterable[str]) -> str:
    names = sorted(ids)
    if not names:
        return ""
    more = f" and {counted(len(names) - 1, 'other')}" if len(names) > 1 else ""
    return f"{what}: {fit(plain_line(names[0]), NAMED)}{more}"
