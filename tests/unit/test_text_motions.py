"""Where the keys of the Reader lead: words, labels to jump by."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.text.motions import (
    labels,
    next_word_end,
    next_word_start,
    previous_word_end,
    previous_word_start,
    words,
)

texts = st.text(st.one_of(st.sampled_from("ab1 .,%$’-&\nU漢\u0301\u00ad“”"), st.characters(codec=None)), max_size=30)


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China’s “core interests”, said Shi.", ["China’s", "core", "interests", "said", "Shi"]),
        ("2,700 people, 1.5% of them", ["2,700", "people", "1.5%", "of", "them"]),
        ("At 08:47 it cost $3bn; in 2023.", ["At", "08:47", "it", "cost", "$3bn", "in", "2023"]),
        ("the U.S.-China talks, U.S.’s view", ["the", "U.S.-China", "talks", "U.S.’s", "view"]),
        ("military-to-military channels—don't", ["military-to-military", "channels", "don't"]),
        ("the countries’ ‘talks’", ["the", "countries", "talks"]),
        ("AT&T, F-16, 20th, J.K. Rowling", ["AT&T", "F-16", "20th", "J.K.", "Rowling"]),
        ("cafe\u0301 mili\u00adtary", ["cafe\u0301", "mili\u00adtary"]),
        ("习近平 said", ["习", "近", "平", "said"]),
        ("… — “”", []),
    ],
)
def test_a_word_is_what_a_reader_would_select_without_punctuation(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


def test_w_and_b_move_the_end_of_a_selection_without_punctuation() -> None:
    text = "its “core interests”, Shi said"
    ends = [0]
    for _ in range(6):
        ends.append(next_word_end(text, ends[-1]))
    assert [text[:end] for end in ends[1:]] == [
        "its",
        "its “core",
        "its “core interests",
        "its “core interests”, Shi",
        text,
        text,
    ]
    assert text[: previous_word_end(text, len(text))] == "its “core interests”, Shi"
    assert text[: previous_word_end(text, 21)] == "its “core interests"


def test_w_and_b_move_the_start_of_a_selection_to_the_starts_of_words() -> None:
    text = "its “core interests”"
    assert [next_word_start(text, offset) for offset in (0, 3, 5, 8, 10, 20)] == [5, 5, 10, 10, 10, 20]
    assert [previous_word_start(text, offset) for offset in (20, 10, 7, 5, 4, 0)] == [10, 5, 5, 0, 0, 0]


@settings(max_examples=300)
@given(texts, st.integers(0, 30))
@example("⺀0", 2)  # a radical is no letter
def test_motions_agree_with_the_words_of_the_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    found = list(words(text, 0, len(text)))
    assert next_word_end(text, offset) == next((end for _, end in found if end > offset), offset)
    assert next_word_start(text, offset) == next((start for start, _ in found if start > offset), offset)
    assert previous_word_end(text, offset) == max((end for _, end in found if end < offset), default=offset)
    assert previous_word_start(text, offset) == max((start for start, _ in found if start < offset), default=offset)


@settings(max_examples=200)
@given(texts)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    covered = {offset for start, end in words(text, 0, len(text)) for offset in range(start, end)}
    assert all(offset in covered for offset, character in enumerate(text) if character.isalpha())


def test_labels_are_single_letters_while_they_last() -> None:
    assert labels(3, "asdf") == ["a", "s", "d"]
    assert labels(4, "asdf") == ["a", "s", "d", "f"]
    assert labels(5, "asdf") == ["a", "s", "d", "fa", "fs"]
    assert labels(17, "asdf")[:2] == ["aa", "as"]
    assert labels(0, "asdf") == []


@given(st.integers(0, 300), st.sampled_from(["ab", "asdf", "asdfghjkl"]))
def test_no_label_begins_another_and_none_is_longer_than_need_be(count: int, alphabet: str) -> None:
    found = labels(count, alphabet)
    assert len(set(found)) == count
    assert [len(label) for label in found] == sorted(len(label) for label in found)
    assert not any(one != other and other.startswith(one) for one in found for other in found)
    assert all(len(alphabet) ** (len(label) - 1) < count for label in found if len(label) > 1)


@pytest.mark.parametrize("alphabet", ["", "a", "aba"])
def test_labels_need_different_letters(alphabet: str) -> None:
    with pytest.raises(ValueError, match="different letters"):
        labels(3, alphabet)
