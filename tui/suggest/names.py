"""Names of people, places and bodies: runs of words with a capital, without titles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from tui.suggest.words import QUIET_WORDS, plain_word, plain_words

_TITLES = """
    mr mrs ms miss mx dr sir dame lord lady prof professor president vice secretary minister prime chancellor premier
    governor gov senator sen representative rep congressman congresswoman deputy chief general gen colonel col captain
    capt lieutenant lt sergeant sgt admiral judge justice king queen prince princess pope bishop archbishop cardinal
    father rabbi imam sheikh ayatollah ambassador spokesman spokeswoman spokesperson mayor director chairman
    chairwoman chair commissioner attorney counsel officer state foreign defence defense interior finance
"""
TITLES = frozenset(_TITLES.split())
_JOINING = r"(?:of|for|and|the|de|del|della|der|den|van|von|al|el|bin|ibn|la|le|di|da|du|dos)"
_CAPITAL = r"\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}]){_CAPITAL}(?:[ \u00a0](?:{_JOINING}[ \u00a0]){{0,2}}(?!{_WEEKDAY}){_CAPITAL})*"
)
_SENTENCE_START = regex.compile(r"(?:^|[.!?:;\n])[\s“”\"‘'(\[«»]*$")
_ENDINGS = frozenset(
    {"", "a", "an", "n", "ian", "ean", "ese", "i", "ish", "e", "s", "ne", "nian", "ic", "ia", "y", "o"}
)
"""What is left of a country's name and of its people's when what they share is taken off."""
_ROOT = 4
_MOST_KIN = 20
"""Words with one beginning that are looked at: in text made to annoy all may have it."""
_PEOPLES = """
    france french | germany german germans | spain spanish | poland polish pole poles
    | ireland irish | wales welsh | england english | scotland scottish scots | denmark danish danes | turkey turkish
    | sweden swedish swedes | finland finnish finns | netherlands dutch | greece greek greeks | switzerland swiss
    | thailand thai | philippines filipino filipinos | afghanistan afghan afghans | kazakhstan kazakh kazakhs
    | us america american americans | uk britain british briton britons
    | norway norwegian norwegians | uzbekistan uzbek uzbeks | tajikistan tajik tajiks | cyprus cypriot cypriots
"""
_COUNTRY_OF = {word: group.split()[0] for group in _PEOPLES.split("|") for word in group.split()}
"""Peoples whose name does not show their country's."""
_HEADLINE = 0.9
"""Where more of its telling words have a capital than this share, a stretch is a headline and shows no names."""
_SHORTEST = 5
"""Telling words of a headline at least: fewer may be a name alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name that tell it from others, in small letters; of a title alone, the title."""

    words: tuple[str, ...]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)


class Named:
    """The plain words of a text, to be asked whether it names somebody."""

    __slots__ = ("_countries", "_initials", "_roots", "_words")

    def __init__(self, words: Iterable[str], names: Iterable[Name]) -> None:
        """`names`: those that stand in the text."""
        self._words = frozenset(words)
        self._initials = frozenset(name.initials for name in names if len(name.words) > 1)
        told = (self._words | self._initials) & _COUNTRY_OF.keys()
        self._countries = frozenset(map(_COUNTRY_OF.__getitem__, told))
        self._roots: dict[str, list[str]] | None = None
        """The words by how they begin; made when first asked for, as few are."""

    def __contains__(self, name: Name) -> bool:
        """Whether the text has one of the name's words, its people or country, or its initials."""
        if len(name.words) == 1 and name.words[0] in self._initials:
            return True
        if len(name.words) > 1 and (name.initials in self._words or self._has_kin(name.initials)):
            return True
        return any(word in self._words or self._has_kin(word) for word in name.words)

    def _has_kin(self, word: str) -> bool:
        if _COUNTRY_OF.get(word) in self._countries:
            return True
        if self._roots is None:
            self._roots = {}
            for other in sorted(self._words):
                self._roots.setdefault(other[:_ROOT], []).append(other)
        return any(_are_kin(word, other) for other in self._roots.get(word[:_ROOT], ())[:_MOST_KIN])


def names(text: str) -> Iterator[tuple[int, int, Name]]:
    """The names of a text with where they stand. A word with a capital that begins a sentence is one only if more of
    a name follows, or it is an abbreviation."""
    if is_headline(text):
        return
    for found in _NAME.finditer(text):
        start, end = found.span()
        end -= len(found[0]) - len(found[0].rstrip(".'’&-"))
        parts = list(plain_words(text, start, end))
        begins = _SENTENCE_START.search(text, max(0, start - 8), start) is not None
        first, last, word = parts[0] if parts else (start, start, "")
        is_whole = _is_abbreviation(text[first:last])
        if word == "the" or (begins and word in QUIET_WORDS and not is_whole):
            del parts[0]
        elif begins and len(parts) == 1 and not is_whole:
            continue
        # “US” and “WHO” are no “us” and “who”.
        words = tuple(
            word for first, last, word in parts if word not in QUIET_WORDS or _is_abbreviation(text[first:last])
        )
        telling = tuple(word for word in words if word not in TITLES) or words
        if telling:
            yield parts[0][0], end, Name(telling)


def is_headline(text: str) -> bool:
    """Whether a stretch is set with capitals throughout, so that they tell nothing."""
    telling = [text[start] for start, _, word in plain_words(text) if word not in QUIET_WORDS]
    return len(telling) >= _SHORTEST and sum(letter.isupper() for letter in telling) > _HEADLINE * len(telling)


def _is_abbreviation(word: str) -> bool:
    letters = plain_word(word)
    return len(letters) > 1 and sum(letter.isupper() for letter in word) > 1


def _are_kin(one: str, other: str) -> bool:
    """“china” and “chinese”: the same but for the endings that peoples have."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= _ROOT and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS
