"""Two statements held against each other: what they share, and how far two places in them are about one thing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import fsum
from typing import Protocol, TypeVar

from tui.suggest.account import Account
from tui.suggest.conflict.finding import Finding, Place
from tui.suggest.suggestion import ReasonType

Weigh = Callable[[str], float]
"""How much a stem says, in this workspace."""

_FIRST = frozenset({ReasonType.FIGURE, ReasonType.DATE, ReasonType.CERTAINTY})
"""What a fact-checker looks at first."""
_OTHERS = 0.75
"""How much the others count beside these."""
_QUOTED = 0.7
"""What is left of a difference between what one side quotes and what the other says itself."""
_CLOSE = 0.5
"""The likeness from which on two statements are as close as need be."""


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Placed)


class Sides:
    """The two statements."""

    def __init__(self, a: Account, b: Account, likeness: float, weigh: Weigh) -> None:
        self.a, self.b = a, b
        self.likeness = likeness
        self._weigh = weigh
        self.roots = set(a.roots), set(b.roots)
        self.shared = self.roots[0] & self.roots[1]
        lighter = min(map(self.sum, self.roots))
        self.covered = self.sum(self.shared) / lighter if lighter else 0.0
        """How much of what the shorter one tells the other tells too."""

    def sum(self, roots: Iterable[str]) -> float:
        return fsum(map(self._weigh, roots))

    def about(self, one: Placed, other: Placed) -> float:
        """How much two places have the same words around them, from 0 to 1; what stands nearer says more."""
        mine, theirs = self.a.around(one.start, one.end), self.b.around(other.start, other.end)
        shared = sum(self._weigh(root) * min(near, theirs[root]) for root, near in mine.items() if root in theirs)
        least = min(sum(self._weigh(root) * near for root, near in side.items()) for side in (mine, theirs))
        return shared / least if least else 0.0

    def told_in(self, scope: Sequence[str], account: Account, least: float) -> tuple[float, Place | None]:
        """How much of these words a statement tells, and where; nowhere where it is less than `least`."""
        there = set(scope) & set(account.roots)
        total = self.sum(set(scope))
        share = self.sum(there) / total if total else 0.0
        return (share, account.place(there)) if len(there) > 1 and share >= least else (0.0, None)

    def turns(self) -> Iterator[tuple[Account, Account, bool]]:
        """Each side with the other, and whether they are the other way round."""
        yield self.a, self.b, False
        yield self.b, self.a, True

    def finding(
        self, type: ReasonType, strength: float, text: str, one: Place, other: Place, *, about: float = 0.0
    ) -> Finding:
        """A difference between two places; `about`: how far these are about one thing, where that was looked at."""
        if self.a.is_quoted(one[0]) != self.b.is_quoted(other[0]):
            strength *= _QUOTED
            text += "; one side quotes somebody, the other does not"
        closeness = max(about, min(1.0, self.likeness / _CLOSE))
        score = (1.0 if type in _FIRST else _OTHERS) * strength * (0.4 + 0.6 * closeness)
        return Finding(type, min(1.0, max(0.0, score)), text, (one,), (other,))


def strongest(found: Iterable[tuple[float, float, T, T]]) -> Iterator[tuple[float, float, T, T]]:
    """Of pairs of places with how sure they are, the surest first, and no place of either side twice."""
    seen: tuple[set[int], set[int]] = (set(), set())
    for sure, about, one, other in sorted(found, key=lambda each: (-each[0], each[2].start, each[3].start)):
        if one.start not in seen[0] and other.start not in seen[1]:
            seen[0].add(one.start)
            seen[1].add(other.start)
            yield sure, about, one, other


def clipped(words: str) -> str:
    """A stretch as it may stand in a sentence."""
    return " ".join(words.split())[:60]
