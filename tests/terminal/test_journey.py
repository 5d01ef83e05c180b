"""From a fresh copy of the five articles to YAML on disk, as somebody does it who has just read the README."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from terminal import PATIENCE, VARIORUM, Terminal, claims, five, library

from tui.model.records import Claim


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return five(tmp_path / "w")


def test_read_two_articles_and_leave_with_what_was_recorded(workspace: Path) -> None:
    with library(workspace) as terminal:
        say = steps_of(terminal)
        say(" j \r", "contradiction", " 2  ", "▌")
        say("jtf", "tagged fact")
        say("j", "t tag")
        say("c", "contradiction:")
        say("\tjjc", "number")
        say("o", "order")
        say("m", "keeps it")
        say("Which came first?", "Which came first?")
        say("\x1b", "≠")
        terminal.wait_until(lambda: "keeps it" not in terminal.screen, "the end of the memo")
        say("u", "undone: memo")
        say(b"\x12", "done again: memo")
        say(b"\x13", "3 files written")
        say("Q")
        assert terminal.wait_for_end() == 0
    folder = workspace / "annotations" / "ada"
    links = yaml.safe_load((folder / "links.yaml").read_text())
    (contradiction,) = links["contradictions"].values()
    assert contradiction["kinds"] == ["order"]
    assert contradiction["memo"] == "Which came first?"
    assert [end["article"][:3] for end in contradiction["between"]] == ["000", "001"]
    first, second = (yaml.safe_load(path.read_text()) for path in sorted(folder.glob("0*.yaml")))
    assert [claim.get("tags") for claim in first["claims"].values()] == [["fact"], None]
    assert [claim.get("tags") for claim in second["claims"].values()] == [None]
    checked = subprocess.run([VARIORUM, "check"], cwd=workspace, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "variorum: no errors, no warnings\n")
    with library(workspace) as terminal:
        say = steps_of(terminal)
        terminal.wait_for("all is as you left it")
        say("\tgg", "t tag")
        say("J", "fact")
        say("J", "≠ order", "In spite of this")


def steps_of(terminal: Terminal) -> Callable[..., None]:
    def say(keys: str | bytes, *words: str) -> None:
        """Type, and wait for what is then seen."""
        terminal.type(keys)
        terminal.wait_for(*words)

    return say


@pytest.fixture
def tmux(workspace: Path) -> Iterator[Terminal]:
    """A tmux of its own, the application in it."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux here: that ctrl+s and the rest reach the application through it was NOT tested")
    socket = str(workspace.parent / "tmux")
    command = ["tmux", "-f", "/dev/null", "-S", socket, "new-session", f"TERM=screen-256color exec {VARIORUM}"]
    terminal = Terminal(command=command, folder=workspace)
    try:
        terminal.wait_for("saved", "select")
        yield terminal
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], capture_output=True, check=False)
        terminal.kill()


def test_it_works_in_tmux(tmux: Terminal, workspace: Path) -> None:
    say = steps_of(tmux)
    say(b" \x1b[B \r", "contradiction", " 2  ", "▌")
    say("jtf", "tagged fact")
    say("\tjto", "tagged opinion")
    say("m", "keeps it")
    say("\x1b[200~one\rtwo\x1b[201~", "one", "two")
    say(b"\x13", "● saved")
    tmux.wait_until(lambda: "keeps it" not in tmux.screen, "the end of the memo")
    say(b"\x13", "2 files written")
    tmux.resize(60, 20)
    tmux.wait_until(lambda: "files written" in tmux.rows[18], "the last line above that of tmux")
    tmux.type("Q")
    assert tmux.wait_for_end() == 0
    memos = [
        claim["memo"]
        for path in (workspace / "annotations" / "ada").glob("0*.yaml")
        for claim in yaml.safe_load(path.read_text())["claims"].values()
        if "memo" in claim
    ]
    assert memos == ["one\ntwo"]


def test_the_window_of_tmux_closed_in_the_middle_loses_nothing(tmux: Terminal, workspace: Path) -> None:
    say = steps_of(tmux)
    say("\r", "contradiction", "▌")
    say("jtf", "tagged fact", "● saved")
    say("mhalf", "keeps it", "half")
    subprocess.run(["tmux", "-S", str(workspace.parent / "tmux"), "kill-session"], check=True)
    tmux.wait_for_end()
    (claim,) = eventually(lambda: [claim for claim in claims(workspace) if claim.memo == "half"])
    assert claim.tags == ("fact",)


def eventually(found: Callable[[], list[Claim]]) -> list[Claim]:
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end
        time.sleep(0.1)
    return found()
