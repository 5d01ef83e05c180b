"""What a reader of news found missed, or called a conflict that is none."""

import pytest
from test_suggest_conflicts import found, types


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Twelve people were killed when the ferry sank.", "Ferry tragedy: a dozen dead, two missing"),
        ("Twelve dead in ferry accident", "A dozen people died and two are missing after the ferry sank."),
        ("The crash killed 4, injured 9.", "The crash left 9 injured and 4 dead."),
        ("The water was 6 degrees Celsius.", "The water was 43 degrees Fahrenheit."),
        ("The archive lost 3.500 manuscripts.", "The archive lost 3,500 manuscripts."),
        ("The operator said the ship had passed a check.", "The operator denied that the ship had failed a check."),
        ("The court voted 5 for and 4 against the appeal.", "The court voted against the appeal."),
        ("The senator voted against the bill.", "The senator voted against the bill again."),
        ("A 71-year-old man was arrested after the fire.", "A 35-year-old nurse treated people at the hospital."),
    ],
)
def test_what_agrees_or_is_of_other_things_is_no_conflict(one: str, other: str) -> None:
    assert types(one, other) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He called it the most concrete result of the visit.", "He is the first secretary to visit the city."),
        ("The state has accused Norland of helping the rebels.", "The talks with Norland helped both sides, he said."),
    ],
)
def test_a_claim_or_a_hedge_of_another_matter_is_no_conflict(one: str, other: str) -> None:
    assert types(one, other, likeness=0.08) == set()


@pytest.mark.parametrize(
    ("one", "other", "type", "text"),
    [
        (
            "Fourteen dead in ferry accident",
            "A dozen died and two are missing after the ferry accident.",
            "figure",
            "“Fourteen” (read as 14) on one side, “A dozen” (read as 12) on the other",
        ),
        (
            "The crash killed 4, injured 9.",
            "The crash killed 9, injured 4.",
            "figure",
            "“4” on one side, “9” on the other",
        ),
        (
            "The water was 6 degrees Celsius.",
            "The water was 61 degrees Fahrenheit.",
            "figure",
            "“6 degrees Celsius” on one side, "
            "“61 degrees Fahrenheit” (read as 61 degrees Fahrenheit, about 16 Celsius) on the other",
        ),
        (
            "Its shares fell by a tenth.",
            "Its shares fell 85%.",
            "figure",
            "“a tenth” (read as about 10 per cent) on one side, “85%” (read as 85 per cent) on the other",
        ),
        (
            "A 71-year-old man was arrested after the fire.",
            "A 72-year-old man was arrested after the fire.",
            "figure",
            "“71-year-old” (read as 71 years) on one side, “72-year-old” (read as 72 years) on the other",
        ),
        (
            "The train left at 7.15 on Thursday.",
            "The train left at 7.50 on Thursday.",
            "date",
            "“7.15” on one side, “7.50” on the other",
        ),
        (
            "The ferry sank off the port on Sunday night, the coast guard said.",
            "The ferry sank off the port on Monday evening, officials said.",
            "date",
            "“Sunday” (read as 18 June 2023) on one side, “Monday” (read as 19 June 2023) on the other",
        ),
        (
            "It is the tallest building in the city.",
            "It is the second tallest building in the city.",
            "uniqueness",
            "“the tallest” on one side, “the second tallest” on the other",
        ),
        (
            "The senator voted for the bill.",
            "The senator voted against the bill.",
            "negation",
            "“voted for” on one side, “voted against” on the other",
        ),
        (
            "Its shares rose after the news.",
            "Its shares fell after the news.",
            "negation",
            "“rose” on one side, its opposite “fell” on the other",
        ),
        (
            "The operator said the ship had failed a check.",
            "The operator denied that the ship had failed a check.",
            "refutation",
            "One side says “denied” of what the other tells",
        ),
    ],
)
def test_what_cannot_both_be_is_found_and_the_reason_names_both_sides(
    one: str, other: str, type: str, text: str
) -> None:
    assert (type, text) in [(each.type.value, each.text) for each in found(one, other)]
