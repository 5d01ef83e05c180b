"""Taking over what a colleague recorded, as one's own: a copy that says where it is from."""

from collections.abc import Iterable
from dataclasses import replace

from tui.errors import RefusedError
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link
from tui.session import gestures
from tui.session.gestures import Desk, End, Gesture
from tui.session.session import Session
from tui.text.numbers import counted


def adopt(session: Session, record: Claim | Link) -> Gesture:
    """Make a colleague's record one's own, in one step: a claim with all that is said of it; a link with copies of
    those of its claims that one has no claim of.

    Raises:
        RefusedError: one has it already, or a claim of it stands nowhere any more.
    """
    if record.annotator == session.annotator:
        raise RefusedError("this record is yours already")
    if isinstance(record, Claim):
        return _claim(session, record)
    if session.missing_ends(record):
        raise RefusedError("an end of this link is missing: it can't be adopted")
    ends = tuple(
        dict.fromkeys(session.end_of(claim.article, claim.span, claim=claim) for claim in session.ends_of(record))
    )
    if isinstance(record, Contradiction):
        return _contradiction(session.desk, record, ends)
    return _group(session.desk, record, ends)


def _claim(session: Session, claim: Claim) -> Gesture:
    desk = session.desk
    end = session.end_of(claim.article, claim.span, claim=claim)
    label = f"adopted the claim from {claim.annotator}"
    there = desk.existing(end)
    if there is None:
        made = filled(desk.new_claim(end), claim)
        return Gesture(label, (Change(None, made),), made.id)
    if there.from_ != end.from_:
        raise RefusedError(
            f"you have a claim of exactly these words already ({there.id[:5]}): nothing is to be adopted"
        )
    # A copy that was made by linking says nothing yet.
    after = filled(there, claim)
    if there != filled(there, None) or after == there:
        raise RefusedError(f"you adopted this already ({there.id[:5]})")
    return Gesture(label, (Change(there, after),), there.id)


def filled(copy: Claim, claim: Claim | None) -> Claim:
    """The copy with what is said of this claim; without one, with nothing said."""
    if claim is None:
        return replace(copy, tags=(), gist=None, said_by=None, certainty=None, when=None, memo=None)
    return replace(
        copy,
        tags=claim.tags,
        gist=claim.gist,
        said_by=claim.said_by,
        certainty=claim.certainty,
        when=claim.when,
        memo=claim.memo,
    )


def _copies(desk: Desk, ends: Iterable[End]) -> tuple[list[Claim], list[Change]]:
    """One's own claims of these ends, and the changes that make those that are not there."""
    claims: dict[str, Claim] = {}
    changes = []
    for end in ends:
        claim = desk.existing(end)
        if claim is None and end.of is not None:
            claim = filled(desk.new_claim(end), end.of)
            changes.append(Change(None, claim))
        if claim is not None:
            claims[claim.id] = claim
    if len(claims) < 2:
        raise RefusedError("the ends of this link are one claim of yours: it can't be adopted")
    return list(claims.values()), changes


def _contradiction(desk: Desk, link: Contradiction, ends: tuple[End, ...]) -> Gesture:
    claims, changes = _copies(desk, ends)
    made = replace(
        link,
        id=desk.new_id("x"),
        annotator=desk.annotator,
        claims=gestures.in_order(desk, claims),
        created=desk.now(),
        conflicts=(),
        extra={},
    )
    gestures.refuse_twice(desk, made.claims)
    label = f"adopted the contradiction from {link.annotator}{_with(changes)}"
    return Gesture(label, (*changes, Change(None, made)), made.id)


def _group(desk: Desk, group: DuplicateGroup, ends: tuple[End, ...]) -> Gesture:
    """A group of one's own; where claims are in groups already, these are joined: a claim is in one at most."""
    claims, changes = _copies(desk, ends)
    joined = gestures.joined(desk, claims, changes)
    label = f"adopted the duplicate group from {group.annotator}{_with(changes)}"
    if joined is not None:
        return replace(joined, label=f"{label}; joined with yours")
    made = replace(
        group,
        id=desk.new_id("d"),
        annotator=desk.annotator,
        claims=gestures.in_order(desk, claims),
        created=desk.now(),
        conflicts=(),
        extra={},
    )
    return Gesture(label, (*changes, Change(None, made)), made.id)


def _with(changes: list[Change]) -> str:
    return f" with {counted(len(changes), 'claim')}" if changes else ""
