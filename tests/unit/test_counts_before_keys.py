"""Keys as they become actions: counts and sequences."""

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.actions import Action, Where
from tui.ui.keys import MOST, Keys


def keys(*bindings: str) -> Keys:
    return Keys.of(Action(name, (name,), "", Where.READER, "") for name in bindings)


def fed(machine: Keys, typed: str) -> list[tuple[str, int | None]]:
    """The actions that these keys complete, and their counts."""
    actions = ((machine.feed(key), machine.count) for key in typed.split())
    return [(action.id, count) for action, count in actions if action is not None]


def test_a_count_goes_before_a_key_or_a_sequence() -> None:
    assert fed(keys("j", "g g"), "5 j j 1 2 j 3 g g g g") == [
        ("j", 5),
        ("j", None),
        ("j", 12),
        ("g g", 3),
        ("g g", None),
    ]


def test_no_count_begins_with_0() -> None:
    assert fed(keys("j"), "0 j 1 0 j") == [("j", None), ("j", 10)]


def test_escape_ends_what_was_begun_and_means_nothing_else_then() -> None:
    machine = keys("j", "g g", "escape")
    assert fed(machine, "5 escape j 5 g escape j escape") == [("j", None), ("j", None), ("escape", None)]


def test_backspace_takes_back_a_digit_or_the_sequence() -> None:
    machine = keys("j", "g g")
    assert fed(machine, "5 2 backspace j") == [("j", 5)]
    assert fed(machine, "5 backspace j 5 g backspace j") == [("j", None), ("j", None)]


def test_a_key_that_means_nothing_ends_the_count() -> None:
    assert fed(keys("j"), "5 x j") == [("j", None)]


def test_a_digit_that_someone_bound_is_no_count() -> None:
    assert fed(keys("1", "j"), "1 j 2 1 j") == [("1", None), ("j", None), ("1", 2), ("j", None)]


def test_a_count_has_an_end() -> None:
    ((_, count),) = fed(keys("j"), "9 " * 40 + "j")
    assert count == MOST


@given(st.lists(st.sampled_from(["0", "1", "9", "j", "g", "escape", "backspace", "x"]), max_size=30))
def test_what_waits_is_what_a_person_would_read(typed: list[str]) -> None:
    machine = keys("j", "g g")
    for key in typed:
        action = machine.feed(key)
        if action is not None or key == "escape":
            assert machine.typed == ""
    assert machine.typed == " ".join(filter(None, (machine.digits, *machine.pending)))
