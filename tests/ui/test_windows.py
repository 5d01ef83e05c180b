"""Windows of every size, the mouse, and what a key press costs."""

from pathlib import Path

import pytest
from driving import REWRITE, SCMP, reading, seeds
from textual import events

EVERY_KEY = (
    "j k { } space pageup ctrl+d ctrl+u g g G h l tab f a J K enter escape v w b h l j k o escape t f . c j c n d j d "
    "C D w escape m escape e g escape e k d r x A z z + - | | o escape O O O y ? q u ctrl+r escape"
)


@pytest.mark.parametrize("size", [(20, 6), (1, 1), (3, 40), (200, 2), (12, 12), (36, 10)])
async def test_no_size_of_window_brings_the_application_down(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=size) as it:
        await it.keys("space j space enter")
        for key in EVERY_KEY.split():
            await it.keys(key) if key in ("t", "c", "e", "f", "?", "w", "m", "o") else it.post(key)
        await it.keys("L j k s / a escape")
        assert it.app.is_running
        assert len(it.rows) == size[1]
        await it.keys("escape escape")
        await it.resize(100, 30)
        await it.keys("escape G g g space escape escape")
        await it.resize(*size)
        await it.resize(100, 30)
        assert "Blinken in Beijing" in it.header


@pytest.mark.parametrize("size", [(1, 1), (4, 9), (5, 2), (8, 24), (20, 6)])
async def test_no_size_of_window_is_too_small_for_the_palette(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(seeds(tmp_path / "w"), size=size) as it:
        for keys in (": pageup pagedown", "escape", ": pageup a", "pagedown escape", ": end", "escape escape"):
            await it.keys(keys)
            assert it.app.is_running
        await it.keys(":")
        for other in ((80, 24), size, (1, 1)):
            await it.resize(*other)
        assert it.app._exception is None


async def test_a_key_too_many_in_the_palette_takes_away_nothing_below_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(": escape escape escape")
        assert "select" in it.last
        await it.keys("enter : escape escape escape")
        assert it.app.screen is it.reader
        await it.keys(":")
        await it.type("finished")
        await it.found()
        await it.keys("enter enter enter enter")
        assert len(it.session.records) == 1, "the article is finished, not finished and begun again"


async def test_a_resize_keeps_the_statement_of_the_cursor_in_sight(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter", "j " * 14)
        for size in ((80, 24), (200, 50), (60, 12), (41, 20), (120, 40)):
            await it.resize(*size)
            rows = [row.strip("▌ ") for row in it.rows if "▌" in row.split("▏")[0]]
            assert rows, size
            assert it.statement.startswith(rows[0].split("  ")[0].split("▏")[0].strip()[:12]), size


async def test_panes_adapt_to_the_window_in_the_library_as_well(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter")
        assert len(it.reader.shown_columns()) == 2
        await it.keys("q")
        await it.resize(60, 24)
        await it.keys("enter")
        assert len(it.reader.shown_columns()) == 1
        await it.resize(120, 24)
        assert len(it.reader.shown_columns()) == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 14)])
@pytest.mark.parametrize("at", ["", "G"])
async def test_a_picker_is_wholly_on_the_screen_wherever_the_cursor_is(
    tmp_path: Path, size: tuple[int, int], at: str
) -> None:
    async with reading(seeds(tmp_path / "w"), size=size) as it:
        await it.keys("space j space enter tab", at)
        await it.keys("t")
        region = it.reader.picker.region
        assert it.app.screen.region.contains_region(region)
        assert "shift+letter adds" in it.screen
        assert "unsourced" in it.screen
        await it.resize(size[0] - 9, size[1] - 2)
        assert it.app.screen.region.contains_region(it.reader.picker.region)
        await it.keys("u")
        assert it.claims[0].tags == ("unsourced",)


async def test_a_click_places_the_cursor_and_a_drag_selects(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter")
        await it.click(*it.find("In spite of this"))
        assert it.column.article.id == REWRITE
        assert it.statement.startswith("In spite of this")
        x, y = it.find("boosting its support")
        await it.drag((x, y), (x + 7, y))
        assert it.column.article.id == SCMP
        assert it.selection == "boosting"
        await it.drag((x + 7, y), (x, y))
        assert it.selection == "boosting", "backwards too"
        await it.keys("t f")
        assert it.claims[0].exact == "boosting"
        await it.click(x, y)
        assert it.selection is None


async def test_the_wheel_scrolls_and_the_cursor_stays(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        before = it.column.cursor
        for _ in range(3):
            it.app.post_message(
                events.MouseScrollDown(it.column.pane, 20, 10, 0, 1, 0, False, False, False, screen_x=20, screen_y=10)
            )
            await it.pilot.pause(0.05)
        assert it.column.pane.scroll_offset.y > 0
        assert it.column.cursor == before
        await it.keys("j")
        assert it.statement[:20] in it.screen


async def test_a_click_in_a_picker_picks_also_where_it_was_scrolled(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 14)) as it:
        await it.keys("enter c j c", "up")
        x, y = it.find("other")
        await it.click(x, y)
        assert it.contradictions[0].kinds == ("other",)
        await it.keys("t")
        await it.click(*it.find("opinion"))
        assert it.claims[-1].tags == ("opinion",) or it.claims[0].tags == ("opinion",)


async def test_a_double_click_in_the_library_opens(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        x, y = it.find("Blinken Admits")
        await it.click(x, y)
        assert it.library.list.here
        assert it.library.list.here.id == REWRITE
        await it.click(x, y, times=2)
        assert it.column.article.id == REWRITE


async def test_a_click_beside_a_picker_puts_it_away(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t")
        await it.click(*it.find("The PLA also sees"))
        assert "shift+letter" not in it.screen
        assert it.statement.startswith("“The PLA")


@pytest.mark.parametrize("key", ["j", "k", "tab", "J", "}"])
async def test_a_move_draws_only_the_rows_concerned_and_moves_no_focus(tmp_path: Path, key: str) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("space j space enter j j")
        await it.pilot.pause(0.1)
        drawn = it.count_rows()
        it.watch()
        await it.keys(key)
        assert 0 < it.bytes_sent <= 4096
        assert len(drawn) <= 20
        assert it.app.focused is None


async def test_standing_still_sends_nothing(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await it.pilot.pause(0.1)
        it.watch()
        await it.pilot.pause(0.3)
        assert it.bytes_sent == 0
