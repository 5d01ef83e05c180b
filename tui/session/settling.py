"""Settling claims whose article changed: each is one gesture of the reader, and can be undone.

Taking another span is `gestures.respan`, deleting is `gestures.delete`.
"""

from collections.abc import Iterable

from tui.errors import RefusedError
from tui.exchange.anchoring import Placed
from tui.model.changes import Change
from tui.session.gestures import Desk, Gesture


def accept(desk: Desk, claim_id: str) -> Gesture:
    """Let the claim have the place where it was found in the article of now, and the words that stand there."""
    placed = desk.view.placed(claim_id)
    if placed is None:
        raise RefusedError("there is nothing to settle about this claim")
    if placed.is_orphan:
        raise RefusedError(
            "its words are not in the article any more, so there is no place to accept: select the words that say it "
            "now and press ! r, or ! x deletes it"
        )
    other = next(
        (
            claim
            for claim in desk.view.claims_at(placed.now.article, placed.now.span)
            if claim.span == placed.now.span and claim.id != claim_id
        ),
        None,
    )
    if other is not None:
        raise RefusedError(f"{other.id[:5]} is a claim of exactly these words already: ! r gives this one others")
    return Gesture("accepted what stands there now", (Change(placed.claim, placed.now),), claim_id)


def reanchored(desk: Desk, placed: Iterable[Placed]) -> Gesture:
    """Write where claims stand now that need nobody's help, and the present names of renamed articles, also with the
    claims that are still to be settled and the notes."""
    changes = []
    for one in placed:
        ...
    return Gesture("", tuple(changes))
