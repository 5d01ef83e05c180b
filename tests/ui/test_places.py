"""Counts before motions, and the way back through the places one jumped from."""

from pathlib import Path

import pytest
from driving import NEWSWEEK, REUTERS, REWRITE, SCMP, Reading, reading, seeds, written
from textual.app import ComposeResult

from tui.ui.actions import Where
from tui.ui.screens.base import BaseScreen

PARAGRAPHS = "\n\n".join(f"Paragraph {number} begins. It goes on. It ends." for number in range(1, 61))


def long(tmp_path: Path) -> Path:
    return written(tmp_path / "w", a=f"A title\n\n{PARAGRAPHS}", b="Another title\n\nOne. Two. Three.")


async def test_a_count_before_a_motion_repeats_it(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 3 j")
        assert it.statement == "It ends."
        await it.keys("2 k")
        assert it.statement == "Paragraph 1 begins."
        await it.keys("1 0 }")
        assert it.statement == "Paragraph 11 begins."
        await it.keys("j 3 {")
        assert it.statement == "Paragraph 9 begins.", "the first step goes to the beginning of its own paragraph"
        await it.keys("0 j")
        assert it.statement == "It goes on.", "0 alone is no count"


async def test_the_count_is_shown_while_it_waits_and_escape_ends_it(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 1 2")
        assert it.last == "12 …"
        await it.keys("backspace")
        assert it.last == "1 …"
        await it.keys("g")
        assert it.last.startswith("1g …")
        await it.keys("escape j")
        assert it.statement == "Paragraph 1 begins."
        await it.keys("5 escape j")
        assert it.statement == "It goes on."
        assert "nothing" not in it.last


async def test_a_count_too_high_goes_as_far_as_there_is_at_once(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter")
        it.watch()
        await it.keys("9 9 9 9 9 9 9 9 9 j")
        assert it.statement == "It ends."
        assert it.column.cursor == 60 * 3
        assert len(it.sent) <= 12, "nine digits are shown, and one move"
        await it.keys("9 9 9 9 9 9 k")
        assert it.column.cursor == 0


async def test_pages_are_counted_too_and_scrolled_in_one_step(tmp_path: Path) -> None:
    async with reading(long(tmp_path), size=(80, 24)) as it:
        await it.keys("enter space space space")
        three = it.column.pane.scroll_target_y
        await it.keys("3 pageup")
        assert it.column.pane.scroll_target_y == 0
        await it.keys("3 space")
        assert it.column.pane.scroll_target_y == three
        await it.keys("2 ctrl+u")
        assert it.column.pane.scroll_target_y < three


@pytest.mark.parametrize("key", ["G", "g g", "home", "end"])
async def test_a_count_and_an_end_go_to_the_paragraph_of_that_number(tmp_path: Path, key: str) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 1 2", key)
        assert it.statement == "Paragraph 11 begins.", "the title is the first"
        assert it.last == "paragraph 12 of 61"
        await it.keys("9 9 9", key)
        assert it.statement == "Paragraph 60 begins."
        assert it.last == "paragraph 61 of 61"


async def test_a_count_where_it_means_nothing_is_passed_over(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 3 t f")
        assert [claim.tags for claim in it.claims] == [("fact",)]
        await it.keys("j 2 y")
        assert "copied" in it.last


async def test_a_count_undoes_and_does_again_so_many_steps(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter t f j t q j t o j t b")
        await it.keys("3 u")
        assert [claim.tags for claim in it.claims] == [("fact",)]
        assert it.last == "undone: 3 steps, the last one: tagged quote"
        await it.keys("2 ctrl+r")
        assert [claim.tags for claim in it.claims] == [("fact",), ("quote",), ("opinion",)]
        assert it.last == "done again: 2 steps, the last one: tagged opinion"
        await it.keys("9 9 u")
        assert it.claims == []
        assert it.last == "undone: 3 steps, the last one: tagged fact; there is nothing to undo"
        await it.keys("2 u")
        assert it.last == "there is nothing to undo"
        await it.keys("1 ctrl+r")
        assert it.last == "done again: tagged fact"


async def test_counts_are_for_records_and_panes_too(tmp_path: Path) -> None:
    async with reading(long(tmp_path), size=(160, 40)) as it:
        await it.keys("space j space enter")
        for _ in range(4):
            await it.keys("j t f")
        await it.keys("g g 3 J")
        assert it.column.cursor == 3
        await it.keys("9 K")
        assert it.column.cursor == 1
        await it.keys("9 J J")
        assert it.last == "this is the last record of the article"
        await it.keys("2 tab")
        assert it.column.article.id == "b"
        await it.keys("2 tab")
        assert it.column.article.id == "b"
        await it.keys("3 tab")
        assert it.last == "there is no pane 3"
        await it.keys("4 h")
        assert it.column.article.id == "a"


async def test_while_selecting_a_count_moves_the_end_further(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter j v 2 w")
        assert it.selection == "Paragraph 1 begins. It goes"
        await it.keys("3 b")
        assert it.selection == "Paragraph 1"
        await it.keys("4 l")
        assert it.selection == "Paragraph 1 beg"
        await it.keys("2 h")
        assert it.selection == "Paragraph 1 b"
        await it.keys("2 j")
        assert it.selection == "Paragraph 1 begins. It goes on."
        await it.keys("o 1 k o 2 k")
        assert it.selection == "A title"


async def test_letters_to_jump_by_and_prompts_see_no_counts(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter j t f m")
        await it.type("5 of 7")
        await it.keys("escape")
        assert it.claims[0].memo == "5 of 7"
        await it.keys("f 5")
        assert "no such letter" in it.last
        await it.keys("j")
        assert it.statement == "It goes on."


async def test_in_the_library_counts_go_by_articles(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("3 j")
        assert it.library.list.cursor == 3
        await it.keys("2 k")
        assert it.library.list.cursor == 1
        await it.keys("4 G")
        assert it.library.list.cursor == 3
        await it.keys("2 g g 9 9 j")
        assert it.library.list.cursor == 4


# --- back and forward ---


def at(it: Reading) -> tuple[str, int]:
    return it.column.article.id, it.column.cursor


def shown(it: Reading) -> object:
    return it.app.screen


async def test_back_comes_to_where_one_jumped_from_and_forward_goes_again(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter j j G")
        end = at(it)
        await it.keys("<")
        assert at(it) == ("a", 2)
        assert it.last == "back: 1 of 2"
        await it.keys("<")
        assert it.last == "this is the first place"
        await it.keys(">")
        assert at(it) == end
        assert it.last == "forward: 2 of 2"
        await it.keys("ctrl+n")
        assert it.last == "this is the last place"
        await it.keys("ctrl+o")
        assert at(it) == ("a", 2)


async def test_before_any_jump_there_is_no_way_back(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("<")
        assert it.last == "this is the first place"
        await it.keys("enter j j } <")
        assert it.last == "this is the first place", "reading on is no jump"


async def test_reading_on_after_a_jump_moves_the_place_one_comes_back_to(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 2 0 G j j g g <")
        assert at(it) == ("a", 18 * 3 + 1 + 2)
        await it.keys("k > <")
        assert at(it) == ("a", 18 * 3 + 1 + 1)
        await it.keys("<")
        assert at(it) == ("a", 0)


async def test_a_count_goes_back_several_places(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter 2 G 3 G 4 G 5 G 3 <")
        assert it.last == "back: 2 of 5"
        await it.keys("9 >")
        assert it.last == "forward: 5 of 5"


async def test_following_a_link_is_come_back_from_with_its_record(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("space j space enter j j c tab j c o")
        await it.keys("tab K")
        there = at(it)
        current = it.reader.current
        await it.keys("J enter")
        assert it.column.article.id == REWRITE
        await it.keys("<")
        assert at(it) == there
        assert it.reader.current is not None
        assert it.reader.current.id != (current.id if current else "")
        await it.keys(">")
        assert it.column.article.id == REWRITE


async def test_going_through_the_records_is_one_jump(tmp_path: Path) -> None:
    async with reading(long(tmp_path)) as it:
        await it.keys("enter", "3 j t f " * 4, "g g j J J J K <")
        assert at(it) == ("a", 1)


async def test_an_article_that_was_closed_is_opened_again(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter - j j")
        before = at(it)
        await it.keys("q j j enter")
        assert it.reader.open_now == [REUTERS]
        await it.keys("j")
        there = at(it)
        await it.keys("<")
        assert at(it) == before
        assert it.column.article.id == SCMP
        await it.keys(">")
        assert at(it) == there


async def test_another_article_in_the_pane_is_a_jump(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j j o enter")
        assert it.column.article.id == REWRITE
        await it.keys("<")
        assert at(it) == (SCMP, 2)


async def test_back_takes_back_what_a_jump_put_into_another_pane(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("space j space enter tab")
        assert it.reader.open_now == [SCMP, REWRITE]
        for _ in range(20):  # to a link that leads elsewhere
            await it.keys("J enter")
            if it.reader.picker.is_open:
                others = [choice for choice in it.reader.picker._choices if "(" in choice.label]
                await it.keys(others[0].letter if others else "escape")
            if it.reader.open_now != [SCMP, REWRITE]:
                break
        assert it.reader.open_now != [SCMP, REWRITE]
        while it.last != "this is the first place":
            await it.keys("<")
        assert it.reader.open_now == [SCMP, REWRITE]


async def test_panes_opened_since_then_stay_open(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("enter j j G +")
        two = it.reader.open_now
        await it.keys("< <")
        assert len(two) == 2
        assert it.reader.open_now == two


async def test_back_opens_again_what_was_left_for_one_article_alone(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("space j space enter j tab L g g j j enter")
        assert it.reader.open_now == [REUTERS]
        await it.keys("<")
        assert it.reader.open_now == [SCMP, REWRITE]
        assert it.column.article.id == REWRITE
        await it.keys("<")
        assert it.last == "this is the first place"
        await it.keys(">")
        assert it.reader.open_now == [REUTERS]


async def test_a_pane_that_was_closed_by_hand_stays_closed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("space j space enter G tab - <")
        assert it.reader.open_now == [SCMP]
        assert it.column.cursor == 0


async def test_a_selected_article_that_is_open_among_others_is_read_alone(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("space j space enter j L g g space enter")
        assert it.reader.open_now == [SCMP]
        assert it.column.cursor == 1, "where one was in it"
        await it.keys("<")
        assert it.reader.open_now == [SCMP, REWRITE]
        await it.keys("L g g enter")
        assert it.reader.open_now == [SCMP, REWRITE], "without a selection one goes back to it as it stands"


async def test_panes_are_not_stacked_where_fewer_would_be_seen(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("space j space enter |")
        assert it.last == "one above the other they would be too low to read: make the window higher"
        assert len(it.reader.shown_columns()) == 2


async def test_from_the_library_back_returns_to_the_text(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j G L")
        assert shown(it) is it.library
        await it.keys("<")
        assert shown(it) is it.reader
        assert it.last == "back in the text"
        assert it.statement.startswith("Chinese defence minister Li Shangfu refu")
        await it.keys("k k")
        end = at(it)
        await it.keys("L <")
        assert at(it) == end
        await it.keys("L 2 <")
        assert at(it) == (SCMP, 2)


async def test_a_letter_jumped_to_in_another_pane_is_come_back_from(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(160, 40)) as it:
        await it.keys("space j space enter j f")
        name = next(name for name, go in it.reader._jumps.items() if getattr(go, "args", (0,))[0] == 1)
        await it.keys(" ".join(name))
        assert it.column.article.id == REWRITE
        await it.keys("<")
        assert at(it) == (SCMP, 1)


class Hits(BaseScreen):
    """Stands for a screen above the Reader that leads to places."""

    WHERE = Where.LIBRARY

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.memo
        yield self.last
        yield self.prompt
        yield self.picker

    def do_open(self) -> None:
        article = self.session.articles[NEWSWEEK]
        self.variorum.rooms.show_place(NEWSWEEK, self.session.statements(article.id)[9].span)


@pytest.mark.parametrize("before", ["", "enter j j"])
async def test_a_screen_that_led_to_a_place_is_come_back_to_as_it_was(tmp_path: Path, before: str) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(before)
        hits = Hits()
        it.app.install_screen(hits, "hits")
        await it.app.push_screen(hits)
        await it.keys("enter")
        assert at(it) == (NEWSWEEK, 9)
        await it.keys("j <")
        assert shown(it) is hits
        await it.keys("enter k <")
        assert shown(it) is hits
        if before:
            await it.keys("<")
            assert shown(it) is it.reader
            assert at(it) == (SCMP, 2)
            await it.keys("2 >")
        else:
            await it.keys("<")
            assert it.last == "this is the first place"
            await it.keys(">")
        assert at(it) == (NEWSWEEK, 8)
