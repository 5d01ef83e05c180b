"""A match in the middle of its line: what precedes it, set to the right, and what follows it."""

import regex

from tui.text.cells import cells, fit, graphemes, shown, whole_graphemes

_REACH = 4
"""Code points looked at for each cell of context: more than one where marks or invisible characters stand."""
_WHITE = regex.compile(r"\s+")


def in_context(text: str, start: int, end: int, left: int, right: int) -> tuple[str, str, str]:
    """What precedes the match between `start` and `end`, in exactly `left` cells, the match, and what follows it, both
    together in at most `right` cells. All is fit to be shown, each run of white space one space."""
    start, end = whole_graphemes(text, start, end)
    before = _last(_row(text[max(0, start - left * _REACH) : start]), left)
    match = fit(_row(text[start : min(end, start + right * _REACH)]), right)
    after = fit(_row(text[end : end + right * _REACH]), right - cells(match))
    return before, match, after


def _row(piece: str) -> str:
    return shown(_WHITE.sub(" ", piece))


def _last(line: str, width: int) -> str:
    """The last graphemes of a line that fill at most `width` cells, after as many blanks as are wanting."""
    used, start = 0, len(line)
    for begin, _, size in reversed(list(graphemes(line, 0, len(line)))):
        if used + size > width:
            break
        used, start = used + size, begin
    return " " * (width - used) + line[start:]
