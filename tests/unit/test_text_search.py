"""Queries: words as a person means them, and patterns that can't do harm."""

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import RefusedError
from tui.text.cells import cells
from tui.text.kwic import in_context
from tui.text.search import Matches, SlowPatternError, query_of

LETTERS = "aAbBéÉ'’‘\"“”-–— \n\t.中"
TEXTS = st.text(LETTERS, max_size=60)
WORDS = st.text(LETTERS, min_size=1, max_size=5).filter(lambda words: words.strip())


def found(words: str, text: str, *, is_pattern: bool = False) -> list[str]:
    return [text[start:end] for start, end in query_of(words, is_pattern=is_pattern).spans(text)]


def plain(text: str, *, small: bool) -> list[tuple[str, int, int]]:
    """The text as it is searched: characters that are alike made one, white space made one space, each with the place
    it has in the text."""
    out: list[tuple[str, int, int]] = []
    for match in re.finditer(r"\s+|.", text):
        character = match.group()
        if character.isspace():
            character = " "
        for one, alike in (("'", "’‘"), ('"', "“”"), ("-", "–—")):
            character = one if character in alike else character
        out.append((character.lower() if small else character, *match.span()))
    return out


def naively(words: str, text: str) -> list[tuple[int, int]]:
    small = words.lower() == words
    wanted = [character for character, _, _ in plain(words, small=small)]
    characters = plain(text, small=small)
    spans, position = [], 0
    while position + len(wanted) <= len(characters):
        piece = characters[position : position + len(wanted)]
        if [character for character, _, _ in piece] == wanted:
            spans.append((piece[0][1], piece[-1][2]))
            position += len(wanted)
        else:
            position += 1
    return spans


@given(WORDS, TEXTS)
def test_a_search_finds_what_a_naive_search_of_the_plain_text_finds(words: str, text: str) -> None:
    assert list(query_of(words).spans(text)) == naively(words, text)


@given(WORDS, TEXTS, st.integers(0, 60))
def test_the_first_match_is_the_first_that_begins_there_or_after(words: str, text: str, start: int) -> None:
    first = query_of(words).first(text, start)
    assert first is None or first[0] >= start
    # Where matches overlap, another than those of the whole search may be the first from here.
    if any(begin >= start for begin, _ in naively(words, text)):
        assert first is not None
        assert first[0] <= min(begin for begin, _ in naively(words, text) if begin >= start)


@given(WORDS, TEXTS)
def test_matches_of_a_pattern_are_those_of_the_words_it_escapes(words: str, text: str) -> None:
    exact = re.escape(words)
    pattern = query_of(exact, is_pattern=True)
    flags = 0 if words.lower() != words else re.IGNORECASE
    assert list(pattern.spans(text)) == [match.span() for match in re.finditer(exact, text, flags)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=20), st.integers(0, 99), st.integers(1, 50))
def test_matches_in_a_stretch_are_those_that_overlap_it(gaps: list[tuple[int, int]], start: int, length: int) -> None:
    spans, position = [], 0
    for gap, size in gaps:
        spans.append((position + gap, position + gap + size))
        position = spans[-1][1]
    matches = Matches(spans)
    assert len(matches) == len(spans)
    assert matches.between(start, start + length) == [
        span for span in spans if span[0] < start + length and start < span[1]
    ]
    assert matches.at_or_after(start) == sum(span[0] < start for span in spans)


def test_small_letters_find_capitals_and_a_capital_is_exact() -> None:
    assert found("xi", "Xi and XI and xi") == ["Xi", "XI", "xi"]
    assert found("Xi", "Xi and XI and xi") == ["Xi"]


def test_straight_and_curly_marks_and_all_dashes_are_the_same() -> None:
    both = ["“That’s it” – no", '"that\'s it" — no']
    assert found('"that\'s it" - no', ", ".join(both)) == both
    assert found("u.s.-china", "U.S.‑China and U.S.–China") == ["U.S.‑China", "U.S.–China"]


