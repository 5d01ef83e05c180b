"""The mouse in the text: words and statements by clicks, selections that go on beyond the edge, wide characters."""

import asyncio
from pathlib import Path

from driving import Reading, reading, seeds, written
from textual import events

WIDE = "布林肯在北京说，沟通渠道应当保持开放。 Then he left."
LONG = "\n\n".join(
    f"Paragraph {number} says something that was said before, and then some more." for number in range(60)
)


async def press(it: Reading, x: int, y: int) -> None:
    await it.pilot.mouse_down(offset=(x, y))
    await it.settled()


async def move(it: Reading, x: int, y: int) -> None:
    """The mouse moves with its button held, wherever on the screen that is."""
    it.app.post_message(events.MouseMove(it.column.pane, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
    await it.settled()


async def release(it: Reading, x: int, y: int) -> None:
    await it.pilot.mouse_up(offset=(x, y))
    await it.settled()


async def test_a_double_click_selects_the_word_and_a_triple_click_the_statement(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        x, y = it.find("experience")
        await it.click(x + 3, y, times=2)
        assert it.selection == "experience"
        assert "word" in it.last, "the keys of a selection hold now"
        await it.click(x + 3, y, times=3)
        assert it.selection == it.statement
        await it.keys("t f")
        assert it.claims[0].exact == it.statement


async def test_a_double_click_beside_a_word_selects_the_statement(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="He left — and said so.")) as it:
        await it.keys("enter")
        x, y = it.find("—")
        await it.click(x, y, times=2)
        assert it.selection == "He left — and said so."


async def test_a_click_in_the_last_rows_does_not_scroll_the_text_away(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=LONG), size=(80, 24)) as it:
        await it.keys("enter")
        bottom = it.column.pane.region.bottom - 1
        y = bottom if "Paragraph" in it.rows[bottom] else bottom - 1
        before = it.rows[y].strip("▌ │")
        await it.click(it.rows[y].index("something"), y)
        assert it.rows[y].strip("▌ │") == before
        assert it.statement[:12] in before


async def test_a_selection_goes_on_while_the_mouse_is_below_the_pane(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=LONG), size=(80, 24)) as it:
        await it.keys("enter")
        x, y = it.find("Paragraph 1 ")
        below = it.column.pane.region.bottom + 1
        await press(it, x, y)
        await move(it, x + 9, below)
        for _ in range(100):
            await asyncio.sleep(0.02)
            await it.settled()
            if it.column.pane.scroll_offset.y > 8:
                break
        assert it.column.pane.scroll_offset.y > 8, "it scrolls by itself"
        assert it.selection is not None
        assert "Paragraph 9" in it.selection
        assert it.selection.startswith("Paragraph 1 ")
        await move(it, x + 9, y)
        still = it.column.pane.scroll_offset.y
        await asyncio.sleep(0.2)
        await it.settled()
        assert it.column.pane.scroll_offset.y == still, "back over the text it stands still"
        await move(it, x + 9, below)
        await release(it, x + 9, below)
        still = it.column.pane.scroll_offset.y
        await asyncio.sleep(0.2)
        assert it.column.pane.scroll_offset.y == still, "and so it does when the button is let go"


async def test_a_selection_goes_on_above_the_pane_up_to_the_first_row(tmp_path: Path) -> None:
    short = "\n\n".join(LONG.split("\n\n")[:20])
    async with reading(written(tmp_path / "w", a=short), size=(80, 24)) as it:
        await it.keys("enter G")
        await press(it, *it.find("Paragraph 18 "))
        await move(it, 12, 1)
        for _ in range(300):
            await asyncio.sleep(0.02)
            await it.settled()
            if it.column.pane.scroll_offset.y == 0:
                break
        await asyncio.sleep(0.15)
        await it.settled()
        assert it.selection is not None
        assert "raph 0 says" in it.selection[:18]
        await release(it, 12, 1)


async def test_either_half_of_a_wide_character_is_the_whole_of_it(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=WIDE)) as it:
        await it.keys("enter")
        left, y = it.column.pane.region.x + it.column.pane.text_left, it.column.pane.region.y
        for start, end, words in (
            (0, 3, "布林"),  # from a left half to a right half
            (1, 2, "布林"),  # from a right half to a left half
            (1, 5, "布林肯"),
            (5, 1, "布林肯"),  # backwards
            (2, 3, "林"),  # within one
        ):
            await press(it, left + start, y)
            await move(it, left + end, y)
            assert it.selection == words, (start, end)
            await release(it, left + end, y)
        await it.keys("escape")


async def test_a_drag_back_to_where_it_began_selects_one_character(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Nobody said so.")) as it:
        await it.keys("enter")
        x, y = it.find("body")
        await press(it, x, y)
        await move(it, x + 3, y)
        assert it.selection == "body"
        await move(it, x + 1, y)
        assert it.selection == "bo"
        await move(it, x, y)
        assert it.selection == "b"
        await release(it, x, y)


async def test_a_double_click_on_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Words.", b="")) as it:
        place = it.find("seeds/b.txt")
        await it.click(*place)
        await it.click(*place, times=2)
        assert "seeds/b.txt can't be read: the file holds no text" in it.last
        assert it.app.screen is it.library


async def test_a_double_click_on_a_match_whose_record_is_gone_says_so(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Words.")) as it:
        await it.keys("enter t f e g z u n i q enter F z u n i enter")
        await it.found()
        line = it.find("zuniq", below=3)
        it.session.undo()
        it.session.undo()
        await it.settled()
        await it.click(*line)
        await it.click(*line, times=2)
        assert "this record is not there any more" in it.last
