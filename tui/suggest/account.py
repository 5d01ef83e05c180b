"""What one statement tells, as far as it is understood: numbers, days, names, how sure it is, in whose words."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day_of
from itertools import islice

from tui.suggest.amounts import Amount, amounts
from tui.suggest.days import Day, days
from tui.suggest.manner import denials, uniques
from tui.suggest.names import TITLES, Name, Named, is_headline, names
from tui.suggest.things import dated_frames, frames_of, root_of, telling_roots
from tui.suggest.words import plain_words

REACH = 2_000
"""Code points of a statement that are looked at."""
MOST = 12
"""Numbers, dates, names and marks of each sort that are looked at: more than any sentence has."""
_WINDOW = 6
"""Words that say something on either side of a place which tell what it is about."""
_TITLED = 24
"""Code points before a name that are looked at for a title in small letters."""
_NAMED = 0.25
"""How much a word of a name tells of what a place is about, beside other words."""
_TITLE_ROOTS = frozenset(map(root_of, TITLES))
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
_NOT = re.compile(r"\b(?:not|no|never|nor|n['’]t)\s(?:\w+\s)?$")
_MARK = re.compile('[“”„«»"]|(?<![\\w])‘(?=\\w)|(?<=[\\w.,!?])’(?!\\w)')
_SPEAKS = re.compile(
    r"\b(?:said|says|told|tells|according\sto|tweeted|wrote|argued|argues|claimed|claims|stated|insisted|added|warned"
    r"|reported|announced|confirmed|noted|commented|reiterated|emphasi[sz]ed|stressed)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.!?”\"](?=\s|$)|\s[-–—]\s|—|\n|\s(?:and|but|while|whereas|although|though)\s")
"""Where a clause ends, more or less."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or more that tells how a statement is put."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Naming:
    """A name where it stands, with the titles in it and before it."""

    start: int
    end: int
    name: Name
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """One statement. All places are offsets in its own text."""

    text: str
    published: int | None
    """The day of its article, as an ordinal."""
    starts: tuple[int, ...]
    """Where its words that say something begin."""
    roots: tuple[str, ...]
    """Their stems; words for one thing share one."""
    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    names: tuple[Naming, ...]
    named: Named
    """Its words, to be asked whether it names somebody."""
    naming: frozenset[str]
    """The stems of names: they tell who it was, not what was."""
    hedges: tuple[Mark, ...]
    refutes: tuple[Mark, ...]
    denials: tuple[Mark, ...]
    unique: tuple[Mark, ...]
    quoted: tuple[tuple[int, int], ...]
    """The stretches in quotation marks."""
    speaks: bool
    """Whether it says of somebody that he says it."""

    def around(self, start: int, end: int) -> dict[str, float]:
        """What stands around a place, and how near: 1 beside it, less farther away."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        near: dict[str, float] = {}
        for distance in range(_WINDOW):
            for at in (first - 1 - distance, last + distance):
                if 0 <= at < len(self.roots):
                    share = _NAMED if self.is_naming(self.roots[at]) else 1.0
                    near.setdefault(self.roots[at], share / (1 + distance / 2))
        return near

    def after(self, end: int, count: int) -> tuple[str, ...]:
        """The next words that say something, in the same clause."""
        at = bisect_left(self.starts, end)
        stop = _CLAUSE.search(self.text, end)
        last = bisect_left(self.starts, stop.start()) if stop else len(self.starts)
        return self.roots[at : min(last, at + count)]

    def after_numbers(self, end: int, count: int) -> set[str]:
        """The next words that say something and belong to no number or date, in the same clause."""
        at = bisect_left(self.starts, end)
        words = self.after(end, count)
        stretches = self.numbers()
        return {
            root
            for start, root in zip(self.starts[at : at + len(words)], words, strict=True)
            if not any(first <= start < last for first, last in stretches)
        }

    def numbers(self) -> list[tuple[int, int]]:
        """Where its numbers and dates stand."""
        return [(one.start, one.end) for one in self.amounts] + [(one.start, one.end) for one in self.days]

    def is_naming(self, root: str) -> bool:
        """Whether a word tells who it was, as names and titles do, and not what was."""
        return root in self.naming or root in _TITLE_ROOTS

    def beside(self, start: int, end: int) -> set[str]:
        """The words next to a place that belong to no name: three, two of them before it if there are."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        before = [root for root in self.roots[max(0, first - _WINDOW) : first] if not self.is_naming(root)]
        after = [root for root in self.roots[last : last + _WINDOW] if not self.is_naming(root)]
        return {*before[-2:], *after[: 3 - len(before[-2:])]}

    def frames(self, amount: Amount) -> Iterator[str]:
        """What a number of it is of."""
        return frames_of(amount, self.text, self.starts, self.roots)

    def dated(self, day: Day) -> set[str]:
        """What a date of it is of."""
        return set(dated_frames(day.start, day.end, self.starts, self.roots))

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
    telling = telling_roots(text)
    found = days(text, published)[:MOST]
    taken = [(day.start, day.end) for day in found if not day.reaches]
    numbers = tuple(one for one in amounts(text) if not any(a < one.end and one.start < b for a, b in taken))[:MOST]
    stretches = [(one.start, one.end) for one in numbers] + [(one.start, one.end) for one in found]
    strange = (one for one in _namings(text) if not any(a < one.end and one.start < b for a, b in stretches))
    namings = tuple(islice(strange, MOST))
    naming = {root_of(word) for one in namings for _, _, word in plain_words(text, one.start, one.end)}
    return Account(
        text,
        published.toordinal() if published is not None else None,
        tuple(start for start, _ in telling),
        tuple(root for _, root in telling),
        numbers,
        tuple(found),
        namings,
        Named({word for _, _, word in plain_words(text)}, [one.name for one in namings]),
        frozenset(naming),
        tuple(_marks(_HEDGE, text))[:MOST],
        tuple(_marks(_REFUTES, text))[:MOST],
        tuple(Mark(*one) for one in denials(text) if not one[2].startswith("failure"))[:MOST],
        tuple(Mark(*one) for one in uniques(text))[:MOST] if not is_headline(text) else (),
        tuple(_quoted(text, opens_quoted)),
        _SPEAKS.search(text) is not None,
    )


def _namings(text: str) -> Iterator[Naming]:
    for start, end, name in names(text):
        before = [word for _, _, word in plain_words(text, max(0, start - _TITLED), start)][-2:]
        inside = [word for _, _, word in plain_words(text, start, end)]
        yield Naming(start, end, name, frozenset({*before, *inside} & TITLES))


def _marks(pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    for found in pattern.finditer(text):
        if _NOT.search(text, max(0, found.start() - 12), found.start()):
            continue  # “is not suspected”
        yield Mark(*found.span(), " ".join(found[0].lower().split()))


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
