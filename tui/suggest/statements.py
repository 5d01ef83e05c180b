"""The statements of the articles at hand by their numbers: their words, where they stand, and in which order."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date as day_of

from tui.model.article import Article
from tui.model.span import Span
from tui.suggest.days import read_day
from tui.suggest.pairs import Pairs
from tui.suggest.suggestion import Passage, Reason


class Statements:
    """What `pairs` knows by number, with the texts of the articles."""

    def __init__(self, pairs: Pairs, articles: Mapping[str, Article]) -> None:
        self.pairs = pairs
        self.articles = articles
        numbers = (number for id in sorted(pairs.numbers) for number in pairs.numbers[id])
        self.rank = {number: rank for rank, number in enumerate(numbers)}
        """Of each statement its place among all, by article and span: never by when it came."""

    def text(self, number: int) -> str:
        return self.span(number).of(self.articles[self.pairs.article[number]].text)

    def span(self, number: int) -> Span:
        return self.pairs.told[number].span

    def published(self, number: int) -> day_of | None:
        return published(self.articles[self.pairs.article[number]])

    def passage(self, number: int) -> Passage:
        return Passage(self.pairs.article[number], self.span(number), self.text(number))

    def at(self, passage: Passage) -> int | None:
        """The statement that holds most of a passage."""
        numbers = self.pairs.numbers.get(passage.article, ())
        first = bisect_right(numbers, passage.span.start, key=lambda number: self.span(number).end)
        best: tuple[int, int] | None = None
        for number in numbers[first:]:
            span = self.span(number)
            shared = min(span.end, passage.span.end) - max(span.start, passage.span.start)
            if shared <= 0:
                break
            if best is None or shared > best[0]:
                best = shared, number
        return best[1] if best is not None else None

    def placed(self, reason: Reason, a: int, b: int) -> Reason:
        """A reason whose places count in the two statements, with places that count in their articles."""
        sides = (
            tuple(Span(one.start + start, one.end + start) for one in spans)
            for spans, start in ((reason.a, self.span(a).start), (reason.b, self.span(b).start))
        )
        return Reason(reason.type, reason.text, *sides)


def published(article: Article) -> day_of | None:
    """The day of an article, if its date tells one."""
    return read_day(article.date.value if article.date else None)
