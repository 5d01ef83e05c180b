"""Lines that say where an article comes from: byline, news agency, address."""

import re

_AGENCIES = {
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "dpa": "dpa",
    "deutsche presse-agentur": "dpa",
    "upi": "UPI",
    "united press international": "UPI",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "pti": "PTI",
    "press trust of india": "PTI",
    "ani": "ANI",
    "ians": "IANS",
    "efe": "EFE",
    "ansa": "ANSA",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "yonhap": "Yonhap",
}
_NAMES = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_AGENCY_LINE = re.compile(rf"(?:(?:by|source:|from) )?(?:the )?({_NAMES})(?: staff| news agency)?", re.IGNORECASE)
# BEIJING, June 20 (Reuters) - China said
_DATELINE = re.compile(rf"[A-Z][^()\n]{{1,60}}\((?i:the )?((?i:{_NAMES}))\)\s*[-–—]")

_NAME = r"[A-Z][\w.'’-]*(?: (?:(?:van|von|de|da|del|bin|al|el|la|le|der|den) )*[A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(
    rf"[Bb](?:y|Y):? ({_NAME}(?:(?:,| and| &|, and) {_NAME}){{0,5}})(?:\s*[|·•–—].*| - .*|, ({_NAMES}|.{{1,40}}))?"
)
_LONGEST = 160
_NO_NAME = re.compile(r"\b(?:The|A|An|Our|Staff|Popular|Admin|Editor|Desk|Invitation|Numbers|\d+)\b")

_URL_LINE = re.compile(
    r"(?:(?:source|url|link|original|read more at|from):? )?(https?://[^\s<>\"]{4,500})", re.IGNORECASE
)


def agency_of(line: str) -> str | None:
    """The news agency `line` names: as the whole of it, or as the source in its dateline."""
    found = _AGENCY_LINE.fullmatch(line) or _DATELINE.match(line)
    return _AGENCIES[found[1].lower()] if found else None


def author_of(line: str) -> str | None:
    """Whom a byline names: “By Jane Smith and John Doe”; it must look like names and nothing else."""
    if len(line) > _LONGEST:
        return None
    found = _BYLINE.fullmatch(line)
    return found[1] if found and not _NO_NAME.search(found[1]) else None


def url_of(line: str) -> str | None:
    """The address that `line` is."""
    found = _URL_LINE.fullmatch(line)
    return found[1] if found else None
