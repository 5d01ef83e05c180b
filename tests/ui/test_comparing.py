"""`=`: the claim as each article tells it, one under the other."""

from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from driving import Reading, controls_in, reading, seeds, written
from test_aligning import found

from tui.session.comparing import Anchor
from tui.session.comparison_sheet import Sheet
from tui.suggest.comparison import Kind, Weight
from tui.ui.screens.comparison import ComparisonScreen
from tui.ui.signs import SIGNS
from tui.ui.widgets.comparison_view import style_of

FERRY = {
    "a": "Ferry lost\n\nThe ferry carried 250 people to the island. Its captain had warned of the storm.\n",
    "b": "News of the day\n\nIt was calm. On the ferry to the island were 260 people. Fish is dear.\n",
    "c": "Evening news\n\nReportedly the ferry carried 250 people to the island. Nobody was on the ferry, he said.\n",
    "d": "Museum closed\n\nThe museum is shut.\n",
}


async def open_comparison(it: Reading, *keys: str) -> ComparisonScreen:
    await it.keys(*keys, "=")
    await found(it)
    screen = it.app.screen
    assert isinstance(screen, ComparisonScreen)
    return screen


def row_of(it: Reading, words: str) -> str:
    return it.rows[it.find(words)[1]]


async def test_it_shows_each_articles_counterpart_how_it_was_found_and_what_differs(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(80, 30)) as it:
        await open_comparison(it, "enter j")
        assert "reference" in row_of(it, "Ferry lost")
        assert "similar 0." in row_of(it, "News of the day")
        assert "figure 250 ≠ 260" in it.screen
        assert "certainty stated ≠ Reportedly" in it.screen
        assert "nothing like it  Museum closed" in it.screen
        assert "comparing The ferry carried 250" in it.header


