"""What one gesture of the reader changes, worked out on values alone.

Every function here takes a `Desk`, what lies before the reader, and answers with a `Gesture`: the changes that make
one transaction, what to say of them, and which record is current afterwards. Nothing is written here; what makes no
sense is refused with a sentence.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from tui.annotator import owner_of
from tui.errors import NothingChangedError, RefusedError
from tui.exchange.anchoring import standing
from tui.model.article import Article
from tui.model.changes import Change, Transaction
from tui.model.edtf import is_edtf
from tui.model.ids import new_id
from tui.model.records import (
    GIST_LIMIT,
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Link,
    Record,
    Remark,
    Status,
    by_place,
    quote_of,
)
from tui.model.span import Span
from tui.session.overlapping import refuse_overlap
from tui.session.placing import View
from tui.store.index import RecordIndex
from tui.text.cells import fit, plain_line
from tui.text.numbers import counted
from tui.text.quotations import quoted

LABELLED = 24
"""Cells of a quote in what is said of a gesture: with what is to be settled next it fits 80 columns."""

NOT_RECORDED = "-"
"""What a person types for what is not to be recorded."""


@dataclass(frozen=True, slots=True)
class End:
    """What a key acts on: a claim that is there, or a span that becomes one in the same step."""

    article: str
    span: Span
    claim: str | None = None
    """The id of one's own claim, if it is one."""
    from_: str | None = None
    """`annotator/id`, if it is a colleague's claim: a copy of one's own is made of it."""
    of: Claim | None = field(default=None, compare=False)
    """The colleague's claim, as it is seen."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """One step of the reader: what changes, what to say of it, what is current afterwards."""

    label: str
    changes: tuple[Change, ...]
    current: str | None = None

    @property
    def transaction(self) -> Transaction:
        return Transaction(self.label, self.changes, current=self.current)


@dataclass(frozen=True, slots=True)
class Desk:
    """What gestures work on: one's own records, the articles by id, and where ids and times come from."""

    annotator: str
    records: RecordIndex
    """As they are recorded: what a change of them begins with."""
    view: View
    """Where they stand in the articles of now."""
    articles: dict[str, Article]
    now: Callable[[], str]
    """The time as records hold it: UTC, whole seconds, `2026-11-21T20:00:00Z`."""
    new_id: Callable[[str], str] = new_id
    kinds: frozenset[str] | None = None
    """The kinds of contradiction that config.yaml has; None: whatever they are."""
    remarks_on: Callable[[Record], tuple[Remark, ...]] = lambda _: ()
    """What everybody remarked on a record."""

    def claim_at(self, article: str, span: Span) -> Claim | None:
        """One's own claim that stands at exactly this span now, as it is recorded."""
        claims = self.view.claims_at(article, span)
        found = next((claim for claim in claims if claim.span == span), None)
        return self.records.claim(found.id) if found is not None else None

    def existing(self, end: End) -> Claim | None:
        """One's own claim that is there already for this end."""
        claim = self.records.claim(end.claim) if end.claim else None
        return claim or self._adopted(end) or self.claim_at(end.article, end.span)

    def _adopted(self, end: End) -> Claim | None:
        """One's own copy of a colleague's claim, wherever it stands in the article by now."""
        if end.from_ is None:
            return None
        found = (claim for claim in self.view.claims_in(end.article) if claim.from_ == end.from_)
        copy = next(found, None)
        return self.records.claim(copy.id) if copy is not None else None

    def new_claim(self, end: End) -> Claim:
        """A claim of this end that says nothing yet."""
        article = self.article(end.article)
        exact, prefix, suffix = _quote(article, end.span)
        return Claim(
            id=self.new_id("c"),
            annotator=self.annotator,
            article=article.id,
            text_sha256=article.sha256,
            span=end.span,
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            from_=end.from_,
            created=self.now(),
        )

    def article(self, id: str) -> Article:
        article = self.articles.get(id)
        if article is None:
            raise RefusedError(f"the article {id} is not there any more")
        return article


