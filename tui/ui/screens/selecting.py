"""Selecting words, with the same keys wherever it can be done: by words, characters and statements, quotations, and by
letter; and the letters laid over the text, one of which is typed to be there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Protocol, TypeAlias

from tui.errors import RefusedError
from tui.model.article import Article, Statement
from tui.model.span import Span
from tui.text.cells import next_grapheme, previous_grapheme
from tui.text.motions import labels, next_word_end, next_word_start, previous_word_end, previous_word_start, words
from tui.text.quotations import quotation_around
from tui.ui.actions import Where
from tui.ui.screens.base import BaseScreen

QUOTATIONS_TRIED = 50
"""How many marks are looked at for a quotation: in text made to annoy each look costs as much as its line is long."""
_OPENING_MARK = re.compile('[“‘"«„]')
MOST_STEPS = 999
"""Words or characters that one key moves the end of a selection by at most: so many are done within a frame."""
Step: TypeAlias = Callable[[str, int], int]
JUMP_KEYS = "asdfghjklqwertyuiopzxcvbnm"
WORD_KEYS = JUMP_KEYS + JUMP_KEYS.upper() + "1234567890"


class Lettered(Protocol):
    """A pane of text that letters can be laid over."""

    @property
    def stretch(self) -> tuple[int, int]:
        """The offsets between which text is on the screen."""

    def label(self, labels: Mapping[int, str]) -> None:
        """Show these letters over the text at these offsets, or none."""

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that this stretch can be seen, its beginning at least."""


class Chosen(Protocol):
    """An article's text with a selection in it."""

    select_from: int | None
    """Where the selection was begun; None: nothing is selected."""
    head: int
    """The end of the selection that moves."""

    @property
    def article(self) -> Article: ...

    @property
    def pane(self) -> Lettered: ...

    @property
    def statements(self) -> Sequence[Statement]:
        """All of the article's."""

    @property
    def statement(self) -> Span:
        """The current one."""

    @property
    def selection(self) -> Span | None: ...

    def select(self, anchor: int | None, head: int = 0) -> None:
        """Select from here to there, or nothing."""


class Selecting(BaseScreen):
    """A screen on which words are selected."""

    def __init__(self) -> None:
        super().__init__()
        self._jumps: dict[str, Callable[[], None]] = {}
        self._typed = ""

    @property
    def chosen(self) -> Chosen:
        """What the keys select in."""
        raise NotImplementedError

    def labelled(self) -> Iterable[Lettered]:
        """The panes that letters may lie over."""
        raise NotImplementedError

    # --- letters over the text ---

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
                again = self.key("jump" if self.where in (Where.READER, Where.BESIDE) else "words")
                self.say(f"there is no such letter on the screen: {again} gives them anew", "warning")
        return True

    def end_jump(self) -> None:
        if not self._jumps:
            return
        self._jumps, self._typed = {}, ""
        for pane in self.labelled():
            pane.label({})

    @property
    def is_jumping(self) -> bool:
        return bool(self._jumps)

    # --- selecting ---

    def select_to(self, head: int) -> None:
        """Move the end of the selection there."""
        column = self.chosen
        if column.select_from is not None and head != column.select_from and 0 <= head <= len(column.article.text):
            column.select(column.select_from, head)

    def do_word_right(self, count: int = 1) -> None:
        self._grow(next_word_end, next_word_start, count)

    def do_word_left(self, count: int = 1) -> None:
        self._grow(previous_word_end, previous_word_start, count)

    def do_character_right(self, count: int = 1) -> None:
        self._grow(next_grapheme, next_grapheme, count)

    def do_character_left(self, count: int = 1) -> None:
        self._grow(previous_grapheme, previous_grapheme, count)

    def _grow(self, by_ends: Step, by_starts: Step, count: int) -> None:
        """Move the end of the selection by so many steps; it never stands where the selection was begun."""
        text, head, anchor = self.chosen.article.text, self.chosen.head, self.chosen.select_from or 0
        for _ in range(min(count, MOST_STEPS)):
            step = by_ends if head >= anchor else by_starts
            target = step(text, head)
            target = target if target != anchor else step(text, target)
            if target in (head, anchor):
                break
            head = target
        self.select_to(head)

    def do_statement_down(self, count: int = 1) -> None:
        statements, head = self.chosen.statements, self.chosen.head
        first = bisect_right(statements, head, key=lambda statement: statement.span.end)
        if first < len(statements):
            self.select_to(statements[min(first + count, len(statements)) - 1].span.end)

    def do_statement_up(self, count: int = 1) -> None:
        column = self.chosen
        assert column.select_from is not None
        statements, head = column.statements, column.head
        if head > column.select_from:
            # The ends between the two, the last first.
            first = bisect_right(statements, column.select_from, key=lambda statement: statement.span.end)
            beyond = bisect_left(statements, head, key=lambda statement: statement.span.end)
            stops = [statement.span.end for statement in statements[max(first, beyond - count) : beyond]]
        else:
            beyond = bisect_left(statements, head, key=lambda statement: statement.span.start)
            stops = [statement.span.start for statement in statements[max(0, beyond - count) : beyond]]
        if stops:
            self.select_to(stops[0])

    def do_swap_ends(self) -> None:
        column = self.chosen
        assert column.select_from is not None
        column.select(column.head, column.select_from)

    def do_quotation(self) -> None:
        column = self.chosen
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
        column = self.chosen
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
                self.chosen.select(min(word[0] for word in named.values()), word[1])
            else:
                self._label_words("end", {name: other for name, other in named.items() if other[0] >= word[0]})

        self._jumps = {name: partial(take, word) for name, word in named.items()}
        self.chosen.pane.label({start: name for name, (start, _) in named.items()})
        self.say(f"the letter of the word to {which} with, escape cancels")


def _around(place: Span, other: Span) -> tuple[int, int]:
    """The stretch that holds both."""
    return min(place.start, other.start), max(place.end, other.end)
