"""The real program in a real terminal, killed in the middle: what the screen had shown as saved is there."""

from pathlib import Path

import pytest
from terminal import claims, five, reader


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return five(tmp_path / "w")


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_what_was_shown_as_saved_survives_a_kill(workspace: Path, pause: float) -> None:
    with reader(workspace) as terminal:
        marked = 0
        for _ in range(4):
            terminal.type("j")
            terminal.wait_until(lambda: "tagged" not in terminal.screen, "the next statement")
            terminal.type("tf")
            terminal.wait_for("tagged fact", "● saved")
            marked += 1
        terminal.type("jtf")
        terminal.quiet(pause)
    found = claims(workspace)
    assert marked <= len(found) <= marked + 1
    assert all(claim.tags == ("fact",) for claim in found)


def test_after_a_kill_the_last_step_can_still_be_undone(workspace: Path) -> None:
    with reader(workspace) as terminal:
        terminal.type("jtf")
        terminal.wait_for("tagged fact", "● saved")
    assert len(claims(workspace)) == 1
    with reader(workspace) as terminal:
        terminal.type("u")
        terminal.wait_for("undone: tagged fact", "● saved")
    assert claims(workspace) == []


def test_two_windows_on_one_workspace_see_each_others_steps_and_lose_none(workspace: Path) -> None:
    with reader(workspace) as one, reader(workspace) as other:
        one.type("jtf")
        one.wait_for("tagged fact")
        other.wait_for("another window recorded 1 change")
        other.type("jjto")
        other.wait_for("tagged opinion", "● saved")
        one.wait_for("another window recorded 1 change")
    assert sorted(claim.tags for claim in claims(workspace)) == [("fact",), ("opinion",)]
