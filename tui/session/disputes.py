"""What is to be settled of one's own records after merges, by where it is seen; and remarks on what is gone."""

from collections import Counter
from typing import TYPE_CHECKING

from tui.annotator import owner_of
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Record, Remark, by_place
from tui.session.conflicting import Dispute, disputes_of
from tui.store.fit import key_of
from tui.store.index import RecordIndex

if TYPE_CHECKING:
    from tui.session.session import Session


class Disputes:
    """All that is to be settled of one's own records, by where it is seen: what has no place in a text comes last."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._known_for: tuple[object, ...] = ()
        self._all: tuple[Dispute, ...] = ()
        self._places: dict[str, tuple[str, int] | None] = {}
        self._counts: Counter[str] = Counter()

    def all(self) -> tuple[Dispute, ...]:
        """In the order in which one goes through them."""
        session = self._session
        records, seen = session.records, session.seen
        now = (records, records.version, seen, seen.version, session.colleagues)
        if self._known_for != now:
            self._known_for = now
            self._find(records)
        return self._all

    def __bool__(self) -> bool:
        return bool(self._session.records.conflicting())

    def __len__(self) -> int:
        return len(self.all())

    def in_article(self, article: str) -> int:
        """How many are seen in an article."""
        return self._counts[article] if self.all() else 0

    def place_of(self, dispute: Dispute) -> tuple[str, int] | None:
        """The article and the offset where it is seen; None where it has no place in a text."""
        self.all()
        return self._places.get(key_of(dispute.record))

    def _find(self, records: RecordIndex) -> None:
        found = records.conflicting()
        self._places = {key_of(record): place_of(self._session, record) for record in found}
        self._all = tuple(
            dispute
            for record in sorted(found, key=lambda one: self._rank(key_of(one)))
            for dispute in disputes_of(record)
        )
        places = (self._places[key_of(dispute.record)] for dispute in self._all)
        self._counts = Counter(place[0] for place in places if place is not None)

    def _rank(self, key: str) -> tuple[bool, str, int, str]:
        place = self._places[key]
        return (True, "", 0, key) if place is None else (False, *place, key)


def place_of(session: "Session", record: Record) -> tuple[str, int] | None:
    """The article and the offset where one's own record is seen; None where it has no place in a text."""
    found = claim_for(session, record)
    if isinstance(record, ArticleNote):
        article = session.desk.view.home_of_note(record)
        return (article, 0) if article in session.articles else None
    if isinstance(record, Decision):
        decided_in = session.articles.get(record.a.article)
        at = decided_in.text.find(record.a.exact) if decided_in is not None else -1
        return (record.a.article, at) if at >= 0 else None
    if found is None:
        return None
    placed = session.desk.view.placed(found.id)
    return (found.article, placed.at if placed is not None else found.span.start)


def claim_for(session: "Session", record: Record) -> Claim | None:
    """The claim that one's own record is looked at from in the Reader, as it is seen: itself, or the first end of a
    link; None where there is none, or its article is not there."""
    seen = session.seen
    ids = record.claims if isinstance(record, Contradiction | DuplicateGroup) else (record.id,)
    claims = (seen.claim(id) for id in ids)
    there = [claim for claim in claims if claim is not None and claim.article in session.articles]
    return min(there, key=by_place, default=None)


def loose_remarks(session: "Session") -> tuple[Remark, ...]:
    """One's own remarks of which the record is not there: it was deleted, or its reader's files are not at hand."""
    return tuple(remark for remark in session.records.remarks() if spoken_of(session, remark) is None)


def spoken_of(session: "Session", remark: Remark) -> Record | None:
    """The record that a remark speaks of."""
    annotator, _, id = remark.on.partition("/")
    return session.record(owner_of(annotator), id)
