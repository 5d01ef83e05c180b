"""Reading YAML back: a three-way merge of records, from what was last read or written (the base) and both sides.

Where only one side changed a record, that side's is right; where both did, it is merged field by field, and what truly
disagrees stays in it as a conflict (`merging_fields.py`). A record that one side deleted and the other changed is a
clash, and nothing is taken in: links hang on that too, and are decided with it. No clock is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tui.errors import RecordError
from tui.exchange.merging_fields import Prefer, merge_record
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Record


@dataclass(frozen=True, slots=True)
class Clash:
    """A record that one side changed and the other deleted (None)."""

    id: str
    base: Record | None
    ours: Record | None
    theirs: Record | None
    is_held: bool = False
    """Whether it is a link that hangs on the clash of a claim."""

    @property
    def record(self) -> Record:
        """Any of the versions."""
        record = self.ours or self.theirs or self.base
        assert record is not None, "nothing clashes with nothing"
        return record


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge comes to: the changes that bring ours up to theirs, and what a person has to decide."""

    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    disagreeing: tuple[Record, ...] = ()
    """The changed records in which both versions of a field stand now."""


def merge(
    base: Mapping[str, Record],
    ours: Mapping[str, Record],
    theirs: Mapping[str, Record],
    prefer: Prefer = Prefer.NEITHER,
) -> Merge:
    """Take what `theirs` changed since `base` into `ours`; all three hold records by id.

    The order of a link's ends, of kinds and of tags is no difference. `prefer` decides what would be a conflict, but
    not clashes.
    """
    changes: list[Change] = []
    clashes: list[Clash] = []
    disagreeing: list[Record] = []
    for id in dict.fromkeys((*theirs, *base)):
        before, our, their = base.get(id), ours.get(id), theirs.get(id)
        if _same(their, before) or _same(their, our):
            continue
        if _same(our, before):
            changes.append(Change(our, their))
            continue
        record = our or their
        if None in (our, their) and not isinstance(record, ArticleNote):
            clashes.append(Clash(id, before, our, their))
            continue
        try:
            merged, is_fresh = merge_record(before, our, their, prefer)
        except RecordError:  # together it would be more than a record can hold
            clashes.append(Clash(id, before, our, their))
            continue
        if merged != our:
            changes.append(Change(our, merged))
        if merged is not None and is_fresh:
            disagreeing.append(merged)
    return Merge(tuple(changes), tuple(clashes), tuple(disagreeing))


def held_with(
    clashes: Iterable[Clash],
    merged: Merge,
    base: Mapping[str, Record],
    ours: Mapping[str, Record],
    theirs: Mapping[str, Record],
) -> Merge:
    """The merge of links, where `clashes` are those of claims: a claim that one side changed and the other deleted
    has to be decided on, and with it the links that this side took it out of."""
    here = {clash.record.id for clash in clashes if clash.ours is None}
    there = {clash.record.id for clash in clashes if clash.theirs is None}
    known = {clash.id for clash in merged.clashes}
    held = []
    for id, before in base.items():
        our, their = ours.get(id), theirs.get(id)
        taken_out = (_ends(their) - _ends(our)) & here or (_ends(our) - _ends(their)) & there
        if taken_out and id not in known:
            held.append(Clash(id, before, our, their, is_held=True))
    if not held:
        return merged
    decided = {(type(clash.record), clash.record.id) for clash in held}
    changes = (change for change in merged.changes if (type(change.record), change.record.id) not in decided)
    disagreeing = (record for record in merged.disagreeing if (type(record), record.id) not in decided)
    return Merge(tuple(changes), (*merged.clashes, *held), tuple(disagreeing))


def _ends(record: Record | None) -> frozenset[str]:
    return frozenset(record.claims) if isinstance(record, Contradiction | DuplicateGroup) else frozenset()


def _same(one: Record | None, other: Record | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or _unordered(one) == _unordered(other)


def _unordered(record: Record) -> Record:
    """The record with everything in order that is a set by meaning."""
    match record:
        case Claim():
            return replace(record, tags=tuple(sorted(record.tags)))
        case Contradiction():
            return replace(record, claims=tuple(sorted(record.claims)), kinds=tuple(sorted(record.kinds)))
        case DuplicateGroup():
            return replace(record, claims=tuple(sorted(record.claims)))
        case _:
            return record
