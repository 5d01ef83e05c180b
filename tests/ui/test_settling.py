"""Claims whose article changed: seen in the gutter and the strip, and settled with one key each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from changed_samples import (
    ADDED,
    AGREED,
    FIRST,
    MET,
    NEW,
    OLD,
    THREE,
    TWO,
    WITNESS,
    corrected,
    made_on,
    make,
    mark,
    record,
)
from driving import Reading, controls_in, reading, session_of

from tui.model.changes import Change
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.ui import open_claims
from tui.ui import reading as reading_module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = corrected(tmp_path / "w")
    (root / "config.yaml").write_text("format: variorum/1\n")
    return root


def row_of(it: Reading, words: str) -> str:
    return it.rows[it.find(words, below=3)[1]]


def made_with(it: Reading, words: str) -> str:
    return made_on(it.session, words).id


async def test_what_has_to_be_settled_is_seen_in_the_gutter_the_title_and_the_last_line(root: Path) -> None:
    async with reading(root) as it:
        assert "news: 2 claims stand elsewhere now: variorum reanchor" in it.last
        assert "2 to settle" in it.screen
        await it.keys("enter")
        assert row_of(it, TWO).split()[0] == "!f"
        assert row_of(it, MET).split()[0] in ("f≠", "!f≠")
        assert sum("!" in row[:40] for row in it.rows[3:30]) == 2
        assert it.rows[3].endswith("2 to settle")
        assert it.last.startswith("! settle  t tag")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_library_names_the_key_that_leads_to_what_is_to_be_settled(root: Path, size: tuple[int, int]) -> None:
    async with reading(root, size=size) as it:
        assert it.last.endswith("(and 1 more: variorum check)")
        await it.keys("k")
        assert it.last.startswith("! settle")
        assert it.find("2 to settle", below=8)
        await it.keys("g ! enter")
        await it.keys("! a ! x L")
        assert "to settle" not in it.screen


async def test_the_strip_says_what_was_said_and_what_is_said_now(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter j")
        claim, was, now = it.strip[:3]
        assert "its words changed: is it still what the article says?" in claim
        assert was.split("  ")[-2:] == ["! settles it"] or was.endswith("! settles it")
        assert f"was  {THREE}" in was
        assert f"now  {TWO}" in now


async def test_the_words_that_differ_are_underlined_and_not_only_coloured(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter j")
        changed = {
            words: style for line in it.reader.strip.lines for words, style in line.left if words in ("Three", "Two")
        }
        assert set(changed) == {"Three", "Two"}
        assert all("underline" in style for style in changed.values())


async def test_a_change_is_accepted_with_two_keys_and_the_next_is_one_key_away(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter")
        await it.keys("!")
        assert it.statement == TWO
        assert "accept" in it.screen
        await it.keys("a")
        assert made_on(it.session, TWO).tags == ("fact",)
        assert it.last == "accepted “Two planes were lost ov…”; 1 to settle, ! goes to the next"
        assert it.rows[3].endswith("1 to settle")
        assert "!" not in row_of(it, TWO)[:40]
        await it.keys("! escape")
        assert any(f"gone  “{WITNESS}”" in row for row in it.strip)
        await it.keys("u")
        assert it.rows[3].endswith("2 to settle")
        assert made_with(it, THREE)
        await it.saved()


@pytest.mark.parametrize("height", [14, 15, 24])
async def test_what_was_and_is_said_can_be_read_below_the_question(root: Path, height: int) -> None:
    async with reading(root, size=(80, height)) as it:
        for keys in ("enter !", "escape !"):
            await it.keys(keys)
            picker, strip = it.reader.picker.region, it.reader.strip.region
            assert it.reader.picker.is_open
            assert not picker.overlaps(strip)
            assert "was" in it.strip[1]
            assert "now" in "".join(it.strip[1:])


GONE = "gone from the article: select its words with v, then ! r, or ! x deletes"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_to_do_with_an_orphan_is_said_whole_and_nothing_senseless_is_offered(
    root: Path, size: tuple[int, int]
) -> None:
    async with reading(root, size=size) as it:
        await it.keys("enter ! a !")
        assert it.last == GONE
        assert "A witness on" in it.screen[it.screen.index("is gone") - 60 :]
        assert "accept" not in it.screen
        assert "re-span" not in it.screen
        await it.keys("v")
        assert it.selection == it.statement
        await it.keys("!")
        row = it.find("re-span  the claim takes the selection")[1]
        assert "delete  the claim goes" in it.rows[row + 1]
        assert "accept" not in it.screen


async def test_an_orphan_takes_the_words_selected_for_it_elsewhere(root: Path) -> None:
    async with reading(root) as it:
        orphan = made_with(it, WITNESS)
        await it.keys("enter ! a ! escape")
        while it.statement != ADDED:
            await it.keys("j")
        await it.keys("v ! enter")
        assert made_with(it, ADDED) == orphan
        assert it.last == "moved the claim to “This article was correc…”; nothing more to settle"
        assert "to settle" not in it.rows[3]
        await it.keys("!")
        assert it.last == "there is nothing to settle: no merge and no changed article left anything open"


async def test_words_selected_after_asking_are_for_the_orphan_that_was_asked_about(root: Path) -> None:
    async with reading(root) as it:
        orphan = made_with(it, WITNESS)
        await it.keys("enter ! escape J")
        while it.reader.current is None or it.reader.current.id != orphan:
            await it.keys("J")
        await it.keys("! escape g g v b ! r")
        assert len(it.session.desk.view.open_in("news")) == 1
        assert next(claim for claim in it.claims if claim.id == orphan).exact == FIRST.removesuffix(".")


async def test_what_is_said_of_a_claim_that_takes_other_words_names_those_it_took(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter !")
        assert "the claim takes this whole statement" in it.screen
        await it.keys("r")
        assert it.last == "moved the claim to “Two planes were lost ov…”; 1 to settle, ! goes to the next"
        await it.keys("u")
        assert it.last == "undone: moved the claim to “Two planes were lost ov…”"
        await it.keys("v b b b r")
        assert it.last == "moved the claim to “Two planes were lost ov…”"


async def test_an_orphan_is_deleted_with_two_keys_and_comes_back_with_one(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter ! a ! x")
        assert all(claim.exact != WITNESS for claim in it.claims)
        await it.keys("u")
        assert made_with(it, WITNESS)
        assert it.rows[3].endswith("1 to settle")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_where_several_are_open_a_letter_says_which(root: Path, size: tuple[int, int]) -> None:
    async with reading(root, size=size) as it:
        changed = made_on(it.session, THREE)
        span = Span(changed.span.start, changed.span.start + len("Three planes were lost"))
        part = replace(changed, id="c" + "9" * 12, exact=span.of(OLD), span=span, suffix=OLD[span.end :][:40])
        it.session.do(Gesture("as a file can bring it", (Change(None, part),)))
        await it.keys("enter j !")
        assert "settle which?" in it.screen
        row = it.find("settle which?")[1]
        listed = [" ".join(line.split()) for line in it.rows[row + 1 : row + 3]]
        assert len({line[line.index("was Three") :] for line in listed}) == 2
        assert all("was Three, now Two · “Three planes" in line and line.endswith("changed") for line in listed)
        await it.keys("b")
        assert "settle which?" not in it.screen
        await it.keys("x")
        left = [placed.claim for placed in it.session.desk.view.open_in("news")]
        assert len(left) == 2
        assert (changed in left) != (part in left)


async def test_keys_act_on_the_record_of_a_claim_that_is_seen_elsewhere(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter")
        while it.statement != AGREED:
            await it.keys("j")
        before = made_on(it.session, AGREED)
        await it.keys("m")
        await it.type("look")
        await it.keys("escape e g")
        await it.type("an hour")
        await it.keys("enter t q w")
        await it.type("a source")
        await it.keys("enter")
        after = made_on(it.session, AGREED)
        assert after.id == before.id
        assert (after.memo, after.gist, after.tags) == ("look", "an hour", ("quote",))
        assert after.said_by is not None
        assert (after.span, after.text_sha256) == (before.span, before.text_sha256)
        await it.keys("x")
        assert before.id not in {claim.id for claim in it.claims}
        await it.keys("u u u u u")
        assert made_on(it.session, AGREED) == before
        await it.saved()


async def test_the_keys_for_records_reach_an_orphan_too(root: Path) -> None:
    async with reading(root) as it:
        orphan = made_on(it.session, WITNESS)
        await it.keys("enter")
        while it.reader.current is None or it.reader.current.id != orphan.id:
            await it.keys("J")
        assert WITNESS in it.strip[1]
        await it.keys("t q m")
        await it.type("gone")
        await it.keys("escape")
        after = made_on(it.session, WITNESS)
        assert (after.id, after.tags, after.memo) == (orphan.id, ("quote",), "gone")
        assert after.span == orphan.span


async def test_everything_that_is_open_is_listed_and_gone_to(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("g !")
        assert "2 to settle" in it.screen
        assert "changed · “Three planes" in it.screen
        assert "orphaned · “A witness" in it.screen
        await it.keys("down enter")
        assert any(WITNESS in row for row in it.strip)
        await it.keys("g ! enter")
        assert it.statement == TWO
        assert it.session.desk.view.open_in("news")[0].claim.id == (it.reader.current and it.reader.current.id)


async def test_the_palette_has_the_list_of_what_is_open(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter :")
        await it.type("what is open")
        await it.pilot.pause(0.3)
        await it.keys("enter")
        await it.pilot.pause(0.1)
        assert "changed · “Three planes" in it.screen


async def test_a_colleagues_open_claims_are_theirs(root: Path) -> None:
    async with reading(root, annotator="ben") as it:
        await it.keys("enter j")
        assert row_of(it, TWO).split()[0] == "▌·!f"
        assert "ada settles it" in it.strip[1]
        assert "to settle" not in it.rows[3]
        await it.keys("!")
        assert it.last == "this is ada's claim: only ada settles it"
        await it.keys("O O")
        assert "!" not in row_of(it, TWO)[:40]


async def test_the_next_open_claim_may_be_in_another_article(root: Path) -> None:
    session = session_of(root)
    mark(session, "The talks broke off.")
    session.flush()
    session.close()
    (root / "seeds/other.txt").write_text("A new line first, and then nothing that was there before.\n")
    async with reading(root) as it:
        await it.keys("enter ! a ! x !")
        assert it.column.article.id == "other"
        assert "to settle" in it.rows[3]


async def test_two_rows_are_enough_to_say_it(root: Path) -> None:
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter j")
        assert any("was Three  now Two" in row for row in it.strip)


async def test_a_renamed_article_is_read_with_its_claims(tmp_path: Path) -> None:
    root = make(tmp_path / "w").root
    record(root)
    (root / "seeds/news.txt").rename(root / "seeds/wire.txt")
    async with reading(root) as it:
        assert it.last.startswith("the article news was renamed to wire: variorum reanchor")
        assert it.rows[it.find("The ministry spoke")[1]].split()[-5:] == ["5", "1", "·", "·", "·"]
        await it.keys("down enter")
        assert row_of(it, MET).split()[0] == "f≠"
        await it.keys("t q A")
        assert made_on(it.session, FIRST).tags == ("quote",)
        await it.saved()


async def test_nothing_can_be_settled_where_nothing_can_be_recorded(root: Path) -> None:
    async with reading(root) as it:
        it.session.store._barred = "nothing can be recorded here: a test says so"
        await it.keys("enter ! !")
        assert it.last == "nothing can be recorded here: a test says so"
        assert "accept" not in it.screen


async def test_a_link_to_an_orphan_leads_to_where_it_is_to_be_settled(root: Path) -> None:
    async with reading(root) as it:
        orphan = made_on(it.session, WITNESS)
        here = it.session.end_of("news", it.session.claims_in("news")[0].span)
        it.session.do(gestures.duplicate(it.session.desk, here, it.session.end_of("news", Span(0, 1), claim=orphan)))
        await it.keys("enter J J enter")
        assert it.reader.current is not None
        assert it.reader.current.at == orphan.id
        assert any(WITNESS in row for row in it.strip)
        await it.keys("!")
        assert it.last == GONE


async def test_words_made_to_deceive_are_shown_as_signs_wherever_they_changed(tmp_path: Path) -> None:
    evil = "said \x1b[2J[bold]no[/bold] and \u202eyes"
    old = OLD.replace("were lost over the strait", evil)
    root = make(tmp_path / "w", old).root
    session = session_of(root)
    mark(session, old.split("\n\n")[1])
    session.flush()
    session.close()
    (root / "seeds/news.txt").write_text(NEW.replace("were lost over", "were \x9b1mseen over"), encoding="utf-8")
    async with reading(root) as it:
        await it.keys("enter !")
        assert controls_in(it.rows) == []
        await it.keys("escape g !")
        assert controls_in(it.rows) == []


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)])
async def test_settling_works_at_every_size(root: Path, size: tuple[int, int]) -> None:
    async with reading(root, size=size) as it:
        await it.keys("enter ! a ! x")
        assert it.session.desk.view.open_in("news") == ()
        assert it.last.startswith("deleted the claim")


async def test_of_thousands_of_orphans_at_one_statement_a_key_looks_at_those_it_shows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(root) as it:
        first = replace(made_on(it.session, FIRST), text_sha256="0" * 64)
        ids = [it.session.desk.new_id("c") for _ in range(2_000)]
        many = [replace(first, id=id, exact=f"nobody wrote this {id}") for id in ids]
        it.session.do(Gesture("as a file can bring it", tuple(Change(None, claim) for claim in many)))
        await it.keys("enter")
        assert it.strip[-1].endswith(" more")
        looked = Counter[str]()

        def counting(name: str, function: Callable[..., object]) -> Callable[..., object]:
            def counted(*arguments: object, **options: object) -> object:
                looked[name] += 1
                return function(*arguments, **options)

            return counted

        monkeypatch.setattr(reading_module, "word_lines", counting("rows", open_claims.word_lines))
        monkeypatch.setattr(open_claims, "sight_of", counting("sights", open_claims.sight_of))
        await it.keys("j k")
        assert 0 < looked["rows"] <= 12
        assert looked["sights"] == 0
