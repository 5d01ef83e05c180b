"""An article's text in a pane of its own: wrapped to a measure, claims tinted, signs in the gutter.

Drawing is by line and has no side effect; moving the cursor draws only the rows concerned. What the pane shows is
handed to it as a `Page`; it knows no records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.timer import Timer

from tui.model.span import Span
from tui.text.cells import cells, shown, whole_graphemes
from tui.text.search import Matches
from tui.ui.palette import Look, Palette
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import sparing
from tui.ui.widgets.overview import Overview
from tui.ui.widgets.page import Markings, Page
from tui.ui.widgets.text_mouse import TextMouse

MEASURE = 72
"""Cells of text in a row at most, however wide the terminal is, unless the reader wants another measure."""
AIR = 4
"""Cells right of the text: the overview stands in them, an empty one on either side."""
SURVEY_SECONDS, SURVEY_PAUSE = 0.003, 0.02
"""How long the overview is worked on at once, and how long keys have then before it is gone on with."""
CHANGE_SECONDS, CHANGE_PAUSE = 0.001, 0.3
"""The same after a change, where a key waits for it: what is on the screen comes first, and the rest of a long article
when nothing has been changed for a while."""


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
    counterpart: Span | None = None
    """What stands beside the statement that another pane is at."""
    current: frozenset[str] = frozenset()
    """The claims to underline."""
    focus: bool = False
    """Whether all but the current statement of the active pane steps back."""
    matches: Matches | None = None
    """What a search found."""
    match: Span | None = None
    """Of these, the one at hand."""

    def matches_in(self, start: int, end: int) -> list[tuple[int, int]]:
        return self.matches.between(start, end) if self.matches is not None else []


class ArticlePane(TextMouse, can_focus=False):
    """One article. Keys are the screen's business; the mouse is told of by messages."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.emphasis = Emphasis()
        self._labels: Mapping[int, str] = {}
        self._palette: Palette | None = None
        self.overview = Overview()
        self._surveying: Timer | None = None
        """What goes on with the overview."""
        self.measure = MEASURE
        """Cells of text in a row at most."""
        self._top: int | None = None
        """The offset to begin at as soon as the size is known."""
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
        self.forget_mouse()
        self._fit()
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)
        self.refresh()

    def mark(self, markings: Markings) -> None:
        """Give the page other marks and signs; only the rows that look different are drawn anew."""
        assert self.page is not None
        top = self.scroll_offset.y
        shown = range(top, min(top + self.size.height + 1, len(self.page.layout)))
        for row in self.page.mark(markings, shown):
            self.refresh_lines(row)
        self._survey_on(CHANGE_SECONDS, CHANGE_PAUSE, self.overview.renew(shown.start, shown.stop))

    def emphasise(self, emphasis: Emphasis) -> None:
        """Move the cursor, selection and so on; only the rows concerned are drawn anew."""
        if self.page is None or emphasis == self.emphasis:
            return
        old, self.emphasis = self.emphasis, emphasis
        if old.focus != emphasis.focus:
            self.refresh()
            return
        if old.current != emphasis.current:
            ids = old.current ^ emphasis.current
            for start, end, marks in self.page.marks.between(*self.stretch):
                if any(mark.id in ids for mark in marks):
                    self._refresh_stretch(start, end)
        if old.matches is not emphasis.matches:
            for start, end in (*old.matches_in(*self.stretch), *emphasis.matches_in(*self.stretch)):
                self._refresh_stretch(start, end)
            self._redraw_overview(self._find())
        for before, after in (
            (old.cursor, emphasis.cursor),
            (old.match, emphasis.match),
            (old.selection, emphasis.selection),
            (old.waiting, emphasis.waiting),
            (old.counterpart, emphasis.counterpart),
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
            # What stands right of the text stays: it is not sent again.
            right = AIR if self.has_overview else 0
            self.refresh(Region(0, first - top, self.size.width - right, last - first + 1))

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

    def begin_at(self, offset: int) -> None:
        """Scroll so that the row of this offset is the first."""
        self._top = offset if self.page is None or not self.size.height else None
        if self.page is not None and self.size.height:
            self.scroll_to(y=self.page.layout.row_of(offset), animate=False, force=True, immediate=True)

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
        self.text_width = max(1, min(self.measure, width - self.gutter_width - (AIR if self.is_wide else 1)))
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
        self._survey()

    def set_measure(self, measure: int) -> None:
        """Let rows hold so many cells of text at most, where the pane is wide enough; the cursor stays in sight."""
        self.measure = measure
        self.on_resize()

    def _survey(self) -> None:
        """Begin the overview anew; done when rows change, never while drawing."""
        assert self.page is not None
        self.overview = Overview(self.size.height, len(self.page.layout), self.page.signs_between)
        self._find()
        self._survey_on()

    def _find(self) -> frozenset[int]:
        """Show in the overview what a search found; its rows that look different then."""
        page, matches = self.page, self.emphasis.matches

        def is_found(first: int, end: int) -> bool:
            if page is None or matches is None:
                return False
            begin, stop = page.stretch(first, end)
            return matches.at_or_after(begin) < matches.at_or_after(stop)

        return self.overview.find(is_found)

    def _redraw_overview(self, rows: Iterable[int]) -> None:
        for y in rows if self.has_overview else ():
            self.refresh(Region(self.size.width - AIR, y, AIR, 1))

    def _survey_on(self, seconds: float = SURVEY_SECONDS, pause: float = SURVEY_PAUSE, rows: int = 0) -> None:
        """Work out some of the overview now, so many rows at least, and the rest between keys."""
        end = perf_counter() + seconds
        self._redraw_overview(self.overview.go_on(rows))
        while self.overview.is_due and perf_counter() < end:
            self._redraw_overview(self.overview.go_on(1))
        if self._surveying is not None:
            self._surveying.stop()
        self._surveying = self.set_timer(pause, self._survey_on) if self.overview.is_due else None

    @property
    def has_overview(self) -> bool:
        """Whether the overview is drawn: there is room for it, and something that can't be seen at once."""
        return self.is_wide and self.overview.is_needed and not self.emphasis.focus

    def on_resize(self) -> None:
        if self.page is None:
            return
        anchor = self.emphasis.cursor
        self._fit()
        if self._top is not None:
            self.begin_at(self._top)
        if anchor is not None:
            self.reveal(anchor.start, anchor.end)
        self.refresh()

    def offset_at(self, x: int, y: int) -> int | None:
        if self.page is None:
            return None
        layout = self.page.layout
        row = y + self.scroll_offset.y
        if not 0 <= row < len(layout) or layout.is_spacer(row):
            return None
        return layout.offset_at(row, max(0, x - self.text_left))

    def sought_at(self, x: int, y: int) -> int | None:
        if self.page is None or not self.has_overview or x <= self.size.width - AIR:
            return None
        return self.page.layout.row(self.overview.row_at(y))[0]

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
            right = self._overview_at(y, palette)
            return sparing([Segment(" " * (width - len(right)), palette[""]), *right], width)
        start, end = page.layout.row(row)
        cursor = self.emphasis.cursor
        at_cursor = cursor is not None and start < cursor.end and cursor.start < end
        counterpart = self.emphasis.counterpart
        is_counterpart = counterpart is not None and start < counterpart.end and counterpart.start < end
        segments = self._gutter(row, at_cursor, palette, is_counterpart)
        used = sum(segment.cell_length for segment in segments)
        text = self.row_of_text(start, end, palette)
        used += sum(segment.cell_length for segment in text)
        right = self._overview_at(y, palette)
        air = Segment(" " * max(0, width - used - len(right)), palette[""])
        strip = sparing([*segments, *text, air, *right], max(used, width))
        if self._labels:
            strip = self._with_labels(strip, row, palette)
        return strip.crop(0, width)

    def _overview_at(self, y: int, palette: Palette) -> list[Segment]:
        """The overview in a row of the pane, and the air beside it: one cell a segment."""
        if not self.has_overview:
            return []
        pieces = self.overview.pieces(y, self.scroll_offset.y)
        return [*(Segment(text, palette[style]) for text, style in pieces), Segment(" ", palette[""])]

    def _gutter(self, row: int, at_cursor: bool, palette: Palette, is_counterpart: bool) -> list[Segment]:
        assert self.page is not None
        width = self.gutter_width
        segments = [Segment(" " * (self.text_left - width), palette[""])]
        if is_counterpart:
            segments.append(Segment(SIGNS.aligned, palette["accent"]))
        elif at_cursor:
            segments.append(Segment(SIGNS.bar, palette["accent" if self.emphasis.active else "faint"]))
        else:
            segments.append(Segment(" ", palette[""]))
        room = width - 2
        for sign in self.page.signs(row) if at_cursor or not self.emphasis.focus else ():
            text = sign.text if self.is_wide else sign.short
            if cells(text) > room and sign.is_quiet:
                break
            if cells(text) > room:
                if room == 0:  # the last sign goes, however wide it is
                    room = segments.pop().cell_length
                segments.append(Segment("+", palette["faint"]))
                room -= 1
                break
            segments.append(Segment(text, palette[sign.style]))
            room -= cells(text)
        segments.append(Segment(" " * (room + 1), palette[""]))
        return segments

    def row_of_text(self, start: int, end: int, palette: Palette) -> list[Segment]:
        """The text of a row as it is drawn."""
        assert self.page is not None
        text = self.page.article.text
        return [Segment(shown(text[a:b]), palette.text(look)) for a, b, look in self._pieces(start, end)]

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, Look]]:
        """The row cut where its looks change."""
        page = self.page
        assert page is not None
        emphasis = self.emphasis
        # Letters over the text are to be read before anything else.
        selection, matches, at_hand = emphasis.selection, emphasis.matches_in(start, end), emphasis.match
        if self._labels:
            selection, matches, at_hand = None, [], None
        # A match may begin or end inside what is one character on the screen.
        found = [whole_graphemes(page.article.text, *match) for match in matches]
        if at_hand is not None:
            at_hand = Span(*whole_graphemes(page.article.text, at_hand.start, at_hand.end))
        runs = page.marks.between(start, end)
        debris = page.debris(start, end)
        every = (emphasis.cursor, selection, emphasis.waiting, emphasis.counterpart, at_hand)
        spans = [span for span in every if span is not None]
        cuts = {start, end}
        for a, b in [*((a, b) for a, b, _ in runs), *debris, *found, *((span.start, span.end) for span in spans)]:
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
                counterpart=emphasis.counterpart is not None and a in emphasis.counterpart,
                current=any(mark.id in emphasis.current for mark in marks),
                debris=any(x <= a < y for x, y in debris),
                dimmed=emphasis.focus and not (emphasis.active and emphasis.cursor and a in emphasis.cursor),
                found=any(x <= a < y for x, y in found),
                at_hand=at_hand is not None and a in at_hand,
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
