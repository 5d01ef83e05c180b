"""The real program in a real terminal, killed in the middle: what the screen had shown as saved is there."""

import shutil
import time
from pathlib import Path

import pytest
from terminal import PROJECT, application, claims


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    shutil.copy(PROJECT / "config.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_what_was_shown_as_saved_survives_a_kill(workspace: Path, pause: float) -> None:
    terminal = application(workspace)
    try:
        terminal.type("\r")
        terminal.wait_for("contradiction")
        marked = 0
        for _ in range(4):
            terminal.written = b""
            terminal.type("jtf")
            terminal.wait_for("tagged fact")
            terminal.read(0.3)
            # Either the header went from saving to saved, or the step was on disk before it was drawn.
            if b"saving" in terminal.written:
                terminal.written = terminal.written.rpartition(b"saving")[2]
                terminal.wait_for("saved")
            marked += 1
        terminal.type("jtf")
        time.sleep(pause)
    finally:
        terminal.kill()
    found = claims(workspace)
    assert marked <= len(found) <= marked + 1
    assert all(claim.tags == ("fact",) for claim in found)


def test_after_a_kill_the_last_step_can_still_be_undone(workspace: Path) -> None:
    terminal = application(workspace)
    terminal.type("\r")
    terminal.wait_for("contradiction")
    terminal.type("jtf")
    terminal.wait_for("tagged fact")
    terminal.read(0.5)
    terminal.kill()
    assert len(claims(workspace)) == 1
    terminal = application(workspace)
    try:
        terminal.type("u")
        terminal.wait_for("undone: tagged fact")
        terminal.read(0.5)
    finally:
        terminal.kill()
    assert claims(workspace) == []


def test_two_windows_on_one_workspace_see_each_others_steps_and_lose_none(workspace: Path) -> None:
    one = application(workspace)
    other = application(workspace)
    try:
        for terminal in (one, other):
            terminal.type("\r")
            terminal.wait_for("contradiction")
        one.type("jtf")
        one.wait_for("tagged fact")
        other.wait_for("another window recorded 1 change")
        other.type("jjto")
        other.wait_for("tagged opinion")
        one.wait_for("another window recorded 1 change")
        one.read(0.5)
    finally:
        one.kill()
        other.kill()
    assert sorted(claim.tags for claim in claims(workspace)) == [("fact",), ("opinion",)]
