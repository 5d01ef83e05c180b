"""One background thread that makes transactions durable, so that no key press waits for the disk."""

import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

from tui.errors import StoreError, VariorumError
from tui.model.changes import Change, Transaction
from tui.store.store import Store


class Writer:
    """Commits transactions to a store, in order, on a thread of its own.

    After a failure nothing more is committed, as what follows may rest on what failed: it is reported as failed too,
    until `resume`. What waits together is written together.
    """

    def __init__(
        self,
        store: Store,
        *,
        prepare: Callable[[tuple[Change, ...]], None] = lambda _changes: None,
        on_saved: Callable[[], None],
        on_failed: Callable[[Transaction, VariorumError], None],
    ) -> None:
        """`prepare` is called with what is about to be committed; what it raises counts as if the commit had.
        `on_saved` is called when more has become durable, `on_failed` once for each transaction that was not kept.

        All are called on the writer's thread. The last two must return at once, raise nothing, and not wait for the
        thread that may be in `flush` or `close`.
        """
        self._store = store
        self._prepare = prepare
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._state = Condition()
        self._waiting: deque[Transaction] = deque()
        self._dropped: deque[Transaction] = deque()
        """To be reported as failed because of what failed before them."""
        self._under_way = 0
        self._failure: VariorumError | None = None
        self._closing = False
        self._ended = False
        # A daemon, so that a program that dies without `close` ends; a write cut short leaves the file whole.
        self._thread = Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """How many transactions are neither durable nor reported as failed."""
        with self._state:
            return self._count()

    def submit(self, transaction: Transaction) -> None:
        """Have the transaction made durable after those submitted before; returns at once."""
        with self._state:
            if self._closing:
                raise RuntimeError("the writer is closed")
            (self._waiting if self._failure is None else self._dropped).append(transaction)
            self._state.notify_all()

    def flush(self, timeout: float | None = None) -> None:
        """Wait until nothing is pending, at most `timeout` seconds.

        Raises:
            VariorumError: the first failure since the last `resume`.
            StoreError: the time is over.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._state:
            while self._count() and not self._ended:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._state.wait(left)
            if self._failure is not None:
                raise self._failure
            if count := self._count():
                raise StoreError(f"{count} steps are not on disk yet")

    def resume(self) -> None:
        """Commit again what is submitted from now on, after a failure was dealt with."""
        with self._state:
            self._failure = None

    def close(self) -> None:
        """Wait until nothing is pending and end the thread. The store stays open."""
        with self._state:
            self._closing = True
            self._state.notify_all()
        self._thread.join()

    def _count(self) -> int:
        return len(self._waiting) + len(self._dropped) + self._under_way

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        finally:
            with self._state:
                self._ended = True
                self._state.notify_all()

    def _turn(self) -> bool:
        """Wait for something to do and do it; False when there is nothing more to come."""
        with self._state:
            while not (self._waiting or self._dropped or self._closing):
                self._state.wait()
            queue = self._dropped or self._waiting
            is_dropped = queue is self._dropped
            batch = list(queue)
            queue.clear()
            self._under_way = len(batch)
        if is_dropped:
            self._done()
            for transaction in batch:
                self._on_failed(
                    transaction, StoreError(f"“{transaction.label}” was not kept, as a step before it failed")
                )
        elif batch:
            self._commit(batch)
        return bool(batch)

    def _commit(self, batch: list[Transaction]) -> None:
        saved, failure = self._save(batch)
        if failure is not None:
            with self._state:
                self._failure = failure
                self._dropped.extend((*batch[saved + 1 :], *self._waiting))
                self._waiting.clear()
        self._done()
        if saved:
            self._on_saved()
            self._store.compact_if_due()
        if failure is not None:
            self._on_failed(batch[saved], failure)

    def _save(self, batch: list[Transaction]) -> tuple[int, VariorumError | None]:
        """How many were made durable, counted from the first, and why not the next."""
        try:
            self._prepare(tuple(change for one in batch for change in one.changes))
            self._store.commit_all(batch)
        except VariorumError as error:
            if len(batch) == 1:
                return 0, error
        else:
            return len(batch), None
        for saved, transaction in enumerate(batch):
            try:
                self._prepare(transaction.changes)
                self._store.commit(transaction)
            except VariorumError as error:
                return saved, error
        return len(batch), None

    def _done(self) -> None:
        with self._state:
            self._under_way = 0
            self._state.notify_all()
