"""What Suggestions tells besides the pair: files that changed, what is held back, what a decision did, what is left."""

from dataclasses import replace
from pathlib import Path

import pytest
from deciding_samples import DUPLICATE
from driving import Reading, reading, written
from suggesting import CARS, CLOSED, CLOSED_TOO, MORE_CARS, SAFE, UNSAFE, bridge, conflict, propose, same, three

from tui.session.suggesting import FAINT
from tui.ui.screens.suggestions import SuggestionsScreen


def pair(it: Reading) -> str:
    screen = it.app.screen
    assert isinstance(screen, SuggestionsScreen)
    assert screen.queue is not None
    return screen.queue.here.a.exact if screen.queue.here is not None else ""


async def begin(it: Reading) -> None:
    await propose(it, three(it.session))
    await it.keys("S")


def change(root: Path) -> None:
    file = root / "seeds/b.txt"
    file.write_text(file.read_text().replace("6,000", "6,100"))


# --- an article that changed on disk ---


@pytest.mark.parametrize("key", ["y", "n"])
async def test_nothing_is_decided_on_words_that_the_file_may_not_hold_any_more(tmp_path: Path, key: str) -> None:
    root = bridge(tmp_path / "w")
    async with reading(root) as it:
        await begin(it)
        change(root)
        await it.keys(f"j {key}")
        assert it.last == (
            "the file of “News from the river” changed on disk, and nothing was recorded: gr reads it anew first"
        )
        assert it.claims == []
        assert not len(it.session.records)
        await it.keys("g r")
        await it.settled()
        assert pair(it) != CARS[1], "what was proposed of the old words is gone"
        await it.keys("g g")
        assert "6,100 cars" in it.screen
        await it.keys(key)
        assert len(it.session.records), "and the other pairs can be decided on"


async def test_beside_the_text_nothing_is_decided_on_them_either(tmp_path: Path) -> None:
    root = bridge(tmp_path / "w")
    async with reading(root) as it:
        await propose(it, three(it.session))
        await it.keys("enter 2 ) s")
        change(root)
        await it.keys("y")
        assert "changed on disk, and nothing was recorded" in it.screen
        assert it.claims == []
        await it.keys("g r")
        await it.settled()
        assert "6,100" in it.session.articles["b"].text, "which was open in no pane"


async def test_that_a_file_changed_is_told_while_its_pair_is_read(tmp_path: Path) -> None:
    root = bridge(tmp_path / "w")
    async with reading(root) as it:
        await begin(it)
        change(root)
        it.app._look_for_news()
        for _ in range(50):
            await it.settled()
            if "changed on disk" in it.last:
                break
        assert it.last == "the file of “News from the river” changed on disk: gr reads it anew"
        await it.keys("j j")
        assert {article.id for article in it.app.rooms.shown_articles()} == {"a", "c"}


# --- what is held back ---


