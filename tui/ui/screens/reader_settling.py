"""The Reader's key for claims whose article changed: it goes to the next one, and asks what is to become of it."""

from tui.errors import ReadOnlyError, RefusedError
from tui.exchange.anchoring import Placed
from tui.model.records import Claim
from tui.session import gestures, settling
from tui.text.numbers import counted
from tui.ui.open_claims import (
    LISTED,
    both_ends,
    count_of,
    sight_of,
    what_happened,
    which_choice,
    words_now,
)
from tui.ui.reading import ref_to
from tui.ui.screens.reader_moving import Moving
from tui.ui.widgets.picker import Choice

ACCEPT, RESPAN, SELECT, DELETE = "accept", "re-span", "select", "delete"


class Settling(Moving):
    """Settling what is open."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: str | None = None
        """The claim whose words are gone that was asked about last: words are selected for it elsewhere."""

    def do_settle(self) -> None:
        meant = self._open_meant()
        if not meant:
            self._go_to_next_open()
        elif len(meant) == 1:
            self._ask_settle(meant[0])
        else:
            by_id = {placed.claim.id: placed for placed in meant}
            choices = [which_choice(placed) for placed in meant]
            self.choose("settle which?", choices, lambda id, _stay: self.try_to(self._ask_settle, by_id[id]))

    def _open_meant(self) -> list[Placed]:
        """The current claim, else one's own that are open here; with a selection elsewhere, the one that was asked
        about, else all of the article's."""
        view, article = self.session.desk.view, self.column.article.id
        record = self.record_of(self.current)
        if isinstance(record, Claim) and record.annotator == self.session.annotator:
            current = view.placed(record.id)
            if current is not None and current.is_open:
                return [current]
        here = [placed for placed in self.open_here() if placed.claim.annotator == self.session.annotator]
        if self.column.selection is None:
            return here
        asked = view.placed(self._asked) if self._asked is not None else None
        if asked is not None and asked.is_orphan and asked.now.article == article:
            return [asked, *(placed for placed in here if placed is not asked)]
        return here or list(view.open_in(article))

    def _ask_settle(self, placed: Placed) -> None:
        if (reason := self.session.read_only) is not None:
            raise ReadOnlyError(reason)
        self._asked = placed.claim.id if placed.is_orphan else None
        links = self.session.links_of(placed.now)
        is_selected = self.column.selection is not None
        choices = [Choice(DELETE, "delete", "x", f"with {counted(len(links), 'link')}" if links else "the claim goes")]
        if is_selected:
            choices.insert(0, Choice(RESPAN, "re-span", "r", "the claim takes the selection"))
        if not placed.is_orphan:
            choices.insert(len(choices) - 1, Choice(ACCEPT, "accept", "a", words_now(placed)))
            if not is_selected:
                choices.insert(1, Choice(RESPAN, "re-span", "r", "the claim takes this whole statement"))
        elif not is_selected:
            # The statement it is shown beside is a neighbour by chance: it is never offered.
            choices.insert(0, Choice(SELECT, "select", "v", f"the words that say it now, then {self.key('settle')} r"))
        # It may be shown beside another statement than the cursor's.
        title = f"{both_ends(placed, LISTED)} is gone" if placed.is_orphan else what_happened(placed)
        self.choose(title, choices, lambda how, _stay: self.try_to(self._settle_by, placed, how))
        if placed.is_orphan and not is_selected:
            settle = self.key("settle")
            ways = f"select its words with {self.key('select')}, then {settle} r, or {settle} x deletes"
            self.say(f"gone from the article: {ways}")

    def _settle_by(self, placed: Placed, how: str) -> None:
        desk, id = self.session.desk, placed.claim.id
        if how == SELECT:
            self.do_select()
            return
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
        more = f"{count_of(len(left))}, {self.key('settle')} goes to the next" if left else "nothing more to settle"
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
