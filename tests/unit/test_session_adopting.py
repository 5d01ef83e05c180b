"""A colleague's record taken over as one's own, and remarks on it."""

from pathlib import Path

import pytest
from session_samples import (
    BROKE,
    DOWNED,
    DRIFTED,
    MET,
    SAW,
    SHOT,
    annotations,
    claim_of,
    end,
    exported,
    findings,
    link_of,
    make_workspace,
    opened,
    state,
    tag,
    words_of,
)

from tui.errors import NothingChangedError, RefusedError
from tui.model.records import Certainty, Claim, Contradiction, DuplicateGroup, Record, Remark, Stance
from tui.session import gestures, remarking
from tui.session.adopting import adopt
from tui.session.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Ben has recorded claims, a contradiction and a group."""
    root = tmp_path / "w"
    make_workspace(root)
    with opened(root, "ben") as session:
        tag(session, MET, SHOT)
        desk = session.desk
        session.do(gestures.set_gist(claim_of(session, MET), "They met on Monday"))
        session.do(gestures.set_said_by(desk, end(MET), ("The State Department",)))
        session.do(gestures.set_certainty(desk, end(MET), Certainty.STATED))
        session.do(gestures.set_memo(claim_of(session, MET), "compare two"))
        made = session.do(gestures.contradiction(desk, end(MET), end(SAW)))
        link = link_of(session, made.current)
        assert isinstance(link, Contradiction)
        session.do(gestures.set_kind(link, "date"))
        session.do(gestures.duplicate(desk, end(SHOT), end(DOWNED)))
        exported(session)
    return root


def theirs(session: Session, kind: type[Record], words: str = "") -> Record:
    """Ben's record of this kind, with these words."""
    found = [
        record
        for record in session.index_of("ben").records()
        if isinstance(record, kind) and (not isinstance(record, Claim) or record.exact == words)
    ]
    assert len(found) == 1
    return found[0]


def adopted(session: Session, kind: type[Record], words: str = "") -> gestures.Gesture:
    record = theirs(session, kind, words)
    assert isinstance(record, Claim | Contradiction | DuplicateGroup)
    return session.do(adopt(session, record))


def test_an_adopted_claim_says_all_that_the_colleague_said_and_whose_it_was(root: Path) -> None:
    with opened(root) as session:
        assert adopted(session, Claim, MET).label == "adopted the claim from ben"
        copy, other = claim_of(session, MET), theirs(session, Claim, MET)
        assert isinstance(other, Claim)
        assert copy.from_ == f"ben/{other.id}"
        assert copy.annotator == "ada"
        assert copy.id != other.id
        for field in ("span", "exact", "tags", "gist", "said_by", "certainty", "memo"):
            assert getattr(copy, field) == getattr(other, field), field
        session.undo()
        assert state(session) == {}


def test_adopting_twice_is_refused_also_after_the_copy_was_given_another_span(root: Path) -> None:
    with opened(root) as session:
        adopted(session, Claim, MET)
        with pytest.raises(RefusedError, match="you adopted this already"):
            adopted(session, Claim, MET)
        session.do(gestures.respan(session.desk, claim_of(session, MET).id, end(SHOT).span))
        with pytest.raises(RefusedError, match="you adopted this already"):
            adopted(session, Claim, MET)


def test_where_one_has_a_claim_of_exactly_these_words_that_is_said_and_nothing_is_done(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        before = state(session)
        with pytest.raises(RefusedError, match="you have a claim of exactly these words already"):
            adopted(session, Claim, MET)
        assert state(session) == before


def test_a_copy_that_linking_made_says_nothing_until_it_is_adopted(root: Path) -> None:
    with opened(root) as session:
        other = theirs(session, Claim, MET)
        assert isinstance(other, Claim)
        foreign = session.end_of(other.article, other.span, claim=other)
        session.do(gestures.contradiction(session.desk, foreign, end(BROKE)))
        copy = claim_of(session, MET)
        assert (copy.from_, copy.tags, copy.gist) == (f"ben/{other.id}", (), None)
        adopted(session, Claim, MET)
        filled = claim_of(session, MET)
        assert (filled.id, filled.tags, filled.gist) == (copy.id, ("fact",), "They met on Monday")
        with pytest.raises(RefusedError, match="you adopted this already"):
            adopted(session, Claim, MET)


def test_an_adopted_contradiction_brings_the_claims_that_are_missing_in_one_step(root: Path) -> None:
    with opened(root) as session:
        tag(session, SAW)
        before = state(session)
        done = adopted(session, Contradiction)
        assert done.label == "adopted the contradiction from ben with 1 claim"
        link = link_of(session, done.current)
        assert isinstance(link, Contradiction)
        assert link.kinds == ("date",)
        assert words_of(session, link) == {MET, SAW}
        assert claim_of(session, MET).tags == ("fact",)
        with pytest.raises(RefusedError, match="marked as a contradiction already"):
            adopted(session, Contradiction)
        session.undo()
        assert state(session) == before


def test_an_adopted_group_joins_the_groups_of_ones_own_that_its_claims_are_in(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DRIFTED)))
        done = adopted(session, DuplicateGroup)
        assert done.label == "adopted the duplicate group from ben with 1 claim; joined with yours"
        assert words_of(session, link_of(session, done.current)) == {SHOT, DRIFTED, DOWNED}
        assert sum(isinstance(record, DuplicateGroup) for record in session.records.records()) == 1
        with pytest.raises(RefusedError, match="in one duplicate group already"):
            adopted(session, DuplicateGroup)


