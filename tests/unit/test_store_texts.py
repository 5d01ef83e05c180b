"""The texts that claims were made on, kept by hash."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from tui.errors import StoreError
from tui.store.texts import Texts

TEXT = "Three planes — “lost” on Monday.\n"
HASH = sha256(TEXT.encode()).hexdigest()
OTHER = {sha256(b"other").hexdigest(): "other"}


def texts(root: Path, limit: int = 10_000) -> Texts:
    return Texts(root / ".variorum", size_limit=limit)


def test_a_text_that_was_kept_is_there_for_its_owner_alone(tmp_path: Path) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    assert texts(tmp_path).get(HASH) == TEXT
    folder = tmp_path / ".variorum/texts"
    assert [file.name for file in folder.iterdir()] == [HASH]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / HASH).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / ".variorum/.gitignore").read_text() == "*\n"


def test_looking_makes_nothing(tmp_path: Path) -> None:
    assert texts(tmp_path).get(HASH) is None
    assert list(tmp_path.iterdir()) == []


def test_a_text_is_written_once(tmp_path: Path) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    before = (tmp_path / ".variorum/texts" / HASH).stat()
    texts(tmp_path).keep({HASH: TEXT})
    after = (tmp_path / ".variorum/texts" / HASH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("damage", [b"", b"Three planes", b"\xff\xfe", b"x" * 20_000])
def test_a_file_that_does_not_hold_what_its_name_says_is_none_and_is_written_anew(
    tmp_path: Path, damage: bytes
) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    file = tmp_path / ".variorum/texts" / HASH
    file.write_bytes(damage)
    assert texts(tmp_path).get(HASH) is None
    texts(tmp_path).keep({HASH: TEXT})
    assert file.read_text() == TEXT


def test_a_file_of_the_right_name_that_is_no_text_is_none(tmp_path: Path) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    data = b"\xff\xfe no text"
    name = sha256(data).hexdigest()
    (tmp_path / ".variorum/texts" / name).write_bytes(data)
    assert texts(tmp_path).get(name) is None


def test_a_text_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    assert texts(tmp_path, limit=5).get(HASH) is None


def test_no_link_and_no_pipe_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(TEXT)
    texts(tmp_path).keep(OTHER)
    file = tmp_path / ".variorum/texts" / HASH
    file.symlink_to(secret)
    assert texts(tmp_path).get(HASH) is None
    texts(tmp_path).keep({HASH: TEXT})
    assert not file.is_symlink()
    assert texts(tmp_path).get(HASH) == TEXT
    file.unlink()
    os.mkfifo(file)
    assert texts(tmp_path).get(HASH) is None


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / HASH).write_text(TEXT)
    (tmp_path / ".variorum").mkdir(mode=0o700)
    (tmp_path / ".variorum/texts").symlink_to(outside)
    assert texts(tmp_path).get(HASH) is None
    with pytest.raises(StoreError, match="symbolic link"):
        texts(tmp_path).keep(OTHER)
    assert [file.name for file in outside.iterdir()] == [HASH]


@pytest.mark.parametrize("hash", ["../../etc/passwd", "/etc/passwd", "", HASH.upper(), HASH + "\n", f"x/{HASH}"])
def test_what_is_no_hash_names_no_file(tmp_path: Path, hash: str) -> None:
    texts(tmp_path).keep({HASH: TEXT})
    assert texts(tmp_path).get(hash) is None
