"""The Reader's search: what is typed is found while it is typed, and marked until escape."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from textual.message import Message
from textual.worker import get_current_worker

from tui.errors import RefusedError
from tui.model.span import Span
from tui.text.cells import fit, plain_line
from tui.text.numbers import agreeing, spaced
from tui.text.quotations import quoted
from tui.text.search import LONGEST, Matches, Query, SlowPatternError
from tui.ui.hints import hint
from tui.ui.reading import Ref
from tui.ui.screens.reader_moving import Moving
from tui.ui.widgets.column import Column
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.page import Page

LOOK_UP = 4_096
"""Matches after which a search looks whether it is still wanted."""
NAMED = 24
"""Cells of the words searched for in a sentence."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one was before a search, to the row."""

    cursor: int
    select_from: int | None
    head: int
    top: int
    current: Ref | None


@dataclass(slots=True)
class _Marking:
    """A search in one pane, as far as it has come."""

    number: int
    query: Query
    column: Column
    page: Page
    """What the pane showed when it was begun."""
    before: _Place | None
    """Where one was, while the search is still being typed."""
    match: Span | None = None
    """The match at hand."""
    matches: Matches | None = None
    at: int | None = None
    """Its position among all."""
    step: int = 0
    """A step to the next (1) or previous (-1) match that was asked for before the matches were known."""
    is_settled: bool = False
    """Whether it is typed to its end and the first match is gone to as soon as it is known."""

    @property
    def name(self) -> str:
        return quoted(fit(plain_line(self.query.words), NAMED))


