"""What holds of colours and signs whatever is shown: it can be read, and nothing is said by colour alone."""

import os
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from driving import Reading, reading, seeds, session_of
from rich.color import ColorType
from textual.color import Color
from textual.theme import Theme

from tui.ui.actions import Where, reachable
from tui.ui.app import VariorumApp
from tui.ui.contrast import contrast
from tui.ui.palette import Look, Palette
from tui.ui.reading import ClaimMarkings, Colleagues
from tui.ui.signs import ASCII, Signs, signs_for
from tui.ui.themes import DARK, LIGHT, TAG_COLOURS
from tui.ui.widgets.column import Column
from tui.ui.widgets.page import Fixed, Mark
from tui.ui.widgets.picker import Picker

TAGS = [f"tag-{name}" for name in TAG_COLOURS]
THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
TWO_PANES = "space j space enter"


def palette_of(theme: Theme, *, plain: bool = False) -> Palette:
    return Palette({**theme.to_color_system().generate(), **theme.variables}, plain=plain)


def ratio(palette: Palette, ink: str, ground: str) -> float:
    return contrast(palette.colour(ink), palette.colour(ground))


def ratio_of(palette: Palette, look: Look) -> float:
    style = palette.text(look)
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


# --- contrast ---


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, Color(0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.01)


@THEMES
@pytest.mark.parametrize("ground", ["background", "cursor-ground", "panel", "select-ground"])
@pytest.mark.parametrize("ink", ["foreground", "quiet"])
def test_text_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert ratio(palette_of(theme), ink, ground) >= 4.5


@THEMES
@pytest.mark.parametrize("ink", [*TAGS, "accent", "error", "success", "primary"])
def test_coloured_words_can_be_read(theme: Theme, ink: str) -> None:
    palette = palette_of(theme)
    assert min(ratio(palette, ink, ground) for ground in ("background", "panel", "cursor-ground")) >= 4.5
    assert ratio(palette, ink, "select-ground") >= 4, "letters are bold on the row picked"


@THEMES
@pytest.mark.parametrize("ground", ["background", "panel", "cursor-ground"])
def test_what_matters_least_can_still_be_seen(theme: Theme, ground: str) -> None:
    assert ratio(palette_of(theme), "faint", ground) >= 3


@THEMES
@pytest.mark.parametrize("cursor", [False, True])
@pytest.mark.parametrize("debris", [False, True])
def test_text_can_be_read_under_any_claims(theme: Theme, cursor: bool, debris: bool) -> None:
    palette = palette_of(theme)
    names = [*TAGS, *(f"~{name}" for name in TAGS), "quiet"]
    for colours in combinations_with_replacement(names, 3):
        look = Look(colours=colours, cursor=cursor, debris=debris)
        assert ratio_of(palette, look) >= 4.5, look
    deep = Look(colours=("tag-yellow",) * 40, cursor=cursor, debris=debris)
    assert ratio_of(palette, deep) >= 4.5


@THEMES
@pytest.mark.parametrize("colour", TAGS)
def test_one_claim_is_seen_even_over_debris(theme: Theme, colour: str) -> None:
    palette = palette_of(theme)
    for debris in (False, True):
        assert palette.text(Look((colour,), debris=debris)).bgcolor != palette.text(Look(debris=debris)).bgcolor


@THEMES
@pytest.mark.parametrize("debris", [False, True])
def test_what_is_selected_or_waiting_can_be_read(theme: Theme, debris: bool) -> None:
    palette = palette_of(theme)
    assert ratio_of(palette, Look(selected=True, debris=debris)) >= 4.5
    assert ratio_of(palette, Look(waiting=True, debris=debris)) >= 4.5


# --- without colours of our own ---


def test_without_colours_a_waiting_end_and_the_current_claim_are_told_apart() -> None:
    palette = palette_of(DARK, plain=True)
    waiting, current = palette.text(Look(waiting=True)), palette.text(Look(current=True))
    assert (waiting.bold, waiting.underline) == (True, True)
    assert (current.bold, current.underline) == (False, True)
    assert palette.text(Look(selected=True)).reverse


