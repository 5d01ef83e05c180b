"""Changes to records, and the transactions that hold them together."""

from dataclasses import dataclass

from tui.model.records import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One record made (`before` is None), changed, or deleted (`after` is None)."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record concerned, as it is after the change or, when deleted, as it was."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change has a side"
        return record

    def inverse(self) -> "Change":
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Transaction:
    """The changes of one gesture of the reader: all of them happen, or none."""

    label: str
    """What was done, for the status line: "tagged fact"."""
    changes: tuple[Change, ...]

    def inverse(self) -> "Transaction":
        return Transaction(self.label, tuple(change.inverse() for change in reversed(self.changes)))
