"""How well colours can be told apart, and colours moved until what is written in them can be read."""

from collections.abc import Sequence

from textual.color import Color

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_STEPS = 20


def contrast(one: Color, other: Color) -> float:
    """How well two opaque colours can be told apart, from 1 to 21, as the Web Content Accessibility Guidelines (2.1)
    reckon it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def legible(ink: Color, grounds: Sequence[Color], least: float) -> Color:
    """This ink, or the nearest lighter or darker one that has the least contrast on each of these grounds; black or
    white where none has."""
    end = max((_BLACK, _WHITE), key=lambda colour: min(contrast(colour, ground) for ground in grounds))
    moved = (ink.blend(end, step / _STEPS) for step in range(_STEPS))
    return next((one for one in moved if all(contrast(one, ground) >= least for ground in grounds)), end)
