"""How text and records are looked at: the overview, everything about a record, focus mode, the measure."""

import asyncio
from pathlib import Path

import pytest
from driving import DAILY, SCMP, Reading, controls_in, reading, seeds, session_of, written
from textual import events

from tui.model.records import Claim
from tui.ui.signs import SIGNS
from tui.ui.widgets.article_pane import AIR

LONG = "\n\n".join(
    f"Paragraph {number} says something that was said before, and then some more." for number in range(90)
)


def overview(it: Reading, position: int = 0) -> list[str]:
    """The bar and sign of each row beside a pane."""
    region = it.reader.columns[position].pane.region
    left = region.right - AIR + 1
    return [row.ljust(region.right)[left : left + 2] for row in it.rows[region.y : region.bottom]]


async def told(it: Reading) -> None:
    """Wait until the history of a record was read."""
    for _ in range(100):
        await asyncio.sleep(0.02)
        await it.settled()
        if "is being read" not in it.screen and it.reader._history is not None:
            return


# --- the overview ---


async def test_the_overview_shows_where_records_are_and_where_one_is(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=LONG), size=(80, 24)) as it:
        await it.keys("enter")
        cells = overview(it)
        bars = [cell[0] for cell in cells]
        assert bars[0] == SIGNS.between
        assert bars[-1] == " "
        assert {cell[1] for cell in cells} == {" "}
        await it.keys("t f", "j " * 45, "c j c escape G d k k d")
        signs = [cell[1] for cell in overview(it)]
        assert signs[0] == SIGNS.rule
        assert SIGNS.clash in signs[8:12]
        assert signs[-1] == SIGNS.duplicate
        assert overview(it)[-1][0] == SIGNS.between, "one is at the end"
        assert overview(it)[0][0] == " "


async def test_a_colleagues_records_are_in_the_overview_until_they_are_hidden(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("enter")
        assert any(cell[1] != " " for cell in overview(it))
        await it.keys("O O")
        assert all(cell[1] == " " for cell in overview(it))


async def test_a_click_in_the_overview_goes_to_the_record_there(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=LONG), size=(80, 24)) as it:
        await it.keys("enter G k k k k k t f g g")
        assert "Paragraph 0 " in it.statement
        pane = it.column.pane.region
        y = next(y for y, cell in enumerate(overview(it)) if cell[1] == SIGNS.rule)
        await it.click(pane.right - 2, pane.y + y)
        assert "Paragraph 84 " in it.statement
        assert it.statement[:20] in it.screen
        await it.click(pane.right - 2, pane.y)
        assert "Paragraph 0 " in it.statement


async def test_a_click_in_the_overview_of_another_pane_goes_there(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 30)) as it:
        await it.keys("space j space enter")
        pane = it.reader.columns[1].pane.region
        await it.click(pane.right - 2, pane.bottom - 1)
        assert it.reader.active == 1
        assert it.column.pane.scroll_offset.y > 0


@pytest.mark.parametrize("width", [40, 47, 80])
async def test_a_narrow_pane_keeps_its_room_for_the_text(tmp_path: Path, width: int) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(width, 24)) as it:
        await it.keys("enter")
        assert it.column.pane.has_overview is (width >= 48)


async def test_an_article_that_is_all_on_the_screen_has_no_overview(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Only this was said."), size=(80, 24)) as it:
        await it.keys("enter t f")
        assert set(overview(it)) == {"  "}


@pytest.mark.parametrize("key", ["j", "k", "tab", "J"])
async def test_moving_draws_nothing_anew_in_the_overview(tmp_path: Path, key: str) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 40)) as it:
        await it.keys("space j space enter j j")
        await it.pilot.pause(0.1)
        before = [column.pane.overview for column in it.reader.columns]
        it.watch()
        await it.keys(key)
        assert 0 < it.bytes_sent <= 4096
        assert [column.pane.overview for column in it.reader.columns] == before, "it is worked out when marks change"


# --- everything about a record ---


