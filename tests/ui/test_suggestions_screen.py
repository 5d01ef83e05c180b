"""`S`: the pairs that are proposed, one at a time, decided with one key each."""

from dataclasses import replace
from pathlib import Path

import pytest
from driving import Reading, controls_in, reading, written
from suggesting import CARS, CLOSED, CLOSED_TOO, MORE_CARS, UNSAFE, bridge, conflict, propose, same, three
from teaming import comes, opened
from test_keeping import make_read_only

from tui.session import deciding
from tui.suggest.suggestion import ReasonType
from tui.ui.screens.suggestions import SuggestionsScreen


def screen_of(it: Reading) -> SuggestionsScreen:
    screen = it.app.screen
    assert isinstance(screen, SuggestionsScreen)
    return screen


async def begin(it: Reading) -> None:
    """Three pairs are proposed, and the screen is open."""
    await propose(it, three(it.session))
    await it.keys("S")


def pair(it: Reading) -> str:
    """The first side of the pair at hand."""
    here = screen_of(it).queue.here  # type: ignore[union-attr]
    return here.a.exact if here is not None else ""


# --- what is seen ---


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_both_sides_stand_in_context_with_reasons_and_how_far_one_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(bridge(tmp_path / "w"), size=size) as it:
        await begin(it)
        assert "≡ duplicate" in it.screen
        assert "0 of 3 decided" in it.screen
        assert "The old bridge was closed on" in it.screen
        assert "After cracks were found, the old" in it.screen
        assert "Bridge closed" in it.screen
        assert "News from the river" in it.screen
        assert "4,000 cars" in it.screen, "what stands around it"
        assert "why  both say “cracks were found”" in it.screen
        assert it.last.startswith("y yes  n no  space later  tab other kind")
        assert it.last.endswith("? keys")
        assert "suggestions" in it.header


async def test_wide_terminals_have_the_sides_beside_each_other_narrow_ones_one_under_the_other(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(120, 40)) as it:
        await begin(it)
        assert it.find("Bridge closed")[1] == it.find("News from the river")[1]
        await it.resize(80, 24)
        assert it.find("Bridge closed")[1] < it.find("News from the river")[1]
        await it.resize(30, 8)
        assert it.app.is_running


