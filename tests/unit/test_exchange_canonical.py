"""The quick reader of files as our writer leaves them: it answers what the strict reader does, or nothing at all."""

import contextlib
import gc
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest
from exchange_samples import (
    CLAIM,
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

from tui import strict_yaml
from tui.errors import YamlError
from tui.exchange import canonical, reader
from tui.exchange.annotation_files import AnnotationErrors, AnnotationFile, ArticleFile, LinksFile
from tui.exchange.canonical import read_canonical
from tui.exchange.reader import read_annotations, read_with_lines
from tui.exchange.writer import write_annotations
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Remark, Stance
from tui.model.span import Span

ARTICLE = "001_1a53b3287ac06780"
OTHER = replace(
    CLAIM,
    id="c9k3m9q2x4w8t",
    span=Span(1200, 1210),
    exact="Lines “were” cut: yes #1\n\nin May\n  on\n      Sunday",
    prefix='a\tb\\"\u200b\n',
    suffix="",
    tags=("fact/figure", "12:30", "# no"),
    gist="one: two",
    said_by=(),
    certainty=None,
    when="2023-06",
    memo="two\nlines",
    from_="ben/c5k3m9q2x4w8t",
)
NOTE = ArticleNote(annotator="ada", article=ARTICLE, finished=True, memo="A rewrite.\n\nNo byline.")
FILE = write_annotations(article_file(CLAIM, OTHER, note=NOTE), nothing_known).decode()
LINKS = write_annotations(
    LinksFile(
        "ada",
        contradictions=(
            Contradiction(
                id="x2d8r5n1v6p0h",
                annotator="ada",
                claims=(OTHER.id, CLAIM.id, "c000000000000"),
                gist="When and why?",
                kinds=("cause", "date"),
                memo="Ask.",
                created=TIME,
            ),
        ),
        duplicates=(
            DuplicateGroup(id="d00000000000a", annotator="ada", claims=("c000000000000", CLAIM.id), created=TIME),
            DuplicateGroup(id="d00000000000b", annotator="ada", claims=(OTHER.id, "c00000000000z"), created=TIME),
        ),
        remarks=(Remark(id="r00000000000a", annotator="ada", on="ben/c5", stance=Stance.DISAGREE, created=TIME),),
    ),
    {CLAIM.id: CLAIM, OTHER.id: OTHER}.get,
).decode()


def strict(data: bytes) -> object:
    return strict_yaml.parse(data, "f.yaml").plain()


def never_disagrees(data: bytes, article: str | None) -> bool:
    """Hold the quick reader to the strict one; whether it took the file."""
    plain = read_canonical(data, article)
    if plain is None:
        return False
    # As text, because True == 1, and with the order of keys.
    assert repr(plain) == repr(strict(data))
    return True


@pytest.mark.parametrize(("text", "article"), [(FILE, ARTICLE), (LINKS, None)], ids=["an article", "links"])
def test_what_our_writer_leaves_is_taken_and_no_event_of_the_parser_is_asked_for(
    text: str, article: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    general = read_with_lines(text.encode(), "f.yaml", "ada", article)[0]
    assert never_disagrees(text.encode(), article)
    monkeypatch.setattr(reader, "parse", None)
    assert read_annotations(text.encode(), "f.yaml", "ada", article) == general


@settings(max_examples=200, deadline=None)
@given(article_files | links_files)
def test_any_file_of_ours_is_taken_as_the_strict_reader_has_it_unless_it_holds_what_this_version_does_not_know(
    file: AnnotationFile,
) -> None:
    data = write_annotations(file, nothing_known)
    article = file.article if isinstance(file, ArticleFile) else None
    taken = never_disagrees(data, article)
    known = not file.extra and not any(
        record.conflicts or (not isinstance(record, ArticleNote) and record.extra) for record in file.records
    )
    # A list of texts may hold one with line ends; the strict reader is there for that.
    lists = [
        text
        for record in file.records
        for name in ("tags", "said_by", "kinds")
        for text in getattr(record, name, None) or ()
    ]
    if known and not any("\n" in text for text in lists):
        assert taken


@settings(max_examples=150, deadline=None)
@given(st.lists(claims, min_size=1, max_size=3, unique_by=lambda claim: claim.id), st.data())
def test_a_file_of_ours_with_one_thing_changed_is_read_as_the_strict_reader_reads_it(
    made: list[Claim], data: st.DataObject
) -> None:
    text = write_annotations(article_file(*made), nothing_known).decode()
    at = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(st.sampled_from(PIECES))
    for changed in (text[:at] + piece + text[at:], text[:at] + piece + text[at + 1 :], text[:at] + text[at + 1 :]):
        same_or_nothing(changed.encode(), "001_1a53b3287ac06780")


PIECES = (
    *"\n \"'\\:#-|>[]{}&*!?,%@`~0a\t\r\x00\x85\u2028\ufeff🎈",
    *(
        "\n\n",
        "\n ",
        "\n    ",
        "\n      ",
        ": ",
        " #",
        "- ",
        "\n---\n",
        "\n...\n",
        "true",
        "null",
        '""',
        "\\u",
        "\\ud800",
    ),
    *("    gist: x\n", "\n    created: y", "\n      - a", "<<<<<<< ", "\r\n", "&a ", "*a", "!!str ", "? ", "|+", "|2-"),
)


def same_or_nothing(data: bytes, article: str | None) -> None:
    """The quick reader alone, then the whole way of a file: records or refusals are those of the strict reader."""
    try:
        parsed = strict(data)
    except YamlError:
        assert read_canonical(data, article) is None
        return
    plain = read_canonical(data, article)
    assert plain is None or repr(plain) == repr(parsed)


@pytest.mark.parametrize(("text", "article"), [(FILE, ARTICLE), (LINKS, None)], ids=["an article", "links"])
def test_every_place_of_a_file_can_be_spoilt_and_the_quick_reader_never_says_what_the_strict_one_does_not(
    text: str, article: str | None
) -> None:
    taken = 0
    for at in range(len(text) + 1):
        for piece in PIECES:
            changed = (text[:at] + piece + text[at:]).encode()
            if (plain := read_canonical(changed, article)) is not None:
                taken += 1
                assert repr(plain) == repr(strict(changed))
        without = (text[:at] + text[at + 1 :]).encode()
        if (plain := read_canonical(without, article)) is not None:
            assert repr(plain) == repr(strict(without))
    assert taken > 1000  # a letter more in a text is still canonical


@pytest.mark.parametrize(("text", "article"), [(FILE, ARTICLE), (LINKS, None)], ids=["an article", "links"])
def test_lines_taken_out_doubled_and_moved_never_make_the_two_readers_disagree(text: str, article: str | None) -> None:
    lines = text.split("\n")
    for one in range(len(lines)):
        for other in range(len(lines)):
            kept = lines[:one] + lines[one + 1 :]
            for before, after in ((kept[:other], kept[other:]), (lines[:other], lines[other:])):
                changed = [*before, lines[one], *after]
                same_or_nothing("\n".join(changed).encode(), article)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "%YAML 1.1\n---\n" + text,
        lambda text: text + "...\n%TAG !a! x\n---\n",
        lambda text: text + "\n",
        lambda text: text.rstrip("\n"),
        lambda text: text[: text.index("    span: [1200")],
        lambda text: text.replace("variorum/1", "variorum/2"),
        lambda text: text.replace("    tags:", "    # a comment\n    tags:"),
        lambda text: text.replace("      - fact\n", "      - fact \n", 1),
        lambda text: text.replace("gist: The", "gist: 'The").replace("closed\n", "closed'\n", 1),
        lambda text: text + text[text.index("\n  c7k3m9q2x4w8t") :],
        lambda text: text.replace('prefix: "ken', 'prefix: "\\ud83cken'),
        lambda text: text.replace("span: [1158", "span: [01158"),
        lambda text: text.replace("claims:", "mood: calm\nclaims:"),
        lambda text: text.encode().replace(b"commented", b"comm\xffented"),
    ],
)
def test_what_is_not_as_our_writer_leaves_it_is_left_to_the_strict_reader(
    change: Callable[[str], str | bytes],
) -> None:
    changed = change(FILE)
    assert changed != FILE
    assert read_canonical(changed if isinstance(changed, bytes) else changed.encode(), ARTICLE) is None


