"""One application in a process of its own, so that what others have imported or left in memory counts for nothing.

`python -m benchmarks.child MODE [FOLDER]` shows it and prints the memory of the process then.
"""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from textual.app import App

from benchmarks.screen import running

_STATUS = Path("/proc/self/statm")


def memory_of(*arguments: str) -> int:
    """Run a mode, with the workspace that it may need, in a process of its own; its resident memory in bytes."""
    command = [sys.executable, "-m", "benchmarks.child", *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


async def _empty() -> int:
    app: App[None] = App()
    async with running(app) as terminal:
        await terminal.painted()
        await terminal.quiet()
        return _memory()


async def _pane() -> int:
    from benchmarks.sample import FIRST_WORD
    from benchmarks.widgets import Dressed, open_pane

    app = Dressed()
    async with running(app) as terminal:
        await open_pane(app)
        await terminal.painted(FIRST_WORD)
        await terminal.quiet()
        return _memory()


async def _text_area() -> int:
    from benchmarks.sample import FIRST_WORD, long_article
    from benchmarks.widgets import text_area

    app: App[None] = App()
    async with running(app) as terminal:
        await app.mount(text_area(long_article()[0].text))
        await terminal.painted(FIRST_WORD)
        await terminal.quiet()
        return _memory()


async def _reader() -> int:
    # The workspace was made by another process: what making it takes is no part of reading it.
    from tui.session.opening import open_session
    from tui.ui.app import VariorumApp
    from tui.workspace import open_workspace

    session = open_session(open_workspace(Path(sys.argv[2]), os.environ), "ada", reading=True)
    app = VariorumApp(session)
    async with running(app) as terminal:
        await terminal.quiet()
        app.rooms.show_reader(["sample"])
        await terminal.painted("million")
        await terminal.quiet()
        memory = _memory()
    session.close()
    return memory


MODES: dict[str, Callable[[], Coroutine[None, None, int]]] = {
    "empty": _empty,
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
    print(asyncio.run(MODES[sys.argv[1]]()))
