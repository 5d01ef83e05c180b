"""One annotator's records in memory, so that whatever a key press asks is answered at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from tui.model.changes import Change
from tui.model.plain import KINDS
from tui.model.records import (
    ArticleNote,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Link,
    Record,
    Remark,
    by_pair,
    by_place,
)
from tui.model.span import Span
from tui.store.fit import key_of, outcome
from tui.store.ordered import Ordered, Rank


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is recorded in one article; a link counts once, however many of its ends lie there."""

    claims: int = 0
    contradictions: int = 0
    duplicates: int = 0


@dataclass(slots=True)
class _Shelf:
    """The claims of one article, and what is worked out from them when first asked for."""

    claims: Ordered[Claim] = field(default_factory=Ordered)
    counts: Counts | None = None
    reaches: list[int] | None = None
    """For each claim by place, how far the claims up to it reach: never falls, so it can be searched."""


class RecordIndex:
    """An index of immutable records of one annotator: one's own, or a colleague's.

    An update costs as much as the change and the articles it concerns. The tuples handed out are kept until
    something in them changes.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Of two records with one id, as a damaged file may hold, the first stands."""
        self.version = 0
        """How often something was changed."""
        self._records: dict[str, Record] = {}
        self._shelves: dict[str, _Shelf] = {}
        self._links_at: dict[str, set[str]] = {}
        """Claim id → keys of the links it is an end of, whether or not that claim is here."""
        self._ranks: dict[str, Rank] = {}
        self._contradictions: Ordered[Contradiction] = Ordered()
        self._groups: Ordered[DuplicateGroup] = Ordered()
        self._remarks: Ordered[Remark] = Ordered()
        self._remarks_on: dict[str, dict[str, Remark]] = {}
        """By what they speak of, then by id."""
        self._notes: Ordered[ArticleNote] = Ordered()
        self._decisions: Ordered[Decision] = Ordered()
        self._decisions_in: dict[str, dict[str, Decision]] = {}
        """By the articles of their sides, then by id."""
        self._conflicting: dict[str, Record] = {}
        """By their keys, the records that a merge left something to decide in."""
        first: dict[str, Record] = {}
        for record in records:
            first.setdefault(key_of(record), record)
        self.apply(Change(None, record) for record in first.values())

    def __len__(self) -> int:
        return len(self._records)

    def records(self) -> Iterator[Record]:
        """All records, in no particular order."""
        return iter(self._records.values())

    def standing(self, key: str) -> Record | None:
        """The record of any kind that stands under this `key_of`."""
        return self._records.get(key)

    def get(self, id: str) -> Record | None:
        """The claim, link, remark or decision with this id; for notes see `note`."""
        for kind, of in KINDS.items():
            if kind is not ArticleNote and (record := self._records.get(f"{of}/{id}")) is not None:
                return record
        return None

    def claim(self, id: str) -> Claim | None:
        record = self._records.get(f"claims/{id}")
        return record if isinstance(record, Claim) else None

    def claims_in(self, article: str) -> tuple[Claim, ...]:
        """The article's claims by place."""
        shelf = self._shelves.get(article)
        return shelf.claims.all() if shelf else ()

    def claims_at(self, article: str, span: Span) -> tuple[Claim, ...]:
        """The article's claims that overlap `span`, by place; the rest of the article is not looked at."""
        shelf = self._shelves.get(article)
        if shelf is None:
            return ()
        claims = shelf.claims.all()
        if shelf.reaches is None:
            shelf.reaches = list(accumulate((claim.span.end for claim in claims), max))
        first = bisect_right(shelf.reaches, span.start)
        beyond = bisect_left(claims, span.end, key=lambda claim: claim.span.start)
        return tuple(claim for claim in claims[first:beyond] if claim.span.overlaps(span))

    def links_of(self, claim_id: str) -> tuple[Link, ...]:
        """The links this claim is an end of: contradictions, then groups, each by their first end."""
        if claim_id not in self._links_at:  # most claims: quickly said
            return ()
        links = (link for key in self._links_at[claim_id] if (link := self._link(key)) is not None)
        return tuple(sorted(links, key=lambda link: (KINDS[type(link)], self._ranks[key_of(link)])))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """All contradictions, by their first end; last, those of which no end is here."""
        return self._contradictions.all()

    def groups(self) -> tuple[DuplicateGroup, ...]:
        """All duplicate groups, by their first end; last, those of which no end is here."""
        return self._groups.all()

    def remarks(self) -> tuple[Remark, ...]:
        """All remarks, by what they speak of."""
        return self._remarks.all()

    def remarks_on(self, on: str) -> tuple[Remark, ...]:
        """The remarks on one record, `annotator/id`, in the order in which they were made."""
        found = self._remarks_on.get(on)
        return tuple(sorted(found.values(), key=lambda one: (one.created, one.id))) if found else ()

    def notes(self) -> tuple[ArticleNote, ...]:
        """All notes, by article."""
        return self._notes.all()

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, by the places of their sides."""
        return self._decisions.all()

    def decisions_in(self, article: str) -> tuple[Decision, ...]:
        """The decisions with a side in this article, in no particular order."""
        return tuple(self._decisions_in.get(article, {}).values())

    def conflicting(self) -> tuple[Record, ...]:
        """The records that a merge left something to decide in, in no particular order."""
        return tuple(self._conflicting.values())

    def note(self, article: str) -> ArticleNote | None:
        record = self._records.get(f"notes/{article}")
        return record if isinstance(record, ArticleNote) else None

    def counts(self, article: str) -> Counts:
        """How many claims the article has, and how many distinct links have an end in it."""
        shelf = self._shelves.get(article)
        if shelf is None:
            return Counts()
        if shelf.counts is None:
            claims = shelf.claims.all()
            links = {key for claim in claims for key in self._links_at.get(claim.id, ())}
            contradictions = sum(isinstance(self._link(key), Contradiction) for key in links)
            shelf.counts = Counts(len(claims), contradictions, len(links) - contradictions)
        return shelf.counts

    def apply(self, changes: Iterable[Change]) -> None:
        """Make the changes, one after the other.

        Raises:
            StaleError: a record is not as its change expects it; then none of the changes is made.
        """
        changes = tuple(changes)
        outcome(changes, self._records.get)
        self.version += 1
        moved: set[str] = set()
        """Keys of the links whose place in their order has to be found anew."""
        for change in changes:
            if change.before is not None:
                self._take(change.before, moved)
            if change.after is not None:
                self._put(change.after, moved)
        for key in moved:
            self._rank(key)

    def _put(self, record: Record, moved: set[str]) -> None:
        key = key_of(record)
        self._records[key] = record
        if record.conflicts:
            self._conflicting[key] = record
        match record:
            case Claim():
                self._shelves.setdefault(record.article, _Shelf()).claims.put(_place(record), record)
                self._claim_changed(record, moved)
            case Contradiction() | DuplicateGroup():
                for end in record.claims:
                    self._links_at.setdefault(end, set()).add(key)
                self._link_changed(record, moved)
            case Remark():
                self._remarks.put((record.on, record.id), record)
                self._remarks_on.setdefault(record.on, {})[record.id] = record
            case ArticleNote():
                self._notes.put((record.article,), record)
            case Decision():
                self._decisions.put(by_pair(record), record)
                for side in (record.a, record.b):
                    self._decisions_in.setdefault(side.article, {})[record.id] = record

    def _take(self, record: Record, moved: set[str]) -> None:
        key = key_of(record)
        del self._records[key]
        self._conflicting.pop(key, None)
        match record:
            case Claim():
                self._shelves[record.article].claims.take(_place(record))
                self._claim_changed(record, moved)
            case Contradiction() | DuplicateGroup():
                for end in record.claims:
                    self._links_at[end].discard(key)
                    if not self._links_at[end]:
                        del self._links_at[end]
                self._link_changed(record, moved)
                if (rank := self._ranks.pop(key, None)) is not None:
                    self._order(record).take(rank)
            case Remark():
                self._remarks.take((record.on, record.id))
                del self._remarks_on[record.on][record.id]
                if not self._remarks_on[record.on]:
                    del self._remarks_on[record.on]
            case ArticleNote():
                self._notes.take((record.article,))
            case Decision():
                self._decisions.take(by_pair(record))
                for article in {record.a.article, record.b.article}:
                    del self._decisions_in[article][record.id]
                    if not self._decisions_in[article]:
                        del self._decisions_in[article]

    def _claim_changed(self, claim: Claim, moved: set[str]) -> None:
        shelf = self._shelves[claim.article]
        shelf.counts = shelf.reaches = None
        moved.update(self._links_at.get(claim.id, ()))

    def _link_changed(self, link: Link, moved: set[str]) -> None:
        moved.add(key_of(link))
        for end in link.claims:
            # An end that is not here now has its article's counts dropped when the claim itself comes or goes.
            if (claim := self.claim(end)) is not None:
                self._shelves[claim.article].counts = None

    def _rank(self, key: str) -> None:
        """Put a link where its first end says, if the link is still here."""
        link = self._link(key)
        if link is None:
            return
        if (old := self._ranks.get(key)) is not None:
            self._order(link).take(old)
        ends = [claim for end in link.claims if (claim := self.claim(end)) is not None]
        first = min(ends, key=by_place, default=None)
        rank = (1, link.id) if first is None else (0, *_place(first), link.id)
        self._ranks[key] = rank
        if isinstance(link, Contradiction):
            self._contradictions.put(rank, link)
        else:
            self._groups.put(rank, link)

    def _link(self, key: str) -> Link | None:
        record = self._records.get(key)
        return record if isinstance(record, Contradiction | DuplicateGroup) else None

    def _order(self, link: Link) -> Ordered[Contradiction] | Ordered[DuplicateGroup]:
        return self._contradictions if isinstance(link, Contradiction) else self._groups


def _place(claim: Claim) -> Rank:
    """`by_place` in plain numbers, which compare faster than spans."""
    return (claim.article, claim.span.start, claim.span.end, claim.id)
