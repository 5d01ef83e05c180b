"""One article in the Reader: its title, its text, and where the reader is in it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui.model.article import Article, Detail, Statement
from tui.model.span import Span
from tui.text.search import Matches
from tui.ui.actions import key_for
from tui.ui.open_claims import count_of
from tui.ui.widgets.article_pane import ArticlePane, Emphasis
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.page import Page


class Column(Vertical):
    """A pane with its title. It holds the cursor and the selection of its article."""

    class Ready(Message):
        """The article is shown."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.pane = ArticlePane()
        self.title_lines = Lines(classes="title")
        self.is_ready = False
        self.number = 1
        self.active = False
        self.cursor = page.readable_from(0) or 0
        """The position of the current statement among all of the article's."""
        self.select_from: int | None = None
        """Where the selection was begun, as an offset between characters; None: nothing is selected."""
        self.head = 0
        """The end of the selection that moves."""
        self.to_settle = 0
        """How much of one's own in this article has to be settled."""
        self.is_outdated = False
        """Whether the article's file is another than what is shown."""
        self.waiting: Span | None = None
        self.counterpart: Span | None = None
        self.current: frozenset[str] = frozenset()
        self.in_focus_mode = False
        self.matches: Matches | None = None
        """What a search found in this article, until its marking is ended."""
        self.match: Span | None = None
        """The match at hand."""

    def compose(self) -> ComposeResult:
        yield self.title_lines
        yield self.pane

    def on_mount(self) -> None:
        self.pane.show(self.page)
        self.draw()
        self.is_ready = True
        self.post_message(self.Ready())

    @property
    def article(self) -> Article:
        return self.page.article

    @property
    def statements(self) -> Sequence[Statement]:
        return self.page.statements

    @property
    def statement(self) -> Span:
        """The span of the current statement."""
        return self.page.statements[self.cursor].span

    @property
    def selection(self) -> Span | None:
        if self.select_from is None or self.select_from == self.head:
            return None
        return Span(min(self.select_from, self.head), max(self.select_from, self.head))

    @property
    def place(self) -> Span:
        """What keys act on where no record is current: the selection, else the statement."""
        return self.selection or self.statement

    @property
    def on_screen(self) -> range:
        """The positions of the statements of which something can be seen."""
        if self.pane.page is None:
            return range(0)
        start, end = self.pane.stretch
        return range(self.page.statement_near(start), self.page.statement_near(max(start, end - 1)) + 1)

    def open(self, page: Page) -> None:
        """Show another article."""
        self.page, self.cursor = page, page.readable_from(0) or 0
        self.select_from, self.head = None, 0
        self.waiting, self.counterpart, self.current = None, None, frozenset()
        self.matches = self.match = None
        self.pane.show(page)
        self.draw(reveal=True)

    def move_to(self, cursor: int) -> None:
        """Put the cursor on a statement and show it."""
        self.cursor = max(0, min(cursor, len(self.page.statements) - 1))
        self.draw(reveal=True)

    def step(self, by: int) -> bool:
        """Move by so many statements, over debris, as far as there are; False at the end of the article."""
        target = self.page.steps_from(self.cursor, by)
        if target is None:
            return False
        self.move_to(target)
        return True

    def go_to(self, span: Span, *, centre: bool = True) -> None:
        """Move to the statement that holds the beginning of this stretch."""
        self.cursor = self.page.statement_near(span.start)
        self.draw()
        self.pane.reveal(span.start, span.end, centre=centre)

    def put_cursor(self, offset: int) -> None:
        """Put the cursor on the statement at an offset that was clicked on: it is on the screen and stays where it
        is."""
        self.cursor = self.page.statement_near(offset)
        self.draw()

    def select(self, anchor: int | None, head: int = 0, *, reveal: bool = True) -> None:
        self.select_from, self.head = anchor, head
        self.draw()
        if self.selection is not None and reveal:
            self.pane.reveal(max(0, head - 1), head)

    def draw(self, *, reveal: bool = False) -> None:
        """Show title, cursor and selection as they are now."""
        if self.pane.page is None:
            return
        self.pane.emphasise(
            Emphasis(
                cursor=self.statement,
                active=self.active,
                selection=self.selection,
                waiting=self.waiting,
                counterpart=self.counterpart,
                current=self.current,
                focus=self.in_focus_mode,
                matches=self.matches,
                match=self.match,
            )
        )
        if reveal:
            self.pane.reveal(self.statement.start, self.statement.end)
        self.draw_title()

    def draw_title(self) -> None:
        article = self.article
        left = " " * max(0, self.pane.text_left - 3)
        place = self.cursor / max(1, len(self.page.statements) - 1)
        strong = "foreground bold" if self.active else "quiet"
        title: list[Piece] = [(left, ""), (str(self.number), "accent bold" if self.active else "quiet")]
        title.append((f"  {article.title.value}", strong))
        settle: list[Piece] = [(f"{count_of(self.to_settle)}  ", "warning bold")] if self.to_settle else []
        if self.is_outdated:
            settle.insert(0, (f"file changed {key_for('reader.reread')}  ", "warning"))
        self.title_lines.show(
            [
                Line(title, [(f"{place:4.0%}  ", "quiet")]),
                Line([(f"{left}   ", ""), *credits_of(article), (f" · {article.id}", "faint")], settle),
            ]
        )

    def on_resize(self) -> None:
        # The text finds its place first: the title stands above it.
        self.call_after_refresh(self.draw_title)


def credits_of(article: Article) -> list[Piece]:
    """Outlet, agency, author and date, what was guessed shown as guessed, what is not known as unknown."""
    pieces: list[Piece] = []
    for name, detail in (
        ("outlet", article.outlet),
        ("", article.agency),
        ("", article.author),
        ("date", article.date),
    ):
        if detail is None and not name:
            continue
        if pieces:
            pieces.append((" · ", "faint"))
        pieces += credit(name, detail)
    return pieces


def credit(name: str, detail: Detail | None) -> list[Piece]:
    """One detail of an article as words for a row."""
    if detail is None:
        return [(f"{name} unknown", "faint")]
    return [(detail.value, "quiet"), *([(" (guessed)", "faint")] if detail.guessed else [])]
