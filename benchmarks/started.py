"""Programs as a person starts them: the time from the start of the process until words are on a real terminal."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from time import monotonic

from benchmarks.screen import PATIENCE, SIZE, TOP_LEFT

EMPTY = (sys.executable, "-c", "from textual.app import App; App().run()")
LIBRARY = "saved"
"""A word of the header that is there when the workspace is open."""


def application(folder: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tui", folder)


def seconds_until(command: Sequence[str], *words: str) -> list[float]:
    """Start a program and end it when all these words were written, in this order; when each was.

    Raises:
        RuntimeError: one never came.
    """
    ours, theirs = pty.openpty()
    width, height = SIZE
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "VARIORUM_ANNOTATOR": "ada"}
    start = monotonic()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True)
    os.close(theirs)
    times: list[float] = []
    written = b""
    try:
        while len(times) < len(words):
            if not select.select([ours], [], [], PATIENCE)[0]:
                raise RuntimeError(f"“{words[len(times)]}” never came")
            written += os.read(ours, 65536)
            while len(times) < len(words) and words[len(times)].encode() in written:
                times.append(monotonic() - start)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return times


def first_paint(command: Sequence[str]) -> float:
    return seconds_until(command, TOP_LEFT)[0]


def library(folder: str) -> float:
    return seconds_until(application(folder), TOP_LEFT, LIBRARY)[1]
