import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.speakers import guess_speaker
from tui.articles.statements import segment
from tui.model.span import Span

SEEDS = Path(__file__).parents[2] / "seeds"


def said_by(text: str, words: str) -> str | None:
    """Who is guessed to say `words`, which stand in `text` once."""
    start = text.index(words)
    return guess_speaker(text, segment(text), Span(start, start + len(words)))


def said_by_statement_with(text: str, words: str) -> str | None:
    offset = text.index(words)
    statements = segment(text)
    (statement,) = [each for each in statements if offset in each.span]
    return guess_speaker(text, statements, statement.span)


def seed(number: int) -> str:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "words", "speaker"),
    [
        (0, "indicated that Washington", "Shi Yinhong"),
        (0, "resisted giving such", "Shi Yinhong"),
        (0, "The PLA also sees", "Shi Yinhong"),
        (0, "if the present state", "Shi Yinhong"),
        (0, "Beijing has warned", "Beijing"),
        (0, "In an interview with NBC", "Antony Blinken"),
        (0, "He added that they should", "Antony Blinken"),
        (0, "the PLA would only move", "Zhou Chenning"),
        (0, "has effectively helped", "Zhou Chenning"),
        (0, "has the patience to wait", "Zhou Chenning"),
        (1, "he emphasised the requirement", "Antony Blinken"),
        (1, "In spite of this", "Antony Blinken"),
        (1, "could not be revived", "Antony Blinken"),
        (1, "chapter should be closed", "Antony Blinken"),
        (1, "even for negotiation purposes", "U.S. State Department spokesperson"),
        (1, "sanctions on one side", "Shen Yamei"),
        (2, "was essential to reduce", "Sarah Beran"),
        (2, "absolutely critical way", "Sarah Beran"),
        (2, "We remain willing", "Sarah Beran"),
        (2, "two-way street", "Daniel Kritenbrink"),
        (2, "simply doesn't reflect", "Daniel Kritenbrink"),
        (3, "But Reuters news agency", "Reuters"),
        (3, "some parts of the talks", "Antony Blinken"),
        (3, "still off the table", "Antony Blinken"),
        (3, "Today I met with", "Antony Blinken"),
        (3, "China didn’t agree to set up", "Bethany Allen"),
        (3, "absolutely vital", "Antony Blinken"),
        (3, "This imperative has", "Antony Blinken"),
        (3, "will continue to press", "Stephen McDonell"),
        (3, "something to work on", "Stephen McDonell"),
        (3, "according to a Reuters", "Reuters"),
        (3, "no room for compromise", "Wang Yi"),
        (3, "The two sides have also made", "Xi Jinping"),
        (3, "That’s very good", "Xi Jinping"),
        (3, "hopes to see a healthy", "Xi Jinping"),
        (3, "quite positive", "Wu Xinbo"),
        (3, "it has not lost hope", "Wu Xinbo"),
        (3, "follow-up engagements", "Matthew Miller"),
        (4, "Xi refuses US request", "Antony Blinken"),
        (4, "However, China has not agreed", "Antony Blinken"),
        (4, "we have a responsibility", "Antony Blinken"),
        (4, "Reuters reported that", "Reuters"),
        (4, "success on every issue", "Antony Blinken"),
        (4, "But again, I want", "Antony Blinken"),
    ],
)
def test_the_seeds_tell_who_speaks(number: int, words: str, speaker: str) -> None:
    assert said_by_statement_with(seed(number), words) == speaker


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "does not recognise Taiwan"),
        (0, "Li Shangfu refused"),
        (0, "Related posts"),
        (1, "very good turning point"),
        (1, "He made this point"),
        (2, "Updated 08:47"),
        (2, "pressed its call"),
        (3, "some analysts suggested"),
        (3, "Newsweek has contacted"),
        (4, "held talks with Chinese"),
    ],
)
def test_statements_in_the_articles_own_voice_have_no_speaker(number: int, words: str) -> None:
    assert said_by_statement_with(seed(number), words) is None


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The talks, said Foreign Ministry spokeswoman Mao Ning, were candid.", "candid", "Mao Ning"),
        ("“We will go,” said Ursula von der Leyen on Monday.", "We will go", "Ursula von der Leyen"),
        ("“Not now,” British Prime Minister Rishi Sunak told reporters in London.", "Not now", "Rishi Sunak"),
        ("Turnout fell, according to the Interior Ministry.", "Turnout fell", "Interior Ministry"),
        ("The White House said on Tuesday that talks go on.", "talks go on", "White House"),
        ("Blinken: “We agreed on nothing.”", "We agreed", "Blinken"),
        ("Fumio Kishida spoke in Tokyo.\n“It is done,” Mr. Kishida said.", "It is done", "Fumio Kishida"),
        ("‘Never again,’ said John F. Kirby.", "Never again", "John F. Kirby"),
        ("Anita Rao of the University of the West Indies said it was warm.", "it was warm", None),
        (
            "The winds were strong that night in the whole of the old town.\nMichael Brennan spoke first.\n"
            "“Nobody expected this,” according to Brennan.",
            "Nobody expected",
            "Michael Brennan",
        ),
        ("Jane Doe, a farmer, left early. “It rained,” she said.", "It rained", None),
        ("Jane Doe, a farmer, complained. “It rained,” she said.", "It rained", None),
        ("Jane Doe complained. “It rained,” she said.", "It rained", "Jane Doe"),
        ("Police said the road was closed.", "the road", "Police"),
        ("The company said that it was not involved.", "not involved", None),
        ("They said nothing of it.", "nothing", None),
        ("Ann Lee was told to leave.", "to leave", None),
        ("Ann Lee did not say a word.", "a word", None),
        ("That said, China would gain.", "China would", None),
    ],
)
def test_the_words_of_a_report_name_the_speaker(text: str, words: str, speaker: str | None) -> None:
    assert said_by(text, words) == speaker


