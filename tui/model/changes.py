"""Changes to records, and the transactions that hold them together."""

from dataclasses import dataclass, field
from enum import StrEnum

from tui.model.ids import new_id
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


class Kind(StrEnum):
    """What sort of thing was done."""

    STEP = "step"
    """A gesture of the reader, which can be undone."""
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    """Something that came with a file. It is not undone by a key."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Changes that happen together: all of them, or none."""

    label: str
    """What was done, for the status line: "tagged fact"."""
    changes: tuple[Change, ...]
    kind: Kind = Kind.STEP
    of: str | None = None
    """The id of the step that is undone or done again."""
    current: str | None = None
    """The record that is current after this step."""
    id: str = field(default_factory=lambda: new_id("t"), compare=False)