async def test_the_pickers_row_has_a_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t")
        left, top = it.app.screen.query_one(Picker).region.offset
        assert [row[left] for row in it.rows[top + 1 : top + 4]] == ["›", " ", " "]
        await it.keys("down")
        assert [row[left] for row in it.rows[top + 1 : top + 4]] == [" ", "›", " "]


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_the_terminals_own_colours_are_never_mixed(tmp_path: Path, theme: str) -> None:
    session = session_of(seeds(tmp_path / "w", example=True))
    app = VariorumApp(session, theme=theme)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            it = Reading(app, pilot, session)
            for keys in (
                "",
                TWO_PANES,
                "j t f j j d",
                "escape v w",
                "escape f",
                "escape t down",
                "escape m",
                "escape ?",
            ):
                await it.keys(keys)
                assert truecolours(it) == set(), keys
                if keys == "escape v w":
                    assert it.selection
                    assert it.selection.split()[0] in " ".join(reversed_in(it)), keys
            await it.keys("escape :")
            await it.pilot.pause(0.3)
            assert truecolours(it) == set()
    finally:
        session.close()


def truecolours(it: Reading) -> set[str]:
    """The grounds on the screen that are not the terminal's own, each with what stands on it."""
    return {
        f"{segment.style.bgcolor.name}: {segment.text}"
        for strip in it.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and segment.style.bgcolor and segment.style.bgcolor.type is ColorType.TRUECOLOR
    }


def reversed_in(it: Reading) -> list[str]:
    strips = it.app.screen._compositor.render_strips()
    return [segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse]


def test_plain_signs_are_ascii() -> None:
    assert signs_for({**os.environ, "VARIORUM_ASCII": "1"}) == ASCII
    assert all(getattr(ASCII, name).isascii() for name in Signs.__dataclass_fields__)


async def test_panes_have_an_ascii_border_where_signs_are_plain(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        it.app.add_class("-ascii")
        await it.keys(TWO_PANES)
        assert it.app.screen.query(Column).last().styles.border_left[0] == "ascii"
        assert it.app.screen.query(Column).first().styles.border_left[0] == ""
        await it.keys("|")
        assert it.app.screen.query(Column).last().styles.border_top[0] == "ascii"


# --- what is drawn anew ---


def marked(it: Reading, article: str) -> Fixed:
    """What is marked in an article now, whatever comes later."""
    markings = ClaimMarkings(it.session, article, Colleagues.SHOWN)
    whole = (0, len(it.session.articles[article].text))
    return Fixed(markings.marks(*whole), markings.signs(*whole))


async def test_a_new_claim_draws_only_its_own_rows(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter j j")
        pane, article = it.column.pane, it.column.article.id
        before = marked(it, article)
        await it.keys("t f")
        after = marked(it, article)
        pane.mark(before)
        await it.pilot.pause()
        drawn = it.count_rows()
        pane.mark(after)
        await it.pilot.pause()
        claimed, top = it.claims[-1].span, pane.scroll_offset.y
        first, last = it.column.page.rows_of(claimed.start, claimed.end)
        seen_at = pane.overview.y_of(first)
        assert {top + y for y in drawn} == {*range(first, last + 1), top + seen_at}, (
            "its own, and its sign's in the overview"
        )
        drawn.clear()
        pane.mark(after)
        await it.pilot.pause()
        assert drawn == []


async def test_the_order_of_overlapping_claims_counts(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter")
        page = it.column.page
        whole = Fixed([Mark(0, 40, "tag-blue", "c1"), Mark(20, 60, "tag-red", "c2")])
        rows = range(len(page.layout))
        assert page.mark(whole, rows)
        assert page.mark(whole, rows) == []
        assert page.mark(replace(whole, all_marks=whole.all_marks[::-1]), rows) == [page.layout.row_of(20)]


async def test_the_same_letters_again_draw_nothing(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        drawn = it.count_rows()
        it.column.pane.label({})
        await it.pilot.pause()
        assert drawn == []
        it.column.pane.label({0: "a"})
        await it.pilot.pause()
        assert drawn


# --- keys that reach what they name ---


@pytest.mark.parametrize("where", list(Where))
def test_a_key_is_named_for_one_action_only(where: Where) -> None:
    keys = [key for action in reachable(where) for key in action.keys]
    assert len(keys) == len(set(keys))
    assert all(action.keys for action in reachable(where))


def test_while_selecting_j_is_not_named_for_moving_about() -> None:
    named = {action.id: action.keys for action in reachable(Where.SELECTING)}
    assert "next" not in named
    assert named["character_left"] == ("h", "left")
    assert named["tag"] == ("t",)


async def test_the_command_palette_names_no_key_that_does_something_else(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter v :")
        await it.type("statement")
        await it.pilot.pause(0.3)
        assert "the end a statement further" in it.screen
        assert "next statement  (next, no key)" in it.screen
