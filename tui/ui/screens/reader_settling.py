"""The Reader's key for what is open: it goes to the next one. Of a claim whose article changed it asks what is to
become of it; what a merge left open is settled on a screen of its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tui.errors import ReadOnlyError, RefusedError
from tui.exchange.anchoring import Placed
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link, Record
from tui.session import gestures, settling
from tui.session.conflicting import Dispute, disputes_of
from tui.session.disputes import claim_for
from tui.store.fit import key_of
from tui.text.numbers import counted
from tui.ui.dispute_words import record_choice
from tui.ui.open_claims import (
    LISTED,
    NOTHING_OPEN,
    both_ends,
    count_of,
    open_by_turn,
    what_happened,
    which_choice,
    words_now,
)
from tui.ui.reading import Ref, ref_to
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
        placed, records = self._open_meant(), self._disputed_meant()
        ways: dict[str, Callable[[], None]] = {}
        choices: list[Choice] = []
        for one in placed:
            ways[f"text {one.claim.id}"] = partial(self._ask_settle, one)
            choices.append(replace(which_choice(one), value=f"text {one.claim.id}"))
        for record in records:
            ways[key_of(record)] = partial(self.variorum.rooms.show_settling, next(disputes_of(record)))
            choices.append(record_choice(self.session, record, key_of(record)))
        if not ways:
            self._go_to_next_open()
        elif len(ways) == 1:
            next(iter(ways.values()))()
        else:
            self.choose("settle which?", choices, lambda way, _stay: self.try_to(ways[way]))

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

    def _disputed_meant(self) -> list[Claim | Link]:
        """The current record, if a merge left something open in it, else those at the cursor; with a selection none:
        that is for a claim whose words are gone."""
        if not self.session.disputes or self.column.selection is not None:
            return []
        own = [claim for claim in self.claims_here() if claim.annotator == self.session.annotator]
        records = {one.id: one for claim in own for one in (claim, *self.session.links_of(claim)) if one.conflicts}
        current = records.get(self.current.id) if self.current is not None else None
        found = records.values() if current is None else (current,)
        recorded = (self.session.records.get(one.id) for one in found)
        return [one for one in recorded if isinstance(one, Claim | Contradiction | DuplicateGroup)]

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
        self.choose(title, choices, lambda how, _stay: self.try_to(self._settle_by, placed, how), beside_strip=True)
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
        left = open_by_turn(self.session, self.column.article.id, self.column.statement.start)
        more = f"{count_of(len(left))}, {self.key('settle')} goes to the next" if left else "nothing more to settle"
        self.say(f"{done.label}; {more}")

    # --- going there ---

    def _go_to_next_open(self) -> None:
        turn = open_by_turn(self.session, self.column.article.id, self.column.statement.start)
        if turn:
            first = turn[0]
            ref = ref_to(first.now) if isinstance(first, Placed) else self._ref_to(first.record)
            here = self.column.article
            if ref is not None:
                self.go_to(ref)
                if isinstance(first, Placed) and self.column.article is here and self.session.read_only is None:
                    self._ask_settle(first)  # in another article one looks where one is before one is asked
            elif isinstance(first, Dispute):
                self.variorum.rooms.show_settling(first)
            return
        theirs = self.open_here()
        if theirs:
            raise RefusedError(
                f"this is {theirs[0].claim.annotator}'s claim: only {theirs[0].claim.annotator} settles it"
            )
        raise RefusedError(NOTHING_OPEN)

    def _ref_to(self, record: Record) -> Ref | None:
        """How to go to one's own record; None where it has no claim that it could be looked at from."""
        claim = claim_for(self.session, record)
        if claim is None:
            return None
        return ref_to(record, claim) if isinstance(record, Contradiction | DuplicateGroup) else ref_to(claim)
