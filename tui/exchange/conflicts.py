"""What a merge could not decide, as it stands in a record: `conflicts: [{field, base, ours, theirs}]`.

A version is plain data as the file has it; null where nothing was set. Two entries speak of the same disagreement if
they have the same field and the same two versions, whichever is called ours: that hangs on who merged.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tui.model.records import Plain

RECORD = "record"
"""The field of an entry that speaks of a whole record: it was deleted on the side whose version is null."""
MOST_NESTED = 3
"""How deep lists and mappings may be nested in a version: an entry stands five deep in a file, and eight are read."""

MOST_DEEPER = 2
"""How much deeper they may be in the record itself, whose fields stand two levels higher."""

_KEYS = frozenset({"field", "base", "ours", "theirs"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One entry."""

    field: str
    base: Plain
    ours: Plain
    theirs: Plain

    @property
    def plain(self) -> Plain:
        return {"field": self.field, "base": self.base, "ours": self.ours, "theirs": self.theirs}

    @property
    def pair(self) -> frozenset[str]:
        """The field and the two versions, the same for whoever merged."""
        return frozenset({f"field {self.field}", as_json(self.ours), as_json(self.theirs)})


def conflict(field: str, base: Plain, ours: Plain, theirs: Plain) -> Conflict:
    """The entry for two versions. What is nested too deep to be read there is put down as JSON, in a text."""
    return Conflict(field, shallow(base), shallow(ours), shallow(theirs))


def read_conflict(plain: Plain) -> Conflict | None:
    """The entry that `plain` is; None for anything else that a person wrote there."""
    if isinstance(plain, dict) and plain.keys() == _KEYS and isinstance(plain["field"], str):
        return Conflict(plain["field"], plain["base"], plain["ours"], plain["theirs"])
    return None


def as_json(plain: Plain) -> str:
    """The same for equal data only: in Python `True`, `1` and `1.0` are equal."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


class Entries:
    """The entries of one record, while its three sides are merged.

    An entry that is new on one side was made of versions which the other side may have gone on to change, as in a
    rebase, commit by commit. Then it is that newer version which disagrees, or which agrees now.
    """

    def __init__(
        self,
        base: Sequence[Plain],
        ours: Sequence[Plain],
        theirs: Sequence[Plain],
        moved: Callable[[str], tuple[Plain, Plain, Plain]],
    ) -> None:
        """`moved` tells of a field what it is on the three sides."""
        self._moved = moved
        self._known = {_known_by(entry) for entry in base}
        self._entries: dict[object, Plain] = {}
        self.right: dict[str, Plain] = {}
        """Fields of which a side has gone back to what was there before they disagreed: the other version is right."""
        self.is_fresh = False
        """Whether a disagreement was noted that no side had noted."""
        here, there = {_known_by(entry) for entry in ours}, {_known_by(entry) for entry in theirs}
        for entries, is_ours in ((ours, True), (theirs, False)):
            for plain in entries:
                key = _known_by(plain)
                if key in here and key in there:
                    self._entries.setdefault(key, plain)
                elif key not in self._known:  # else one side took it out: it was decided there
                    self._follow(plain, is_ours)

    def _follow(self, plain: Plain, is_ours: bool) -> None:
        """Take an entry that is new on one side, with what the other side made of its version since."""
        entry = read_conflict(plain)
        if entry is None:
            self._entries.setdefault(_known_by(plain), plain)
            return
        before, our, their = (as_json(shallow(value)) for value in self._moved(entry.field))
        mine, after = (our, their) if is_ours else (their, our)
        versions = (as_json(entry.ours), as_json(entry.theirs))
        if before == after or before not in versions:
            self._entries.setdefault(entry.pair, entry.plain)
            return
        if before == versions[1]:
            entry = replace(entry, theirs=json.loads(after))
        else:
            entry = replace(entry, ours=json.loads(after))
        base, ours, theirs = as_json(entry.base), as_json(entry.ours), as_json(entry.theirs)
        if base in (ours, theirs) and ours != theirs and mine in versions and entry.field != RECORD:
            self.right[entry.field] = entry.theirs if base == ours else entry.ours
        elif ours != theirs:
            self._entries.setdefault(entry.pair, entry.plain)

    @property
    def have_more(self) -> bool:
        """Whether there is an entry that the base does not have."""
        return not self._entries.keys() <= self._known

    def add(self, entry: Conflict) -> None:
        """Note a disagreement, unless a side noted it already."""
        if entry.pair not in self._entries:
            self.is_fresh = True
            self._entries[entry.pair] = entry.plain

    def plain(self) -> list[Plain]:
        return list(self._entries.values())


def _known_by(plain: Plain) -> object:
    entry = read_conflict(plain)
    return as_json(plain) if entry is None else entry.pair


def shallow(plain: Plain, room: int = MOST_NESTED) -> Plain:
    """The version as it can stand in an entry: what is nested deeper is JSON, in a text."""
    if not isinstance(plain, dict | list):
        return plain
    if room == 0:
        return as_json(plain)
    if isinstance(plain, dict):
        return {key: shallow(value, room - 1) for key, value in plain.items()}
    return [shallow(value, room - 1) for value in plain]


def deepened(version: Plain, field: str) -> Plain:
    """The version of this field as it stood in its record, as far as it could be read there again."""
    return _deepened(version, MOST_NESTED, MOST_DEEPER + (field == RECORD))


def _deepened(version: Plain, room: int, deeper: int) -> Plain:
    if isinstance(version, dict):
        return {key: _deepened(value, room - 1, deeper) for key, value in version.items()}
    if isinstance(version, list):
        return [_deepened(value, room - 1, deeper) for value in version]
    if room == 0 and isinstance(version, str) and version[:1] in ("{", "["):
        try:
            plain: Plain = json.loads(version, parse_constant=_refuse)
            # Only what `shallow` wrote is in this form.
            if _depth(plain) <= deeper and as_json(plain) == version:
                return plain
        except (ValueError, RecursionError):
            pass
    return version


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _depth(plain: Plain) -> int:
    inner = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ()
    return 1 + max(map(_depth, inner), default=0) if isinstance(plain, dict | list) else 0
