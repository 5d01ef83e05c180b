"""What the terminal is shown for a piece of text, and how many cells that takes.

Nothing an article holds may reach the terminal as a command, or turn the order of what stands on the screen: control
characters are shown as signs, and what has neither looks nor meaning here is not shown at all.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.characters import INVISIBLE_RANGES, TURNING

if TYPE_CHECKING:
    import regex

ELLIPSIS = "…"

_REPLACEMENT = 0xFFFD
_SHOWN_AS_REPLACEMENT = chain(
    range(0x80, 0xA0),  # C1 controls: some terminals obey them
    map(ord, TURNING),
    (0x2028, 0x2029),  # line and paragraph separators
    range(0xD800, 0xE000),  # lone surrogates: UTF-8 has no bytes for them
    range(0xFDD0, 0xFDF0),  # noncharacters
    (plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)
# As a class of the pattern language holds them.
_NOT_SHOWN = "".join(rf"\U{codes.start:08x}-\U{codes.stop - 1:08x}" for codes in INVISIBLE_RANGES)
# What never begins a grapheme: marks, selectors, modifiers, joiners, and what takes no cell of its own.
ATTACHED = r"\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=V}\p{GCB=T}\u200d\ud7c7-\ud7ca\ud7fc-\ud7ff" + _NOT_SHOWN
# What may draw the character after it into its own grapheme.
_DRAWING = r"\p{GCB=Prepend}\p{GCB=L}\u200d" + _NOT_SHOWN

# Each of these is one grapheme in one cell, whatever stands beside it, unless that is ATTACHED.
_NARROW = re.compile(
    "[\t -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u2000-\u200a\u2010-\u2027"
    "\u202f\u2030-\u205e\u20a0-\u20bf\u2100-\u214f\u2150-\u218b\u2190-\u22ff\u2500-\u25fc\ufffd]*"
)
# Or that in two cells, from its lowest character on: ideographs, kana, Hangul syllables, full-width forms.
_WIDE_FROM = "\u3001"
_EVEN = re.compile(
    "[\t -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e"
    "\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*"
)
_PICTURE = r"\p{Extended_Pictographic}"
# A zero width joiner stays only where it makes one emoji of two. Elsewhere rich takes what follows it for part of the
# character before, and terminals don't.
_LOOSE_JOINER = rf"(?<!{_PICTURE}\p{{GCB=Extend}}*)\u200d|\u200d(?!{_PICTURE})"
# No script puts so many marks on a letter. Thousands would be sent anew with every drawing of their row.
_MARKS = 16
_DROPPED = rf"[{_NOT_SHOWN}]|{_LOOSE_JOINER}|\p{{M}}{{{_MARKS}}}\K\p{{M}}++"
_WHITE = re.compile(r"\s+")
# A pair of regional indicators is named because \X counts them from the first one anew at each.
_GRAPHEME = r"\p{GCB=RI}{2}[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*+|\X"
# Two characters with a bound between them whatever stands around: from there graphemes can be counted.
_PAIR = (
    rf"(?:[^{_DRAWING}\p{{M}}\p{{GCB=Extend}}][^{ATTACHED}\p{{GCB=RI}}]"
    rf"|[^{_DRAWING}][^{ATTACHED}\p{{GCB=RI}}\p{{InCB=Consonant}}])"
)
_BOUND_BEFORE = "(?r)" + _PAIR
_BOUND_AFTER = _PAIR
_REACH = 2_000  # code points looked at on either side for such a pair; only text made to annoy needs more

_TABLE: dict[int, int | None] = {
    **{control: 0x2400 + control for control in range(0x20)},
    0x09: 0x20,
    0x7F: 0x2421,
    **dict.fromkeys(_SHOWN_AS_REPLACEMENT, _REPLACEMENT),
}


@cache
def _pattern(of: str) -> "regex.Pattern[str]":
    # Most text is narrow and needs none of them; the first paint never does.
    import regex

    return regex.compile(of)


def shown(piece: str) -> str:
    """`piece` as it may be sent to the terminal, without any control or bidirectional character.

    Controls become their pictures (line feed too) or U+FFFD, a tab one space; invisible characters go. Combining
    marks (as many as any script has on a letter), variation selectors and joiners that shape an emoji stay.
    """
    if _NARROW.fullmatch(piece):
        return piece.replace("\t", " ")
    return _pattern(_DROPPED).sub("", piece).translate(_TABLE)


def cells(piece: str) -> int:
    """The cells that `shown(piece)` takes."""
    return len(piece) if _NARROW.fullmatch(piece) else cell_len(shown(piece))


def is_narrow(text: str, start: int, end: int) -> bool:
    """Whether every code point between `start` and `end` is one grapheme of one cell."""
    return _NARROW.fullmatch(text, start, end) is not None


def plain_line(text: str) -> str:
    """`text` for a place of one line (a gist, a title, a name): as `shown`, each run of white space one space."""
    return shown(_WHITE.sub(" ", _pattern(_DROPPED).sub("", text)).strip())


def fit(text: str, limit: int) -> str:
    """What is shown of `text` in at most `limit` cells; what is cut off leaves an ellipsis."""
    line = shown(text)
    if cells(line) <= limit:
        return line
    if limit < 1:
        return ""
    used = 0
    for start, _, width in graphemes(line, 0, len(line)):
        used += width
        if used >= limit:  # the ellipsis needs the last cell
            return line[:start].rstrip() + ELLIPSIS
    return line


def graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The graphemes between two bounds, as (start, end, cells): together they are all the code points there.

    What is not shown belongs to the grapheme before it, at the start of a line to the one after it. A line feed is
    a grapheme of no cells.
    """
    while start < end:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if is_narrow(text, start, stop):
            yield from ((offset, offset + 1, 1) for offset in range(start, stop))
        elif _EVEN.fullmatch(text, start, stop):
            for offset, character in enumerate(text[start:stop], start):
                yield offset, offset + 1, 1 + (character >= _WIDE_FROM)
        else:
            yield from _of_line(text, start, stop)
        if line_end >= 0:
            yield line_end, line_end + 1, 0
        start = stop + 1


