"""Suggestions between the articles of `session_samples`, for the tests of deciding on them."""

from session_samples import ARTICLES, DOWNED, DRIFTED, LITTLE, MET, NOTHING, SAW, SHOT, end

from tui.model.records import Decision, Passage, SuggestionKind
from tui.session.session import Session
from tui.suggest.suggestion import Reason, ReasonType, Suggestion

DUPLICATE, CONTRADICTION = SuggestionKind.DUPLICATE, SuggestionKind.CONTRADICTION


def passage(words: str) -> Passage:
    """These words, in the article they stand in."""
    at = end(words)
    return Passage(at.article, at.span, words)


def suggestion(
    a: str, b: str, kind: SuggestionKind = DUPLICATE, kinds: tuple[str, ...] = (), score: float = 0.5
) -> Suggestion:
    """A pair of sentences, the first side first."""
    first, second = sorted((passage(a), passage(b)), key=lambda side: (side.article, side.span))
    return Suggestion(kind, score, (Reason(ReasonType.LIKENESS, "both say so"),), first, second, kinds)


SHOT_DOWNED = suggestion(SHOT, DOWNED)
MET_SAW = suggestion(MET, SAW, CONTRADICTION, ("date",))
LITTLE_NOTHING = suggestion(LITTLE, NOTHING, CONTRADICTION)
DOWNED_DRIFTED = suggestion(DOWNED, DRIFTED)
FOUND = (SHOT_DOWNED, MET_SAW, LITTLE_NOTHING, DOWNED_DRIFTED)

__all__ = [
    "ARTICLES",
    "CONTRADICTION",
    "DOWNED_DRIFTED",
    "DUPLICATE",
    "FOUND",
    "LITTLE_NOTHING",
    "MET_SAW",
    "SHOT_DOWNED",
    "decisions",
    "passage",
    "suggestion",
]


def decisions(session: Session) -> dict[str, Decision]:
    """One's own decisions, by id."""
    return {one.id: one for one in session.records.decisions()}
