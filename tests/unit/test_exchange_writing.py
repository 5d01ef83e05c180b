"""Files of annotations as they are written: what a reviewer sees, and that nothing is ever lost on the way."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
import yaml
from exchange_samples import (
    CLAIM,
    CLAIMS,
    OTHER,
    SHA,
    TIME,
    article_file,
    article_files,
    claims,
    links_files,
    nothing_known,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.annotation_files import AnnotationFile, ArticleFile, LinksFile
from tui.exchange.claim_text import ClaimWriter
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.exchange.yaml_text import entry
from tui.model.plain import KINDS, to_plain
from tui.model.records import (
    ArticleNote,
    Claim,
    Contradiction,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
    Stance,
)
from tui.model.span import Span


def written(file: AnnotationFile, claim_of: Callable[[str], Claim | None] = CLAIMS.get) -> str:
    return write_annotations(file, claim_of).decode()


def read(file: AnnotationFile, data: bytes) -> AnnotationFile:
    return read_annotations(data, "f.yaml", file.annotator, file.article if isinstance(file, ArticleFile) else None)


def with_claim(**changes: object) -> str:
    """The lines of one claim, with some of its values changed, below the header."""
    text = written(article_file(replace(CLAIM, **changes)))  # type: ignore[arg-type]
    return text[text.index("  c7k") :]


def test_an_article_file_reads_like_the_margin_of_the_article() -> None:
    memo = "A rewrite of the CNBC report; no byline."
    note = ArticleNote(annotator="ada", article=CLAIM.article, finished=True, memo=memo)
    later = replace(
        OTHER, article=CLAIM.article, span=Span(1200, 1210), prefix="", suffix="", tags=(), gist=None, said_by=()
    )
    assert (
        written(article_file(later, CLAIM, note=note))
        == f"""\
format: variorum/1
article: 001_1a53b3287ac06780
text_sha256: {SHA}
finished: true
memo: |-
  A rewrite of the CNBC report; no byline.
claims:

  c7k3m9q2x4w8t:
    span: [1158, 1185]
    exact: |-
      "chapter should be closed."
    prefix: "ken commented that the balloon incident "
    suffix: " At the meeting, Blinken stated his opin"
    tags:
      - fact
    gist: The balloon affair should be closed
    said_by:
      - Antony Blinken
    certainty: stated
    created: "2026-11-21T20:00:00Z"

  c9k3m9q2x4w8t:
    span: [1200, 1210]
    exact: |-
      Lines were cut

      in May
    prefix: ""
    suffix: ""
    said_by: []
    certainty: stated
    created: "2026-11-21T20:00:00Z"
"""
    )


def test_links_show_the_words_of_their_ends() -> None:
    file = LinksFile(
        "ada",
        contradictions=(
            Contradiction(
                id="x2d8r5n1v6p0h",
                annotator="ada",
                claims=(OTHER.id, CLAIM.id),
                gist="When and why did contacts stop?",
                kinds=("cause", "date"),
                memo="Ask.",
                created=TIME,
            ),
        ),
        duplicates=(
            DuplicateGroup(id="d00000000000a", annotator="ada", claims=("c000000000000", CLAIM.id), created=TIME),
        ),
        remarks=(Remark(id="r00000000000a", annotator="ada", on="ben/c5", stance=Stance.DISAGREE, created=TIME),),
    )
    assert (
        written(file)
        == """\
format: variorum/1
contradictions:

  x2d8r5n1v6p0h:
    gist: When and why did contacts stop?
    between:
      - claim: c7k3m9q2x4w8t
        article: 001_1a53b3287ac06780
        exact: |-
          "chapter should be closed."
      - claim: c9k3m9q2x4w8t
        article: 003_6a5a4283ad4edc93
        exact: |-
          Lines were cut

          in May
    kinds:
      - cause
      - date
    status: open
    memo: |-
      Ask.
    created: "2026-11-21T20:00:00Z"

duplicates:

  d00000000000a:
    claims:
      - claim: c7k3m9q2x4w8t
        article: 001_1a53b3287ac06780
        exact: |-
          "chapter should be closed."
      - claim: c000000000000
    created: "2026-11-21T20:00:00Z"

remarks:

  r00000000000a:
    "on": ben/c5
    stance: disagree
    created: "2026-11-21T20:00:00Z"