def next_grapheme(text: str, offset: int) -> int:
    """The end of the grapheme that `offset` lies in; the text's length at its end."""
    return _around(text, max(offset, 0))[1] if offset < len(text) else len(text)


def previous_grapheme(text: str, offset: int) -> int:
    """The start of the last grapheme that begins before `offset`; 0 at the text's start."""
    return _around(text, min(offset, len(text)) - 1)[0] if offset > 0 and text else 0


def whole_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` moved outwards to the bounds of graphemes: half a character can't be drawn or chosen."""
    return (
        _around(text, start)[0] if 0 < start < len(text) and not _is_bound(text, start) else start,
        _around(text, end - 1)[1] if 0 < end < len(text) and not _is_bound(text, end) else end,
    )


def _is_bound(text: str, offset: int) -> bool:
    """Whether it is seen at once that no grapheme goes over `offset`, which lies inside the text."""
    return is_narrow(text, offset - 1, offset + 1)


def _around(text: str, offset: int) -> tuple[int, int]:
    """The grapheme that holds the code point at `offset`."""
    low, high = max(offset - _REACH, 0), min(offset + _REACH, len(text))
    before = _pattern(_BOUND_BEFORE).search(text, low, offset + 1)
    after = _pattern(_BOUND_AFTER).search(text, offset, high)
    for start, end, _ in graphemes(text, before.start() + 1 if before else low, after.start() + 1 if after else high):
        if end > offset:
            return start, end
    raise IndexError(offset)


def _of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The graphemes of a piece without line feeds: found in what is shown, given as offsets in `text`."""
    piece = text[start:end]
    line = shown(piece)
    if len(line) == len(piece):
        places: range | list[int] = range(start, end + 1)
    else:
        places = [start, *_kept(piece, start)[1:], end]
        if not line:
            yield start, end, 0
            return
    begin = stop = width = 0
    for match in _pattern(_GRAPHEME).finditer(line):
        one = cell_len(match.group())
        if one:
            if stop:
                yield places[begin], places[stop], width
            begin, width = stop, one
        elif stop:  # nothing to see of its own
            width = cell_len(line[begin : match.end()])
        stop = match.end()
    yield places[begin], places[stop], width


def _kept(piece: str, start: int) -> list[int]:
    """The offsets, from `start` on, of the characters of `piece` that are shown."""
    kept: list[int] = []
    position = 0
    for match in _pattern(_DROPPED).finditer(piece):
        kept.extend(range(start + position, start + match.start()))
        position = match.end()
    kept.extend(range(start + position, start + len(piece)))
    return kept
