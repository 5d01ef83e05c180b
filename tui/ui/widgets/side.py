"""One side of a pair: an article's title, and of its text a stretch with what stands around it, dimmed."""

from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset

from tui.model.article import Article, Statement
from tui.model.span import Span
from tui.text.cells import shown
from tui.ui.palette import Palette
from tui.ui.widgets.article_pane import ArticlePane, Emphasis
from tui.ui.widgets.column import credits_of
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.page import Page


class SidePane(ArticlePane):
    """An article in which only some stretches stand out, each with a style of its own; the rest steps back."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[tuple[int, int, str], ...] = ()

    @property
    def has_overview(self) -> bool:
        return False

    def _survey(self) -> None:
        """None is worked out: a pair is looked at for seconds."""

    def set_marks(self, marks: tuple[tuple[int, int, str], ...]) -> None:
        """Let these stretches, in order, stand out."""
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def place(self, span: Span) -> None:
        """Scroll so that this stretch begins a third down, where that shows all of it: both sides begin in one row
        then."""
        height = self.size.height
        if self.page is None or not height:
            return
        first, last = self.page.rows_of(span.start, span.end)
        y = first - max(0, min(height // 3, height - (last - first + 1)))
        self.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)

    def row_of_text(self, start: int, end: int, palette: Palette) -> list[Segment]:
        assert self.page is not None
        text, selection = self.page.article.text, self.emphasis.selection
        selected = (selection.start, selection.end) if selection is not None else (0, 0)
        cuts = {start, end, *(cut for cut in selected if start < cut < end)}
        marks = [mark for mark in self._marks if mark[0] < end and start < mark[1]]
        cuts.update(cut for first, last, _ in marks for cut in (first, last) if start < cut < end)
        edges = sorted(cuts)
        segments = []
        for first, last in pairwise(edges):
            style = next((style for a, b, style in marks if a <= first < b), "faint")
            if selected[0] <= first < selected[1]:
                style = "foreground on-select-ground"
            segments.append(Segment(shown(text[first:last]), palette[style]))
        return segments


class Side(Vertical):
    """A pane with its title, and the selection in it."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.pane = SidePane()
        self.title_lines = Lines(classes="source")
        self.page: Page | None = None
        self.span = Span(0, 1)
        """The stretch that is looked at."""
        self.select_from: int | None = None
        self.head = 0

    def compose(self) -> ComposeResult:
        yield self.title_lines
        yield self.pane

    def show(self, page: Page, span: Span) -> None:
        """Show a stretch of an article, in its midst."""
        if page is not self.page:
            self.page = page
            self.pane.show(page)
        self.span, self.select_from = span, None
        self.draw()
        self.pane.place(span)

    # --- what keys select in ---

    @property
    def article(self) -> Article:
        assert self.page is not None
        return self.page.article

    @property
    def statements(self) -> Sequence[Statement]:
        assert self.page is not None
        return self.page.statements

    @property
    def statement(self) -> Span:
        """The stretch that is looked at."""
        return self.span

    @property
    def selection(self) -> Span | None:
        if self.select_from is None or self.select_from == self.head:
            return None
        return Span(min(self.select_from, self.head), max(self.select_from, self.head))

    def select(self, anchor: int | None, head: int = 0, *, reveal: bool = True) -> None:
        self.select_from, self.head = anchor, head
        self.draw()
        if self.selection is not None and reveal:
            self.pane.reveal(max(0, head - 1), head)

    # --- drawing ---

    def draw(self) -> None:
        """Show title and selection as they are now."""
        if self.page is None:
            return
        is_chosen = self.select_from is not None
        self.pane.emphasise(Emphasis(cursor=self.span, active=is_chosen, selection=self.selection))
        self.draw_title()

    def draw_title(self) -> None:
        article = self.article
        left: Piece = (" " * self.pane.text_left, "")
        title: Piece = (article.title.value, "quiet bold")
        if self.title_lines.size.height > 1:
            self.title_lines.show([Line([left, title]), Line([left, *credits_of(article)])])
        else:
            self.title_lines.show([Line([left, *credits_of(article), (" · ", "faint"), title])])

    def on_resize(self) -> None:
        # The text finds its place first: the title stands above it.
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.page is not None:
            self.draw_title()
            self.pane.place(self.span)

    @property
    def near(self) -> Offset:
        """The cell of the screen below the stretch, for what is asked about it."""
        assert self.page is not None
        _, last = self.page.rows_of(self.span.start, self.span.end)
        region = self.pane.region
        row = min(max(last - self.pane.scroll_offset.y, 0), max(0, region.height - 1))
        return Offset(region.x + self.pane.text_left, region.y + row)
