"""The window changes its size at any moment: the text stays, and what is open stays open."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from terminal import Terminal, five, reader

SIZES = [(120, 40), (20, 5), (1, 1), (80, 24)]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with reader(five(tmp_path / "w")) as terminal:
        terminal.type("j")
        terminal.wait_for("▌      “If we agree")
        yield terminal


def go_through_the_sizes(terminal: Terminal) -> None:
    for columns, rows in SIZES:
        drawn = terminal.written_while(partial(terminal.resize, columns, rows))
        assert drawn, f"nothing is drawn at {columns} by {rows}"


def test_the_text_stays_and_so_does_the_cursor(terminal: Terminal) -> None:
    go_through_the_sizes(terminal)
    terminal.wait_for("● saved", "▌      “If we agree that it’s in our mutual interests to make sure that the", "t tag")
    terminal.resize(200, 50)
    terminal.wait_until(lambda: "? keys" in terminal.rows[49], "the last line at the bottom")


@pytest.mark.parametrize(
    ("keys", "stays", "ends"),
    [
        pytest.param("t", "letter sets", "f", marks=pytest.mark.long),
        pytest.param("tfegabc", "abc", "\r", marks=pytest.mark.long),
        ("tfmabc", "abc", "\x1b"),
        pytest.param("v", "re-span", "\x1b", marks=pytest.mark.long),
        pytest.param("f", "a", "\x1b", marks=pytest.mark.long),
        pytest.param("?", "Keys: Reader", "q", marks=pytest.mark.long),
        pytest.param(":", "what to do, by name", "\x1b", marks=pytest.mark.long),
        pytest.param("c", "contradiction:", "\x1b", marks=pytest.mark.long),
    ],
    ids=["picker", "prompt", "memo", "selection", "jump letters", "help", "palette", "waiting end"],
)
def test_what_is_open_stays_open(terminal: Terminal, keys: str, stays: str, ends: str) -> None:
    terminal.type(keys)
    terminal.wait_for(stays)
    terminal.quiet()
    go_through_the_sizes(terminal)
    terminal.wait_for(stays)
    terminal.type(ends)
    terminal.quiet()
    terminal.type("gg")
    terminal.wait_for("▌      Why China still")
    terminal.type("Q")
    assert terminal.wait_for_end() == 0


def test_two_panes_give_way_and_come_back(terminal: Terminal) -> None:
    terminal.type("+")
    terminal.wait_for(" 2  ")
    go_through_the_sizes(terminal)
    terminal.wait_for(" 2  ")


def test_dragging_the_corner_of_the_window_is_no_end_of_it(terminal: Terminal) -> None:
    for step in range(60):
        terminal.resize(80 - step, 24 - step // 3)
        terminal.type("jk")
    terminal.resize(80, 24)
    terminal.wait_for("● saved", "▌", "? keys")
    terminal.type("gg")
    terminal.wait_for("▌      Why China still")


@pytest.mark.long
def test_however_quickly_a_window_is_dragged_its_last_size_is_what_counts(terminal: Terminal) -> None:
    for columns in range(70, 110):
        for step in range(150):
            terminal.resize(120 - step % 60, 40 - step % 10)
        terminal.resize(columns, 24)
        terminal.wait_until(
            lambda columns=columns: terminal.rows[0].endswith("● saved") and len(terminal.rows[0]) == columns - 1,  # type: ignore[misc]
            f"a header of {columns} columns",
        )
