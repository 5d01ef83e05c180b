"""Every theme can be read in, and can be tried on and chosen; where no colours are wanted, none are sent."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from driving import Reading, reading, seeds, session_of
from rich.color import ColorType
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.ui.app import VariorumApp
from tui.ui.contrast import contrast, legible
from tui.ui.palette import Look, Palette
from tui.ui.themes import DARK, LIGHT, LIGHT_TAG_COLOURS, TAG_COLOURS, counterpart, variables_of

THEMES = [DARK, LIGHT, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
ANSI = [theme for theme in BUILTIN_THEMES.values() if theme.ansi]
EVERY = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
RESTING = ("background", "panel", "cursor-ground")
SIGNS = ("primary", "accent", "warning", "error", "success", *(f"tag-{name}" for name in TAG_COLOURS))

# How people see who lack one kind of cone: matrices on linear RGB, Machado, Oliveira and Fernandes (2009), severity 1.
SIGHTS = {
    "any": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 12
"""Of two tag colours, at least, in CIE Lab (1976): 2 or 3 can just be told apart when they lie side by side."""


def palette_of(theme: Theme) -> Palette:
    return Palette(variables_of(theme), plain=False)


def least(palette: Palette, ink: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(palette.colour(ink), palette.colour(ground)) for ground in grounds)


# --- contrast ---


@EVERY
def test_text_and_quiet_words_can_be_read_on_every_ground(theme: Theme) -> None:
    palette = palette_of(theme)
    for ink in ("foreground", "quiet"):
        assert least(palette, ink, (*RESTING, "select-ground", "waiting-ground")) >= 4.5, ink


@EVERY
def test_signs_and_what_matters_least_can_be_seen(theme: Theme) -> None:
    palette = palette_of(theme)
    assert least(palette, "faint", RESTING) >= 3
    for sign in SIGNS:
        assert least(palette, sign, (*RESTING, "select-ground")) >= 3, sign


@EVERY
def test_text_can_be_read_under_claims_and_one_claim_is_seen(theme: Theme) -> None:
    palette = palette_of(theme)
    plain = palette.text(Look())
    for name in TAG_COLOURS:
        for look in (Look((f"tag-{name}",)), Look((f"tag-{name}",) * 3, cursor=True)):
            style = palette.text(look)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= 4.5
        assert palette.text(Look((f"tag-{name}",))).bgcolor != plain.bgcolor, name


@EVERY
def test_what_steps_back_in_focus_mode_can_still_be_read(theme: Theme) -> None:
    palette = palette_of(theme)
    bright, dimmed = palette.text(Look()), palette.text(Look(("tag-red",), dimmed=True, current=True))
    assert dimmed.color != bright.color
    assert dimmed.bgcolor == bright.bgcolor, "and claims are not tinted there"
    assert not dimmed.underline


@EVERY
def test_tags_are_bright_on_dark_and_dark_on_light(theme: Theme) -> None:
    palette = palette_of(theme)
    ground = palette.colour("background")
    for name in TAG_COLOURS:
        assert (palette.colour(f"tag-{name}").brightness > ground.brightness) is theme.dark, name


def test_an_ink_is_moved_no_further_than_it_must() -> None:
    white, grey = Color(255, 255, 255), Color(0x99, 0x99, 0x99)
    moved = legible(grey, [white], 4.5)
    assert 4.5 <= contrast(moved, white) < 6
    assert legible(moved, [white], 4.5) == moved
    assert legible(grey, [white, Color(0, 0, 0)], 20) in (white, Color(0, 0, 0)), "where none will do, what does best"


# --- colour vision ---


def _linear(colour: Color) -> tuple[float, ...]:
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)


def _lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    a, b, c = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    linear = _linear(Color.parse(colour))
    mixed = (sum(share * part for share, part in zip(row, linear, strict=True)) for row in SIGHTS[sight])
    return _lab(tuple(min(1.0, max(0.0, part)) for part in mixed))


def apart(one: str, other: str, sight: str) -> float:
    pairs = zip(seen(one, sight), seen(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_the_distance_of_colours_is_reckoned_rightly() -> None:
    assert apart("#000000", "#ffffff", "any") == pytest.approx(100, abs=0.1)
    assert apart("#808080", "#808080", "protanopia") == 0
    # The classic confusion: of a red and a green of the same lightness little is left.
    assert apart("#a05000", "#608000", "deuteranopia") < APART < apart("#a05000", "#608000", "any")


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("tags", [TAG_COLOURS, LIGHT_TAG_COLOURS], ids=["dark", "light"])
def test_tags_are_told_apart_with_any_kind_of_colour_vision(tags: Mapping[str, str], sight: str) -> None:
    for (name, one), (other, two) in combinations(tags.items(), 2):
        assert apart(one, two, sight) >= APART, (name, other)


# --- the terminal's own colours ---


@pytest.mark.parametrize("theme", ANSI, ids=lambda theme: theme.name)
def test_with_the_terminals_colours_every_state_of_the_text_has_attributes_of_its_own(theme: Theme) -> None:
    palette = palette_of(theme)
    looks = {
        "plain": Look(),
        "claim": Look(("tag-red",)),
        "current": Look(current=True),
        "current claim": Look(("tag-red",), current=True),
        "selected": Look(selected=True),
        "waiting": Look(waiting=True),
        "debris": Look(debris=True),
    }
    styles = {name: palette.text(look) for name, look in looks.items()}
    for one, other in combinations(styles, 2):
        assert styles[one] != styles[other], (one, other)
    assert all(style.color and style.color.type is ColorType.DEFAULT for style in styles.values())
    assert palette["faint"].dim
    assert not palette["quiet"].dim
    inks = {name: palette[f"tag-{name}"].color for name in TAG_COLOURS}
    assert len(set(inks.values())) == len(TAG_COLOURS)


# --- choosing ---


def test_dark_and_light_go_together() -> None:
    names = [*BUILTIN_THEMES, DARK.name, LIGHT.name]
    assert counterpart("variorum-dark", names, dark=True) == "variorum-light"
    assert counterpart("variorum-light", names, dark=False) == "variorum-dark"
    assert counterpart("ansi-dark", names, dark=True) == "ansi-light"
    assert counterpart("solarized-light", names, dark=False) == "solarized-dark"
    assert counterpart("nord", names, dark=True) == "variorum-light"
    assert counterpart("catppuccin-latte", names, dark=False) == "variorum-dark"


async def test_a_theme_is_tried_on_before_it_is_taken(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter g t")
        assert "variorum-dark" in it.screen
        await it.keys("down")
        assert it.app.theme == "variorum-light"
        await it.keys("escape")
        assert it.app.theme == "variorum-dark", "it was only tried on"
        await it.keys("g t down down enter")
        assert it.app.theme == "ansi-dark"
        assert "theme: ansi-dark" in it.last
        await it.keys("ctrl+t")
        assert it.app.theme == "ansi-light"


async def test_a_theme_is_found_by_its_name_in_the_library_too(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("g t /")
        await it.type("gruv")
        await it.keys("enter")
        assert it.app.theme == "gruvbox"


async def test_the_list_of_themes_begins_with_the_one_in_use(tmp_path: Path) -> None:
    session = session_of(seeds(tmp_path / "w"))
    app = VariorumApp(session, theme="nord")
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            it = Reading(app, pilot, session)
            await it.keys("enter g t")
            assert "›✓ o  nord" in it.screen
            await it.keys("enter")
            assert app.theme == "nord"
    finally:
        session.close()


# --- no colours ---


async def test_where_no_colours_are_wanted_none_are_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        for keys in ("", "space j space enter", "j t f", "j d", "v w", "escape escape f", "escape t", "escape i", "Z"):
            await it.keys(keys)
            colours = {
                colour
                for strip in it.app.screen._compositor.render_strips()
                for segment in strip.apply_filter(it.app._filters[-1], Color(0, 0, 0))
                if segment.style
                for colour in (segment.style.color, segment.style.bgcolor)
                if colour is not None
            }
            assert {colour.type for colour in colours} <= {ColorType.DEFAULT}, keys


async def test_letters_to_jump_to_are_reversed_where_there_are_no_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(seeds(tmp_path / "w")) as it:
        for keys in ("enter f", "escape j j v f"):
            await it.keys(keys)
            labels = [
                segment.text
                for strip in it.app.screen._compositor.render_strips()
                for segment in strip
                if segment.style and segment.style.reverse and segment.style.bold
            ]
            assert {"a", "s", "d"} <= set(labels), keys
