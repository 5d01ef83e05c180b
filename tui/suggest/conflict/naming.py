"""Names that differ where the same person or place seems to be meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import JaroWinkler

from tui.suggest.account import Account
from tui.suggest.conflict.finding import Finding
from tui.suggest.conflict.sides import Sides, clipped, strongest
from tui.suggest.names import TITLES, Name, Named
from tui.suggest.suggestion import ReasonType
from tui.suggest.words import plain_words, stem

_SPELT = 0.88
"""How alike two words are that are one name, spelt in two ways."""
_SHORTEST = 4
"""Letters of a name whose spelling is looked at."""


@dataclass(frozen=True, slots=True)
class _Naming:
    start: int
    end: int
    name: Name
    titles: frozenset[str]


def named(sides: Sides) -> Iterator[Finding]:
    """One name spelt in two ways, or two names with one title or in one place."""
    mine, theirs = _namings(sides.a), _namings(sides.b)
    strange = _strange(mine, sides.b, theirs), _strange(theirs, sides.a, mine)
    found = []
    for one, other in product(mine, theirs):
        about = sides.about(one, other)
        if _are_one_spelt_otherwise(one.name, other.name):
            found.append((0.9, max(0.8, about), one, other))
        elif one in strange[0] and other in strange[1] and sides.likeness >= 0.15:
            if one.titles & other.titles and about >= 0.4:
                found.append((0.3 + 0.6 * about, about, one, other))
            elif about >= 0.7 and sides.likeness >= 0.3:
                found.append((0.6 * about, about, one, other))
    for sure, about, one, other in strongest(found):
        words = [clipped(side.text[at.start : at.end]) for side, at in ((sides.a, one), (sides.b, other))]
        text = f"“{words[0]}” on one side, “{words[1]}” on the other"
        place = (one.start, one.end), (other.start, other.end)
        yield sides.finding(ReasonType.NAME, sure, text, *place, about=about)


def _namings(account: Account) -> list[_Naming]:
    found = []
    for start, end, name in account.names:
        words = [word for _, _, word in plain_words(account.text, max(0, start - 24), end)]
        before = [word for _, _, word in plain_words(account.text, max(0, start - 24), start)][-2:]
        inside = words[len(words) - len(list(plain_words(account.text, start, end))) :]
        found.append(_Naming(start, end, name, frozenset({*before, *inside} & TITLES)))
    return found


def _strange(some: list[_Naming], account: Account, others: list[_Naming]) -> list[_Naming]:
    """Those that the other side names nowhere."""
    there = Named({word for _, _, word in plain_words(account.text)}, [other.name for other in others])
    return [one for one in some if one.name not in there]


def _are_one_spelt_otherwise(one: Name, other: Name) -> bool:
    """“Jane Dow” and “Jane Doe”: one word the same, the other nearly."""
    if len(one.words) != len(other.words) or len(one.words) < 2 or one.words == other.words:
        return False
    unlike = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    if len(unlike) != 1:
        return False
    a, b = unlike[0]
    return min(len(a), len(b)) >= _SHORTEST and stem(a) != stem(b) and JaroWinkler.similarity(a, b) >= _SPELT
