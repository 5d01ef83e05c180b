"""The real program while it opens a workspace: what is wrong is said when the screen is given back."""

import shutil
import sys
import time
from pathlib import Path

from terminal import PROJECT, Terminal, application

from tui.__main__ import WRONG

GIVEN_BACK = b"\x1b[?1049l"


def ended(terminal: Terminal) -> int:
    """Wait for the program to end by itself, and return its exit code."""
    end = time.monotonic() + 20
    while terminal.process.poll() is None:
        assert time.monotonic() < end, "it goes on"
        terminal.read(0.05)
    terminal.read(0.05)
    return terminal.process.wait()


def test_a_damaged_store_is_named_when_the_screen_is_given_back(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    terminal = application(tmp_path)
    terminal.type("\rjtf")
    terminal.wait_for("tagged fact")
    terminal.read(0.5)
    terminal.kill()
    (journal,) = (tmp_path / ".variorum").rglob("store.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"spoilt\n", *lines[1:]]))
    terminal = Terminal([sys.executable, "-m", "tui", str(tmp_path)], PROJECT)
    assert ended(terminal) == WRONG
    said = terminal.written.rpartition(GIVEN_BACK)[2]
    assert b"variorum doctor" in said
    assert b"Traceback" not in terminal.written
