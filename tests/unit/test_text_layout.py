"""How an article's text is laid out in rows."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich._wrap import divide_line

from tui.text.cells import cells, graphemes, shown
from tui.text.layout import Layout

AWKWARD = "ab,  \n\n\t\x0b\u00a0\u2009\u0301\u200b\u200d\ufe0f漢字\u3000각\u1100\u1160👍🏽👩❤🇺🇸क्ष\u0600“’"
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(codec=None)), max_size=60)
prose = st.lists(
    st.sampled_from(["a", "of", "the", "“talks”", "military-to-military", "漢字", "café,", "👍🏽", "2,700"])
)
widths = st.integers(1, 24)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def rows(text: str, width: int, breaks: tuple[int, ...] = (), *, gap: bool = True) -> list[str]:
    """The rows as a reader sees them."""
    layout = Layout(text, width, breaks, gap=gap)
    return [shown(text[slice(*layout.row(index))]) for index in range(len(layout))]


def test_prose_is_wrapped_at_spaces() -> None:
    assert rows("China has refused to resume direct communication.", 20) == [
        "China has refused to",
        "resume direct",
        "communication.",
    ]


def test_paragraphs_are_set_apart_by_one_empty_row_however_many_the_file_has() -> None:
    assert rows("\n \nHeadline\nFirst.\n\n \t\n\u00a0\nSecond.\n\n", 20) == ["Headline", "", "First.", "", "Second."]


def test_without_gaps_paragraphs_follow_each_other() -> None:
    assert rows("Headline\n\n\nFirst.\nSecond.", 20, gap=False) == ["Headline", "First.", "Second."]


def test_a_statement_may_begin_its_own_row() -> None:
    text = "One is short. Two follows. Three."
    assert rows(text, 30, (14, 27)) == ["One is short.", "Two follows.", "Three."]


def test_breaks_outside_paragraphs_change_nothing() -> None:
    assert rows("One.\n\nTwo.", 30, (0, 4, 5, 6, 10, 99)) == ["One.", "", "Two."]


def test_a_word_too_long_for_a_row_is_cut() -> None:
    assert rows("see https://scmp.com/news now", 10) == ["see", "https://sc", "mp.com/new", "s now"]


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert rows("a漢字漢字", 4) == ["a漢", "字漢", "字"]
    assert rows("漢字", 1) == ["漢", "字"]


def test_a_character_of_several_code_points_is_never_cut() -> None:
    assert rows("👩\u200d👧👍🏽🇺🇸e\u0301", 2) == ["👩\u200d👧", "👍🏽", "🇺🇸", "e\u0301"]


def test_a_no_break_space_holds_its_words_together() -> None:
    assert rows("about 2\u00a0700 words", 9) == ["about", "2\u00a0700", "words"]


def test_an_ideographic_space_is_a_place_to_wrap() -> None:
    assert rows("漢字\u3000漢字", 5) == ["漢字", "漢字"]


def test_an_indent_is_kept_and_one_wider_than_the_row_is_not_drawn() -> None:
    assert rows("  Reuters reports", 10) == ["  Reuters", "reports"]
    assert rows(" " * 30 + "Reuters", 10) == ["", "Reuters"]
    assert rows("\u3000" * 30 + "漢字", 10) == ["", "漢字"]


def test_an_empty_text_has_one_empty_row() -> None:
    for text in ("", "\n", " \n\t\n"):
        layout = Layout(text, 10)
        assert (len(layout), layout.row(0), layout.is_spacer(0)) == (1, (0, 0), False)
        assert (layout.row_of(0), layout.cell_of(0), layout.offset_at(0, 5)) == (0, 0, 0)


def test_a_width_of_nothing_counts_as_one_cell() -> None:
    assert rows("ab", 0) == rows("ab", 1) == ["a", "b"]


def test_white_space_at_a_wrap_and_blank_lines_belong_to_the_row_before() -> None:
    text = "\n\none   two\n\n\nthree"
    layout = Layout(text, 5)
    assert rows(text, 5) == ["one", "two", "", "three"]
    assert [layout.row_of(offset) for offset in range(len(text))] == [0] * 8 + [1] * 6 + [3] * 5
    assert layout.cell_of(6) == layout.cell_of(7) == 3  # what hangs stands after the row
    assert [layout.is_spacer(index) for index in range(4)] == [False, False, True, False]
    assert (layout.row_of(-1), layout.row_of(99)) == (0, 3)


def test_a_click_on_either_half_of_a_wide_character_is_that_character() -> None:
    layout = Layout("a漢b", 10)
    assert [layout.offset_at(0, cell) for cell in range(-1, 6)] == [0, 0, 1, 1, 2, 2, 2]
    assert [layout.cell_of(offset) for offset in range(4)] == [0, 1, 3, 4]


def test_a_click_beyond_a_row_is_its_last_character_and_on_a_spacer_the_paragraph_below() -> None:
    layout = Layout("one two\n\nthree", 4)
    assert layout.offset_at(0, 50) == 2
    assert layout.offset_at(2, 3) == 9
    assert layout.offset_at(-4, 1) == 1
    assert layout.offset_at(99, 0) == layout.row(len(layout) - 1)[0]


def test_the_cell_of_half_a_character_is_that_of_the_whole() -> None:
    layout = Layout("x👩\u200d👧y", 10)
    assert [layout.cell_of(offset) for offset in range(5)] == [0, 1, 1, 1, 3]


@settings(max_examples=400)
@given(texts, widths, st.lists(st.integers(0, 60), max_size=4).map(sorted), st.booleans())
@example(" \u0301a", 2, [], True)
@example("a  b", 2, [2], True)
@example("\u3000\u3000漢", 3, [], True)
def test_rows_divide_the_text_and_fit_the_width(text: str, width: int, breaks: list[int], gap: bool) -> None:
    layout = Layout(text, width, breaks, gap=gap)
    owners = [layout.row_of(offset) for offset in range(len(text))]
    assert owners == sorted(owners)
    spacers = {index for index in range(len(layout)) if layout.is_spacer(index)}
    assert set(owners) == set(range(len(layout))) - spacers or not text
    drawn_before = 0
    for index in range(len(layout)):
        start, end = layout.row(index)
        assert drawn_before <= start <= end
        if layout.is_spacer(index):
            assert gap
            assert start == end
            assert 0 < index < len(layout) - 1
        assert all(owners[offset] == index for offset in range(start, end))
        # What is not drawn is white space, or a mark on white space that hangs.
        assert all(not character.isalnum() for character in text[drawn_before:start])
        drawn_before = end
        if cells(text[start:end]) > width:
            assert sum(1 for _, _, one in graphemes(text, start, end) if one) == 1


@settings(max_examples=300)
@given(texts, widths)
def test_every_drawn_character_is_found_again_at_its_cell(text: str, width: int) -> None:
    layout = Layout(text, width)
    for index in range(len(layout)):
        cell = 0
        for start, end, one in graphemes(text, *layout.row(index)):
            assert (layout.row_of(start), layout.cell_of(start)) == (index, cell)
            for half in range(one):
                assert layout.offset_at(index, cell + half) == start
            cell += one
            assert end <= layout.row(index)[1]


@settings(max_examples=200)
@given(texts, widths)
def test_no_row_begins_inside_a_character(text: str, width: int) -> None:
    layout = Layout(text, width)
    bounds = {start for start, _, _ in graphemes(text, 0, len(text))} | {len(text)}
    assert all(layout.row(index)[0] in bounds for index in range(len(layout)))


@settings(max_examples=200)
@given(prose, st.integers(20, 72))
def test_prose_is_wrapped_where_rich_wraps_it(words: list[str], width: int) -> None:
    text = " ".join(words) or "a"
    layout = Layout(text, width)
    assert [layout.row(index)[0] for index in range(len(layout))] == [0, *divide_line(text, width)]


@pytest.mark.parametrize("width", [20, 36, 60, 72])
def test_the_seed_articles_are_wrapped_where_rich_wraps_them(width: int) -> None:
    lines = [line.rstrip() for path in SEEDS for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert lines
    for line in lines:
        layout = Layout(line, width)
        assert [layout.row(index)[0] for index in range(len(layout))] == [0, *divide_line(line, width)]


@pytest.mark.parametrize("line", ["x" * 200_000, "word " * 40_000, "漢" * 100_000, " " * 200_000 + "x", "🇺🇸" * 30_000])
def test_a_line_of_hundreds_of_thousands_of_characters_is_only_a_long_paragraph(line: str) -> None:
    layout = Layout(line, 60)
    assert len(layout) >= 2
    assert layout.row(len(layout) - 1)[1] == len(line.rstrip())
    assert all(cells(line[slice(*layout.row(index))]) <= 60 for index in range(len(layout)))
