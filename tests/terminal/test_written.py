"""What is sent to the terminal for a key: over ssh that is what a reader waits for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal, five, library

KEY = 4096
"""Bytes that a key may cost that does not scroll."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Two articles side by side, a claim at the cursor of the first, so that the strip has something to say."""
    with library(five(tmp_path / "w"), environ={"COLORTERM": "truecolor"}) as terminal:
        terminal.type(" j \r")
        terminal.wait_for("contradiction", " 2  ", "▌")
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type("jk")
        terminal.quiet()
        yield terminal


def cost(terminal: Terminal, keys: str) -> int:
    return len(terminal.written_while(lambda: terminal.type(keys)))


def test_a_cursor_move_with_its_highlight_and_the_strip_costs_little(terminal: Terminal) -> None:
    costs = {keys: cost(terminal, keys) for keys in ("j", "k", "k", "j")}
    assert all(0 < each <= KEY for each in costs.values()), costs


def test_going_to_the_other_pane_costs_little(terminal: Terminal) -> None:
    costs = [cost(terminal, keys) for keys in ("\t", "\t", "l", "h")]
    assert all(0 < each <= KEY for each in costs), costs


def test_a_tag_costs_little(terminal: Terminal) -> None:
    terminal.type("t")
    terminal.wait_for("letter sets")
    assert 0 < cost(terminal, "q") <= 3 * KEY


def test_a_key_that_means_nothing_costs_a_line_and_at_the_border_nothing_at_all(terminal: Terminal) -> None:
    assert 0 < cost(terminal, "X") <= 600
    terminal.type("ggk")
    terminal.quiet()
    assert cost(terminal, "k") == 0


def test_nothing_is_written_while_nobody_does_anything(terminal: Terminal) -> None:
    """Longer than it takes to look several times for what other windows recorded."""
    assert terminal.written_while(lambda: None, seconds=3.0) == b""


def test_moving_the_mouse_over_the_text_writes_nothing(terminal: Terminal) -> None:
    moves = b"".join(f"\x1b[<35;{column};10M".encode() for column in range(1, 80))
    assert terminal.written_while(lambda: terminal.type(moves)) == b""


def test_the_first_screens_are_drawn_once_each(tmp_path: Path) -> None:
    with library(five(tmp_path / "w")) as terminal:
        terminal.quiet(1.0)
        # The last line of what is opening, how far it is, and then that of the Library.
        assert terminal.written.count(b"\x1b[24;1H") <= 8
        assert len(terminal.written) < 40_000


def test_in_the_library_a_move_costs_little_but_the_preview(tmp_path: Path) -> None:
    with library(five(tmp_path / "w")) as terminal:
        terminal.quiet()
        assert 0 < cost(terminal, "j") <= 2 * KEY
