"""From what is alike to what is proposed: duplicates and possible conflicts, kept from one asking to the next."""

from collections.abc import Sequence
from dataclasses import replace

from tui.model.article import Article
from tui.progress import Progress, unsaid
from tui.suggest.differing import Differing
from tui.suggest.duplicates import Duplicates
from tui.suggest.pairs import Pairs
from tui.suggest.reading import ROOT, Told
from tui.suggest.statements import Statements, published
from tui.suggest.suggestion import Passage, Suggestion

_AT_ODDS = 0.4
"""How sure a possible conflict must be for the pair to come as a duplicate only behind all conflicts."""
_LOWEST = 0.0001
"""A score is more than nothing."""


class Proposals:
    """What is proposed of a set of articles."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self._begin()

    def _begin(self) -> None:
        self.articles = {}
        self._pairs = Pairs()
        self._weights: dict[str, float] = {}
        self._duplicates = Duplicates()
        self._differing = Differing()
        self._statements = Statements(self._pairs, {})

    def take(self, readings: Sequence[tuple[Article, tuple[Told, ...]]], progress: Progress = unsaid) -> None:
        """Take in what the articles are now, and how each reads."""
        dated = {article.id: published(article) for article, _ in readings}
        redated = [id for id, old in self.articles.items() if id in dated and dated[id] != published(old)]
        stale = {number for id in redated for number in self._pairs.numbers[id]}
        self.articles = {article.id: article for article, _ in readings}
        try:
            stale |= self._pairs.renew({article.id: reading for article, reading in readings}, progress)
        except BaseException:
            self._begin()  # half of it would be wrong
            raise
        self._statements = Statements(self._pairs, self.articles)
        self._weights = {}
        self._duplicates.forget(stale, self._statements)
        self._differing.forget(stale, self._statements)

    def all(self, groups: Sequence[Sequence[Passage]], conflicts: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        """The duplicates, the possible conflicts as `conflicts` gave them before, and behind these the duplicates that
        were found to be at odds: they say in what."""
        odds = self._differing.odds
        scores = {pair: one.score for pair, one in odds.items()}
        every = list(self._duplicates.suggestions(self._statements, groups, self._weigh, scores))
        differing = {(one.a, one.b): one for one in odds.values()}
        ahead: list[Suggestion] = []
        behind: list[Suggestion] = []
        for one in every:
            other = differing.get((one.a, one.b))
            if other is not None:
                one = replace(one, reasons=(*one.reasons, *other.reasons))
            (behind if other is not None and other.score >= _AT_ODDS else ahead).append(one)
        # Within a kind the scores fall.
        most = min((one.score for one in ahead), default=1.0)
        behind = [replace(one, score=max(_LOWEST, round(one.score * most, 4))) for one in behind]
        return (*ahead, *conflicts, *behind)

    def conflicts(self, progress: Progress = unsaid) -> tuple[Suggestion, ...]:
        return tuple(self._differing.suggestions(self._statements, self._weigh, progress))

    def _weigh(self, root: str) -> float:
        """How much a stem says; one that stands for several words, as much as a word does."""
        weight = self._weights.get(root)
        if weight is None:
            weight = self._weights[root] = self._pairs.weight(ROOT + root) or self._pairs.usual
        return weight
