"""`NO_COLOR` to the letter: no colour is sent at all. Textual would send greys."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class Colourless(LineFilter):
    """Leaves of every style what is no colour: bold, underlined, reversed."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        return [Segment(text, _without(style), control) for text, style, control in segments]


@lru_cache(1024)
def _without(style: Style | None) -> Style | None:
    return None if style is None else style.without_color
