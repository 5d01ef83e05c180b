"""What is said of claims whose article changed: the same words on opening, in check and in the Reader."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal

from tui.anchors import Outcome
from tui.characters import clipped
from tui.errors import Place
from tui.text.motions import words
from tui.text.numbers import counted

REANCHOR = "variorum reanchor"

Piece = tuple[str, bool]
"""Words of a text, and whether another text differs there."""


_SHOWN = 160
"""Characters of a quote that a message repeats."""
_BEFORE = 40
"""Characters before the first that differs, within which a long quote is cut."""


def apart(old: str, new: str) -> tuple[str, str]:
    """Two quotes as a message repeats them; of long ones the part where they begin to differ, so that this is seen."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(len(old), len(new)) <= _SHOWN or old == new:
        return clipped(old, _SHOWN), clipped(new, _SHOWN)
    differs = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    differs = min(len(old), len(new)) if differs is None else differs
    start = old.find(" ", differs - _BEFORE, differs) + 1 if differs > _BEFORE else 0
    return _from(old, start), _from(new, start)


def _from(text: str, start: int) -> str:
    return ("…" if start else "") + clipped(text[start:], _SHOWN)


def renamed_sentence(old: str, new: str, whose: str | None = None, named_at: Place | None = None) -> str:
    """`whose`: the colleague whose records these are; None: they are one's own. `named_at`: the line of config.yaml
    that has the old id."""
    also = "" if named_at is None else f"; {named_at} names it too: write {clipped(new)} there"
    return f"the article {clipped(old)} was renamed to {clipped(new)}{_to_write(whose)}{also}"


def _to_write(whose: str | None) -> str:
    return f": {REANCHOR}" if whose is None else f"; that is {whose}'s to write down"


def moved_sentence(counts: Mapping[Outcome, int], whose: str | None = None) -> str | None:
    """Of claims that stand in the article's text of now without anybody's help; `whose` as above."""
    parts = []
    if moved := counts.get(Outcome.MOVED, 0):
        parts.append(f"{counted(moved, 'claim')} {_verb(moved)} elsewhere now")
    if same := counts.get(Outcome.SAME, 0):
        parts.append(f"{counted(same, 'claim')} {_verb(same)} where {'it' if same == 1 else 'they'} stood")
    return f"{', '.join(parts)}{_to_write(whose)}" if parts else None


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


_MOST, _REACH = 400, 10_000
"""Pieces of a text that are compared, and code points looked at for them; what comes after them is one piece."""


@lru_cache(maxsize=32)
def differing(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, each with whether the other differs there: by words, with what stands between them.

    The cost is bounded, whatever the texts hold; the few that are on the screen are kept from one key to the next.
    """
    from rapidfuzz.distance import Indel  # where something changed only: it takes its time

    before, after = _pieces(old), _pieces(new)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for step in Indel.opcodes(before, after):
        olds, news = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        for side, some in ((sides[0], olds), (sides[1], news)):
            if some:
                side.append(("".join(some), step.tag != "equal"))
    return _joined(sides[0]), _joined(sides[1])


def changed_part(old: str, new: str) -> tuple[str, str]:
    """Of both texts the words from the first that differs to the last; quick enough for a list of thousands."""
    before, after = _pieces(old), _pieces(new)
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    rest = range(1, most - start + 1)
    end = next((back for back in rest if before[-back] != after[-back]), most - start + 1) - 1
    first, last = before[start : len(before) - end], after[start : len(after) - end]
    return "".join(first), "".join(last)


def _joined(side: list[Piece]) -> tuple[Piece, ...]:
    """Without bounds between pieces of one sort."""
    return tuple(
        ("".join(piece for piece, _ in some), differs) for differs, some in groupby(side, key=lambda piece: piece[1])
    )


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for start, end in words(text, 0, min(len(text), _REACH)):
        if len(pieces) >= _MOST:
            break
        if start > at:
            pieces.append(text[at:start])
        pieces.append(text[start:end])
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return pieces
