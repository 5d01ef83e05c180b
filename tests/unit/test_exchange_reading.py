"""Files of annotations that come from other people: what is read, and what is refused with which sentence."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.annotation_files import AnnotationErrors, ArticleFile, LinksFile
from tui.exchange.reader import read_annotations
from tui.model.filing import DECIDED
from tui.model.records import ArticleNote, Certainty, Stance, Status
from tui.model.span import Span

SHA = "b1e2ad9d" * 8
OTHER_SHA = "0a" * 32

ARTICLE = f"""\
format: variorum/1
article: 001_a
text_sha256: {SHA}
finished: true
memo: |-
  A rewrite of the CNBC report; no byline.
claims:

  c7k3m9q2x4w8t:
    span: [1158, 1185]
    exact: |-
      "chapter should be closed."
    prefix: "ken commented "
    suffix: " At the meeting"
    tags:
      - fact
    gist: The balloon affair should be closed
    said_by:
      - Antony Blinken
    certainty: stated
    created: "2026-11-21T20:00:00Z"
"""

LINKS = """\
format: variorum/1
contradictions:

  x2d8r5n1v6p0h:
    gist: When and why did contacts stop?
    between:
      - claim: c7k3m9q2x4w8t
        article: 003_b
        exact: |-
          Communication lines were cut
      - claim: c000000000000
    kinds:
      - cause
      - date
    status: explained
    created: "2026-11-21T20:00:00Z"

duplicates:

  d00000000000a:
    claims:
      - claim: c7k3m9q2x4w8t
      - claim: c000000000000
    created: "2026-11-21T20:00:00Z"

remarks:

  r00000000000a:
    on: ben/c5k3m9q2x4w8t
    stance: disagree
    memo: |-
      He said so only later.
    created: "2026-11-21T20:00:00Z"
