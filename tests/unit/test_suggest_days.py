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
        ("They met on Tuesday", "20 June 2023 or 13 June 2023"),
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


WEDNESDAY, SUNDAY = date(2024, 3, 6), date(2024, 3, 10)


@pytest.mark.parametrize(
    ("text", "published", "read"),
    [
        ("The trial will be held on 20 April", WEDNESDAY, "20 April 2024"),
        ("The fair begins on 15 March", WEDNESDAY, "15 March 2024"),
        ("The envoy will arrive on 9 March", WEDNESDAY, "9 March 2024"),
        ("The museum will close in December", WEDNESDAY, "December 2024"),
        ("On 20 April, the court will decide", WEDNESDAY, "20 April 2024"),
        ("The fair begins on Friday", WEDNESDAY, "8 March 2024"),
        ("They will meet next Friday", WEDNESDAY, "15 March 2024 or 8 March 2024"),
        ("They will meet next Monday", WEDNESDAY, "11 March 2024"),
        ("The fire broke out on 20 April", WEDNESDAY, "20 April 2023"),
        ("The minister, who will retire, spoke on Monday", WEDNESDAY, "4 March 2024 or 11 March 2024"),
        ("The road will reopen, the mayor said on Monday", WEDNESDAY, "4 March 2024"),
        ("It happened last Monday", WEDNESDAY, "4 March 2024 or 26 February 2024"),
    ],
)
def test_a_day_of_what_is_to_come_is_not_read_as_past(text: str, published: date, read: str) -> None:
    assert [said(one) for one in days(text, published)] == [read]


@pytest.mark.parametrize(
    ("text", "published", "read"),
    [
        ("yesterday", WEDNESDAY, "5 March 2024 or the day before"),
        ("today", WEDNESDAY, "6 March 2024 or the day before"),
        ("tomorrow", WEDNESDAY, "7 March 2024 or the day before"),
        ("last night", WEDNESDAY, "5 to 6 March 2024 or the day before"),
        ("last week", WEDNESDAY, "26 February to 3 March 2024 or the day before"),
        ("last week", SUNDAY, "26 February to 3 March 2024 or 4 to 10 March 2024"),
        ("last week", date(2024, 1, 3), "25 to 31 December 2023 or the day before"),
    ],
)
def test_what_else_a_time_may_mean_is_said(text: str, published: date, read: str) -> None:
    assert [said(one) for one in days(text, published)] == [read]


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("The train left at 7.15 on Thursday", ["7:15"]),
        ("It struck at 10.42 local time", ["10:42"]),
        ("The share closed at 7.15", []),
        ("Inflation stood at 7.15 per cent on Thursday", []),
    ],
)
def test_a_time_with_a_point(text: str, clocks: list[str]) -> None:
    found = [one.date.other for one in days(text, WEDNESDAY)]
    assert [other for other in found if other is not None] == clocks


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
