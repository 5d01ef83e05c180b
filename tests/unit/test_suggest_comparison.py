"""Two statements side by side: what the small readers see, and what they make of it. All events are invented."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.suggest.comparison import REACH, Comparison, Kind, Piece, Weight, compare
from tui.suggest.dates import Date, dates
from tui.suggest.figures import figures
from tui.suggest.manner import denials, hedges
from tui.suggest.names import names


def points(here: str, there: str) -> set[tuple[str, str, str]]:
    return {(point.kind.value, point.here, point.there) for point in compare(here, there).points}


def words_of(text: str, pieces: tuple[Piece, ...], kind: Kind, weight: Weight) -> list[str]:
    return [text[one.start : one.end] for one in pieces if (one.kind, one.weight) == (kind, weight)]


def only_there(here: str, there: str, kind: Kind = Kind.WORDS) -> list[str]:
    return words_of(there, compare(here, there).there, kind, Weight.ONLY)


# --- figures ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("250 sailors", 250),
        ("1,250 sailors", 1250),
        ("two hundred and fifty sailors", 250),
        ("twenty-five sailors", 25),
        ("3.5 million sailors", 3_500_000),
        ("$3.5bn", 3_500_000_000),
        ("a dozen sailors", 12),
        ("three dozen eggs", 36),
        ("two thousand and six hundred", 2600),
        ("40 per cent", 40),
        ("forty percent", 40),
        ("the third attempt", 3),
        ("its 3rd attempt", 3),
        ("dozens of sailors", "dozens"),
        ("several thousand sailors", "thousands"),
        ("half a million sailors", 500_000),
        ("two and a half million sailors", 2_500_000),
        ("2,000kg of coal", 2000),
        ("one person", 1),
        ("down to -5 degrees", -5),
    ],
)
def test_numbers_are_read_as_news_writes_them(text: str, number: float | str) -> None:
    assert [figure.number for _, _, figure in figures(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        *("no one came", "one of them", "one official said", "a second day", "B2B", "the 1.2.3 release x4"),
        *("the F-35 and Covid-19", "in the Second World War", "nineteen eighty-four", "1.234,56 euros"),
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert all(figure.number in (1.2, 2.3) for _, _, figure in figures(text))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("a two-day strike", "a strike of 2 days"),
        ("a strike of 48 hours", "a two-day strike"),
        ("after five years in office", "after 60 months in office"),
        ("it costs $4 million", "it costs 4,000,000 dollars"),
        ("up by 5%", "up by five per cent"),
        ("12 boats sank", "a dozen boats sank"),
        ("winds of 120mph", "winds of 120 mph"),
        ("the road is 5 km long", "the road is five kilometres long"),
        ("1 person drowned", "one person drowned"),
        ("it costs 5 rubles", "it costs five roubles"),
    ],
)
def test_one_number_written_in_two_ways_is_the_same(here: str, there: str) -> None:
    assert not [point for point in points(here, there) if point[0] == "figure"]
    assert only_there(here, there, Kind.FIGURE) == []


@pytest.mark.parametrize(
    ("here", "there", "differing"),
    [
        ("a two-day strike", "a three-day strike", ("two-day", "three-day")),
        ("The strike took five years.", "The strike took four years.", ("five years", "four years")),
        ("The mayor paid $40.", "The mayor paid $50.", ("$40", "$50")),
        ("140 boats sank", "130 boats sank", ("140", "130")),
        ("half a million fled", "a million fled", ("half a million", "a million")),
        ("It holds 2,000kg of coal.", "It holds 3,000kg of coal.", ("2,000kg", "3,000kg")),
        ("One person drowned.", "Two people drowned.", ("One", "Two")),
        ("up by 5%", "up by 6 percent", ("5%", "6 percent")),
        ("The ferry carried 250 people.", "About 260 passengers were on the ferry it carried.", ("250", "260")),
    ],
)
def test_other_numbers_of_the_same_thing_differ(here: str, there: str, differing: tuple[str, str]) -> None:
    assert ("figure", *differing) in points(here, there)


def test_numbers_of_different_things_are_no_difference_but_stand_alone() -> None:
    here, there = "The council met for 3 hours.", "The council has 9 women, the mayor said."
    assert points(here, there) == set()
    assert only_there(here, there, Kind.FIGURE) == ["9"]


# --- dates ---


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 3 June 1999", Date(1999, 6, 3)),
        ("on June 3rd, 1999", Date(1999, 6, 3)),
        ("on the 3rd of June", Date(month=6, day=3)),
        ("1999-06-03", Date(1999, 6, 3)),
        ("in June 1999", Date(1999, 6)),
        ("since 1999", Date(1999)),
        ("on Wednesday", Date(weekday="Wednesday")),
        ("in May", Date(month=5)),
        ("In May they left.", Date(month=5)),
        ("at 10:30 p.m.", Date(other="22:30")),
        ("at 10.30pm", Date(other="22:30")),
        ("at 22:30", Date(other="22:30")),
        ("at 12am", Date(other="0:00")),
        ("in the 1990s", Date(other="1990s")),
        ("the mid-1990s", Date(other="1990s")),
        ("last week", Date(other="lastweek")),
        ("It was late. Yesterday they left.", Date(other="yesterday")),
    ],
)
def test_days_months_years_and_times_are_read(text: str, date: Date) -> None:
    assert [found for _, _, found in dates(text)] == [date]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "May I say that",
            "it may rain",
            "they march on",
            "2000 soldiers fell",
            "2000 people fell",
            "$1999",
            "1999.5",
        ),
        "he told USA Today",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert list(dates(text)) == []


def test_days_of_one_sort_differ_and_days_of_different_sorts_do_not() -> None:
    assert ("date", "Monday", "Tuesday") in points("He quit on Monday.", "He quit on Tuesday.")
    assert ("date", "June 3", "4 June") in points("He quit on June 3.", "He quit on 4 June.")
    assert points("He quit on Monday.", "He quit on 4 June.") == set()
    assert points("He quit on 4 June 1999.", "He quit in June.") == set()


# --- names ---


def test_names_are_found_without_what_begins_a_sentence() -> None:
    text = "Rescuers said Captain Ida Holm of the Northern Star met them. The BBC saw her."
    found = [text[start:end] for start, end, _ in names(text)]
    assert found == ["Captain Ida Holm of the Northern Star", "BBC"]


def test_the_day_after_a_name_is_no_part_of_it() -> None:
    here, there = "He met Captain Ida Holm Sunday in town.", "He met Captain Per Lund Sunday in town."
    assert points(here, there) == {("name", "Captain Ida Holm", "Captain Per Lund")}


def test_short_names_that_are_small_words_too_are_names() -> None:
    here, there = "Aid came from the U.S. on Monday.", "Aid came from the WHO on Monday."
    assert points(here, there) == {("name", "U.S", "WHO")}


def test_a_headline_has_no_names() -> None:
    assert list(names("Ferry Sinks Near Island After Storm Hits Coast")) == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("they saw Prime Minister Ida Holm", "they saw Holm"),
        ("they met the Northern Rescue League", "they met the NRL"),
        ("they met the N.R.L. there", "they met the Northern Rescue League there"),
        ("the Icelandic crew", "the crew from Iceland"),
        ("the Danish crew", "the crew from Denmark"),
        ("Icelandic ships came", "ships came from Iceland"),
        ("the U.S. ships", "the American ships"),
        ("the American ships", "ships from the United States"),
        ("the British ships", "the UK ships"),
    ],
)
def test_a_short_form_a_title_more_or_a_people_is_the_same_name(here: str, there: str) -> None:
    assert only_there(here, there, Kind.NAME) == []


def test_another_name_in_the_same_place_differs() -> None:
    here, there = "The captain Ida Holm met reporters in Oslo.", "The captain Per Lund met reporters in Oslo."
    assert points(here, there) == {("name", "Ida Holm", "Per Lund")}


# --- manner ---


@pytest.mark.parametrize("word", ["reportedly", "alleged", "may", "is expected to", "might", "accused", "likely"])
def test_words_of_doubt_are_seen(word: str) -> None:
    assert [found for _, _, found in hedges(f"the ship {word} sink")] == [word]


def test_a_statement_hedged_on_one_side_only_differs() -> None:
    here, there = "The crew left the ship.", "The crew reportedly left the ship."
    assert points(here, there) == {("certainty", "", "reportedly")}
    assert points("The crew may have left the ship.", there) == set(), "between two hedges there is no telling"


def test_a_number_that_is_not_exact_on_one_side_is_marked_and_no_difference() -> None:
    here, there = "The crew had 40 sailors.", "The crew had about 40 sailors."
    assert points(here, there) == set()
    assert only_there(here, there, Kind.HEDGE) == ["about"]


def test_the_one_figure_left_on_each_side_of_linked_statements_is_the_same_things() -> None:
    here, there = "Rescuers saved 30 people.", "Out of the water came 28 passengers."
    assert points(here, there) == set()
    assert [(point.here, point.there) for point in compare(here, there, are_linked=True).points] == [("30", "28")]


def test_a_statement_denied_on_one_side_only_differs_and_a_refusal_is_a_denial() -> None:
    assert points("The mayor agreed to pay.", "The mayor has not agreed to pay.") == {("negation", "", "not")}
    assert points("The mayor refused to pay.", "The mayor has not agreed to pay.") == set()
    assert [found for _, _, found in denials("She didn't, he couldn’t, nobody notes it.")] == [
        *("didn't", "couldn’t", "nobody")
    ]
    assert list(denials("She lives at No. 10, not far.")) == [(21, 24, "not")]


def test_a_denial_in_a_statement_about_something_else_is_no_difference_unless_they_are_linked() -> None:
    here, there = "The harbour was closed for repairs.", "Nobody answered the telephone in town."
    assert compare(here, there).points == ()
    assert [point.there for point in compare(here, there, are_linked=True).points] == ["Nobody"]


def test_quotation_marks_on_one_side_only_are_marked() -> None:
    here, there = "She said that it was a mess.", "She said: “It was a mess.”"
    assert only_there(here, there, Kind.QUOTE) == ["“", "”"]


# --- words ---


def test_words_that_only_one_side_has_are_marked_and_small_words_and_endings_are_not() -> None:
    here, there = "The ferry was leaving the harbour.", "A ferry leaves from the old harbor."
    assert only_there(here, there) == ["old"]
    assert words_of(here, compare(here, there).here, Kind.WORDS, Weight.ONLY) == []


def test_words_side_by_side_that_one_side_has_are_one_piece() -> None:
    here, there = "The ferry left.", "The ferry left with heavy wooden crates."
    assert only_there(here, there) == ["heavy wooden crates"]


def test_the_same_words_do_not_differ() -> None:
    text = "On 3 June two of the 40 boats reportedly did not reach Port Holm, “a mess”, said Ida Lund."
    found = compare(text, text)
    assert found.points == ()
    assert {piece.weight for piece in (*found.here, *found.there)} == {Weight.SAME}


# --- whatever comes ---

_ATOMS = st.sampled_from(
    [
        *("two-day", "2 days", "$3bn", "40%", "a dozen", "June 3", "1999", "Monday", "Ida Holm", "NRL", "the", "ship"),
        *(
            "reportedly",
            "not",
            "“",
            "”",
            "may",
            "May",
            ".",
            ",",
            "\n",
            "\u202e",
            "\x1b[31m",
            "é",
            "漢字",
            "👩‍👩‍👧",
            "1,0",
        ),
    ]
)
_TEXTS = st.one_of(st.lists(_ATOMS, max_size=30).map(" ".join), st.text(max_size=120), st.text(string.printable))


def _check(text: str, pieces: tuple[Piece, ...]) -> None:
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start < piece.end for piece in pieces)


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_the_pieces_of_each_side_are_all_of_it(here: str, there: str) -> None:
    found = compare(here, there)
    _check(here, found.here)
    _check(there, found.there)


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_turned_round_the_same_pieces_differ(here: str, there: str) -> None:
    def kinds(found: Comparison, *, turned: bool) -> list[tuple[str, str, str]]:
        return sorted(
            (point.kind.value, *((point.there, point.here) if turned else (point.here, point.there)))
            for point in found.points
            if point.kind in (Kind.HEDGE, Kind.DENIAL)
        )

    assert kinds(compare(here, there), turned=False) == kinds(compare(there, here), turned=True)


@settings(deadline=None)
@given(_TEXTS)
def test_nothing_differs_from_itself(text: str) -> None:
    assert all(piece.weight is Weight.SAME for piece in compare(text, text).here)


@pytest.mark.parametrize(
    "atom", ["3 days ", "2 June ", "1999 ", "may not ", "Aa of the ", "“”", "one hundred and ", "1,"]
)
def test_a_text_made_to_annoy_is_compared_as_far_as_it_is_looked_at(atom: str) -> None:
    text = atom * 20_000
    found = compare(text, text[::-1])
    _check(text, found.here)
    assert max(piece.start for piece in found.here) <= REACH