async def test_what_is_common_and_what_differs_is_marked_not_by_colour_alone(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        x, y = it.find("cracks were found")
        assert _style(it, x, y).underline
        x, y = it.find("Monday")
        style = _style(it, x, y)
        assert style.bold
        assert style.underline
        x, y = it.find("It carries")
        assert not _style(it, x, y).underline


def _style(it: Reading, x: int, y: int):  # type: ignore[no-untyped-def]
    at = 0
    for segment in it.app.screen._compositor.render_strips()[y]:
        at += segment.cell_length
        if at > x:
            return segment.style
    raise AssertionError


async def test_a_conflict_is_only_called_possible_and_says_of_what_kind(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j")
        assert "≠ possible conflict: number" in it.screen
        assert "why  4,000 cars a day here, 6,000 there" in it.screen


async def test_what_is_recorded_on_either_side_is_told_below(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await it.keys("enter j t f q")
        await begin(it)
        assert "fact · “The old bridge was closed" in it.rows[it.find(" left   ")[1]]


async def test_what_a_colleague_decided_is_shown_and_hides_nothing(tmp_path: Path) -> None:
    root, away = bridge(tmp_path / "w"), bridge(tmp_path / "away")
    ben = opened(away, "ben")
    ben.do(deciding.reject(ben.desk, three(ben)[0]))
    (root / "annotations").mkdir()
    comes(ben, root)
    ben.close()
    async with reading(root) as it:
        await begin(it)
        assert pair(it) == CLOSED[1]
        assert "by  ben rejected it as duplicate" in it.screen
        await it.keys("enter s")
        assert "by  ben rejected it as duplicate" in it.screen


async def test_what_an_article_says_never_obeys_in_the_terminal(tmp_path: Path) -> None:
    evil = "Ships\n\nThe ship sank \x1b]0;bad\x07 at once [bold]now[/bold]. More.\n"
    root = written(tmp_path / "w", a=evil, b=evil.replace("sank", "rose"))
    async with reading(root) as it:
        words = it.session.articles["a"].text
        statement = words[words.index("The ship") : words.index(" More.")]
        other = statement.replace("sank", "rose")
        one = conflict(it.session, ("a", statement), ("b", other), text="says \x1b[2J [red]this[/red]")
        await propose(it, [one])
        await it.keys("S")
        assert controls_in(it.rows) == []
        assert "[bold]now[/bold]" in it.screen
        assert "[red]this[/red]" in it.screen


# --- deciding ---


async def test_y_records_the_pair_in_one_step_goes_on_and_says_what_takes_it_back(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("y")
        (group,) = it.groups
        assert len(group.claims) == 2
        assert {claim.exact for claim in it.claims} == {CLOSED[1], CLOSED_TOO[1]}
        assert {claim.from_ for claim in it.claims} == {"suggestion"}
        assert "duplicate" in it.last
        assert it.last.endswith("; u takes it back")
        assert pair(it) == CARS[1]
        assert "1 of 3 decided" in it.screen
        await it.keys("u")
        assert it.groups == []
        assert it.claims == []
        assert pair(it) == CLOSED[1], "back at the pair that was undone"
        assert "0 of 3 decided" in it.screen


async def test_a_conflict_is_recorded_with_the_kinds_it_suggests(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j y")
        (link,) = it.contradictions
        assert link.kinds == ("number",)
        assert {claim.exact for claim in it.claims} == {CARS[1], MORE_CARS[1]}


async def test_n_puts_it_away_for_good_and_records_no_claim(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("n")
        assert it.last.endswith("; u takes it back")
        assert it.claims == []
        assert pair(it) == CARS[1]
        await propose(it, three(it.session))
        await it.keys("g g")
        assert pair(it) == CARS[1], "what is proposed again is not shown again"
        await it.keys("u")
        assert pair(it) == CLOSED[1]


async def test_nothing_is_recorded_where_nobody_said_yes(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j k space tab space q")
        assert it.claims == []
        assert it.groups == []
        assert not len(it.session.records)


async def test_tab_makes_a_contradiction_of_it_which_asks_of_what_kind_before_it_is_recorded(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("tab")
        assert "≠ possible conflict  proposed as duplicate" in it.screen
        await it.keys("y")
        assert "contradiction of what kind?" in it.screen
        assert it.contradictions == []
        await it.keys("escape")
        assert it.contradictions == []
        assert pair(it) == CLOSED[1]
        await it.keys("y d")
        (link,) = it.contradictions
        assert link.kinds == ("date",)
        assert pair(it) == CARS[1]
        await it.keys("u")
        assert it.contradictions == []
        assert pair(it) == CLOSED[1]


async def test_tab_twice_is_as_it_was_proposed(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j tab")
        assert "≡ duplicate  proposed as possible conflict" in it.screen
        await it.keys("tab")
        assert "≠ possible conflict: number" in it.screen
        await it.keys("tab y")
        assert it.contradictions == []
        assert len(it.groups) == 1


async def test_where_nothing_can_be_recorded_that_is_said_and_the_pairs_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = bridge(tmp_path / "w")
    make_read_only(root, monkeypatch)
    async with reading(root) as it:
        await begin(it)
        await it.keys("y")
        assert it.claims == []
        assert pair(it) == CLOSED[1]
        await it.keys("j")
        assert pair(it) == CARS[1]


# --- going through them ---


async def test_space_leaves_a_pair_for_later_and_it_comes_again_at_the_end(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("space")
        assert pair(it) == CARS[1]
        assert "left for later" in it.last
        await it.keys("n n")
        assert pair(it) == CLOSED[1]
        await it.keys("space")
        assert it.last == "this is the only pair left"


async def test_j_and_k_go_to_and_fro_without_deciding(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        for keys, words in (("2 j", UNSAFE), ("k", CARS), ("g g", CLOSED), ("G", UNSAFE), ("2 g g", CARS)):
            await it.keys(keys)
            assert pair(it) == words[1], keys
        await it.keys("G j")
        assert it.last == "this is the last pair"
        await it.keys("g g k")
        assert it.last == "this is the first pair"
        assert "0 of 3 decided" in it.screen


async def test_new_pairs_arrive_without_moving_the_one_that_is_read(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j v w")
        first, second, third = three(it.session)
        second = replace(second, score=0.2, reasons=(*second.reasons, *third.reasons))
        await propose(it, [third, first, same(it.session, UNSAFE, CLOSED_TOO), second])
        assert pair(it) == CARS[1]
        selection = screen_of(it).sides[0].selection
        assert selection is not None, "what is being selected stays too"
        await it.keys("r")
        await propose(it, [first, replace(second, score=0.1), third])
        await it.keys("y")
        assert len(it.claims[0].exact) > len(CARS[1]), "and so do the words of a side"
        await it.keys("u")
        assert pair(it) == CARS[1]
        await propose(it, [third, first, same(it.session, UNSAFE, CLOSED_TOO), second])
        await it.keys("k")
        assert pair(it) == UNSAFE[1]
        assert "of 4 decided" in it.screen


async def test_it_is_found_as_it_was_left(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j q S")
        assert pair(it) == CARS[1]


async def test_only_the_best_conflicts_are_shown_until_more_are_asked_for(tmp_path: Path) -> None:
    sentences = [f"Ship {number} carried {number + 100} men." for number in range(15)]
    root = written(tmp_path / "w", a=f"Log\n\n{' '.join(sentences)}\n", b="Tale\n\nThe ship carried 99 men.\n")
    async with reading(root) as it:
        other = ("b", "The ship carried 99 men.")
        await propose(it, [conflict(it.session, ("a", words), other) for words in sentences])
        await it.keys("S")
        await it.keys("G")
        assert pair(it) == sentences[11]
        assert "0 of 12 decided" in it.screen
        await it.keys("n " * 12)
        assert "All of these are decided. There are 3 more possible conflicts, less sure." in it.screen
        assert "+ shows them" in it.screen
        await it.keys("+")
        assert it.last == "3 more possible conflicts, less sure ones"
        assert pair(it) == sentences[12]
        assert "12 of 15 decided" in it.screen
        await it.keys("+")
        assert it.last == "there are no more possible conflicts than these"


# --- words of a side ---


async def test_v_selects_on_a_side_r_takes_it_and_y_records_just_these_words(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("v")
        assert it.last.startswith("words of the left side: r takes them")
        await it.keys("b b b b b r")
        assert it.last == "the left side is “The old bridge was closed on Monday”"
        assert it.claims == []
        await it.keys("y")
        assert {claim.exact for claim in it.claims} == {"The old bridge was closed on Monday", CLOSED_TOO[1]}


async def test_tab_while_selecting_goes_to_the_other_side_and_y_takes_both(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(80, 24)) as it:
        await begin(it)
        await it.keys("v b b b b b tab")
        assert it.last.startswith("words of the lower side")
        await it.keys("o w w w w y")
        assert {claim.exact for claim in it.claims} == {
            "The old bridge was closed on Monday",
            "the old bridge was closed on Tuesday.",
        }
        assert len(it.groups) == 1


async def test_escape_leaves_a_side_as_it_was_and_r_takes_the_whole_statements_again(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("v b b escape")
        assert screen_of(it).where.name == "SUGGESTIONS"
        await it.keys("r")
        assert it.last == "both sides are whole statements: v selects other words"
        await it.keys("v b b r r")
        assert it.last == "the whole statements again"
        await it.keys("y")
        assert {claim.exact for claim in it.claims} == {CLOSED[1], CLOSED_TOO[1]}


async def test_words_by_letter_work_as_in_the_reader(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("v f a s")
        selection = screen_of(it).sides[0].selection
        assert selection is not None
        assert selection.of(it.session.articles["a"].text) == "The old"


# --- to the Reader and back ---


@pytest.mark.parametrize("key", ["enter", "o"])
async def test_enter_opens_both_in_the_reader_and_back_leads_to_the_pair(tmp_path: Path, key: str) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("j", key)
        assert it.app.screen is it.reader
        assert it.statement == CARS[1]
        assert [column.article.id for column in it.reader.columns] == ["a", "b"]
        other = it.reader.columns[1]
        assert MORE_CARS[1] == other.statement.of(other.article.text)
        assert other.counterpart == other.statement, "it is marked as what stands beside"
        await it.keys("<")
        assert pair(it) == CARS[1]


async def test_both_sides_in_one_article_are_read_in_one_pane(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(80, 24)) as it:
        await propose(it, [conflict(it.session, CLOSED, UNSAFE, type=ReasonType.NEGATION)])
        await it.keys("S")
        await it.resize(120, 40)
        assert it.rows[it.find("Bridge closed")[1]].count("Bridge closed") == 2
        await it.keys("enter")
        assert [column.article.id for column in it.reader.columns] == ["a"]
        assert it.statement == CLOSED[1]
        assert it.column.counterpart is not None
        assert it.column.counterpart.of(it.column.article.text) == UNSAFE[1]
        await it.keys("2 j")
        assert it.column.counterpart is None


async def test_both_are_opened_where_others_were_open_and_back_takes_those_back(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(80, 24)) as it:
        await propose(it, three(it.session))
        await it.keys("G enter S enter")
        assert {column.article.id for column in it.reader.columns} == {"a", "b"}
        assert it.statement == CLOSED[1]
        await it.keys("<")
        assert pair(it) == CLOSED[1]


async def test_what_is_decided_in_the_reader_is_gone_here(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("enter d tab d S")
        assert pair(it) != CLOSED[1]


# --- filters ---


async def test_a_filter_shows_one_kind_is_named_above_and_one_key_ends_it(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("f")
        assert "possible conflicts" in it.screen
        assert "figures" in it.screen
        await it.keys("/")
        await it.type("possible")
        await it.keys("enter")
        assert pair(it) == CARS[1]
        assert "only possible conflicts, 2 left" in it.screen
        await it.keys("f /")
        await it.type("refutes")
        await it.keys("enter")
        assert pair(it) == UNSAFE[1]
        assert "only possible conflicts, one side refutes, 1 left" in it.screen
        await it.keys("a")
        assert "only" not in it.rows[2].replace("only here", "")
        assert pair(it) == UNSAFE[1]


async def test_a_filter_by_article_and_escape_ends_it(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("/ /")
        await it.type("Traffic")
        await it.keys("enter")
        assert pair(it) == UNSAFE[1]
        await it.keys("escape")
        assert "3 of" not in it.screen
        await it.keys("g g")
        assert pair(it) == CLOSED[1]


async def test_when_all_of_a_filter_are_decided_it_says_how_to_go_on(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("f /")
        await it.type("duplicates")
        await it.keys("enter n")
        assert "No pair is left" in it.screen
        assert "a shows all pairs again" in it.screen
        await it.keys("a")
        assert pair(it) == CARS[1]


# --- where there is nothing ---


async def test_when_nothing_was_found_it_says_what_one_can_do(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await it.keys("S")
        assert "Nothing was found that two statements have in common." in it.screen
        assert "= in the Reader compares any statement" in it.screen
        await it.keys("y")
        assert it.last == "there is no pair here to decide on"


async def test_when_all_are_decided_it_says_so(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.keys("n y n")
        assert "All pairs are decided." in it.screen
        assert "u takes the last decision back" in it.screen
        await it.keys("u")
        assert pair(it) == UNSAFE[1]


async def test_one_article_alone_has_no_pairs(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Alone\n\nNobody else was there.\n")) as it:
        await it.keys("S")
        assert "there is only one here" in it.screen


async def test_while_the_articles_are_read_it_says_how_far_that_is(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        it.app.proposing.is_reading, it.app.proposing.status = True, "reading 1 of 3 articles"
        await it.keys("S")
        assert "reading 1 of 3 articles" in it.screen
        assert "pairs appear here as they are found" in it.screen
        await propose(it, three(it.session))
        assert pair(it) == CLOSED[1]
        assert "reading 1 of 3 articles" in it.screen


# --- mouse ---


async def test_a_drag_selects_words_of_a_side_and_y_takes_them(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        x, y = it.find("The old bridge was closed")
        await it.drag((x + 4, y), (x + 13, y))
        await it.keys("y")
        assert {claim.exact for claim in it.claims} == {"old bridge", CLOSED_TOO[1]}


async def test_clicks_do_what_keys_do(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        await begin(it)
        await it.click(*it.find("≡ duplicate"))
        assert "proposed as duplicate" in it.screen
        await it.click(*it.find("proposed as"))
        await it.click(*it.find("n no"))
        assert pair(it) == CARS[1]
        await it.keys("tab tab")  # what was said goes with the next key
        await it.click(*it.find("u undo"))
        assert pair(it) == CLOSED[1]
        await it.click(*it.find("Bridge closed"))
        assert it.app.screen is it.reader
        assert it.statement == CLOSED[1]
