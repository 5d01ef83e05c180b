"""What other processes did for the same annotator."""

from collections.abc import Callable, Iterable

from tui.model.changes import Change
from tui.model.records import Record
from tui.store.fit import key_of


def fitting(news: Iterable[Change], standing: Callable[[str], Record | None]) -> list[Change]:
    """These changes, in the order in which they were made, each record once; `standing` tells by `key_of` which record
    is there now.

    A record that is not as its change expects it is left out: a step of this process, on its way to the disk, changes
    it too, and will be refused.
    """
    first: dict[str, Change] = {}
    last: dict[str, Change] = {}
    for change in news:
        first.setdefault(key_of(change.record), change)
        last[key_of(change.record)] = change
    merged = ((key, Change(first[key].before, last[key].after)) for key in last)
    return [change for key, change in merged if change.before != change.after and standing(key) == change.before]
