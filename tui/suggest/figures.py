"""Numbers as news writes them, with what they count: “two-day”, “2 days”, “$3.5bn”, “a dozen”, “40 per cent”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.suggest.words import QUIET_WORDS, plain_words, stem

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINAL = {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
_TIMES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}
_SECONDS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "fortnight": 1_209_600.0,
    "month": 2_629_800.0,
    "year": 31_557_600.0,
    "decade": 315_576_000.0,
    "century": 3_155_760_000.0,
}
_UNITS = frozenset(
    {
        *_SECONDS,
        *("percent", "dollar", "euro", "pound", "yen", "yuan", "rupee", "rouble", "cent"),
        *("metre", "kilometre", "centimetre", "mile", "foot", "ton", "tonne", "kilogram", "lb", "degree"),
        *("mph", "kph"),
    }
)
_WRITTEN = {
    "feet": "foot",
    "centuries": "century",
    "percentage": "percent",
    "people": "person",
    "meter": "metre",
    "kilometer": "kilometre",
    "km": "kilometre",
    "cm": "centimetre",
    "ft": "foot",
    "kg": "kilogram",
    "kmh": "kph",
    "ruble": "rouble",
}
"""Units that have another form, or a short one."""
_ONE_OF = frozenset({"person", "child", "death", "injury"})
"""What “one” counts; before other words it is seldom a number."""
_NEAR = 3
"""Words after a number that may name what it counts."""

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:\.\d{3}){2,}|\d+(?:\.\d+)?"
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THINGS = re.compile(
    r"\s(?!(?:years|months|weeks|days|hours|minutes|seconds|miles|metres|meters|kilometres|kilometers"
    r"|tons|tonnes|degrees|points|times)\b)(?:[a-z]{3,}s|people|men|women|children)\b"
)
"""What is counted whole: a dot between three digits parts the thousands there, as in “3.500 books”."""
_SPELT = "|".join(sorted((*_WORDS, "hundred", "thousand", "million", "billion", "trillion", "dozen"), key=len)[::-1])
_NUMBER = re.compile(
    # “to -5” is below nothing, “2-1” and “F-35” are not.
    r"(?<![\w.,])(?<![^\W\d]-)(?P<minus>(?<!\S)[-−]|(?i:\bminus\s))?(?:(?P<money>(?:\b[A-Z]{1,2})?[$€£¥₹])\s?)?"
    rf"(?P<digits>{_DIGITS})"
    rf"(?:(?P<nth>st|nd|rd|th)\b|[ \u00a0-]?(?P<times>hundred|thousand|million|billion|trillion|dozen|tn|bn|mn|m|k)\b)?"
    r"(?:\s?(?P<share>%|per\s?cent\b)|(?P<unit>mph|kmh|kph|km|cm|ft|kg|lbs?)"
    r"|\s?(?P<degrees>°)(?:\s?[CF]\b)?)?(?!\w|[.,]\d)"
    rf"|(?<![\w-])(?P<parts>a|one|two|three|four)[\s-](?P<fraction>{'|'.join(_FRACTIONS)})s?\b(?=\sof\b|[.,;]|$"
    r"|\s(?:yesterday|today|overnight|last|this|since|from|to|compared|over|on\s[A-Z])\b)"
    rf"|(?<![\w-])(?P<spelt>(?:(?:half\s)?a\s(?=hundred|thousand|million|billion|trillion|dozen))?"
    rf"(?:{_SPELT})(?:(?:[ -]|\sand\s)(?:{_SPELT})|\sand\sa\shalf)*)\b(?:\s(?P<percent>per\s?cent\b))?"
    rf"|(?<![\w-])(?P<ordinal>{'|'.join(_ORDINAL)})\b"
    r"|(?<![\w-])(?P<vague>dozens|scores|hundreds|thousands|millions|billions|half|twice)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[^\w\s’'-]|\n")
_CAPITAL = re.compile(r"[ \u00a0][A-Z]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it may count."""

    number: float | str
    """The number, or the word of one that is not exact (“dozens”)."""
    units: frozenset[str] = frozenset()
    """Words that may name what is counted, as stems; the one unit where it is known."""

    def is_same(self, other: "Figure") -> bool:
        """Whether the two are one number of the same thing, also where one is in days and the other in hours."""
        mine, theirs = self.seconds, other.seconds
        if mine is not None and theirs is not None:
            return abs(mine - theirs) <= 0.01 * mine
        return self.number == other.number and (not self.units or not other.units or bool(self.units & other.units))

    def is_of_same(self, other: "Figure") -> bool:
        """Whether they count the same, as far as the words after them tell."""
        return bool(self.units & other.units)

    def is_near(self, other: "Figure") -> bool:
        """Whether one can stand in the other's place: no unit says that they count different things."""
        return self.is_of_any and other.is_of_any

    @property
    def is_of_any(self) -> bool:
        """Whether no unit is known that tells what it counts, nor that it is a rank."""
        return self.units.isdisjoint(_UNITS | {"nth"})

    @property
    def seconds(self) -> float | None:
        (unit, *more) = self.units or ("",)
        if more or unit not in _SECONDS or isinstance(self.number, str):
            return None
        return self.number * _SECONDS[unit]


