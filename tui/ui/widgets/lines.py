"""Rows of plain text, drawn as they are: titles, the strip, the hint line."""

from collections.abc import Sequence
from typing import TypeAlias

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text.cells import cells, fit, shown
from tui.ui.palette import Palette
from tui.ui.signs import typed

Piece: TypeAlias = tuple[str, str]
"""Words and the name of their style."""


class Line:
    """One row: pieces from the left, and pieces that stand at the right end if there is room for both."""

    __slots__ = ("left", "right")

    def __init__(self, left: Sequence[Piece] = (), right: Sequence[Piece] = ()) -> None:
        self.left = tuple(left)
        self.right = tuple(right)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line) and (self.left, self.right) == (other.left, other.right)

    def __hash__(self) -> int:
        return hash((self.left, self.right))


def strip_of(line: Line, width: int, palette: Palette, ground: str = "") -> Strip:
    """The row as Textual draws it, exactly `width` cells; every word passes through the one place that makes text
    safe to show. `ground` names a background laid under every piece."""
    right_width = sum(cells(_one_row(words)) for words, _ in line.right)
    room = width - right_width - 2 if line.right else width
    right = line.right
    if room < width // 4:
        right, room = (), width
    segments: list[Segment] = []
    used = 0
    for words, style in line.left:
        whole = _one_row(words)
        fitting = typed(fit(whole, room - used))
        segments.append(Segment(fitting, palette[f"{style} {ground}"]))
        used += cells(fitting)
        if fitting != whole:
            break
    padding = width - used - (right_width if right else 0)
    segments.append(Segment(" " * padding, palette[ground]))
    segments += [Segment(_one_row(words), palette[f"{style} {ground}"]) for words, style in right]
    return sparing(segments, width)


def sparing(segments: list[Segment], width: int) -> Strip:
    """A row of as few pieces as it can be sent in: each costs some forty bytes beside its words."""
    return Strip((segment for segment in segments if segment.text), width).simplify()


def _one_row(words: str) -> str:
    """The words as the terminal may be shown them, line breaks as spaces."""
    return typed(shown(words.replace("\n", " ")))


class Lines(Widget):
    """Some rows of plain text. Only rows that changed are drawn again."""

    class Clicked(Message):
        """A click on row `y`, in its cell `x`."""

        def __init__(self, lines: "Lines", x: int, y: int) -> None:
            super().__init__()
            self.lines = lines
            self.x = x
            self.y = y

        @property
        def control(self) -> "Lines":
            return self.lines

    class Resized(Message):
        """There is room for another number of rows."""

        def __init__(self, lines: "Lines") -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> "Lines":
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._palette: Palette | None = None
        self._height = 0

    def on_resize(self) -> None:
        if self.size.height != self._height:
            self._height = self.size.height
            self.post_message(self.Resized(self))

    def on_show(self) -> None:
        self.post_message(self.Resized(self))

    def show(self, lines: Sequence[Line]) -> None:
        """Show these rows in place of those shown; those beyond the widget's height are not seen."""
        old, self._lines = self._lines, tuple(lines)
        width = self.size.width
        for y in range(max(len(old), len(self._lines))):
            before = old[y] if y < len(old) else None
            after = self._lines[y] if y < len(self._lines) else None
            if before != after:
                self.refresh(Region(0, y, width, 1))

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self.app)
        line = self._lines[y] if y < len(self._lines) else Line()
        return strip_of(line, self.size.width, self._palette)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(self, event.x, event.y))
