"""Suggestions, what is seen: both sides of the pair at hand in their articles, why it is proposed, how far one is."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.span import Span
from tui.suggest.suggestion import Suggestion, SuggestionKind
from tui.text.cells import cells, fit, plain_line
from tui.text.numbers import agreeing, counted
from tui.ui.actions import Where, key_for
from tui.ui.hints import fitting, hint, hints_of
from tui.ui.palette import Palette
from tui.ui.reading import ClaimMarkings
from tui.ui.screens.selecting import Chosen, Lettered, Selecting
from tui.ui.signs import SIGNS
from tui.ui.suggestion_filters import said_of_filter
from tui.ui.suggestion_queue import Key, Queue, key_of
from tui.ui.suggestion_why import why_lines
from tui.ui.suggestion_words import kind_pieces, legend, marks_of
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.page import Page
from tui.ui.widgets.side import Side

BESIDE = 100
"""Cells from which on the two sides stand side by side; in fewer, one under the other."""
LOW = 30
"""Rows below which all that can be is said in fewer."""
GAP = 2
"""Cells between what stands to the left and to the right in the row above the sides, at least."""
PAGES = 8
"""Articles that are kept laid out: neighbours in the queue are often of the same ones."""


@dataclass(frozen=True, slots=True)
class Draft:
    """How the reader wants a pair recorded, other than it is proposed; None: as it is proposed."""

    kind: SuggestionKind | None = None
    spans: tuple[Span | None, Span | None] = (None, None)


class ShowingPairs(Selecting):
    """The pair at hand, and what is told of it and of the queue."""

    WHERE = Where.SUGGESTIONS

    def __init__(self) -> None:
        super().__init__()
        self.head = Lines(id="proposed")
        self.sides = (Side(id="first"), Side(id="second"))
        self.why = Lines(id="why")
        self.nothing = Lines(id="nothing")
        self.queue: Queue | None = None
        """None before the screen is there."""
        self._wanted: Suggestion | None = None
        """What to show once it is."""
        self._drafts: dict[Key, Draft] = {}
        self._in_side: int | None = None
        """The side in which words are selected."""
        self._shown: tuple[Key, Draft] | None = None
        self._pages: OrderedDict[tuple[int, str], Page] = OrderedDict()
        """By side and article: each side lays out its own."""

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.head
        yield Container(*self.sides, id="sides")
        yield self.nothing
        yield self.why
        yield self.memo
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    def on_mount(self) -> None:
        self.queue = Queue(self.session.suggestions)
        if self._wanted is not None:
            self.queue.show(self._wanted)
        self._arrange()
        self.call_after_refresh(self._draw)

    @property
    def where(self) -> Where:
        return Where.SPAN if self._in_side is not None else Where.SUGGESTIONS

    # --- what there is ---

    def show(self, suggestion: Suggestion) -> None:
        """Let this pair be the one at hand."""
        self._wanted = suggestion
        if self.queue is not None:
            self.queue.renew()
            self.queue.show(suggestion)
            self._draw()

    def renew(self) -> None:
        """Other pairs are open than before; the one that is being read stays. While another screen is shown, nothing
        is worked out: that is done on coming back."""
        if self.queue is not None and self.app.screen is self:
            self.queue.renew()
            self._draw()

    def show_progress(self) -> None:
        """It is known how far the search for more is."""
        if self.queue is not None and self.app.screen is self:
            self._draw_head()
            if self.queue.here is None:
                self.nothing.show(self._empty(self.queue))

    def data_changed(self, _articles: frozenset[str]) -> None:
        self.renew()

    def forget(self, articles: Iterable[str]) -> None:
        """These articles are others than before: what is laid out of them is so no more."""
        for article in articles:
            for number in range(len(self.sides)):
                self._pages.pop((number, article), None)
        self._end_selecting()
        self._shown = None
        self.renew()

    def _here(self) -> Suggestion:
        """The pair that keys act on.

        Raises:
            RefusedError: there is none.
        """
        if self.queue is None or self.queue.here is None:
            raise RefusedError("there is no pair here to decide on")
        return self.queue.here

    def _draft(self) -> Draft:
        return self._drafts.get(key_of(self._here()), Draft())

    def _kind(self) -> SuggestionKind:
        return self._draft().kind or self._here().kind

    def _spans(self, suggestion: Suggestion, draft: Draft) -> tuple[Span, Span]:
        first, second = draft.spans
        return first or suggestion.a.span, second or suggestion.b.span

    # --- drawing ---

    def on_resize(self) -> None:
        super().on_resize()
        self._arrange()
        self.call_after_refresh(self._draw)

    def _arrange(self) -> None:
        self.set_class(self.size.width < BESIDE, "stacked")
        self.set_class(self.size.height < LOW, "low")

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.renew()

    def _draw(self) -> None:
        queue = self.queue
        if queue is None or not self.is_attached:
            return
        here = queue.here
        self.query_one("#sides").display = self.why.display = here is not None
        self.nothing.display = here is None
        if here is None:
            self._end_selecting()
            self._shown = None
            self.nothing.show(self._empty(queue))
        else:
            self._draw_pair(here)
        self._draw_head()
        self.refresh_last()

    def _draw_pair(self, here: Suggestion) -> None:
        draft = self._drafts.get(key_of(here), Draft())
        spans = self._spans(here, draft)
        if self._shown != (key_of(here), draft):
            self._shown = (key_of(here), draft)
            for number, (passage, span) in enumerate(zip((here.a, here.b), spans, strict=True)):
                self.sides[number].show(self._page(number, passage.article), span)
        articles = (self.sides[0].article, self.sides[1].article)
        colleagues = self.variorum.rooms.reader.colleagues
        marks = marks_of(here, articles, spans, is_plain=Palette.of(self.app).is_plain)
        for side, marked in zip(self.sides, marks, strict=True):
            side.pane.mark(ClaimMarkings(self.session, side.article.id, colleagues, has_suggestions=False))
            side.pane.set_marks(marked)
        rule = Line([(SIGNS.rule * self.size.width, "line")])
        width, height = self.size.width, max(1, self.why.size.height - 1)
        names = ("above", "below") if self.has_class("stacked") else ("left", "right")
        rows = why_lines(self.session, here, spans, names, width, height, colleagues)
        self.why.show([rule, *rows])

    def _page(self, number: int, article: str) -> Page:
        key = (number, article)
        if key not in self._pages:
            self._pages[key] = Page(self.session.articles[article], self.session.statements(article))
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return self._pages[key]

    def _draw_head(self) -> None:
        queue = self.queue
        if queue is None:
            return
        left: list[Piece] = [(" ", "")]
        if queue.here is not None:
            left += kind_pieces(queue.here, self._kind())
        done, total = self._progress(queue)
        if total:
            left += [("   ", ""), (f"{done} of {total}", "foreground"), (" decided", "quiet")]
        reading = self.variorum.proposing.status
        if reading:
            left.append((f"   {reading}", "warning" if self.variorum.proposing.has_failed else "quiet"))
        # How far one is matters more than what stands to the right of it.
        room = self.size.width - sum(cells(words) for words, _ in left) - GAP
        right: list[Piece] = []
        if not queue.filter.is_any:
            words, count = said_of_filter(queue.filter, self.session), f", {len(queue.pairs)} left "
            right = [(f"only {fit(words, max(0, room - cells(count) - 5))}{count}", "accent")]
        elif queue.here is not None:
            right = legend(is_plain=Palette.of(self.app).is_plain)
        self.head.show([Line(left, right if sum(cells(words) for words, _ in right) <= room else [])])

    def _progress(self, queue: Queue) -> tuple[int, int]:
        """How many pairs are decided, of how many that there are to decide on."""
        suggestions = self.session.suggestions
        return suggestions.whole_progress if queue.has_all_conflicts else suggestions.progress

    def _held_back(self) -> int:
        """How many possible conflicts the key for more brings, with the filter as it is."""
        return self.queue.held_back() if self.queue is not None else 0

    def _empty(self, queue: Queue) -> list[Line]:
        """What to do where there is no pair to show."""
        proposing, held, more = self.variorum.proposing, self._held_back(), self.key("more_conflicts")
        done, _ = self._progress(queue)
        third = ""
        compare = key_for("reader.compare")
        if not queue.filter.is_any:
            first = f"No pair is left of those chosen: {said_of_filter(queue.filter, self.session)}."
            second = f"{self.key('all_pairs')} shows all pairs again."
            if held:
                third = f"{more} shows {counted(held, 'more possible conflict')} of these, less sure."
        elif held:
            are = agreeing(held, "is", "are")
            first = f"All of these are decided. There {are} {counted(held, 'more possible conflict')}, less sure."
            second = f"{more} shows {agreeing(held, 'it', 'them')}."
        elif proposing.is_reading:
            first = "The articles are still being read: pairs appear here as they are found."
            second = f"{self.key('library')} goes to the Library meanwhile; nothing waits for this."
        elif proposing.has_failed:
            first = f"No pairs could be looked for: {proposing.status}"
            second = f"{compare} in the Reader compares any statement with the other articles."
        elif done:
            first = "All pairs are decided."
            second = f"{self.key('undo')} takes the last decision back; {self.key('library')} goes to the Library."
        elif len(self.session.articles) < 2:
            number = "only one" if self.session.articles else "none"
            first = f"Pairs are found between articles, and there is {number} here."
            folder = self.session.config.articles_folder
            where = "this workspace's folder" if folder == "." else f"the folder {plain_line(folder)}"
            second = f"Put {'another' if self.session.articles else 'some'} into {where}, or use variorum add."
        else:
            first = "Nothing was found that two statements have in common."
            second = f"{compare} in the Reader compares any statement with the other articles."
        return [
            Line(),
            Line([(f"   {first}", "foreground")]),
            *(Line([(f"   {each}", "quiet")]) for each in (second, third)),
        ]

    def place(self) -> str:
        return f" {SIGNS.pointer} suggestions"

    def status(self) -> Line | None:
        return self.variorum.rooms.waiting() if self._in_side is None else None

    @property
    def urgent(self) -> tuple[str, ...]:
        queue = self.queue
        if queue is None or self._in_side is not None:
            return ()
        if not queue.filter.is_any:
            return ("accept", "reject", "all_pairs") if queue.here is not None else ("all_pairs",)
        return ("more_conflicts",) if self._held_back() and queue.here is None else ()

    def hints(self) -> list[Piece]:
        held = self._held_back() if self._in_side is None else 0
        if not held:
            return super().hints()
        # What is held back is named always, with how many: nobody looks for what they don't know of.
        more = hint(self.key("more_conflicts"), f"{held} more")
        rest = [each for each in hints_of(self.where, self.urgent) if each[0] != more[0]]
        return fitting([*rest[:2], more, *rest[2:]], self.size.width, keep_last=True)

    def articles_here(self) -> list[Article]:
        """The articles of the pair at hand."""
        here = self.queue.here if self.queue is not None else None
        ids = () if here is None else dict.fromkeys((here.a.article, here.b.article))
        return [self.session.articles[id] for id in ids if id in self.session.articles]

    def article_here(self) -> Article:
        passage = (self._here().a, self._here().b)[self._in_side or 0]
        return self.session.articles[passage.article]

    # --- the words of a side ---

    @property
    def chosen(self) -> Chosen:
        return self.sides[self._in_side or 0]

    def labelled(self) -> Iterable[Lettered]:
        return (side.pane for side in self.sides)

    def _side_name(self, side: int) -> str:
        return (("upper", "lower") if self.has_class("stacked") else ("left", "right"))[side]

    def _end_selecting(self) -> None:
        self.end_jump()
        if self._in_side is not None:
            self.sides[self._in_side].select(None)
            self._in_side = None
