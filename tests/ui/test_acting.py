"""What keys act on: always something that is seen, and never what the reader has left."""

from dataclasses import replace
from pathlib import Path

from driving import SCMP, reading, seeds, session_of


async def test_a_claim_whose_words_were_corrected_keeps_them_whatever_is_done_to_it(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j j t f")
        (stale,) = it.claims
    article = root / "seeds" / f"{SCMP}.txt"
    article.write_text(article.read_text().replace("Blinken’s remarks indicated", "Blinkon’s remarks indicated"))
    async with reading(root) as it:
        await it.keys("enter j j")
        assert "its words changed" in it.strip[0]
        await it.keys("v")
        assert it.selection == it.statement
        await it.keys("escape t q")
        assert it.claims == [replace(stale, tags=("quote",))]


async def test_leaving_keeps_the_memo_that_is_being_typed(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f m")
        await it.type("hello")
        it.app.leaving.leave()
    session = session_of(root)
    assert [claim.memo for claim in session.records.claims_in(SCMP)] == ["hello"]
    session.close()


async def test_a_refused_addition_leaves_the_current_link_current(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j d j d D")
        assert "already" in it.last
        await it.keys("x")
        assert "the group had two and is gone" in it.last
        assert len(it.claims) == 2


async def test_keys_that_extend_a_selection_go_to_the_ends_of_the_article(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j v G")
        assert it.selection is not None
        assert it.selection.startswith("“If we agree")
        assert it.selection.endswith("annual security forum.")


async def test_what_the_wheel_took_away_comes_back_before_a_key_acts_on_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter")
        it.column.pane.scroll_to(y=60, animate=False, force=True, immediate=True)
        await it.keys("t")
        assert it.column.pane.scroll_offset.y == 0


async def test_certainty_is_set_on_the_current_claim_though_a_part_is_selected(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j t f v b b e c s")
        (claim,) = it.claims
        assert claim.certainty == "stated"


async def test_the_waiting_end_is_marked_in_its_own_article_only(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j c o a")
        waiting = [it.column.waiting]
        await it.keys("o a")
        assert it.column.article.id == SCMP
        waiting.append(it.column.waiting)
        assert waiting[0] is None
        assert waiting[1] is not None
        await it.keys("L escape")
        assert "nothing was linked" in it.last


async def test_the_library_opens_what_it_shows(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space /")
        await it.type("xi")
        await it.keys("enter enter")
        assert it.column.article.id != SCMP
