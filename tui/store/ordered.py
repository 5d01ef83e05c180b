"""Values kept in order while they come and go."""

from bisect import bisect_left
from typing import Generic, TypeAlias, TypeVar

V = TypeVar("V")
Rank: TypeAlias = tuple[str | int, ...]
"""Where a value stands; no two values of one collection may have the same, and all must compare."""


class Ordered(Generic[V]):
    """Values in the order of their ranks. Coming and going costs a search; the tuple of all is made when asked for."""

    def __init__(self) -> None:
        self._ranks: list[Rank] = []
        self._values: list[V] = []
        self._all: tuple[V, ...] | None = None

    def all(self) -> tuple[V, ...]:
        """Every value in order: the same tuple until something comes or goes."""
        if self._all is None:
            self._all = tuple(self._values)
        return self._all

    def put(self, rank: Rank, value: V) -> None:
        position = bisect_left(self._ranks, rank)
        self._ranks.insert(position, rank)
        self._values.insert(position, value)
        self._all = None

    def take(self, rank: Rank) -> V:
        """Take out the value of exactly this rank, which must be there."""
        position = bisect_left(self._ranks, rank)
        self._all = None
        del self._ranks[position]
        return self._values.pop(position)