def _quote(article: Article, span: Span) -> tuple[str, str, str]:
    """The words of a span, and what stands before and after them."""
    if span.end > len(article.text):
        raise RefusedError("this stretch lies outside the article's text")
    return quote_of(article.text, span)


# --- claims ---


def tag(desk: Desk, end: End, name: str, *, add: bool = False) -> Gesture:
    """Give the claim this tag in place of those it has; with `add`, add it, or take it off if it is there."""
    claim = desk.existing(end)
    if claim is None:
        made = replace(desk.new_claim(end), tags=(name,))
        return Gesture(f"tagged {name}", (Change(None, made),), made.id)
    if not add:
        tags: tuple[str, ...] = (name,)
    elif name in claim.tags:
        tags = tuple(tag for tag in claim.tags if tag != name)
    else:
        tags = (*claim.tags, name)
    if tags == claim.tags:
        raise RefusedError(f"this claim is tagged {name} already")
    label = f"tagged {name}" if name in tags else f"took the tag {name} off"
    others = [tag for tag in claim.tags if tag not in (*tags, name)]
    if others:
        label += f" instead of {fit(plain_line(', '.join(others)), LABELLED)}"
    return Gesture(label, (Change(claim, replace(claim, tags=tags)),), claim.id)


def tag_all(desk: Desk, ends: Iterable[End], name: str) -> Gesture:
    """Add this tag to the claims of all these ends, made where there are none, as one step. Other tags stay: of many
    claims nobody sees which they have."""
    claims: dict[object, Claim] = {}
    for end in ends:
        claim = desk.existing(end)
        place = claim.id if claim is not None else (end.article, end.span)
        if place not in claims:
            claims[place] = claim or desk.new_claim(end)
    changes = []
    for claim in claims.values():
        before = desk.records.claim(claim.id)
        if name not in claim.tags:
            changes.append(Change(before, replace(claim, tags=(*claim.tags, name))))
    if not changes:
        raise RefusedError(f"tagged {name} already, all of it")
    label = f"tagged {counted(len(changes), 'claim')} {name}"
    if new := sum(change.before is None for change in changes):
        label += f", {new} new" if new < len(changes) else ", all new" if new > 1 else ", a new one"
    if left := len(claims) - len(changes):
        label += f"; {left} had it already"
    return Gesture(label, tuple(changes), changes[0].record.id if len(changes) == 1 else None)


def respan(desk: Desk, claim_id: str, span: Span) -> Gesture:
    """Let the claim take another span of its article; id, memo and links stay."""
    claim = _own(desk, claim_id)
    article = desk.article(desk.view.home(claim.article))
    _quote(article, span)  # refuses what lies outside
    moved = standing(claim, article, span)
    if (moved.span, moved.exact) == (claim.span, claim.exact) and moved.text_sha256 == claim.text_sha256:
        raise RefusedError("the claim has this span already: move an end of the selection first")
    other = desk.claim_at(article.id, span)
    if other is not None and other.id != claim.id:
        raise RefusedError(f"{other.id[:5]} is a claim of exactly this span already")
    return Gesture(f"moved the claim to {labelled(moved.exact)}", (Change(claim, moved),), claim.id)


def labelled(words: str) -> str:
    """The words of a claim as a label names them."""
    return quoted(fit(plain_line(words), LABELLED))


def set_said_by(desk: Desk, end: End, names: tuple[str, ...] | None) -> Gesture:
    """Record who says it, origin first; empty for the article in its own voice, None for not recorded."""
    if names is None:
        label = "took out who says it"
    else:
        names = tuple(" ".join(name.split()) for name in names)
        if "" in names:
            raise RefusedError("a name is missing in the chain of those who say it")
        label = f"said by {' › '.join(names)}" if names else "said by the article itself"
    return _set_on_claim(desk, end, label, lambda claim: replace(claim, said_by=names))


def speakers_in(text: str) -> tuple[str, ...] | None:
    """Who says it, as a person types it: `first > second`; nothing for the article itself, None for not recorded."""
    if text.strip() == NOT_RECORDED:
        return None
    return tuple(name for part in text.split(">") if (name := " ".join(part.split())))


