"""Dates understood: which days each may mean, where the day is known on which the article appeared.

“Monday” in an article of Tuesday, 20 June is 19 June; “five years” there goes back to about June 2018.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as day_of
from datetime import timedelta

from tui.suggest.amounts import amounts
from tui.suggest.dates import MONTHS, WEEKDAYS, Date, dates

_WILL = re.compile(
    r"\b(?:will(?!\shave)|shall|[’']ll|(?:is|are)\s(?:to|going\sto|due|scheduled|set\sto|expected)|next|upcoming|coming"
    r"|begins?|starts?|opens?|ends?|closes?|expires?|resumes?|takes?\splace)\b",
    re.IGNORECASE,
)
"""Words after which, in the same clause, a day is still to come."""
_COMING = re.compile(
    r"\b(?:will|shall|(?:is|are)\sto|going\sto|next|coming|upcoming|scheduled|due|plans?|planned"
    r"|planning|set\sto|expected|expects?|later\sthis|would|until|till|by)\b",
    re.IGNORECASE,
)
"""Words beside which a day may still be to come."""
_CLAUSE = re.compile(r"[,;:.!?”\"](?=\s|$)|\s[-–—]\s|—|\n")
"""Where a clause ends, more or less."""
_WHICH = re.compile(r"\b(?:last|next|this|coming)\s$", re.IGNORECASE)
"""What belongs to a weekday, before it."""
_WEEKEND = re.compile(r"\b(?:(?P<which>last|this|past|next)\s|(?:over|at|during|on)\sthe\s)weekend\b", re.IGNORECASE)
_AGO = re.compile(r"\s(?:ago|earlier|before)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:in|for|over|within|after|during)\s(?:(?:the|about|around|more|than|last|past|some|nearly)\s)*$"
)
"""What stands before a time that goes back from the day of the article: “the first in five years”."""
_ROLE = re.compile(
    r"\b(?P<role>since|from|until|till|by|before|after|starting|beginning)\s(?:(?:early|late|mid|the|last)[\s-])?$",
    re.IGNORECASE,
)
_ROLES = {"since": "start", "from": "start", "starting": "start", "beginning": "start"}
_SAYS = (
    r"said|says|told|announced|tweeted|wrote|stated|confirmed|warned|added|reported|insisted|denied|declared|promised"
)
_SAID_ON = re.compile(
    rf"\b(?:{_SAYS})(?:\s\w+){{0,4}}?\s(?:(?:late|early)\s)?(?:on\s)?(?:(?:late|early)\s)?$"
    r"|\b(?:statement|interview)(?:\s\w+){0,3}\s(?:on\s)?$",
    re.IGNORECASE,
)
_ON_SAYS = re.compile(rf"^(?:\s\w+){{0,3}}?,?(?:\s[\w.’'-]+){{1,6}}?\s(?:{_SAYS})\b")
"""Before and after the day on which somebody said something: it is not the day of what he tells."""
_YEAR_DAYS = 365.25
_SOON = 45
"""Days in which a day without its year may be to come."""
_OLDEST, _NEWEST = 1400, 2200
"""Years that a calendar is asked for."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date or time of a text."""

    start: int
    end: int
    date: Date
    spans: tuple[tuple[int, int], ...]
    """The stretches of days it may mean, as ordinals, first and last included; none where that can't be known."""
    role: str
    """“start” of “since 2018”, “until” …; “” where it is when something happened."""
    reaches: bool = False
    """Whether it is told as a length of time, that goes back from the day of the article."""

    @property
    def length(self) -> int:
        """How many days it leaves open."""
        return min((last - first + 1 for first, last in self.spans), default=1)

    def agrees(self, other: "Day") -> bool:
        """Whether both can mean one time."""
        if self.spans and other.spans:
            return any(a <= d and c <= b for a, b in self.spans for c, d in other.spans)
        return self.date.is_same(other.date)

    def differs(self, other: "Day") -> bool:
        """Whether they say something of one sort that can't both be."""
        if self.spans and other.spans:
            return not self.agrees(other)
        if self.date.other is not None or other.date.other is not None:
            clocks = [date.other is not None and ":" in date.other for date in (self.date, other.date)]
            return all(clocks) and self.date.other != other.date.other
        return self.date.is_of_same(other.date) and not self.date.is_same(other.date)