def test_an_error_in_a_canonical_file_is_named_with_its_line_all_the_same() -> None:
    text = FILE.replace("certainty: stated", "certainty: maybe").replace("[1200, 1210]", "[1210, 1200]")
    assert read_canonical(text.encode(), ARTICLE) is not None
    with pytest.raises(AnnotationErrors) as caught:
        read_annotations(text.encode(), "f.yaml", "ada", ARTICLE)
    lines = text.split("\n")
    named = [lines[error.place.line - 1].strip() for error in caught.value.errors]
    assert named == ["certainty: maybe", "span: [1210, 1200]"]


def test_a_file_with_more_in_it_than_is_read_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    events = sum(1 for _ in strict_yaml._events(LINKS, "f.yaml"))
    for most in range(events - 8, events + 1):
        monkeypatch.setattr(strict_yaml, "MAX_EVENTS", most)
        monkeypatch.setattr(canonical, "MAX_EVENTS", most)
        same_or_nothing(LINKS.encode(), None)
    monkeypatch.setattr(canonical, "MAX_EVENTS", events)
    assert read_canonical(LINKS.encode(), None) is not None
    monkeypatch.setattr(canonical, "MAX_BYTES", 100)
    assert read_canonical(LINKS.encode(), None) is None


@pytest.mark.parametrize(
    "piece", ["      x\n", "\n", "      x: \\\n", '      - "a"\n', "      - claim: c000000000000\n"]
)
def test_a_hostile_file_of_many_lines_is_answered_in_good_time(piece: str) -> None:
    began = process_time()
    for text in (FILE, LINKS):
        at = text.index("    created")
        for spoilt in ("", "?"):
            read_canonical((text[:at] + piece * 200_000 + spoilt + text[at:]).encode(), ARTICLE)
    assert process_time() - began < 4


