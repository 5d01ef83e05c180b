"""Where a reader is, as it is kept: what is written is read again, and what anyone else wrote does no harm."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_samples import make_workspace, tree

from tui.errors import ReadingStateError
from tui.session.read_so_far import Position, ReadSoFar
from tui.session.reading_file import ReadingFiles, read_state, state_folder
from tui.session.reading_state import LIMIT, PARTS, ReadingState, decode, encode

numbers = st.integers(0, 2**31)
names = st.text(st.characters(), max_size=40)
digests = st.text("0123456789abcdef", min_size=8, max_size=8)
texts = st.text("0123456789abcdef", min_size=16, max_size=16)
positions = st.builds(Position, numbers, texts, digests, numbers)
read = st.builds(
    lambda read, more, words: ReadSoFar(read, read + more, "".join(words)),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.lists(digests, max_size=5),
)
states = st.builds(
    ReadingState,
    st.booleans(),
    st.lists(names, max_size=4),
    st.integers(0, 3),
    st.dictionaries(names, st.one_of(st.booleans(), numbers, names), max_size=5),
    names,
    st.dictionaries(names, positions, max_size=5),
    st.lists(st.tuples(names, numbers, texts), max_size=5),
    numbers,
    st.dictionaries(names, read, max_size=5),
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
KEYS = ("format", "reading", "panes", "active", "settings", "library", "positions", "places", "place", "read")


@given(states)
def test_what_is_kept_comes_back(state: ReadingState) -> None:
    assert decode(encode(state)) == state


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ReadingStateError):
        decode(data)


@given(states, st.sampled_from(KEYS), plain)
def test_a_value_of_any_kind_in_any_place_is_read_or_refused(state: ReadingState, key: str, value: object) -> None:
    raw = json.loads(encode(state))
    raw[key] = value
    try:
        again = decode(json.dumps(raw).encode())
    except ReadingStateError:
        return
    assert decode(encode(again)) == again, "what was let in can be kept again"


@given(states, st.data())
def test_a_file_cut_off_anywhere_is_refused(state: ReadingState, data: st.DataObject) -> None:
    whole = encode(state)
    with pytest.raises(ReadingStateError):
        decode(whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"format":1,"active":' + b"9" * 10_000 + b"}",
        b'{"format":1,"active":-1}',
        b'{"format":1,"active":1e400}',
        b'{"format":1,"active":NaN}',
        b'{"format":true,"panes":[]}',
        b'{"format":1,"panes":["' + b"x" * 5_000 + b'"]}',
        b'{"format":1,"read":{"a":[2,1,""]}}',
        b'{"format":1,"read":{"a":[1,2,"zz"]}}',
        b'{"format":1,"positions":{"a":[0,"../../etc/passwd","00000000",0]}}',
        b'{"format":1,"read":{' + b'"a":[[]],' * (PARTS // 2) + b'"b":[]}}',
        b" " * (LIMIT + 1),
    ],
)
def test_what_was_made_to_harm_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingStateError):
        decode(data)


def test_what_a_newer_version_wrote_is_told_from_what_is_broken() -> None:
    with pytest.raises(ReadingStateError) as newer:
        decode(b'{"format":2,"panes":"elsewhere"}')
    assert newer.value.is_newer
    with pytest.raises(ReadingStateError) as broken:
        decode(b'{"format":0}')
    assert not broken.value.is_newer


# --- the file ---

STATE = ReadingState(panes=["one"], library="one")


@pytest.fixture
def files(tmp_path: Path) -> ReadingFiles:
    workspace = make_workspace(tmp_path / "w")
    return ReadingFiles.of(workspace, "ada", {"XDG_STATE_HOME": str(tmp_path / "state")}, may_record=True)


def test_before_anything_was_recorded_nothing_is_made_in_the_workspace(tmp_path: Path, files: ReadingFiles) -> None:
    before = tree(tmp_path / "w")
    assert files.read() is None
    files.write(encode(STATE))
    assert files.read() == STATE
    assert tree(tmp_path / "w") == before
    kept = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == ["ada.json"]
    assert kept[0].stat().st_mode & 0o077 == 0
    assert kept[0].parent.stat().st_mode & 0o077 == 0


def test_with_the_first_record_it_moves_into_the_workspace(tmp_path: Path, files: ReadingFiles) -> None:
    files.write(encode(STATE))
    (tmp_path / "w/.variorum").mkdir(mode=0o700)
    assert files.read() == STATE, "it is found where it was"
    files.write(encode(replace(STATE, library="two")))
    assert (tmp_path / "w/.variorum/reading/ada.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "w/.variorum/reading").stat().st_mode & 0o777 == 0o700
    assert not [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    again = files.read()
    assert again is not None
    assert again.library == "two"


def test_who_may_not_record_keeps_their_place_at_home(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w")
    (tmp_path / "w/.variorum").mkdir()
    environ = {"HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    files = ReadingFiles.of(workspace, "ada", environ, may_record=False)
    files.write(encode(STATE))
    assert list((tmp_path / "w/.variorum").iterdir()) == []
    assert [path.name for path in (tmp_path / "home/.local/state/variorum").rglob("*.json")] == ["ada.json"]
    assert files.read() == STATE


def test_two_workspaces_and_two_readers_have_each_their_own(tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path / "state")}
    for number, (folder, reader) in enumerate([("a", "ada"), ("a", "ben"), ("b", "ada")]):
        files = ReadingFiles.of(make_workspace(tmp_path / folder), reader, environ, may_record=True)
        assert files.read() is None
        files.write(encode(replace(STATE, library=str(number))))
    assert len(list((tmp_path / "state").rglob("*.json"))) == 3


def test_nothing_is_read_or_written_through_a_link(tmp_path: Path, files: ReadingFiles) -> None:
    store, elsewhere = tmp_path / "w/.variorum", tmp_path / "elsewhere"
    store.mkdir(mode=0o700)
    elsewhere.mkdir()
    (store / "reading").symlink_to(elsewhere)
    with pytest.raises(ReadingStateError, match="reading"):
        files.write(encode(STATE))
    assert list(elsewhere.iterdir()) == []
    (store / "reading").unlink()
    (store / "reading").mkdir()
    (elsewhere / "x").write_bytes(encode(STATE))
    (store / "reading/ada.json").symlink_to(elsewhere / "x")
    with pytest.raises(ReadingStateError, match=r"ada\.json"):
        files.read()
    files.set_aside()
    files.write(encode(replace(STATE, library="mine")))
    assert (elsewhere / "x").read_bytes() == encode(STATE)


def test_a_file_that_cannot_be_read_is_set_aside_and_nothing_is_lost_of_it(tmp_path: Path, files: ReadingFiles) -> None:
    files.write(encode(STATE))
    path = files.present
    assert path is not None
    path.write_bytes(b"{ what")
    with pytest.raises(ReadingStateError, match="no JSON"):
        files.read()
    files.set_aside()
    assert files.read() is None
    assert path.with_name("ada.json.unreadable").read_bytes() == b"{ what"


def test_a_pipe_or_a_folder_in_its_place_is_no_wait_and_no_crash(tmp_path: Path, files: ReadingFiles) -> None:
    files.write(encode(STATE))
    path = files.present
    assert path is not None
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ReadingStateError, match="no regular file"):
        read_state(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(ReadingStateError):
        files.read()
    with pytest.raises(ReadingStateError):
        files.write(encode(STATE))


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/variorum"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/variorum"),
        ({"HOME": "/h"}, "/h/.local/state/variorum"),
        ({"HOME": "relative"}, None),
    ],
)
def test_the_folder_is_the_one_for_such_things(environ: dict[str, str], folder: str | None) -> None:
    assert state_folder(environ) == (Path(folder) if folder else None)


def test_of_more_articles_than_are_kept_the_one_left_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.reading_state.MOST", 2)
    state = ReadingState()
    for article in ("one", "two", "one", "three"):
        state.left(article, Position(0, "0" * 16, "0" * 8))
    assert list(state.positions) == ["one", "three"]
