"""Style names → styles, read from the theme once and shared by everything that draws."""

from dataclasses import dataclass

from rich.style import Style
from textual.app import App
from textual.color import Color


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of an article's text is to be drawn."""

    colours: tuple[str, ...] = ()
    """Colour names of the claims over it; each deepens the tint, one that begins with `~` (a colleague's) less."""
    cursor: bool = False
    selected: bool = False
    waiting: bool = False
    current: bool = False
    """Underlined: the claim at the cursor."""
    debris: bool = False
    found: bool = False
    """One of the matches of a search."""
    at_hand: bool = False
    """The match that the search is at."""


class Palette:
    """The styles of one theme."""

    TINT = 0.17
    """How much of its colour a claim lays over the ground."""
    DEEPEST = 3
    """How many tints lie on each other at most."""
    LEAST = 4.5
    """The contrast to its ground that text keeps under any tints."""

    def __init__(self, variables: dict[str, str], *, plain: bool) -> None:
        """`variables` as the theme gives them; `plain` where the terminal shows no colours.

        A theme of the terminal's own colours is plain too: what they look like is not known, so they can't be mixed.
        """
        self._variables = variables
        self._ansi = Color.parse(variables["background"]).ansi is not None
        self._plain = plain or self._ansi
        self._styles: dict[str, Style] = {}
        self._looks: dict[Look, Style] = {}

    @classmethod
    def of(cls, app: App[object]) -> "Palette":
        return cls(app.theme_variables, plain=app.no_color)

    def colour(self, name: str) -> Color:
        """A colour of the theme, over its background where it is translucent. Among the terminal's own colours, one
        that the theme does not know is the colour of text."""
        if self._ansi:
            own = Color.parse(self._variables[name])
            return own if own.ansi is not None else Color.parse("ansi_default")
        ground = Color.parse(self._variables["background"])
        return ground + Color.parse(self._variables[name])

    def __getitem__(self, name: str) -> Style:
        """A style by name: words joined by a space, each a foreground, `bold`, `underline`, `reverse` or `on-…`."""
        if name not in self._styles:
            self._styles[name] = self._parse(name)
        return self._styles[name]

    @property
    def label(self) -> Style:
        """A letter laid over the text."""
        return Style(reverse=True, bold=True) if self._plain else self["background on-accent bold"]

    def _parse(self, name: str) -> Style:
        ink, ground = self.colour("foreground"), self.colour("background")
        attributes: set[str] = set()
        for word in name.split():
            if word in ("bold", "underline", "reverse", "italic"):
                attributes.add(word)
            elif not word.startswith("on-"):
                ink = self.colour(word)
            elif self._plain and word in _REVERSED:
                attributes.add("reverse")
            elif not self._ansi:
                ground = self.colour(word.removeprefix("on-"))
        if self._ansi and "reverse" in attributes:
            ink = self.colour("foreground")
        return Style(
            color=ink.rich_color,
            bgcolor=ground.rich_color,
            bold="bold" in attributes,
            underline="underline" in attributes,
            italic="italic" in attributes,
            reverse="reverse" in attributes,
        )

    def text(self, look: Look) -> Style:
        """The style for a piece of an article."""
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = self._mix(look)
        return style

    def _mix(self, look: Look) -> Style:
        if self._plain:
            return self._marked(look)
        if look.at_hand:
            return self.label
        is_plain_ground = not (look.colours or look.waiting or look.selected or look.found)
        ink = self.colour("foreground" if not look.debris else "faint" if is_plain_ground else "quiet")
        ground = self.colour("cursor-ground" if look.cursor else "background")
        for name in look.colours[: self.DEEPEST]:
            strength = self.TINT * 0.6 if name.startswith("~") else self.TINT
            deeper = ground.blend(self.colour(name.removeprefix("~")), strength)
            if contrast(ink, deeper) < self.LEAST:
                break
            ground = deeper
        if look.waiting:
            ground = self.colour("waiting-ground")
        if look.found:
            ground = self.colour("match-ground")
        if look.selected:
            ground = self.colour("select-ground")
        # Every attribute is given, as it is for named styles: only equal styles are sent as one piece.
        return Style(
            color=ink.rich_color,
            bgcolor=ground.rich_color,
            bold=look.found,
            underline=look.current,
            italic=False,
            reverse=False,
        )

    def _marked(self, look: Look) -> Style:
        """Without colours: reversed where selected, underlined where current, underlined and bold where waiting, bold
        where found, bold and reversed at the match at hand."""
        ink = "faint" if look.debris and not look.selected else "foreground"
        return Style(
            color=self.colour(ink).rich_color,
            bgcolor=self.colour("background").rich_color,
            bold=look.waiting or look.found or look.at_hand,
            underline=look.current or look.waiting,
            italic=False,
            reverse=look.selected or look.at_hand,
        )


_REVERSED = ("on-select-ground", "on-waiting-ground", "on-accent")
"""Grounds that mean something: without colours, what stands on them is reversed."""


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
