"""Where keys lead in a text: pure functions from offset to offset."""

from collections.abc import Iterator

import regex

_WORD_START = r"[\p{L}\p{N}--\p{Han}]"
_WORD_REST = r"[\p{L}\p{N}\p{M}\p{Cf}\p{Pc}--\p{Han}]"
_ABBREVIATION = rf"\p{{L}}(?:\.\p{{L}})+(?!{_WORD_REST})\.?"
_PART = rf"(?:{_ABBREVIATION}|{_WORD_START}{_WORD_REST}*+(?:(?<=\p{{N}})[.,:٫٬]\p{{N}}{_WORD_REST}*+)*+)"
# “2,700”, “1.5%”, “$3bn”, “U.S.”, “military-to-military”, “don’t”, “AT&T” are words. An ideograph is one: no space
# says where a word of several ends.
_WORD = regex.compile(rf"[\p{{Han}}&&[\p{{L}}\p{{N}}]]\p{{M}}*+|\p{{Sc}}?{_PART}(?:[-‐‑'’ʼ&]{_PART})*+[%‰]?", regex.V1)
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_LETTER_BEFORE = regex.compile(r"(?r)[\p{L}\p{N}]")
# No word reaches beyond one of these.
_OUTSIDE_BEFORE = regex.compile(r"(?r)[^\p{L}\p{N}\p{M}\p{Cf}\p{Pc}\p{Sc}.,:٫٬‐‑'’&%‰\-]|\p{Han}", regex.V1)


def words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words between `start` and `end`, without the punctuation around them."""
    return (match.span() for match in _WORD.finditer(text, start, end))


def next_word_end(text: str, offset: int) -> int:
    """The first end of a word after `offset`; `offset` where there is none."""
    word = _word_over(text, offset) or _word_after(text, offset)
    return word[1] if word else offset


def next_word_start(text: str, offset: int) -> int:
    """The first start of a word after `offset`; `offset` where there is none."""
    here = _word_over(text, offset)
    word = _word_after(text, here[1] if here else offset)
    return word[0] if word else offset


def previous_word_end(text: str, offset: int) -> int:
    """The last end of a word before `offset`; `offset` where there is none."""
    here = _word_over(text, offset - 1)
    word = _word_before(text, here[0] if here else offset)
    return word[1] if word else offset


def previous_word_start(text: str, offset: int) -> int:
    """The last start of a word before `offset`; `offset` where there is none."""
    word = _word_over(text, offset - 1) or _word_before(text, offset)
    return word[0] if word else offset


def labels(count: int, alphabet: str) -> list[str]:
    """`count` labels to jump by, none the beginning of another, the shortest first.

    Single letters while they last, then as many of them as need be, from the alphabet's end, begin longer labels.
    Raises ValueError if a letter stands twice, or there are fewer than two.
    """
    if len(set(alphabet)) != len(alphabet) or len(alphabet) < 2:
        raise ValueError("labels need two different letters or more")
    level = list(alphabet)
    while len(level) < count:
        begun = -(-(count - len(level)) // (len(alphabet) - 1))
        if begun < len(level):
            kept = level[:-begun]
            return kept + [first + letter for first in level[-begun:] for letter in alphabet][: count - len(kept)]
        level = [first + letter for first in level for letter in alphabet]
    return level[: max(count, 0)]


def _word_over(text: str, offset: int) -> tuple[int, int] | None:
    if not 0 <= offset < len(text):
        return None
    outside = _OUTSIDE_BEFORE.search(text, 0, offset)
    for start, end in words(text, outside.start() if outside else 0, len(text)):
        if end > offset:
            return (start, end) if start <= offset else None
    return None


def _word_after(text: str, offset: int) -> tuple[int, int] | None:
    letter = _LETTER.search(text, max(offset, 0))
    return _word_over(text, letter.start()) if letter else None


def _word_before(text: str, offset: int) -> tuple[int, int] | None:
    letter = _LETTER_BEFORE.search(text, 0, max(offset, 0))
    return _word_over(text, letter.start()) if letter else None
