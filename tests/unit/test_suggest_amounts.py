"""Numbers as they are understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.suggest.amounts import amounts
from tui.suggest.things import measures


def read(text: str) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.sort, one.said) for one in amounts(text)]


@pytest.mark.parametrize(
    ("text", "sort", "said"),
    [
        ("a two-day visit", "time", "2 days"),
        ("more than four months", "time", "more than 4 months"),
        ("over a dozen requests", "count", "more than 12"),
        ("around 10 invitations", "count", "about 10"),
        ("nearly 300 passengers", "count", "nearly 300"),
        ("dozens of houses", "count", "dozens"),
        ("between 10 and 15 people", "count", "10 to 15"),
        ("10 to 15 days", "time", "10 to 15 days"),
        ("$3.5bn", "dollar", "3.5 billion dollars"),
        ("40 per cent", "percent", "40 per cent"),
        ("a 34-year-old man", "age", "34 years"),
        ("Jane Doe, 52, said", "age", "52"),
        ("the third visit", "rank", "number 3"),
        ("6 degrees Celsius", "celsius", "6 degrees Celsius"),
        ("minus 4°C", "celsius", "-4 degrees Celsius"),
        ("43 degrees Fahrenheit", "celsius", "43 degrees Fahrenheit, about 6 Celsius"),
        ("turned 90 degrees", "degree", "90 degrees"),
        ("fell by a tenth", "percent", "about 10 per cent"),
        ("two-thirds of wages", "percent", "about 66.7 per cent"),
        ("a third visit", "rank", "number 3"),
        ("fell by a tenth yesterday", "percent", "about 10 per cent"),
        ("3.500 manuscripts", "count", "3,500"),
        ("1.250.000 visitors", "count", "1.25 million"),
        ("3.500 metres", "metre", "3.5 metres"),
    ],
)
def test_a_number_is_read_with_what_makes_it_rough_and_its_unit(text: str, sort: str, said: str) -> None:
    assert [(one[1], one[2]) for one in read(text)] == [(sort, said)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two-day", "48 hours"),
        ("two decades", "20 years"),
        ("over a dozen", "15"),
        ("at least 12", "12"),
        ("1.2 million people", "1,230,000 people"),
        ("about 250 ships", "260 ships"),
        ("5,000 homes", "5,200 homes"),
        ("dozens", "38"),
        ("up to 40", "32"),
        ("6 degrees Celsius", "43 degrees Fahrenheit"),
        ("40°C", "104°F"),
        ("by a tenth", "9.5%"),
    ],
)
def test_numbers_that_can_be_one_agree(one: str, other: str) -> None:
    (mine,), (theirs,) = amounts(one), amounts(other)
    assert mine.agrees(theirs)
    assert theirs.agrees(mine)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two weeks", "two months"),
        ("over a dozen", "around 10"),
        ("more than 12", "12"),
        ("fewer than 10", "12"),
        ("1.2 million people", "1.4 million people"),
        ("almost five hours", "three hours"),
        ("over a dozen", "40"),
        ("6 degrees Celsius", "61 degrees Fahrenheit"),
        ("6°C", "7°C"),
        ("by a tenth", "85%"),
    ],
)
def test_numbers_that_cannot_be_one_do_not(one: str, other: str) -> None:
    (mine,), (theirs,) = amounts(one), amounts(other)
    assert not mine.agrees(theirs)
    assert not theirs.agrees(mine)


def test_a_part_of_what_is_told_elsewhere_is_no_number_of_its_own() -> None:
    assert read("Two of the injured were flown out") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a two-day strike", "a strike of 48 hours"),
        ("$1.4bn", "more than 1.4 billion dollars"),
        ("2.5 per cent", "about 2.5%"),
    ],
)
def test_a_number_with_its_unit_has_one_measure(one: str, other: str) -> None:
    mine, theirs = measures(amounts(one)), measures(amounts(other))
    assert len(mine) == 1
    assert mine.keys() == theirs.keys()


@pytest.mark.parametrize(
    "text", ["1,400 trains", "10 to 15 days", "the third day", "Jane Doe, 52, said", "dozens of days"]
)
def test_what_is_counted_ranked_or_left_open_has_none(text: str) -> None:
    assert measures(amounts(text)) == {}


@given(st.text(alphabet="0123456789 .,-–%$€abdenorstwy'’\nmillion dozen half", max_size=80))
def test_whatever_stands_there_is_read_inside_the_text(text: str) -> None:
    for one in amounts(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low <= one.high
        assert one.agrees(one)
