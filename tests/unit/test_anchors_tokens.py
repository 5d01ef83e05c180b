"""A text as the difference reads it, and what typography does to words."""

import time
import unicodedata

import pytest

from tui.anchors.tokens import Reader, plain


def tokens(text: str) -> list[str]:
    read = Reader().read(text)
    return [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “No.”", ["He", "said", ":", "“", "No", ".", "”"]),
        ("about 2,700.5 men at 12:30", ["about", "2,700.5", "men", "at", "12:30"]),
        ("don’t – but… no--yes", ["don", "’", "t", "–", "but", "…", "no", "--", "yes"]),
        ("mili\u00adtary\u200b talks", ["mili\u00adtary\u200b", "talks"]),
        ("習近平在", ["習", "近", "平", "在"]),
        (" \n\u00a0", []),
    ],
)
def test_words_figures_and_signs_are_tokens_and_white_space_is_none(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_tokens_that_differ_in_case_or_typography_are_found_as_the_same() -> None:
    reader = Reader()
    assert reader.read("“The mili\u00adtary…”").keys == reader.read('"THE military..."').keys
    assert reader.read("ten").keys != reader.read("two").keys


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("They met. He left.", ["met.", "left."]),
        ("He said “no.” Then he left", ["“no.”", "left"]),
        ("The U.S. Secretary met Mr. Xi. They talked", ["Xi.", "talked"]),
        ("Headline\nA line", ["Headline", "line"]),
        ("It cost 1.5 million. so they said", ["said"]),
    ],
)
def test_sentences_end_where_punctuation_and_lines_say_so(text: str, ends: list[str]) -> None:
    read = Reader().read(text)
    found = [text[: read.ends[token]].split()[-1] for token in range(len(read)) if read.ends_sentence(token)]
    assert found == ends


def test_what_typography_does_is_taken_back_and_nothing_else() -> None:
    assert plain(" “Don’t”\u00a0–\n he  said… ") == '"Don\'t" - he said...'
    assert plain("cafe\u0301") == "caf\u00e9"
    for one, other in (("US", "us"), ("10²", "102"), ("ﬁne", "fine"), ("“a”", "‘a’"), ("re sign", "resign")):
        assert plain(one) != plain(other)


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u05b1\u05b0", "\u0f73", "\u0301\u00ad\u0315"])
def test_two_hundred_thousand_marks_on_a_letter_are_read_at_once(marks: str) -> None:
    began = time.process_time()
    hostile = "a" + marks * 100_000
    assert len(Reader().read(hostile)) > 1
    assert plain(hostile) != plain(hostile[:-2])
    assert time.process_time() - began < 2


def test_a_word_with_marks_in_it_is_one_token_however_they_are_written() -> None:
    words = "cafe\u0301s Vie\u0323\u0302t Zalgo" + "\u0301" * 30
    assert tokens(words) == words.split(" ")
    reader = Reader()
    assert reader.read(words).keys == reader.read(unicodedata.normalize("NFC", words)).keys


def test_text_beside_marks_without_end_is_composed_all_the_same() -> None:
    run = "\u0315" * 40
    assert plain(f"cafe\u0301 x{run} cafe\u0301") == f"café x{run} café"
