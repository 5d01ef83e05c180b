"""The Reader's other panes beside the statement at hand: aligned once, or kept so while one reads."""

from collections.abc import Iterator

from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from tui.errors import RefusedError
from tui.model.records import Claim
from tui.model.span import Span
from tui.session.comparing import LEAST, Anchor, Counterpart, claims_about, linked
from tui.text.cells import cells, fit
from tui.text.quotations import quoted
from tui.ui.reading import Colleagues, Ref, sign_of
from tui.ui.screens.reader_acting import Acting
from tui.ui.widgets.column import Column
from tui.ui.widgets.lines import Line, Piece

REST_SECONDS = 0.06
"""How long the cursor rests before the other panes follow: a key held down moves only its own."""
GOOD = 0.2
"""The score from which on a pane follows by itself: below it every other statement would make it jump."""
SHARED = 30
"""Cells of shared words in the last line."""


class Aligning(Acting):
    """`a` and `g a`. Texts are compared in a thread of their own; of several requests the latest is answered."""

    class Compared(Message):
        """What was found for a request, which may be the latest no more."""

        def __init__(self, anchor: Anchor, similar: dict[str, tuple[Counterpart, ...]], error: str = "") -> None:
            super().__init__()
            self.anchor = anchor
            self.similar = similar
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.is_following = False
        """Whether the other panes are kept aligned."""
        self._sought: Anchor | None = None
        """What the other panes are to stand beside; None: nothing is asked for."""
        self._is_comparing = False
        """Whether a thread compares at this moment."""
        self._aligned: Anchor | None = None
        """What the panes that are marked stand beside."""
        self._said: list[Piece] = []
        """What the last line says of each pane while they are kept aligned."""
        self._rest: Timer | None = None

    # --- what is at hand ---

    def at_hand(self) -> Anchor:
        """The claim at hand, else the selection, else the statement with all that is recorded in it."""
        column = self.column
        article = column.article.id
        claim = self._claim_at_hand()
        if claim is not None:
            place = claim.span
        elif column.selection is not None:
            place = column.selection
        else:
            here = self.claims_here()
            spans = {one.span for one in here if one.stands_in(column.article.text)}
            if len(spans) != 1:
                return Anchor(article, column.statement, here)
            (place,) = spans
        here = claims_about(self.session, article, place, colleagues=self.colleagues is not Colleagues.HIDDEN)
        claims = [one for one in here if one != claim]
        return Anchor(article, place, (*([claim] if claim is not None else []), *claims))

    def _claim_at_hand(self) -> Claim | None:
        """The current claim, or the end that the current link is looked at from, if it stands in this article."""
        record = self.record_of(self.current)
        if record is not None and not isinstance(record, Claim):
            at = self.current.at if self.current is not None else None
            record = next((end for end in self.session.ends_of(record) if end.id == at), None)
        is_here = record is not None and record.article == self.column.article.id
        return record if is_here and record is not None and record.stands_in(self.column.article.text) else None

    def do_compare(self) -> None:
        numbers = {column.article.id: column.number for column in reversed(self.columns)}
        shown = self.colleagues is not Colleagues.HIDDEN
        self.variorum.rooms.show_comparison(self.at_hand(), numbers, colleagues=shown)

    # --- asking ---

    def do_align(self) -> None:
        self._refuse_alone()
        self._ask()

    def do_keep_aligned(self) -> None:
        if self.is_following:
            self.is_following = False
            self._forget()
            self.say("the other panes stay where they are from now on")
        else:
            self._refuse_alone()
            self.is_following = True
            self._ask()
        self.refresh_header()

    def _refuse_alone(self) -> None:
        if len(self.columns) < 2:
            raise RefusedError(f"there is no other pane to align: {self.key('more_panes')} opens one")

    def _ask(self) -> None:
        self._sought = self.at_hand()
        if not self._is_comparing:
            self._compare(self._sought)

    def _compare(self, anchor: Anchor) -> None:
        """Compare in another thread, as long as nothing else is asked for."""
        self._is_comparing = True
        articles = [column.article.id for column in self.columns if column.article.id != anchor.article]

        def work() -> None:
            worker = get_current_worker()

            def stopped() -> bool:
                return worker.is_cancelled or self._sought is not anchor

            try:
                found = self.variorum.alike.similar(anchor, articles, stopped=stopped)
                self.post_message(self.Compared(anchor, dict(found)))
            except Exception as error:  # noqa: BLE001  # said in the last line: else no request was ever answered again
                self.post_message(self.Compared(anchor, {}, f"{type(error).__name__}: {error}"))

        self.run_worker(work, thread=True, group="align")

    def on_aligning_compared(self, event: Compared) -> None:
        self._is_comparing = False
        if self._sought is None or not self.columns:
            return
        if self._sought is not event.anchor:
            self._compare(self._sought)
            return
        self._sought = None
        if event.error:
            self.say(f"the other panes can't be aligned: {event.error}", "warning")
            return
        self._align(event.anchor, event.similar)

    # --- aligning ---

    def _align(self, anchor: Anchor, similar: dict[str, tuple[Counterpart, ...]]) -> None:
        links = linked(self.session, anchor, colleagues=self.colleagues is not Colleagues.HIDDEN)
        least = GOOD if self.is_following else LEAST
        self._aligned = anchor
        found: list[tuple[Column, Counterpart | None]] = []
        for column in self.columns:
            if column.article.id == anchor.article:
                column.counterpart = None
                column.draw()
                continue
            some = links.get(column.article.id) or similar.get(column.article.id, ())
            best = some[0] if some and (some[0].link is not None or some[0].score >= least) else None
            found.append((column, best))
            column.counterpart = best.span if best is not None else None
            if best is not None and column is not self.column:
                column.go_to(best.span)
            else:
                column.draw()
        self._said = list(self._sentence(found))
        if not self.is_following:
            self._message = Line(self._said)
        self.refresh_last()

    def mark_beside(self, article: str, span: Span) -> None:
        """Mark a stretch as what stands beside the current statement, until the cursor leaves that."""
        self._aligned = Anchor(self.column.article.id, self.column.statement)
        for column in self.columns:
            column.counterpart = span if column.article.id == article else None
            column.draw()

    def _sentence(self, found: list[tuple[Column, Counterpart | None]]) -> Iterator[Piece]:
        """What each pane shows now: as much of the words shared as there is room for."""
        head = " following · " if self.is_following else " "
        short = [self._words_on(column, one, 0) for column, one in found]
        spare = self.size.width - cells(head) - sum(sum(cells(words) for words, _ in some) + 3 for some in short)
        similar = sum(one is not None and bool(one.shared) for _, one in found)
        room = min(SHARED, spare // similar - 3) if similar else 0
        yield head, "accent" if self.is_following else ""
        for position, (column, one) in enumerate(found):
            if position:
                yield " · ", "faint"
            yield from self._words_on(column, one, room)

    def _words_on(self, column: Column, one: Counterpart | None, room: int) -> list[Piece]:
        pieces: list[Piece] = [(f"{column.number}: ", "accent")]
        if one is None:
            return [*pieces, ("nothing like it", "faint")]
        if one.link is not None:
            implied = "implied " if one.is_implied else "linked "
            sign, style = sign_of(self.session, one.link)
            return [*pieces, (implied, "foreground"), (sign, style)]
        pieces.append((f"similar {one.score:.2f}", "foreground"))
        if room >= 8 and one.shared:
            pieces.append((f" {quoted(fit(one.shared, room - 3))}", "quiet"))
        return pieces

    def _forget(self) -> None:
        """Take the marks away."""
        self._aligned, self._sought, self._said = None, None, []
        for column in self.columns:
            if column.counterpart is not None:
                column.counterpart = None
                column.draw()

    # --- following ---

    def set_current(self, ref: Ref | None) -> None:
        super().set_current(ref)
        if not self.columns:
            return
        if self.is_following:
            if len(self.columns) > 1 and not self._is_beside():
                if self._rest is not None:
                    self._rest.stop()
                self._rest = self.set_timer(REST_SECONDS, self._follow)
        elif self._aligned is not None and self._has_left(self._aligned):
            self._forget()

    def _follow(self) -> None:
        if self.is_following and len(self.columns) > 1 and not self._is_beside():
            self._ask()

    def _is_beside(self) -> bool:
        """Whether the panes stand beside each other already: the cursor is where it was, or in a counterpart."""
        if self._aligned is None:
            return False
        mark = self.column.counterpart
        if mark is not None:
            return self.column.statement.overlaps(mark)
        return self._sought is None and self._aligned == self.at_hand()

    def _has_left(self, anchor: Anchor) -> bool:
        at = next((column for column in self.columns if column.article.id == anchor.article), None)
        return at is None or not at.place.overlaps(anchor.span)

    def place(self) -> str:
        return f"{super().place()}{' · following' if self.is_following else ''}"

    def status(self) -> Line | None:
        said = Line(self._said) if self.is_following and self._said and not self.is_in_mode else None
        return super().status() or said