def set_certainty(desk: Desk, end: End, certainty: Certainty | None) -> Gesture:
    label = f"certainty: {certainty or 'not recorded'}"
    return _set_on_claim(desk, end, label, lambda claim: replace(claim, certainty=certainty))


def set_when(desk: Desk, end: End, when: str | None) -> Gesture:
    if when is not None and not is_edtf(when):
        raise RefusedError(no_date(when))
    return _set_on_claim(desk, end, f"when: {when or 'not recorded'}", lambda claim: replace(claim, when=when))


def no_date(typed: str) -> str:
    """What is said of a time that is none, within the width of a small terminal."""
    return f"{labelled(typed)} is no date: write 2023-06-19, 2023-02, 2021/.."


def _set_on_claim(desk: Desk, end: End, label: str, change: Callable[[Claim], Claim]) -> Gesture:
    claim = desk.existing(end)
    if claim is not None:
        return _changed(claim, change(claim), label)
    bare = desk.new_claim(end)
    made = change(bare)
    if made == bare:
        raise NothingChangedError
    return Gesture(label, (Change(None, made),), made.id)


def _changed(before: Record, after: Record, label: str) -> Gesture:
    if after == before:
        raise NothingChangedError
    return Gesture(label, (Change(before, after),), after.id)


# --- any record ---


def set_gist(record: Claim | Link, gist: str | None) -> Gesture:
    if gist is not None:
        gist = " ".join(gist.split())
        if len(gist) > GIST_LIMIT:
            raise RefusedError(f"a gist has at most {GIST_LIMIT} characters, this one has {len(gist)}")
    return _changed(record, replace(record, gist=gist or None), "gist written" if gist else "gist taken out")


def set_memo(record: Claim | Link, memo: str | None) -> Gesture:
    memo = _trimmed(memo)
    return _changed(record, replace(record, memo=memo), "memo written" if memo else "memo taken out")


def set_article_memo(desk: Desk, article: str, memo: str | None) -> Gesture:
    memo = _trimmed(memo)
    label = f"memo on the article {'written' if memo else 'taken out'}"
    return _note_changed(desk, article, label, lambda note: replace(note, memo=memo))


def set_finished(desk: Desk, article: str, finished: bool) -> Gesture:
    label = f"article {'' if finished else 'not '}finished"
    return _note_changed(desk, article, label, lambda note: replace(note, finished=finished))


def _trimmed(memo: str | None) -> str | None:
    """A memo without empty lines around it; None if nothing is left."""
    return (memo or "").strip("\n") or None


def _note_changed(desk: Desk, article: str, label: str, change: Callable[[ArticleNote], ArticleNote]) -> Gesture:
    """A note that says nothing is none. One that was made under a former name of the article takes the present one."""
    before = desk.view.note(article)
    bare = ArticleNote(annotator=desk.annotator, article=article)
    after = change(before or bare)
    if after == (before or bare):
        raise NothingChangedError
    kept = None if replace(after, article=article) == bare else replace(after, article=article)
    if before is None or before.article == article:
        return Gesture(label, (Change(before, kept),))
    return Gesture(label, (Change(before, None), *([Change(None, kept)] if kept is not None else [])))


def delete(desk: Desk, record: Record, at_claim: str | None = None) -> Gesture:
    """Delete a record. A claim is taken out of its links, and a link left with one claim goes with it; for a group
    shown at one of its members, only that claim is taken out of it. The label names who remarked on what is gone."""
    done = _deleted(desk, record, at_claim)
    gone = [change.record for change in done.changes if change.after is None]
    names = dict.fromkeys(owner_of(remark.annotator) for each in gone for remark in desk.remarks_on(each))
    if others := [name for name in names if name != desk.annotator]:
        return replace(done, label=f"{done.label}; {' and '.join(others)} remarked on it")
    return done


