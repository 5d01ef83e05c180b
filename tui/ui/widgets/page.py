"""What an article pane draws: the text's rows, the marks over them, and the signs in the gutter. No Textual here."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

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
    is_new: bool = False
    """Whether it stands for a colleague's record that came since the reader looked last: the dot is a thicker one."""
    is_quiet: bool = False
    """Whether it stands for no record: after all others, and only where there is room."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim over the text: its place, the name of its colour, and its id."""

    start: int
    end: int
    colour: str
    id: str


class Markings(Protocol):
    """What is marked in an article, by stretch: of thousands only what is on the screen is asked for."""

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that reach into a stretch, in the order in which their tints are laid."""

    def signs(self, start: int, end: int) -> Sequence[Sign]:
        """The signs whose offset lies in a stretch."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Markings that do not change."""

    all_marks: Sequence[Mark] = ()
    all_signs: Sequence[Sign] = ()

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        return [mark for mark in self.all_marks if mark.start < end and start < mark.end]

    def signs(self, start: int, end: int) -> Sequence[Sign]:
        return [sign for sign in self.all_signs if start <= sign.offset < end]


BLOCK = 4_096
"""Code points whose marks are made runs of at once."""


class MarkRuns:
    """The marks as disjoint runs, made where they are asked for."""

    def __init__(self, markings: Markings) -> None:
        self._markings = markings
        self._blocks: dict[int, Runs[Mark]] = {}

    def between(self, start: int, end: int) -> list[tuple[int, int, tuple[Mark, ...]]]:
        """As `Runs.between`."""
        found: list[tuple[int, int, tuple[Mark, ...]]] = []
        for block in range(start // BLOCK, max(start, end - 1) // BLOCK + 1):
            low, high = block * BLOCK, (block + 1) * BLOCK
            if block not in self._blocks:
                self._blocks[block] = Runs((mark.start, mark.end, mark) for mark in self._markings.marks(low, high))
            runs = self._blocks[block].between(max(start, low), min(end, high))
            if found and runs and found[-1][1:] == (runs[0][0], runs[0][2]):  # one run over the bound
                runs[0] = (found.pop()[0], *runs[0][1:])
            found += runs
        return found


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
        self._readable = [
            position for position, statement in enumerate(statements) if statement.kind is not StatementKind.DEBRIS
        ]
        self._paragraphs = _paragraphs(article.text, self._starts)
        self._breaks = _breaks(article.text, statements)
        self.layout = Layout("", 1)
        """The rows; an empty text's until the width is known."""
        self.width = 0
        self._markings: Markings = Fixed()
        self.marks = MarkRuns(self._markings)
        self._signs: dict[int, list[Sign]] = {}
        """Of the rows that were asked for."""

    def wrap(self, width: int) -> bool:
        """Lay the text out at this width in cells; whether that changed anything."""
        if width == self.width:
            return False
        self.width = width
        self.layout = Layout(self.article.text, width, self._breaks)
        self._signs.clear()
        return True

    def mark(self, markings: Markings, rows: Iterable[int] = ()) -> list[int]:
        """Take other marks and signs; those of these rows, drawn before, that look different with them."""
        before = [(row, self._marking(row)) for row in rows]
        self._markings = markings
        self.marks = MarkRuns(markings)
        self._signs.clear()
        return [row for row, marking in before if self._marking(row) != marking]

    def _marking(self, row: int) -> tuple[object, object]:
        return self.marks.between(*self.layout.row(row)), self.signs(row)

    def signs_between(self, first: int, end: int) -> list[tuple[int, Sign]]:
        """The signs of records in the rows from `first` to before `end`, each with its row."""
        start, stop = self.stretch(first, end)
        if start == stop:  # empty rows before a paragraph
            return []
        signs = self._markings.signs(start, stop)
        return [(self.layout.row_of(sign.offset), sign) for sign in signs if not sign.is_quiet]

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """From where to where offsets count as those of these rows."""
        layout = self.layout
        start = layout.row(first)[0] if first else 0
        return start, layout.row(end)[0] if end < len(layout) else len(self.article.text) + 1

    def signs(self, row: int) -> list[Sign]:
        """The signs of a row, one's own first."""
        if row not in self._signs:
            self._signs[row] = self._signs_of(row)
        return self._signs[row]

    def _signs_of(self, row: int) -> list[Sign]:
        start, end = self.stretch(row, row + 1)
        if start == end:  # the empty row before a paragraph
            return []
        signs: list[Sign] = []
        # Those of colleagues that are new come first, so that they are seen in a narrow gutter too.
        found = sorted(
            self._markings.signs(start, end), key=lambda sign: (sign.is_quiet, not sign.own, not sign.is_new)
        )
        for sign in found:
            if not sign.own and all(other.own for other in signs):
                dot, style = (SIGNS.new, "accent bold") if sign.is_new else (SIGNS.none, "faint")
                signs.append(Sign(sign.offset, dot, style, dot, own=False))
            if all((sign.text, sign.own) != (other.text, other.own) for other in signs):
                signs.append(sign)
        return signs

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

    def steps_from(self, index: int, by: int) -> int | None:
        """The statement so many steps on from `index` (back, if negative), debris passed over; the last or first where
        there are not as many; None where there is none in that direction."""
        if by > 0:
            first = bisect_right(self._readable, index)
            ahead = self._readable[first + by - 1 : first + by] or self._readable[first:][-1:]
        else:
            beyond = bisect_left(self._readable, index)
            ahead = self._readable[max(0, beyond + by) : beyond][:1]
        return ahead[0] if ahead else None

    @property
    def readable(self) -> int:
        """How many statements are not debris."""
        return len(self._readable)

    def statements_in(self, start: int, end: int) -> tuple[Statement, ...]:
        """The statements that begin in a stretch."""
        return self.statements[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last row of a stretch."""
        return self.layout.row_of(start), self.layout.row_of(max(start, end - 1))

    def next_paragraph(self, index: int, count: int = 1) -> int:
        """The first statement of the paragraph so many after this statement's, else the last statement."""
        position = bisect_right(self._paragraphs, index) + count - 1
        return self._paragraphs[position] if position < len(self._paragraphs) else len(self.statements) - 1

    def previous_paragraph(self, index: int, count: int = 1) -> int:
        """The first statement of this statement's paragraph or, from there, of the one before, so many times."""
        return self._paragraphs[max(0, bisect_left(self._paragraphs, index) - count)]

    def paragraph(self, number: int) -> tuple[int, int, int]:
        """The first statement of the paragraph of this number, counted from 1, else of the last one; the number it
        has, and how many paragraphs there are."""
        number = max(1, min(number, len(self._paragraphs)))
        return self._paragraphs[number - 1], number, len(self._paragraphs)


def _paragraphs(text: str, starts: list[int]) -> list[int]:
    """Positions of the statements that are the first of their line of text, which is a paragraph."""
    first = []
    line_end = -1
    for position, start in enumerate(starts):
        if start > line_end:
            first.append(position)
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
    return first


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
