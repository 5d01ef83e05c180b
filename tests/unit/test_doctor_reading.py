"""What doctor says of where readers are, and how it mends it."""

from pathlib import Path

import pytest
from doctor_samples import Doctor
from session_samples import make_workspace, record_some

from tui.session.read_so_far import Position
from tui.session.reading_file import ReadingFiles
from tui.session.reading_state import ReadingState, encode
from tui.workspace import open_workspace

STATE = encode(ReadingState(positions={"one": Position(0, "0" * 16, "0" * 8)}))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where it is kept where Ada is, in a workspace that she recorded something in."""
    make_workspace(tmp_path / "w")
    record_some(tmp_path / "w")
    file = tmp_path / "w/.variorum/reading/ada.json"
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    return file


def test_what_can_be_read_is_well(doctor: Doctor, file: Path, tmp_path: Path) -> None:
    file.write_bytes(STATE)
    told = doctor(tmp_path / "w")
    assert told.of("reading") == []
    assert told.serious == []


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"format":1,"panes":7}'])
def test_what_cannot_be_read_is_set_aside_when_asked(doctor: Doctor, file: Path, tmp_path: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert doctor(tmp_path / "w").one("where you were reading")["severity"] == "warning"
    assert file.read_bytes() == data, "only asked, doctor changes nothing"
    told = doctor(tmp_path / "w", "--fix")
    assert any("set aside" in done for done in told.mended)
    assert not file.exists()
    assert file.with_name("ada.json.unreadable").read_bytes() == data
    assert told.of("reading") == [("note", "what could not be read was set aside")]


def test_what_others_may_look_into_is_mended_and_set_aside_at_once(doctor: Doctor, file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"{")
    file.chmod(0o644)
    told = doctor(tmp_path / "w", "--fix")
    assert not any("not mended" in str(finding) for finding in told.findings)
    assert file.with_name("ada.json.unreadable").stat().st_mode & 0o777 == 0o600
    assert doctor(tmp_path / "w", "--fix").mended == []


def test_a_link_in_its_place_is_not_followed(doctor: Doctor, file: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(STATE)
    file.unlink()
    file.symlink_to(tmp_path / "x")
    assert "it is a link" in doctor(tmp_path / "w").one("where you were reading")["wrong"]
    doctor(tmp_path / "w", "--fix")
    assert (tmp_path / "x").read_bytes() == STATE


def test_what_a_newer_version_kept_is_left_for_it(doctor: Doctor, file: Path, tmp_path: Path) -> None:
    file.write_bytes(b'{"format":2}')
    assert doctor(tmp_path / "w", "--fix").of("reading")[0][0] == "note"
    assert file.read_bytes() == b'{"format":2}'


def test_what_others_keep_in_the_same_folder_is_theirs(doctor: Doctor, file: Path, tmp_path: Path) -> None:
    file.with_name("ben.json").write_bytes(b"{")
    file.write_bytes(STATE)
    assert doctor(tmp_path / "w").of("reading") == []


def test_what_is_kept_at_home_is_looked_at_where_nothing_was_recorded(doctor: Doctor, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w")
    assert doctor(tmp_path / "w").of("reading") == []
    files = ReadingFiles.of(open_workspace(tmp_path / "w", {}), "ada", {"HOME": str(tmp_path)}, may_record=True)
    files.write(b"{")
    assert doctor(tmp_path / "w").one("where you were reading")["severity"] == "warning"
