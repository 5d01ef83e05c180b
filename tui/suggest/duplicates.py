"""Which pairs are proposed as duplicates: each the other's best match, and what is like a group that is known."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tui.model.span import Span
from tui.suggest.pairs import FAINTEST
from tui.suggest.reasons import Words, clipped, duplicate_reasons, shares_matter, verbatim
from tui.suggest.statements import Statements
from tui.suggest.suggestion import Passage, Reason, ReasonType, Suggestion, SuggestionKind

LEAST = FAINTEST
"""The likeness from which on two statements may be proposed as duplicates: few pairs that are so unlike are any."""
EACH = 3
"""Suggestions that a statement is in at most: one that tells two things may be like two others of one article."""
CLOSE = 0.6
"""What a pair's likeness must be of that of the best match that either side has in the other's article."""
_VERBATIM = 0.06
"""What each word that says something adds to how sure it is that a long run is from one source."""
_NAMES_ALONE = 0.4
"""What is left where they share no more than names and dates."""
_LITTLE = 0.8
"""What is left where they share but a word or two."""
_SECOND = 0.5
"""How much it counts beside the likeness to one member of a group to be like another member too."""
_MOST_WORDS = 1_000
"""Statements whose words are held while their pairs are looked at."""
_IN_GROUP = 0.1
"""What it adds that a reader has found others that say the same."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen in the words of a pair."""

    matters: bool
    """Whether they share more than names and dates."""
    verbatim: float
    """How sure it is, from 0 to 1, that they are from one source, as far as the longest run tells."""
    reasons: tuple[Reason, ...]
    sides: tuple[Passage, Passage]


class Duplicates:
    """Looks at pairs, and keeps what it saw of those that did not change."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], _Seen] = {}
        self._words: dict[int, Words] = {}

    def forget(self, stale: set[int], statements: Statements) -> None:
        """Let go of statements that are there no more, or weigh otherwise."""
        told = statements.pairs.told
        self._seen = {
            (a, b): seen
            for (a, b), seen in self._seen.items()
            if a in told and b in told and a not in stale and b not in stale
        }

    def suggestions(
        self,
        statements: Statements,
        groups: Sequence[Sequence[Passage]],
        weigh: Callable[[str], float],
        odds: Mapping[tuple[int, int], float],
    ) -> Iterator[Suggestion]:
        """The duplicates that are proposed, best first. `odds`: pairs that are at odds, and how sure that is; what
        can't both be right does not say the same, however alike it is."""
        rank = statements.rank
        found_at = ([statements.at(passage) for passage in group] for group in groups)
        members = [sorted({at for at in group if at is not None}, key=rank.__getitem__) for group in found_at]
        known = {pair for group in members for pair in combinations(group, 2)}
        near = dict(_neighbours(statements, members))
        likely = {_pair(rank, one, other): likeness for likeness, one, other in _mutual(statements)}
        for pair, (likeness, _) in near.items():
            likely[pair] = max(likeness, likely.get(pair, 0.0))
        for pair in likely.keys() & odds.keys():
            likely[pair] *= 1 - odds[pair]
        times: Counter[int] = Counter()
        found = []
        for pair in sorted(likely, key=lambda one: (-likely[one], rank[one[0]], rank[one[1]])):
            a, b = pair
            if pair not in known and (times[a] >= EACH or times[b] >= EACH):
                continue
            seen = self._look(statements, pair, weigh)
            if not seen.reasons:
                continue
            if pair not in known:  # what is known takes no room from what is not
                times.update(pair)
            score = likely[pair] if seen.matters or pair in near else likely[pair] * _NAMES_ALONE
            # A long run makes nothing say the same that can't both be right.
            sure = seen.verbatim * (1 - odds.get(pair, 0.0))
            found.append((score + (1 - score) * sure, a, b, seen))
        self._words.clear()
        for score, a, b, seen in sorted(found, key=lambda one: (-one[0], rank[one[1]], rank[one[2]])):
            reasons = seen.reasons
            if (a, b) in near:
                reasons = (*reasons[:1], statements.placed(near[a, b][1], a, b), *reasons[1:])
            yield Suggestion(SuggestionKind.DUPLICATE, round(min(1.0, score), 4), reasons, *seen.sides)

    def _look(self, statements: Statements, pair: tuple[int, int], weigh: Callable[[str], float]) -> _Seen:
        seen = self._seen.get(pair)
        if seen is None:
            a, b = (self._words_of(statements, number) for number in pair)
            run = verbatim(a, b)
            sure = min(0.5, _VERBATIM * (run.telling - 2)) if run is not None and run.is_long else 0.0
            reasons = tuple(statements.placed(reason, *pair) for reason in duplicate_reasons(a, b, run, weigh))
            sides = statements.passage(pair[0]), statements.passage(pair[1])
            seen = self._seen[pair] = _Seen(shares_matter(a, b), sure, reasons, sides)
        return seen

    def _words_of(self, statements: Statements, number: int) -> Words:
        words = self._words.get(number)
        if words is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            words = self._words[number] = Words(statements.text(number))
        return words


