"""What a key costs, in the whole application beside Textual's TextArea, and what is written to the terminal for it."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, TypeAlias

from textual.app import App
from textual.containers import Horizontal

from benchmarks.sample import claims, long_article
from benchmarks.screen import Cost, Recorder, press, running
from benchmarks.timing import report, size
from benchmarks.widgets import Dressed, open_pane, text_area
from benchmarks.workspaces import SHORT, begun_anew, long_reading, long_workspace, opened
from tui.ui.app import VariorumApp
from tui.ui.screens.reader import ReaderScreen
from tui.ui.widgets.article_pane import ArticlePane, Emphasis

ROUNDS = 2
MOST_BYTES = 4096
"""What a key that scrolls nothing may write."""
FRAME = 0.016
"""Seconds a screen shows one picture."""
IDLE = 2.0
"""Seconds in which nothing should be written."""

KINDS = (
    ("page", "space"),
    ("next statement", "j"),
    ("previous statement", "k"),
    ("next paragraph", "}"),
    ("next record", "j J"),
    ("picking a tag", "v l l t"),
    ("tag", "f"),
    ("undo", "u"),
    ("redo", "ctrl+r"),
    ("first end of a contradiction", "j v l l c"),
    ("its other end", "j v l l c"),
    ("undo of it", "escape u"),
)
"""Keys in the order in which they are pressed; what is measured is the last of each."""
SCROLLING = ("next paragraph", "next record", "picking a tag", "its other end", "page")
"""What scrolls or opens a window, and so draws more than some rows."""

PLACES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where in the text keys are pressed. Never twice in one place: TextArea remembers the lines that it drew there."""


@dataclass(frozen=True, slots=True)
class Stage:
    """An application with the long article open, ready for keys."""

    app: App[Any]
    terminal: Recorder
    go: Callable[[float], None]
    """Puts the cursor at this part of the text, well inside the screen."""


Opened: TypeAlias = AbstractAsyncContextManager[Stage]


def run() -> None:
    # What a collection of garbage goes through during a key must be the application's, not the input's.
    long_article()
    claims()
    gc.freeze()

    pane, reader, area = _measure(
        (_pane, ["j"] * 5), (lambda: _reader(["sample"]), ["j"] * 5), (lambda: _text_areas(1), ["down"] * 5)
    )
    report("moving the cursor in a pane, 1 MB with 5 000 marks", "TextArea", _times(pane, area), 1 / 8)
    report("the same in the Reader, with the strip", "TextArea", _times(reader, area), 1 / 8)
    _bytes("the same, bytes", reader)
    slowest = quantiles([cost.seconds for cost in reader], n=100, method="inclusive")[-1]
    report("the same, 99th percentile", "a frame", [(slowest, FRAME)], 1)

    reader, area = _measure((lambda: _reader(["sample"]), ["space"] * 2), (lambda: _text_areas(1), ["pagedown"] * 2))
    report("moving by a page in the Reader", "TextArea", _times(reader, area))

    reader, area = _measure((lambda: _reader(["sample", "short"]), ["tab"] * 2), (lambda: _text_areas(2), ["tab"] * 2))
    report("changing the active pane", "change of focus", _times(reader, area), 1 / 5)
    _bytes("the same, bytes", reader)

    for articles in (["sample"], ["sample", *SHORT]):
        _every_key(articles)

    idle = asyncio.run(_idle())
    report("bytes written while nobody does anything", "moving the cursor", [idle], 0, show=size)


def _every_key(articles: list[str]) -> None:
    """What each kind of key takes in the long article, in one pane or among four."""
    where = "one pane" if len(articles) == 1 else f"{len(articles)} panes"
    costs = asyncio.run(_recording(articles))
    for name, some in costs.items():
        pairs = [(cost.seconds, FRAME) for cost in some]
        report(f"{name}, {where} of 1 MB", "a frame", pairs, None if name in SCROLLING else 1)
    every = [cost.seconds for name, some in costs.items() if name not in SCROLLING for cost in some]
    slowest = quantiles(every, n=100, method="inclusive")[-1]
    report(f"99th percentile of those that do not scroll, {where}", "a frame", [(slowest, FRAME)], 1)


