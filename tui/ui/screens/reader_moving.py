"""The Reader's motions."""

from collections.abc import Sequence

from tui.errors import RefusedError
from tui.model.records import Claim, Contradiction, Link
from tui.model.span import Span
from tui.ui.open_claims import sight_of
from tui.ui.places import Place
from tui.ui.reading import Ref, missing_sentence, ref_to
from tui.ui.screens.reader_base import MOST_PANES
from tui.ui.screens.reader_selecting import ReaderSelecting
from tui.ui.signs import SIGNS
from tui.ui.widgets.picker import Choice


class Moving(ReaderSelecting):
    """Moving by statement, paragraph, page, record and link."""

    # --- statements and pages ---

    def _moved(self) -> None:
        """The cursor is on another statement: no record is current any more."""
        self.set_current(None)

    def do_next(self, count: int = 1) -> None:
        if self.column.step(count):
            self._moved()

    def do_previous(self, count: int = 1) -> None:
        if self.column.step(-count):
            self._moved()

    def do_next_paragraph(self, count: int = 1) -> None:
        self._move_to(self.column.page.next_paragraph(self.column.cursor, count), 1)

    def do_previous_paragraph(self, count: int = 1) -> None:
        self._move_to(self.column.page.previous_paragraph(self.column.cursor, count), -1)

    def _move_to(self, index: int, step: int) -> None:
        """Put the cursor on this statement or the next one in the direction of `step` that is not debris."""
        target = self.column.page.readable_from(index, step)
        if target is None:
            target = self.column.page.readable_from(index, -step)
        if target is not None and self.column.select_from is not None:
            span = self.column.page.statements[target].span
            self.select_to(span.end if span.end > self.column.select_from else span.start)
        elif target is not None:
            self.column.move_to(target)
            self._moved()

    def do_page_down(self, count: int = 1) -> None:
        self._page(count, self.column.pane.size.height - 2)

    def do_page_up(self, count: int = 1) -> None:
        self._page(-count, self.column.pane.size.height - 2)

    def do_half_down(self, count: int = 1) -> None:
        self._page(count, self.column.pane.size.height // 2)

    def do_half_up(self, count: int = 1) -> None:
        self._page(-count, self.column.pane.size.height // 2)

    def _page(self, count: int, each: int) -> None:
        """Scroll so many times by so many rows, in the lowest pane by one, and take the cursor along; it stays on a
        statement of which more is still to be seen."""
        column, layout = self.column, self.column.page.layout
        rows, step = count * max(1, each), 1 if count > 0 else -1
        top, height = round(column.pane.scroll_target_y), column.pane.size.height
        first, last = column.page.rows_of(column.statement.start, column.statement.end)
        target = min(max(first + rows, 0), len(layout) - 1)
        column.pane.scroll_to(y=max(0, top + rows), animate=False, force=True, immediate=True)
        if last - first >= height and (first < top if step < 0 else last >= top + height):
            return
        index = column.page.statement_near(layout.row(target)[0])
        self._move_to(index if index != column.cursor else index + step, step)

    def do_first(self, count: int | None = None) -> None:
        self._go_to_end(0, 1, count)

    def do_last(self, count: int | None = None) -> None:
        self._go_to_end(len(self.column.page.statements) - 1, -1, count)

    def _go_to_end(self, index: int, step: int, paragraph: int | None) -> None:
        """Go to an end of the article, or to the paragraph of this number."""
        with self.variorum.way.going():
            if paragraph is None:
                self._move_to(index, step)
            else:
                index, number, count = self.column.page.paragraph(paragraph)
                self._move_to(index, 1)
                self.say(f"paragraph {number} of {count}", "quiet")

    # --- panes ---

    @property
    def open_now(self) -> list[str]:
        """The articles that are open, by pane."""
        return [column.article.id for column in self.columns]

    def open_exactly(self, articles: Sequence[str]) -> None:
        """Let these and no others be open, in this order; one that is open already keeps its place."""
        for position in reversed(range(len(self.columns))):
            if self.columns[position].article.id not in articles:
                self.remove_column(position)
        for article in articles[:MOST_PANES]:
            if article not in self.open_now:
                self.add_column(article)
        self.columns.sort(key=lambda column: articles.index(column.article.id))
        panes = self.query_one("#panes")
        panes.sort_children(key=lambda child: self.columns.index(child) if child in self.columns else 99)
        self.column.active = False
        self.active = 0
        self.lay_out()
        self.set_current(None)

    def do_left(self, count: int = 1) -> None:
        self.activate(max(0, self.active - count))

    def do_right(self, count: int = 1) -> None:
        self.activate(min(self.active + count, len(self.columns) - 1))

    def do_other_pane(self, count: int | None = None) -> None:
        if len(self.columns) == 1:
            raise RefusedError(f"there is one pane only: {self.key('more_panes')} opens another")
        if count is not None and count > len(self.columns):
            raise RefusedError(f"there is no pane {count}")
        self.activate((self.active + 1) % len(self.columns) if count is None else count - 1)

    # --- records and links ---

    def do_next_record(self, count: int = 1) -> None:
        self._step_record(count)

    def do_previous_record(self, count: int = 1) -> None:
        self._step_record(-count)

    def _step_record(self, step: int) -> None:
        column = self.column
        stops = self.stops(column.article.id)
        if not stops:
            raise RefusedError("nothing is recorded in this article yet")
        stop = stops.step(self.current, column.statement.start, step)
        if stop is None:
            raise RefusedError("this is the last record of the article" if step > 0 else "this is the first record")
        with self.variorum.way.going("record"):
            self.go_to(stop)

    def _claim_of(self, ref: Ref) -> Claim | None:
        return self.session.index_of(ref.annotator).claim(ref.at or ref.id)

    def _sight_of(self, claim: Claim) -> Span:
        """Where a claim is seen: an orphan stands nowhere."""
        placed = self.session.views.placed(claim)
        return claim.span if placed is None else sight_of(self.session, placed)

    def go_to(self, ref: Ref) -> None:
        """Go to the claim this record is (looked at from), opening its article if need be, and make it current."""
        claim = self._claim_of(ref)
        if claim is None:
            raise RefusedError("this claim is not there any more")
        if claim.article not in self.session.articles:
            raise RefusedError(f"its article, {claim.article}, is not in this workspace: it can't be shown")
        with self.variorum.way.going():
            self.go_to_place(claim.article, self._sight_of(claim))
            self.set_current(ref)

    def go_to_place(self, article: str, span: Span) -> None:
        """Go to a stretch of an article, opening it if need be; the statement that holds its beginning is current."""
        with self.variorum.way.going():
            column = self.show_article(article)
            column.select_from = None
            column.go_to(span)
            self.set_current(None)

    @property
    def here(self) -> Place | None:
        """Where the reader is, to come back to; None before anything was opened."""
        if not self.columns:
            return None
        return Place(self.column.article.id, self.column.statement.start, self.current, tuple(self.open_now))

    def come_back(self, place: Place) -> None:
        """Go to where the reader was, and make current what was, if it is there still."""
        self._take_back_panes(place.panes)
        column = self.show_article(place.article)
        column.select_from = None
        column.go_to(column.page.statements[column.page.statement_near(place.offset)].span)
        self.set_current(place.ref if self.record_of(place.ref) is not None else None)

    def _take_back_panes(self, panes: Sequence[str]) -> None:
        """Open again what a jump from there closed or put another article in the place of; what it opened beside them
        stays, and a waiting end keeps its pane."""
        now = self.open_now
        if len(panes) != len(now):
            there = [article for article in panes if article in self.session.articles]
            if self.waiting is None and not set(there) <= set(now):
                self.open_exactly(there)
            return
        for position, article in enumerate(panes):
            if article not in now and article in self.session.articles:
                self.activate(position)
                self.replace(article)

    def do_follow(self) -> None:
        record = self.record_of(self.current)
        if record is not None and not isinstance(record, Claim):
            links: list[tuple[Link, str | None]] = [(record, self.current.at if self.current else None)]
        else:
            claims = (record,) if record is not None else self.claims_here()
            links = [(link, claim.id) for claim in claims for link in self.session.links_of(claim)]
        ends = [(link, end) for link, here in links for end in self.session.ends_of(link) if end.id != here]
        if not ends:
            if loose := [link for link, _ in links if self.session.missing_ends(link)]:
                missing = missing_sentence(self.session, loose[0])
                raise RefusedError(f"{missing}: variorum check names the line in links.yaml")
            raise RefusedError("nothing here is linked to another statement")
        if len(ends) == 1:
            self.go_to(ref_to(*ends[0]))
            return
        choices = []
        for position, (link, end) in enumerate(ends):
            sign = SIGNS.contradiction if isinstance(link, Contradiction) else SIGNS.duplicate
            words = f"{sign} {self.strip_source.name_of(end.article)}  {end.gist or end.exact}"
            choices.append(Choice(str(position), words))
        self.choose("follow to", choices, lambda value, _stay: self.try_to(self.go_to, ref_to(*ends[int(value)])))
