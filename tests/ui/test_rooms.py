"""Going from screen to screen, with counts and keys that mean something in each, and articles that change meanwhile."""

from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import cast

import pytest
from driving import Reading, reading, said, search_all, session_of, until, written

from tui.ui.actions import ACTIONS, COUNTED, Action, Where, put_in_force
from tui.ui.app import VariorumApp
from tui.ui.screens.comparison import ComparisonScreen
from tui.ui.screens.concordance import ConcordanceScreen
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen
from tui.ui.screens.suggestions import SuggestionsScreen
from tui.ui.signs import SIGNS

MODES = {Where.READER: (Where.SELECTING, Where.BESIDE), Where.SUGGESTIONS: (Where.SELECTING, Where.SPAN)}
"""The places that a screen is in for a while."""
SCREENS = (LibraryScreen, ReaderScreen, ConcordanceScreen, ComparisonScreen, SuggestionsScreen)
TALKS = {
    "a": "The talks began in Geneva on Monday.\n\nNine ships sailed to Lima.\n\nNobody came to the harbour.",
    "b": "A first line.\n\nThe talks began in Geneva on Tuesday, it was said.\n\nTen ships sailed to Lima.",
    "c": "Nothing of the kind stands here.\n\nThe talks in Geneva began late.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "w", **TALKS)


async def test_a_count_moves_so_many_lines_of_the_concordance(root: Path) -> None:
    async with reading(root) as it:
        await search_all(it, "the")
        screen = it.app.screen
        assert isinstance(screen, ConcordanceScreen)
        for keys, line in (
            ("3 j", 3),
            ("2 k", 1),
            ("3 g g", 2),
            ("2 G", 1),
            ("G", 4),
            ("2 pageup", 0),
            ("9 ctrl+d", 4),
        ):
            await it.keys(keys)
            assert screen.list.cursor == line, keys


async def test_a_count_moves_so_many_articles_of_the_comparison(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        screen = it.app.screen
        assert isinstance(screen, ComparisonScreen)
        for keys, entry in (
            ("2 j", 1),
            ("5 k", 0),
            ("2 g g", 1),
            ("1 G", 0),
            ("G", 1),
            ("2 pageup", 0),
            ("3 space", 1),
        ):
            await it.keys(keys)
            assert screen.entries.cursor == entry, keys


async def test_going_back_to_a_screen_that_lies_below_takes_away_what_is_above(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        await it.keys("enter <")
        assert isinstance(it.app.screen, ComparisonScreen)
        await search_all(it, "ships")
        await it.keys("<")
        assert isinstance(it.app.screen, ComparisonScreen)
        assert len(it.app.screen_stack) == len(set(it.app.screen_stack))
        await it.keys("q")
        assert it.app.screen_stack[-1] == it.reader


async def test_a_comparison_is_made_anew_when_the_article_it_began_in_changed(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        await it.keys("q")
        file = root / "seeds" / "a.txt"
        file.write_text(f"Corrected, with many more words than before.\n\n{file.read_text()}")
        await it.keys("g r")
        await said(it, "read anew from disk")
        await it.keys("enter =")
        await it.found()
        screen = it.app.screen
        assert isinstance(screen, ComparisonScreen)
        assert screen.sheet is not None
        reference = screen.sheet.reference
        assert reference.span.of(it.session.articles["a"].text) == "The talks began in Geneva on Monday."


async def test_nothing_is_linked_at_places_of_an_old_text(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        file = root / "seeds" / "c.txt"
        file.write_text(f"Corrected, with many more words than before.\n\n{file.read_text()}")
        it.app.outside.reread([it.session.articles["c"]])
        await said(it, "read anew from disk")
        await it.found()
        await it.keys("d")
        (group,) = it.groups
        words = {claim.exact for claim in it.claims}
        assert words == {
            "The talks began in Geneva on Monday.",
            "The talks in Geneva began late.",
        }, group


async def test_a_comparison_whose_own_words_are_gone_goes_on_from_what_stands_there_now(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        (root / "seeds" / "a.txt").write_text("The ships sailed to Lima.")
        it.app.outside.reread([it.session.articles["a"]])
        await said(it, "read anew from disk")
        await it.found()
        await it.keys("g g c")
        assert {claim.exact for claim in it.claims} == {"The ships sailed to Lima.", "Ten ships sailed to Lima."}


async def test_a_line_found_in_an_old_text_is_not_gone_to(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter")
        await search_all(it, "harbour")
        (root / "seeds" / "a.txt").write_text("Short.")
        it.app.outside.reread([it.session.articles["a"]])
        await said(it, "read anew from disk")
        await it.keys("enter")
        await it.found()
        assert "changed since" in it.last
        assert isinstance(it.app.screen, ConcordanceScreen)


@pytest.mark.parametrize("keys", ["/", "w", "t", "v w", "f", "c", "/ h a", "e w"])
async def test_what_is_being_typed_about_an_old_text_ends_when_it_is_read_anew(root: Path, keys: str) -> None:
    async with reading(root) as it:
        await it.keys("enter j j")
        (root / "seeds" / "a.txt").write_text("Short.")
        it.app.outside.reread([it.session.articles["a"]])
        await it.keys(keys)
        await until(lambda: it.column.article.text == "Short.", "the new text")
        await it.keys("a escape escape")
        await it.found()
        assert it.statement == "Short."
        assert all(claim.exact in "Short." for claim in it.claims)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_done_by_each_screen_it_belongs_to_and_takes_the_counts_it_is_given(action: Action) -> None:
    for screen in SCREENS:
        if action.where in (screen.WHERE, Where.EVERYWHERE, *MODES.get(screen.WHERE, ())):
            done = signature(getattr(screen, f"do_{action.id}"))
            done.bind(None, *((3,) if action.id in COUNTED else ()))


async def test_nothing_of_one_session_is_shown_in_the_next(root: Path, tmp_path: Path) -> None:
    other = session_of(written(tmp_path / "other", lima="Talks in Lima\n\nNobody came."))
    try:
        async with reading(root) as it:
            await it.keys("enter =")
            await it.found()
            await it.keys("q")
            await search_all(it, "talks")
            await it.app._opened(other)
            await it.settled()
            concordance = it.app.rooms.show_concordance()
            await it.settled()
            assert concordance.found == []
            assert "Geneva" not in it.screen
            await it.keys("q enter =")
            await it.found()
            assert "Talks in Lima" in it.screen
    finally:
        other.close()


async def test_where_no_article_has_anything_like_it_the_cursor_is_at_the_article_that_keys_mean(
    tmp_path: Path,
) -> None:
    root = written(tmp_path / "w", a="Talks began.", b="Nine ships.", c="Red fish.", d="No bread.")
    async with reading(root) as it:
        await it.keys("enter =")
        await it.found()
        screen = it.app.screen
        assert isinstance(screen, ComparisonScreen)
        assert "no other article has anything like it" in it.screen
        met = []
        for key in ("g g", "j", "j", "j"):
            await it.keys(key)
            here = screen.article_here().id
            marked = [row.split()[-1] for row in it.rows if row.strip().startswith(SIGNS.bar)]
            assert marked[-1] == here, it.screen
            met.append(here)
        assert met == ["b", "c", "d", "d"]


async def test_a_record_whose_article_is_gone_is_found_but_not_gone_to(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter t f e g")
        await it.type("ferry")
        await it.keys("enter")
        await it.saved()
    (root / "seeds" / "a.txt").unlink()
    async with reading(root) as it:
        await search_all(it, "ferry")
        await it.keys("enter")
        await it.settled()
        assert it.last == "its article, a, is not in this workspace: it can't be shown"
        assert isinstance(it.app.screen, ConcordanceScreen)


async def test_a_sentence_that_is_too_long_for_the_last_line_is_shown_in_rows_on_every_screen(root: Path) -> None:
    async with reading(root, size=(60, 24)) as it:
        for keys in ("", "enter", "=", "q F t a l k s enter"):
            await it.keys(keys)
            await it.found()
            it.app.say("this is what went wrong, " * 5 + "the end")
            await it.settled()
            assert "the end" in it.screen, type(it.app.screen).__name__
            await it.keys("j")
            assert "the end" not in it.screen


async def test_a_waiting_end_whose_claim_was_undone_is_the_words_it_stood_at(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter t f c u j c")
        await it.settled()
        assert len(it.contradictions) == 1, it.last
        assert {claim.exact for claim in it.claims} == {
            "The talks began in Geneva on Monday.",
            "Nine ships sailed to Lima.",
        }


async def test_while_matches_are_marked_the_last_line_names_the_readers_own_keys(root: Path) -> None:
    table = tuple(replace(action, keys=("f5",)) if action.id == "next_match" else action for action in ACTIONS)
    try:
        session = session_of(root)
        async with VariorumApp(session, keys=table).run_test(size=(120, 40)) as pilot:
            it = Reading(cast(VariorumApp, pilot.app), pilot, session)
            await it.keys("enter / s h i p enter")
            await it.found()
            assert "1 of 1  “ship”   f5 next  N previous  esc end" in it.last
    finally:
        session.close()
        put_in_force(ACTIONS)


async def test_the_reading_state_of_a_session_that_was_left_is_not_written_again(root: Path, tmp_path: Path) -> None:
    other = session_of(written(tmp_path / "other", lima="Talks in Lima\n\nNobody came."))
    try:
        async with reading(root) as it:
            await it.keys("enter t f j")
            await it.saved()
            left = it.app.keeper
            await it.app._opened(other)
            (file,) = (root / ".variorum" / "reading").iterdir()
            before = file.read_bytes()
            left._keep_soon()
            await it.found()
            assert file.read_bytes() == before
    finally:
        other.close()


async def test_marked_matches_and_following_are_the_readers_and_are_not_spoken_of_elsewhere(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter + / s h i p enter g a")
        await it.found()
        assert "1 of 1" in it.last
        await it.keys("q / l i m a enter")
        await it.settled()
        assert "1 of 1" not in it.last
        assert "following" not in it.last
        await it.keys("escape")
        assert "nothing was linked" not in it.last
        await search_all(it, "ship")
        await it.keys("enter")
        await it.found()
        await it.keys("< space")
        assert isinstance(it.app.screen, ConcordanceScreen)
        assert "1 of 1" not in it.last
        await it.keys("escape")
        assert "nothing was linked" not in it.last
        assert it.app.screen.marked == set()


async def test_the_mouse_selects_nothing_from_a_place_of_an_old_text(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter")
        await it.pilot.mouse_down(offset=it.find("harbour"))
        (root / "seeds" / "a.txt").write_text("Short.")
        it.app.outside.reread([it.session.articles["a"]])
        await said(it, "read anew from disk")
        x, y = it.find("Short.")
        await it.pilot.hover(offset=(x + 2, y))
        await it.pilot.mouse_up(offset=(x + 2, y))
        assert it.selection is None


async def test_the_way_back_leads_to_the_same_words_after_an_article_was_read_anew(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter j G g g")
        file = root / "seeds" / "a.txt"
        file.write_text(f"A new first line.\n\nAnd another one.\n\n{file.read_text()}")
        await it.keys("g r")
        await said(it, "read anew from disk")
        await it.keys("<")
        assert it.statement == "Nobody came to the harbour."
        await it.keys("<")
        assert it.statement == "Nine ships sailed to Lima."
