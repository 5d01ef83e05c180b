"""What runs in the engine's own process: answers what it is asked, one after the other, until nobody can ask any more.

Run as `python -m tui.suggest.serving` by `tui.suggest.process`, and by nobody else.
"""

import os
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO

from tui.articles.statements import segment
from tui.suggest.engine import Engine
from tui.suggest.process import PIECE, Asked, End, Part, Step, receive, send

NICENESS = 10
"""How far it steps back behind what a person waits for."""
EACH_SECONDS = 0.1
"""How often it says how far it is."""


def main() -> None:
    """Answer until the input ends."""
    with suppress(OSError, AttributeError):
        os.nice(NICENESS)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # whatever is printed by mistake is no answer
    asked: SimpleQueue[Asked] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    engine: Engine | None = None
    while True:
        one = asked.get()
        if engine is None:
            engine = Engine(one.cache)
        try:
            _answer(engine, one, output)
        except OSError:
            return  # nobody hears it
        except Exception as error:  # noqa: BLE001  # said where it was asked
            send(output, End(f"{type(error).__name__}: {error}"))
        else:
            send(output, End())


def _listen(pipe: IO[bytes], asked: "SimpleQueue[Asked]") -> None:
    """Take what is asked; when nobody can ask any more, end at once."""
    with suppress(EOFError, OSError):
        while isinstance(one := receive(pipe), Asked):
            asked.put(one)
    os._exit(0)


def _answer(engine: Engine, asked: Asked, output: IO[bytes]) -> None:
    texts = {article.id: article.text for article in asked.articles}
    last = 0.0

    def progress(what: str, done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last > EACH_SECONDS:
            last = monotonic()
            send(output, Step(what, done, of))

    for found in engine.suggest(asked.articles, lambda id: segment(texts[id]), groups=asked.groups, progress=progress):
        pieces = [found[start : start + PIECE] for start in range(0, len(found), PIECE)] or [()]
        for number, piece in enumerate(pieces):
            send(output, Part(piece, number == len(pieces) - 1))


if __name__ == "__main__":
    main()
