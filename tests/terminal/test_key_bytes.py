"""Keys, pastes and the mouse as the bytes that terminals send."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal, claims, five, library, reader

FIRST, SECOND, THIRD = "Why China still", "“If we agree", "Blinken’s remarks"
"""How the first statements of the first article begin."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return five(tmp_path / "w")


@pytest.fixture
def terminal(workspace: Path) -> Iterator[Terminal]:
    with reader(workspace) as terminal:
        yield terminal


def here(terminal: Terminal) -> str:
    """The first row of the statement at the cursor."""
    return next((row[7:] for row in terminal.rows if row.startswith("▌")), "")


def go(terminal: Terminal, keys: bytes | str, begins: str) -> None:
    """Type, and wait until the cursor is at the statement that begins so."""
    terminal.type(keys)
    terminal.wait_until(lambda: here(terminal).startswith(begins), f"the cursor at “{begins}” after {keys!r}")


def test_arrows_move_in_both_modes_of_the_cursor_keys(terminal: Terminal) -> None:
    for down, up in ((b"\x1b[B", b"\x1b[A"), (b"\x1bOB", b"\x1bOA")):
        go(terminal, down, SECOND)
        go(terminal, down, THIRD)
        go(terminal, up, SECOND)
        go(terminal, up, FIRST)


def test_paragraphs_by_ctrl_and_arrow_as_xterm_and_rxvt_send_it(terminal: Terminal) -> None:
    for down, up in ((b"\x1b[1;5B", b"\x1b[1;5A"), (b"\x1bOb", b"\x1bOa")):
        go(terminal, down, SECOND)
        go(terminal, down, THIRD)
        go(terminal, up, SECOND)
        go(terminal, up, FIRST)


HOMES = {"xterm": b"\x1b[H", "xterm, application": b"\x1bOH", "linux, tmux, screen": b"\x1b[1~", "rxvt": b"\x1b[7~"}
ENDS = {"xterm": b"\x1b[F", "xterm, application": b"\x1bOF", "linux, tmux, screen": b"\x1b[4~", "rxvt": b"\x1b[8~"}


def test_home_and_end_of_every_terminal_go_to_the_ends_of_the_article(terminal: Terminal) -> None:
    for name, home in HOMES.items():
        go(terminal, ENDS[name], "Chinese defence minister")
        go(terminal, home, FIRST)


def test_pages_go_down_and_up(terminal: Terminal) -> None:
    terminal.type(b"\x1b[6~")
    terminal.wait_until(lambda: FIRST not in "\n".join(terminal.rows[3:]), "the next page")
    go(terminal, b"\x1b[5~\x1b[5~", FIRST)


def test_tab_goes_to_the_other_pane_and_shift_tab_does_no_harm(workspace: Path) -> None:
    with library(workspace) as terminal:
        terminal.type(" j \r")
        terminal.wait_for("contradiction", " 2  ")
        terminal.wait_until(lambda: bool(here(terminal)), "the cursor")
        terminal.type("\tt")
        terminal.wait_for("letter sets")
        terminal.type("f")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type(b"\x1b[Z")
        terminal.type("Q")
        terminal.wait_for_end()
    (claim,) = claims(workspace)
    assert claim.article.startswith("001")


@pytest.mark.parametrize("backspace", [b"\x7f", b"\x08"], ids=["delete", "ctrl+h"])
def test_both_kinds_of_backspace_delete_in_what_is_typed(terminal: Terminal, backspace: bytes) -> None:
    terminal.type("jtf")
    terminal.wait_for("tagged fact")
    terminal.type("eg")
    terminal.wait_for("gist")
    terminal.type(b"abcx" + backspace + b"d")
    terminal.wait_until(lambda: terminal.rows[-1].rstrip("▏ ").endswith("abcd"), "what is left")


