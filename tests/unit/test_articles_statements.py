import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.statements import segment
from tui.model.article import StatementKind

SEEDS = Path(__file__).parents[2] / "seeds"


def pieces(text: str) -> list[str]:
    return [statement.span.of(text) for statement in segment(text)]


def of_kind(kind: StatementKind, text: str) -> list[str]:
    return [statement.span.of(text) for statement in segment(text) if statement.kind is kind]


def seed(number: int) -> str:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return path.read_text(encoding="utf-8")


news = st.lists(
    st.sampled_from(
        [
            "Xi",
            "U.S.",
            "Mr.",
            "said",
            "“",
            "”",
            ".",
            "!?",
            "…",
            " ",
            "  ",
            "\n",
            "\t",
            "\u00a0",
            "\u2028",
            "\x85",
            "\x0c",
            "he",
            "The",
            "02:49",
            "。",
            "1.",
            "a.m.",
            "'",
            ")",
            "—",
            "👩‍🚀",
            "e\u0301",
            "| Photo Credit: AP",
            "Share",
            "June 20, 2023",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(news, st.text(max_size=120)))
def test_statements_are_in_order_apart_trimmed_and_hold_everything_but_white_space(text: str) -> None:
    spans = [statement.span for statement in segment(text)]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    assert {offset for offset, char in enumerate(text) if not char.isspace()} <= covered
    assert all("\n" not in span.of(text) for span in spans)


def test_a_line_break_ends_a_statement_even_without_a_stop() -> None:
    assert pieces("Xi met Blinken\nin Beijing. They talked.") == ["Xi met Blinken", "in Beijing.", "They talked."]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday, U.S. Secretary of State Antony Blinken spoke.",
        "The first visit by a U.S. Secretary of State since 2018 ended.",
        "He met U.K. Foreign Secretary James Cleverly.",
        "A vote in the U.N. Security Council failed.",
        "He lives near Washington, D.C. Metro stations.",
        "Mr. Kritenbrink met Ms. Beran and Gen. Li at 5 p.m. on Monday.",
    ],
)
def test_the_stop_of_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert pieces(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He lives in the U.K.", "He left in May."),
        ("The balloon was shot down by the U.S.", "The warship came close."),
        ("She works in Washington, D.C.", "But she left."),
    ],
)
def test_an_acronym_before_a_word_that_opens_sentences_ends_one(first: str, second: str) -> None:
    assert pieces(f"{first} {second}") == [first, second]


def test_the_second_sentence_of_a_quotation_is_a_statement_of_its_own() -> None:
    text = "“The two sides have made progress. That’s very good,” Xi said."
    assert pieces(text) == ["“The two sides have made progress.", "That’s very good,” Xi said."]


def test_a_quotation_mark_left_alone_belongs_to_the_sentence_before_it() -> None:
    assert pieces("It was a hope of the visit. “. She quoted him.") == [
        "It was a hope of the visit. “.",
        "She quoted him.",
    ]


def test_sentences_in_scripts_with_wide_stops_end_too() -> None:
    assert pieces("中国拒绝了。“他说不行。”会谈结束。") == ["中国拒绝了。", "“他说不行。”", "会谈结束。"]


def test_offsets_count_code_points() -> None:
    text = "👩‍🚀 Ame\u0301lie left. 🇨🇳 stayed."
    assert [(s.span.start, s.span.end) for s in segment(text)] == [(0, 17), (18, 28)]


def test_a_text_without_anything_has_no_statements() -> None:
    assert segment("") == segment(" \n\t\n") == ()


# Counted by hand: the page's leavings, the headline, and sixteen sentences in one paragraph.
def test_the_article_that_is_one_long_paragraph() -> None:
    text = seed(1)
    assert of_kind(StatementKind.DEBRIS, text) == ["top of page", "Comentarios", "bottom of page"]
    assert of_kind(StatementKind.HEADLINE, text) == [
        "Blinken Admits Unable to Resurrect Military Negotiations with China"
    ]
    sentences = of_kind(StatementKind.SENTENCE, text)
    assert len(sentences) == 16
    assert [sentence.split()[0] for sentence in sentences] == [
        *("On", "In", "An", "During", "The", "Although", "Blinken", "At", "He", "However,", "Currently,", "In", "When"),
        *("According", "Despite", "Following"),
    ]
    assert len(segment(text)) == 20


def test_a_teaser_around_the_length_of_its_video_is_a_caption_once_and_debris_when_it_repeats() -> None:
    text = seed(0)
    teaser = "‘China will not challenge or replace the US’, Xi tells Blinken at crucial meeting"
    assert of_kind(StatementKind.CAPTION, text) == [teaser]
    assert of_kind(StatementKind.DEBRIS, text) == ["02:49", teaser, "Related posts", "Leave a Comment"]
    assert of_kind(StatementKind.HEADLINE, text) == [text.split("\n")[0]]


