"""Where claims went when the text of their article changed.

A difference map from the old text to the new one says what stayed; what it leaves over on both sides is searched for
passages that moved. So a quote that moved can only land in text that is new, never on a copy of itself that was there
before. A wrong place is worse than none: where the words or the place are in doubt, a person is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.model.records import CONTEXT, Claim
from tui.model.span import Span

# Imported where they are used: they are heavy, and where nothing changed nobody needs them.
if TYPE_CHECKING:
    from tui.anchors.difference import Difference
    from tui.anchors.search import Search


class Outcome(StrEnum):
    """What became of a claim's place."""

    SAME = "same"
    """The same words at the same offsets, and nothing to be done."""
    MOVED = "moved"
    """The same words elsewhere, or in other typography; the place is sure."""
    CHANGED = "changed"
    """There is a place, but its words differ, or it is a proposal: a person has to confirm it."""
    ORPHANED = "orphaned"
    """No place by a margin."""
    UNSOUGHT = "not looked for yet"
    """What is said of a claim before anybody asked; no anchor has it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a claim stands in the new text."""

    outcome: Outcome
    span: Span | None
    """None for an orphan."""
    near: int | None = None
    """For an orphan, the offset in the new text where it would have stood; None if that is not known."""


def anchor_claims(claims: Sequence[Claim], old: str | None, new: str) -> list[Anchor]:
    """Say where each of `claims` went from the text `old` to `new`; one anchor a claim, in order.

    `old` is the text on which all of them were made, None where it isn't known. Words are the same if they differ in
    typography only: quotation marks, dashes, ellipses, white space, invisible characters, composed accents. Case is
    more than typography.

    Without `old`, and for a claim that `old` doesn't bear out, the quote is sought with its context. What is found so
    is a proposal, CHANGED, unless quote and context stand unaltered where the claim says.
    """
    anchorer = Anchorer(old, new)
    return [anchorer.anchor(claim) for claim in claims]


class Anchorer:
    """One old and one new text; what is worked out for all claims is worked out once, when first needed. The claims
    are as `anchor_claims` wants them."""

    def __init__(self, old: str | None, new: str) -> None:
        from tui.anchors.tokens import Reader

        self._old, self._new = old, new
        self.size = len(old or "") + len(new)
        """Characters in both texts: what the first claim costs grows with them."""
        self._reader = Reader()
        self._difference: Difference | None = None
        self._search: Search | None = None

    @property
    def is_worked_out(self) -> bool:
        """Whether a claim costs no more than itself from now on."""
        return (self._search if self._old is None else self._difference) is not None

    def bears_out(self, claim: Claim) -> bool:
        """Whether the old text is known and says what the claim does; where not, it has to be sought."""
        return self._old is not None and claim.stands_in(self._old)

    def anchor(self, claim: Claim) -> Anchor:
        if self.bears_out(claim):
            if self._old == self._new:
                return Anchor(Outcome.SAME, claim.span)
            return self._by_difference(claim)
        return self._by_search(claim)

    def _by_difference(self, claim: Claim) -> Anchor:
        from tui.anchors.difference import Difference
        from tui.anchors.placing import place

        if self._difference is None:
            assert self._old is not None
            self._difference = Difference(self._reader.read(self._old), self._reader.read(self._new))
        found = place(self._difference, claim.span)
        if found is None:
            token, _ = self._difference.old.range(claim.span.start, claim.span.end)
            return Anchor(Outcome.ORPHANED, None, self._difference.near(token))
        if not found.sure:
            return Anchor(Outcome.CHANGED, found.span)
        unaltered = found.span == claim.span and claim.stands_in(self._new)
        return Anchor(Outcome.SAME if unaltered else Outcome.MOVED, found.span)

    def _by_search(self, claim: Claim) -> Anchor:
        if _stands_with_context(claim, self._new):
            return Anchor(Outcome.SAME, claim.span)
        if self._search is None:
            from tui.anchors.search import Search

            self._search = Search(self._reader, self._reader.read(self._new))
        found = self._search.find(claim)
        return Anchor(Outcome.CHANGED, found) if found else Anchor(Outcome.ORPHANED, None)


def _stands_with_context(claim: Claim, text: str) -> bool:
    """Whether quote, prefix and suffix stand in `text` where the claim says, in full."""
    start, end = claim.span.start, claim.span.end
    return (
        claim.stands_in(text)
        and claim.prefix == text[max(0, start - CONTEXT) : start]
        and claim.suffix == text[end : end + CONTEXT]
    )
