"""Where two statements about one thing may not both be right.

Every finding is a question to a reader. What agrees once it is understood (“two-day” and “2 days”) is no difference,
and what one side only quotes weighs less against what the other side says itself.
"""

from tui.suggest.account import Account
from tui.suggest.conflict.finding import KINDS, Finding
from tui.suggest.conflict.manner import denied, hedged, refuted, taken, unique
from tui.suggest.conflict.naming import named
from tui.suggest.conflict.numbers import counted, dated
from tui.suggest.conflict.sides import Sides, Weigh
from tui.suggest.conflict.speaking import attributed

__all__ = ["ALIGNED", "KINDS", "Finding", "Weigh", "conflicts"]

ALIGNED = 0.05
"""The likeness from which on two statements are taken to be about one thing, whatever numbers they hold."""


def conflicts(a: Account, b: Account, likeness: float, weigh: Weigh) -> list[Finding]:
    """What may be in conflict between two statements that are as alike as `likeness`, what says most first."""
    sides = Sides(a, b, likeness, weigh)
    found = [*counted(sides), *dated(sides), *named(sides)]
    found += unique(sides)
    if likeness >= ALIGNED:
        found += [*hedged(sides), *refuted(sides), *denied(sides), *taken(sides), *attributed(sides)]
    return sorted(found, key=lambda one: (-one.score, one.a, one.b))
