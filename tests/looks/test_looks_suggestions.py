"""How suggestions look: of the five articles, with the worked example in the margin; proposed here, not by the engine,
so that only a change of looks changes the pictures."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tui.model.span import Span
from tui.session.opening import open_session
from tui.session.session import Session
from tui.suggest.suggestion import Passage, Reason, ReasonType, Suggestion, SuggestionKind
from tui.ui.app import VariorumApp
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
THEMES = ("dark", "light")
SCMP, REWRITE, REUTERS, NEWSWEEK, DAILY = sorted(path.stem for path in (PROJECT / "seeds").glob("*.txt"))

Look = Callable[..., bool]


def _side(session: Session, article: str, words: str) -> Passage:
    text = session.articles[article].text
    at = text.index(words)
    span = next(one.span for one in session.statements(article) if one.span.start <= at < one.span.end)
    return Passage(article, span, span.of(text))


def _in(session: Session, side: Passage, words: str) -> tuple[Span, ...]:
    at = session.articles[side.article].text.index(words, side.span.start)
    return (Span(at, at + len(words)),)


def _proposed(session: Session) -> list[Suggestion]:
    declined, refused = _side(session, REUTERS, "declined an invitation"), _side(session, DAILY, "also refused")
    run = "U.S. Defense Secretary Lloyd Austin at the Shangri-La"
    first, second = _side(session, SCMP, "originally scheduled"), _side(session, REWRITE, "The breakdown in")
    month = "February"
    return [
        Suggestion(
            SuggestionKind.DUPLICATE,
            0.8,
            (Reason(ReasonType.RUN, f"both say “{run}”", _in(session, declined, run), _in(session, refused, run)),),
            declined,
            refused,
        ),
        Suggestion(
            SuggestionKind.CONTRADICTION,
            0.5,
            (Reason(ReasonType.DATE, "“early February” on one side only", (), _in(session, second, month)),),
            first,
            second,
            ("date", "cause"),
        ),
    ]


@pytest.fixture
def look(snap_compare: Callable[..., bool], tmp_path: Path) -> Iterator[Look]:
    """Compares what the application shows after these keys with the picture kept."""
    sessions: list[Session] = []

    def compare(keys: str, size: tuple[int, int], theme: str = "dark") -> bool:
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
        sessions.append(session)
        session.suggestions.renew(_proposed(session))
        app = VariorumApp(session, theme=theme if "-" in theme else f"variorum-{theme}")

        async def saved(pilot: Any) -> None:
            await pilot.app.workers.wait_for_complete()
            pilot.app.session.flush()
            await pilot.pause()

        return snap_compare(app, press=keys.split(), terminal_size=size, run_before=saved)

    yield compare
    for session in sessions:
        session.close()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_pair_that_may_say_the_same(look: Look, size: str, theme: str) -> None:
    assert look("S", SIZES[size], theme)


@pytest.mark.parametrize("size", SIZES)
def test_a_possible_conflict(look: Look, size: str) -> None:
    assert look("S j", SIZES[size])


def test_words_of_a_side(look: Look) -> None:
    assert look("S v b b b", SIZES["80x24"])


def test_choosing_among_pairs(look: Look) -> None:
    assert look("S f", SIZES["120x40"])


def test_without_colours(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look("S j", SIZES["80x24"])


def test_all_is_decided(look: Look) -> None:
    assert look("S n y", SIZES["80x24"])


@pytest.mark.parametrize("size", SIZES)
def test_beside_the_text(look: Look, size: str) -> None:
    assert look("j j enter right_parenthesis s", SIZES[size])
