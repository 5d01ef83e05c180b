"""The application as a reader has it: keys and mouse in, rows of text out.

Keys are posted in one burst and then waited for once, as a quick typist sends them.
"""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.strip import Strip

from tui.model.ids import ALPHABET
from tui.model.records import Claim, Contradiction, DuplicateGroup, Record
from tui.session.opening import open_session
from tui.session.session import Session
from tui.ui.app import VariorumApp
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.column import Column
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]
SCMP, REWRITE, REUTERS, NEWSWEEK, DAILY = sorted(path.stem for path in (PROJECT / "seeds").glob("*.txt"))
"""The ids of the five real articles, in the order of the Library."""
PATIENCE = 60.0
"""Seconds after which what is waited for won't come, however busy the machine is."""
CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}


def seeds(root: Path, *, example: bool = False, colleague: str = "example") -> Path:
    """A workspace with the five real articles and, if asked for, a colleague's worked example."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    shutil.copy(PROJECT / "config.yaml", root)
    if example:
        shutil.copytree(PROJECT / "annotations" / "example", root / "annotations" / colleague)
    return root


def written(root: Path, config: str = "format: variorum/1\n", **articles: str | bytes) -> Path:
    """A workspace with these articles: ids and what their files hold."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    (root / "config.yaml").write_text(config, encoding="utf-8")
    for name, text in articles.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (root / "seeds" / f"{name}.txt").write_bytes(data)
    return root


def ids() -> Callable[[str], str]:
    """Ids that are the same in every run: c000000000001, c000000000002, x000000000003 …"""
    numbers = count(1)

    def make(letter: str) -> str:
        number, digits = next(numbers), ""
        for _ in range(12):
            number, digit = divmod(number, len(ALPHABET))
            digits = ALPHABET[digit] + digits
        return letter + digits

    return make


def session_of(root: Path, annotator: str = "ada", *, reading: bool = False) -> Session:
    workspace = open_workspace(root, {"HOME": str(root.parent), "PATH": os.environ["PATH"]})
    return open_session(workspace, annotator, reading=reading, now=lambda: "2026-11-21T20:00:00Z", make_id=ids())


