"""Names that differ where the same person or place seems to be meant."""

from collections.abc import Iterator
from itertools import product

from rapidfuzz.distance import JaroWinkler

from tui.suggest.conflict.finding import Finding
from tui.suggest.conflict.sides import Sides, clipped, strongest
from tui.suggest.names import Name
from tui.suggest.suggestion import ReasonType
from tui.suggest.words import stem

_ALIGNED, _CLOSE = 0.15, 0.3
"""The likeness from which on two names with one title, or in one place, are asked about."""
_SPELT = 0.88
"""How alike two words are that are one name, spelt in two ways."""
_SHORTEST = 4
"""Letters of a name whose spelling is looked at."""


def named(sides: Sides) -> Iterator[Finding]:
    """One name spelt in two ways, or two names with one title or in one place."""
    mine, theirs = sides.a.names, sides.b.names
    if not (mine and theirs):
        return
    is_aligned = sides.likeness >= _ALIGNED
    # Those that the other side names nowhere.
    strange = [one for one in mine if one.name not in sides.b.named] if is_aligned else []
    strange_there = [other for other in theirs if other.name not in sides.a.named] if strange else []
    found = []
    for one, other in product(mine, theirs):
        if _are_one_spelt_otherwise(one.name, other.name):
            found.append((0.9, max(0.8, sides.about(one, other)), one, other))
    for one, other in product(strange, strange_there):
        about = sides.about(one, other)
        if one.titles & other.titles and about >= 0.4:
            found.append((0.3 + 0.6 * about, about, one, other))
        elif about >= 0.7 and sides.likeness >= _CLOSE:
            found.append((0.6 * about, about, one, other))
    for sure, about, one, other in strongest(found):
        words = [clipped(side.text[at.start : at.end]) for side, at in ((sides.a, one), (sides.b, other))]
        text = f"“{words[0]}” on one side, “{words[1]}” on the other"
        place = (one.start, one.end), (other.start, other.end)
        yield sides.finding(ReasonType.NAME, sure, text, *place, about=about)


def _are_one_spelt_otherwise(one: Name, other: Name) -> bool:
    """“Jane Dow” and “Jane Doe”: one word the same, the other nearly."""
    if len(one.words) != len(other.words) or len(one.words) < 2 or one.words == other.words:
        return False
    unlike = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    if len(unlike) != 1:
        return False
    a, b = unlike[0]
    return min(len(a), len(b)) >= _SHORTEST and stem(a) != stem(b) and JaroWinkler.similarity(a, b) >= _SPELT
