"""The Reader: moving about, panes, jumping, following links, seeing colleagues' records."""

from pathlib import Path

import pytest
from driving import DAILY, NEWSWEEK, REUTERS, REWRITE, SCMP, reading, seeds, written

THREE = "space j space j space enter"


async def test_j_and_k_go_by_statements_and_pass_over_debris(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("j enter")
        assert it.statement == "Blinken Admits Unable to Resurrect Military Negotiations with China"
        await it.keys("k")
        assert it.statement.startswith("Blinken Admits"), "“top of page” above it is debris"
        await it.keys("j down")
        assert it.statement.startswith("In spite of this")
        await it.keys("up")
        assert it.statement.startswith("On Monday")
        await it.keys("j " * 60)
        assert it.statement.startswith("Following the meeting"), "“bottom of page” is debris"


async def test_the_bar_stands_at_the_current_statement_in_sight(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        for key in ("j", "j", "space", "G", "k", "pageup", "g g", "}", "{", "ctrl+d", "ctrl+u"):
            await it.keys(key)
            bars = [row.strip() for row in it.rows if row.strip().startswith("▌")]
            assert bars
            assert it.statement[:20] in " ".join(row.strip("▌ ") for row in bars), key


async def test_braces_go_by_paragraphs(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter }")
        assert it.statement.startswith("“If we agree")
        await it.keys("ctrl+down")
        assert it.statement.startswith("Blinken’s remarks")
        await it.keys("{ ctrl+up")
        assert it.statement.startswith("Why China")


async def test_pages_lead_to_the_end_and_back_without_standing_still(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        for forth, back in (("space", "pageup"), ("ctrl+d", "ctrl+u")):
            seen = []
            for key in (forth, back):
                for _ in range(12):
                    seen.append(it.column.cursor)
                    await it.keys(key)
            there, home = seen[:12], seen[12:]
            assert there == sorted(there)
            assert home == sorted(home, reverse=True)
            assert it.statement.startswith("Why China")
            assert len(set(there)) > 4


@pytest.mark.parametrize("height", [4, 5, 6, 7])
@pytest.mark.parametrize(("forth", "back"), [("space", "pageup"), ("ctrl+d", "ctrl+u")])
async def test_a_page_goes_on_in_the_lowest_window_too(tmp_path: Path, height: int, forth: str, back: str) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, height)) as it:
        await it.keys("enter")
        await it.keys(f"{forth} " * 60)
        down = it.column.cursor
        assert down > 1
        await it.keys(f"{back} " * 60)
        assert it.column.cursor < down


async def test_gg_and_G_go_to_the_ends(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter G")
        assert it.statement.startswith("Chinese defence minister Li Shangfu refu")
        assert "100%" in it.screen or "9" in it.rows[2]
        await it.keys("g g")
        assert it.statement.startswith("Why China")
        await it.keys("end home")
        assert it.statement.startswith("Why China")


async def test_a_statement_longer_than_the_screen_is_paged_through(tmp_path: Path) -> None:
    long = "And then " + "this goes on " * 300 + "to its end."
    async with reading(written(tmp_path / "w", a=f"Title\n\n{long}\n\nThe next one."), size=(80, 24)) as it:
        await it.keys("enter j")
        for _ in range(40):
            if "to its end." in it.screen:
                break
            await it.keys("space")
            assert it.statement.startswith("And then")
        assert "to its end." in it.screen
        await it.keys("space")
        assert it.statement == "The next one."


async def test_panes_are_gone_to_by_h_l_and_tab(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(THREE)
        assert it.column.article.id == SCMP
        await it.keys("l")
        assert it.column.article.id == REWRITE
        await it.keys("tab tab")
        assert it.column.article.id == SCMP
        await it.keys("h")
        assert it.column.article.id == SCMP
        await it.keys("tab j l right h left left")
        assert it.column.article.id == SCMP


async def test_each_pane_keeps_its_own_place(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter j j tab j tab")
        assert it.statement.startswith("Blinken’s remarks")
        await it.keys("tab")
        assert it.statement.startswith("On Monday")


@pytest.mark.parametrize(("size", "fit"), [((200, 40), 4), ((120, 40), 3), ((80, 24), 2), ((60, 24), 1)])
async def test_as_many_panes_are_shown_as_fit_legibly(tmp_path: Path, size: tuple[int, int], fit: int) -> None:
    async with reading(seeds(tmp_path / "w"), size=size) as it:
        await it.keys("space j space j space j space enter")
        assert len(it.reader.shown_columns()) == fit
        for _ in range(4):
            assert it.column.display
            assert it.column.article.title.value[:12] in it.screen
            await it.keys("tab")


async def test_plus_and_minus_open_and_close_panes_until_there_is_no_more(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(200, 40)) as it:
        await it.keys("enter + + +")
        assert [column.article.id for column in it.reader.columns] == [SCMP, REWRITE, REUTERS, NEWSWEEK]
        await it.keys("+")
        assert "4 panes are open" in it.last
        await it.keys("- - -")
        assert [column.article.id for column in it.reader.columns] == [SCMP]
        await it.keys("-")
        assert "last pane" in it.last


async def test_plus_says_why_not_where_every_article_is_open_or_there_is_no_room(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="One.", b="Two."), size=(80, 24)) as it:
        await it.keys("enter + +")
        assert "every article is open" in it.last
        await it.keys("o")
        assert "every article is open" in it.last
    async with reading(seeds(tmp_path / "x"), size=(60, 24)) as it:
        await it.keys("enter +")
        assert "too small" in it.last
        await it.keys("| +")
        assert len(it.reader.columns) == 1
        assert "too small" in it.last
        await it.resize(60, 40)
        await it.keys("+")
        assert len(it.reader.shown_columns()) == 2


async def test_z_shows_one_pane_alone_and_all_again(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter z")
        assert "Why China" in it.screen
        assert "Blinken Admits" not in it.screen
        await it.keys("tab")
        assert "Why China still" not in it.screen
        assert "Blinken Admits" in it.screen
        await it.keys("z")
        assert "Why China" in it.screen


async def test_panes_stand_one_above_the_other_and_side_by_side(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 40)) as it:
        await it.keys("space j space enter |")
        assert it.find("Blinken Admits")[1] > it.find("Why China")[1] + 5
        await it.keys("|")
        assert it.find("Blinken Admits")[1] == it.find("Why China")[1]


async def test_o_opens_another_article_here_and_comes_back_to_the_same_place(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j o")
        assert "Xi refuses US request" in it.screen
        assert "Why China" in it.screen
        await it.keys("/")
        await it.type("hotline")
        await it.keys("enter")
        assert it.column.article.id == DAILY
        await it.keys("o a")
        assert it.column.article.id == SCMP
        assert it.statement.startswith("Blinken’s remarks")


async def test_f_goes_to_any_statement_on_the_screen_by_its_letter(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter f")
        assert "a letter goes there" in it.last
        x, y = it.find("top of page")
        letter = it.rows[y][x - 1]
        await it.keys(letter)
        assert it.statement == "top of page", "debris can be jumped to"
        assert it.column.article.id == REWRITE
        before = it.screen
        await it.keys("f escape")
        assert it.screen == before
        await it.keys("f 9")
        assert "no such letter" in it.last


async def test_records_are_stepped_through_and_the_ends_said(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter J")
        assert it.strip[0].startswith(" › fact")
        first = it.reader.current
        await it.keys("]")
        assert it.strip[1].startswith(" › ≡"), "after the claim comes its group"
        await it.keys("K [")
        assert it.reader.current == first
        assert "first record" in it.last
        await it.keys("J " * 60)
        assert "last record" in it.last
        await it.keys("G g g j K")
        assert it.reader.current is not None


async def test_stepping_where_nothing_is_recorded_says_so(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter J")
        assert "nothing is recorded" in it.last
        await it.keys("K")
        assert "nothing is recorded" in it.last
        await it.keys("enter")
        assert "nothing here is linked" in it.last


async def test_enter_follows_a_link_and_opens_its_article(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter j")
        await it.keys("enter")
        assert it.column.article.id == DAILY
        assert len(it.reader.columns) == 2, "there was room for another pane"
        assert "channels of communication" in it.statement
        await it.keys("enter")
        assert it.column.article.id == SCMP
        assert it.statement.startswith("“If we agree")


async def test_enter_asks_where_there_are_several_ends(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter enter")
        assert "follow to" in it.screen
        await it.keys("b")
        assert "follow to" not in it.screen
        assert it.column.article.id != SCMP
        assert it.strip[0].lstrip(" ›")
        at = it.reader.current
        assert at is not None
        assert at.at is not None


async def test_with_one_pane_only_following_takes_the_place_of_the_article(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(60, 24)) as it:
        await it.keys("enter j enter")
        assert [column.article.id for column in it.reader.columns] == [DAILY]
        await it.keys("enter")
        assert [column.article.id for column in it.reader.columns] == [SCMP]


async def test_a_link_into_an_article_that_is_gone_cannot_be_followed_and_says_why(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    (root / "seeds" / f"{DAILY}.txt").unlink()
    async with reading(root) as it:
        await it.keys("enter j enter")
        assert "not in this workspace" in it.last
        assert it.column.article.id == SCMP


async def test_colleagues_records_are_told_apart_named_dimmed_and_hidden(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter")
        assert "·f≡" in it.screen, "after a dot in the gutter"
        assert "example" in it.strip[0]
        await it.keys("t f")
        assert any("▌f·f≡" in row for row in it.rows), "one's own before the dot"
        assert "you" in it.strip[0]
        await it.keys("O")
        assert "dimmed" in it.last
        assert "·f≡" in it.screen
        await it.keys("O")
        assert "hidden" in it.last
        assert not any("·f" in row or "·q" in row for row in it.rows)
        assert not any("example" in row for row in it.strip)
        await it.keys("O")
        assert "shown" in it.last


async def test_a_colleagues_record_is_never_changed(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    before = {path.name: path.read_bytes() for path in (root / "annotations" / "example").iterdir()}
    async with reading(root) as it:
        await it.keys("enter J")
        for keys in ("x", "m", "v b r"):
            await it.keys(keys)
            assert "example" in it.last or "yours" in it.last or "which claim" in it.last, keys
            await it.keys("escape")
            assert it.claims == [], keys
        await it.keys("J w")
        assert it.last == "only example can change this record: Y makes it yours, R remarks on it"
        await it.keys("x")
        assert it.last == "only example can change this record: Y makes it yours, R remarks on it"
        await it.keys("e")
        assert it.last == "only example can change this record: Y makes it yours, R remarks on it"
        await it.keys("E")
        await it.app.workers.wait_for_complete()
    assert {path.name: path.read_bytes() for path in (root / "annotations" / "example").iterdir()} == before


async def test_y_sends_the_quote_and_where_it_stands_to_the_clipboard(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter y")
        assert "clipboard" in it.last
        assert it.app.clipboard.startswith("“Why China still refuses to resume military dialogue with US")
        assert "South China Morning Post" in it.app.clipboard
        await it.keys("j v b y")
        assert it.selection is not None
        assert it.selection in it.app.clipboard


async def test_L_and_q_lead_to_the_library_and_back_to_the_same_place(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter j j L")
        assert it.app.screen is it.library
        await it.keys("k enter")
        assert it.statement.startswith("Blinken’s remarks")
        await it.keys("q")
        assert it.app.screen is it.library


async def test_keys_typed_before_the_pane_is_there_bring_the_statement_into_view(tmp_path: Path) -> None:
    seeds(tmp_path, example=False)
    async with reading(tmp_path, size=(80, 24)) as it:
        await it.keys("space j space g g enter j j j j")
        await it.keys("escape")
        pane, statement = it.column.pane, it.column.statement
        assert pane.page is not None
        first, last = pane.page.rows_of(statement.start, statement.end)
        assert pane.scroll_offset.y <= first
        assert last < pane.scroll_offset.y + pane.size.height
