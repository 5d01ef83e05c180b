"""What is said of claims whose article changed: the same words on opening, in check and in the Reader."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from tui.anchors import Outcome
from tui.characters import clipped
from tui.text.motions import words
from tui.text.numbers import counted

REANCHOR = "variorum reanchor"

Piece = tuple[str, bool]
"""Words of a text, and whether another text differs there."""


_SHOWN = 160
"""Characters of a quote that a message repeats."""


def one_line(text: str) -> str:
    """A quote as a message repeats it."""
    return clipped(" ".join(text.split()), _SHOWN)


def renamed_sentence(old: str, new: str) -> str:
    return f"the article {clipped(old)} was renamed to {clipped(new)}: {REANCHOR}"


def moved_sentence(counts: Mapping[Outcome, int]) -> str | None:
    """Of claims that stand in the article's text of now without anybody's help."""
    parts = []
    if moved := counts.get(Outcome.MOVED, 0):
        parts.append(f"{counted(moved, 'claim')} {_verb(moved)} elsewhere now")
    if same := counts.get(Outcome.SAME, 0):
        parts.append(f"{counted(same, 'claim')} {_verb(same)} where {'it' if same == 1 else 'they'} stood")
    return f"{', '.join(parts)}: {REANCHOR}" if parts else None


def open_sentence(counts: Mapping[Outcome, int]) -> str | None:
    """Of claims that a person has to settle."""
    some = {kind: counts[kind] for kind in (Outcome.CHANGED, Outcome.ORPHANED, Outcome.UNSOUGHT) if counts.get(kind)}
    kinds = ", ".join(f"{number} {kind}" for kind, number in some.items())
    return f"{counted(sum(some.values()), 'claim')} to settle ({kinds})" if some else None


def elsewhere_sentence(number: int, others: Sequence[str]) -> str:
    """Of claims whose very text is another article now: two files may have changed places."""
    names = clipped(" or ".join(map(clipped, others)), _SHOWN)
    return (
        f"the text that {counted(number, 'claim')} {'was' if number == 1 else 'were'} made on is now {names}: "
        "if files changed places, give them back their names; else settle the claims"
    )


def _verb(number: int) -> Literal["stands", "stand"]:
    return "stands" if number == 1 else "stand"


def differing(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, each with whether the other differs there: by words, with what stands between them."""
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, some in ((sides[0], before[a:b]), (sides[1], after[c:d])):
            if some:
                side.append(("".join(some), tag != "equal"))
    return sides


_MOST = 400
"""Pieces of a text that are compared; what comes after them is one piece."""


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for start, end in words(text, 0, len(text)):
        if len(pieces) >= _MOST:
            break
        if start > at:
            pieces.append(text[at:start])
        pieces.append(text[start:end])
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return pieces
