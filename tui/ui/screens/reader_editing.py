"""The Reader's fields: who says it, gist, memo, certainty, when, kinds, status, finished."""

from collections.abc import Callable

from tui.errors import NothingChangedError, VariorumError
from tui.model.records import GIST_LIMIT, Certainty, Claim, Contradiction, DuplicateGroup, Link, Status
from tui.session import gestures
from tui.session.gestures import NOT_RECORDED, End, Gesture
from tui.ui.screens.reader_marking import Marking
from tui.ui.widgets.picker import Choice


class NewClaim:
    """Stands for a claim that a field would make."""


FIELDS: tuple[tuple[Choice, tuple[type, ...]], ...] = (
    (Choice("gist", "gist", "g", "in your own words"), (Claim, Contradiction, DuplicateGroup)),
    (Choice("kinds", "kinds", "k", "of the contradiction"), (Contradiction,)),
    (Choice("status", "status", "s", "of the contradiction"), (Contradiction,)),
    (Choice("certainty", "certainty", "c", "how the article puts it"), (Claim, NewClaim)),
    (Choice("when", "when", "w", "the time spoken of"), (Claim, NewClaim)),
    (Choice("memo", "memo", "m"), (Claim, Contradiction, DuplicateGroup)),
)
"""What can be edited, and of which kinds of records."""


class Editing(Marking):
    """Changing what a record says."""

    # --- who says it ---

    def do_said_by(self) -> None:
        record = self.record_of(self.current)
        if record is not None and self.column.selection is None:
            self.refuse_foreign(record)
        self.with_end(self._ask_said_by, "said by, of which claim?")

    def _ask_said_by(self, end: End) -> None:
        session = self.session
        claim = session.desk.existing(end)
        if claim is not None and claim.said_by is not None:
            value = " > ".join(claim.said_by)
        else:
            guess = session.guess_speaker(end.article, end.span)
            value = guess or ""

        def answer(text: str) -> str | None:
            if text == value and claim is not None and claim.said_by is not None:
                return None  # left as it was, whatever signs are in the names
            return self._try(lambda: gestures.set_said_by(session.desk, end, gestures.speakers_in(text)))

        self.prompt.ask(
            "said by",
            value,
            answer,
            note=f"empty: the article itself · > passed on by · tab completes · {NOT_RECORDED}: not recorded",
            names=session.names_in_use(),
        )
        self.refresh_last()

    def _try(self, make: Callable[[], Gesture], at: str | None = None) -> str | None:
        """Do the gesture; what is refused comes back as the sentence the prompt shows."""
        try:
            self.did(make(), at)
        except NothingChangedError:
            return None
        except VariorumError as error:
            return str(error)
        return None

    # --- memos ---

    def do_memo(self) -> None:
        self.with_record(self._ask_memo, "memo on which?", (Claim, Contradiction, DuplicateGroup))

    def _ask_memo(self, record: Claim | Link) -> None:
        at = self.current.at if self.current is not None else None

        def keep(text: str) -> str | None:
            return self._try(lambda: gestures.set_memo(record, text), at)

        if isinstance(record, Claim):
            words = f"claim: {record.gist or record.exact}"
        else:
            choice = self.link_choice(record)
            words = f"{choice.detail}: {choice.label}"
        self.memo.ask(f"memo on the {words}", record.memo or "", keep)

    # --- fields ---

    def do_edit(self) -> None:
        record = self.record_of(self.current)
        if record is not None:
            self.refuse_foreign(record)
        kinds = self._kinds_here(record)
        fields = [choice for choice, having in FIELDS if kinds.intersection(having)]
        self.choose("edit", fields, lambda field, _stay: self.try_to(getattr(self, f"_edit_{field}")))

    def _kinds_here(self, record: Claim | Link | None) -> set[type]:
        """The kinds of records whose fields can be edited here: what is current, a claim with its links; where nothing
        is recorded, a claim can be made."""
        if record is not None and not isinstance(record, Claim):
            return {type(record)}
        here = self.claims_here() if record is None else (record,)
        own = [claim for claim in here if claim.annotator == self.session.annotator]
        if here and not own:
            self.refuse_foreign(here[0])
        return {type(link) for claim in own for link in self.session.links_of(claim)} | {Claim if own else NewClaim}

    def _edit_gist(self) -> None:
        self.with_record(self._ask_gist, "gist of which?", (Claim, Contradiction, DuplicateGroup))

    def _ask_gist(self, record: Claim | Link) -> None:
        at = self.current.at if self.current is not None else None
        self.prompt.ask(
            "gist",
            record.gist or "",
            lambda text: self._try(lambda: gestures.set_gist(record, text or None), at),
            note=f"at most {GIST_LIMIT} characters, empty takes it out",
        )
        self.refresh_last()

    def _edit_kinds(self) -> None:
        self.with_record(self._ask_kinds, "kinds of which?", (Contradiction,))

    def _ask_kinds(self, record: Claim | Link) -> None:
        if isinstance(record, Contradiction):
            self.ask_kinds(record)

    def _edit_status(self) -> None:
        self.with_record(self._ask_status, "status of which?", (Contradiction,))

    def _ask_status(self, record: Claim | Link) -> None:
        if not isinstance(record, Contradiction):
            return
        at = self.current.at if self.current is not None else None
        details = {Status.OPEN: "", Status.EXPLAINED: "all can stand after all", Status.RESOLVED: "one of them stands"}
        choices = [Choice(status, status, status[0], details[status], on=status is record.status) for status in Status]

        def take(value: str, _stay: bool) -> None:
            self.try_to(lambda: self.did(gestures.set_status(record, Status(value)), at))

        self.choose("status", choices, take)

    def _edit_certainty(self) -> None:
        self.with_claim(self._ask_certainty, "certainty of which claim?")

    def _ask_certainty(self, end: End) -> None:
        claim = self.session.desk.existing(end)
        now = claim.certainty if claim is not None else None
        choices = [Choice(one, one, one[0], on=one is now) for one in Certainty]
        choices.append(Choice(NOT_RECORDED, "not recorded", NOT_RECORDED))

        def take(value: str, _stay: bool) -> None:
            certainty = None if value == NOT_RECORDED else Certainty(value)
            self.try_to(lambda: self.did(gestures.set_certainty(self.session.desk, end, certainty)))

        self.choose("how the article puts it", choices, take)

    def _edit_when(self) -> None:
        self.with_claim(self._ask_when, "when, of which claim?")

    def _ask_when(self, end: End) -> None:
        claim = self.session.desk.existing(end)
        self.prompt.ask(
            "when",
            (claim.when if claim is not None else None) or "",
            lambda text: self._try(lambda: gestures.set_when(self.session.desk, end, text.strip() or None)),
            note="2023-06-19, 2023-02, 2018-09~, 2021/.. and the like, empty takes it out",
        )
        self.refresh_last()

    def _edit_memo(self) -> None:
        self.do_memo()
