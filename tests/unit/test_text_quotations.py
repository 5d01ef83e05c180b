"""The quotation around an offset, for the marks that newspapers use."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.text.quotations import quotation_around


def quotation(text: str) -> str | None:
    """The quotation around `^`, which is no part of the text."""
    offset = text.index("^")
    text = text.replace("^", "")
    found = quotation_around(text, offset)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('that the balloon incident "chapter ^should be closed." At the', '"chapter should be closed."'),
        ("continue to challenge China’s “core ^interests”, said Shi", "“core interests”"),
        (
            "‘China will ^not challenge or replace the US’, Xi tells Blinken",
            "‘China will not challenge or replace the US’",
        ),
        ("Er sagte: „Das ist ^gut“, und ging", "„Das ist gut“"),
        ("Il a dit : «\u00a0^Oui\u00a0», puis", "«\u00a0Oui\u00a0»"),
        ("Er sagte: »Das ist ^gut«, und ging", "»Das ist gut«"),
        ("Hon sade: ”Det är ^bra”, och gick", "”Det är bra”"),
        ("他说：「^好。」", "「好。」"),
        ("he said—“^yes”—and left", "“yes”"),
    ],
)
def test_a_quotation_is_found_with_its_marks(text: str, expected: str) -> None:
    assert quotation(text) == expected


@pytest.mark.parametrize("text", ["so ^“a” b", "so “^a” b", "so “a^” b"])
def test_the_marks_belong_to_the_quotation(text: str) -> None:
    assert quotation(text) == "“a”"


@pytest.mark.parametrize("text", ["s^o “a” b", "so “a”^ b", "so “a” b^", "^", "“a” ^and “b”", '"a" ^and "b"'])
def test_outside_quotation_marks_is_no_quotation(text: str) -> None:
    assert quotation(text) is None


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert quotation("China’s view ^isn’t ours") is None
    assert quotation("China's view ^isn't ours") is None
    assert quotation("‘We don’t ^know’, he said") == "‘We don’t know’"


def test_the_innermost_quotation_counts() -> None:
    assert quotation("“He said ‘^no’ twice”, she said") == "‘no’"
    assert quotation("“He ^said ‘no’ twice”, she said") == "“He said ‘no’ twice”"


def test_a_paragraph_of_a_quotation_that_goes_on_reaches_to_its_end() -> None:
    assert quotation("“We will ^meet.\n“And talk,” he said.") == "“We will meet."
    assert quotation("“We will meet.\n“And ^talk,” he said.") == "“And talk,”"


def test_a_mark_that_is_never_closed_is_doubtful() -> None:
    assert quotation("He said “we will ^meet.") is None
    assert quotation("“Never ^closed. Then “closed”.") is None
    assert quotation("“Never closed. Then “^closed”.") == "“closed”"
    assert quotation("the ^talks” were") is None
    assert quotation("He is 6' 2\" ^tall and 5' 9\" wide") is None


def test_a_quotation_does_not_reach_over_a_line() -> None:
    assert quotation("He said “we\n^will” meet") is None


@settings(max_examples=300)
@given(st.text(st.sampled_from("a b.,\n\"'“”„‘’‚«»‹›「」"), max_size=30), st.integers(0, 30))
@example("“", 0)
def test_whatever_the_marks_a_quotation_holds_the_offset_in_its_line(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    found = quotation_around(text, offset)
    if found is not None:
        start, end = found
        assert start <= offset < end <= len(text)
        assert "\n" not in text[start:end]
        assert text[start] in "\"'“”„‘‚«»‹›「"
