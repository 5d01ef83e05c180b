"""Accepting and rejecting suggestions: one step each, and what was rejected stays away."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from deciding_samples import (
    CONTRADICTION,
    DOWNED_DRIFTED,
    DUPLICATE,
    FOUND,
    LITTLE_NOTHING,
    MET_SAW,
    SHOT_DOWNED,
    decisions,
    passage,
    suggestion,
)
from session_samples import (
    DOWNED,
    DRIFTED,
    LITTLE,
    MET,
    SAW,
    SHOT,
    annotations,
    claim_of,
    edit,
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
from tui.model.records import Claim, Contradiction, DuplicateGroup, Passage, SuggestionKind, Verdict
from tui.model.span import Span
from tui.session import deciding, gestures
from tui.session.session import Session
from tui.session.sync import read_back
from tui.suggest.suggestion import Suggestion


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


def accept(session: Session, one: Suggestion, **how: object) -> gestures.Gesture:
    return session.do(deciding.accept(session.desk, one, **how))  # type: ignore[arg-type]


def reject(session: Session, one: Suggestion) -> gestures.Gesture:
    return session.do(deciding.reject(session.desk, one))


def verdicts(session: Session) -> set[tuple[SuggestionKind, Verdict, str, str]]:
    return {(one.kind, one.verdict, one.a.exact, one.b.exact) for one in decisions(session).values()}


def left(session: Session, found: Sequence[Suggestion] = FOUND) -> tuple[Suggestion, ...]:
    session.suggestions.renew(found)
    return tuple(session.suggestions.open())


# --- accepting ---


def test_accepting_a_duplicate_links_two_new_claims_taken_from_the_suggestion(root: Path) -> None:
    with opened(root) as session:
        done = accept(session, SHOT_DOWNED)
        group = link_of(session, done.current)
        assert isinstance(group, DuplicateGroup)
        assert words_of(session, group) == {SHOT, DOWNED}
        assert {claim.from_ for claim in session.ends_of(group)} == {"suggestion"}
        assert verdicts(session) == {(DUPLICATE, Verdict.ACCEPTED, SHOT, DOWNED)}
        assert done.label == "duplicate recorded"


def test_one_undo_takes_all_of_it_back_and_one_redo_brings_it_again(root: Path) -> None:
    with opened(root) as session:
        session.suggestions.renew(FOUND)
        accept(session, SHOT_DOWNED)
        after = state(session)
        session.undo()
        assert state(session) == {}
        assert SHOT_DOWNED in session.suggestions.open()
        session.redo()
        assert state(session) == after
        assert SHOT_DOWNED not in session.suggestions.open()


def test_ones_own_claims_of_exactly_these_statements_are_used_as_they_are(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        before = claim_of(session, SHOT)
        accept(session, SHOT_DOWNED)
        assert claim_of(session, SHOT) == before
        assert claim_of(session, DOWNED).from_ == "suggestion"


def test_accepting_joins_the_groups_that_are_there(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DRIFTED)))
        accept(session, SHOT_DOWNED)
        (group,) = session.records.groups()
        assert words_of(session, group) == {SHOT, DOWNED, DRIFTED}
        assert claim_of(session, SHOT).from_ is None


def test_a_contradiction_has_the_kinds_that_were_proposed_or_those_the_reader_gives(root: Path) -> None:
    with opened(root) as session:
        link = link_of(session, accept(session, MET_SAW).current)
        assert isinstance(link, Contradiction)
        assert link.kinds == ("date",)
        other = link_of(session, accept(session, LITTLE_NOTHING, contradiction_kinds=("number", "date")).current)
        assert isinstance(other, Contradiction)
        assert other.kinds == ("number", "date")


def test_a_proposed_kind_that_config_yaml_lacks_is_left_out(root: Path) -> None:
    (root / "config.yaml").write_text("format: variorum/1\nkinds:\n  - name: number\n    key: n\n")
    both = suggestion(MET, SAW, CONTRADICTION, ("date", "number"))
    with opened(root) as session:
        accept(session, both)
        exported(session)
        (link,) = session.records.contradictions()
        assert link.kinds == ("number",)
    assert findings(root) == []


def test_the_reader_may_mark_less_of_a_side_and_the_pair_is_decided_all_the_same(root: Path) -> None:
    with opened(root) as session:
        at = end(MET).span
        accept(session, MET_SAW, a=Span(at.start, at.start + len("Blinken met Xi")))
        (link,) = session.records.contradictions()
        assert words_of(session, link) == {"Blinken met Xi", SAW}
        assert left(session) == (SHOT_DOWNED, LITTLE_NOTHING, DOWNED_DRIFTED)
        assert verdicts(session) == {(CONTRADICTION, Verdict.ACCEPTED, MET, SAW)}


def test_accepted_as_another_kind_it_is_rejected_as_what_it_was_proposed(root: Path) -> None:
    with opened(root) as session:
        accept(session, MET_SAW, kind=DUPLICATE)
        assert session.records.contradictions() == ()
        assert words_of(session, session.records.groups()[0]) == {MET, SAW}
        assert verdicts(session) == {
            (DUPLICATE, Verdict.ACCEPTED, MET, SAW),
            (CONTRADICTION, Verdict.REJECTED, MET, SAW),
        }
        session.undo()
        assert state(session) == {}


def test_what_is_linked_already_is_only_decided_on(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        before = state(session)
        done = accept(session, SHOT_DOWNED)
        assert done.current == session.records.groups()[0].id
        assert len(done.changes) == 1
        assert before.items() <= state(session).items()
        with pytest.raises(NothingChangedError):
            accept(session, SHOT_DOWNED)


def test_a_contradiction_of_three_holds_a_pair_of_its_ends(root: Path) -> None:
    with opened(root) as session:
        done = session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        link = link_of(session, done.current)
        session.do(gestures.add_to(session.desk, link, end(LITTLE)))
        assert len(accept(session, suggestion(LITTLE, SAW, CONTRADICTION)).changes) == 1


def test_both_sides_of_one_claim_are_refused(root: Path) -> None:
    with opened(root) as session:
        first = end(SHOT).span
        with pytest.raises(RefusedError, match="same claim"):
            accept(session, suggestion(SHOT, MET), b=first)
        assert state(session) == {}


def test_what_the_article_does_not_say_any_more_is_not_decided_on(root: Path) -> None:
    (root / "seeds/one.txt").write_text("Nothing of that.\n")
    with opened(root) as session:
        for decide in (deciding.accept, deciding.reject):
            with pytest.raises(RefusedError, match="says something else now"):
                decide(session.desk, SHOT_DOWNED)


# --- rejecting ---


def test_rejecting_records_the_decision_and_nothing_else(root: Path) -> None:
    with opened(root) as session:
        assert reject(session, SHOT_DOWNED).label == "rejected as duplicate"
        assert verdicts(session) == {(DUPLICATE, Verdict.REJECTED, SHOT, DOWNED)}
        assert len(state(session)) == 1
        with pytest.raises(NothingChangedError):
            reject(session, SHOT_DOWNED)


def test_what_was_rejected_can_be_accepted_later_and_is_one_record_still(root: Path) -> None:
    with opened(root) as session:
        reject(session, SHOT_DOWNED)
        (before,) = decisions(session)
        accept(session, SHOT_DOWNED)
        assert verdicts(session) == {(DUPLICATE, Verdict.ACCEPTED, SHOT, DOWNED)}
        assert [*decisions(session)] == [before]
        session.undo()
        assert verdicts(session) == {(DUPLICATE, Verdict.REJECTED, SHOT, DOWNED)}


def test_rejected_as_a_duplicate_a_pair_may_still_be_a_contradiction(root: Path) -> None:
    both = (suggestion(MET, SAW), MET_SAW)
    with opened(root) as session:
        reject(session, both[0])
        assert left(session, both) == (MET_SAW,)


def test_the_same_pair_has_the_same_id_on_every_machine_and_with_its_sides_changed(tmp_path: Path) -> None:
    ids = set()
    for name in ("here", "there"):
        root = tmp_path / name
        make_workspace(root)
        with opened(root) as session:
            reject(session, SHOT_DOWNED)
            ids |= set(decisions(session))
    ids.add(deciding.decision_id(DUPLICATE, passage(DOWNED), passage(SHOT)))
    assert len(ids) == 1
    assert ids.isdisjoint({deciding.decision_id(CONTRADICTION, passage(SHOT), passage(DOWNED))})


def test_a_record_by_hand_that_has_the_id_of_another_pair_is_left_alone(root: Path) -> None:
    with opened(root) as session:
        reject(session, SHOT_DOWNED)
        exported(session)
    own = deciding.decision_id(DUPLICATE, passage(SHOT), passage(DOWNED))
    other = deciding.decision_id(DOWNED_DRIFTED.kind, DOWNED_DRIFTED.a, DOWNED_DRIFTED.b)
    edit(root, "decisions.yaml", own, other)
    with opened(root) as session:
        assert left(session) == (MET_SAW, LITTLE_NOTHING, DOWNED_DRIFTED)
        reject(session, DOWNED_DRIFTED)
        assert len(decisions(session)) == 2
        assert left(session) == (MET_SAW, LITTLE_NOTHING)


# --- what was rejected never returns ---


def test_it_stays_away_after_a_restart_and_in_another_window(root: Path) -> None:
    with opened(root) as session, opened(root) as window:
        window.suggestions.renew(FOUND)
        reject(session, SHOT_DOWNED)
        session.flush()
        window.refresh()
        assert SHOT_DOWNED not in window.suggestions.open()
    with opened(root) as session:
        assert left(session) == FOUND[1:]
        session.undo()
        assert left(session) == FOUND


def test_it_stays_away_where_only_its_file_came(root: Path, tmp_path: Path) -> None:
    with opened(root) as session:
        reject(session, SHOT_DOWNED)
        exported(session)
    elsewhere = tmp_path / "elsewhere"
    make_workspace(elsewhere)
    with opened(elsewhere) as session:
        session.suggestions.renew(FOUND)
        shutil.copytree(root / "annotations", elsewhere / "annotations")
        assert read_back(session).is_well
        assert session.suggestions.open() == FOUND[1:]


def test_it_stays_away_when_the_article_is_corrected_around_it_or_in_its_typography(root: Path) -> None:
    with opened(root) as session:
        reject(session, MET_SAW)
        reject(session, DOWNED_DRIFTED)
    one, two = root / "seeds/one.txt", root / "seeds/two.txt"
    one.write_text("A new first line.\n\n" + one.read_text())
    two.write_text(two.read_text().replace("in February", "in\u00a0February").replace("A balloon", "A  balloon"))
    with opened(root) as session:
        texts = {id: article.text for id, article in session.articles.items()}
        shifted = suggestion_in(texts, MET, SAW, CONTRADICTION)
        spaced = suggestion_in(texts, "A  balloon was downed in\u00a0February.", DRIFTED, DUPLICATE)
        assert left(session, (shifted, spaced)) == ()


def test_other_words_are_another_pair(root: Path) -> None:
    with opened(root) as session:
        reject(session, MET_SAW)
        exported(session)
    one = root / "seeds/one.txt"
    one.write_text(one.read_text().replace("on Monday", "on Tuesday"))
    with opened(root) as session:
        texts = {id: article.text for id, article in session.articles.items()}
        corrected = suggestion_in(texts, "Blinken met Xi on Tuesday.", SAW, CONTRADICTION)
        assert left(session, (corrected,)) == (corrected,)
        reject(session, corrected)
        exported(session)
    assert len(yaml.safe_load(annotations(root)["decisions.yaml"])["decisions"]) == 2  # the old one stays
    (finding,) = findings(root)
    assert finding.kind == "orphaned"
    assert MET in finding.sentence
    one.write_text(one.read_text().replace("on Tuesday", "on Monday"))
    with opened(root) as session:
        assert left(session, (MET_SAW,)) == ()


@pytest.mark.parametrize("has_claims", [True, False])
def test_it_stays_away_when_an_article_is_renamed(root: Path, has_claims: bool) -> None:
    with opened(root) as session:
        reject(session, SHOT_DOWNED)
        if has_claims:
            tag(session, MET)
        exported(session)
    (root / "seeds/one.txt").rename(root / "seeds/zebra.txt")
    with opened(root) as session:
        texts = {id: article.text for id, article in session.articles.items()}
        renamed = suggestion_in(texts, SHOT, DOWNED, DUPLICATE)
        assert renamed.b.article == "zebra"
        assert left(session, (renamed,)) == ()
        # Deciding anew finds the same record.
        accept(session, renamed)
        assert len(decisions(session)) == 1


def suggestion_in(texts: dict[str, str], a: str, b: str, kind: SuggestionKind) -> Suggestion:
    """The same pair in the articles of now."""
    sides = []
    for words in (a, b):
        article = next(id for id, text in texts.items() if words in text)
        start = texts[article].index(words)
        sides.append(Passage(article, Span(start, start + len(words)), words))
    first, second = sorted(sides, key=lambda side: (side.article, side.span))
    return Suggestion(kind, 0.5, SHOT_DOWNED.reasons, first, second)


# --- colleagues ---


def test_a_colleagues_decision_is_told_and_hides_nothing(root: Path) -> None:
    with opened(root, "ben") as session:
        reject(session, SHOT_DOWNED)
        accept(session, MET_SAW, kind=DUPLICATE)
        exported(session)
    with opened(root) as session:
        assert left(session) == FOUND
        (decision,) = session.suggestions.decided(SHOT_DOWNED)
        assert (decision.annotator, decision.verdict) == ("ben", Verdict.REJECTED)
        accept(session, SHOT_DOWNED)
        told = [(one.annotator, one.verdict) for one in session.suggestions.decided(SHOT_DOWNED)]
        assert told == [("ada", Verdict.ACCEPTED), ("ben", Verdict.REJECTED)]
        told_kinds = [(one.kind, one.verdict) for one in session.suggestions.decided(MET_SAW)]
        assert told_kinds == [(CONTRADICTION, Verdict.REJECTED), (DUPLICATE, Verdict.ACCEPTED)]


def test_a_claim_that_accepting_made_is_not_taken_for_a_colleagues_copy(root: Path) -> None:
    with opened(root) as session:
        accept(session, SHOT_DOWNED)
        accept(session, DOWNED_DRIFTED)
        (group,) = session.records.groups()
        assert words_of(session, group) == {SHOT, DOWNED, DRIFTED}
        assert sum(isinstance(one, Claim) for one in session.records.records()) == 3


# --- an article that has another name, and of which only claims can tell it ---


@pytest.fixture
def corrected(root: Path) -> Path:
    """MET_SAW was rejected, then one.txt was corrected before it, a claim made in that text, and the file renamed."""
    with opened(root) as session:
        reject(session, MET_SAW)
    one = root / "seeds/one.txt"
    one.write_text("A new first line.\n\n" + one.read_text())
    with opened(root) as session:
        article = session.articles["one"]
        at = article.text.index(LITTLE)
        session.do(gestures.tag(session.desk, gestures.End("one", Span(at, at + len(LITTLE))), "fact"))
        exported(session)
    one.rename(root / "seeds/uno.txt")
    return root


def renamed_pair(session: Session) -> Suggestion:
    return suggestion_in({id: article.text for id, article in session.articles.items()}, MET, SAW, CONTRADICTION)


def test_the_claims_that_tell_of_it_may_come_after_the_decisions(corrected: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(corrected / "seeds", elsewhere / "seeds")
    (elsewhere / "annotations/ada").mkdir(parents=True)
    shutil.copy(corrected / "annotations/ada/decisions.yaml", elsewhere / "annotations/ada")
    with opened(elsewhere) as session:
        pair = renamed_pair(session)
        assert left(session, (pair,)) == (pair,)
        shutil.copy(corrected / "annotations/ada/one.yaml", elsewhere / "annotations/ada")
        assert read_back(session).is_well
        assert session.suggestions.open() == ()


def test_with_the_last_claim_that_tells_of_it_decisions_take_the_name_it_has_now(corrected: Path) -> None:
    with opened(corrected) as session:
        pair = renamed_pair(session)
        assert left(session, (pair,)) == ()
        (claim,) = session.records.claims_in("one")
        session.do(gestures.delete(session.desk, claim))
        (decision,) = decisions(session).values()
        assert {decision.a.article, decision.b.article} == {"two", "uno"}
        assert session.suggestions.open() == ()
        exported(session)
    with opened(corrected) as session:
        assert left(session, (renamed_pair(session),)) == ()
        session.undo()
        (decision,) = decisions(session).values()
        assert {decision.a.article, decision.b.article} == {"one", "two"}
        assert session.suggestions.open() == ()
