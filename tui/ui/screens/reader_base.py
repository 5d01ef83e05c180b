"""The Reader's state and what its groups of actions share: panes, the current record, what keys act on."""

from collections.abc import Mapping

from tui.exchange.anchoring import Placed
from tui.model.article import Article
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link
from tui.session.gestures import End, Gesture
from tui.session.newness import Key
from tui.session.read_so_far import Motion
from tui.session.reading_state import Setting
from tui.text.quotations import quoted
from tui.ui.actions import RECORDING, Action, Where
from tui.ui.open_claims import Sights, to_settle_in
from tui.ui.reading import ClaimMarkings, Colleagues, Ref, StripRow, StripWords, ref_to
from tui.ui.screens.base import BaseScreen
from tui.ui.signs import SIGNS
from tui.ui.stops import Stops
from tui.ui.widgets.column import Column
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.page import Page

PANE_WIDTH, PANE_HEIGHT = 40, 9
"""Cells a pane needs at least to be legible, side by side and one above the other."""
MOST_PANES = 4
STRIP_HEIGHT = 6
MOTIONS = {
    "next": Motion.STEP,
    "next_paragraph": Motion.STEP,
    "page_down": Motion.PAGE,
    "half_down": Motion.PAGE,
}
"""The actions by which one reads on; by all others one jumps."""


