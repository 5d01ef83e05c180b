"""Colleagues' records that come while one reads, and one's own YAML that a pull changed."""

import asyncio
import shutil
from pathlib import Path

from driving import REWRITE, SCMP, reading, seeds
from teaming import look, marks

from tui.session import colleagues

FIRST, NEXT = "Washington", "Beijing"


async def test_what_a_colleague_marked_is_in_the_margin_within_a_second(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter")
        assert "•f" not in it.screen
        marks(root, "ben", (SCMP, FIRST))
        for _ in range(40):
            await asyncio.sleep(0.05)
            if "•f" in it.screen:
                break
        assert "•f" in it.screen
        await it.keys("J")
        assert it.strip[0].rstrip().split()[-2] == "ben"


async def test_the_current_record_stays_current_where_it_is_there_still(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, FIRST))
    async with reading(root) as it:
        await it.keys("enter J")
        current = it.reader.current
        assert current is not None
        marks(root, "ben", (SCMP, NEXT), (REWRITE, NEXT))
        await look(it)
        assert it.reader.current == current
        shutil.rmtree(root / "annotations/ben")
        await look(it)
        assert not it.strip
        assert it.app.is_running


async def test_a_file_a_colleague_broke_is_said_with_its_line_and_nothing_leaves_the_screen(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, FIRST))
    async with reading(root) as it:
        await it.keys("enter J")
        file = root / "annotations/ben" / f"{SCMP}.yaml"
        good = file.read_text(encoding="utf-8")
        file.write_text(good.replace("    tags:", "    tags: ]", 1), encoding="utf-8")
        await look(it)
        assert f"annotations/ben/{SCMP}.yaml:" in it.last
        assert "ben" in it.strip[0]
        await it.keys("K")
        await look(it)
        assert "annotations/ben" not in it.last, "once is enough"


async def test_a_picker_that_is_open_for_a_colleague_who_goes_away_brings_nothing_down(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root) as it:
        await it.keys("enter J J J")
        shutil.rmtree(root / "annotations/example")
        await look(it)
        await it.keys("enter < > F")
        await it.type("balloon")
        await it.keys("enter j j enter J = escape")
        assert it.app.is_running


async def test_ones_own_yaml_that_a_pull_changed_is_shown_unless_something_is_being_typed(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f E")
        await it.found()
        file = root / "annotations/ada" / f"{SCMP}.yaml"
        text = file.read_text(encoding="utf-8")
        await it.keys("w")
        file.write_text(text.replace("- fact", "- quote"), encoding="utf-8")
        await look(it)
        assert it.claims[0].tags == ("fact",)
        await it.keys("escape")
        await look(it)
        assert it.claims[0].tags == ("quote",)
        assert it.last == "your YAML changed on disk: 1 file read"
        assert "quote" in it.strip[0]


async def test_what_comes_before_a_pane_is_there_is_shown_with_it(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        marks(root, "ben", (REWRITE, NEXT))
        it.app.rooms.show_reader([SCMP, REWRITE])
        arrived = colleagues.look(it.session)
        assert arrived is not None
        colleagues.take(it.session, arrived)
        await it.settled()
        await it.keys("tab J")
        assert "ben" in it.strip[0]
