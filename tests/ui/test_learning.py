"""How one learns the keys: where to begin, what a begun sequence goes on with, what is possible, one's own keys."""

import ast
import re
from pathlib import Path

import pytest
from driving import PROJECT, Reading, reading, seeds, session_of

from tui.config import load_user_config
from tui.ui.actions import Action, actions_of, reachable
from tui.ui.app import VariorumApp
from tui.ui.keymap import keymap


def own_keys(tmp_path: Path, *lines: str) -> tuple[Action, ...]:
    path = tmp_path / "config.yaml"
    path.write_text("keys:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    return keymap(load_user_config(path).keys)


# --- the first start ---


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_start_says_in_one_line_where_to_begin(tmp_path: Path, size: tuple[int, int]) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root, size=size) as it:
        assert it.last.startswith("New here? enter reads this article  space selects several  ? shows the keys")
        await it.keys("j")
        assert it.last.startswith("New here?")
        await it.keys("enter")
        assert "New here?" not in it.screen
        await it.keys("q")
        assert "New here?" not in it.screen
    assert not (root / ".variorum").exists()


async def test_who_recorded_something_is_not_new_here(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("A")
    async with reading(root) as it:
        assert "New here?" not in it.screen


# --- sequences and wrong keys ---


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_begun_sequence_shows_what_it_goes_on_with(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(seeds(tmp_path / "w"), size=size) as it:
        await it.keys("enter g")
        assert it.last.startswith("g …  g beginning of the article  m memo on the article")
        await it.keys("x")
        assert it.last.startswith("gx does nothing here  g beginning of the article")
        await it.keys("g escape")
        assert it.last.startswith("t tag")


async def test_a_wrong_key_says_what_is_possible_in_the_mode(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("X")
        assert it.last.startswith("X does nothing here  enter read  space select")
        assert it.last.endswith("? keys")
        await it.keys("f5")
        assert it.last.startswith("f5 does nothing here  enter read")
        await it.keys("enter X")
        assert it.last.startswith("X does nothing here  t tag  c contradiction")
        await it.keys("v X")
        assert it.last.startswith("X does nothing here  t tag  c contradiction  d duplicate  r re-span")
        await it.keys("escape f %")
        assert it.last == "there is no such letter on the screen: f gives them anew"
        await it.keys("t %")
        assert it.last == "this key picks nothing here: a letter, shift+letter, / to filter, enter, escape"


# --- one's own keys ---


async def test_keys_of_ones_own_work_and_are_named_everywhere(tmp_path: Path) -> None:
    keys = own_keys(tmp_path, "reader.contradiction: B", "cancel: ctrl+x", "help: H", "undo: U", "reader.tag: none")
    session = session_of(seeds(tmp_path / "w"))
    app = VariorumApp(session, theme="variorum-dark", keys=keys)
    async with app.run_test(size=(120, 40)) as pilot:
        it = Reading(app, pilot, session)
        await it.settled()
        await it.keys("enter")
        assert it.last.startswith("B contradiction")
        assert it.last.endswith("H keys")
        await it.keys("j B")
        assert "go to the other statement and press B, ctrl+x cancels" in it.last
        await it.keys("ctrl+x .")
        assert it.last == "no tag was given yet: ctrl+p tag tags"
        await it.keys("m")
        assert it.last == "there is no record of yours here: ctrl+p tag tags, B and d link, w says who says it"
        await it.keys("H")
        assert "Keys: Reader" in it.screen
        assert re.search(r"\bB +contradiction: mark one end", it.screen)
        await it.keys("escape :")
        await it.type("tag the selection")
        await it.pilot.pause(0.3)
        assert "tag the selection, claim or statement  (tag, no key)" in it.screen
        await it.keys("enter")
        await it.pilot.pause(0.1)
        await it.keys("f")
        assert [claim.tags for claim in it.claims] == [("fact",)]
        await it.keys("x")
        assert it.last.endswith("; U brings it back")
    session.close()


async def test_keys_that_are_brackets_are_shown_as_they_are_in_the_palette(tmp_path: Path) -> None:
    keys = own_keys(tmp_path, "reader.next_match: '[ b ]'", "reader.previous_record: K")
    session = session_of(seeds(tmp_path / "w"))
    app = VariorumApp(session, theme="variorum-dark", keys=keys)
    async with app.run_test(size=(120, 80)) as pilot:
        it = Reading(app, pilot, session)
        await it.settled()
        await it.keys("enter :")
        for typed in ("", "match"):
            await it.type(typed)
            await it.pilot.pause(0.3)
            assert re.search(r"next match of the search  \(\[ ?b ?\]\)", it.screen)
    session.close()


@pytest.mark.parametrize("before", ["", "enter", "enter v", "S"])
async def test_the_palette_has_every_action_of_the_place_with_its_key(tmp_path: Path, before: str) -> None:
    async with reading(seeds(tmp_path / "w"), size=(120, 80)) as it:
        await it.keys(before)
        where = it.app.rooms.top.where
        await it.keys("ctrl+p")
        await it.pilot.pause(0.3)
        offered = {str(option.prompt) for option in it.app.screen.query_one("CommandList")._options}  # type: ignore[attr-defined]
        with_keys = {f"{action.what}  ({action.key})" for action in reachable(where)}
        assert with_keys <= offered
        ids = {action.id for action in reachable(where)}
        rest = {f"{a.what}  ({a.id}, no key)" for a in actions_of(where) if a.id not in ids}
        assert offered == with_keys | rest


# --- no sentence names a key by itself ---

KEY = re.compile(r"(?<![\w’'“/.(-])(?:[b-zB-HJ-Z!?|+.]|ctrl\+\w)(?=[\s,;)]|$)")
FIXED = {
    *("  j and k for more", "escape or ctrl+s keeps it ", "escape or ctrl+s keeps it, ctrl+g your editor "),
    *(" r, or ", " x deletes", " r"),  # letters of the picker that settles
    " s sets its status",  # a letter of the picker of fields
    "q leaves ",  # of the first screen, which has no other
    *("  ! ", "! ", " ?", r"[\w .,:;()’'-]*"),  # no keys
}
"""What can't be changed: keys of the help, the memo editor and pickers. Prompts and pickers have no others."""


def sentences(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    # A string that stands by itself explains what is above it.
    docs |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in docs)
    found = (node.value for node in strings if isinstance(node.value, str) and " " in node.value)
    return [words for words in found if not re.fullmatch(r"[A-Z][\w\[, \]]*( \| \w+)+", words)]  # which are types


def test_no_sentence_names_a_key_that_may_be_another() -> None:
    rooms = ("ui", "session", "doctor")
    files = [path for room in rooms for path in (PROJECT / "tui" / room).rglob("*.py")]
    named = [
        f"{path.relative_to(PROJECT)}: {sentence}"
        for path in files
        if path.name not in ("actions.py", "keymap.py")
        for sentence in sentences(path)
        if KEY.search(sentence) and sentence not in FIXED and not sentence.startswith("empty: the article itself")
    ]
    assert named == []
    assert KEY.search("go there and press c, escape cancels")
    assert KEY.search("; u brings it back")
