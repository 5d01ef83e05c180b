"""Which versions of a field stand after a merge: its value on either side, and what its entries of conflicts name.

A side has one version where nothing is open, and several where something is. A version that the other side wrote over,
or settled against, stands no more. One that is new on a side stands, and so does one that a side chose, even where it
is as old as the disagreement. So two who settle one disagreement in two ways disagree again, and three who disagree two
by two have all three versions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from tui.exchange.conflicts import Conflict, as_json, conflict, marked, read_conflict, shallow
from tui.model.records import Plain

Value: TypeAlias = tuple[Plain, ...]
"""The value of a field; empty where it is not set."""


class Side:
    """One field on one side."""

    def __init__(self, value: Value, version: Plain, entries: Iterable[Plain]) -> None:
        """`version` is the value as entries have it."""
        self.value = value
        self.version = shallow(version)
        self.key = as_json(self.version)
        self.entries = [entry for plain in entries if (entry := read_conflict(plain)) is not None]
        named = [version for entry in self.entries for version in (entry.ours, entry.theirs)]
        self.versions = {as_json(version): version for version in (self.version, *named)}

    def chosen(self, before: "Side") -> set[str]:
        """Versions that this side stands by though they may be as old as the base: its value, where it settled
        something, and what it has open since."""
        known, left = ({marked(entry.plain) for entry in side.entries} for side in (before, self))
        # With all that was open there still, it may only stand in front: that hangs on who merged. With something new
        # there as well, it may be a merge that took the place of what was open.
        has_settled = bool(known - left) and (self.key != before.key or not left - known)
        chosen = {self.key} if has_settled else set()
        for entry in self.entries:
            keys = _keys(entry)
            # Else it is older than the base, as after the first commits of a rebase.
            is_since = as_json(entry.base) in (before.key, *keys) or keys <= before.versions.keys()
            if is_since and marked(entry.plain) not in known:
                chosen |= keys
        return chosen

    def went_back(self, before: "Side", other: "Side") -> bool:
        """Whether this side set what there was before the disagreement that only the other has noted: then the other
        version is right, as in a rebase of a commit and of the one that takes it back."""
        known = {marked(entry.plain) for entry in before.entries}
        return self.key not in before.versions and any(
            as_json(entry.base) == self.key
            and marked(entry.plain) not in known
            and _keys(entry) >= {other.key, before.key}
            for entry in other.entries
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a merge of one field comes to."""

    value: Value
    entries: list[Plain]
    is_fresh: bool
    """Whether one of the entries is a disagreement that no side had noted."""


def stand(field: str, before: Side, ours: Side, theirs: Side, *, is_settled: bool = False) -> Standing:
    """The versions that stand. With `is_settled` the two values are no disagreement, whatever they are."""
    here, there = _standing(ours, theirs, before), _standing(theirs, ours, before)
    live = {**here, **there}
    for side, other in ((theirs, ours), (ours, theirs)):
        if side.went_back(before, other) and live.keys() - {side.key}:
            live.pop(side.key, None)
    value, front = _front(live, before, ours, theirs)
    entries: dict[object, Plain] = {}
    loose: list[Conflict] = []
    every = (*ours.entries, *theirs.entries)
    here_too, there_too, known = ({marked(entry.plain) for entry in side.entries} for side in (ours, theirs, before))
    # What a side settled of several comes back with no other, though the versions may stand in those.
    settled = known - (here_too & there_too)
    for entry in every:
        if _keys(entry) <= live.keys() and marked(entry.plain) not in settled:
            entries.setdefault(entry.pair, entry.plain)
        else:
            loose.append(entry)
    covered = {as_json(front)}.union(*(_keys(entry) for entry in every if entry.pair in entries))
    is_fresh = False
    for key, version in live.items():
        if key in covered or (is_settled and key in (ours.key, theirs.key)):
            continue
        # What a side chose of what was open is a disagreement of its own.
        new = None if key in before.versions else _followed(loose, version, front, live)
        if new is None:
            # What stands is called ours; only what we took away does not stand, and is ours all the same.
            is_taken_away = key == ours.key and not ours.value
            new = conflict(field, before.version, *((version, front) if is_taken_away else (front, version)))
            is_fresh |= new.pair not in entries
        entries.setdefault(new.pair, new.plain)
    return Standing(value, list(entries.values()), is_fresh)


def _standing(side: Side, other: Side, before: Side) -> dict[str, Plain]:
    """Those of a side's versions that are new, that the other side has too, or that this side stands by."""
    chosen = side.chosen(before)
    return {
        key: version
        for key, version in side.versions.items()
        if key not in before.versions or key in other.versions or key in chosen
    }


def _front(live: dict[str, Plain], before: Side, ours: Side, theirs: Side) -> tuple[Value, Plain]:
    """The value that the field has, and how entries have it: ours, unless we left it as it was, or took it away. Who
    settled for what stood there already chose it, though it is what it was."""
    sides = [side for side in (ours, theirs) if side.key in live]
    chosen = [side for side in sides if side.key != before.key or side.key in side.chosen(before)] or sides
    side = next((side for side in chosen if side.value), chosen[0] if chosen else None)
    if side is not None:
        return side.value, side.version
    version = next(iter(live.values()), ours.version)
    return () if version is None else (version,), version


def _followed(loose: list[Conflict], version: Plain, front: Plain, live: Collection[str]) -> Conflict | None:
    """The entry of which one version was written over, so that it is about this version and not the one that stands no
    more; it is used up."""
    for entry in loose:
        is_ours = as_json(entry.ours) in live
        if is_ours != (as_json(entry.theirs) in live):
            loose.remove(entry)
            new = front if as_json(version) in _keys(entry) else version
            return replace(entry, theirs=new) if is_ours else replace(entry, ours=new)
    return None


def _keys(entry: Conflict) -> set[str]:
    return {as_json(entry.ours), as_json(entry.theirs)}