def test_a_part_of_a_statement_is_said_by_whom_its_clause_names() -> None:
    text = "Taxes rose in May, but Ann Lee said they would fall."
    assert said_by(text, "they would fall") == "Ann Lee"
    assert said_by(text, "Taxes rose in May") is None


def test_two_speakers_in_one_statement_are_told_apart_by_place_and_the_whole_is_left_open() -> None:
    text = "Ann Lee said that taxes rose in May and Bob Ray said that they fell."
    assert said_by(text, "taxes rose") == "Ann Lee"
    assert said_by(text, "they fell") == "Bob Ray"
    assert said_by(text, text) is None


def test_a_surname_that_two_people_bear_stays_as_it_is() -> None:
    text = "Bob Ray met Ann Ray.\n“It is late,” Ray said."
    assert said_by(text, "It is late") == "Ray"


def test_he_is_never_an_institution() -> None:
    assert said_by("Reuters reported that a minister resigned. He said that it was time.", "it was time") is None


def test_a_long_quotation_without_a_speaker_nearby_stays_open() -> None:
    text = "Ann Lee said: “One. " + "This goes on and on. " * 8 + "The end is here.”"
    assert said_by(text, "The end is here") is None


@pytest.mark.parametrize(
    "piece",
    ["said, ", "Aa ", "Aa said ", "“", '"', "Aa, said ", "of Aa ", "‘a ", "according to Aa by ", "x", " ", "Aa: "],
)
def test_one_line_of_two_hundred_thousand_characters_takes_no_time(piece: str) -> None:
    text = (piece * 200_000)[:200_000].strip() or "x"
    whole = Span(0, len(text))
    statements = segment("x" * len(text))
    started = time.perf_counter()
    guess_speaker(text, statements, whole)
    guess_speaker(text, statements, Span(len(text) // 2, len(text) // 2 + 1))
    assert time.perf_counter() - started < 1


WORDS = """Ann Lee Mr. U.S. said told according to by he she “ ” ‘ ’ " , . : but which quoted as saying of von
    Ministry officials Xi’s -"""


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(st.sampled_from([*WORDS.split(), "\n"]), min_size=1, max_size=60))
def test_any_text_gives_a_name_of_words_it_holds_or_nothing(data: st.DataObject, words: list[str]) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    speaker = guess_speaker(text, segment(text), span)
    assert speaker is None or (speaker.split() and all(word in text for word in speaker.split()))
