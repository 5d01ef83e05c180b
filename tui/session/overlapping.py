"""Links whose ends hold the same words: what an article says once can't say otherwise, or the same, a second time."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from tui.errors import RefusedError
from tui.model.records import Claim

if TYPE_CHECKING:
    from tui.session.gestures import Desk, End


def refuse_overlap(desk: "Desk", ends: Sequence["End"], claims: Sequence[Claim], linked: Collection[str] = ()) -> None:
    """Refuse to link ends, which these claims are, that overlap in one article, or overlap a claim that is `linked`
    already. A claim whose words are gone stands nowhere and overlaps nothing."""
    standing = [(end, claim) for end, claim in zip(ends, claims, strict=True) if not _is_orphan(desk, claim)]
    for number, (end, claim) in enumerate(standing):
        if any(end.article == other.article and end.span.overlaps(other.span) for other, _ in standing[:number]):
            raise RefusedError("both ends hold the same words of this article: mark an end that stands apart")
        there = desk.view.claims_at(end.article, end.span) if linked else ()
        if any(other.id in linked and other.id != claim.id for other in there):
            raise RefusedError("an end that is there already holds the same words of this article")


def _is_orphan(desk: "Desk", claim: Claim) -> bool:
    placed = desk.view.placed(claim.id)
    return placed is not None and placed.is_orphan
