"""Keys, pastes and windows at random, the same in every run: nothing ends the application, and what it says is on disk
is there."""

import asyncio
from pathlib import Path
from random import Random

import pytest
from driving import Reading, controls_in, reading, seeds, session_of, written
from test_hostile_screens import hostile
from textual import events
from textual.geometry import Size

from tui.store.store import Store
from tui.ui.actions import Where, actions_of
from tui.ui.screens.base import BaseScreen

SIZES = [(1, 1), (5, 2), (20, 5), (41, 12), (48, 14), (80, 24), (120, 40), (250, 60)]
LEAVING = {"back", "leave", "library", "quit", "stop", "edit_article", "memo_in_editor"}
TYPED = [
    *"asdfeng1q/",
    *("enter", "enter", "escape", "escape", "tab", "up", "down", "left", "pageup", "end", "backspace"),
]
PASTES = ["x", "he said", "[red]\x1b[31m\n\u202e", "漢字" * 100, "(a+)+$", ""]


def keys_of(it: Reading, random: Random) -> list[str]:
    """Keys for the place one is in."""
    screen = it.app.screen
    if not isinstance(screen, BaseScreen) or screen.picker.is_open or screen.prompt.is_open or screen.memo.is_open:
        return [random.choice(TYPED)]
    if random.random() < 0.2:
        return [random.choice(TYPED)]
    action = random.choice([one for one in actions_of(screen.where) if one.id not in LEAVING or random.random() < 0.1])
    if action.where is Where.EVERYWHERE and action.id in LEAVING and screen is it.library:
        return ["escape"]
    count = random.choice(["", "", "", "", "", "2", "40"])
    return [*count, *random.choice(action.keys).split()]


async def run(it: Reading, random: Random, steps: int) -> None:
    app = it.app
    for step in range(steps):
        chance = random.random()
        if chance < 0.9:
            for key in keys_of(it, random):
                it.post(key)
        elif chance < 0.95:
            size = Size(*random.choice(SIZES))
            app._driver._size = size  # type: ignore[union-attr]
            app.post_message(events.Resize(size, size))
        else:
            app.post_message(events.Paste(random.choice(PASTES)))
        settling = asyncio.ensure_future(it.settled())
        while not settling.done() and not app._exit and app._exception is None:
            await asyncio.sleep(0.002)
        settling.cancel()
        assert app._exception is None, step
        if app._exit or app.leaving._has_begun:
            return
        strips = app.screen._compositor.render_strips()
        if strips and app.screen.size == app.size:
            assert {strip.cell_length for strip in strips} == {app.size.width}, step
            assert controls_in([strip.text for strip in strips]) == [], step
        for column in it.reader.columns:
            assert 0 <= column.cursor < len(column.page.statements), step
            assert column.select_from is None or 0 <= column.select_from <= len(column.article.text), step
            assert 0 <= column.head <= len(column.article.text), step


def workspace(root: Path, name: str) -> Path:
    match name:
        case "five":
            return seeds(root, example=True)
        case "hostile":
            return hostile(root)
        case "none":
            return written(root)
        case _:
            return written(root, a="Share\n\nAdvertisement\n", b="", c="One. “Two,” he said.\n\nThree.")


async def at_random(root: Path, name: str, seed: int, steps: int) -> None:
    session = session_of(workspace(root, name))
    random = Random(f"{seed} {name}")
    async with reading(root, size=random.choice(SIZES), session=session) as it:
        await run(it, random, steps)
        it.app.exit("")
    store = Store(root / ".variorum", "ada")
    kept = {record.id: record for record in store.records()}
    store.close()
    assert kept == {record.id: record for record in session.records.records()}


@pytest.mark.parametrize("name", ["five", "hostile", "none", "odd"])
async def test_nothing_pressed_at_random_ends_it_or_is_lost(tmp_path: Path, name: str) -> None:
    await at_random(tmp_path / "w", name, 3, 40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", ["five", "hostile", "none", "odd"])
async def test_nothing_pressed_at_random_for_long_ends_it_or_is_lost(tmp_path: Path, name: str, seed: int) -> None:
    await at_random(tmp_path / "w", name, seed, 300)