"""


def read_article(text: str, article: str = "001_a") -> ArticleFile:
    file = read_annotations(text.encode(), "annotations/ada/001_a.yaml", "ada", article)
    assert isinstance(file, ArticleFile)
    return file


def read_links(text: str) -> LinksFile:
    file = read_annotations(text.encode(), "annotations/ada/links.yaml", "ada", None)
    assert isinstance(file, LinksFile)
    return file


def refusals(text: str | bytes, article: str | None = "001_a") -> list[tuple[int, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(AnnotationErrors) as caught:
        read_annotations(data, "f.yaml", "ada", article)
    assert str(caught.value).startswith("f.yaml")
    return [(error.place.line, error.sentence) for error in caught.value.errors]


def test_an_article_file_is_read_into_its_claims_and_its_note() -> None:
    file = read_article(ARTICLE)
    (claim,) = file.claims
    assert (claim.id, claim.annotator, claim.article, claim.text_sha256) == ("c7k3m9q2x4w8t", "ada", "001_a", SHA)
    assert claim.span == Span(1158, 1185)
    assert claim.exact == '"chapter should be closed."'
    assert claim.tags == ("fact",)
    assert claim.said_by == ("Antony Blinken",)
    assert claim.certainty is Certainty.STATED
    memo = "A rewrite of the CNBC report; no byline."
    assert file.note == ArticleNote(annotator="ada", article="001_a", finished=True, memo=memo)
    assert file.records == (file.note, claim)


def test_links_and_remarks_are_read() -> None:
    file = read_links(LINKS)
    (contradiction,), (group,), (remark,) = file.contradictions, file.duplicates, file.remarks
    assert contradiction.claims == group.claims == ("c7k3m9q2x4w8t", "c000000000000")
    assert contradiction.kinds == ("cause", "date")
    assert contradiction.status is Status.EXPLAINED
    assert (remark.on, remark.stance, remark.memo) == ("ben/c5k3m9q2x4w8t", Stance.DISAGREE, "He said so only later.")
    assert file.records == (contradiction, group, remark)


def test_a_file_that_git_gave_windows_line_ends_is_the_same_file() -> None:
    assert read_article(ARTICLE.replace("\n", "\r\n")) == read_article(ARTICLE)
    assert read_links("\ufeff" + LINKS.replace("\n", "\r\n")) == read_links(LINKS)


def test_a_header_alone_is_a_file_without_records() -> None:
    assert read_article("format: variorum/1\narticle: 001_a\nclaims:\n").records == ()
    assert read_links("format: variorum/1\n").records == ()


def test_a_claim_made_on_another_text_than_the_header_says_keeps_its_own() -> None:
    own = ARTICLE.replace("    span:", f"    text_sha256: {OTHER_SHA}\n    span:")
    assert read_article(own).claims[0].text_sha256 == OTHER_SHA
    assert read_article(own.replace(f"text_sha256: {SHA}\n", "")).claims[0].text_sha256 == OTHER_SHA


def test_keys_that_are_not_known_are_kept() -> None:
    text = ARTICLE.replace("finished: true", "finished: true\ncolour: {a: [1, no]}").replace(
        "    gist:", "    mood: calm\n    gist:"
    )
    file = read_article(text)
    assert file.extra == {"colour": {"a": [1, "no"]}}
    assert file.claims[0].extra == {"mood": "calm"}
    assert read_links(LINKS + "later:\n  - 1\n").extra == {"later": [1]}


def test_times_and_names_typed_without_quotes_stay_text() -> None:
    text = ARTICLE.replace('"2026-11-21T20:00:00Z"', "2026-11-21T20:00:00Z").replace("- fact", "- no")
    claim = read_article(text).claims[0]
    assert (claim.created, claim.tags) == ("2026-11-21T20:00:00Z", ("no",))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("format: variorum/2", "newer version"),
        ("format: variorum/17", "newer version"),
        ("format: variorum/0", "not known"),
        ("format: variorum/1.5", "not known"),
        ("format: 1", "not known"),
        ("format:", "not known"),
        ("format: [variorum/1]", "not known"),
        ("title: x", "“format” is missing"),
        ("- format: variorum/1", "no file of annotations"),
        ("", "no file of annotations"),
        ("hello", "no file of annotations"),
    ],
)
@pytest.mark.parametrize("article", ["001_a", None])
def test_a_file_of_another_format_is_refused_for_that_alone(header: str, words: str, article: str | None) -> None:
    ((line, sentence),) = refusals(f"{header}\n", article)
    assert line == 1
    assert words in sentence


@pytest.mark.parametrize("named", ["../001_a", "001_A", "002_b", "/etc/passwd", '"001_a\\0"'])
def test_a_header_that_names_another_article_than_the_file_is_refused(named: str) -> None:
    ((line, sentence),) = refusals(ARTICLE.replace("article: 001_a", f"article: {named}"))
    assert line == 2
    assert "“001_a”" in sentence


def test_a_header_without_article_or_with_a_number_for_it_is_refused() -> None:
    ((_, sentence),) = refusals(ARTICLE.replace("article: 001_a\n", ""))
    assert "“article” is missing" in sentence
    ((line, sentence),) = refusals(ARTICLE.replace("001_a", "17"), "17")
    assert (line, sentence) == (2, "a text is expected, not 17; put it in quotes")


def test_a_claim_that_names_another_article_is_refused() -> None:
    ((line, sentence),) = refusals(ARTICLE.replace("    span:", "    article: ../../etc\n    span:"))
    assert line == 10
    assert "another article" in sentence


@pytest.mark.parametrize("sha256", ["../../secret", "B1" * 32, "b1", "[1]"])
def test_a_text_is_named_by_a_hash_and_by_nothing_else(sha256: str) -> None:
    ((line, sentence),) = refusals(ARTICLE.replace(SHA, sha256))
    assert (line, sentence) == (3, "64 hexadecimal digits in lower case are expected")
    if not sha256.startswith("["):
        ((line, sentence),) = refusals(ARTICLE.replace("    span:", f"    text_sha256: {sha256}\n    span:"))
        assert (line, sentence) == (10, "64 hexadecimal digits in lower case are expected")


def test_claims_on_a_text_that_nothing_names_are_refused() -> None:
    ((_, sentence),) = refusals(ARTICLE.replace(f"text_sha256: {SHA}\n", ""))
    assert "“text_sha256” is missing" in sentence


def test_sections_in_the_wrong_file_are_refused() -> None:
    assert refusals(ARTICLE + "duplicates: {}\n") == [(22, "“duplicates” belongs in links.yaml, not here")]
    assert [line for line, _ in refusals(ARTICLE, None)] == [2, 3, 7]


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("[1158, 1185]", "[1185, 1158]", 10, "start < end"),
        ("[1158, 1185]", "[-1, 5]", 10, "start < end"),
        ("[1158, 1185]", "[1158, 99999999999]", 10, "start < end"),
        ("[1158, 1185]", "[true, false]", 10, "start < end"),
        ("[1158, 1185]", "1158-1185", 10, "start < end"),
        ("[1158, 1185]", f"[1158, {'9' * 5000}]", 10, "start < end"),
        ("c7k3m9q2x4w8t", "x7k3m9q2x4w8t", 9, "no id of this kind"),
        ("c7k3m9q2x4w8t", "c7", 9, "no id of this kind"),
        ("c7k3m9q2x4w8t", "../c7k3m9q2x4", 9, "no id of this kind"),
        ("certainty: stated", "certainty: maybe", 20, "stated, hedged, denied, planned"),
        ("gist: The balloon affair should be closed", "gist: 12", 17, "put it in quotes"),
        ("gist: The balloon affair should be closed", "gist: [a]", 17, "a text is expected"),
        ("      - fact", "      - fact\n      - [a]", 17, "a text is expected"),
        ("      - fact", "      - fact\n      - fact", 17, "twice"),
        ('created: "2026-11-21T20:00:00Z"', "memo: x", 9, "“created” is missing"),
        ("finished: true", "finished: maybe", 4, "true or false"),
        ("finished: true", "finished: true\nfinished: false", 5, "twice"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(before: str, after: str, line: int, words: str) -> None:
    assert before in ARTICLE
    ((found, sentence),) = refusals(ARTICLE.replace(before, after))
    assert found == line
    assert words in sentence


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("      - claim: c000000000000\n    kinds", "    kinds", 6, "two claims or more"),
        ("      - claim: c000000000000\n    kinds", "      - claim: c7k3m9q2x4w8t\n    kinds", 11, "stands here twice"),
        ("      - claim: c000000000000\n    kinds", "      - claim: d000000000000\n    kinds", 11, "id of a claim"),
        ("      - claim: c000000000000\n    kinds", "      - c000000000000\n    kinds", 11, "id of a claim"),
        ("status: explained", "status: solved", 15, "open, explained, resolved"),
        ("stance: disagree", "stance: hate", 30, "comment, disagree"),
        ("    on: ben/c5k3m9q2x4w8t\n", "", 28, "“on” is missing"),
    ],
)
def test_a_wrong_value_of_a_link_is_named_with_its_line(before: str, after: str, line: int, words: str) -> None:
    assert before in LINKS
    ((found, sentence),) = refusals(LINKS.replace(before, after), None)
    assert found == line
    assert words in sentence


@pytest.mark.parametrize("span", ["[0, true]", "[false, true]", "[0, 1.0]", "[0.0, 1.0]", "[0, 1.5]"])
def test_a_wrong_value_that_looks_like_a_right_one_hides_nothing_else(span: str) -> None:
    text = ARTICLE.replace("[1158, 1185]", span).replace("stated", "maybe").replace("tags:\n      - fact", "tags: 5")
    said = refusals(text)
    assert [line for line, _ in said] == [10, 15, 19]


@pytest.mark.parametrize("section", ["claims: [1, 2]", "claims: none", "claims: 5"])
def test_a_section_that_is_no_mapping_is_refused(section: str) -> None:
    errors = refusals(f"format: variorum/1\narticle: 001_a\n{section}\n")
    assert errors == [(3, "a mapping of ids and records is expected")]


@pytest.mark.parametrize("record", ["[]", "text", "null", "5"])
def test_a_record_that_is_no_mapping_is_refused(record: str) -> None:
    text = f"format: variorum/1\narticle: 001_a\ntext_sha256: {SHA}\nclaims:\n  c7k3m9q2x4w8t: {record}\n"
    ((line, sentence),) = refusals(text)
    assert (line, sentence) == (5, "a mapping is expected here")


def test_everything_that_is_wrong_in_a_file_is_named_at_once_in_the_order_of_its_lines() -> None:
    text = """\
