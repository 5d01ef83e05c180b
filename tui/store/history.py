"""What was done, as the journal tells it: who did what when, on which records."""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.errors import RecordError, StoreError
from tui.model.changes import Change, Kind, Transaction
from tui.model.plain import KINDS
from tui.store.documents import document_record
from tui.store.journal import About, DamagedLineError, Line


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction in the journal."""

    number: int
    id: str
    at: str
    """When: UTC, `2026-11-21T20:00:00Z`."""
    annotator: str
    kind: Kind
    label: str
    of: str | None
    """The id of the entry that this one undid or did again."""
    current: str | None
    _line: Line

    def changes(self) -> tuple[Change, ...]:
        """What happened to records, in order.

        Raises:
            StoreError: this version can't read it.
        """
        try:
            return tuple(_changes(self._line, self.annotator))
        except (RecordError, DamagedLineError) as error:
            raise StoreError(f"what was done at {self.at} (“{self.label}”) can't be read: {error}") from error


def about(transaction: Transaction, annotator: str, at: str) -> About:
    """What the journal says of a transaction besides its changes; `entry` reads it."""
    said: About = {
        "id": transaction.id,
        "at": at,
        "by": annotator,
        "kind": transaction.kind.value,
        "label": transaction.label,
        "of": transaction.of,
        "current": transaction.current,
    }
    return {key: value for key, value in said.items() if value is not None}


def entry(line: Line) -> Entry | None:
    """The entry that a line holds; None where it says nothing of that sort."""
    match line.about:
        case {"number": int(number), "id": str(id), "at": str(at), "by": str(annotator), "label": str(label)}:
            kind, of, current = (line.about.get(key) for key in ("kind", "of", "current"))
            if kind in tuple(Kind) and isinstance(of, str | None) and isinstance(current, str | None):
                return Entry(number, id, at, annotator, Kind(kind), label, of, current, line)
    return None


def _changes(line: Line, annotator: str) -> Iterator[Change]:
    for table, id, before, after in line.operations():
        owner, _, own_id = id.partition("/")
        if table in KINDS.values() and owner == annotator:
            yield Change(
                None if before is None else document_record(table, own_id, before, annotator),
                None if after is None else document_record(table, own_id, after, annotator),
            )