def left_by_our_writer(**changes: object) -> bytes:
    changed = replace(CLAIM, **changes)  # type: ignore[arg-type]
    return write_annotations(ArticleFile("ada", ARTICLE, SHA, claims=(changed,)), nothing_known)


def test_a_text_of_ten_thousand_lines_is_taken_and_a_longer_one_left_to_the_strict_reader() -> None:
    lines = [f"line {number}: “x”" for number in range(10_001)]
    for end in ("\n", "\n\n\n"):  # blank lines are not counted
        assert never_disagrees(left_by_our_writer(memo=end.join(lines[:10_000])), ARTICLE)
        longer = left_by_our_writer(memo=end.join(lines))
        assert read_canonical(longer, ARTICLE) is None
        claim = read_annotations(longer, "f.yaml", "ada", ARTICLE).records[-1]
        assert isinstance(claim, Claim)
        assert claim.memo == end.join(lines)


@pytest.mark.parametrize("changes", [{"conflicts": ({"field": "gist"},)}, {"tags": ("a\nb",)}, {"extra": {"a": "b"}}])
def test_what_performance_says_is_not_read_quickly_is_left_to_the_strict_reader(changes: dict[str, object]) -> None:
    data = left_by_our_writer(**changes)
    assert read_canonical(data, ARTICLE) is None
    assert read_annotations(data, "f.yaml", "ada", ARTICLE).records == (replace(CLAIM, **changes),)  # type: ignore[arg-type]


def test_reading_leaves_the_collector_as_it_was() -> None:
    for text in (FILE, FILE.replace("certainty: stated", "certainty: maybe"), FILE.replace("claims:", "claims: [")):
        with contextlib.suppress(AnnotationErrors):
            read_annotations(text.encode(), "f.yaml", "ada", ARTICLE)
        assert gc.isenabled()
    gc.disable()
    try:
        read_annotations(FILE.encode(), "f.yaml", "ada", ARTICLE)
        assert not gc.isenabled()
    finally:
        gc.enable()
