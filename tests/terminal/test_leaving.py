"""The reader's own editor and clipboard, in a real terminal."""

import os
import signal
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal, claims

SECOND = "And they ended without a word."


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "w" / "seeds").mkdir(parents=True)
    (tmp_path / "w" / "config.yaml").write_text("format: variorum/1\n")
    (tmp_path / "w" / "seeds" / "talks.txt").write_text(f"The talks began on Tuesday.\n{SECOND}\n")
    return tmp_path / "w"


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that says what the terminal is like, waits for a line, and adds it to the file."""
    program = tmp_path / "ed"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, sys, termios\n"
        "local = termios.tcgetattr(0)[3]\n"
        "cooked = bool(local & termios.ICANON and local & termios.ECHO and local & termios.ISIG)\n"
        "try:\n"
        "    print('EDITOR: the terminal is', 'as a shell has it' if cooked else 'raw', flush=True)\n"
        "    line = input()\n"
        "except KeyboardInterrupt:\n"
        "    line = 'interrupted'\n"
        "with open(sys.argv[-1], 'a') as file:\n"
        "    file.write(line + '\\n')\n"
    )
    program.chmod(0o755)
    return program


@pytest.fixture(params=[None], ids=[""])
def tmux(request: pytest.FixtureRequest) -> str | None:
    """What tells a program that it runs inside tmux; nothing."""
    found: str | None = request.param
    return found


@pytest.fixture
def terminal(workspace: Path, editor: Path, tmux: str | None, tmp_path: Path) -> Iterator[Terminal]:
    """The application on that workspace, ended however the test ends."""
    own = {"XDG_RUNTIME_DIR": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    terminal = Terminal(folder=workspace, environ={**own, "EDITOR": str(editor), "TMUX": tmux})
    terminal.wait_for("saved")
    yield terminal
    terminal.kill()


def test_the_editor_has_the_terminal_to_itself_and_then_it_is_ours_again(workspace: Path, terminal: Terminal) -> None:
    terminal.type("\rge")
    terminal.wait_for("EDITOR: the terminal is as a shell has it")
    assert terminal.written.rindex(b"\x1b[?1049l") > terminal.written.rindex(b"\x1b[?1049h")
    terminal.type("A third line.\n")
    terminal.wait_for("read anew from disk")
    terminal.wait_for("A third line.")
    assert terminal.written.rindex(b"\x1b[?1049h") > terminal.written.rindex(b"\x1b[?1049l")
    terminal.type("Gtf")
    terminal.wait_for("tagged fact")
    terminal.type("Q")
    assert terminal.process.wait(20) == 0
    assert [claim.exact for claim in claims(workspace)] == ["A third line."]


def test_ctrl_c_in_the_editor_stops_nothing_here(workspace: Path, terminal: Terminal) -> None:
    terminal.type("\rge")
    terminal.wait_for("EDITOR: the terminal is as a shell has it")
    os.killpg(terminal.process.pid, signal.SIGINT)  # what a terminal does at ctrl+c
    terminal.wait_for("read anew from disk")
    terminal.type("Q")
    assert terminal.process.wait(20) == 0
    assert (workspace / "seeds" / "talks.txt").read_text().endswith("interrupted\n")


def test_a_memo_goes_to_the_editor_and_comes_back(workspace: Path, terminal: Terminal) -> None:
    terminal.type("\rtfm")
    terminal.wait_for("memo on the claim")
    terminal.type("first\x07")
    terminal.wait_for("EDITOR: the terminal is as a shell has it")
    terminal.type("second\n")
    terminal.wait_for("first")
    terminal.wait_for("second")
    terminal.type("\x1b")
    terminal.wait_for("memo written")
    terminal.type("Q")
    assert terminal.process.wait(20) == 0
    assert [claim.memo for claim in claims(workspace)] == ["first\nsecond"]


@pytest.mark.parametrize("tmux", [None, "/tmp/tmux,1,0"], ids=["plain", "tmux"], indirect=True)
def test_y_writes_the_quote_as_terminals_take_it(tmux: str | None, terminal: Terminal) -> None:
    terminal.type("\rjy")
    terminal.wait_for("copied into")
    begin = f"“{SECOND}”\n— ".encode()
    sequence = b"\x1b]52;c;" + b64encode(begin[: len(begin) // 3 * 3])
    assert sequence in terminal.written
    assert (b"\x1bPtmux;\x1b" + sequence in terminal.written) is bool(tmux)
