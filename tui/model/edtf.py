"""The time a claim speaks of, as EDTF (ISO 8601-2): `2023-06-19`, `2023-02`, `2021/..`, `2023-06~`, `2023-22`.

Level 1 is read, which is what news needs: dates of each precision, times, intervals with an open or unknown end,
seasons (21 to 24), and the marks `?` uncertain, `~` approximate, `%` both, `X` for digits not known.
"""

import re
from datetime import date

_DAY = r"(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?"
_HOUR = r"(?:[01][0-9]|2[0-3])"
_SHIFT = rf"(?:Z|[+-]{_HOUR}:[0-5][0-9])?"
_DATE = re.compile(rf"({_DAY})(?:[?~%]|T{_HOUR}:[0-5][0-9](?::[0-5][0-9])?{_SHIFT})?")
_SEASONS = range(21, 25)
_OPEN = ("", "..")


def is_edtf(text: str) -> bool:
    """Whether `text` is a date or interval that this reader knows, whose end is not before its start."""
    start, slash, end = text.partition("/")
    if not slash:
        return _bounds(text) is not None
    first, last = _bounds(start), _bounds(end)
    if first is None or last is None:
        one_is_open = (start in _OPEN) != (end in _OPEN)
        return one_is_open and (first or last) is not None
    return first[0] <= last[1]


def _bounds(text: str) -> tuple[str, str] | None:
    """The first and the last day, as ISO 8601, that a date may mean; None where it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = [*match[1].split("-"), "XX", "XX"][:3]
    if month.isdecimal() and int(month) in _SEASONS and day == "XX":
        # Which months a season is depends on where one stands, and winter reaches into the next year.
        return f"{year.replace('X', '0')}-01-01", f"{int(year.replace('X', '9')) + 1:04}-12-31"
    first = [year.replace("X", "0"), month.replace("XX", "01"), day.replace("XX", "01")]
    last = [year.replace("X", "9"), month.replace("XX", "12"), day.replace("XX", "31")]
    try:
        # Year 0 is there in EDTF, and was a leap year; and February need not have the day where it is not known.
        date(int(first[0]) or 4, int(first[1]), int(first[2]))
    except ValueError:
        return None
    return "-".join(first), "-".join(last)
