"""Searching in an article: found while typed, marked, stepped through, and back with escape."""

from pathlib import Path

import pytest
from driving import Reading, reading, seeds, written
from textual.color import Color
from textual.theme import Theme

from tui.ui.contrast import contrast
from tui.ui.palette import Look, Palette
from tui.ui.themes import DARK, LIGHT


def marked(it: Reading) -> list[str]:
    """The words of all matches."""
    text, matches = it.column.article.text, it.column.matches
    return [] if matches is None else [matches.span(at).of(text) for at in range(len(matches))]


async def search(it: Reading, words: str) -> None:
    await it.keys("/")
    await it.type(words)
    await it.found()


async def test_the_pane_goes_to_the_first_match_while_it_is_typed_and_says_how_many_there_are(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await search(it, "ball")
        assert "balloon" in it.statement
        assert it.screen.count("1 of ") == 1
        await it.keys("enter")
        assert "balloon" in it.statement
        assert it.last.startswith(f"1 of {len(marked(it))}  “ball”")
        assert set(marked(it)) == {"ball"}


async def test_escape_brings_back_exactly_where_one_was(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j j v w")
        before = (it.statement, it.selection, it.column.pane.scroll_offset)
        await search(it, "yuan")
        await it.keys("backspace backspace backspace backspace")
        await it.type("taiwan")
        await it.found()
        assert it.statement != before[0]
        await it.keys("escape")
        assert (it.statement, it.selection, it.column.pane.scroll_offset) == before
        assert it.column.matches is None
        assert it.column.match is None


async def test_n_and_capital_n_go_round_and_say_so(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a="One fish. Two fish.\n\ntop of page\n\nThree fish swim.")
    async with reading(root) as it:
        await it.keys("enter")
        await search(it, "fish")
        await it.keys("enter n")
        assert it.last.startswith("2 of 3")
        await it.keys("n n")
        assert it.last == "1 of 3, from the beginning again"
        await it.keys("N")
        assert it.last == "3 of 3, from the end again"
        assert it.statement == "Three fish swim."


async def test_keys_typed_in_one_burst_do_what_they_say(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a="One fish swims.\n\nTwo fish swim.\n\nThree fish swim.")
    async with reading(root) as it:
        await it.keys("enter / f i s h enter n n t f")
        assert [claim.exact for claim in it.claims] == ["Three fish swim."]
        await it.keys("escape escape N t q")
        assert [claim.exact for claim in it.claims] == ["Three fish swim.", "Two fish swim."]


async def test_a_match_in_debris_is_gone_to(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="A headline here\n\nOne.\n\nLeave a Comment\n\nTwo.")) as it:
        await it.keys("enter")
        await search(it, "leave a")
        await it.keys("enter")
        assert it.statement == "Leave a Comment"


async def test_escape_ends_the_marking_and_n_takes_the_last_search_up_again(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await search(it, "military")
        await it.keys("enter escape")
        assert marked(it) == []
        assert not it.last.startswith("1 of")
        await it.keys("n")
        await it.found()
        assert "military" in it.statement.casefold()
        assert it.last.startswith("2 of")


async def test_enter_on_the_empty_prompt_goes_on_with_the_last_search(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a="One fish swims.\n\nTwo fish swim.\n\nThree fish swim.")
    async with reading(root) as it:
        await it.keys("enter")
        await search(it, "fish")
        await it.keys("enter / enter")
        await it.found()
        assert it.statement == "Two fish swim."


async def test_what_is_nowhere_is_said_and_nothing_moves(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j")
        before = it.statement
        await search(it, "xylophone")
        assert "“xylophone” is nowhere in this article" in it.screen
        await it.keys("enter")
        assert it.reader.prompt.is_open, "it can be corrected"
        assert "correct it, or escape" in it.screen
        await it.keys("escape")
        assert it.statement == before


async def test_n_without_any_search_says_how_to_search(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter n")
        assert it.last == "nothing was searched for yet: / searches in this article"
        await it.keys("/ enter")
        assert "nothing was searched for yet" in it.screen


async def test_ctrl_r_in_the_prompt_makes_it_a_regular_expression_and_what_is_wrong_is_said(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="In 2023 and 2021. Not (20.")) as it:
        await it.keys("enter")
        await search(it, "(20")
        assert marked(it) == ["(20"]
        await it.keys("ctrl+r")
        assert "this is no regular expression: missing )" in it.screen
        assert it.column.matches is None
        await it.type("..)")
        await it.found()
        assert marked(it) == ["2023", "2021"]
        await it.keys("enter")
        assert it.last.startswith("1 of 2")


async def test_a_pattern_without_end_is_given_up_and_keys_still_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.text.search.PATIENCE", 0.2)
    async with reading(written(tmp_path / "w", a="a" * 5000 + "b. Two.")) as it:
        await it.keys("enter / ctrl+r")
        await it.type("(a|aa)+c")
        await it.found()
        assert "this pattern takes too long" in it.screen
        await it.keys("escape")
        assert not it.reader.prompt.is_open


async def test_up_in_the_prompt_gives_earlier_searches_and_down_what_was_typed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        for words in ("military", "balloon"):
            await search(it, words)
            await it.keys("enter")
        await it.keys("/ x up up")
        assert it.reader.prompt.field.value == "military"
        await it.keys("up down down")
        assert it.reader.prompt.field.value == "x"
        await it.keys("escape")


async def test_another_pane_is_searched_on_its_own(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter")
        await search(it, "blinken")
        await it.keys("enter tab n")
        await it.found()
        assert it.reader.columns[0].matches is None
        assert "Blinken" in it.statement


async def test_what_was_searched_in_is_forgotten_with_the_article(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await search(it, "blinken")
        await it.keys("enter o a")
        assert it.column.matches is None
        await it.keys("n")
        await it.found()
        assert {word.casefold() for word in marked(it)} <= {"blinken"}
        text, match = it.column.article.text, it.column.match
        assert match is not None
        assert match.of(text) == "Blinken"


async def test_the_last_line_of_a_waiting_link_also_says_which_match_one_is_at(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("enter c")
        await search(it, "blinken")
        await it.keys("enter n")
        assert it.last.startswith("contradiction: go to the other statement")
        assert it.last.endswith(f"2 of {len(marked(it))}")
        await it.keys("escape escape")
        assert it.column.matches is None


async def test_matches_are_told_apart_from_other_text_and_the_one_at_hand_from_the_others(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="One fish swims.\n\nTwo fish swim.")) as it:
        await it.keys("enter")
        await search(it, "fish")
        await it.keys("enter")
        pane, text = it.column.pane, it.column.article.text
        looks = [look for a, b, look in pane._pieces(0, len(text)) if text[a:b] == "fish"]
        assert [(look.found, look.at_hand) for look in looks] == [(True, True), (True, False)]


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_found_has_an_attribute_beside_its_colour(plain: bool) -> None:
    palette = Palette({**DARK.to_color_system().generate(), **DARK.variables}, plain=plain)
    other, found_look, at_hand = palette.text(Look()), palette.text(Look(found=True)), palette.text(Look(at_hand=True))
    assert not other.bold
    assert found_look.bold
    assert at_hand.bold
    if plain:
        assert at_hand.reverse
        assert not found_look.reverse
    else:
        assert len({style.bgcolor for style in (other, found_look, at_hand)}) == 3


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("debris", [False, True])
def test_what_is_found_can_be_read(theme: Theme, debris: bool) -> None:
    palette = Palette({**theme.to_color_system().generate(), **theme.variables}, plain=False)
    for look in (Look(found=True, debris=debris), Look(found=True, at_hand=True, debris=debris)):
        style = palette.text(look)
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= 4.5


async def test_a_step_to_a_match_on_the_screen_draws_few_rows(tmp_path: Path) -> None:
    text = "\n\n".join(f"Statement {number} has a fish in it." for number in range(30))
    async with reading(written(tmp_path / "w", a=text)) as it:
        await it.keys("enter")
        await search(it, "fish")
        await it.keys("enter n n")
        drawn = it.count_rows()
        it.watch()
        await it.keys("n")
        assert len(drawn) <= 6
        assert it.bytes_sent < 4096


async def test_a_click_while_typing_ends_the_search(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await search(it, "blinken")
        await it.click(*it.find("increased arms sales"))
        assert not it.reader.prompt.is_open
        assert it.column.matches is None
        assert "Taiwan" in it.statement


async def test_keys_meant_for_a_match_that_there_is_not_do_nothing(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter / x q z enter t f")
        await it.found()
        assert "is nowhere in this article" in it.screen
        await it.keys("escape")
        assert it.claims == []


async def test_while_selecting_the_selection_reaches_to_the_match(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="One fish swims far.\n\nTwo fish swim here.")) as it:
        await it.keys("enter v")
        await search(it, "fish")
        await it.keys("enter")
        assert it.selection == "One fish"
        await it.keys("n")
        assert it.selection == "One fish swims far.\n\nTwo fish"
        await it.keys("N t f")
        assert [claim.exact for claim in it.claims] == ["One fish"]


@pytest.mark.parametrize(("begin", "hint"), [("v", "w word"), ("f", "a letter goes there")])
async def test_the_keys_of_a_mode_show_while_matches_are_marked(tmp_path: Path, begin: str, hint: str) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        await search(it, "chapter")
        await it.keys("enter")
        assert it.last.startswith("1 of 1  “chapter”")
        await it.keys(begin)
        assert hint in it.last
        await it.keys("escape")
        assert it.last.startswith("1 of 1  “chapter”"), "the search is marked still"


async def test_the_keys_of_selecting_show_while_other_panes_follow(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("space j space enter j j g a")
        await it.found()
        await it.keys("j")
        await it.found()
        assert "following" in it.last
        await it.keys("v")
        assert "w word" in it.last
