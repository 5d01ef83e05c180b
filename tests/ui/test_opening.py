"""What is seen and done while the workspace is still being read."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from driving import Reading, session_of, written

from tui.errors import StoreError
from tui.model.article import Statement
from tui.progress import Progress, StoppedError
from tui.session.session import Changed, Session
from tui.session.sync import Report
from tui.ui import typed
from tui.ui.app import VariorumApp
from tui.ui.messages import Exported, Lost, Told, Touched, Unread
from tui.ui.rooms import Rooms
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.opening import Opening, OpeningScreen
from tui.ui.screens.reader import ReaderScreen

PATIENCE = 20
"""Seconds after which a thread that is waited for has gone wrong."""


class Slow:
    """A workspace that is opened when the test says so."""

    def __init__(self, root: Path) -> None:
        self.session = session_of(root)
        self.may_end = Event()
        self.has_begun = Event()
        self.was_stopped = False

    def open(self, progress: Progress) -> Session:
        self.has_begun.set()
        done = 3_000
        while not self.may_end.wait(0.005):
            done += 1
            try:
                progress("articles", done, 10_000)
            except StoppedError:
                self.was_stopped = True
                raise
        return self.session


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    texts = {
        name: f"Talks in {name}\n\nThey met.\n\nThey spoke.\n\nThey left." for name in ("beijing", "geneva", "oslo")
    }
    slow = Slow(written(tmp_path, **texts))
    yield slow
    slow.may_end.set()
    slow.session.close()


@asynccontextmanager
async def opening(slow: Slow) -> AsyncIterator[Reading]:
    """The application while it opens, from its first paint on."""
    app = VariorumApp(Opening("The talks", "ada", slow.open), theme="variorum-dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Reading(app, pilot, slow.session)


async def opened(reading: Reading, slow: Slow) -> None:
    """Let the workspace be opened, and wait until it is seen."""
    slow.may_end.set()
    while not isinstance(reading.app.screen, LibraryScreen | ReaderScreen):
        await reading.pilot.pause(0.01)
    await reading.settled()


async def test_title_and_reader_are_seen_before_anything_was_read(slow: Slow) -> None:
    async with opening(slow) as reading:
        assert reading.header.strip() == "The talks · reading as ada"
        assert isinstance(reading.app.screen, OpeningScreen)
        assert reading.last.endswith("q leaves")


async def test_how_many_articles_were_read_is_told(slow: Slow) -> None:
    async with opening(slow) as reading:
        await reading.pilot.pause(0.3)
        assert "reading 3\u00a00" in reading.last
        assert "of 10\u00a0000 articles …" in reading.last


async def test_what_is_read_is_shown_then(slow: Slow) -> None:
    async with opening(slow) as reading:
        await opened(reading, slow)
        assert "Talks in geneva" in reading.screen
        assert "saved" in reading.header


async def test_keys_typed_ahead_are_done_in_order(slow: Slow) -> None:
    async with opening(slow) as reading:
        for key in ("j", "enter", "j", "j"):
            reading.post(key)
        await reading.pilot.pause()
        await opened(reading, slow)
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.column.article.id == "geneva"
        assert reading.statement == "They spoke."


async def test_of_very_many_keys_typed_ahead_the_first_are_kept(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "MOST_WAITING", 200)
    async with opening(slow) as reading:
        for key in ["enter", *["j", "k"] * 100, "j"]:
            reading.post(key)
        await reading.pilot.pause()
        await opened(reading, slow)
        assert reading.statement == "They met."  # an odd number of j and k; the last j was not kept


@pytest.mark.parametrize("key", ["q", "Q", "ctrl+q", "ctrl+c"])
async def test_one_can_leave_at_once(slow: Slow, key: str) -> None:
    async with opening(slow) as reading:
        slow.has_begun.wait(PATIENCE)
        reading.post(key)
        while reading.app.is_running:
            await reading.pilot.pause(0.01)
    assert reading.app.failure is None
    assert reading.app.return_value == ""


@pytest.mark.parametrize("turns", range(0, 60, 6))
async def test_what_leaves_is_in_order_too_while_the_library_is_being_made(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    show_first = Rooms.show_first

    async def type_after(turns: int) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        for key in ("j", "q"):
            reading.post(key)

    async def show_and_type(rooms: Rooms) -> None:
        typing = asyncio.create_task(type_after(turns))
        await show_first(rooms)
        await typing

    monkeypatch.setattr(Rooms, "show_first", show_and_type)
    async with opening(slow) as reading:
        slow.may_end.set()
        async with asyncio.timeout(PATIENCE):
            while reading.app.is_running:
                await asyncio.sleep(0.01)
        assert reading.app.rooms.library.list.cursor == 1
        assert reading.app.leaving._has_begun


async def test_the_reading_stops_when_the_reader_leaves(slow: Slow) -> None:
    async with opening(slow) as reading:
        slow.has_begun.wait(PATIENCE)
        reading.post("q")
        await reading.pilot.pause()
    while not slow.was_stopped:  # on a thread that nobody waits for here
        await asyncio.sleep(0.01)
    assert not slow.may_end.is_set()


async def test_what_keeps_it_from_being_opened_ends_the_application_and_is_kept_to_be_said(tmp_path: Path) -> None:
    error = StoreError("the store is damaged")

    def fail(_progress: Progress) -> Session:
        raise error

    app = VariorumApp(Opening("The talks", "ada", fail))
    async with app.run_test() as pilot:
        while app.is_running:
            await pilot.pause(0.01)
    assert app.failure is error


async def test_another_session_can_take_the_place_of_the_first(slow: Slow, tmp_path: Path) -> None:
    other = session_of(written(tmp_path / "other", lima="Talks in Lima\n\nNobody came."))
    try:
        async with opening(slow) as reading:
            await opened(reading, slow)
            await reading.keys("enter j")
            await reading.app._opened(other)
            await reading.settled()
            assert isinstance(reading.app.screen, LibraryScreen)
            assert "Talks in Lima" in reading.screen
            assert "Talks in geneva" not in reading.screen
            await reading.keys("enter")
            assert reading.column.article.id == "lima"
    finally:
        other.close()


async def test_keys_typed_while_another_session_takes_the_place_are_done_in_it(
    slow: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = session_of(written(tmp_path / "other", lima="Talks in Lima\n\nNobody came.", quito="In Quito\n\nAll came."))
    take_away = Rooms.take_away

    async def take_away_and_type(rooms: Rooms) -> None:
        await take_away(rooms)
        reading.post("j")
        await asyncio.sleep(0.05)

    try:
        async with opening(slow) as reading:
            await opened(reading, slow)
            monkeypatch.setattr(Rooms, "take_away", take_away_and_type)
            async with asyncio.timeout(PATIENCE):
                await reading.app._opened(other)
            await reading.settled()
            assert reading.library.list.here is not None
            assert reading.library.list.here.id == "quito"
    finally:
        other.close()


async def test_what_comes_late_from_a_session_that_was_left_is_not_taken_for_this_ones(
    slow: Slow, tmp_path: Path
) -> None:
    other = session_of(written(tmp_path / "other", lima="Talks in Lima\n\nNobody came."))
    try:
        async with opening(slow) as reading:
            await opened(reading, slow)
            left = reading.app.session
            await reading.app._opened(other)
            await reading.settled()
            recovered: list[str] = []
            other.recover = lambda: recovered.append("other")  # type: ignore[method-assign]
            for late in (
                Lost(left, "not kept: a tag of Geneva"),
                Unread(left, "the store of Geneva is damaged"),
                Told(left, "the file of Geneva changed", "warning"),
                Exported(left, Report(problems=["Geneva was not written"])),
                Touched(left, Changed(frozenset({"geneva"}))),
            ):
                reading.app.post_message(late)
            left.on_lost("not kept: a tag of Oslo")
            await reading.settled()
            assert recovered == []
            assert "Geneva" not in reading.screen
            assert "Oslo" not in reading.screen
            reading.app.post_message(Told(other, "the file of Lima changed", "warning"))
            await reading.settled()
            assert reading.last == "the file of Lima changed"
    finally:
        other.close()


FIRST_PAINT = """
import asyncio, sys
from pathlib import Path
import tui.__main__
from tui.cli import place
from tui.ui.app import VariorumApp
from tui.ui.screens.opening import Opening

