"""The Library: what is there, finding it, opening it."""

from pathlib import Path

import pytest
import yaml
from driving import DAILY, NEWSWEEK, REUTERS, REWRITE, SCMP, reading, seeds, until, written


async def test_the_library_shows_every_article_with_outlet_date_length_and_what_is_recorded(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(160, 40)) as it:
        row = it.rows[it.find("U.S. urges China military dialogue")[1]]
        assert "The Hindu" in row
        assert "2023-06-20" in row
        assert "488" in row
        assert it.find("Xi refuses US request")[1] > it.find("Blinken Admits")[1]
        assert "reading as ada" in it.header


async def test_moving_shows_the_beginning_of_the_article_and_what_is_known_of_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("j j j j")
        assert "Conservative News Daily" in it.screen
        assert "conservativenewsdaily.net" in it.screen
        assert "example: ✓ finished" in it.screen
        await it.keys("k")
        assert it.library.list.here
        assert it.library.list.here.id == NEWSWEEK
        await it.keys("g g")
        assert it.library.list.here.id == SCMP
        await it.keys("G")
        assert it.library.list.here.id == DAILY
        await it.keys("ctrl+u")
        assert it.library.list.here.id == SCMP
        await it.keys("pagedown")
        assert it.library.list.here.id == DAILY


async def test_the_filter_narrows_the_list_as_it_is_typed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("/")
        await it.type("blinken xi")
        assert [row.id for row in it.library.list.rows] == [NEWSWEEK, DAILY]
        await it.keys("enter")
        assert "U.S. urges China" not in it.screen
        await it.keys("escape")
        assert len(it.library.list.rows) == 5


async def test_escape_gives_back_the_filter_there_was(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("/ h i n d u enter / x y z escape")
        assert [row.id for row in it.library.list.rows] == [REUTERS]


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_last_line_says_what_is_filtered_by_and_which_key_ends_it(tmp_path: Path, width: int) -> None:
    async with reading(seeds(tmp_path / "w"), size=(width, 24)) as it:
        await it.keys("/ h i n d u enter")
        assert it.last.startswith("filter: hindu · 1 of 5  esc ends it")
        assert it.last.endswith("? keys") or width == 40
        await it.keys("j")
        assert it.last.startswith("filter: hindu"), "as long as it holds"
        await it.click(*it.find("esc ends it"))
        assert "filter: " not in it.screen
        assert len(it.library.list.rows) == 5
        await it.keys("/ z z enter")
        assert it.last.startswith("filter: zz · none of 5  esc ends it")


async def test_a_filter_that_nothing_fits_says_so_and_the_keys_still_answer(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("/ z z z enter")
        assert "No article fits the filter" in it.screen
        await it.keys("j k g g G space enter")
        assert "nothing to read" in it.last
        await it.keys("A")
        assert "no article here" in it.last


async def test_sorting_goes_through_the_columns(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        orders = []
        for _ in range(5):
            await it.keys("s")
            orders.append((it.last, [row.id for row in it.library.list.rows]))
        assert orders[0] == ("sorted by title", [REWRITE, NEWSWEEK, REUTERS, SCMP, DAILY])
        assert orders[1][0] == "sorted by outlet"
        assert orders[1][1][-1] == REWRITE, "what is not known comes last"
        assert orders[2][1][-2:] == [REWRITE, DAILY], "no date"
        assert orders[3] == ("sorted by claims", [NEWSWEEK, REWRITE, SCMP, REUTERS, DAILY])
        assert orders[4][0] == "sorted by id"


async def test_the_cursor_stays_in_sight_when_the_order_changes(tmp_path: Path) -> None:
    root = written(tmp_path / "w", **{f"a{number:03}": f"Title {999 - number}\n\nText." for number in range(100)})
    async with reading(root, size=(80, 24)) as it:
        await it.keys("G")
        assert "▌     Title 900" in it.screen
        await it.keys("s")
        assert "▌     Title 900" in it.screen
        await it.resize(60, 12)
        assert "▌     Title 900" in it.screen


async def test_selected_articles_are_opened_side_by_side_in_the_order_of_selection(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("j j space k space")
        assert it.last == "2 selected: enter reads them side by side"
        await it.keys("space")
        assert it.last == "1 selected: enter reads it"
        await it.keys("space")
        await it.keys("enter")
        assert [column.article.id for column in it.reader.columns] == [REUTERS, REWRITE]
        assert "U.S. urges China" in it.screen
        assert "Blinken Admits" in it.screen


async def test_more_than_four_selected_open_as_four_and_say_so(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(180, 40)) as it:
        await it.keys("space j space j space j space j space enter")
        assert len(it.reader.columns) == 4
        assert it.last.startswith("4 of the 5 selected are shown")
        assert "Xi refuses" not in it.screen


async def test_what_is_typed_at_once_after_enter_is_not_lost(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter j t f")
        assert [claim.tags for claim in it.claims] == [("fact",)]
        assert it.claims[0].article == SCMP
        await it.keys("q j j enter tab q ? j q k")
        assert it.library.list.here
        assert it.library.list.here.id == REUTERS


async def test_finished_and_the_memo_of_an_article_are_shown_and_written(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("A g m")
        await it.type("Begins in the middle.")
        await it.keys("escape")
        assert "✓" in it.rows[it.find("Why China still")[1]]
        assert "you: ✓ finished, Begins in the middle." in it.screen
        await it.keys("E")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
        assert "1 file written" in it.last
    data = yaml.safe_load((root / "annotations" / "ada" / f"{SCMP}.yaml").read_text())
    assert (data["finished"], data["memo"]) == (True, "Begins in the middle.")


async def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w")) as it:
        assert "No articles yet" in it.screen
        await it.keys("enter j k A g m s / escape space x")
        assert "No articles yet" in it.screen


async def test_a_file_that_cannot_be_read_is_listed_with_its_reason_and_stops_nothing(tmp_path: Path) -> None:
    root = written(tmp_path / "w", good="Good\n\nText.", bad=b"\xff\xfe\x00bad", empty="")
    async with reading(root) as it:
        assert "Good" in it.screen
        row = it.rows[it.find("bad.txt")[1]]
        assert "!" in row
        await it.keys("G enter")
        assert "can't be read" in it.last


async def test_q_in_the_library_writes_yaml_and_quits(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f q q q")
        await it.app.workers.wait_for_complete()
    assert (root / "annotations" / "ada" / f"{SCMP}.yaml").exists()


async def test_every_way_to_quit_writes_yaml(tmp_path: Path) -> None:
    for number, key in enumerate(("Q", "ctrl+q")):
        root = seeds(tmp_path / str(number))
        async with reading(root) as it:
            await it.keys("enter t f")
            await it.keys(key, key)
            await it.app.workers.wait_for_complete()
        assert (root / "annotations" / "ada" / f"{SCMP}.yaml").exists()


async def test_leaving_before_the_reader_is_there_ends_all_the_same(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j t f ctrl+q")
        await until(lambda: not it.app.is_running, "the end")


async def test_ctrl_c_quits_nothing_and_says_what_does(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("ctrl+c")
        assert "Q quits" in it.last
