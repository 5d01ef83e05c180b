"""The two looks of a document that is printed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tui.cli.blocks import WIDTH, Block, Heading, Paragraph, Quote, as_markdown, as_text, escaped
from tui.text.cells import cells, plain_line

texts = st.text(st.characters(codec="utf-8"), max_size=120) | st.text("*_[]()<>#-+=1. `~|&\\\n$:/w", max_size=60)
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 3), texts),
    st.builds(Paragraph, texts),
    st.builds(Quote, texts, texts, st.lists(texts, max_size=2).map(tuple)),
)


@given(st.lists(blocks, max_size=5))
def test_text_fits_80_columns_and_holds_no_control_character(document: list[Block]) -> None:
    for line in as_text(document):
        assert cells(line) <= WIDTH
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)


@given(texts)
def test_escaped_text_means_what_it_says_and_nothing_in_it_is_markup(text: str) -> None:
    line = escaped(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) == plain_line(text)
    bare = re.sub(r"\\.", " ", line)
    assert not re.search(r"[`*_\[\]{}<>&|~$#\\]|://", bare)
    assert not re.match(r"[-+=]|\d+[.)]", line)


@given(st.lists(blocks, max_size=5))
def test_markdown_has_no_more_headings_than_the_document(document: list[Block]) -> None:
    headings = [line for line in as_markdown(document) if line.startswith("#")]
    assert len(headings) == sum(isinstance(block, Heading) for block in document)


def test_paragraphs_stay_apart_and_a_quote_stands_with_its_source() -> None:
    document: list[Block] = [Heading(2, "A"), Quote("“one\ntwo”", "who", ("note",)), Paragraph("- x\n1. y")]
    assert list(as_markdown(document)) == [
        *("## A", "", "> “one two”", ">", "> — who", "", "note", "", "\\- x", "", "1\\. y")
    ]
    assert list(as_text(document)) == ["A", "-", "", "  | “one two”", "    — who", "    note", "", "  - x", "  1. y"]
