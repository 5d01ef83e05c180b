"""Numbers in sentences."""

from typing import Literal


def counted(number: int | Literal["no"], word: str) -> str:
    """“1 claim”, “2 claims”, “no claims”."""
    return f"{number} {word}{'' if number == 1 else 's'}"
