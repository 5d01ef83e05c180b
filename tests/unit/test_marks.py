"""A letter under thousands of marks costs no more than any other."""

from tui.text.cells import graphemes, shown


def test_a_letter_is_shown_with_as_many_marks_as_any_script_has() -> None:
    stack = "e" + "\u0301" * 10_000
    assert shown(f"a {stack} b") == "a e" + "\u0301" * 16 + " b"
    assert shown("e\u0301\u0323") == "e\u0301\u0323"


def test_it_is_one_letter_still_and_what_follows_is_found_where_it_stands() -> None:
    stack = "e" + "\u0301" * 10_000
    text = f"a{stack}b"
    assert list(graphemes(text, 0, len(text))) == [(0, 1, 1), (1, 10_002, 1), (10_002, 10_003, 1)]
