"""An article's text in a pane of its own: wrapped to a measure, claims tinted, signs in the gutter.

Drawing is by line and has no side effect; moving the cursor draws only the rows concerned. What the pane shows is
handed to it as a `Page`; it knows no records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.model.span import Span
from tui.text.cells import shown
from tui.ui.palette import Look, Palette
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import sparing
from tui.ui.widgets.page import Markings, Page

MEASURE = 72
"""Cells of text in a row at most, however wide the terminal is."""
AIR = 3
"""Cells right of the text."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What stands out in the text just now."""

    cursor: Span | None = None
    """The current statement."""
    active: bool = False
    """Whether this is the pane that keys act on."""
    selection: Span | None = None
    waiting: Span | None = None
    """The end of a link that waits for its other end."""
    current: frozenset[str] = frozenset()
    """The claims to underline."""


class ArticlePane(ScrollView, can_focus=False):
    """One article. Keys are the screen's business; the mouse is told of by messages."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """A click in the text at `offset`."""

        def __init__(self, pane: "ArticlePane", offset: int) -> None:
            super().__init__()
            self.pane = pane
            self.offset = offset

    class Dragged(Message):
        """The mouse drags from `anchor` to `head`, offsets of graphemes."""

        def __init__(self, pane: "ArticlePane", anchor: int, head: int) -> None:
            super().__init__()
            self.pane = pane
            self.anchor = anchor
            self.head = head

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.emphasis = Emphasis()
        self._labels: Mapping[int, str] = {}
        self._palette: Palette | None = None
        self._pressed_at: int | None = None
        self.is_wide = True
        """Whether there is room for more than the text and the most important signs."""
        self.gutter_width = 7
        """Cells left of the text: bar, signs, air."""
        self.text_width = MEASURE
        self.text_left = self.gutter_width
        """The column the text begins at."""

    # --- what is shown ---

    def show(self, page: Page) -> None:
        """Show another article, from its beginning."""
        self.page = page
        self.emphasis = Emphasis()
        self._labels = {}
        self._fit()
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)
        self.refresh()

    def mark(self, markings: Markings) -> None:
        """Give the page other marks and signs; only the rows that look different are drawn anew."""
        assert self.page is not None
        top = self.scroll_offset.y
        for row in self.page.mark(markings, range(top, min(top + self.size.height + 1, len(self.page.layout)))):
            self.refresh_lines(row)

    def emphasise(self, emphasis: Emphasis) -> None:
        """Move the cursor, selection and so on; only the rows concerned are drawn anew."""
        if self.page is None or emphasis == self.emphasis:
            return
        old, self.emphasis = self.emphasis, emphasis
        if old.current != emphasis.current:
            ids = old.current ^ emphasis.current
            for start, end, marks in self.page.marks.between(*self.stretch):
                if any(mark.id in ids for mark in marks):
                    self._refresh_stretch(start, end)
        for before, after in (
            (old.cursor, emphasis.cursor),
            (old.selection, emphasis.selection),
            (old.waiting, emphasis.waiting),
        ):
            if before != after or old.active != emphasis.active:
                for span in {before, after} - {None}:
                    assert span is not None
                    self._refresh_stretch(span.start, span.end)

    def _refresh_stretch(self, start: int, end: int) -> None:
        assert self.page is not None
        first, last = self.page.rows_of(start, end)
        top = self.scroll_offset.y
        first, last = max(first, top), min(last, top + self.size.height)
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    def label(self, labels: Mapping[int, str]) -> None:
        """Show these letters over the text at these offsets, or none."""
        if labels != self._labels:
            self._labels = dict(labels)
            self.refresh()

    def reveal(self, start: int, end: int, *, centre: bool = False) -> None:
        """Scroll so that this stretch can be seen, its beginning at least."""
        if self.page is None or not self.size.height:
            return
        first, last = self.page.rows_of(start, end)
        height, top = self.size.height, round(self.scroll_target_y)
        margin = min(2, (height - 1) // 4)
        if centre and not (top <= first and last < top + height):
            y = first - max(0, (height - (last - first + 1)) // 3)
        elif first < top + margin:
            y = first - margin
        elif last + margin >= top + height:
            y = min(last + margin - height + 1, first - margin)
        else:
            return
        self.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)

    @property
    def stretch(self) -> tuple[int, int]:
        """The offsets between which text is on the screen now."""
        assert self.page is not None
        layout = self.page.layout
        top = min(self.scroll_offset.y, len(layout) - 1)
        bottom = min(top + max(1, self.size.height), len(layout)) - 1
        return layout.row(top)[0], max(layout.row(bottom)[1], layout.row(top)[0])

    # --- geometry ---

    def _measure(self) -> None:
        """Work out where the text stands; every row drawn asks for it."""
        width = self.size.width
        self.is_wide = width >= 48
        self.gutter_width = 7 if self.is_wide else 5
        self.text_width = max(1, min(MEASURE, width - self.gutter_width - (AIR if self.is_wide else 0)))
        # Gutter and text are centred in the pane.
        spare = width - self.gutter_width - self.text_width
        self.text_left = self.gutter_width + (max(0, spare - AIR) // 2 if spare > AIR * 2 else 0)

    def _fit(self) -> None:
        if self.page is None or not self.size.width:
            return
        self._measure()
        self.page.wrap(self.text_width)
        # One empty row below the text: the last statement does not stick to the strip.
        self.virtual_size = Size(self.size.width, len(self.page.layout) + 1)

    def on_resize(self) -> None:
        if self.page is None:
            return
        anchor = self.emphasis.cursor
        self._fit()
        if anchor is not None:
            self.reveal(anchor.start, anchor.end)
        self.refresh()

    def offset_at(self, x: int, y: int) -> int | None:
        """The offset of the grapheme at this cell of the pane; None where there is no text on this row."""
        assert self.page is not None
        layout = self.page.layout
        row = y + self.scroll_offset.y
        if not 0 <= row < len(layout) or layout.is_spacer(row):
            return None
        return layout.offset_at(row, max(0, x - self.text_left))

    # --- drawing ---

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self.app)
        palette, width = self._palette, self.size.width
        row = y + self.scroll_offset.y
        page = self.page
        if page is None or row >= len(page.layout):
            return Strip.blank(width, palette[""])
        start, end = page.layout.row(row)
        cursor = self.emphasis.cursor
        at_cursor = cursor is not None and start < cursor.end and cursor.start < end
        segments = self._gutter(row, at_cursor, palette)
        used = sum(segment.cell_length for segment in segments)
        text: list[Segment] = []
        for piece_start, piece_end, look in self._pieces(start, end):
            text.append(Segment(shown(page.article.text[piece_start:piece_end]), palette.text(look)))
        used += sum(segment.cell_length for segment in text)
        air = Segment(" " * max(0, width - used), palette[""])
        strip = sparing([*segments, *text, air], max(used, width))
        if self._labels:
            strip = self._with_labels(strip, row, palette)
        return strip.crop(0, width)

    def _gutter(self, row: int, at_cursor: bool, palette: Palette) -> list[Segment]:
        assert self.page is not None
        width = self.gutter_width
        segments = [Segment(" " * (self.text_left - width), palette[""])]
        bar = SIGNS.bar if at_cursor else " "
        segments.append(Segment(bar, palette["accent" if self.emphasis.active else "faint"]))
        room = width - 2
        for sign in self.page.signs(row):
            text = sign.text if self.is_wide else sign.short
            if len(text) > room:
                if room == 0:
                    segments.pop()
                    room = 1
                segments.append(Segment("+", palette["faint"]))
                room -= 1
                break
            segments.append(Segment(text, palette[sign.style]))
            room -= len(text)
        segments.append(Segment(" " * (room + 1), palette[""]))
        return segments

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, Look]]:
        """The row cut where its looks change."""
        assert self.page is not None
        emphasis = self.emphasis
        # Letters over the text are to be read before anything else.
        selection = None if self._labels else emphasis.selection
        runs = self.page.marks.between(start, end)
        debris = self.page.debris(start, end)
        spans = [span for span in (emphasis.cursor, selection, emphasis.waiting) if span is not None]
        cuts = {start, end}
        for a, b in [*((a, b) for a, b, _ in runs), *debris, *((span.start, span.end) for span in spans)]:
            cuts.update(cut for cut in (a, b) if start < cut < end)
        edges = sorted(cuts)
        pieces = []
        for a, b in pairwise(edges):
            marks = next((marks for x, y, marks in runs if x <= a < y), ())
            look = Look(
                colours=tuple(mark.colour for mark in marks),
                cursor=emphasis.cursor is not None and a in emphasis.cursor,
                selected=selection is not None and a in selection,
                waiting=emphasis.waiting is not None and a in emphasis.waiting,
                current=any(mark.id in emphasis.current for mark in marks),
                debris=any(x <= a < y for x, y in debris),
            )
            pieces.append((a, b, look))
        return pieces

    def _with_labels(self, strip: Strip, row: int, palette: Palette) -> Strip:
        """Letters over the cell before each place, which is a space as a rule, so that the words can be read."""
        assert self.page is not None
        start, end = self.page.layout.row(row)
        for offset, label in self._labels.items():
            if start <= offset < end:
                cell = self.text_left + self.page.layout.cell_of(offset) - 1
                over = Strip([Segment(label, palette.label)])
                width = strip.cell_length
                strip = Strip.join([strip.crop(0, cell), over, strip.crop(cell + len(label), width)])
        return strip

    # --- mouse ---

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.page is not None and event.button == 1:
            self._pressed_at = self.offset_at(event.x, event.y)
            if self._pressed_at is not None:
                self.capture_mouse()
                self.post_message(self.Pressed(self, self._pressed_at))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed_at is not None:
            head = self.offset_at(event.x, min(max(event.y, 0), self.size.height - 1))
            if head is not None and head != self._pressed_at:
                self.post_message(self.Dragged(self, self._pressed_at, head))

    def on_mouse_up(self) -> None:
        self._pressed_at = None
        self.release_mouse()
