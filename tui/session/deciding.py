"""Deciding on what the program proposes: a person accepts a pair, which links it, or rejects it for good.

A decision speaks of the statements as they were proposed, also where the reader marks less of them: it is by their
words that the pair is known again.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from tui.errors import NothingChangedError, RefusedError
from tui.exchange.pairs import Pair, pair_decided, pair_of
from tui.model.changes import Change
from tui.model.ids import ALPHABET
from tui.model.records import Claim, Contradiction, Decision, DuplicateGroup, Link, Passage, SuggestionKind, Verdict
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import Desk, End, Gesture
from tui.session.suggesting import marks
from tui.suggest.suggestion import Suggestion

SUGGESTED = "suggestion"
"""Where a claim was taken from that accepting made."""


def accept(
    desk: Desk,
    suggestion: Suggestion,
    *,
    kind: SuggestionKind | None = None,
    contradiction_kinds: Iterable[str] | None = None,
    a: Span | None = None,
    b: Span | None = None,
) -> Gesture:
    """Link both sides as the keys for it do, and record the decision: all of it one step.

    As what it is proposed, or as another `kind`: then it is rejected as the first. The spans are those of the
    statements, or what the reader marked of them. A contradiction is of the kinds that were proposed, or of these, as
    far as config.yaml has them. Where the sides are linked already, the decision alone is recorded.

    Raises:
        RefusedError: the articles do not say this any more, or both sides are one claim.
        NothingChangedError: it is accepted and linked already.
    """
    kind = kind or suggestion.kind
    _refuse_stale(desk, suggestion)
    ends = (End(suggestion.a.article, a or suggestion.a.span), End(suggestion.b.article, b or suggestion.b.span))
    link = _link_between(desk, kind, *ends)
    if link is not None:
        linked = Gesture("accepted: these are linked already", (), link.id)
    elif kind is SuggestionKind.DUPLICATE:
        linked = gestures.duplicate(desk, *ends)
    else:
        linked = gestures.contradiction(desk, *ends)
        proposed = suggestion.contradiction_kinds if contradiction_kinds is None else contradiction_kinds
        kinds = tuple(kind for kind in proposed if desk.kinds is None or kind in desk.kinds)
        linked = replace(linked, changes=tuple(_of_kinds(change, kinds) for change in linked.changes))
    decisions = _decided(desk, suggestion, kind, Verdict.ACCEPTED)
    if kind is not suggestion.kind:
        decisions += _decided(desk, suggestion, suggestion.kind, Verdict.REJECTED)
    changes = (*map(_suggested, linked.changes), *decisions)
    if not changes:
        raise NothingChangedError
    return replace(linked, changes=changes)


def reject(desk: Desk, suggestion: Suggestion) -> Gesture:
    """Record that the pair is not what it is proposed as.

    Raises:
        RefusedError: the articles do not say this any more.
        NothingChangedError: it is rejected already.
    """
    _refuse_stale(desk, suggestion)
    changes = _decided(desk, suggestion, suggestion.kind, Verdict.REJECTED)
    if not changes:
        raise NothingChangedError
    return Gesture(f"rejected as {suggestion.kind}", changes)


def decision_id(kind: SuggestionKind, a: Passage, b: Passage) -> str:
    """The id of a decision on this pair: the same on every machine, so that two decisions on it are one record."""
    pair = pair_of(kind, a, b)
    digest = sha256(json.dumps(pair).encode()).digest()
    return "s" + "".join(ALPHABET[byte % 32] for byte in digest[:12])


def _refuse_stale(desk: Desk, suggestion: Suggestion) -> None:
    for side in (suggestion.a, suggestion.b):
        if side.span.of(desk.article(side.article).text) != side.exact:
            raise RefusedError("the article was changed since this was proposed, and says something else now")


def _of_kinds(change: Change, kinds: tuple[str, ...]) -> Change:
    """The contradiction that is made, with the kinds it is of."""
    made = change.after
    if not isinstance(made, Contradiction):
        return change
    return replace(change, after=replace(made, kinds=tuple(dict.fromkeys(kinds))))


def _suggested(change: Change) -> Change:
    """A claim that is made by accepting, with where it was taken from."""
    made = change.after
    if change.before is not None or not isinstance(made, Claim):
        return change
    return replace(change, after=replace(made, from_=SUGGESTED))


def _link_between(desk: Desk, kind: SuggestionKind, first: End, second: End) -> Link | None:
    """One's own link of this kind that joins claims which mark these two stretches."""
    wanted = DuplicateGroup if kind is SuggestionKind.DUPLICATE else Contradiction
    firsts, seconds = (
        {claim.id for claim in desk.view.claims_at(end.article, end.span) if marks(claim.span, end.span)}
        for end in (first, second)
    )
    for claim in sorted(firsts):
        for link in desk.records.links_of(claim):
            if isinstance(link, wanted) and seconds.intersection(link.claims) - {claim}:
                return link
    return None


def _decided(desk: Desk, suggestion: Suggestion, kind: SuggestionKind, verdict: Verdict) -> tuple[Change, ...]:
    """The change that lets this be decided so; none where it is."""
    a, b = sorted((suggestion.a, suggestion.b), key=lambda side: (side.article, side.span))
    before = _decision_on(desk, pair_of(kind, a, b))
    if before is not None:
        # Deciding again settles what a merge of two verdicts left open.
        left = tuple(
            each for each in before.conflicts if not (isinstance(each, dict) and each.get("field") == "verdict")
        )
        after = replace(before, verdict=verdict, conflicts=left)
        return (Change(before, after),) if after != before else ()
    id = decision_id(kind, a, b)
    if desk.records.standing(f"decisions/{id}") is not None:  # by hand, of another pair
        id = desk.new_id("s")
    made = Decision(id=id, annotator=desk.annotator, kind=kind, verdict=verdict, a=a, b=b, created=desk.now())
    return (Change(None, made),)


def _decision_on(desk: Desk, pair: Pair) -> Decision | None:
    """One's own decision on this pair, as it is recorded."""
    kind, (first, _), (second, _) = pair
    seen = desk.view.records
    for decision in sorted(seen.decisions_in(first), key=lambda one: one.id):
        is_like = decision.kind is kind and {decision.a.article, decision.b.article} == {first, second}
        if is_like and pair_decided(decision) == pair:
            recorded = desk.records.standing(f"decisions/{decision.id}")
            return recorded if isinstance(recorded, Decision) else None
    return None