format: variorum/1
article: 002_b
text_sha256: 12
finished: 1
memo: [x]
claims:
  nonsense:
    span: [5, 1]
    exact: 7
    certainty: maybe
    tags: fact
  c7k3m9q2x4w8t:
    gist: 3
duplicates: {}
"""
    errors = refusals(text)
    assert [line for line, _ in errors] == [2, 3, 4, 5, 7, 7, 8, 9, 10, 11, 12, 12, 12, 13, 14]
    with pytest.raises(AnnotationErrors) as caught:
        read_annotations(text.encode(), "f.yaml", "ada", "001_a")
    assert str(caught.value).splitlines()[-1] == "and 12 more in this file"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format: variorum/1\na: &a [x]\nb: *a\n", "anchors"),
        ("format: variorum/1\na: !!binary x\n", "tags"),
        ("%YAML 1.1\n---\n" + ARTICLE, "directives"),
        (ARTICLE + "...\n%TAG !a! x\n---\n", "directives"),
        ("format: variorum/1\nclaims: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}\n", "8 deep"),
        (ARTICLE + "<<<<<<< HEAD\nx: 1\n=======\ny: 1\n>>>>>>> b\n", "unfinished git merge"),
        ("[" * 100_000, "8 deep"),
        ("format: variorum/1\nformat: variorum/1\n", "twice"),
        (b"format: variorum/1\nmemo: \xff\n", "UTF-8"),
    ],
)
def test_what_is_no_strict_yaml_is_one_error(text: str | bytes, words: str) -> None:
    for article in ("001_a", None, DECIDED):
        ((_, sentence),) = refusals(text, article)
        assert words in sentence


def test_a_record_given_twice_is_refused() -> None:
    again = ARTICLE[ARTICLE.index("  c7k3") :]
    ((line, sentence),) = refusals(ARTICLE + "\n" + again)
    assert line == 23
    assert "twice, first in line 9" in sentence


def test_a_file_with_ten_thousand_broken_records_is_refused_in_good_time() -> None:
    text = "format: variorum/1\narticle: 001_a\nclaims:\n" + "".join(f"  x{n}: [1]\n" for n in range(10_000))
    began = time.process_time()
    assert len(refusals(text)) == 10_000
    assert time.process_time() - began < 5


WRONG = (
    "",
    "null",
    "[]",
    "{}",
    "5",
    "-1.5",
    "true",
    "[5, 1]",
    '"\\0"',
    "|-",
    "[[]]",
    "{claim: 1}",
    "- x",
    "x: y",
    "''",
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([ARTICLE, LINKS]), st.integers(0, 40), st.sampled_from(WRONG), st.booleans())
def test_a_file_spoilt_anywhere_is_read_or_refused_and_never_anything_else(
    text: str, number: int, wrong: str, whole_line: bool
) -> None:
    lines = text.splitlines()
    number %= len(lines)
    key = lines[number].partition(":")[0]
    lines[number] = wrong if whole_line else f"{key}: {wrong}"
    for article in ("001_a", None):
        with contextlib.suppress(AnnotationErrors):
            read_annotations("\n".join(lines).encode(), "f.yaml", "ada", article)
