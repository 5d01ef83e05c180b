"""The real program on a pseudo-terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from tui.model.records import Claim
from tui.store.store import Store

PROJECT = Path(__file__).parents[2]


class Terminal:
    """A program on a pseudo-terminal of 80 by 24."""

    def __init__(self, command: list[str], folder: Path) -> None:
        ours, theirs = pty.openpty()
        environ = {key: value for key, value in os.environ.items() if not key.startswith("TEXTUAL")}
        environ |= {"TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80", "VARIORUM_ANNOTATOR": "ada"}
        environ.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            command, cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self._terminal = ours
        self.written = b""

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def read(self, seconds: float) -> None:
        """Take in what is written within so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._terminal], [], [], left)[0]:
                return
            try:
                data = os.read(self._terminal, 65536)
            except OSError:
                return
            if not data:
                return
            self.written += data

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Read until these words were written."""
        end = time.monotonic() + seconds
        while words.encode() not in self.written:
            assert time.monotonic() < end, f"“{words}” never came: {self.written[-2000:]!r}"
            assert self.process.poll() is None, f"the program ended: {self.written[-2000:]!r}"
            self.read(0.2)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._terminal)


def application(workspace: Path) -> Terminal:
    """The application on a workspace, once it is there."""
    terminal = Terminal([sys.executable, "-m", "tui", str(workspace)], PROJECT)
    terminal.wait_for("saved")
    return terminal


def claims(workspace: Path) -> list[Claim]:
    """Ada's claims, as a program that starts now would find them."""
    store = Store(workspace / ".variorum", "ada")
    found = [record for record in store.records() if isinstance(record, Claim)]
    store.close()
    return found
