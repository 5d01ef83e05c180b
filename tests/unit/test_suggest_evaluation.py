"""What a list of suggestions is worth, by what people judged."""

from pathlib import Path

import pytest
from deciding_samples import CONTRADICTION, DUPLICATE, passage, suggestion
from session_samples import DOWNED, DRIFTED, LITTLE, MET, NOTHING, SAW, SHOT, end, make_workspace, opened

from tui.model.records import Passage
from tui.model.span import Span
from tui.session import deciding, gestures
from tui.session.judged import judged, own_groups
from tui.suggest.evaluation import Judged, Score, Tally, evaluate
from tui.suggest.suggestion import ReasonType, SuggestionKind

FOUND = (
    suggestion(SHOT, DOWNED),
    suggestion(LITTLE, NOTHING),
    suggestion(DRIFTED, MET),
    suggestion(MET, SAW, CONTRADICTION, ("date",)),
)


def score(kind: SuggestionKind, *judgements: Judged) -> Score:
    return next(one for one in evaluate(FOUND, judgements) if one.kind is kind)


def right(one: str, other: str, kind: SuggestionKind = DUPLICATE) -> Judged:
    return Judged(kind, passage(one), passage(other), right=True)


def decided(one: str, other: str, *, is_right: bool) -> Judged:
    return Judged(DUPLICATE, passage(one), passage(other), is_right, as_proposed=True)


def test_what_was_linked_is_right_what_was_rejected_wrong_and_the_rest_is_counted_apart() -> None:
    found = score(DUPLICATE, right(DOWNED, SHOT), decided(LITTLE, NOTHING, is_right=False))
    assert found.all == Tally(1, 1, 1)
    assert found.first[10] == found.first[50] == found.all
    assert found.all.precision == 0.5
    assert found.reasons == {ReasonType.LIKENESS: found.all}
    assert (found.known, found.found, found.average_precision) == (1, 1, 1.0)


def test_where_nobody_judged_nothing_is_said() -> None:
    found = score(CONTRADICTION)
    assert found.all == Tally(0, 0, 1)
    assert found.all.precision is None
    assert found.average_precision is None


def test_a_judgement_of_one_kind_is_none_of_the_other() -> None:
    assert score(CONTRADICTION, right(MET, SAW)).all == Tally(0, 0, 1)
    assert score(CONTRADICTION, right(MET, SAW, CONTRADICTION)).all == Tally(1, 0, 0)


def test_the_ends_of_a_link_may_be_parts_of_the_statements() -> None:
    whole = passage(SHOT)
    part = Passage(whole.article, Span(whole.span.start + 4, whole.span.start + 11), "balloon")
    assert score(DUPLICATE, Judged(DUPLICATE, part, passage(DOWNED), right=True)).all.right == 1
    elsewhere = Passage(whole.article, Span(whole.span.end + 1, whole.span.end + 8), "Blinken")
    assert score(DUPLICATE, Judged(DUPLICATE, elsewhere, passage(DOWNED), right=True)).all.right == 0


def test_what_is_missed_and_what_comes_late_lowers_the_average_precision() -> None:
    early = score(DUPLICATE, right(SHOT, DOWNED), decided(LITTLE, NOTHING, is_right=False))
    late = score(DUPLICATE, decided(SHOT, DOWNED, is_right=False), right(LITTLE, NOTHING))
    missed = score(DUPLICATE, right(SHOT, DOWNED), right(SHOT, NOTHING))
    assert early.average_precision == 1
    assert late.average_precision == 0.5
    assert (missed.known, missed.found, missed.average_precision) == (2, 1, 0.5)


def test_what_is_linked_is_right_though_it_was_rejected_before() -> None:
    assert score(DUPLICATE, decided(SHOT, DOWNED, is_right=False), right(SHOT, DOWNED)).all == Tally(1, 0, 2)


# --- from a workspace ---


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


def test_links_and_decisions_of_a_workspace_are_what_is_judged(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        session.do(deciding.accept(session.desk, FOUND[0]))
        session.do(deciding.reject(session.desk, FOUND[1]))
        duplicates, contradictions = evaluate(FOUND, judged(session))
        assert duplicates.all == Tally(1, 1, 1)
        assert contradictions.all == Tally(1, 0, 0)
        (group,) = own_groups(session)
        assert {one.exact for one in group} == {SHOT, DOWNED}


def test_a_group_of_three_is_three_pairs(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DRIFTED)))
        assert len(judged(session)) == 3


def test_of_what_is_not_in_its_article_any_more_nothing_is_judged(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.flush()
    file = root / "seeds/two.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(DOWNED, "Something else happened."), encoding="utf-8")
    with opened(root) as session:
        assert judged(session) == ()
        assert own_groups(session) == ()
