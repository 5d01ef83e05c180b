"""Several steps undone or done again by one key."""

from collections.abc import Callable
from typing import Final

from tui.errors import RefusedError
from tui.session.gestures import Gesture

MOST_STEPS: Final = 100
"""Steps that one key takes back or does again at most: so many are done within a moment."""


def several(step: Callable[[], Gesture], count: int) -> Gesture:
    """Take so many steps, or as many as there are, and tell of them in one sentence; what ends them early is part of
    it.

    Raises:
        RefusedError: not even the first can be taken.
    """
    done, end = [step()], ""
    while len(done) < min(count, MOST_STEPS):
        try:
            done.append(step())
        except RefusedError as refusal:
            end = f"; {refusal}"
            break
    last = done[-1]
    word, _, label = last.label.partition(": ")
    number = f"{len(done)} steps, the last one: " if len(done) > 1 else ""
    changes = tuple(change for gesture in done for change in gesture.changes)
    return Gesture(f"{word}: {number}{label}{end}", changes, last.current)
