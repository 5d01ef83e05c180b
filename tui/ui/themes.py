"""The two themes of Variorum, and what the names of its own theme variables mean under any other theme.

The tag colours began as Okabe and Ito's; people with any kind of colour vision can tell them apart (a test measures how
far), and each is doubled by a sign. The text is the brightest thing on the screen; everything else steps back, but not
beyond what can be read: the least contrasts are kept by the tests.
"""

from collections.abc import Iterable

from textual.color import Color
from textual.theme import Theme

from tui.ui.contrast import legible

TAG_COLOURS = {
    "blue": "#47adec",
    "orange": "#dda602",
    "green": "#2ec386",
    "purple": "#d17eb8",
    "red": "#eb6f4b",
    "yellow": "#e0d93f",
    "cyan": "#5ddae3",
    "grey": "#ababab",
}

LIGHT_TAG_COLOURS = {
    "blue": "#2a5db7",
    "orange": "#9a5300",
    "green": "#246d4b",
    "purple": "#8a3472",
    "red": "#ac472d",
    "yellow": "#4c4005",
    "cyan": "#004758",
    "grey": "#373737",
}


def _tags(colours: dict[str, str]) -> dict[str, str]:
    return {f"tag-{name}": colour for name, colour in colours.items()}


DARK = Theme(
    name="variorum-dark",
    dark=True,
    primary="#8fb6dd",
    accent="#e3b65b",
    warning="#e3b65b",
    error="#e8704a",
    success="#2fb583",
    foreground="#e8e4da",
    background="#14161a",
    surface="#1b1e24",
    panel="#22262e",
    variables={
        "quiet": "#a3a19a",
        "faint": "#70727a",
        "line": "#33373f",
        "cursor-ground": "#20242c",
        "select-ground": "#203552",
        "waiting-ground": "#453610",
        "match-ground": "#173a2d",
        "input-selection-background": "#203552",
        **_tags(TAG_COLOURS),
    },
)

LIGHT = Theme(
    name="variorum-light",
    dark=False,
    primary="#1f5f99",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b03a10",
    success="#00704f",
    foreground="#1c1c1a",
    background="#fbfaf6",
    surface="#f4f2ea",
    panel="#ebe8de",
    variables={
        "quiet": "#5d5c56",
        "faint": "#828078",
        "line": "#d5d2c7",
        "cursor-ground": "#ecf0f4",
        "select-ground": "#d3e4f6",
        "waiting-ground": "#f3e2b3",
        "match-ground": "#c9ecd9",
        "input-selection-background": "#d3e4f6",
        **_tags(LIGHT_TAG_COLOURS),
    },
)

_ANSI_TAGS = {
    "blue": "ansi_blue",
    "orange": "ansi_yellow",
    "green": "ansi_green",
    "purple": "ansi_magenta",
    "red": "ansi_red",
    "yellow": "ansi_bright_yellow",
    "cyan": "ansi_cyan",
    "grey": "ansi_default",
}

_TEXT, _SIGN = 4.5, 3.0
"""The least contrasts of words, and of what is only there to be seen."""
_WORDS = ("primary", "accent", "warning", "error", "success")
"""Colours of a theme that we write words in."""


def variables_of(theme: Theme) -> dict[str, str]:
    """Every name that colours go by in this theme, ours among them.

    The themes of others have none for ours, and some have words that can hardly be read: what they lack is mixed from
    what they have, and inks are moved until they can be read on every ground that we put them on. The terminal's own
    colours (`ansi-dark`, `ansi-light`) are not known here and are taken as they are.
    """
    given = {**theme.to_color_system().generate(), **theme.variables}
    if theme in (DARK, LIGHT):
        return given
    if theme.ansi:
        plain = ("quiet", "faint", "line", "cursor-ground", "select-ground", "waiting-ground", "match-ground")
        return {**given, **dict.fromkeys(plain, "ansi_default"), **_tags(_ANSI_TAGS)}
    ground, panel = Color.parse(given["background"]), Color.parse(given["panel"])
    ink, primary, warning = (Color.parse(given[name]) for name in ("foreground", "primary", "warning"))
    cursor, selected, waiting = ground.blend(ink, 0.07), ground.blend(primary, 0.3), ground.blend(warning, 0.3)
    found = ground.blend(Color.parse(given["success"]), 0.3)
    resting = (ground, panel, cursor)
    every = (*resting, selected, waiting, found)
    tags = TAG_COLOURS if theme.dark else LIGHT_TAG_COLOURS
    words = {name: Color.parse(given[name]) for name in _WORDS}
    words |= {f"tag-{name}": Color.parse(colour) for name, colour in tags.items()}
    ours = {
        "foreground": legible(ink, every, _TEXT),
        "quiet": legible(ink.blend(ground, 0.3), every, _TEXT),
        "faint": legible(ink.blend(ground, 0.5), resting, _SIGN),
        "line": ground.blend(ink, 0.2),
        "cursor-ground": cursor,
        "select-ground": selected,
        "waiting-ground": waiting,
        "match-ground": found,
        "input-selection-background": selected,
        **{name: legible(colour, (*resting, selected), _TEXT) for name, colour in words.items()},
    }
    return {**given, **{name: colour.hex for name, colour in ours.items()}}


def counterpart(theme: str, themes: Iterable[str], *, dark: bool) -> str:
    """The light theme that goes with a dark one, and the other way round: by its name, else our own."""
    here, there = ("-dark", "-light") if dark else ("-light", "-dark")
    named = theme.removesuffix(here) + there
    return named if theme.endswith(here) and named in themes else LIGHT.name if dark else DARK.name
