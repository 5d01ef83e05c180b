"""What an article pane draws: the text's rows, the marks over them, and the signs in the gutter. No Textual here."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tui.model.article import Article, Statement, StatementKind
from tui.text.layout import Layout
from tui.text.runs import Runs
from tui.ui.signs import SIGNS

LONG_PARAGRAPH = 900
"""Code points beyond which each statement of a paragraph begins on a row of its own, so that a scrape in one line
can be read."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in the gutter, at the row where `offset` stands."""

    offset: int
    text: str
    style: str
    short: str
    """The same where there is little room."""
    own: bool = True
    """Whether it stands for one's own record; those of colleagues come after a dot."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim over the text: its place, the name of its colour, and its id."""

    start: int
    end: int
    colour: str
    id: str


class Page:
    """One article laid out at one width, with its marks."""

    def __init__(self, article: Article, statements: tuple[Statement, ...]) -> None:
        self.article = article
        self.statements = statements
        self._starts = [statement.span.start for statement in statements]
        self._debris = Runs(
            (statement.span.start, statement.span.end, None)
            for statement in statements
            if statement.kind is StatementKind.DEBRIS
        )
        self._breaks = _breaks(article.text, statements)
        self.layout = Layout("", 1)
        """The rows; an empty text's until the width is known."""
        self.width = 0
        self.marks: Runs[Mark] = Runs(())
        self._marks: tuple[Mark, ...] = ()
        self._signs: tuple[Sign, ...] = ()
        self._rows_with_signs: dict[int, list[Sign]] = {}

    def wrap(self, width: int) -> bool:
        """Lay the text out at this width in cells; whether that changed anything."""
        if width == self.width:
            return False
        self.width = width
        self.layout = Layout(self.article.text, width, self._breaks)
        self._place_signs()
        return True

    def mark(self, marks: Iterable[Mark], signs: Iterable[Sign]) -> set[int] | None:
        """Take other marks and signs; the rows that look different with them, None if that may be any."""
        old_marks, old_rows = self._marks, self._rows_with_signs
        self._marks = tuple(marks)
        self.marks = Runs((mark.start, mark.end, mark) for mark in self._marks)
        self._signs = tuple(signs)
        self._place_signs()
        rows = {row for row in old_rows.keys() | self._rows_with_signs.keys() if old_rows.get(row) != self.signs(row)}
        before, after = set(old_marks), set(self._marks)
        # Where tints lie on each other, their order counts.
        if [mark for mark in old_marks if mark in after] != [mark for mark in self._marks if mark in before]:
            return None
        for mark in before ^ after:
            first, last = self.rows_of(mark.start, mark.end)
            rows.update(range(first, last + 1))
        return rows

    def _place_signs(self) -> None:
        rows: dict[int, list[Sign]] = {}
        for sign in sorted(self._signs, key=lambda sign: not sign.own):
            row = rows.setdefault(self.layout.row_of(sign.offset), [])
            if not sign.own and all(other.own for other in row):
                row.append(Sign(sign.offset, SIGNS.none, "faint", SIGNS.none, own=False))
            if all((sign.text, sign.own) != (other.text, other.own) for other in row):
                row.append(sign)
        self._rows_with_signs = rows

    @property
    def signs_by_row(self) -> Mapping[int, list[Sign]]:
        """The signs of every row that has any."""
        return self._rows_with_signs

    def signs(self, row: int) -> list[Sign]:
        return self._rows_with_signs.get(row, [])

    def debris(self, start: int, end: int) -> list[tuple[int, int]]:
        return [(a, b) for a, b, _ in self._debris.between(start, end)]

    def statement_near(self, offset: int) -> int:
        """The position of the statement that holds `offset`, else of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def readable_from(self, index: int, step: int = 1) -> int | None:
        """The first statement from `index` on, forwards (1) or backwards (-1), that is not debris."""
        while 0 <= index < len(self.statements):
            if self.statements[index].kind is not StatementKind.DEBRIS:
                return index
            index += step
        return None

    def statements_in(self, start: int, end: int) -> tuple[Statement, ...]:
        """The statements that begin in a stretch."""
        return self.statements[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last row of a stretch."""
        return self.layout.row_of(start), self.layout.row_of(max(start, end - 1))

    def next_paragraph(self, index: int) -> int:
        """The first statement of the paragraph after this statement's, else the last statement."""
        paragraph = self._paragraph(index)
        while index < len(self.statements) - 1 and self._paragraph(index) == paragraph:
            index += 1
        return index

    def previous_paragraph(self, index: int) -> int:
        """The first statement of this statement's paragraph or, from there, of the one before."""
        index = max(0, index - 1)
        paragraph = self._paragraph(index)
        while index > 0 and self._paragraph(index - 1) == paragraph:
            index -= 1
        return index

    def _paragraph(self, index: int) -> int:
        """Where the line of text begins that this statement stands in."""
        return self.article.text.rfind("\n", 0, self._starts[index]) + 1


def _breaks(text: str, statements: tuple[Statement, ...]) -> list[int]:
    breaks = []
    line_start, line_end = 0, -1
    for statement in statements:
        start = statement.span.start
        if start > line_end:
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
        elif line_end - line_start > LONG_PARAGRAPH:
            breaks.append(start)
    return breaks
