"""Dates as they are understood where the day of the article is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.suggest.days import days, read_day, said

TUESDAY = date(2023, 6, 20)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("They met on Monday", "19 June 2023"),
        ("They met on Tuesday", "20 June 2023"),
        ("They will meet on Monday", "26 June 2023"),
        ("They met over the weekend", "17 to 18 June 2023"),
        ("in February", "February 2023"),
        ("in December", "December 2022"),
        ("on June 19", "19 June 2023"),
        ("since 2018", "2018"),
        ("last year", "2022"),
        ("earlier this month", "June 2023"),
        ("the first visit in five years", "since about June 2018"),
        ("two months ago", "about April 2023"),
    ],
)
def test_a_date_is_read_by_the_day_of_its_article(text: str, read: str) -> None:
    assert [said(one) for one in days(text, TUESDAY)] == [read]


def agree(one: str, other: str, mine: date | None = TUESDAY, theirs: date | None = TUESDAY) -> bool:
    (here,), (there,) = days(one, mine), days(other, theirs)
    assert here.agrees(there) == there.agrees(here)
    assert not (here.agrees(there) and here.differs(there))
    return here.agrees(there)


def test_what_means_one_day_agrees() -> None:
    assert agree("on Monday", "on June 19")
    assert agree("yesterday", "on 19 June 2023")
    assert agree("the first in five years", "the first since 2018")
    assert agree("on Sunday", "on Sunday", None, None)
    assert agree("on Monday", "yesterday", date(2023, 6, 21), date(2023, 6, 20))


def test_what_means_another_day_does_not() -> None:
    assert not agree("over the weekend", "on June 19")
    assert not agree("the first in seven years", "the first since 2019")
    assert not agree("on Monday", "on Monday", date(2023, 6, 20), date(2023, 6, 27))


def test_without_the_day_of_the_article_only_like_is_held_against_like() -> None:
    (monday,), (june,), (sunday,) = (days(text, None) for text in ("on Monday", "on June 19", "on Sunday"))
    assert not monday.differs(june)
    assert monday.differs(sunday)
    (weekend,), (clock,) = days("over the weekend", None), days("at 14:30", None)
    assert not weekend.differs(clock)


def test_the_day_on_which_somebody_said_it_is_told_from_the_day_it_happened() -> None:
    assert [one.role for one in days("The radar failed on Sunday, the union said on Friday.", TUESDAY)] == ["", "said"]


def test_the_date_of_an_article_may_be_anything() -> None:
    assert read_day("2023-06-20T10:00") == TUESDAY
    assert [read_day(text) for text in ("2023-13-45", "last week", "", None, "2023")] == [None] * 5


@given(
    st.text(alphabet="0123456789 MondayJuneMarch lastweekendthisyearsago,.:-", max_size=60),
    st.dates(),
)
def test_whatever_stands_there_and_whenever_it_appeared(text: str, published: date) -> None:
    for one in days(text, published):
        assert 0 <= one.start < one.end <= len(text)
        assert all(first <= last for first, last in one.spans)
        said(one)
