"""`O`: colleagues' records shown, dimmed, hidden, wherever records are seen."""

from pathlib import Path

from driving import REWRITE, SCMP, reading, seeds
from teaming import comes, marks, opened, place_of

from tui.session import gestures

BALLOON = "balloon"


def linked(root: Path) -> None:
    """Ben marks a contradiction of two articles."""
    marks(root, "ben", (SCMP, BALLOON))
    ben = opened(root.parent / "away-ben", "ben")
    try:
        ben.do(gestures.contradiction(ben.desk, place_of(ben, SCMP, BALLOON), place_of(ben, REWRITE, BALLOON)))
        ben.do(gestures.set_memo(ben.index_of("ben").contradictions()[0], "zeppelin"))
        comes(ben, root)
    finally:
        ben.close()


async def test_hidden_records_are_not_stepped_to_nor_followed(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root) as it:
        await it.keys("enter J enter")
        assert it.column.article.id == REWRITE
        await it.keys("< O O J")
        assert it.last == "nothing is recorded in this article yet"
        await it.keys("enter")
        assert it.last == "nothing here is linked to another statement"
        await it.keys("O J enter")
        assert it.column.article.id == REWRITE


async def test_ones_own_record_stays_current_when_colleagues_are_hidden_and_theirs_does_not(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root) as it:
        await it.keys("enter j j t f J K")
        own = it.reader.current
        assert own is not None
        assert own.annotator == "ada"
        await it.keys("O O")
        assert it.reader.current == own
        await it.keys("O J J")
        theirs = it.reader.current
        assert theirs is not None
        assert theirs.annotator == "ben"
        await it.keys("O O")
        assert it.reader.current is None


async def test_the_way_back_does_not_bring_a_hidden_record_to_the_strip(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root) as it:
        await it.keys("enter J G O O <")
        assert BALLOON in it.statement
        assert not it.strip


async def test_the_concordance_leaves_hidden_records_out_and_says_so(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root) as it:
        await it.keys("enter O O F")
        await it.type("zeppelin")
        await it.keys("enter")
        await it.found()
        assert "no match in any article or record" in it.screen
        assert "colleagues' records are hidden" in it.screen
        await it.keys("q O F enter")
        await it.found()
        assert "1 match in records" in it.screen
        assert "hidden" not in it.screen


async def test_the_comparison_knows_of_links_only_where_they_are_shown(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root) as it:
        await it.keys("enter J =")
        await it.found()
        assert "ben" in it.screen
        await it.keys("= O O =")
        await it.found()
        assert "ben" not in it.screen.replace(it.header, "")


async def test_the_overview_and_the_margin_follow(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    linked(root)
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter")
        assert "≠" in it.screen
        await it.keys("O")
        assert "≠" in it.screen
        assert it.last == "colleagues' records (ben): dimmed"
        await it.keys("O")
        await it.found()
        assert "≠" not in it.screen
