"""Numbers and dates that differ, as far as they are of one thing."""

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from tui.suggest.account import Account
from tui.suggest.amounts import Amount
from tui.suggest.conflict.finding import Finding
from tui.suggest.conflict.sides import Sides, clipped, strongest
from tui.suggest.days import Day, said
from tui.suggest.suggestion import ReasonType
from tui.suggest.things import HAPPENING, things_of

Spans: TypeAlias = list[tuple[int, int]]
"""Stretches of days, as ordinals."""
_ALIGNED = 0.15
"""The likeness from which on less need stand around two numbers that is the same."""
_FAINT, _HARDLY = 0.05, 0.1
"""The likeness from which on, and how much must be the same around two dates, for them to be asked about at all."""
_FAR = 20.0
"""Numbers of which one is more than so many times the other are seldom of one thing."""
_SEASON = 90
"""Days; what lies farther apart is not one event."""
_BESIDE = 60
"""Code points between a number and a date that tells when it was so."""
_UNDATED = 0.4
"""What is left of a difference where only one side says when it was so."""
_AGED = 0.4
"""How much must be the same around two ages of people without a name."""
_COARSER = 10
"""A year beside a day: the one is history, the other news."""


def counted(sides: Sides) -> Iterator[Finding]:
    """Numbers of one thing that can't be one number."""
    mine = [one for one in sides.a.amounts if not any(_agree(sides, one, other) for other in sides.b.amounts)]
    theirs = [other for other in sides.b.amounts if not any(_agree(sides, one, other) for one in sides.a.amounts)]
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


def _agree(sides: Sides, one: Amount, other: Amount) -> bool:
    """Whether two numbers can be one, and of one thing."""
    if one.sort != other.sort or not one.agrees(other):
        return False
    happened = _happened(sides, one, other)
    if all(happened):
        return not happened[0].isdisjoint(happened[1])
    mine, theirs = things_of(one), things_of(other)
    return one.sort not in ("count", "rank") or not mine or not theirs or not mine.isdisjoint(theirs)


def _happened(sides: Sides, one: Amount, other: Amount) -> tuple[set[str], set[str]]:
    """What happened to the people that two numbers count, where it is people."""
    return set(sides.a.frames(one)).intersection(HAPPENING), set(sides.b.frames(other)).intersection(HAPPENING)


def _at_one_time(sides: Sides, one: Amount, other: Amount) -> float:
    """How far two numbers may be of one time, by the dates beside them: not if these lie more than a season apart;
    hardly if only one has a date beside it, and the other article is not of that time."""
    mine, theirs = _times(sides.a, one), _times(sides.b, other)
    if mine and theirs:
        return 0.0 if _lie_apart(mine, theirs) else 1.0
    for times, account in ((mine, sides.b), (theirs, sides.a)):
        if times and account.published is not None and _lie_apart(times, [(account.published, account.published)]):
            return _UNDATED
    return 1.0


def _lie_apart(some: Spans, others: Spans) -> bool:
    return all(a > d + _SEASON or c > b + _SEASON for a, b in some for c, d in others)


def _times(account: Account, amount: Amount) -> Spans:
    """When it was so, as the dates beside a number tell."""
    near = (day for day in account.days if day.start - amount.end < _BESIDE and amount.start - day.end < _BESIDE)
    return [span for day in near if day.role != "said" for span in day.spans]


def _of_one_thing(sides: Sides, one: Amount, other: Amount, about: float, are_alone: bool) -> float:
    """How sure it is that two numbers are of one thing: 0 where it is not at all."""
    if one.sort == "rank":
        return 0.4 + 0.5 * about if one.things & other.things and about >= 0.3 else 0.0
    frames = set(sides.a.frames(one)) & set(sides.b.frames(other))
    if one.sort == "age":
        if any(sides.a.is_naming(frame.removeprefix("age ")) for frame in frames):
            return 0.9
        return 0.4 + 0.5 * about if frames and about >= _AGED else 0.0
    at_one_time = _at_one_time(sides, one, other)
    if not frames:
        # Where one of them does not say what it counts, the words around both must.
        is_open = not (one.things and other.things) and not all(_happened(sides, one, other))
        return 0.5 * about * at_one_time if is_open and are_alone and about >= 0.4 else 0.0
    apart = max(one.low, other.low) / max(1e-9, min(one.high, other.high))
    least = 0.4 if apart > _FAR else 0.15 if sides.likeness >= _ALIGNED else 0.25
    return (0.4 + 0.6 * about) * at_one_time if about >= least else 0.0


def _of_one_event(sides: Sides, one: Day, other: Day, about: float) -> float:
    """How sure it is that two days are told of one event: 0 where it is not at all."""
    roles = {one.role, other.role}
    if not (len(roles) == 1 or roles == {"", "start"}) or (one.reaches and other.reaches):
        return 0.0
    is_coarser = max(one.length, other.length) > _COARSER * min(one.length, other.length)
    if sides.a.beside(one.start, one.end).isdisjoint(sides.b.beside(other.start, other.end)):
        # What happened then is told beside it, if not always in the same words.
        return 0.0 if is_coarser or about < _HARDLY or sides.likeness < _FAINT else _HARDLY + 0.3 * about
    if is_coarser:
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
