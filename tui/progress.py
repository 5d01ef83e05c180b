"""What long work says of itself while it goes on. Where it says something, it can be stopped too."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much; it may raise `StoppedError`."""


class StoppedError(Exception):
    """Nobody waits for the work any more. No error of Variorum's own: nothing that goes on after errors catches it."""


def unsaid(_what: str, _done: int, _of: int) -> None:
    """Progress for whom nobody asks."""
