"""Suggestions arrive while one reads, from another process, which ends with the application and leaves no trace."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import Reading, reading, seeds, session_of, written

from tui.suggest.suggestion import SuggestionKind
from tui.ui import proposing
from tui.ui.app import VariorumApp
from tui.ui.screens.suggestions import SuggestionsScreen

SECONDS = 20


@asynccontextmanager
async def suggesting(root: Path, *, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reading]:
    """The application as it is started: with the other process."""
    session = session_of(root)
    app = VariorumApp(session, theme="variorum-dark")
    app.proposes = True
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Reading(app, pilot, session)
    finally:
        session.close()


async def becomes(it: Reading, true: Callable[[], bool]) -> None:
    for _ in range(SECONDS * 50):
        await it.pilot.pause(0.02)
        if true():
            return
    raise AssertionError(it.screen)


def done(it: Reading) -> Callable[[], bool]:
    return lambda: not it.app.proposing.is_reading


async def test_they_arrive_by_themselves_and_reading_leaves_no_trace(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with suggesting(root) as it:
        await it.keys("S")
        assert "pairs appear here as they are found" in it.screen
        await becomes(it, done(it))
        screen = it.app.screen
        assert isinstance(screen, SuggestionsScreen)
        assert screen.queue is not None
        assert len(screen.queue.pairs) > 10
        assert "≡ duplicate" in it.screen
        assert f"0 of {len(screen.queue.pairs)} decided" in it.screen
        process = it.app.proposing._process
        assert process is not None
        assert process._process is not None
        assert process._process.poll() is None
    assert process._process.poll() is not None, "it ended with the application"
    assert not (root / ".variorum").exists()
    assert not list(root.rglob("*suggest*"))


async def test_where_records_are_kept_what_was_read_is_kept_beside_them(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with suggesting(root) as it:
        await it.keys("A")
        await it.saved()
    async with suggesting(root) as it:
        await becomes(it, done(it))
        first = it.session.suggestions.open()
    assert (root / ".variorum" / "suggest").is_dir()
    async with suggesting(root) as it:
        await becomes(it, done(it))
        assert it.session.suggestions.open() == first


async def test_keys_are_answered_while_it_looks(tmp_path: Path) -> None:
    async with suggesting(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j")
        assert it.app.proposing.is_reading
        assert it.statement
        await becomes(it, done(it))
        await it.keys(") s")
        assert "suggested" in it.screen


async def test_after_a_pair_is_accepted_it_looks_again_for_the_neighbours_of_its_group(tmp_path: Path) -> None:
    async with suggesting(seeds(tmp_path / "w")) as it:
        await becomes(it, done(it))
        asked = it.app.proposing._asked
        assert asked is not None
        assert asked[1] == ()
        first = it.session.suggestions.open()[0]
        await it.keys("S y")
        assert len(it.groups) == 1
        await becomes(it, lambda: it.app.proposing._asked != asked and not it.app.proposing.is_reading)
        asked = it.app.proposing._asked
        assert asked is not None
        assert [len(group) for group in asked[1]] == [2]
        assert "1 of " in it.screen
        await it.keys("u")
        screen = it.app.screen
        assert isinstance(screen, SuggestionsScreen)
        assert screen.queue is not None
        assert screen.queue.here is not None
        assert (screen.queue.here.a, screen.queue.here.b) == (first.a, first.b), "back at the pair, also after that"


async def test_a_tag_alone_is_no_reason_to_look_again(tmp_path: Path) -> None:
    async with suggesting(seeds(tmp_path / "w")) as it:
        await becomes(it, done(it))
        asked = it.app.proposing._asked
        await it.keys("enter j t f")
        await it.pilot.pause(proposing.AGAIN_SECONDS + 0.2)
        assert it.app.proposing._asked is asked


async def test_an_article_that_is_read_anew_is_looked_through_again(tmp_path: Path) -> None:
    text = "Ferry\n\nThe night ferry to the northern island sank in a heavy storm near the lighthouse.\n"
    root = written(tmp_path / "w", a=text, b="Museum\n\nThe museum is shut on Mondays for repairs of its roof.\n")
    async with suggesting(root) as it:
        await becomes(it, done(it))
        await it.keys("S")
        assert "Nothing was found" in it.screen
        await it.keys("L j enter")
        (root / "seeds" / "b.txt").write_text(text.replace("Ferry", "Late news"), encoding="utf-8")
        it.app._look_for_news()
        await it.found()
        await it.keys("g r")
        await it.found()
        await becomes(it, lambda: bool(it.session.suggestions.open()))
        (one,) = it.session.suggestions.open()
        assert one.kind is SuggestionKind.DUPLICATE
        await it.keys("S")
        assert "The night ferry to the northern island" in it.screen


async def test_where_the_process_cannot_be_begun_that_is_said_and_all_else_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nowhere"))
    async with suggesting(seeds(tmp_path / "w")) as it:
        await becomes(it, done(it))
        await it.keys("S")
        assert "No pairs could be looked for: the process that looks for suggestions" in it.screen
        await it.keys("L enter j t f")
        assert len(it.claims) == 1


async def test_nobody_is_waited_for_at_the_end(tmp_path: Path) -> None:
    async with suggesting(seeds(tmp_path / "w")) as it:
        await becomes(it, lambda: it.app.proposing._process is not None)
        process = it.app.proposing._process
        await it.keys("Q")
        await becomes(it, lambda: it.app._exit)
    assert process is not None
    assert process._is_stopped


async def test_tests_and_pictures_begin_no_process(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.pilot.pause(proposing.BEGIN_SECONDS + 0.2)
        assert it.app.proposing._process is None
        assert not it.app.proposing.is_reading
