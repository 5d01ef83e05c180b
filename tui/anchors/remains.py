"""What is left of a claim of which some words went or changed, and what was put in their place."""

from tui.anchors.alignment import Run
from tui.anchors.context import came_along
from tui.anchors.difference import MOST_RUNS, NOWHERE, Difference

_SURVIVES = 0.5
"""The part of a claim's characters that must have stayed for what is there now to be proposed in its place."""
_TOGETHER = 0.75
"""The part of what stayed that must stand together; a claim that was torn apart has no place."""
_APART = 0.3
"""How much of what stayed a character put in between outweighs, when it is asked what stands together."""
_CORRECTED = 4
"""Tokens of a claim that counts as corrected if all of them were replaced within a sentence."""


def remains(difference: Difference, claim: tuple[int, int], runs: list[Run]) -> tuple[int, int] | None:
    """The new tokens that stand for these old ones, of which `runs` stayed; None if too little of them is left.

    They reach from the first to the last that stayed, with what was put in the place of those at the ends. At least
    half of the claim's characters must have stayed: with less, what stands there now is more likely another claim.
    There is one exception: a few words replaced by a few, in a sentence that stayed on both sides of them, as a
    figure that was corrected.
    """
    start, end = claim
    old = difference.old
    least = _SURVIVES * (old.sizes[end] - old.sizes[start])
    kept = difference.kept(start, end)
    if kept < least:
        return _correction(difference, claim)
    together = sorted(runs, key=lambda run: run.new)
    if len(runs) <= MOST_RUNS:  # of more only some are known here: that they stand together is taken for granted
        together = _together(difference, together)
        if sum(map(difference.size, together)) < max(least, _TOGETHER * kept):
            return None
    first, last = together[0], together[-1]
    new_start, new_end = first.new, last.new + last.length
    if first.old == min(run.old for run in together):
        new_start -= _put_in(difference, first.old - 1, new_start - 1, first.old - start, -1)
    if last.old == max(run.old for run in together):
        stop = last.old + last.length
        new_end += _put_in(difference, stop, new_end, end - stop, 1)
    return new_start, new_end


def _together(difference: Difference, runs: list[Run]) -> list[Run]:
    """Of runs in the order of the new text those that stand close to each other: they outweigh what is between."""
    sizes = difference.new.sizes
    best, most = (0, 0), 0.0
    first, weight, at = 0, 0.0, 0
    for index, run in enumerate(runs):
        weight -= _APART * (sizes[run.new] - sizes[at])
        if weight <= 0:
            first, weight = index, 0.0
        weight += difference.size(run)
        at = run.new + run.length
        if weight > most:
            best, most = (first, index + 1), weight
    return runs[slice(*best)]


def _put_in(difference: Difference, token: int, place: int, gone: int, step: int) -> int:
    """How many new tokens were put in the place of the `gone` ones at an end of a claim.

    `token` and `place` are the first beyond what stayed, in the old text and in the new one; `step` leads away from
    it. What was put in may stand for more than the claim's tokens. Then they get all of it if they are all that went,
    and their part if it was replaced word for word; never more than a sentence, and not many times their number.
    """
    if not gone:
        return 0
    went = 0
    while went <= 2 * gone and 0 <= token < len(difference.old) and difference.image[token] == NOWHERE:
        went, token = went + 1, token + step
    most, came = 2 * gone + 3, 0
    while came <= most and 0 <= place < len(difference.new) and difference.source[place] == NOWHERE:
        if difference.new.ends_sentence(place if step < 0 else place - 1):
            break
        came, place = came + 1, place + step
    if went == gone:
        return came if came <= most else gone
    return gone if gone < went == came else 0


def _correction(difference: Difference, claim: tuple[int, int]) -> tuple[int, int] | None:
    """What was put in the place of a claim of few words, in a sentence that stayed on both sides of it."""
    start, end = claim
    old, new, image = difference.old, difference.new, difference.image
    if end - start > _CORRECTED:
        return None
    left, right = start - 1, end
    while left > 0 and image[left] == NOWHERE and start - left <= _CORRECTED:
        left -= 1
    while right < len(old) - 1 and image[right] == NOWHERE and right - end < _CORRECTED:
        right += 1
    if left < 0 or right >= len(old) or NOWHERE in (image[left], image[right]):
        return None
    new_start, new_end = image[left] + 1, image[right]
    if not new_start < new_end <= new_start + 2 * _CORRECTED:
        return None
    if any(map(old.ends_sentence, range(left, right))) or any(map(new.ends_sentence, range(new_start - 1, new_end))):
        return None
    if new_end - new_start == right - left - 1:  # word for word
        new_start, new_end = new_start + start - left - 1, new_end - (right - end)
    return (new_start, new_end) if came_along(difference, claim, (new_start, new_end)) else None
