"""A text as the difference reads it: words, figures and single signs, without the white space between them."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner, BOM. Joiners and marks of direction are left out: they say something."""
_QUOTES = {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′ʼ`´", "'")}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_FOLDED = str.maketrans({**_QUOTES, **_DASHES, **dict.fromkeys(_INVISIBLE), "…": "..."})
_SPACE = re.compile(r"\s+")
_LONG_DASH = re.compile("--+")

# No space says where a word of these scripts ends: each character is a token.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = f"[^\\W{_UNSPACED}]"
_MOST_MARKS = 30
"""Marks in a row on one letter, as Unicode's stream-safe format has it; no language has as many."""
_MARKS = f"[\u0300-\u036f{_INVISIBLE}]{{1,{_MOST_MARKS}}}+"
# Repetitions of a group are bounded, because each turn costs the matching some memory.
_TOKEN = re.compile(
    rf"\d+(?:[.,:]\d+)+|{_LETTER}++(?:{_MARKS}{_LETTER}++){{0,999}}(?:{_MARKS})?|\.\.+|--+|[^\s{_INVISIBLE}]"
)
# To put marks in order takes Unicode's own algorithm the square of their number. All marks are among these characters.
_MARKS_WITHOUT_END = re.compile(rf"([^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}})")
_STOPS = ".!?…"
_CLOSING = "\"'”’»›“‘)]}"
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "St")
_LONG_SENTENCE = 200
"""Tokens in which the ends of a sentence are sought."""
_MOST_NUMBERS = 0x10FFF0
"""Numbers of tokens; there are a few more characters."""


def plain(words: str) -> str:
    """The words without what typography does to them.

    Quotation marks and apostrophes become straight, single and double stay apart; every dash becomes one hyphen, an
    ellipsis three dots, a run of white space one space; invisible characters go; accents are composed. Case and
    everything else stays: “US” is not “us”, and “10²” is not “102”.
    """
    folded = _composed(words).translate(_FOLDED)
    return _SPACE.sub(" ", _LONG_DASH.sub("-", folded)).strip()


def _composed(words: str) -> str:
    """The words as NFC, but for marks in such a number that nobody wrote them to be read: they stay as they are."""
    parts = _MARKS_WITHOUT_END.split(words)
    return "".join(part if number % 2 else unicodedata.normalize("NFC", part) for number, part in enumerate(parts))


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text: where each stands, and as `keys` one character for each, equal where tokens are.

    Case is no difference between keys: it must not hide where a sentence went. Whether words are the same is for
    `plain` to say.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: str

    def __len__(self) -> int:
        return len(self.keys)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that have a character between the offsets; empty if none has."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def size(self, token: int) -> int:
        """Characters in a token."""
        return self.ends[token] - self.starts[token]

    @cached_property
    def sizes(self) -> list[int]:
        """How many characters the tokens before each token have together; one more for the end."""
        return [0, *accumulate(end - start for start, end in zip(self.starts, self.ends, strict=True))]

    def ends_sentence(self, token: int) -> bool:
        """Whether a sentence or a line ends with this token, as far as punctuation tells."""
        if token + 1 >= len(self.starts):
            return True
        text, end = self.text, self.ends[token]
        between = text[end : self.starts[token + 1]]
        if "\n" in between:
            return True
        if not between.strip(_INVISIBLE) or text[self.starts[token + 1]].islower():
            return False
        if text[end - 1] in _CLOSING and token:
            token -= 1
        return text[self.ends[token] - 1] in _STOPS and not self._abbreviated(token)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The tokens from the begin of the sentence that holds `start` to the end of the one that ends at `end`."""
        least, most = max(start - _LONG_SENTENCE, 0), min(end + _LONG_SENTENCE, len(self))
        while start > least and not self.ends_sentence(start - 1):
            start -= 1
        while end < most and not self.ends_sentence(end - 1):
            end += 1
        return start, end

    def _abbreviated(self, stop: int) -> bool:
        """Whether this full stop is behind a single letter or a title, as in “U.S. Secretary” and “Mr. Xi”."""
        if not stop or self.ends[stop - 1] != self.starts[stop]:
            return False
        word = self.text[self.starts[stop - 1] : self.ends[stop - 1]]
        return len(word) == 1 or word in _TITLES


class Reader:
    """Makes tokens of texts that are to be compared: equal tokens get equal keys in all of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._keys: dict[str, str] = {}

    def read(self, text: str) -> Tokens:
        starts, ends, keys = [], [], []
        known = self._keys
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            starts.append(start)
            ends.append(end)
            token = match[0]
            keys.append(known.get(token) or self._key(token))
        return Tokens(text, starts, ends, "".join(keys))

    def _key(self, token: str) -> str:
        number = self._numbers.setdefault(plain(token).casefold(), len(self._numbers) + 1)
        # Beyond a million different tokens some would share a key: a place may be missed, never taken wrongly,
        # because the words are compared at last.
        return self._keys.setdefault(token, chr(number % _MOST_NUMBERS or 1))
