"""What one gesture of the reader changes, worked out on values alone.

Every function here takes a `Desk`, what lies before the reader, and answers with a `Gesture`: the changes that make
one transaction, what to say of them, and which record is current afterwards. Nothing is written here; what makes no
sense is refused with a sentence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.changes import Change, Transaction
from tui.model.edtf import is_edtf
from tui.model.ids import new_id
from tui.model.records import (
    CONTEXT,
    GIST_LIMIT,
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Link,
    Record,
    Status,
    by_place,
)
from tui.model.span import Span
from tui.store.index import RecordIndex


@dataclass(frozen=True, slots=True)
class End:
    """What a key acts on: a claim that is there, or a span that becomes one in the same step."""

    article: str
    span: Span
    claim: str | None = None
    """The id of one's own claim, if it is one."""
    from_: str | None = None
    """`annotator/id`, if it is a colleague's claim: a copy of one's own is made of it."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """One step of the reader: what changes, what to say of it, what is current afterwards."""

    label: str
    changes: tuple[Change, ...]
    current: str | None = None

    @property
    def transaction(self) -> Transaction:
        return Transaction(self.label, self.changes)


@dataclass(frozen=True, slots=True)
class Desk:
    """What gestures work on: one's own records, the articles by id, and where ids and times come from."""

    annotator: str
    records: RecordIndex
    articles: dict[str, Article]
    now: Callable[[], str]
    """The time as records hold it: UTC, whole seconds, `2026-11-21T20:00:00Z`."""
    new_id: Callable[[str], str] = new_id

    def claim_at(self, article: str, span: Span) -> Claim | None:
        """One's own claim of exactly this span."""
        return next((claim for claim in self.records.claims_in(article) if claim.span == span), None)

    def new_claim(self, end: End, **fields: object) -> Claim:
        article = self.articles[end.article]
        if end.span.end > len(article.text):
            raise RefusedError("this stretch lies outside the article's text")
        values: dict[str, object] = dict(
            id=self.new_id("c"),
            annotator=self.annotator,
            article=article.id,
            from_=end.from_,
            created=self.now(),
            **_quote(article, end.span),
        )
        return Claim(**(values | fields))  # type: ignore[arg-type]

    def existing(self, end: End) -> Claim | None:
        claim = self.records.claim(end.claim) if end.claim else None
        return claim or self.claim_at(end.article, end.span)


def _quote(article: Article, span: Span) -> dict[str, object]:
    """The fields of a claim that say where it stands."""
    text = article.text
    return {
        "text_sha256": article.sha256,
        "span": span,
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }


# --- claims ---


def tag(desk: Desk, end: End, name: str, *, add: bool = False) -> Gesture:
    """Give the claim this tag in place of those it has; with `add`, add it, or take it off if it is there."""
    claim = desk.existing(end)
    if claim is None:
        made = desk.new_claim(end, tags=(name,))
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
    return Gesture(label, (Change(claim, replace(claim, tags=tags)),), claim.id)


def respan(desk: Desk, claim_id: str, span: Span) -> Gesture:
    """Let the claim take another span of its article; id, memo and links stay."""
    claim = _own(desk, claim_id)
    if span == claim.span:
        raise RefusedError("the claim has this span already: move an end of the selection first")
    other = desk.claim_at(claim.article, span)
    if other is not None:
        raise RefusedError(f"{other.id[:5]} is a claim of exactly this span already")
    moved = replace(claim, **_quote(desk.articles[claim.article], span))  # type: ignore[arg-type]
    return Gesture("moved the claim to the selection", (Change(claim, moved),), claim.id)


def set_said_by(desk: Desk, end: End, names: tuple[str, ...] | None) -> Gesture:
    """Record who says it, origin first; empty for the article in its own voice, None for not recorded."""
    if names is None:
        label = "took out who says it"
    else:
        label = f"said by {' › '.join(names)}" if names else "said by the article itself"
    return _set_on_claim(desk, end, label, said_by=names)


