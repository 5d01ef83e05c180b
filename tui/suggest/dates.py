"""Days, months, years and times of day as news writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_CUES = """
    in of last next this since early late until by from during through between and to before after mid
"""
_BEFORE_MONTH = "|".join(rf"(?<=\b(?i:{word}) )" for word in _CUES.split())
"""“May” and “March” are other words too: alone they are months only after one of these."""
_OTHER = (
    r"yesterday|today|tomorrow|tonight|(?:last|next|this|past)\s(?:week|weekend|month|year|night|morning|evening|spring"
    r"|summer|autumn|fall|winter)"
)
_DATE = re.compile(
    rf"(?<![\w.,]){_DAY.format(1)}(?:\sof)?\s(?P<month1>{_MONTH})(?:,?\s(?P<year1>{_YEAR}))?(?!\w)"
    rf"|\b(?P<month2>{_MONTH})\s{_DAY.format(2)}(?:,?\s(?P<year2>{_YEAR}))?(?![\w,]\d|\w)"
    rf"|\b(?P<month3>{_MONTH}),?\s(?P<year3>{_YEAR})\b"
    rf"|\b(?P<year4>{_YEAR})-(?P<month4>[01]\d)-(?P<day4>[0-3]\d)\b"
    rf"|\b(?P<month5>(?!May\b|March\b)(?:{'|'.join(MONTHS)})|(?:{_BEFORE_MONTH})(?:May|March))\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})s?\b"
    rf"|(?<![\w.,$€£¥₹])(?P<decade>{_YEAR}s)\b"
    rf"|(?<![\w.,$€£¥₹])(?P<year6>{_YEAR})(?![\w%]|[.,]\d|\s(?:per\s?cent|million|billion)\b)"
    r"|(?<![\w:.])(?P<clock>(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])(?:m\b|\.m\b\.?)"
    r"|(?P<hour24>[0-2]?\d):(?P<minute24>[0-5]\d)"
    # A number with a point is a time only where the day or the like is told with it.
    r"|(?<=\b[Aa]t )(?P<hourat>[0-2]?\d)\.(?P<minuteat>[0-5]\d)"
    rf"(?=\s(?:(?:on|last|late|early)\s(?:{'|'.join(WEEKDAYS)})"
    r"|in\sthe\s(?:morning|afternoon|evening)|local\stime|GMT|yesterday|today|tonight|last\snight)))(?![:\d])"
    # With a capital where it begins a sentence; elsewhere it is the name of a paper.
    rf"|(?P<other>\b(?:{_OTHER})|(?<!\w )\b(?=[A-Z])(?i:{_OTHER}))\b"
)
_COUNTED = re.compile(r"\s(?:[a-z]{3,}s|people|men|women|children)\b")
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|from|before|after|during|early|late|year|to|and)|[(,–—-])\s?$"
)


@dataclass(frozen=True, slots=True)
class Date:
    """What is said of a day or time; None where nothing is."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: str | None = None
    other: str | None = None
    """A time of day (“14:30”), a decade, “yesterday”."""

    def is_same(self, other: "Date") -> bool:
        """Whether both say something of the same sort, and nothing they both say differs."""
        shared = self._shared(other)
        return bool(shared) and all(mine == theirs for mine, theirs in shared)

    def is_of_same(self, other: "Date") -> bool:
        """Whether they can be compared at all: a weekday and a year can't."""
        return bool(self._shared(other))

    def is_near(self, other: "Date") -> bool:
        """Whether it says something that one can stand in the other's place: both name a month or year."""
        return None not in (self.year or self.month, other.year or other.month)

    def _shared(self, other: "Date") -> list[tuple[object, object]]:
        pairs = (
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
            (self.weekday, other.weekday),
            (self.other, other.other),
        )
        return [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]


def dates(text: str) -> Iterator[tuple[int, int, Date]]:
    """The dates and times of a text with where they stand."""
    for found in _DATE.finditer(text):
        start, end = found.span()
        if found["year6"] and not _YEAR_CUE.search(text, max(0, start - 12), start) and _COUNTED.match(text, end):
            continue  # “2000 soldiers”
        yield start, end, _date(found)


def _date(found: re.Match[str]) -> Date:
    if found["weekday"]:
        return Date(weekday=found["weekday"])
    if found["clock"]:
        return Date(other=_clock(found))
    rest = found["decade"] or found["other"]
    if rest:
        return Date(other=re.sub(r"\s", "", rest.lower()))
    groups = found.groupdict()
    values: dict[str, str] = {}
    for name, value in groups.items():
        if value is not None and name[-1].isdigit():
            values[name[:-1]] = value
    month = values.get("month")
    return Date(
        year=int(values["year"]) if "year" in values else None,
        month=None if month is None else int(month) if month.isdigit() else _MONTH_OF[month[:3].lower()],
        day=int(values["day"]) if "day" in values else None,
    )


def _clock(found: re.Match[str]) -> str:
    """A time of day by twenty-four hours: “2.30pm” and “14:30” are the same."""
    hour = int(found["hour24"] or found["hourat"] or found["hour"])
    minute = int(found["minute24"] or found["minuteat"] or found["minute"] or 0)
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{hour}:{minute:02}"
