"""The Reader: one to four articles side by side, and what is recorded at the cursor."""

from collections.abc import Callable
from contextlib import nullcontext

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.errors import RefusedError
from tui.model.records import Claim, Link
from tui.model.span import Span
from tui.session.gestures import Gesture
from tui.text.cells import next_grapheme
from tui.text.search import Query
from tui.ui.clipboard import copy
from tui.ui.places import Place
from tui.ui.reading import Colleagues, ref_to
from tui.ui.screens.reader_aligning import Aligning
from tui.ui.screens.reader_base import MOST_PANES
from tui.ui.screens.reader_leaving import Leaving
from tui.ui.screens.reader_searching import Searching
from tui.ui.screens.reader_suggesting import Suggesting
from tui.ui.screens.reader_team import Teaming
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.lines import Lines, Piece
from tui.ui.widgets.picker import Choice


class ReaderScreen(Suggesting, Searching, Leaving, Aligning, Teaming):
    """All that can be done while reading."""

    def __init__(self) -> None:
        super().__init__()
        self._is_ready = False
        self._wanted: list[str] = []
        """What to open once the screen is there, and
        `_wanted_active`, which of it keys act on then."""
        self._wanted_active = 0
        self._wanted_place: list[Callable[[], None]] = []
        """How to go to the place that is wanted then."""

    def compose(self) -> ComposeResult:
        yield self.header
        yield Horizontal(id="panes")
        yield self.strip
        yield self.memo
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    # --- opening ---

    def on_mount(self) -> None:
        if self.query_one("#panes").is_attached:  # else the application is on its way out already
            self._is_ready = True
            # Where one comes back to at the start is no place one jumped to.
            with self.variorum.way.going() if self._wanted_place else nullcontext():
                self.open(self._wanted)
                self.activate(self._wanted_active)
                for go in self._wanted_place:
                    go()

    def open(self, articles: list[str], *, alone: bool = False) -> None:
        """Show these articles; one that is open already keeps its place, and a waiting end keeps its pane. A single one
        that is open is gone to among the others, unless it is to be `alone`."""
        if not self._is_ready:
            if len(articles) == 1 and articles[0] in self._wanted and not alone:
                self._wanted_active = self._wanted.index(articles[0])
            else:
                self._wanted, self._wanted_active = articles, 0
            return
        if len(articles) == 1 and (self.waiting is not None or (articles[0] in self.open_now and not alone)):
            self.show_article(articles[0])
        else:
            self.open_exactly(articles)

    def show_record(self, claim: Claim, link: Link | None = None) -> None:
        """Go to a claim and make it current, or the link that it is an end of."""
        ref = ref_to(claim) if link is None else ref_to(link, claim)
        self._go_when_ready(lambda: self.try_to(self.go_to, ref))

    def show_place(self, article: str, span: Span) -> None:
        """Go to a stretch of an article."""
        self._go_when_ready(lambda: self.try_to(self.go_to_place, article, span))

    def show_pair(self, first: tuple[str, Span], second: tuple[str, Span]) -> None:
        """Go to a stretch of an article, and have another one marked beside it."""

        def go() -> None:
            self.go_to_place(*second)
            self.go_to_place(*first)
            self.mark_beside(*second)

        self._go_when_ready(lambda: self.try_to(go))

    def open_again(self, articles: list[str], active: int) -> None:
        """Let these be what is open, as soon as the screen is there."""
        self._wanted, self._wanted_active = articles[:MOST_PANES], active

    def return_to(self, place: Place) -> None:
        """Go to where the reader was."""
        self._go_when_ready(lambda: self.come_back(place))

    @property
    def has_panes(self) -> bool:
        """Whether anything is open, or will be as soon as the screen is there."""
        return bool(self.columns or self._wanted)

    def mark_matches(self, query: Query, article: str, match: Span) -> None:
        """Mark all matches of a search in an article that was gone to; it is at this one."""
        self._go_when_ready(lambda: self.mark_search(query, article, match))

    def _go_when_ready(self, go: Callable[[], None]) -> None:
        if self._is_ready:
            go()
        else:
            self._wanted_place.append(go)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.show_waiting()
        self.call_after_refresh(self._settle)

    def on_screen_suspend(self) -> None:
        self.see_here()

    def on_resize(self) -> None:
        super().on_resize()
        self.set_class(self.size.height < 30, "low")
        self.set_class(self.size.height < 14, "tiny")
        if self.columns:
            self.lay_out()
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.columns:
            self.place_picker()
            self.set_current(self.current)

    def renew(self, ids: frozenset[str]) -> None:
        super().renew(ids)
        self._forget()

    # --- seeing ---

    def do_alone(self) -> None:
        self.is_alone = not self.is_alone
        self.lay_out()

    def do_stack(self) -> None:
        before = min(self.fitting, len(self.columns))
        self.is_stacked = not self.is_stacked
        if self.is_stacked and min(self.fitting, len(self.columns)) < before:
            self.is_stacked = False
            raise RefusedError("one above the other they would be too low to read: make the window higher")
        self.lay_out()

    def do_more_panes(self) -> None:
        if len(self.columns) >= MOST_PANES:
            raise RefusedError(f"{MOST_PANES} panes are open, more can't be")
        is_open = frozenset(self.open_now)
        closed = [article.id for article in self.session.library.articles if article.id not in is_open]
        if not closed:
            raise RefusedError("every article is open")
        was_alone, self.is_alone = self.is_alone, False
        if len(self.columns) + 1 > self.fitting:
            self.is_alone = was_alone
            other, stack = self.key("other_article"), self.key("stack")
            instead = f"{other} opens another article here" if self.is_stacked else f"{stack} stacks the panes"
            raise RefusedError(f"another pane would be too small to read: {instead}")
        here = self.column.article.id
        self.variorum.way.forget_panes()
        self.add_column(next((article for article in closed if article > here), closed[0]))

    def do_fewer_panes(self) -> None:
        if len(self.columns) == 1:
            raise RefusedError(f"this is the last pane: {self.key('back')} goes back to the Library")
        self.variorum.way.forget_panes()
        self.remove_column(self.active)

    def do_other_article(self) -> None:
        is_open = frozenset(self.open_now)
        choices = [
            Choice(article.id, article.title.value, detail=article.outlet.value if article.outlet else "")
            for article in self.session.library.articles
            if article.id not in is_open
        ]
        if not choices:
            raise RefusedError(f"every article is open: {self.key('other_pane')} goes to it")

        def open_here(article: str, _stay: bool) -> None:
            with self.variorum.way.going():
                self.replace(article)

        self.choose("another article in this pane", choices, open_here)

    def do_colleagues(self) -> None:
        order = list(Colleagues)
        self.colleagues = order[(order.index(self.colleagues) + 1) % len(order)]
        self._stops.clear()
        self.data_changed(frozenset(self.open_now))
        names = ", ".join(self.session.colleagues) or "none yet"
        self.say(f"colleagues' records ({names}): {self.colleagues}")

    def do_copy(self) -> None:
        column = self.column
        claims = [claim for claim in self.claims_here() if claim.stands_in(column.article.text)]
        at = self.current and (self.current.at or self.current.id)
        current = next((claim for claim in claims if claim.id == at), None)
        if column.selection is not None:
            span = column.selection
        elif current is not None:
            span = current.span
        else:
            span = claims[0].span if len(claims) == 1 else column.statement
        copy(self.variorum, self.session.citation(column.article.id, span))

    # --- words for the last line ---

    def hints(self) -> list[Piece]:
        if self.is_jumping:
            return [(" a letter", "accent"), (" goes there  ", "quiet"), (" esc", "accent"), (" cancels ", "quiet")]
        return super().hints()

    def after_step(self, gesture: Gesture) -> None:
        super().after_step(gesture)
        self.show_current(gesture.current)

    # --- mouse ---

    def on_article_pane_pressed(self, event: ArticlePane.Pressed) -> None:
        for position, column in enumerate(self.columns):
            if column.pane is event.pane:
                self.end_typing()
                self.end_jump()
                self.activate(position)
                column.select_from = None
                column.put_cursor(event.offset)
                self.set_current(None)

    def on_article_pane_dragged(self, event: ArticlePane.Dragged) -> None:
        column = self.column
        if column.pane is event.pane:
            text = column.article.text
            first, last = sorted((event.anchor, event.head))
            anchor, head = first, next_grapheme(text, last)
            column.select(*((anchor, head) if event.head >= event.anchor else (head, anchor)), reveal=False)
            self.refresh_strip()
            self.refresh_last()

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        if event.lines is self.strip and 0 < event.y <= len(self._strip_rows):
            ref = self._strip_rows[event.y - 1].ref
            self.end_typing()
            self.end_jump()
            if ref is None:
                return
            self.set_current(ref)
            if ref.at is not None:
                self.try_to(self.do_follow)
            elif self.is_info and isinstance(self.record_of(ref), Claim):
                self.try_to(self.go_to, ref)
