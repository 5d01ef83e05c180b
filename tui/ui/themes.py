"""The two themes of Variorum, and what the names of its own theme variables mean under any other theme.

The tag colours are told apart by people with any kind of colour vision (after Okabe and Ito's palette), and each is
doubled by a sign. The text is the brightest thing on the screen; everything else steps back, but not beyond what can
be read: the least contrasts are kept by the tests.
"""

from textual.theme import Theme

TAG_COLOURS = {
    "blue": "#56b4e9",
    "orange": "#e69f00",
    "green": "#2fb583",
    "purple": "#cc79a7",
    "red": "#e8704a",
    "yellow": "#e5d84a",
    "cyan": "#7fd6d6",
    "grey": "#a0a0a0",
}

_LIGHT_TAGS = {
    "blue": "#0057ad",
    "orange": "#8d5300",
    "green": "#00673b",
    "purple": "#903e75",
    "red": "#923a1e",
    "yellow": "#484a06",
    "cyan": "#0e535e",
    "grey": "#4b4b4b",
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
        **_tags(_LIGHT_TAGS),
    },
)

DEFAULTS = {
    "quiet": "#8c8c8c",
    "faint": "#6c6c6c",
    "line": "#4a4a4a",
    "cursor-ground": "#80808022",
    "select-ground": "#4477aa66",
    "waiting-ground": "#aa884466",
    "match-ground": "#44aa7766",
    **_tags(TAG_COLOURS),
}
"""The same variables for themes that are not ours."""
