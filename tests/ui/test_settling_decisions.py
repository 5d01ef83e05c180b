"""Two desks that decided on one pair in two ways: the screen, the list and the Reader lead to it, one key settles."""

from dataclasses import replace
from pathlib import Path

import pytest
from driving import REUTERS, SCMP, controls_in, reading, seeds, session_of
from teaming import place_of

from tui.exchange.conflicts import conflict
from tui.model.changes import Change
from tui.model.records import Decision, Passage, SuggestionKind, Verdict
from tui.session.gestures import Gesture

AVOIDANCE = "absolute prevention and avoidance"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A decision with two verdicts, as a merge of two desks leaves it."""
    root = seeds(tmp_path / "w", example=True)
    session = session_of(root)
    a = place_of(session, SCMP, AVOIDANCE)
    there = session.articles[REUTERS].text
    words = there[there.index("Blinken") :].split(".")[0]
    start = there.index(words)
    b = place_of(session, REUTERS, words)
    first, second = sorted(
        (Passage(SCMP, a.span, AVOIDANCE), Passage(REUTERS, replace(b.span, start=start), words)),
        key=lambda side: (side.article, side.span),
    )
    made = Decision(
        id="s00000000000a",
        annotator="ada",
        kind=SuggestionKind.DUPLICATE,
        verdict=Verdict.ACCEPTED,
        a=first,
        b=second,
        created="2026-11-21T20:00:00Z",
        conflicts=(conflict("verdict", None, "accepted", "rejected").plain,),
    )
    session.do(Gesture("merged", (Change(None, made),)))
    session.flush()
    session.close()
    return root


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_verdicts_are_before_ones_eyes_and_one_key_settles_them(root: Path, size: tuple[int, int]) -> None:
    async with reading(root, size=size) as it:
        await it.keys("!")
        assert "verdict of a decision" in it.screen
        assert "whether they are a duplicate:" in it.screen
        assert "1 of 1" in it.screen
        assert it.last.startswith("o ours  t theirs  ")
        assert not any(hint in it.last for hint in ("b base", "e edit", "s as it stands")), "what does nothing here"
        assert AVOIDANCE in it.screen
        rows = it.screen
        assert rows.index("o  ours") < rows.index("accepted") < rows.index("t  theirs") < rows.index("rejected")
        assert not controls_in(it.rows)
        # Before both there was no decision, and none is offered.
        await it.keys("b")
        assert it.last == "verdict: a record can't be without it"
        await it.keys("e")
        assert "take one of the versions" in it.last
        await it.keys("t")
        (decision,) = it.session.records.decisions()
        assert (decision.verdict, decision.conflicts) == (Verdict.REJECTED, ())
        assert it.last == "verdict settled: theirs; nothing more to settle"
        await it.keys("u")
        assert len(it.session.disputes) == 1


async def test_the_reader_and_the_list_of_what_is_open_lead_to_it(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter g !")
        assert "conflict · verdict · decision on" in it.screen
        await it.keys("enter")
        assert "verdict of a decision" in it.screen
        await it.keys("enter")
        assert it.app.screen is it.reader
        await it.keys("g o")
        assert "verdict of a decision" in it.screen
