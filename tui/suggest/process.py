"""The engine in a process of its own, so that whoever waits for it can go on: what it is asked, what it answers.

The process is begun when it is first asked, and holds what it read until it is stopped: an article more costs an
article. It ends by itself when whoever began it is gone, however that ended. What goes to and fro are values of this
program, pickled, in pieces small enough that nobody who reads them is held up.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, TypeAlias

from tui.collector import uncollected
from tui.errors import SuggestionError
from tui.model.article import Article
from tui.progress import StoppedError
from tui.suggest.suggestion import Passage, Suggestion

PIECE = 100
"""Suggestions that are pickled together."""
_LENGTH = 8
"""Bytes that the length of a pickle is told in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the process is asked."""

    articles: tuple[Article, ...]
    groups: tuple[tuple[Passage, ...], ...]
    cache: Path | None
    """The folder in which may be kept what was read of each text; None: nowhere."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is."""

    what: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a list of suggestions."""

    found: tuple[Suggestion, ...]
    is_last: bool
    """Whether the list is whole with it."""


@dataclass(frozen=True, slots=True)
class End:
    """All was said. `error`: why it could not be."""

    error: str = ""


Answer: TypeAlias = Step | Part | End


def send(pipe: IO[bytes], value: Asked | Answer) -> None:
    """Write a value so that `receive` can read it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_LENGTH, "big") + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read a value.

    Raises:
        EOFError: the other side is gone.
    """
    head = pipe.read(_LENGTH)
    data = pipe.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if not data or len(data) < int.from_bytes(head, "big"):
        raise EOFError
    with uncollected():
        return pickle.loads(data)  # what we sent ourselves, through a pipe that nobody else has


class SuggestionProcess:
    """Asked from one thread at a time; `stop` may be called from any other."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        """Held while the process is begun or ended."""
        self._is_stopped = False
        self._is_asked = False
        """Whether somebody waits for its answers."""

    def ask(
        self, articles: Sequence[Article], groups: Sequence[Sequence[Passage]] = ()
    ) -> Iterator[Step | tuple[Suggestion, ...]]:
        """How far it is, and ever better whole lists, as `Engine.suggest` gives them; the last is the result.

        Raises:
            SuggestionError: the process can't be begun, or ended before it answered.
            StoppedError: it was stopped.
        """
        asked = Asked(tuple(articles), tuple(map(tuple, groups)), self._cache)
        try:
            process = self._begun()
            self._is_asked = True
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, asked)
            yield from self._answers(process.stdout)
        except (OSError, EOFError, ValueError) as error:
            if self._is_stopped:
                raise StoppedError from None
            if self._process is None:
                raise SuggestionError(f"the process that looks for suggestions can't be begun: {error}") from None
            self._process.kill()  # what ended there, or says what nobody understands, is begun anew the next time
            code = self._process.wait()
            raise SuggestionError(f"the process that looks for suggestions ended with {code}") from None
        finally:
            with self._lock:
                self._is_asked = False
                if self._is_stopped:
                    self._close()

    def _answers(self, pipe: IO[bytes]) -> Iterator[Step | tuple[Suggestion, ...]]:
        found: list[Suggestion] = []
        while True:
            answer = receive(pipe)
            if self._is_stopped:
                raise StoppedError
            match answer:
                case Step():
                    yield answer
                case Part():
                    found += answer.found
                    if answer.is_last:
                        yield tuple(found)
                        found = []
                case End(error):
                    if error:
                        raise SuggestionError(error)
                    return

    def stop(self) -> None:
        """End the process, at once; it can't be asked any more. From any thread, as often as one likes."""
        with self._lock:
            self._is_stopped = True
            process = self._process
            if process is None:
                return
            process.kill()
            process.wait()
            if not self._is_asked:  # else whoever reads from it does
                self._close()

    def _close(self) -> None:
        """Let go of the pipes of a process that is gone."""
        for pipe in (self._process.stdin, self._process.stdout) if self._process is not None else ():
            with suppress(OSError):  # what was not written any more
                if pipe is not None:
                    pipe.close()

    def _begun(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_stopped:
                raise StoppedError
            if self._process is None or self._process.poll() is not None:
                self._close()
                # The folder one is in may be anybody's: nothing is imported from there.
                root = str(Path(__file__).parents[2])
                paths = filter(None, (root, os.environ.get("PYTHONPATH")))
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "tui.suggest.serving"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                    start_new_session=True,  # keys of the terminal are not for it
                )
            return self._process
