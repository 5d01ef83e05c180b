"""A whole article squeezed into the height of its pane: where records are, and where one is. No Textual here."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Piece
from tui.ui.widgets.page import Sign

_DRAWN = (SIGNS.unsettled, SIGNS.clash, SIGNS.duplicate)
"""The kinds of signs there are besides those of claims, what matters most first, as one cell shows them."""

SignsIn: TypeAlias = Callable[[int, int], Iterable[tuple[int, Sign]]]
"""The signs in the rows of an article from the first one to before the second, each with its row."""


class Overview:
    """The rows of an article in `height` rows, each with one sign for what matters most in it.

    What stands in a row here is worked out by and by: where there are thousands of records, no key waits for all.
    """

    def __init__(self, height: int = 0, rows: int = 0, signs_in: SignsIn = lambda _first, _end: ()) -> None:
        self.height = height
        self.rows = rows
        self.is_needed = 0 < height < rows
        """Whether there is more of the article than the pane shows at once."""
        self._signs_in = signs_in
        self._signs: dict[int, Piece] = {}
        self._first: dict[int, int] = {}
        """Of each row here, the first row of the article that something is recorded in."""
        self._found: frozenset[int] = frozenset()
        self._due = list(range(height)) if self.is_needed else []
        """The rows that are not worked out, the next one last."""

    @property
    def is_due(self) -> bool:
        """Whether there are rows that are not worked out."""
        return bool(self._due)

    def renew(self, first: int, last: int) -> int:
        """Signs may be others than they were: all is to be worked out anew, first what stands for these rows of the
        article, which are so many rows here."""
        if not self.is_needed:
            return 0
        here = range(self.y_of(first), self.y_of(min(last, self.rows - 1)) + 1)
        self._due = [*(y for y in reversed(range(self.height)) if y not in here), *reversed(here)]
        return len(here)

    def go_on(self, rows: int) -> list[int]:
        """Work out so many more rows, as far as there are; those that look different than before."""
        different = []
        for _ in range(min(rows, len(self._due))):
            y = self._due.pop()
            before = self._signs.get(y)
            self._sum_up(y)
            if self._signs.get(y) != before:
                different.append(y)
        return different

    def find(self, is_found: Callable[[int, int], bool]) -> frozenset[int]:
        """Take what a search found: `is_found` tells whether it found anything from one row of the article to before
        another. The rows here that look different than before."""
        before, self._found = self._found, frozenset()
        if self.is_needed:
            stretches = ((y, self._start_of(y), self._start_of(y + 1)) for y in range(self.height))
            self._found = frozenset(y for y, first, end in stretches if is_found(first, end))
        return before ^ self._found

    def _sum_up(self, y: int) -> None:
        # What only says that a colleague's signs follow is none.
        signs = self._signs_in(self._start_of(y), self._start_of(y + 1))
        found = [(_kind(sign.text), not sign.own, row, sign) for row, sign in signs if sign.text != SIGNS.none]
        if found:
            kind, _, _, sign = min(found, key=lambda one: one[:3])
            self._signs[y], self._first[y] = _piece(kind, sign), min(row for _, _, row, _ in found)
        else:
            self._signs.pop(y, None)
            self._first.pop(y, None)

    def y_of(self, row: int) -> int:
        """The row here that holds this row of the article."""
        return min(row * self.height // self.rows, self.height - 1)

    def _start_of(self, y: int) -> int:
        """The first row of the article in a row here."""
        return -(-y * self.rows // self.height)

    def row_at(self, y: int) -> int:
        """The row of the article that a click here means: the first that something is recorded in, else the first."""
        return self._first.get(y, min(self._start_of(y), self.rows - 1))

    def pieces(self, y: int, top: int) -> tuple[Piece, Piece]:
        """The two cells of a row, while the article is shown from its row `top` on: a bar for the stretch that is on
        the screen, or what a search found there; and the sign."""
        on_screen = self.y_of(top) <= y <= self.y_of(min(top + self.height, self.rows) - 1)
        bar: Piece = (SIGNS.between, "faint") if on_screen else (" ", "")
        if y in self._found:
            bar = (SIGNS.pointer, "accent bold")
        return bar, self._signs.get(y, (" ", ""))


def _kind(text: str) -> int:
    """The position of a sign of the gutter among the kinds; any that is none of them is a claim's."""
    if text in (SIGNS.unsettled, SIGNS.contradiction):
        return int(text == SIGNS.contradiction)
    return 2 if text.startswith(SIGNS.duplicate) else len(_DRAWN)


def _piece(kind: int, sign: Sign) -> Piece:
    if kind < len(_DRAWN):
        return (_DRAWN[kind], sign.style)
    return (SIGNS.rule if sign.own else SIGNS.none, sign.style)
