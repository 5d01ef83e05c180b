"""Settling what a merge left open: whichever version is taken, what is left is a record like any other."""

from typing import Any

from exchange_samples import TIME
from hypothesis import given
from hypothesis import strategies as st
from merging_samples import record_trios

from tui.exchange.annotation_files import ArticleFile, LinksFile
from tui.exchange.merging_fields import CONFLICTS, merge_plain, merge_record
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.changes import Change
from tui.model.plain import KINDS, to_plain
from tui.model.records import (
    ArticleNote,
    Claim,
    Contradiction,
    DuplicateGroup,
    Record,
    Remark,
)
from tui.session.conflicting import disputes_of, settle
from tui.session.gestures import Desk
from tui.session.placing import View
from tui.store.index import RecordIndex


class _Nothing:
    """No article changed."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_arguments, **_how: ()


def desk_of(*records: Record) -> Desk:
    """What lies before a reader who has these records, and no articles: their places are asked of nobody."""
    index = RecordIndex(records)
    view = View.__new__(View)
    return Desk("ada", index, view, {}, lambda: TIME, lambda letter: letter + "0" * 12)


def after(gesture: Any, record: Record) -> Record | None:
    """What becomes of the record."""
    changes: list[Change] = [change for change in gesture.changes if change.record.id == record.id]
    return changes[-1].after


def read_again(record: Record) -> Record | None:
    """The record written to a file and read from it."""
    if isinstance(record, Claim):
        file: ArticleFile | LinksFile = ArticleFile(
            annotator="ada",
            article=record.article,
            text_sha256=record.text_sha256,
            note=None,
            claims=(record,),
            extra={},
        )
    elif isinstance(record, ArticleNote):
        file = ArticleFile(annotator="ada", article=record.article, text_sha256="", note=record, claims=(), extra={})
    else:
        file = LinksFile(
            annotator="ada",
            contradictions=(record,) if isinstance(record, Contradiction) else (),
            duplicates=(record,) if isinstance(record, DuplicateGroup) else (),
            remarks=(record,) if isinstance(record, Remark) else (),
            extra={},
        )
    data = write_annotations(file, lambda _: None)
    article = record.article if isinstance(record, Claim | ArticleNote) else None
    return next(iter(read_annotations(data, "a file", "ada", article).records), None)


@given(record_trios, st.data())
def test_whatever_a_merge_leaves_open_can_be_settled_and_leaves_a_record_that_can_be_read(
    trio: tuple[Any, Any, Any], data: st.DataObject
) -> None:
    merged, _ = merge_record(*trio)
    seen = 0
    record = merged
    while record is not None and record.conflicts:
        dispute = data.draw(st.sampled_from(list(disputes_of(record))))
        side = data.draw(st.sampled_from(dispute.sides))
        left = after(settle(desk_of(record), dispute, side), record)
        if left is not None:
            assert len(left.conflicts) == len(record.conflicts) - 1
            assert read_again(left) == left
        record, seen = left, seen + 1
        assert seen < 100
    if merged is not None and merged.conflicts and record is not None:
        kind = KINDS[type(record)]
        plain, open = to_plain(record), to_plain(merged)
        assert CONFLICTS not in plain
        # Who has not settled it yet and merges gets what was settled.
        assert merge_plain(kind, open, plain, open).plain == plain
        assert merge_plain(kind, open, open, plain).plain == plain
