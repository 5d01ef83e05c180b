"""Records → files of annotations: the same records always give the same bytes, and a change in one record changes
only its lines."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from tui.exchange.annotation_files import FORMAT, AnnotationFile, ArticleFile
from tui.exchange.yaml_text import entry
from tui.model.plain import to_plain
from tui.model.records import Claim, Link, Plain, Remark

ClaimOf: TypeAlias = Callable[[str], Claim | None]
"""Claim id → that claim; None where it is not known."""

_Place: TypeAlias = tuple[bool, str, int, int, str]


def write_annotations(file: AnnotationFile, claim_of: ClaimOf) -> bytes:
    """The file as UTF-8. `claim_of` gives the ends of links their order, and their words for the reader of a diff."""
    sections: dict[str, Iterator[tuple[str, dict[str, Plain]]]]
    if isinstance(file, ArticleFile):
        header: dict[str, Plain] = {"article": file.article}
        if file.text_sha256:
            header["text_sha256"] = file.text_sha256
        if file.note is not None:
            header.update(to_plain(file.note))
        claims = sorted(file.claims, key=_by_place)
        sections = {"claims": ((claim.id, _claim(claim, file)) for claim in claims)}
    else:
        header = {}
        ends = _Ends(claim_of)
        sections = {
            "contradictions": ends.links(file.contradictions),
            "duplicates": ends.links(file.duplicates),
            "remarks": ((remark.id, _record(remark)) for remark in sorted(file.remarks, key=_by_subject)),
        }
    header.update({key: _sorted(file.extra[key]) for key in sorted(file.extra)})
    blocks = ["\n".join(entry(key, value, "") for key, value in {"format": FORMAT, **header}.items())]
    for kind, records in sections.items():
        for number, (id, plain) in enumerate(records):
            # A section's key closes the lines before it: directly below the header, after a blank line elsewhere.
            if number == 0:
                lead = "\n" if len(blocks) == 1 else "\n\n"
                blocks.append(f"{lead}{kind}:")
            blocks.append(f"\n\n{entry(id, plain, '  ')}")
    return f"{''.join(blocks)}\n".encode()


def with_words(link: dict[str, Plain], claims: Iterable[str], claim_of: ClaimOf) -> dict[str, Plain]:
    """The plain data of a link, its ends in the order of `claims`, with their article and words for who reads it."""
    ends: list[Plain] = []
    for id in claims:
        claim = claim_of(id)
        ends.append({"claim": id} if claim is None else {"claim": id, "article": claim.article, "exact": claim.exact})
    return link | {"between" if "between" in link else "claims": ends}


class _Ends:
    """The ends of links, as the file shows them."""

    def __init__(self, claim_of: ClaimOf) -> None:
        self._claim_of = claim_of

    def links(self, links: Iterable[Link]) -> Iterator[tuple[str, dict[str, Plain]]]:
        ordered = sorted(links, key=lambda link: (sorted(map(self._place, link.claims)), link.id))
        return ((link.id, self._link(link)) for link in ordered)

    def _link(self, link: Link) -> dict[str, Plain]:
        return with_words(_record(link), sorted(link.claims, key=self._place), self._claim_of)

    def _place(self, id: str) -> _Place:
        """Where an end stands among the others; claims that are not known come last."""
        claim = self._claim_of(id)
        if claim is None:
            return (True, "", 0, 0, id)
        return (False, claim.article, claim.span.start, claim.span.end, id)


def _claim(claim: Claim, file: ArticleFile) -> dict[str, Plain]:
    """The claim without what the header of its file says for it."""
    plain = _record(claim)
    if claim.article == file.article:
        del plain["article"]
    if claim.text_sha256 == file.text_sha256:
        del plain["text_sha256"]
    return plain


def _record(record: Claim | Link | Remark) -> dict[str, Plain]:
    """The record's plain data, with what this version does not look into sorted by key: its order says nothing."""
    plain = to_plain(record)
    for key in ("conflicts", *sorted(record.extra)):
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
