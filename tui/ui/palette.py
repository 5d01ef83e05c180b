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


class Palette:
    """The styles of one theme."""

    TINT = 0.17
    """How much of its colour a claim lays over the ground."""

    def __init__(self, variables: dict[str, str], *, plain: bool) -> None:
        """`variables` as the theme gives them; `plain` where the terminal shows no colours."""
        self._variables = variables
        self._plain = plain
        self._styles: dict[str, Style] = {}
        self._looks: dict[Look, Style] = {}

    @classmethod
    def of(cls, app: App[object]) -> "Palette":
        return cls(app.theme_variables, plain=app.no_color)

    def colour(self, name: str) -> Color:
        """A colour of the theme, over its background where it is translucent."""
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
            elif word.startswith("on-"):
                ground = self.colour(word.removeprefix("on-"))
            else:
                ink = self.colour(word)
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
        ink = self.colour("faint" if look.debris else "foreground")
        ground = self.colour("cursor-ground" if look.cursor else "background")
        for name in look.colours:
            strength = self.TINT * 0.6 if name.startswith("~") else self.TINT
            ground = ground.blend(self.colour(name.removeprefix("~")), strength)
        if look.waiting:
            ground = self.colour("waiting-ground")
        if look.selected:
            ground = self.colour("select-ground")
        return Style(
            color=ink.rich_color,
            bgcolor=ground.rich_color,
            bold=False,
            underline=look.current or (self._plain and look.waiting),
            italic=False,
            reverse=self._plain and look.selected,
        )
