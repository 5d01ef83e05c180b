"""Articles whose files changed while the workspace is open: noticed, and read anew when the reader asks for it.

Until then the text of the opening is shown and marked, so that nothing moves under who reads it.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from tui.articles.files import read_inside
from tui.articles.loading import load_article
from tui.articles.statements import segment
from tui.errors import ArticleError
from tui.exchange.anchoring import Anchoring
from tui.model.article import Article, Statement
from tui.model.span import Span
from tui.session.placing import View
from tui.session.session import Session
from tui.workspace import Workspace

CLOCKS_DIFFER = 2.0
"""Seconds by which a disk's times may lag behind the clock, or be rounded."""
TRIES = 3
"""How often a view is made anew because something was recorded while it was being made."""
_Stamp: TypeAlias = tuple[int, int, int, int]


class Watch:
    """Looks whether files hold what is shown of them. A file is read only when it is not as it was looked at last."""

    def __init__(self, workspace: Workspace, since: float = 0.0) -> None:
        """What was written last before the time `since` (in seconds, as the system's clock has it) is what was read."""
        self._workspace = workspace
        self._since = since - CLOCKS_DIFFER
        self._looked: dict[str, tuple[Article, _Stamp | None, bool]] = {}
        """By id: the article, what the disk said of its file when it was looked at last, and whether it differed."""
        self._looking = Lock()

    def changed(self, articles: Iterable[Article]) -> list[Article]:
        """Those whose files hold something else now, or nothing that can be read. From any thread."""
        with self._looking:
            return [article for article in articles if self._differs(article)]

    def _differs(self, article: Article) -> bool:
        stamp = self._stamp(article)
        looked = self._looked.get(article.id)
        if looked is None or looked[0] is not article or looked[1] != stamp:
            is_old = looked is None and stamp is not None and max(stamp[2:]) < self._since * 1e9
            looked = self._looked[article.id] = (article, stamp, not is_old and not self._holds(article))
        return looked[2]

    def _stamp(self, article: Article) -> _Stamp | None:
        try:
            status = (self._workspace.root / article.file).stat()
        except OSError:
            return None
        return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def _holds(self, article: Article) -> bool:
        try:
            return read_again(self._workspace, article) == article
        except ArticleError:
            return False


def read_again(workspace: Workspace, article: Article) -> Article:
    """The article as its file is now.

    Raises:
        ArticleError: it can't be read as an article.
    """
    config = workspace.config
    return load_article(workspace.root, article, config.corrections, size_limit=config.size_limit)


def line_in_file(workspace: Workspace, article: Article, offset: int) -> int:
    """The line, from 1 on, in which this offset of the article's text stands in its file; 1 where that isn't known."""
    try:
        # As the article itself is read: something else may lie there now, and to open a pipe is to wait.
        root = Path(os.path.realpath(workspace.root))
        whole = read_inside(str(root / article.file), root, workspace.config.size_limit)
    except ArticleError:
        return 1
    text = whole.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    before = text.count("\n") - article.text.count("\n")  # the lines of front matter
    return max(1, before + article.text.count("\n", 0, offset) + 1)


def offset_now(before: str, now: str, place: Span) -> int:
    """Where what stood at a place of an article's old text begins in its new one, or where that would be."""
    words, at = place.of(before), place.start
    if now[at : at + len(words)] != words:
        # What follows stayed, or the words are somewhere else.
        later = len(now) - (len(before) - place.start)
        at = later if now[max(0, later) :].startswith(words) else now.find(words)
    return at if at >= 0 else min(place.start, len(now) - 1)


@dataclass(frozen=True, slots=True)
class Reread:
    """Articles as they are now, and where everybody's claims stand in them."""

    articles: Mapping[str, Article]
    statements: Mapping[str, tuple[Statement, ...]]
    anchoring: Anchoring
    own: View
    version: int
    """That of one's own records which `own` shows."""
    colleagues: Mapping[str, View]


def reread(session: Session, articles: Iterable[Article]) -> Reread:
    """Read these articles anew and work out where claims stand in them. Slow; from any thread. `take` shows it.

    Raises:
        ArticleError: one can't be read; none is taken then.
    """
    fresh: dict[str, Article] = {}
    for article in articles:
        try:
            fresh[article.id] = read_again(session.workspace, article)
        except ArticleError as error:
            raise ArticleError(f"shown as it was: {article.file}: {error}") from None
    renewed = tuple(fresh.get(article.id, article) for article in session.library.articles)
    anchoring = session.anchoring.renewed(replace(session.library, articles=renewed))
    for view in session.views.all:
        with session.lock:
            claims = [claim for id in fresh for claim in view.recorded_in(id)]
        anchoring.work_out(claims, view.renamed, thorough=True)
    colleagues = {name: view.renewed(anchoring) for name, view in session.views.colleagues.items()}
    statements = {id: segment(article.text) for id, article in fresh.items()}
    for _ in range(TRIES):  # with many records a view takes a while, and no gesture waits for it
        with session.lock:
            view, version, held = session.desk.view, session.records.version, tuple(session.records.records())
        own = view.renewed(anchoring, held)
        if own.is_of(session.records) and session.records.version == version:
            break
    return Reread(fresh, statements, anchoring, own, version, colleagues)


def take(session: Session, fresh: Reread) -> frozenset[str]:
    """Let the workspace have these articles from now on; the ids of those that are not as they were. From the thread
    that makes gestures; the screens must be told.

    Raises:
        StoreError: what was done before can't be kept; nothing is taken.
    """
    # The texts that claims were made on are kept on disk with the claims, and must be known until then.
    session.flush()
    changed = frozenset(id for id, article in fresh.articles.items() if session.articles[id] != article)
    with session.lock:
        is_current = fresh.own.is_of(session.records) and fresh.version == session.records.version
        own = fresh.own if is_current else session.desk.view.renewed(fresh.anchoring)
        colleagues = {}
        for name, view in session.views.colleagues.items():
            theirs = fresh.colleagues.get(name)
            is_same = theirs is not None and theirs.shows_same(view)  # else their files changed meanwhile
            colleagues[name] = theirs if theirs is not None and is_same else view.renewed(fresh.anchoring)
        session.renew_articles(fresh.articles, fresh.statements, fresh.anchoring, own, colleagues)
    return changed
