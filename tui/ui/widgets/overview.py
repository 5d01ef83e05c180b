"""A whole article squeezed into the height of its pane: where records are, and where one is. No Textual here."""

from collections.abc import Iterable, Mapping, Sequence

from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Piece
from tui.ui.widgets.page import Sign

_DRAWN = (SIGNS.unsettled, SIGNS.clash, SIGNS.duplicate)
"""The kinds of signs there are besides those of claims, what matters most first, as one cell shows them."""


class Overview:
    """The rows of an article in `height` rows, each with one sign for what matters most in it.

    It is worked out when the rows or the height change, and after that anew only where signs change: what is asked at
    a key costs nothing that grows with the number of records.
    """

    def __init__(
        self,
        height: int = 0,
        rows: int = 0,
        signs: Mapping[int, Sequence[Sign]] | None = None,
        found: Iterable[int] = (),
    ) -> None:
        """`signs` stand in these rows of the article; `found` are the rows of what a search found."""
        self.height = height
        self.rows = rows
        self.is_needed = 0 < height < rows
        """Whether there is more of the article than the pane shows at once."""
        self._signs: dict[int, Piece] = {}
        self._first: dict[int, int] = {}
        """Of each row here, the first row of the article that something is recorded in."""
        self._found = frozenset(map(self.y_of, found)) if self.is_needed else frozenset()
        signs = signs or {}
        stretches: dict[int, list[int]] = {}
        for row in signs if self.is_needed else ():
            stretches.setdefault(self.y_of(row), []).append(row)
        for y, stretch in stretches.items():
            self._sum_up(y, stretch, signs)

    def renew(self, signs: Mapping[int, Sequence[Sign]], changed: Iterable[int]) -> set[int]:
        """Take other signs, which differ in these rows of the article; the rows here that look different now."""
        different = set()
        for y in {self.y_of(row) for row in changed} if self.is_needed else ():
            before = self._signs.get(y)
            stretch = range(self._start_of(y), self._start_of(y + 1))
            self._sum_up(y, [row for row in stretch if row in signs], signs)
            if self._signs.get(y) != before:
                different.add(y)
        return different

    def _sum_up(self, y: int, rows: Sequence[int], signs: Mapping[int, Sequence[Sign]]) -> None:
        """Work out what stands in a row here for these rows of the article."""
        # What only says that a colleague's signs follow is none.
        found = [
            (_kind(sign.text), not sign.own, sign) for row in rows for sign in signs[row] if sign.text != SIGNS.none
        ]
        if found:
            kind, _, sign = min(found, key=lambda one: one[:2])
            self._signs[y], self._first[y] = _piece(kind, sign), min(rows)
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
