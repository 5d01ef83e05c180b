"""In what two statements differ: figures, dates, names, how certain they are, what one denies, words one has not.

No judgement: a person sees in a second what the differences come to. Every text is read by small readers that know
how news writes such things, and nothing of any event.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from tui.suggest.dates import Date, dates
from tui.suggest.figures import Figure, figures
from tui.suggest.manner import Roughly, denials, hedges, quotation_marks, roughly
from tui.suggest.names import Name, Named, names
from tui.suggest.words import QUIET_WORDS, plain_words, stem

REACH = 3_000
"""Code points of a stretch that are looked at; what comes after them is shown as it stands."""
_MOST = 400
"""Readings of a stretch that are compared."""
_PAIRED = 40
"""Readings of one sort that are held against those of the other side."""
_SHORT = 8
"""Readings of both sides between two that are the same, up to which each stands in the other's place."""
_ALIGNED = 0.42
"""The share of what one side tells that the other tells too, from which on they are about one thing: only then does
it mean something that one of them denies or hedges, or has another name in some place."""
T = TypeVar("T")


class Kind(StrEnum):
    """What a piece of a statement is; what weighs most first."""

    FIGURE = "figure"
    DATE = "date"
    HEDGE = "certainty"
    DENIAL = "negation"
    NAME = "name"
    QUOTE = "quotation"
    WORDS = "words"


_TOLD = (Kind.WORDS, Kind.NAME, Kind.FIGURE, Kind.DATE)

_OF_ONE_THING = (Kind.HEDGE, Kind.DENIAL, Kind.NAME, Kind.QUOTE)
"""What is worth a mark of its own only between statements about one thing: between others nearly all would have one."""


class Weight(IntEnum):
    """How a piece stands to the other side."""

    SAME = 0
    """The other side says it too; or it says little, like “the”."""
    ONLY = 1
    """The other side has nothing like it."""
    DIFFERS = 2
    """The other side says otherwise."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one side, from `start` to `end`; the pieces of a side together are all of it."""

    start: int
    end: int
    kind: Kind
    weight: Weight


