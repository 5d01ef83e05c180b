"""Three versions of one record → one, field by field, on plain data as the files have it.

Where only one side changed a field, that side's is right. Tags, kinds and the ends of links merge as sets; a claim's
span moves together with its words. What both sides changed, differently, is ours, unless we took it away, and the
other version stands beside it as a conflict (`conflicts.py`). What one side deleted and the other changed is kept, as
a conflict too. No clock is asked.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from tui.errors import RecordError
from tui.exchange.conflicts import (
    RECORD,
    Conflict,
    Sides,
    as_json,
    conflict,
    deepened,
    kept,
    known_by,
    marked,
    read_conflict,
    shallow,
)
from tui.exchange.versions import Side, Value, stand
from tui.model.plain import DEFINITIONS, KINDS, from_plain, to_plain
from tui.model.records import ArticleNote, Plain, Record
from tui.model.shapes import MAX_ITEMS, Ends, Texts

CONFLICTS = "conflicts"
PLACE = "span"
"""The field under which all that says where a claim stands is merged, as one."""
_PLACE = ("article", "span", "exact", "prefix", "suffix", "text_sha256")

_Mapping: TypeAlias = dict[str, Plain]

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
    before, our, their = (
        None if side is None else as_json(dict(_unordered(kind, side))) for side in (base, ours, theirs)
    )
    if their in (before, our):
        return Merged(None if ours is None else dict(ours), False)
    if our == before:
        return Merged(None if theirs is None else dict(theirs), False)
    return _Merging(kind, base, ours, theirs, prefer).merged()


def said_of(kind: str, record: Mapping[str, Plain] | None, field: str) -> Plain:
    """What a record says of a field that entries speak of, as an entry has it: with sets in order (a file may have
    them in another one each time), and null where it says nothing, or is not there."""
    if field == RECORD:
        return None if record is None else shallow(_content(_unordered(kind, record)))
    value = _fields(kind, record or {}).get(field)
    return shallow(_unordered(kind, {field: value[0]})[field]) if value else None


def with_version(kind: str, record: Mapping[str, Plain], field: str, version: Plain) -> _Mapping:
    """The record with this version of a field that entries speak of. What is conflicts in it stays.

    Raises:
        RecordError: for the whole record, or for a claim's place, it is no version.
    """
    if as_json(said_of(kind, record, field)) == as_json(version):
        return dict(record)  # of what is nested deeper than an entry can hold, nothing is lost
    version = deepened(version, field)
    if field == RECORD or (kind == "claims" and field == PLACE):
        if not isinstance(version, dict):
            raise RecordError((field,), "a mapping is expected")
        if field == RECORD:
            kept = {CONFLICTS: record[CONFLICTS]} if CONFLICTS in record else {}
            return {**_content(version), **kept}
        # A file says the article and the text of all its claims once, in its head.
        elsewhere = {key: record[key] for key in ("article", "text_sha256") if key in record}
        return {**{key: value for key, value in record.items() if key not in _PLACE}, **elsewhere, **version}
    rest = {key: value for key, value in record.items() if key != field}
    return rest if version is None else {**rest, field: version}


class _Merging:
    """The merge of one record that changed on both sides."""

    def __init__(
        self, kind: str, base: _Mapping | None, ours: _Mapping | None, theirs: _Mapping | None, prefer: Prefer
    ) -> None:
        self._kind = kind
        self._prefer = prefer
        self._sides = (base, ours, theirs)
        self._fields = [_fields(kind, side or {}) for side in self._sides]
        self._open = Sides(*(_conflicts(side or {}) for side in self._sides))
        self._entries: dict[object, Plain] = {}
        self._is_fresh = False

    def merged(self) -> Merged:
        base, ours, theirs = self._sides
        if ours is None or theirs is None:
            return self._deleted(base or {}, ours or theirs or {})
        result: dict[str, Plain] = {}
        for key in dict.fromkeys((*self._fields[1], *self._fields[2], *self._open.fields)):
            value = self._field(key)
            if value and key == PLACE and isinstance(value[0], dict):
                result.update(value[0])
            elif value:
                result[key] = value[0]
        self._note((*kept(*self._open.of(None)), *self._whole_entries()))
        return self._with_conflicts(result)

    def _deleted(self, base: _Mapping, edited: _Mapping) -> Merged:
        """The record that one side deleted and the other changed, or settled something in."""
        content = _content(edited)
        if self._prefer is not Prefer.NEITHER:
            kept_one = self._sides[1 if self._prefer is Prefer.OURS else 2]
            return Merged(None if kept_one is None else dict(kept_one), False)
        whole = self._whole_entries()
        others = [plain for plain in _conflicts(edited) if _field_of(plain) != RECORD]
        if as_json(content) == as_json(_content(base)) and not whole and not self._has_settled(base, edited):
            return Merged(None, False)
        self._note(others)
        self._note(whole)
        self._add(conflict(RECORD, *self._whole()))
        return self._with_conflicts(content)

    def _has_settled(self, base: _Mapping, edited: _Mapping) -> bool:
        """Whether the side that has the record did anything about what was open."""
        before, after = ({marked(plain) for plain in _conflicts(side)} for side in (base, edited))
        # That the record was deleted, and then kept, is nothing any more if both sides deleted it in the end.
        new = {marked(plain) for plain in self._open.of(RECORD)[1 if self._sides[1] else 2]} - before
        return before != after - new

    def _note(self, entries: Iterable[Plain]) -> None:
        for plain in entries:
            self._entries.setdefault(known_by(plain), plain)

    def _add(self, entry: Conflict) -> None:
        """Note a disagreement, unless it is noted already."""
        if entry.pair not in self._entries:
            self._is_fresh = True
            self._entries[entry.pair] = entry.plain

    def _with_conflicts(self, content: dict[str, Plain]) -> Merged:
        known = [known_by(plain) for side in self._sides[1:] for plain in _conflicts(side or {})]
        order = {key: number for number, key in reversed(tuple(enumerate(known)))}
        entries = [self._entries[key] for key in sorted(self._entries, key=lambda key: order.get(key, len(known)))]
        return Merged({**content, CONFLICTS: entries} if entries else content, self._is_fresh)

    # --- entries of the whole record ---

    def _whole(self) -> tuple[Plain, Plain, Plain]:
        """What the sides say as a whole, with sets in order: a file may have them in another one each time."""
        kind = self._kind
        base, ours, theirs = (None if side is None else _content(_unordered(kind, side)) for side in self._sides)
        return base, ours, theirs

    def _whole_entries(self) -> list[Plain]:
        """Those that stand. One that is new on one side was made of a version which the other may have gone on to
        change, as in a rebase, commit by commit: then it is that newer version which disagrees, or agrees now."""
        before, ours, theirs = (as_json(shallow(side)) for side in self._whole())
        _, here, there = ({known_by(plain) for plain in side} for side in self._open.of(RECORD))
        entries: list[Plain] = []
        for plain in kept(*self._open.of(RECORD)):
            entry = read_conflict(plain)
            assert entry is not None, "it has a field"
            is_here = known_by(plain) in here
            after = theirs if is_here else ours
            if not (is_here and known_by(plain) in there) and before != after:
                if before == as_json(entry.theirs):
                    entry = replace(entry, theirs=json.loads(after))
                elif before == as_json(entry.ours):
                    entry = replace(entry, ours=json.loads(after))
            if as_json(entry.ours) != as_json(entry.theirs):
                entries.append(entry.plain)
        return entries

    # --- fields ---

    def _field(self, key: str) -> Value:
        base, ours, theirs = (side.get(key, ()) for side in self._fields)
        before, our, their = (
            Side(value, _unordered(self._kind, {key: value[0]})[key] if value else None, entries)
            for value, entries in zip((base, ours, theirs), self._entries_of(key), strict=True)
        )
        together = self._together(key, base, ours, theirs)
        if not (before.entries or our.entries or their.entries):
            if together is not None:
                return together
            # Null, and not set, are two values, which entries do not tell apart.
            was, is_here, is_there = (as_json(list(value)) for value in (base, ours, theirs))
            if is_there in (was, is_here):
                return ours
            if is_here == was:
                return theirs
            if (same := self._one_pair(key, ours, theirs)) is not None:
                return same
            if key == PLACE and (decided := _decided_place(base, ours, theirs)) is not None:
                return decided
        is_settled = self._prefer is not Prefer.NEITHER or together is not None
        standing = stand(key, before, our, their, is_settled=is_settled)
        self._note(standing.entries)
        self._is_fresh |= standing.is_fresh
        if together is not None:
            return together
        if self._prefer is not Prefer.NEITHER and before.key not in (our.key, their.key):
            return ours if self._prefer is Prefer.OURS else theirs
        return standing.value

    def _entries_of(self, key: str) -> tuple[list[Plain], list[Plain], list[Plain]]:
        return ([], [], []) if key == RECORD else self._open.of(key)

    def _together(self, key: str, base: Value, ours: Value, theirs: Value) -> Value | None:
        """Both sides' items of what is a set by meaning; None where it is none, or there are too few or too many."""
        least = _LEAST.get((self._kind, key))
        if least is None:
            return None
        items = _together(*(_items(value) for value in (base, ours, theirs)))
        if not least <= len(items) <= MAX_ITEMS:
            return None
        return (items,) if items else ()

    def _one_pair(self, key: str, ours: Value, theirs: Value) -> Value | None:
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