"""
    )


def test_the_key_on_is_quoted_because_other_readers_of_yaml_take_it_for_true() -> None:
    remark = Remark(id="r00000000000a", annotator="ada", on="ben/c5", created=TIME)
    data = write_annotations(LinksFile("ada", remarks=(remark,)), nothing_known)
    assert yaml.safe_load(data)["remarks"][remark.id]["on"] == "ben/c5"
    typed_by_hand = data.replace(b'"on"', b"on")
    assert read(LinksFile("ada"), typed_by_hand).records == (remark,)


def test_files_without_records_are_a_header() -> None:
    assert written(LinksFile("ada")) == "format: variorum/1\n"
    assert written(ArticleFile("ada", "a", "")) == "format: variorum/1\narticle: a\n"


def test_a_claim_on_another_text_than_the_header_says_so() -> None:
    assert "text_sha256" not in with_claim()
    assert f"    text_sha256: {SHA[::-1]}\n" in with_claim(text_sha256=SHA[::-1])


def test_the_order_in_which_records_and_ends_are_held_changes_no_byte() -> None:
    other = replace(OTHER, article=CLAIM.article)
    assert written(article_file(CLAIM, other)) == written(article_file(other, CLAIM))
    one = Contradiction(id="x00000000000a", annotator="ada", claims=(CLAIM.id, OTHER.id), created=TIME)
    two = replace(one, id="x00000000000b", claims=(OTHER.id, "c000000000000"))
    swapped = replace(one, claims=one.claims[::-1])
    assert written(LinksFile("ada", (two, swapped))) == written(LinksFile("ada", (one, two)))
    assert written(article_file(a=1, b={"c": 1, "d": 2})) == written(article_file(b={"d": 2, "c": 1}, a=1))


def test_links_stand_by_their_first_end() -> None:
    one = Contradiction(id="x00000000000z", annotator="ada", claims=(OTHER.id, CLAIM.id), created=TIME)
    two = replace(one, id="x00000000000a", claims=(OTHER.id, "c000000000000"))
    text = written(LinksFile("ada", (two, one)))
    assert text.index("x00000000000z") < text.index("x00000000000a")


def test_a_change_in_one_claim_changes_only_its_lines() -> None:
    other = replace(OTHER, article=CLAIM.article)
    before = written(article_file(CLAIM, other)).splitlines()
    after = written(article_file(replace(CLAIM, memo="one\ntwo"), other)).splitlines()
    assert [line for line in after if line not in before] == ["    memo: |-", "      one", "      two"]
    assert [line for line in after if line not in ("    memo: |-", "      one", "      two")] == before


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("trailing ", '"trailing "'),
        ("first line \nsecond", '"first line \\nsecond"'),
        (" leading", '" leading"'),
        ("\nleading", '"\\nleading"'),
        ("ends\n", '"ends\\n"'),
        ("\ttab", '"\\ttab"'),
        ("with a\ttab", '"with a\\ttab"'),
        ("carriage\rreturn", '"carriage\\rreturn"'),
        ("next\x85line", '"next\\x85line"'),
        ("line\u2028separator\u2029", '"line\\u2028separator\\u2029"'),
        ("zero\u200bwidth", '"zero\\u200Bwidth"'),
        ("soft\xadhyphen", '"soft\\xADhyphen"'),
        ("turned \u202eround\u202c", '"turned \\u202Eround\\u202C"'),
        ("isolated \u2066x\u2069", '"isolated \\u2066x\\u2069"'),
        ("\ufeffmark", '"\\uFEFFmark"'),
        ("none \uffff \ufdd0 \U0001fffe", '"none \\uFFFF \\uFDD0 \\U0001FFFE"'),
        ("tag \U000e0041", '"tag \\U000E0041"'),
        ("selected x\ufe00 \U000e0100", '"selected x\\uFE00 \\U000E0100"'),
        ("bell \x07", '"bell \\x07"'),
        ('a "quote" \\ \x00', '"a \\"quote\\" \\\\ \\x00"'),
        ("half \ud83d", '"half \ufffd"'),
    ],
)
def test_what_a_reviewer_could_not_see_is_escaped(text: str, line: str) -> None:
    assert f"    memo: {line}\n" in with_claim(memo=text)


@pytest.mark.parametrize(
    "text",
    [
        "Über “Größe” – 100 €",
        "🎈 ❤️ 中国 Чайна العربية",
        "# not a comment: - [x]",
        "'no'",
        "--- %YAML",
        "\xa0x\xa0y"[1:],
    ],
)
def test_what_can_be_read_stands_as_it_is(text: str) -> None:
    assert f"    memo: |-\n      {text}\n" in with_claim(memo=text)


def test_an_emoji_joined_of_several_is_still_readable() -> None:
    assert '    memo: "👩\\u200D🚀 there"\n' in with_claim(memo="👩\u200d🚀 there")


@pytest.mark.parametrize(
    "gist",
    [
        "When and why did contacts stop?",
        "5 people killed",
        "“Closed”, he said",
        "Ärger",
        "it's a [x] & *y*#z",
        "🎈 gone",
    ],
)
def test_a_gist_stands_without_quotes_where_it_safely_can(gist: str) -> None:
    assert f"    gist: {gist}\n" in with_claim(gist=gist)


@pytest.mark.parametrize(
    "gist",
    [
        *(
            "no",
            "Yes",
            "NULL",
            "true",
            "y",
            "~",
            "=",
            "<<",
            "-",
            "- x",
            "? x",
            "# x",
            "[x]",
            "{x",
            "@x",
            "%x",
            "*x",
            "&x",
        ),
        *("12", "1_000", "0x1f", "0xa", "1e5", "12:30", "2023-06-19", ".inf", "'x'", "x: y", "x #y", "x:", " x", "x "),
        *("2001-12-14t21:59:43.10-05:00", "---", "...", "!x", "|", ">-", "`x`", ",x", "+1", "-1", ".5", "7.", "x\xa0"),
    ],
)
def test_a_gist_that_could_be_read_as_something_else_is_quoted(gist: str) -> None:
    assert f'    gist: "{gist}"\n' in with_claim(gist=gist)


def test_a_gist_of_several_lines_is_a_block() -> None:
    assert "    gist: |-\n      one\n      two\n" in with_claim(gist="one\ntwo")


def test_unknown_keys_come_after_the_known_ones_and_before_the_claims() -> None:
    extra: Mapping[str, Plain] = {"mood": ["calm", {"deep": [1, [2.5, None]], "on": True}], "12": {}, "a b": []}
    text = written(article_file(replace(CLAIM, extra=extra), later={"x": 1e22}))
    assert "later:\n  x: 10000000000000000000000.0\nclaims:\n" in text
    assert text.endswith(
        """\
    created: "2026-11-21T20:00:00Z"
    "12": {}
    "a b": []
    mood:
      - calm
      - deep:
          - 1
          - - 2.5
            - null
        "on": true
