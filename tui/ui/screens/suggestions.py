"""Suggestions: the pairs of statements that may say the same or conflict, one at a time, decided with one key each."""

from collections.abc import Callable
from dataclasses import replace

from textual.geometry import Offset

from tui.errors import RefusedError
from tui.model.span import Span
from tui.session import deciding
from tui.session.gestures import Gesture
from tui.suggest.suggestion import Suggestion, SuggestionKind
from tui.text.cells import fit, next_grapheme, plain_line
from tui.text.quotations import quoted
from tui.ui.choices import kind_choices
from tui.ui.screens.suggestions_showing import Draft, ShowingPairs
from tui.ui.suggestion_filters import filter_choices
from tui.ui.suggestion_outcome import outcome
from tui.ui.suggestion_queue import ANY, Filter, key_of
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.lines import Lines
from tui.ui.widgets.picker import Choice

SAID = 48
"""Cells of the words of a side in the last line."""


class SuggestionsScreen(ShowingPairs):
    """One instance, which keeps its place and what was left for later."""

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
        held = self._held_back()
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
        self._refuse_changed()
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
        self._refuse_changed()
        self._decide(here, deciding.reject(self.session.desk, here))

    def _refuse_changed(self) -> None:
        self.variorum.outside.refuse_changed(self.articles_here(), self.key("reread"))

    def do_reread(self) -> None:
        self._here()
        self.variorum.outside.reread(self.articles_here())

    def _decide(self, here: Suggestion, gesture: Gesture) -> None:
        before, _ = self.session.suggestions.whole_progress
        done = self.perform_gesture(gesture)
        now, _ = self.session.suggestions.whole_progress
        self._drafts.pop(key_of(here), None)
        self.renew()
        self.say(f"{done.label}{outcome(self.session, here, now - before)}; {self.key('undo')} takes it back")

    def do_undo(self, count: int = 1) -> None:
        self._and_go_back(super().do_undo, count)

    def do_redo(self, count: int = 1) -> None:
        self._and_go_back(super().do_redo, count)

    def _and_go_back(self, step: Callable[[int], None], count: int) -> None:
        """What is open again by this step is the pair at hand."""
        before = set(self.session.suggestions.open(all_conflicts=True))
        step(count)
        again = [one for one in self.session.suggestions.open(all_conflicts=True) if one not in before]
        if again:
            self.show(again[0])
        else:
            self.renew()

    # --- the words of a side ---

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
