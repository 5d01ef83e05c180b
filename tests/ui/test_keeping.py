"""What the screen says of the disk: saved, read only, not kept."""

import os
import shutil
from pathlib import Path

import pytest
from driving import SCMP, Reading, reading, seeds, session_of

from tui.session import gestures

CHANGING = ["t", ".", "c", "d", "C", "D", "w", "m", "g m", "e", "r", "x", "A", "u", "ctrl+r"]


async def test_saved_is_said_when_it_is_on_disk(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        assert it.header.endswith("● saved")
        await it.keys("enter")
        with it.session.store._turn:  # nothing can be written meanwhile
            await it.keys("t f")
            assert it.header.endswith("○ saving")
            assert "fact" in it.strip[0], "the screen doesn't wait for the disk"
        await it.saved()
        assert it.header.endswith("● saved")
        copy = tmp_path / "copy"
        shutil.copytree(root, copy)
    again = session_of(copy)
    assert [claim.tags for claim in again.claims_in(again.library.articles[0].id)] == [("fact",)]
    again.close()


def make_read_only(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the right to write; the superuser, who has every right, is told what others would be."""
    root.chmod(0o555)
    if os.access(root, os.W_OK):
        allowed = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != root and allowed(path, mode))


async def test_a_workspace_that_cannot_be_written_can_be_read_and_every_change_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = seeds(tmp_path / "w", example=True)
    make_read_only(root, monkeypatch)
    async with reading(root) as it:
        assert "read only" in it.header
        await it.keys("A")
        assert "nothing can be recorded here" in it.last
        await it.keys("space j space enter j J enter O f escape v w escape y")
        assert "read only" in it.header
        for keys in CHANGING:
            await it.keys(keys)
            assert "nothing can be recorded here" in it.last, keys
            assert not it.reader.picker.is_open
            assert it.reader.waiting is None
            await it.keys("escape")
        await it.keys("E")
        assert "nothing can be recorded here" in it.last
        assert list(it.session.records.records()) == []
        await it.keys("Q")
    root.chmod(0o755)
    assert sorted(path.name for path in root.iterdir()) == ["annotations", "config.yaml", "seeds"]


async def failed(it: Reading) -> None:
    """Wait until the screen was told of what could not be kept."""
    for _ in range(100):
        await it.pilot.pause(0.02)
        if "not kept" in it.last:
            return
    raise AssertionError(it.last)


async def test_what_could_not_be_kept_is_named_and_the_screen_goes_back_to_the_disk(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f")
        await it.saved()
        lock = root / ".variorum" / "store.lock"
        lock.unlink()
        lock.mkdir()
        await it.keys("j t o")
        await failed(it)
        assert "not kept: tagged opinion" in it.last
        assert [claim.tags for claim in it.claims] == [("fact",)]
        assert it.strip == []
        assert not any(row.strip().startswith("▌o") for row in it.rows)
        lock.rmdir()
        await it.keys("t q")
        await it.saved()
        assert it.header.endswith("● saved")
        assert [claim.tags for claim in it.claims] == [("fact",), ("quote",)]
    again = session_of(root)
    assert [claim.tags for claim in again.claims_in(SCMP)] == [("fact",), ("quote",)]
    again.close()


async def test_a_memo_that_cannot_be_kept_stays_until_it_is_dropped(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f m")
        await it.type("Long thoughts.")
        it.session.undo()
        await it.keys("escape")
        assert "Long thoughts." in it.screen
        assert "escape drops this memo: " in it.screen
        await it.keys("escape j")
        assert "Long thoughts." not in it.screen
        assert it.statement.startswith("“If we agree")


async def test_yaml_that_changed_on_disk_is_taken_in_by_an_export_and_shown(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f E")
        await it.app.workers.wait_for_complete()
        file = root / "annotations" / "ada" / f"{SCMP}.yaml"
        file.write_text(file.read_text().replace("- fact", "- opinion"))
        await it.keys("E")
        await it.app.workers.wait_for_complete()
        await it.pilot.pause()
        assert it.claims[0].tags == ("opinion",)
        assert any(row.strip().startswith("▌o") for row in it.rows)
        assert "opinion" in it.strip[0]


async def test_what_another_window_records_is_shown_within_a_second(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter")
        other = session_of(root)
        span = other.statements(SCMP)[1].span
        other.do(gestures.tag(other.desk, other.end_of(SCMP, span), "fact"))
        other.flush()
        await it.pilot.pause(1)
        assert "another window recorded 1 change" in it.last
        assert [claim.tags for claim in it.claims] == [("fact",)]
        assert any(row.strip().startswith("▌f") or row.strip().startswith("f") for row in it.rows)
        await it.keys("j")
        assert "another window" not in it.screen
        other.close()


async def test_undo_goes_back_behind_the_start(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f")
        await it.saved()
    async with reading(root) as it:
        await it.keys("j u")
        assert it.last == "undone: tagged fact, in “Why China still refuses…”"
        await it.keys("ctrl+r k enter u")
        assert it.last == "undone: tagged fact"
        assert it.claims == []
        await it.keys("ctrl+r")
        assert "done again: tagged fact" in it.last
        assert [claim.tags for claim in it.claims] == [("fact",)]


async def test_no_absolute_path_is_on_the_screen(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        for keys in ("", "enter", "t f", "E"):
            await it.keys(keys)
            assert str(tmp_path) not in it.screen
