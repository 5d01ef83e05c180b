"""A whole article squeezed into the height of its pane: where records are, and where one is. No Textual here."""

from collections.abc import Iterable, Mapping

from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Piece
from tui.ui.widgets.page import Sign

_DRAWN = (SIGNS.unsettled, SIGNS.clash, SIGNS.duplicate)
"""The kinds of signs there are besides those of claims, what matters most first, as one cell shows them."""


class Overview:
    """The rows of an article in `height` rows, each with one sign for what matters most in it.

    All is worked out here, once for a set of signs; what is asked at a key costs nothing that grows with them.
    """

    def __init__(
        self,
        height: int = 0,
        rows: int = 0,
        signs: Mapping[int, Iterable[Sign]] | None = None,
        found: Iterable[int] = (),
    ) -> None:
        """`signs` stand in these rows of the article; `found` are the rows of what a search found."""
        self.height = height
        self.rows = rows
        self.is_needed = 0 < height < rows
        """Whether there is more of the article than the pane shows at once."""
        best: dict[int, tuple[int, int, Sign]] = {}
        self._first: dict[int, int] = {}
        """Of each row here, the first row of the article that something is recorded in."""
        for row, some in (signs or {}).items() if self.is_needed else ():
            y = self.y_of(row)
            self._first[y] = min(row, self._first.get(y, row))
            for sign in some:
                if sign.text == SIGNS.none:
                    continue  # it only says that a colleague's signs follow
                rank = (_kind(sign.text), not sign.own)
                if y not in best or rank < best[y][:2]:
                    best[y] = (*rank, sign)
        self._signs: dict[int, Piece] = {y: _piece(kind, sign) for y, (kind, _, sign) in best.items()}
        self._found = frozenset(map(self.y_of, found)) if self.is_needed else frozenset()

    def y_of(self, row: int) -> int:
        """The row here that holds this row of the article."""
        return min(row * self.height // self.rows, self.height - 1)

    def row_at(self, y: int) -> int:
        """The row of the article that a click here means: the first that something is recorded in, else the first."""
        return self._first.get(y, min(-(-y * self.rows // self.height), self.rows - 1))

    def pieces(self, y: int, top: int) -> tuple[Piece, Piece]:
        """The two cells of a row, while the article is shown from its row `top` on: a bar for the stretch that is on
        the screen, or what a search found there; and the sign."""
        on_screen = self.y_of(top) <= y <= self.y_of(min(top + self.height, self.rows) - 1)
        bar: Piece = (SIGNS.between, "faint") if on_screen else (" ", "")
        if y in self._found:
            bar = (SIGNS.pointer, "accent bold")
        return bar, self._signs.get(y, (" ", ""))

    def differing(self, other: "Overview") -> set[int]:
        """The rows that look different from another overview's, whatever is on the screen."""
        if (self.height, self.rows) != (other.height, other.rows):
            return set(range(max(self.height, other.height)))
        ys = self._signs.keys() | other._signs.keys()
        return {y for y in ys if self._signs.get(y) != other._signs.get(y)} | (self._found ^ other._found)


def _kind(text: str) -> int:
    """The position of a sign of the gutter among the kinds; any that is none of them is a claim's."""
    if text in (SIGNS.unsettled, SIGNS.contradiction):
        return int(text == SIGNS.contradiction)
    return 2 if text.startswith(SIGNS.duplicate) else len(_DRAWN)


def _piece(kind: int, sign: Sign) -> Piece:
    if kind < len(_DRAWN):
        return (_DRAWN[kind], sign.style)
    return (SIGNS.rule if sign.own else SIGNS.none, sign.style)
