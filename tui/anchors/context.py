"""Whether what stands around a claim came along to the place where its words were found."""

from collections.abc import Sequence

from tui.anchors.difference import NOWHERE, Difference
from tui.anchors.tokens import Tokens

_REACH = 40
"""Characters to either side that speak for a place or against it."""
_LEAST = 12
"""With fewer in the claim's own sentence the neighbouring sentences are asked."""
_ENOUGH = 0.6
"""The part of the sentence around the claim that must have come along."""
_ENOUGH_BESIDE = 0.75
"""The part of what stands on one side of it, where the claim is all of a sentence."""
_SLACK = 12
"""Tokens that may have been put between a claim and what came along."""


def came_along(difference: Difference, claim: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether most of what is around these old tokens is also around those new ones.

    The claim's own sentence is asked, in both texts. Where the claim leaves next to nothing of it, or where the
    sentence stands more than once, what is before or behind it is: one side is enough, as a neighbour may have gone
    or come.
    """
    if not _touched(difference, claim, place):
        return False
    sides = _sides(difference, claim, place, inside=True)
    kept, total = sum(side[0] for side in sides), sum(side[1] for side in sides)
    if total >= _LEAST and kept < _ENOUGH * total:
        return False
    sentence = difference.old.sentence(*claim)
    if total >= _LEAST and difference.tells_apart(*sentence):
        return True
    before, after = claim[0] - sentence[0], sentence[1] - claim[1]
    there = max(place[0] - before, 0), min(place[1] + after, len(difference.new))
    beside = _sides(difference, sentence, there, inside=False)
    return any(kept >= _ENOUGH_BESIDE * total for kept, total in beside)  # also where both texts begin or end there


def _touched(difference: Difference, claim: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether a short claim has at least one of its neighbours beside it still: single words recur by chance."""
    old, new, image = difference.old, difference.new, difference.image
    if old.sizes[claim[1]] - old.sizes[claim[0]] >= _LEAST:
        return True
    if claim[0] == place[0] == 0 or (claim[1] == len(old) and place[1] == len(new)):
        return True
    before = claim[0] > 0 and image[claim[0] - 1] == place[0] - 1 != NOWHERE
    return before or (claim[1] < len(old) and image[claim[1]] == place[1])


def _sides(
    difference: Difference, claim: tuple[int, int], place: tuple[int, int], inside: bool
) -> list[tuple[int, int]]:
    """Of the characters before and after the claim how many came along, and how many are asked; the worse text's."""
    old, new = difference.old, difference.new
    sides = []
    for step in (0, 1):
        here = _side(old, claim[step], place[step], difference.image, step == 1, inside)
        there = _side(new, place[step], claim[step], difference.source, step == 1, inside)
        sides.append(max(here, there, key=lambda side: side[1] - side[0]))
    return sides


def _side(
    tokens: Tokens, edge: int, other: int, mapped: Sequence[int], forwards: bool, inside: bool
) -> tuple[int, int]:
    kept = total = 0
    token = edge if forwards else edge - 1
    while 0 <= token < len(tokens) and total < _REACH:
        if inside and tokens.ends_sentence(token - 1 if forwards else token):
            break
        size = tokens.size(token)
        total += size
        place = mapped[token]
        distance = (place - other) - (token - edge)
        if place != NOWHERE and (place >= other if forwards else place < other) and abs(distance) <= _SLACK:
            kept += size
        token += 1 if forwards else -1
    return kept, total
