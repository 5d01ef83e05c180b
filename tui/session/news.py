"""What other processes did for the same annotator, until the screens can take it in."""

from collections.abc import Callable, Iterable

from tui.model.changes import Change
from tui.model.records import Record
from tui.store.fit import key_of


class News:
    """Changes in the order in which they were made. For one thread at a time."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def add(self, changes: Iterable[Change]) -> None:
        self._changes += changes

    def clear(self) -> None:
        self._changes.clear()

    def take(self, standing: Callable[[str], Record | None]) -> list[Change]:
        """All of them, each record once; `standing` tells by `key_of` which record is there now.

        A record that is not as its change expects it is left out: a step of this process, on its way to the disk,
        changes it too, and will be refused.
        """
        first: dict[str, Change] = {}
        last: dict[str, Change] = {}
        for change in self._changes:
            first.setdefault(key_of(change.record), change)
            last[key_of(change.record)] = change
        self._changes.clear()
        merged = ((key, Change(first[key].before, last[key].after)) for key in last)
        return [change for key, change in merged if change.before != change.after and standing(key) == change.before]
