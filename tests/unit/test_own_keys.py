"""The reader's own keys: what they may be, and what is said of those that can't be. No Textual."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.keys import DESCRIPTION
from tui.config import KeySetting, load_user_config
from tui.errors import ConfigError, ConfigErrors, Place, VariorumError
from tui.ui.actions import ACTIONS, Action, Where, actions_of, reachable
from tui.ui.keymap import NEEDED, is_changed, keymap
from tui.ui.keys import Keys


def keys_of(folder: Path, text: str) -> tuple[Action, ...]:
    """The keymap that a config with these lines below `keys:` makes; the first of them stands in line 2."""
    path = folder / "config.yaml"
    path.write_text("keys:\n" + "".join(f"  {line}\n" for line in text.split("\n")), encoding="utf-8")
    return keymap(load_user_config(path).keys)


def refused(folder: Path, text: str) -> list[str]:
    """What is said of such a config, each sentence from its line on."""
    with pytest.raises(VariorumError) as caught:
        keys_of(folder, text)
    lines = str(caught.value).split("\n")
    more = lines.pop() if lines[-1].startswith("…") else ""
    assert all(line.startswith(f"{folder}/config.yaml:") for line in lines)
    assert bool(more) == (len(lines) == 30)
    return [line.removeprefix(f"{folder}/config.yaml:") for line in lines]


def meaning(table: tuple[Action, ...], where: Where, key: str) -> str | None:
    """The name of the action that a key does in a place."""
    action = Keys.of(actions_of(where, table)).bindings.get(tuple(key.split()))
    return None if action is None else action.name


def test_without_settings_the_keymap_is_the_table(tmp_path: Path) -> None:
    assert keymap(load_user_config(tmp_path / "none.yaml").keys) == ACTIONS
    assert not any(map(is_changed, ACTIONS))


def test_an_action_has_the_keys_it_is_given_and_no_others(tmp_path: Path) -> None:
    table = keys_of(tmp_path, 'copy: [X, ctrl+k, "g  y"]\nundo: U\nreader.last: ["$", end]')
    assert meaning(table, Where.READER, "X") == "reader.copy"
    assert meaning(table, Where.READER, "ctrl+k") == "reader.copy"
    assert meaning(table, Where.READER, "g y") == "reader.copy"
    assert meaning(table, Where.READER, "y") is None
    assert meaning(table, Where.LIBRARY, "U") == "undo"
    assert meaning(table, Where.LIBRARY, "u") is None
    assert meaning(table, Where.READER, "$") == "reader.last"
    assert meaning(table, Where.LIBRARY, "G") == "library.last"
    assert {action.name for action in table if is_changed(action)} == {"reader.copy", "undo", "reader.last"}


def test_a_key_can_be_taken_away(tmp_path: Path) -> None:
    table = keys_of(tmp_path, "finished: none".replace("finished", "library.finished"))
    assert meaning(table, Where.LIBRARY, "A") is None
    assert meaning(table, Where.READER, "A") == "reader.finished"


def test_two_actions_can_change_their_keys_with_each_other(tmp_path: Path) -> None:
    table = keys_of(tmp_path, "reader.contradiction: d\nreader.duplicate: c")
    assert meaning(table, Where.READER, "c") == "reader.duplicate"
    assert meaning(table, Where.READER, "d") == "reader.contradiction"


def test_a_place_may_cover_a_key_of_everywhere_as_long_as_another_is_left(tmp_path: Path) -> None:
    table = keys_of(tmp_path, "export: [E, ctrl+s]\nreader.copy: E")
    assert meaning(table, Where.READER, "E") == "reader.copy"
    assert meaning(table, Where.READER, "ctrl+s") == "export"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("nonsense: Y", ["2: nonsense: there is no such action: `variorum keys` names them all"]),
        ("reader.tagg: Y", ["2: reader.tagg: there is no such action; did you mean “reader.tag”?"]),
        ("next: n", ["2: next: there are library.next and reader.next"]),
        ("repeat_tag: T\nreader.repeat_tag: X", ["3: reader.repeat_tag: this is repeat_tag, whose keys are in line 2"]),
        ("copy: t", ["2: copy: “t” is the key of reader.tag already: choose another key for one of them"]),
        ("copy: W\nmemo: W", ["3: memo: “W” is the key of reader.copy already: choose another key for one of them"]),
        ("undo: t", ["2: undo: undo has no key left in the place “Reader”: “t” is reader.tag: choose another key for"]),
        ("reader.copy: Q", ["2: reader.copy: quit has no key left in the place “Reader”: “Q” is reader.copy: choose"]),
        ("word_left: t", ["2: word_left: reader.tag has no key left in the place “Reader, while selecting”: “t” is"]),
        ("copy: g", ["2: copy: “g” (reader.copy) can't begin “gg” (reader.first)"]),
        ("copy: u y", ["2: copy: “u” (undo) can't begin “uy” (reader.copy) too: choose another key for one of them"]),
        ("copy: ctrl+m", ["2: copy: terminals send the same for ctrl+m as for enter: choose another key"]),
        ('copy: "ctrl+["', ["2: copy: terminals send the same for ctrl+[ as for escape: choose another key"]),
        ("copy: g ctrl+i", ["2: copy: terminals send the same for ctrl+i as for tab: choose another key"]),
        ("copy: ctrl+q", ["2: copy: ctrl+q always leaves: choose another key"]),
        (
            "copy: alt+y",
            ["2: copy: alt can't be told from escape and the key after it: choose another key than “alt+y”"],
        ),
        ("copy: shift+y", ["2: copy: “shift+y” is written as it is typed: “Y”"]),
        ("copy: yy", ["2: copy: “yy” is no key; a sequence is written with blanks: “y y”"]),
        ("copy: pagedwn", ["2: copy: “pagedwn” is no key; did you mean “pagedown”?"]),
        ("copy: Strg+Umschalt+ö", ["2: copy: “Strg+Umschalt+ö” is no key: a sign, or a name as in enter, space"]),
        ("copy: 5", ["2: copy: the digits from 1 to 9 are counts, as in 5j: no key may begin with one"]),
        ("copy: g escape", ["2: copy: escape ends a begun sequence: it can be no part of one"]),
        ("copy: g a b c", ["2: copy: a sequence has at most 3 keys, not 4"]),
        ("copy: [X, none]", ["2: copy: “none” takes all keys away: it can't stand beside a key"]),
        ("copy: [none, X]", ["2: copy: “none” takes all keys away: it can't stand beside a key"]),
        ("copy:\n  - X\n  - ctrl+j", ["4: copy: terminals send the same for ctrl+j as for enter"]),
        ("copy: true", ["2: keys: copy: a text is expected; put it in quotes"]),
        ("copy: []", ["2: keys: copy: a list is expected, each item after “- ”"]),
        ("copy: {a: b}", ["2: keys: copy: a text is expected"]),
    ],
)
def test_what_can_not_be_is_refused_with_its_line(tmp_path: Path, text: str, sentences: list[str]) -> None:
    said = refused(tmp_path, text)
    assert len(said) == len(sentences)
    assert all(line.startswith(sentence) for line, sentence in zip(said, sentences, strict=True)), said


@pytest.mark.parametrize("action", NEEDED)
def test_the_ways_out_can_not_be_taken_away(tmp_path: Path, action: str) -> None:
    assert refused(tmp_path, f"{action}: none") == [
        f"2: {action}: without a key for this there may be no way out: name another key"
    ]


def test_all_that_is_wrong_is_said_at_once_by_line(tmp_path: Path) -> None:
    said = refused(tmp_path, "copy: t\nnonsense: x\nquit: none\nmemo: ctrl+h\nreader.settle: g")
    assert [line.partition(":")[0] for line in said] == ["2", "3", "4", "5", "6"]


def test_of_very_many_mistakes_the_first_are_said(tmp_path: Path) -> None:
    said = refused(tmp_path, "\n".join(f"nonsense{number}: x" for number in range(1000)))
    assert len(said) == 30
    assert said[0].startswith("2: nonsense0")


def test_hostile_names_and_keys_are_clipped_and_spelled_out(tmp_path: Path) -> None:
    said = refused(tmp_path, f'"\\e[2J{"x" * 5000}": x\ncopy: "{"y" * 30}\\u202e"')
    assert all("\x1b" not in line and "\u202e" not in line and len(line) < 400 for line in said)


@pytest.mark.parametrize("where", list(Where))
def test_each_action_has_a_key_that_every_terminal_passes(where: Where) -> None:
    """Neither a function key nor one with ctrl and an arrow, alt or shift and a name."""
    passed = {"enter", "tab", "space", "escape", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    passed |= {f"ctrl+{letter}" for letter in "abcdefgklnoprtuvwxyz"}
    for action in reachable(where, ACTIONS):
        assert any(all(len(key) == 1 or key in passed for key in keys.split()) for keys in action.keys), action


def test_the_keymap_needs_no_textual() -> None:
    program = "import sys, tui.ui.keymap; assert not [name for name in sys.modules if name.startswith('textual')]"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_example_in_the_help_holds(tmp_path: Path) -> None:
    lines = DESCRIPTION.split("  keys:\n")[1].split("\n\n")[0].split("\n")
    table = keys_of(tmp_path, "\n".join(line.strip() for line in lines))
    assert [action.name for action in table if is_changed(action)] == ["reader.copy", "undo"]


def test_the_example_in_the_documentation_holds(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "changing-keys.md").read_text(encoding="utf-8")
    lines = page.split("    keys:\n")[1].split("\n\n")[0].split("\n")
    table = keys_of(tmp_path, "\n".join(line.strip() for line in lines))
    assert {action.name for action in table if is_changed(action)} == {
        "reader.copy",
        "undo",
        "reader.article_memo",
        "reader.last",
        "library.sort",
    }


def problems(settings: list[KeySetting]) -> tuple[ConfigError, ...]:
    try:
        keymap(settings)
    except ConfigErrors as errors:
        return errors.problems
    return ()


KEYS = st.sampled_from(["t", "u", "v", "Q", "?", "g", "g g", "g x", "escape", "ctrl+p", ":", "enter", "j", "W", "none"])
NAMES = st.sampled_from([action.name for action in ACTIONS])


@given(st.dictionaries(NAMES, st.lists(KEYS, min_size=1, max_size=3), max_size=6))
def test_a_keymap_is_refused_or_everything_can_still_be_done_by_keys(wanted: dict[str, list[str]]) -> None:
    settings = [
        KeySetting(name, key, Place("config.yaml", line))
        for line, (name, keys) in enumerate(wanted.items(), 2)
        for key in keys
    ]
    lines = [problem.place.line for problem in problems(settings)]
    assert all(2 <= line < 2 + len(wanted) for line in lines)
    if lines:
        return
    table = keymap(settings)
    taken = {name for name, keys in wanted.items() if keys == ["none"] * len(keys)}
    for where in Where:
        bindings = Keys.of(actions_of(where, table)).bindings
        assert not [long for long in bindings for short in bindings if long != short and long[: len(short)] == short]
        by_keys = {action.name for action in reachable(where, table)}
        assert {action.name for action in reachable(where, ACTIONS)} - by_keys <= taken
        assert set(NEEDED) <= by_keys
    for name, keys in wanted.items():
        (action,) = [action for action in table if action.name == name]
        assert list(action.keys) == [key for key in dict.fromkeys(keys) if key != "none"]
