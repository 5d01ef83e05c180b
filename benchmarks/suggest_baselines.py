"""Simpler ways to find duplicates, to hold the engine's beside."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from math import log, sqrt
from typing import TypeAlias

from rapidfuzz.fuzz import token_set_ratio

from tui.model.article import Article, Statement, StatementKind
from tui.model.records import Passage, SuggestionKind
from tui.suggest.duplicates import CLOSE, EACH
from tui.suggest.suggestion import Reason, ReasonType, Suggestion

Likeness: TypeAlias = Callable[[int, int], float]
Method: TypeAlias = Callable[[Sequence[str]], Likeness]
"""Of some texts how alike two of them are, by their numbers."""
_K, _B = 1.2, 0.75
"""The usual parameters of BM25."""


def suggestions(
    articles: Sequence[Article], statements: Callable[[str], Sequence[Statement]], method: Method
) -> tuple[Suggestion, ...]:
    """The duplicates that a method proposes, chosen as the engine chooses: each the other's best match in its article
    or nearly so, best first, no statement more often than there. Captions and headlines count, debris and date lines
    don't."""
    none = (StatementKind.DEBRIS, StatementKind.DATE_LINE)
    sides = [
        Passage(article.id, one.span, one.span.of(article.text))
        for article in articles
        for one in statements(article.id)
        if one.kind not in none
    ]
    like = method([side.exact for side in sides])
    scores = {
        (one, other): like(one, other)
        for one, other in combinations(range(len(sides)), 2)
        if sides[one].article != sides[other].article
    }
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    best: dict[tuple[int, str], float] = {}
    for pair in ranked:
        for one, other in (pair, pair[::-1]):
            best.setdefault((one, sides[other].article), scores[pair])
    times: Counter[int] = Counter()
    found = []
    for pair in ranked:
        one, other = pair
        least = CLOSE * max(best[one, sides[other].article], best[other, sides[one].article])
        if scores[pair] >= least and scores[pair] > 0 and max(times[one], times[other]) < EACH:
            times.update(pair)
            reason = Reason(ReasonType.LIKENESS, "alike")
            found.append(Suggestion(SuggestionKind.DUPLICATE, 1.0, (reason,), sides[one], sides[other]))
    return tuple(found)


def fuzzy(texts: Sequence[str]) -> Likeness:
    lower = [text.lower() for text in texts]
    return lambda one, other: token_set_ratio(lower[one], lower[other])


def tf_idf(texts: Sequence[str]) -> Likeness:
    counts, weights = _counted(texts)
    lengths = [sqrt(sum((number * weights[word]) ** 2 for word, number in one.items())) for one in counts]

    def like(one: int, other: int) -> float:
        shared = counts[one].keys() & counts[other].keys()
        product = lengths[one] * lengths[other]
        return sum(counts[one][word] * counts[other][word] * weights[word] ** 2 for word in shared) / product

    return like


def bm25(texts: Sequence[str]) -> Likeness:
    """The score of each as a search for the other, added up."""
    counts, weights = _counted(texts)
    lengths = [sum(one.values()) for one in counts]
    mean = sum(lengths) / len(lengths)

    def search(one: int, other: int) -> float:
        damped = _K * (1 - _B + _B * lengths[other] / mean)
        shared = counts[one].keys() & counts[other].keys()
        found = ((weights[word], counts[other][word]) for word in shared)
        return sum(weight * number * (_K + 1) / (number + damped) for weight, number in found)

    return lambda one, other: search(one, other) + search(other, one)


def _counted(texts: Sequence[str]) -> tuple[list[Counter[str]], dict[str, float]]:
    """The words of each text, and how much each word weighs."""
    counts = [
        Counter("".join(letter if letter.isalnum() else " " for letter in text.lower()).split()) for text in texts
    ]
    held = Counter(word for one in counts for word in one)
    return counts, {word: log(1 + len(texts) / number) for word, number in held.items()}


BASELINES: dict[str, Method] = {"token_set_ratio": fuzzy, "BM25": bm25, "TF-IDF": tf_idf}
