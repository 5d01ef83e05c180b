"""What a merge could not decide in one's own records, and settling it: each decision is one gesture.

Both versions of a field stay in the record (`exchange/conflicts.py`) until a person takes one of them, or writes a
third. With the last of them the record has no conflicts any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tui.errors import RecordError, RefusedError
from tui.exchange.conflicts import RECORD, Conflict, as_json, read_conflict
from tui.exchange.merging_fields import CONFLICTS, PLACE, said_of, with_version
from tui.model.changes import Change
from tui.model.edtf import is_edtf
from tui.model.ids import is_id
from tui.model.plain import DEFINITIONS, KINDS, KNOWN_KEYS, from_plain, to_plain
from tui.model.records import (
    GIST_LIMIT,
    ArticleNote,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
)
from tui.session import gestures
from tui.session.gestures import Desk, Gesture
from tui.store.fit import key_of

NAMES = {
    Claim: "claim",
    Contradiction: "contradiction",
    DuplicateGroup: "duplicate group",
    Remark: "remark",
    ArticleNote: "note on the article",
    Decision: "decision",
}
_FIELDS = {
    "span": "place",
    "between": "ends",
    "claims": "ends",
    "said_by": "said by",
    "from": "origin",
    "on": "record spoken of",
    "exact": "words quoted",
    "created": "time it was made",
}
"""What fields are called that are not called by their keys."""
WRITTEN = {
    "claims": ("gist", "memo", "said_by", "when"),
    "contradictions": ("gist", "memo"),
    "duplicates": ("gist", "memo"),
    "remarks": ("memo",),
    "notes": ("memo",),
    "decisions": (),
}
"""By kind of record, the fields that can be written by hand where they are settled."""


def field_words(key: str) -> str:
    """A field, as a person calls it."""
    return _FIELDS.get(key, key)


class Side(StrEnum):
    """What a field can be settled as."""

    OURS = "ours"
    THEIRS = "theirs"
    BASE = "base"
    STANDING = "as it stands"


@dataclass(frozen=True, slots=True)
class Dispute:
    """One entry of a record's conflicts."""

    record: Record
    """As it is recorded."""
    number: int
    """The position of the entry."""
    entry: Conflict | None
    """None: a person wrote something else there."""

    @property
    def kind(self) -> str:
        return KINDS[type(self.record)]

    @property
    def field(self) -> str:
        return self.entry.field if self.entry is not None else ""

    @property
    def words(self) -> str:
        """The field, as a person calls it."""
        if self.field == RECORD:
            return f"the whole {NAMES[type(self.record)]}"
        return field_words(self.field) if self.entry is not None else "an entry nobody can read"

    @property
    def plain(self) -> Plain:
        """The entry as the file has it."""
        return self.record.conflicts[self.number]

    @property
    def standing(self) -> Plain:
        """What the record says of the field now, as a version."""
        return said_of(self.kind, to_plain(self.record), self.field)

    @property
    def is_kept_elsewhere(self) -> bool:
        """Whether what stands now is only in the file, as keys are that this version does not know, at the ends of
        links and in the head of an article's file: no version can be put in its place from here."""
        first, _, rest = self.field.partition(" ")
        is_at_end = isinstance(self.record, Contradiction | DuplicateGroup) and bool(rest) and is_id(first, "c")
        in_head = isinstance(self.record, ArticleNote) and self.field not in KNOWN_KEYS["notes"]
        return self.entry is None or is_at_end or in_head

    def version(self, side: Side) -> Plain:
        if self.entry is None or side is Side.STANDING:
            return self.standing
        version = {Side.OURS: self.entry.ours, Side.THEIRS: self.entry.theirs, Side.BASE: self.entry.base}[side]
        if isinstance(self.record, Claim) and isinstance(version, dict) and self.field in (RECORD, PLACE):
            # A file says the article and the text of all its claims once, in its head.
            return {"article": self.record.article, "text_sha256": self.record.text_sha256, **version}
        return version

    @property
    def sides(self) -> tuple[Side, ...]:
        """What it can be settled as: the three versions, as far as a record can have them (both sides may have made it,
        and then there was nothing before), and what stands there now, if that is none of the two."""
        if self.is_kept_elsewhere:
            return (Side.STANDING,)
        is_needed = any(field.is_needed for field in DEFINITIONS[self.kind].fields if field.key == self.field)
        every = (Side.OURS, Side.THEIRS, Side.BASE)
        three = tuple(side for side in every if not is_needed or self.version(side) is not None)
        standing = as_json(self.standing)
        is_one = standing in (as_json(self.version(Side.OURS)), as_json(self.version(Side.THEIRS)))
        return three if is_one else (*three, Side.STANDING)

    @property
    def is_written(self) -> bool:
        """Whether it can be settled by writing what is right."""
        return self.field in WRITTEN[self.kind]


def disputes_of(record: Record) -> Iterator[Dispute]:
    """What is to be settled of a record, in the order of its file."""
    for number, plain in enumerate(record.conflicts):
        yield Dispute(record, number, read_conflict(plain))


