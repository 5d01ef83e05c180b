"""What was recorded in a workspace, as plain data and as a document that a fact-checker hands to an editor."""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.annotator import owner_of
from tui.cli.adopted import Adopted, key
from tui.cli.blocks import Block, Heading, Paragraph, Quote
from tui.cli.sources import article_plain, citation, origin, problems_plain
from tui.exchange.writer import with_words
from tui.model.plain import to_plain
from tui.model.records import (
    ArticleNote,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Link,
    Plain,
    Record,
    Remark,
    Stance,
    by_place,
)
from tui.session.session import Session
from tui.store.index import RecordIndex
from tui.text.numbers import counted
from tui.text.quotations import quoted

FORMAT = "variorum-records/1"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of some annotators of a session, in a fixed order: by annotator, then as the index has them."""

    session: Session
    annotators: tuple[str, ...]

    def indices(self) -> Iterator[tuple[str, RecordIndex]]:
        for annotator in self.annotators:
            yield annotator, self.session.index_of(annotator)

    def contradictions(self) -> list[Contradiction]:
        return [link for _, index in self.indices() for link in index.contradictions()]

    def groups(self) -> list[DuplicateGroup]:
        return [group for _, index in self.indices() for group in index.groups()]

    def claims(self) -> list[Claim]:
        """By article, place and annotator."""
        records = filter(self.session.is_shown, (one for _, index in self.indices() for one in index.records()))
        claims = [record for record in records if isinstance(record, Claim)]
        return sorted(claims, key=lambda claim: (*by_place(claim), claim.annotator))

    def remarks(self) -> list[Remark]:
        return [remark for _, index in self.indices() for remark in index.remarks()]

    def decisions(self) -> list[Decision]:
        return [decision for _, index in self.indices() for decision in index.decisions()]

    def notes(self) -> list[ArticleNote]:
        return [note for _, index in self.indices() for note in index.notes()]

    def stands(self, claim: Claim) -> bool:
        """Whether the claim's words still stand in its article, where they were marked or, surely, elsewhere."""
        placed = self.session.views.placed(claim)
        return claim.article in self.session.articles and not (placed is not None and placed.is_open)


# --- plain data ---


def as_plain(recorded: Recorded) -> dict[str, object]:
    """The records in the shape of the YAML files, each with its id and annotator, and the articles they speak of.

    A claim says whether its quote still stands in its article (`stands`); the ends of a link carry their article
    and words. Keys are only added in later versions.
    """
    session = recorded.session
    sections: dict[str, list[Record]] = {
        "contradictions": [*recorded.contradictions()],
        "duplicates": [*recorded.groups()],
        "claims": [*recorded.claims()],
        "remarks": [*recorded.remarks()],
        "decisions": [*recorded.decisions()],
        "notes": [*recorded.notes()],
    }
    return {
        "format": FORMAT,
        "workspace": session.config.title,
        "annotators": list(recorded.annotators),
        "articles": [article_plain(article) for article in session.library.articles],
        **{section: [_plain(record, recorded) for record in records] for section, records in sections.items()},
        "problems": problems_plain(session.library.bad, session.notices),
    }


def _plain(record: Record, recorded: Recorded) -> dict[str, Plain]:
    head: dict[str, Plain] = {"id": record.id, "annotator": record.annotator}
    if isinstance(record, Claim):
        head["stands"] = recorded.stands(record)
    plain = to_plain(record)
    if isinstance(record, Link):
        plain = with_words(plain, record.claims, recorded.session.index_of(record.annotator).claim)
    # Twice: to stand first, and not to be written over by a key of the file that this version does not know.
    return head | plain | head


# --- a document ---


def as_blocks(recorded: Recorded) -> Iterator[Block]:
    """Contradictions with the words and source of each side, duplicate groups, then the claims by article. What was
    adopted as it is stands there once, with who adopted it."""
    return _Document(recorded).blocks()


