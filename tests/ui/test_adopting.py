"""Adopting what a colleague recorded, remarking on it, and linking to it."""

from pathlib import Path

import pytest
from driving import REWRITE, SCMP, Reading, controls_in, reading, seeds
from teaming import comes, look, marks, opened, place_of

from tui.model.records import Claim, Contradiction, Stance
from tui.session import gestures, remarking

BALLOON, SUMMIT = "balloon", "Blinken"


def theirs(it: Reading, annotator: str = "ben") -> list[Claim]:
    index = it.session.index_of(annotator)
    return [record for record in index.records() if isinstance(record, Claim)]


async def test_one_key_makes_a_colleagues_claim_ones_own_and_one_takes_it_back(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    async with reading(root) as it:
        await it.keys("enter J Y")
        assert it.last == "adopted the claim from ben"
        (mine,) = it.claims
        assert mine.from_ == f"ben/{theirs(it)[0].id}"
        assert mine.tags == ("fact",)
        assert "you" in it.strip[0], "the copy is current"
        await it.keys("Y")
        assert it.last == "this record is yours already"
        await it.keys("u J Y u")
        assert not it.claims


async def test_of_several_colleagues_at_one_place_a_letter_says_which(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    marks(root, "eva", (SCMP, BALLOON), tag="quote")
    async with reading(root) as it:
        await it.keys("enter J escape Y")
        assert "adopt which?" in it.screen
        await it.keys("b")
        assert it.last == "adopted the claim from eva"
        assert it.claims[0].tags == ("quote",)


async def test_after_adopting_a_contradiction_it_is_ones_own_that_keys_act_on(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root) as it:
        await it.keys("enter g g")
        for _ in range(40):
            await it.keys("J")
            if isinstance(it.reader.record_of(it.reader.current), Contradiction):
                break
        await it.keys("Y")
        assert it.last.startswith("adopted the contradiction from example")
        current = it.reader.current
        assert current is not None
        assert current.annotator == "ada"
        assert current.at in {claim.id for claim in it.claims}
        assert it.strip[0].lstrip(" ›").startswith("≠") or "you" in it.strip[0]


async def test_where_no_colleague_recorded_anything_or_they_are_hidden_the_key_says_so(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter Y")
        assert it.last == "there is no colleague's record here"
        await it.keys("O O R")
        assert it.last == "colleagues' records are hidden: O shows them"
        await it.keys("O t f R")
        assert it.last == "this record is yours: m writes a memo on it"


async def test_a_contradiction_is_adopted_with_its_claims_and_kinds(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root) as it:
        await it.keys("enter")
        here = {claim.id for claim in it.session.claims_in(SCMP, colleagues=True)}
        links = it.session.index_of("example").contradictions()
        link = next(one for one in links if one.claims[0] in here)
        ends = it.session.ends_of(link)
        it.reader.show_record(ends[0], link)
        await it.keys("Y")
        assert it.last == f"adopted the contradiction from example with {len(ends)} claims"
        (mine,) = it.contradictions
        assert (mine.kinds, mine.gist, mine.memo) == (link.kinds, link.gist, link.memo)
        assert [claim.exact for claim in it.session.ends_of(mine)] == [claim.exact for claim in ends]
        assert "you" in "\n".join(it.strip)


# --- remarks ---


async def test_a_disagreement_stands_below_the_claim_and_in_the_margin_and_can_be_changed(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    async with reading(root) as it:
        await it.keys("enter J R")
        assert "remark on ben's record" in it.screen
        await it.keys("d")
        await it.type("no")
        await it.keys("escape")
        assert it.last == "disagreed with ben's record"
        assert "† you disagree  no" in "\n".join(it.strip)
        assert "·f†" in it.screen
        await it.keys("i")
        assert any("remark" in row and "you disagree" in row and ": no" in row for row in it.rows)
        await it.keys("i R a")
        await it.keys("s")
        assert "† you comment  no" in "\n".join(it.strip)
        await it.keys("R a w")
        await it.type("thing")
        await it.keys("escape")
        assert "† you comment  nothing" in "\n".join(it.strip)
        await it.keys("R a x")
        assert it.last == "deleted the remark"
        assert "†" not in it.screen
        await it.keys("u")
        assert "·f†" in it.screen


async def test_a_remark_without_words_records_nothing(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    async with reading(root) as it:
        await it.keys("enter J R c escape")
        assert not list(it.session.records.records())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_a_colleague_remarks_on_ones_own_record_is_new_and_shown_beside_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, size=size) as it:
        await it.keys("enter j t f E")
        await it.found()
        marks(root, "ben", (REWRITE, BALLOON))
        ben = opened(root.parent / "away-ben", "ben")
        try:
            mine = it.claims[0]
            away = root.parent / "away-ben" / "annotations/ada"
            away.mkdir(parents=True, exist_ok=True)
            (away / f"{SCMP}.yaml").write_bytes((root / f"annotations/ada/{SCMP}.yaml").read_bytes())
            ben.do(remarking.remark(ben, mine, Stance.DISAGREE, "see the other article"))
            comes(ben, root)
        finally:
            ben.close()
        await it.keys("k")
        await look(it)
        assert "2 new from ben" in it.last
        assert "•f†" in it.screen
        await it.keys("j J")
        words = "\n".join(it.strip)
        assert "†1" in words
        assert "ben disagrees  see the other article" in words
        await it.keys("K k")
        assert "f†" in it.screen
        assert "•f†" not in it.screen
        await it.keys("O O")
        assert "†" not in "\n".join(it.strip), "colleagues' records are hidden"


async def test_remarks_are_found_by_the_concordance_and_lead_to_their_record(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    async with reading(root) as it:
        await it.keys("enter J R c")
        await it.type("zeppelin")
        await it.keys("escape k k k F")
        await it.type("zeppelin")
        await it.keys("enter")
        await it.found()
        assert "1 match in records" in it.screen
        await it.keys("enter")
        assert BALLOON in it.statement


# --- linking adopts ---


async def test_linking_to_a_colleagues_claim_adopts_it_in_the_reader(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON), (REWRITE, BALLOON))
    async with reading(root) as it:
        await it.keys("space j space enter J c tab J c escape")
        assert {claim.from_ for claim in it.claims} == {f"ben/{claim.id}" for claim in theirs(it)}
        (link,) = it.contradictions
        assert set(link.claims) == {claim.id for claim in it.claims}
        await it.keys("u")
        assert not list(it.session.records.records()), "one step"


async def test_linking_to_a_colleagues_claim_adopts_it_from_the_comparison(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    away_link(root)
    async with reading(root) as it:
        await it.keys("enter J =")
        await it.found()
        await it.keys("d")
        assert it.last == "duplicate recorded"
        assert {claim.from_ for claim in it.claims} == {f"ben/{claim.id}" for claim in theirs(it)}
        await it.keys("u")
        assert not list(it.session.records.records()), "one step"


async def test_tagging_a_colleagues_claim_from_the_concordance_makes_a_copy_that_says_where_it_is_from(
    tmp_path: Path,
) -> None:
    root = seeds(tmp_path / "w")
    away_link(root, gist="zeppelin")
    async with reading(root) as it:
        await it.keys("enter F")
        await it.type("zeppelin")
        await it.keys("enter")
        await it.found()
        await it.keys("t q")
        await it.found()
        assert [claim.tags for claim in it.claims] == [("quote",)]
        assert it.claims[0].from_ is not None
        assert it.claims[0].from_.startswith("ben/c")


def away_link(root: Path, gist: str | None = None) -> None:
    """Ben marks a contradiction of two articles."""
    marks(root, "ben", (SCMP, BALLOON))
    ben = opened(root.parent / "away-ben", "ben")
    try:
        done = ben.do(gestures.contradiction(ben.desk, place_of(ben, SCMP, BALLOON), place_of(ben, REWRITE, BALLOON)))
        link = ben.records.get(done.current or "")
        assert isinstance(link, Contradiction)
        if gist is not None:
            ben.do(gestures.set_gist(link, gist))
        comes(ben, root)
    finally:
        ben.close()


async def test_what_a_hostile_remark_holds_never_reaches_the_terminal(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    ids = marks(root, "ben", (SCMP, BALLOON))
    links = root / "annotations/eva/links.yaml"
    links.parent.mkdir()
    words = '"[bold]x[/] \\e[31m \\u202e evil \\x07 ' + "long " * 400 + '"'
    remark = f'  r00000000000a:\n    on: ben/{ids[0]}\n    stance: disagree\n    memo: {words}\n    created: "2026"\n'
    links.write_text(f"format: variorum/1\nremarks:\n{remark}", encoding="utf-8")
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter J")
        assert "†1" in it.strip[0]
        await it.keys("i")
        assert "[bold]x[/]" in it.screen
        assert not controls_in(it.rows)
        await it.keys("i R c escape Y")
        assert not controls_in(it.rows)
        assert it.last == "adopted the claim from ben"


async def test_a_remark_on_what_is_not_there_or_on_itself_brings_nothing_down(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, BALLOON))
    links = root / "annotations/eva/links.yaml"
    links.parent.mkdir()
    targets = ("ben/c000000000000", "nobody/x1", "eva/r00000000000c", "", "/", "ada/", "ben @x/y")
    remarks = "".join(
        f'  r00000000000{letter}:\n    on: "{on}"\n    memo: zeppelin\n    created: "2026"\n'
        for letter, on in zip("abcdefg", targets, strict=True)
        if on
    )
    links.write_text(f"format: variorum/1\nremarks:\n{remarks}", encoding="utf-8")
    async with reading(root) as it:
        await it.keys("enter J F")
        await it.type("zeppelin")
        await it.keys("enter")
        await it.found()
        await it.keys("enter j enter g n")
        await look(it)
        assert it.app.is_running