class Searching(Moving):
    """Searching in the article of the active pane."""

    class Matched(Message):
        """What a search found so far: the first match at or after its start, then all."""

        def __init__(
            self, number: int, first: tuple[int, int] | None = None, matches: Matches | None = None, problem: str = ""
        ) -> None:
            super().__init__()
            self.number = number
            self.first = first
            self.matches = matches
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self._marking: _Marking | None = None
        self._left: tuple[Page, Span] | None = None
        """The match that was at hand when the last marking ended: the search goes on from there."""
        self._awaits_match = False
        """Whether it is not known yet where the search leads, and keys wait: they are meant for that place."""
        self._numbers = count(1)

    # --- asking ---

    def do_search(self) -> None:
        self.end_marking()
        before = self._place_now()

        def live(query: Query | None) -> None:
            if query is None:
                self.end_marking()
                self._go_back_to(before)
            else:
                self._look_for(query, before)

        def answer(query: Query) -> str | None:
            marking = self._marking
            if marking is None:  # the line is empty: the last search goes on
                self._look_for(query, None).step = 1
                self._awaits_match = True
                return None
            if marking.matches is not None and not len(marking.matches):
                return f"{marking.name} is nowhere in this article: correct it, or escape"
            marking.is_settled = True
            if marking.match is None:
                self._awaits_match = True
            self._settle_search(marking)
            return None

        def cancelled() -> None:
            self.end_marking()
            self._go_back_to(before)

        self.variorum.searches.ask(self.prompt, "/", "", answer, live=live, cancelled=cancelled)

    def _place_now(self) -> _Place:
        column = self.column
        return _Place(column.cursor, column.select_from, column.head, round(column.pane.scroll_target_y), self.current)

    def _go_back_to(self, before: _Place) -> None:
        column = self.column
        column.cursor, column.select_from, column.head = before.cursor, before.select_from, before.head
        column.draw()
        column.pane.scroll_to(y=before.top, animate=False, force=True, immediate=True)
        self.set_current(before.current)

    # --- searching ---

    def _look_for(self, query: Query, before: _Place | None) -> _Marking:
        """Search for this in another thread, first from where one was; what it finds comes as messages."""
        column, marking = self.column, self._marking
        if marking is not None and marking.query == query:
            return marking
        if before is None:
            self.end_marking()
        marking = self._marking = _Marking(next(self._numbers), query, column, column.page, before)
        if before is None and self._left is not None and self._left[0] is column.page:
            marking.match = self._left[1]
        number, text = marking.number, column.article.text
        start = column.page.statements[before.cursor].span.start if before is not None else None
        self.run_worker(lambda: self._find(number, query, text, start), thread=True, group="search", exclusive=True)
        return marking

    def _find(self, number: int, query: Query, text: str, start: int | None) -> None:
        worker = get_current_worker()

        def wanted(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
            for position, span in enumerate(spans):
                if position % LOOK_UP == 0 and worker.is_cancelled:
                    return
                yield span

        try:
            if start is not None:
                first = query.first(text, start) or query.first(text)
                if first is not None:
                    self.post_message(self.Matched(number, first))
            matches = Matches(wanted(query.spans(text)))
        except SlowPatternError as error:
            self.post_message(self.Matched(number, problem=str(error)))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Matched(number, matches=matches))

    def on_searching_matched(self, event: Matched) -> None:
        marking = self._marking
        if marking is None or marking.number != event.number:
            return
        if not self._is_there(marking):
            self.end_marking()
        elif event.problem:
            self._give_up(marking, event.problem)
        elif event.first is not None:
            self._first_found(marking, Span(*event.first))
        elif event.matches is not None:
            self._all_found(marking, event.matches)
        self.refresh_last()
        if self._marking is not marking or not marking.step:
            self._let_keys_go_on()

    @property
    def holds_keys(self) -> bool:
        return self._awaits_match or super().holds_keys

    def _let_keys_go_on(self) -> None:
        self._awaits_match = False
        self.variorum.typed.go_on()

    def _first_found(self, marking: _Marking, span: Span) -> None:
        column = marking.column
        column.matches, column.match = None, span
        marking.match = span
        if marking.is_settled:
            self._settle_search(marking)
        else:
            column.go_to(span)
            self.set_current(None)

    def _all_found(self, marking: _Marking, matches: Matches) -> None:
        column = marking.column
        marking.matches = matches
        if not len(matches):
            if not self.prompt.is_open:
                self._give_up(marking, f"{marking.name} is nowhere in this article")
                return
            column.matches = column.match = None
            if marking.before is not None:
                self._go_back_to(marking.before)
            self.prompt.note(f"{marking.name} is nowhere in this article", "warning")
            return
        column.matches = matches
        if marking.match is not None:
            at = matches.at_or_after(marking.match.start)
            marking.at = at if at < len(matches) and matches.span(at) == marking.match else None
        column.draw()
        if self.prompt.is_open:
            self.prompt.note(f"{self._count(marking)}   {self.variorum.searches.note}", "foreground")
        if marking.step:
            step, marking.step = marking.step, 0
            self._step_match(marking, step)

    def _give_up(self, marking: _Marking, sentence: str) -> None:
        before = marking.before
        if self._awaits_match:
            self.variorum.typed.drop()  # they were meant for a place that there is not
        self.end_marking()
        if before is not None:
            self._go_back_to(before)
        if self.prompt.is_open:
            self.prompt.note(sentence, "error")
        else:
            self.say(sentence, "warning")

    def _settle_search(self, marking: _Marking) -> None:
        """The search is typed to its end: go to its match as to any far place, from where one was."""
        column, before = marking.column, marking.before
        if marking.match is not None and before is not None:
            marking.before = None
            column.cursor, column.select_from, column.head = before.cursor, before.select_from, before.head
            self._arrive(marking)

    def _arrive(self, marking: _Marking) -> None:
        """Go to the match at hand, or let the selection reach to it."""
        column, match = marking.column, marking.match
        assert match is not None
        if column.select_from is None:
            with self.variorum.way.going("match"):
                self.go_to_place(column.article.id, match)
        else:
            self.select_to(match.end if match.end > column.select_from else match.start)
            column.draw()

    # --- from match to match ---

    def do_next_match(self, count: int = 1) -> None:
        self._to_match(count)

    def do_previous_match(self, count: int = 1) -> None:
        self._to_match(-count)

    def _to_match(self, step: int) -> None:
        last = self.variorum.searches.last
        if last is None:
            raise RefusedError(f"nothing was searched for yet: {self.key('search')} searches in this article")
        marking = self._marking
        if marking is None or marking.column is not self.column or not self._is_there(marking):
            self.end_marking()
            marking = self._look_for(last, None)
        if marking.matches is None:
            marking.step = step
            self._awaits_match = True
        else:
            self._step_match(marking, step)

    def _step_match(self, marking: _Marking, step: int) -> None:
        column, matches = marking.column, marking.matches
        assert matches is not None
        at = marking.at
        selecting = column.select_from is not None
        if at is not None and (selecting or column.page.statement_near(matches.starts[at]) == column.cursor):
            target = at + step
        else:
            target = matches.at_or_after(column.statement.start) - (step < 0)
        marking.at = target % len(matches)
        column.match = marking.match = matches.span(marking.at)
        self._arrive(marking)
        if target != marking.at:
            self.say(f"{self._count(marking)}, from the {'beginning' if step > 0 else 'end'} again")

    # --- what is marked ---

    def mark_search(self, query: Query, article: str, match: Span) -> None:
        """Mark what a search finds in this article, which was gone to, being at this match of it."""
        self.end_marking()
        if self.column.article.id != article:  # it could not be gone to
            return
        self._left = (self.column.page, match)
        self._look_for(query, None)
        self.column.match = match
        self.column.draw()

    def words_here(self) -> str:
        selection = self.column.selection
        return plain_line(selection.of(self.column.article.text)[:LONGEST]) if selection is not None else ""

    def _is_there(self, marking: _Marking) -> bool:
        """Whether its pane is open and shows what was searched."""
        return marking.column in self.columns and marking.column.page is marking.page

    def end_marking(self) -> None:
        """Mark no matches any more."""
        marking, self._marking = self._marking, None
        if self._awaits_match:  # what keys wait for may not come any more
            self._let_keys_go_on()
        if marking is not None:
            if marking.match is not None and marking.before is None:
                self._left = (marking.page, marking.match)
            marking.column.matches = marking.column.match = None
            if marking.column in self.columns:
                marking.column.draw()

    def do_cancel(self) -> None:
        marking = self._marking
        is_marked = marking is not None and self._is_there(marking)
        if marking is not None and is_marked and self.column.select_from is None:
            self.end_marking()
            waiting = f"; the {self.waiting_word} waits for its other end" if self.waiting is not None else ""
            self.say(f"{marking.name} is no longer marked{waiting}")
        else:
            super().do_cancel()

    def _count(self, marking: _Marking) -> str:
        assert marking.matches is not None
        total = len(marking.matches)
        if marking.at is not None:
            return f"{spaced(marking.at + 1)} of {spaced(total)}"
        return f"{spaced(total)} {agreeing(total, 'match', 'matches')}"

    def status(self) -> Line | None:
        waiting, marking = super().status(), self._marking
        if marking is None or marking.column is not self.column or not self._is_there(marking):
            return waiting
        if waiting is None and self.is_in_mode:
            return None
        if waiting is not None:
            return Line(waiting.left, [(f"{self._count(marking)} ", "accent bold")] if marking.matches else [])
        if marking.matches is None:
            return Line([(f" searching for {marking.name} …", "quiet")])
        pieces: list[Piece] = [(f" {self._count(marking)}", "accent bold"), (f"  {marking.name}  ", "quiet")]
        for action, words in (("next_match", "next"), ("previous_match", "previous"), ("cancel", "end")):
            pieces += hint(self.key(action), words)
        return Line(pieces)
