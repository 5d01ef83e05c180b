"""Where each token of an old text stands in a new one: what stayed, and what moved into text that is new."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

from tui.anchors.alignment import PHRASE, Run, align_both_ways, phrases
from tui.anchors.tokens import Tokens

_SEED = 4
"""Tokens in a row by which a moved passage is recognised."""
_SHORTEST_MOVE = 24
"""Characters of the shortest passage that is taken for moved: shorter ones recur by chance."""
MOST_RUNS = 200
"""Runs of one claim that are looked at one by one: some millions of steps for thousands of claims."""
NOWHERE = -1


class Difference:
    """The map from one text to another.

    `runs` are passages that stand in both, by their old place; no token is in two. What stayed in its order comes
    from an alignment. What moved is sought only among tokens that the alignment left over on either side, so that a
    passage can't land on a copy of itself that was there before.
    """

    def __init__(self, old: Tokens, new: Tokens) -> None:
        self.old, self.new = old, new
        self.image = [NOWHERE] * len(old)
        self.source = [NOWHERE] * len(new)
        self._stayed, weak = self._weighed(align_both_ways(old.keys, new.keys))
        for run in self._stayed:
            self._take(run)
        moved = self._moved()
        rest = [part for run in weak for part in self._free(run)]
        for run in rest:
            self._take(run)
        self.runs = sorted((*self._stayed, *moved, *rest))
        self._starts = [run.old for run in self.runs]

    def runs_in(self, start: int, end: int) -> list[Run]:
        """The parts of runs between two old tokens; of very many the first ones and the last."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.runs[first].old + self.runs[first].length <= start:
            first += 1
        stop = bisect_left(self._starts, end)
        chosen = self.runs[first : min(stop, first + MOST_RUNS)]
        if stop > first + MOST_RUNS:
            chosen.append(self.runs[stop - 1])
        found = []
        for old, new, length in chosen:
            begin = max(old, start)
            found.append(Run(begin, new + begin - old, min(old + length, end) - begin))
        return found

    def kept(self, start: int, end: int) -> int:
        """Characters of the old tokens in this range that stand in the new text."""
        return self._kept_before[end] - self._kept_before[start]

    def size(self, run: Run) -> int:
        """Characters of a run's tokens."""
        return self.old.sizes[run.old + run.length] - self.old.sizes[run.old]

    def near(self, token: int) -> int:
        """The offset in the new text where this old token would stand, going by what stayed around it."""
        index = bisect_right(self._stayed, Run(token, len(self.new), 0)) - 1
        if index < 0:
            return 0
        run = self._stayed[index]
        if token < run.old + run.length:
            return self.new.starts[run.new + token - run.old]
        return self.new.ends[run.new + run.length - 1]

    def tells_apart(self, start: int, end: int) -> bool:
        """Whether between these old tokens is a phrase that stands in each text just once."""
        old, new = self._phrases
        held = (self.old.keys[at : at + PHRASE] for at in range(start, end - PHRASE + 1))
        return any(old[phrase] != NOWHERE and new.get(phrase, NOWHERE) != NOWHERE for phrase in held)

    @cached_property
    def _phrases(self) -> tuple[dict[str, int], dict[str, int]]:
        return phrases(self.old.keys, 0, len(self.old)), phrases(self.new.keys, 0, len(self.new))

    @cached_property
    def _kept_before(self) -> list[int]:
        sizes = self.old.sizes
        kept = (0 if place == NOWHERE else sizes[token + 1] - sizes[token] for token, place in enumerate(self.image))
        return [0, *accumulate(kept)]

    def _take(self, run: Run) -> None:
        self.image[run.old : run.old + run.length] = range(run.new, run.new + run.length)
        self.source[run.new : run.new + run.length] = range(run.old, run.old + run.length)

    def _weighed(self, runs: list[Run]) -> tuple[list[Run], list[Run]]:
        """The runs, and apart from them the weak ones: smaller than what changed on either side of them.

        A few words in the middle of other changes often are the same by chance. A passage that moved takes them.
        """
        strong: list[Run] = []
        weak: list[Run] = []
        for index, run in enumerate(runs):
            strong.append(run)
            following = runs[index + 1] if index + 1 < len(runs) else Run(len(self.old), len(self.new), 0)
            while strong:
                before = strong[-2] if len(strong) > 1 else Run(0, 0, 0)
                size = self.size(strong[-1])
                if size > self._changed(before, strong[-1]) or size > self._changed(strong[-1], following):
                    break
                weak.append(strong.pop())
        return strong, weak

    def _changed(self, one: Run, next: Run) -> int:
        """Characters between two runs, in the text that has more of them."""
        return max(
            self.old.sizes[next.old] - self.old.sizes[one.old + one.length],
            self.new.sizes[next.new] - self.new.sizes[one.new + one.length],
        )

    def _moved(self) -> list[Run]:
        """Passages left over on both sides, the longest first.

        A passage is recognised by phrases that are left over once on either side. It reaches from the first to the
        last of them: what is beyond may be a copy of something else that is left over.
        """
        seeds = _seeds(self.old.keys, self.image)
        others = _seeds(self.new.keys, self.source)
        grown: dict[int, Run] = {}  # by how far they moved, the last passage found
        telling: dict[Run, tuple[int, int]] = {}
        for phrase, at in seeds.items():
            place = others.get(phrase, NOWHERE)
            if at == NOWHERE or place == NOWHERE:
                continue
            run = grown.get(place - at)
            if run is None or at >= run.old + run.length:
                run = grown[place - at] = self._grown(at, place)
            first, _ = telling.get(run, (at, at))
            telling[run] = first, at + _SEED
        found = [Run(first, first + run.new - run.old, end - first) for run, (first, end) in telling.items()]
        taken = []
        for passage in sorted(found, key=lambda run: (-run.length, run)):
            for run in self._free(passage):
                if self.size(run) >= _SHORTEST_MOVE:
                    self._take(run)
                    taken.append(run)
        return taken

    def _grown(self, at: int, place: int) -> Run:
        """The passage around two equal tokens, as far as both sides are left over and equal."""
        start, new_start = at, place
        while start and new_start and self._both_left(start - 1, new_start - 1):
            start, new_start = start - 1, new_start - 1
        end, new_end = at, place
        while end < len(self.old) and new_end < len(self.new) and self._both_left(end, new_end):
            end, new_end = end + 1, new_end + 1
        return Run(start, new_start, end - start)

    def _both_left(self, token: int, other: int) -> bool:
        return (
            self.image[token] == NOWHERE
            and self.source[other] == NOWHERE
            and self.old.keys[token] == self.new.keys[other]
        )

    def _free(self, run: Run) -> list[Run]:
        """What of a run no longer passage has taken meanwhile."""
        parts, length = [], 0
        for step in range(run.length + 1):
            if step < run.length and self._both_left(run.old + step, run.new + step):
                length += 1
            elif length:
                parts.append(Run(run.old + step - length, run.new + step - length, length))
                length = 0
        return parts


def _seeds(keys: str, taken: list[int]) -> dict[str, int]:
    """Where each phrase of left-over tokens begins; NOWHERE if it is there more than once."""
    found: dict[str, int] = {}
    left = 0
    for token, place in enumerate(taken):
        left = left + 1 if place == NOWHERE else 0
        if left >= _SEED:
            start = token - _SEED + 1
            phrase = keys[start : token + 1]
            found[phrase] = NOWHERE if phrase in found else start
    return found
