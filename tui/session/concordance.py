"""Every place where some words stand, in all articles and in all that was recorded: a line for each.

Nothing here waits for a screen: `search` yields what it finds article by article, so that whoever asks can show it,
and stop, in between.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, count, islice

import regex

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Record, Remark
from tui.model.span import Span
from tui.session.gestures import End
from tui.session.session import Session
from tui.text.search import Query

MOST_LINES = 20_000
"""Lines of a concordance: nobody reads more, and each has its cost."""
_CONTEXT = 80
"""Code points on either side of a match that a line is sorted and filtered by."""
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")


class Order(StrEnum):
    """What the lines are sorted by."""

    ARTICLE = "article"
    FOLLOWS = "what follows"
    PRECEDES = "what precedes"


@dataclass(frozen=True, slots=True)
class Found:
    """One match: in an article's text, or in words of a record."""

    number: int
    """Its place among all that were found: by article, in each its text before the records seen in it."""
    article: str
    """The article it stands in, or that the record is seen in; empty where that is not known."""
    start: int
    end: int
    text: str = field(repr=False)
    """What `start` and `end` count in: the article's text, or the words of the record."""
    record: Record | None = None
    words: str = ""
    """Which words of the record these are: gist, memo, said by."""


def sources(session: Session, *, colleagues: bool = True) -> dict[str, list[Record]]:
    """Everybody's records, or only one's own, by the article each is seen in, one's own first. From any thread."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    names = (session.annotator, *(session.colleagues if colleagues else ()))
    with session.lock:  # no longer than that: a gesture waits for it
        records = [list(session.index_of(name).records()) for name in names]
    for record in filter(session.is_shown, chain.from_iterable(records)):
        found[_article_of(session, record)].append(record)
    return found


def search(query: Query, articles: Iterable[Article], records: Mapping[str, list[Record]]) -> Iterator[list[Found]]:
    """The matches in each article and the records seen in it, an article at a time, then those in records of which the
    article is not there. Ends when there are `MOST_LINES`.

    Raises:
        SlowPatternError: a text took too long.
    """
    numbers, room = count(), MOST_LINES
    here = {article.id: article for article in articles}
    for id in (*here, *(id for id in records if id not in here)):
        found = list(islice(_in(query, id, here.get(id), records.get(id, ()), numbers), room))
        yield found
        room -= len(found)
        if not room:
            return


def _in(
    query: Query, id: str, article: Article | None, records: Iterable[Record], numbers: Iterator[int]
) -> Iterator[Found]:
    if article is not None:
        text = article.text
        for start, end in query.spans(text):
            yield Found(next(numbers), id, start, end, text)
    for record in sorted(records, key=_place):
        for name, words in _words_of(record):
            for start, end in query.spans(words):
                yield Found(next(numbers), id, start, end, words, record, name)


def _place(record: Record) -> tuple[int, int]:
    """The order of records in one article: what is noted of the whole, then claims by place, then what links them."""
    if isinstance(record, ArticleNote):
        return (0, 0)
    return (1, record.span.start) if isinstance(record, Claim) else (2, 0)


def arranged(lines: Iterable[Found], order: Order, words: str, name_of: Callable[[Found], str]) -> list[Found]:
    """The lines that hold all of these words, in the match, around it or in its name, in this order."""
    wanted = words.casefold().split()
    if wanted:
        lines = (line for line in lines if _holds(line, wanted, name_of))
    keys: dict[Order, Callable[[Found], object]] = {
        Order.ARTICLE: lambda line: line.number,
        Order.FOLLOWS: lambda line: (_following(line), line.number),
        Order.PRECEDES: lambda line: (_preceding(line), line.number),
    }
    return sorted(lines, key=keys[order])  # type: ignore[arg-type]


def claim_of(session: Session, record: Record) -> Claim | None:
    """The claim by which a record is gone to and acted on: itself, a link's first, that of the record remarked on."""
    match record:
        case Claim():
            return session.index_of(record.annotator).claim(record.id)
        case Contradiction() | DuplicateGroup():
            return next(iter(session.ends_of(record)), None)
        case Remark():
            annotator, _, id = record.on.partition("/")
            on = session.record(annotator, id)
            return claim_of(session, on) if on is not None and not isinstance(on, Remark) else None
        case _:
            return None


def _article_of(session: Session, record: Record) -> str:
    if isinstance(record, Claim | ArticleNote):
        return record.article
    claim = claim_of(session, record)
    return claim.article if claim is not None else ""


def _words_of(record: Record) -> Iterator[tuple[str, str]]:
    """What an annotator wrote in a record, with what it is called."""
    if isinstance(record, Decision):  # the words in it are the articles'
        return
    if not isinstance(record, ArticleNote | Remark) and record.gist:
        yield "gist", record.gist
    if isinstance(record, Claim) and record.said_by:
        yield "said by", " › ".join(record.said_by)
    if record.memo:
        yield "memo", record.memo


def _following(line: Found) -> str:
    return " ".join(_WORD.findall(line.text[line.end : line.end + _CONTEXT].casefold()))


def _preceding(line: Found) -> str:
    """The words before a match, the nearest first."""
    return " ".join(_WORD.findall(line.text[max(0, line.start - _CONTEXT) : line.start].casefold())[::-1])


def _holds(line: Found, wanted: list[str], name_of: Callable[[Found], str]) -> bool:
    around = line.text[max(0, line.start - _CONTEXT) : line.end + _CONTEXT]
    words = " ".join(chain((name_of(line), line.words), around.split())).casefold()
    return all(word in words for word in wanted)


def ends_of(session: Session, lines: Iterable[Found]) -> tuple[list[End], int]:
    """What a key acts on in each of these lines, each once, and how many lines have nothing that could be acted on.

    A match in an article means one's own claim that holds it, the shortest of them, for a person who cut a claim
    around these words means that one. Else it means the whole statement it stands in, as in the Reader: the words
    searched for are how a statement is found, seldom all that it claims. A match in a record means the record's claim.
    From any thread; articles that were never opened are segmented, which takes time.
    """
    found: dict[tuple[str, Span, str | None], End] = {}
    left_out = 0
    for line in lines:
        if line.record is None and line.article in session.articles:
            session.statements(line.article)  # what takes time comes before the lock
        try:
            with session.lock:
                end = _end_of(session, line)
        except RefusedError:
            left_out += 1
        else:
            found[(end.article, end.span, end.claim)] = end
    return list(found.values()), left_out


def _end_of(session: Session, line: Found) -> End:
    if line.record is not None:
        with session.lock:
            claim = claim_of(session, line.record)
            if claim is None:
                raise RefusedError("this record has no claim")
            return session.end_of(claim.article, claim.span, claim=claim)
    statements = session.statements(line.article) if line.article in session.articles else ()
    with session.lock:
        article = session.articles.get(line.article)
        if article is None or article.text is not line.text:
            raise RefusedError("this article changed since it was searched")
        match = Span(line.start, line.end)
        holding = [claim for claim in session.claims_at(line.article, match) if _holds_span(claim.span, match)]
        if holding:
            claim = min(holding, key=lambda claim: len(claim.span))
            return session.end_of(line.article, claim.span, claim=claim)
        first, last = (
            statements[max(0, bisect_right(statements, offset, key=lambda one: one.span.start) - 1)].span
            for offset in (match.start, match.end - 1)
        )
        return session.end_of(line.article, Span(first.start, last.end))


def _holds_span(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