def test_a_lone_escape_ends_a_selection_and_a_split_sequence_is_still_a_key(terminal: Terminal) -> None:
    go(terminal, "j", SECOND)
    terminal.type("v")
    terminal.wait_for("re-span")
    terminal.type(b"\x1b")
    terminal.wait_until(lambda: "re-span" not in terminal.screen, "the end of the selection")
    # Over a slow line a sequence comes in pieces: the pieces are no keys of their own.
    before = len(terminal.written)
    terminal.type(b"\x1b")
    terminal.type(b"[")
    terminal.type(b"B")
    terminal.wait_until(lambda: here(terminal).startswith(THIRD), "the cursor one down")
    terminal.quiet()
    assert b"does nothing here" not in terminal.written[before:]


def test_a_key_typed_soon_after_escape_is_that_key(terminal: Terminal) -> None:
    for _ in range(5):
        terminal.type("t")
        terminal.wait_for("letter sets")
        terminal.type(b"\x1b")
        go(terminal, b"j", SECOND)
        go(terminal, b"k", FIRST)


UNKNOWN = [b"\x1b[27;5;120~", b"\x1b[3;9x", b"\x1bOz", b"\x1b[?1;2c", b"\x1b[1;2;3;4x", b"\x1b[>0;276;0c", b"\x1b[x"]


def test_sequences_that_nobody_knows_do_nothing(terminal: Terminal, workspace: Path) -> None:
    terminal.type("jtf")
    terminal.wait_for("tagged fact", "● saved")
    for sequence in UNKNOWN:
        terminal.type(sequence)
        terminal.quiet(0.3)
    go(terminal, "j", THIRD)
    go(terminal, "k", SECOND)
    terminal.wait_for("● saved", "▌f     “If we agree", "t tag")
    assert [claim.tags for claim in claims(workspace)] == [("fact",)]


def test_letters_of_several_bytes_may_come_in_pieces(terminal: Terminal, workspace: Path) -> None:
    terminal.type("jtf")
    terminal.wait_for("tagged fact")
    terminal.type("eg")
    terminal.wait_for("gist")
    for byte in "größe €中".encode():
        terminal.type(bytes([byte]))
    terminal.wait_for("größe €")
    terminal.type("\r")
    terminal.wait_for("gist written", "● saved")
    assert claims(workspace)[0].gist == "größe €中"


def test_bytes_that_are_no_text_are_no_end_of_it(terminal: Terminal) -> None:
    """As a terminal that isn't set to UTF-8 sends letters, or alt and a letter."""
    for sent in (b"\xff", b"\xf8", b"\xe4\xf6", b"\x9b31m", b"\x00", b"\xc3("):
        terminal.type(sent)
        terminal.quiet(0.2)
        terminal.type(b"\x1b")
        terminal.quiet(0.2)
        go(terminal, "gg", FIRST)
        go(terminal, "j", SECOND)


def test_a_paste_in_a_memo_keeps_its_lines_and_shows_its_escapes(terminal: Terminal, workspace: Path) -> None:
    terminal.type("jtf")
    terminal.wait_for("tagged fact")
    terminal.type("m")
    terminal.wait_for("keeps it")
    before = len(terminal.written)
    terminal.paste("one\r\ntwo \x1b[31mred\x1b]52;c;aGV5\x07 Q\nthree")
    terminal.wait_for("one", "two", "three")
    terminal.wait_for("␛[31mred␛]52;c;aGV5␇ Q")
    written = terminal.written[before:]
    assert b"\x1b[31m" not in written
    assert b"\x1b]52" not in written
    terminal.type(b"\x13")
    terminal.wait_for("● saved")
    terminal.wait_until(lambda: "keeps it" not in terminal.screen, "the end of the memo")
    assert claims(workspace)[0].memo == "one\ntwo ␛[31mred␛]52;c;aGV5␇ Q\nthree"


PASTES = [
    "tfxdQ\r\n",
    "t\x1b[31mfjtojtq" + "tf" * 40,  # longer than any sequence of keys
    "\x1bQ",
    "\x1b[200~Q",
    "x" * 100_000,
]