async def test_back_is_where_one_was_by_any_of_its_keys(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await it.keys("enter j")
        for key in ("q", "escape", "="):
            await open_comparison(it)
            await it.keys(key)
            assert it.app.screen is it.reader
            assert it.statement == "The ferry carried 250 people to the island."


async def test_enter_goes_to_the_counterpart_in_the_reader(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await open_comparison(it, "enter j")
        await it.keys("j enter")
        assert it.app.screen is it.reader
        assert it.statement in ("On the ferry to the island were 260 people.", "Fish is dear.")
        assert it.column.article.id == "b"


async def test_d_links_with_the_reference_in_one_step_and_the_row_says_so_in_place(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        screen = await open_comparison(it, "enter j")
        order = [entry.article for entry in screen._shown()]
        await it.keys("j d")
        assert it.last == "duplicate recorded"
        (group,) = it.groups
        assert {claim.exact for claim in it.claims} == {
            "The ferry carried 250 people to the island.",
            "On the ferry to the island were 260 people.",
        }
        assert "≡a linked" in row_of(it, "News of the day")
        assert [entry.article for entry in screen._shown()] == order, "nothing moves"
        assert len(group.claims) == 2
        await it.keys("u")
        assert it.groups == []
        assert it.claims == []
        assert "similar" in row_of(it, "News of the day")


async def test_c_asks_of_what_kind_and_escape_leaves_it_open(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await open_comparison(it, "enter j")
        await it.keys("c")
        assert "contradiction of what kind?" in it.screen
        await it.keys("n")
        (link,) = it.contradictions
        assert link.kinds == ("number",)
        assert "≠ number, open" in it.screen
        await it.keys("j c escape")
        assert isinstance(it.app.screen, ComparisonScreen), "escape ends one thing"
        assert [link.kinds for link in it.contradictions] == [("number",), ()]
        await it.keys("u u u")
        assert it.contradictions == []


async def test_what_was_linked_elsewhere_is_seen_on_coming_back_and_no_key_there_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        screen = await open_comparison(it, "enter j")
        assert "similar 0." in row_of(it, "News of the day")
        linked: list[Sheet] = []
        link_again = Sheet.link_again

        def counted(sheet: Sheet) -> None:
            linked.append(sheet)
            link_again(sheet)

        monkeypatch.setattr(Sheet, "link_again", counted)
        await it.keys("j enter d < < d")
        assert len(it.session.records.groups()) == 1
        assert linked == []
        it.app.rooms.show(screen)
        await it.settled()
        assert linked == [screen.sheet]
        assert f"{SIGNS.duplicate}a linked" in row_of(it, "News of the day")


async def test_linking_twice_is_refused_and_linking_with_nothing_too(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await open_comparison(it, "enter j")
        await it.keys("d d")
        assert it.last == "these two are in one duplicate group already"
        await it.keys("G d")
        assert it.last == "there is nothing like it in this article to link with"


async def test_n_shows_what_else_in_the_article_is_like_it(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await open_comparison(it, "enter j")
        assert "Nobody was on the ferry" not in it.screen
        await it.keys("n")
        assert "Nobody was on the ferry" in it.screen
        assert "2 of " in row_of(it, "Evening news")
        await it.keys("N")
        assert "Reportedly the ferry carried" in it.screen
        await it.keys("G")
        assert row_of(it, "Museum closed").endswith("n shows the nearest")
        await it.keys("n")
        assert "The museum is shut." in it.screen, "who asks sees what is hardly alike too"
        await it.keys("d")
        assert it.claims


async def test_r_makes_the_entry_the_reference_and_the_old_one_an_entry(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await open_comparison(it, "enter j")
        await it.keys("r")
        await found(it)
        assert "reference" in row_of(it, "Evening news")
        assert "similar" in row_of(it, "Ferry lost")
        assert "certainty Reportedly ≠ stated" in it.screen


async def test_tab_hides_the_articles_that_have_nothing(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await open_comparison(it, "enter j")
        await it.keys("tab")
        assert "Museum closed" not in it.screen
        await it.keys("tab")
        assert "Museum closed" in it.screen


async def test_from_a_link_every_end_is_there_and_what_contradicts_the_group_is_implied(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(100, 50)) as it:
        await open_comparison(it, "enter J J")
        assert it.screen.count("≡m linked example’s") == 3
        await it.keys("q", "O O", "=")
        await found(it)
        assert "example’s" not in it.screen, "hidden colleagues say nothing here"


async def test_a_colleagues_claim_is_linked_by_a_copy_of_ones_own(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(100, 50)) as it:
        await open_comparison(it, "enter J J")
        before = row_of(it, "Blinken Admits").split()[-3:]
        await it.keys("d")
        assert len(it.groups) == 1
        assert all(claim.from_ is not None and claim.from_.startswith("example/") for claim in it.claims)
        assert "example’s" not in row_of(it, "Blinken Admits")
        assert row_of(it, "Blinken Admits").split()[-3:] == before, "the copy and what it was made of are one"


async def test_a_selection_is_compared_and_its_statement_stands_dim_around_it(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        screen = await open_comparison(it, "enter j v b b b b")
        assert screen.sheet is not None
        text = it.session.articles["a"].text
        assert screen.sheet.reference.span.of(text) == "The ferry carried 250 people"
        assert "The ferry carried 250 people to the island." in it.screen


async def test_a_click_goes_to_an_entry_and_a_second_one_there_in_the_reader(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        screen = await open_comparison(it, "enter j")
        x, y = it.find("News of the day")
        await it.click(x, y + 1)
        assert screen.entries.cursor == 1
        await it.click(x, y + 1, times=2)
        assert it.app.screen is it.reader
        assert it.column.article.id == "b"


async def test_moving_writes_little(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 40)) as it:
        await open_comparison(it, "enter J J")
        it.watch()
        await it.keys("j")
        assert 0 < it.bytes_sent < 4096


async def test_nothing_anywhere_is_said(tmp_path: Path) -> None:
    texts = {"a": "The ferry sank.\n", "b": "Zyx wvu.\n"}
    async with reading(written(tmp_path / "w", **texts)) as it:
        await open_comparison(it, "enter")
        assert "no other article has anything like it" in it.screen
        for key in ("d", "c", "n", "r", "enter", "tab", "j", "k", "space", "pageup", "g", "g", "G"):
            await it.keys(key)
        assert it.claims == []


async def test_hostile_text_never_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    evil = "The \x1b[31mferry\u202e carried [bold]250[/bold] people\x07 to \ud800the island.\n"
    texts = {"a": evil, "b": evil.replace("250", "260") * 3, "c": "x" * 5_000}
    async with reading(written(tmp_path / "w", **texts), size=(80, 24)) as it:
        await open_comparison(it, "enter")
        assert "[bold]" in it.screen
        assert controls_in(it.rows) == []
        await it.keys("space space pageup G")
        assert controls_in(it.rows) == []


async def test_a_statement_of_a_million_characters_is_compared_by_its_beginning(tmp_path: Path) -> None:
    texts = {"a": "The ferry sank. " + "ferry hull " * 90_000, "b": "The ferry hull broke. " + "x" * 1_000_000}
    async with reading(written(tmp_path / "w", **texts), size=(80, 24)) as it:
        screen = await open_comparison(it, "enter j")
        assert len(it.statement) > 900_000
        assert all(len(block.text) < 5_000 for block in (*screen.reference.blocks, *screen.entries.blocks))
        assert "The ferry hull broke." in it.screen
        await it.keys("n j k space N r")
        await found(it)
        assert "reference" in it.screen


@pytest.mark.parametrize("kind", list(Kind))
def test_without_colours_attributes_say_what_differs_and_what_stands_alone(kind: Kind) -> None:
    looks = {weight: style_of(kind, weight, is_plain=True) for weight in Weight}
    assert "reverse" in looks[Weight.DIFFERS]
    assert "underline" in looks[Weight.ONLY]
    assert looks[Weight.SAME] == "quiet"


@pytest.mark.parametrize("kind", list(Kind))
def test_in_colours_what_differs_is_underlined_too(kind: Kind) -> None:
    assert "bold underline" in style_of(kind, Weight.DIFFERS, is_plain=False)


async def test_it_fits_any_terminal(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await open_comparison(it, "enter J J")
        for width, height in ((20, 6), (200, 50), (40, 12), (1, 1), (80, 24)):
            await it.resize(width, height)
            await it.keys("j k n N")
            assert all(len(row) <= width for row in it.rows)
        assert "reference" in it.screen


async def test_of_many_articles_those_with_the_rare_words_are_found_behind_the_screen(tmp_path: Path) -> None:
    texts = {f"x{number:03}": f"Report {number}\n\nThe weather in the north was fair.\n" for number in range(80)}
    texts |= {"a": "A\n\nThe smuggled amphorae were Etruscan.\n", "z": "Z\n\nEtruscan amphorae had been smuggled in.\n"}
    async with reading(written(tmp_path / "w", **texts)) as it:
        await open_comparison(it, "enter j")
        assert "Etruscan amphorae had been smuggled in." in it.screen
        assert "similar" in row_of(it, "Z ")


async def test_escape_stops_a_long_search_and_shows_what_was_found(tmp_path: Path) -> None:
    texts = {f"x{number:03}": f"Report {number}\n\nThe weather was fair {number}.\n" for number in range(60)}
    async with reading(written(tmp_path / "w", **texts)) as it:
        await it.keys("enter j")
        alike = it.app.alike
        likely = alike.likely

        def slow(anchor: Anchor, progress: Callable[[float], None], *, stopped: Callable[[], bool]) -> list[str]:
            progress(0.25)
            for _ in range(20_000):
                if stopped():
                    break
                sleep(0.001)
            return likely(anchor, progress, stopped=stopped)

        alike.likely = slow  # type: ignore[method-assign,assignment]
        await it.keys("=")
        await it.pilot.pause(0.1)
        assert it.last == "looking through 60 articles: 25%, escape stops"
        await it.keys("escape")
        await found(it)
        assert "comparing" in it.header
        assert "looking" not in it.last
        await it.keys("escape")
        assert "comparing" not in it.header


async def test_quitting_does_not_wait_for_a_long_search(tmp_path: Path) -> None:
    texts = {f"x{number:03}": f"Report {number}\n\nThe weather was fair {number}.\n" for number in range(60)}
    ended = []
    async with reading(written(tmp_path / "w", **texts)) as it:
        await it.keys("enter j")

        def endless(anchor: Anchor, progress: Callable[[float], None], *, stopped: Callable[[], bool]) -> list[str]:
            for _ in range(20_000):
                if stopped():
                    ended.append(True)
                    break
                sleep(0.001)
            return []

        it.app.alike.likely = endless  # type: ignore[method-assign,assignment]
        await it.keys("=")
        await it.pilot.pause(0.05)
        await it.keys("Q")
        await it.pilot.pause(0.3)
    for _ in range(100):
        if not ended:
            sleep(0.02)
    assert ended


async def test_the_strip_has_the_words_of_all_five_ends_of_a_group_on_a_small_screen(tmp_path: Path) -> None:
    kinds = ("ferry sank", "boat went down", "ship foundered", "vessel was lost", "ferry is gone")
    texts = {f"a{number}": f"Report\n\nThe {words} off Port Holm.\n" for number, words in enumerate(kinds)}
    async with reading(written(tmp_path / "w", **texts), size=(80, 24)) as it:
        await open_comparison(it, "enter j")
        for _ in range(4):
            await it.keys("d j")
        assert len(it.groups[0].claims) == 5
        await it.keys("q k J J")
        strip = " ".join(it.strip)
        assert all(f"The {words[:8]}" in strip for words in kinds[1:])
        await it.keys("enter")
        assert "follow to" in it.screen
        assert all(f"The {words}" in it.screen for words in kinds[1:])