"""
    )


def by_id(file: AnnotationFile) -> dict[str, Record]:
    return {record.id: record for record in file.records}


def as_plain(file: AnnotationFile) -> dict[str, Plain]:
    """What any YAML reader must find in the file."""
    plain: dict[str, Plain] = {"format": "variorum/1", **file.extra}
    if isinstance(file, ArticleFile):
        plain |= {"article": file.article, "text_sha256": file.text_sha256}
        if file.note is not None:
            plain |= to_plain(file.note)
    sections: dict[str, dict[str, Plain]] = {}
    for record in file.records:
        if isinstance(record, ArticleNote):
            continue
        fields = to_plain(record)
        if isinstance(file, ArticleFile):
            del fields["article"]
            if fields["text_sha256"] == file.text_sha256:
                del fields["text_sha256"]
        sections.setdefault(KINDS[type(record)], {})[record.id] = fields
    return {**plain, **sections}


@settings(max_examples=150, deadline=None)
@given(article_files | links_files)
def test_whatever_is_written_is_read_back_the_same_and_written_again_the_same(file: AnnotationFile) -> None:
    data = write_annotations(file, nothing_known)
    again = read(file, data)
    assert by_id(again) == by_id(file)
    assert again.extra == file.extra
    assert write_annotations(again, nothing_known) == data
    assert read(file, data.replace(b"\n", b"\r\n")) == again


@settings(max_examples=150, deadline=None)
@given(article_files | links_files)
def test_whatever_is_written_is_the_same_to_any_other_reader_of_yaml(file: AnnotationFile) -> None:
    data = write_annotations(file, nothing_known)
    assert yaml.load(data, Loader=yaml.CSafeLoader) == yaml.safe_load(data) == as_plain(file)


def test_every_character_of_unicode_survives() -> None:
    everything = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    for start in range(0, len(everything), 0x8000):
        text = "".join(everything[start : start + 0x8000])
        claim = replace(CLAIM, article="a", exact=text, gist=text[:1], memo=f"x{text[-1]}x", suffix=text)
        file = ArticleFile("ada", "a", SHA, claims=(claim,))
        assert read(file, write_annotations(file, nothing_known)) == file


@settings(max_examples=300, deadline=None)
@given(claims, st.sampled_from(["", SHA]))
def test_the_quick_way_to_write_a_claim_gives_what_its_plain_data_give(claim: Claim, sha256: str) -> None:
    file = ArticleFile("ada", "001_a", sha256, claims=(claim,))
    header = {"article": "001_a", "text_sha256": sha256}
    quick = ClaimWriter(header).text(claim)
    assert (quick is None) == bool(claim.extra or claim.conflicts)
    plain = to_plain(replace(claim, extra={}, conflicts=()))
    rest = {
        key: plain[key] for key in plain if (key, plain[key]) not in (("article", "001_a"), ("text_sha256", sha256))
    }
    assert quick in (None, entry(claim.id, rest, "  "))
    assert write_annotations(file, nothing_known).decode().endswith(f"{quick or ''}\n")
