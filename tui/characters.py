"""Characters that deceive: those that no one sees, and those that turn the order of what stands around them.

Names come from other people and are repeated in messages. With such characters one name could pass for another, or a
line on the screen say what no file says.
"""

import os
import unicodedata

TURNING = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Bidirectional controls: they turn the direction of writing."""

INVISIBLE_RANGES = (
    range(0x00AD, 0x00AE),  # soft hyphen
    range(0x180E, 0x180F),  # Mongolian vowel separator
    range(0x200B, 0x200C),  # zero width space
    range(0x2060, 0x2066),  # joiners of words, signs of mathematics that are not seen
    range(0x206A, 0x2070),
    range(0x3164, 0x3165),  # Hangul fillers
    range(0xFEFF, 0xFF00),  # byte order mark
    range(0xFFA0, 0xFFA1),
    range(0xFFF0, 0xFFFC),  # annotation marks
    range(0x13430, 0x13440),  # joiners of hieroglyphs
    range(0x1BCA0, 0x1BCA4),  # stenographic controls
    range(0x1D173, 0x1D17B),  # musical controls
    range(0xE0000, 0xE0100),  # tags
    range(0xE01F0, 0xE1000),
)
INVISIBLE = frozenset(chr(code) for codes in INVISIBLE_RANGES for code in codes)
"""Without width or looks wherever they stand."""

SHAPING = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200C, 0x200D),
            *(0x180B, 0x180C, 0x180D, 0x180F),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
"""Joiners and selectors of variants: not seen themselves, they shape what they follow in some scripts and in emoji."""

_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")
# Scripts without capitals, their marks, and emoji with their colours: what joiners and selectors can shape.
_SHAPED = ("Lo", "Mn", "Mc", "So", "Sk")


def is_unshown(character: str) -> bool:
    """Whether a character has no place in a line of text: controls, line breaks, half characters, non-characters."""
    return (
        unicodedata.category(character) in _UNSHOWN
        or character in TURNING
        or character == "\N{ZERO WIDTH NO-BREAK SPACE}"
        or ord(character) & 0xFFFE == 0xFFFE
    )


def invisible_in(text: str) -> str | None:
    """The first character of `text` that no one sees there and that does nothing: with it two names look alike."""
    shaped = ""  # the category of what a joiner or selector would shape
    for character in text:
        if character in INVISIBLE or (character in SHAPING and shaped not in _SHAPED):
            return character
        if character not in SHAPING:
            shaped = unicodedata.category(character)
    return None


def clipped(text: str, limit: int = 60) -> str:
    """`text` as an error may repeat it: on one line, without control characters, at most `limit` characters."""
    line = "".join("\N{REPLACEMENT CHARACTER}" if is_unshown(character) else character for character in text[:limit])
    return line + "…" if len(text) > limit else line


def spelled_out(name: str) -> str:
    """A file's name fit to be shown: what is no character, or can't be seen, is written as an escape."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
