"""The concordance: every place where some words stand, one line each, in all articles and all records."""

from itertools import count
from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.worker import Worker, get_current_worker

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.records import ArticleNote
from tui.model.span import Span
from tui.session import concordance, gestures
from tui.session.concordance import MOST_LINES, Found, Order
from tui.session.gestures import End
from tui.text.cells import fit, plain_line
from tui.text.numbers import agreeing, counted, spaced
from tui.text.quotations import quoted
from tui.text.search import Query, SlowPatternError
from tui.ui.actions import Where
from tui.ui.concordance_lines import LineWords
from tui.ui.screens.base import BaseScreen
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.picker import Choice
from tui.ui.widgets.prompt import consume
from tui.ui.widgets.row_list import RowList

BATCH_SECONDS = 0.1
"""How often what was found is shown while a search runs; the first lines are shown at once."""
AT_ONCE = 1_000
"""Lines that are sorted and filtered within a frame; more are in another thread."""
MOST_TAGGED = 1_000
"""Lines that are tagged in one step at most."""


class ConcordanceScreen(BaseScreen):
    """What was found last; it keeps its lines, marks and place while one is elsewhere."""

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

    class ToTag(Message):
        """What lines that are to be tagged mean; `left_out` is the number of those that mean no claim."""

        def __init__(self, ends: list[End], left_out: int, tag: str) -> None:
            super().__init__()
            self.ends = ends
            self.left_out = left_out
            self.tag = tag

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
        self._held: list[events.Key] | None = None
        """Keys that wait until what is being tagged is tagged."""

    def compose(self) -> ComposeResult:
        yield self.header
        with Vertical(id="finds"):
            yield self.heading
            yield self.list
            yield self.context
        yield self.last
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
        session = self.session
        articles = tuple(session.library.articles)
        self._worker = self.run_worker(
            lambda: self._find(number, query, articles), thread=True, group="concordance", exclusive=True
        )
        self.refresh_all()

    def _find(self, number: int, query: Query, articles: tuple[Article, ...]) -> None:
        worker = get_current_worker()
        batch: list[Found] = []
        searched, sent, problem = 0, 0.0, ""
        try:
            for lines in concordance.search(query, articles, concordance.sources(self.session)):
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

    def on_concordance_screen_came(self, event: Came) -> None:
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
                self._state = f"only the first {spaced(MOST_LINES)} are shown: search for more words"
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

    def on_concordance_screen_arranged(self, event: Arranged) -> None:
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
            parts.append(f"{_matches(in_articles)} in {counted(len(self._articles), 'article')}")
        if self._in_records:
            parts.append(f"{spaced(self._in_records) if parts else _matches(self._in_records)} in records")
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

    def on_row_list_opened(self) -> None:
        self.do_open()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.call_after_refresh(self.refresh_all)

    def on_resize(self) -> None:
        super().on_resize()
        self.set_class(self.size.height < 30, "low")
        self.call_after_refresh(self.refresh_all)

    def data_changed(self, _articles: frozenset[str]) -> None:
        self.list.refresh()

    def status(self) -> Line | None:
        return self.variorum.waiting()

    def article_here(self) -> Article:
        article = self.session.articles.get(self.here.article) if self.here is not None else None
        if article is None:
            raise RefusedError("there is no article here")
        return article

    # --- moving ---

    def do_next(self) -> None:
        self.list.move_by(1)

    def do_previous(self) -> None:
        self.list.move_by(-1)

    def do_page_down(self) -> None:
        self.list.move_by(self.list.page)

    def do_page_up(self) -> None:
        self.list.move_by(-self.list.page)

    def do_first(self) -> None:
        self.list.move_to(0)

    def do_last(self) -> None:
        self.list.move_to(len(self.shown) - 1)

    def do_open(self) -> None:
        line = self._line_here()
        session, record = self.session, line.record
        if record is None:
            assert self.asked is not None
            self.variorum.show_place(line.article, Span(line.start, line.end))
            self.variorum.mark_matches(self.asked, Span(line.start, line.end))
        elif isinstance(record, ArticleNote):
            article = self.article_here()
            self.variorum.show_place(article.id, session.statements(article.id)[0].span)
        else:
            claim = concordance.claim_of(session, record)
            if claim is None:
                raise RefusedError("this record is not there any more: F searches again")
            self.variorum.show_record(claim)

    def _line_here(self) -> Found:
        line = self.here
        if line is None:
            raise RefusedError("there is no line here")
        return line

    # --- the list ---

    def do_sort(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.put_in_order()
        self.say(f"sorted by {self.order}")

    def do_filter(self) -> None:
        before = self._words

        def live(words: str) -> None:
            if words != self._words:
                self._words = words
                self.put_in_order()

        self.prompt.ask(
            "only lines with",
            before,
            lambda _words: None,
            live=live,
            cancelled=lambda: live(before),
            note="words in the line or in the article’s name   enter: keep   escape: back",
        )

    def do_mark(self) -> None:
        line = self._line_here()
        self.marked ^= {line.number}
        self.list.refresh_lines(self.list.cursor)
        self.list.move_by(1)
        self._refresh_heading()

    def do_mark_all(self) -> None:
        numbers = {line.number for line in self.shown}
        self.marked = self.marked - numbers if numbers <= self.marked else self.marked | numbers
        self.list.refresh()
        self._refresh_heading()

    def do_cancel(self) -> None:
        super().do_cancel()
        if self.variorum.waiting() is not None:
            self.variorum.stop_waiting()
            self.say("nothing was linked")
        elif self._worker is not None:
            self.stop()
        elif self._words:
            self._words = ""
            self.put_in_order()
        elif self.marked:
            self.marked.clear()
            self.list.refresh()
        self.refresh_all()

    # --- tagging ---

    def do_tag(self) -> None:
        self._line_here()
        lines = self._meant()
        if len(lines) > MOST_TAGGED:
            raise RefusedError(
                f"{len(lines):,} lines are marked: no more than {MOST_TAGGED:,} can be tagged in one step"
            )
        tags = [
            Choice(tag.name, tag.name, letter=tag.key, detail=tag.description, colour=f"tag-{tag.colour}")
            for tag in self.session.config.tags
        ]
        title = "tag" if len(lines) == 1 else f"tag {_matches(len(lines))}"
        region = self.list.region
        near = Offset(region.x + 22, region.y + self.list.cursor - self.list.scroll_offset.y)
        self.picker.ask(title, tags, self._tag, near=near, several=True)

    def _meant(self) -> list[Found]:
        """The lines that are marked, else the one at hand."""
        return [line for line in self.found if line.number in self.marked] or [self._line_here()]

    def _tag(self, tag: str, stay: bool) -> None:
        """Find out what the lines mean, which takes time where articles have to be segmented; keys wait meanwhile."""
        lines, session = self._meant(), self.session
        if not stay:
            self.marked.clear()
        self._held = []
        self.say("tagging …", "quiet")

        def work() -> None:
            ends, left_out = concordance.ends_of(session, lines)
            self.post_message(self.ToTag(ends, left_out, tag))

        self.run_worker(work, thread=True, group="tag", exclusive=True)

    def on_concordance_screen_to_tag(self, event: ToTag) -> None:
        try:
            if not event.ends:
                raise RefusedError("there is no claim here to tag: an article’s memo has none")
            gesture = gestures.tag_all(self.session.desk, event.ends, event.tag)
            self.perform_gesture(gesture)
            if event.left_out:
                self.say(f"{gesture.label}; {counted(event.left_out, 'line')} left out: no claim is there")
        except RefusedError as error:
            self.say(str(error), "warning")
        held, self._held = self._held or [], None
        self.list.refresh()
        self._refresh_heading()
        for key in held:
            self.on_key(key)

    def on_key(self, event: events.Key) -> None:
        if self._held is not None and self.app.screen is self:
            consume(event)
            self._held.append(event)
        else:
            super().on_key(event)


def _matches(number: int) -> str:
    return f"{spaced(number)} {agreeing(number, 'match', 'matches')}"
