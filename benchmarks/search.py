"""Searching fifty megabytes of articles beside `grep -c` on the same files, and what a key costs meanwhile."""

import asyncio
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.keys import FRAME, MOST_BYTES
from benchmarks.sample import long_article, sentences
from benchmarks.screen import Recorder, press, running
from benchmarks.timing import paired, report, size, timed
from benchmarks.workspaces import begun_anew, long_reading
from tui.session import concordance
from tui.session.opening import open_session
from tui.session.session import Session
from tui.text.search import Matches, query_of
from tui.ui.app import VariorumApp
from tui.ui.screens.concordance import ConcordanceScreen
from tui.workspace import init_workspace, open_workspace

ARTICLES = 10_000
LENGTH = 5_000
"""Code points of each."""
ROUNDS = 7
IDLE = 50
"""How often it is looked how late callbacks come while nothing happens."""
MOST = 5
"""Times as long as grep that a search may take."""

CASES = (
    ("a word in small letters", "cooperation", False, ("-i",)),
    ("a word with a capital", "Renmin", False, ()),
    ("several words", "absolute prevention and", False, ("-i",)),
    ("words with a quotation mark", "“managed", False, ("-i",)),
    ("a word that is nowhere", "xylophone", False, ("-i",)),
    ("a regular expression", r"(spy|weather) balloon (saga|programme)", True, ("-i", "-E")),
)
"""What is searched for, whether it is a regular expression, and the options with which grep finds the same."""


@contextmanager
def large_workspace() -> Iterator[Path]:
    """A folder with fifty megabytes of articles: real sentences put together anew."""
    random = Random(20230618)
    with TemporaryDirectory() as name:
        root = Path(name)
        init_workspace(root)
        for number in range(ARTICLES):
            parts, length = [f"Article {number}"], 0
            while length < LENGTH:
                parts.append(random.choice(sentences()))
                length += len(parts[-1])
            separators = ["\n\n" if random.random() < 0.4 else " " for _ in parts[1:]]
            text = parts[0] + "\n\n" + "".join(part + gap for part, gap in zip(parts[1:], separators, strict=True))
            (root / "seeds" / f"{number:05d}.txt").write_text(text, encoding="utf-8")
        yield root


def run() -> None:
    with large_workspace() as root:
        session = open_session(open_workspace(root, os.environ), "ada", reading=True)
        try:
            for what, words, is_pattern, options in CASES:
                _beside_grep(session, root / "seeds", what, words, is_pattern, options)
            asyncio.run(_in_the_application(session))
        finally:
            session.close()
    asyncio.run(_in_a_long_article())


def _beside_grep(
    session: Session, folder: Path, what: str, words: str, is_pattern: bool, options: tuple[str, ...]
) -> None:
    query = query_of(words, is_pattern=is_pattern)
    command = ["grep", "-r", "-c", *options, "--", words, str(folder)]

    def ours() -> set[str]:
        found = concordance.search(query, session.library.articles, concordance.sources(session))
        lines = [line for lines in found for line in lines]
        if len(lines) >= concordance.MOST_LINES:
            raise RuntimeError(f"{words} stands too often: the search ended early")
        return {line.article for line in lines}

    def grep() -> set[str]:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        counts = (line.rsplit(":", 1) for line in done.stdout.splitlines())
        return {Path(file).stem for file, number in counts if number != "0"}

    if not grep() <= ours():
        raise RuntimeError(f"grep found {words} where the search did not")
    run_grep = timed(lambda: subprocess.run(command, check=False, capture_output=True))
    pairs = paired(timed(ours), run_grep, ROUNDS)
    report(f"searching 50 MB: {what}", f"grep {' '.join(('-c', *options))}", pairs, MOST)


async def _in_the_application(session: Session) -> None:
    """From the key to the first lines and to the end, how long the event loop is kept from keys meanwhile, and what a
    key costs in a list as long as it may be."""
    app = VariorumApp(begun_anew(session))
    firsts, ends, delays, idle = [], [], [], []
    async with running(app) as terminal:
        await terminal.quiet()
        for words in ("cooperation", "xi", "renmin", "balloon", "xi jinping", "the"):
            start = perf_counter()
            app.rooms.search_all(query_of(words))
            firsts.append(await _first_lines(app, terminal) - start)
            delays += await _delays(lambda _: _concordance(app).is_searching)
            ends.append(perf_counter() - start)
            await terminal.quiet()
            keys = [await press(app, terminal, key) for key in ("j", "j", "j", "k", "j", "j")]
            app.pop_screen()
            await terminal.quiet()
            idle += await _delays(lambda count: count < IDLE)
    report("the first lines of a search in 50 MB", "a frame", [(first, FRAME) for first in firsts[1:]])
    report("all its lines, in the application", "its first lines", list(zip(ends, firsts, strict=True))[1:])
    waits = (_slowest(delays), FRAME + _slowest(idle))
    report("a key waits meanwhile, 99th percentile", "a frame more than without", [waits], 1)
    report("moving in 20 000 lines", "a frame", [(key.seconds, FRAME) for key in keys[1:]], 1)
    report("the same, bytes", "allowed", [(key.bytes, MOST_BYTES) for key in keys[1:]], 1, show=size)


async def _first_lines(app: VariorumApp, terminal: Recorder) -> float:
    """When the first lines were painted."""
    while not _concordance(app).found:
        await asyncio.sleep(0.001)
    terminal.writes.clear()
    await terminal.painted("")
    return perf_counter()


async def _delays(goes_on: Callable[[int], bool]) -> list[float]:
    """How much later than it was due a callback came, time and again."""
    delays: list[float] = []
    while goes_on(len(delays)):
        start = perf_counter()
        await asyncio.sleep(0.002)
        delays.append(perf_counter() - start - 0.002)
    return delays


def _slowest(delays: list[float]) -> float:
    return quantiles(delays, n=100, method="inclusive")[-1]


def _concordance(app: VariorumApp) -> ConcordanceScreen:
    assert app.rooms.concordance is not None, "a search was begun"
    return app.rooms.concordance


async def _in_a_long_article() -> None:
    """What a letter typed in the search of one million characters costs the event loop."""
    text, query = long_article()[0].text, query_of("e")
    pairs = paired(timed(lambda: query.first(text)), timed(lambda: Matches(query.spans(text))), ROUNDS)
    report("the first “e” in 1 MB", "all of them", pairs)
    with long_reading() as session:
        app = VariorumApp(begun_anew(session))
        async with running(app) as terminal:
            app.rooms.show_reader(["sample"])
            await terminal.quiet()
            costs = await _typed(app, terminal, "military")
    report("a letter typed in a search in 1 MB", "a frame", [(cost, FRAME) for cost in costs], 1)


async def _typed(app: VariorumApp, terminal: Recorder, words: str) -> list[float]:
    await press(app, terminal, "/")
    return [(await press(app, terminal, letter)).seconds for letter in words]


if __name__ == "__main__":
    run()