def test_a_caption_is_known_by_its_credit_also_where_it_stands_without_it() -> None:
    text = seed(2)
    caption = (
        "U.S. Secretary of State Antony Blinken shakes hands with Chinese President Xi Jinping in the Great Hall of "
        "the People in Beijing, China, on June 19, 2023."
    )
    assert of_kind(StatementKind.CAPTION, text) == [caption, caption, "| Photo Credit: AP"]
    assert of_kind(StatementKind.DATE_LINE, text) == ["June 20, 2023 08:47 pm | Updated 08:47 pm IST - BEIJING"]
    assert of_kind(StatementKind.DEBRIS, text) == []


def test_a_date_line_comes_before_the_headline() -> None:
    text = seed(3)
    first, second, *_ = segment(text)
    assert (first.span.of(text), first.kind) == ("date 2023-06-20 Politics", StatementKind.DATE_LINE)
    assert second.kind is StatementKind.HEADLINE
    assert len(segment(text)) == 40


def test_section_headings_are_headlines_and_a_disclaimer_is_debris() -> None:
    text = seed(4)
    assert of_kind(StatementKind.HEADLINE, text) == [
        "Xi refuses US request for military crisis hotline: Blinken.",
        "China Refuses to Resume Direct Military Communication with US",
        "Resistance to Open Communication",
        "Efforts to Engage",
    ]
    disclaimer, loading = of_kind(StatementKind.DEBRIS, text)
    assert "does not always share" in disclaimer
    assert loading == "Now loading..."


@pytest.mark.parametrize(
    "line",
    ["Leave a Reply »", "SHARE THIS ARTICLE", "3 comments", "5 min read", "* * *", "1:02:49", "© 2023 The Daily Post",
     "Share on Facebook", "Advertisement", "The views expressed here are the author’s own."],
)  # fmt: skip
def test_what_a_page_leaves_behind_is_debris(line: str) -> None:
    assert of_kind(StatementKind.DEBRIS, f"Xi meets Blinken\n{line}\nThey met on Monday.") == [line]


@pytest.mark.parametrize(
    "line",
    ["By Jane Smith", "Reuters", "What we know", "No progress", "China’s share", "Copyright law changes",
     "He said the views expressed by Mr. Li were wrong.", "He left."],
)  # fmt: skip
def test_headings_bylines_and_short_sentences_are_not_debris(line: str) -> None:
    assert of_kind(StatementKind.DEBRIS, f"Xi meets Blinken\n{line}\nThey met on Monday.") == []


@pytest.mark.parametrize(
    "line",
    ["Published June 20, 2023", "Tue 20 Jun 2023 14.05 BST", "2 hours ago", "By Jane Smith | June 20, 2023",
     "Beijing, June 20, 2023", "06/07/2023", "2023-06-20T08:47:00+05:30", "Updated 3:40 p.m. ET"],
)  # fmt: skip
def test_lines_that_only_say_when_are_date_lines(line: str) -> None:
    assert of_kind(StatementKind.DATE_LINE, f"Xi meets Blinken\n{line}\nThey met on Monday.") == [line]


@pytest.mark.parametrize(
    "line",
    ["Attack of September 11, 2001", "September 11, 2001 attacks", "The trip ended on June 20, 2023.", "June 20"],
)
def test_lines_that_speak_of_a_date_are_not_date_lines(line: str) -> None:
    assert of_kind(StatementKind.DATE_LINE, f"Xi meets Blinken\n{line}\nThey met on Monday.") == []


def test_an_item_of_a_list_is_no_headline() -> None:
    assert of_kind(StatementKind.HEADLINE, "Xi meets Blinken\n- no hotline\n- more visits\nThey met.") == [
        "Xi meets Blinken"
    ]


@pytest.mark.parametrize(
    "line",
    ["word " * 40_000, "a" * 200_000, "!?" * 100_000, ".)" * 100_000, "U.S. " * 40_000,
     '." ' * 33_000 + "He left. " * 9_000, "。" * 200_000, "He left." + " " * 190_000 + "x",
     "Photo: " * 28_000, "1. " * 60_000],
    ids=["words", "one word", "marks", "closings", "acronyms", "marks first", "wide", "spaces", "credits", "numbers"],
)  # fmt: skip
def test_the_time_for_a_very_long_line_grows_with_its_length_only(line: str) -> None:
    segment("The splitter is loaded. It is warm.")
    start = time.process_time()
    segment(line)
    assert time.process_time() - start < 4  # seconds; with the square of the length it takes half a minute
