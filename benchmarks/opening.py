"""Until an article is on the screen: up to one million characters, with a claim for every 200."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from functools import partial
from time import thread_time

from textual.app import App

from benchmarks.sample import FIRST_WORD, LENGTH, long_article
from benchmarks.screen import running
from benchmarks.timing import paired, report
from benchmarks.widgets import Dressed, open_pane, text_area
from benchmarks.workspaces import begun_anew, long_reading
from tui.ui.app import VariorumApp

LENGTHS = (10_000, 100_000, LENGTH)


def run() -> None:
    pairs = paired(lambda: asyncio.run(_pane()), lambda: asyncio.run(_text_area()), 5)
    report("opening 1 MB with 5 000 marks in a pane", "TextArea", pairs, 1 / 4)
    for length in LENGTHS:
        ours, theirs = partial(_run, _reader, length), partial(_run, _text_area, length)
        what = f"opening {length // 1_000} KB in the Reader, segmentation and records too"
        report(what, "TextArea", paired(ours, theirs, 5), 1 / 4 if length == LENGTH else None)
    prepared, theirs = partial(_run, _prepared, LENGTH), partial(_run, _text_area, LENGTH)
    pairs = paired(prepared, theirs, 5)
    report("the same, statements known from behind the Library", "TextArea", pairs, 1 / 4)


def _run(measure: Callable[[int], Coroutine[None, None, float]], length: int) -> float:
    return asyncio.run(measure(length))


async def _pane() -> float:
    app = Dressed()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        await open_pane(app)
        return (await terminal.painted(FIRST_WORD)).cpu - start


async def _text_area(length: int = LENGTH) -> float:
    app: App[None] = App()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        await app.mount(text_area(long_article()[0].text[:length]))
        return (await terminal.painted(FIRST_WORD)).cpu - start


async def _prepared(length: int) -> float:
    return await _reader(length, prepared=True)


async def _reader(length: int, *, prepared: bool = False) -> float:
    with long_reading(length) as session:
        if prepared:
            session.prepare_longest()
        app = VariorumApp(begun_anew(session))
        async with running(app) as terminal:
            app.rooms.show_reader(["short"])
            await terminal.quiet()
            terminal.writes.clear()
            gc.collect()
            start = thread_time()
            app.rooms.show_reader(["sample"])
            return (await terminal.painted(FIRST_WORD)).cpu - start


if __name__ == "__main__":
    run()
