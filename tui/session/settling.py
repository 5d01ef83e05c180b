"""Settling claims whose article changed: each is one gesture of the reader, and can be undone.

Taking another span is `gestures.respan`, deleting is `gestures.delete`.
"""

from tui.anchors import Outcome
from tui.errors import RefusedError
from tui.model.changes import Change
from tui.session.gestures import Desk, Gesture, labelled

GONE = "gone from the article: select the words that say it now and re-span it to them, or delete it"
"""What to do with a claim that stands nowhere: there is no place to accept."""


def accept(desk: Desk, claim_id: str) -> Gesture:
    """Let the claim have the place where it was found in the article of now, and the words that stand there."""
    placed = desk.view.placed(claim_id)
    if placed is None:
        raise RefusedError("there is nothing to settle about this claim")
    if placed.outcome is Outcome.UNSOUGHT:
        raise RefusedError("its words were not looked for yet: re-span or delete it, or open the workspace anew")
    if placed.is_orphan:
        raise RefusedError(GONE)
    now = placed.now
    for claim in desk.view.claims_at(now.article, now.span):
        if claim.span == now.span and claim.id != claim_id:
            raise RefusedError(f"{claim.id[:5]} is a claim of exactly these words already: re-span this one to others")
    return Gesture(f"accepted {labelled(now.exact)}", (Change(placed.claim, now),), claim_id)
