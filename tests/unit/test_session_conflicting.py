"""Settling what a merge left open: whichever version is taken, what is left is a record like any other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from decisions_samples import DECISION
from exchange_samples import CLAIM, OTHER, TIME
from hypothesis import given
from hypothesis import strategies as st
from merging_samples import record_trios
from session_samples import MET, SAW, SHOT, exported, make_workspace, opened, tag

from tui.errors import RefusedError
from tui.exchange.annotation_files import ArticleFile, DecisionsFile, LinksFile
from tui.exchange.conflicts import RECORD, conflict
from tui.exchange.merging_fields import CONFLICTS, merge_plain, merge_record, said_of
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.changes import Change
from tui.model.filing import DECIDED
from tui.model.plain import KINDS, to_plain
from tui.model.records import (
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
    Stance,
    Verdict,
)
from tui.model.span import Span
from tui.session import disputes, remarking
from tui.session.conflicting import Dispute, Side, disputes_of, settle, write
from tui.session.gestures import Desk, Gesture
from tui.session.placing import View
from tui.store.index import RecordIndex


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
        file: ArticleFile | LinksFile | DecisionsFile = ArticleFile(
            annotator="ada",
            article=record.article,
            text_sha256=record.text_sha256,
            note=None,
            claims=(record,),
            extra={},
        )
    elif isinstance(record, ArticleNote):
        file = ArticleFile(annotator="ada", article=record.article, text_sha256="", note=record, claims=(), extra={})
    elif isinstance(record, Decision):
        file = DecisionsFile(annotator="ada", decisions=(record,), extra={})
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
    if isinstance(record, Decision):
        article = DECIDED
    return next(iter(read_annotations(data, "a file", "ada", article).records), None)


def whole(record: Record) -> Plain:
    """All that the record says, whatever the order of what is a set."""
    return said_of(KINDS[type(record)], to_plain(record), RECORD)


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
            again = read_again(left)
            assert again is not None
            assert whole(again) == whole(left)
            assert again.conflicts == left.conflicts
        record, seen = left, seen + 1
        assert seen < 100
    if merged is not None and merged.conflicts and record is not None:
        kind = KINDS[type(record)]
        plain, open = to_plain(record), to_plain(merged)
        assert CONFLICTS not in plain
        # Who has not settled it yet and merges gets what was settled.
        assert merge_plain(kind, open, plain, open).plain == plain
        assert merge_plain(kind, open, open, plain).plain == plain


def disputed(record: Record, field: str, base: Plain, ours: Plain, theirs: Plain) -> Dispute:
    """The record with this conflict, and the conflict."""
    return next(disputes_of(replace(record, conflicts=(conflict(field, base, ours, theirs).plain,))))


def settled(dispute: Dispute, side: Side) -> Any:
    return after(settle(desk_of(dispute.record), dispute, side), dispute.record)


def test_what_stands_in_the_record_is_offered_where_it_is_neither_of_the_two() -> None:
    begun = disputed(replace(CLAIM, gist="ours"), "gist", None, "ours", "theirs")
    assert begun.sides == (Side.OURS, Side.THEIRS, Side.BASE)
    gone_on = disputed(replace(CLAIM, gist="written since"), "gist", None, "ours", "theirs")
    assert gone_on.sides == (Side.OURS, Side.THEIRS, Side.BASE, Side.STANDING)
    assert settled(gone_on, Side.STANDING) == replace(CLAIM, gist="written since")


def test_what_a_record_can_not_be_without_is_not_taken_from_before_there_was_one() -> None:
    both_made = disputed(CLAIM, "created", None, TIME, "2026-11-22T08:00:00Z")
    assert both_made.sides == (Side.OURS, Side.THEIRS)
    with pytest.raises(RefusedError, match="a record can't be without it"):
        settled(both_made, Side.BASE)


def test_only_the_entry_that_was_settled_goes() -> None:
    entries = tuple(conflict(field, None, "ours", "theirs").plain for field in ("gist", "memo", "gist"))
    record = replace(CLAIM, gist="ours", memo="ours", conflicts=entries)
    second = list(disputes_of(record))[1]
    after_it = settled(second, Side.THEIRS)
    assert (after_it.gist, after_it.memo) == ("ours", "theirs")
    assert after_it.conflicts == (entries[0], entries[2])


def test_a_place_takes_its_words_along_and_keeps_what_the_head_of_the_file_says() -> None:
    theirs: dict[str, Plain] = {"span": [3, 9], "exact": "others", "prefix": "a", "suffix": "b"}
    moved = settled(disputed(CLAIM, "span", None, None, theirs), Side.THEIRS)
    assert (moved.span, moved.exact, moved.prefix, moved.suffix) == (Span(3, 9), "others", "a", "b")
    assert (moved.article, moved.text_sha256) == (CLAIM.article, CLAIM.text_sha256)


def test_a_whole_claim_that_one_side_deleted_is_deleted_with_its_links() -> None:
    link = Contradiction(id="x00000000000a", annotator="ada", claims=(CLAIM.id, OTHER.id), created=TIME)
    claim = replace(CLAIM, conflicts=(conflict(RECORD, None, to_plain(CLAIM), None).plain,))
    dispute = next(disputes_of(claim))
    gesture = settle(desk_of(claim, OTHER, link), dispute, Side.THEIRS)
    assert [(change.before, change.after) for change in gesture.changes] == [(link, None), (claim, None)]
    assert settled(dispute, Side.OURS) == CLAIM


def test_a_note_that_says_nothing_any_more_is_none() -> None:
    note = ArticleNote(annotator="ada", article="001_a", memo="ours")
    assert settled(disputed(note, "memo", None, "ours", None), Side.THEIRS) is None
    assert settled(disputed(note, "memo", None, "ours", "theirs"), Side.THEIRS) == replace(note, memo="theirs")


def test_what_an_entry_could_not_hold_so_deep_is_as_it_was_again() -> None:
    deep: Plain = {"a": {"b": {"c": {"d": ["e"]}}}}
    found = settled(disputed(replace(CLAIM, extra={"more": "ours"}), "more", None, "ours", deep), Side.THEIRS)
    assert found.extra == {"more": deep}
    assert read_again(found) == found
    record = replace(CLAIM, extra={"more": deep})
    kept = settled(disputed(record, RECORD, None, to_plain(record), None), Side.OURS)
    assert kept.extra == {"more": deep}


@pytest.mark.parametrize("text", ['{"a": ' * 900 + "1" + "}" * 900, "[NaN]", '{"a":1}', "{", "[" * 5000])
def test_a_text_that_looks_like_it_is_left_a_text(text: str) -> None:
    version: Plain = {"a": {"b": {"c": text}}}
    found = settled(disputed(CLAIM, "more", None, None, version), Side.THEIRS)
    assert found.extra == {"more": version}
    assert read_again(found) == found


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (ArticleNote(annotator="ada", article="001_a", memo="m"), "colour"),
        (
            Contradiction(id="x00000000000a", annotator="ada", claims=(CLAIM.id, OTHER.id), created=TIME),
            f"{CLAIM.id} mood",
        ),
    ],
)
def test_what_only_the_file_holds_is_left_there_and_only_the_entry_goes(record: Record, field: str) -> None:
    dispute = disputed(record, field, None, "ours", "theirs")
    assert dispute.sides == (Side.STANDING,)
    assert settled(dispute, Side.STANDING) == record
    with pytest.raises(RefusedError, match="only be changed there"):
        settled(dispute, Side.THEIRS)


def test_an_entry_that_nobody_can_read_is_taken_out_as_it_stands() -> None:
    record = replace(CLAIM, conflicts=("what is this", {"field": 3}))
    first = next(disputes_of(record))
    assert (first.entry, first.sides) == (None, (Side.STANDING,))
    assert settled(first, Side.STANDING).conflicts == ({"field": 3},)


@pytest.mark.parametrize(
    ("field", "version"), [("certainty", "perhaps"), ("tags", ["a", "a"]), ("gist", 7), ("span", "here"), (RECORD, [1])]
)
def test_a_version_that_no_record_can_have_is_refused_with_a_sentence(field: str, version: Plain) -> None:
    with pytest.raises(RefusedError, match="this version can't stand in the record"):
        settled(disputed(CLAIM, field, None, None, version), Side.THEIRS)


def test_a_pair_decided_in_two_ways_at_two_desks_is_settled_like_any_other_record() -> None:
    dispute = disputed(DECISION, "verdict", None, "accepted", "rejected")
    assert dispute.words == "verdict"
    assert not dispute.is_written
    taken = settled(dispute, Side.THEIRS)
    assert taken == replace(DECISION, verdict=Verdict.REJECTED)
    assert read_again(taken) == taken
    assert settled(dispute, Side.OURS) == replace(DECISION, verdict=Verdict.ACCEPTED)


def test_what_was_changed_meanwhile_is_not_settled_over() -> None:
    dispute = disputed(CLAIM, "gist", None, "ours", "theirs")
    now = replace(CLAIM, conflicts=dispute.record.conflicts, memo="written in another window")
    with pytest.raises(RefusedError, match="changed meanwhile"):
        settle(desk_of(now), dispute, Side.OURS)


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("gist", "  two   words ", "two words"),
        ("gist", "", None),
        ("memo", "\nfirst\n\nsecond\n", "first\n\nsecond"),
        ("when", "2023-06", "2023-06"),
        ("said_by", "Blinken > Reuters", ("Blinken", "Reuters")),
        ("said_by", "", ()),
        ("said_by", "-", None),
    ],
)
def test_what_is_right_can_be_written_by_hand(field: str, words: str, value: object) -> None:
    dispute = disputed(replace(CLAIM, certainty=Certainty.STATED), field, None, None, None)
    written = after(write(desk_of(dispute.record), dispute, words), dispute.record)
    fields: dict[str, Any] = {field: value}
    assert written == replace(CLAIM, certainty=Certainty.STATED, **fields)


@pytest.mark.parametrize(("field", "words"), [("gist", "x" * 76), ("when", "last week"), ("tags", "fact")])
def test_what_can_not_stand_there_is_refused(field: str, words: str) -> None:
    dispute = disputed(CLAIM, field, None, None, None)
    with pytest.raises(RefusedError):
        write(desk_of(dispute.record), dispute, words)


def test_all_that_is_open_is_found_in_the_order_of_the_texts_and_what_has_no_place_last(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        tag(session, SAW, MET, SHOT)
        made = {one.exact: one for one in session.records.records() if isinstance(one, Claim)}
        entry = conflict("memo", None, "ours", "theirs").plain
        link = Contradiction(
            id="x00000000000a", annotator="ada", claims=(CLAIM.id, OTHER.id), created=TIME, conflicts=(entry,)
        )
        changes = [Change(one, replace(one, conflicts=(entry, entry))) for one in (made[SAW], made[SHOT])]
        session.do(Gesture("conflicts", (*changes, Change(None, link))))
        found = session.disputes
        assert len(found) == 5
        assert found.in_article("one") + found.in_article("two") == 4
        places = [found.place_of(one) for one in found.all()]
        assert places[-1] is None
        assert places[:-1] == sorted(place for place in places if place is not None)
        session.do(settle(session.desk, found.all()[0], Side.THEIRS))
        assert len(found) == 4
        session.undo()
        assert len(found) == 5


def test_remarks_on_what_is_gone_are_found(tmp_path: Path) -> None:
    root = make_workspace(tmp_path).root
    with opened(root, "ben") as session:
        tag(session, MET)
        exported(session)
    with opened(root) as session:
        theirs = session.colleagues["ben"].claims_in("one")[0]
        session.do(remarking.remark(session, theirs, Stance.COMMENT, "is that so?"))
        assert disputes.loose_remarks(session) == ()
        exported(session)
    (root / "annotations/ben/one.yaml").unlink()
    with opened(root) as session:
        loose = disputes.loose_remarks(session)
        assert [one.memo for one in loose] == ["is that so?"]
        session.do(remarking.delete(loose[0]))
        assert session.records.remarks() == ()
