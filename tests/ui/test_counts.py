"""A count before a key means something in every place, or nothing: it is never too much."""

from pathlib import Path

import pytest
from driving import reading, search_all, written
from suggesting import BRIDGE, propose, three
from test_comparing import FERRY, open_comparison
from test_concordance import FISH, screen_of

from tui.ui.actions import COUNTED, Where, reachable


def counted_in(where: Where) -> list[str]:
    return [action.keys[0] for action in reachable(where) if action.id in COUNTED]


async def test_counts_move_in_the_concordance(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        for keys, row in (("2 j", 2), ("2 k", 0), ("9 j", 2), ("2 g g", 1), ("9 pageup", 0), ("3 G", 2), ("1 G", 0)):
            await it.keys(keys)
            assert screen_of(it).list.cursor == row, keys


async def test_counts_move_in_the_comparison(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(80, 30)) as it:
        screen = await open_comparison(it, "enter j")
        for keys, entry in (("2 j", 2), ("2 k", 0), ("2 g g", 1), ("9 j", 2), ("1 G", 0), ("9 pagedown", 2)):
            await it.keys(keys)
            assert screen.entries.cursor == entry, keys


@pytest.mark.parametrize("where", [where for where in Where if where is not Where.EVERYWHERE])
async def test_every_key_that_can_be_counted_takes_a_count(tmp_path: Path, where: Where) -> None:
    is_suggesting = where in (Where.SUGGESTIONS, Where.SPAN, Where.BESIDE)
    async with reading(written(tmp_path / "w", **(BRIDGE if is_suggesting else FISH))) as it:
        for key in counted_in(where):
            if where is Where.CONCORDANCE:
                await search_all(it, "fish")
            elif where is Where.COMPARISON:
                await open_comparison(it, "L enter")
            elif is_suggesting:
                await propose(it, three(it.session))
                await it.keys({Where.SUGGESTIONS: "L S", Where.SPAN: "L S v", Where.BESIDE: "L enter g g ) s"}[where])
                assert it.app.rooms.top.where is where
            elif where is not Where.LIBRARY:
                await it.keys("L enter" if where is Where.READER else "L enter v")
            await it.keys("3", key)
            assert it.app.is_running
            assert it.app._exception is None, key
            await it.keys("escape escape L")
