"""Suggestions in the Reader: a quiet sign, from one to the next, and beside the text."""

from pathlib import Path

import pytest
from driving import Reading, reading
from suggesting import CARS, CLOSED, CLOSED_TOO, MORE_CARS, SAFE, UNSAFE, bridge, propose, same, three

from tui.ui.screens.suggestions import SuggestionsScreen


async def begin(it: Reading, keys: str = "enter") -> None:
    await propose(it, three(it.session))
    await it.keys(keys)


def gutter(it: Reading, words: str) -> str:
    """What stands before the row of these words."""
    x, y = it.find(words)
    return it.rows[y][:x].strip("▌| ")


# --- the sign ---


async def test_a_statement_with_a_suggestion_has_a_quiet_sign_until_all_is_decided(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it, "j j enter")
        assert gutter(it, SAFE[1]) == "?"
        await it.keys(") s n escape")
        assert gutter(it, SAFE[1]) == ""
        await it.keys("u")
        assert gutter(it, SAFE[1]) == "?"


async def test_the_sign_stands_after_those_of_records_and_gives_way_to_them(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(120, 40)) as it:
        await begin(it)
        await it.keys("j t f")
        assert gutter(it, CLOSED[1][:30]) == "f?"
        assert gutter(it, CLOSED[1][:30]) == "f?"


async def test_signs_arrive_in_what_is_being_read_without_moving_it(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await it.keys("enter j")
        before = it.statement
        rows = it.rows
        await propose(it, three(it.session))
        assert it.statement == before
        changed = [(old, new) for old, new in zip(rows, it.rows, strict=True) if old != new]
        assert changed
        assert all(new.replace("?", " ").split() == old.split() for old, new in changed)


# --- from one to the next ---


async def test_parentheses_go_to_the_next_statement_with_a_suggestion_and_back(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        for keys, words in ((")", CLOSED), (")", CARS), ("(", CLOSED), ("2 )", UNSAFE), ("9 (", CLOSED)):
            await it.keys(keys)
            assert it.statement == words[1], keys
        await it.keys("(")
        assert it.last.startswith("nothing is suggested further up in this article")
        await it.keys("9 ) )")
        assert it.last == "nothing is suggested further down in this article: S shows all pairs"
        await it.keys("<")
        assert it.statement == "Bridge closed", "all these steps are one jump"


# --- beside the text ---


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_s_shows_what_is_suggested_of_the_statement_beside_the_text(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(bridge(tmp_path / "w"), size=size) as it:
        await begin(it)
        await it.keys(") s")
        assert it.app.screen is it.reader
        assert it.statement == CLOSED[1]
        shown = "\n".join(it.strip)
        assert "≡ duplicate" in shown
        assert CLOSED_TOO[1] in shown
        assert "both say “cracks were found”" in shown
        assert it.last.startswith("y yes  n no")
        await it.keys("escape")
        assert CLOSED_TOO[1] not in it.screen
        assert it.last.startswith("t tag")


async def test_below_what_is_recorded_the_strip_says_that_something_is_suggested_here(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        assert "suggestion" not in "".join(it.strip)
        await it.keys(")")
        assert it.strip == [" ? 1 suggestion: s shows it"]
        await it.keys("t f")
        assert it.strip[0].lstrip(" ›").startswith("fact")
        assert it.strip[1] == " ? 1 suggestion: s shows it"
        await it.click(5, it.find("1 suggestion: s shows it")[1])
        assert "1 of 1 suggested" in it.screen
        await it.click(*it.find(CLOSED_TOO[1]))
        assert it.statement == CLOSED_TOO[1], "a click there goes there, as in the strip"


async def test_where_nothing_is_suggested_s_says_where_something_is(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("s")
        assert it.last.startswith("nothing is suggested here: ) goes to the next statement")


async def test_it_follows_the_cursor(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys(") s j")
        assert MORE_CARS[1] in "\n".join(it.strip)
        await it.keys(")")
        assert SAFE[1] in "\n".join(it.strip)
        await it.keys("j")
        assert "nothing is suggested here" in "\n".join(it.strip)


async def test_y_records_what_is_shown_without_leaving_the_text(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys(") s y")
        assert len(it.groups) == 1
        assert {claim.exact for claim in it.claims} == {CLOSED[1], CLOSED_TOO[1]}
        assert it.last.endswith("; u takes it back")
        assert it.app.screen is it.reader
        assert it.statement == CLOSED[1]
        await it.keys("u")
        assert it.groups == []
        assert "≡ duplicate" in "\n".join(it.strip)


async def test_n_puts_it_away_and_outside_the_strip_y_and_n_mean_what_they_always_do(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys(") s n")
        assert it.claims == []
        assert "nothing is suggested here" in "\n".join(it.strip)
        await it.keys("escape ) y")
        assert it.groups == []
        assert it.contradictions == []
        assert "copied" in it.last


async def test_s_goes_through_several_and_after_the_last_closes(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        pairs = [*three(it.session), same(it.session, CLOSED, ("c", "The old bridge is closed."))]
        await propose(it, pairs)
        await it.keys("enter ) s")
        assert "1 of 2 suggested" in it.screen
        await it.keys("s")
        assert "2 of 2 suggested" in it.screen
        assert "The old bridge is closed." in "\n".join(it.strip)
        await it.keys("s")
        assert "suggested" not in it.screen


async def test_enter_goes_to_the_other_statement_and_i_shows_the_record_instead(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys(") s enter")
        assert it.statement == CLOSED_TOO[1]
        assert CLOSED[1] in "\n".join(it.strip), "and shows the first one beside it"
        await it.keys("i")
        assert "suggested" not in it.screen
        assert it.last.startswith("t tag")


async def test_capital_s_goes_on_with_the_pair_that_is_shown(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("2 ) s S")
        screen = it.app.screen
        assert isinstance(screen, SuggestionsScreen)
        assert screen.queue is not None
        assert screen.queue.here is not None
        assert screen.queue.here.a.exact == CARS[1]
        await it.keys("q")
        assert it.app.screen is it.reader


async def test_selecting_and_linking_work_while_it_is_shown(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys(") s v b t f")
        assert [claim.tags for claim in it.claims] == [("fact",)]
        await it.keys("escape")
        assert it.reader.is_beside is False
