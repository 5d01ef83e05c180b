"""A small reader of the dates that news puts above an article. It reads English month names and digits."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<{0}>(?:1[5-9]|20|21)\d\d)(?!\d)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?\b"
_FORMS = (
    # 2023-06-20, also with the time glued on: 2023-06-20T08:47
    _YEAR.format("y1") + r"(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?=T\d|\b)",
    # June 20, 2023
    _MONTH.format("m2") + r"\s*" + _DAY.format("d2") + r",?\s+" + _YEAR.format("y2"),
    # 20 June 2023, 20-Jun-2023
    _DAY.format("d3") + r"(?:\s+of)?[\s-]+" + _MONTH.format("m3") + r",?[\s-]+" + _YEAR.format("y3"),
    # 20.06.2023 is always day first; 06/20/2023 may be either.
    r"(?P<d4>\d\d?)(?P<s4>[./-])(?P<m4>\d\d?)(?P=s4)" + _YEAR.format("y4"),
)
_DATE = re.compile(r"(?<!\w)(?:" + "|".join(_FORMS) + ")", re.IGNORECASE)
_DAY_ONLY = re.compile(
    r"(?<!\w)(?:"
    + _MONTH.format("m")
    + r"\s+\d{1,2}(?:st|nd|rd|th)?\b|\d{1,2}(?:st|nd|rd|th)?\s+"
    + _MONTH.format("n")
    + ")",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\bT|\b)\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)?(?:\s*[ap]\.?m\b\.?)?(?:\s*Z\b)?(?:\s*[+-]\d\d:?\d\d\b)?|\b\d{1,2}\s*[ap]\.?m\b\.?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?)\s+(?:second|minute|min|hour|hr|day|week|month|year)s?\s+ago\b|\byesterday\b", re.IGNORECASE
)
_ZONE = re.compile(
    r"\b(?:GMT|UTC|BST|CES?T|EES?T|IST|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|HKT|SGT|JST|KST|AES?D?T)\b(?:\s*[+-]\d{1,2}(?::\d\d)?)?"
)
_WEEKDAY = re.compile(
    r"\b(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b[.,]?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:date|dated|(?:first )?published|posted|(?:last )?(?:updated|modified)|created|released|on|at)\b:?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[|·•—–/]|\s-+\s|,\s")
_HINT = re.compile(r"\d|\bago\b|yesterday", re.IGNORECASE)
_LONGEST = 120
_MAX_WORDS = 4
"""Words a date line may hold beside its date: a section, a place, a name."""


def read_date(text: str) -> str | None:
    """The one date that `text` is, as ISO 8601; weekday, time and label may stand with it, nothing else may."""
    found = list(_DATE.finditer(text)) if len(text) <= _LONGEST else []
    if len(found) != 1 or re.search(r"\w", _without_clock(_DATE.sub(" ", text))):
        return None
    return _iso(found[0])


def first_date(text: str) -> str | None:
    """The first full date in `text` as ISO 8601; None where it can't be read with certainty."""
    found = _DATE.search(text)
    return _iso(found) if found else None


def is_date_line(line: str) -> bool:
    """Whether `line`, which has no white space around it, is there to say when: “June 20, 2023 08:47 pm”."""
    if len(line) > _LONGEST or not _HINT.search(line):
        return False
    found = _DATE.search(line)
    rest = _DATE.sub("|", line)
    if found is None:
        # Without a year a date may belong to anything, so nothing else may stand here but a clock or a label.
        day, ago = _DAY_ONLY.search(rest), _AGO.search(rest)
        clock = bool(_TIME.search(rest) and _LABEL.search(rest))
        rest = _without_clock(_AGO.sub("|", _DAY_ONLY.sub("|", rest)))
        bare = not re.search(r"\w", rest)
        return bare and bool(ago or clock or (day and rest != "|"))
    before = line[: found.start()].strip()
    if re.search(r"\w", _without_clock(before)) and not re.search(r"[|·•—–,:-]$", before):
        return False
    words = _SEPARATOR.sub(" ", _without_clock(rest)).split()
    return len(words) <= _MAX_WORDS and all(not word[0].islower() or word in ("by", "and", "in") for word in words)


def _without_clock(text: str) -> str:
    for pattern in (_TIME, _ZONE, _WEEKDAY, _LABEL):
        text = pattern.sub(" ", text)
    return text


def _iso(found: re.Match[str]) -> str | None:
    groups = {name[0]: value for name, value in found.groupdict().items() if value is not None}
    month, day = groups["m"], int(groups["d"])
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    if found["d4"] and found["s4"] != "." and number != day:
        if number <= 12 and day <= 12:
            return None  # 06/07/2023 is June in one country and July in the next
        if number > 12:
            number, day = day, number
    try:
        return date(int(groups["y"]), number, day).isoformat()
    except ValueError:
        return None
