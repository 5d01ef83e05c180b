"""The engine's list as it is looked up in: by pair, and by the place of each side."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from tui.exchange.pairs import Pair, pair_of
from tui.model.records import Passage
from tui.model.span import Span
from tui.suggest.suggestion import Suggestion


class Shelf:
    """The sides in one article, by place, and which of them something open is proposed of."""

    def __init__(self, sides: Mapping[Span, Passage], found: Mapping[Span, Sequence[int]]) -> None:
        self.spans = sorted(sides)
        self.sides = [sides[span] for span in self.spans]
        self.found = [tuple(found[span]) for span in self.spans]
        """The positions, in the engine's list, of what is proposed of each side."""
        self.reaches = list(accumulate((span.end for span in self.spans), max))
        self.open: list[Span] = []
        """The spans of sides with something open, in order."""
        self._counts: dict[Span, int] = {}

    def at(self, span: Span) -> Iterator[int]:
        """The numbers of the sides that overlap `span`."""
        first = bisect_right(self.reaches, span.start)
        beyond = bisect_left(self.spans, span.end, key=lambda side: side.start)
        return (number for number in range(first, beyond) if self.spans[number].overlaps(span))

    def counted(self, span: Span, by: int) -> None:
        """One suggestion more, or fewer, is open of the side at this span."""
        before = self._counts.get(span, 0)
        self._counts[span] = before + by
        if not before:
            insort(self.open, span)
        elif not before + by:
            del self.open[bisect_left(self.open, span)]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The engine's list as it is looked up in: what takes time for a long one."""

    found: tuple[Suggestion, ...]
    pairs: tuple[Pair, ...]
    by_pair: Mapping[Pair, Sequence[int]]
    shelves: Mapping[str, Shelf]


def prepare(found: Iterable[Suggestion]) -> Prepared:
    """Make the engine's list ready for `Suggestions.renew`. From any thread."""
    found = tuple(found)
    pairs = tuple(pair_of(one.kind, one.a, one.b) for one in found)
    by_pair: defaultdict[Pair, list[int]] = defaultdict(list)
    sides: defaultdict[str, dict[Span, Passage]] = defaultdict(dict)
    at: defaultdict[str, defaultdict[Span, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, (one, pair) in enumerate(zip(found, pairs, strict=True)):
        by_pair[pair].append(position)
        for side in (one.a, one.b):
            sides[side.article][side.span] = side
            at[side.article][side.span].append(position)
    shelves = {article: Shelf(some, at[article]) for article, some in sides.items()}
    return Prepared(found, pairs, by_pair, shelves)


def anew(prepared: Prepared) -> Prepared:
    """The same list, with nothing known to be open of it."""
    shelves = {}
    for article, shelf in prepared.shelves.items():
        sides = dict(zip(shelf.spans, shelf.sides, strict=True))
        shelves[article] = Shelf(sides, dict(zip(shelf.spans, shelf.found, strict=True)))
    return replace(prepared, shelves=shelves)
