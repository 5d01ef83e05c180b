"""The list of places one jumped from, without screens."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.places import MOST, Place, Places

A, B, C, D = (Place("one", offset) for offset in (0, 100, 200, 300))
E = Place("two", 0)
SCREEN = object()


def way(*stops: Place) -> Places:
    """A reader who jumped from each to the next."""
    places = Places()
    for left, come_to in pairwise(stops):
        places.moved([left], come_to)
    return places


def test_back_leads_to_where_one_jumped_from_and_forward_to_where_one_was() -> None:
    places = way(A, B, C)
    assert [places.step(C, -1), places.step(B, -1), places.step(A, -1)] == [B, A, None]
    assert [places.step(A, 1), places.step(B, 1), places.step(C, 1)] == [B, C, None]


def test_a_place_one_read_on_from_is_remembered_where_one_left_it() -> None:
    places = way(A, B)
    places.moved([C], E)
    assert places.stops == [A, C, E]
    assert places.step(E, -1) == C
    assert places.step(D, 1) == E
    assert places.stops == [A, D, E]


def test_going_somewhere_new_cuts_off_what_lay_forward() -> None:
    places = way(A, B, C)
    places.step(C, -1)
    places.moved([B], E)
    assert places.stops == [A, B, E]
    assert places.step(E, 1) is None


def test_the_same_place_twice_in_a_row_is_one() -> None:
    places = way(A, B)
    places.moved([B], B)
    assert places.stops == [A, B]


def test_steps_from_record_to_record_are_one_jump_until_one_reads_on() -> None:
    places = Places()
    places.moved([A], B, "record")
    places.moved([B], C, "record")
    assert places.stops == [A, C]
    places.moved([D], E, "record")
    assert places.stops == [A, D, E]
    places.moved([E], B, "match")
    assert places.stops == [A, D, E, B]


def test_a_change_of_pane_does_not_lose_where_one_was_in_the_other() -> None:
    places = way(A, B)
    places.moved([E], C)
    assert places.stops == [A, B, E, C]
    places.step(C, -1)
    assert places.step(A, -1) == E, "from the other pane, back is where one jumped to last"


def test_a_screen_that_led_away_is_a_stop_of_its_own() -> None:
    places = Places()
    places.moved([A, SCREEN], B)
    assert places.step(B, -1) is SCREEN
    assert places.step(SCREEN, -1) == A
    places.step(A, 2)
    places.step(B, -1)
    places.moved([B, SCREEN], C)
    assert places.stops == [A, SCREEN, C], "the second hit of the same search"


def test_from_the_library_back_is_where_one_was_last() -> None:
    places = way(A, B)
    assert places.step(None, -1) == B
    assert places.step(None, -2) == A
    assert places.step(None, 1) == B


def test_a_screen_one_closed_is_not_come_back_to_at_the_first_step() -> None:
    places = Places()
    places.moved([A, SCREEN], B)
    places.step(B, -1)
    assert places.step(B, -1) == A


def test_what_is_gone_is_forgotten() -> None:
    places = way(A, E, B, C)
    places.step(C, -1)
    places.keep(lambda stop: stop != E)
    assert places.stops == [A, B, C]
    assert places.step(B, -1) == A


@given(st.lists(st.tuples(st.sampled_from("mrbf<"), st.integers(0, 400), st.integers(0, 4)), max_size=300))
def test_the_list_never_grows_beyond_its_bound_and_one_is_always_at_a_stop(
    steps: list[tuple[str, int, int]],
) -> None:
    places = Places()
    at = A
    for kind, offset, number in steps:
        if kind in "mr":
            to = Place(f"a{number}", offset)
            places.moved([at, SCREEN] if number == 4 else [at], to, "r" if kind == "r" else "")
            at = to
        elif kind == "<":
            at = Place(at.article, offset)
        else:
            stop = places.step(at if number else None, -number if kind == "b" else number)
            at = stop if isinstance(stop, Place) else at
        assert len(places.stops) <= MOST + 1
        assert not places.stops or 0 <= places.here < len(places.stops)