def set_certainty(desk: Desk, end: End, certainty: Certainty | None) -> Gesture:
    return _set_on_claim(desk, end, f"certainty: {certainty or 'not recorded'}", certainty=certainty)


def set_when(desk: Desk, end: End, when: str | None) -> Gesture:
    if when is not None and not is_edtf(when):
        raise RefusedError(f"“{when[:40]}” is no date: 2023-06-19, 2023-02, 2021/.. and the like are")
    return _set_on_claim(desk, end, f"when: {when or 'not recorded'}", when=when)


def _set_on_claim(desk: Desk, end: End, label: str, **fields: object) -> Gesture:
    claim = desk.existing(end)
    if claim is None:
        made = desk.new_claim(end, **fields)
        return Gesture(label, (Change(None, made),), made.id)
    return _set(claim, label, **fields)


def _set(record: Record, label: str, **fields: object) -> Gesture:
    changed = replace(record, **fields)  # type: ignore[arg-type]
    if changed == record:
        raise RefusedError("nothing changed")
    return Gesture(label, (Change(record, changed),), record.id)


# --- any record ---


def set_gist(record: Claim | Link, gist: str | None) -> Gesture:
    if gist is not None:
        gist = " ".join(gist.split())
        if len(gist) > GIST_LIMIT:
            raise RefusedError(f"a gist has at most {GIST_LIMIT} characters, this one has {len(gist)}")
    return _set(record, "gist written" if gist else "gist taken out", gist=gist or None)


def set_memo(record: Claim | Link, memo: str | None) -> Gesture:
    memo = (memo or "").strip("\n") or None
    return _set(record, "memo written" if memo else "memo taken out", memo=memo)


def set_article_memo(desk: Desk, article: str, memo: str | None) -> Gesture:
    memo = (memo or "").strip("\n") or None
    return _set_note(
        desk, article, "memo on the article written" if memo else "memo on the article taken out", memo=memo
    )


def set_finished(desk: Desk, article: str, finished: bool) -> Gesture:
    return _set_note(desk, article, "article finished" if finished else "article not finished", finished=finished)


def _set_note(desk: Desk, article: str, label: str, **fields: object) -> Gesture:
    before = desk.records.note(article)
    bare = ArticleNote(annotator=desk.annotator, article=article)
    after = replace(before or bare, **fields)  # type: ignore[arg-type]
    if after == (before or bare):
        raise RefusedError("nothing changed")
    return Gesture(label, (Change(before, None if after == bare else after),))


def delete(desk: Desk, record: Record, at_claim: str | None = None) -> Gesture:
    """Delete a record. A claim is taken out of its links, and a link left with one claim goes with it; for a group
    shown at one of its members, only that claim is taken out of it."""
    match record:
        case Claim():
            changes = [change for link in desk.records.links_of(record.id) for change in _without(link, record.id)]
            gone = [change.record for change in changes if change.after is None]
            label = "deleted the claim"
            if gone:
                label += " and " + _counted(gone)
            elif changes:
                label += f" and took it out of {len(changes)} link{'s' if len(changes) > 1 else ''}"
            return Gesture(label, (*changes, Change(record, None)))
        case DuplicateGroup() if at_claim in record.claims:
            changes = list(_without(record, at_claim))
            if changes[0].after is None:
                return Gesture("took the claim out; the group had two and is gone", tuple(changes), at_claim)
            return Gesture("took the claim out of the group", tuple(changes), at_claim)
        case Contradiction():
            return Gesture("deleted the contradiction", (Change(record, None),), at_claim)
        case DuplicateGroup():
            return Gesture("deleted the duplicate group", (Change(record, None),), at_claim)
        case _:
            return Gesture("deleted", (Change(record, None),))


def _without(link: Link, claim: str | None) -> Iterable[Change]:
    left = tuple(other for other in link.claims if other != claim)
    yield Change(link, replace(link, claims=left) if len(left) >= 2 else None)


