"""The real program in a real terminal, killed in the middle: what the screen had shown as saved is there."""

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    shutil.copy(PROJECT / "config.yaml", tmp_path)
    return tmp_path


def claims(workspace: Path) -> list[Claim]:
    store = Store(workspace / ".variorum", "ada")
    found = [record for record in store.records() if isinstance(record, Claim)]
    store.close()
    return found


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_what_was_shown_as_saved_survives_a_kill(workspace: Path, pause: float) -> None:
    terminal = Terminal([sys.executable, "-m", "tui", str(workspace)], PROJECT)
    try:
        terminal.wait_for("saved")
        terminal.type("\r")
        terminal.wait_for("contradiction")
        marked = 0
        for _ in range(4):
            terminal.written = b""
            terminal.type("jtf")
            terminal.wait_for("tagged fact")
            terminal.read(0.3)
            # Either the header went from saving to saved, or the step was on disk before it was drawn.
            if b"saving" in terminal.written:
                terminal.written = terminal.written.rpartition(b"saving")[2]
                terminal.wait_for("saved")
            marked += 1
        terminal.type("jtf")
        time.sleep(pause)
    finally:
        terminal.kill()
    found = claims(workspace)
    assert marked <= len(found) <= marked + 1
    assert all(claim.tags == ("fact",) for claim in found)
