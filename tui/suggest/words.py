"""Words as statements are compared by them: without case, endings and the punctuation around them."""

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

_QUIET = """
    a about above according after again all also although am amid among an and another any are as at be because
    been before being between both but by can could did do does doing down during despite each either else even
    ever every few for from had has have having he her here hers him his how i if in into is it its itself just
    let me more most much must my of off on once one or other our out over own per said same say says she should
    since so some still such than that the their them then there these they this those though through to too under
    until up upon us very was we were what when where whether which while who whom whose why will with within
    would yet you your
"""
QUIET_WORDS = frozenset(_QUIET.split())
"""English words that say little by themselves: one more or fewer of them is no difference worth a mark."""

_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied"),
    *("ers", "er", "es", "ed", "ly", "s", "e", "y"),
)
# Less than what the cursor moves by, which knows more of words, and takes a third of the time.
_WORD = regex.compile(r"[\w--\p{Han}]++(?:(?:\.?[’'&-]|,(?=\d)|\.)[\w--\p{Han}]++)*+|\p{Han}", regex.V1)
_OUR, _ENSE = re.compile("(?<=[a-z]{2})our(?=s?$|ed|ing|abl|it|hood)"), re.compile("(?<=[a-z]{2})ence(?=s?$|less)")
_CTION = re.compile("(?<=[a-z]{2}ct)ions?$")
_STEM = 4
"""Letters that are left of a word at least."""


def plain_words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """The words of a stretch with where they stand, in small letters, without the stops of an abbreviation and an
    “’s” at the end: “U.S.’s” is “us”."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield *found.span(), plain_word(found[0])


@lru_cache(maxsize=50_000)
def plain_word(word: str) -> str:
    plain = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    return plain.replace(".", "") if not any(map(str.isdigit, plain)) else plain


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A plain word without its ending, so that “agreed”, “agrees” and “agreement” are one, and British and American
    spellings too."""
    word = _CTION.sub("", _ENSE.sub("ense", _OUR.sub("or", word.replace("iz", "is"))))
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
