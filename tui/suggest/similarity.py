"""How alike statements are: by their words and the pieces of their words, the rare ones first.

Of articles about one event, what all share says nothing and what two share says much. So every term weighs by how few
of the statements at hand hold it, and two statements are as alike as the angle between their weighted terms is small.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log, sqrt
from time import sleep

from tui.model.article import Statement, StatementKind
from tui.model.span import Span
from tui.suggest.words import QUIET_WORDS, plain_words, stem

_TRIED = 40
"""Statements of an article that are compared in full: those that share the rarest words."""
_COMMON = 0.25
"""A word in more of an article's statements than this share leads to none of them."""
_AT_ONCE = 16
"""Statements read until another thread is let in, so that a key does not wait while an article is read behind it."""
_MOST_WORDS = 400
"""Words of one statement that are looked at: more than any sentence has."""
_PIECES = (3, 4, 5)
"""Lengths of the pieces that words are cut into, in characters."""


class Profile:
    """The words of an article's statements. Built once; costs about as much time as finding its sentences."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        """Debris is left out: it is never like anything."""
        self.text = text
        self.spans: list[Span] = []
        self.words: list[tuple[str, ...]] = []
        """Of each statement, its words in order."""
        self.holders: defaultdict[str, list[int]] = defaultdict(list)
        """Stem → the statements that hold a word of it."""
        self.counts: Counter[str] = Counter()
        """Word → how many statements hold it."""
        for number, statement in enumerate(statements):
            if number % _AT_ONCE == 0:
                sleep(0)
            if statement.kind is not StatementKind.DEBRIS:
                words = words_of(text, statement.span)
                self.counts.update(set(words))
                for root in {stem(word) for word in words}:
                    self.holders[root].append(len(self.spans))
                self.spans.append(statement.span)
                self.words.append(words)
        self._pieces: Counter[str] | None = None

    def holding(self, piece: str) -> int:
        """About how many statements hold this piece of a word."""
        if self._pieces is None:
            pieces: Counter[str] = Counter()
            for word, count in self.counts.items():
                for one in _pieces_of(word):
                    pieces[one] += count
            self._pieces = pieces  # whole, for another thread may ask meanwhile
        return min(self._pieces[piece], len(self.spans))


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that is like what was sought."""

    span: Span
    score: float
    """From 0 to 1."""
    shared: Span | None
    """The longest run of words that stands in both, if it says anything; in the text of the match."""