def test_an_adopted_group_of_claims_in_no_group_is_a_group_of_ones_own(root: Path) -> None:
    with opened(root) as session:
        done = adopted(session, DuplicateGroup)
        assert words_of(session, link_of(session, done.current)) == {SHOT, DOWNED}
        exported(session)
        assert b"from: ben/c" in annotations(root)["one.yaml"]
    assert not [finding for finding in findings(root) if finding.kind != "stray"]


def test_a_link_of_which_an_end_is_missing_is_not_adopted(root: Path) -> None:
    file = root / "annotations/ben/two.yaml"
    file.unlink()
    with opened(root) as session, pytest.raises(RefusedError, match="an end of this link is missing"):
        adopted(session, Contradiction)


# --- remarks ---


def remarked(session: Session, words: str, stance: Stance = Stance.COMMENT) -> Remark:
    record = theirs(session, Claim, MET)
    assert isinstance(record, Claim)
    session.do(remarking.remark(session, record, stance, words))
    (made,) = session.remarks_on(record)
    return made


def test_a_remark_names_the_record_and_its_words_and_is_written_among_ones_own_links(root: Path) -> None:
    with opened(root) as session:
        remark = remarked(session, "It was Sunday.", Stance.DISAGREE)
        assert remark.on == f"ben/{theirs(session, Claim, MET).id}"
        assert (remark.exact, remark.stance, remark.memo) == (MET, Stance.DISAGREE, "It was Sunday.")
        exported(session)
        links = annotations(root)["links.yaml"].decode()
        assert "stance: disagree" in links
        assert "It was Sunday." in links
    with opened(root, "ben") as session:
        (seen,) = session.remarks_on(claim_of(session, MET))
        assert (seen.annotator, seen.memo) == ("ada", "It was Sunday.")
    assert not findings(root)


def test_who_deletes_what_a_colleague_remarked_on_is_told_whose_remark_it_was(root: Path) -> None:
    with opened(root) as session:
        remarked(session, "Really?")
        exported(session)
    with opened(root, "ben") as session:
        claim = claim_of(session, MET)
        label = "deleted the claim and a contradiction with it; ada remarked on it"
        assert session.do(gestures.delete(session.desk, claim)).label == label
        session.undo()
        assert session.do(gestures.delete(session.desk, claim_of(session, SHOT))).label.endswith("group with it")


def test_a_remark_can_be_written_otherwise_turned_and_deleted_and_each_taken_back(root: Path) -> None:
    with opened(root) as session:
        record = theirs(session, Claim, MET)
        remark = remarked(session, "Really?")
        session.do(remarking.set_words(remark, "Are you sure?"))
        session.do(remarking.set_stance(session.remarks_on(record)[0], Stance.DISAGREE))
        (now,) = session.remarks_on(record)
        assert (now.memo, now.stance, now.id) == ("Are you sure?", Stance.DISAGREE, remark.id)
        session.do(remarking.delete(now))
        assert session.remarks_on(record) == ()
        for _ in range(3):
            session.undo()
        assert session.remarks_on(record) == (remark,)


def test_a_remark_without_words_or_on_ones_own_record_is_refused(root: Path) -> None:
    with opened(root) as session:
        with pytest.raises(RefusedError, match="a remark says something"):
            remarked(session, " \n ")
        remark = remarked(session, "Really?")
        with pytest.raises(RefusedError, match="a remark says something"):
            remarking.set_words(remark, "")
        with pytest.raises(NothingChangedError):
            remarking.set_words(remark, "Really?")
        tag(session, SHOT)
        with pytest.raises(RefusedError, match="this record is yours"):
            remarking.remark(session, claim_of(session, SHOT), Stance.COMMENT, "Hm")


def test_a_remark_has_the_articles_of_its_record_drawn(root: Path) -> None:
    with opened(root) as session:
        drawn: list[frozenset[str]] = []
        session.on_changed = lambda changed: drawn.append(changed.articles)
        remarked(session, "Really?")
        link = theirs(session, Contradiction)
        assert isinstance(link, Contradiction)
        session.do(remarking.remark(session, link, Stance.COMMENT, "Both?"))
        assert drawn == [{"one"}, {"one", "two"}]


def test_a_remark_whose_record_is_gone_stays_and_check_names_its_line(root: Path) -> None:
    with opened(root) as session:
        remarked(session, "Really?")
        exported(session)
    with opened(root, "ben") as session:
        session.do(gestures.delete(session.desk, claim_of(session, MET)))
        exported(session)
    (finding,) = findings(root)
    assert "is not there any more" in finding.sentence
    assert str(finding.place).startswith("annotations/ada/links.yaml:")
    with opened(root) as session:
        assert [remark.memo for remark in session.records.remarks()] == ["Really?"]
