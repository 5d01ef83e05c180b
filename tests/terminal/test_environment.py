"""Every kind of terminal and environment shows something usable, or says in one sentence what is missing."""

import re
import subprocess
from pathlib import Path

import pytest
from terminal import VARIORUM, Terminal, five, library, reader

COLOURS = re.compile(rb"\x1b\[(?:[\d;:]*[;:])?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][\d;:]*)?m")
"""A colour by any of its codes, the default ones too."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return five(tmp_path / "w")


TERMS = ["xterm", "screen-256color", "vt100"]
MORE_TERMS = ["xterm-256color", "tmux-256color", "linux", "no-such-terminal"]


@pytest.mark.parametrize("term", [*TERMS, *(pytest.param(term, marks=pytest.mark.long) for term in MORE_TERMS)])
def test_every_terminal_shows_the_articles_and_takes_keys(workspace: Path, term: str) -> None:
    with reader(workspace, environ={"TERM": term}) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "▌f     “If we agree")
        terminal.type("Q")
        assert terminal.wait_for_end() == 0


def deepest(written: bytes) -> str:
    return "true colour" if b"38;2;" in written else "256" if b"38;5;" in written else "16"


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "true colour"),
        ({"TERM": "linux"}, "16"),
    ],
)
def test_no_more_colours_are_sent_than_the_terminal_promises(
    workspace: Path, environ: dict[str, str], colours: str
) -> None:
    with reader(workspace, environ=environ) as terminal:
        assert deepest(terminal.written) == colours


def test_without_colours_none_is_sent_and_all_is_still_told(workspace: Path) -> None:
    with reader(workspace, environ={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "▌f     “If we agree")
        row = terminal.row_of("“If we agree")
        assert terminal.cell(7, row).underscore, "the current claim is underlined"
        terminal.type("v")
        terminal.wait_until(lambda: terminal.cell(7, row).reverse, "the reversed selection")
        terminal.type("\x1bm")
        terminal.wait_for("escape or ctrl+s keeps it")
        terminal.type("zq")
        terminal.wait_for(" zq")
        terminal.wait_until(lambda: terminal.cell(3, terminal.row_of(" zq")).reverse, "the caret")
        terminal.type("\x1b")
        terminal.wait_until(lambda: "keeps it" not in terminal.screen, "the end of the memo")
        terminal.type(":")
        terminal.wait_until(lambda: "what to do, by name" in terminal.screen, "the palette")
        terminal.type("und")
        terminal.wait_for("undo; with a count so many steps  (u)", "duplicate: mark one end")
        terminal.type(b"\x1b[B")
        rows = range(terminal.row_of("und") + 2, 20)
        terminal.wait_until(lambda: any(terminal.cell(10, row).underscore for row in rows), "the row to choose")
        assert not COLOURS.search(terminal.written), "a colour was sent"


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_terminal_that_can_not_show_it_is_told_so(workspace: Path, term: str | None) -> None:
    terminal = Terminal(folder=workspace, environ={"TERM": term})
    try:
        assert terminal.wait_for_end() == 2
        assert "can't show the application" in terminal.screen.replace("\n", "")
        assert "variorum --help" in terminal.screen.replace("\n", "")
        assert b"\x1b" not in terminal.written
    finally:
        terminal.kill()


@pytest.mark.parametrize("redirected", ["< /dev/null", "| cat", "> output"])
def test_without_a_terminal_it_says_so_and_that_commands_need_none(workspace: Path, redirected: str) -> None:
    terminal = Terminal(command=["bash", "-c", f"set -o pipefail; variorum {redirected}"], folder=workspace)
    try:
        assert terminal.wait_for_end() == 2
        assert "the application needs a terminal; the commands need none" in terminal.screen.replace("\n", "")
        assert b"\x1b" not in terminal.written
    finally:
        terminal.kill()


def test_a_command_needs_no_terminal_at_all(workspace: Path) -> None:
    done = subprocess.run(
        [VARIORUM, "list"], cwd=workspace, env={}, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr


UTF_8 = [{"LANG": "C"}, {"LANG": None}, {"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"}]


@pytest.mark.parametrize("environ", UTF_8)
def test_signs_and_quotes_are_whole_where_the_terminal_can(workspace: Path, environ: dict[str, str | None]) -> None:
    with reader(workspace, environ=environ) as terminal:
        terminal.wait_for("● saved", "▌      Why China", "Blinken’s remarks", "────")


ASCII_ONLY = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def test_a_terminal_of_plain_letters_shows_each_thing_in_its_place(workspace: Path) -> None:
    with library(workspace, environ=ASCII_ONLY) as terminal:
        assert terminal.rows[0].endswith("* saved")
        assert terminal.row_of("article ") < terminal.row_of("Why China")
        terminal.type("\r")
        terminal.wait_for("Blinken's remarks", '"If we agree', "contradiction")
        assert terminal.written.isascii()
        assert b"\\u" not in terminal.written
        assert all(row[72:].strip() == "" for row in terminal.rows if "remarks" in row)


def test_characters_of_every_width_take_their_cells_where_they_lack(tmp_path: Path) -> None:
    root = tmp_path / "w"
    (root / "seeds").mkdir(parents=True)
    (root / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    lines = ["中国 and x.", "e\u0301tat x.", "👨‍👩‍👧 family x.", "plain x."]
    (root / "seeds" / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    with library(root, environ=ASCII_ONLY) as terminal:
        terminal.type("\r")
        terminal.wait_for("contradiction", "plain x.")
        assert [row[7:].rstrip() for row in terminal.rows if row.endswith("x.")] == [
            "???? and x.",
            "etat x.",
            "?? family x.",
            "plain x.",
        ]


def test_plain_signs_can_be_asked_for(workspace: Path) -> None:
    with reader(workspace, environ={"VARIORUM_ASCII": "1"}) as terminal:
        terminal.wait_for("* saved", "|      Why China", "Blinken’s remarks", "--------")
        assert not set("●▌─│≠≡›") & set(terminal.screen)


def test_what_the_shell_says_of_the_size_does_not_outlast_a_resize(workspace: Path) -> None:
    """Some shells export it: what the terminal says counts."""
    with reader(workspace, environ={"COLUMNS": "80", "LINES": "24"}) as terminal:
        terminal.resize(100, 30)
        terminal.wait_until(lambda: "? keys" in terminal.rows[29], "the last line at the bottom")
