"""The action table: one source for keys, hints, help and palette."""

import runpy
from pathlib import Path

import pytest
from driving import reading, seeds

from tui.ui.actions import ACTIONS, RECORDING, Where, actions_of
from tui.ui.keys import Keys
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.comparison import ComparisonScreen
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen
from tui.ui.screens.suggestions import SuggestionsScreen

PROJECT = Path(__file__).parents[2]
SCREENS: dict[Where, type[BaseScreen]] = {
    Where.LIBRARY: LibraryScreen,
    Where.READER: ReaderScreen,
    Where.SELECTING: ReaderScreen,
    Where.COMPARISON: ComparisonScreen,
    Where.SUGGESTIONS: SuggestionsScreen,
    Where.SPAN: SuggestionsScreen,
    Where.BESIDE: ReaderScreen,
}


@pytest.mark.parametrize("where", list(Where))
def test_no_key_means_two_things_in_one_place(where: Where) -> None:
    keys = [key for action in ACTIONS if action.where is where for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("where", list(Where))
def test_no_key_is_the_beginning_of_a_sequence_too(where: Where) -> None:
    keys = Keys.of(actions_of(where)).bindings
    assert not [long for long in keys for short in keys if long != short and long[: len(short)] == short]


@pytest.mark.parametrize("where", list(SCREENS))
def test_every_action_can_be_done_where_it_is_offered(where: Where) -> None:
    assert [action.id for action in actions_of(where) if not hasattr(SCREENS[where], f"do_{action.id}")] == []


def test_no_key_is_used_that_terminals_take_for_another() -> None:
    used = {key for action in ACTIONS for keys in action.keys for key in keys.split()}
    assert used.isdisjoint({"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+[", "ctrl+left_square_bracket", "ctrl+j"})


def test_what_is_refused_where_nothing_can_be_recorded_are_known_actions() -> None:
    assert {action.id for action in ACTIONS} >= RECORDING


@pytest.mark.parametrize("before", ["", "enter", "enter v", "S"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_help_names_every_key_of_the_place(tmp_path: Path, before: str, size: tuple[int, int]) -> None:
    async with reading(seeds(tmp_path / "w"), size=size) as it:
        await it.keys(before)
        where = it.app.rooms.top.where
        await it.keys("?")
        assert f"Keys: {where}" in it.screen
        seen = it.screen
        for _ in range(10):
            await it.keys("space")
            seen += it.screen
        for action in actions_of(where):
            if where is not Where.SELECTING or action.where is not Where.READER:
                assert action.what[:20] in seen, action
        await it.keys("q")
        assert "Keys:" not in it.screen


async def test_help_scrolls_to_and_fro_and_stops_at_its_ends(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter ?")
        top = it.rows[:-1]
        await it.keys("k")
        assert it.rows[:-1] == top
        await it.keys("j " * 200)
        end = it.rows
        assert end != top
        await it.keys("j")
        assert it.rows == end
        await it.keys("k " * 200)
        assert it.rows[:-1] == top


async def test_the_palette_runs_an_action_by_its_name(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f j :")
        await it.type("last tag again")
        await it.pilot.pause(0.3)
        assert "tag with the last tag again" in it.screen
        await it.keys("enter")
        await it.pilot.pause(0.1)
        assert [claim.tags for claim in it.claims] == [("fact",), ("fact",)]
        assert "tagged fact" in it.last
        assert it.column.page.marks.between(*it.column.pane.stretch)[-1][2][0].id == it.claims[-1].id


async def test_ctrl_p_opens_the_palette_but_not_while_something_is_typed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("/ ctrl+p")
        assert "what to do, by name" not in it.screen
        await it.keys("escape ctrl+p")
        assert "what to do, by name" in it.screen
        await it.keys("escape")
        await it.keys("? ctrl+p")
        assert "what to do, by name" not in it.screen


@pytest.mark.parametrize("place", ["", "enter"])
async def test_a_key_that_means_nothing_says_so(tmp_path: Path, place: str) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(place, "X")
        assert it.last.startswith("X does nothing here")
        await it.keys("g")
        assert it.last.startswith("g …")
        await it.keys("escape")
        assert "nothing" not in it.last


async def test_ctrl_t_goes_to_light_and_back_to_dark(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("ctrl+t")
        assert it.app.theme == "variorum-light"
        await it.keys("enter ctrl+t")
        assert it.app.theme == "variorum-dark"


def test_the_documented_keys_are_the_applications() -> None:
    made = runpy.run_path(str(PROJECT / "docs" / "make.py"))["keys"]()
    assert (PROJECT / "docs" / "keys.md").read_text(encoding="utf-8") == made, "make docs renews it"
