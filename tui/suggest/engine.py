"""Which pairs of statements are worth a reader's decision, worked out of the articles, better as it goes on."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tui.model.article import Article, Statement
from tui.progress import Progress, unsaid
from tui.suggest.cache import Cache
from tui.suggest.proposing import Proposals
from tui.suggest.reading import Told, read
from tui.suggest.suggestion import Passage, Suggestion

_EARLY = 24
"""Articles of a large workspace that are looked at alone first, so that there is something to decide soon."""


class Engine:
    """Proposes pairs. Holds what it read of each text, so that a changed article costs about one article."""

    def __init__(self, cache: Path | None = None) -> None:
        """`cache`: a folder in which readings may be kept for the next time; it need not be there yet."""
        self._cache = Cache(cache) if cache is not None else None
        self._readings: dict[str, tuple[Told, ...]] = {}
        self._kept = Proposals()

    def suggest(
        self,
        articles: Sequence[Article],
        statements: Callable[[str], Sequence[Statement]],
        *,
        groups: Sequence[Sequence[Passage]] = (),
        progress: Progress = unsaid,
    ) -> Iterator[tuple[Suggestion, ...]]:
        """Ever better whole lists of suggestions, best first; the last one is the result.

        It depends on nothing but the articles and groups: not on their order, nor on what was asked before. `groups`
        are the duplicate groups that a reader accepted. `progress` may raise `StoppedError`.
        """
        articles = sorted(articles, key=lambda article: article.id)
        first_conflicts: tuple[Suggestion, ...] = ()
        if len(articles) > 2 * _EARLY and len(self._kept.articles) < len(articles) // 2:
            early = Proposals()
            early.take([(article, self._read(article, statements)) for article in articles[:_EARLY]], progress)
            first_conflicts = early.conflicts(progress)
            yield early.all(groups, first_conflicts)
        readings = []
        for number, article in enumerate(articles):
            progress("articles", number, len(articles))
            readings.append((article, self._read(article, statements)))
        wanted = {article.sha256 for article in articles}
        self._readings = {sha256: reading for sha256, reading in self._readings.items() if sha256 in wanted}
        if self._cache is not None:
            self._cache.tidy(wanted)
        self._kept.take(readings, progress)
        if len(articles) > 2 * _EARLY:
            yield self._kept.all(groups, first_conflicts)
        conflicts = self._kept.conflicts(progress)
        yield self._kept.all(groups, conflicts)

    def _read(self, article: Article, statements: Callable[[str], Sequence[Statement]]) -> tuple[Told, ...]:
        reading = self._readings.get(article.sha256)
        if reading is None and self._cache is not None:
            reading = self._cache.get(article.sha256, article.text)
        if reading is None:
            reading = read(article.text, statements(article.id))
            if self._cache is not None:
                self._cache.keep(article.sha256, reading)
        self._readings[article.sha256] = reading
        return reading
