"""Workspaces of 5 to 10 000 articles, and one with 100 000 claims: what grows with them, and what does not."""

import asyncio
import gc
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeAlias

from benchmarks.screen import press, running
from benchmarks.started import EMPTY, application, first_paint, library
from benchmarks.timing import Pairs, paired, report
from benchmarks.workspaces import begun_anew, many, opened
from tui.ui.app import VariorumApp

FEWEST = 5
SIZES = ((5, 0), (1_000, 0), (10_000, 0), (1_000, 100))
"""Articles, and claims in each."""
ROUNDS, FEW_ROUNDS = 5, 2
FIRST_PAINT, GROWTH = 1.5, 1.5
"""So many times the empty application, and so many times what it takes in the smallest workspace."""
FRAME = 0.016

Keys: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
IN_LIBRARY: Keys = (
    ("cursor", ("j", "k", "j", "k")),
    ("sort", ("s", "s", "s", "s", "s")),
    ("filter", ("/", "t", "a", "backspace", "backspace", "escape")),
)
IN_READER: Keys = (("motion", ("j",)), ("tag", ("j", "v", "l", "l", "t", "f")), ("undo", ("u",)))
"""What is measured of them is the last key."""


def run() -> None:
    with ExitStack() as folders:
        roots = {size: folders.enter_context(many(*size)) for size in SIZES}
        smallest, empty = SIZES[0], partial(first_paint, EMPTY)
        for size, root in roots.items():
            first = partial(first_paint, application(str(root)))
            report(f"first paint, {_named(size)}", "empty application", paired(first, empty, ROUNDS), FIRST_PAINT)
            pairs = paired(partial(library, str(root)), empty, FEW_ROUNDS)
            report("the same, until the Library is there", "empty application", pairs)
        costs = {size: asyncio.run(_keys(roots[size])) for size in SIZES}
        for name in costs[smallest]:
            for size in SIZES[1:]:
                report(f"{name}, {_named(size)}", f"with {FEWEST}", _beside(costs, name, size, smallest), GROWTH)
            slowest = max(max(costs[size][name]) for size in SIZES)
            report(f"{name}, the slowest of all sizes", "a frame", [(slowest, FRAME)], 1)


def _named(size: tuple[int, int]) -> str:
    articles, claims = size
    return f"{articles:,} articles" + (f" with {articles * claims:,} claims" if claims else "")


def _beside(
    costs: dict[tuple[int, int], dict[str, list[float]]], name: str, size: tuple[int, int], other: tuple[int, int]
) -> Pairs:
    return [(median(costs[size][name]), median(costs[other][name]))]


async def _keys(root: Path) -> dict[str, list[float]]:
    """Processor seconds of keys in the Library and in the Reader."""
    costs: dict[str, list[float]] = {}
    with opened(root) as session:
        gc.freeze()
        app = VariorumApp(begun_anew(session))
        async with running(app) as terminal:
            await terminal.painted("saved")
            await terminal.quiet()
            for name, keys in IN_LIBRARY:
                for key in keys:  # they end where they began
                    await press(app, terminal, key)
                costs[f"{name} in the Library"] = [(await press(app, terminal, key)).seconds for key in keys]
            app.rooms.show_reader(["00000"])
            await terminal.quiet()
            for name, keys in IN_READER:
                costs[f"{name} in the Reader"] = []
                for _ in range(3):
                    *before, last = keys
                    for key in before:
                        await press(app, terminal, key)
                    costs[f"{name} in the Reader"].append((await press(app, terminal, last)).seconds)
    return costs


if __name__ == "__main__":
    run()
