"""How settling looks: pictures of conflicts of a merge, in the Library, the Reader and on their own screen."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tui.exchange.conflicts import conflict
from tui.model.changes import Change
from tui.model.records import Claim, Plain, Record
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End, Gesture
from tui.session.opening import open_session
from tui.session.session import Session
from tui.ui.app import VariorumApp
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
HERE, THERE = "absolute prevention and avoidance", "core interests"
MEMO = "\n".join(
    f"{number}. Who said this first, in which words and to whom, is to be found in the transcript of that day."
    for number in range(1, 9)
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[VariorumApp]:
    """The application on the five articles, after a merge that left three conflicts."""
    for folder in ("seeds", "annotations"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copy(PROJECT / "config.yaml", tmp_path)
    numbers = itertools.count()
    session = open_session(
        open_workspace(tmp_path, os.environ),
        "ada",
        now=lambda: "2026-11-22T08:00:00Z",
        make_id=lambda letter: f"{letter}{next(numbers):012d}",
    )
    article = session.library.articles[0]
    ends = [End(article.id, Span(at, at + len(words))) for words in (HERE, THERE) if (at := article.text.index(words))]
    for end in ends:
        session.do(gestures.tag(session.desk, end, "fact"))
    first, second = (one for one in session.records.claims_in(article.id) if isinstance(one, Claim))
    left(session, first, "gist", "Conflict should be avoided", "All conflict is to be prevented", "They want no war")
    left(session, second, "memo", None, f"{MEMO}\nSo says Shi.", f"{MEMO}\nSo says he.")
    session.do(gestures.set_article_memo(session.desk, session.library.articles[4].id, "read"))
    note = session.records.notes()[0]
    left(session, note, "finished", None, True, None)
    session.notices.clear()
    yield VariorumApp(session, theme="variorum-dark")
    session.close()


def left(session: Session, record: Record, field: str, base: Plain, ours: Plain, theirs: Plain) -> None:
    """A merge left this open."""
    entry = conflict(field, base, ours, theirs).plain
    after: Any = replace(record, conflicts=(entry,), **{field: ours})  # type: ignore[arg-type]
    session.do(Gesture("merged", (Change(record, after),)))


@pytest.fixture
def look(snap_compare: Callable[..., bool], app: VariorumApp) -> Callable[..., bool]:
    def compare(keys: str, size: str) -> bool:
        async def saved(pilot: Any) -> None:
            await pilot.app.workers.wait_for_complete()
            pilot.app.session.flush()
            await pilot.pause()

        return snap_compare(app, press=keys.split(), terminal_size=SIZES[size], run_before=saved)

    return compare


@pytest.mark.parametrize("size", SIZES)
def test_a_conflict_with_its_three_versions(look: Callable[..., bool], size: str) -> None:
    assert look("!", size)


@pytest.mark.parametrize("size", SIZES)
def test_a_long_memo_of_which_the_end_differs(look: Callable[..., bool], size: str) -> None:
    assert look("! n", size)


def test_what_a_memo_is_written_from(look: Callable[..., bool]) -> None:
    assert look("! n e", "80x24")


def test_a_note_on_an_article(look: Callable[..., bool]) -> None:
    assert look("! N", "80x24")


@pytest.mark.parametrize("size", SIZES)
def test_conflicts_in_the_reader(look: Callable[..., bool], size: str) -> None:
    assert look("enter !", size)


@pytest.mark.parametrize("size", SIZES)
def test_conflicts_in_the_library(look: Callable[..., bool], size: str) -> None:
    assert look("j k", size)
