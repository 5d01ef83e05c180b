"""Which of two versions stands in a record after a merge: ours, as the entry beside it says."""

from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.conflicts import marked, read_conflict
from tui.exchange.merging_fields import merge_plain
from tui.model.records import Plain

Record = dict[str, Plain]
_ID: Record = {"span": [0, 5], "exact": "words"}
_words = st.sampled_from([None, "one", "two", "three", "four"])


def _claim(memo: str | None, entries: list[Plain] | None = None) -> Record:
    return {**_ID, **({} if memo is None else {"memo": memo}), **({"conflicts": entries} if entries else {})}


def _entries(record: Record) -> list[Plain]:
    entries = record.get("conflicts", [])
    assert isinstance(entries, list)
    return entries


def _merged(base: Record, ours: Record, theirs: Record) -> Record:
    found = merge_plain("claims", base, ours, theirs).plain
    assert found is not None
    return found


def test_where_two_settled_one_disagreement_in_two_ways_what_was_settled_here_stands() -> None:
    both = _merged(_claim("Begun"), _claim("Home"), _claim("Work"))
    for here, there in (("Home", "Work"), ("Work", "Home")):
        found = _merged(both, _claim(here), _claim(there))
        assert found["memo"] == here
        (entry,) = map(read_conflict, _entries(found))
        assert entry is not None
        assert (entry.base, entry.ours, entry.theirs) == (both["memo"], here, there)


@st.composite
def _sides(draw: st.DrawFn, before: Record) -> Record:
    """What a person made of a record: nothing, or a memo that settles what was open."""
    return before if draw(st.integers(0, 4)) == 0 else _claim(draw(_words))


@st.composite
def _trios(draw: st.DrawFn) -> tuple[Record, Record, Record]:
    base = _merged(_claim(draw(_words)), _claim(draw(_words)), _claim(draw(_words)))
    return base, draw(_sides(base)), draw(_sides(base))


@given(_trios())
def test_where_a_disagreement_is_new_what_stands_is_the_version_it_calls_ours(
    trio: tuple[Record, Record, Record],
) -> None:
    base, ours, theirs = trio
    merged = merge_plain("claims", base, ours, theirs)
    if not merged.is_fresh:
        return
    found = merged.plain
    assert found is not None
    known = {marked(plain) for side in trio for plain in _entries(side)}
    new = [plain for plain in _entries(found) if marked(plain) not in known]
    assert new, trio
    for entry in filter(None, map(read_conflict, new)):
        assert entry.base == base.get("memo"), trio
        if "memo" not in ours and entry.ours is None:  # what we took away stands as they have it
            assert found["memo"] == entry.theirs, trio
        else:
            assert found.get("memo") == entry.ours, trio
        if ours.get("memo") is not None and ours["memo"] in (entry.ours, entry.theirs):
            assert found["memo"] == ours["memo"], trio


# --- places ---

PLACED: Record = {"span": [10, 15], "exact": "words", "prefix": "some ", "suffix": " here", "text_sha256": "1" * 64}
MEASURED: Record = {**PLACED, "span": [13, 18], "text_sha256": "2" * 64}
RESPANNED: Record = {**PLACED, "span": [5, 15], "exact": "some words", "prefix": "", "suffix": " here"}


def test_a_place_that_a_person_gave_stands_against_one_that_was_only_measured_in_a_corrected_text() -> None:
    for ours, theirs in ((MEASURED, RESPANNED), (RESPANNED, MEASURED)):
        merged = merge_plain("claims", PLACED, ours, theirs)
        assert (merged.plain, merged.is_fresh) == (RESPANNED, False)


def test_two_who_measured_one_place_in_two_texts_agree_whoever_merges() -> None:
    other: Record = {**PLACED, "span": [9, 14], "text_sha256": "3" * 64}
    here, there = (merge_plain("claims", PLACED, *sides) for sides in ((MEASURED, other), (other, MEASURED)))
    assert here == there
    assert here.plain in (MEASURED, other)
    assert not here.is_fresh


def test_two_places_that_people_gave_and_the_same_words_elsewhere_are_a_conflict() -> None:
    elsewhere: Record = {**PLACED, "span": [80, 85], "prefix": "other ", "text_sha256": "2" * 64}
    same_text: Record = {**PLACED, "span": [80, 85]}
    longer: Record = {**PLACED, "exact": "words here", "span": [10, 20]}
    for theirs in (elsewhere, same_text, longer):
        merged = merge_plain("claims", PLACED, RESPANNED, theirs)
        assert merged.is_fresh
        assert merged.plain is not None
        assert merged.plain["span"] == RESPANNED["span"]
    twin: Record = {**MEASURED, "span": [60, 65]}
    assert merge_plain("claims", PLACED, MEASURED, twin).is_fresh
