"""What became of one record, and what a group goes by on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from session_samples import LITTLE, MET, SAW, SHOT, claim_of, end, make_workspace, opened, tag

from tui.model.records import Contradiction, DuplicateGroup, Link
from tui.session import gestures
from tui.session.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_workspace(tmp_path)) as session:
        yield session


def the_link(session: Session) -> Link:
    return next(one for one in session.records.records() if isinstance(one, Contradiction | DuplicateGroup))


def labels(session: Session, id: str) -> list[str]:
    return [entry.label for entry in session.history_of(id, 100)]


def test_the_history_of_a_claim_tells_all_that_was_done_with_it_and_nothing_else(session: Session) -> None:
    tag(session, MET, name="fact")
    claim = claim_of(session, MET)
    tag(session, SAW, name="fact")
    session.do(gestures.set_memo(claim, "why?"))
    session.undo()
    session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
    link = the_link(session)
    session.do(gestures.set_memo(link, "of the link, not of the claim"))
    session.do(gestures.delete(session.desk, the_link(session)))
    told = labels(session, claim.id)
    assert len(told) == 5
    assert told[0] == "tagged fact"
    assert told[2].startswith("undone: ")
    assert "contradiction" in told[3], "it got a link"
    assert "deleted" in told[4], "and lost it"


def test_the_history_of_a_link_begins_where_it_was_made(session: Session) -> None:
    tag(session, MET, name="fact")
    session.do(gestures.duplicate(session.desk, end(MET), end(SAW)))
    group = the_link(session)
    session.do(gestures.set_memo(group, "the same"))
    tag(session, SHOT, name="fact")
    assert len(labels(session, group.id)) == 2


def test_the_history_outlives_the_session(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with opened(workspace) as session:
        tag(session, MET, name="fact")
        id = claim_of(session, MET).id
    with opened(workspace) as session:
        tag(session, MET, name="quote")
        assert labels(session, id) == ["tagged fact", "tagged quote instead of fact"]
        assert labels(session, "c000000000000") == []


def test_what_was_just_done_is_in_the_history(session: Session) -> None:
    for number in range(20):
        tag(session, LITTLE, name="fact" if number % 2 else "quote")
        assert len(labels(session, claim_of(session, LITTLE).id)) == number + 1


def test_of_a_long_history_the_last_steps_are_told(session: Session) -> None:
    for number in range(9):
        tag(session, LITTLE, name="fact" if number % 2 else "quote")
    last = session.history_of(claim_of(session, LITTLE).id, 3)
    told = ["tagged quote instead of fact", "tagged fact instead of quote", "tagged quote instead of fact"]
    assert [entry.label for entry in last] == told


def test_every_group_goes_by_letters_of_its_own(session: Session) -> None:
    names = [session.letter_of(f"d{number}") for number in range(52 + 26**2 + 30)]
    assert names[:3] == ["a", "b", "c"]
    assert names[51:55] == ["Z", "aa", "ab", "ac"]
    assert names[52 + 26 : 52 + 28] == ["ba", "bb"]
    assert names[52 + 26**2 - 1 : 52 + 26**2 + 2] == ["zz", "aaa", "aab"]
    assert len(set(names)) == len(names)
    assert session.letter_of("d60") == names[60], "as long as the session lasts"
