"""What a list of suggestions is worth, held against what people judged. What nobody judged is counted apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.exchange.pairs import Pair, pair_of
from tui.suggest.suggestion import Passage, ReasonType, Suggestion, SuggestionKind

CUTS = (10, 20, 50)
"""How many of the first are looked at."""
_MOST = 0.5
"""The share of the shorter of two passages that must lie in both for them to speak of the same."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of which people said whether it is what it is proposed as."""

    kind: SuggestionKind
    a: Passage
    b: Passage
    right: bool
    as_proposed: bool = False
    """Whether it was judged as it was proposed, and so is about these very words; else it is about something in the
    statements, as the ends of a link are."""


@dataclass(frozen=True, slots=True)
class Tally:
    right: int = 0
    wrong: int = 0
    unjudged: int = 0

    @property
    def precision(self) -> float | None:
        """The share that is right of those that were judged; None where none was."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


@dataclass(frozen=True, slots=True)
class Score:
    """What the suggestions of one kind are worth."""

    kind: SuggestionKind
    all: Tally
    first: dict[int, Tally]
    """Of the first 10, 20, 50."""
    reasons: dict[ReasonType, Tally]
    """Of those that have a reason of this type, whichever others they have."""
    known: int
    """Pairs that are known to be right."""
    found: int
    """How many of these are proposed."""
    average_precision: float | None
    """Of the judged ones in their order, held against all that are known to be right; None where none is."""


class Judges:
    """Judged pairs, to be asked what they say of a suggestion."""

    def __init__(self, judged: Iterable[Judged]) -> None:
        self._exact: dict[Pair, bool] = {}
        self._by_articles: defaultdict[tuple[SuggestionKind, str, str], list[Judged]] = defaultdict(list)
        self.right: list[Judged] = []
        for one in judged:
            if one.as_proposed:
                pair = pair_of(one.kind, one.a, one.b)
                self._exact[pair] = one.right or self._exact.get(pair, False)
            self._by_articles[one.kind, one.a.article, one.b.article].append(one)
            if one.a.article != one.b.article:
                self._by_articles[one.kind, one.b.article, one.a.article].append(_turned(one))
            if one.right:
                self.right.append(one)

    def verdict(self, suggestion: Suggestion) -> bool | None:
        """Whether it is right; None where nobody judged it. What is linked is right, whatever else was said."""
        met = self.met(suggestion)
        if any(one.right for one in met):
            return True
        return self._exact.get(pair_of(suggestion.kind, suggestion.a, suggestion.b))

    def met(self, suggestion: Suggestion) -> list[Judged]:
        """The judged pairs that speak of what this suggests."""
        near = self._by_articles[suggestion.kind, suggestion.a.article, suggestion.b.article]
        met = [one for one in near if _meet(one.a, suggestion.a) and _meet(one.b, suggestion.b)]
        if suggestion.a.article == suggestion.b.article:
            met += [one for one in near if _meet(one.b, suggestion.a) and _meet(one.a, suggestion.b)]
        return met


def evaluate(suggestions: Sequence[Suggestion], judged: Iterable[Judged]) -> tuple[Score, ...]:
    """A score for each kind; `suggestions` are in the order in which they are shown."""
    judges = Judges(judged)
    return tuple(_score(kind, [one for one in suggestions if one.kind is kind], judges) for kind in SuggestionKind)


def _score(kind: SuggestionKind, suggestions: Sequence[Suggestion], judges: Judges) -> Score:
    verdicts = [judges.verdict(one) for one in suggestions]
    known = {_place(one) for one in judges.right if one.kind is kind}
    found: set[tuple[object, ...]] = set()
    precisions: list[float] = []
    right = judged = 0
    for one, verdict in zip(suggestions, verdicts, strict=True):
        judged += verdict is not None
        if verdict:
            right += 1
            precisions.append(right / judged)
            found.update(_place(met) for met in judges.met(one) if met.right)
    # One suggestion may speak of several known pairs, so that these may be more than what can be proposed of them.
    most = len(known - found) + right
    reasons = {
        type: _tally(verdict for one, verdict in zip(suggestions, verdicts, strict=True) if type in _types(one))
        for type in ReasonType
        if any(type in _types(one) for one in suggestions)
    }
    return Score(
        kind,
        _tally(verdicts),
        {cut: _tally(verdicts[:cut]) for cut in CUTS},
        reasons,
        len(known),
        len(known & found),
        sum(precisions) / most if most else None,
    )


def _types(suggestion: Suggestion) -> set[ReasonType]:
    return {reason.type for reason in suggestion.reasons}


def _tally(verdicts: Iterable[bool | None]) -> Tally:
    counted = list(verdicts)
    return Tally(counted.count(True), counted.count(False), counted.count(None))


def _place(judged: Judged) -> tuple[object, ...]:
    return tuple(sorted((side.article, side.span.start, side.span.end) for side in (judged.a, judged.b)))


def _turned(judged: Judged) -> Judged:
    return Judged(judged.kind, judged.b, judged.a, judged.right, judged.as_proposed)


def _meet(one: Passage, other: Passage) -> bool:
    """Whether two passages of one article speak of the same."""
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return shared >= _MOST * min(len(one.span), len(other.span))
