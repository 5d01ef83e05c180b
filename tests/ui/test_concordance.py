"""The concordance: all places of some words, in articles and records, gone to, sorted, filtered, marked, tagged."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import SCMP, Reading, controls_in, reading, search_all, seeds, written

from tui.model.records import Claim
from tui.session import concordance
from tui.session.concordance import Found
from tui.text.search import Query
from tui.ui.screens.concordance import ConcordanceScreen


def screen_of(it: Reading) -> ConcordanceScreen:
    assert isinstance(it.app.screen, ConcordanceScreen)
    return it.app.screen


def lines(it: Reading) -> list[str]:
    region = screen_of(it).list.region
    return [row for row in it.rows[region.y : region.bottom] if row]


MATCH = slice(69, 73)
"""Where the match stands in a line of 120 cells."""


def before(row: str) -> str:
    """The word before the match."""
    return row[29 : MATCH.start].split()[-1]


def after(row: str) -> str:
    return row[MATCH.stop :].split()[0]


FISH = {
    "a": "---\ntitle: First\n---\nOne fish swims here.\n\nThe fish eats bread.",
    "b": "---\ntitle: Second\n---\nNo meat at all.\n\nA red fish sleeps.",
    "c": "Nothing of the kind stands here.",
}


async def test_every_match_is_a_line_with_the_match_in_one_column(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        assert "“fish”  3 matches in 2 articles" in it.screen
        assert {row[MATCH] for row in lines(it)} == {"fish"}
        assert [after(row) for row in lines(it)] == ["swims", "eats", "sleeps."]


async def test_enter_goes_there_and_marks_the_match_and_capital_f_comes_back_to_a_new_search(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("j j enter")
        await it.found()
        assert it.statement == "A red fish sleeps."
        assert it.column.match is not None
        assert it.column.match.of(it.column.article.text) == "fish"
        assert it.last.startswith("1 of 1")
        await it.keys("F enter")
        await it.found()
        assert len(lines(it)) == 3, "the last search stands in the prompt"


async def test_the_screen_keeps_its_state_until_another_search(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("space enter")
        await it.found()
        it.app.rooms.show_concordance()
        await it.settled()
        assert "1 marked" in it.screen
        assert screen_of(it).list.cursor == 1


async def test_q_goes_back_to_where_one_was(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await it.keys("enter j")
        at = it.statement
        await search_all(it, "fish")
        await it.keys("q")
        assert it.app.screen is it.reader
        assert it.statement == at


async def test_s_sorts_by_what_follows_and_by_what_precedes_and_says_so(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("s")
        assert it.last == "sorted by what follows"
        assert [after(row) for row in lines(it)] == ["eats", "sleeps.", "swims"]
        await it.keys("s")
        assert [before(row) for row in lines(it)] == ["One", "red", "The"]
        await it.keys("s")
        assert it.last == "sorted by article"


async def test_the_filter_narrows_and_escape_goes_one_thing_back(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("space /")
        await it.type("red")
        assert len(lines(it)) == 1
        await it.keys("enter")
        assert "with “red”: 1" in it.screen
        await it.keys("escape")
        assert len(lines(it)) == 3
        assert "1 marked" in it.screen
        await it.keys("escape")
        assert "marked" not in it.rows[2]
        await it.keys("escape")
        assert screen_of(it).asked is not None


async def test_t_tags_all_marked_in_one_step_and_u_takes_it_back(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("* t f")
        await it.found()
        assert it.last == "tagged 3 claims fact, all new"
        assert {claim.exact for claim in it.claims} == {
            "One fish swims here.",
            "The fish eats bread.",
            "A red fish sleeps.",
        }
        assert all(" f " in row[:8] for row in lines(it)), "the tag's letter stands at each line"
        await it.keys("u")
        assert it.claims == []
        assert "undone: tagged 3 claims" in it.last


async def test_what_could_not_be_tagged_stays_marked(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("* t f")
        await it.found()
        assert "marked" not in it.rows[2]
        await it.keys("* t f")
        await it.found()
        assert it.last == "tagged fact already, all of it"
        assert "3 marked" in it.screen


async def test_u_typed_at_once_after_the_letter_undoes_the_tagging(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("t f u")
        await it.found()
        assert it.claims == []
        assert it.last.startswith("undone: tagged 1 claim")


async def test_a_match_in_a_claim_of_ones_own_tags_that_claim_and_keeps_its_tags(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a="He said “the red fish sleeps” and left the room.")
    async with reading(root) as it:
        await it.keys('enter v " t q q')
        await search_all(it, "fish")
        await it.keys("t f")
        await it.found()
        (claim,) = it.claims
        assert (claim.exact, claim.tags) == ("“the red fish sleeps”", ("quote", "fact"))


async def test_records_are_found_with_whose_they_are_and_gone_to(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter j t f e g")
        await it.type("The Chinese side of it")
        await it.keys("enter q")
        await search_all(it, "the chinese side")
        assert "1 match in records" in it.screen
        (row,) = lines(it)
        assert "you gist" in row
        assert row.lstrip(" ▌").startswith("›")
        assert "your claim, gist" in it.screen
        await it.keys("enter")
        await it.found()
        assert it.column.article.id == SCMP
        assert it.reader.record_of(it.reader.current) == it.claims[0]


async def test_colleagues_records_are_found_and_tagging_one_makes_a_copy_of_ones_own(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await search_all(it, "blinken")
        position = next(at for at, line in enumerate(screen_of(it).found) if isinstance(line.record, Claim))
        assert "example" in lines(it)[position]
        await it.keys(*["j"] * position, "t f")
        await it.found()
        (claim,) = it.claims
        assert claim.from_ is not None
        assert claim.from_.startswith("example/")


async def test_words_that_are_selected_stand_in_the_prompt(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await it.keys("enter v F")
        assert it.reader.prompt.field.value == "One fish swims here."
        await it.keys("enter")
        await it.found()
        assert len(lines(it)) == 1


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "xylophone")
        assert "no match in any article or record" in it.screen
        await it.keys("enter")
        assert it.last == "there is no line here"
        await it.keys("t * space s j G g g")


async def test_hostile_text_reaches_no_terminal(tmp_path: Path) -> None:
    nasty = "\x1b[31m [red]fish[/red] \u202eevil \x07 中文中文 fish 中文\u200d\u0301\x9b31m fish\r\n" * 3
    async with reading(written(tmp_path / "w", a=nasty), size=(80, 24)) as it:
        await search_all(it, "fish")
        assert controls_in(it.rows) == []
        assert len(lines(it)) >= 9
        await it.keys("G enter")
        await it.found()
        assert controls_in(it.rows) == []


async def test_many_lines_are_sorted_and_filtered_in_another_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.ui.screens.concordance_finding.AT_ONCE", 1)
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("s")
        await it.found()
        assert [after(row) for row in lines(it)] == ["eats", "sleeps.", "swims"]
        await it.keys("/")
        await it.type("second")
        await it.found()
        assert [after(row) for row in lines(it)] == ["sleeps."]


async def test_a_list_that_is_cut_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.concordance.MOST_LINES", 2)
    monkeypatch.setattr("tui.ui.screens.concordance_finding.MOST_LINES", 2)
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        assert "the first 2 matches in 1 article  more words find fewer" in it.screen
        assert len(lines(it)) == 2


async def test_a_pattern_that_takes_too_long_is_given_up_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.text.search.PATIENCE", 0.1)
    async with reading(written(tmp_path / "w", **FISH, d="a" * 5000 + "b")) as it:
        await it.keys("F ctrl+r")
        await it.type("fish|(a|aa)+c")
        await it.keys("enter")
        await it.found()
        assert "this pattern takes too long" in it.screen
        assert len(lines(it)) == 3


async def test_escape_stops_a_search_and_what_was_found_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        going_on = Event()
        search = concordance.search

        def slowly(query: Query, articles: Any, records: Any) -> Iterator[list[Found]]:
            for lines in search(query, articles, records):
                yield lines
                going_on.wait(5)

        monkeypatch.setattr(concordance, "search", slowly)
        await it.keys("F f i s h enter")
        while not screen_of(it).found:
            await it.pilot.pause(0.01)
        await it.settled()
        assert "searching … 1 of 3" in it.screen
        await it.keys("escape")
        going_on.set()
        await it.found()
        assert "stopped after 1 article" in it.screen
        assert len(lines(it)) == 2


async def test_another_search_takes_the_place_of_the_one_that_runs(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await it.keys("F f i s h enter F b r e a d enter")
        await it.found()
        assert "“bread”  1 match in 1 article" in it.screen
        assert len(lines(it)) == 1


async def test_so_many_lines_that_nobody_meant_it_are_not_tagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.ui.screens.concordance.MOST_TAGGED", 2)
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("* t")
        assert it.last == "no more than 2 matches can be tagged in one step: mark fewer"
        assert not screen_of(it).picker.is_open


async def test_shift_with_the_letter_tags_and_stays_for_another(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await search_all(it, "fish")
        await it.keys("space space t F")
        await it.found()
        await it.keys("q")
        await it.found()
        assert {claim.tags for claim in it.claims} == {("fact", "quote")}
        assert len(it.claims) == 2


async def test_a_key_draws_few_rows_however_many_lines_there_are(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement {number} has a fish in it." for number in range(3_000))
    async with reading(written(tmp_path / "w", a=text)) as it:
        await search_all(it, "fish")
        assert len(screen_of(it).shown) == 3_000
        it.watch()
        await it.keys("j")
        assert it.bytes_sent < 4096
        await it.keys("G")
        assert screen_of(it).list.cursor == 2_999
        assert "Statement 2999 has a fish" in it.screen


async def test_an_articles_memo_is_gone_to_at_its_article(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FISH)) as it:
        await it.keys("j g m")
        await it.type("A zeppelin")
        await it.keys("escape")
        await search_all(it, "zeppelin")
        assert "your article, memo" in it.screen
        await it.keys("t f")
        await it.found()
        assert "an article’s memo has none" in it.last
        await it.keys("enter")
        await it.found()
        assert it.column.article.id == "b"


async def test_all_of_it_can_be_read_at_80_by_24_and_in_little_room(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await search_all(it, "balloon")
        assert all(row[48:55] == "balloon" for row in lines(it))
        for size in ((40, 12), (20, 6), (10, 4), (200, 50)):
            await it.resize(*size)
            await it.keys("j k s t escape")
            await it.found()
        assert "by article" in it.screen or "by what" in it.screen
