"""Which of colleagues' records came since the reader looked last.

What was seen is remembered from one start to the next by eight digits that stand for each record's id. Who reads here
for the first time has seen everything: nothing could be told apart if all of it were new.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from tui.annotator import owner_of
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Record, Remark

if TYPE_CHECKING:
    from tui.session.session import Session

MOST = 200_000
"""Records that are remembered at most. Of a colleague who has no room any more nothing is new at the next start."""

Key: TypeAlias = tuple[str, str]
"""Whose record, and its id."""
Seen: TypeAlias = Mapping[str, frozenset[str] | None]
"""What was seen of each colleague; None: everything, whatever it may be."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a new record is seen."""

    start: int
    """The offset in the article."""
    key: Key
    claim: Key
    """The claim to go to."""
    link: Key | None
    """The link to make current there."""


class New:
    """The new records of one session. Everything but `begin` is done on the thread that makes gestures."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._seen: dict[str, set[str]] = {}
        self._kept: dict[str, frozenset[str]] = {}
        """What is to be kept of each colleague, as long as nothing more of theirs was seen."""
        self._places: dict[str, dict[Key, Place]] = {}
        """By article."""
        self._articles: dict[Key, str] = {}
        self.has_begun = False
        """Whether it is known what is new."""

    # --- knowing ---

    def begin(self, seen: Seen | None) -> "Begun":
        """What is new at the start, `seen` before as it was kept; None: never. From any thread; `take` shows it."""
        known: dict[str, set[str]] = {}
        new: list[Record] = []
        for name, index in self._session.colleagues.items():
            owner = owner_of(name)
            before = seen.get(owner, frozenset()) if seen is not None else None
            mine = known.setdefault(owner, set() if before is None else set(before))
            for record in index.records():
                if not self._session.is_shown(record):
                    continue
                if before is None:
                    mine.add(_digits(record.id))
                elif _digits(record.id) not in before:
                    new.append(record)
        if seen is not None:
            for owner, before in seen.items():  # they may come back
                known.setdefault(owner, set(before or ()))
        return Begun(known, [found for record in new if (found := self._placed(record)) is not None])

    def take(self, begun: "Begun") -> frozenset[str]:
        """Let this be what is new; the articles concerned."""
        self._seen, self.has_begun = begun.seen, True
        for article, place in begun.places:
            self._put(article, place)
        return frozenset(self._places)

    def follow(self, changes: Iterable[Change]) -> Counter[str]:
        """Colleagues' records changed: how many came of each that were not there before."""
        came: Counter[str] = Counter()
        for change in changes:
            record = change.record
            if not self.has_begun or isinstance(record, ArticleNote):
                continue
            key = (record.annotator, record.id)
            was_new = self._take(key) is not None
            owner = owner_of(record.annotator)
            is_seen = _digits(record.id) in self._seen.setdefault(owner, set())
            found = self._placed(record) if change.after is not None and not is_seen else None
            if found is not None:
                self._put(*found)
                came[record.annotator] += not was_new
        return came

    def _placed(self, record: Record) -> tuple[str, Place] | None:
        """Where a record is seen, and in which article; None where it is seen nowhere."""
        session = self._session
        shown, link = record, None
        if isinstance(record, Remark):
            annotator, _, id = record.on.partition("/")
            on = session.record(annotator, id)
            if on is None:
                return None
            shown = on
        if isinstance(shown, Contradiction | DuplicateGroup):
            link = (shown.annotator, shown.id)
            ends = session.ends_of(shown)
            claim = ends[0] if ends else None
        else:
            claim = shown if isinstance(shown, Claim) else None
        if claim is None or claim.article not in session.articles:
            return None
        place = Place(claim.span.start, (record.annotator, record.id), (claim.annotator, claim.id), link)
        return claim.article, place

    def _put(self, article: str, place: Place) -> None:
        self._places.setdefault(article, {})[place.key] = place
        self._articles[place.key] = article

    def _take(self, key: Key) -> str | None:
        """Let this record be new no more; the article it was seen in, if it was new."""
        article = self._articles.pop(key, None)
        if article is not None:
            del self._places[article][key]
            if not self._places[article]:
                del self._places[article]
        return article

    # --- looking ---

    def __bool__(self) -> bool:
        return bool(self._articles)

    def is_new(self, record: Record) -> bool:
        return (record.annotator, record.id) in self._articles

    def at(self, claims: Iterable[Claim], shown: Collection[Key] | None = None) -> frozenset[Key]:
        """What is new of these claims, they themselves, their links, and remarks on either; only of what is `shown`, if
        that is given."""
        if not self._articles:
            return frozenset()
        return frozenset(key for claim in claims for key in self._of(claim, shown))

    def _of(self, claim: Claim, shown: Collection[Key] | None) -> Iterator[Key]:
        session = self._session
        for record in (claim, *session.links_of(claim)):
            if shown is not None and (record.annotator, record.id) not in shown:
                continue
            for one in (record, *session.remarks_on(record)):
                if self.is_new(one):
                    yield one.annotator, one.id

    def counts(self) -> dict[str, int]:
        """How many records of each colleague are new."""
        return dict(sorted(Counter(annotator for annotator, _ in self._articles).items()))

    def counts_in(self, article: str) -> dict[str, int]:
        """The same, of those that are seen in one article."""
        return dict(sorted(Counter(annotator for annotator, _ in self._places.get(article, ())).items()))

    def next_after(self, article: str, offset: int, passed: Collection[Key]) -> tuple[str, Place] | None:
        """The first new record from this offset on, in this article, then in the next ones, at last from its beginning
        on; those that were `passed` are left out."""
        ids = [each.id for each in self._session.library.articles]
        first = ids.index(article) if article in ids else 0
        before: list[tuple[str, Place]] = []
        for id in (*ids[first:], *ids[:first]):
            for place in sorted(self._places[id].values()) if id in self._places else ():
                if place.key in passed:
                    continue
                if id == article and place.start < offset:
                    before.append((id, place))
                else:
                    return id, place
        return before[0] if before else None

    # --- having seen ---

    def see(self, keys: Iterable[Key]) -> frozenset[str]:
        """The reader has been at these; the articles in which something is new no more."""
        articles = set()
        for key in keys:
            annotator, id = key
            if (article := self._take(key)) is not None:
                articles.add(article)
                owner = owner_of(annotator)
                self._seen.setdefault(owner, set()).add(_digits(id))
                self._kept.pop(owner, None)
        return frozenset(articles)

    def see_all(self) -> frozenset[str]:
        """Everything counts as seen."""
        return self.see(tuple(self._articles))

    def kept(self) -> Seen | None:
        """What was seen, to be kept; None before that is known."""
        if not self.has_begun:
            return None
        left = MOST
        kept: dict[str, frozenset[str] | None] = {}
        for owner, seen in sorted(self._seen.items(), key=lambda one: len(one[1])):
            left -= len(seen)
            if owner not in self._kept:
                self._kept[owner] = frozenset(seen)
            kept[owner] = self._kept[owner] if left >= 0 else None
        return kept


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known at the start."""

    seen: dict[str, set[str]]
    places: list[tuple[str, Place]]


def _digits(id: str) -> str:
    return f"{crc32(id.encode('utf-8', 'surrogatepass')):08x}"
