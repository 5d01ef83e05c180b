"""The file that what was copied is kept in."""

import os
import stat
from pathlib import Path

import pytest

from tui.errors import StoreError
from tui.session.copying import keep_copy, shown_path
from tui.ui.clipboard import through_tmux
from tui.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "config.yaml").write_text("format: variorum/1\n")
    return open_workspace(tmp_path / "w", os.environ)


def test_where_something_was_recorded_it_lies_in_the_store(workspace: Workspace) -> None:
    workspace.store_folder.mkdir()
    file = keep_copy("“one”", workspace, {"XDG_RUNTIME_DIR": "/nowhere"})
    assert file == workspace.store_folder / "copied.txt"
    assert file.read_text(encoding="utf-8") == "“one”\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keep_copy("“two”", workspace, {})
    assert file.read_text(encoding="utf-8") == "“two”\n"
    assert list(workspace.store_folder.iterdir()) == [file]
    assert shown_path(file, workspace, {}) == ".variorum/copied.txt"


def test_where_nothing_was_recorded_it_lies_in_the_users_own_folder(workspace: Workspace, tmp_path: Path) -> None:
    run = tmp_path / "run"
    environ = {"XDG_RUNTIME_DIR": str(run), "HOME": str(tmp_path / "home")}
    file = keep_copy("one", workspace, environ)
    assert file == run / "variorum" / "copied.txt"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not workspace.store_folder.exists()
    file = keep_copy("one", workspace, {"HOME": str(tmp_path / "home")})
    assert shown_path(file, workspace, {"HOME": str(tmp_path / "home")}) == "~/.local/state/variorum/copied.txt"


def test_a_link_in_its_place_is_replaced_and_not_written_through(workspace: Workspace, tmp_path: Path) -> None:
    workspace.store_folder.mkdir()
    (tmp_path / "precious").write_text("precious")
    (workspace.store_folder / "copied.txt").symlink_to(tmp_path / "precious")
    assert keep_copy("one", workspace, {}).read_text() == "one\n"
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_store_that_is_a_link_is_not_written_into(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    workspace.store_folder.symlink_to(tmp_path / "elsewhere")
    assert keep_copy("one", workspace, {"HOME": str(tmp_path)}) == tmp_path / ".local/state/variorum/copied.txt"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_can_be_written_nowhere_is_said(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="no file could be written of what was copied: Not a directory"):
        keep_copy("one", workspace, {"XDG_STATE_HOME": str(tmp_path / "file")})
    with pytest.raises(StoreError, match="there is no folder for it"):
        keep_copy("one", workspace, {"HOME": "relative"})


def test_tmux_is_asked_to_hand_the_sequence_on() -> None:
    assert through_tmux("abc") == "\x1bPtmux;\x1b\x1b]52;c;YWJj\a\x1b\\"
