"""Where a record stands, and whether changes still fit what is there."""

from collections.abc import Callable, Iterable

from tui.errors import StaleError
from tui.model.changes import Change
from tui.model.plain import KINDS
from tui.model.records import Record


def key_of(record: Record) -> str:
    """The record's place among one annotator's records, as `kind/id`.

    The id alone would do but for notes, whose id is an article's, and an article may be called anything.
    """
    return f"{KINDS[type(record)]}/{record.id}"


def outcome(changes: Iterable[Change], standing: Callable[[str], Record | None]) -> dict[str, Record | None]:
    """What stands under each key concerned (None: nothing) when the changes were made one after the other.

    `standing` tells which record is there now.

    Raises:
        StaleError: a change expects to find what is not there, or would move a record to another key.
    """
    made: dict[str, Record | None] = {}
    for change in changes:
        key = key_of(change.record)
        there = made[key] if key in made else standing(key)
        if there != change.before:
            raise StaleError(
                f"{change.record.id} is not as this step expects it: it was changed in the meantime, perhaps in "
                "another window; nothing was done, look at it and repeat the step"
            )
        made[key] = change.after
    return made
