"""Going to what awaits the reader: the next statement that was not read, the next open question."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.errors import RefusedError
from tui.model.span import Span
from tui.session.questions import next_question
from tui.text.cells import fit, plain_line
from tui.text.quotations import quoted
from tui.ui.actions import key_for

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp
    from tui.ui.screens.library import LibraryScreen
    from tui.ui.screens.reader import ReaderScreen

TITLED = 40
"""Cells of an article's title in what is said."""


class Awaiting:
    """Where the keys `g u` and `g o` lead from where the reader is."""

    def __init__(self, app: "VariorumApp", library: "LibraryScreen", reader: "ReaderScreen") -> None:
        self._app = app
        self._library = library
        self._reader = reader

    def go_to_unread(self) -> None:
        """Go to the first statement after the cursor that was not read, else to the first before it, else into the
        next article that was not read to its end and is not finished.

        Raises:
            RefusedError: there is none.
        """
        session, keeper = self._app.session, self._app.keeper
        here, cursor = self._here()
        if self._is_reading():
            progress = keeper.progress(session.articles[here])
            progress.mark([cursor])  # the reader goes on from it
            unread = progress.next_unread(cursor)
            if unread is not None:
                self._app.rooms.show_place(here, session.statements(here)[unread].span)
                if unread < cursor:
                    self._app.say("unread, further up: to the end all is read", "quiet")
                return
        for article in self._others(here):
            unread = keeper.progress(session.articles[article]).next_unread(-1)
            if unread is not None:
                self._app.rooms.show_place(article, session.statements(article)[unread].span)
                self._app.say(f"unread, in {self._title(article)}", "quiet")
                return
        raise RefusedError("everything is read: no statement is left, finished articles aside")

    def _others(self, here: str) -> Iterator[str]:
        """The articles that are not read to their end, as far as is known: from this one on, and itself, if it is not
        open, first."""
        session, keeper = self._app.session, self._app.keeper
        ids = [article.id for article in session.library.articles]
        first = ids.index(here) + self._is_reading()
        for id in (*ids[first:], *ids[:first]):
            so_far = keeper.read_of(id)
            if so_far is None or so_far.read < so_far.of:
                note = session.seen.note(id)
                if note is None or not note.finished:
                    yield id

    def go_to_question(self) -> None:
        """Go to the first open question after the record that is current, else after the cursor.

        Raises:
            RefusedError: there is none.
        """
        session, reader = self._app.session, self._reader
        here, cursor = self._here()
        statement = session.statements(here)[cursor].span if self._is_reading() else Span(0, 1)
        current = reader.current.id if self._is_reading() and reader.current is not None else None
        question = next_question(session, here, statement, current)
        if question is None:
            raise RefusedError("no question is open: no contradiction of yours, nothing to settle")
        if question.claim is None:
            assert question.dispute is not None, "all else has a place"
            self._app.rooms.show_settling(question.dispute)
            return
        self._app.rooms.show_record(question.claim, question.link)
        if question.dispute is not None:
            words = f"a merge left this open: {key_for('reader.settle')} settles it"
        elif question.link is None:
            words = f"to settle: {key_for('reader.settle')} settles it"
        else:
            words = (
                f"open contradiction: {key_for('reader.follow')} goes to its other end, "
                f"{key_for('reader.edit')} s sets its status"
            )
        if current is not None and current == question.record.id:
            words = f"the only open question of yours: {words}"
        elif question.claim.article != here:
            words = f"in {self._title(question.claim.article)}, {words}"
        self._app.say(words, "quiet")

    def _is_reading(self) -> bool:
        return self._app.screen is not self._library and bool(self._reader.columns)

    def _here(self) -> tuple[str, int]:
        """The article and the statement in it to start from."""
        if self._is_reading():
            return self._reader.column.article.id, self._reader.column.cursor
        return self._library.article_here().id, 0

    def _title(self, article: str) -> str:
        return quoted(fit(plain_line(self._app.session.articles[article].title.value), TITLED))
