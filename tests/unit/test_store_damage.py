"""Whatever happens to the store's file or the disk below it, no record that was kept is lost."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from store_samples import a_claim, made, on_disk

from tui.errors import StoreError
from tui.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of two claims, made in two steps, so that there is a `.bak` too."""
    store = Store(tmp_path / ".variorum", "ada")
    store.commit(made(a_claim()))
    store.commit(made(a_claim()))
    return tmp_path / ".variorum"


# --- the file is not what it should be ---


DAMAGES: dict[str, tuple[bytes | Callable[[bytes], bytes], str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "cut off": (lambda whole: whole[: len(whole) // 2], "damaged or cut off"),
    "without its last character": (lambda whole: whole[:-1], "damaged or cut off"),
    "zeros": (lambda whole: bytes(len(whole)), "damaged or cut off"),
    "garbage": (b"\xff\xfe\x00garbage", "damaged or cut off"),
    "too deep": (b"[" * 100_000, "damaged or cut off"),
    "a number too long": (b'{"format": ' + b"9" * 10_000 + b"}", "damaged or cut off"),
    "another JSON file": (b'{"name": "x"}', "not a store of Variorum"),
    "no mapping": (b"[1]", "not a store of Variorum"),
    "a document that is none": (b'{"format": 1, "tables": {"claims": {"ada/c1": 1}}}', "not a store of Variorum"),
    "a record that is none": (
        b'{"format": 1, "tables": {"claims": {"ada/c1": {}}}}',
        "holds what can't be read, claims c1",
    ),
    "a file that is none": (
        b'{"format": 1, "tables": {"files": {"ada/ada/001.yaml": {"sha256": 1}}}}',
        "holds what can't be read, files ada/001.yaml",
    ),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_an_error_that_says_what_to_do_and_is_left_alone(
    folder: Path, damage: bytes | Callable[[bytes], bytes], sentence: str
) -> None:
    path = folder / "store.json"
    running = Store(folder, "ada")
    path.write_bytes(damage if isinstance(damage, bytes) else damage(path.read_bytes()))
    left = {file.name: file.read_bytes() for file in folder.iterdir()}
    for use in (lambda: Store(folder, "ada"), running.reload, lambda: running.commit(made(a_claim()))) * 2:
        with pytest.raises(StoreError) as raised:
            use()
        assert str(path) in str(raised.value)
        assert sentence in str(raised.value)
        assert "move it aside and rename store.json.bak" in str(raised.value)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == left
    assert len(running.records()) == 2, "what was read before the damage is still shown"


def test_doing_what_the_error_says_brings_the_state_before_the_last_change_back(folder: Path) -> None:
    (folder / "store.json").write_bytes(b"")
    (folder / "store.json").rename(folder / "aside.json")
    with pytest.raises(StoreError, match=r"store\.json is missing, but store\.json\.bak is there: rename it"):
        Store(folder, "ada")
    (folder / "store.json.bak").rename(folder / "store.json")
    store = Store(folder, "ada")
    assert len(store.records()) == 1
    store.commit(made(a_claim()))
    assert len(on_disk(folder)) == 2


def test_a_damaged_file_without_a_bak_says_how_to_begin_anew(folder: Path) -> None:
    (folder / "store.json").write_bytes(b"{")
    (folder / "store.json.bak").unlink()
    with pytest.raises(StoreError, match="move it aside to begin anew"):
        Store(folder, "ada")


def test_a_store_of_a_newer_version_is_refused(folder: Path) -> None:
    path = folder / "store.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    with pytest.raises(StoreError, match=r"newer version of Variorum \(format 2, this one knows 1\): use that version"):
        Store(folder, "ada")


def test_another_annotators_damaged_record_stops_nobody_else(folder: Path) -> None:
    path = folder / "store.json"
    whole = json.loads(path.read_text())
    whole["tables"]["claims"]["ben/c1"] = {"of": "a later version"}
    path.write_text(json.dumps(whole))
    Store(folder, "ada").commit(made(a_claim()))
    assert len(on_disk(folder)) == 3
    assert json.loads(path.read_text())["tables"]["claims"]["ben/c1"] == {"of": "a later version"}


@pytest.mark.parametrize("make", [lambda path: os.mkfifo(path), lambda path: path.mkdir()], ids=["a pipe", "a folder"])
def test_something_that_is_no_file_is_refused_without_waiting(folder: Path, make: Callable[[Path], None]) -> None:
    (folder / "store.json").unlink()
    make(folder / "store.json")
    with pytest.raises(StoreError, match="not a regular file"):
        Store(folder, "ada")


def test_a_link_is_not_followed_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "store.json").rename(tmp_path / "elsewhere.json")
    (folder / "store.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(StoreError, match="can't be read"):
        Store(folder, "ada")


def test_a_file_of_unreasonable_size_is_not_read(folder: Path) -> None:
    os.truncate(folder / "store.json", 2**40)
    with pytest.raises(StoreError, match="larger than 256 MB"):
        Store(folder, "ada")


# --- the disk fails, or the machine stops, at any step of a write ---


class Stopped(BaseException):
    """The process ends here: nothing that would clean up after an error runs."""


STEPS = ("open", "mkdir", "unlink", "link", "replace", "fsync", "utime")


@contextmanager
def trouble(at: int, error: BaseException, *, for_good: bool = False, after: bool = False) -> Iterator[list[str]]:
    """Let step number `at` of those that touch the file system fail, before or `after` it was done.

    Gives the names of the steps taken. With `for_good`, all further ones fail too.
    """
    taken: list[str] = []

    def failing(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            taken.append(name)
            fails = len(taken) == at or (for_good and len(taken) > at)
            if fails and not after:
                raise error
            result = real(*arguments, **options)
            if fails:
                if name == "open":
                    os.close(result)
                raise error
            return result

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, failing(name, getattr(os, name)))
        yield taken


def every_step(tmp_path: Path, first: bool) -> Iterator[tuple[int, Path]]:
    """A fresh store for each step of a write, whose number comes with it."""
    number, steps = 0, 1
    while number < steps:
        number += 1
        folder = tmp_path / str(number) / ".variorum"
        folder.parent.mkdir(parents=True)
        if not first:
            store = Store(folder, "ada")
            store.commit(made(a_claim()))
            store.commit(made(a_claim()))
        if number == 1:
            spare = tmp_path / "spare" / ".variorum"
            spare.parent.mkdir()
            store = Store(spare, "ada")
            if not first:
                store.commit(made(a_claim()))
                store.commit(made(a_claim()))
            with trouble(0, Stopped()) as taken:
                store.commit(made(a_claim()))
            steps = len(taken)
            assert {"open", "fsync", "replace"} <= set(taken)
        yield number, folder


@pytest.mark.parametrize("first", [True, False], ids=["the first commit", "a later commit"])
@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
def test_a_machine_that_stops_at_any_step_leaves_the_old_or_the_new_state(
    tmp_path: Path, first: bool, after: bool
) -> None:
    for number, folder in every_step(tmp_path, first):
        store, claim = Store(folder, "ada"), a_claim()
        old = {record.id for record in store.records()}
        with pytest.raises(Stopped), trouble(number, Stopped(), for_good=True, after=after):
            store.commit(made(claim))
        assert on_disk(folder) in (old, old | {claim.id}), f"step {number}"
        again = a_claim()
        Store(folder, "ada").commit(made(again))
        assert on_disk(folder) in (old | {again.id}, old | {claim.id, again.id}), f"step {number}"


@pytest.mark.parametrize("first", [True, False], ids=["the first commit", "a later commit"])
def test_a_disk_that_fails_once_at_any_step_leaves_the_old_state_and_goes_on(tmp_path: Path, first: bool) -> None:
    sentences: set[str] = set()
    for number, folder in every_step(tmp_path, first):
        store, claim, again = Store(folder, "ada"), a_claim(), a_claim()
        old = {record.id for record in store.records()}
        expected = old | {claim.id}
        with trouble(number, OSError(errno.EIO, "Input/output error")):
            try:
                store.commit(made(claim))
            except StoreError as error:
                sentences.add(str(error).replace(str(folder), ""))
                expected = old
        assert {record.id for record in store.records()} == on_disk(folder) == expected, f"step {number}"
        assert not (folder / "store.json.new").exists()
        store.commit(made(again))
        assert {record.id for record in store.records()} == on_disk(folder) == expected | {again.id}, f"step {number}"
    assert sentences
    for sentence in sentences:
        assert sentence.startswith("nothing was recorded: ")
        assert "Input/output error" in sentence


def test_a_disk_that_fails_for_good_at_any_step_is_reported_and_nothing_is_lost(tmp_path: Path) -> None:
    for number, folder in every_step(tmp_path, first=False):
        store, claim = Store(folder, "ada"), a_claim()
        old = {record.id for record in store.records()}
        failure = OSError(errno.EROFS, "Read-only file system")
        with trouble(number, failure, for_good=True), pytest.raises(StoreError, match="Read-only file system"):
            store.commit(made(claim))
        assert {record.id for record in store.records()} == old
        assert on_disk(folder) in (old, old | {claim.id}), f"step {number}"
        assert store.changed_elsewhere() == (on_disk(folder) != old), "what the disk has after all is not hidden"
        store.reload()
        assert {record.id for record in store.records()} == on_disk(folder)


def test_the_content_is_on_disk_before_it_takes_the_name_and_the_name_before_it_counts(folder: Path) -> None:
    store = Store(folder, "ada")
    with trouble(0, Stopped()) as taken:
        store.commit(made(a_claim()))
    replaced = taken.index("replace")
    assert "fsync" in taken[:replaced]
    assert "fsync" in taken[replaced:]


def test_a_file_system_without_hard_links_keeps_the_last_state_by_copying(folder: Path) -> None:
    store, before = Store(folder, "ada"), (folder / "store.json").read_bytes()
    with pytest.MonkeyPatch.context() as patch:

        def link(*arguments: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        patch.setattr(os, "link", link)
        store.commit(made(a_claim()))
    assert (folder / "store.json.bak").read_bytes() == before
    assert (folder / "store.json.bak").stat().st_mode & 0o777 == 0o600
    assert len(on_disk(folder)) == 3


FILL = """
import resource, sys
from pathlib import Path
from store_samples import a_claim, made
from tui.errors import StoreError
from tui.store.store import Store
store = Store(Path(sys.argv[1]), "ada")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    while True:
        claim = a_claim()
        store.commit(made(claim))
        print(claim.id)
except StoreError as error:
    print(error)
assert len(store.records()) < 200
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
claim = a_claim()
store.commit(made(claim))
print(claim.id)
"""


def test_a_full_disk_costs_the_step_that_did_not_fit_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / ".variorum"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", FILL, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    *kept, sentence, last = done.stdout.splitlines()
    assert len(kept) > 10
    assert sentence.startswith("nothing was recorded: ")
    assert "File too large" in sentence
    assert on_disk(folder) == {*kept, last}
