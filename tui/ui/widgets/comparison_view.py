"""Stretches of articles one under the other, each with lines about it above: drawn by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.suggest.comparison import Kind, Piece, Weight
from tui.text.cells import shown
from tui.text.layout import Layout
from tui.ui.palette import Palette
from tui.ui.signs import SIGNS
from tui.ui.widgets.article_pane import MEASURE
from tui.ui.widgets.lines import Line, sparing, strip_of

LEFT = 3
"""Cells before the text: the bar, air."""
COLOURS = {
    Kind.FIGURE: "tag-orange",
    Kind.DATE: "tag-cyan",
    Kind.HEDGE: "tag-purple",
    Kind.DENIAL: "tag-red",
    Kind.NAME: "primary",
    Kind.QUOTE: "tag-green",
    Kind.WORDS: "foreground",
}


def style_of(kind: Kind, weight: Weight, *, is_plain: bool) -> str:
    """The style of a piece: what both sides say is quiet, what one says alone is plain to see, what differs stands
    out; without colours by attributes alone."""
    if weight is Weight.SAME:
        return "quiet"
    if weight is Weight.DIFFERS:
        return "foreground bold reverse" if is_plain else f"{COLOURS[kind]} bold underline"
    if is_plain:
        return "foreground underline" if kind is Kind.WORDS else "foreground bold underline"
    return COLOURS[kind]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch and what is said of it."""

    heads: tuple[Line, ...]
    text: str = ""
    """The stretch with what stands around it; empty: there is none."""
    start: int = 0
    """Where in `text` the stretch begins."""
    pieces: tuple[Piece, ...] = ()
    """The stretch in pieces, counted from its beginning."""


class ComparisonView(ScrollView, can_focus=False):
    """Blocks with a cursor. Keys are the screen's business."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """A click on a block; `again` if the cursor was on it already and this is the second of two clicks."""

        def __init__(self, view: "ComparisonView", block: int, *, again: bool) -> None:
            super().__init__()
            self.view = view
            self.block = block
            self.again = again

    def __init__(self, *, id: str, has_cursor: bool = True) -> None:
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        self.cursor = 0
        self._has_cursor = has_cursor
        self._rows: list[tuple[int, int]] = []
        """Of each row its block and its position in it: a head, then rows of text, then the empty row."""
        self._starts: list[int] = []
        """The first row of each block."""
        self._layouts: list[Layout | None] = []
        self._palette: Palette | None = None

    # --- what is shown ---

    def show(self, blocks: Sequence[Block], cursor: int = 0) -> None:
        """Show these blocks; one whose words stay keeps its rows."""
        self.blocks = tuple(blocks)
        self.cursor = max(0, min(cursor, len(self.blocks) - 1))
        self._fit()
        self.refresh()

    @property
    def measure(self) -> int:
        """Cells of text in a row."""
        return max(1, min(MEASURE, self.size.width - LEFT - 1))

    @property
    def left(self) -> int:
        """Cells before the bar: the text is centred, however wide the terminal is."""
        return max(0, (self.size.width - LEFT - self.measure) // 2)

    @property
    def height_needed(self) -> int:
        """Rows of all blocks, without the empty one after the last."""
        return max(0, len(self._rows) - 1)

    def _fit(self) -> None:
        if not self.size.width:
            return
        self._rows, self._starts, self._layouts = [], [], []
        for number, block in enumerate(self.blocks):
            layout = Layout(block.text, self.measure, gap=False) if block.text else None
            self._layouts.append(layout)
            self._starts.append(len(self._rows))
            count = len(block.heads) + (len(layout) if layout else 0) + (1 if layout else 0)
            self._rows += [(number, row) for row in range(count)]
        self.virtual_size = Size(self.size.width, len(self._rows))

    def move_to(self, cursor: int) -> None:
        """Put the cursor on a block and show it, its beginning at least."""
        before, self.cursor = self.cursor, max(0, min(cursor, len(self.blocks) - 1))
        for block in {before, self.cursor}:
            self._refresh_bar(block)
        self.reveal()

    def reveal(self) -> None:
        if not self.blocks or not self.size.height:
            return
        first = self._starts[self.cursor]
        last = (self._starts[self.cursor + 1] if self.cursor + 1 < len(self._starts) else len(self._rows)) - 1
        height, top = self.size.height, round(self.scroll_target_y)
        if first < top:
            y = first
        elif last >= top + height:
            y = min(last - height + 1, first)
        else:
            return
        self.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)

    def page(self, step: int) -> None:
        """Scroll by a page; the cursor goes to the first block of which the beginning is seen then."""
        height, top = self.size.height, round(self.scroll_target_y)
        most = max(0, len(self._rows) - height)
        target = max(0, min(most, top + step * max(1, height - 2)))
        self.scroll_to(y=target, animate=False, force=True, immediate=True)
        seen = [block for block, start in enumerate(self._starts) if target <= start < target + height]
        if target == top:
            seen = [len(self.blocks) - 1] if step > 0 else [0]
        if seen and self.blocks:
            before, self.cursor = self.cursor, seen[0]
            for block in {before, self.cursor}:
                self._refresh_bar(block)

    def row_of_cursor(self) -> int:
        """The row of the widget that the block at the cursor begins in."""
        return self._starts[self.cursor] - self.scroll_offset.y if self._starts else 0

    def _refresh_bar(self, block: int) -> None:
        if block < len(self._starts):
            start = self._starts[block]
            end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._rows)
            self.refresh(Region(self.left, start - self.scroll_offset.y, 1, end - start))

    # --- drawing ---

    def on_resize(self) -> None:
        self._fit()
        self.reveal()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self.app)
        palette, width = self._palette, self.size.width
        row = y + self.scroll_offset.y
        if row >= len(self._rows):
            return Strip.blank(width, palette[""])
        number, position = self._rows[row]
        block, layout = self.blocks[number], self._layouts[number]
        last = len(block.heads) + (len(layout) if layout else 0)
        bar = SIGNS.bar if self._has_cursor and number == self.cursor and position < last else " "
        start = [Segment(" " * self.left, palette[""]), Segment(bar, palette["accent"])]
        start.append(Segment(" " * (LEFT - 1), palette[""]))
        room = max(1, min(self.measure, width - self.left - LEFT))
        if position < len(block.heads):
            rest = list(strip_of(block.heads[position], room, palette))
        elif layout is None or position >= last:
            rest = []
        else:
            rest = self._text(block, layout, position - len(block.heads), palette)
        used = self.left + LEFT + sum(segment.cell_length for segment in rest)
        air = Segment(" " * max(0, width - used), palette[""])
        return sparing([*start, *rest, air], max(used, width)).crop(0, width)

    def _text(self, block: Block, layout: Layout, row: int, palette: Palette) -> list[Segment]:
        start, end = layout.row(row)
        segments: list[Segment] = []
        at = start
        for piece in block.pieces:
            first, last = max(start, piece.start + block.start), min(end, piece.end + block.start)
            if first >= last:
                continue
            if at < first:
                segments.append(Segment(shown(block.text[at:first]), palette["faint"]))
            style = style_of(piece.kind, piece.weight, is_plain=palette.is_plain)
            segments.append(Segment(shown(block.text[first:last]), palette[style]))
            at = last
        if at < end:
            segments.append(Segment(shown(block.text[at:end]), palette["faint"]))
        return segments

    # --- mouse ---

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if 0 <= row < len(self._rows):
            block = self._rows[row][0]
            self.post_message(self.Pressed(self, block, again=block == self.cursor and event.chain > 1))
