"""Files as the disk has them: nothing is followed, waited for, torn or written over."""

import os
from pathlib import Path

import pytest

from tui.disk import NotRegularError, TooLargeError, put_new, read_regular, replace, write_new


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_regular_files_are_read_and_only_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert read_regular(tmp_path / "file", 5) == b"12345"
    with pytest.raises(TooLargeError):
        read_regular(tmp_path / "file", 4)
    for name in ("link", "folder", "pipe"):
        with pytest.raises(NotRegularError):
            read_regular(tmp_path / name, 5)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "missing", 5)


def test_a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    for data in (b"old", b"new"):
        replace(tmp_path / "file", data, 0o600)
        assert (tmp_path / "file").read_bytes() == data
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert names_in(tmp_path) == ["file"]


def test_a_last_look_can_stop_the_replacement(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def stop() -> None:
        raise ValueError("it changed")

    with pytest.raises(ValueError, match="it changed"):
        replace(tmp_path / "file", b"new", 0o600, last_look=stop)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names_in(tmp_path) == ["file"]


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"kept")
    (tmp_path / "file").symlink_to("elsewhere")
    replace(tmp_path / "file", b"new", 0o600)
    assert (tmp_path / "elsewhere").read_bytes() == b"kept"
    assert not (tmp_path / "file").is_symlink()


@pytest.mark.parametrize("write", [put_new, write_new])
def test_a_new_file_is_never_written_over_another(tmp_path: Path, write: object) -> None:
    make = put_new if write is put_new else write_new
    make(tmp_path / "new", b"data", 0o644)
    assert (tmp_path / "new").read_bytes() == b"data"
    (tmp_path / "link").symlink_to("missing")
    for name in ("new", "link"):
        with pytest.raises(FileExistsError):
            make(tmp_path / name, b"other", 0o644)
    assert (tmp_path / "new").read_bytes() == b"data"
    assert names_in(tmp_path) == ["link", "new"]
