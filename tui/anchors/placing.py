"""Where one claim went, going by the difference between its text and the new one."""

from dataclasses import dataclass

from tui.anchors.alignment import Run
from tui.anchors.context import came_along
from tui.anchors.difference import NOWHERE, Difference
from tui.anchors.tokens import Tokens, plain
from tui.model.span import Span

_TELLING = 30
"""Characters of a quote that speaks for itself where it is in each text just once."""
_TELLING_TOKENS = 5
_LONG_SENTENCE = 200
"""Tokens in which the end of a sentence is sought."""
_KNOWN = 0.5
"""The part of an unchanged claim that must be known to be the same."""
_SURVIVES = 0.5
"""The part of a claim's characters that must have stayed for what is there now to be proposed in its place."""
_TOGETHER = 0.75
"""The part of what stayed that must stand together; a claim that was torn apart has no place."""
_CORRECTED = 4
"""Tokens of a claim that counts as corrected, not rewritten, if all of them were replaced within a sentence."""
_APART = 0.3
"""What a character put between two that stayed weighs against them, when a claim's parts were torn apart."""
_MOST_RUNS = 200
"""Parts of a claim that are looked at one by one: some millions of steps for thousands of claims."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a claim. `sure`: the words are the claim's, and so is the place; else a person must look."""

    span: Span
    sure: bool


def place(difference: Difference, span: Span) -> Place | None:
    """Where the words of `span`, in the old text, stand in the new one; None if too little of them is left.

    The place is sure if all of the claim stands there unchanged, typography aside, and what is around it came along
    or the words are telling enough by themselves.

    Of a changed claim at least half of the characters must have stayed. With less, what stands there now is more
    likely another claim. There is one exception: a few words replaced by a few within a sentence that stayed on both
    sides of them, as a figure that was corrected.
    """
    claim = difference.old.range(span.start, span.end)
    if claim[0] >= claim[1]:
        return None
    runs = difference.runs_in(*claim, limit=_MOST_RUNS)
    start = _whole(difference, claim, runs)
    if start is not None:
        found = (start, start + claim[1] - claim[0])
        where = _outline(difference, span, claim, found)
        same = plain(where.of(difference.new.text)) == plain(span.of(difference.old.text))
        return Place(where, same and _belongs(difference, claim, start - claim[0]))
    new = _remains(difference, claim, runs) or _correction(difference, claim)
    return Place(Span(difference.new.starts[new[0]], difference.new.ends[new[1] - 1]), sure=False) if new else None


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


def _remains(difference: Difference, claim: tuple[int, int], runs: list[Run]) -> tuple[int, int] | None:
    """From the first to the last token that stayed, with what was put in place of those at the ends."""
    start, end = claim
    size = difference.old.sizes[end] - difference.old.sizes[start]
    if difference.kept_sizes[end] - difference.kept_sizes[start] < _SURVIVES * size:
        return None
    together = runs
    if len(runs) < _MOST_RUNS:
        together = _together(difference, runs)
        whole, left = sum(map(difference.size, runs)), sum(map(difference.size, together))
        if left < _SURVIVES * size or left < _TOGETHER * whole:
            return None
    first, last = min(together, key=lambda run: run.new), max(together, key=lambda run: run.new)
    new_start, new_end = first.new, last.new + last.length
    if first.old == min(run.old for run in together):
        new_start -= _replaced_before(difference, start, first)
    if last.old == max(run.old for run in together):
        new_end += _replaced_after(difference, end, last)
    return new_start, new_end


def _together(difference: Difference, runs: list[Run]) -> list[Run]:
    """The parts that stand close to each other in the new text: those that outweigh what was put between them."""
    sizes = difference.new.sizes
    best: tuple[float, list[Run]] = (0.0, [])
    weight, at = 0.0, 0
    held: list[Run] = []
    for run in sorted(runs, key=lambda run: run.new):
        weight -= _APART * (sizes[run.new] - sizes[at])
        if weight <= 0:
            weight, held = 0.0, []
        weight += difference.size(run)
        held = [*held, run]
        at = run.new + run.length
        if weight > best[0]:
            best = (weight, held)
    return best[1]


def _replaced_before(difference: Difference, start: int, first: Run) -> int:
    """How many tokens before the first that stayed were put in place of the claim's first ones."""
    gone = first.old - start
    old_hunk = first.old
    while old_hunk and difference.image[old_hunk - 1] == NOWHERE and first.old - old_hunk <= 2 * gone:
        old_hunk -= 1
    hunk, most = 0, 2 * gone + 3
    at = first.new - 1
    while gone and at >= 0 and hunk < most + 1 and difference.source[at] == NOWHERE:
        if difference.new.ends_sentence(at):
            break
        hunk, at = hunk + 1, at - 1
    return _share(gone, first.old - old_hunk, hunk, most)


def _replaced_after(difference: Difference, end: int, last: Run) -> int:
    stop = last.old + last.length
    gone = end - stop
    old_hunk = stop
    while old_hunk < len(difference.old) and difference.image[old_hunk] == NOWHERE and old_hunk - stop <= 2 * gone:
        old_hunk += 1
    hunk, most = 0, 2 * gone + 3
    at = last.new + last.length
    while gone and at < len(difference.new) and hunk < most + 1 and difference.source[at] == NOWHERE:
        hunk, at = hunk + 1, at + 1
        if difference.new.ends_sentence(at - 1):
            break
    return _share(gone, old_hunk - stop, hunk, most)


def _share(gone: int, old_hunk: int, new_hunk: int, most: int) -> int:
    """Of tokens put in place of others, how many belong to a claim that loses `gone` of them at its end."""
    if gone == old_hunk:
        return new_hunk if new_hunk <= most else min(gone, new_hunk)
    return gone if gone < old_hunk == new_hunk else 0


def _correction(difference: Difference, claim: tuple[int, int]) -> tuple[int, int] | None:
    """What was put in place of a claim of few words, within a sentence that stayed on both sides of it."""
    start, end = claim
    old, new = difference.old, difference.new
    if end - start > _CORRECTED:
        return None
    left, right = start - 1, end
    while left >= 0 and difference.image[left] == NOWHERE and start - left <= _CORRECTED:
        left -= 1
    while right < len(old) and difference.image[right] == NOWHERE and right - end < _CORRECTED:
        right += 1
    if left < 0 or right >= len(old) or NOWHERE in (difference.image[left], difference.image[right]):
        return None
    new_start, new_end = difference.image[left] + 1, difference.image[right]
    if not new_start < new_end <= new_start + 2 * _CORRECTED:
        return None
    if any(map(old.ends_sentence, range(left, right))) or any(map(new.ends_sentence, range(new_start - 1, new_end))):
        return None
    if new_end - new_start == right - left - 1:  # word for word
        new_start, new_end = new_start + start - left - 1, new_end - (right - end)
    return (new_start, new_end) if came_along(difference, claim, (new_start, new_end)) else None
