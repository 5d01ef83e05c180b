"""Numbers and dates that differ, as far as they are of one thing."""

from collections.abc import Iterator
from itertools import product

from tui.suggest.amounts import Amount
from tui.suggest.conflict.finding import Finding
from tui.suggest.conflict.sides import Sides, clipped, strongest
from tui.suggest.days import Day, said
from tui.suggest.suggestion import ReasonType
from tui.suggest.things import things_of

_ALIGNED = 0.15
"""The likeness from which on less need stand around two numbers that is the same."""
_FAR = 20.0
"""Numbers of which one is more than so many times the other are seldom of one thing."""
_SEASON = 90
"""Days; what lies farther apart is not one event."""
_COARSER = 10
"""A year beside a day: the one is history, the other news."""


def counted(sides: Sides) -> Iterator[Finding]:
    """Numbers of one thing that can't be one number."""
    if _is_of_other_times(sides):
        return
    mine = [one for one in sides.a.amounts if not any(_agree(one, other) for other in sides.b.amounts)]
    theirs = [other for other in sides.b.amounts if not any(_agree(one, other) for one in sides.a.amounts)]
    found = []
    for one, other in product(mine, theirs):
        if one.sort == other.sort and not one.agrees(other):
            about = sides.about(one, other)
            sure = _of_one_thing(sides, one, other, about, len(mine) == len(theirs) == 1)
            if sure:
                found.append((sure, about, one, other))
    for sure, about, one, other in strongest(found):
        text = _text(sides, one, one.said, other, other.said)
        place = (one.start, one.end), (other.start, other.end)
        yield sides.finding(ReasonType.FIGURE, sure, text, *place, about=about)


def dated(sides: Sides) -> Iterator[Finding]:
    """Days of one event that can't be one day."""
    mine = [one for one in sides.a.days if not any(one.agrees(other) for other in sides.b.days)]
    theirs = [other for other in sides.b.days if not any(one.agrees(other) for one in sides.a.days)]
    found = []
    for one, other in product(mine, theirs):
        if one.differs(other):
            about = sides.about(one, other)
            sure = _of_one_event(sides, one, other, about)
            if sure:
                found.append((sure, about, one, other))
    for sure, about, one, other in strongest(found):
        text = _text(sides, one, said(one), other, said(other))
        place = (one.start, one.end), (other.start, other.end)
        yield sides.finding(ReasonType.DATE, sure, text, *place, about=about)


def _agree(one: Amount, other: Amount) -> bool:
    """Whether two numbers can be one, and of one thing."""
    if one.sort != other.sort or not one.agrees(other):
        return False
    mine, theirs = things_of(one), things_of(other)
    return one.sort not in ("count", "rank") or not mine or not theirs or not mine.isdisjoint(theirs)


def _is_of_other_times(sides: Sides) -> bool:
    """Whether all that both date lies more than a season apart: then their numbers may well differ."""
    mine, theirs = (
        [span for day in side.days if day.role != "said" for span in day.spans] for side in (sides.a, sides.b)
    )
    apart = (a > d + _SEASON or c > b + _SEASON for a, b in mine for c, d in theirs)
    return bool(mine and theirs) and all(apart)


def _of_one_thing(sides: Sides, one: Amount, other: Amount, about: float, are_alone: bool) -> float:
    """How sure it is that two numbers are of one thing: 0 where it is not at all."""
    if one.sort == "rank":
        return 0.4 + 0.5 * about if one.things & other.things and about >= 0.3 else 0.0
    frames = set(sides.a.frames(one)) & set(sides.b.frames(other))
    if one.sort == "age":
        return 0.9 if frames else 0.0
    if not frames:
        # Where one of them does not say what it counts, the words around both must.
        is_open = not (one.things and other.things)
        return 0.5 * about if is_open and are_alone and about >= 0.4 else 0.0
    apart = max(one.low, other.low) / max(1e-9, min(one.high, other.high))
    least = 0.4 if apart > _FAR else 0.15 if sides.likeness >= _ALIGNED else 0.25
    return 0.4 + 0.6 * about if about >= least else 0.0


def _of_one_event(sides: Sides, one: Day, other: Day, about: float) -> float:
    """How sure it is that two days are told of one event: 0 where it is not at all."""
    roles = {one.role, other.role}
    if not (len(roles) == 1 or roles == {"", "start"}) or (one.reaches and other.reaches):
        return 0.0
    if sides.a.beside(one.start, one.end).isdisjoint(sides.b.beside(other.start, other.end)):
        return 0.0  # what happened then is told beside it
    if max(one.length, other.length) > _COARSER * min(one.length, other.length):
        least = 0.6
    elif sides.a.dated(one) & sides.b.dated(other):
        least = 0.1
    else:
        least = 0.15 if sides.likeness >= _ALIGNED else 0.35
    return 0.4 + 0.6 * about if about >= least else 0.0


def _text(sides: Sides, one: Amount | Day, read: str, other: Amount | Day, read_there: str) -> str:
    here = _read(sides.a.text[one.start : one.end], read)
    there = _read(sides.b.text[other.start : other.end], read_there)
    return f"{here} on one side, {there} on the other"


def _read(words: str, read: str) -> str:
    """What stands there, and how it was read where that is not the same."""
    is_plain = not read or _plain(read) == _plain(words)
    return f"“{clipped(words)}”" if is_plain else f"“{clipped(words)}” (read as {read})"


def _plain(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())
