"""Numbers in sentences."""

from typing import Literal


def counted(number: int | Literal["no"], word: str) -> str:
    """“1 claim”, “2 claims”, “no claims”."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def agreeing(number: int, one: str, more: str) -> str:
    """The form of a word that goes with this number."""
    return one if number == 1 else more


def spaced(number: int) -> str:
    """A large number for people: “1 203”, not to be broken at the end of a line."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
