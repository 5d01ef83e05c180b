"""The disk fails or the machine stops, at any step: what was acknowledged is there, and nothing half-done is seen."""

import errno
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from store_samples import a_claim, compacted, made, on_disk

from tui.errors import StoreError
from tui.store.store import Store


class Stopped(BaseException):
    """The process ends here: nothing that would clean up after an error runs."""


STEPS = ("open", "mkdir", "unlink", "link", "replace", "rename", "fsync", "fdatasync", "write", "ftruncate")


@contextmanager
def trouble(
    at: int, error: BaseException, *, for_good: bool = False, after: bool = False, torn: bool = False
) -> Iterator[list[str]]:
    """Let step number `at` of those that touch the file system fail, before or `after` it was done.

    Gives the names of the steps taken. With `for_good`, all further ones fail too; with `torn`, half of what was to be
    written is written before that.
    """
    taken: list[str] = []

    def failing(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            taken.append(name)
            fails = len(taken) == at or (for_good and len(taken) > at)
            if fails and torn and name == "write" and len(taken) == at:
                descriptor, data = arguments
                real(descriptor, data[: len(data) // 2])
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


def step(store: Store) -> None:
    store.commit(made(a_claim()))


DOINGS: dict[str, tuple[int, Callable[[Store], None], set[str]]] = {
    "the first transaction": (0, step, {"mkdir", "replace", "write", "fdatasync", "fsync"}),
    "a later transaction": (2, step, {"write", "fdatasync"}),
    "a compaction": (2, Store.compact, {"link", "replace", "fsync"}),
    "a second compaction": (5, Store.compact, {"link", "unlink", "replace", "fsync"}),
}
"""How many transactions there were before (the fourth ends with a compaction), what is done, and steps it must take."""


def prepared(folder: Path, before: int) -> Store:
    folder.parent.mkdir(parents=True)
    store = Store(folder, "ada")
    for number in range(before):
        store.commit(made(a_claim()))
        if number == 3:
            compacted(store)
            compacted(store)
    return store


def every_step(tmp_path: Path, doing: str) -> Iterator[tuple[int, Path, Store]]:
    """A store prepared anew for each step of what is done, whose number comes with it."""
    before, do, expected = DOINGS[doing]
    with trouble(0, Stopped()) as taken:
        store = prepared(tmp_path / "spare" / ".variorum", before)
        store.close()
        store = Store(tmp_path / "spare" / ".variorum", "ada")
        taken.clear()
        do(store)
        steps = len(taken)
        assert expected <= set(taken)
    for number in range(1, steps + 1):
        folder = tmp_path / str(number) / ".variorum"
        prepared(folder, before).close()
        yield number, folder, Store(folder, "ada")


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize("how", ["before", "after", "torn"])
def test_a_machine_that_stops_at_any_step_leaves_the_old_or_the_new_state(tmp_path: Path, doing: str, how: str) -> None:
    for number, folder, store in every_step(tmp_path, doing):
        old = on_disk(folder)
        other = Store(folder, "ada")
        with (
            pytest.raises(Stopped),
            trouble(number, Stopped(), for_good=True, after=how == "after", torn=how == "torn"),
        ):
            DOINGS[doing][1](store)
        new = on_disk(folder)
        assert old <= new, f"step {number}"
        assert len(new) <= len(old) + (DOINGS[doing][1] is step), f"step {number}"
        # Who was open already, and who comes afterwards, goes on from there.
        again = a_claim()
        other.commit(made(again))
        last = a_claim()
        Store(folder, "ada").commit(made(last))
        assert on_disk(folder) == new | {again.id, last.id}, f"step {number}"
        assert {record.id for record in other.records()} == new | {again.id}


@pytest.mark.parametrize("doing", DOINGS)
def test_a_disk_that_fails_once_at_any_step_leaves_the_old_state(tmp_path: Path, doing: str) -> None:
    sentences: set[str] = set()
    for number, folder, store in every_step(tmp_path, doing):
        old = {record.id for record in store.records()}
        with trouble(number, OSError(errno.EIO, "Input/output error")) as taken:
            try:
                DOINGS[doing][1](store)
            except StoreError as error:
                sentences.add(str(error).replace(str(folder), ""))
                assert {record.id for record in store.records()} == on_disk(folder) == old, f"step {number}"
        known = on_disk(folder)
        assert {record.id for record in store.records()} == known, f"step {number}"
        assert not (folder / "store.journal.new").exists()
        again = a_claim()
        if store.reason is not None:
            # After a failed sync nobody can know what the disk has: this process writes nothing more.
            assert taken[number - 1] in ("fsync", "fdatasync", "open"), "a folder is opened to be synced"
            with pytest.raises(StoreError, match="nothing more is recorded here: the disk failed"):
                store.commit(made(again))
            store = Store(folder, "ada")
        store.commit(made(again))
        assert {record.id for record in store.records()} == on_disk(folder) == known | {again.id}, f"step {number}"
    assert sentences
    for sentence in sentences:
        assert sentence.startswith("nothing was recorded: ")
        assert "Input/output error" in sentence


@pytest.mark.parametrize("doing", DOINGS)
def test_a_disk_that_fails_for_good_at_any_step_is_reported_and_nothing_is_lost(tmp_path: Path, doing: str) -> None:
    for number, folder, store in every_step(tmp_path, doing):
        old = {record.id for record in store.records()}
        failure = OSError(errno.EROFS, "Read-only file system")
        # Clearing up after a compaction is no part of it.
        with trouble(number, failure, for_good=True), suppress(StoreError):
            DOINGS[doing][1](store)
        new = on_disk(folder)
        assert {record.id for record in store.records()} in (old, new), f"step {number}"
        assert old <= new
        store = Store(folder, "ada")
        assert {record.id for record in store.records()} == new


def test_lines_are_on_disk_before_they_count_and_a_snapshot_before_its_journal(tmp_path: Path) -> None:
    store = prepared(tmp_path / "w" / ".variorum", 2)
    with trouble(0, Stopped()) as taken:
        step(store)
    assert [name for name in taken if name in ("write", "fdatasync")] == ["write", "fdatasync"]
    with trouble(0, Stopped()) as taken:
        compacted(store)
    replaced = taken.index("replace")
    assert taken[:replaced].count("fsync") == 3, "the snapshot, the new journal, and their names"
    assert "fsync" in taken[replaced:]


def test_a_file_system_without_hard_links_keeps_the_last_journal_by_copying(tmp_path: Path) -> None:
    folder = tmp_path / "w" / ".variorum"
    store = prepared(folder, 2)
    before = (folder / "store.journal").read_bytes()
    with pytest.MonkeyPatch.context() as patch:

        def link(*arguments: object, **options: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        patch.setattr(os, "link", link)
        compacted(store)
    assert (folder / "journal-1").read_bytes() == before
    assert (folder / "journal-1").stat().st_mode & 0o777 == 0o600
    assert len(on_disk(folder)) == 2


def test_several_steps_at_once_are_each_a_line_and_a_torn_one_costs_only_what_follows(tmp_path: Path) -> None:
    folder = tmp_path / "w" / ".variorum"
    store = prepared(folder, 1)
    claims = [a_claim() for _ in range(4)]
    store.commit_all([made(claim) for claim in claims])
    data = (folder / "store.journal").read_bytes()
    assert data.count(b"\n") == 6
    (folder / "store.journal").write_bytes(data[: data.rstrip().rfind(b"\n") - 20])
    assert on_disk(folder) & {claim.id for claim in claims} == {claim.id for claim in claims[:2]}


# --- a full disk ---


FILL = """
import resource, sys
from pathlib import Path
from store_samples import a_claim, made
from tui.errors import StoreError
from tui.store.store import Store
store = Store(Path(sys.argv[1]), "ada")
limit = int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
count = 0
try:
    while count < 100_000:
        claim = a_claim()
        store.commit(made(claim))
        count += 1
        print(claim.id)
except StoreError as error:
    print(error)
assert len(store.records()) == count
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
else:
    Path(sys.argv[1], "ballast").unlink()
claim = a_claim()
store.commit(made(claim))
print(claim.id)
"""


def filled(folder: Path, limit: int) -> list[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", FILL, str(folder), str(limit)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.splitlines()


def test_a_full_disk_costs_the_step_that_did_not_fit_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / ".variorum"
    *kept, sentence, last = filled(folder, 20_000)
    assert len(kept) > 10
    assert sentence.startswith("nothing was recorded: ")
    assert "File too large" in sentence
    assert on_disk(folder) == {*kept, last}


@pytest.mark.long
def test_a_disk_that_really_is_full_costs_the_step_that_did_not_fit_and_no_other() -> None:
    with tempfile.TemporaryDirectory() as name:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", name], capture_output=True)
        if mounted.returncode:
            pytest.skip(f"a file system of its own can't be mounted here: {mounted.stderr.decode().strip()}")
        try:
            folder = Path(name) / ".variorum"
            store = Store(folder, "ada")
            store.commit(made(a_claim()))
            store.close()
            (folder / "ballast").write_bytes(bytes(64 * 1024))
            before = on_disk(folder)
            *kept, sentence, last = filled_beside(folder, before)
            assert "No space left on device" in sentence
            assert on_disk(folder) == {*before, *kept, last}
        finally:
            subprocess.run(["umount", name], check=True)


def filled_beside(folder: Path, before: set[str]) -> list[str]:
    """As `filled`, where there is something already."""
    script = FILL.replace("== count", f"== count + {len(before)}")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", script, str(folder), "0"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.splitlines()


# --- killed under load ---


LOAD = """
import sys
from pathlib import Path
from store_samples import a_claim
from tui.model.changes import Change, Transaction
from tui.store import journal_file
from tui.store.store import Store
journal_file.JOURNAL_BYTES = 6_000  # so that a compaction is under way often
store = Store(Path(sys.argv[1]), sys.argv[2])
def say(*words):
    sys.stdout.write(" ".join(words) + "\\n")  # at once: whatever kills this leaves the whole line or nothing of it
    sys.stdout.flush()
while True:
    pair = a_claim(sys.argv[2]), a_claim(sys.argv[2], "002")
    store.commit(Transaction("made", tuple(Change(None, claim) for claim in pair)))
    say(" ", *(claim.id for claim in pair))
    store.compact_if_due()
    if len(store.records()) > 60:
        gone = store.records()
        say("?")
        store.commit(Transaction("deleted", tuple(Change(claim, None) for claim in gone)))
        say("-", *(claim.id for claim in gone))
"""


def load(folder: Path, annotator: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", LOAD, str(folder), annotator]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def kill_under_load(folder: Path, kills: int, seed: int) -> None:
    """Two processes write to one store and are killed at random moments; each time all is there, pair by pair."""
    chance = random.Random(seed)
    annotators = ("ada", "ben")
    kept: dict[str, set[str]] = {annotator: set() for annotator in annotators}
    for _ in range(0, kills, 2):
        processes = {annotator: load(folder, annotator) for annotator in annotators}
        printed: dict[str, list[str]] = {annotator: [] for annotator in annotators}
        for annotator, process in processes.items():
            assert process.stdout is not None
            printed[annotator].append(process.stdout.readline())  # it has begun
        time.sleep(chance.random() * 0.15)
        for annotator in chance.sample(annotators, 2):
            processes[annotator].kill()
            time.sleep(chance.random() * 0.02)
        for annotator, process in processes.items():
            assert process.stdout is not None
            printed[annotator] += process.stdout.read().splitlines()
            process.wait()
            process.stdout.close()
            acknowledged = kept[annotator]
            for line in printed[annotator]:
                deleting = line.startswith("-")
                ids = set(line.strip("-? \n").split())
                acknowledged = acknowledged - ids if deleting else acknowledged | ids
            found = on_disk(folder, annotator)
            # The step under way may have come through: one pair more, or all gone.
            is_deleting = printed[annotator][-1].startswith("?")
            assert found >= acknowledged or (is_deleting and not found), annotator
            assert len(found - acknowledged) in (0, 2), "a pair is one step"
            kept[annotator] = found
    assert all(on_disk(folder, annotator) == kept[annotator] for annotator in annotators)


def test_processes_killed_at_random_moments_lose_nothing_they_acknowledged(tmp_path: Path) -> None:
    kill_under_load(tmp_path / ".variorum", 20, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_two_thousand_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    kill_under_load(tmp_path / ".variorum", 250, seed=100 + seed)
