"""What reading or writing one's own YAML did, for those who show it."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.exchange.merging import Clash
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Record, Remark
from tui.text.numbers import counted

_NAMES = (
    (Claim, "claim"),
    ((Contradiction, DuplicateGroup), "link"),
    (Remark, "remark"),
    (Decision, "decision"),
    (ArticleNote, "note"),
)

_NAMED = 3
"""Records that a sentence names."""


@dataclass(slots=True)
class Report:
    """What reading or writing YAML did, file by file (paths as a person knows them)."""

    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    """Sentences: what is not recorded here any more, as the files that held it are gone."""
    doubts: list[str] = field(default_factory=list)
    """Sentences: what doesn't fit together in one's own records, where something was read."""
    clashes: dict[str, tuple[Clash, ...]] = field(default_factory=dict)
    """Records changed on one side and deleted on the other: their files are not written."""
    disagreeing: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    """Records in which both versions of a field stand now."""
    conflicts: int = 0
    """How many conflicts there are to settle in one's own records, where what was read has any."""
    problems: list[str] = field(default_factory=list)
    """Sentences: files that could not be read or written."""
    unread: set[str] = field(default_factory=set)
    """The files that could not be read: they are not written over."""
    stopped: bool = False
    """Whether nothing is written, as not all that lies there could be looked at; the problems say why."""

    @property
    def blocked(self) -> list[str]:
        """A sentence for each file that was not written: a record was changed on one side, deleted on the other."""
        return [
            f"{path}: {_what_clashes(clashes)}; both versions are kept and the file was left as it is: "
            "variorum export --ours writes yours, variorum import --theirs takes the file's"
            for path, clashes in self.clashes.items()
        ]

    @property
    def open(self) -> list[str]:
        """A sentence for each file with records in which both versions of a field stand now."""
        return [
            f"{path}: {counted(len(records), 'record')} changed both here and in the file, in the same fields "
            f"({_listed(map(_name, records))}): both versions are kept, to be settled in the Reader"
            for path, records in self.disagreeing.items()
        ]

    @property
    def sentences(self) -> list[str]:
        """All that a person must be told."""
        return [*self.taken_out, *self.problems, *self.blocked, *self.open, *self.doubts]

    @property
    def changed_files(self) -> str:
        """How many files were written and taken away, and where; empty where none was."""
        changed = [*self.written, *self.removed]
        if not changed:
            return ""
        parts = [
            f"{verb} {counted(len(paths), 'file')}"
            for verb, paths in (("wrote", self.written), ("removed", self.removed))
            if paths
        ]
        folder = posixpath.commonpath([posixpath.dirname(path) for path in changed])
        return f"{' and '.join(parts)} in {folder}"

    @property
    def is_well(self) -> bool:
        """Whether nothing is left for a person to mend or to decide."""
        return not (self.problems or self.clashes or self.disagreeing)

    def __str__(self) -> str:
        parts = [
            f"{counted(len(paths), 'file')} {verb}"
            for verb, paths in (("read", self.read), ("written", self.written), ("removed", self.removed))
            if paths
        ]
        return "; ".join([*parts, *self.sentences]) or "YAML is up to date"


def conflicts_sentence(number: int) -> str:
    """What merges left open in one's own records."""
    return f"{counted(number, 'conflict')} of a merge to settle, in the Reader"


def counted_by_kind(records: Iterable[Record]) -> str:
    """How many records of each kind these are: “13 claims, 1 note”."""
    records = tuple(records)
    counts = [(sum(isinstance(record, kind) for record in records), name) for kind, name in _NAMES]
    return ", ".join(counted(number, name) for number, name in counts if number)


def _what_clashes(clashes: Iterable[Clash]) -> str:
    """How many records clash in which way, and what to look for in the file."""
    ways: dict[str, list[str]] = {}
    for clash in clashes:
        ways.setdefault(_way(clash), []).append(_name(clash.record))
    return ", ".join(f"{counted(len(names), 'record')} {way} ({_listed(names)})" for way, names in ways.items())


def _name(record: Record) -> str:
    # The note of an article has no id.
    return "the note" if isinstance(record, ArticleNote) else record.id


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])


def _way(clash: Clash) -> str:
    if clash.is_held:
        return "with claims that are to be decided on"
    if clash.ours is None:
        return "deleted here and changed in the file"
    return "changed here and deleted in the file" if clash.theirs is None else "changed both here and in the file"
