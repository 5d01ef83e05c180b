"""Records → files of annotations: the same records always give the same bytes, and a change in one record changes
only its lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from tui.exchange.annotation_files import FORMAT, AnnotationFile, ArticleFile, DecisionsFile
from tui.exchange.claim_text import ClaimWriter
from tui.exchange.ends import COPIED, SaidOfEnds
from tui.exchange.yaml_text import entry
from tui.model.plain import to_plain
from tui.model.records import ArticleNote, Claim, Link, Plain, Record, Remark, by_pair
from tui.model.shapes import MAX_OFFSET

ClaimOf: TypeAlias = Callable[[str], Claim | None]
"""Claim id → that claim; None where it is not known."""

_Place: TypeAlias = tuple[bool, str, int, int, str]


def write_annotations(
    file: AnnotationFile,
    claim_of: ClaimOf,
    said: Mapping[str, SaidOfEnds] | None = None,
    *,
    as_they_stand: bool = False,
) -> bytes:
    """The file as UTF-8. `claim_of` gives the ends of links their order, and their words for the reader of a diff;
    `said`, by the link's id, is what the file that is written over says of its ends. With `as_they_stand`, links keep
    the order they have in `file`: for where no claim is known."""
    sections: dict[str, Iterator[str]]
    if isinstance(file, ArticleFile):
        header: dict[str, Plain] = {"article": file.article}
        if file.text_sha256:
            header["text_sha256"] = file.text_sha256
        if file.note is not None:
            header.update(_record(file.note))
        sections = {"claims": _claims(file)}
    elif isinstance(file, DecisionsFile):
        header = {}
        sections = {"decisions": (_block(one.id, _record(one)) for one in sorted(file.decisions, key=by_pair))}
    else:
        header = {}
        ends = _Ends(claim_of, said or {}, as_they_stand)
        sections = {
            "contradictions": ends.links(file.contradictions),
            "duplicates": ends.links(file.duplicates),
            "remarks": (_block(remark.id, _record(remark)) for remark in sorted(file.remarks, key=_by_subject)),
        }
    header.update({key: _sorted(file.extra[key]) for key in sorted(file.extra)})
    blocks = ["\n".join(entry(key, value, "") for key, value in {"format": FORMAT, **header}.items())]
    for kind, records in sections.items():
        for number, record in enumerate(records):
            # A section's key closes the lines before it: directly below the header, after a blank line elsewhere.
            if number == 0:
                lead = "\n" if len(blocks) == 1 else "\n\n"
                blocks.append(f"{lead}{kind}:")
            blocks.append(f"\n\n{record}")
    if isinstance(file, DecisionsFile) and not file.decisions:
        blocks.append("\ndecisions: {}")  # by which the file is known for what it is
    return f"{''.join(blocks)}\n".encode()


def with_words(
    link: dict[str, Plain], claims: Iterable[str], claim_of: ClaimOf, said: SaidOfEnds | None = None
) -> dict[str, Plain]:
    """The plain data of a link, its ends in the order of `claims`, with their article and words for who reads it: those
    of the claim, or where it is not there, those that were `said`."""
    ends: list[Plain] = []
    for id in claims:
        claim, kept = claim_of(id), said.get(id, {}) if said else {}
        words = kept if claim is None else {"article": claim.article, "exact": claim.exact}
        end: dict[str, Plain] = {"claim": id, **{key: words[key] for key in COPIED if key in words}}
        end.update({key: _sorted(kept[key]) for key in sorted(kept) if key not in COPIED})
        ends.append(end)
    return link | {"between" if "between" in link else "claims": ends}


class _Ends:
    """The ends of links, as the file shows them."""

    def __init__(self, claim_of: ClaimOf, said: Mapping[str, SaidOfEnds], as_they_stand: bool) -> None:
        self._claim_of = claim_of
        self._said = said
        self._as_they_stand = as_they_stand

    def links(self, links: Iterable[Link]) -> Iterator[str]:
        ordered = list(links)
        if not self._as_they_stand:
            ordered.sort(key=lambda link: (sorted(self._places(link).values()), link.id))
        return (_block(link.id, self._link(link)) for link in ordered)

    def _link(self, link: Link) -> dict[str, Plain]:
        places = self._places(link)
        ends = sorted(places, key=places.__getitem__)
        return with_words(_record(link), ends, self._claim_of, self._said.get(link.id))

    def _places(self, link: Link) -> dict[str, _Place]:
        """Where each end stands among the others. A claim that is not there is the last of the article that the file
        names for it, so that its lines stay where they are; where none is named, the last of all."""
        said = self._said.get(link.id, {})
        order = {id: number for number, id in enumerate(said)}
        places: dict[str, _Place] = {}
        for id in link.claims:
            claim = self._claim_of(id)
            if claim is not None:
                places[id] = (False, claim.article, claim.span.start, claim.span.end, id)
                continue
            article = said.get(id, {}).get("article")
            known = (False, article, MAX_OFFSET) if isinstance(article, str) else (True, "", 0)
            places[id] = (*known, order.get(id, 0), id)
        return places


def _claims(file: ArticleFile) -> Iterator[str]:
    """The claims without what the header of their file says for them."""
    header: dict[str, Plain] = {"article": file.article, "text_sha256": file.text_sha256}
    quick = ClaimWriter(header)
    for claim in sorted(file.claims, key=_by_place):
        yield quick.text(claim) or _block(claim.id, _but_for(header, _record(claim)))


def _but_for(header: dict[str, Plain], plain: dict[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in plain.items() if key not in header or value != header[key]}


def _block(id: str, plain: dict[str, Plain]) -> str:
    return entry(id, plain, "  ")


def _record(record: Record) -> dict[str, Plain]:
    """The record's plain data, with what this version does not look into sorted by key: its order says nothing."""
    plain = to_plain(record)
    extra = () if isinstance(record, ArticleNote) else sorted(record.extra)
    for key in ("conflicts", *extra):
        if key in plain:
            plain[key] = _sorted(plain.pop(key))
    return plain


def _sorted(plain: Plain) -> Plain:
    if isinstance(plain, dict):
        return {key: _sorted(plain[key]) for key in sorted(plain)}
    if isinstance(plain, list):
        return [_sorted(item) for item in plain]
    return plain


def _by_place(claim: Claim) -> tuple[str, int, int, str]:
    """`by_place` in plain numbers, which compare faster than spans."""
    return (claim.article, claim.span.start, claim.span.end, claim.id)


def _by_subject(remark: Remark) -> tuple[str, str]:
    return (remark.on, remark.id)
