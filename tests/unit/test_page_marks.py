"""The marks and signs of a page, sought stretch by stretch, are those of the whole."""

from hypothesis import given
from hypothesis import strategies as st

from tui.articles.statements import segment
from tui.model.article import Article, Detail
from tui.text.runs import Runs
from tui.ui.widgets.page import BLOCK, Fixed, Mark, MarkRuns, Page, Sign

TEXT = "They met in Beijing. They spoke for hours.\n\nNobody said what it was about.\n\n" * 80
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 6_000))
STRETCHES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 200))


def marks_of(spans: list[tuple[int, int]]) -> list[Mark]:
    return [
        Mark(start, min(start + length, len(TEXT)), "tag-blue", str(at)) for at, (start, length) in enumerate(spans)
    ]


def page_of(fixed: Fixed) -> Page:
    page = Page(Article("a", "seeds/a.txt", TEXT, "", Detail("a")), segment(TEXT))
    page.wrap(30)
    page.mark(fixed)
    return page


@given(st.lists(SPANS, max_size=12), STRETCHES)
def test_runs_made_in_blocks_are_the_runs_of_all_marks(spans: list[tuple[int, int]], stretch: tuple[int, int]) -> None:
    marks = marks_of(spans)
    start, end = stretch[0], min(stretch[0] + stretch[1], len(TEXT))
    whole = Runs((mark.start, mark.end, mark) for mark in marks)
    assert MarkRuns(Fixed(marks)).between(start, end) == whole.between(start, end)


def test_a_mark_over_the_bound_of_a_block_is_one_run() -> None:
    mark = Mark(BLOCK - 10, BLOCK + 10, "tag-blue", "c1")
    assert MarkRuns(Fixed([mark])).between(0, 2 * BLOCK) == [(mark.start, mark.end, (mark,))]


@given(st.lists(st.integers(0, len(TEXT) - 1), max_size=12))
def test_every_sign_stands_at_the_row_of_its_offset_and_nowhere_else(offsets: list[int]) -> None:
    page = page_of(Fixed((), [Sign(offset, str(at), "quiet", str(at)) for at, offset in enumerate(offsets)]))
    found = {sign.text: row for row in range(len(page.layout)) for sign in page.signs(row)}
    assert found == {str(at): page.layout.row_of(offset) for at, offset in enumerate(offsets)}


def test_only_the_marks_around_a_row_are_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    class Asked(Fixed):
        def marks(self, start: int, end: int) -> list[Mark]:
            asked.append((start, end))
            return []

    page = page_of(Asked())
    for row in range(40):
        page.marks.between(*page.layout.row(row))
    assert asked == [(0, BLOCK)]
