"""Records to store, for the tests of the store."""

from dataclasses import replace
from pathlib import Path

from tui.model.changes import Change, Transaction
from tui.model.ids import new_id
from tui.model.records import (
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Record,
    Remark,
    Stance,
    Status,
)
from tui.model.span import Span
from tui.store.store import Store

CREATED = "2026-11-21T20:00:00Z"


def a_claim(annotator: str = "ada", article: str = "001", start: int = 0, end: int = 9, id: str = "") -> Claim:
    return Claim(
        id=id or new_id("c"),
        annotator=annotator,
        article=article,
        text_sha256="0" * 64,
        span=Span(start, end),
        exact="“chapter”\n",
        prefix="",
        suffix=" should \ud800 close",
        created=CREATED,
    )


def one_of_each(annotator: str = "ada") -> tuple[Record, ...]:
    """Records of every kind, with every field set somewhere."""
    full = replace(
        a_claim(annotator),
        tags=("fact", "fact/figure"),
        gist="The balloon affair should be closed",
        said_by=("Antony Blinken", "Bethany Allen, Axios"),
        certainty=Certainty.HEDGED,
        when="2023-06-19",
        memo="Two lines\n  of memo 🎈",
        from_="ben/c1",
        conflicts=({"field": "gist", "base": None, "ours": "a", "theirs": ["b"]},),
        extra={"colour": {"of": [1, 2.5, True, None]}},
    )
    plain = replace(a_claim(annotator, "003/part"), said_by=())
    ends = (full.id, plain.id)
    return (
        full,
        plain,
        Contradiction(
            id=new_id("x"),
            annotator=annotator,
            claims=ends,
            kinds=("date", "order"),
            status=Status.RESOLVED,
            memo="m",
            created=CREATED,
        ),
        DuplicateGroup(id=new_id("d"), annotator=annotator, claims=ends, gist="both", created=CREATED),
        Remark(id=new_id("r"), annotator=annotator, on="ben/c2", stance=Stance.DISAGREE, created=CREATED),
        ArticleNote(annotator=annotator, article="001", finished=True, memo="A rewrite"),
        ArticleNote(annotator=annotator, article=plain.id),
    )


def made(*records: Record) -> Transaction:
    return Transaction("made", tuple(Change(None, record) for record in records))


def deleted(*records: Record) -> Transaction:
    return Transaction("deleted", tuple(Change(record, None) for record in records))


def changed(before: Record, after: Record) -> Transaction:
    return Transaction("changed", (Change(before, after),))


def compacted(store: Store) -> Store:
    """The store, after its journal was begun anew."""
    store.compact()
    return store


def on_disk(folder: Path, annotator: str = "ada") -> set[str]:
    """The ids a program that starts now would find."""
    return {record.id for record in Store(folder, annotator).records()}
