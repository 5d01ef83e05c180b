"""What is to be settled of one's own records after merges, by where it is seen; and remarks on what is gone."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from operator import is_
from typing import TYPE_CHECKING

from tui.annotator import owner_of
from tui.exchange.pairs import brought
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Record, Remark, by_place
from tui.session.conflicting import Dispute, disputes_of
from tui.store.fit import key_of
from tui.store.ordered import Ordered, Rank

if TYPE_CHECKING:
    from tui.session.session import Session


class Disputes:
    """All that is to be settled of one's own records, by where it is seen: what has no place in a text comes last.

    It is found when it is first asked for, and then follows each step: with thousands open, a key costs what it
    changes. From the thread that makes gestures.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._known_for: tuple[object, ...] | None = None
        """The records and what is seen of them, when all was found; None: it has to be found anew."""
        self._ordered: Ordered[tuple[Dispute, ...]] = Ordered()
        self._ranks: dict[str, Rank] = {}
        """By the keys of the records with conflicts."""
        self._places: dict[str, tuple[str, int] | None] = {}
        self._counts: Counter[str] = Counter()
        """By article; what has no place in a text, under no name."""
        self._all: tuple[Dispute, ...] | None = None
        session.followers.append(self.follow)

    def all(self) -> tuple[Dispute, ...]:
        """In the order in which one goes through them: the same tuple until something changes."""
        self._find()
        if self._all is None:
            self._all = tuple(chain.from_iterable(self._ordered.all()))
        return self._all

    def __bool__(self) -> bool:
        return bool(self._session.records.conflicting())

    def __len__(self) -> int:
        self._find()
        return self._counts.total()

    def in_article(self, article: str) -> int:
        """How many are seen in an article."""
        self._find()
        return self._counts[article]

    def place_of(self, dispute: Dispute) -> tuple[str, int] | None:
        """The article and the offset where it is seen; None where it has no place in a text."""
        self._find()
        return self._places.get(key_of(dispute.record))

    def follow(self, changes: Iterable[Change] | None) -> None:
        """Records changed, anybody's, as the session has them now; None: all may stand elsewhere."""
        if changes is None or self._known_for is None or not self._is_known():
            self._known_for = None
            return
        session = self._session
        own = [change.record for change in changes if change.record.annotator == session.annotator]
        # A link is seen where its first claim is.
        links = (link for one in own if isinstance(one, Claim) for link in session.records.links_of(one.id))
        for key in {key_of(record) for record in chain(own, links)}:
            self._drop(key)
            record = session.records.standing(key)
            if record is not None and record.conflicts:
                self._put(record)

    def _is_known(self) -> bool:
        known = self._known_for
        return known is not None and all(map(is_, known, self._shown()))

    def _shown(self) -> tuple[object, ...]:
        view = self._session.desk.view
        return (self._session.records, view, view.records, view.renamed)

    def _find(self) -> None:
        if self._is_known():
            return
        self._ordered, self._all = Ordered(), None
        self._ranks.clear()
        self._places.clear()
        self._counts.clear()
        for record in self._session.records.conflicting():
            self._put(record)
        self._known_for = self._shown()

    def _put(self, record: Record) -> None:
        key, place = key_of(record), place_of(self._session, record)
        rank: Rank = (1, "", 0, key) if place is None else (0, *place, key)
        disputes = tuple(disputes_of(record))
        self._places[key], self._ranks[key] = place, rank
        self._ordered.put(rank, disputes)
        self._counts[place[0] if place is not None else ""] += len(disputes)
        self._all = None

    def _drop(self, key: str) -> None:
        rank = self._ranks.pop(key, None)
        if rank is None:
            return
        place = self._places.pop(key)
        self._counts[place[0] if place is not None else ""] -= len(self._ordered.take(rank))
        self._all = None


def place_of(session: "Session", record: Record) -> tuple[str, int] | None:
    """The article and the offset where one's own record is seen; None where it has no place in a text."""
    found = claim_for(session, record)
    if isinstance(record, ArticleNote):
        article = session.desk.view.home_of_note(record)
        return (article, 0) if article in session.articles else None
    if isinstance(record, Decision):
        side = brought(record, session.desk.view.home).a
        decided_in = session.articles.get(side.article)
        if decided_in is None:
            return None
        stands = side.span.of(decided_in.text) == side.exact
        at = side.span.start if stands else decided_in.text.find(side.exact)
        return (side.article, at) if at >= 0 else None
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
