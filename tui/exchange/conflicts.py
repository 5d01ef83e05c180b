"""What a merge could not decide, as it stands in a record: `conflicts: [{field, base, ours, theirs}]`.

A version is plain data as the file has it; null where nothing was set. Two entries speak of the same disagreement if
they have the same field and the same two versions, whichever is called ours: that hangs on who merged.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


class Sides:
    """The entries of one record on its three sides, by the field they speak of; what is no entry has the field None."""

    def __init__(self, base: Sequence[Plain], ours: Sequence[Plain], theirs: Sequence[Plain]) -> None:
        self._base, self._ours, self._theirs = (_by_field(side) for side in (base, ours, theirs))

    @property
    def fields(self) -> list[str]:
        """What the entries of the two sides speak of."""
        return [field for field in {**self._ours, **self._theirs} if field is not None]

    def of(self, field: str | None) -> tuple[list[Plain], list[Plain], list[Plain]]:
        return self._base.get(field, []), self._ours.get(field, []), self._theirs.get(field, [])


def kept(base: Iterable[Plain], ours: Iterable[Plain], theirs: Iterable[Plain]) -> list[Plain]:
    """The entries that are on both sides, or new on one: what a side took out was decided there."""
    known = {marked(plain) for plain in base}
    here, there = ({known_by(plain) for plain in side} for side in (ours, theirs))
    found: dict[object, Plain] = {}
    for plain in (*ours, *theirs):
        key = known_by(plain)
        if (key in here and key in there) or marked(plain) not in known:
            found.setdefault(key, plain)
    return list(found.values())


def known_by(plain: Plain) -> object:
    """What tells one disagreement from another."""
    entry = read_conflict(plain)
    return as_json(plain) if entry is None else entry.pair


def marked(plain: Plain) -> object:
    """The same, and what there was before: two who settled one disagreement in two ways have it anew, since then."""
    entry = read_conflict(plain)
    return as_json(plain) if entry is None else (entry.pair, as_json(entry.base))


def _by_field(side: Sequence[Plain]) -> dict[str | None, list[Plain]]:
    fields: dict[str | None, list[Plain]] = {}
    for plain in side:
        entry = read_conflict(plain)
        fields.setdefault(None if entry is None else entry.field, []).append(plain)
    return fields


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
