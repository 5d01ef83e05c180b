"""Rounds through the application where it may show ASCII only: run by `test_plain_signs.py`, in a process of its own,
since the signs are chosen when it starts."""

from pathlib import Path

from driving import Reading, reading, session_of, written
from suggesting import CLOSED, SAFE, bridge, propose, same, three
from test_windows import EVERY_KEY

from tui.ui.signs import ASCII, SIGNS

LONG = "\n\n".join(
    f'Paragraph {number} of it: "this was said", he said, and then "some more" was said by Mr. Smith.'
    for number in range(40)
)
OTHER = (
    'A headline of another article\n\nIt "was said" again, by Mr. Smith. And something else was said too, it is said.'
)


def workspace(tmp_path: Path) -> Path:
    return written(tmp_path / "w", config="format: variorum/1\ntitle: Plain\n", a=LONG, b=OTHER, c="A third.")


def check(it: Reading, where: str) -> None:
    assert SIGNS is ASCII
    for row in it.rows:
        assert row.isascii(), f"after {where}: {row}"


async def test_every_key_is_answered_in_ascii(tmp_path: Path) -> None:
    async with reading(workspace(tmp_path), size=(110, 30)) as it:
        check(it, "start")
        await it.keys("space j space enter")
        for key in EVERY_KEY.split():
            await it.keys(key)
            check(it, key)


async def test_records_prompts_lists_and_messages_are_in_ascii(tmp_path: Path) -> None:
    async with reading(workspace(tmp_path), size=(110, 34)) as it:
        for keys in (
            "space j space enter j t f",
            "j t q w",
            "escape j c j c d",
            "m a escape",
            "j d j d",
            "K K i",
            "ctrl+e ctrl+e i",
            "g t down escape",
            "e",
            "g escape",
            "e w escape",
            "x",
            "u",
            "g",
            "escape Z",
            "Z y",
            "g + g - *",
            "f escape v f",
            "escape escape o",
            "escape tab enter",
            "!",
            "g m b escape A E",
            "q",
            "/ escape s",
            "? q",
        ):
            await it.keys(keys)
            check(it, keys)
        await it.keys(":")
        await it.pilot.pause(0.3)
        check(it, "palette")
        await it.type("zzzz")
        await it.pilot.pause(0.3)
        check(it, "palette without anything found")


async def test_what_has_to_be_settled_is_said_in_ascii(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    async with reading(root) as it:
        await it.keys("enter j j t f j t q j j t o")
        await it.saved()
    changed = LONG.replace("Paragraph 2 of it", "The second paragraph of all").replace("Paragraph 3 of it: ", "")
    (root / "seeds" / "a.txt").write_text(changed, encoding="utf-8")
    async with reading(root, session=session_of(root)) as it:
        check(it, "opening")
        for keys in ("enter", "!", "! escape", "i", "i g !", "escape J", "v r"):
            await it.keys(keys)
            check(it, keys)


async def test_suggestions_are_in_ascii(tmp_path: Path) -> None:
    async with reading(bridge(tmp_path / "w"), size=(110, 30)) as it:
        await propose(it, three(it.session))
        for keys in ("S", "v b", "r", "f", "escape", "tab", "y", "escape", "space", "n", "f escape", "L"):
            await it.keys(keys)
            check(it, keys)
        await propose(it, [same(it.session, CLOSED, SAFE)])
        for keys in ("enter ) s", "s", "s", "i", "i"):
            await it.keys(keys)
            check(it, keys)
        assert "? The old bridge" in " ".join(it.screen.split())


async def test_an_error_is_said_in_ascii(tmp_path: Path) -> None:
    async with reading(workspace(tmp_path), size=(40, 20)) as it:
        await it.keys("enter r")
        check(it, "r")
        it.reader.say("“a”, which is … — no ‘word’ of it · anywhere, and much longer than the last line is", "error")
        await it.settled()
        check(it, "a message in many rows")
        assert '"a", which is ~ - no' in it.screen
