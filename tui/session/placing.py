"""One annotator's records as they are seen in the articles of now.

A claim keeps the place, words and text it was made with until a person has new ones written. Where its article
changed since, or has another name, the claim is shown where it stands now; what has to be settled is known here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from tui.anchors import Outcome
from tui.exchange.anchoring import Anchoring, Placed
from tui.exchange.pairs import brought
from tui.model.article import Article
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Decision, Record
from tui.model.span import Span
from tui.store.fit import key_of
from tui.store.index import Counts, RecordIndex


class View:
    """The records of an index where they stand now. Where nothing is off, it is that index, and costs nothing."""

    def __init__(
        self,
        recorded: RecordIndex,
        anchoring: Anchoring,
        hidden: frozenset[str] = frozenset(),
        *,
        held: Iterable[Record] | None = None,
    ) -> None:
        """`hidden` are the ids of claims that are there only as the ends of links: another view shows them. `held` are
        the records of the index, where another thread may change it meanwhile; then this view may be thrown away."""
        self._recorded = recorded
        self._hidden = hidden
        self._anchoring = anchoring
        self.records = recorded
        """The records as they are seen. An orphan is among them as it is recorded, and stands nowhere."""
        self.renamed: dict[str, str] = {}
        """Articles that are not there, with the ids they have now."""
        self._placed: dict[str, Placed] = {}
        """Every claim that is off, by id."""
        self._open: defaultdict[str, dict[str, Placed]] = defaultdict(dict)
        """What has to be settled, by the article it is seen in."""
        self._open_by_place: dict[str, tuple[Placed, ...]] = {}
        """The same in order, as it was asked for, until it changes."""
        self._notes: dict[str, str] = {}
        """Of the renamed articles, those whose note is seen under the new id."""
        self._gone: set[str] = set()
        """Articles that are not there and that something was recorded of."""
        self._build(self._anchoring.work_out, tuple(recorded.records() if held is None else held))

    def _build(
        self, work_out: Callable[[Iterable[Claim], Mapping[str, str]], None], records: tuple[Record, ...]
    ) -> None:
        self._placed.clear()
        self._open.clear()
        self._open_by_place.clear()
        self._gone = set(filter(self._anchoring.is_gone, _articles_named(self._recorded.records())))
        self.renamed, self._notes = self._homes()
        claims = [record for record in self._recorded.records() if isinstance(record, Claim)]
        work_out(claims, self.renamed)
        self._put(self._anchoring.place(claims, self.renamed))
        is_off = self._placed or self.renamed
        self.records = RecordIndex(map(self._seen, records)) if is_off else self._recorded

    def _homes(self) -> tuple[dict[str, str], dict[str, str]]:
        """The articles that were renamed, with their present ids, and those of them whose note goes along."""
        renamed = self._anchoring.renamed(self._gone, self._recorded.claims_in)
        for old in self._gone - renamed.keys():
            new = self._anchoring.renamed_by_words(old, self._recorded.decisions_in(old))
            renamed |= {} if new is None else {old: new}
        for old, new in self.renamed.items():
            # Under the old id is nothing any more by which it could be recognised, or that it would matter to.
            of_old = (self._recorded.claims_in(old), self._recorded.note(old), self._recorded.decisions_in(old))
            if not any(of_old):
                renamed[old] = new
        notes: dict[str, str] = {}
        for old, new in renamed.items():
            if self._recorded.note(old) and not self._recorded.note(new) and new not in notes.values():
                notes[old] = new
        return renamed, notes

    def _put(self, placed: Iterable[Placed]) -> None:
        for one in placed:
            self._placed[one.claim.id] = one
            if one.is_open and not self.hides(one.claim.id):
                self._open[one.now.article][one.claim.id] = one
                self._open_by_place.pop(one.now.article, None)

    def _take(self, claim: Claim) -> None:
        placed = self._placed.pop(claim.id, None)
        if placed is not None:
            self._open_by_place.pop(placed.now.article, None)
            some = self._open[placed.now.article]
            some.pop(claim.id, None)
            if not some:
                del self._open[placed.now.article]

    def renewed(self, anchoring: Anchoring, held: Iterable[Record] | None = None) -> "View":
        """The view of the same records in other articles; `held` as in the beginning."""
        return View(self._recorded, anchoring, self._hidden, held=held)

    def hides(self, id: str) -> bool:
        """Whether this claim is shown by another view already."""
        return id in self._hidden

    def is_of(self, recorded: RecordIndex) -> bool:
        """Whether it shows these very records."""
        return self._recorded is recorded

    def shows_same(self, other: "View") -> bool:
        """Whether another view is one of the very same records."""
        return other.is_of(self._recorded)

    # --- following ---

    def apply(self, changes: Iterable[Change]) -> None:
        """Follow what was done to the recorded ones; they have these changes already. This never takes long: a claim
        whose place would have to be worked out first is UNSOUGHT until `prepare` and `look_again`."""
        changes = _in_one(changes)
        concerned = _articles_of(changes)
        self._gone |= set(filter(self._anchoring.is_gone, concerned))
        if concerned and self._gone and self._homes() != (self.renamed, self._notes):
            self._build(self._anchoring.work_out_quickly, tuple(self._recorded.records()))
            return
        made = [change.after for change in changes if isinstance(change.after, Claim)]
        if self.records is self._recorded:
            if any(self._anchoring.is_off(claim, {}) for claim in made):
                self._build(self._anchoring.work_out_quickly, tuple(self._recorded.records()))
            return
        before = [self._seen(change.before) for change in changes if change.before is not None]
        for change in changes:
            if isinstance(change.before, Claim):
                self._take(change.before)
        self._anchoring.work_out_quickly(made, self.renamed)
        self._put(self._anchoring.place(made, self.renamed))
        after = [self._seen(change.after) for change in changes if change.after is not None]
        self.records.apply(_turned(before, after))

    def brought_home(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """These changes, before they are made; and where they take away the last claim by which a renamed article is
        recognised, with them the step that writes all else of it under its present id."""
        if not (self.renamed and _articles_of(changes) & (self._gone | set(self.renamed.values()))):
            return changes
        net = _in_one(changes)
        after = {key_of(change.record): change.after for change in net}

        def left_in(article: str) -> list[Claim]:
            stay = [claim for claim in self._recorded.claims_in(article) if key_of(claim) not in after]
            return stay + [one for one in after.values() if isinstance(one, Claim) and one.article == article]

        known = self._anchoring.renamed(self._gone, left_in)
        home: list[Change] = []
        for old, new in self.renamed.items():
            if known.get(old) == new:
                continue
            home += (Change(claim, replace(claim, article=new)) for claim in left_in(old))
            notes = [after.get(f"notes/{id}", self._recorded.note(id)) for id in (old, new)]
            if isinstance(notes[0], ArticleNote) and notes[1] is None:
                home += (Change(notes[0], None), Change(None, replace(notes[0], article=new)))
            decisions = (after.get(key_of(one), one) for one in self._recorded.decisions_in(old))
            home += (Change(one, brought(one, self.home)) for one in decisions if isinstance(one, Decision))
        return (*changes, *home)

    def prepare(self, claims: Iterable[Claim]) -> None:
        """Work out where these claims stand, so that `apply` and `look_again` know it. Slow; from any thread."""
        self._anchoring.work_out(claims, self.renamed, thorough=True)

    def unsought(self) -> tuple[Claim, ...]:
        """The claims of which it was not worked out yet where they stand: there was no time for it."""
        return tuple(one.claim for one in self.all_placed() if one.outcome is Outcome.UNSOUGHT)

    def look_again(self) -> frozenset[str]:
        """Show the claims that were unsought where `prepare` found them; the articles concerned."""
        placed = self._anchoring.place(self.unsought(), self.renamed)
        found = [one for one in placed if one.outcome is not Outcome.UNSOUGHT]
        before = [self._seen(one.claim) for one in found]
        for one in found:
            self._take(one.claim)
        self._put(found)
        self.records.apply(_turned(before, [one.now for one in found]))
        return frozenset(one.now.article for one in found)

    def _seen(self, record: Record) -> Record:
        if isinstance(record, Claim):
            placed = self._placed.get(record.id)
            if placed is not None:
                return placed.now
            return replace(record, article=self.home(record.article)) if record.article in self.renamed else record
        if isinstance(record, ArticleNote) and (home := self.home_of_note(record)) != record.article:
            return replace(record, article=home)
        return brought(record, self.home) if self.renamed and isinstance(record, Decision) else record

    # --- looking ---

    def home(self, article: str) -> str:
        """The id that an article has now."""
        return self.renamed.get(article, article)

    def home_of_note(self, note: ArticleNote) -> str:
        """The article that a note is seen on: its own, or the one it was renamed to."""
        return self._notes.get(note.article, note.article)

    def recorded_in(self, article: str) -> list[Claim]:
        """The claims that are seen in an article, as they are recorded."""
        ids = [article, *(old for old, new in self.renamed.items() if new == article)]
        return [claim for id in ids for claim in self._recorded.claims_in(id)]

    def counts(self, article: str) -> Counts:
        """How many claims an article has, and how many links have an end in it, of those that are shown."""
        counts = self.records.counts(article)
        hidden = sum(self.hides(claim.id) for claim in self.records.claims_in(article)) if self._hidden else 0
        return replace(counts, claims=counts.claims - hidden) if hidden else counts

    def note(self, article: str) -> ArticleNote | None:
        """The note that is seen on an article, as it is recorded."""
        old = next((old for old, new in self._notes.items() if new == article), article)
        return self._recorded.note(article) or self._recorded.note(old)

    def placed(self, id: str) -> Placed | None:
        """What is known of the place of a claim that is off."""
        return self._placed.get(id)

    def all_placed(self) -> tuple[Placed, ...]:
        """All claims that are off, by where they are seen."""
        return tuple(sorted(self._placed.values(), key=by_sight))

    @property
    def has_open(self) -> bool:
        """Whether anything has to be settled anywhere."""
        return bool(self._open)

    @property
    def open_count(self) -> int:
        """How many claims have to be settled, in all articles."""
        return sum(map(len, self._open.values()))

    def open_in(self, article: str) -> tuple[Placed, ...]:
        """What has to be settled in an article, by place."""
        some = self._open.get(article)
        if not some:
            return ()
        if article not in self._open_by_place:
            self._open_by_place[article] = tuple(sorted(some.values(), key=by_sight))
        return self._open_by_place[article]

    def claims_in(self, article: str) -> tuple[Claim, ...]:
        """The claims that stand in an article, by place."""
        return self._standing(article, self.records.claims_in(article))

    def claims_at(self, article: str, span: Span) -> tuple[Claim, ...]:
        """The claims that stand in a stretch of an article, by place."""
        return self._standing(article, self.records.claims_at(article, span))

    def _standing(self, article: str, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        some = self._open.get(article)
        if self._hidden:
            claims = tuple(claim for claim in claims if claim.id not in self._hidden)
        if not some:
            return claims
        return tuple(claim for claim in claims if claim.id not in some or not some[claim.id].is_orphan)


def _in_one(changes: Iterable[Change]) -> list[Change]:
    """What the changes come to, each record once."""
    net: dict[str, Change] = {}
    for change in changes:
        key = key_of(change.record)
        net[key] = Change(net[key].before if key in net else change.before, change.after)
    return list(net.values())


def _articles_of(changes: Iterable[Change]) -> set[str]:
    """The articles under which the claims, notes and decisions concerned are recorded."""
    sides = (record for change in changes for record in (change.before, change.after) if record is not None)
    return set(_articles_named(sides))


def _articles_named(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        if isinstance(record, Claim | ArticleNote):
            yield record.article
        elif isinstance(record, Decision):
            yield from (record.a.article, record.b.article)


def _turned(before: Iterable[Record], after: Iterable[Record]) -> list[Change]:
    """The change from these records to those; a note may have been seen under the id of another."""
    old = {key_of(record): record for record in before}
    new = {key_of(record): record for record in after}
    return [Change(old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]


def by_sight(placed: Placed) -> tuple[str, int, str]:
    """The order of claims that are off: by the article and place they are seen at."""
    return (placed.now.article, placed.at, placed.claim.id)


def texts_of(
    records: Iterable[Record | None], articles: Mapping[str, Article], home: Callable[[str], str]
) -> dict[str, str]:
    """The texts of the articles of now that claims among these were made on, by hash."""
    found: dict[str, str] = {}
    for record in records:
        if isinstance(record, Claim) and record.text_sha256 not in found:
            article = articles.get(home(record.article))
            if article is not None and article.sha256 == record.text_sha256:
                found[article.sha256] = article.text
    return found


class Views:
    """The records of all annotators as they are seen, one's own before those of colleagues."""

    def __init__(self, annotator: str, own: View, colleagues: Mapping[str, View]) -> None:
        self.annotator = annotator
        self.own = own
        self.colleagues = colleagues

    @property
    def all(self) -> tuple[View, ...]:
        return self._of(colleagues=True)

    def of(self, annotator: str) -> View | None:
        return self.own if annotator == self.annotator else self.colleagues.get(annotator)

    def placed(self, claim: Claim) -> Placed | None:
        """Where a claim stands whose article changed since it was made; None for the others."""
        view = self.of(claim.annotator)
        return view.placed(claim.id) if view is not None else None

    def _of(self, colleagues: bool) -> tuple[View, ...]:
        return (self.own, *(self.colleagues.values() if colleagues else ()))

    def claims_in(self, article: str, *, colleagues: bool) -> tuple[Claim, ...]:
        return tuple(claim for view in self._of(colleagues) for claim in view.claims_in(article))

    def claims_at(self, article: str, span: Span, *, colleagues: bool) -> tuple[Claim, ...]:
        return tuple(claim for view in self._of(colleagues) for claim in view.claims_at(article, span))

    def open_in(self, article: str, *, colleagues: bool) -> tuple[Placed, ...]:
        """What has to be settled in an article, by place."""
        return tuple(placed for view in self._of(colleagues) for placed in view.open_in(article))
