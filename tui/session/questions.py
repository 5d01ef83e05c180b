"""What awaits the reader: contradictions of theirs that are open, and what is to be settled (claims whose article
changed, conflicts of a merge), by their places."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tui.exchange.anchoring import Placed
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link, Record, Status, by_place
from tui.model.span import Span
from tui.session.conflicting import Dispute
from tui.session.disputes import claim_for, place_of
from tui.session.session import Session
from tui.store.index import RecordIndex

Rank: TypeAlias = tuple[str | int, ...]
"""Article, start, end, claim, contradiction; of the place a reader is at, only the first two."""


@dataclass(frozen=True, slots=True)
class Question:
    """A contradiction that is open, at its first end; or a claim to settle; or a conflict in any record."""

    claim: Claim | None
    """Where it is looked at; None: it has no place in a text of now."""
    link: Link | None = None
    dispute: Dispute | None = None
    """None: it is a contradiction, or a claim whose article changed."""

    @property
    def record(self) -> Record:
        """What the question is about."""
        record = self.dispute.record if self.dispute is not None else self.link or self.claim
        assert record is not None, "a question is about something"
        return record


def next_question(session: Session, article: str, statement: Span, current: str | None = None) -> Question | None:
    """The first open question from this statement on, in this article, then in the next ones, at last from the first
    article on; past the record that is current, if it is a question of this statement. None where there is none."""
    here: Rank = (article, statement.start)
    rank = _rank_of(session, current) if current is not None else None
    if rank is not None and rank[0] == article and isinstance(rank[1], int) and rank[1] in statement:
        here = rank
    found: list[tuple[bool, Rank, Question]] = []
    for questions in (_disputes(session, here), _contradictions(session.seen, here), _to_settle(session, here)):
        first = next((one for one in questions if one[0][0] in session.articles), None)
        if first is not None:
            found.append((first[0] <= here, *first))
    if found:
        return min(found, key=lambda one: one[:2])[2]
    return next((Question(None, dispute=dispute) for dispute in session.disputes.all()), None)


def _rank_of(session: Session, id: str) -> Rank | None:
    record = session.seen.get(id)
    if isinstance(record, Contradiction):
        return _rank(session.seen, record)[1:]
    if isinstance(record, Claim | DuplicateGroup) and record.conflicts:
        return _rank_of_disputed(session, record)
    placed = session.desk.view.placed(id)
    return _rank_to_settle(placed) if placed is not None and placed.is_open else None


def _contradictions(index: RecordIndex, here: Rank) -> Iterator[tuple[Rank, Question]]:
    """The open ones, from here on and then from the beginning. The index has them in order: only those that are
    settled are passed over."""
    links = index.contradictions()
    start = bisect_right(links, (False, *here), key=lambda link: _rank(index, link))
    for link in (*links[start:], *links[:start]):
        if link.status is Status.OPEN and (first := _first_end(index, link)) is not None:
            yield _rank(index, link)[1:], Question(first, link)


def _rank(index: RecordIndex, link: Contradiction) -> Rank:
    """As the index orders contradictions: last, those of which no end is there."""
    first = _first_end(index, link)
    if first is None:
        return (True, link.id)
    return (False, first.article, first.span.start, first.span.end, first.id, link.id)


def _first_end(index: RecordIndex, link: Contradiction) -> Claim | None:
    return min((claim for id in link.claims if (claim := index.claim(id)) is not None), key=by_place, default=None)


def _to_settle(session: Session, here: Rank) -> Iterator[tuple[Rank, Question]]:
    """One's own claims to settle, from here on and then from the beginning."""
    if not session.desk.view.has_open:  # quickly said, however many articles there are
        return
    articles = session.library.articles
    first = bisect_right(articles, here[0], key=lambda article: article.id) - 1
    for number in range(len(articles) + 1):  # this one twice: before the cursor come those at last
        article = articles[(first + number) % len(articles)].id
        for placed in session.desk.view.open_in(article):
            rank = _rank_to_settle(placed)
            if article != here[0] or (rank > here) == (number == 0):
                yield rank, Question(placed.now)


def _disputes(session: Session, here: Rank) -> Iterator[tuple[Rank, Question]]:
    """The conflicts of one's own records that are seen in a text, from here on and then from the beginning."""
    ranked: dict[str, tuple[Rank, Question]] = {}
    for dispute in session.disputes.all():
        record = dispute.record
        rank = _rank_of_disputed(session, record)
        if rank is not None:
            link = record if isinstance(record, Contradiction | DuplicateGroup) else None
            claim = claim_for(session, record)
            ranked.setdefault(record.id, (rank, Question(claim, link, dispute)))
    yield from sorted(ranked.values(), key=lambda one: (one[0] <= here, one[0]))


def _rank_of_disputed(session: Session, record: Record) -> Rank | None:
    place = place_of(session, record)
    if place is None:
        return None
    claim = claim_for(session, record)
    if claim is None:  # the note of an article
        return (*place, place[1], "", record.id)
    return (*place, claim.span.end, claim.id, "" if record.id == claim.id else record.id)


def _rank_to_settle(placed: Placed) -> Rank:
    return (placed.now.article, placed.at, placed.now.span.end, placed.claim.id, "")
