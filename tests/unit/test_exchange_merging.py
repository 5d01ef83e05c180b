"""Reading YAML back: what comes in by itself, and what a person has to decide."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.merging import Clash, Merge, merge
from tui.exchange.merging_fields import Prefer
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Record
from tui.model.span import Span

CLAIM = Claim(
    id="c00000000000a",
    annotator="ada",
    article="a",
    text_sha256="0" * 64,
    span=Span(0, 4),
    exact="word",
    prefix="",
    suffix="",
    tags=("fact", "date"),
    created="2026-11-21T20:00:00Z",
)
EDITED = replace(CLAIM, gist="edited here")
OTHERWISE = replace(CLAIM, gist="edited there")
LINK = Contradiction(
    id="x00000000000a",
    annotator="ada",
    claims=("c00000000000a", "c00000000000b"),
    kinds=("date", "cause"),
    created="2026-11-21T20:00:00Z",
)
GROUP = DuplicateGroup(id="d00000000000a", annotator="ada", claims=LINK.claims, created=LINK.created)


def of(*records: Record | None) -> dict[str, Record]:
    return {record.id: record for record in records if record is not None}


def test_nothing_changed_is_nothing_to_do() -> None:
    assert merge(of(CLAIM, LINK), of(CLAIM, LINK), of(CLAIM, LINK)) == Merge((), ())


def test_what_only_they_made_changed_or_deleted_comes_in() -> None:
    assert merge({}, {}, of(CLAIM)).changes == (Change(None, CLAIM),)
    assert merge(of(CLAIM), of(CLAIM), of(EDITED)).changes == (Change(CLAIM, EDITED),)
    assert merge(of(CLAIM), of(CLAIM), {}).changes == (Change(CLAIM, None),)


def test_what_only_we_made_changed_or_deleted_stays() -> None:
    assert merge({}, of(CLAIM), {}) == Merge((), ())
    assert merge(of(CLAIM), of(EDITED), of(CLAIM)) == Merge((), ())
    assert merge(of(CLAIM), {}, of(CLAIM)) == Merge((), ())


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    assert merge(of(CLAIM), of(EDITED), of(EDITED)) == Merge((), ())
    assert merge({}, of(CLAIM), of(CLAIM)) == Merge((), ())
    assert merge(of(CLAIM), {}, {}) == Merge((), ())


BOTH = replace(
    EDITED,
    conflicts=({"field": "gist", "base": None, "ours": "edited here", "theirs": "edited there"},),
)


def test_different_changes_of_different_fields_come_together() -> None:
    merged = merge(of(CLAIM), of(EDITED), of(replace(CLAIM, memo="there")))
    assert merged == Merge((Change(EDITED, replace(EDITED, memo="there")),), ())


def test_different_changes_of_one_field_both_stand_in_the_record() -> None:
    assert merge(of(CLAIM), of(EDITED), of(OTHERWISE)) == Merge((Change(EDITED, BOTH),), (), (BOTH,))
    assert merge({}, of(EDITED), of(OTHERWISE)) == Merge((Change(EDITED, BOTH),), (), (BOTH,))
    assert merge(of(CLAIM), of(BOTH), of(OTHERWISE)) == Merge((), ())


def test_a_preference_decides_what_disagrees() -> None:
    theirs = replace(OTHERWISE, memo="there")
    ours = merge(of(CLAIM), of(EDITED), of(theirs), Prefer.OURS)
    assert ours == Merge((Change(EDITED, replace(EDITED, memo="there")),), ())
    assert merge(of(CLAIM), of(EDITED), of(theirs), Prefer.THEIRS) == Merge((Change(EDITED, theirs),), ())


def test_a_deletion_against_an_edit_clashes_either_way() -> None:
    assert merge(of(CLAIM), {}, of(EDITED)) == Merge((), (Clash(CLAIM.id, CLAIM, None, EDITED),))
    assert merge(of(CLAIM), of(EDITED), {}) == Merge((), (Clash(CLAIM.id, CLAIM, EDITED, None),))


def test_records_are_decided_one_by_one() -> None:
    merged = merge(of(CLAIM, LINK), of(EDITED, LINK), of(OTHERWISE, replace(LINK, memo="new"), GROUP))
    assert merged.changes == (Change(EDITED, BOTH), Change(LINK, replace(LINK, memo="new")), Change(None, GROUP))
    assert (merged.clashes, merged.disagreeing) == ((), (BOTH,))


def test_the_order_of_ends_kinds_and_tags_is_no_difference() -> None:
    turned = of(
        replace(LINK, claims=LINK.claims[::-1], kinds=LINK.kinds[::-1]),
        replace(GROUP, claims=GROUP.claims[::-1]),
        replace(CLAIM, tags=CLAIM.tags[::-1]),
    )
    straight = of(LINK, GROUP, CLAIM)
    assert merge(straight, straight, turned) == Merge((), ())
    assert merge({}, straight, turned) == Merge((), ())
    edited = {**straight, CLAIM.id: EDITED}
    assert merge(straight, edited, turned) == Merge((), ())


def test_the_order_of_who_says_it_is_a_difference() -> None:
    chain = replace(CLAIM, said_by=("Antony Blinken", "Axios"))
    turned = replace(CLAIM, said_by=("Axios", "Antony Blinken"))
    assert merge(of(chain), of(chain), of(turned)).changes == (Change(chain, turned),)


def test_notes_on_articles_merge_as_other_records_do() -> None:
    note = ArticleNote(annotator="ada", article="a", memo="x")
    finished = replace(note, finished=True)
    assert merge(of(note), of(note), of(finished)).changes == (Change(note, finished),)


sides = st.lists(st.sampled_from([None, CLAIM, EDITED, OTHERWISE]), min_size=3, max_size=3)


@settings(max_examples=100, deadline=None)
@given(st.lists(sides, max_size=4))
def test_once_taken_in_and_decided_a_merge_has_nothing_left_to_do(rows: list[list[Claim | None]]) -> None:
    numbered = [
        [None if claim is None else replace(claim, id=f"c{number:012d}") for claim in row]
        for number, row in enumerate(rows)
    ]
    base, ours, theirs = (of(*(row[side] for row in numbered)) for side in range(3))
    merged = merge(base, ours, theirs)
    after = dict(ours)
    for change in merged.changes:
        assert after.get(change.record.id) == change.before
        if change.after is None:
            del after[change.record.id]
        else:
            after[change.record.id] = change.after
    again = merge(base, after, theirs)
    assert again == Merge((), merged.clashes)
    assert merge(theirs, after, theirs) == Merge((), ())
