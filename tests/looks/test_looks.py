"""How it looks: pictures of the real application on the five articles, with the worked example in the margin.

After a change that is meant to change them: `pytest tests/looks --snapshot-update`, and look at every picture.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tui.session import gestures
from tui.session.gestures import End
from tui.session.opening import open_session
from tui.session.session import Session
from tui.ui.app import VariorumApp
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
THEMES = ("dark", "light")
TWO_PANES = "space j space g g enter"

Compare = Callable[..., bool]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., VariorumApp]]:
    """Makes the application on a copy of the repository's own workspace, as ada; times and ids are always the same."""
    sessions: list[Session] = []

    def opened() -> Session:
        numbers = itertools.count()
        session = open_session(
            open_workspace(tmp_path, os.environ),
            "ada",
            now=lambda: "2026-11-22T08:00:00Z",
            make_id=lambda letter: f"{letter}{next(numbers):012d}",
        )
        sessions.append(session)
        return session

    def make(theme: str, correct: bool = False) -> VariorumApp:
        for folder in ("seeds", "annotations"):
            shutil.copytree(PROJECT / folder, tmp_path / folder)
        shutil.copy(PROJECT / "config.yaml", tmp_path)
        session = opened()
        if correct:
            article = session.library.articles[0]
            for number in (1, 2, 5):
                end = End(article.id, session.statements(article.id)[number].span)
                session.do(gestures.tag(session.desk, end, "fact"))
            session.flush()
            gone = session.statements(article.id)[5].span.of(article.text)
            text = article.text.replace("absolute prevention and avoidance", "complete prevention and limitation")
            (tmp_path / article.file).write_text(text.replace(gone, ""), encoding="utf-8")
            shutil.rmtree(tmp_path / "annotations")
            session = opened()
            session.notices.clear()
        return VariorumApp(session, theme=theme if "-" in theme else f"variorum-{theme}")

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def look(snap_compare: Compare, start: Callable[..., VariorumApp]) -> Callable[..., bool]:
    """Compares what the application shows after these keys with the picture kept."""

    def compare(keys: str, size: tuple[int, int], theme: str = "dark", **how: bool) -> bool:
        async def saved(pilot: Any) -> None:
            await pilot.app.workers.wait_for_complete()
            pilot.app.session.flush()
            await pilot.pause()

        return snap_compare(start(theme, **how), press=keys.split(), terminal_size=size, run_before=saved)

    return compare


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_library(look: Callable[..., bool], size: str, theme: str) -> None:
    assert look("j space", SIZES[size], theme)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_reader_with_own_records_and_a_colleagues(look: Callable[..., bool], size: str, theme: str) -> None:
    keys = f"{TWO_PANES} j t f j j c tab j j j j c c J"
    assert look(keys, SIZES[size], theme)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_claim_whose_words_were_corrected(look: Callable[..., bool], size: str, theme: str) -> None:
    assert look(f"{TWO_PANES} !", SIZES[size], theme, correct=True)


def test_settling_a_claim(look: Callable[..., bool]) -> None:
    assert look("enter !", SIZES["80x24"], correct=True)


def test_a_waiting_end(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} j j d tab j j", SIZES["80x24"])


def test_selecting_by_letter(look: Callable[..., bool]) -> None:
    assert look("enter j j v f", SIZES["80x24"])


def test_the_tag_picker(look: Callable[..., bool]) -> None:
    assert look("enter j j t", SIZES["80x24"])


def test_jumping(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} f", SIZES["120x40"])


def test_the_keys_of_the_reader(look: Callable[..., bool]) -> None:
    assert look("enter ?", SIZES["120x40"])


def test_four_panes_on_a_large_screen(look: Callable[..., bool]) -> None:
    assert look("space j space j space j space enter j j J", (200, 50))


def test_panes_one_above_the_other(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} |", SIZES["120x40"])


def test_everything_about_a_record(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} J i J J", SIZES["120x40"])


def test_focus_mode(look: Callable[..., bool]) -> None:
    assert look("enter j t f k Z j", SIZES["80x24"])


def test_the_colours_of_the_terminal(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} j t f j j c tab j j j j c c J", SIZES["120x40"], "ansi-dark")


def test_without_colours(look: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look(f"{TWO_PANES} j t f j j v w w", SIZES["80x24"])


def test_a_search_in_an_article(look: Callable[..., bool]) -> None:
    assert look(f"{TWO_PANES} slash b l i n k e n enter n", SIZES["120x40"])


def test_the_concordance(look: Callable[..., bool]) -> None:
    assert look("F b a l l o o n enter j space t f", SIZES["80x24"])
