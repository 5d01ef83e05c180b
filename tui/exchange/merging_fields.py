"""Three versions of one record → one, field by field, on plain data as the files have it.

Where only one side changed a field, that side's is right. Tags, kinds and the ends of links merge as sets; a claim's
span moves together with its words. What both sides changed, differently, is ours, unless we took it away, and the
other version stands beside it as a conflict (`conflicts.py`). What one side deleted and the other changed is kept, as
a conflict too. No clock is asked.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tui.exchange.conflicts import RECORD, Entries, as_json, conflict
from tui.model.plain import DEFINITIONS, KINDS, from_plain, to_plain
from tui.model.records import ArticleNote, Plain, Record
from tui.model.shapes import MAX_ITEMS, Ends, Texts

CONFLICTS = "conflicts"
PLACE = "span"
"""The field under which all that says where a claim stands is merged, as one."""
_PLACE = ("article", "span", "exact", "prefix", "suffix", "text_sha256")

_Mapping: TypeAlias = dict[str, Plain]
_Value: TypeAlias = tuple[Plain, ...]
"""The value of a field; empty where it is not set."""

_LEAST = {
    (kind, field.key): 2 if isinstance(field.shape, Ends) else 0
    for kind, definition in DEFINITIONS.items()
    for field in definition.fields
    if isinstance(field.shape, Ends) or (isinstance(field.shape, Texts) and field.shape.is_unique)
}
"""The fields whose order says nothing, with how many items each has at least."""


class Prefer(StrEnum):
    """Whose version is taken of what changed on both sides, differently."""

    NEITHER = "neither"
    """Both are kept, as a conflict."""
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge of one record comes to."""

    plain: dict[str, Plain] | None
    """None: the record is deleted."""
    is_fresh: bool
    """Whether there is a conflict in it that neither side knew."""


def merge_record(
    base: Record | None, ours: Record | None, theirs: Record | None, prefer: Prefer = Prefer.NEITHER
) -> tuple[Record | None, bool]:
    """One record of three versions (None: there is none), and whether there is a conflict in it that was in none.

    Raises:
        RecordError: it would be more than is read from a file.
    """
    some = ours or theirs or base
    if some is None:
        return None, False
    kind = KINDS[type(some)]
    # A note is there where anything in it is set.
    missing: dict[str, Plain] | None = {} if isinstance(some, ArticleNote) else None
    before, our, their = (missing if side is None else to_plain(side) for side in (base, ours, theirs))
    merged = merge_plain(kind, before, our, their, prefer)
    if not merged.plain:
        return None, merged.is_fresh
    return from_plain(kind, some.id, merged.plain, some.annotator), merged.is_fresh


def merge_plain(
    kind: str,
    base: _Mapping | None,
    ours: _Mapping | None,
    theirs: _Mapping | None,
    prefer: Prefer = Prefer.NEITHER,
) -> Merged:
    """One record of `kind`, a plural of `DEFINITIONS` (or any other word: then nothing is known of its fields)."""
    before, our, their = (None if side is None else as_json(_unordered(kind, side)) for side in (base, ours, theirs))
    if their in (before, our):
        return Merged(None if ours is None else dict(ours), False)
    if our == before:
        return Merged(None if theirs is None else dict(theirs), False)
    return _Merging(kind, base, ours, theirs, prefer).merged()


