"""Contradictions and duplicate groups: marked, joined, taken apart, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
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
    words_of,
)

from tui.errors import RefusedError
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, DuplicateGroup, Record, Remark, Status
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.session.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_workspace(tmp_path)) as session:
        yield session


def tagged(session: Session, words: str, *names: str) -> Claim:
    for name in names or ("fact",):
        session.do(gestures.tag(session.desk, end(words), name, add=True))
    return claim_of(session, words)


def contradict(session: Session, first: str, second: str) -> Contradiction:
    link = link_of(session, session.do(gestures.contradiction(session.desk, end(first), end(second))).current)
    assert isinstance(link, Contradiction)
    return link


def group(session: Session, first: str, second: str) -> DuplicateGroup:
    link = link_of(session, session.do(gestures.duplicate(session.desk, end(first), end(second))).current)
    assert isinstance(link, DuplicateGroup)
    return link


def put(session: Session, *records: Record) -> None:
    """Records as only a file can bring them."""
    session.do(Gesture("put", tuple(Change(None, record) for record in records)))


def test_a_contradiction_of_two_unmarked_statements_makes_untagged_claims_in_the_same_step(session: Session) -> None:
    gesture = gestures.contradiction(session.desk, end(SAW), end(MET))
    assert [type(change.after) for change in gesture.changes] == [Claim, Claim, Contradiction]
    session.do(gesture)
    link = link_of(session, gesture.current)
    assert isinstance(link, Contradiction)
    assert (link.status, link.kinds) == (Status.OPEN, ())
    assert [claim.exact for claim in session.ends_of(link)] == [MET, SAW]
    assert claim_of(session, MET).tags == ()
    session.undo()
    assert state(session) == {}


def test_a_contradiction_takes_the_claims_that_are_there(session: Session) -> None:
    met = tagged(session, MET)
    link = contradict(session, MET, SAW)
    assert met.id in link.claims
    assert claim_of(session, MET) == met


def test_the_same_end_twice_is_refused_marked_or_not(session: Session) -> None:
    for make in (gestures.contradiction, gestures.duplicate):
        with pytest.raises(RefusedError, match="both ends are the same claim"):
            make(session.desk, end(MET), end(MET))
    met = tagged(session, MET)
    for make in (gestures.contradiction, gestures.duplicate):
        with pytest.raises(RefusedError, match="both ends are the same claim"):
            make(session.desk, replace(end(MET), claim=met.id), end(MET))


def test_a_statement_is_not_linked_to_a_piece_of_itself(session: Session) -> None:
    tagged(session, MET)
    for make in (gestures.contradiction, gestures.duplicate):
        with pytest.raises(RefusedError, match="both ends hold the same words"):
            make(session.desk, end(MET), end("met Xi"))
        with pytest.raises(RefusedError, match="both ends hold the same words"):
            make(session.desk, end("shot down. Blinken"), end(MET))
    make_of = (contradict(session, MET, SAW), group(session, MET, SAW))
    for link in make_of:
        with pytest.raises(RefusedError, match="an end that is there already holds the same words"):
            gestures.add_to(session.desk, link, end("met Xi"))
    with pytest.raises(RefusedError, match="an end that is there already holds the same words"):
        gestures.duplicate(session.desk, end("Blinken met"), end(SAW))
    assert session.do(gestures.add_to(session.desk, make_of[0], end(SHOT))).current == make_of[0].id, "it stands apart"


def test_the_same_contradiction_is_not_marked_twice(session: Session) -> None:
    link = contradict(session, MET, SAW)
    with pytest.raises(RefusedError, match=rf"marked as a contradiction already \({link.id[:5]}\)"):
        gestures.contradiction(session.desk, end(SAW), end(MET))


def test_a_contradiction_may_have_three_ends_in_three_articles(session: Session) -> None:
    link = contradict(session, LITTLE, BROKE)
    session.do(gestures.add_to(session.desk, link, end(NOTHING)))
    three = link_of(session, link.id)
    assert [claim.article for claim in session.ends_of(three)] == ["folder/a", "one", "two"]
    with pytest.raises(RefusedError, match="in it already"):
        gestures.add_to(session.desk, three, end(NOTHING))


def test_adding_an_end_does_not_mark_a_contradiction_twice_either(session: Session) -> None:
    whole = contradict(session, LITTLE, BROKE)
    session.do(gestures.add_to(session.desk, whole, end(NOTHING)))
    part = contradict(session, LITTLE, BROKE)
    with pytest.raises(RefusedError, match="marked as a contradiction already"):
        gestures.add_to(session.desk, part, end(NOTHING))


def test_a_contradiction_is_of_kinds_and_has_a_status(session: Session) -> None:
    id = contradict(session, MET, SAW).id

    def now() -> Contradiction:
        link = link_of(session, id)
        assert isinstance(link, Contradiction)
        return link

    session.do(gestures.set_kind(now(), "date"))
    session.do(gestures.set_kind(now(), "order", add=True))
    assert now().kinds == ("date", "order")
    session.do(gestures.set_kind(now(), "date", add=True))
    assert now().kinds == ("order",)
    session.do(gestures.set_kind(now(), "place"))
    assert now().kinds == ("place",)
    session.do(gestures.set_status(now(), Status.RESOLVED))
    assert now().status is Status.RESOLVED
    session.do(gestures.set_gist(now(), "Monday or Sunday?"))
    session.do(gestures.set_memo(now(), "ask"))
    assert (now().gist, now().memo) == ("Monday or Sunday?", "ask")


# --- duplicates ---


def test_two_statements_become_a_group_and_a_third_joins_it(session: Session) -> None:
    first = group(session, SHOT, DOWNED)
    joined = group(session, DRIFTED, DOWNED)
    assert joined.id == first.id
    assert words_of(session, joined) == {SHOT, DOWNED, DRIFTED}
    with pytest.raises(RefusedError, match="in one duplicate group already"):
        gestures.duplicate(session.desk, end(SHOT), end(DRIFTED))


def test_joining_two_groups_keeps_the_smaller_id_and_everything_written_about_either(session: Session) -> None:
    first, second = group(session, SHOT, DOWNED), group(session, LITTLE, NOTHING)
    for one, name in ((first, "A"), (second, "B")):
        session.do(gestures.set_gist(one, f"gist {name}"))
        session.do(gestures.set_memo(link_of(session, one.id), f"memo {name}"))
    smaller, larger = sorted((first.id, second.id))
    kept = link_of(session, smaller)
    lost = link_of(session, larger)
    done = session.do(gestures.duplicate(session.desk, end(DOWNED), end(NOTHING)))
    joined = link_of(session, smaller)
    assert (done.label, done.current) == ("duplicate groups joined", smaller)
    assert session.records.get(larger) is None
    assert words_of(session, joined) == {SHOT, DOWNED, LITTLE, NOTHING}
    assert joined.gist == kept.gist
    assert joined.memo == f"{kept.memo}\n\n{lost.gist}\n\n{lost.memo}"
    session.undo()
    assert (link_of(session, smaller), link_of(session, larger)) == (kept, lost)


def test_the_only_gist_of_joined_groups_heads_them_and_is_not_said_twice(session: Session) -> None:
    first, second = group(session, SHOT, DOWNED), group(session, LITTLE, NOTHING)
    larger = max((first, second), key=lambda one: one.id)
    session.do(gestures.set_gist(larger, "the only one"))
    session.do(gestures.duplicate(session.desk, end(DOWNED), end(NOTHING)))
    joined = link_of(session, min(first.id, second.id))
    assert (joined.gist, joined.memo) == ("the only one", None)


def test_unknown_keys_and_conflicts_of_joined_groups_are_kept(session: Session) -> None:
    claims = [session.desk.new_claim(end(words)) for words in (SHOT, DOWNED, LITTLE, NOTHING)]
    ids = [claim.id for claim in claims]
    first = DuplicateGroup(
        id="d000000000001",
        annotator="ada",
        claims=tuple(ids[:2]),
        created="-",
        conflicts=("a",),
        extra={"x": 1, "y": 1},
    )
    second = replace(first, id="d000000000002", claims=tuple(ids[2:]), conflicts=("b",), extra={"y": 2, "z": 2})
    put(session, *claims, first, second)
    session.do(gestures.duplicate(session.desk, end(SHOT), end(NOTHING)))
    joined = link_of(session, first.id)
    assert (joined.conflicts, joined.extra) == (("a", "b"), {"x": 1, "y": 1, "z": 2})


def test_adding_a_member_of_another_group_joins_the_two(session: Session) -> None:
    first, second = group(session, SHOT, DOWNED), group(session, LITTLE, NOTHING)
    session.do(gestures.add_to(session.desk, first, end(LITTLE)))
    assert [one.id for one in session.records.groups()] == [min(first.id, second.id)]
    with pytest.raises(RefusedError, match="in it already"):
        gestures.add_to(session.desk, session.records.groups()[0], end(NOTHING))


def test_a_claim_that_a_merge_of_files_left_in_two_groups_brings_both_together(session: Session) -> None:
    first = group(session, SHOT, DOWNED)
    drifted = session.desk.new_claim(end(DRIFTED))
    put(session, drifted, replace(first, id="dzzzzzzzzzzzz", claims=(first.claims[0], drifted.id)))
    group(session, LITTLE, SHOT)
    (joined,) = session.records.groups()
    assert joined.id == first.id
    assert words_of(session, joined) == {SHOT, DOWNED, DRIFTED, LITTLE}


def test_an_end_that_is_not_there_any_more_stands_in_nobodys_way(session: Session) -> None:
    shot, downed = (session.desk.new_claim(end(words)) for words in (SHOT, DOWNED))
    missing = "c000000000000"
    doubles = DuplicateGroup(id="d000000000001", annotator="ada", claims=(missing, shot.id), created="-")
    differ = Contradiction(id="x000000000001", annotator="ada", claims=(missing, downed.id), created="-")
    put(session, shot, downed, doubles, differ)
    session.do(gestures.add_to(session.desk, doubles, end(NOTHING)))
    session.do(gestures.add_to(session.desk, differ, end(MET)))
    assert [link_of(session, link.id).claims[-1] for link in (doubles, differ)] == [missing, missing]
    assert words_of(session, link_of(session, differ.id)) == {DOWNED, MET}


def test_a_group_with_both_ends_of_a_contradiction_is_told_as_inconsistent(session: Session) -> None:
    doubles = group(session, SHOT, DOWNED)
    assert not session.inconsistent(doubles)
    contradict(session, SHOT, DRIFTED)
    assert not session.inconsistent(doubles)
    contradict(session, SHOT, DOWNED)
    assert session.inconsistent(doubles)


def test_a_claim_in_two_groups_is_no_contradiction(session: Session) -> None:
    doubles = group(session, SHOT, DOWNED)
    put(session, replace(doubles, id="dzzzzzzzzzzzz"))
    assert not session.inconsistent(doubles)


def test_deleting_a_claim_takes_it_out_of_its_links_and_says_what_went_with_it(session: Session) -> None:
    contradict(session, SHOT, DOWNED)
    doubles = group(session, SHOT, DRIFTED)
    session.do(gestures.add_to(session.desk, doubles, end(LITTLE)))
    done = session.do(gestures.delete(session.desk, claim_of(session, SHOT)))
    assert done.label == "deleted the claim and a contradiction with it and took it out of 1 other link"
    assert done.current is None
    assert session.records.contradictions() == ()
    assert words_of(session, link_of(session, doubles.id)) == {DRIFTED, LITTLE}
    done = session.do(gestures.delete(session.desk, claim_of(session, LITTLE)))
    assert done.label == "deleted the claim and a duplicate group with it"
    assert session.records.groups() == ()


@pytest.mark.parametrize(
    ("others", "label"),
    [
        ([], "deleted the claim"),
        ([SAW], "deleted the claim and a contradiction with it"),
        ([SAW, DOWNED], "deleted the claim and 2 contradictions with it"),
    ],
)
def test_what_went_is_counted(session: Session, others: list[str], label: str) -> None:
    tagged(session, MET)
    for other in others:
        contradict(session, MET, other)
    assert gestures.delete(session.desk, claim_of(session, MET)).label == label


def test_a_claim_in_a_contradiction_of_three_leaves_the_other_two(session: Session) -> None:
    link = contradict(session, LITTLE, BROKE)
    session.do(gestures.add_to(session.desk, link, end(NOTHING)))
    done = session.do(gestures.delete(session.desk, claim_of(session, NOTHING)))
    assert done.label == "deleted the claim and took it out of 1 link"
    assert words_of(session, link_of(session, link.id)) == {LITTLE, BROKE}


def test_deleting_a_group_at_one_of_its_claims_takes_that_claim_out(session: Session) -> None:
    doubles = group(session, SHOT, DOWNED)
    session.do(gestures.add_to(session.desk, doubles, end(DRIFTED)))
    drifted = claim_of(session, DRIFTED)
    done = session.do(gestures.delete(session.desk, link_of(session, doubles.id), drifted.id))
    assert (done.label, done.current) == ("took the claim out of the group", drifted.id)
    assert words_of(session, link_of(session, doubles.id)) == {SHOT, DOWNED}
    assert claim_of(session, DRIFTED) == drifted
    done = session.do(gestures.delete(session.desk, link_of(session, doubles.id), claim_of(session, SHOT).id))
    assert done.label == "took the claim out; the group had two and is gone"
    assert session.records.groups() == ()
    assert len(state(session)) == 3


def test_a_contradiction_and_a_whole_group_are_deleted_and_their_claims_stay(session: Session) -> None:
    link, doubles = contradict(session, MET, SAW), group(session, SHOT, DOWNED)
    assert session.do(gestures.delete(session.desk, link)).label == "deleted the contradiction"
    assert session.do(gestures.delete(session.desk, doubles)).label == "deleted the duplicate group"
    assert {type(record) for record in session.records.records()} == {Claim}
    assert len(state(session)) == 4


def test_a_remark_is_deleted(session: Session) -> None:
    remark = Remark(id="r000000000001", annotator="ada", on="ben/c1", created="-")
    put(session, remark)
    session.do(gestures.delete(session.desk, remark))
    assert state(session) == {}