async def _recording(articles: list[str]) -> dict[str, list[Cost]]:
    """The costs of keys that move and of keys that record, by what they do."""
    costs: dict[str, list[Cost]] = {name: [] for name, _ in KINDS}
    with long_workspace() as root, opened(root) as session:
        gc.freeze()
        app = VariorumApp(begun_anew(session))
        async with running(app) as terminal:
            app.rooms.show_reader(articles)
            await terminal.quiet()
            reader = app.screen
            assert isinstance(reader, ReaderScreen), "the Reader was opened"
            for place in (0.0, *PLACES):
                reader.column.go_to(long_article()[1][_statement(place)].span)
                reader.set_current(None)
                await terminal.quiet()
                for name, keys in KINDS:
                    *before, last = keys.split()
                    for key in before:
                        with suppress(RuntimeError):  # it changed nothing, which is as good
                            await press(app, terminal, key)
                    cost = await press(app, terminal, last)
                    if place:  # at the first, caches are filled that are there for all others
                        costs[name].append(cost)
    return costs


def _measure(*sides: tuple[Callable[[], Opened], Sequence[str]]) -> list[list[Cost]]:
    """The costs of each side's keys, by turns."""
    costs: list[list[Cost]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for side, (stage, keys) in zip(costs, sides, strict=True):
            side += asyncio.run(_costs(stage, keys))
    return costs


async def _costs(opened: Callable[[], Opened], keys: Sequence[str]) -> list[Cost]:
    costs: list[Cost] = []
    async with opened() as stage:
        for place in (0.0, *PLACES):
            stage.go(place)
            await stage.terminal.quiet()
            costs += [await press(stage.app, stage.terminal, key) for key in keys]
    # At the first place caches are filled that are there for all others.
    return costs[len(keys) :]


def _times(ours: list[Cost], theirs: list[Cost]) -> list[tuple[float, float]]:
    return [(mine.seconds, other.seconds) for mine, other in zip(ours, theirs, strict=True)]


def _bytes(what: str, costs: list[Cost]) -> None:
    report(what, "allowed", [(cost.bytes, MOST_BYTES) for cost in costs], 1, show=size)


class _PaneApp(Dressed):
    """A pane and nothing else: a key moves the cursor by a statement."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def on_key(self) -> None:
        self.cursor += 1
        self.emphasise()

    def emphasise(self) -> None:
        span = long_article()[1][self.cursor].span
        self.query_one(ArticlePane).emphasise(Emphasis(cursor=span, active=True))


@asynccontextmanager
async def _pane() -> AsyncIterator[Stage]:
    app = _PaneApp()
    async with running(app) as terminal:
        pane = await open_pane(app)
        await terminal.quiet()

        def go(part: float) -> None:
            app.cursor = _statement(part)
            app.emphasise()
            span = long_article()[1][app.cursor].span
            pane.reveal(span.start, span.end, centre=True)

        yield Stage(app, terminal, go)


@asynccontextmanager
async def _reader(articles: list[str]) -> AsyncIterator[Stage]:
    with long_reading() as session:
        app = VariorumApp(begun_anew(session))
        async with running(app) as terminal:
            app.rooms.show_reader(articles)
            await terminal.quiet()

            def go(part: float) -> None:
                reader = app.screen
                assert isinstance(reader, ReaderScreen), "the Reader was opened"
                reader.column.go_to(long_article()[1][_statement(part)].span)
                reader.set_current(None)

            yield Stage(app, terminal, go)


@asynccontextmanager
async def _text_areas(count: int) -> AsyncIterator[Stage]:
    """TextAreas side by side, the long article in the first."""
    text = long_article()[0].text
    areas = [text_area(text if number == 0 else text[:3_000]) for number in range(count)]
    app: App[None] = App()
    async with running(app) as terminal:
        await app.mount(Horizontal(*areas))
        await terminal.quiet()
        areas[0].focus()

        def go(part: float) -> None:
            line = text.count("\n", 0, long_article()[1][_statement(part)].span.start)
            areas[0].move_cursor((line, 0), center=True)

        yield Stage(app, terminal, go)


def _statement(part: float) -> int:
    return round(part * len(long_article()[1]))


async def _idle() -> tuple[float, float]:
    """Bytes written by the Reader in some seconds without a key, and by a key."""
    async with _reader(["sample"]) as stage:
        key = await press(stage.app, stage.terminal, "j")
        stage.terminal.writes.clear()
        await asyncio.sleep(IDLE)
        return sum(len(write.text.encode()) for write in stage.terminal.writes), key.bytes


if __name__ == "__main__":
    run()
