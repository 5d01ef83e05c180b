"""What is open of the engine's list: it follows every step, and is told by place and in order."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from deciding_samples import (
    CONTRADICTION,
    DOWNED_DRIFTED,
    DUPLICATE,
    FOUND,
    LITTLE_NOTHING,
    MET_SAW,
    SHOT_DOWNED,
    passage,
    suggestion,
)
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
    edit,
    end,
    exported,
    make_workspace,
    opened,
)

from tui.errors import RefusedError
from tui.model.records import Link, Passage, SuggestionKind
from tui.model.span import Span
from tui.session import colleagues, deciding, gestures, rereading
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.session.suggesting import FAINT, FIRST_CONFLICTS, Suggestions, prepare
from tui.session.sync import read_back
from tui.suggest.suggestion import Reason, ReasonType, Suggestion

SENTENCES = (SHOT, MET, LITTLE, DOWNED, SAW, BROKE, NOTHING, DRIFTED)
EVERY = tuple(
    suggestion(a, b, kind) for kind in SuggestionKind for a, b in combinations(SENTENCES, 2) if (a, b) != (MET, LITTLE)
)
"""Every pair of sentences as both kinds, but one."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


def followed(session: Session) -> Suggestions:
    session.suggestions.renew(FOUND)
    return session.suggestions


# --- what is open ---


def test_all_that_is_proposed_is_open_at_first_in_the_engines_order(root: Path) -> None:
    with opened(root) as session:
        assert tuple(followed(session).open()) == FOUND
        assert session.suggestions.progress == (0, 4)


