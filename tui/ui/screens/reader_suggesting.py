"""The Reader's suggestions: from one statement to the next, and what is proposed of a statement beside its text."""

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.records import Claim
from tui.model.span import Span
from tui.session import deciding
from tui.session.gestures import Gesture
from tui.suggest.suggestion import Passage, Suggestion, SuggestionKind
from tui.text.numbers import agreeing, counted
from tui.ui.actions import Where, key_for
from tui.ui.choices import kind_choices
from tui.ui.palette import Palette
from tui.ui.reading import StripRow
from tui.ui.screens.reader_looking import Looking
from tui.ui.signs import SIGNS
from tui.ui.suggestion_beside import beside_lines
from tui.ui.suggestion_outcome import outcome
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.picker import Choice


class Suggesting(Looking):
    """`(` `)` and the strip that shows suggestions."""

    def __init__(self) -> None:
        super().__init__()
        self.is_beside = False
        """Whether the strip shows what is proposed of the statement at the cursor."""
        self._proposed: Suggestion | None = None
        """Of that the one shown."""
        self._position = 0
        """Its place among what is proposed: where it is decided, the next one takes it."""
        self._place: tuple[str, Span] | None = None
        """Of which article and statement."""
        self._rows_before: list[tuple[ArticlePane, float]] = []
        """What each pane showed first before the strip took rows from it."""
        self._statement_before: tuple[str, Span] | None = None
        """The article and statement one was at then."""

    @property
    def where(self) -> Where:
        where = super().where
        return Where.BESIDE if where is Where.READER and self.is_beside else where

    # --- from one to the next ---

    def do_next_suggestion(self, count: int = 1) -> None:
        self._step_suggestion(count)

    def do_previous_suggestion(self, count: int = 1) -> None:
        self._step_suggestion(-count)

    def _step_suggestion(self, by: int) -> None:
        column, suggestions = self.column, self.session.suggestions
        step, found, offset = (1 if by > 0 else -1), None, column.statement.start
        for _ in range(abs(by)):
            # Beyond this statement: a side may begin within it.
            at = column.page.statements[column.page.statement_near(offset)].span
            beyond = suggestions.next(column.article.id, at.end - 1 if step > 0 else at.start, step)
            if beyond is None:
                break
            found, offset = beyond, beyond.span.start
        if found is None:
            where = "further down" if step > 0 else "further up"
            raise RefusedError(
                f"nothing is suggested {where} in this article: {key_for('suggestions')} shows all pairs"
            )
        with self.variorum.way.going("suggestion"):
            self.go_to_place(found.article, found.span)

    # --- beside the text ---

    def _proposals(self) -> list[Suggestion]:
        """What is proposed of the statement at the cursor, still open."""
        return list(self.session.suggestions.at(self.column.article.id, self.column.statement))

    def _at_hand(self) -> Suggestion | None:
        """The one that is shown, and that keys act on."""
        found = self._proposals()
        place = (self.column.article.id, self.column.statement)
        if self._proposed not in found:
            position = min(self._position, len(found) - 1) if place == self._place else 0
            self._proposed = found[position] if found else None
        self._place = place
        self._position = found.index(self._proposed) if self._proposed is not None else 0
        return self._proposed

    def do_beside(self) -> None:
        found = self._proposals()
        if not self.is_beside:
            if not found:
                raise RefusedError(self._nothing_here())
            self.is_info = False
            self.remove_class("info")
            self._proposed = found[0]
            self._show_beside(True)
            return
        position = found.index(self._proposed) + 1 if self._proposed in found else len(found)
        if position < len(found):
            self._proposed = found[position]
            self.refresh_strip()
        else:
            self._show_beside(False)

    def _nothing_here(self) -> str:
        return f"nothing is suggested here: {self.key('next_suggestion')} goes to the next statement with a suggestion"

    def _show_beside(self, is_beside: bool) -> None:
        if is_beside and not self.is_beside:
            panes = [column.pane for column in self.columns]
            self._rows_before = [(pane, pane.scroll_target_y) for pane in panes]
            self._statement_before = (self.column.article.id, self.column.statement)
        elif self.is_beside and self._statement_before == (self.column.article.id, self.column.statement):
            # In a low terminal the text was scrolled to keep the statement in sight.
            self.call_after_refresh(self._scroll_back, self._rows_before)
        self.is_beside = is_beside
        self.set_class(is_beside, "beside")
        self.refresh_strip()

    def _scroll_back(self, rows: list[tuple[ArticlePane, float]]) -> None:
        if not self.is_beside:
            for pane, y in rows:
                pane.scroll_to(y=y, animate=False, force=True, immediate=True)

    def do_info(self) -> None:
        self._show_beside(False)
        super().do_info()

    def do_cancel(self) -> None:
        if self.is_beside and self.column.select_from is None:
            self._show_beside(False)
        else:
            super().do_cancel()

    def strip_rows(self, claims: tuple[Claim, ...], height: int) -> list[StripRow]:
        if not self.is_beside:
            rows = super().strip_rows(claims, height)
            found = self._proposals() if len(rows) < height and not self.is_info else []
            if not found:
                return rows
            is_faint = all(map(self.session.suggestions.is_faint, found))
            return [*rows, _offer(len(found), self.key("beside"), is_faint=is_faint)]
        here = self._at_hand()
        if here is None:
            return [StripRow(Line([(f"   {self._nothing_here()}", "quiet")]), None)]
        lines = beside_lines(
            self.session,
            here,
            self._other(here),
            self.strip_source,
            is_plain=Palette.of(self.app).is_plain,
        )
        return [StripRow(line, None) for line in lines[:height]]

    def strip_rule(self) -> Line:
        if not self.is_beside:
            return super().strip_rule()
        found = self._proposals()
        keys: list[Piece] = []
        if self._proposed in found:
            keys.append((f" {found.index(self._proposed) + 1} of {len(found)} suggested ", "quiet"))
        keys += [(f" {self.key('cancel')}", "accent"), (" closes ", "quiet")]
        room = self.size.width - sum(len(piece) for piece, _ in keys) - 2
        return Line([(SIGNS.rule * max(0, room), "line")], keys)

    def _other(self, suggestion: Suggestion) -> Passage:
        """The side that is not at the cursor."""
        article, statement = self.column.article.id, self.column.statement
        is_first = suggestion.a.article == article and _overlap(suggestion.a, statement.start, statement.end)
        return suggestion.b if is_first else suggestion.a

    # --- deciding ---

    def _chosen_pair(self) -> Suggestion:
        here = self._at_hand()
        if here is None:
            raise RefusedError("nothing is suggested of this statement")
        return here

    def do_accept(self) -> None:
        here = self._chosen_pair()
        self._refuse_changed(here)
        if here.kind is SuggestionKind.CONTRADICTION and not here.contradiction_kinds:
            self.choose(
                "contradiction of what kind?",
                [*kind_choices(self.session.config), Choice("", "of no kind yet")],
                lambda name, _stay: self.try_to(self._accept, here, (name,) if name else ()),
            )
        else:
            self._accept(here, here.contradiction_kinds)

    def _accept(self, here: Suggestion, kinds: tuple[str, ...]) -> None:
        self._decide(here, deciding.accept(self.session.desk, here, kind=here.kind, contradiction_kinds=kinds))

    def do_reject(self) -> None:
        here = self._chosen_pair()
        self._refuse_changed(here)
        self._decide(here, deciding.reject(self.session.desk, here))

    def _refuse_changed(self, here: Suggestion) -> None:
        self.variorum.outside.refuse_changed(self._articles_of(here), key_for("reader.reread"))

    def _articles_of(self, pair: Suggestion) -> list[Article]:
        return [self.session.articles[id] for id in dict.fromkeys((pair.a.article, pair.b.article))]

    def do_reread(self) -> None:
        # The other side's article may be open in no pane.
        beside = self._articles_of(self._proposed) if self.is_beside and self._proposed is not None else []
        shown = [column.article for column in self.columns]
        self.variorum.outside.reread([*shown, *(article for article in beside if article not in shown)])

    def _decide(self, here: Suggestion, gesture: Gesture) -> None:
        before, _ = self.session.suggestions.whole_progress
        done = self.perform_gesture(gesture)
        now, _ = self.session.suggestions.whole_progress
        self.refresh_strip()
        self.say(f"{done.label}{outcome(self.session, here, now - before)}; {self.key('undo')} takes it back")

    def do_go(self) -> None:
        here = self._chosen_pair()
        other = self._other(here)
        with self.variorum.way.going():
            self.go_to_place(other.article, other.span)
        # On the way there the strip was of other statements.
        self._proposed = here
        self.refresh_strip()

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        if event.lines is not self.strip or event.y == 0:
            return
        is_offer = 0 < event.y <= len(self._strip_rows) and self._strip_rows[event.y - 1].is_offer
        if self.is_beside or is_offer:
            self.end_typing()
            self.end_jump()
            self.try_to(self.do_go if self.is_beside else self.do_beside)

    def do_suggestions(self) -> None:
        self.variorum.rooms.show_suggestions(self._at_hand() if self.is_beside else None)


def _offer(count: int, key: str, *, is_faint: bool) -> StripRow:
    """The row of the strip that says that something is suggested here; with the margin's sign where it has one."""
    sign, what = (" ", "faint suggestion") if is_faint else (SIGNS.suggestion, "suggestion")
    words = f"{counted(count, what)}: {key} shows {agreeing(count, 'it', 'them')}"
    return StripRow(Line([(f" {sign} ", "faint"), (words, "quiet")]), None, is_offer=True)


def _overlap(passage: Passage, start: int, end: int) -> bool:
    return passage.span.start < end and start < passage.span.end