def figures(text: str) -> Iterator[tuple[int, int, Figure]]:
    """The figures of a text with where they stand, a unit that is known included."""
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        number = _number(found)
        if number is None:
            continue
        if found["money"]:
            yield start, end, Figure(number, frozenset({_MONEY[found["money"][-1]]}))
        elif found["share"] or found["percent"] or found["fraction"]:
            yield start, end, Figure(number, frozenset({"percent"}))
        elif found["degrees"]:
            yield start, found.start("degrees") + 1, Figure(number, frozenset({"degree"}))
        elif found["unit"]:
            yield start, end, Figure(number, frozenset({_plain_unit(found["unit"].lower())}))
        elif found["ordinal"] and found["ordinal"][0].isupper() and _CAPITAL.match(text, end):
            continue  # “the Second World War”
        else:
            unit, units, last = _units(text, end)
            if found["ordinal"] and found["ordinal"].lower() == "second" and unit is not None:
                continue  # “a second day”: no matter
            if (found["spelt"] or "").lower() == "one" and unit is None and units.isdisjoint(_ONE_OF):
                continue  # “one of them”, “no one”, “one official said”
            if found["ordinal"] or found["nth"]:
                units = frozenset({"nth", *units})
                unit = None
            yield start, last if unit is not None else end, Figure(number, frozenset({unit}) if unit else units)


def _number(found: re.Match[str]) -> float | str | None:
    if found["fraction"]:
        return 100.0 * (_WORDS.get(found["parts"].lower(), 1) / _FRACTIONS[found["fraction"].lower()])
    if found["digits"]:
        digits = re.sub("[,\u00a0\u202f]", "", found["digits"])
        is_whole = not (found["money"] or found["times"] or found["share"] or found["unit"] or found["degrees"])
        if _DOTTED.fullmatch(digits) and (
            digits.count(".") > 1 or (is_whole and _THINGS.match(found.string, found.end()))
        ):
            digits = digits.replace(".", "")
        number = float(digits)
        number = -number if found["minus"] else number
        return number * _TIMES[found["times"].lower()] if found["times"] else number
    if found["spelt"]:
        return _spelt(found["spelt"].lower())
    if found["ordinal"]:
        return float(_ORDINAL[found["ordinal"].lower()])
    return str(found["vague"].lower())


def _spelt(words: str) -> float | str | None:
    """“two hundred and fifty thousand” → 250000; a magnitude alone counts one of it only after “a”, and is not exact
    else: “several thousand”. None for numbers that make none together: “nineteen eighty-four”."""
    total, part = 0.0, 0.0
    first, *more = re.split(r"[\s-]+", words)
    if first in _TIMES:
        return f"{first}s"
    for word in (first, *more):
        if word in _WORDS:
            # After tens come ones, after hundreds both.
            if part % 100 and (part % 10 or part % 100 < 20 or not 0 < _WORDS[word] < 10):
                return None
            part += _WORDS[word]
        elif word == "half":
            part += 0.5
        elif word in _TIMES:
            part = (part or 1) * _TIMES[word]
            if _TIMES[word] >= 1e3:
                total, part = total + part, 0.0
    return total + part


def _units(text: str, start: int) -> tuple[str | None, frozenset[str], int]:
    """The unit after a number where it is a known one, all words that may be one, and where the unit ends."""
    stop = _END.search(text, start)
    end = min(stop.start() if stop else len(text), start + 60)
    found: set[str] = set()
    for position, (_, last, word) in enumerate(plain_words(text, start, end)):
        if position == _NEAR or word in QUIET_WORDS:
            break
        if word[0].isdigit():
            continue  # “2-1”
        first = word.split("-")[0]  # “year-old”
        unit = _plain_unit(first)
        if position == 0 and unit in _UNITS:
            return unit, frozenset({unit}), last
        found.add(unit if unit in _ONE_OF else stem(word))
    return None, frozenset(found), start


def _plain_unit(word: str) -> str:
    return _WRITTEN.get(word) or _WRITTEN.get(word.removesuffix("s")) or word.removesuffix("s")
