"""Contradictions and duplicates: mark one end, go anywhere, mark the other."""

from pathlib import Path

import yaml
from driving import DAILY, REWRITE, SCMP, reading, seeds

TWO = "space j space enter"


async def test_a_contradiction_across_articles_takes_c_at_each_end_and_a_letter_for_the_kind(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys(TWO)
        await it.keys("c")
        assert "contradiction: go to the other statement and press c, escape cancels" in it.last
        await it.keys("tab j")
        await it.keys("c")
        assert "contradiction of what kind?" in it.screen
        await it.keys("c")
        assert "of what kind" not in it.screen
        (link,) = it.contradictions
        assert link.kinds == ("cause",)
        assert [claim.article for claim in it.session.ends_of(link)] == [SCMP, REWRITE]
        assert any(row.startswith(" › ≠ cause   1  Why China") and row.endswith("open") for row in it.strip)
        assert it.screen.count("≠") >= 3, "in the gutter of both articles and in the strip"
        await it.keys("E")
        await it.app.workers.wait_for_complete()
    data = yaml.safe_load((root / "annotations" / "ada" / "links.yaml").read_text())
    (plain,) = data["contradictions"].values()
    assert (plain["kinds"], plain["status"]) == (["cause"], "open")
    assert [end["article"] for end in plain["between"]] == [SCMP, REWRITE]


async def test_escape_at_the_kinds_leaves_it_open_what_kind(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(TWO, "c tab c escape")
        assert it.contradictions[0].kinds == ()
        assert any("≠ of what kind?" in row for row in it.strip)


async def test_a_duplicate_is_recorded_at_once_and_its_claims_are_one_step(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(TWO, "d tab d")
        assert len(it.groups[0].claims) == 2
        assert [claim.tags for claim in it.claims] == [(), ()]
        assert it.last == "duplicate recorded"
        assert any(row.startswith(" › ≡ a") for row in it.strip)
        await it.keys("u")
        assert (it.claims, it.groups) == ([], [])


async def test_a_waiting_end_survives_other_panes_the_library_and_other_articles(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter d")
        assert it.last.startswith("duplicate: go to the other statement and press d")
        await it.keys("j j L")
        assert "duplicate: " in it.last, "the Library says so too"
        await it.keys("j enter")
        assert it.last.startswith("duplicate: go to")
        await it.keys("o c")
        assert it.column.article.id == DAILY
        await it.keys("z z O O O ? q")
        assert it.last.startswith("duplicate: go to")
        await it.keys("d")
        (group,) = it.groups
        assert {claim.article for claim in it.session.ends_of(group)} == {SCMP, it.column.article.id}


async def test_escape_ends_what_is_nearest_first_and_says_what_it_ended(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter g g c / B l i n k e n enter")
        await it.found()
        await it.keys("escape")
        assert it.last == "“Blinken” is no longer marked; the contradiction waits for its other end"
        await it.keys("j c")
        assert "contradiction of what kind?" in it.screen
        await it.keys("escape")
        await it.keys("c i escape escape")
        assert it.last == "nothing was linked"


async def test_the_waiting_end_is_marked_in_the_text_until_it_is_used(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(TWO, "c tab")
        assert it.reader.columns[0].pane.emphasis.waiting == it.reader.columns[0].statement
        await it.keys("c escape")
        assert it.reader.columns[0].pane.emphasis.waiting is None


async def test_escape_cancels_the_waiting_end_and_nothing_is_made(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter c j escape")
        assert it.last == "nothing was linked"
        assert list(it.session.records.records()) == []


async def test_what_makes_no_sense_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter c c")
        assert "both ends are the same claim" in it.last
        await it.keys("d")
        assert "a contradiction waits for its other end" in it.last
        await it.keys("escape D")
        assert "no such link yet" in it.last
        await it.keys("d j d")
        assert len(it.groups) == 1
        await it.keys("k d j d")
        assert "in one duplicate group already" in it.last
        assert list(it.claims) == it.claims[:2]


async def test_an_end_may_be_a_selection(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(TWO, "j v", '" c tab j v b b c n')
        (link,) = it.contradictions
        first, second = it.session.ends_of(link)
        assert first.exact.endswith("channels,”")
        assert second.exact.endswith("American and Chinese armed")


async def test_capital_c_and_d_add_this_to_the_last_one(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter d j d j D")
        assert [len(group.claims) for group in it.groups] == [3]
        assert it.last == "added to the duplicate group “Why China still refuses…”", "which it is, by its first words"
        await it.keys("j c j c n j C")
        assert [len(link.claims) for link in it.contradictions] == [3]
        assert it.last.startswith("added to the contradiction “")
        await it.keys("e g")
        await it.type("Who refuses")
        await it.keys("enter j j j C")
        assert it.last == "added to the contradiction “Who refuses”"
        await it.keys("C")
        assert "in it already" in it.last


async def test_linking_two_groups_joins_them(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter d j d j d j d")
        assert len(it.groups) == 2
        await it.keys("k k d j d")
        assert [len(group.claims) for group in it.groups] == [4]
        assert "duplicate groups joined" in it.last


async def test_a_group_that_holds_both_ends_of_a_contradiction_is_shown_as_inconsistent(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter d j d k escape c j escape")
        await it.keys("escape k c j c escape")
        assert any("inconsistent" in row for row in it.strip)


async def test_x_on_a_group_takes_this_claim_out_and_below_two_the_group_is_gone(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter d j d j D")
        await it.keys("x")
        assert it.last == "took the claim out of the group; u brings it back"
        assert [len(group.claims) for group in it.groups] == [2]
        assert len(it.claims) == 3
        await it.keys("k J J x")
        assert "the group had two and is gone" in it.last
        assert it.groups == []
        await it.keys("u u")
        assert [len(group.claims) for group in it.groups] == [3]


async def test_linking_to_a_colleagues_claim_makes_a_copy_of_ones_own_in_the_same_step(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("space j space enter J")
        theirs = it.reader.record_of(it.reader.current)
        assert theirs is not None
        await it.keys("d tab d")
        mine = next(claim for claim in it.claims if claim.article == SCMP)
        assert mine.from_ == f"example/{theirs.id}"
        assert mine.exact == "China still refuses to resume military dialogue with US"
        assert mine.id in it.groups[0].claims
        await it.keys("u")
        assert list(it.session.records.records()) == []
        assert it.session.colleagues["example"].claim(theirs.id) is theirs


async def test_the_kind_of_a_contradiction_is_changed_with_three_keys(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter c j c n escape")
        id = it.contradictions[0].id
        await it.keys("e k d")
        assert [(link.id, link.kinds) for link in it.contradictions] == [(id, ("date",))]
        await it.keys("e k C N escape")
        assert it.contradictions[0].kinds == ("date", "cause", "number")


async def test_a_click_on_a_link_in_the_strip_follows_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys(TWO, "d tab d")
        assert it.column.article.id == REWRITE
        await it.click(*it.find("Why China still refuses to resume", below=it.reader.strip.region.y))
        assert it.column.article.id == SCMP


async def test_a_link_is_made_again_by_redo_after_undo(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter c j c n u u")
        assert it.contradictions == []
        await it.keys("ctrl+r ctrl+r")
        assert it.contradictions[0].kinds == ("number",)
