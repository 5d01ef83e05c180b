"""The real program while it opens a workspace: what is wrong is said when the screen is given back."""

from pathlib import Path

from terminal import Terminal, five, reader

from tui.__main__ import WRONG

GIVEN_BACK = b"\x1b[?1049l"


def test_a_damaged_store_is_named_when_the_screen_is_given_back(tmp_path: Path) -> None:
    root = five(tmp_path / "w")
    with reader(root) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "saved")
    (journal,) = (root / ".variorum").rglob("store.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"spoilt\n", *lines[1:]]))
    terminal = Terminal(str(root), folder=tmp_path)
    assert terminal.wait_for_end() == WRONG
    said = terminal.written.rpartition(GIVEN_BACK)[2]
    assert b"variorum doctor" in said
    assert b"Traceback" not in terminal.written
    terminal.kill()