def _deleted(desk: Desk, record: Record, at_claim: str | None) -> Gesture:
    match record:
        case Claim():
            changes = [without(link, (record.id,)) for link in desk.records.links_of(record.id)]
            gone = [change.record for change in changes if change.after is None]
            label = "deleted the claim"
            if gone:
                label += f" and {_counted(gone)} with it"
            if left := len(changes) - len(gone):
                label += f" and took it out of {left} {'other ' if gone else ''}link{'s' if left > 1 else ''}"
            return Gesture(label, (*changes, Change(record, None)))
        case DuplicateGroup() if at_claim in record.claims:
            change = without(record, (at_claim,))
            rest = " of the group" if change.after is not None else "; the group had two and is gone"
            return Gesture(f"took the claim out{rest}", (change,), at_claim)
        case Contradiction():
            return Gesture("deleted the contradiction", (Change(record, None),), at_claim)
        case DuplicateGroup():
            return Gesture("deleted the duplicate group", (Change(record, None),), at_claim)
        case _:
            return Gesture("deleted", (Change(record, None),))


def without(link: Link, claims: Collection[str | None]) -> Change:
    """Take these claims out of a link; left with one claim it is none."""
    left = tuple(claim for claim in link.claims if claim not in claims)
    return Change(link, replace(link, claims=left) if len(left) >= 2 else None)


def _counted(links: list[Record]) -> str:
    parts = []
    for kind, one, many in (
        (Contradiction, "a contradiction", "contradictions"),
        (DuplicateGroup, "a duplicate group", "duplicate groups"),
    ):
        count = sum(isinstance(link, kind) for link in links)
        if count:
            parts.append(one if count == 1 else f"{count} {many}")
    return " and ".join(parts)


# --- links ---


def _claims_for(desk: Desk, ends: Iterable[End]) -> tuple[list[Claim], list[Change]]:
    """The claims of these ends, made where there are none yet."""
    claims: list[Claim] = []
    changes: list[Change] = []
    for end in ends:
        claim = desk.existing(end) or next(
            (made for made in claims if (made.article, made.span) == (end.article, end.span)), None
        )
        if claim is None:
            claim = desk.new_claim(end)
            changes.append(Change(None, claim))
        if claim in claims:
            raise RefusedError("both ends are the same claim: go to another statement first")
        claims.append(claim)
    return claims, changes


def contradiction(desk: Desk, first: End, second: End) -> Gesture:
    """Record that the two can't both stand."""
    claims, changes = _claims_for(desk, (first, second))
    refuse_overlap(desk, (first, second), claims)
    ends = _in_order(desk, (), claims)
    refuse_twice(desk, ends)
    made = Contradiction(id=desk.new_id("x"), annotator=desk.annotator, claims=ends, created=desk.now())
    return Gesture("contradiction recorded", (*changes, Change(None, made)), made.id)


def duplicate(desk: Desk, first: End, second: End) -> Gesture:
    """Record that the two state the same thing: a new group, or the joining of groups that are there."""
    claims, changes = _claims_for(desk, (first, second))
    groups = _groups_of(desk, claims)
    if any({claim.id for claim in claims} <= set(group.claims) for group in groups):
        raise RefusedError("these two are in one duplicate group already")
    refuse_overlap(desk, (first, second), claims, {id for group in groups for id in group.claims})
    if groups:
        return _joined(desk, groups, claims, changes)
    ends = _in_order(desk, (), claims)
    made = DuplicateGroup(id=desk.new_id("d"), annotator=desk.annotator, claims=ends, created=desk.now())
    return Gesture("duplicate recorded", (*changes, Change(None, made)), made.id)


def add_to(desk: Desk, link: Link, end: End) -> Gesture:
    """Add one more claim to a contradiction or group; a group that claim is in is joined with it."""
    claims, changes = _claims_for(desk, (end,))
    if claims[0].id in link.claims:
        raise RefusedError("this claim is in it already")
    refuse_overlap(desk, (end,), claims, link.claims)
    if isinstance(link, DuplicateGroup):
        return _joined(desk, [link, *_groups_of(desk, claims)], claims, changes)
    ends = _in_order(desk, link.claims, claims)
    refuse_twice(desk, ends)
    label = f"added to the contradiction {_known_by(desk, link)}"
    return Gesture(label, (*changes, Change(link, replace(link, claims=ends))), link.id)


