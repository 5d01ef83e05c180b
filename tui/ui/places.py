"""The places one jumped from and came to, as a browser keeps its pages: back, forward, and what goes when one goes
somewhere new. Knows no Textual: a screen is whatever the application says is one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tui.ui.reading import Ref

MOST = 100
"""How many places are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in an article: the beginning of the statement, and the record that is current there."""

    article: str
    offset: int
    ref: Ref | None = None
    panes: tuple[str, ...] = ()
    """The articles that were open, by pane; empty: not known any more."""

    def is_at(self, other: object) -> bool:
        """Whether it is the same statement."""
        return isinstance(other, Place) and (self.article, self.offset) == (other.article, other.offset)


Stop: TypeAlias = Place | object
"""A place in an article, or a screen, known by its identity."""


class Places:
    """The stops in the order in which one came to them, and at which of them one is."""

    def __init__(self) -> None:
        self.stops: list[Stop] = []
        self.here = 0
        """The position of the stop one is at, or was at last."""
        self._run = ""

    def moved(self, left: Iterable[Stop], come_to: Stop | None, run: str = "") -> None:
        """One went from some stops (a place, and the screen above it that led away) to another; what lay forward is
        cut off. Steps of one `run`, such as from record to record, count as one: the place where it began stays."""
        left = tuple(left)
        if left and left[-1] is self._at():
            left = left[-1:]  # one came back to this screen: what lies under it was left before
        going_on = run and run == self._run and len(left) == 1 and _same(self._at(), left[0])
        if come_to is not None and _is_no_jump(come_to, left[-1] if left else None):
            return
        if going_on:
            del self.stops[self.here :]
        else:
            for stop in left:
                self._leave(stop)
            del self.stops[self.here + 1 :]
        self._run = run
        if come_to is not None:
            self.stops.append(come_to)
        self.stops = self.stops[-MOST:]
        self.here = max(0, len(self.stops) - 1)

    def step(self, left: Stop | None, by: int) -> Stop | None:
        """Go so many stops back (negative) or forward from where one is in truth (None: in the Library); None if there
        is no further one. From what is no stop itself the first step back leads to where one was last."""
        if not self.stops:
            return None
        self._run = ""
        at = self._at()
        if isinstance(left, Place):
            if isinstance(at, Place) and left.article == at.article:
                self.stops[self.here] = left
            elif isinstance(at, Place) and by < 0:
                self.here += 1
                self.stops.insert(self.here, left)
        elif left is not at and by < 0:
            by += 1
            if not by:
                return at
        position = max(0, min(self.here + by, len(self.stops) - 1))
        if position == self.here:
            return None
        self.here = position
        return self.stops[position]

    def keep(self, is_there: Callable[[Stop], bool]) -> None:
        """Forget the stops that can't be gone to any more."""
        before = [stop for stop in self.stops[: self.here + 1] if is_there(stop)]
        self.stops = [*before, *(stop for stop in self.stops[self.here + 1 :] if is_there(stop))]
        self.here = max(0, len(before) - 1)

    def _at(self) -> Stop | None:
        return self.stops[self.here] if self.stops else None

    def _leave(self, stop: Stop) -> None:
        """Keep where one really was when one went: reading on in an article is no jump."""
        at = self._at()
        if isinstance(stop, Place) and isinstance(at, Place) and stop.article == at.article:
            self.stops[self.here] = stop
        elif stop is not at:
            del self.stops[self.here + 1 :]
            self.stops.append(stop)
            self.here = len(self.stops) - 1


def _is_no_jump(come_to: Stop, left: Stop | None) -> bool:
    """Whether one is where one was, with the same panes."""
    if isinstance(come_to, Place) and isinstance(left, Place):
        return come_to.is_at(left) and come_to.panes == left.panes
    return _same(come_to, left)


def _same(one: Stop | None, other: Stop | None) -> bool:
    return one.is_at(other) if isinstance(one, Place) else one is other and one is not None