def _decided_place(base: Value, ours: Value, theirs: Value) -> Value | None:
    """Of two places of a claim the one that a person gave it, where the other was only measured anew in another text:
    the same words between the same words. Where both were, in two texts, the lesser, whoever merges. None: they
    disagree."""
    measured = [side for side in (ours, theirs) if base and side and _measured(base[0], side[0])]
    if len(measured) == 2:
        if _text_of(ours) == _text_of(theirs):
            return None  # which of two such places it is, somebody decided
        return min(measured, key=lambda side: as_json(side[0]))
    if not (measured and ours and theirs):
        return None
    return theirs if measured[0] is ours else ours


def _text_of(place: Value) -> Plain:
    return place[0].get("text_sha256") if isinstance(place[0], dict) else None


def _measured(before: Plain, after: Plain) -> bool:
    """Whether this is the place before, in another text."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return False
    elsewhere = before.get("text_sha256") != after.get("text_sha256")
    return elsewhere and all(before.get(key) == after.get(key) for key in ("article", "exact", "prefix", "suffix"))


def _fields(kind: str, record: Mapping[str, Plain]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for key, value in _content(record).items():
        if kind == "claims" and key in _PLACE:
            fields[PLACE] = ({each: record[each] for each in _PLACE if each in record},)
        else:
            fields[key] = (value,)
    return fields


def _content(record: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in record.items() if key != CONFLICTS}


def _conflicts(record: _Mapping) -> list[Plain]:
    entries = record.get(CONFLICTS)
    # Where a file says it of something that this version does not know, it may be no list.
    return entries if isinstance(entries, list) else [] if entries is None else [entries]


def _field_of(entry: Plain) -> str | None:
    found = read_conflict(entry)
    return None if found is None else found.field


def _items(value: Value) -> list[Plain]:
    return value[0] if value and isinstance(value[0], list) else []


def _unordered(kind: str, record: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """The record with everything in order that is a set by meaning."""
    sets: _Mapping = {key: sorted(_items((record[key],)), key=as_json) for key in record if (kind, key) in _LEAST}
    return {**record, **sets} if sets else record
