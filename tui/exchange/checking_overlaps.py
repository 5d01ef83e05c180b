"""What `check` says of links two ends of which hold the same words of one article."""

from collections.abc import Iterable, Iterator

from tui.model.records import Claim, by_place


def overlaps(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """The ids of the claims, each with the id of one before it that holds some of the same words. Claims made on
    different texts of an article are not compared."""
    before: Claim | None = None
    for claim in sorted(claims, key=lambda claim: (claim.text_sha256, by_place(claim))):
        same_text = before is not None and (before.article, before.text_sha256) == (claim.article, claim.text_sha256)
        if before is not None and same_text and before.span.overlaps(claim.span):
            yield claim.id, before.id
        # The one that reaches furthest is what the next may overlap.
        if before is None or not same_text or claim.span.end > before.span.end:
            before = claim
