"""However the program ends or stops, the terminal is as it was, and what was recorded is there."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import VARIORUM, Terminal, claims, five, library, reader

ALTERNATE, CURSOR, PASTE, FOCUS, WRAPPING = 1049, 25, 2004, 1004, 7
COME_BACK = "all is as you left it"
MOUSE = {1000, 1002, 1003, 1006, 1015, 1016}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return five(tmp_path / "w")


def assert_left_in_order(terminal: Terminal) -> None:
    assert terminal.modes <= {CURSOR, WRAPPING}, "a mode of the terminal stays on"
    assert CURSOR in terminal.modes
    assert WRAPPING in terminal.modes
    assert terminal.termios() == terminal.settings
    pushed, popped = (len(re.findall(rb"\x1b\[" + sign + rb"\d*u", terminal.written)) for sign in (b">", b"<"))
    assert pushed == popped, "the keyboard protocol stays on"
    # Nothing that could switch a mode comes after the screen was given back, except what switches one off.
    assert not re.search(rb"\x1b\[\?(?!25h)[\d;]+h", terminal.written.rpartition(b"\x1b[?1049l")[2])


def test_while_it_runs_it_has_the_screen_the_mouse_and_pasting(workspace: Path) -> None:
    with library(workspace) as terminal:
        assert terminal.modes >= {ALTERNATE, PASTE, FOCUS, 1000, 1006}
        assert CURSOR not in terminal.modes
        assert terminal.termios() != terminal.settings


@pytest.mark.parametrize("keys", ["q", "Q", "\x11"], ids=["q", "Q", "ctrl+q"])
def test_after_quitting_the_terminal_is_as_before(workspace: Path, keys: str) -> None:
    with library(workspace) as terminal:
        terminal.type(keys)
        assert terminal.wait_for_end() == 0
        assert_left_in_order(terminal)
        assert terminal.screen.strip() == ""


def test_what_leaving_wrote_is_said_in_one_line_and_nothing_where_nothing_changed(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type("tf")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type("Q")
        assert terminal.wait_for_end() == 0
        assert terminal.screen.strip() == "variorum: wrote 1 file in annotations/ada"
    with library(workspace) as terminal:
        terminal.type("Q")
        assert terminal.wait_for_end() == 0
        assert terminal.screen.strip() == ""


def test_ctrl_c_says_how_to_quit_and_does_not(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type(b"\x03")
        terminal.wait_for("Q quits; nothing is lost by quitting")
        terminal.type("j")
        terminal.wait_for("▌      “If we agree")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_leaves_the_terminal_as_before(workspace: Path, number: signal.Signals) -> None:
    with reader(workspace) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type("m")
        terminal.wait_for("escape or ctrl+s keeps it")
        terminal.type("half a sen")
        terminal.wait_for("half a sen")
        terminal.signal(number)
        code = terminal.wait_for_end()
        assert code == 128 + number
        if number != signal.SIGHUP:  # after that nobody is there to see the screen
            assert_left_in_order(terminal)
        assert b"Traceback" not in terminal.written
        assert terminal.screen.strip() == "" or number == signal.SIGHUP
    (claim,) = claims(workspace)
    assert claim.memo == "half a sen", "what was being typed is kept"
    assert_next_start_is_well(workspace)


def assert_next_start_is_well(workspace: Path) -> None:
    checked = subprocess.run([VARIORUM, "check"], cwd=workspace, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "variorum: no errors, no warnings\n")
    terminal = Terminal(str(workspace), folder=workspace.parent)
    try:
        # Whether where one was had been written down already is a matter of moments.
        terminal.wait_until(lambda: any(words in terminal.screen for words in ("select", COME_BACK)), "its screen")
        if COME_BACK in terminal.screen:
            terminal.type("q")
            terminal.wait_for("saved", "select")
        assert "enter read" in terminal.rows[-1], "nothing is said to be wrong"
        terminal.type("\r")
        terminal.wait_for("f     “If we agree")
    finally:
        terminal.kill()


def test_the_window_closed_while_a_memo_is_typed_loses_nothing(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type("m")
        terminal.wait_for("escape or ctrl+s keeps it")
        terminal.type("half a sen")
        terminal.wait_for("half a sen")
        terminal.hang_up()
        assert terminal.wait_for_end() == 128 + signal.SIGHUP
    (claim,) = claims(workspace)
    assert claim.memo == "half a sen"
    assert_next_start_is_well(workspace)


def test_a_terminal_that_goes_without_a_word_ends_it_too(workspace: Path) -> None:
    """Not everybody gets the signal, and a program without a terminal would run on for ever, busy at that."""
    command = ["sh", "-c", "trap '' HUP; exec variorum"]
    terminal = Terminal(command=command, folder=workspace)
    try:
        terminal.wait_for("saved", "select")
        terminal.hang_up()
        assert terminal.wait_for_end() == 128 + signal.SIGHUP
    finally:
        terminal.kill()


def test_the_window_closed_while_it_is_leaving_still_writes_the_yaml(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "● saved")
        terminal.type("Q")
        terminal.hang_up()
        terminal.wait_for_end()
    assert len(claims(workspace)) == 1
    assert_next_start_is_well(workspace)


@pytest.fixture
def shell(workspace: Path) -> Iterator[Terminal]:
    """A shell with job control, in the workspace."""
    environ = {"PS1": "$ ", "HOME": str(workspace.parent), "PS2": "", "PROMPT_COMMAND": None}
    terminal = Terminal(
        "--norc", "--noprofile", "--noediting", "-i", command=["bash"], folder=workspace, environ=environ
    )
    try:
        terminal.wait_for("$")
        yield terminal
    finally:
        # Its jobs have groups of their own, and end when the terminal does.
        terminal.kill()


def test_ctrl_z_goes_back_to_the_shell_and_fg_comes_back(shell: Terminal) -> None:
    shell.type("variorum\r")
    shell.wait_for("saved", "select")
    shell.type("\r")
    shell.wait_for("▌      Why China")
    shell.type(b"\x1a")
    shell.wait_for("Stopped")
    shell.quiet()
    assert_left_in_order(shell)
    shell.type("fg\r")
    shell.wait_for("saved", "▌      Why China", "t tag")
    assert shell.modes >= {ALTERNATE, PASTE, 1000}
    shell.type("j")
    shell.wait_for("▌      “If we agree")
    shell.type("Q")
    shell.wait_until(lambda: ALTERNATE not in shell.modes and shell.rows[0].startswith("$"), "the shell")
    shell.type("echo back $?\r")
    shell.wait_for("back 0")
    assert_left_in_order(shell)


def test_ctrl_z_stops_the_whole_job_that_it_runs_in(shell: Terminal) -> None:
    shell.type("sh -c 'variorum; echo the end'\r")  # as make runs it
    shell.wait_for("saved", "select")
    shell.type(b"\x1a")
    shell.wait_for("Stopped")
    shell.type("fg\r")
    shell.wait_for("saved", "select")
    shell.type("q")
    shell.wait_for("the end")


def test_ctrl_z_without_a_shell_to_go_back_to_changes_nothing(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type(b"\x1a")
        terminal.type("j")
        terminal.wait_for("▌      “If we agree")
        terminal.type("Q")
        assert terminal.wait_for_end() == 0
        assert_left_in_order(terminal)


def wait_for_beginning(shell: Terminal, number: int) -> None:
    """Wait until the screen was taken so many times, and drawn: keys typed before that are lost."""
    shell.wait_until(lambda: shell.written.count(b"\x1b[?1049h") == number, "the screen")
    shell.wait_for("● saved")


@pytest.mark.long
def test_stopped_by_what_can_not_be_caught_and_continued_it_goes_on(shell: Terminal) -> None:
    shell.type("variorum\r")
    shell.wait_for("saved", "select")
    job = shell.in_front
    os.kill(job, signal.SIGSTOP)
    shell.wait_for("Stopped")
    shell.type("fg\r")
    wait_for_beginning(shell, 2)
    shell.type("\r")
    shell.wait_for("▌      Why China")
    os.kill(job, signal.SIGCONT)  # though it runs
    wait_for_beginning(shell, 3)
    shell.type("j")
    shell.wait_for("▌      “If we agree")
    shell.type("Q")
    shell.wait_until(lambda: ALTERNATE not in shell.modes and shell.rows[0].startswith("$"), "the shell")
    shell.type("echo back $?\r")
    shell.wait_for("back 0")
    assert_left_in_order(shell)


@pytest.mark.long
def test_continued_in_the_background_it_waits_for_its_turn(shell: Terminal) -> None:
    shell.type("variorum\r")
    shell.wait_for("saved", "select")
    shell.type(b"\x1a")
    shell.wait_for("Stopped")
    shell.type("bg\r")
    shell.wait_until(lambda: shell.screen.count("variorum") > 1, "bg")
    shell.type("echo still a shell\r")
    shell.wait_for("still a shell")
    shell.type("fg\r")
    shell.wait_for("saved", "select")
    shell.type("q")
    shell.wait_until(lambda: ALTERNATE not in shell.modes, "the shell")
