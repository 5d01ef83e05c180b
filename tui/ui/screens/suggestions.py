"""Suggestions: the pairs of statements that may say the same or conflict, one at a time, decided with one key each."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Offset

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.span import Span
from tui.session import deciding
from tui.session.gestures import Gesture
from tui.suggest.suggestion import Suggestion, SuggestionKind
from tui.text.cells import fit, next_grapheme, plain_line
from tui.text.quotations import quoted
from tui.ui.actions import Where, key_for
from tui.ui.choices import kind_choices
from tui.ui.palette import Palette
from tui.ui.reading import ClaimMarkings
from tui.ui.screens.selecting import Chosen, Lettered, Selecting
from tui.ui.signs import SIGNS
from tui.ui.suggestion_filters import filter_choices, said_of_filter
from tui.ui.suggestion_queue import ANY, Filter, Key, Queue, key_of
from tui.ui.suggestion_why import why_lines
from tui.ui.suggestion_words import kind_pieces, legend, marks_of
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.page import Page
from tui.ui.widgets.picker import Choice
from tui.ui.widgets.side import Side

BESIDE = 100
"""Cells from which on the two sides stand side by side; in fewer, one under the other."""
LOW = 30
"""Rows below which all that can be is said in fewer."""
SAID = 48
"""Cells of the words of a side in the last line."""
PAGES = 8
"""Articles that are kept laid out: neighbours in the queue are often of the same ones."""


@dataclass(frozen=True, slots=True)
class Draft:
    """How the reader wants a pair recorded, other than it is proposed; None: as it is proposed."""

    kind: SuggestionKind | None = None
    spans: tuple[Span | None, Span | None] = (None, None)


class SuggestionsScreen(Selecting):
    """One instance, which keeps its place and what was left for later."""

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
        right: list[Piece] = []
        if not queue.filter.is_any:
            words = said_of_filter(queue.filter, self.session)
            right = [(f"only {words}, {len(queue.pairs)} left  ", "accent")]
        elif queue.here is not None:
            right = legend(is_plain=Palette.of(self.app).is_plain)
        self.head.show([Line(left, right)])

    def _progress(self, queue: Queue) -> tuple[int, int]:
        """How many pairs are decided, of how many that there are to decide on."""
        done, total = self.session.suggestions.progress
        return done, total + (self.session.suggestions.held_back if queue.has_all_conflicts else 0)

    def _empty(self, queue: Queue) -> list[Line]:
        """What to do where there is no pair to show."""
        proposing, held = self.variorum.proposing, self.session.suggestions.held_back
        done, _ = self._progress(queue)
        compare = key_for("reader.compare")
        if not queue.filter.is_any:
            first = f"No pair is left that is {said_of_filter(queue.filter, self.session)}."
            second = f"{self.key('all_pairs')} shows all pairs again."
        elif held and not queue.has_all_conflicts:
            first = f"All of these are decided. There are {held} more possible conflicts, less sure ones."
            second = f"{self.key('more_conflicts')} shows them."
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
            first = "Pairs are found between articles, and there is only one here."
            second = f"Put another into {self.session.config.articles_folder}, or use variorum add."
        else:
            first = "Nothing was found that two statements have in common."
            second = f"{compare} in the Reader compares any statement with the other articles."
        return [Line(), Line([(f"   {first}", "foreground")]), Line([(f"   {second}", "quiet")])]

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
            return ("accept", "reject", "all_pairs")
        held = self.session.suggestions.held_back and not queue.has_all_conflicts
        return ("more_conflicts",) if held and queue.here is None else ()

    def article_here(self) -> Article:
        passage = (self._here().a, self._here().b)[self._in_side or 0]
        return self.session.articles[passage.article]

    # --- going through them ---

    def do_next(self, count: int = 1) -> None:
        self._step(count)

    def do_previous(self, count: int = 1) -> None:
        self._step(-count)

    def _step(self, by: int) -> None:
        self._here()
        if self.queue is None or not self.queue.step(by):
            raise RefusedError("this is the last pair" if by > 0 else "this is the first pair")
        self._draw()

    def do_first(self, count: int = 1) -> None:
        self._go_to(count - 1)

    def do_last(self, count: int | None = None) -> None:
        self._go_to((count or len(self.queue.pairs if self.queue else ())) - 1)

    def _go_to(self, position: int) -> None:
        self._here()
        if self.queue is not None:
            self.queue.go_to(position)
        self._draw()

    def do_later(self) -> None:
        self._here()
        if self.queue is None or not self.queue.put_off():
            raise RefusedError("this is the only pair left")
        self._draw()
        self.say("left for later: it comes again at the end", "quiet")

    def do_scroll_down(self) -> None:
        self._scroll(1)

    def do_scroll_up(self) -> None:
        self._scroll(-1)

    def _scroll(self, step: int) -> None:
        for side in self.sides:
            pane = side.pane
            y = round(pane.scroll_target_y) + step * max(1, pane.size.height - 2)
            pane.scroll_to(y=max(0, y), animate=False, force=True, immediate=True)

    def do_filter(self) -> None:
        if self.queue is None:
            return
        choices = filter_choices(self.queue, self.session)
        if not choices:
            raise RefusedError("there is nothing to choose from: all pairs are alike in kind, reason and articles")
        options = {str(number): option for number, (option, _) in enumerate(choices)}

        def take(value: str, _stay: bool) -> None:
            self._filter(options[value])

        rows = [replace(choice, value=str(number)) for number, (_, choice) in enumerate(choices)]
        self._choose("only pairs …", rows, take)

    def _filter(self, filter: Filter) -> None:
        if self.queue is not None:
            self.queue.take(filter)
            self._draw()

    def do_all_pairs(self) -> None:
        if self.queue is None or self.queue.filter.is_any:
            raise RefusedError(f"all pairs are shown: {self.key('filter')} chooses among them")
        self._filter(ANY)

    def do_more_conflicts(self) -> None:
        held = self.session.suggestions.held_back
        if self.queue is None or self.queue.has_all_conflicts or not held:
            raise RefusedError("there are no more possible conflicts than these")
        self.queue.show_all_conflicts()
        self._draw()
        self.say(f"{held} more possible conflicts, less sure ones", "quiet")

    def _choose(self, title: str, choices: list[Choice], take: Callable[[str, bool], object]) -> None:
        near = self.sides[0].near if self.queue is not None and self.queue.here is not None else Offset(2, 2)
        self.picker.ask(title, choices, take, near=near)
        self.refresh_last()

    def do_go(self) -> None:
        here = self._here()
        self.variorum.rooms.show_pair(*self._passages(here))

    def _passages(self, here: Suggestion) -> tuple[tuple[str, Span], tuple[str, Span]]:
        first, second = self._spans(here, self._draft())
        return (here.a.article, first), (here.b.article, second)

    # --- deciding ---

    def do_other_kind(self) -> None:
        here, draft = self._here(), self._draft()
        other = next(kind for kind in SuggestionKind if kind is not self._kind())
        self._keep(here, replace(draft, kind=None if other is here.kind else other))
        self._draw()

    def _keep(self, here: Suggestion, draft: Draft) -> None:
        if draft == Draft():
            self._drafts.pop(key_of(here), None)
        else:
            self._drafts[key_of(here)] = draft

    def do_accept(self) -> None:
        if self._in_side is not None:
            self._take_selection()
        here, kind = self._here(), self._kind()
        if kind is SuggestionKind.CONTRADICTION and not here.contradiction_kinds:
            choices = [*kind_choices(self.session.config), Choice("", "of no kind yet")]
            self._choose(
                "contradiction of what kind?",
                choices,
                lambda name, _stay: self.try_to(self._accept, here, (name,) if name else ()),
            )
        else:
            self._accept(here, here.contradiction_kinds)

    def _accept(self, here: Suggestion, kinds: tuple[str, ...]) -> None:
        draft = self._drafts.get(key_of(here), Draft())
        first, second = draft.spans
        gesture = deciding.accept(
            self.session.desk,
            here,
            kind=draft.kind or here.kind,
            contradiction_kinds=kinds,
            a=first,
            b=second,
        )
        self._decide(here, gesture)

    def do_reject(self) -> None:
        here = self._here()
        self._decide(here, deciding.reject(self.session.desk, here))

    def _decide(self, here: Suggestion, gesture: Gesture) -> None:
        done = self.perform_gesture(gesture)
        self._drafts.pop(key_of(here), None)
        self.renew()
        self.say(f"{done.label}; {self.key('undo')} takes it back")

    def do_undo(self) -> None:
        self._and_go_back(super().do_undo)

    def do_redo(self) -> None:
        self._and_go_back(super().do_redo)

    def _and_go_back(self, step: Callable[[], None]) -> None:
        """What is open again by this step is the pair at hand."""
        before = set(self.session.suggestions.open(all_conflicts=True))
        step()
        again = [one for one in self.session.suggestions.open(all_conflicts=True) if one not in before]
        if again:
            self.show(again[0])
        else:
            self.renew()

    # --- the words of a side ---

    @property
    def chosen(self) -> Chosen:
        return self.sides[self._in_side or 0]

    def labelled(self) -> Iterable[Lettered]:
        return (side.pane for side in self.sides)

    def do_select(self) -> None:
        if self._in_side is not None:
            self._end_selecting()
        else:
            self._here()
            self._select_in(0)

    def _select_in(self, side: int) -> None:
        self._in_side = side
        span = self.sides[side].span
        self.sides[side].select(span.start, span.end)
        take, other, leave = (self.key(id) for id in ("respan", "other_side", "cancel"))
        which = f"words of the {self._side_name(side)} side"
        self.say(f"{which}: {take} takes them, {other} goes to the other side, {leave} leaves them", "quiet")

    def _side_name(self, side: int) -> str:
        return (("upper", "lower") if self.has_class("stacked") else ("left", "right"))[side]

    def do_other_side(self) -> None:
        side = self._in_side or 0
        self._take_selection()
        self._select_in(1 - side)

    def do_respan(self) -> None:
        """The side takes the selection, as in the Reader a claim does; where nothing is selected, the whole statements
        are taken again."""
        if self._in_side is not None:
            self._take_selection()
            return
        here, draft = self._here(), self._draft()
        if draft.spans == (None, None):
            raise RefusedError(f"both sides are whole statements: {self.key('select')} selects other words")
        self._keep(here, replace(draft, spans=(None, None)))
        self._draw()
        self.say("the whole statements again", "quiet")

    def _take_selection(self) -> None:
        number = self._in_side or 0
        side, here, draft = self.sides[number], self._here(), self._draft()
        selection = side.selection
        self._end_selecting()
        if selection is None:
            return
        whole = (here.a.span, here.b.span)[number]
        spans = list(draft.spans)
        spans[number] = None if selection == whole else selection
        self._keep(here, replace(draft, spans=(spans[0], spans[1])))
        self._draw()
        words = fit(plain_line(selection.of(side.article.text)), SAID)
        self.say(f"the {self._side_name(number)} side is {quoted(words)}", "quiet")

    def _end_selecting(self) -> None:
        self.end_jump()
        if self._in_side is not None:
            self.sides[self._in_side].select(None)
            self._in_side = None

    def do_cancel(self) -> None:
        super().do_cancel()
        if self._in_side is not None:
            self._end_selecting()
        elif self.queue is not None and not self.queue.filter.is_any:
            self._filter(ANY)
        else:
            self.variorum.rooms.go_back()

    # --- mouse ---

    def _number_of(self, pane: object) -> int | None:
        return next((number for number, side in enumerate(self.sides) if side.pane is pane), None)

    def on_article_pane_pressed(self, _event: ArticlePane.Pressed) -> None:
        self.end_typing()
        self._end_selecting()
        self.refresh_last()

    def on_article_pane_dragged(self, event: ArticlePane.Dragged) -> None:
        number = self._number_of(event.pane)
        if number is None:
            return
        self._in_side, side = number, self.sides[number]
        first, last = sorted((event.anchor, event.head))
        anchor, head = first, next_grapheme(side.article.text, last)
        side.select(*((anchor, head) if event.head >= event.anchor else (head, anchor)), reveal=False)
        self.refresh_last()

    def on_article_pane_chosen(self, event: ArticlePane.Chosen) -> None:
        if self._number_of(event.pane) is not None:
            self.try_to(self.do_go)

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        self.end_typing()
        if event.lines in [side.title_lines for side in self.sides]:
            self.try_to(self.do_go)
        elif event.lines is self.head and self.queue is not None:
            is_left = event.x < self.size.width // 2
            use = self.do_other_kind if is_left else self.do_filter if self.queue.filter.is_any else self.do_all_pairs
            self.try_to(use)
        self.refresh_last()