# --- settling ---


def settle(desk: Desk, dispute: Dispute, side: Side) -> Gesture:
    """Let the record have this version, and be done with the entry. Where the side deleted it, it goes, as when it is
    deleted by a key.

    Raises:
        RefusedError: the record or the entry is not there any more, or the version can't stand in a record.
    """
    record = _still_there(desk, dispute)
    if side not in dispute.sides:
        if dispute.is_kept_elsewhere:
            raise RefusedError("what stands in the file can only be changed there: settle it as it stands")
        raise RefusedError(f"{dispute.words}: a record can't be without it")
    version = dispute.version(side)
    if dispute.field == RECORD and version is None:
        return gestures.delete(desk, record)
    plain = to_plain(record)
    if side is not Side.STANDING:
        try:
            plain = with_version(dispute.kind, plain, dispute.field, version)
        except RecordError as error:
            raise RefusedError(f"this version can't stand in the record: {error}") from None
    if dispute.field == RECORD:
        return _settled(record, plain, dispute, f"kept {dispute.words}, {_as(side)}")
    return _settled(record, plain, dispute, f"{dispute.words} settled: {_as(side)}")


def _as(side: Side) -> str:
    return "as before both" if side is Side.BASE else side.value


def write(desk: Desk, dispute: Dispute, words: str) -> Gesture:
    """Let the record have what a person wrote, and be done with the entry; nothing written says that nothing is set.

    Raises:
        RefusedError: the record or the entry is not there any more, or this can't stand there.
    """
    record = _still_there(desk, dispute)
    if not dispute.is_written:
        raise RefusedError(f"{dispute.words}: one of the versions has to be taken")
    plain = {key: value for key, value in to_plain(record).items() if key != dispute.field}
    if (value := _read(dispute.field, words)) is not None:
        plain[dispute.field] = value
    return _settled(record, plain, dispute, f"{dispute.words} settled: written anew")


def _read(field: str, words: str) -> Plain:
    """What was written, as a record has it."""
    if field == "memo":
        return words.strip("\n") or None
    if field == "said_by":
        names = gestures.speakers_in(words)
        return None if names is None else list(names)
    line = " ".join(words.split())
    if field == "gist" and len(line) > GIST_LIMIT:
        raise RefusedError(f"a gist has at most {GIST_LIMIT} characters, this one has {len(line)}")
    if field == "when" and line and not is_edtf(line):
        raise RefusedError(gestures.no_date(line))
    return line or None


def both(dispute: Dispute) -> str | None:
    """Of a memo, ours and theirs one after the other, for who goes on from there; None where there are no two."""
    ours, theirs = dispute.version(Side.OURS), dispute.version(Side.THEIRS)
    if dispute.field != "memo" or not isinstance(ours, str) or not isinstance(theirs, str):
        return None
    return f"{ours}\n\n{theirs}"


def _still_there(desk: Desk, dispute: Dispute) -> Record:
    record = desk.records.standing(key_of(dispute.record))
    if record != dispute.record:
        raise RefusedError("this was changed meanwhile: look at it again")
    return record


def _settled(record: Record, plain: dict[str, Plain], dispute: Dispute, label: str) -> Gesture:
    """The record as `plain` says, without the entry."""
    left = list(_left(record, plain, dispute))
    plain = {key: value for key, value in plain.items() if key != CONFLICTS} | ({CONFLICTS: left} if left else {})
    # What a version does not say of its claim, the head of the file said.
    head = {"article": record.article, "text_sha256": record.text_sha256} if isinstance(record, Claim) else {}
    try:
        after: Record | None = from_plain(dispute.kind, record.id, plain, record.annotator, **head)
    except RecordError as error:
        raise RefusedError(f"this version can't stand in the record: {error}") from None
    if isinstance(record, ArticleNote) and not plain:
        after = None  # a note that says nothing is none
    current = None if isinstance(record, Decision) else record.id  # no key acts on a decision
    return Gesture(label, (Change(record, after),), current)


def _left(record: Record, plain: dict[str, Plain], settled: Dispute) -> Iterator[Plain]:
    """The other entries. Where one names a version of the same field that was decided against just now, what was
    decided for is in its place; with nothing against that, there is nothing left to decide."""
    others = [each for each in disputes_of(record) if each.number != settled.number]
    if settled.field == RECORD or settled.is_kept_elsewhere:
        yield from (each.plain for each in others)
        return
    chosen = said_of(settled.kind, plain, settled.field)
    against = {as_json(settled.version(side)) for side in (Side.OURS, Side.THEIRS, Side.STANDING)} - {as_json(chosen)}
    for each in others:
        if each.entry is None or each.field != settled.field:
            yield each.plain
            continue
        ours, theirs = (
            chosen if as_json(each.version(side)) in against else version
            for side, version in ((Side.OURS, each.entry.ours), (Side.THEIRS, each.entry.theirs))
        )
        if as_json(ours) != as_json(theirs):
            yield replace(each.entry, ours=ours, theirs=theirs).plain
