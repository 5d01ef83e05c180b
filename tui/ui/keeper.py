"""Where the reader is, kept while they read and brought back at the next start; and what of the articles they read."""

import os
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from tui.errors import ReadingStateError
from tui.model.article import Article
from tui.session.read_so_far import ArticleProgress, Motion, ReadSoFar, find, position_of, text_of
from tui.session.reading_file import ReadingFiles
from tui.session.reading_state import ReadingState, encode
from tui.ui.messages import Unread
from tui.ui.places import Place
from tui.ui.widgets.page import Page

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp
    from tui.ui.screens.library import LibraryScreen
    from tui.ui.screens.reader import ReaderScreen
    from tui.ui.way import Way
    from tui.ui.widgets.column import Column

SECONDS = 2.0
"""A key is followed by a writing after so long, in which all keys until then have part."""


class Keeper:
    """Keeps the reading state. Nothing here waits for the disk but `restore` and `keep_now`."""

    def __init__(self, app: "VariorumApp", library: "LibraryScreen", reader: "ReaderScreen", way: "Way") -> None:
        self._app = app
        self._session = app.session
        self._library = library
        self._reader = reader
        self._way = way
        self.state = ReadingState()
        self._files: ReadingFiles | None = None
        """None: nothing is kept."""
        self._must_set_aside = False
        self._progress: dict[str, ArticleProgress] = {}
        self._is_due = False
        self._kept = b""
        self._writing = Lock()
        """Held by the thread that writes, so that what is older never comes last."""
        self._said = False

    # --- at the start ---

    def restore(self) -> str | None:
        """Bring back what was kept; what the reader should know if that can't be done."""
        session, problem = self._session, None
        self._files = ReadingFiles.of(
            session.workspace, session.annotator, os.environ, may_record=session.read_only is None
        )
        try:
            self.state = self._files.read() or self.state
        except ReadingStateError as error:
            problem = f"where you were reading is not known: {error}"
            self._must_set_aside = not error.is_newer
            if error.is_newer:
                self._files = None
        state = self.state
        self._bring_back_places()
        self._library.come_back(state.library, state.settings)
        self._reader.take_settings(state.settings)
        panes = [article for article in dict.fromkeys(state.panes) if article in session.articles]
        if panes:
            active = state.panes[min(state.active, len(state.panes) - 1)]
            self._reader.open_again(panes, panes.index(active) if active in panes else 0)
            if state.is_reading:
                self._app.rooms.show_panes()
        return problem

    def _bring_back_places(self) -> None:
        """The way back, as far as it leads through articles that are as they were."""
        articles, places = self._session.articles, self._way.places
        for number, (id, offset, text) in enumerate(self.state.places):
            article = articles.get(id)
            if article is not None and text_of(article) == text:
                places.stops.append(Place(id, offset))
                if number <= self.state.place:
                    places.here = len(places.stops) - 1

    # --- while reading ---

    def touched(self) -> None:
        """Something may be to be kept: that is done soon."""
        if not self._is_due and self._files is not None:
            self._is_due = True
            self._app.set_timer(SECONDS, self._keep_soon)

    def _keep_soon(self) -> None:
        self._is_due = False
        self._app.run_worker(self.at_leaving(), thread=True, group="keeping")

    def keep_now(self) -> None:
        """Keep everything, and wait until it is on disk."""
        self.at_leaving()()

    def finish(self) -> None:
        """Keep everything for the last time: others are shown from now on."""
        self.keep_now()
        self._files = None

    def at_leaving(self) -> Callable[[], None]:
        """Take everything as it is now; what is returned keeps it, and may be called from another thread."""
        if self._files is None:
            return lambda: None
        return partial(self._write, self._gathered())

    def left(self, column: "Column") -> None:
        """The reader is here in an article now, or was when they left it."""
        pane = column.pane
        top = pane.stretch[0] if pane.page is column.page and pane.size.height else column.statement.start
        self.state.left(column.article.id, position_of(column.article, column.statement, top))

    def find(self, page: Page) -> tuple[int, int] | None:
        """The statement the reader was at last in an article, and where the screen began; None where they never were,
        or what they were at is gone."""
        position = self.state.positions.get(page.article.id)
        if position is None:
            return None
        cursor = find(position, page.article, page.statements)
        if cursor is None:
            return None
        start = page.statements[cursor].span.start
        return cursor, max(0, position.top + start - position.offset)

    def progress(self, article: Article) -> ArticleProgress:
        """What was read of an article that is open."""
        known = self._progress.get(article.id)
        if known is None or known.sha256 != article.sha256:
            so_far = known.so_far() if known is not None else self.state.read.get(article.id)
            statements = self._session.statements(article.id)
            known = self._progress[article.id] = ArticleProgress(article, statements, so_far)
        return known

    def moved(self, page: Page, before: int, after: int, on_screen: range, motion: Motion) -> None:
        """The cursor moved in an article."""
        self.progress(page.article).moved(before, after, on_screen, motion)

    def read_of(self, article: str) -> ReadSoFar | None:
        """How much of an article was read, as far as that is known; None: it was never begun."""
        progress = self._progress.get(article)
        return ReadSoFar(progress.read, progress.of) if progress is not None else self.state.read.get(article)

    def _gathered(self) -> ReadingState:
        """Everything as it is now, in values that don't change any more."""
        session, state, reader = self._session, self.state, self._reader
        if reader.columns:
            state.panes = [column.article.id for column in reader.columns]
            state.active = reader.active
        state.is_reading = reader in self._app.screen_stack
        state.settings = {**state.settings, **self._library.kept_settings(), **reader.kept_settings()}
        if (row := self._library.list.here) is not None:
            state.library = row.id
        for column in reader.columns:
            self.left(column)
        state.places, state.place = [], 0
        for number, stop in enumerate(self._way.places.stops):
            article = session.articles.get(stop.article) if isinstance(stop, Place) else None
            if isinstance(stop, Place) and article is not None:
                state.places.append((article.id, stop.offset, text_of(article)))
                if number <= self._way.places.here:
                    state.place = len(state.places) - 1
        if (seen := session.new.kept()) is not None:
            state.seen = seen
        for id, progress in self._progress.items():
            if progress.is_new:
                progress.is_new = False
                state.read[id] = progress.so_far()
        return ReadingState(
            state.is_reading,
            list(state.panes),
            state.active,
            dict(state.settings),
            state.library,
            dict(state.positions),
            list(state.places),
            state.place,
            dict(state.read),
            state.seen,
        )

    def _write(self, state: ReadingState) -> None:
        """From any thread. What goes wrong is said once: it is no reason to disturb a reader again and again."""
        files = self._files
        with self._writing:
            try:
                data = encode(state)
                if files is None or data == self._kept:
                    return
                if self._must_set_aside:
                    files.set_aside()
                    self._must_set_aside = False
                files.write(data)
                self._kept = data
            except ReadingStateError as error:
                if not self._said:
                    self._said = True
                    self._app.post_message(Unread(self._session, str(error)))
