"""Numbers understood: what range each may mean, and of what. “Over a dozen” is more than 12, “two-day” is 2 days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tui.suggest.figures import Figure, figures
from tui.suggest.manner import roughly

_ABOUT = 0.1
"""How far “about” reaches on either side of a number, as a share of it."""
_NEARLY = 0.15
_OVER = 2.0
"""Nobody says “over a dozen” of more than this many times a dozen."""
_UP_TO = 0.4
_ABOVE = ("at least", "more than", "over")
_BELOW = ("at most", "up to", "less than", "fewer than", "under", "as many as")
_ALMOST = ("nearly", "almost")
_VAGUE = {
    "dozens": (24.0, 150.0),
    "scores": (40.0, 200.0),
    "hundreds": (200.0, 1_500.0),
    "thousands": (2_000.0, 15_000.0),
    "millions": (2e6, 1.5e7),
    "billions": (2e9, 1.5e10),
    "trillions": (2e12, 1.5e13),
}
_ROUND = 1_000
"""From here on a number that ends in zeros is taken for a round one: 5,000 may be 5,200."""
_AGED = re.compile(r"[A-Z][\w’'-]+,\s$")
"""What stands before an age: “Jane Doe, 52, …”."""
_YOUNGEST, _OLDEST = 1, 115
_PART = re.compile(r"\sof\s(?:the|them|these|those|his|her|its|their|whom|which)\b")
_BETWEEN = re.compile(r"\s?(?:to|or|[-–—])\s?|\sand\s")
_OPENS_RANGE = re.compile(r"\bbetween\s$")
_SCALE = re.compile(r"\s?(?P<scale>[Cc]elsius|[Cc]entigrade|[Ff]ahrenheit|[CF]\b)")
_DEGREE = 0.45
"""How far a temperature may be rounded, in degrees of its own scale."""
_PARTS = re.compile(r"[a-z]+[\s-](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?$", re.IGNORECASE)
_SHOWN = {"percent": "per cent", "nth": ""}
_TIMES = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
_YEAR = 31_557_600.0
_SPANS = (
    ("year", _YEAR),
    ("month", 2_629_800.0),
    ("week", 604_800.0),
    ("day", 86_400.0),
    ("hour", 3_600.0),
    ("minute", 60.0),
    ("second", 1.0),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text, from `start` to `end` with the words that make it rough and a unit that is known."""

    start: int
    end: int
    low: float
    high: float
    """From and to which it may be, both included; of a time in seconds."""
    sort: str
    """What it is a number of, if a unit tells: “dollar”, “time”, “age”, “rank”; “count” of things."""
    things: frozenset[str]
    """Stems of the words that may name what is counted."""
    said: str
    """As it was read: “more than 12”, “2 days”."""
    size: float | None = None
    """The number itself, whatever makes it rough; of a time in seconds. None of a range, or where there is none."""

    def agrees(self, other: "Amount") -> bool:
        """Whether both can be of one number."""
        return self.low <= other.high and other.low <= self.high

    def can_be_held_against(self, other: "Amount") -> bool:
        return self.sort == other.sort

    @property
    def years(self) -> tuple[float, float] | None:
        """Of a time that is told in years or months, how many years."""
        return (self.low / _YEAR, self.high / _YEAR) if self.sort == "time" and self.low > 2_000_000 else None


def amounts(text: str) -> list[Amount]:
    """The numbers of a text; two that are the ends of a range are one."""
    rough = {end: (start, word) for start, end, word in roughly(text)}
    found = [_amount(text, start, end, figure, rough) for start, end, figure in figures(text)]
    return list(_joined(text, [one for one in found if one is not None]))


def _amount(text: str, start: int, end: int, figure: Figure, rough: dict[int, tuple[int, str]]) -> Amount | None:
    before = rough.get(start - 1)
    if _PART.match(text, end):
        return None  # “two of the injured”: how many there are is told elsewhere
    if isinstance(figure.number, str):
        if figure.number not in _VAGUE:
            return None
        low, high = _VAGUE[figure.number]
        return Amount(start, end, low, high, "count", figure.units, figure.number)
    number = figure.number
    if figure.units == frozenset({"degree"}) and (scale := _SCALE.match(text, end)):
        return _temperature(start, scale.end(), number, scale["scale"][0].upper() == "F")
    if figure.units == frozenset({"percent"}) and _PARTS.match(text[start:end]):
        # Nobody says “a third” who has counted.
        low, high = number * (1 - _ABOUT), number * (1 + _ABOUT)
        return Amount(start, end, low, high, "percent", frozenset(), f"about {number:.3g} per cent")
    sort, things, size = _sort(text[start : end + 8], figure)
    if (
        sort == "count"
        and _OLDEST >= number >= _YOUNGEST
        and text[end : end + 1] == ","
        and _AGED.search(text, 0, start)
    ):
        sort, things = "age", frozenset()
    said = _said(number, figure.units if sort != "count" else frozenset(), sort)
    low = high = whole = number * size
    word = before[1] if before else ""
    if before:
        start = before[0]
    elif sort in ("count", "dollar", "euro", "pound", "yen", "rupee"):
        slack = _slack(text[start:end], number)
        low, high = low - slack, high + slack
    if word in _ABOVE:
        # “At least 12” may be 12, “more than 12” not; neither is far from it.
        low, high = low if word == "at least" else low * 1.0001, high * _OVER
    elif word in _BELOW:
        low, high = low * _UP_TO, high
    elif word in _ALMOST:
        low *= 1 - _NEARLY
    elif word:
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    if low > high:
        low, high = high, low  # degrees below nothing
    return Amount(start, end, low, high, sort, things, f"{_plain(word)} {said}".strip(), whole)


