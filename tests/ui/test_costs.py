"""What a key goes through does not grow with the workspace or the article: counted, not timed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import Reading, reading, session_of, written

from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End
from tui.session.placing import View
from tui.session.session import Session
from tui.ui import reading as ui_reading
from tui.ui.screens import library
from tui.ui.widgets import article_pane

ARTICLES = 200
CLAIMS = 150
SENTENCE = "They met in Beijing on Monday and spoke for hours."


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[str]:
    """A list that from now on gets an entry for each call."""
    calls: list[str] = []
    plain: Callable[..., Any] = getattr(owner, name)

    def call(*arguments: Any, **options: Any) -> Any:
        calls.append(name)
        return plain(*arguments, **options)

    monkeypatch.setattr(owner, name, call)
    return calls


def many(root: Path) -> Path:
    return written(root, **{f"a{number:03d}": f"Title {number}\n\n{SENTENCE}" for number in range(ARTICLES)})


async def test_moving_in_the_library_asks_no_other_article_what_is_open_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(many(tmp_path)) as it:
        calls = counted(monkeypatch, View, "open_in")
        await it.keys("j")
        assert 0 < len(calls) < 10


async def test_a_record_makes_one_row_of_the_library_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch, library, "row_of")
    async with reading(many(tmp_path)) as it:
        assert len(made) == ARTICLES
        made.clear()
        await it.keys("enter j t f q")
        assert len(made) == 1
        await it.keys("s s / 7 escape j k")
        assert len(made) == 1


async def test_a_longer_filter_looks_only_at_what_the_shorter_found(tmp_path: Path) -> None:
    async with reading(many(tmp_path)) as it:
        await it.keys("/")
        await it.keys("1 9")
        found = it.library._found[1]
        assert [row.id for row in found] == ["a019", "a119", *(f"a{number}" for number in range(190, 200))]
        it.library._orders.clear()
        it.library._known.clear()  # were all looked at, they would have to be made
        await it.keys("9")
        assert it.library._known == {}
        assert "a199" in it.screen


def claimed(root: Path) -> Path:
    """An article with a claim on each of its sentences."""
    text = "A title\n\n" + "\n\n".join(f"{SENTENCE} ({number})" for number in range(CLAIMS))
    session = session_of(written(root, long=text))
    at = 0
    for _ in range(CLAIMS):
        at = text.index(SENTENCE, at + 1)
        session.do(gestures.tag(session.desk, End("long", Span(at, at + len(SENTENCE))), "fact"))
    session.close()
    return root


def rows_shown(it: Reading) -> int:
    return it.column.pane.size.height


@pytest.mark.parametrize("keys", ["j t o", "j t o u"])
async def test_a_step_looks_at_the_claims_on_the_screen_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    # What the overview shows of the rest is looked at when no key has changed anything for a while.
    async with reading(claimed(tmp_path)) as it:
        await it.keys("enter")
        while it.column.pane.overview.is_due:
            await it.pilot.pause()
        monkeypatch.setattr(article_pane, "CHANGE_SECONDS", 0)
        monkeypatch.setattr(article_pane, "CHANGE_PAUSE", 3600)
        calls = counted(monkeypatch, ui_reading, "_signs_of")
        await it.keys(keys)
        # Those of the rows, and of the stretch of the overview that these are.
        assert 0 < len(calls) <= 2 * (keys.count("o") + keys.count("u")) * (rows_shown(it) + 1)
        assert len(calls) < CLAIMS


async def test_the_next_record_after_a_change_asks_for_the_links_of_those_on_the_way_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(claimed(tmp_path)) as it:
        await it.keys("enter j t o")
        while it.column.pane.overview.is_due:
            await it.pilot.pause()
        calls = counted(monkeypatch, Session, "links_of")
        await it.keys("J")
        assert 0 < len(calls) <= 4 * (rows_shown(it) + 1)
        assert len(calls) < CLAIMS
        before = it.column.cursor
        await it.keys("3 J")
        assert it.column.cursor > before
