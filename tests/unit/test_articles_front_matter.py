import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.front_matter import split_front_matter

TEXT = "\nXi meets Blinken\n\nThey met.\n"


def test_the_text_is_what_follows_the_front_matter() -> None:
    said, text = split_front_matter(f"---\ntitle: Xi meets Blinken\n---\n{TEXT}")
    assert said == {"title": "Xi meets Blinken"}
    assert text == TEXT


def test_it_may_be_closed_by_dots() -> None:
    assert split_front_matter(f"--- \ntitle: A\n...\n{TEXT}") == ({"title": "A"}, TEXT)


def test_values_become_texts_and_unknown_keys_are_passed_over() -> None:
    said, _ = split_front_matter(
        "---\ntitle: 1984\nauthor: [Jane Smith, Ben Jones]\ndate: 2023-06-20\noutlet: |\n  The Daily\n  Post\n"
        "language: no\nagency: null\nurl: {a: b}\ntags: [china]\n---\n"
    )
    assert said == {
        "title": "1984",
        "author": "Jane Smith, Ben Jones",
        "date": "2023-06-20",
        "outlet": "The Daily Post",
        "language": "no",
    }


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "---\ntitle: never closed\n",
        "---\nXi met Blinken.\n---\nThey talked.\n",
        "---\n- a list\n---\nThey talked.\n",
        "---\ntitle: 'broken\n---\nThey talked.\n",
        "---\n---\nThey talked.\n",
        "\n---\ntitle: not on the first line\n---\n",
        "----\ntitle: too many dashes\n---\n",
        "---\na: &a [1]\nb: *a\n---\nThey talked.\n",
    ],
)
def test_what_is_not_a_closed_mapping_is_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


@settings(max_examples=200)
@given(st.text(max_size=100))
def test_no_front_matter_ever_fails(inside: str) -> None:
    text = f"---\n{inside}\n---\n{TEXT}"
    assert text.endswith(split_front_matter(text)[1])
