"""What a record says: who, gist, memo, certainty, when, status; each put right without making it again."""

from pathlib import Path

import pytest
import yaml
from driving import SCMP, reading, seeds

from tui.model.records import Certainty, Status


async def test_who_says_it_is_guessed_from_the_text_and_enter_takes_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j w")
        assert "said by" in it.last
        guess = it.reader.prompt.field.value
        assert guess == it.session.guess_speaker(SCMP, it.column.statement)
        assert guess
        await it.keys("enter")
        assert it.claims[0].said_by == (guess,)
        assert guess in it.strip[0]


async def test_who_says_it_is_a_chain_and_names_in_use_are_completed(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f w ctrl+u")
        await it.type("Antony Blinken > CNBC")
        await it.keys("enter")
        assert it.claims[0].said_by == ("Antony Blinken", "CNBC")
        assert "Antony Blinken › CNBC" in it.strip[0]
        await it.keys("j t f w ctrl+u")
        await it.type("anto")
        await it.pilot.pause(0.1)
        await it.keys("tab")
        await it.type(" > cn")
        await it.pilot.pause(0.1)
        await it.keys("tab enter")
        assert it.claims[1].said_by == ("Antony Blinken", "CNBC"), "written as it was before"


async def test_the_article_itself_or_nobody_may_be_said_to_say_it(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f w ctrl+u enter")
        assert it.claims[0].said_by == ()
        assert "the article itself" in it.strip[0]
        await it.keys("w - enter")
        assert it.claims[0].said_by is None


async def test_the_gist_is_written_kept_to_its_limit_and_taken_out(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f e g")
        await it.type("x" * 76)
        await it.keys("enter")
        assert "at most 75 characters, this one has 76" in it.screen
        await it.keys("backspace enter")
        assert it.claims[0].gist == "x" * 75
        assert "x" * 75 in it.strip[0]
        await it.keys("e g ctrl+u enter")
        assert it.claims[0].gist is None


async def test_escape_leaves_a_field_as_it_was(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f e g a b c escape")
        assert it.claims[0].gist is None
        await it.keys("e escape j")
        assert it.statement.startswith("“If we agree")


async def test_certainty_and_when_are_set_and_taken_out(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter e c h")
        assert [claim.certainty for claim in it.claims] == [Certainty.HEDGED]
        assert "hedged" in it.strip[0]
        await it.keys("e c -")
        assert [claim.certainty for claim in it.claims] == [None]
        await it.keys("e w")
        await it.type("last week")
        await it.keys("enter")
        assert "is no date" in it.screen
        await it.keys("ctrl+u")
        await it.type("2023-06-19")
        await it.keys("enter")
        assert it.claims[0].when == "2023-06-19"
        assert "2023-06-19" in it.strip[0]
        await it.keys("e w ctrl+u enter")
        assert it.claims[0].when is None


async def test_the_status_of_a_contradiction_is_set(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter c j c n e s e")
        assert it.contradictions[0].status is Status.EXPLAINED
        assert any(row.endswith("explained") for row in it.strip)


async def test_what_is_done_to_a_record_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        for keys in ("m", "x"):
            await it.keys(keys)
            assert "there is no record of yours here" in it.last, keys
        assert list(it.session.records.records()) == []


@pytest.mark.parametrize(
    ("before", "letters"),
    [
        ("", "cw"),
        ("j t f", "gcwm"),
        ("j c j c escape escape", "gkscwm"),
        ("j c j c escape", "gksm"),
        ("j d j d", "gm"),
    ],
)
async def test_only_the_fields_that_are_there_can_be_edited(tmp_path: Path, before: str, letters: str) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter", before, "e")
        assert "".join(choice.letter for choice in it.reader.picker._choices) == letters
        for letter in set("gkscwm") - set(letters):
            await it.keys(letter)
            assert it.last.startswith("this key picks nothing here"), letter


async def test_a_memo_is_written_in_lines_and_escape_keeps_it(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f m")
        assert "escape or ctrl+s keeps it" in it.screen
        await it.type("One.")
        await it.keys("enter enter")
        await it.type("Two?jkq")
        await it.keys("backspace backspace backspace escape j k")
        assert it.claims[0].memo == "One.\n\nTwo?"
        assert any("One." in row for row in it.strip)
        await it.keys("m ! ctrl+s")
        assert it.claims[0].memo == "One.\n\nTwo?!"
        await it.keys("u")
        assert it.claims[0].memo == "One.\n\nTwo?"
        await it.keys("E")
        await it.app.workers.wait_for_complete()
    data = yaml.safe_load((root / "annotations" / "ada" / f"{SCMP}.yaml").read_text())
    assert [claim["memo"] for claim in data["claims"].values()] == ["One.\n\nTwo?"]


async def test_a_memo_left_as_it_was_is_no_step(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f m escape u")
        assert it.last == "undone: tagged fact"


async def test_a_link_has_gist_and_memo_of_its_own(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter d j d e g")
        await it.type("No military talks")
        await it.keys("enter m")
        await it.type("Copied?")
        await it.keys("escape")
        assert (it.groups[0].gist, it.groups[0].memo) == ("No military talks", "Copied?")
        assert [(claim.gist, claim.memo) for claim in it.claims] == [(None, None)] * 2


async def test_the_article_has_a_memo_of_its_own(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f g m")
        await it.type("No byline.")
        await it.keys("escape")
        note = it.session.records.note(SCMP)
        assert note
        assert note.memo == "No byline."
        assert it.claims[0].memo is None


async def test_what_is_typed_in_one_burst_goes_where_it_is_meant_for(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f e g a b backspace c enter m d o escape j t o u")
        assert it.claims[0].gist == "ac"
        assert it.claims[0].memo == "do"
        assert len(it.claims) == 1
        assert it.statement.startswith("“If we agree")


async def test_where_there_is_little_room_the_gist_comes_before_what_goes_without_saying(tmp_path: Path) -> None:
    gist = "The trip was put off after the balloon"
    for width, height in ((80, 24), (160, 40)):
        async with reading(seeds(tmp_path / str(width)), size=(width, height)) as it:
            await it.keys("enter t b e c s w ctrl+u enter e w")
            await it.type("2023-02")
            await it.keys("enter e g")
            await it.type(gist)
            await it.keys("enter")
            assert gist in it.strip[0]
            assert "2023-02" in it.strip[0]
            is_wide = width == 160
            assert ("stated" in it.strip[0], "the article itself" in it.strip[0]) == (is_wide, is_wide)
