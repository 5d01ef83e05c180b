"""What the concordance shows: lines that come while another thread searches, sorted and filtered."""

from itertools import count
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.worker import Worker, get_current_worker

from tui.collector import uncollected
from tui.model.article import Article
from tui.session import concordance
from tui.session.concordance import MOST_LINES, Found, Order
from tui.text.cells import fit, plain_line
from tui.text.numbers import agreeing, counted, spaced
from tui.text.quotations import quoted
from tui.text.search import Query, SlowPatternError
from tui.ui.actions import Where
from tui.ui.concordance_lines import LineWords
from tui.ui.screens.base import BaseScreen
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.row_list import RowList

BATCH_SECONDS = 0.2
"""How often what was found is shown while a search runs; the first lines are shown at once."""
AT_ONCE = 1_000
"""Lines that are sorted and filtered within a frame; more are in another thread."""


class Finding(BaseScreen):
    """Searches everything in another thread, and shows what comes."""

    WHERE = Where.CONCORDANCE

    class Came(Message):
        """A search found these lines, having gone through so many articles; `problem` where it went no further."""

        def __init__(self, number: int, lines: list[Found], searched: int, *, is_last: bool, problem: str = "") -> None:
            super().__init__()
            self.number = number
            self.lines = lines
            self.searched = searched
            self.is_last = is_last
            self.problem = problem

    class Arranged(Message):
        """The lines sorted and filtered as it was asked for."""

        def __init__(self, number: int, lines: list[Found]) -> None:
            super().__init__()
            self.number = number
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self.list = RowList(self._row, id="concordance")
        self.heading = Lines(id="found")
        self.context = Lines(id="context")
        self.asked: Query | None = None
        self.found: list[Found] = []
        """All lines, in the order in which they were found."""
        self.shown: list[Found] = []
        """Of these, those that fit the filter, sorted."""
        self.marked: set[int] = set()
        """The numbers of the lines that are marked."""
        self.order = Order.ARTICLE
        self._colleagues = True
        """Whether colleagues' records were searched too."""
        self._words = ""
        self._articles: set[str] = set()
        self._in_records = 0
        self._searched = 0
        self._state = ""
        """What hinders the list from being whole."""
        self._worker: Worker[None] | None = None
        self._numbers = count(1)
        self._search = self._arrangement = 0
        """The numbers of the search and of the arrangement that count."""

    def compose(self) -> ComposeResult:
        yield self.header
        with Vertical(id="finds"):
            yield self.heading
            yield self.list
            yield self.context
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    @property
    def words(self) -> LineWords:
        return LineWords(self.session)

    @property
    def here(self) -> Found | None:
        """The line at the cursor."""
        return self.shown[self.list.cursor] if self.list.cursor < len(self.shown) else None

    # --- searching ---

    def search(self, query: Query) -> None:
        """Show every place where these words stand, in place of what is shown."""
        self.stop()
        self.asked = query
        self.found, self.shown, self.marked, self._articles = [], [], set(), set()
        self._words, self._state, self._in_records, self._searched = "", "", 0, 0
        self._search = number = self._arrangement = next(self._numbers)
        self.list.show(0)
        articles = tuple(self.session.library.articles)
        self._colleagues = colleagues = self.variorum.rooms.shows_colleagues
        self._worker = self.run_worker(
            lambda: self._find(number, query, articles, colleagues), thread=True, group="concordance", exclusive=True
        )
        self.refresh_all()

    def _find(self, number: int, query: Query, articles: tuple[Article, ...], colleagues: bool) -> None:
        worker = get_current_worker()
        batch: list[Found] = []
        searched, sent, problem = 0, 0.0, ""
        try:
            with uncollected():
                sources = concordance.sources(self.session, colleagues=colleagues)
                for lines in concordance.search(query, articles, sources):
                    if worker.is_cancelled:
                        return
                    searched += 1
                    batch += lines
                    if batch and monotonic() - sent > BATCH_SECONDS:
                        self.post_message(self.Came(number, batch, searched, is_last=False))
                        batch, sent = [], monotonic()
        except SlowPatternError as error:
            problem = str(error)
        self.post_message(self.Came(number, batch, searched, is_last=True, problem=problem))

    def on_finding_came(self, event: Came) -> None:
        if event.number != self._search:
            return
        self.found += event.lines
        self._articles.update(line.article for line in event.lines if line.record is None)
        self._in_records += sum(line.record is not None for line in event.lines)
        self._searched = event.searched
        if event.is_last:
            self._worker = None
            if event.problem:
                self._state = f"{event.problem}; given up after {counted(event.searched, 'article')}"
            elif len(self.found) >= MOST_LINES:
                self._state = "more words find fewer"
        if self.order is Order.ARTICLE and not self._words:
            self.shown += event.lines
            self.list.add(len(event.lines))
            self.refresh_all()
        else:
            self.put_in_order()

    def stop(self) -> None:
        """Search no further."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
            self._search = 0
            self._state = f"stopped after {counted(self._searched, 'article')}"

    @property
    def is_searching(self) -> bool:
        return self._worker is not None

    # --- sorting and filtering ---

    def put_in_order(self) -> None:
        """Sort and filter the lines; where they are many, in another thread."""
        self._arrangement = number = next(self._numbers)
        lines, order, words, name = tuple(self.found), self.order, self._words, self.words.name

        def work() -> None:
            self.post_message(self.Arranged(number, concordance.arranged(lines, order, words, name)))

        if len(lines) > AT_ONCE:
            self.run_worker(work, thread=True, group="arrange", exclusive=True)
        else:
            self._show_arranged(concordance.arranged(lines, order, words, name))

    def on_finding_arranged(self, event: Arranged) -> None:
        if event.number == self._arrangement:
            self._show_arranged(event.lines)

    def _show_arranged(self, lines: list[Found]) -> None:
        here, self.shown = self.here, lines
        cursor = next((at for at, line in enumerate(lines) if line is here), 0)
        self.list.show(len(lines), cursor)
        self.refresh_all()

    # --- what is shown ---

    def refresh_all(self) -> None:
        if not self.is_attached:
            return
        self._refresh_heading()
        self._refresh_context()
        self.refresh_last()

    def _refresh_heading(self) -> None:
        query = self.asked
        if query is None:
            return
        name = quoted(fit(plain_line(query.words), 30))
        pieces: list[Piece] = [
            (f"  {name}", "foreground bold"),
            (" as a pattern" if query.is_pattern else "", "quiet"),
            (f"  {self.counts}", "quiet"),
        ]
        if self._worker is not None:
            total = len(self.session.library.articles)
            pieces.append((f"  searching … {spaced(self._searched)} of {spaced(total)}", "warning"))
        elif self._state:
            pieces.append((f"  {self._state}", "warning"))
        if not self._colleagues:
            pieces.append(("  colleagues' records are hidden", "quiet"))
        if self.marked:
            pieces.append((f"  {spaced(len(self.marked))} marked", "success bold"))
        if self._words:
            pieces.append((f"  with {quoted(plain_line(self._words))}: {spaced(len(self.shown))}", "accent"))
        self.heading.show([Line(pieces, [(f"by {self.order}  ", "faint")])])

    @property
    def counts(self) -> str:
        """How many matches there are, and where."""
        in_articles = len(self.found) - self._in_records
        if not self.found:
            return "no match in any article or record"
        parts = []
        if in_articles:
            first = "the first " if len(self.found) >= MOST_LINES else ""
            parts.append(f"{first}{matches_of(in_articles)} in {counted(len(self._articles), 'article')}")
        if self._in_records:
            parts.append(f"{spaced(self._in_records) if parts else matches_of(self._in_records)} in records")
        return ", ".join(parts)

    def _refresh_context(self) -> None:
        line = self.here
        width, height = self.context.size
        self.context.show(self.words.preview(line, width, height) if line is not None and width else [])

    def _row(self, index: int) -> Line:
        line = self.shown[index]
        return self.words.row(
            line, self.list.size.width, at_cursor=index == self.list.cursor, is_marked=line.number in self.marked
        )

    def on_row_list_moved(self) -> None:
        self._refresh_context()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.call_after_refresh(self.refresh_all)

    def on_resize(self) -> None:
        super().on_resize()
        self.set_class(self.size.height < 30, "low")
        self.call_after_refresh(self.refresh_all)

    def data_changed(self, _articles: frozenset[str]) -> None:
        self.list.refresh()


def matches_of(number: int) -> str:
    return f"{spaced(number)} {agreeing(number, 'match', 'matches')}"