class ReaderBase(BaseScreen):
    """Panes side by side, the strip below; one pane is active and keys act on it."""

    WHERE = Where.READER

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Column] = []
        self.active = 0
        self.current: Ref | None = None
        """The record just made or stepped to; moving the cursor away ends it."""
        self.waiting: tuple[type[Link], End] | None = None
        """A link's first end, and what kind of link it is to be."""
        self.colleagues = Colleagues.SHOWN
        self.is_alone = False
        self.is_stacked = False
        self.last_tag: str | None = None
        self.strip = Lines(id="strip")
        self._strip_rows: list[StripRow] = []
        self._stops: dict[str, Stops] = {}
        self._sights: dict[str, Sights] = {}
        """What has to be settled in each article, as it was found last."""
        self.new_here: frozenset[Key] = frozenset()
        """The new records that one is at: seen as soon as one goes on."""
        self._awaits_pane = False
        """Whether a pane is being made for which keys wait."""

    @property
    def column(self) -> Column:
        """The active pane."""
        return self.columns[self.active]

    @property
    def where(self) -> Where:
        return Where.SELECTING if self.columns and self.column.select_from is not None else Where.READER

    @property
    def is_in_mode(self) -> bool:
        """Whether keys mean something else than in reading: their hints come before what else there is to say."""
        return self.where is not Where.READER

    @property
    def holds_keys(self) -> bool:
        return self._awaits_pane

    def on_column_ready(self) -> None:
        if all(column.is_ready for column in self.columns):
            self.call_after_refresh(self._panes_are_there)

    def _panes_are_there(self) -> None:
        if all(column.is_ready for column in self.columns):
            self._awaits_pane = False
            self.variorum.typed.go_on()

    def perform(self, action: Action, count: int | None = None) -> None:
        if not self.columns:  # where the application is left before the screen is there
            return
        if action.id in RECORDING or action.id in ("select", "copy", "settle"):
            self._show_place()
        column, page, before, seen = self.column, self.column.page, self.column.cursor, self.column.on_screen
        super().perform(action, count)
        if column.page is page:
            motion = MOTIONS.get(action.id, Motion.JUMP)
            self.variorum.keeper.moved(page, before, column.cursor, seen, motion)

    def _show_place(self) -> None:
        """Bring what keys act on back to the screen, from where the wheel took it."""
        place, (top, bottom) = self.column.place, self.column.pane.stretch
        if place.end <= top or place.start >= bottom:
            self.column.pane.reveal(place.start, place.end, centre=True)

    # --- coming back to it ---

    def kept_settings(self) -> dict[str, Setting]:
        """What is to be found again at the next start."""
        return {
            "alone": self.is_alone,
            "stacked": self.is_stacked,
            "colleagues": self.colleagues.value,
            "tag": self.last_tag or "",
        }

    def take_settings(self, settings: Mapping[str, Setting]) -> None:
        """Let things be as they were at the last start; what can't be is left as it is."""
        self.is_alone = settings.get("alone") is True
        self.is_stacked = settings.get("stacked") is True
        self.colleagues = next((one for one in Colleagues if one.value == settings.get("colleagues")), self.colleagues)
        tag = settings.get("tag")
        self.last_tag = tag if isinstance(tag, str) and self.session.config.tag(tag) is not None else None

    # --- panes ---

    @property
    def fitting(self) -> int:
        """How many panes fit legibly."""
        if self.is_alone:
            return 1
        if self.is_stacked:
            return max(1, min(MOST_PANES, (self.size.height - 8) // PANE_HEIGHT))
        return max(1, min(MOST_PANES, self.size.width // PANE_WIDTH))

    def make_page(self, article: str) -> Page:
        page = Page(self.session.articles[article], self.session.statements(article))
        page.mark(ClaimMarkings(self.session, article, self.colleagues))
        return page

    def lay_out(self) -> None:
        """Show as many panes as fit, the active one among them, and tell each its number."""
        count = len(self.columns)
        first = max(0, min(self.active - self.fitting + 1, count - self.fitting)) if count > self.fitting else 0
        if self.active < first:
            first = self.active
        for position, column in enumerate(self.columns):
            column.number = position + 1
            column.display = first <= position < first + self.fitting
            column.set_class(position == first, "first")
            column.active = position == self.active
            column.draw()
        self.set_class(self.is_stacked, "stacked")
        if self.is_attached:
            self.refresh_header()

    def activate(self, position: int) -> None:
        """Let keys act on another pane."""
        if position == self.active or not 0 <= position < len(self.columns):
            return
        self.column.select_from = None
        self.column.active = False
        self.column.current = frozenset()
        self.column.draw()
        self.active = position
        self.column.active = True
        if not self.column.display:
            self.lay_out()
        self.column.draw()
        self.set_current(None)

    def shown_columns(self) -> list[Column]:
        return [column for column in self.columns if column.display]

    def show_article(self, article: str) -> Column:
        """The pane with this article: the one that has it, else a new one, else the one after the active."""
        for position, column in enumerate(self.columns):
            if column.article.id == article:
                self.activate(position)
                return column
        if len(self.columns) < min(self.fitting, MOST_PANES):
            self.add_column(article)
        else:
            self.activate((self.active + 1) % len(self.columns))
            self.replace(article)
        return self.column

    def add_column(self, article: str) -> None:
        """Open an article in a new pane after the active one, and make that the active one."""
        column = Column(self.make_page(article))
        self._find_place(column)
        panes = self.query_one("#panes")
        if self.columns:
            self.column.active = False
            self.column.select_from = None
            panes.mount(column, after=self.column)
        else:
            panes.mount(column)
        self.active = self.active + 1 if self.columns else 0
        self.columns.insert(self.active, column)
        self.count_open()
        self.show_waiting()
        self._awaits_pane = True
        self.lay_out()
        self.set_current(None)

    def replace(self, article: str) -> None:
        """Open an article in the active pane."""
        self.variorum.keeper.left(self.column)
        self.column.open(self.make_page(article))
        self.count_open()
        self.show_waiting()
        self._find_place(self.column)
        self.column.move_to(self.column.cursor)
        self.lay_out()
        self.set_current(None)

    def remove_column(self, position: int) -> None:
        column = self.columns.pop(position)
        self.variorum.keeper.left(column)
        column.remove()
        self.on_column_ready()  # none may be waited for any more
        self.active = min(self.active if position > self.active else max(0, self.active - 1), len(self.columns) - 1)
        if self.columns:
            self.lay_out()
            self.set_current(None)

    def _find_place(self, column: Column) -> None:
        """Put the cursor where the reader was in this article last."""
        found = self.variorum.keeper.find(column.page)
        if found is not None:
            column.cursor, top = found
            column.pane.begin_at(top)

    def show_waiting(self) -> None:
        """Mark the waiting end wherever its article is open."""
        end = self.waiting[1] if self.waiting else None
        for column in self.columns:
            column.waiting = end.span if end is not None and end.article == column.article.id else None
            column.draw()
        self.refresh_last()

    @property
    def urgent(self) -> tuple[str, ...]:
        return ("settle",) if self.columns and self.column.to_settle else ()

    def place(self) -> str:
        shown = [str(column.number) for column in self.shown_columns()]
        return f" · panes {', '.join(shown)} of {len(self.columns)}" if len(shown) < len(self.columns) else ""

    def article_here(self) -> Article:
        return self.column.article

    # --- records at the cursor ---

    def claims_here(self) -> tuple[Claim, ...]:
        """The claims that can be seen at the cursor: those of the selection or statement, one's own first, among them
        orphans, which stand nowhere and are seen beside a statement."""
        claims = self.session.claims_at(
            self.column.article.id, self.column.place, colleagues=self.colleagues is not Colleagues.HIDDEN
        )
        orphans = tuple(placed.now for placed in self.open_here() if placed.is_orphan)
        if not orphans:
            return claims
        return tuple(sorted((*claims, *orphans), key=lambda claim: claim.annotator != self.session.annotator))

    def open_here(self) -> tuple[Placed, ...]:
        """What has to be settled at the cursor, one's own first."""
        article = self.column.article.id
        found = self.session.views.open_in(article, colleagues=self.colleagues is not Colleagues.HIDDEN)
        if not found:
            return ()
        sights = self._sights.get(article)
        if sights is None or sights.found != found:  # quickly told: what did not change is the same objects
            sights = self._sights[article] = Sights(self.session, found)
        return sights.at(self.column.place)

    def count_open(self) -> None:
        """Let each pane say how much of one's own is to be settled in it, and whether its file is another by now."""
        for column in self.columns:
            count = to_settle_in(self.session, column.article.id)
            is_outdated = column.article in self.variorum.outside.outdated
            if (count, is_outdated) != (column.to_settle, column.is_outdated):
                column.to_settle, column.is_outdated = count, is_outdated
                if column.is_ready:
                    column.draw_title()

    def record_of(self, ref: Ref | None) -> Claim | Link | None:
        if ref is None:
            return None
        record = self.session.record(ref.annotator, ref.id)
        return record if isinstance(record, Claim | Contradiction | DuplicateGroup) else None

    def set_current(self, ref: Ref | None) -> None:
        """Make a record current (or none), underline what it stands for, and show it first in the strip."""
        is_hidden = self.colleagues is Colleagues.HIDDEN and ref is not None and ref.annotator != self.session.annotator
        self.current = ref = None if is_hidden else ref
        claims = self.claims_here()
        record = self.record_of(ref)
        if isinstance(record, Claim):
            ids = frozenset({record.id})
        elif record is not None:
            ids = frozenset(record.claims)
        else:
            # What a key would act on; else what the strip shows first.
            meant = next((claim for claim in claims if claim.span == self.column.place), None)
            own = meant is not None and meant.annotator == self.session.annotator
            ids = frozenset({(meant if meant and own else claims[0]).id}) if claims else frozenset()
        for column in self.columns:
            underlined = ids if record is not None or column is self.column else frozenset()
            if column.current != underlined:
                column.current = underlined
                column.draw()
        self.refresh_strip(claims)
        self._pass_new(claims)
        self.refresh_last()

    def _pass_new(self, claims: tuple[Claim, ...]) -> None:
        """The new records that one was at and is no more are seen; one is at those that the strip shows."""
        shown = {(row.ref.annotator, row.ref.id) for row in self._strip_rows if row.ref is not None}
        if self.current is not None:
            shown.add((self.current.annotator, self.current.id))
        here = self.session.new.at(claims, shown)
        left, self.new_here = self.new_here - here, here
        if left:
            self.variorum.team.saw(self.session.new.see(left))

    def see_here(self) -> None:
        """The reader goes elsewhere: what they were at is seen."""
        self._pass_new(())

    @property
    def strip_source(self) -> StripWords:
        """What words are made of records for the strip, with the panes numbered as they are now."""
        numbers = {column.article.id: column.number for column in reversed(self.columns)}
        return StripWords(self.session, numbers, self.size.width, self.colleagues)

    def refresh_strip(self, claims: tuple[Claim, ...] | None = None) -> None:
        if not self.is_attached:
            return
        claims = self.claims_here() if claims is None else claims
        self._strip_rows = self.strip_rows(claims, max(1, self.strip.size.height - 1))
        self.strip.show([self.strip_rule(), *(row.line for row in self._strip_rows)])

    @property
    def rows_below(self) -> int:
        """The strip and the last line, where the strip is not grown over the text."""
        return min(self.strip.size.height, STRIP_HEIGHT) + 1 if self.strip.display else 0

    def strip_rows(self, claims: tuple[Claim, ...], height: int) -> list[StripRow]:
        """What the strip shows in so many rows."""
        return self.strip_source.rows(claims, self.current, height)

    def strip_rule(self) -> Line:
        """The line above the strip."""
        return Line([(SIGNS.rule * self.size.width, "line")])

    def mark_again(self, articles: frozenset[str]) -> None:
        """Draw the signs of these articles as they are now."""
        for column in self.columns:
            if column.article.id in articles:
                markings = ClaimMarkings(self.session, column.article.id, self.colleagues)
                if column.is_ready:
                    column.pane.mark(markings)
                else:  # nothing was drawn yet
                    column.page.mark(markings)

    def data_changed(self, articles: frozenset[str]) -> None:
        self.mark_again(articles)
        for article in articles:
            self._stops.pop(article, None)
        self.count_open()
        if self.columns:
            self.set_current(self.current if self.record_of(self.current) is not None else None)

    def stops(self, article: str) -> Stops:
        """What J and K step through."""
        if article not in self._stops:
            shown = self.colleagues is not Colleagues.HIDDEN
            self._stops[article] = Stops(self.session, article, colleagues=shown)
        return self._stops[article]

    def did(self, gesture: Gesture, at: str | None = None) -> Gesture:
        """Do a gesture; its record becomes current and a selection ends."""
        done = self.perform_gesture(gesture)
        self.column.select(None)
        self.show_current(done.current, at)
        return done

    def show_current(self, id: str | None, at: str | None = None) -> None:
        """Make one's own record current if it is seen here, for keys act on it; else none is."""
        ids = {claim.id for claim in self.claims_here()}
        record = self.session.records.get(id) if id else None
        if isinstance(record, Claim) and record.id in ids:
            self.set_current(ref_to(record))
        elif isinstance(record, Contradiction | DuplicateGroup) and ids.intersection(record.claims):
            own = [claim for claim in record.claims if claim in ids]
            at = at if at in own else own[0]  # it may have been looked at from a colleague's
            self.set_current(Ref(record.annotator, record.id, at))
        else:
            self.set_current(None)

    def status(self) -> Line | None:
        return self.waiting_line()

    @property
    def waiting_word(self) -> str:
        """What is to be made of the end that waits; it is its key's action too."""
        return "contradiction" if self.waiting is not None and self.waiting[0] is Contradiction else "duplicate"

    def waiting_line(self) -> Line | None:
        """What the last line says of a link's end that waits, wherever one is."""
        if self.waiting is None:
            return None
        word, end = self.waiting_word, self.waiting[1]
        key, cancel = self.key(word), self.key("cancel")
        words = end.span.of(self.session.articles[end.article].text)
        left: list[Piece] = [
            (f" {word}: ", "accent bold"),
            (f"go to the other statement and press {key}, {cancel} cancels", "foreground"),
            (f"   {quoted(words)}", "quiet"),
        ]
        return Line(left)