def _temperature(start: int, end: int, number: float, is_fahrenheit: bool) -> Amount:
    """A temperature in degrees Celsius; as near as whole degrees tell."""
    if not is_fahrenheit:
        said = f"{_number(number)} degrees Celsius"
        return Amount(start, end, number - _DEGREE, number + _DEGREE, "celsius", frozenset(), said)
    here = (number - 32) / 1.8
    said = f"{_number(number)} degrees Fahrenheit, about {round(here)} Celsius"
    return Amount(start, end, here - _DEGREE / 1.8, here + _DEGREE / 1.8, "celsius", frozenset(), said)


def _sort(written: str, figure: Figure) -> tuple[str, frozenset[str], float]:
    """What the number is of, the words that name it, and how much one of it is."""
    units = figure.units
    if "nth" in units:
        return "rank", units - {"nth"}, 1.0
    seconds = Figure(1.0, units).seconds
    if seconds is not None:
        if re.search(r"[\s-]olds?\b|\sof\sage\b", written):
            return "age", frozenset(), 1.0
        return "time", frozenset(), seconds
    if len(units) == 1 and not figure.is_of_any:
        (unit,) = units
        return unit, frozenset(), 1.0
    return "count", units, 1.0


def _slack(written: str, number: float) -> float:
    """How far a number may be rounded, by the zeros it ends in or the places of “1.2 million”."""
    if abs(number) < _ROUND or number != int(number):
        return 0.0
    digits = str(abs(int(number)))
    zeros = len(digits) - len(digits.rstrip("0"))
    named = re.search(
        r"(\d+)(?:\.(\d+))?\s?(?:trillion|billion|million|thousand|tn|bn|mn|m|k)\b", written, re.IGNORECASE
    )
    if named and named[2] is not None:
        magnitude = abs(number) / float(f"{named[1]}.{named[2]}")
        return float(0.5 * magnitude / 10 ** len(named[2]))
    return 0.5 * 10**zeros if zeros >= 3 else 0.0


def _joined(text: str, found: list[Amount]) -> Iterator[Amount]:
    """“10 to 15 people” as one number between both."""
    taken = -1
    ranges: dict[int, Amount] = {}
    for position, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        joins = _BETWEEN.fullmatch(between) is not None and (
            between.strip() != "and" or _OPENS_RANGE.search(text, max(0, one.start - 9), one.start) is not None
        )
        if (
            position > taken
            and joins
            and one.sort in ("count", other.sort)
            and one.low <= other.high
            and one.sort != "rank"
        ):
            taken = position + 1
            said = f"{one.said} to {other.said}"
            size = 1.0 if one.sort == other.sort else other.high / max(1e-9, _number_of(other))
            ranges[position] = Amount(
                one.start, other.end, one.low * size, other.high, other.sort, one.things | other.things, said
            )
    skipped = {position + 1 for position in ranges}
    for position, one in enumerate(found):
        if position not in skipped:
            yield ranges.get(position, one)


def _number_of(amount: Amount) -> float:
    found = re.search(r"[\d.]+", amount.said.replace(",", ""))
    return float(found[0].strip(".") or 1) if found else amount.high


def _said(number: float, units: frozenset[str], sort: str) -> str:
    shown = _number(number)
    if sort == "rank":
        return f"number {shown}"
    unit = next(iter(units), "") if len(units) == 1 else ""
    unit = _SHOWN.get(unit, unit)
    if not unit or unit == "per cent":
        return f"{shown} {unit}".strip()
    plural = {"foot": "feet", "century": "centuries"}.get(
        unit, unit if unit in ("yen", "yuan", "mph", "kph") else f"{unit}s"
    )
    return f"{shown} {unit if number == 1 else plural}"


def _number(number: float) -> str:
    for name, size in _TIMES:
        if abs(number) >= size:
            return f"{number / size:.6g} {name}"
    return f"{number:,.10g}"


def _plain(word: str) -> str:
    return {"over": "more than", "around": "about", "some": "about", "under": "less than"}.get(word, word)
