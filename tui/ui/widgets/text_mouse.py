"""The mouse in a pane of text, told of by messages: clicks, and selections that scroll on beyond the pane's edge."""

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.timer import Timer

SCROLL_SECONDS = 0.05
"""How often a row is scrolled while the mouse selects beyond the pane's edge."""


class TextMouse(ScrollView, can_focus=False):
    """A pane that knows which text stands at a cell. What the mouse means there is the screen's business."""

    class Pressed(Message, namespace="article_pane"):
        """A click in the text at `offset`."""

        def __init__(self, pane: "TextMouse", offset: int) -> None:
            super().__init__()
            self.pane = pane
            self.offset = offset

    class Chosen(Message, namespace="article_pane"):
        """A double click at `offset`, or a triple one."""

        def __init__(self, pane: "TextMouse", offset: int, times: int) -> None:
            super().__init__()
            self.pane = pane
            self.offset = offset
            self.times = times

    class Sought(Message, namespace="article_pane"):
        """A click in the overview: what it stands for begins at `offset`."""

        def __init__(self, pane: "TextMouse", offset: int) -> None:
            super().__init__()
            self.pane = pane
            self.offset = offset

    class Dragged(Message, namespace="article_pane"):
        """The mouse drags from `anchor` to `head`, offsets of graphemes."""

        def __init__(self, pane: "TextMouse", anchor: int, head: int) -> None:
            super().__init__()
            self.pane = pane
            self.anchor = anchor
            self.head = head

    def __init__(self) -> None:
        super().__init__()
        self._pressed_at: int | None = None
        self._pressed_cell: tuple[int, int] | None = None
        """Where the mouse was pressed, until it moves away from there."""
        self._mouse = (0, 0)
        """The cell the mouse was at last while it drags."""
        self._clicked_at: int | None = None
        """What the first of several clicks in a row was on: the text may have been scrolled since."""
        self._scrolling: Timer | None = None

    def offset_at(self, x: int, y: int) -> int | None:
        """The offset of the grapheme at this cell of the pane; None where there is no text on this row."""
        raise NotImplementedError

    def sought_at(self, x: int, y: int) -> int | None:
        """Where what this cell of the overview stands for begins; None beside the overview."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        sought = self.sought_at(event.x, event.y)
        if sought is not None:
            self.post_message(self.Sought(self, sought))
            return
        self._pressed_at = self.offset_at(event.x, event.y)
        self._pressed_cell = (event.x, event.y)
        if self._pressed_at is not None:
            self.capture_mouse()
            self.post_message(self.Pressed(self, self._pressed_at))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed_at is None:
            return
        self._mouse = (event.x, event.y)
        self._drag()
        is_beyond = event.y < 0 or event.screen_y <= 0 or event.y >= self.size.height
        if is_beyond and self._scrolling is None:
            self._scrolling = self.set_interval(SCROLL_SECONDS, self._scroll_on)
        elif not is_beyond:
            self._stop_scrolling()

    def _drag(self) -> None:
        x, y = self._mouse
        head = self.offset_at(x, min(max(y, 0), self.size.height - 1))
        if self._mouse != self._pressed_cell:  # which may be within one wide character: then this one is meant
            self._pressed_cell = None
        if self._pressed_at is not None and head is not None and self._pressed_cell is None:
            self.post_message(self.Dragged(self, self._pressed_at, head))

    def _scroll_on(self) -> None:
        """A row further where the mouse is beyond the edge; the selection goes along."""
        step = 1 if self._mouse[1] >= self.size.height else -1
        y = min(max(0, self.scroll_offset.y + step), self.max_scroll_y)
        if y == self.scroll_offset.y:
            self._stop_scrolling()
        self.scroll_to(y=y, animate=False, force=True, immediate=True)
        self._drag()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def on_mouse_up(self) -> None:
        self.forget_mouse()
        self.release_mouse()

    def forget_mouse(self) -> None:
        """Nothing is being selected any more: where the mouse was pressed may be text no longer."""
        self._pressed_at = None
        self._stop_scrolling()

    def on_click(self, event: events.Click) -> None:
        if self.sought_at(event.x, event.y) is not None:
            return
        if event.chain == 1:
            self._clicked_at = self.offset_at(event.x, event.y)
        elif self._clicked_at is not None:
            self.post_message(self.Chosen(self, self._clicked_at, event.chain))
