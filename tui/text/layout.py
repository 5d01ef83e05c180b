"""Wrapping: where each row of a text begins and ends, and which cell an offset stands in."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from tui.text.cells import ATTACHED, cells, graphemes, is_narrow

_OTHER_BLANKS = r"\t\u2000-\u2006\u2008-\u200a\u205f\u3000"
_BLANKS = " " + _OTHER_BLANKS  # a row may end at these; at a no-break space it may not
_OTHER_BLANK = re.compile(f"[{_OTHER_BLANKS}]")
_SPACES = re.compile(" *")
_BLANK_LINE = regex.compile(r"[\s\u200b\u2060\ufeff\u00ad--[\n\x00-\x08\x0b-\x1f\x85\u2028\u2029]]*", regex.V1)
# A word and the blanks after it. What is attached to a blank goes with it: a grapheme is never cut.
_WORD = regex.compile(rf"((?:[{_BLANKS}][{ATTACHED}]*+)*+[^{_BLANKS}]++)((?:[{_BLANKS}][{ATTACHED}]*+)*+)")


class Layout:
    """The rows of `text` in `width` cells.

    Each line of the text is a paragraph; blank lines are not drawn. Between two paragraphs stands one spacer, an
    empty row, unless `gap` is false. A row begins at each of `breaks`, ascending offsets, that lies in a paragraph.
    Rows end after white space, words too long for a row at a grapheme; a grapheme wider than a row has its own.

    Every offset belongs to one row: white space that a row ends with, the line feed and blank lines after it hang
    from that row without being drawn, and blank lines at the start belong to the first. There is always a row: an
    empty text has an empty one.
    """

    def __init__(self, text: str, width: int, breaks: Sequence[int] = (), *, gap: bool = True) -> None:
        self.width = max(width, 1)
        self._text = text
        self._spaced = _OTHER_BLANK.sub(" ", text)  # the same offsets, one kind of blank
        self._rows: list[int] = []
        self._drawn: list[int] = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if not _BLANK_LINE.fullmatch(text, start, end):
                if gap and self._rows:
                    self._add(start, start)
                self._paragraph(start, end, breaks)
            start = end + 1
        if not self._rows:
            self._add(0, 0)
        self._starts = array("i", self._rows)
        self._ends = array("i", self._drawn)
        del self._spaced, self._rows, self._drawn

    def __len__(self) -> int:
        return len(self._starts)

    def row(self, index: int) -> tuple[int, int]:
        """The offsets between which row `index` is drawn, without the white space it ends with."""
        return self._starts[index], self._ends[index]

    def is_spacer(self, index: int) -> bool:
        """Whether row `index` is the empty row before a paragraph; it holds no offset."""
        return index + 1 < len(self) and self._starts[index] == self._starts[index + 1]

    def row_of(self, offset: int) -> int:
        """The row that `offset` belongs to, drawn or not; beyond either end of the text the nearest."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def cell_of(self, offset: int) -> int:
        """The first cell, in its row, of the grapheme at `offset`; for what hangs, the cell after the row's last."""
        start, end = self.row(self.row_of(offset))
        if offset >= end:
            return cells(self._text[start:end])
        if is_narrow(self._text, start, end):
            return max(offset - start, 0)
        cell = 0
        for _, stop, width in graphemes(self._text, start, end):
            if stop > offset:
                break
            cell += width
        return cell

    def offset_at(self, row: int, cell: int) -> int:
        """The start of the grapheme that covers `cell` of `row`; beyond the row's end, its last one.

        Either half of a wide character is that character. A spacer gives the start of the paragraph after it; rows
        and cells outside the layout give the nearest inside.
        """
        start, end = self.row(min(max(row, 0), len(self) - 1))
        if is_narrow(self._text, start, end):
            return min(start + max(cell, 0), max(end - 1, start))
        offset = start
        for begin, _, width in graphemes(self._text, start, end):
            offset = begin
            cell -= width
            if cell < 0:
                break
        return offset

    def _add(self, start: int, end: int) -> None:
        self._rows.append(start)
        self._drawn.append(end)

    def _paragraph(self, start: int, end: int, breaks: Sequence[int]) -> None:
        for index in range(bisect_right(breaks, start), bisect_left(breaks, end)):
            if breaks[index] > start and self._piece(start, breaks[index]):
                start = breaks[index]
        self._piece(start, end)

    def _piece(self, start: int, end: int) -> bool:
        """Wrap what no break divides; False, and no row, if there is nothing in it to draw."""
        end = start + len(self._spaced[start:end].rstrip(" "))
        if start == end:
            return False
        indent = self._after_spaces(start, end)
        if indent > start and cells(self._text[start:indent]) >= self.width:
            self._add(start, start)
            start = indent
        if is_narrow(self._text, start, end):
            self._by_index(start, end)
        else:
            self._by_grapheme(start, end)
        return True

    def _by_index(self, start: int, end: int) -> None:
        """Wrap where offsets are cells."""
        spaced, width = self._spaced, self.width
        word = self._after_spaces(start, end)
        while end - start > width:
            limit = start + width
            space = spaced.rfind(" ", word, limit + 1)
            if space < 0:
                self._add(start, limit)
                start = word = limit
                continue
            last = space
            if spaced[last - 1] == " ":
                last = start + len(spaced[start:last].rstrip(" "))
            self._add(start, last)
            start = space + 1
            if spaced[start] == " ":
                start = self._after_spaces(start, end)
            word = start
        self._add(start, end)

    def _by_grapheme(self, start: int, end: int) -> None:
        """Wrap where characters may be wide, or made of several code points."""
        text, width = self._text, self.width
        row, drawn, used = start, start, 0
        for match in _WORD.finditer(text, start, end):
            begin, stop = match.span(1)
            size = cells(match[1])
            if used + size > width:
                if begin > row:
                    self._add(row, drawn)
                    row, used = begin, 0
                if size > width:
                    for at, _, one in graphemes(text, begin, stop):
                        if used + one > width and at > row:
                            self._add(row, at)
                            row, used = at, 0
                        used += one
                    size = 0
            used += size + cells(match[2])
            drawn = stop
        self._add(row, drawn)

    def _after_spaces(self, start: int, end: int) -> int:
        match = _SPACES.match(self._spaced, start, end)
        return match.end() if match else start
