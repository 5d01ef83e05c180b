"""The Reader's keys on what colleagues recorded: adopt it, remark on it."""

from collections.abc import Callable

from tui.errors import NothingChangedError, RefusedError, VariorumError
from tui.model.records import Claim, Link, Remark, Stance
from tui.session import remarking
from tui.session.adopting import adopt
from tui.session.gestures import Gesture
from tui.text.cells import fit, plain_line
from tui.ui.reading import Colleagues
from tui.ui.screens.reader_acting import Acting
from tui.ui.widgets.picker import Choice

WORDS, STANCE, DELETE = "words", "stance", "delete"
NAMED = 40
"""Cells of a record's words in what asks for a remark."""


class Teaming(Acting):
    """Adopting and remarking."""

    def _with_theirs(self, use: Callable[[Claim | Link], None], what: str) -> None:
        """Find a colleague's record and use it: the current one, else the claim at the cursor; where several could be
        meant, ask."""
        record = self.record_of(self.current)
        if record is not None:
            use(record)
            return
        claims = {
            f"{claim.annotator}/{claim.id}": claim
            for claim in self.claims_here()
            if claim.annotator != self.session.annotator
        }
        if not claims:
            if self.colleagues is Colleagues.HIDDEN:
                raise RefusedError(f"colleagues' records are hidden: {self.key('colleagues')} shows them")
            raise RefusedError("there is no colleague's record here")
        if len(claims) == 1:
            use(next(iter(claims.values())))
            return
        choices = [Choice(key, claim.gist or claim.exact, detail=claim.annotator) for key, claim in claims.items()]
        self.choose(what, choices, lambda key, _stay: self.try_to(use, claims[key]))

    # --- adopting ---

    def do_adopt(self) -> None:
        self._with_theirs(self._adopt, "adopt which?")

    def _adopt(self, record: Claim | Link) -> None:
        at = self.current.at if self.current is not None else None
        self.did(adopt(self.session, record), at)

    # --- remarks ---

    def do_remark(self) -> None:
        self._with_theirs(self._ask_remark, "remark on which?")

    def _ask_remark(self, record: Claim | Link) -> None:
        own = self.session.annotator
        if record.annotator == own:
            raise RefusedError(f"this record is yours: {self.key('memo')} writes a memo on it")
        mine = {each.id: each for each in self.session.remarks_on(record) if each.annotator == own}
        choices = [
            Choice(Stance.COMMENT, "comment", "c", "what you have to say about it"),
            Choice(Stance.DISAGREE, "disagree", "d", "why you see it otherwise"),
            *(Choice(id, each.memo or "", detail=f"yours ({each.stance}): change it") for id, each in mine.items()),
        ]

        def take(value: str, _stay: bool) -> None:
            if value in mine:
                self._ask_change(record, mine[value])
            else:
                self._write(record, Stance(value))

        self.choose(f"remark on {record.annotator}'s record", choices, take)

    def _write(self, record: Claim | Link, stance: Stance) -> None:
        verb = "why you disagree with" if stance is Stance.DISAGREE else "comment on"
        self.memo.ask(
            f"{verb} {record.annotator}: {self._named(record)}",
            "",
            lambda text: self._try_remark(lambda: remarking.remark(self.session, record, stance, text)),
        )

    def _named(self, record: Claim | Link) -> str:
        words = record.exact if isinstance(record, Claim) else self.link_choice(record).label
        return fit(plain_line(record.gist or words), NAMED)

    def _ask_change(self, record: Claim | Link, remark: Remark) -> None:
        other = Stance.COMMENT if remark.stance is Stance.DISAGREE else Stance.DISAGREE
        what = "only a comment" if other is Stance.COMMENT else "a disagreement"
        choices = [
            Choice(WORDS, "words", "w", "write it otherwise"),
            Choice(STANCE, "stance", "s", f"let it be {what}"),
            Choice(DELETE, "delete", "x"),
        ]

        def take(value: str, _stay: bool) -> None:
            if value == WORDS:
                self.memo.ask(
                    f"remark on {record.annotator}: {self._named(record)}",
                    remark.memo or "",
                    lambda text: self._try_remark(lambda: remarking.set_words(remark, text)),
                )
            elif value == STANCE:
                self.try_to(self._did_remark, remarking.set_stance(remark, other))
            else:
                self.try_to(self._did_remark, remarking.delete(remark))

        self.choose("your remark", choices, take)

    def _try_remark(self, make: Callable[[], Gesture]) -> str | None:
        """Do it; what is refused comes back as the sentence the editor shows."""
        try:
            self._did_remark(make())
        except NothingChangedError:
            return None
        except VariorumError as error:
            return str(error)
        return None

    def _did_remark(self, gesture: Gesture) -> None:
        """Do it; the record remarked on stays current."""
        current = self.current
        self.perform_gesture(gesture)
        self.set_current(current)
