"""The claim as each article tells it, one under the other: what differs is marked, and can be linked."""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.worker import get_current_worker

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.records import Contradiction, DuplicateGroup, Link
from tui.session import gestures
from tui.session.comparing import ALL_ARTICLES, Anchor
from tui.session.comparison_sheet import Entry, Found, Sheet
from tui.suggest.comparison import Kind, Weight
from tui.suggest.comparison import Piece as Part
from tui.text.cells import fit, plain_line
from tui.text.numbers import spaced
from tui.ui.actions import Where, key_for
from tui.ui.choices import kind_choices
from tui.ui.comparing_words import how_found, legend, points_line, source
from tui.ui.palette import Palette
from tui.ui.screens.base import BaseScreen
from tui.ui.signs import SIGNS
from tui.ui.widgets.comparison_view import Block, ComparisonView
from tui.ui.widgets.lines import Line, Lines, Piece

NAMED = 200
"""Characters of the reference that are looked at for the header."""
EACH_SECONDS = 0.15
"""How often what was found is brought to the screen."""


class ComparisonScreen(BaseScreen):
    """Above the Reader. One instance, which keeps what it showed last."""

    WHERE = Where.COMPARISON

    class Looked(Message):
        """Something was found, or how far the search has come."""

        def __init__(
            self, sheet: Sheet, found: list[Found], part: float, *, is_end: bool = False, error: str = ""
        ) -> None:
            super().__init__()
            self.sheet = sheet
            self.found = found
            self.part = part
            """How much has been looked through, from 0 to 1."""
            self.is_end = is_end
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.reference = ComparisonView(id="reference", has_cursor=False)
        self.entries = ComparisonView(id="entries")
        self.legend = Lines(id="legend")
        self.sheet: Sheet | None = None
        self._numbers: Mapping[str, int] = {}
        self._shows_silent = True
        self._is_stopped = False
        self._is_behind = False
        """Whether records changed since this was drawn."""
        self._part = 0.0

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.reference
        yield self.entries
        yield self.legend
        yield self.memo
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    # --- opening and looking ---

    def open(self, anchor: Anchor, numbers: Mapping[str, int], *, colleagues: bool) -> None:
        """Compare this; `numbers` are those of the open panes, by article."""
        self._numbers = numbers
        self.sheet = Sheet(self.session, anchor, colleagues=colleagues)
        self.entries.cursor = 0
        if self.is_attached:
            self._look()

    def on_mount(self) -> None:
        self.call_after_refresh(self._look)

    def compare_anew(self) -> None:
        """Articles are others than before: no place that was found in them is one any more."""
        if self.sheet is not None:
            self.sheet = self.sheet.anew()
            self._look()

    def _look(self) -> None:
        """Find the counterparts in another thread; what was sought before is sought no more."""
        sheet = self.sheet
        if sheet is None:
            return
        self._is_stopped, self._part = False, 0.0
        self._draw()
        spans = sheet.linked_spans()

        def tell(found: list[Found], part: float, *, is_end: bool = False, error: str = "") -> None:
            self.post_message(self.Looked(sheet, found, part, is_end=is_end, error=error))

        def work() -> None:
            worker = get_current_worker()

            def stopped() -> bool:
                return worker.is_cancelled or self.sheet is not sheet or self._is_stopped

            try:
                articles = self.variorum.alike.likely(sheet.reference, lambda part: tell([], part), stopped=stopped)
                found: list[Found] = []
                last = monotonic()
                for one in sheet.look(self.variorum.alike, articles, spans, stopped):
                    found.append(one)
                    if monotonic() - last > EACH_SECONDS:
                        tell(found, 1.0)
                        found, last = [], monotonic()
                tell(found, 1.0, is_end=True)
            except Exception as error:  # noqa: BLE001  # said in the last line
                tell([], 1.0, is_end=True, error=f"{type(error).__name__}: {error}")

        self.run_worker(work, thread=True, group="compare")

    def on_comparison_screen_looked(self, event: Looked) -> None:
        sheet = self.sheet
        if sheet is not event.sheet or sheet is None:
            return
        self._part = event.part
        here = self._here().article if self._shown() else None
        for found in event.found:
            sheet.take(found)
        if event.is_end:
            sheet.finish()
        if event.error:
            self.say(f"the articles can't be compared: {event.error}", "warning")
        if event.found or event.is_end:
            articles = [entry.article for entry in self._shown()]
            was_moved = self.entries.cursor > 0 and here in articles
            self.entries.cursor = articles.index(here) if was_moved and here is not None else 0
            self._draw()
        self.refresh_last()

    def status(self) -> Line | None:
        if self.sheet is None or self.sheet.is_whole:
            return self.variorum.rooms.waiting()
        many = len(self.session.articles)
        far = f": {self._part:.0%}, {self.key('cancel')} stops" if many > ALL_ARTICLES else ""
        return Line([(f" looking through {spaced(many)} articles{far}", "quiet")])

    # --- drawing ---

    def _shown(self) -> list[Entry]:
        """The entries on the screen."""
        entries = self.sheet.entries if self.sheet is not None else []
        return [entry for entry in entries if entry.shown is not None or self._shows_silent]

    def _draw(self) -> None:
        sheet = self.sheet
        if sheet is None or not self.is_attached:
            return
        blocks = [self._block(sheet, entry) for entry in self._shown()]
        if sheet.is_whole and not any(entry.shown is not None for entry in sheet.entries):
            # No block of its own: each stands for an entry.
            none = Line([("no other article has anything like it", "quiet")])
            first = blocks[0] if blocks else Block(())
            blocks[:1] = [replace(first, heads=(none, *first.heads))]
        self.entries.show(blocks, self.entries.cursor)
        self.entries.reveal()
        self._draw_reference()
        self.legend.show([legend(is_plain=Palette.of(self.app).is_plain)])
        self.refresh_last()

    def _draw_reference(self) -> None:
        """The reference, marked as it differs from the entry at hand."""
        sheet = self.sheet
        if sheet is None:
            return
        anchor = sheet.reference
        words = sheet.words(anchor.article, anchor.span)
        shown = self._here().shown if self._shown() else None
        whole = (Part(0, len(words), Kind.WORDS, Weight.ONLY),)
        pieces = sheet.compared(shown).here if shown is not None else whole
        head = Line([*source(self.session, anchor.article, self._numbers), (" · ", "faint"), ("reference", "accent")])
        self.reference.show([Block((head,), *sheet.excerpt(anchor.article, anchor.span), pieces)])
        most = max(2, self.size.height // 3)
        height = max(2, min(most, self.reference.height_needed)) + 1
        if self.reference.styles.height is None or self.reference.styles.height.value != height:
            self.reference.styles.height = height

    def _block(self, sheet: Sheet, entry: Entry) -> Block:
        shown = entry.shown
        where = source(self.session, entry.article, self._numbers)
        if shown is None:
            faint: list[Piece] = [(f"{self.key('next_candidate')} shows the nearest", "faint")]
            return Block((Line([("nothing like it  ", "faint"), *where], faint if entry.counterparts else []),))
        found = sheet.compared(shown)
        several: list[Piece] = []
        if len(entry.counterparts) > 1:
            several = [(f"{entry.at + 1} of {len(entry.counterparts)}", "faint")]
        points = points_line(found.points)
        head = Line([*where, (" · ", "faint"), *how_found(self.session, shown)], several)
        heads = [head, *([points] if points is not None else [])]
        return Block(tuple(heads), *sheet.excerpt(entry.article, shown.span), found.there)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._draw)

    def data_changed(self, _articles: frozenset[str]) -> None:
        self._is_behind = True
        if self in self.app.screen_stack:
            self._catch_up()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._catch_up()

    def _catch_up(self) -> None:
        """Show how things are linked now: where this is not on the screen no key waits for it."""
        if self._is_behind and self.sheet is not None:
            self.sheet.link_again()
            self._draw()
        self._is_behind = False

    # --- keys ---

    def _here(self) -> Entry:
        shown = self._shown()
        if not shown or self.sheet is None:
            raise RefusedError("there is nothing here to compare with")
        return shown[min(self.entries.cursor, len(shown) - 1)]

    def _position(self) -> int:
        """Of the entry at hand among all."""
        assert self.sheet is not None
        return self.sheet.entries.index(self._here())

    def _move(self, cursor: int) -> None:
        self.entries.move_to(cursor)
        self._draw_reference()

    def do_next(self, count: int = 1) -> None:
        self._move(self.entries.cursor + count)

    def do_previous(self, count: int = 1) -> None:
        self._move(self.entries.cursor - count)

    def do_page_down(self, count: int = 1) -> None:
        self.entries.page(count)
        self._draw_reference()

    def do_page_up(self, count: int = 1) -> None:
        self.entries.page(-count)
        self._draw_reference()

    def do_first(self, count: int = 1) -> None:
        self._move(count - 1)

    def do_last(self, count: int | None = None) -> None:
        self._move((count or len(self.entries.blocks)) - 1)

    def do_next_candidate(self) -> None:
        self._step(1)

    def do_previous_candidate(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        position = self._position()
        if self.sheet is None or not self.sheet.step(position, by):
            raise RefusedError("nothing else in this article is like it")
        self._draw()

    def do_refer(self) -> None:
        position = self._position()
        anchor = self.sheet.anchor_at(position) if self.sheet is not None else None
        if anchor is None or self.sheet is None:
            raise RefusedError("there is nothing like it in this article: it can't be the reference")
        self.open(anchor, self._numbers, colleagues=self.sheet.colleagues)

    def do_silent(self) -> None:
        silent = sum(entry.shown is None for entry in self.sheet.entries) if self.sheet is not None else 0
        if not silent:
            raise RefusedError("every article has something like it")
        here = self._here().article
        self._shows_silent = not self._shows_silent
        articles = [entry.article for entry in self._shown()]
        self.entries.cursor = articles.index(here) if here in articles else 0
        self._draw()

    def do_go(self) -> None:
        entry = self._here()
        if entry.shown is None:
            raise RefusedError(
                f"there is nothing like it in this article: {key_for('reader.other_article')} in the Reader opens it"
            )
        if entry.shown.claim is not None:
            self.variorum.rooms.show_record(entry.shown.claim)
        else:
            self.variorum.rooms.show_place(entry.article, entry.shown.span)

    def do_leave(self) -> None:
        self.variorum.rooms.go_back()

    def do_cancel(self) -> None:
        super().do_cancel()
        if self.sheet is not None and not self.sheet.is_whole:
            self._is_stopped = True
        else:
            self.variorum.rooms.go_back()

    # --- linking ---

    def do_duplicate(self) -> None:
        self._link(DuplicateGroup)

    def do_contradiction(self) -> None:
        self._link(Contradiction)

    def _link(self, kind: type[Link]) -> None:
        ends = self.sheet.ends(self._position()) if self.sheet is not None else None
        if ends is None:
            raise RefusedError("there is nothing like it in this article to link with")
        make = gestures.contradiction if kind is Contradiction else gestures.duplicate
        done = self.perform_gesture(make(self.session.desk, *ends))
        link = self.session.records.get(done.current) if done.current else None
        if isinstance(link, Contradiction) and not link.kinds:
            self._ask_kinds(link)

    def _ask_kinds(self, link: Contradiction) -> None:
        def take(name: str, stay: bool) -> None:
            now = self.session.records.get(link.id)
            if isinstance(now, Contradiction):
                self.try_to(lambda: self.perform_gesture(gestures.set_kind(now, name, add=stay)))
                after = self.session.records.get(link.id)
                if stay and isinstance(after, Contradiction):
                    self.picker.update(kind_choices(self.session.config, after.kinds))

        region = self.entries.region
        near = Offset(region.x + self.entries.left + 3, region.y + max(0, self.entries.row_of_cursor()))
        self.picker.ask(
            "contradiction of what kind?", kind_choices(self.session.config, link.kinds), take, near=near, several=True
        )

    def article_here(self) -> Article:
        return self.session.articles[self._here().article]

    def place(self) -> str:
        if self.sheet is None:
            return ""
        anchor = self.sheet.reference
        words = plain_line(self.sheet.words(anchor.article, anchor.span)[:NAMED])
        return f" {SIGNS.pointer} comparing {fit(words, 40)}"

    # --- mouse ---

    def on_comparison_view_pressed(self, event: ComparisonView.Pressed) -> None:
        if event.view is self.entries:
            self.end_typing()
            if event.again:
                self.try_to(self.do_go)
            else:
                self._move(event.block)