async def test_i_shows_everything_about_a_claim_and_closes_again(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 50)) as it:
        await it.keys("enter j j t f w")
        await it.type("Antony Blinken > Reuters")
        await it.keys("enter e c h m")
        await it.type("Only one side of the story.")
        await it.keys("escape i")
        await it.saved()
        await told(it)
        page = " ".join(it.screen.split())
        assert f"“{it.statement}”".replace("\n", " ") in page or it.statement in page, "the quote is there whole"
        for words in (
            "fact: A statement of what is or was the case, which evidence could show to be wrong",
            "Antony Blinken › Reuters",
            "hedged",
            "Only one side of the story.",
            f"you, ada, 2026-11-21 20:00 UTC {it.claims[0].id}".replace(" c0", " id c0"),
            "tagged fact",
        ):
            assert words in page, words
        await it.keys("i")
        assert "made by" not in it.screen
        assert it.reader.strip.size.height == 6


async def test_the_history_tells_what_became_of_a_record(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 50)) as it:
        await it.keys("enter j j t f v w w r escape u K J")
        await it.keys("d j d u escape k t q t f escape K i")
        await it.saved()
        await told(it)
        history = [row for row in it.rows if "2026-11-21 20:00 UTC" in row]
        labels = " | ".join(row.split("UTC")[1].strip() for row in history)
        assert "tagged fact" in labels
        assert "undone: " in labels
        assert "tagged quote" in labels
        assert it.claims[0].id in it.screen


async def test_what_is_shown_follows_the_current_record(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 40)) as it:
        await it.keys("enter i J")
        first = it.strip
        assert "claim" in first[0]
        await it.keys("J")
        assert "duplicate group" in it.strip[0]
        assert sum("end  " in row for row in it.strip) >= 2, "all ends are told"
        await it.keys("i J")
        assert "end  " not in "\n".join(it.strip)


async def test_a_statement_without_record_shows_the_article(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 40)) as it:
        await it.keys("enter j i")
        page = "\n".join(it.strip)
        for words in ("South China Morning Post", "Minnie Chan", "2023-06-20", "agency       unknown", "en (guessed)"):
            assert words in page, words
        assert f"seeds/{SCMP}.txt" in page