def _pair(rank: dict[int, int], one: int, other: int) -> tuple[int, int]:
    return (one, other) if rank[one] < rank[other] else (other, one)


def _mutual(statements: Statements) -> Iterator[tuple[float, int, int]]:
    """Pairs of two articles in which each is what the other is most like, or nearly so."""
    article = statements.pairs.article
    best: dict[int, dict[str, float]] = {}
    found: list[tuple[float, int, int]] = []
    for number, alike in statements.pairs.alike.items():
        mine = best[number] = {}
        own = article[number]
        for other, likeness in alike.items():
            there = article[other]
            if likeness >= LEAST and there != own:
                if not statements.pairs.share_much(number, other):
                    likeness *= _LITTLE
                if likeness >= mine.get(there, 0.0) * CLOSE:
                    mine[there] = max(likeness, mine.get(there, 0.0))
                    if number < other:
                        found.append((likeness, number, other))
    for likeness, one, other in found:
        if likeness >= CLOSE * max(best[one][article[other]], best[other][article[one]]):
            yield likeness, one, other


def _neighbours(
    statements: Statements, groups: Sequence[Sequence[int]]
) -> Iterator[tuple[tuple[int, int], tuple[float, Reason]]]:
    """Of each group and each other article the statement most like the group, with the member that it is most like."""
    article, rank, alike = statements.pairs.article, statements.rank, statements.pairs.alike
    for group in groups:
        like: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for member in group:
            for other, likeness in alike[member].items():
                if other not in group and article[other] != article[member]:
                    like[other].append((likeness, member))
        best: dict[str, tuple[float, int]] = {}
        for other in sorted(like, key=rank.__getitem__):
            first, *more = sorted(like[other], key=lambda one: (-one[0], rank[one[1]]))
            score = first[0] + _SECOND * sum(likeness for likeness, _ in more[:1]) + _IN_GROUP
            if score >= LEAST + _IN_GROUP and score > best.get(article[other], (0.0, 0))[0]:
                best[article[other]] = score, other
        for score, other in best.values():
            first, *more = sorted(like[other], key=lambda one: (-one[0], rank[one[1]]))
            pair = _pair(rank, other, first[1])
            named = "The first side" if pair[0] == first[1] else "The second side"
            text = f"{named} is in a duplicate group of {len(group)}, which the other is like"
            if more:
                text += f"; it is also like “{clipped(statements.text(more[0][1]))}” of that group"
            whole = (Span(0, len(statements.text(first[1]))),)
            places = (whole, ()) if pair[0] == first[1] else ((), whole)
            yield pair, (min(1.0, score), Reason(ReasonType.NEIGHBOUR, text, *places))
