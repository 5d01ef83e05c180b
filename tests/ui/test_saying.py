"""What the header and the last line say: that something is typed, and messages of any length."""

from pathlib import Path

from driving import controls_in, reading, seeds

from tui.ui.signs import SIGNS

LONG = (
    "what was done at 2026-11-21 can't be taken back: the claim it made was changed since by another window, and the "
    "contradiction that it belongs to is not there any more; u again: the step before it"
)


async def test_the_header_says_that_a_memo_is_being_typed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j t f")
        await it.saved()
        assert it.header.endswith("saved")
        await it.keys("m a b")
        assert it.header.endswith("typing")
        await it.keys("escape")
        await it.saved()
        assert it.header.endswith("saved")


async def test_the_library_says_so_too(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("g m a")
        assert it.header.endswith("typing")
        await it.keys("escape")
        await it.saved()
        assert it.header.endswith("saved")


async def test_a_long_message_takes_the_rows_it_needs_until_the_next_key(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("enter")
        before = it.rows
        it.reader.say(LONG, "warning")
        await it.settled()
        assert " ".join(" ".join(it.rows[-3:]).split()) == LONG
        assert it.rows[-4] == SIGNS.rule * 80
        assert SIGNS.rule not in it.rows[-5]
        assert it.rows[:20] == before[:20], "the text does not jump"
        await it.keys("j")
        assert "can't be taken back" not in it.screen
        assert "tag" in it.last


async def test_a_long_message_of_the_library_is_told_whole(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(60, 24)) as it:
        it.library.say(LONG)
        await it.settled()
        assert LONG in " ".join(" ".join(it.rows[-4:]).split())


async def test_a_short_message_stays_in_the_last_line(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        it.reader.say("n" * 78)
        await it.settled()
        assert it.rows[-1] == f" {'n' * 78}"
        assert "n" * 20 not in it.rows[-2]
        it.reader.say("n" * 80)
        await it.settled()
        assert it.rows[-2].count("n") + it.rows[-1].count("n") == 80


async def test_a_message_made_to_annoy_fills_no_more_than_half_the_screen(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(60, 20)) as it:
        await it.keys("enter")
        it.reader.say("[b]no\x1b[2J\u202e " * 4000)
        await it.settled()
        assert controls_in(it.rows) == []
        assert it.reader.notice.size.height <= 11
        await it.resize(100, 30)
        assert it.app.is_running


async def test_a_message_fits_anew_when_the_window_has_another_size(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(60, 20)) as it:
        await it.keys("enter")
        it.reader.say(LONG)
        await it.settled()
        await it.resize(100, 30)
        assert LONG in " ".join(" ".join(it.rows[-3:]).split())
        await it.resize(len(LONG) + 4, 30)
        assert it.last == LONG


async def test_every_picker_says_how_to_get_out(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        for keys in ("enter t", "escape j c j c", "escape o", "/ z z", "escape g t"):
            await it.keys(keys)
            assert "esc closes" in it.screen, keys
