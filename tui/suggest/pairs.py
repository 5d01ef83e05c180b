"""Which statements are alike: kept for a set of articles, and renewed where the set changed.

A workspace's articles are all about one thing, so a word weighs by how few of their statements have it. Whether two
statements are compared at all is asked of an index of their rarest words: never all of them with all.

The weights go by steps (a word in four statements weighs as much as one in seven). So a new article changes the weights
of few words, only statements with those are compared anew, and yet what comes out depends on nothing but the articles.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from math import fsum, log, sqrt

from tui.progress import Progress, unsaid
from tui.suggest.reading import ROOT, Told, factor

FAINTEST, FAINT = 0.04, 0.12
"""The likeness below which a pair is not kept: in a small workspace, and in a large one, which has more than enough."""
_VISITS = 200
"""How many other statements each one may be led to, all its words together. What would be more is too common a word."""
_LEADING = 12
"""Words of a statement that lead to others: its rarest."""
_SHARED = 2
"""Words that say something which two statements have in common at least, in a large workspace rare ones. In a small
one a single word is enough, for short statements say one thing in two ways."""
_MUCH = 3
"""From so many on, or half of the shorter one’s, they share much."""
_SMALL = 11
"""The step of the number of statements up to which one does."""
_AT_ONCE = 200
"""Statements between two words of progress."""


class Pairs:
    """Likeness of statements, each known by a number that stays its own as long as its article does."""

    def __init__(self) -> None:
        self.told: dict[int, Told] = {}
        self.article: dict[int, str] = {}
        self.alike: dict[int, dict[int, float]] = {}
        """Of each statement those that are like it, and how much, from 0 to 1; also in its own article."""
        self.numbers: dict[str, tuple[int, ...]] = {}
        """Article → the numbers of its statements, in order."""
        self._little: defaultdict[int, dict[int, int]] = defaultdict(dict)
        """Of each statement those that are like it by a word or two alone, and by how many."""
        self._readings: dict[str, tuple[Told, ...]] = {}
        self._next = 0
        self._holders: Counter[str] = Counter()
        """Term → in how many statements it stands."""
        self._leads: defaultdict[str, set[int]] = defaultdict(set)
        """Stem → the statements it leads to."""
        self._leading: dict[int, tuple[str, ...]] = {}
        """Statement → the stems that lead to it."""
        self._steps: dict[str, int] = {}
        """Term → the step of that number: how many bits it has."""
        self._histogram: Counter[int] = Counter()
        """Step → how many stems are at it."""
        self._size = 0
        """The step of the number of all statements."""
        self._common = 0
        """The step from which on a word leads to no statement."""
        self._weights: dict[str, float] = {}
        """Term → the square of its weight."""
        self._lengths: dict[int, float] = {}

    def renew(self, readings: Mapping[str, tuple[Told, ...]], progress: Progress = unsaid) -> set[int]:
        """Take in what the articles are now; return the statements that were compared anew."""
        gone = [id for id, told in self._readings.items() if readings.get(id) is not told]
        come = [id for id, told in readings.items() if self._readings.get(id) is not told]
        terms = {term for id in gone for one in self._readings[id] for term in one.terms}
        terms.update(term for id in come for one in readings[id] for term in one.terms)
        for id in gone:
            self._drop(id)
        new = [number for id in sorted(come) for number in self._take(id, readings[id])]
        changed = self._weigh(terms)
        stale = set(new)
        if changed is None:
            stale.update(self.told)
        else:
            held = {term for term in changed if self._holders[term]}
            stale.update(number for number, told in self.told.items() if not held.isdisjoint(told.terms))
        self._compare(sorted(stale), progress)
        return stale

    def weight(self, term: str) -> float:
        """The square of what a term weighs."""
        return self._weights.get(term, 0.0)

    def share_much(self, one: int, other: int) -> bool:
        """Whether two statements that are alike have more than a word or two in common."""
        return other not in self._little.get(one, ())

    def aligned(self, one: int, other: int) -> float:
        """How alike two statements are that have more than one word in common; else 0."""
        return 0.0 if self._little.get(one, {}).get(other) == 1 else self.alike[one].get(other, 0.0)

    @property
    def usual(self) -> float:
        """The square of what a word weighs that is neither rare nor common."""
        middle = 1.5 * 2 ** (self._size // 2 - 1)
        return log((0.75 * 2**self._size + 1) / (middle + 0.5)) ** 2

    # --- articles come and go ---

    def _take(self, id: str, reading: tuple[Told, ...]) -> list[int]:
        numbers = list(range(self._next, self._next + len(reading)))
        self._next += len(reading)
        for number, told in zip(numbers, reading, strict=True):
            self.told[number] = told
            self.article[number] = id
            self.alike[number] = {}
            self._holders.update(told.terms)
        self._readings[id] = reading
        self.numbers[id] = tuple(numbers)
        return numbers

    def _drop(self, id: str) -> None:
        for number in self.numbers.pop(id):
            self._forget(number)
            self._holders.subtract(self.told[number].terms)
            del self.told[number], self.article[number], self.alike[number]
            self._lengths.pop(number, None)
        del self._readings[id]

    def _forget(self, number: int) -> None:
        """Take away what was known of what it is like, on both sides."""
        for other in self.alike[number]:
            del self.alike[other][number]
        self.alike[number] = {}
        for other in self._little.pop(number, ()):
            self._little[other].pop(number, None)
        for term in self._leading.pop(number, ()):
            self._leads[term].discard(number)

    # --- weights ---

    def _weigh(self, terms: Iterable[str]) -> set[str] | None:
        """Weigh these terms anew; return those that weigh other than before, None where all may."""
        size, was, common = len(self.told).bit_length(), self._size, self._common
        changed: set[str] = set()
        if size == was:
            changed = {term for term in terms if self._weigh_one(term)}
        else:
            self._size = size
            self._steps, self._weights, self._histogram = {}, {}, Counter()
            self._holders = +self._holders
            for term in self._holders:
                self._weigh_one(term)
        self._common, visits = 1, 0
        while self._common <= size:
            visits += self._histogram[self._common] * 4**self._common // 4
            if visits > _VISITS * len(self.told):
                break
            self._common += 1
        return changed if (size, common) == (was, self._common) else None

    def _weigh_one(self, term: str) -> bool:
        step, before = self._holders[term].bit_length(), self._steps.get(term, 0)
        if step == before:
            return False
        if term[0] == ROOT:
            self._histogram[before] -= 1
            self._histogram[step] += 1
        if step == 0:
            del self._holders[term], self._steps[term], self._weights[term]
            return True
        self._steps[term] = step
        middle = (2 ** (step - 1) + 2**step - 1) / 2
        weight = max(0.0, log((0.75 * 2**self._size + 1) / (middle + 0.5))) * factor(term)
        self._weights[term] = weight * weight
        return True

    # --- likeness ---

    def _compare(self, stale: Sequence[int], progress: Progress) -> None:
        for number in stale:
            self._forget(number)
        for number in stale:
            terms = self.told[number].terms
            self._lengths[number] = sqrt(fsum(map(self._weights.__getitem__, terms)))
            rare = [term for term in terms if term[0] == ROOT and self._steps[term] < self._common]
            self._leading[number] = tuple(nsmallest(_LEADING, rare, key=lambda term: (self._steps[term], term)))
        for done, number in enumerate(stale):
            if done % _AT_ONCE == 0:
                progress("suggestions", done, len(stale))
            met: Counter[int] = Counter()
            for term in self._leading[number]:
                met.update(self._leads[term])
            if met:
                self._hold_against(number, met)
            for term in self._leading[number]:
                self._leads[term].add(number)

    def _hold_against(self, number: int, met: Counter[int]) -> None:
        mine = set(self.told[number].terms)
        weight = self._weights.__getitem__
        length = self._lengths[number]
        least, faintest = (1, FAINTEST) if self._size <= _SMALL else (_SHARED, FAINT)
        alike = self.alike[number]
        own = _roots(mine)
        for other, times in met.items():
            if times < least:
                continue
            shared = mine.intersection(self.told[other].terms)
            product = length * self._lengths[other]
            if product:
                likeness = fsum(map(weight, shared)) / product
                roots = _roots(shared) if likeness >= faintest else 0
                if roots >= least:
                    alike[other] = self.alike[other][number] = min(1.0, likeness)
                    if roots < _SHARED or (roots < _MUCH and 2 * roots < min(own, _roots(self.told[other].terms))):
                        self._little[number][other] = self._little[other][number] = roots


def _roots(terms: Iterable[str]) -> int:
    return sum(term[0] == ROOT for term in terms)
