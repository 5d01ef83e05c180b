"""What counts as read, and what a correction of the article leaves of it."""

from hypothesis import given
from hypothesis import strategies as st

from tui.articles.details import describe
from tui.articles.statements import segment
from tui.model.article import Article
from tui.session.read_so_far import ArticleProgress, Motion, ReadSoFar, find, percent, position_of

TEXT = "The title here\n\nOne came. Two went. Three stayed.\n\nFour slept. Five woke.\n\nLeave a Comment\n"


def article(text: str = TEXT) -> Article:
    return describe("a", "a.txt", text, {})


def progress(text: str = TEXT, so_far: ReadSoFar | None = None) -> ArticleProgress:
    return ArticleProgress(article(text), segment(text), so_far)


def test_a_step_reads_the_statement_it_leaves() -> None:
    one = progress()
    one.moved(0, 1, range(6), Motion.STEP)
    assert (one.read, one.of) == (1, 6)
    assert one.is_read(0)
    assert not one.is_read(1)


def test_a_step_over_several_reads_those_that_were_on_the_screen() -> None:
    one = progress()
    one.moved(0, 5, range(3), Motion.STEP)
    assert [position for position in range(5) if one.is_read(position)] == [0, 1, 2]


def test_a_page_reads_what_stood_on_the_screen_also_above_the_cursor() -> None:
    one = progress()
    one.moved(2, 4, range(1, 4), Motion.PAGE)
    assert [position for position in range(6) if one.is_read(position)] == [1, 2, 3]


def test_a_jump_reads_only_what_it_leaves_and_going_up_too() -> None:
    one = progress()
    one.moved(0, 4, range(6), Motion.JUMP)
    one.moved(4, 3, range(6), Motion.STEP)
    assert [position for position in range(6) if one.is_read(position)] == [0, 4]


def test_the_last_statement_is_read_with_the_step_that_leads_to_it_or_the_one_that_can_go_no_further() -> None:
    one = progress()
    one.moved(4, 5, range(6), Motion.STEP)
    assert one.is_read(5)
    one = progress()
    one.moved(4, 5, range(6), Motion.JUMP)
    assert not one.is_read(5)
    one.moved(5, 5, range(6), Motion.JUMP)
    assert not one.is_read(5)
    one.moved(5, 5, range(6), Motion.STEP)
    assert one.is_read(5)


def test_debris_is_neither_read_nor_to_be_read() -> None:
    one = progress()
    statements = segment(TEXT)
    assert len(statements) == 7
    assert one.of == 6
    one.mark(range(6))
    assert one.next_unread(0) is None
    assert (one.read, one.of) == (6, 6)


def test_the_next_that_is_unread_comes_after_the_cursor_then_before_it() -> None:
    one = progress()
    one.mark([1, 3, 4, 5])
    assert one.next_unread(1) == 2
    assert one.next_unread(2) == 0
    assert one.next_unread(-1) == 0


def test_a_correction_keeps_what_was_read_by_its_words() -> None:
    one = progress()
    one.mark(range(6))
    corrected = TEXT.replace("Two went.", "Two ran off.").replace("The title here", "Another line\n\nThe title here")
    again = progress(corrected, one.so_far())
    assert (again.read, again.of) == (5, 7)
    assert again.is_new, "the counts are other ones than those that are kept"
    back = progress(TEXT, again.so_far())
    assert back.read == 6, "words that come back are read still"


def test_what_is_kept_is_short_and_the_same_again() -> None:
    one = progress()
    one.mark(range(6))
    kept = one.so_far()
    assert len(kept.words) == 6 * 8
    again = progress(TEXT, kept)
    assert again.so_far() == kept
    assert not again.is_new


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(Motion)), max_size=20))
def test_the_count_is_that_of_the_statements_that_are_read(steps: list[tuple[int, int, Motion]]) -> None:
    one = progress("Same. Same. Other.\n\nSame. More. End.")
    for before, after, motion in steps:
        one.moved(before, after, range(1, 4), motion)
        assert one.read == sum(one.is_read(position) for position in range(6))


def test_a_position_is_found_by_its_words_in_a_corrected_article() -> None:
    statements = segment(TEXT)
    position = position_of(article(), statements[4].span, 0)
    assert find(position, article(), statements) == 4
    longer = "New. " * 3 + "\n\n" + TEXT
    found = find(position, article(longer), segment(longer))
    assert found is not None
    assert segment(longer)[found].span.of(longer) == "Four slept."
    twice = "Four slept.\n\n" + TEXT
    found = find(position, article(twice), segment(twice))
    assert found == 5, "of two, the nearer"
    assert find(position, article("Gone."), segment("Gone.")) is None


def test_percentages_are_0_and_100_only_where_it_is_so() -> None:
    assert [percent(*each) for each in ((0, 9), (1, 8000), (7999, 8000), (8, 8), (0, 0))] == [0, 1, 99, 100, 100]
