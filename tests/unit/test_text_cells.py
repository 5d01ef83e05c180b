"""What the terminal is shown: never a command, always in known cells, cut only between characters."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.cells import (
    cells,
    fit,
    graphemes,
    is_narrow,
    next_grapheme,
    plain_line,
    previous_grapheme,
    shown,
    whole_graphemes,
)

AWKWARD = (
    "a1 ,\n\t\x1b\x7f\x9b\u00ad\u0301\u0308\u200b\u200d\u200c\u200e\u202e\u2028\ufe0e\ufe0f\u20e3"
    "\ufeff\u3164\ud800\uffff漢\u3000각\u1100\u1160\u11a8\uff9e👍🏽👩👧❤🇺🇸🏴\U000e0067क्ष\u093f\u0d4e\u0600\u0dc1\u0dca\u0dbb\u102b…“’"
)
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(codec=None)), max_size=30)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in graphemes(text, 0, len(text))]


def test_an_escape_sequence_is_visible_text() -> None:
    assert shown("\x1b]52;c;aGk=\x07 \x1b[2J\x7f\x9b31m") == "␛]52;c;aGk=␇ ␛[2J␡\ufffd31m"


def test_text_can_not_turn_its_direction() -> None:
    assert shown("abc\u202edef\u2066ghi\u200f") == "abc\ufffddef\ufffdghi\ufffd"


def test_a_tab_is_one_space() -> None:
    assert shown("a\tb") == "a b"
    assert shown("漢\tb") == "漢 b"


def test_what_has_no_looks_is_not_shown() -> None:
    assert shown("co\u00adop\u200ber\u2060ate\ufeff \U000e0041\ufff9") == "cooperate "


def test_marks_selectors_and_joined_emoji_stay() -> None:
    for text in ("e\u0301", "❤️", "👩\u200d👧", "می\u200cخواهم"):
        assert shown(text) == text


def test_a_joiner_that_joins_no_emoji_is_not_shown() -> None:
    assert shown("a\u200db👩\u200d") == "ab👩"
    assert cells("a\u200db") == 2


@settings(max_examples=300)
@given(texts)
def test_whatever_the_text_no_control_reaches_the_terminal(text: str) -> None:
    for character in shown(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), ascii(text)
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
        assert character not in "\u200e\u200f\u061c"


def test_no_single_code_point_is_a_control_when_shown() -> None:
    everything = "".join(map(chr, range(0x110000)))
    left = {character for character in shown(everything) if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")}
    assert left == set()


@settings(max_examples=200)
@given(texts)
def test_what_is_shown_is_shown_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)


def test_every_narrow_character_takes_one_cell_alone_or_in_company() -> None:
    narrow = [character for character in map(chr, range(0x110000)) if is_narrow(character, 0, 1)]
    assert len(narrow) > 1500
    for character in narrow:
        assert cell_len(shown(character)) == 1, ascii(character)
    assert parts("漢" + "".join(narrow)) == ["漢", *narrow]


@pytest.mark.parametrize(
    ("text", "expected", "width"),
    [
        ("e\u0301a", ["e\u0301", "a"], 2),
        ("👍🏽!", ["👍🏽", "!"], 3),
        ("👩\u200d👩\u200d👧x", ["👩\u200d👩\u200d👧", "x"], 3),
        ("🇺🇸🇨🇳🇺", ["🇺🇸", "🇨🇳", "🇺"], 5),
        ("❤️❤", ["❤️", "❤"], 3),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"], 3),
        ("\u1112\u1161\u11ab글", ["\u1112\u1161\u11ab", "글"], 4),
        ("漢字,", ["漢", "字", ","], 5),
        ("क्षि", ["क्षि"], 2),
        ("a\u200bb\u00ad", ["a\u200b", "b\u00ad"], 2),
        ("\ufeffa", ["\ufeffa"], 1),
        ("\x1b\u0301", ["\x1b\u0301"], 1),
        ("a\n\nb", ["a", "\n", "\n", "b"], 2),
    ],
)
def test_a_grapheme_is_what_a_reader_takes_for_one_character(text: str, expected: list[str], width: int) -> None:
    assert parts(text) == expected
    assert sum(one for _, _, one in graphemes(text, 0, len(text))) == width


@settings(max_examples=400)
@given(texts)
@example("\n\u200b\u0301a")
@example("👩\u200b\u200d👩\u0600🇺🇸🇺\u0301")
@example("1\u200b\ufe0fक\u200b्ष")
def test_graphemes_are_all_of_the_text_and_their_cells_its_width(text: str) -> None:
    found = list(graphemes(text, 0, len(text)))
    assert [start for start, _, _ in found] == [0, *(end for _, end, _ in found)][: len(found)]
    assert sum(end - start for start, end, _ in found) == len(text)
    assert all(width == cells(text[start:end]) for start, end, width in found if text[start] != "\n")
    for line in text.split("\n"):
        assert sum(width for _, _, width in graphemes(line, 0, len(line))) == cells(line) == cell_len(shown(line))


@settings(max_examples=400)
@given(texts)
@example("\u0600🇺🇸🇺🇸🇺\u1100\u1100\u1160")
def test_stepping_by_grapheme_stops_at_the_same_bounds_forwards_and_back(text: str) -> None:
    bounds = [0, *(end for _, end, _ in graphemes(text, 0, len(text)))]
    forwards = [0]
    while forwards[-1] < len(text):
        forwards.append(next_grapheme(text, forwards[-1]))
    backwards = [len(text)]
    while backwards[-1] > 0:
        backwards.append(previous_grapheme(text, backwards[-1]))
    assert forwards == bounds
    assert backwards[::-1] == bounds


def test_stepping_stops_at_the_ends_of_the_text() -> None:
    assert (next_grapheme("ab", 2), next_grapheme("ab", 9), previous_grapheme("ab", 0)) == (2, 2, 0)
    assert (next_grapheme("", 0), previous_grapheme("", 5), next_grapheme("ab", -3)) == (0, 0, 1)


def test_half_a_character_is_never_chosen() -> None:
    text = "a👩\u200d👧b"
    assert whole_graphemes(text, 2, 3) == (1, 4)
    assert whole_graphemes(text, 0, 5) == (0, 5)
    assert whole_graphemes(text, 1, 4) == (1, 4)


def test_a_gist_of_several_lines_stands_on_one() -> None:
    assert plain_line("  Contacts\r\nstopped \t in\u2028 \u200b February\x1b ") == "Contacts stopped in February␛"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(0, ""), (1, "…"), (2, "A…"), (3, "A…"), (4, "A…"), (5, "A 漢…"), (6, "A 漢字"), (99, "A 漢字")],
)
def test_what_does_not_fit_is_cut_between_characters_with_an_ellipsis(limit: int, expected: str) -> None:
    assert fit("A 漢字", limit) == expected


@settings(max_examples=200)
@given(texts, st.integers(0, 20))
def test_what_was_cut_to_fit_fits(text: str, limit: int) -> None:
    assert cells(fit(text, limit)) <= limit


@pytest.mark.parametrize("piece", ["🇺🇸", "क्", "e\u0301", "\u200d", "👩\u200d", "\u0600", "a\u200b"])
def test_text_made_to_annoy_costs_no_more_than_a_glance(piece: str) -> None:
    text = piece * 20_000
    assert sum(end - start for start, end, _ in graphemes(text, 0, len(text))) == len(text)
    middle = len(text) // 2
    assert previous_grapheme(text, middle) < middle < next_grapheme(text, middle)