def ships(tmp_path: Path) -> tuple[Path, list[str]]:
    sentences = [f"Ship {number} carried {number + 100} men." for number in range(15)]
    root = written(tmp_path / "w", a=f"Log\n\n{' '.join(sentences)}\n", b="Tale\n\nThe ship carried 99 men.\n")
    return root, sentences


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_held_back_is_named_where_pairs_are_shown_and_where_none_is_left(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    root, sentences = ships(tmp_path)
    async with reading(root, size=size) as it:
        other = ("b", "The ship carried 99 men.")
        found = [conflict(it.session, ("a", words), other) for words in sentences]
        await propose(it, [*found, same(it.session, ("a", sentences[0]), other)])
        await it.keys("S")
        assert "y yes  n no  + 3 more  space later" in it.last
        await it.keys("f b")
        await it.keys("n " * 12)
        assert "No pair is left of those chosen: possible conflicts." in it.screen
        assert "a shows all pairs again." in it.screen
        assert "+ shows 3 more possible conflicts of these, less sure." in it.screen
        await it.keys("+")
        assert pair(it) == sentences[12]
        assert "more" not in it.last.replace("3 more possible", "")
        assert "12 of 16 decided" in it.screen


# --- what a decision did ---


async def test_a_duplicate_that_is_also_a_possible_conflict_stays_one_and_that_is_said(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(120, 40)) as it:
        both = [same(it.session, CARS, MORE_CARS), conflict(it.session, CARS, MORE_CARS)]
        await propose(it, both)
        await it.keys("S y")
        assert len(it.groups) == 1
        assert "; its possible conflict is still proposed; u takes it back" in it.screen
        assert "≠ possible conflict" in it.screen
        assert "1 of 2 decided" in it.screen
        await it.keys("y")
        assert len(it.contradictions) == 1
        assert "2 of 2 decided" in it.screen


async def test_what_else_a_decision_settled_is_said(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(120, 40)) as it:
        closed = ("c", "The old bridge is closed.")
        sides = ((CLOSED, CLOSED_TOO), (CLOSED, closed), (CLOSED_TOO, closed))
        await propose(it, [same(it.session, *some) for some in sides])
        await it.keys("S y")
        assert "1 of 3 decided" in it.screen
        assert "more pair" not in it.last
        await it.keys("y")
        assert "and by it 1 more pair; u takes it back" in it.screen
        assert "3 of 3 decided" in it.screen


# --- the row above the sides, and the last line ---


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_how_far_one_is_can_be_read_whatever_else_stands_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(bridge(tmp_path / "w"), size=size) as it:
        await begin(it)
        await it.keys("tab")
        assert "proposed as duplicate   0 of 3 decided" in it.screen
        await it.keys("f a tab")
        assert "0 of 3 decided" in it.screen
        keys = it.last.split()
        assert keys.count("y") == keys.count("n") == 1
        assert "a all pairs" in it.last
        assert "v words" in it.last


@pytest.mark.parametrize(
    ("articles", "words"), [({}, "there is none here"), ({"a": "One.\n"}, "there is only one here")]
)
async def test_with_too_few_articles_it_says_how_many_there_are_and_where_to_put_some(
    tmp_path: Path, articles: dict[str, str], words: str
) -> None:
    root = written(tmp_path / "w", **articles)
    (root / "seeds").mkdir(exist_ok=True, parents=True)
    async with reading(root) as it:
        await it.keys("S")
        assert words in it.screen
        assert f"Put {'another' if articles else 'some'} into the folder seeds" in it.screen


# --- beside the text ---


async def test_faint_ones_have_no_sign_and_are_shown_when_asked_for(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        faint = replace(same(it.session, UNSAFE, SAFE), score=FAINT - 0.01)
        assert faint.kind is DUPLICATE
        await propose(it, [faint, conflict(it.session, CARS, MORE_CARS)])
        await it.keys("j j enter )")
        assert it.last.startswith("nothing is suggested further down in this article")
        x, y = it.find(SAFE[1])
        assert "?" not in it.rows[y][:x]
        await it.keys("j")
        assert it.statement == SAFE[1]
        assert it.strip == ["   1 faint suggestion: s shows it"]
        await it.keys("s")
        assert "1 of 1 suggested" in it.screen


async def test_enter_takes_the_pair_along_and_deciding_goes_on_to_the_one_behind_it(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w")) as it:
        other = [same(it.session, side, CLOSED_TOO) for side in (CARS, CLOSED, UNSAFE)]
        await propose(it, [*other, same(it.session, CLOSED, SAFE)])
        await it.keys("enter ) s")
        assert CLOSED_TOO[1] in "\n".join(it.strip)
        await it.keys("enter")
        assert it.statement == CLOSED_TOO[1]
        assert CLOSED[1] in "\n".join(it.strip)
        assert "2 of 3 suggested" in it.screen
        await it.keys("n")
        assert UNSAFE[1] in "\n".join(it.strip)
        assert "2 of 2 suggested" in it.screen


async def test_closing_brings_back_the_rows_one_saw_in_a_low_terminal_too(tmp_path: Path) -> None:
    filler = "\n".join(f"Sentence {number} is about the river and its fish." for number in range(60))
    root = written(tmp_path / "w", a=f"Log\n\n{filler}\n", b="Tale\n\nThe river has fish.\n")
    async with reading(root, size=(80, 24)) as it:
        words = "Sentence 9 is about the river and its fish."
        await propose(it, [same(it.session, ("a", words), ("b", "The river has fish."))])
        await it.keys("enter 1 0 j")
        assert it.statement == words
        before = it.rows[2:16]
        await it.keys("s")
        assert "1 of 1 suggested" in it.screen
        assert words[:20] in it.screen
        await it.keys("escape")
        await it.settled()
        assert it.rows[2:16] == before
