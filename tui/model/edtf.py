"""The time a claim speaks of, as EDTF (ISO 8601-2): `2023-06-19`, `2023-02`, `2021/..`, `2023-06~`, `2023-22`.

Level 1 is read, which is what news needs: dates of each precision, times, intervals with an open or unknown end,
seasons (21 to 24), and the marks `?` uncertain, `~` approximate, `%` both, `X` for digits not known.
"""

import re
from datetime import date

_DAY = r"(?:\d{4}|\d{3}X|\d{2}XX)(?:-(?:\d{2}|XX)(?:-(?:\d{2}|XX))?)?"
_DATE = re.compile(rf"({_DAY})(?:[?~%]|T\d{{2}}:\d{{2}}(?::\d{{2}})?(?:Z|[+-]\d{{2}}:\d{{2}})?)?")
_SEASONS = range(21, 25)


def is_edtf(text: str) -> bool:
    """Whether `text` is a date or interval that this reader knows."""
    if text.count("/") == 1:
        start, end = text.split("/")
        open_ends = ("", "..")
        return (start in open_ends or _is_date(start)) and (end in open_ends or _is_date(end)) and start + end != ""
    return _is_date(text)


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = [*match[1].replace("X", "0").split("-"), "0", "0"][:3]
    if int(month) > 12 and not (int(month) in _SEASONS and day == "0"):
        return False
    if int(day) == 0 or int(month) == 0:
        return True
    try:
        date(int(year) or 1, int(month), int(day))
    except ValueError:
        return False
    return True