def _counted(links: list[Record]) -> str:
    parts = []
    for kind, one, many in (
        (Contradiction, "a contradiction", "contradictions"),
        (DuplicateGroup, "a duplicate group", "duplicate groups"),
    ):
        count = sum(isinstance(link, kind) for link in links)
        if count:
            parts.append(one if count == 1 else f"{count} {many}")
    return " and ".join(parts) + " with it"


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
    ids = {claim.id for claim in claims}
    for link in desk.records.links_of(claims[0].id):
        if isinstance(link, Contradiction) and set(link.claims) == ids:
            raise RefusedError(f"these two are marked as a contradiction already ({link.id[:5]})")
    made = Contradiction(
        id=desk.new_id("x"),
        annotator=desk.annotator,
        claims=_ordered(claims),
        created=desk.now(),
    )
    return Gesture("contradiction recorded", (*changes, Change(None, made)), made.id)


def duplicate(desk: Desk, first: End, second: End) -> Gesture:
    """Record that the two state the same thing: a new group, or the joining of groups that are there."""
    claims, changes = _claims_for(desk, (first, second))
    groups = [group for claim in claims if (group := desk.records.group_of(claim.id)) is not None]
    if len(groups) == 2 and groups[0].id == groups[1].id:
        raise RefusedError("these two are in one duplicate group already")
    if not groups:
        made = DuplicateGroup(
            id=desk.new_id("d"),
            annotator=desk.annotator,
            claims=_ordered(claims),
            created=desk.now(),
        )
        return Gesture("duplicate recorded", (*changes, Change(None, made)), made.id)
    kept, *joined = sorted(groups, key=lambda group: group.id)
    members = {id: None for group in groups for id in group.claims} | {claim.id: None for claim in claims}
    known = {claim.id: claim for claim in claims}
    memos = [group.memo for group in (kept, *joined) if group.memo]
    after = replace(
        kept,
        claims=_ordered([known.get(id) or _own(desk, id) for id in members]),
        gist=next((group.gist for group in (kept, *joined) if group.gist), None),
        memo="\n\n".join(memos) or None,
    )
    changes += [Change(group, None) for group in joined]
    label = "two duplicate groups joined" if joined else "added to the duplicate group"
    return Gesture(label, (*changes, Change(kept, after)), kept.id)


def add_to(desk: Desk, link: Link, end: End) -> Gesture:
    """Add one more claim to a contradiction or group."""
    claims, changes = _claims_for(desk, (end,))
    (claim,) = claims
    if claim.id in link.claims:
        raise RefusedError("this claim is in it already")
    if isinstance(link, DuplicateGroup):
        member = _own(desk, link.claims[0])
        return duplicate(desk, End(member.article, member.span, member.id), end)
    after = replace(link, claims=_ordered([*(_own(desk, id) for id in link.claims), claim]))
    return Gesture("added to the contradiction", (*changes, Change(link, after)), link.id)


def set_kind(link: Contradiction, kind: str, *, add: bool = False) -> Gesture:
    """Say of what kind a contradiction is; with `add`, add the kind, or take it off if it is there."""
    if not add:
        kinds: tuple[str, ...] = (kind,)
    elif kind in link.kinds:
        kinds = tuple(other for other in link.kinds if other != kind)
    else:
        kinds = (*link.kinds, kind)
    return _set(link, f"contradiction of {', '.join(kinds) or 'no kind'}", kinds=kinds)


def set_status(link: Contradiction, status: Status) -> Gesture:
    return _set(link, f"contradiction {status}", status=status)


def _own(desk: Desk, id: str) -> Claim:
    claim = desk.records.claim(id)
    if claim is None:
        raise RefusedError("this claim is not there any more")
    return claim


def _ordered(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Ends of a link stand by article, span, id, here as in the file."""
    return tuple(claim.id for claim in sorted(claims, key=by_place))