class _Merging:
    """The merge of one record that changed on both sides."""

    def __init__(
        self, kind: str, base: _Mapping | None, ours: _Mapping | None, theirs: _Mapping | None, prefer: Prefer
    ) -> None:
        self._kind = kind
        self._prefer = prefer
        self._sides = (base, ours, theirs)
        self._fields = [_fields(kind, side or {}) for side in self._sides]
        known = _conflicts(base or {})
        here, there = (known if side is None else _conflicts(side) for side in (ours, theirs))
        self._entries = Entries(known, here, there, self._moved)

    def merged(self) -> Merged:
        base, ours, theirs = self._sides
        if ours is None or theirs is None:
            return self._deleted(base or {}, ours or theirs or {})
        result: dict[str, Plain] = {}
        for key in dict.fromkeys((*self._fields[1], *self._fields[2])):
            value = self._field(key)
            if value and key == PLACE and isinstance(value[0], dict):
                result.update(value[0])
            elif value:
                result[key] = value[0]
        return self._with_conflicts(result)

    def _deleted(self, base: _Mapping, edited: _Mapping) -> Merged:
        """The record that one side deleted and the other changed."""
        content = _content(edited)
        if self._prefer is not Prefer.NEITHER:
            kept = self._sides[1 if self._prefer is Prefer.OURS else 2]
            return Merged(None if kept is None else dict(kept), False)
        if as_json(content) == as_json(_content(base)) and not self._entries.have_more:
            return Merged(None, False)
        self._entries.add(conflict(RECORD, *self._moved(RECORD)))
        return self._with_conflicts(content)

    def _with_conflicts(self, content: dict[str, Plain]) -> Merged:
        entries = self._entries.plain()
        return Merged({**content, CONFLICTS: entries} if entries else content, self._entries.is_fresh)

    def _moved(self, field: str) -> tuple[Plain, Plain, Plain]:
        """What the sides say, with sets in order: a file may have them in another one each time."""
        if field == RECORD:
            kind = self._kind
            base, ours, theirs = (None if side is None else _content(_unordered(kind, side)) for side in self._sides)
            return base, ours, theirs
        before, our, their = (
            _plain((_unordered(self._kind, {field: side[field][0]})[field],) if side.get(field) else ())
            for side in self._fields
        )
        return before, our, their

    def _field(self, key: str) -> _Value:
        base, ours, theirs = (side.get(key, ()) for side in self._fields)
        if key in self._entries.right:
            right = self._entries.right[key]
            return () if right is None else (right,)
        if (least := _LEAST.get((self._kind, key))) is not None:
            together = _together(*(_items(value) for value in (base, ours, theirs)))
            if least <= len(together) <= MAX_ITEMS:
                return (together,) if together else ()
        before, our, their = (as_json(list(value)) for value in (base, ours, theirs))
        if their in (before, our):
            return ours
        if our == before:
            return theirs
        if (same := self._one_pair(key, ours, theirs)) is not None:
            return same
        if self._prefer is not Prefer.NEITHER:
            return ours if self._prefer is Prefer.OURS else theirs
        self._entries.add(conflict(key, *self._moved(key)))
        return ours or theirs

    def _one_pair(self, key: str, ours: _Value, theirs: _Value) -> _Value | None:
        """Of a decision what can't disagree. The same pair, decided on at two desks, is one record: it was first made
        when the earlier says, and where its words stood is a hint. The lesser of both, whoever merges."""
        if self._kind != "decisions" or not (ours and theirs):
            return None
        our, their = ours[0], theirs[0]
        if key == "created" and isinstance(our, str) and isinstance(their, str):
            return (min(our, their),)
        if key in ("a", "b") and isinstance(our, dict) and isinstance(their, dict):
            spans = (our.get("span"), their.get("span"))
            if {**our, "span": None} == {**their, "span": None}:
                return ours if as_json(spans[0]) <= as_json(spans[1]) else theirs
        return None


def _together(base: list[Plain], ours: list[Plain], theirs: list[Plain]) -> list[Plain]:
    """What both sides have, and what either put in; in our order, theirs behind it."""
    before, here, there = ({as_json(item) for item in side} for side in (base, ours, theirs))
    kept = [item for item in ours if (key := as_json(item)) in there or key not in before]
    return kept + [item for item in theirs if (key := as_json(item)) not in here and key not in before]


def _fields(kind: str, record: _Mapping) -> dict[str, _Value]:
    fields: dict[str, _Value] = {}
    for key, value in _content(record).items():
        if kind == "claims" and key in _PLACE:
            fields[PLACE] = ({each: record[each] for each in _PLACE if each in record},)
        else:
            fields[key] = (value,)
    return fields


def _content(record: _Mapping) -> dict[str, Plain]:
    return {key: value for key, value in record.items() if key != CONFLICTS}


def _conflicts(record: _Mapping) -> list[Plain]:
    entries = record.get(CONFLICTS)
    # Where a file says it of something that this version does not know, it may be no list.
    return entries if isinstance(entries, list) else [] if entries is None else [entries]


def _plain(value: _Value) -> Plain:
    return value[0] if value else None


def _items(value: _Value) -> list[Plain]:
    return value[0] if value and isinstance(value[0], list) else []


def _unordered(kind: str, record: _Mapping) -> _Mapping:
    """The record with everything in order that is a set by meaning."""
    sets: _Mapping = {key: sorted(_items((record[key],)), key=as_json) for key in record if (kind, key) in _LEAST}
    return {**record, **sets} if sets else record
