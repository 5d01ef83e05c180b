"""The two themes of Variorum, and what the names of its own theme variables mean under any other theme.

The tag colours are told apart by people with any kind of colour vision (after Okabe and Ito's palette), and each is
doubled by a sign. The text is the brightest thing on the screen; everything else steps back.
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
    "blue": "#0072b2",
    "orange": "#b07400",
    "green": "#00805c",
    "purple": "#a04f7f",
    "red": "#c04a12",
    "yellow": "#8a7d00",
    "cyan": "#1d8a99",
    "grey": "#6e6e6e",
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
        "faint": "#6d6f74",
        "line": "#33373f",
        "cursor-ground": "#20242c",
        "select-ground": "#2f4c70",
        "waiting-ground": "#5b4713",
        "input-selection-background": "#2f4c70",
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
        "faint": "#8b8980",
        "line": "#d5d2c7",
        "cursor-ground": "#ecf0f4",
        "select-ground": "#c5dbf3",
        "waiting-ground": "#f3e2b3",
        "input-selection-background": "#c5dbf3",
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
    **_tags(TAG_COLOURS),
}
"""The same variables for themes that are not ours."""
