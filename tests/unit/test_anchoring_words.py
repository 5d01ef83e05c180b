"""What differs between the words of a claim and those of the article now."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.anchoring_words import changed_part, differing

# Words that stand in both texts hundreds of times: a comparison of each with each, again and again, takes seconds.
HOSTILE = [
    ("a b " * 100, "a c " * 100),
    ("a " * 400, "b " * 400),
    ("a b " * 200, "a c b " * 133),
    ("x" * 2_000_000, "! " * 1_000_000),
]
texts = st.text(st.sampled_from("ab2 .,\n"), max_size=60) | st.text(max_size=30)


def test_the_words_that_differ_are_told_from_those_that_stayed() -> None:
    was, now = differing("Three planes were lost.", "Two planes were lost.")
    assert was == (("Three", True), (" planes were lost.", False))
    assert now == (("Two", True), (" planes were lost.", False))
    assert changed_part("Three planes were lost.", "Two planes were lost.") == ("Three", "Two")
    assert changed_part("It was said.", "It was never said.") == ("", "never ")
    assert changed_part("a a a", "a a") == (" a", "")
    assert changed_part("the same", "the same") == ("", "")


@given(texts, texts)
def test_the_pieces_make_up_both_texts_and_those_that_stayed_are_the_same(old: str, new: str) -> None:
    was, now = differing(old, new)
    assert "".join(words for words, _ in was) == old
    assert "".join(words for words, _ in now) == new
    kept = ["".join(words for words, differs in side if not differs) for side in (was, now)]
    assert kept[0] == kept[1]
    before, after = changed_part(old, new)
    assert old.replace(before, after, 1) == new or before == "" or old.count(before) > 1
    assert (before, after) == ("", "") if old == new else before != after


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_quotes_made_to_take_long_are_compared_at_once(old: str, new: str) -> None:
    seconds = []
    for compare in (differing.__wrapped__, changed_part):
        started = time.perf_counter()
        compare(old, new)
        seconds.append(time.perf_counter() - started)
    assert max(seconds) < 0.1


def test_a_quote_that_stays_on_the_screen_is_compared_once() -> None:
    assert differing("one two", "one three") is differing("one two", "one three")