def test_a_contradiction_made_by_hand_closes_a_pair_whatever_it_is_proposed_as(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        session.do(gestures.contradiction(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        assert tuple(open.open()) == (LITTLE_NOTHING, DOWNED_DRIFTED)
        assert open.progress == (2, 4)
        session.undo()
        assert tuple(open.open()) == FOUND[1:]


def test_a_group_closes_its_duplicates_and_leaves_their_conflicts_until_those_are_rejected_or_linked(
    root: Path,
) -> None:
    same, differing = suggestion(MET, SAW, DUPLICATE), MET_SAW
    with opened(root) as session:
        open = session.suggestions
        open.renew((same, differing))
        session.do(deciding.accept(session.desk, same))
        assert tuple(open.open()) == (differing,)
        assert open.progress == (1, 2)
        session.do(deciding.reject(session.desk, differing))
        assert open.open() == ()
        session.undo()
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        assert open.open() == ()


def test_two_members_of_a_group_are_linked_though_nobody_linked_these_two(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DRIFTED)))
        assert DOWNED_DRIFTED not in open.open()


def test_a_pair_is_open_again_when_its_link_or_a_claim_of_it_is_deleted(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.delete(session.desk, session.records.groups()[0]))
        assert SHOT_DOWNED in open.open()
        session.undo()
        assert SHOT_DOWNED not in open.open()
        session.do(gestures.delete(session.desk, claim_of(session, SHOT)))
        assert SHOT_DOWNED in open.open()


def test_a_claim_of_most_of_a_statement_or_of_little_in_it_marks_it_and_one_that_only_begins_in_it_does_not(
    root: Path,
) -> None:
    with opened(root) as session:
        open = followed(session)
        first, met = end(SHOT).span, end(MET).span
        two_words = gestures.End("one", Span(first.start, first.start + 11))
        session.do(gestures.duplicate(session.desk, two_words, end(DOWNED)))
        assert SHOT_DOWNED not in open.open()
        session.undo()
        over_the_edge = gestures.End("one", Span(first.end - 3, met.end))
        session.do(gestures.duplicate(session.desk, over_the_edge, end(DOWNED)))
        assert SHOT_DOWNED in open.open()


def test_one_claim_over_both_sides_does_not_link_them(root: Path) -> None:
    pair = suggestion(SHOT, MET)
    with opened(root) as session:
        session.suggestions.renew((pair,))
        both = gestures.End("one", Span(end(SHOT).span.start, end(MET).span.end))
        session.do(gestures.duplicate(session.desk, both, end(DOWNED)))
        assert tuple(session.suggestions.open()) == (pair,)


def test_a_claim_that_is_moved_away_links_no_more(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.respan(session.desk, claim_of(session, SHOT).id, end(MET).span))
        assert SHOT_DOWNED in open.open()
        session.undo()
        assert SHOT_DOWNED not in open.open()


def test_a_colleagues_link_or_decision_hides_nothing_and_is_followed(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        with opened(root, "ben") as ben:
            ben.do(gestures.duplicate(ben.desk, end(SHOT), end(DOWNED)))
            ben.do(deciding.reject(ben.desk, MET_SAW))
            exported(ben)
        arrived = colleagues.look(session)
        assert arrived is not None
        assert {"one", "two"} <= arrived.articles
        colleagues.take(session, arrived)
        assert tuple(open.open()) == FOUND
        assert [one.annotator for one in open.decided(MET_SAW)] == ["ben"]
        (root / "annotations/ben/decisions.yaml").unlink()
        arrived = colleagues.look(session)
        assert arrived is not None
        colleagues.take(session, arrived)
        assert open.decided(MET_SAW) == ()


def test_a_decision_that_is_taken_out_of_the_file_opens_the_pair_again(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        for one in (SHOT_DOWNED, DOWNED_DRIFTED):
            session.do(deciding.reject(session.desk, one))
        exported(session)
        text = (root / "annotations/ada/decisions.yaml").read_text()
        id = deciding.decision_id(SHOT_DOWNED.kind, SHOT_DOWNED.a, SHOT_DOWNED.b)
        rest = [part for part in text.split("\n\n") if not part.startswith(f"  {id}:")]
        edit(root, "decisions.yaml", text, "\n\n".join(rest).rstrip("\n") + "\n")
        assert read_back(session).is_well
        assert tuple(open.open()) == FOUND[:3]


def test_what_a_newer_list_proposes_again_stays_decided(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        session.do(deciding.reject(session.desk, SHOT_DOWNED))
        assert open.renew(FOUND) == frozenset()
        assert open.renew((*FOUND, suggestion(LITTLE, BROKE))) == {"two"}
        assert SHOT_DOWNED not in open.open()
        assert open.renew(()) == {"one", "two", "folder/a"}


def test_what_an_article_does_not_say_any_more_is_not_open(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        file = root / "seeds/one.txt"
        file.write_text(file.read_text().replace("The balloon was", "No balloon was"))
        rereading.take(session, rereading.reread(session, [session.articles["one"]]))
        assert tuple(open.open()) == (DOWNED_DRIFTED,)
        assert open.progress == (0, 1)


# --- conflicts that are held back ---


def conflicts() -> tuple[Suggestion, ...]:
    return tuple(one for one in EVERY if one.kind is CONTRADICTION)


def test_only_the_best_conflicts_are_shown_unless_all_are_asked_for(root: Path) -> None:
    found = (*conflicts(), SHOT_DOWNED)
    with opened(root) as session:
        open = session.suggestions
        open.renew(found)
        assert tuple(open.open()) == (*found[:FIRST_CONFLICTS], SHOT_DOWNED)
        assert tuple(open.open(all_conflicts=True)) == found
        assert open.held_back == len(found) - FIRST_CONFLICTS - 1
        assert open.progress == (0, FIRST_CONFLICTS + 1)


def test_deciding_on_the_best_brings_no_others_and_undo_brings_them_back(root: Path) -> None:
    found = conflicts()
    with opened(root) as session:
        open = session.suggestions
        open.renew(found)
        for one in found[:FIRST_CONFLICTS]:
            session.do(deciding.reject(session.desk, one))
        assert open.open() == ()
        assert open.progress == (FIRST_CONFLICTS, FIRST_CONFLICTS)
        assert open.held_back == len(found) - FIRST_CONFLICTS
        session.undo()
        assert tuple(open.open()) == (found[FIRST_CONFLICTS - 1],)
        session.do(deciding.reject(session.desk, found[-1]))
        assert open.held_back == len(found) - FIRST_CONFLICTS - 1
        session.undo()
        assert open.held_back == len(found) - FIRST_CONFLICTS
        assert open.whole_progress == (FIRST_CONFLICTS - 1, len(found))


def test_of_how_many_stays_the_same_when_the_list_comes_again_and_when_the_workspace_is_opened_again(
    root: Path,
) -> None:
    found = (*conflicts(), SHOT_DOWNED)
    with opened(root) as session:
        session.suggestions.renew(found)
        for one in found[:5]:
            session.do(deciding.reject(session.desk, one))
        for _ in range(2):
            assert session.suggestions.progress == (5, FIRST_CONFLICTS + 1)
            session.suggestions.renew(found)
    with opened(root) as session:
        session.suggestions.renew(found)
        assert session.suggestions.progress == (5, FIRST_CONFLICTS + 1)
        session.do(deciding.reject(session.desk, found[FIRST_CONFLICTS]))
        assert session.suggestions.progress == (5, FIRST_CONFLICTS + 1), "of those held back it counts elsewhere"
        assert session.suggestions.whole_progress == (6, len(found))


def test_where_all_conflicts_are_shown_an_undone_decision_is_shown_again_also_after_a_newer_list(root: Path) -> None:
    found = conflicts()[:5]
    with opened(root) as session:
        session.do(deciding.reject(session.desk, found[-1]))
        session.suggestions.renew(found)
        assert session.suggestions.held_back == 0
        session.undo()
        assert tuple(session.suggestions.open()) == found


# --- by place ---


def test_a_statement_tells_what_is_proposed_of_it(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        two = end(DOWNED)
        assert tuple(open.at("two", two.span)) == (SHOT_DOWNED, DOWNED_DRIFTED)
        assert tuple(open.at("two", Span(two.span.end - 1, two.span.end))) == (SHOT_DOWNED, DOWNED_DRIFTED)
        assert open.at("two", Span(two.span.end, two.span.end + 1)) == ()
        assert open.at("nowhere", Span(0, 1)) == ()
        session.do(deciding.reject(session.desk, SHOT_DOWNED))
        assert tuple(open.at("two", two.span)) == (DOWNED_DRIFTED,)
        assert open.at("one", end(SHOT).span) == ()


def test_from_one_statement_with_a_suggestion_to_the_next(root: Path) -> None:
    with opened(root) as session:
        open = followed(session)
        shot, met, little = passage(SHOT), passage(MET), passage(LITTLE)
        assert open.next("one", -1, 1) == shot
        assert open.next("one", 0, 1) == met
        assert open.next("one", met.span.start + 3, 1) == little
        assert open.next("one", little.span.start, 1) is None
        assert open.next("one", little.span.start, -1) == met
        assert open.next("one", met.span.start + 3, -1) == met
        assert open.next("one", 0, -1) is None
        session.do(deciding.reject(session.desk, MET_SAW))
        assert open.next("one", 0, 1) == little
        assert open.next("nowhere", 0, 1) is None


def test_what_is_faint_has_no_mark_and_is_passed_by_but_is_there_when_asked_for(root: Path) -> None:
    faint = replace(suggestion(MET, SAW, DUPLICATE), score=FAINT - 0.01)
    with opened(root) as session:
        open = session.suggestions
        open.renew((SHOT_DOWNED, faint))
        whole = Span(0, len(session.articles["one"].text))
        assert list(open.marked("one", whole)) == [end(SHOT).span]
        assert open.next("one", 0, 1) is None
        assert tuple(open.at("one", end(MET).span)) == (faint,)
        assert open.is_faint(faint)
        assert not open.is_faint(SHOT_DOWNED)
        session.do(deciding.reject(session.desk, faint))
        session.do(deciding.reject(session.desk, SHOT_DOWNED))
        session.undo()
        session.undo()
        assert list(open.marked("one", whole)) == [end(SHOT).span]
        assert tuple(open.open()) == (SHOT_DOWNED, faint)


def test_conflicts_that_are_held_back_have_no_mark_either(root: Path) -> None:
    found = conflicts()
    with opened(root) as session:
        open = session.suggestions
        open.renew(found)
        marked = {(id, span) for id in session.articles for span in open.marked(id, Span(0, 10_000))}
        assert marked == {(side.article, side.span) for one in found[:FIRST_CONFLICTS] for side in (one.a, one.b)}


# --- whatever happens ---


def told(open: Suggestions, session: Session) -> object:
    """All that can be asked."""
    by_place = {
        words: (tuple(open.at(side.article, side.span)), open.next(side.article, side.span.start, 1))
        for words in SENTENCES
        if (side := passage(words))
    }
    decided = {one: [(each.annotator, each.verdict) for each in open.decided(one)] for one in EVERY}
    return tuple(open.open(all_conflicts=True)), by_place, decided, sum(open.progress[:1])


@pytest.mark.parametrize("seed", range(25))
def test_following_step_by_step_comes_to_what_looking_anew_does(root: Path, seed: int) -> None:
    random = Random(seed)
    with opened(root) as session:
        session.suggestions.renew(EVERY)
        for _ in range(30):
            one = random.choice(EVERY)
            words, other = random.sample(SENTENCES, 2)
            claims = [claim for id in session.articles for claim in session.records.claims_in(id)]
            links: list[Link] = [*session.records.groups(), *session.records.contradictions()]
            claim = random.choice(claims) if claims else None
            kind = random.choice([None, *SuggestionKind])
            steps: list[Callable[[], Gesture]] = [
                lambda: session.do(deciding.accept(session.desk, one, kind=kind)),  # noqa: B023
                lambda: session.do(deciding.reject(session.desk, one)),  # noqa: B023
                lambda: session.do(gestures.duplicate(session.desk, end(words), end(other))),  # noqa: B023
                lambda: session.do(gestures.contradiction(session.desk, end(words), end(other))),  # noqa: B023
                session.undo,
                session.redo,
            ]
            if claim is not None:
                steps += [
                    lambda: session.do(gestures.delete(session.desk, claim)),  # noqa: B023
                    lambda: session.do(gestures.respan(session.desk, claim.id, end(words).span)),  # noqa: B023
                ]
            if links:
                link = random.choice(links)
                steps.append(lambda: session.do(gestures.delete(session.desk, link)))  # noqa: B023
            try:
                random.choice(steps)()
            except RefusedError:
                continue
            fresh = Suggestions(session)
            fresh.renew(EVERY)
            session.followers.pop()
            assert told(session.suggestions, session) == told(fresh, session)


# --- what it costs ---


def test_a_step_costs_the_same_among_a_hundred_suggestions_and_among_many_thousands(tmp_path: Path) -> None:
    lines = [f"Sentence {number} tells of the {number * 7919}th balloon." for number in range(6000)]
    (tmp_path / "seeds").mkdir()
    for article in ("one", "two"):
        (tmp_path / f"seeds/{article}.txt").write_text("\n\n".join(f"{line} By {article}." for line in lines))
    make_workspace(tmp_path / "small")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(f"{line} By one.\n\n"))

    def pair(number: int) -> Suggestion:
        line = lines[number]
        a, b = (Passage(id, Span(starts[number], starts[number] + len(line)), line) for id in ("one", "two"))
        return Suggestion(DUPLICATE, 0.5, (Reason(ReasonType.LIKENESS, "x"),), a, b)

    pairs = [pair(number) for number in range(6000)]
    with opened(tmp_path) as session:
        seconds = {}
        for size in (100, 6000):
            session.suggestions.renew(prepare(pairs[:size], session.articles))
            begun = perf_counter()
            for one in pairs[:60]:
                session.do(deciding.reject(session.desk, one))
                session.suggestions.at("one", one.a.span)
                session.suggestions.next("one", one.a.span.start, 1)
                session.undo()
            seconds[size] = perf_counter() - begun
        assert seconds[6000] < 3 * seconds[100], seconds
