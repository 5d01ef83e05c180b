"""The Reader's motions, jumps and selection."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice

from tui.errors import RefusedError
from tui.model.records import Claim, Contradiction, Link
from tui.model.span import Span
from tui.text.cells import next_grapheme, previous_grapheme
from tui.text.motions import labels, next_word_end, next_word_start, previous_word_end, previous_word_start, words
from tui.text.quotations import quotation_around
from tui.ui.open_claims import sight_of
from tui.ui.reading import Ref, ref_to
from tui.ui.screens.reader_acting import Acting
from tui.ui.signs import SIGNS
from tui.ui.widgets.picker import Choice

JUMP_KEYS = "asdfghjklqwertyuiopzxcvbnm"
QUOTATIONS_TRIED = 50
"""How many marks are looked at for a quotation: in text made to annoy each look costs as much as its line is long."""
_OPENING_MARK = re.compile('[“‘"«„]')
WORD_KEYS = JUMP_KEYS + JUMP_KEYS.upper() + "1234567890"


class Moving(Acting):
    """Moving by statement, paragraph, page, record and link; jumping by letter; selecting."""

    def __init__(self) -> None:
        super().__init__()
        self._jumps: dict[str, Callable[[], None]] = {}
        self._typed = ""

    # --- statements and pages ---

    def _moved(self) -> None:
        """The cursor is on another statement: no record is current any more."""
        self.set_current(None)

    def do_next(self) -> None:
        if self.column.step(1):
            self._moved()

    def do_previous(self) -> None:
        if self.column.step(-1):
            self._moved()

    def do_next_paragraph(self) -> None:
        self._move_to(self.column.page.next_paragraph(self.column.cursor), 1)

    def do_previous_paragraph(self) -> None:
        self._move_to(self.column.page.previous_paragraph(self.column.cursor), -1)

    def _move_to(self, index: int, step: int) -> None:
        """Put the cursor on this statement or the next one in the direction of `step` that is not debris."""
        target = self.column.page.readable_from(index, step)
        if target is None:
            target = self.column.page.readable_from(index, -step)
        if target is not None and self.column.select_from is not None:
            span = self.column.page.statements[target].span
            self._select_to(span.end if span.end > self.column.select_from else span.start)
        elif target is not None:
            self.column.move_to(target)
            self._moved()

    def do_page_down(self) -> None:
        self._page(self.column.pane.size.height - 2)

    def do_page_up(self) -> None:
        self._page(2 - self.column.pane.size.height)

    def do_half_down(self) -> None:
        self._page(self.column.pane.size.height // 2)

    def do_half_up(self) -> None:
        self._page(-(self.column.pane.size.height // 2))

    def _page(self, rows: int) -> None:
        """Scroll by rows and take the cursor along; it stays on a statement of which more is still to be seen."""
        column, layout = self.column, self.column.page.layout
        step = 1 if rows > 0 else -1
        top, height = round(column.pane.scroll_target_y), column.pane.size.height
        first, last = column.page.rows_of(column.statement.start, column.statement.end)
        target = min(max(first + rows, 0), len(layout) - 1)
        column.pane.scroll_to(y=max(0, top + rows), animate=False, force=True, immediate=True)
        if last - first >= height and (first < top if step < 0 else last >= top + height):
            return
        index = column.page.statement_near(layout.row(target)[0])
        self._move_to(index if index != column.cursor else index + step, step)

    def do_first(self) -> None:
        self._move_to(0, 1)

    def do_last(self) -> None:
        self._move_to(len(self.column.page.statements) - 1, -1)

    # --- panes ---

    def do_left(self) -> None:
        self.activate(self.active - 1)

    def do_right(self) -> None:
        self.activate(self.active + 1)

    def do_other_pane(self) -> None:
        if len(self.columns) == 1:
            raise RefusedError("there is one pane only: + opens another")
        self.activate((self.active + 1) % len(self.columns))

    # --- records and links ---

    def do_next_record(self) -> None:
        self._step_record(1)

    def do_previous_record(self) -> None:
        self._step_record(-1)

    def _step_record(self, step: int) -> None:
        column = self.column
        stops = self.stops(column.article.id)
        if not stops:
            raise RefusedError("nothing is recorded in this article yet")
        if self.current in stops:
            position = stops.index(self.current) + step
        else:
            before = bisect_left(stops, column.statement.start, key=self._start_of)
            position = before if step > 0 else before - 1
        if not 0 <= position < len(stops):
            raise RefusedError("this is the last record of the article" if step > 0 else "this is the first record")
        self.go_to(stops[position])

    def _claim_of(self, ref: Ref) -> Claim | None:
        return self.session.index_of(ref.annotator).claim(ref.at or ref.id)

    def _start_of(self, ref: Ref) -> int:
        claim = self._claim_of(ref)
        return self._sight_of(claim).start if claim is not None else 0

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
        self.go_to_place(claim.article, self._sight_of(claim))
        self.set_current(ref)

    def go_to_place(self, article: str, span: Span) -> None:
        """Go to a stretch of an article, opening it if need be; the statement that holds its beginning is current."""
        column = self.show_article(article)
        column.select_from = None
        column.go_to(span)
        self.set_current(None)

    def do_follow(self) -> None:
        record = self.record_of(self.current)
        if record is not None and not isinstance(record, Claim):
            links: list[tuple[Link, str | None]] = [(record, self.current.at if self.current else None)]
        else:
            claims = (record,) if record is not None else self.claims_here()
            links = [(link, claim.id) for claim in claims for link in self.session.links_of(claim)]
        ends = [(link, end) for link, here in links for end in self.session.ends_of(link) if end.id != here]
        if not ends:
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

    # --- jumping by letter ---

    def do_jump(self) -> None:
        targets = []
        for position, column in enumerate(self.columns):
            if column.display:
                start, end = column.pane.stretch
                above = column.page.statements[column.page.statement_near(start)].span
                spans = [statement.span for statement in column.page.statements_in(start, end)]
                if above.start < start < above.end:
                    spans.insert(0, Span(start, above.end))
                targets += [(position, span) for span in spans]
        if not targets:
            raise RefusedError("there is no statement on the screen to jump to")
        names = labels(len(targets), JUMP_KEYS)
        marks: dict[int, dict[int, str]] = {}
        for name, (position, span) in zip(names, targets, strict=True):
            marks.setdefault(position, {})[span.start] = name
            self._jumps[name] = partial(self._jump_to, position, span)
        for position, offsets in marks.items():
            self.columns[position].pane.label(offsets)

    def _jump_to(self, position: int, span: Span) -> None:
        self.activate(position)
        self.column.move_to(self.column.page.statement_near(span.start))
        self._moved()

    def take_key(self, key: str) -> bool:
        if not self._jumps:
            return False
        self._typed += key
        go = self._jumps.get(self._typed)
        if go is not None or not any(name.startswith(self._typed) for name in self._jumps):
            self.end_jump()
            if go is not None:
                go()
            elif key != "escape":
                self.say("there is no such letter on the screen", "warning")
        return True

    def end_jump(self) -> None:
        if not self._jumps:
            return
        self._jumps, self._typed = {}, ""
        for column in self.columns:
            column.pane.label({})

    @property
    def is_jumping(self) -> bool:
        return bool(self._jumps)

    # --- selecting ---

    def do_select(self) -> None:
        column = self.column
        if column.select_from is not None:
            column.select(None)
            self.refresh_strip()
            return
        record = self.record_of(self.current)
        own = self.session.claims_at(column.article.id, column.statement)
        if isinstance(record, Claim) and record.article == column.article.id and record.stands_in(column.article.text):
            span = record.span
        else:
            span = own[0].span if len(own) == 1 else column.statement
        column.select(span.start, span.end)

    def _select_to(self, head: int) -> None:
        column = self.column
        if column.select_from is not None and head != column.select_from and 0 <= head <= len(column.article.text):
            column.select(column.select_from, head)

    def _grows_forwards(self) -> bool:
        """Whether the end that moves is the later one; then it goes by the ends of words, else by their starts."""
        return self.column.head >= (self.column.select_from or 0)

    def do_word_right(self) -> None:
        text, head = self.column.article.text, self.column.head
        step = next_word_end if self._grows_forwards() else next_word_start
        target = step(text, head)
        self._select_to(target if target != self.column.select_from else step(text, target))

    def do_word_left(self) -> None:
        text, head = self.column.article.text, self.column.head
        step = previous_word_end if self._grows_forwards() else previous_word_start
        target = step(text, head)
        self._select_to(target if target != self.column.select_from else step(text, target))

    def do_character_right(self) -> None:
        text, head = self.column.article.text, self.column.head
        target = next_grapheme(text, head)
        self._select_to(next_grapheme(text, target) if target == self.column.select_from else target)

    def do_character_left(self) -> None:
        text, head = self.column.article.text, self.column.head
        target = previous_grapheme(text, head)
        self._select_to(previous_grapheme(text, target) if target == self.column.select_from else target)

    def do_statement_down(self) -> None:
        ends = [statement.span.end for statement in self.column.page.statements]
        self._select_to(next((end for end in ends if end > self.column.head), self.column.head))

    def do_statement_up(self) -> None:
        column = self.column
        assert column.select_from is not None
        spans = [statement.span for statement in column.page.statements]
        if column.head > column.select_from:
            stops = [span.end for span in spans if column.select_from < span.end < column.head]
        else:
            stops = [span.start for span in spans if span.start < column.head]
        if stops:
            self._select_to(stops[-1])

    def do_swap_ends(self) -> None:
        column = self.column
        assert column.select_from is not None
        column.select(column.head, column.select_from)

    def do_quotation(self) -> None:
        column = self.column
        text = column.article.text
        inside = column.selection or column.statement
        for place in (inside, column.statement):
            for mark in islice(_OPENING_MARK.finditer(text, place.start, place.end), QUOTATIONS_TRIED):
                found = quotation_around(text, mark.start())
                if found is not None:
                    column.select(*found)
                    return
        around = quotation_around(text, inside.start)
        if around is None:
            raise RefusedError("there is no quotation in or around the selection")
        column.select(*around)

    def do_words(self) -> None:
        column = self.column
        place, chosen = column.statement, column.selection
        first, last = (place.start, place.end) if chosen is None else _around(place, chosen)
        column.pane.reveal(first, last)
        top, bottom = column.pane.stretch
        found = list(words(column.article.text, max(first, top), min(last, bottom)))
        if not found:
            raise RefusedError("there is no word to begin or end with on the screen")
        names = labels(len(found), WORD_KEYS)
        self._label_words("start", dict(zip(names, found, strict=True)))

    def _label_words(self, which: str, named: Mapping[str, tuple[int, int]]) -> None:
        """Wait for the letter of the word to start with, then, with the same letters, of the one to end with."""

        def take(word: tuple[int, int]) -> None:
            if which == "end":
                self.column.select(min(word[0] for word in named.values()), word[1])
            else:
                self._label_words("end", {name: other for name, other in named.items() if other[0] >= word[0]})

        self._jumps = {name: partial(take, word) for name, word in named.items()}
        self.column.pane.label({start: name for name, (start, _) in named.items()})
        self.say(f"the letter of the word to {which} with, escape cancels")


def _around(place: Span, other: Span) -> tuple[int, int]:
    """The stretch that holds both."""
    return min(place.start, other.start), max(place.end, other.end)
