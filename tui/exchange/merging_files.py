"""Three versions of one annotation file → one, record by record and field by field, without a workspace around.

The file is known by what it holds. What is merged can always be read again: before it is handed out it is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mode

from tui.errors import FileError, Place, RecordError, VariorumError
from tui.exchange.annotation_files import (
    LINKS_SECTIONS,
    AnnotationFile,
    ArticleFile,
    DecisionsFile,
    LinksFile,
    sections_of,
)
from tui.exchange.conflicts import conflict, read_conflict
from tui.exchange.ends import COPIED, SaidOfEnds, said_of_ends
from tui.exchange.merging_fields import CONFLICTS, merge_plain
from tui.exchange.reader import read_any
from tui.exchange.writer import write_annotations
from tui.model.filing import DECIDED
from tui.model.plain import DEFINITIONS, KINDS, from_plain, to_plain
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Plain, Record, Remark

_NOTE = tuple(field.key for field in DEFINITIONS["notes"].fields)


class TwoFilesError(FileError):
    """The versions are of different files. Git takes two that look alike for one that was renamed."""


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What a merge of one file comes to."""

    data: bytes | None
    """None: one side deleted the file, and the other had nothing to add."""
    conflicts: tuple[str, ...] = ()
    """What is open in it, as `c7k3m9q2x4w8t: gist, memo`."""
    unread_base: str = ""
    """Why the base can't be read, a sentence: then the file was merged as if both sides had made it."""


@dataclass(frozen=True, slots=True)
class Names:
    """How the three files are called in errors."""

    base: str
    ours: str
    theirs: str


def merge_files(base: bytes | None, ours: bytes | None, theirs: bytes | None, names: Names) -> MergedFile:
    """The file, of which each version may be missing (None): not made yet, or deleted.

    A base that can't be read is as good as none: git itself makes one with conflict markers in it where histories
    crossed. Nothing is lost by that, but what one side deleted comes back.

    Raises:
        AnnotationErrors: our version or theirs can't be read.
        TwoFilesError: the versions are not of one file.
        FileError: together they are more than is read.
    """
    if theirs in (base, ours):
        return _as_it_is(ours, names.ours)
    if ours == base:
        return _as_it_is(theirs, names.theirs)
    our, their = (
        None if data is None else _Side.read(data, name) for data, name in ((ours, names.ours), (theirs, names.theirs))
    )
    before, unread_base = None, ""
    try:
        before = None if base is None else _Side.read(base, names.base)
    except VariorumError as error:
        unread_base = str(error).partition("\n")[0]
    merged = _Merging(before, our, their, names).merged()
    if merged is None:
        return MergedFile(None, unread_base=unread_base)
    try:
        data = merged.written()
    except RecordError as error:
        raise FileError(Place(names.ours), f"what both versions hold is more than is read: {error}") from None
    again = _Side.read(data, f"{names.ours}, merged")
    return MergedFile(data, tuple(again.open()), unread_base)


def article_in(data: bytes, name: str) -> str | None:
    """What `article_of` would say of a file by what it holds. Raises as `merge_files` does."""
    return _Side.read(data, name).article


def _as_it_is(data: bytes | None, name: str) -> MergedFile:
    """The file of the only side that changed it."""
    if data is None or CONFLICTS.encode() not in data:
        return MergedFile(data)
    try:
        return MergedFile(data, tuple(_Side.read(data, name).open()))
    except VariorumError:
        return MergedFile(data)  # it is no worse than it was


