"""Which of two versions stands in a record after a merge: ours, as the entry beside it says."""

from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.conflicts import as_json, marked, read_conflict
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
    """What a person or a merge made of a record: a new memo, settled or not, or merged with a branch."""
    match draw(st.sampled_from(["leaves", "settles", "writes", "merges"])):
        case "leaves":
            return before
        case "settles":
            return _claim(draw(_words))
        case "writes":
            return _claim(draw(_words), _entries(before))
        case _:
            return _merged(before, _claim(draw(_words)), _claim(draw(_words), _entries(before)))


@st.composite
def _trios(draw: st.DrawFn) -> tuple[Record, Record, Record]:
    base = _merged(_claim(draw(_words)), _claim(draw(_words)), _claim(draw(_words)))
    return base, draw(_sides(base)), draw(_sides(base))


@given(_trios())
def test_where_a_disagreement_is_new_our_side_s_version_stands_in_the_record(
    trio: tuple[Record, Record, Record],
) -> None:
    base, ours, theirs = trio
    merged = merge_plain("claims", base, ours, theirs)
    if not merged.is_fresh or ours.get("memo") is None:  # what we took away stands as they have it
        return
    assert merged.plain is not None
    assert merged.plain.get("memo") == ours["memo"], trio
    known = {marked(plain) for side in trio for plain in _entries(side)}
    new = [each for plain in _entries(merged.plain) if marked(plain) not in known and (each := read_conflict(plain))]
    assert all(as_json(entry.theirs) != as_json(ours["memo"]) for entry in new), trio