@dataclass(frozen=True, slots=True)
class Point:
    """One thing in which two sides differ, in their own words; empty where a side has none."""

    kind: Kind
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements side by side."""

    here: tuple[Piece, ...]
    there: tuple[Piece, ...]
    points: tuple[Point, ...]
    """What differs, what weighs most first."""


@dataclass(slots=True)
class _Reading:
    """A piece of a text as it was understood."""

    start: int
    end: int
    kind: Kind
    value: Figure | Date | Name | str
    weight: Weight = Weight.SAME
    place: int = -1
    """Which of the short stretches it stands in that have other words on the other side; -1: in none."""
    partner: "_Reading | None" = None
    """What the other side says instead."""

    @property
    def is_telling(self) -> bool:
        return self.value not in QUIET_WORDS and self.kind is not Kind.QUOTE


@lru_cache(maxsize=512)
def compare(here: str, there: str, *, are_linked: bool = False) -> Comparison:
    """Compare two statements; the cost is bounded, whatever they hold, and the last ones are kept.

    `are_linked`: a person says that they are about one thing, however little their words show it.
    """
    mine, theirs = _read(here), _read(there)
    _number_places(mine, theirs)
    _weigh_words(mine, there, theirs)
    _weigh_words(theirs, here, mine)
    _pair(mine, theirs, Figure, Figure.is_same, Figure.is_of_same, Figure.is_near)
    _pair(mine, theirs, Date, Date.is_same, Date.is_of_same, Date.is_near)
    is_aligned = _is_aligned(mine, theirs)
    if is_aligned or are_linked:
        _pair_last(mine, theirs)
    if is_aligned:
        _pair(_strange_names(mine), _strange_names(theirs), Name, _never, _never, _always)
    for kind in (Kind.HEDGE, Kind.DENIAL, Kind.QUOTE):
        _weigh_manner(mine, theirs, kind, is_aligned or are_linked)
    if not (is_aligned or are_linked):
        for reading in (*mine, *theirs):
            if reading.kind in _OF_ONE_THING and reading.weight is Weight.ONLY:
                reading.kind = Kind.WORDS
    points = sorted(_points(here, mine, there, theirs), key=lambda point: list(Kind).index(point.kind))
    return Comparison(tuple(_tiled(here, mine)), tuple(_tiled(there, theirs)), tuple(points))


def _read(text: str) -> list[_Reading]:
    """What a text holds, in order, nothing twice: a date is no figure, a month no name."""
    text = text[:REACH]
    found: list[_Reading] = []
    taken = bytearray(len(text))
    readers: tuple[tuple[Kind, Iterable[tuple[int, int, Figure | Date | Name | str]]], ...] = (
        (Kind.DATE, dates(text)),
        (Kind.HEDGE, roughly(text)),
        (Kind.FIGURE, figures(text)),
        (Kind.DENIAL, denials(text)),
        (Kind.HEDGE, hedges(text)),
        (Kind.NAME, names(text)),
        (Kind.QUOTE, quotation_marks(text)),
        (Kind.WORDS, plain_words(text)),
    )
    for kind, some in readers:
        for start, end, value in some:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(_Reading(start, end, kind, value))
    return sorted(found, key=lambda reading: reading.start)[:_MOST]


# --- what stands in whose place ---


def _number_places(mine: Sequence[_Reading], theirs: Sequence[_Reading]) -> None:
    """Number the short stretches in which the two go different ways before or after words that are the same."""
    from rapidfuzz.distance import Indel  # where something is compared only: it takes its time

    mine, theirs = ([one for one in side if one.is_telling] for side in (mine, theirs))
    steps = Indel.opcodes([_key(one) for one in mine], [_key(one) for one in theirs])
    runs = [(is_same, list(some)) for is_same, some in groupby(steps, key=lambda step: step.tag == "equal")]
    if not any(is_same for is_same, _ in runs):
        return
    for number, (is_same, some) in enumerate(runs):
        if not is_same:
            stretch = [
                one
                for step in some
                for one in (*mine[step.src_start : step.src_end], *theirs[step.dest_start : step.dest_end])
            ]
            for one in stretch if len(stretch) <= _SHORT else ():
                one.place = number


def _key(reading: _Reading) -> object:
    """What two readings share that are the same words."""
    match reading.value:
        case Figure() as figure:
            return figure.number
        case Name() as name:
            return stem(name.words[-1])
        case str() as word if reading.kind is Kind.WORDS:
            return stem(word)
        case value:
            return value


# --- what the other side has ---


def _weigh_words(readings: Sequence[_Reading], other: str, others: Sequence[_Reading]) -> None:
    """Words and names that the other side has nowhere."""
    names_there = [one.value for one in others if isinstance(one.value, Name)]
    plain = {word for _, _, word in plain_words(other[:REACH])}.union(*(name.words for name in names_there))
    stems = {stem(word) for word in plain}
    named = Named(plain, names_there)
    for reading in readings:
        if isinstance(reading.value, Name):
            is_there = reading.value in named
        elif reading.kind is Kind.WORDS and isinstance(reading.value, str) and reading.is_telling:
            # A country that begins a sentence looks like any word.
            is_there = _key(reading) in stems or Name((reading.value,)) in named
        else:
            is_there = True
        reading.weight = Weight.SAME if is_there else Weight.ONLY


def _strange_names(readings: Sequence[_Reading]) -> list[_Reading]:
    """The names that the other side has nowhere."""
    return [one for one in readings if one.kind is Kind.NAME and one.weight is Weight.ONLY]


def _pair(
    mine: Sequence[_Reading],
    theirs: Sequence[_Reading],
    of: type[T],
    is_same: Callable[[T, T], bool],
    is_of_same: Callable[[T, T], bool],
    is_near: Callable[[T, T], bool],
) -> None:
    """Find for each reading of a sort whether the other side says it too; of what is left, what the other side says
    otherwise of the same, or in its place."""
    sides = [[one for one in readings if isinstance(one.value, of)][:_PAIRED] for readings in (mine, theirs)]
    left, right = (list(side) for side in sides)

    def both(test: Callable[[T, T], bool], one: _Reading, other: _Reading) -> bool:
        return isinstance(one.value, of) and isinstance(other.value, of) and test(one.value, other.value)

    for some, others in ((left, sides[1]), (right, sides[0])):
        for one in tuple(some):
            one.weight = Weight.ONLY
            if any(both(is_same, one, other) for other in others):
                one.weight = Weight.SAME
                some.remove(one)

    def say_otherwise(fits: Callable[[_Reading, _Reading], bool]) -> None:
        for one in tuple(left):
            other = next((other for other in right if fits(one, other)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                one.weight = other.weight = Weight.DIFFERS
                one.partner, other.partner = other, one

    say_otherwise(lambda one, other: both(is_of_same, one, other))
    say_otherwise(lambda one, other: one.place == other.place >= 0 and both(is_near, one, other))


def _pair_last(mine: Sequence[_Reading], theirs: Sequence[_Reading]) -> None:
    """Where each side of one thing has one figure left, and what it counts is not told by a unit, they are of the
    same: “250 people”, “260 passengers”."""
    sides = [
        [one for one in readings if isinstance(one.value, Figure) and one.weight is Weight.ONLY]
        for readings in (mine, theirs)
    ]
    if all(len(side) == 1 and isinstance(side[0].value, Figure) and side[0].value.is_of_any for side in sides):
        one, other = sides[0][0], sides[1][0]
        one.weight = other.weight = Weight.DIFFERS
        one.partner, other.partner = other, one


def _always(_one: T, _other: T) -> bool:
    return True


def _never(_one: T, _other: T) -> bool:
    return False


def _is_aligned(mine: Sequence[_Reading], theirs: Sequence[_Reading]) -> bool:
    """Whether one side has much of what the other tells, or tells otherwise of it."""
    shares = []
    for side in (mine, theirs):
        telling = [one for one in side if one.kind in _TOLD and one.is_telling]
        shares.append(sum(one.weight is not Weight.ONLY for one in telling) / max(1, len(telling)))
    return max(shares) >= _ALIGNED


def _weigh_manner(mine: Sequence[_Reading], theirs: Sequence[_Reading], kind: Kind, is_aligned: bool) -> None:
    """What one side hedges, denies or quotes and the other does not at all; between two hedges there is no telling."""
    sides = [[one for one in readings if one.kind is kind] for readings in (mine, theirs)]
    for some, others in (sides, sides[::-1]):
        values = {other.value for other in others}
        for one in some:
            one.weight = Weight.SAME
            if not others:
                tells = is_aligned and kind is not Kind.QUOTE and not isinstance(one.value, Roughly)
                one.weight = Weight.DIFFERS if tells else Weight.ONLY
            elif kind is Kind.HEDGE and one.value not in values:
                one.weight = Weight.ONLY


# --- what comes of it ---


def _points(here: str, mine: Sequence[_Reading], there: str, theirs: Sequence[_Reading]) -> Iterator[Point]:
    for one in mine:
        if one.weight is Weight.DIFFERS:
            other = one.partner
            words = there[other.start : other.end] if other is not None else ""
            yield Point(one.kind, here[one.start : one.end], words)
    for one in theirs:
        if one.weight is Weight.DIFFERS and one.partner is None:
            yield Point(one.kind, "", there[one.start : one.end])


def _tiled(text: str, readings: Sequence[_Reading]) -> Iterator[Piece]:
    """The whole text in pieces: readings and what stands between them, neighbours that look the same joined. The space
    between two words that both stand on one side only does so too."""
    pieces: list[Piece] = []
    at = 0
    for one in readings:
        if one.start > at:
            before = pieces[-1] if pieces else None
            joins = (
                before is not None
                and before.kind is one.kind is Kind.WORDS
                and before.weight is one.weight
                and text[at : one.start].isspace()
            )
            pieces.append(Piece(at, one.start, Kind.WORDS, one.weight if joins else Weight.SAME))
        pieces.append(Piece(one.start, one.end, one.kind, one.weight))
        at = one.end
    if at < len(text):
        pieces.append(Piece(at, len(text), Kind.WORDS, Weight.SAME))
    for _, some in groupby(pieces, key=lambda piece: (piece.weight, -1 if piece.kind is Kind.WORDS else piece.start)):
        group = list(some)
        yield Piece(group[0].start, group[-1].end, group[0].kind, group[0].weight)