@dataclass(slots=True)
class _Side:
    """One version of a file as plain data, with nothing in it that another part of it tells."""

    article: str | None
    """None: it holds links; `DECIDED`: decisions."""
    text_sha256: str
    header: dict[str, Plain]
    sections: dict[str, dict[str, dict[str, Plain]]]
    said: Mapping[str, SaidOfEnds]
    """What stands at the ends of its links besides the id of the claim."""

    @classmethod
    def read(cls, data: bytes, name: str) -> "_Side":
        file = read_any(data, name)
        if isinstance(file, ArticleFile):
            header = {**(to_plain(file.note) if file.note else {}), **file.extra}
            claims = {claim.id: _without(to_plain(claim), "article") for claim in file.claims}
            return cls(file.article, file.text_sha256, header, {"claims": claims}, {})
        article = DECIDED if isinstance(file, DecisionsFile) else None
        sections: dict[str, dict[str, dict[str, Plain]]] = {section: {} for section in sections_of(article)}
        for record in file.records:
            sections[KINDS[type(record)]][record.id] = to_plain(record)
        return cls(article, "", dict(file.extra), sections, {} if article else said_of_ends(data))

    def take_for_decisions(self) -> None:
        """A file without any record says of no kind that it holds those."""
        if self.article is None and not any(self.sections.values()):
            self.article, self.sections = DECIDED, {section: {} for section in sections_of(DECIDED)}

    def open(self) -> Iterable[str]:
        """What is in conflict, in words."""
        records = {id: record for section in self.sections.values() for id, record in section.items()}
        for id, plain in (("the head of the file", self.header), *records.items()):
            noted = plain.get(CONFLICTS)
            if noted:
                entries = [read_conflict(each) for each in noted] if isinstance(noted, list) else []
                fields = ", ".join(dict.fromkeys(each.field for each in entries if each is not None))
                yield f"{id}: {fields}" if fields else id

    def written(self) -> bytes:
        return write_annotations(self._file(), lambda _: None, self.said, as_they_stand=True)

    def _file(self) -> AnnotationFile:
        if self.article == DECIDED:
            decisions = tuple(one for one in self._records("decisions") if isinstance(one, Decision))
            return DecisionsFile("", decisions, self.header)
        if self.article is None:
            links = {section: list(self._records(section)) for section in LINKS_SECTIONS}
            return LinksFile(
                annotator="",
                contradictions=tuple(each for each in links["contradictions"] if isinstance(each, Contradiction)),
                duplicates=tuple(each for each in links["duplicates"] if isinstance(each, DuplicateGroup)),
                remarks=tuple(each for each in links["remarks"] if isinstance(each, Remark)),
                extra=self.header,
            )
        noted = {key: self.header[key] for key in _NOTE if key in self.header}
        note = from_plain("notes", self.article, noted, "")
        assert isinstance(note, ArticleNote)
        return ArticleFile(
            annotator="",
            article=self.article,
            text_sha256=self.text_sha256,
            note=note if noted else None,
            claims=tuple(claim for claim in self._records("claims") if isinstance(claim, Claim)),
            extra={key: value for key, value in self.header.items() if key not in _NOTE},
        )

    def _records(self, section: str) -> Iterable[Record]:
        for id, plain in self.sections[section].items():
            yield from_plain(section, id, plain, "", article=self.article or "", text_sha256=self.text_sha256)


