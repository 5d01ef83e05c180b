"""Simpler ways to find a claim again, to measure ours beside. None of them asks whether what is around came along."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from tui.anchors import Anchor, Outcome
from tui.anchors.alignment import align
from tui.anchors.tokens import Reader, plain
from tui.model.records import Claim
from tui.model.span import Span

Method: TypeAlias = Callable[[Sequence[Claim], str, str], list[Anchor]]
_LIKE = 75.0
"""How like a quote what is found must be, from 0 to 100, for the open search to take or propose it."""
_ORPHAN = Anchor(Outcome.ORPHANED, None)


def offsets_only(claims: Sequence[Claim], _old: str, new: str) -> list[Anchor]:
    return [Anchor(Outcome.SAME, claim.span) if claim.span.end <= len(new) else _ORPHAN for claim in claims]


def quote_and_context(claims: Sequence[Claim], _old: str, new: str) -> list[Anchor]:
    """The exact quote where its prefix and suffix are most alike."""
    return [_best_copy(claim, new) for claim in claims]


def _best_copy(claim: Claim, new: str) -> Anchor:
    best, place = -1.0, -1
    at = new.find(claim.exact)
    while at >= 0:
        end = at + len(claim.exact)
        like = ratio(claim.prefix, new[max(0, at - 40) : at]) + ratio(claim.suffix, new[end : end + 40])
        if like > best:
            best, place = like, at
        at = new.find(claim.exact, at + 1)
    return Anchor(Outcome.MOVED, Span(place, place + len(claim.exact))) if place >= 0 else _ORPHAN


def open_search(claims: Sequence[Claim], _old: str, new: str) -> list[Anchor]:
    """What is most like the quote, wherever it is."""
    found = []
    for claim in claims:
        hit = partial_ratio_alignment(claim.exact, new, score_cutoff=_LIKE) if len(claim.exact) <= len(new) else None
        found.append(_judged(claim, new, Span(hit.dest_start, hit.dest_end)) if hit else _ORPHAN)
    return found


def difference_alone(claims: Sequence[Claim], old: str, new: str) -> list[Anchor]:
    """From the first to the last token that stayed in its order, without a second look."""
    reader = Reader()
    before, after = reader.read(old), reader.read(new)
    image: dict[int, int] = {}
    for run in align(before.keys, after.keys):
        image.update((run.old + step, run.new + step) for step in range(run.length))
    found = []
    for claim in claims:
        start, end = before.range(claim.span.start, claim.span.end)
        places = [image[token] for token in range(start, end) if token in image]
        if 2 * len(places) < end - start or not places:
            found.append(_ORPHAN)
        else:
            found.append(_judged(claim, new, Span(after.starts[places[0]], after.ends[places[-1]])))
    return found


def _judged(claim: Claim, new: str, span: Span) -> Anchor:
    same = plain(span.of(new)) == plain(claim.exact)
    return Anchor(Outcome.MOVED if same else Outcome.CHANGED, span)


BASELINES: dict[str, Method] = {
    "offsets only": offsets_only,
    "exact quote + context": quote_and_context,
    "wide-open fuzzy search": open_search,
    "difference map alone": difference_alone,
}
