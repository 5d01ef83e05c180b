from pathlib import Path

import pytest

from tui.articles.guessing import guess

SEEDS = Path(__file__).parents[2] / "seeds"
REST = "\nThe talks on the crisis line ended in Beijing on Monday and it was not clear what is to come of them."


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            0,
            {
                "title": "Why China still refuses to resume military dialogue with US, "
                "despite Antony Blinken’s latest appeal",
                "language": "en",
            },
        ),
        (
            1,
            {"title": "Blinken Admits Unable to Resurrect Military Negotiations with China", "language": "en"},
        ),
        (
            2,
            {
                "title": "U.S. urges China military dialogue despite rebuff to Blinken",
                "agency": "Reuters",
                "date": "2023-06-20",
                "language": "en",
            },
        ),
        (
            3,
            {
                "title": "Blinken deals a blow to his trip to China as Xi Jinping rejects military offer",
                "date": "2023-06-20",
                "language": "en",
            },
        ),
        (
            4,
            {
                "title": "Xi refuses US request for military crisis hotline: Blinken.",
                "outlet": "Conservative News Daily",
                "language": "en",
            },
        ),
    ],
)
def test_what_the_five_real_articles_show_of_themselves(number: int, expected: dict[str, str]) -> None:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    assert guess(path.read_text(encoding="utf-8"), path.stem) == expected


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# Xi meets Blinken", "Xi meets Blinken"),
        ("  Xi   meets\tBlinken", "Xi meets Blinken"),
        ("Menu\nSearch\n02:49\nXi meets Blinken", "Xi meets Blinken"),
        ("Reuters\nBy Jane Smith\nJune 20, 2023\nXi meets Blinken", "Xi meets Blinken"),
        ("https://example.org/xi\nXi meets Blinken", "Xi meets Blinken"),
        ("Did Xi meet Blinken? What we know", "Did Xi meet Blinken? What we know"),
    ],
)
def test_the_title_is_the_first_short_line_that_says_something(head: str, title: str) -> None:
    assert guess(head + REST, "a")["title"] == title


@pytest.mark.parametrize(
    "text",
    [
        "Xi met Blinken.",
        "Xi met Blinken. They talked for an hour." + REST,
        "Xi Jinping met Antony Blinken in Beijing on Monday, " * 5 + "it was said." + REST,
        "Photo: Reuters" + REST,
    ],
    ids=["nothing below it", "two sentences", "a paragraph", "a caption"],
)
def test_a_text_that_begins_without_a_title_has_none(text: str) -> None:
    assert "title" not in guess(text, "a")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published June 20, 2023", "2023-06-20"),
        ("20 June 2023", "2023-06-20"),
        ("Tue 20 Jun 2023 14.05 BST", "2023-06-20"),
        ("20.06.2023", "2023-06-20"),
        ("06/20/2023 5:00 PM EDT", "2023-06-20"),
        ("2023-06-20T08:47:00+05:30", "2023-06-20"),
        ("Sept. 11, 2001", "2001-09-11"),
    ],
)
def test_the_date_of_a_date_line_becomes_iso(line: str, date: str) -> None:
    assert guess(f"Xi meets Blinken\n{line}{REST}", "a")["date"] == date


@pytest.mark.parametrize(
    "line",
    ["06/07/2023", "June 31, 2023", "June 20", "He may resume talks in 2023", "The deal of June 20, 2023 is off"],
)
def test_a_date_that_is_not_certain_is_not_guessed(line: str) -> None:
    assert "date" not in guess(f"Xi meets Blinken\n{line}{REST}", "a")


def test_the_file_name_may_hold_the_date() -> None:
    assert guess("Xi meets Blinken" + REST, "2023-06-20-xi")["date"] == "2023-06-20"
    assert guess("Xi meets Blinken" + REST, "xi_20230620")["date"] == "2023-06-20"
    assert "date" not in guess("Xi meets Blinken" + REST, "000_20239999")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Smith", "Jane Smith"),
        ("By Humeyra Pamuk, David Brunnstrom and Ryan Woo", "Humeyra Pamuk, David Brunnstrom and Ryan Woo"),
        ("By Ludwig van Beethoven | June 20, 2023", "Ludwig van Beethoven"),
        ("By Jane Smith, Reuters", "Jane Smith"),
    ],
)
def test_the_author_is_whom_a_byline_names(line: str, author: str) -> None:
    assert guess(f"Xi meets Blinken\n{line}{REST}", "a")["author"] == author


@pytest.mark.parametrize(
    "line", ["By the Numbers", "By Reuters", "By Monday Xi had left", "By invitation", "By Our Staff"]
)
def test_a_line_that_begins_like_a_byline_names_no_author(line: str) -> None:
    assert "author" not in guess(f"Xi meets Blinken\n{line}{REST}", "a")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Reuters", "Reuters"),
        ("By Reuters Staff", "Reuters"),
        ("The Associated Press", "AP"),
        ("BEIJING, June 20 (Reuters) - China said on Tuesday it was ready.", "Reuters"),
        ("Source: AFP", "AFP"),
    ],
)
def test_the_agency_is_named_by_a_line_of_its_own_or_a_dateline(line: str, agency: str) -> None:
    assert guess(f"Xi meets Blinken\n{line}{REST}", "a")["agency"] == agency


def test_an_agency_that_is_only_spoken_of_is_not_the_source() -> None:
    assert "agency" not in guess(f"Xi meets Blinken\nReuters reported on Monday that they met.{REST}", "a")


def test_the_address_is_a_line_of_its_own() -> None:
    assert guess(f"Xi meets Blinken\nSource: https://example.org/a{REST}", "a")["url"] == "https://example.org/a"
    assert "url" not in guess(f"Xi meets Blinken\nSee https://example.org/a for more.{REST}", "a")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Minister ist mit dem Zug nach Peking gefahren und hat sich nicht zu den Fragen der Presse geäußert.",
            "de",
        ),
        (
            "Le ministre est allé à Pékin et il n'a pas répondu aux questions que la presse posait sur le voyage.",
            "fr",
        ),
        ("El ministro viajó a Pekín y no respondió a las preguntas de la prensa que se hicieron en el viaje.", "es"),
        (REST, "en"),
    ],
)
def test_the_language_is_told_by_its_commonest_words(text: str, language: str) -> None:
    assert guess(text, "a")["language"] == language


@pytest.mark.parametrize("text", ["Xi Jinping", "中国拒绝恢复军事对话。", "Xi\n" * 50, "12 34 56"])
def test_a_language_that_does_not_show_is_left_unknown(text: str) -> None:
    assert "language" not in guess(text, "a")
