"""The reader's own editor: which it is, files handed to it, and texts given to it to be worked on."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tui.characters import clipped, spelled_out
from tui.disk import read_regular
from tui.errors import RefusedError

MOST_BYTES = 1024**2
"""A text that is larger when it comes back from the editor is not taken."""
_AT_LINE = (
    *("vi", "vim", "nvim", "view", "vimx", "ex", "nano", "pico", "rnano", "emacs", "emacsclient", "mg", "zile", "joe"),
    *("jmacs", "jstar", "jed", "micro", "kak", "ne", "vis", "gvim", "mcedit"),
)
"""Editors that take `+LINE` before a file."""


def command_for(file: Path, environ: Mapping[str, str], *, line: int | None = None) -> list[str]:
    """What to run to edit a file (an absolute path) in `$VISUAL`, else `$EDITOR`, at this line (from 1 on) where the
    editor can be told. No shell is asked.

    Raises:
        RefusedError: none is set, or what is set is not there.
    """
    name = next((name for name in ("VISUAL", "EDITOR") if environ.get(name, "").strip()), None)
    if name is None:
        raise RefusedError("no editor is set: say which in the shell, as in export EDITOR=nano")
    try:
        words = shlex.split(environ[name])
    except ValueError:
        words = []
    if not words or shutil.which(words[0], path=environ.get("PATH")) is None:
        raise RefusedError(f"${name} names no program that is there: “{clipped(environ[name])}”")
    at = [f"+{line}"] if line is not None and Path(words[0]).name in _AT_LINE else []
    return [*words, *at, str(file)]


def run(command: Sequence[str]) -> str | None:
    """Run it in this terminal until it ends, and say what went wrong, if anything did. Raises nothing."""
    # What is typed in the editor to stop something there must not end this program as well. Functions, for what is
    # ignored would be ignored by the editor too.
    before = {number: signal.signal(number, _pass) for number in (signal.SIGINT, signal.SIGQUIT)}
    name = spelled_out(Path(command[0]).name)
    try:
        code = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:
        return f"{name} could not be run: {getattr(error, 'strerror', None) or error}"
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return f"{name} ended with {code}" if code else None


def _pass(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back: the text, or why there is none."""

    text: str | None
    problem: str | None = None


def edit(text: str, environ: Mapping[str, str], run: Callable[[Sequence[str]], str | None]) -> Edited:
    """Give a text to the editor in a private file that is gone afterwards. If the editor fails, or what it left can't
    be read, what was written stays in its file, and the problem names it.

    Raises:
        RefusedError: there is no editor, or no room for the file.
    """
    with _private_folder() as folder:
        file = folder / "memo.md"
        command = command_for(file, environ)
        given = f"{text}\n".encode()
        try:
            with open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
                out.write(given)
        except OSError as error:
            raise RefusedError(f"no file can be made for the editor: {error.strerror}") from None
        problem = run(command)
        try:
            data = read_regular(file, MOST_BYTES)
            after = data.decode("utf-8")
        except UnicodeDecodeError:
            problem, data = problem or "what the editor wrote is not UTF-8", b""
        except OSError as error:
            # Without a file nothing can have been lost.
            problem, data = problem or f"what the editor wrote can't be read: {error.strerror}", b""
        if problem is None:
            return Edited(after.removesuffix("\n"))
        if data != given and file.exists():
            kept = _keep(folder)
            return Edited(None, f"{problem}: the memo is as it was, and what you wrote is in {kept / file.name}")
        return Edited(None, f"{problem}: the memo is as it was")


@contextmanager
def _private_folder() -> Iterator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(prefix="variorum-"))
    except OSError as error:
        raise RefusedError(f"no file can be made for the editor: {error.strerror}") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(folder: Path) -> Path:
    """Another name for the folder, under which it stays."""
    kept = folder.with_name(f"{folder.name}-kept")
    folder.rename(kept)
    return kept
