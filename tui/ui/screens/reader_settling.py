"""The Reader's key for claims whose article changed: it goes to the next one, and asks what is to become of it."""

from tui.errors import ReadOnlyError, RefusedError
from tui.exchange.anchoring import Placed
from tui.model.records import Claim
from tui.session import gestures, settling
from tui.text.numbers import counted
from tui.ui.open_claims import count_of, sight_of, what_happened, words_now
from tui.ui.reading import ref_to
from tui.ui.screens.reader_moving import Moving
from tui.ui.widgets.picker import Choice

ACCEPT, RESPAN, DELETE = "accept", "re-span", "delete"


class Settling(Moving):
    """Settling what is open."""

    def do_settle(self) -> None:
        meant = self._open_meant()
        if not meant:
            self._go_to_next_open()
        elif len(meant) == 1:
            self._ask_settle(meant[0])
        else:
            by_id = {placed.claim.id: placed for placed in meant}
            choices = [Choice(id, one.claim.gist or one.claim.exact, detail=one.outcome) for id, one in by_id.items()]
            self.choose("settle which?", choices, lambda id, _stay: self.try_to(self._ask_settle, by_id[id]))

    def _open_meant(self) -> list[Placed]:
        """The current claim, else one's own that are open here; with a selection elsewhere, all of the article's."""
        view, article = self.session.desk.view, self.column.article.id
        record = self.record_of(self.current)
        if isinstance(record, Claim) and record.annotator == self.session.annotator:
            current = view.placed(record.id)
            if current is not None and current.is_open:
                return [current]
        here = [placed for placed in self.open_here() if placed.claim.annotator == self.session.annotator]
        return here or (list(view.open_in(article)) if self.column.selection is not None else [])

    def _ask_settle(self, placed: Placed) -> None:
        if (reason := self.session.read_only) is not None:
            raise ReadOnlyError(reason)
        links = self.session.links_of(placed.now)
        to = "the selection" if self.column.selection is not None else "this statement"
        choices = [
            Choice(ACCEPT, "accept", "a", "there is no place to accept" if placed.is_orphan else words_now(placed)),
            Choice(RESPAN, "re-span", "r", f"the claim takes {to}"),
            Choice(DELETE, "delete", "x", f"with {counted(len(links), 'link')}" if links else "the claim goes"),
        ]
        self.choose(what_happened(placed), choices, lambda how, _stay: self.try_to(self._settle_by, placed, how))

    def _settle_by(self, placed: Placed, how: str) -> None:
        desk, id = self.session.desk, placed.claim.id
        if how == ACCEPT:
            gesture = settling.accept(desk, id)
        elif how == RESPAN:
            if placed.now.article != self.column.article.id:
                raise RefusedError("this claim was made in another article")
            gesture = gestures.respan(desk, id, self.column.place)
        else:
            gesture = gestures.delete(desk, placed.claim)
        done = self.did(gesture)
        left = self._open_by_turn()
        more = f"{count_of(len(left))}, ! goes to the next" if left else "nothing more to settle"
        self.say(f"{done.label}; {more}")

    # --- going there ---

    def _open_by_turn(self) -> list[Placed]:
        """All that is open of one's own: in this article from the cursor on, then in the others in their order."""
        view, here = self.session.desk.view, self.column.article.id
        ids = [article.id for article in self.session.library.articles]
        turn = ids.index(here) if here in ids else 0
        found = [placed for id in (*ids[turn:], *ids[:turn]) for placed in view.open_in(id)]
        start = self.column.statement.start
        # What stands before the cursor in this article comes last.
        return sorted(
            found,
            key=lambda placed: placed.now.article == here and sight_of(self.session, placed).start < start,
        )

    def _go_to_next_open(self) -> None:
        turn = self._open_by_turn()
        if turn:
            self.go_to(ref_to(turn[0].now))
            return
        theirs = self.open_here()
        if theirs:
            raise RefusedError(
                f"this is {theirs[0].claim.annotator}'s claim: only {theirs[0].claim.annotator} settles it"
            )
        raise RefusedError("there is nothing to settle: all your claims stand in their articles")
