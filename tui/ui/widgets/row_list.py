"""A list that asks for a row only when it is seen, however many there are."""

from collections.abc import Callable

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.palette import Palette
from tui.ui.widgets.lines import Line, strip_of


class RowList(ScrollView, can_focus=False):
    """Rows with a cursor. What stands in a row, and what keys do, is the screen's business."""

    ALLOW_SELECT = False

    class Opened(Message):
        """A click on the row the cursor is on already."""

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, row: Callable[[int], Line], *, id: str) -> None:
        """`row` gives what is shown at a position, from 0."""
        super().__init__(id=id)
        self._row = row
        self.count = 0
        self.cursor = 0
        self._palette: Palette | None = None

    def show(self, count: int, cursor: int = 0) -> None:
        """Show so many rows, all of them anew."""
        self.count, self.cursor = count, max(0, min(cursor, count - 1))
        self._fit()
        self.refresh()

    def add(self, count: int) -> None:
        """So many rows were added at the end."""
        first, self.count = self.count, self.count + count
        self._fit()
        top = self.scroll_offset.y
        if first <= top + self.size.height:
            self.refresh_lines(max(first, top), self.size.height)

    def move_to(self, cursor: int) -> None:
        cursor = max(0, min(cursor, self.count - 1))
        if cursor != self.cursor:
            for row in (self.cursor, cursor):
                self.refresh_lines(row)
            self.cursor = cursor
            self.post_message(self.Moved())
        self._reveal()

    def move_by(self, rows: int) -> None:
        self.move_to(self.cursor + rows)

    @property
    def page(self) -> int:
        """How many rows a page moves by."""
        return max(1, self.size.height - 1)

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width, self.count)
        self._reveal()

    def _reveal(self) -> None:
        """Scroll so that the cursor can be seen."""
        height, top = self.size.height, round(self.scroll_target_y)
        if height and not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        self._fit()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self.app)
        index = y + self.scroll_offset.y
        if index >= self.count:
            return Strip.blank(self.size.width, self._palette[""])
        ground = "on-cursor-ground" if index == self.cursor else ""
        return strip_of(self._row(index), self.size.width, self._palette, ground)

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self.count:
            again = index == self.cursor and event.chain > 1
            self.move_to(index)
            if again:
                self.post_message(self.Opened())