async def test_a_long_record_is_scrolled_row_by_row(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("enter J i")
        assert "of 2" in "\n".join(it.rows)
        top = it.strip[0]
        second = it.strip[1]
        await it.keys("ctrl+e")
        assert it.strip[0] == second
        await it.keys("ctrl+y ctrl+y ctrl+y")
        assert it.strip[0] == top
        await it.keys("ctrl+e " * 60)
        assert "history" in "\n".join(it.strip), "and not beyond its end"


async def test_the_wheel_scrolls_what_is_shown_and_escape_closes_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("enter J i")
        fourth, y = it.strip[3], it.reader.strip.region.y + 2
        it.app.post_message(
            events.MouseScrollDown(it.reader.strip, 20, y, 0, 1, 0, False, False, False, screen_x=20, screen_y=y)
        )
        await it.settled()
        assert it.strip[0] == fourth
        assert it.column.pane.scroll_offset.y == 0
        await it.keys("escape")
        assert "made by" not in it.screen
        assert it.reader.current is not None, "escape ends one thing"


@pytest.mark.parametrize("size", [(20, 6), (1, 1), (3, 40), (36, 10), (48, 14)])
async def test_no_size_of_window_is_too_small_to_look(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=size) as it:
        await it.keys("space j space enter")
        for keys in ("J i", "ctrl+e ctrl+e", "J j", "Z", "j k g + g -", "i Z", "g t down escape", "i |", "tab Z"):
            await it.keys(keys)
            assert it.app.is_running
            assert len(it.rows) == size[1]
        await it.resize(100, 30)
        await it.keys("Z")
        assert "sha256" in it.screen, "it shows the article of the other pane"
        assert "panes 1 of 2" not in it.header, "both are on the screen again"


async def test_conflicts_that_a_merge_left_are_told(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j t f E")
        await it.saved()
        await it.pilot.pause(0.5)
    file = next((root / "annotations" / "ada").glob("0*.yaml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}    conflicts:\n      - gist: one or another\n", encoding="utf-8")
    async with reading(root, session=session_of(root)) as it:
        await it.keys("enter J i")
        assert "a merge left 1 conflict: ! settles it" in it.screen
        assert "one or another" in it.screen


async def test_with_the_strip_closed_its_scrolling_says_what_opens_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter ctrl+e")
        assert it.last.startswith("i shows")


async def test_the_statement_stays_in_sight_when_the_strip_grows(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(80, 24)) as it:
        await it.keys("enter j j j j i")
        assert it.statement.split("\n")[0][:30] in "\n".join(it.rows[: it.reader.strip.region.y])


async def test_a_memo_made_to_annoy_is_shown_as_text(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(100, 40)) as it:
        await it.keys("enter j t f m")
        await it.paste("[bold]\x1b[31m\u202eback" + "long " * 4000)
        await it.keys("escape i")
        await told(it)
        assert "[bold]" in it.screen
        assert controls_in(it.rows) == []


async def test_a_colleagues_record_tells_whose_journal_has_its_history(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 50)) as it:
        await it.keys("enter J i")
        assert "the journal of example has it" in it.screen


async def test_a_click_on_an_end_goes_to_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(120, 50)) as it:
        await it.keys("enter J i")
        x, y = it.find("end  ")
        await it.click(x, y)
        assert it.column.article.id != SCMP
        assert isinstance(it.reader.record_of(it.reader.current), Claim)
        assert "end  " in it.screen, "and all about it is shown"


# --- focus mode ---


async def test_focus_mode_leaves_the_text_alone_and_the_same_key_ends_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("enter j")
        before = it.screen
        await it.keys("Z j")
        assert "reading as" not in it.screen
        assert "South China Morning Post" not in it.screen
        assert set("".join(overview(it))) == {" "}
        assert it.rows[-1] == ""
        bright = {
            segment.text.strip()
            for strip in it.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.color == it.column.pane._palette["foreground"].color  # type: ignore[index]
        } - {""}
        assert bright
        assert all(words in it.statement for words in bright), "nothing else is bright"
        await it.keys("Z k")
        assert it.screen == before


async def test_keys_do_the_same_in_focus_mode(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j Z t f")
        assert it.claims[0].tags == ("fact",)
        assert it.last == "tagged fact"
        await it.keys("i")
        assert "made by" in it.screen
        await it.keys("i Z")
        assert "reading as" in it.header


async def test_a_pane_opened_in_focus_mode_is_as_quiet(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter Z +")
        assert all(column.pane.emphasis.focus for column in it.reader.columns)
        await it.keys("Z")
        assert not any(column.pane.emphasis.focus for column in it.reader.columns)


async def test_a_move_in_focus_mode_draws_only_the_rows_concerned(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("space j space enter j j Z k")
        drawn = it.count_rows()
        it.watch()
        await it.keys("j")
        assert 0 < it.bytes_sent <= 4096
        assert len(drawn) <= 20


# --- the measure ---


async def test_the_measure_is_made_wider_and_narrower_by_key(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter", "j " * 8)
        words = it.statement[:20]
        await it.keys("g +")
        assert it.last == "76 cells"
        assert it.column.pane.text_width == 76
        await it.keys("g - g - g -")
        assert it.last == "64 cells"
        longest = max(len(row[it.column.pane.text_left : -AIR].rstrip()) for row in it.rows[4:30])
        assert 50 < longest <= 64
        assert words in it.screen
        await it.keys("g + " * 20)
        assert it.last.startswith("100 cells: no wider")
        await it.keys("g - " * 20)
        assert it.last.startswith("40 cells: no narrower")


async def test_the_measure_holds_in_every_pane_and_in_those_opened_later(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(230, 40)) as it:
        await it.keys("space j space enter g - g - g - + ")
        assert {column.pane.text_width for column in it.reader.columns} == {60}
        await it.keys("L G enter")
        assert it.column.article.id == DAILY
        assert it.column.pane.text_width == 60


async def test_a_pane_that_is_too_narrow_for_the_measure_says_so(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter g +")
        assert it.last == "76 cells; this pane has room for 69"
