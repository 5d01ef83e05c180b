"""How a statement is put: as certain or not, denied, in somebody's own words."""

import re
from collections.abc import Iterator

_HEDGES = r"""
    reportedly|allegedly|alleged|allegations?|purported(?:ly)?|supposed(?:ly)?|ostensibl[ey]|apparent(?:ly)?
    |accus(?:es|ed?|ing|ations?)|claims?|claimed|claiming|suspected|suspects?|rumou?red|rumou?rs?|unconfirmed|unverified
    |seems?|seemed|appears?\sto|appeared\sto|possibl[ey]|perhaps|maybe|probabl[ey]|likely|unlikely|potential(?:ly)?
    |might|could|(?:is|are|was|were)\s(?:said|believed|thought|understood|expected|set|due|likely|considered)\sto
    |expect(?:s|ed)?|plan(?:s|ned)?\sto|intend(?:s|ed)?\sto|hop(?:es?|ed)\sto|presum(?:ed|ably)|suggest(?:s|ed|ing)?
"""
_HEDGE = re.compile(rf"(?<![\w-])(?:(?:{_HEDGES})|(?-i:may))(?![\w-])", re.IGNORECASE | re.VERBOSE)
_ROUGHLY = re.compile(
    r"(?<![\w-])(?:about|around|some|nearly|almost|roughly|approximately|at\sleast|at\smost|up\sto|more\sthan|less\sthan"
    r"|fewer\sthan|over|under|as\smany\sas)(?=\s(?:[$€£¥₹]?\d|(?:a|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|dozen)\b))",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(?<![\w-])(?:not|no(?!\.?\s?\d)|never|none|nobody|nothing|neither|nor|without|cannot|unable|\w+n['’]t|refus(?:e[ds]?|ing|als?)"
    r"|den(?:y|ies|ied|ying|ials?)|fail(?:s|ed|ing|ures?)?|declin(?:e[ds]?|ing)|reject(?:s|ed|ing|ions?)?"
    r"|rebuff(?:s|ed|ing)?|rul(?:es?|ed|ing)\sout)(?![\w-])",
    re.IGNORECASE,
)
_NO_MOST = (
    "interest latest nearest rest west test guest forest request arrest protest contest harvest chest priest quest"
)
_UNIQUE = re.compile(
    r"(?<![\w-])(?:(?:the|a)\s(?:very\s)?(?:first|only|last|sole)(?=\s[a-z])|first(?=-ever\b)"
    r"|(?:the|one\sof\sthe|\w+['’]s|its|his|her|their)\s(?:(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[\s-])?"
    rf"(?:most\s\w+|least\s\w+|worst|best|(?!(?:{'|'.join(_NO_MOST.split())})\b)[a-z]{{2,}}est)"
    r"|never\sbefore|unprecedented)(?![\w-])",
    re.IGNORECASE,
)
_MARK = re.compile('[“”„«»"]|(?<![\\w])‘|(?<=[\\w.,!?])’(?!\\w)')


def hedges(text: str) -> Iterator[tuple[int, int, str]]:
    """The words by which a statement is put as less than certain."""
    return ((*found.span(), " ".join(found[0].lower().split())) for found in _HEDGE.finditer(text))


class Roughly(str):
    """Words that make a number less than exact: less of a difference than a hedge."""

    __slots__ = ()


def roughly(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that make a number less than exact."""
    return ((*found.span(), Roughly(" ".join(found[0].lower().split()))) for found in _ROUGHLY.finditer(text))


def denials(text: str) -> Iterator[tuple[int, int, str]]:
    """The words that deny: a refusal does as much as a “not”."""
    return ((*found.span(), found[0].lower()) for found in _DENIAL.finditer(text))


def uniques(text: str) -> Iterator[tuple[int, int, str]]:
    """The words by which a statement claims the first, the only one or the most."""
    return ((*found.span(), " ".join(found[0].lower().split())) for found in _UNIQUE.finditer(text))


def quotation_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks between which somebody's own words stand."""
    return ((*found.span(), found[0]) for found in _MARK.finditer(text))