def test_any_white_space_is_one_space_a_line_break_too() -> None:
    assert found("spy balloon", "spy\n balloon, spy\u00a0balloon, spyballoon") == ["spy\n balloon", "spy\u00a0balloon"]
    assert found("spy  balloon", "spy balloon") == ["spy balloon"]
    assert found(" balloon", "a \n balloon") == [" \n balloon"]


def test_nothing_in_words_is_an_operator() -> None:
    assert found("(a.*b)", "(a.*b) axxb") == ["(a.*b)"]
    assert found("a\\b", "a\\b") == ["a\\b"]


def test_a_pattern_takes_escapes_for_no_capitals() -> None:
    assert found(r"\Sinken\b", "Blinken blinken", is_pattern=True) == ["linken", "linken"]
    assert found(r"\p{Lu}i", "Xi xi", is_pattern=True) == ["Xi", "xi"], "small letters find capitals, as with words"
    assert found("Xi|B", "Xi xi b", is_pattern=True) == ["Xi"]


def test_a_pattern_goes_by_lines_and_what_is_empty_is_no_match() -> None:
    assert found("^two|x*", "one\ntwo", is_pattern=True) == ["two"]


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_nothing_to_search_for_is_refused(words: str) -> None:
    with pytest.raises(RefusedError, match="nothing to search for"):
        query_of(words)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(RefusedError, match="no more than 1000"):
        query_of("x" * 1001)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("(20", "this is no regular expression: missing )"),
        ("a**", "multiple repeat"),
        ("[z", "unterminated"),
        ("\\", "bad escape"),
        (r"\p{Foo}", "unknown property"),
        (r"\L<x>", "undefined named list"),
        ("(?R)", "calls itself"),
        ("(?:a(?1)?)", "calls itself"),
        ("((a{1000}){1000}){1000}", "repeats too often"),
        ("(" * 490 + ")" * 490, "make it simpler"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, sentence: str) -> None:
    with pytest.raises(RefusedError) as caught:
        query_of(pattern, is_pattern=True)
    assert sentence in str(caught.value)


@given(st.text("(){}[]?*+|\\^$.,:<>=!-&1a", max_size=12))
def test_whatever_is_typed_as_a_pattern_is_searched_for_or_refused(pattern: str) -> None:
    try:
        query = query_of(pattern, is_pattern=True)
    except RefusedError:
        return
    for start, end in query.spans("a1 aa (11)"):
        assert start < end


def test_a_pattern_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.text.search.PATIENCE", 0.1)
    begun = perf_counter()
    with pytest.raises(SlowPatternError, match="takes too long"):
        list(query_of("(a|aa)+c", is_pattern=True).spans("a" * 5000 + "b"))
    assert perf_counter() - begun < 5


def test_long_runs_of_white_space_cost_no_more_than_their_length() -> None:
    text = " " * 300_000
    begun = perf_counter()
    for words in (" x", "x ", '" x', ' "x', ' "'):
        assert found(words, text) == []
        assert found(words, f"{text}{words}")[0].strip() == words.strip()
    assert perf_counter() - begun < 5, "it would take minutes"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two balloon three", ("   one two ", "balloon", " three")),
        ("one two three balloon", (" two three ", "balloon", "")),
        ("中国中国中国 balloon 中国中国中国", ("国中国中国 ", "balloon", " 中国中…")),
        ("a\n\nb balloon", ("       a b ", "balloon", "")),
        ("\x1b[31m balloon \u202ex", ("     ␛[31m ", "balloon", " \ufffdx")),
    ],
)
def test_a_match_stands_in_the_middle_of_its_line(text: str, shown: tuple[str, str, str]) -> None:
    start = text.index("balloon")
    assert in_context(text, start, start + 7, 11, 15) == shown


@given(
    st.text("ab 中é\u0301\u200d\x1b\u202e\n👩", max_size=40), st.integers(0, 39), st.integers(1, 9), st.integers(2, 20)
)
def test_what_precedes_fills_exactly_its_cells(text: str, start: int, length: int, left: int) -> None:
    if start < len(text):
        before, match, after = in_context(text, start, min(len(text), start + length), left, 12)
        assert cells(before) == left
        assert cells(match + after) <= 12
