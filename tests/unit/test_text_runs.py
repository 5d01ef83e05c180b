"""Marks that overlap in any way, as the runs that a row is drawn from."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.runs import Runs

marks_of = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abcde")), max_size=60)


def test_overlapping_claims_become_runs_with_the_keys_of_all_of_them() -> None:
    runs = Runs([(0, 10, "fact"), (5, 15, "quote"), (7, 8, "cursor")])
    assert runs.between(0, 20) == [
        (0, 5, ("fact",)),
        (5, 7, ("fact", "quote")),
        (7, 8, ("fact", "quote", "cursor")),
        (8, 10, ("fact", "quote")),
        (10, 15, ("quote",)),
    ]


def test_runs_are_cut_to_the_row_asked_for() -> None:
    runs = Runs([(0, 100, "fact"), (50, 60, "quote")])
    assert runs.between(55, 70) == [(55, 60, ("fact", "quote")), (60, 70, ("fact",))]
    assert runs.between(20, 30) == [(20, 30, ("fact",))]


def test_keys_stand_in_the_order_given_whatever_begins_first() -> None:
    assert Runs([(5, 9, "later"), (0, 9, "sooner")]).between(5, 9) == [(5, 9, ("later", "sooner"))]


def test_what_no_mark_covers_is_in_no_run() -> None:
    runs = Runs([(2, 4, 1), (4, 6, 2), (8, 9, 3), (7, 7, 4), (9, 5, 5)])
    assert runs.between(0, 12) == [(2, 4, (1,)), (4, 6, (2,)), (8, 9, (3,))]
    assert runs.between(6, 8) == []
    assert runs.between(3, 3) == []
    assert Runs[str]([]).between(0, 12) == []


@settings(max_examples=300)
@given(marks_of, st.integers(0, 45), st.integers(0, 45))
def test_every_offset_has_the_keys_of_the_marks_over_it(
    marks: list[tuple[int, int, str]], start: int, end: int
) -> None:
    runs = Runs(marks).between(start, end)
    assert [bound for run in runs for bound in run[:2]] == sorted(bound for run in runs for bound in run[:2])
    assert all(begin < stop for begin, stop, _ in runs)
    found = {offset: keys for begin, stop, keys in runs for offset in range(begin, stop)}
    expected = {
        offset: tuple(key for begin, stop, key in marks if begin <= offset < stop) for offset in range(start, end)
    }
    assert found == {offset: keys for offset, keys in expected.items() if keys}


def test_thousands_of_claims_on_top_of_each_other_are_looked_up_all_the_same() -> None:
    depth = 5_000
    runs = Runs((place, 2 * depth - place, place) for place in range(depth))
    assert runs.between(depth - 1, depth + 1) == [(depth - 1, depth + 1, tuple(range(depth)))]
    assert runs.between(2 * depth - 2, 2 * depth) == [
        (2 * depth - 2, 2 * depth - 1, (0, 1)),
        (2 * depth - 1, 2 * depth, (0,)),
    ]
