"""The writer: key presses don't wait for the disk, and yet nothing counts as saved before it is."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from store_samples import a_claim, changed, made, on_disk

from tui.errors import StaleError, StoreError, VariorumError
from tui.model.changes import Transaction
from tui.store.store import Store
from tui.store.writer import Writer


class Desk:
    """A writer, and what it reported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder, "ada")
        self.saved_on: list[str] = []
        self.failed: list[tuple[Transaction, VariorumError]] = []
        self.writer = Writer(self.store, on_saved=self._saved, on_failed=self._failed)

    def _saved(self) -> None:
        self.saved_on.append(threading.current_thread().name)

    def _failed(self, transaction: Transaction, error: VariorumError) -> None:
        self.failed.append((transaction, error))

    def slow_disk(self) -> FileLock:
        """While this is held, nothing gets written: another process is at it."""
        self.store.commit(made(a_claim()))
        return FileLock(self.folder / "store.lock")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / ".variorum")
    yield desk
    desk.writer.close()


def stale() -> Transaction:
    never = a_claim()
    return changed(never, replace(never, memo="new"))


def test_what_was_flushed_is_on_disk_in_the_order_it_was_submitted(desk: Desk) -> None:
    claim = a_claim()
    desk.writer.submit(made(claim))
    for number in range(30):
        after = replace(claim, memo=str(number))
        desk.writer.submit(changed(claim, after))
        claim = after
    desk.writer.flush()
    assert desk.writer.pending == 0
    assert Store(desk.folder, "ada").records() == (claim,)
    desk.writer.close()
    assert set(desk.saved_on) == {"store writer"}
    assert desk.failed == []


def test_nothing_counts_as_saved_while_it_is_not_on_disk_and_waiting_steps_go_together(desk: Desk) -> None:
    claims = [a_claim() for _ in range(20)]
    with desk.slow_disk():
        for claim in claims:
            desk.writer.submit(made(claim))
        with pytest.raises(StoreError, match="20 steps are not on disk yet"):
            desk.writer.flush(timeout=0.05)
        assert desk.writer.pending == 20
        assert desk.saved_on == []
        assert len(on_disk(desk.folder)) == 1
    desk.writer.flush()
    assert on_disk(desk.folder) >= {claim.id for claim in claims}
    desk.writer.close()
    assert 1 <= len(desk.saved_on) <= 2


def test_after_a_failure_nothing_is_committed_on_top_until_resumed(desk: Desk) -> None:
    before, after, later = a_claim(), a_claim(), a_claim()
    wrong = stale()
    with desk.slow_disk():
        desk.writer.submit(made(before))
        desk.writer.submit(wrong)
        desk.writer.submit(made(after))
    with pytest.raises(StaleError):
        desk.writer.flush()
    desk.writer.submit(made(later))
    with pytest.raises(StaleError):
        desk.writer.flush()
    ids = on_disk(desk.folder)
    assert before.id in ids
    assert not ids & {after.id, later.id}
    desk.writer.resume()
    desk.writer.submit(made(later))
    desk.writer.flush()
    assert later.id in on_disk(desk.folder)
    desk.writer.close()
    assert [transaction for transaction, _ in desk.failed] == [wrong, made(after), made(later)]
    assert isinstance(desk.failed[0][1], StaleError)
    assert str(desk.failed[1][1]) == "“made” was not kept, as a step before it failed"


def test_what_was_submitted_while_the_failing_step_was_under_way_is_not_committed(desk: Desk) -> None:
    wrong, after = stale(), a_claim()
    with desk.slow_disk():
        desk.writer.submit(wrong)
        time.sleep(0.1)  # the writer is at it now, and waits for the other process
        desk.writer.submit(made(after))
    with pytest.raises(StaleError):
        desk.writer.flush()
    desk.writer.close()
    assert [transaction for transaction, _ in desk.failed] == [wrong, made(after)]
    assert after.id not in on_disk(desk.folder)


def test_closing_waits_for_what_was_submitted(desk: Desk) -> None:
    claims = [a_claim() for _ in range(5)]
    for claim in claims:
        desk.writer.submit(made(claim))
    desk.writer.close()
    assert on_disk(desk.folder) == {claim.id for claim in claims}
    with pytest.raises(RuntimeError, match="closed"):
        desk.writer.submit(made(a_claim()))


def test_a_store_that_can_not_be_written_fails_each_step_once_and_never_hangs(tmp_path: Path) -> None:
    desk = Desk(tmp_path / ".variorum")
    (tmp_path / ".variorum").write_text("in the way")
    steps = [made(a_claim()) for _ in range(4)]
    for step in steps:
        desk.writer.submit(step)
    with pytest.raises(StoreError, match="is not a folder"):
        desk.writer.flush()
    desk.writer.close()
    assert [transaction for transaction, _ in desk.failed] == steps
    assert desk.saved_on == []
