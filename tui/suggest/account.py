"""What one statement tells, as far as it is understood: numbers, days, names, how sure it is, in whose words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day_of

from tui.suggest.amounts import Amount, amounts
from tui.suggest.days import Day, days
from tui.suggest.manner import denials
from tui.suggest.names import Name, is_headline, names
from tui.suggest.words import QUIET_WORDS, plain_words, stem

REACH = 2_000
"""Code points of a statement that are looked at."""
_WINDOW = 6
"""Words that say something on either side of a place which tell what it is about."""
_HEDGE = re.compile(
    r"(?<![\w-])(?:reportedly|allegedly|alleged(?!\sthat)|purported(?:ly)?|supposed(?:ly)?(?!\sto)|ostensibl[ey]"
    r"|apparent(?:ly)?|accus(?:es|ed|ing)|suspected|rumou?red|unconfirmed|unverified|possibl[ey]|perhaps"
    r"|probabl[ey]|presum(?:ed|ably)|(?:is|are|was|were)\s(?:said|believed|thought|understood|considered|reported)\sto"
    r"|appears?\sto|appeared\sto|seems?\sto|seemed\sto|(?:may|might)(?=\s(?:have|be|not)\b))(?![\w-])",
    re.IGNORECASE,
)
"""Words that leave open whether it is so; of what is only to come they say nothing."""
_REFUTES = re.compile(
    r"(?<![\w-])(?:refut(?:es|ed|ing)|disput(?:es|ed|ing)|contradict(?:s|ed|ing)|debunk(?:s|ed|ing)|den(?:y|ies|ied|ying)"
    r"|dismiss(?:es|ed|ing)|reject(?:s|ed|ing)\s(?:\w+\s){0,2}?(?:claims?|reports?|allegations?|suggestions?|accusations?)"
    r"|no\sevidence|untrue|false|hoax|fabricated|unfounded|baseless)(?![\w-])",
    re.IGNORECASE,
)
_UNIQUE = re.compile(
    r"(?<![\w-])(?:(?:the|its|his|her|their|a)\s(?:very\s)?(?P<first>first|only|last|sole)(?=\s[a-z])|first(?=-ever\b)"
    r"|(?:the|one\sof\sthe|\w+['’]s|its|his|her|their)\s(?:\w+\s)?(?P<most>most\s\w+|least\s\w+|larg|bigg|high|low|old|young"
    r"|long|short|worst|best|strong|great|dead|heav|late|early|small|rich|poor|fast|fierc|bloodi|cost|busi)(?P<est>(?:li)?est)?"
    r"(?=\s)|never\sbefore|unprecedented)(?![\w])",
    re.IGNORECASE,
)
_MARK = re.compile('[“”„«»"]|(?<![\\w])‘(?=\\w)|(?<=[\\w.,!?])’(?!\\w)')
_SPEAKS = re.compile(
    r"\b(?:said|says|told|tells|according\sto|tweeted|wrote|argued|argues|claimed|claims|stated|insisted|added|warned"
    r"|reported|announced|confirmed|noted|commented|reiterated|emphasi[sz]ed|stressed)\b",
    re.IGNORECASE,
)
_ONE_THING = """
    kill killed dead died dies death toll fatal | injured injury wounded hurt wound | arrested arrest detained detention
    | rescued saved rescue | displaced evacuated evacuation | people person passenger victim resident civilian men women
    | trip visit tour journey | talks meeting met meet | boat ship vessel | blaze fire | quake earthquake
    | cost price | workers staff employees | troops soldiers | car vehicle | plane aircraft jet
"""
_CLASS = {stem(word): group.split()[0] for group in _ONE_THING.split("|") for word in group.split()}
"""Words that news uses for one thing where it counts or dates it: “12 died” and “12 dead”."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or more that tells how a statement is put."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Account:
    """One statement. All places are offsets in its own text."""

    text: str
    starts: tuple[int, ...]
    """Where its words that say something begin."""
    roots: tuple[str, ...]
    """Their stems; words for one thing share one."""
    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    names: tuple[tuple[int, int, Name], ...]
    hedges: tuple[Mark, ...]
    refutes: tuple[Mark, ...]
    denials: tuple[Mark, ...]
    unique: tuple[Mark, ...]
    quoted: tuple[tuple[int, int], ...]
    """The stretches in quotation marks."""
    speaks: bool
    """Whether it says of somebody that he says it."""

    def around(self, start: int, end: int) -> set[str]:
        """What stands around a place, on both sides."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return set(self.roots[max(0, first - _WINDOW) : first]) | set(self.roots[last : last + _WINDOW])

    def after(self, end: int, count: int) -> tuple[str, ...]:
        at = bisect_left(self.starts, end)
        return self.roots[at : at + count]

    def is_quoted(self, start: int) -> bool:
        return any(first <= start < last for first, last in self.quoted)

    def place(self, roots: set[str]) -> tuple[int, int] | None:
        """From the first to the last of these words, where they stand close together."""
        at = [index for index, root in enumerate(self.roots) if root in roots]
        if not at:
            return None
        end = self.starts[at[-1]]
        found = next(plain_words(self.text, end), None)
        return self.starts[at[0]], found[1] if found else end + 1


def understand(text: str, published: day_of | None, *, opens_quoted: bool = False) -> Account:
    """What a statement tells. `published` is the day of its article; `opens_quoted`: it begins inside a quotation."""
    text = text[:REACH]
    telling = [(start, root_of(word)) for start, _, word in plain_words(text) if word not in QUIET_WORDS]
    found = days(text, published)
    taken = [(day.start, day.end) for day in found if not day.reaches]
    return Account(
        text,
        tuple(start for start, _ in telling),
        tuple(root for _, root in telling),
        tuple(one for one in amounts(text) if not any(a < one.end and one.start < b for a, b in taken)),
        tuple(found),
        tuple(names(text)),
        tuple(_marks(_HEDGE, text)),
        tuple(_marks(_REFUTES, text)),
        tuple(Mark(*one) for one in denials(text)),
        tuple(_marks(_UNIQUE, text)) if not is_headline(text) else (),
        tuple(_quoted(text, opens_quoted)),
        _SPEAKS.search(text) is not None,
    )


def root_of(word: str) -> str:
    """The stem of a word, or that of the word for the same thing."""
    root = stem(word)
    return _CLASS.get(root, root)


def _marks(pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    for found in pattern.finditer(text):
        if pattern is not _UNIQUE or _is_unique(found):
            yield Mark(*found.span(), " ".join(found[0].lower().split()))


def _is_unique(found: re.Match[str]) -> bool:
    """“The largest”, not “the large”; “the most senior”, not “the late president”."""
    most = found["most"]
    if most is None:
        return True
    return found["est"] is not None or most.lower().split()[0] in ("most", "least", "worst", "best")


def _quoted(text: str, inside: bool) -> Iterator[tuple[int, int]]:
    start = 0 if inside else -1
    for found in _MARK.finditer(text):
        mark = found[0]
        opens = mark in "“„«‘" or (mark == '"' and start < 0)
        if opens and start < 0:
            start = found.end()
        elif not opens and start >= 0:
            yield start, found.start()
            start = -1
        elif not opens:
            yield 0, found.start()  # it began before
    if start >= 0:
        yield start, len(text)


def word_at(account: Account, start: int) -> int:
    """Where the word that begins at `start` stands among those that say something."""
    return bisect_right(account.starts, start) - 1