class Likeness:
    """What is alike among the articles at hand."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._profiles = tuple(profiles)
        self._count = sum(len(profile.spans) for profile in self._profiles)
        self._words: dict[str, float] = {}
        self._pieces: dict[str, float] = {}
        self._lengths: dict[tuple[Profile, int], tuple[float, float]] = {}

    def best(
        self, words: Sequence[str], among: Profile, count: int = 1, *, stopped: Callable[[], bool] = lambda: False
    ) -> list[Match]:
        """The statements of one article that are most like these words, best first; none that shares nothing.

        `words` as `words_of` gives them. Ends early, with what was found so far, once `stopped` says so.
        """
        sought = _Sought(words, self)
        found: list[tuple[float, int]] = []
        for position in self._candidates(words, among):
            if stopped():
                break
            score = sought.alike(among.words[position], self._lengths_of(among, position))
            if score > 0:
                found.append((score, -position))
        return [
            Match(among.spans[-position], score, _shared(words, among, -position))
            for score, position in nlargest(count, found)
        ]

    def weight(self, word: str) -> float:
        """How much a word says: more the fewer statements hold it."""
        weight = self._words.get(word)
        if weight is None:
            holders = sum(profile.counts[word] for profile in self._profiles)
            weight = self._words[word] = log((self._count + 1) / (holders + 0.5))
        return weight

    def piece_weight(self, piece: str) -> float:
        weight = self._pieces.get(piece)
        if weight is None:
            holders = sum(profile.holding(piece) for profile in self._profiles)
            weight = self._pieces[piece] = log((self._count + 1) / (holders + 0.5))
        return weight

    def _candidates(self, words: Sequence[str], among: Profile) -> list[int]:
        """The statements that share most with these words, by their stems; not all that share a common one."""
        scores: defaultdict[int, float] = defaultdict(float)
        most = max(_TRIED, len(among.spans) * _COMMON)
        for root, word in {stem(word): word for word in words}.items():
            holders = among.holders.get(root, ())
            if len(holders) <= most:
                weight = self.weight(word)
                for position in holders:
                    scores[position] += weight * weight
        return nlargest(_TRIED, scores, key=lambda position: scores[position] / sqrt(len(among.words[position]) + 5))

    def _lengths_of(self, among: Profile, position: int) -> tuple[float, float]:
        """How long the vectors of a statement are: worked out once, for few are ever asked for."""
        key = (among, position)
        if key not in self._lengths:
            self._lengths[key] = lengths(among.words[position], self)
        return self._lengths[key]


def lengths(words: Sequence[str], weights: Likeness) -> tuple[float, float]:
    """Of some words the length of their vector, and of that of their pieces."""
    counts = Counter(words)
    pieces: Counter[str] = Counter()
    for word, number in counts.items():
        for piece in _pieces_of(word):
            pieces[piece] += number
    return _length(counts, weights.weight), _length(pieces, weights.piece_weight)


def _length(counts: Mapping[str, int], weight: Callable[[str], float]) -> float:
    return sqrt(sum((number * weight(term)) ** 2 for term, number in counts.items()))


class _Sought:
    """The words that something like is sought of, ready to be held against many statements."""

    def __init__(self, words: Sequence[str], weights: Likeness) -> None:
        self._lengths = lengths(words, weights)
        self._weights = weights
        self._words = Counter(words)
        self._pieces: Counter[str] = Counter()
        for word, number in self._words.items():
            for piece in _pieces_of(word):
                self._pieces[piece] += number
        self._shares: dict[str, tuple[float, float]] = {}
        """Word → what it and its pieces add to the likeness of a statement that holds it."""

    def alike(self, words: Sequence[str], lengths: tuple[float, float]) -> float:
        """The mean of what words say and what pieces of words say: the cosines of their angles."""
        by_word = by_piece = 0.0
        for word in words:
            share = self._shares.get(word) or self._share(word)
            by_word += share[0]
            by_piece += share[1]
        most = self._lengths[0] * lengths[0], self._lengths[1] * lengths[1]
        if not all(most):
            return 0.0
        return min(1.0, (by_word / most[0] + by_piece / most[1]) / 2)

    def _share(self, word: str) -> tuple[float, float]:
        weights = self._weights
        own = self._words[word] * weights.weight(word) ** 2
        shared = [piece for piece in _pieces_of(word) if piece in self._pieces]
        pieces = sum(self._pieces[piece] * weights.piece_weight(piece) ** 2 for piece in shared)
        self._shares[word] = (own, pieces)
        return own, pieces


def words_of(text: str, span: Span) -> tuple[str, ...]:
    """The words of a stretch as statements are compared by them."""
    found = []
    for _, _, word in plain_words(text, span.start, min(span.end, span.start + 20 * _MOST_WORDS)):
        found.append(word)
        if len(found) == _MOST_WORDS:
            break
    return tuple(found)


@lru_cache(maxsize=20_000)
def _pieces_of(word: str) -> tuple[str, ...]:
    """The pieces of a word, with what stands before and after it; a very long word is cut."""
    spaced = f" {word[:40]} "
    return tuple(spaced[at : at + size] for size in _PIECES for at in range(len(spaced) - size + 1))


def _shared(words: Sequence[str], among: Profile, position: int) -> Span | None:
    """Where the longest run of words stands that both have, if a word in it is not a quiet one."""
    found = [(start, end, word) for start, end, word in plain_words_of(among, position)]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    best: tuple[int, int, int] = (0, 0, 0)
    runs: dict[int, int] = {}
    for index, (_, _, word) in enumerate(found):
        runs = {at: runs.get(at - 1, 0) + 1 for at in places.get(word, ())}
        for length in runs.values():
            telling = sum(other not in QUIET_WORDS for _, _, other in found[index - length + 1 : index + 1])
            if telling:
                best = max(best, (length, telling, -index))
    length, _, index = best
    return Span(found[-index - length + 1][0], found[-index][1]) if length else None


def plain_words_of(among: Profile, position: int) -> list[tuple[int, int, str]]:
    span = among.spans[position]
    return list(plain_words(among.text, span.start, min(span.end, span.start + 20 * _MOST_WORDS)))[:_MOST_WORDS]
