"""Where one claim went, going by the difference between its text and the new one."""

from dataclasses import dataclass

from tui.anchors.alignment import Run
from tui.anchors.context import came_along
from tui.anchors.difference import Difference
from tui.anchors.remains import remains
from tui.anchors.tokens import Tokens, plain
from tui.model.span import Span

_TELLING = 30
"""Characters of a quote that speaks for itself where it is in each text just once."""
_TELLING_TOKENS = 5
_LONG_SENTENCE = 200
"""Tokens in which the end of a sentence is sought."""
_KNOWN = 0.5
"""The part of an unchanged claim that must be known to be the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a claim. `sure`: the words are the claim's, and so is the place; else a person must look."""

    span: Span
    sure: bool


def place(difference: Difference, span: Span) -> Place | None:
    """Where the words of `span`, in the old text, stand in the new one; None if too little of them is left.

    The place is sure if all of the claim stands there unchanged, typography aside, and what is around it came along
    or the words are telling enough by themselves.

    What the place of a changed claim is, and how much must be left of it, says `remains`.
    """
    claim = difference.old.range(span.start, span.end)
    if claim[0] >= claim[1]:
        return None
    runs = difference.runs_in(*claim)
    start = _whole(difference, claim, runs)
    if start is not None:
        found = (start, start + claim[1] - claim[0])
        where = _outline(difference, span, claim, found)
        words, found_words = span.of(difference.old.text), where.of(difference.new.text)
        same = words == found_words or plain(words) == plain(found_words)
        return Place(where, same and _belongs(difference, claim, start - claim[0]))
    left = remains(difference, claim, runs)
    return Place(Span(difference.new.starts[left[0]], difference.new.ends[left[1] - 1]), sure=False) if left else None


def _whole(difference: Difference, claim: tuple[int, int], runs: list[Run]) -> int | None:
    """Where all of the claim's tokens stand in a row, half of it or more known to be the same; None if nowhere."""
    if not runs:
        return None
    start, end = claim
    old, new = difference.old, difference.new
    longest = max(runs, key=difference.size)
    new_start = longest.new - (longest.old - start)
    new_end = new_start + end - start
    if new_start < 0 or old.keys[start:end] != new.keys[new_start:new_end]:
        return None
    # What can't be told apart at a claim's ends (which of two full stops went) goes with the rest of it.
    return new_start if difference.size(longest) >= _KNOWN * (old.sizes[end] - old.sizes[start]) else None


def _outline(difference: Difference, span: Span, claim: tuple[int, int], place: tuple[int, int]) -> Span:
    """The span of new tokens, cut within the first and the last of them as the old span cuts."""
    old, new = difference.old, difference.new
    start, end = new.starts[place[0]], new.ends[place[1] - 1]
    if _same_letters(difference, claim[0], place[0]):
        before = new.ends[place[0] - 1] if place[0] else 0
        start = max(before, start + span.start - old.starts[claim[0]])  # a span may begin with white space
    if _same_letters(difference, claim[1] - 1, place[1] - 1):
        after = new.starts[place[1]] if place[1] < len(new) else len(new.text)
        end = min(after, end + span.end - old.ends[claim[1] - 1])
    return Span(start, end)


def _same_letters(difference: Difference, token: int, other: int) -> bool:
    old, new = difference.old, difference.new
    return old.text[old.starts[token] : old.ends[token]] == new.text[new.starts[other] : new.ends[other]]


def _belongs(difference: Difference, claim: tuple[int, int], shift: int) -> bool:
    """Whether the place is the claim's own: around it, or in its words, is enough that says so.

    Of a claim that reaches over several sentences that must hold for its part of the first and of the last: of “…
    ended. He” the last word may be where another sentence begins now.
    """
    return all(
        came_along(difference, part, (part[0] + shift, part[1] + shift)) or _tells(difference, part)
        for part in _end_sentences(difference.old, *claim)
    )


def _end_sentences(tokens: Tokens, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The parts of a claim in the first and in the last of its sentences; both times all of it if it has but one."""
    first, last = end, start
    for token in range(start, min(end - 1, start + _LONG_SENTENCE)):
        if tokens.ends_sentence(token):
            first = token + 1
            break
    for token in range(end - 2, max(start - 1, end - 2 - _LONG_SENTENCE), -1):
        if tokens.ends_sentence(token):
            last = token + 1
            break
    return (start, first), (last, end)


def _tells(difference: Difference, claim: tuple[int, int]) -> bool:
    """Whether a claim's words are long and stand in each text just once."""
    old, new = difference.old, difference.new
    start, end = claim
    if old.sizes[end] - old.sizes[start] < _TELLING or end - start < _TELLING_TOKENS:
        return False
    words = old.keys[start:end]
    return all(keys.find(words, keys.find(words) + 1) < 0 for keys in (old.keys, new.keys))
