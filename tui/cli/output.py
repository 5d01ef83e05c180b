"""What the command line prints: nothing that a file holds reaches the terminal as a command."""

import json
import os
import sys
from collections.abc import Iterable

from tui.errors import VariorumError
from tui.text.cells import plain_line, shown


class OutputError(VariorumError):
    """Standard output can't take what is printed."""


def prepare() -> None:
    """Print what the encoding of standard output has no bytes for as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def line(text: str) -> None:
    """Print a result on one line, whatever `text` holds."""
    _write(plain_line(text))


def lines(texts: Iterable[str]) -> None:
    """Print results whose white space says something, a line each."""
    for text in texts:
        _write(shown(text))


def as_json(value: object) -> None:
    """Print a result as JSON, in ASCII."""
    _write(json.dumps(value, indent=2, ensure_ascii=True))


def message(text: str) -> None:
    """Say something that is no result, on standard error; the lines of `text` stay lines."""
    if sys.stderr is not None:
        sys.stderr.write("".join(f"variorum: {plain_line(each)}\n" for each in text.split("\n")))


def finish() -> None:
    """Send off what was printed.

    Raises:
        BrokenPipeError: nobody reads it any more.
        OutputError: it can't be written.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(error) from None


def give_up() -> None:
    """Throw away what could not be printed, so that Python does not try it again when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(text: str) -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.write(f"{text}\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(error) from None


def _refused(error: OSError) -> OutputError:
    return OutputError(f"the result can't be written: {error.strerror}")
