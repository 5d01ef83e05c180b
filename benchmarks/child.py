"""One application in a process of its own, so that what others have imported or left in memory counts for nothing.

`python -m benchmarks.child MODE [FOLDER]` shows it and prints when it was painted, and the memory of the process then.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from textual.app import App

from benchmarks.screen import running

_STATUS = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from before the process was started to its first paint, and its resident memory in bytes."""

    seconds: float
    memory: int


def show(*arguments: str) -> Outcome:
    """Run a mode, with the workspace that it may need, in a process of its own."""
    start = monotonic()
    command = [sys.executable, "-m", "benchmarks.child", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    painted, memory = json.loads(done.stdout)
    return Outcome(painted - start, memory)


async def _empty() -> list[float]:
    app: App[None] = App()
    async with running(app) as terminal:
        painted = await terminal.painted()
        await terminal.quiet()
        return [painted.wall, _memory()]


async def _seeds() -> list[float]:
    from benchmarks.workspaces import first_title, seeds
    from tui.ui.app import VariorumApp

    with seeds() as session:
        async with running(VariorumApp(session)) as terminal:
            painted = await terminal.painted(first_title(session))
            await terminal.quiet()
            return [painted.wall, _memory()]


async def _pane() -> list[float]:
    from benchmarks.sample import FIRST_WORD
    from benchmarks.widgets import Dressed, open_pane

    app = Dressed()
    async with running(app) as terminal:
        await open_pane(app)
        painted = await terminal.painted(FIRST_WORD)
        await terminal.quiet()
        return [painted.wall, _memory()]


async def _text_area() -> list[float]:
    from benchmarks.sample import FIRST_WORD, long_article
    from benchmarks.widgets import text_area

    app: App[None] = App()
    async with running(app) as terminal:
        await app.mount(text_area(long_article()[0].text))
        painted = await terminal.painted(FIRST_WORD)
        await terminal.quiet()
        return [painted.wall, _memory()]


async def _reader() -> list[float]:
    # The workspace was made by another process: what making it takes is no part of reading it.
    from tui.session.opening import open_session
    from tui.ui.app import VariorumApp
    from tui.workspace import open_workspace

    session = open_session(open_workspace(Path(sys.argv[2]), os.environ), "ada", reading=True)
    app = VariorumApp(session)
    async with running(app) as terminal:
        await terminal.quiet()
        app.show_reader(["sample"])
        await terminal.painted("million")
        await terminal.quiet()
        memory = _memory()
    session.close()
    return [monotonic(), memory]


MODES: dict[str, Callable[[], Coroutine[None, None, list[float]]]] = {
    "empty": _empty,
    "seeds": _seeds,
    "pane": _pane,
    "text area": _text_area,
    "reader": _reader,
}


def _memory() -> int:
    """Bytes resident now; where the system doesn't tell, at most so far."""
    if _STATUS.exists():
        return int(_STATUS.read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(MODES[sys.argv[1]]())))
