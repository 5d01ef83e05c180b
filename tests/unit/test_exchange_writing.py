"""Files of annotations as they are written: what a reviewer sees, and that nothing is ever lost on the way."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.annotation_files import AnnotationFile, ArticleFile, LinksFile
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.ids import ALPHABET
from tui.model.plain import KINDS, KNOWN_KEYS, to_plain
from tui.model.records import (
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
    Stance,
    Status,
)
from tui.model.span import Span

SHA = "b1e2ad9d" * 8
TIME = "2026-11-21T20:00:00Z"

CLAIM = Claim(
    id="c7k3m9q2x4w8t",
    annotator="ada",
    article="001_1a53b3287ac06780",
    text_sha256=SHA,
    span=Span(1158, 1185),
    exact='"chapter should be closed."',
    prefix="ken commented that the balloon incident ",
    suffix=" At the meeting, Blinken stated his opin",
    tags=("fact",),
    gist="The balloon affair should be closed",
    said_by=("Antony Blinken",),
    certainty=Certainty.STATED,
    created=TIME,
)
OTHER = replace(
    CLAIM, id="c9k3m9q2x4w8t", article="003_6a5a4283ad4edc93", span=Span(3, 9), exact="Lines were cut\n\nin May"
)
CLAIMS = {claim.id: claim for claim in (CLAIM, OTHER)}


def nothing_known(_: str) -> None:
    return None


def article_file(*claims: Claim, note: ArticleNote | None = None, **extra: Plain) -> ArticleFile:
    return ArticleFile("ada", "001_1a53b3287ac06780", SHA, note, claims, extra)


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


# Any records at all. Lone surrogates are no Unicode text: no file can hold them.
texts = st.text(min_size=1, max_size=30) | st.text(alphabet="ab \n\t:#-'\"\\\r\x85\u2028\u200b\ufeff🎈é0", min_size=1)
scalars: st.SearchStrategy[Plain] = (
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
)
leaves: st.SearchStrategy[Plain] = (
    scalars | st.text(max_size=20) | st.sampled_from(["no", "12:30", "2023-06-19", "0123", "<<", "1e5", "=", "~"])
)
nested: st.SearchStrategy[Plain] = (
    leaves | st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=8), leaves, max_size=3)
)
plains: st.SearchStrategy[Plain] = nested | st.lists(nested, max_size=3) | st.dictionaries(texts, nested, max_size=3)


def ids(letter: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=ALPHABET, min_size=12, max_size=12).map(lambda text: letter + text)


def extras(kind: str) -> st.SearchStrategy[dict[str, Plain]]:
    return st.dictionaries(texts.filter(lambda key: key not in KNOWN_KEYS[kind]), plains, max_size=2)


def common(kind: str) -> dict[str, st.SearchStrategy[object]]:
    return {
        "annotator": st.just("ada"),
        "memo": st.none() | texts,
        "created": texts,
        "conflicts": st.lists(plains, max_size=2).map(tuple),
        "extra": extras(kind),
    }


words = st.lists(texts, max_size=3, unique=True).map(tuple)
spans = st.tuples(st.integers(0, 10**6), st.integers(1, 10**4)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
claims = st.builds(
    Claim,
    id=ids("c"),
    article=st.just("001_a"),
    text_sha256=st.sampled_from([SHA, SHA[::-1], "1" * 64, "1e" + "5" * 62]),
    span=spans,
    exact=texts,
    prefix=st.text(max_size=40),
    suffix=st.text(max_size=40),
    tags=words,
    gist=st.none() | texts,
    said_by=st.none() | words,
    certainty=st.none() | st.sampled_from(Certainty),
    when=st.none() | texts,
    from_=st.none() | texts,
    **common("claims"),
)
ends = st.lists(ids("c"), min_size=2, max_size=4, unique=True).map(lambda found: tuple(sorted(found)))
contradictions = st.builds(
    Contradiction,
    id=ids("x"),
    claims=ends,
    gist=st.none() | texts,
    kinds=words,
    status=st.sampled_from(Status),
    **common("contradictions"),
)
groups = st.builds(
    DuplicateGroup,
    id=ids("d"),
    claims=ends,
    gist=st.none() | texts,
    **common("duplicates"),
)
remarks = st.builds(
    Remark,
    id=ids("r"),
    on=texts,
    exact=st.none() | texts,
    stance=st.sampled_from(Stance),
    **common("remarks"),
)
notes = st.builds(ArticleNote, annotator=st.just("ada"), article=st.just("001_a"), memo=texts, finished=st.booleans())
header_extras = st.dictionaries(
    texts.filter(lambda key: key not in ("format", "article", "text_sha256", "finished", "memo", *KINDS.values())),
    plains,
    max_size=2,
)
article_files = st.builds(
    ArticleFile,
    annotator=st.just("ada"),
    article=st.just("001_a"),
    text_sha256=st.sampled_from([SHA, "2" * 64]),
    note=st.none() | notes,
    claims=st.lists(claims, max_size=2, unique_by=lambda claim: claim.id).map(tuple),
    extra=header_extras,
)
links_files = st.builds(
    LinksFile,
    annotator=st.just("ada"),
    contradictions=st.lists(contradictions, max_size=1).map(tuple),
    duplicates=st.lists(groups, max_size=1).map(tuple),
    remarks=st.lists(remarks, max_size=1).map(tuple),
    extra=header_extras,
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