class _Document:
    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._session = recorded.session
        self._several = len(recorded.annotators) > 1
        self._remarks_on: dict[str, list[Remark]] = {}
        """Those that are not written yet, by the record they speak of."""
        for remark in recorded.remarks():
            self._remarks_on.setdefault(remark.on, []).append(remark)
        remarked = frozenset(self._remarks_on)
        links: list[Link] = [*recorded.contradictions(), *recorded.groups()]
        self._adopted = Adopted(recorded.claims(), links, self._session.ends_of, lambda each: key(each) in remarked)

    def blocks(self) -> Iterator[Block]:
        is_folded = self._adopted.is_folded
        contradictions, groups, claims = (
            [each for each in self._recorded.contradictions() if not is_folded(each)],
            [each for each in self._recorded.groups() if not is_folded(each)],
            [each for each in self._recorded.claims() if not is_folded(each)],
        )
        yield Heading(1, self._session.config.title)
        counts = (
            counted(len(self._session.articles), "article"),
            counted(len(claims), "claim"),
            counted(len(contradictions), "contradiction"),
            counted(len(groups), "duplicate group"),
        )
        yield Paragraph(f"{', '.join(counts)}. Recorded by {', '.join(self._recorded.annotators) or 'nobody'}.")
        if contradictions:
            yield Heading(2, "Contradictions")
        for contradiction in contradictions:
            yield from self._contradiction(contradiction)
        if groups:
            yield Heading(2, "Duplicate groups")
        for group in groups:
            yield from self._group(group)
        yield from self._claims(claims)
        yield from self._other_remarks()

    def _contradiction(self, contradiction: Contradiction) -> Iterator[Block]:
        kinds = ", ".join(contradiction.kinds)
        yield Heading(3, f"≠ {contradiction.gist or kinds or 'Contradiction'}")
        said = [contradiction.status.value, kinds if contradiction.gist else "", *self._signature(contradiction)]
        yield Paragraph("; ".join(filter(None, said)))
        yield from self._sides(contradiction)

    def _group(self, group: DuplicateGroup) -> Iterator[Block]:
        ends = self._session.ends_of(group)
        gist = group.gist or next((claim.gist for claim in ends if claim.gist), None)
        yield Heading(3, f"≡ {gist or 'The same thing'}")
        said = [f"stated {len(group.claims)} times", *self._signature(group)]
        if self._session.inconsistent(group):
            said.append("inconsistent: two of these are ends of one contradiction")
        yield Paragraph("; ".join(said))
        yield from self._sides(group)

    def _sides(self, link: Link) -> Iterator[Block]:
        ends = self._session.ends_of(link)
        for claim in sorted(ends, key=by_place):
            yield Quote(claim.exact, self._source(claim), self._warning(claim))
        if missing := len(link.claims) - len(ends):
            yield Paragraph(f"{counted(missing, 'side')} of this can't be found: variorum check says more")
        if link.memo:
            yield Paragraph(link.memo)
        yield from map(Paragraph, self._remarks(link))

    def _claims(self, claims: list[Claim]) -> Iterator[Block]:
        notes: dict[str, list[ArticleNote]] = {}
        for note in self._recorded.notes():
            notes.setdefault(note.article, []).append(note)
        by_article: dict[str, list[Claim]] = {}
        for claim in claims:
            by_article.setdefault(claim.article, []).append(claim)
        if by_article or notes:
            yield Heading(2, "Claims by article")
        for id in sorted({*by_article, *notes}):
            article = self._session.articles.get(id)
            yield Heading(3, article.title.value if article else id)
            yield Paragraph(f"{origin(article)} [{id}]".lstrip() if article else "this article is not there any more")
            for note in notes.get(id, ()):
                by = f" by {note.annotator}" if self._several else ""
                said = [f"Finished{by}." if note.finished else "", f"Memo{by}: {note.memo}" if note.memo else ""]
                yield Paragraph("\n".join(filter(None, said)))
            for claim in by_article.get(id, ()):
                yield self._claim(claim)

    def _claim(self, claim: Claim) -> Quote:
        said = [
            ", ".join(claim.tags) or "no tag",
            f"said by {_speakers(claim)}" if claim.said_by is not None else "",
            claim.certainty.value if claim.certainty else "",
            f"of {claim.when}" if claim.when else "",
            *self._signature(claim),
        ]
        notes = (claim.gist or "", claim.memo or "", *self._warning(claim), *self._remarks(claim))
        return Quote(claim.exact, "; ".join(filter(None, said)), tuple(filter(None, notes)))

    def _remarks(self, record: Claim | Link) -> tuple[str, ...]:
        """What was remarked on a record."""
        remarks = self._remarks_on.pop(f"{owner_of(record.annotator)}/{record.id}", [])
        return tuple(
            f"{remark.annotator} {'disagrees' if remark.stance is Stance.DISAGREE else 'comments'}: {remark.memo or ''}"
            for remark in remarks
        )

    def _other_remarks(self) -> Iterator[Block]:
        """The remarks on records that are not in the document."""
        remarks = [remark for some in self._remarks_on.values() for remark in some]
        if remarks:
            yield Heading(2, "Remarks")
        for remark in remarks:
            said = f"{remark.stance.value} by {remark.annotator} on {remark.on}"
            if remark.exact:
                yield Quote(remark.exact, said, (remark.memo,) if remark.memo else ())
            else:
                yield Paragraph(f"{said}: {remark.memo or ''}")

    def _source(self, claim: Claim) -> str:
        article = self._session.articles.get(claim.article)
        source = citation(article) if article else claim.article
        said = [source] if claim.said_by is None else [_speakers(claim), source]
        if claim.certainty:
            said.append(claim.certainty.value)
        return "; ".join(said)

    def _warning(self, claim: Claim) -> tuple[str, ...]:
        if self._recorded.stands(claim):
            return ()
        placed = self._session.views.placed(claim)
        if placed is not None and not placed.is_orphan and placed.claim.exact != claim.exact:
            return (f"The article was changed since; this was said of: {quoted(placed.claim.exact)}",)
        return ("These words no longer stand there: the article was changed since, or is gone.",)

    def _signature(self, record: Claim | Link) -> list[str]:
        signature = f"{record.annotator}/{record.id}" if self._several else record.id
        return [signature, *self._adopted.words(record)]


def _speakers(claim: Claim) -> str:
    """Who says it, origin first; those who pass it on are named as such."""
    return ", according to ".join(claim.said_by or ()) or "the article itself"
