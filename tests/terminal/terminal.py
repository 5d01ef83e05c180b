"""The installed program on a pseudo-terminal, its screen kept by an emulator: what a person at a terminal has.

Nothing here waits a fixed time and hopes: whoever waits says for what.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyte

from tui.model.records import Claim
from tui.store.store import Store

PROJECT = Path(__file__).parents[2]
VARIORUM = str(Path(sys.executable).parent / "variorum")
PATIENCE = 30.0
"""Seconds after which what is waited for won't come, however busy the machine is."""

_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_ALTERNATE = re.compile(rb"(\x1b\[\?1049[hl])")
_UNFINISHED = re.compile(rb"\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*)?\Z")
# The emulator takes these for text: Kitty's keyboard protocol switched on and off.
_KEYBOARD = re.compile(rb"\x1b\[[<>=][\d;]*u")

SUGGESTED = re.compile(r"^(.?[^\s?]{0,4})\?(?=  )", re.MULTILINE)
"""The sign of a suggestion, in the margin."""


# In the new process but after its start: between fork and exec Python may wait for ever for a lock that another thread
# of the tests held.
_TAKING_THE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)


class Terminal:
    """A program on a terminal of 80 by 24 that it controls: closing it hangs up.

    `environ` is added to an environment that has nothing of whoever runs the tests; None takes a variable away.
    """

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        environ: Mapping[str, str | None] | None = None,
        size: tuple[int, int] = (80, 24),
        command: list[str] | None = None,
    ) -> None:
        given: dict[str, str | None] = {
            "PATH": f"{Path(VARIORUM).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "VARIORUM_ANNOTATOR": "ada",
            **(environ or {}),
        }
        self._ours, self._theirs = pty.openpty()
        os.set_blocking(self._ours, False)
        self.written = b""
        """All that the program has written."""
        self._held = b""
        self._emulator = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._emulator)
        self.resize(*size)
        self.settings = self.termios()
        """How the terminal was set before the program came."""
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", _TAKING_THE_TERMINAL, *(command or [VARIORUM]), *arguments],
            cwd=folder,
            env={name: value for name, value in given.items() if value is not None},
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            start_new_session=True,
        )

    # --- what a person does ---

    def type(self, keys: bytes | str) -> None:
        """Send bytes as the terminal would."""
        left = keys.encode() if isinstance(keys, str) else keys
        end = time.monotonic() + PATIENCE
        while left:  # a terminal takes little at once, and nothing from a program that waits to be read
            try:
                left = left[os.write(self._ours, left) :]
            except BlockingIOError:
                self._take(0.01)
                assert time.monotonic() < end, "the program reads nothing"

    def paste(self, text: str) -> None:
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        self._emulator.resize(rows, columns)
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the window: the kernel tells the program."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """End the program without asking it, and give the terminal back."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self._ours >= 0:
            self.hang_up()

    # --- what a person sees ---

    @property
    def rows(self) -> list[str]:
        """The screen as it is now, without the blanks at the ends of rows."""
        self._take(0)
        return [row.rstrip() for row in self._emulator.display]

    @property
    def screen(self) -> str:
        return "\n".join(self.rows)

    def row_of(self, words: str) -> int:
        """The row that holds these words, from 0."""
        return next(number for number, row in enumerate(self.rows) if words in row)

    @property
    def in_front(self) -> int:
        """The process group that has the terminal."""
        return os.tcgetpgrp(self._ours)

    def cell(self, column: int, row: int) -> Any:
        """A character of the screen with its attributes."""
        return self._emulator.buffer[row][column]

    @property
    def modes(self) -> set[int]:
        """The terminal's private modes (DECSET) that are on because of what was written."""
        on: set[int] = set()
        for match in _MODES.finditer(self.written):
            numbers = {int(number) for number in match[1].split(b";")}
            on = on | numbers if match[2] == b"h" else on - numbers
        return on

    def termios(self) -> list[Any]:
        return termios.tcgetattr(self._theirs)

    # --- waiting ---

    def wait_for(self, *words: str, seconds: float = PATIENCE) -> None:
        """Read until all these words stand on the screen; the sign of a suggestion, which comes when it comes, is as
        good as none."""
        self.wait_until(lambda: all(each in self.settled for each in words), f"“{'”, “'.join(words)}”", seconds)

    @property
    def settled(self) -> str:
        """The screen without what another process brings to its margin at some time."""
        return SUGGESTED.sub(r"\1 ", self.screen)

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end or self.process.poll() is not None:
                self._take(0.2)
                if holds():
                    return
                ended = "" if self.process.poll() is None else f" (the program ended with {self.process.returncode})"
                raise AssertionError(f"{what} never came{ended}:\n{self.screen}\n{self.written[-1500:]!r}")
            self._take(0.1)

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """Read until the program has ended, and give its exit code, negative for the signal that ended it."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end:\n{self.screen if self._ours >= 0 else ''}"
            if self._ours >= 0:
                self._take(0.05)
            else:
                time.sleep(0.02)
        if self._ours >= 0:
            self._take(0)
        return self.process.returncode

    def quiet(self, seconds: float = 0.4) -> None:
        """Read until nothing has been written for so long."""
        end = time.monotonic() + PATIENCE
        while self._take(seconds):
            assert time.monotonic() < end, f"it never stops writing:\n{self.written[-1500:]!r}"

    def written_while(self, act: Callable[[], None], seconds: float = 0.4) -> bytes:
        """What the program writes because of something, until it has been quiet for so long."""
        self.quiet()
        before = len(self.written)
        act()
        self.quiet(seconds)
        return self.written[before:]

    def _take(self, seconds: float) -> bool:
        """Take in what is there or comes first within so many seconds; whether there was anything."""
        found = False
        while select.select([self._ours], [], [], 0 if found else seconds)[0]:
            try:
                data = os.read(self._ours, 65536)
            except OSError:  # everybody else has closed it
                break
            if not data:
                break
            found = True
            self.written += data
            data = self._held + data
            unfinished = _UNFINISHED.search(data)
            cut = unfinished.start() if unfinished else len(data)
            self._held = data[cut:]
            for piece in _ALTERNATE.split(_KEYBOARD.sub(b"", data[:cut])):
                if _ALTERNATE.fullmatch(piece):  # the emulator has one screen only, so what is left there is gone
                    self._emulator.erase_in_display(2)
                    self._emulator.cursor_position()
                self._stream.feed(piece)
        return found


@contextmanager
def library(workspace: Path, **options: Any) -> Iterator[Terminal]:
    """The program on a workspace, once the Library is there."""
    terminal = Terminal(str(workspace), folder=workspace.parent, **options)
    try:
        terminal.wait_for("saved", "select")
        yield terminal
    finally:
        terminal.kill()


@contextmanager
def reader(workspace: Path, **options: Any) -> Iterator[Terminal]:
    """The program on a workspace, the first article open in the Reader."""
    with library(workspace, **options) as terminal:
        terminal.type("\r")
        terminal.wait_for("contradiction", "      Why China still refuses to resume military dialogue with US, despite")
        yield terminal


def five(root: Path) -> Path:
    """A workspace with the five real articles."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    shutil.copy(PROJECT / "config.yaml", root)
    return root


def claims(workspace: Path) -> list[Claim]:
    """Ada's claims, as a program that starts now would find them."""
    store = Store(workspace / ".variorum", "ada")
    found = [record for record in store.records() if isinstance(record, Claim)]
    store.close()
    return found
