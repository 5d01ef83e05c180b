"""Undo and redo: whatever was done, each step back gives exactly the state before, each step forth the state after."""

import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from session_samples import (
    BROKE,
    DOWNED,
    DRIFTED,
    LITTLE,
    MET,
    NOTHING,
    SAW,
    SHOT,
    claim_of,
    end,
    link_of,
    make_workspace,
    opened,
    state,
)

from tui.errors import RefusedError
from tui.model.records import Certainty, Claim, Contradiction, DuplicateGroup, Link, Record, Status
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.session.session import Session

WORDS = (SHOT, MET, LITTLE, DOWNED, SAW, BROKE, NOTHING, DRIFTED, "Blinken met Xi", "drifted")
ENDS = st.sampled_from(WORDS).map(end)
TEXTS = st.sampled_from(["", "one", "two", "x" * 80])


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_workspace(tmp_path)) as session:
        yield session


def test_undo_and_redo_name_the_step_and_its_record(session: Session) -> None:
    done = session.do(gestures.tag(session.desk, end(MET), "fact"))
    back = session.undo()
    assert (back.label, back.current) == ("undone: tagged fact", None)
    forth = session.redo()
    assert (forth.label, forth.current) == ("done again: tagged fact", done.current)


def test_there_may_be_nothing_to_undo_or_do_again(session: Session) -> None:
    with pytest.raises(RefusedError, match="nothing to undo"):
        session.undo()
    with pytest.raises(RefusedError, match="nothing to do again"):
        session.redo()


def test_a_new_step_forgets_what_was_undone(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(MET), "fact"))
    session.undo()
    session.do(gestures.tag(session.desk, end(SAW), "fact"))
    with pytest.raises(RefusedError, match="nothing to do again"):
        session.redo()


def test_one_more_claim_goes_to_the_link_made_last_that_is_still_there(session: Session) -> None:
    with pytest.raises(RefusedError, match="no such link yet"):
        session.link_to_extend(Contradiction, None)
    first = session.do(gestures.contradiction(session.desk, end(MET), end(SAW))).current
    second = session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE))).current
    session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
    session.do(gestures.set_gist(link_of(session, first), "a gist makes no link"))
    assert session.link_to_extend(Contradiction, None).id == second
    assert session.link_to_extend(Contradiction, link_of(session, first)).id == first
    for _ in range(3):
        session.undo()
    assert session.link_to_extend(Contradiction, claim_of(session, MET)).id == first


class Reading(RuleBasedStateMachine):
    """A reader pressing keys, with a copy of what the records were after each step that counts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.workspace = make_workspace(Path(self.folder.name))
        numbers = count(1)
        # Not random, so that a run can be repeated, and not in order of their making, as random ones.
        self.open = opened(
            self.workspace, make_id=lambda letter: f"{letter}{next(numbers) * 618_033_988_749 % 10**12:012}"
        )
        self.session = self.open.__enter__()
        self.before: list[MappingProxyType[str, Record]] = []
        self.after: list[MappingProxyType[str, Record]] = []

    def now(self) -> MappingProxyType[str, Record]:
        return MappingProxyType(state(self.session))

    def try_to(self, make: Callable[[], Gesture]) -> None:
        before = self.now()
        try:
            gesture = make()
        except RefusedError:
            assert self.now() == before
            return
        self.session.do(gesture)
        assert self.now() != before, gesture.label
        self.before.append(before)
        self.after.clear()

    @rule(at=ENDS, name=st.sampled_from(["fact", "opinion"]), add=st.booleans())
    def tag(self, at: gestures.End, name: str, add: bool) -> None:
        self.try_to(lambda: gestures.tag(self.session.desk, at, name, add=add))

    @rule(at=ENDS, names=st.none() | st.lists(st.sampled_from(["Xi", "Blinken", ""]), max_size=2))
    def said_by(self, at: gestures.End, names: list[str] | None) -> None:
        self.try_to(lambda: gestures.set_said_by(self.session.desk, at, None if names is None else tuple(names)))

    @rule(at=ENDS, certainty=st.none() | st.sampled_from(Certainty), when=st.sampled_from([None, "2023", "never"]))
    def details(self, at: gestures.End, certainty: Certainty | None, when: str | None) -> None:
        self.try_to(lambda: gestures.set_certainty(self.session.desk, at, certainty))
        self.try_to(lambda: gestures.set_when(self.session.desk, at, when))

    @rule(first=ENDS, second=ENDS, make=st.sampled_from([gestures.contradiction, gestures.duplicate]))
    def link(
        self,
        first: gestures.End,
        second: gestures.End,
        make: Callable[[gestures.Desk, gestures.End, gestures.End], Gesture],
    ) -> None:
        self.try_to(lambda: make(self.session.desk, first, second))

    @precondition(lambda self: bool(state(self.session)))
    @rule(data=st.data(), at=ENDS, text=TEXTS)
    def change(self, data: st.DataObject, at: gestures.End, text: str) -> None:
        desk = self.session.desk
        one = self.now()[data.draw(st.sampled_from(sorted(self.now())))]
        ways: list[Callable[[], Gesture]] = [lambda: gestures.delete(desk, one)]
        if isinstance(one, Claim | Contradiction | DuplicateGroup):
            ways += [lambda: gestures.set_gist(one, text), lambda: gestures.set_memo(one, text)]
        if isinstance(one, Claim) and at.article == one.article:
            ways.append(lambda: gestures.respan(desk, one.id, at.span))
        if isinstance(one, Contradiction | DuplicateGroup):
            ways += [lambda: gestures.add_to(desk, one, at), lambda: gestures.delete(desk, one, one.claims[0])]
        if isinstance(one, Contradiction):
            ways += [
                lambda: gestures.set_kind(one, "date", add=True),
                lambda: gestures.set_status(one, Status.RESOLVED),
            ]
        self.try_to(data.draw(st.sampled_from(ways)))

    @rule(article=st.sampled_from(["one", "folder/a"]), finished=st.booleans(), memo=TEXTS)
    def note(self, article: str, finished: bool, memo: str) -> None:
        self.try_to(lambda: gestures.set_finished(self.session.desk, article, finished))
        self.try_to(lambda: gestures.set_article_memo(self.session.desk, article, memo))

    @precondition(lambda self: bool(self.before))
    @rule()
    def undo(self) -> None:
        after = self.now()
        self.session.undo()
        assert self.now() == self.before.pop()
        self.after.append(after)

    @precondition(lambda self: bool(self.after))
    @rule()
    def redo(self) -> None:
        before = self.now()
        self.session.redo()
        assert self.now() == self.after.pop()
        self.before.append(before)

    @invariant()
    def every_link_holds_two_claims_that_are_there_and_no_claim_is_in_two_groups(self) -> None:
        records = self.session.records
        links: list[Link] = [*records.contradictions(), *records.groups()]
        assert all(len(set(link.claims)) >= 2 for link in links)
        assert all(records.claim(id) is not None for link in links for id in link.claims)
        members = [id for group in records.groups() for id in group.claims]
        assert len(members) == len(set(members))
        assert all(link.gist is None or len(link.gist) <= 75 for link in links)

    def teardown(self) -> None:
        try:
            while self.after:
                self.redo()
            final = self.now()
            steps = len(self.before)
            for _ in range(steps):
                self.undo()
            assert self.now() == {}
            for _ in range(steps):
                self.redo()
            assert self.now() == final
            self.session.flush()
            with opened(self.workspace) as again:
                assert state(again) == final
        finally:
            self.open.__exit__(None, None, None)
            self.folder.cleanup()


TestReading = Reading.TestCase
TestReading.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
