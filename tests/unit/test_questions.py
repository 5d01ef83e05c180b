"""The next open question from any place."""

from dataclasses import replace
from pathlib import Path

from session_samples import (
    ARTICLES,
    BROKE,
    DOWNED,
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
    tag,
)

from tui.exchange.conflicts import conflict
from tui.model.changes import Change
from tui.model.records import Contradiction, Status
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.session.questions import Question, next_question
from tui.session.session import Session

START = Span(0, 1)


def contradict(session: Session, one: str, other: str) -> str:
    made = session.do(gestures.contradiction(session.desk, end(one), end(other)))
    assert made.current is not None
    return made.current


def contradiction(session: Session, id: str) -> Contradiction:
    found = link_of(session, id)
    assert isinstance(found, Contradiction)
    return found


def walked(session: Session, steps: int, article: str = "one") -> list[str]:
    """The words of the claims that so many steps lead to."""
    found: list[str] = []
    statement, current = START, None
    for _ in range(steps):
        question = next_question(session, article, statement, current)
        assert question is not None
        assert question.claim is not None
        found.append(question.claim.exact)
        article, statement = question.claim.article, question.claim.span
        current = question.record.id
    return found


def test_where_nothing_is_open_there_is_none(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        assert next_question(session, "one", START) is None
        tag(session, MET)
        assert next_question(session, "one", START) is None


def test_each_open_contradiction_is_come_to_once_at_its_first_end(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        contradict(session, SHOT, DOWNED)
        contradict(session, LITTLE, NOTHING)
        contradict(session, SAW, BROKE)
        # Articles by id: folder/a, one, two.
        assert walked(session, 5) == [SHOT, SAW, NOTHING, SHOT, SAW]


def test_two_at_one_statement_are_come_to_one_after_the_other(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        made = {contradict(session, SHOT, DOWNED), contradict(session, SHOT, BROKE)}
        seen = set()
        current = None
        for _ in range(2):
            question = next_question(session, "one", claim_of(session, SHOT).span, current)
            assert question is not None
            assert question.link is not None
            current = question.link.id
            seen.add(current)
        assert seen == made


def test_what_was_settled_is_no_question_any_more(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        id = contradict(session, SHOT, DOWNED)
        contradict(session, MET, SAW)
        session.do(gestures.set_status(contradiction(session, id), Status.RESOLVED))
        assert walked(session, 3) == [MET, MET, MET]


def test_from_a_place_that_is_not_its_first_end_it_still_comes_around(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        id = contradict(session, SHOT, DOWNED)
        question = next_question(session, "two", claim_of(session, DOWNED).span, id)
        assert question == Question(claim_of(session, SHOT), contradiction(session, id))


def test_claims_to_settle_are_come_to_by_place_and_those_before_the_cursor_last(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with opened(workspace) as session:
        for words in (SHOT, MET, LITTLE):
            tag(session, words)
    text = ARTICLES["one"].replace("shot", "blown").replace("Monday", "Friday").replace("on little", "at last")
    (tmp_path / "seeds" / "one.txt").write_text(text, encoding="utf-8")
    with opened(workspace) as session:
        assert len(session.desk.view.open_in("one")) == 3
        places = session.desk.view.open_in("one")
        for one, following in zip(places, (*places[1:], places[0]), strict=True):
            question = next_question(session, "one", one.now.span, one.claim.id)
            assert question == Question(following.now)


def disputed(session: Session, words: str) -> str:
    """A merge left the memo of the claim of these words open; the claim's id."""
    claim = session.records.claim(claim_of(session, words).id)
    assert claim is not None
    entry = conflict("memo", None, "ours", "theirs").plain
    session.do(Gesture("merged", (Change(claim, replace(claim, conflicts=(entry,))),)))
    return claim.id


def test_what_a_merge_left_open_is_a_question_at_its_place(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        contradict(session, SHOT, DOWNED)
        tag(session, SAW)
        disputed(session, SAW)
        assert walked(session, 3) == [SHOT, SAW, SHOT]


def test_a_conflict_of_what_is_an_open_question_itself_comes_with_it(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        link = contradiction(session, contradict(session, SHOT, DOWNED))
        entry = conflict("memo", None, "ours", "theirs").plain
        session.do(Gesture("merged", (Change(link, replace(link, conflicts=(entry,))),)))
        question = next_question(session, "one", START)
        assert question is not None
        assert question.dispute is not None
        assert question.record.id == link.id


def test_what_has_no_place_in_a_text_comes_last(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        tag(session, MET)
        disputed(session, MET)
        entry = conflict("memo", None, "ours", "theirs").plain
        ends = ("c00000000000a", "c00000000000b")
        lost = Contradiction(
            id="x00000000000a", annotator="ada", claims=ends, created="2026-11-21T20:00:00Z", conflicts=(entry,)
        )
        session.do(Gesture("merged", (Change(None, lost),)))
        assert walked(session, 2) == [MET, MET]
        session.do(gestures.delete(session.desk, session.desk.records.claims_in("one")[0]))
        question = next_question(session, "one", START)
        assert question is not None
        assert (question.claim, question.record) == (None, lost)