def days(text: str, published: day_of | None) -> list[Day]:
    """The dates of a text; `published` is the day on which the article appeared."""
    comes = _COMING.search(text) is not None
    found: list[Day] = []
    taken = bytearray(len(text))
    for weekend in _WEEKEND.finditer(text):
        start, end = weekend.span()
        taken[start:end] = b"\1" * (end - start)
        spans = _weekend(published, weekend["which"]) if published else ()
        found.append(Day(start, end, Date(other="weekend"), spans, ""))
    for start, end, date in dates(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            role = _role(text, start, end)
            before = _WHICH.search(text, max(0, start - 8), start)
            named = before[0].strip().lower() if before else ""
            if named in ("last", "next"):
                which = named
            elif role == "said":
                which = "past"
            elif named == "coming" or _is_to_come(text, start, end):
                which = "coming"
            else:
                which = "open" if comes else ""
            spans = tuple(_spans(date, published, which))
            found.append(Day(before.start() if before and date.weekday else start, end, date, spans, role))
    if published is not None:
        found.extend(one for one in _lengths(text, published) if not any(taken[one.start : one.end]))
    return sorted(found, key=lambda one: one.start)


def _is_to_come(text: str, start: int, end: int) -> bool:
    """Whether the words of its clause have it that a day is still to come."""
    first = max(
        (stop.end() for stop in _CLAUSE.finditer(text, max(0, start - 120), start)), default=max(0, start - 120)
    )
    if _WILL.search(text, first, start):
        return True
    # “On Monday, the court will decide”
    if text[:start].strip(' “"').lower() not in ("on", "in", "from", ""):
        return False
    stop = _CLAUSE.search(text, end + 1)
    return _WILL.search(text, end, stop.start() if stop else len(text)) is not None


def _role(text: str, start: int, end: int) -> str:
    role = _ROLE.search(text, max(0, start - 24), start)
    if role:
        word = role["role"].lower()
        return _ROLES.get(word, word)
    opens = text[:start].strip(' “"') in ("On", "")
    if _SAID_ON.search(text, max(0, start - 60), start) or (opens and _ON_SAYS.match(text[end : end + 90])):
        return "said"
    return ""


def said(day: Day) -> str:
    """As it was read, in words; all that it may mean, the likeliest first."""
    if not day.spans:
        return ""
    first = day.spans[0]
    words = [_said(day, first)]
    for one in day.spans[1:]:
        # An article may be dated the day after it was written.
        is_eve = one[0] == one[1] == first[0] - 1
        words.append("the day before" if is_eve else _said(day, one))
    return " or ".join(words)


def _said(day: Day, span: tuple[int, int]) -> str:
    first, last = (day_of.fromordinal(max(1, one)) for one in span)
    if day.reaches:
        middle = day_of.fromordinal(max(1, (span[0] + span[1]) // 2))
        return f"{'since ' if day.role else ''}about {MONTHS[middle.month - 1]} {middle.year}"
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + timedelta(1)).day == 1 and first.month == last.month and first.year == last.year:
        return f"{MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day} to {last.day} {MONTHS[first.month - 1]} {first.year}"
    since = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {MONTHS[first.month - 1]}{since} to {last.day} {MONTHS[last.month - 1]} {last.year}"


def read_day(text: str | None) -> day_of | None:
    """The day of an article's date, if it tells one."""
    if text is None:
        return None
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
    with suppress(ValueError):
        return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None
    return None


# --- what a date may mean ---


def _spans(date: Date, published: day_of | None, which: str) -> Iterator[tuple[int, int]]:
    with suppress(ValueError, OverflowError):
        if date.year is not None:
            if _OLDEST < date.year < _NEWEST:
                yield _span(date.year, date.month, date.day)
        elif published is None:
            return
        elif date.month is not None:
            yield from _nearest(date.month, date.day, published, which)
        elif date.weekday is not None:
            yield from _weekday(date.weekday, published, which)
        elif date.other is not None:
            yield from _other(date.other, published)


def _span(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    if month is None:
        return day_of(year, 1, 1).toordinal(), day_of(year, 12, 31).toordinal()
    if day is None:
        after = day_of(year + month // 12, month % 12 + 1, 1)
        return day_of(year, month, 1).toordinal(), after.toordinal() - 1
    return (one := day_of(year, month, day).toordinal()), one


def _nearest(month: int, day: int | None, published: day_of, which: str) -> Iterator[tuple[int, int]]:
    """A month or a day of one without its year: the last before the article, or the next."""
    today = published.toordinal()
    years = []
    for year in (published.year - 1, published.year, published.year + 1):
        with suppress(ValueError):  # 29 February
            years.append(_span(year, month, day))
    past = [one for one in years if one[0] <= today]
    coming = [one for one in years if one[1] >= today]
    if which in ("coming", "next") and coming:
        yield coming[0]
        return
    found = past[-1:]
    if which == "last":
        found += past[-2:-1]
    elif which != "past":
        # A day soon after the article is one that is still to come, whatever stands beside it.
        found += [one for one in coming[:1] if which == "open" or one[0] - today < _SOON]
    yield from dict.fromkeys(sorted(found, key=lambda one: max(one[0] - today, today - one[1], 0)))


def _weekday(name: str, published: day_of, which: str) -> Iterator[tuple[int, int]]:
    today = published.toordinal()
    back = (published.weekday() - WEEKDAYS.index(name)) % 7
    last, following = today - back, today - back + 7
    match which:
        case "next":
            # Some say so of the first one to come, others of that of the next week.
            found = [following + 7, following] if following - today < 7 - published.weekday() else [following]
        case "coming":
            found = [today, following] if back == 0 else [following]
        case "open":
            found = [last, following]
        case "last":
            found = [last, last - 7] if back else [last - 7]
        case _:
            found = [last, last - 7] if back == 0 else [last]
    yield from ((day, day) for day in found)


def _weekend(published: day_of, which: str | None) -> tuple[tuple[int, int], ...]:
    saturday = published.toordinal() - (published.weekday() - 5) % 7
    last = (saturday, saturday + 1)
    following = (saturday + 7, saturday + 8)
    if which is not None and which.lower() == "next":
        return (following,)
    if which is not None and which.lower() == "this":
        return last, following
    return (last,) if published.weekday() < 5 else (last, (saturday - 7, saturday - 6))


def _other(word: str, published: day_of) -> Iterator[tuple[int, int]]:
    today = published.toordinal()
    if word.endswith("s") and word[:4].isdigit():
        year = int(word[:4])
        if _OLDEST < year < _NEWEST:
            yield day_of(year, 1, 1).toordinal(), day_of(year + 9, 12, 31).toordinal()
        return
    near = {"today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1)}
    near |= {"lastnight": (-1, 0), "thismorning": (0, 0), "thisevening": (0, 0)}
    if word in near:
        first, last = near[word]
        yield today + first, today + last
        # An article may be dated a day after it was written.
        yield today + first - 1, today + first - 1
        return
    step = {"last": -1, "past": -1, "this": 0, "next": 1}.get(word[:4])
    if step is None:
        return
    match word[4:]:
        case "week":
            monday = today - published.weekday() + 7 * step
            yield monday, monday + 6
            if word[:4] == "past":
                yield today - 7, today
            elif word[:4] == "last" and published.weekday() >= 5:
                yield monday + 7, today  # at its end a week may be called the last
            else:
                yield monday - 1, monday - 1  # where weeks begin on Sunday
        case "month":
            year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
            yield _span(year, month + 1, None)
        case "year":
            yield _span(published.year + step, None, None)


def _lengths(text: str, published: day_of) -> Iterator[Day]:
    """Lengths of time that go back from the day of the article: “two months ago”, “the first in five years”."""
    today = published.toordinal()
    for amount in amounts(text):
        years = amount.years
        if years is None or years[1] > 600:
            continue
        ago = _AGO.match(text, amount.end)
        back = _BACK.search(text, max(0, amount.start - 40), amount.start)
        if ago or back:
            # “Five years” may be four and a half, or nearly six.
            slack = 1.0 if years[0] >= 1 else 1 / 12
            first, last = (
                today - round((one + by) * _YEAR_DAYS) for one, by in ((years[1], slack), (years[0], -slack))
            )
            yield Day(amount.start, amount.end, Date(), ((first, min(last, today)),), "" if ago else "start", True)
