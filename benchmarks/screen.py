"""Applications that draw for nobody: everything Textual does for a terminal is done, and what it writes is kept.

Time is the processor time of the event loop's thread: all that a key or a new widget sets off, without the wait for
Textual's next frame (up to 16 ms), which is the same for every application.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic, thread_time
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

SIZE = (120, 40)
FRAME = 1 / 60
TOP_LEFT = "\x1b[1;1H"
"""What a whole screen begins with."""
PATIENCE = 60.0
"""Seconds after which an application that is measured has gone wrong."""


LATE = 1.0
"""Seconds after which a key that has written nothing changed nothing."""


@dataclass(frozen=True, slots=True)
class Write:
    """Something written to the terminal, and when."""

    cpu: float
    wall: float
    text: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a key set off: processor seconds, and bytes written to the terminal."""

    seconds: float
    bytes: int


class Recorder(HeadlessDriver):
    """A terminal that keeps what is written to it. It must not call itself headless, or Textual would draw nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.writes: list[Write] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.writes.append(Write(thread_time(), monotonic(), data))

    async def painted(self, words: str = TOP_LEFT) -> Write:
        """The first write with these words since all was forgotten; then all is forgotten."""
        seen = 0
        while True:
            for write in self.writes[seen:]:
                if words in write.text:
                    self.writes.clear()
                    return write
            seen = len(self.writes)
            await asyncio.sleep(FRAME / 4)

    async def quiet(self) -> None:
        """Wait until nothing has been written for three frames."""
        start = monotonic()
        while monotonic() - max([start, *(write.wall for write in self.writes[-1:])]) < 3 * FRAME:
            await asyncio.sleep(FRAME)


@asynccontextmanager
async def running(app: App[Any], size: tuple[int, int] = SIZE) -> AsyncIterator[Recorder]:
    """The application on a terminal of this size, from before its first paint.

    Raises:
        TimeoutError: something that was waited for never came.
    """
    app.driver_class = Recorder
    async with asyncio.timeout(PATIENCE), app.run_test(headless=False, size=size):
        driver = app._driver
        assert isinstance(driver, Recorder), "Textual made the driver that it was told to make"
        yield driver


async def press(app: App[Any], terminal: Recorder, key: str) -> Cost:
    """Press a key and wait until everything it set off is on the screen.

    Raises:
        RuntimeError: it changed nothing there, so there was nothing to measure.
    """
    terminal.writes.clear()
    start = thread_time()
    event = events.Key(key, key if len(key) == 1 else None)
    event.set_sender(app)
    app.post_message(event)
    late = monotonic() + LATE
    while not terminal.writes and monotonic() < late:  # on a busy machine it may be a while before it begins
        await asyncio.sleep(FRAME / 4)
    await terminal.quiet()
    seconds = thread_time() - start
    if not terminal.writes:
        raise RuntimeError(f"the key {key} changed nothing on the screen")
    return Cost(seconds, sum(len(write.text.encode()) for write in terminal.writes))
