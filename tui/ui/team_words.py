"""What is said of colleagues."""

from collections.abc import Mapping

NAMED = 3
"""Colleagues that are named at most."""


def said_of_new(counts: Mapping[str, int]) -> str:
    """How many of whose records are new: “12 new from ben, 3 from eva”; empty where none is."""
    if not counts:
        return ""
    by_number = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    parts = [f"{number} from {name}" for name, number in by_number[:NAMED]]
    rest = sum(number for _, number in by_number[NAMED:])
    if rest:
        parts.append(f"{rest} from others")
    first, *others = parts
    number, _, whose = first.partition(" ")
    return ", ".join([f"{number} new {whose}", *others])
