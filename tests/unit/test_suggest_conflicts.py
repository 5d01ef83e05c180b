"""Where two statements may not both be right, and where they only look so."""

from datetime import date

import pytest

from tui.suggest.account import MOST, understand
from tui.suggest.conflict import Finding, conflicts
from tui.suggest.suggestion import ReasonType

TUESDAY = date(2023, 6, 20)


def found(one: str, other: str, likeness: float = 0.4, published: date | None = TUESDAY) -> list[Finding]:
    """What differs, every word weighing the same."""
    a, b = understand(one, published), understand(other, published)
    mine, theirs = conflicts(a, b, likeness, lambda _root: 1.0), conflicts(b, a, likeness, lambda _root: 1.0)
    assert sorted((each.type, each.b, each.a) for each in theirs) == sorted(
        (each.type, each.a, each.b) for each in mine
    )
    for finding in mine:
        assert 0 < finding.score <= 1
        for text, places in ((one, finding.a), (other, finding.b)):
            assert places
            assert all(0 <= start < end <= len(text) for start, end in places)
    return mine


def types(one: str, other: str, likeness: float = 0.4, published: date | None = TUESDAY) -> set[str]:
    return {each.type.value for each in found(one, other, likeness, published)}


# --- numbers ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seventeen people were injured in the crash.", "Fourteen passengers were hurt in the crash."),
        ("The blast killed 12.", "The death toll rose to 15."),
        ("The inquiry will report within two weeks.", "The inquiry will report within two months."),
        ("The damage was put at $3.5bn.", "The damage was put at $5bn."),
        ("Turnout was 40 per cent.", "Turnout was 52%."),
        ("China ignored over a dozen requests.", "China ignored around 10 requests."),
        ("Anna Bell, 34, was arrested.", "Anna Bell, 43, was arrested."),
    ],
)
def test_numbers_of_one_thing_that_differ_are_a_possible_conflict(one: str, other: str) -> None:
    assert types(one, other) == {"figure"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The two-day visit ended.", "The visit took 2 days and ended."),
        ("Some 5,000 homes were destroyed.", "The storm destroyed 5,200 homes."),
        ("At least 14 people were injured.", "17 people were injured."),
        ("China ignored over a dozen requests.", "China ignored around 10 invitations to talks."),
        ("Ships carried 212 people from the island.", "17 people were injured when ships collided."),
    ],
)
def test_numbers_that_can_be_one_or_are_of_other_things_are_none(one: str, other: str) -> None:
    assert types(one, other) == set()


def test_numbers_of_two_years_may_differ() -> None:
    assert "figure" not in types("In 1965 a flood killed 200 people.", "The flood of 2023 killed 38 people.")


def test_the_reason_says_how_both_were_read() -> None:
    (finding,) = found("The two-day visit of the minister ended.", "The minister’s visit of 3 days ended.")
    assert finding.text == "“two-day” (read as 2 days) on one side, “3 days” on the other"


# --- days ---


def test_a_weekday_and_a_date_are_held_against_each_other_by_the_day_of_the_article() -> None:
    one = "The minister left the city on Monday."
    assert types(one, "The minister left the city on June 19.") == set()
    assert types(one, "The minister left the city on June 18.") == {"date"}
    assert types(one, "The minister left the city on June 18.", published=None) == set()


def test_a_length_of_time_and_a_year_are_held_against_each_other() -> None:
    one = "He is the first minister to visit in five years."
    assert types(one, "He is the first minister to visit since 2018.") == set()
    (finding,) = found(one, "He is the first minister to visit since 2011.")
    assert finding.type is ReasonType.DATE
    assert finding.text == "“five years” (read as since about June 2018) on one side, “2011” on the other"


def test_the_day_somebody_spoke_is_no_other_day_of_what_happened() -> None:
    one = "The ferry sank near the port, the police said on Tuesday."
    assert types(one, "The ferry sank near the port on Sunday.") == set()


# --- certainty, refutation, negation ---


def test_what_one_side_hedges_and_the_other_states() -> None:
    hedged = "An alleged spy balloon crossed the border."
    assert types(hedged, "The spy balloon crossed the border.") == {"certainty"}
    assert types(hedged, "A suspected spy balloon crossed the border.") == set()


def test_a_hedge_that_is_denied_leaves_nothing_open() -> None:
    assert "certainty" not in types(
        "Arson is not suspected in the harbour fire.", "Arson in the harbour fire was proved."
    )


def test_what_one_side_refutes() -> None:
    assert "refutation" in types("The company denied that the radar had failed.", "The radar failed before the crash.")


def test_one_side_denies_what_the_other_says() -> None:
    assert types("The crew never gave safety instructions.", "The crew gave clear safety instructions.") == {"negation"}


def test_a_denial_and_a_word_that_denies_as_well_cancel() -> None:
    assert types("China has not agreed to talks.", "China refused to agree to talks.") == set()


def test_a_denial_and_the_opposite_cancel() -> None:
    assert types("The jury did not find the mayor guilty.", "The jury found the mayor innocent.") == set()


# --- names, ranks, voices ---


def test_a_name_spelt_in_two_ways() -> None:
    (finding,) = found("Captain Erik Brandvold was questioned.", "Erik Brandvoll, the captain, was questioned.", 0.05)
    assert finding.type is ReasonType.NAME


def test_two_names_with_one_title() -> None:
    assert types("The fire was put out, said Mayor Jane Roe.", "The fire was put out, said Mayor Peter Kahn.") == {
        "name"
    }


def test_two_claims_to_be_the_most() -> None:
    assert types("It was the second-worst flood in the country.", "It is the deadliest flood of the country.") == {
        "uniqueness"
    }
    assert types("It was the first flood of the town.", "It was the first flood of the town.") == set()


def test_the_same_quotation_from_somebody_else() -> None:
    one = "“We must never let this happen again,” said Anna Bell."
    assert "attribution" in types(one, "“We must never let this happen again,” said Peter Kahn.")
    assert types(one, "“We must never let this happen again,” Mrs Bell said.") == set()


def test_what_one_side_only_quotes_weighs_less() -> None:
    one = "Seventeen people were injured in the crash."
    (told,) = found(one, "Fourteen people were injured in the crash.")
    (quoted,) = found(one, "“Fourteen people were injured in the crash,” he said.")
    assert quoted.score < told.score
    assert quoted.text.endswith("one side quotes somebody, the other does not")


def test_numbers_and_certainty_go_before_the_rest() -> None:
    both = found(
        "Allegedly seventeen people were injured near Milford.", "Fourteen people were injured, never seventeen."
    )
    assert both[0].score >= both[-1].score


@pytest.mark.parametrize(
    "text",
    [
        "12 people killed, " * 100,
        "On Monday, " * 180,
        "Anna Bell met " * 140,
        "not never no " * 150,
        "the first alleged " * 110,
        "“" * 2_000,
        '"' * 2_000,
        "1," * 1_000,
        "a-" * 1_000,
        "’s most " * 250,
        "since in for about " * 100,
    ],
    ids=range(11),
)
def test_of_text_made_to_annoy_no_more_is_looked_at_than_of_any_sentence(text: str) -> None:
    account = understand(text, TUESDAY)
    sorts = (
        account.amounts,
        account.days,
        account.names,
        account.hedges,
        account.refutes,
        account.denials,
        account.unique,
    )
    assert max(map(len, sorts)) <= MOST
    found(text, f"{text} more", 1.0)
