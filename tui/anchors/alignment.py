"""What stayed in its order between two sequences of keys: rare phrases first, then single tokens."""

from bisect import bisect_left
from typing import NamedTuple

PHRASE = 6
"""Tokens of a phrase that, where it is found once on either side, is taken for the same."""
_OLD_END, _NEW_END = "\U0010ffff", "\U0010fffe"
"""Keys that no token has."""
_DEEPEST = 2
"""How often what lies between rare phrases is searched for phrases that are rare there."""
_MOST_CELLS = 4_000_000
"""Old tokens times new ones that are compared each with each: some ten milliseconds and a few megabytes."""


class Run(NamedTuple):
    """Tokens that stand in both texts one after the other: where they begin in either, and how many they are."""

    old: int
    new: int
    length: int


def align(old: str, new: str) -> list[Run]:
    """The runs that stayed, in order. Of several ways to see it the earliest places are taken.

    The work is bounded: a stretch that has no rare phrases and is too large to compare token by token is aligned at
    its ends only.
    """
    runs: list[Run] = []
    _align(old, new, (0, len(old), 0, len(new)), runs)
    return _joined(sorted(runs))


def align_both_ways(old: str, new: str) -> list[Run]:
    """The runs on which the difference read forwards and the difference read backwards agree.

    Where a passage could be matched in several ways (one of two equal sentences went) the two disagree, and it is in
    no run.
    """
    backwards = align(old[::-1], new[::-1])
    mirrored = [Run(len(old) - a - n, len(new) - b - n, n) for a, b, n in reversed(backwards)]
    return _common(align(old, new), mirrored)


def _common(one: list[Run], other: list[Run]) -> list[Run]:
    found = []
    first = second = 0
    while first < len(one) and second < len(other):
        a, b = one[first], other[second]
        start, end = max(a.old, b.old), min(a.old + a.length, b.old + b.length)
        if start < end and a.new - a.old == b.new - b.old:
            found.append(Run(start, start + a.new - a.old, end - start))
        if a.old + a.length <= b.old + b.length:
            first += 1
        else:
            second += 1
    return found


def _align(old: str, new: str, gap: tuple[int, int, int, int], runs: list[Run], depth: int = 0) -> None:
    start, end, new_start, new_end = gap
    same = _common_start(old[start:end], new[new_start:new_end])
    if same:
        runs.append(Run(start, new_start, same))
    start, new_start = start + same, new_start + same
    if start == end or new_start == new_end:
        return
    if (end - start) * (new_end - new_start) <= _MOST_CELLS:
        from rapidfuzz.distance import Indel  # where something changed only: it takes its time, and three megabytes

        # A common end would be matched first, and be no earliest place: two different ends forbid that.
        for code in Indel.opcodes(old[start:end] + _OLD_END, new[new_start:new_end] + _NEW_END):
            if code.tag == "equal":
                runs.append(Run(start + code.src_start, new_start + code.dest_start, code.src_end - code.src_start))
        return
    fixed = _rising(phrases(old, start, end), phrases(new, new_start, new_end)) if depth < _DEEPEST else []
    if not fixed:
        same = _common_start(old[start:end][::-1], new[new_start:new_end][::-1])
        if same:
            runs.append(Run(end - same, new_end - same, same))
        return
    at, new_at = start, new_start
    for place, new_place in (*fixed, (end, new_end)):
        if place < at or new_place < new_at:  # phrases overlap: what an earlier one holds is done
            continue
        _align(old, new, (at, place, new_at, new_place), runs, depth + 1)
        if place < end:
            runs.append(Run(place, new_place, PHRASE))
        at, new_at = place + PHRASE, new_place + PHRASE


def phrases(text: str, start: int, end: int) -> dict[str, int]:
    """Where each phrase begins; -1 for one that stands there more than once."""
    found: dict[str, int] = {}
    for at in range(start, end - PHRASE + 1):
        phrase = text[at : at + PHRASE]
        found[phrase] = -1 if phrase in found else at
    return found


def _rising(old: dict[str, int], new: dict[str, int]) -> list[tuple[int, int]]:
    """Of the phrases found once on either side the longest series that rises in both."""
    pairs = [(at, place) for phrase, at in old.items() if at >= 0 and (place := new.get(phrase, -1)) >= 0]
    tails: list[int] = []  # the least new start that ends a series of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[length], ends[length] = place, index
    series = []
    index = ends[-1] if ends else -1
    while index >= 0:
        series.append(pairs[index])
        index = before[index]
    return series[::-1]


def _common_start(one: str, other: str) -> int:
    """How many characters both begin with, by halving."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and (last := joined[-1]).old + last.length == run.old and last.new + last.length == run.new:
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return joined
