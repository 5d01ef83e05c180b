"""The Library's list: one row an article, drawn by line, however many there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.text.cells import cells, fit, plain_line
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Row:
    """What the list shows of one file: an article, or one that can't be read and why."""

    id: str
    title: str
    outlet: str
    outlet_guessed: bool
    date: str
    words: int
    claims: int
    contradictions: int
    duplicates: int
    finished: bool
    problem: str = ""
    sought: str = ""
    """What a filter looks into, case-folded."""
    new: int = 0
    """Colleagues' records in it that came since the reader looked last."""
    to_settle: int = 0
    """What a merge or a changed text left open in it."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of what stands right of the title, in cells; 0 leaves a column out."""

    outlet: int
    date: int
    words: int
    claims: int
    links: int

    @classmethod
    def at(cls, width: int) -> "_Columns":
        if width >= 150:
            return cls(30, 12, 9, 9, 6)
        if width >= 110:
            return cls(22, 12, 7, 8, 5)
        if width >= 76:
            return cls(15, 0, 0, 5, 4)
        return cls(0, 0, 0, 5, 4)


class ArticleList(RowList):
    """Rows with a selection, too."""

    def __init__(self, read_of: Callable[[str], int]) -> None:
        """`read_of` tells how much of an article was read, of a hundred; it is asked for what is on the screen."""
        super().__init__(self._line, id="articles")
        self._read_of = read_of
        self.rows: tuple[Row, ...] = ()
        self.selected: list[str] = []
        """Ids in the order in which they were selected, which is the order of the panes."""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its article where that is among them."""
        here = self.here
        self.rows = tuple(rows)
        at = 0
        if here is not None:
            at = next((at for at, row in enumerate(self.rows) if row.id == here.id), 0)
        self.show(len(self.rows), at)

    @property
    def here(self) -> Row | None:
        """The row the cursor is on."""
        return self.rows[self.cursor] if self.rows else None

    def toggle(self) -> None:
        """Select the article at the cursor, or not any more."""
        row = self.here
        if row is None or row.problem:
            return
        if row.id in self.selected:
            self.selected.remove(row.id)
        else:
            self.selected.append(row.id)
        self.refresh()

    def heading(self) -> Line:
        """Words over the columns."""
        columns = _Columns.at(self.size.width)
        right = "".join(
            [
                _cell("outlet", columns.outlet),
                _cell("date", columns.date),
                _number("words", columns.words),
                _number("claims" if columns.claims > 6 else "cl.", columns.claims),
                _number(SIGNS.contradiction, columns.links),
                _number(SIGNS.duplicate, columns.links),
                _number("read", 6),
                _number("done", 6),
                "  ",
            ]
        )
        return Line([("      article", "faint")], [(right, "faint")])

    def _line(self, index: int) -> Line:
        row, at_cursor = self.rows[index], index == self.cursor
        return self._problem(row, at_cursor) if row.problem else self._article(row, at_cursor)

    def _start(self, row: Row, at_cursor: bool) -> list[Piece]:
        number = str(self.selected.index(row.id) + 1) if row.id in self.selected else " "
        return [(SIGNS.bar if at_cursor else " ", "accent"), (f" {number:>2}  ", "accent bold")]

    def _problem(self, row: Row, at_cursor: bool) -> Line:
        return Line(
            [*self._start(row, at_cursor), ("! ", "error bold"), (row.title, "quiet"), (f"  {row.problem}", "error")]
        )

    def _article(self, row: Row, at_cursor: bool) -> Line:
        columns = _Columns.at(self.size.width)
        left: list[Piece] = [
            *self._start(row, at_cursor),
            (row.title, "foreground bold" if at_cursor else "foreground"),
        ]
        outlet = f"{row.outlet}{' ?' if row.outlet_guessed else ''}" if row.outlet else "unknown"
        right: list[Piece] = [
            (f"  {SIGNS.unsettled}{row.to_settle}" if row.to_settle else "", "warning bold"),
            (f"  {SIGNS.new}{row.new}" if row.new else "", "accent bold"),
            (_cell(outlet, columns.outlet), "quiet" if row.outlet else "faint"),
            (_cell(row.date or "unknown", columns.date), "quiet" if row.date else "faint"),
            (_number(f"{row.words:,}", columns.words), "quiet"),
        ]
        for count, width, style in (
            (row.claims, columns.claims, "foreground"),
            (row.contradictions, columns.links, "error"),
            (row.duplicates, columns.links, "primary"),
        ):
            right.append((_number(str(count) if count else SIGNS.none, width), style if count else "faint"))
        read = self._read_of(row.id)
        right.append((_number(f"{read}%" if read else SIGNS.none, 6), "quiet" if read else "faint"))
        right.append((_number(SIGNS.check if row.finished else SIGNS.none, 6), "success" if row.finished else "faint"))
        right.append(("  ", ""))
        return Line(left, right)


def _cell(words: str, width: int) -> str:
    """The words in a column of this width, an empty cell after them."""
    if not width:
        return ""
    words = fit(plain_line(words), width - 2)
    return f"  {words}{' ' * (width - 2 - cells(words))}"


def _number(words: str, width: int) -> str:
    return words.rjust(width) if width else ""