async def until(holds: Callable[[], object], what: str) -> None:
    """Wait for what happens in other threads or in a while; it is an error if it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        await asyncio.sleep(0.005)


def _is_busy(pump: Any) -> bool:
    """Whether a widget has messages, calls or keys before it that were not dealt with yet."""
    waiting = [pump._message_queue.qsize(), pump._pending_message, pump._next_callbacks]
    if pump in pump.app.screen_stack[-1:]:  # another one's wait until it is seen again
        waiting.append(pump._callbacks)
    if isinstance(pump, VariorumApp):
        waiting.append(not pump.typed.is_done)
    return any(map(bool, waiting))


@dataclass
class Reading:
    """A running application, and what a test asks of it."""

    app: VariorumApp
    pilot: Pilot[str]
    session: Session
    sent: list[str] = field(default_factory=list)
    """What was written to the terminal since `watch` was called, piece by piece."""

    # --- what a reader does ---

    async def keys(self, *words: str) -> None:
        """Press keys, all in one burst: each word holds keys set apart by spaces."""
        for key in " ".join(words).split():
            self.post(key)
        await self.settled()

    async def type(self, text: str) -> None:
        """Type every character of a text."""
        for character in text:
            self.post("space" if character == " " else character)
        await self.settled()

    async def settled(self) -> None:
        """Wait until what was posted has been dealt with.

        Textual's own pause goes by the processor time used, which on a busy machine says too early that all is done.
        """
        quiet, end = 0, time.monotonic() + PATIENCE
        # An application that has ended deals with nothing: what a thread told it too late stays before it.
        while quiet < 5 and self.app.is_running:
            await asyncio.sleep(0.002)
            # A screen that is going hands on the keys it still has: it is in no stack any more.
            pumps: list[MessagePump] = [self.app, *self.app._registry]
            busy = [pump for pump in pumps if _is_busy(pump)]
            quiet = 0 if busy else quiet + 1
            assert time.monotonic() < end, f"something is never dealt with by {busy}"
        await self.pilot.pause()

    def post(self, key: str) -> None:
        one = len(key) == 1
        character = key if one else CHARACTERS.get(key)
        self.app.post_message(events.Key(_character_to_key(key) if one else key, character))

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def click(self, x: int, y: int, times: int = 1) -> None:
        await self.pilot.click(offset=(x, y), times=times)
        await self.pilot.pause()

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        await self.pilot.mouse_down(offset=start)
        await self.pilot.hover(offset=end)
        await self.pilot.mouse_up(offset=end)
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()

    async def saved(self) -> None:
        """Wait until everything is on disk and the screen was told."""
        self.session.flush()
        await self.pilot.pause()

    async def found(self) -> None:
        """Wait until searches in other threads have come to their end; one that another took the place of may go on
        for a while."""
        await self.settled()
        await until(lambda: all(worker.is_finished for worker in self.app.workers), "the end of the threads")
        await self.settled()

    # --- what a reader sees ---

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, without the blanks they end with."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def screen(self) -> str:
        return "\n".join(self.rows)

    @property
    def last(self) -> str:
        """The last line: what may be done now, or what was said, in however many rows."""
        screen = self.app.screen
        rows = screen.notice.size.height - 1 if isinstance(screen, BaseScreen) and screen.notice.display else 1
        return " ".join(row.strip() for row in self.rows[-rows:]).strip()

    @property
    def header(self) -> str:
        return self.rows[0]

    @property
    def strip(self) -> list[str]:
        """What is said of the place the cursor is at."""
        region, notice = self.reader.strip.region, self.reader.notice
        bottom = notice.region.y if notice.display else region.bottom
        return [row for row in self.rows[region.y + 1 : bottom] if row]

    def find(self, words: str, *, below: int = 0) -> tuple[int, int]:
        """Column and row where these words begin on the screen, in this row or below it."""
        for y, row in enumerate(self.rows):
            if y >= below and words in row:
                return row.index(words), y
        raise AssertionError(f"“{words}” is not on the screen:\n{self.screen}")

    # --- what holds behind it ---

    @property
    def reader(self) -> ReaderScreen:
        return self.app.rooms.reader

    @property
    def library(self) -> LibraryScreen:
        return self.app.rooms.library

    @property
    def column(self) -> Column:
        return self.reader.column

    @property
    def statement(self) -> str:
        """The words of the statement at the cursor."""
        return self.column.statement.of(self.column.article.text)

    @property
    def selection(self) -> str | None:
        selection = self.column.selection
        return None if selection is None else selection.of(self.column.article.text)

    @property
    def claims(self) -> list[Claim]:
        """One's own claims, in the order in which they were made."""
        return [record for record in self._made() if isinstance(record, Claim)]

    @property
    def contradictions(self) -> list[Contradiction]:
        return [record for record in self._made() if isinstance(record, Contradiction)]

    @property
    def groups(self) -> list[DuplicateGroup]:
        return [record for record in self._made() if isinstance(record, DuplicateGroup)]

    def _made(self) -> Iterator[Record]:
        yield from sorted(self.session.records.records(), key=lambda record: record.id[1:])

    # --- what it costs ---

    def watch(self) -> None:
        """From now on, keep what is written to the terminal."""
        self.sent.clear()
        console = Console(force_terminal=True, color_system="truecolor", width=self.app.size.width)
        display = App._display

        def written_too(screen: object, update: object) -> None:
            if isinstance(update, CompositorUpdate):
                self.sent.append(update.render_segments(console))
            display(self.app, screen, update)  # type: ignore[arg-type]

        self.app._display = written_too  # type: ignore[method-assign,assignment]

    def count_rows(self) -> list[int]:
        """A list that from now on gets each row of an article's text that is drawn."""
        drawn: list[int] = []
        for column in self.reader.columns:
            _count_rows(column.pane, drawn)
        return drawn

    @property
    def bytes_sent(self) -> int:
        return sum(len(piece.encode()) for piece in self.sent)


def _count_rows(pane: ArticlePane, drawn: list[int]) -> None:
    render = pane.render_line

    def counted(y: int) -> Strip:
        drawn.append(y)
        return render(y)

    pane.render_line = counted  # type: ignore[method-assign]


@asynccontextmanager
async def reading(
    root: Path, *, annotator: str = "ada", size: tuple[int, int] = (120, 40), session: Session | None = None
) -> AsyncIterator[Reading]:
    """Open the application on a workspace in a terminal of this size, and let go of everything at the end."""
    opened = session or session_of(root, annotator)
    app = VariorumApp(opened, theme="variorum-dark")
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Reading(app, pilot, opened)
    finally:
        opened.close()


async def said(it: Reading, words: str) -> None:
    """Wait until the last line says this: what takes time is done in a thread."""
    for _ in range(300):
        await it.pilot.pause()
        if words in it.last:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"“{words}” was not said, but “{it.last}”")


async def search_all(it: Reading, words: str) -> None:
    """Search for this in all articles and records, and wait for the concordance."""
    await it.keys("F")
    await it.type(words)
    await it.keys("enter")
    await it.found()


def controls_in(rows: list[str]) -> list[str]:
    """The characters of some rows that a terminal may obey, or that turn the order of what it shows."""
    return [
        character
        for row in rows
        for character in row
        if ord(character) < 0x20
        or 0x7F <= ord(character) < 0xA0
        or character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
        or 0xD800 <= ord(character) < 0xE000
    ]
