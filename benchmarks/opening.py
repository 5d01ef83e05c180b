"""Until something is on the screen: the first paint, and opening one million characters."""

import asyncio
import gc
from time import monotonic, thread_time

from textual.app import App

from benchmarks.child import show
from benchmarks.sample import FIRST_WORD, long_article
from benchmarks.screen import running
from benchmarks.timing import paired, report
from benchmarks.widgets import Dressed, open_pane, text_area
from benchmarks.workspaces import first_title, long_reading, seeds
from tui.ui.app import VariorumApp


def run() -> None:
    pairs = paired(lambda: asyncio.run(_seeds()), lambda: asyncio.run(_empty()), 7)
    report("first paint of the five articles, all modules imported", "empty application", pairs)
    pairs = paired(lambda: show("seeds").seconds, lambda: show("empty").seconds, 7)
    report("the same, from the start of the process", "empty application", pairs, 1.5)
    pairs = paired(lambda: asyncio.run(_pane()), lambda: asyncio.run(_text_area()), 5)
    report("opening 1 MB with 5 000 marks in a pane", "TextArea", pairs, 1 / 4)
    pairs = paired(lambda: asyncio.run(_reader()), lambda: asyncio.run(_text_area()), 5)
    report("opening it in the Reader, segmentation and records too", "TextArea", pairs, 1 / 4)


async def _empty() -> float:
    gc.collect()
    start = monotonic()
    app: App[None] = App()
    async with running(app) as terminal:
        return (await terminal.painted()).wall - start


async def _seeds() -> float:
    gc.collect()
    start = monotonic()
    with seeds() as session:
        async with running(VariorumApp(session)) as terminal:
            return (await terminal.painted(first_title(session))).wall - start


async def _pane() -> float:
    app = Dressed()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        await open_pane(app)
        return (await terminal.painted(FIRST_WORD)).cpu - start


async def _text_area() -> float:
    app: App[None] = App()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        await app.mount(text_area(long_article()[0].text))
        return (await terminal.painted(FIRST_WORD)).cpu - start


async def _reader() -> float:
    with long_reading() as session:
        app = VariorumApp(session)
        async with running(app) as terminal:
            app.show_reader(["short"])
            await terminal.quiet()
            terminal.writes.clear()
            gc.collect()
            start = thread_time()
            app.show_reader(["sample"])
            return (await terminal.painted(FIRST_WORD)).cpu - start


if __name__ == "__main__":
    run()