def refuse_twice(desk: Desk, ends: tuple[str, ...]) -> None:
    """Refuse a contradiction of claims that are marked as one already."""
    for link in desk.records.links_of(ends[0]):
        if isinstance(link, Contradiction) and set(link.claims) == set(ends):
            raise RefusedError(f"these are marked as a contradiction already ({link.id[:5]})")


def in_order(desk: Desk, claims: Iterable[Claim]) -> tuple[str, ...]:
    """These claims as the ends of a link."""
    return _in_order(desk, (), claims)


def joined(desk: Desk, claims: list[Claim], changes: list[Change]) -> Gesture | None:
    """These claims, which the changes make where they are new, in the group that some of them are in, several such
    groups joined; None where none of them is in one.

    Raises:
        RefusedError: all of them are in one group already.
    """
    groups = _groups_of(desk, claims)
    if any({claim.id for claim in claims} <= set(group.claims) for group in groups):
        raise RefusedError("these are in one duplicate group already")
    return _joined(desk, groups, claims, changes) if groups else None


def _groups_of(desk: Desk, claims: Iterable[Claim]) -> list[DuplicateGroup]:
    """The groups these claims are in: one for each at most, except where a merge of files made it several."""
    links = {link.id: link for claim in claims for link in desk.records.links_of(claim.id)}
    return [link for link in links.values() if isinstance(link, DuplicateGroup)]


def _joined(desk: Desk, groups: list[DuplicateGroup], claims: list[Claim], changes: list[Change]) -> Gesture:
    """One group of all of these, with the smallest id; what was written about the others stays in its memo."""
    kept, *others = sorted(groups, key=lambda group: group.id)
    gists = [group.gist for group in (kept, *others) if group.gist]
    texts = [text for group in (kept, *others) for text in (group.gist, group.memo) if text and text not in gists[:1]]
    after = replace(
        kept,
        claims=_in_order(desk, [id for group in groups for id in group.claims], claims),
        gist=gists[0] if gists else None,
        memo="\n\n".join(dict.fromkeys(texts)) or None,
        conflicts=tuple(conflict for group in (kept, *others) for conflict in group.conflicts),
        extra={key: value for group in (*reversed(others), kept) for key, value in group.extra.items()},
    )
    label = "duplicate groups joined" if others else f"added to the duplicate group {_known_by(desk, kept)}"
    return Gesture(label, (*changes, *(Change(group, None) for group in others), Change(kept, after)), kept.id)


def _known_by(desk: Desk, link: Link) -> str:
    """What a label names a link by: its gist, else the words of its first end that is there."""
    ends = filter(None, map(desk.records.claim, link.claims))
    return labelled(link.gist or next((claim.exact for claim in ends), link.id))


def set_kind(link: Contradiction, kind: str, *, add: bool = False) -> Gesture:
    """Say of what kind a contradiction is; with `add`, add the kind, or take it off if it is there."""
    if not add:
        kinds: tuple[str, ...] = (kind,)
    elif kind in link.kinds:
        kinds = tuple(other for other in link.kinds if other != kind)
    else:
        kinds = (*link.kinds, kind)
    return _changed(link, replace(link, kinds=kinds), f"contradiction of {', '.join(kinds) or 'no kind'}")


def set_status(link: Contradiction, status: Status) -> Gesture:
    return _changed(link, replace(link, status=status), f"contradiction {status}")


def _own(desk: Desk, id: str) -> Claim:
    claim = desk.records.claim(id)
    if claim is None:
        raise RefusedError("this claim is not there any more")
    return claim


def _in_order(desk: Desk, ids: Iterable[str], claims: Iterable[Claim]) -> tuple[str, ...]:
    """The ends of a link by article, span, id, as in its file; those whose claim is not there come last."""
    places = {claim.id: (0, *by_place(claim)) for claim in claims}
    for id in ids:
        claim = desk.records.claim(id)
        places[id] = (1, "", Span(0, 1), id) if claim is None else (0, *by_place(claim))
    return tuple(sorted(places, key=lambda id: places[id]))