class _Merging:
    """The merge of one file that changed on both sides."""

    def __init__(self, base: _Side | None, ours: _Side | None, theirs: _Side | None, names: Names) -> None:
        self._sides = (base, ours, theirs)
        self._there = [side for side in (ours, theirs, base) if side is not None]
        self._names = names
        if any(side.article == DECIDED for side in self._there):
            for side in self._there:
                side.take_for_decisions()
        if len({tuple(side.sections) for side in self._there}) > 1:
            raise self._refused("the versions are not of one file: some are about an article, some are not")

    def merged(self) -> _Side | None:
        article = self._article()
        before, our, their = ({} if side is None else side.header for side in self._sides)
        header = merge_plain("notes" if article not in (None, DECIDED) else "", before, our, their).plain or {}
        sections = {kind: self._section(kind) for kind in sections_of(article)}
        if not header and not any(sections.values()) and None in self._sides[1:]:
            return None
        said = self._said(sections) if article is None else {}
        return _Side(article, self._text_sha256(sections), header, sections, said)

    def _section(self, kind: str) -> dict[str, dict[str, Plain]]:
        base, ours, theirs = ({} if side is None else side.sections[kind] for side in self._sides)
        section = {}
        for id in _in_order(ours, theirs):
            merged = merge_plain(kind, base.get(id), ours.get(id), theirs.get(id)).plain
            if merged is not None:
                section[id] = merged
        return section

    def _article(self) -> str | None:
        base, ours, theirs = (None if side is None else side.article for side in self._sides)
        if base is not None and (ours or base) != base and (theirs or base) != base and ours != theirs:
            raise self._refused(f"the article was renamed on both sides, to “{ours}” and to “{theirs}”")
        here, there, before = self._sides[1], self._sides[2], self._sides[0]
        if ours and theirs and ours != theirs:
            renamed = here if ours != base else there
            if before is None or renamed is None or not _shares(before, renamed):
                raise self._refused(f"the versions are of two files, one about “{ours}”, one about “{theirs}”")
            return renamed.article
        return ours or theirs

    def _text_sha256(self, sections: Mapping[str, Mapping[str, Mapping[str, Plain]]]) -> str:
        base, ours, theirs = ("" if side is None else side.text_sha256 for side in self._sides)
        if theirs in (base, ours, ""):
            return ours or theirs
        if ours in (base, ""):
            return theirs
        texts = sorted(str(claim["text_sha256"]) for claim in sections["claims"].values())
        return mode(texts) if texts else ours

    def _said(self, sections: Mapping[str, dict[str, dict[str, Plain]]]) -> dict[str, SaidOfEnds]:
        """What stands at the ends of links. Where a key that this version does not know differs, it is a conflict of
        the link; what is copied from the claim is written anew by the next export anyway."""
        said: dict[str, SaidOfEnds] = {}
        for kind, key in (("contradictions", "between"), ("duplicates", "claims")):
            for id, link in sections[kind].items():
                ends = link[key]
                assert isinstance(ends, list), "a link was read"
                of_link: dict[str, Mapping[str, Plain]] = {}
                for end in ends:
                    assert isinstance(end, dict), "a link was read"
                    claim = str(end["claim"])
                    of_link[claim] = self._said_of_end(id, claim, link)
                said[id] = of_link
        return said

    def _said_of_end(self, id: str, claim: str, link: dict[str, Plain]) -> dict[str, Plain]:
        before, our, their = (
            {} if side is None else dict(side.said.get(id, {}).get(claim, {})) for side in self._sides
        )
        merged = merge_plain("", before, our, their).plain or {}
        noted = merged.pop(CONFLICTS, None)
        for each in noted if isinstance(noted, list) else ():
            found = read_conflict(each)
            if found is None or found.field in COPIED:
                continue
            there = link.setdefault(CONFLICTS, [])
            entry = conflict(f"{claim} {found.field}", found.base, found.ours, found.theirs)
            known = [read_conflict(one) for one in there] if isinstance(there, list) else []
            if isinstance(there, list) and not any(one is not None and one.pair == entry.pair for one in known):
                there.append(entry.plain)
        return merged

    def _refused(self, sentence: str) -> TwoFilesError:
        return TwoFilesError(Place(self._names.ours), sentence)


def _shares(base: _Side, renamed: _Side) -> bool:
    """Whether there is a claim in both, or nothing in the base by which it could be told."""
    before = base.sections["claims"].keys()
    return not before or not before.isdisjoint(renamed.sections["claims"])


def _without(plain: dict[str, Plain], key: str) -> dict[str, Plain]:
    plain.pop(key, None)
    return plain


def _in_order(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """The ids in our order, each that only they have behind the one it follows there."""
    order: dict[str | None, list[str]] = {}
    known = set(ours)
    last: str | None = None
    for id in theirs:
        if id in known:
            last = id
        else:
            order.setdefault(last, []).append(id)
    result = list(order.get(None, ()))
    for id in ours:
        result += [id, *order.get(id, ())]
    return result
