"""Overlapping marks as disjoint runs, looked up row by row."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

K = TypeVar("K")


class Runs(Generic[K]):
    """Marks (start, end, key) over a text, which may overlap in any way.

    Built once, asked for every row drawn. Keeps which marks begin or end at each bound, and the full set only now
    and then, so that memory grows with the number of marks however deep they lie on each other.
    """

    _SPACING = 16
    """The least number of changes between two full sets."""

    def __init__(self, marks: Iterable[tuple[int, int, K]]) -> None:
        self._keys: list[K] = []
        changes: dict[int, list[int]] = {}
        for start, end, key in marks:
            if start < end:
                for bound in (start, end):
                    changes.setdefault(bound, []).append(len(self._keys))
                self._keys.append(key)
        self._bounds = array("i", sorted(changes))
        # A mark is in the set from its first appearance here to its second.
        self._changes = [tuple(changes[bound]) for bound in self._bounds]
        self._set_at = array("i", [0])
        self._sets: list[tuple[int, ...]] = [()]
        present: set[int] = set()
        since = 0
        for index, change in enumerate(self._changes):
            if since >= max(self._SPACING, len(present)):
                self._set_at.append(index)
                self._sets.append(tuple(present))
                since = 0
            present.symmetric_difference_update(change)
            since += len(change)

    def between(self, start: int, end: int) -> list[tuple[int, int, tuple[K, ...]]]:
        """The runs between `start` and `end`, cut to them, as (start, end, keys).

        Runs are ascending and disjoint, each with the keys of all marks over it, in the order they were given. What
        no mark covers is in no run.
        """
        bounds, changes, keys = self._bounds, self._changes, self._keys
        first = bisect_right(bounds, start)
        nearest = bisect_right(self._set_at, first) - 1
        present = set(self._sets[nearest])
        for index in range(self._set_at[nearest], first):
            present.symmetric_difference_update(changes[index])
        runs: list[tuple[int, int, tuple[K, ...]]] = []
        position = start
        for index in range(first, bisect_left(bounds, end, first)):
            bound = bounds[index]
            if present:
                runs.append((position, bound, tuple([keys[mark] for mark in sorted(present)])))
            present.symmetric_difference_update(changes[index])
            position = bound
        if present and position < end:
            runs.append((position, end, tuple([keys[mark] for mark in sorted(present)])))
        return runs