workspace = place.find(Path(sys.argv[1]), named=True)
place.user_config()

def open_it(progress):
    raise NotImplementedError

async def main():
    app = VariorumApp(Opening(workspace.config.title, "ada", open_it))
    painted = app._display
    def display(screen, renderable):
        painted(screen, renderable)
        print("painted", *sorted(sys.modules), file=sys.__stdout__)
        raise SystemExit
    app._display = display
    async with app.run_test():
        pass

asyncio.run(main())
"""
MOST_MODULES = 49
"""Of our own, before the first paint."""


def test_what_the_first_paint_does_not_need_is_imported_after_it(tmp_path: Path) -> None:
    root = written(tmp_path, config="format: variorum/1\ntitle: The talks\n")
    run = subprocess.run([sys.executable, "-c", FIRST_PAINT, str(root)], capture_output=True, text=True, check=False)
    words = run.stdout.split()
    assert words[:1] == ["painted"], run.stderr
    ours = [name for name in words if name == "tui" or name.startswith("tui.")]
    later = ("tui.session.", "tui.store.", "tui.exchange.", "tui.articles.", "tui.anchors.", "tui.ui.screens.reader")
    assert [name for name in ours if name.startswith(later)] == []
    others = {"tinydb", "nupunkt", "filelock", "rapidfuzz", "textual.widgets._text_area"}
    assert others.intersection(words) == set()
    assert len(ours) <= MOST_MODULES


async def test_a_long_article_is_divided_into_statements_before_it_is_opened(tmp_path: Path) -> None:
    session = session_of(written(tmp_path, short="A title\n\nThey met.", long="They met. They spoke.\n\n" * 12_000))
    asked: list[str] = []
    divide = session.statements

    def statements(article: str) -> tuple[Statement, ...]:
        asked.append(article)
        return divide(article)

    session.statements = statements  # type: ignore[method-assign]
    app = VariorumApp(Opening("The talks", "ada", lambda _progress: session))
    try:
        async with app.run_test() as pilot:
            while not asked:
                await pilot.pause(0.01)
        assert asked == ["long"]
    finally:
        session.close()


async def test_keys_that_lead_to_other_places_need_not_wait_until_those_are_imported(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [f"tui.ui.screens.{name}" for name in ("comparison", "concordance", "help")]
    for name in others:
        monkeypatch.delitem(sys.modules, name, raising=False)
    async with opening(slow) as it:
        await opened(it, slow)
        async with asyncio.timeout(PATIENCE):
            while not all(name in sys.modules for name in others):
                await asyncio.sleep(0.01)
