"""The engine's list as it is looked up in: by pair, and by the place of each side."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tui.exchange.pairs import Pair, pair_of
from tui.model.article import Article
from tui.model.records import Passage, SuggestionKind
from tui.model.span import Span
from tui.suggest.suggestion import Suggestion

FAINT = 0.15
"""Duplicates with a lower score than this have no sign beside the text: on the five articles and on events never seen
most of those above it are right, and most of those below it are not. The queue has all of them."""


class Shelf:
    """The sides in one article, by place."""

    def __init__(self, sides: Mapping[Span, Passage], found: Mapping[Span, Sequence[int]]) -> None:
        self.spans = sorted(sides)
        self.sides = [sides[span] for span in self.spans]
        self.found = [tuple(found[span]) for span in self.spans]
        """The positions, in the engine's list, of what is proposed of each side."""
        self.numbers = {span: number for number, span in enumerate(self.spans)}
        self._reaches = list(accumulate((span.end for span in self.spans), max))

    def at(self, span: Span) -> Iterator[int]:
        """The numbers of the sides that overlap `span`."""
        first = bisect_right(self._reaches, span.start)
        beyond = bisect_left(self.spans, span.end, key=lambda side: side.start)
        return (number for number in range(first, beyond) if self.spans[number].overlaps(span))


class OpenSides:
    """Of which sides of a shelf something open, and not faint, is proposed: at first of all."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.spans = list(shelf.spans)
        """Those of the sides with something open, in order."""
        self._counts = list(map(len, shelf.found))

    def count(self, span: Span, by: int) -> None:
        """One suggestion more, or fewer, is open of the side at this span."""
        number = self.shelf.numbers[span]
        before = self._counts[number]
        self._counts[number] = before + by
        if not before:
            insort(self.spans, span)
        elif not before + by:
            del self.spans[bisect_left(self.spans, span)]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The engine's list as it is looked up in: what takes time for a long one."""

    found: tuple[Suggestion, ...]
    pairs: tuple[Pair, ...]
    by_pair: Mapping[Pair, Sequence[int]]
    shelves: Mapping[str, Shelf]
    conflicts: tuple[int, ...]
    """The positions of the possible conflicts."""
    weak: frozenset[int]
    """The positions of the faint duplicates."""
    checked: Mapping[str, Article]
    """The articles in which it was looked whether the words stand there."""
    gone: Mapping[str, frozenset[int]]
    """By article, the positions of what is proposed of words that do not."""


def gone_from(shelf: Shelf, article: Article | None) -> frozenset[int]:
    """The positions of what is proposed of words that this article does not say, at their place."""
    gone: set[int] = set()
    for side, positions in zip(shelf.sides, shelf.found, strict=True):
        if article is None or side.span.of(article.text) != side.exact:
            gone.update(positions)
    return frozenset(gone)


def prepare(found: Iterable[Suggestion], articles: Mapping[str, Article]) -> Prepared:
    """Make the engine's list ready for `Suggestions.renew`. From any thread; the articles are those of the session."""
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
    conflicts = (position for position, one in enumerate(found) if one.kind is SuggestionKind.CONTRADICTION)
    weak = (at for at, one in enumerate(found) if one.kind is SuggestionKind.DUPLICATE and one.score < FAINT)
    checked = {article: articles[article] for article in shelves if article in articles}
    gone = {article: gone_from(shelf, checked.get(article)) for article, shelf in shelves.items()}
    return Prepared(found, pairs, by_pair, shelves, tuple(conflicts), frozenset(weak), checked, gone)
