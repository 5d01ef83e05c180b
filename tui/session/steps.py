"""What can be undone and done again, also after a restart: the journal is the memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from tui.errors import RefusedError, StoreError
from tui.model.changes import Change, Kind, Transaction
from tui.store.history import Entry

LOOKED_BACK = 200
"""Steps in which the last link made is sought."""
REMEMBERED = 5_000
"""Entries of the history from which steps are taken."""


@dataclass(frozen=True, slots=True)
class Step:
    """One gesture that was done."""

    id: str
    """Of its transaction."""
    label: str
    current: str | None
    _done: tuple[Change, ...] | Entry

    def changes(self) -> tuple[Change, ...]:
        """What it changed.

        Raises:
            StoreError: the journal has it, but this version can't read it.
        """
        return self._done.changes() if isinstance(self._done, Entry) else self._done


class Steps:
    """Two stacks of steps, newest last: those done and those undone.

    What was done before is read from the history when it is first asked for, or by `load` from another thread.
    """

    def __init__(self, history: Callable[[int], Sequence[Entry]]) -> None:
        """`history` tells the last so many entries."""
        self._history = history
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._own: set[str] = set()
        """The ids of all transactions made since, which the history will tell of too."""
        self._is_loaded = False
        self._loading = Lock()
        """Held while the stacks change, never while something is read."""

    def load(self) -> None:
        """Read what was done before, once.

        Raises:
            StoreError: the history can't be read.
        """
        if not self._is_loaded:
            self._take(self._history(REMEMBERED))

    def _take(self, history: Sequence[Entry]) -> None:
        with self._loading:
            if not self._is_loaded:
                done, undone = _stacks(entry for entry in history if entry.id not in self._own)
                self._done[:0] = done
                if not self._own:
                    self._undone = undone
                self._is_loaded = True

    def did(self, transaction: Transaction) -> None:
        """A new step: what was undone before can't be done again after it."""
        with self._loading:
            self._own.add(transaction.id)
            self._done.append(Step(transaction.id, transaction.label, transaction.current, transaction.changes))
            self._undone.clear()

    def to_undo(self) -> Step:
        """The step to take back.

        Raises:
            RefusedError: there is none.
        """
        if not self._done:
            self._load_or_refuse()
        if not self._done:
            raise RefusedError("there is nothing to undo")
        return self._done[-1]

    def to_redo(self) -> Step:
        """The step to do again.

        Raises:
            RefusedError: there is none.
        """
        if not self._undone and not self._own:
            self._load_or_refuse()
        if not self._undone:
            raise RefusedError("there is nothing to do again")
        return self._undone[-1]

    def undid(self, transaction: Transaction) -> None:
        """The step of `to_undo` was taken back."""
        self._own.add(transaction.id)
        self._undone.append(self._done.pop())

    def redid(self, transaction: Transaction) -> None:
        """The step of `to_redo` was done again."""
        self._own.add(transaction.id)
        self._done.append(self._undone.pop())

    def skip_undo(self) -> None:
        """The step of `to_undo` can't be taken back any more."""
        self._done.pop()

    def skip_redo(self) -> None:
        """The step of `to_redo` can't be done again any more."""
        self._undone.pop()

    def recent(self) -> Iterator[Step]:
        """The last steps that are done, newest first."""
        yield from islice(reversed(tuple(self._done)), LOOKED_BACK)
        if not self._is_loaded:
            before = len(self._done)
            self._load_or_refuse()
            yield from islice(reversed(self._done[: len(self._done) - before]), LOOKED_BACK)

    def _load_or_refuse(self) -> None:
        try:
            self.load()
        except StoreError as error:
            raise RefusedError(str(error)) from error


def _stacks(entries: Iterator[Entry]) -> tuple[list[Step], list[Step]]:
    """The steps that stand after all of this, and those that were undone and can be done again."""
    done: dict[str, Step] = {}
    undone: dict[str, Step] = {}
    for entry in entries:
        match entry.kind:
            case Kind.STEP:
                done[entry.id] = Step(entry.id, entry.label, entry.current, entry)
                undone.clear()
            case Kind.UNDO if entry.of in done:
                undone[entry.of] = done.pop(entry.of)
            case Kind.REDO if entry.of in undone:
                done[entry.of] = undone.pop(entry.of)
    return list(done.values()), list(undone.values())