def test_a_paste_where_nothing_is_typed_is_no_burst_of_keys(terminal: Terminal, workspace: Path) -> None:
    for pasted in PASTES:
        go(terminal, "gg", FIRST)
        text = f"\x1b[200~{pasted}\x1b[201~".encode()
        for start in range(0, len(text), 1000):  # as much as a terminal takes at once
            terminal.type(text[start : start + 1000])
        go(terminal, "j", SECOND)
        terminal.quiet(0.2)
        assert here(terminal).startswith(SECOND), pasted
        assert "t tag" in terminal.rows[-1], pasted
    assert not (workspace / ".variorum").exists(), "something was recorded"


def test_the_marks_of_a_paste_may_come_in_pieces(terminal: Terminal, workspace: Path) -> None:
    go(terminal, "j", SECOND)
    for byte in b"\x1b[200~tfQ\x1b[201~":
        terminal.type(bytes([byte]))
    go(terminal, "j", THIRD)
    terminal.type("tf")
    terminal.wait_for("tagged fact", "● saved")
    terminal.type("m")
    terminal.wait_for("keeps it")
    for byte in "\x1b[200~ä\x1b[0mb\x1b[201~c".encode():
        terminal.type(bytes([byte]))
    terminal.wait_for("ä␛[0mbc")
    assert len(claims(workspace)) == 1


def mouse(button: int, column: int, row: int, *, up: bool = False) -> bytes:
    """What a terminal sends; columns and rows from 0."""
    return f"\x1b[<{button};{column + 1};{row + 1}{'m' if up else 'M'}".encode()


LEFT, DRAG, WHEEL_UP, WHEEL_DOWN = 0, 32, 64, 65


def test_a_click_places_the_cursor_a_drag_selects_and_the_wheel_scrolls(terminal: Terminal, workspace: Path) -> None:
    row = terminal.row_of(THIRD)
    terminal.type(mouse(LEFT, 20, row) + mouse(LEFT, 20, row, up=True))
    terminal.wait_until(lambda: here(terminal).startswith(THIRD), "the cursor where it was clicked")
    terminal.type(mouse(LEFT, 7, row) + mouse(DRAG, 10, row) + mouse(DRAG, 16, row) + mouse(LEFT, 16, row, up=True))
    terminal.wait_for("re-span")
    terminal.type("tf")
    terminal.wait_for("tagged fact", "● saved")
    (claim,) = claims(workspace)
    assert claim.exact.startswith("Blinken’s")
    assert len(claim.exact) < 12
    terminal.type(mouse(WHEEL_DOWN, 20, 10) * 3)
    terminal.wait_until(lambda: FIRST not in "\n".join(terminal.rows[3:]), "the text further down")
    terminal.type(mouse(WHEEL_UP, 20, 10) * 9)
    terminal.wait_until(lambda: FIRST in "\n".join(terminal.rows[3:]), "the beginning")


def test_another_window_in_front_and_back_again_changes_nothing(terminal: Terminal) -> None:
    go(terminal, "j", SECOND)
    terminal.type("tf")
    terminal.wait_for("tagged fact")
    terminal.type("m")
    terminal.wait_for("keeps it")
    terminal.type("one")
    terminal.type(b"\x1b[O")
    terminal.type(b"\x1b[I")
    terminal.type("two")
    terminal.wait_for("onetwo")


@pytest.mark.parametrize("key", [b"\x13", b"E"], ids=["ctrl+s", "E"])
def test_ctrl_s_is_not_swallowed_and_writes_the_yaml(terminal: Terminal, workspace: Path, key: bytes) -> None:
    terminal.type("jtf")
    terminal.wait_for("tagged fact", "● saved")
    terminal.type(key)
    terminal.wait_for("1 file written")
    assert list((workspace / "annotations" / "ada").glob("*.yaml"))


def test_terminals_that_send_every_key_as_a_sequence_are_understood(terminal: Terminal) -> None:
    """Kitty's protocol, which is asked for at the start."""
    go(terminal, b"\x1b[106u", SECOND)
    go(terminal, b"\x1b[1;1B", THIRD)
    terminal.type(b"\x1b[116u")
    terminal.wait_for("letter sets")
    terminal.type(b"\x1b[27u")
    terminal.wait_until(lambda: "letter sets" not in terminal.screen, "the end of the picker")
    go(terminal, b"\x1b[103u\x1b[103u", FIRST)
