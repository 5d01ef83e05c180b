"""Style names → styles, read from the theme once and shared by everything that draws."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.ui.contrast import contrast


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of an article's text is to be drawn."""

    colours: tuple[str, ...] = ()
    """Colour names of the claims over it; each deepens the tint, one that begins with `~` (a colleague's) less."""
    cursor: bool = False
    selected: bool = False
    waiting: bool = False
    counterpart: bool = False
    """It stands beside the statement that another pane is at."""
    current: bool = False
    """Underlined: the claim at the cursor."""
    debris: bool = False
    dimmed: bool = False
    """Stepping back, as all does in focus mode but the current statement; nothing is tinted or underlined there."""
    found: bool = False
    """One of the matches of a search."""
    at_hand: bool = False
    """The match that the search is at."""


class Palette:
    """The styles of one theme."""

    TINT = 0.17
    """How much of its colour a claim lays over the ground."""
    BESIDE = 0.09
    """How much of the accent colour a counterpart has in its ground."""
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
        """That of the theme in force: one for all that draws, as long as it is in force."""
        palette = _IN_FORCE.get(app)
        if palette is None or palette._variables is not app.theme_variables:
            palette = _IN_FORCE[app] = cls(app.theme_variables, plain=app.no_color)
        return palette

    @property
    def is_plain(self) -> bool:
        """Whether colours tell nothing here, so that attributes have to."""
        return self._plain

    def colour(self, name: str) -> Color:
        """A colour of the theme, over its background where it is translucent. Among the terminal's own colours, one
        that the theme does not know is the colour of text."""
        if self._ansi:
            own = Color.parse(self._variables[name])
            return own if own.ansi is not None else Color.parse("ansi_default")
        ground = Color.parse(self._variables["background"])
        return ground + Color.parse(self._variables[name])

    def __getitem__(self, name: str) -> Style:
        """A style by name: words joined by a space, each a foreground, `bold`, `underline`, `reverse` or `on-…`. What
        steps back by its colour is dimmed where there are none."""
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
                if self._plain and word in _STEPPING_BACK:
                    attributes.add("dim")
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
            dim="dim" in attributes,
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
        colours = () if look.dimmed else look.colours
        is_plain_ground = not (colours or look.waiting or look.selected or look.found)
        back = look.debris or look.dimmed
        ink = self.colour("foreground" if not back else "faint" if is_plain_ground else "quiet")
        ground = self.colour("cursor-ground" if look.cursor else "background")
        for name in colours[: self.DEEPEST]:
            strength = self.TINT * 0.6 if name.startswith("~") else self.TINT
            deeper = ground.blend(self.colour(name.removeprefix("~")), strength)
            if contrast(ink, deeper) < self.LEAST:
                break
            ground = deeper
        if look.counterpart:
            beside = ground.blend(self.colour("accent"), self.BESIDE)
            ground = beside if contrast(ink, beside) >= self.LEAST else ground
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
            underline=look.current and not look.dimmed,
            italic=False,
            reverse=False,
            dim=False,
        )

    def _marked(self, look: Look) -> Style:
        """Without colours: one's own claims bold, underlined where current, reversed where selected, and all three
        where waiting; what a search found is underlined and bold, and reversed at hand; what steps back is dimmed.
        Colleagues' claims are in the gutter only, until they are current."""
        is_claim = any(not name.startswith("~") for name in look.colours)
        steps_back = (look.dimmed or look.debris) and not (look.selected or look.waiting or look.found)
        return Style(
            color=self.colour("foreground").rich_color,
            bgcolor=self.colour("background").rich_color,
            bold=look.waiting or look.found or look.at_hand or (is_claim and not look.dimmed),
            underline=look.waiting or look.found or (look.current and not look.dimmed),
            italic=False,
            reverse=look.selected or look.waiting or look.at_hand,
            dim=steps_back,
        )


_IN_FORCE: WeakKeyDictionary[App[object], Palette] = WeakKeyDictionary()
_REVERSED = ("on-select-ground", "on-waiting-ground", "on-accent")
"""Grounds that mean something: without colours, what stands on them is reversed."""
_STEPPING_BACK = ("faint", "line")
