"""What stayed in its order between two sequences of keys: lines first, then rare phrases, then single tokens."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_PHRASE = 6
"""Tokens of a phrase that, where it is found once on either side, is taken for the same."""
_SHORTEST_LINE = 4
"""Tokens of a line that is taken for the same because it is equal and found once on either side."""
_MOST_CELLS = 4_000_000
"""Old tokens times new ones that are compared each with each: some ten milliseconds and a few megabytes."""


class Run(NamedTuple):
    """Tokens that stand in both texts one after the other: where they begin in either, and how many they are."""

    old: int
    new: int
    length: int


def align(old: str, new: str, old_lines: Sequence[int], new_lines: Sequence[int]) -> list[Run]:
    """The runs that stayed, in order. Of several ways to see it the earliest places are taken.

    `old_lines` and `new_lines` are the tokens that begin lines, with the number of tokens behind them. The work is
    bounded: what can't be told apart by lines or phrases and is too large to compare is not aligned.
    """
    runs: list[Run] = []
    lines = _lines(old_lines), _lines(new_lines)
    _align(old, new, (0, len(old), 0, len(new)), lines, runs)
    return _joined(sorted(runs))


def align_both_ways(old: str, new: str, old_lines: Sequence[int], new_lines: Sequence[int]) -> list[Run]:
    """The runs on which the difference read forwards and the difference read backwards agree.

    Where a passage could be matched in several ways (one of two equal sentences went) the two disagree, and it is in
    no run.
    """
    forwards = align(old, new, old_lines, new_lines)
    last_old, last_new = len(old), len(new)
    backwards = align(
        old[::-1],
        new[::-1],
        [last_old - line for line in reversed(old_lines)],
        [last_new - line for line in reversed(new_lines)],
    )
    mirrored = [Run(last_old - a - n, last_new - b - n, n) for a, b, n in reversed(backwards)]
    return _common(forwards, mirrored)


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


Gap = tuple[int, int, int, int]
Units = Callable[[str, int, int], Iterable[tuple[int, int]]]


def _align(old: str, new: str, gap: Gap, lines: tuple[Units, Units], runs: list[Run], level: int = 0) -> None:
    start, end, new_start, new_end = gap
    same = _common_start(old[start:end], new[new_start:new_end])
    if same:
        runs.append(Run(start, new_start, same))
    start, new_start = start + same, new_start + same
    same = _common_start(old[start:end][::-1], new[new_start:new_end][::-1])
    if same:
        runs.append(Run(end - same, new_end - same, same))
    end, new_end = end - same, new_end - same
    if start == end or new_start == new_end:
        return
    small = (end - start) * (new_end - new_start) <= _MOST_CELLS
    if level and small:
        for code in Indel.opcodes(old[start:end], new[new_start:new_end]):
            if code.tag == "equal":
                runs.append(Run(start + code.src_start, new_start + code.dest_start, code.src_end - code.src_start))
        return
    if level > 2:
        return
    units = lines if level == 0 else (_phrases, _phrases)
    fixed = _rising(_unique(old, start, end, units[0]), _unique(new, new_start, new_end, units[1]))
    at, new_at = start, new_start
    for old_unit, new_unit in (*fixed, ((end, end), (new_end, new_end))):
        if old_unit[0] < at or new_unit[0] < new_at:  # phrases overlap: what an earlier one holds is done
            continue
        _align(old, new, (at, old_unit[0], new_at, new_unit[0]), lines, runs, level + 1)
        if old_unit[0] < old_unit[1]:
            runs.append(Run(old_unit[0], new_unit[0], old_unit[1] - old_unit[0]))
        at, new_at = old_unit[1], new_unit[1]


def _lines(begins: Sequence[int]) -> Units:
    def units(_text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        first = bisect_left(begins, start)
        for index in range(first, len(begins) - 1):
            if begins[index + 1] > end:
                return
            if begins[index + 1] - begins[index] >= _SHORTEST_LINE:
                yield begins[index], begins[index + 1]

    return units


def _phrases(_text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((at, at + _PHRASE) for at in range(start, end - _PHRASE + 1))


def _unique(text: str, start: int, end: int, units: Units) -> dict[str, tuple[int, int] | None]:
    """The units by what they hold; None for what stands twice."""
    found: dict[str, tuple[int, int] | None] = {}
    for unit in units(text, start, end):
        held = text[unit[0] : unit[1]]
        found[held] = None if held in found else unit
    return found


Pair = tuple[tuple[int, int], tuple[int, int]]


def _rising(old: dict[str, tuple[int, int] | None], new: dict[str, tuple[int, int] | None]) -> list[Pair]:
    """Of the units found once on either side the longest series that rises in both."""
    pairs = [(unit, other) for held, unit in old.items() if unit and (other := new.get(held))]
    tails: list[int] = []  # the least new start that ends a series of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, (new_start, _)) in enumerate(pairs):
        length = bisect_left(tails, new_start)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(new_start)
            ends.append(index)
        else:
            tails[length], ends[length] = new_start, index
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
