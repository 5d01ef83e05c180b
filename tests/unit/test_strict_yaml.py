"""The YAML that is read, and everything that is refused, with a place and a sentence."""

import contextlib
import os
import time
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tui import strict_yaml
from tui.errors import YamlError
from tui.model.records import Plain
from tui.strict_yaml import parse, read_yaml_file


@pytest.fixture(params=["with libyaml", "without libyaml"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML: not every installation comes with the one in C."""
    if request.param == "without libyaml":
        monkeypatch.delattr(yaml, "CSafeLoader")


def plain(text: str) -> Plain:
    return parse(text.encode(), "f.yaml").plain()


def refusal(data: bytes | str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        parse(data if isinstance(data, bytes) else data.encode(), "f.yaml")
    return caught.value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        ("-0.25", -0.25),
        ("999999999999999999", 999999999999999999),
    ],
)
def test_true_false_null_whole_numbers_and_decimals_are_more_than_text(parser: None, typed: str, value: Plain) -> None:
    read = plain(f"key: {typed}")
    assert read == {"key": value}
    assert isinstance(read, dict)
    assert type(read["key"]) is type(value)


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "yes", "on", "off", "y", "True", "NULL", "~", ".inf", ".nan"),
        *("0123", "0x1f", "0b11", "1_000", "+5", "1e5", "1.5e3", ".5", "5.", "12:30", "190:20:30.15"),
        *("2023-06-19", "2023-06-19T10:00:00Z", "=", "<<", "9" * 19, "9" * 400 + ".5", "9" * 309 + ".0"),
    ],
)
def test_everything_else_typed_without_quotes_stays_the_text_that_it_is(parser: None, typed: str) -> None:
    assert plain(f"key: {typed}") == {"key": typed}


def test_quoted_texts_and_blocks_are_always_text(parser: None) -> None:
    assert plain("a: \"1\"\nb: 'true'\nc: |-\n  2\nd: >-\n  null\n") == {"a": "1", "b": "true", "c": "2", "d": "null"}


def test_a_number_of_a_hundred_thousand_digits_is_read_at_once_as_text(parser: None) -> None:
    began = time.process_time()
    assert plain("key: " + "9" * 100_000) == {"key": "9" * 100_000}
    assert time.process_time() - began < 1


def test_keys_are_texts_as_they_were_typed(parser: None) -> None:
    assert plain("1: a\ntrue: b\n2023-06-19: c\n") == {"1": "a", "true": "b", "2023-06-19": "c"}


def test_an_empty_file_and_one_of_comments_hold_nothing(parser: None) -> None:
    assert plain("") is None
    assert plain("# only this\n") is None


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(parser: None) -> None:
    assert parse(b"\xef\xbb\xbfmemo: |-\r\n  one\r\n\r\n  two\r\n", "f.yaml").plain() == {"memo": "one\n\ntwo"}


def test_every_value_and_key_knows_its_line(parser: None) -> None:
    root = parse(b"format: x\nclaims:\n\n  c1:\n    span: [3, 1]\n    tags:\n      - fact\n", "f.yaml")
    span = root.at(("claims", "c1", "span"))
    assert (span.line, span.column) == (5, 11)
    assert root.at(("claims", "c1", "span", 1)).value == 1
    assert root.at(("claims", "c1")).key_line("tags") == 6
    assert root.line_of(("claims", "c1")) == 4
    assert root.line_of(("claims", "c1", "tags", 0)) == 7


def test_the_way_to_what_is_not_there_ends_at_what_is_nearest_to_it(parser: None) -> None:
    root = parse(b"claims:\n  c1:\n    gist: x\n", "f.yaml")
    assert root.at(("claims", "c1", "tags", 3)) is root.at(("claims", "c1"))
    assert root.line_of(("claims", "c1", "tags", 3)) == 2
    assert root.key_line("nothing") == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: &x 1", 2, "anchors"),
        ("&x a: 1", 1, "anchors"),
        ("a: 1\nb: *x", 2, "aliases"),
        ("a: !!str 1", 1, "tags"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ('a: ! "1"', 1, "tags"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 1\nb: 2\na: 3", 3, "“a” stands here twice, first in line 1"),
        ("{a: 1, a: 2}", 1, "twice"),
        ("? [a]\n: 1", 1, "a key must be a text"),
        ("? {a: 1}\n: 1", 1, "a key must be a text"),
        ("a: \x07", 1, "U+0007"),
        ("a:\n  b\ufeff", 2, "U+FEFF"),
        ("a: 'x", 1, "the quote that begins here is never closed"),
        ("a: [1, 2\nb: 3", 2, "brackets"),
        ("a: {b: 1\n", 1, "braces"),
        ("a: b: c", 1, "colon"),
        ("a: 1\n  b: 2", 2, "indented"),
        ("- 1\nb: 2", 2, "indent"),
        ("a: @x", 1, "quotes"),
        ('a: "\\q"', 1, "backslash"),
        ('a: "\\x1"', 1, "backslash"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line_and_a_sentence(
    parser: None, text: str, line: int, words: str
) -> None:
    error = refusal(text)
    # Where a bracket is missed, the parsers name the last line or the end of the file.
    assert error.place.line in (line, line + 1)
    assert str(error).startswith(f"f.yaml:{error.place.line}:")
    assert words in error.sentence


@pytest.mark.parametrize(
    ("gist", "where", "words"),
    [
        ('"The balloon', "3:9", "the quote that begins here is not closed before line 6: close it"),
        ("'The balloon", "3:9", "the quote that begins here is not closed before line 5: close it"),
        ('["The balloon]', "3:10", "the quote that begins here is not closed before line 6: close it"),
        ('"The" balloon', "3:15", "text follows a quote that is closed"),
        ('"é🎈": x', "3:13", "text follows a quote that is closed"),
        ("\tballoon\n\tmemo: x", "4:1", "a tab stands where only spaces may: indent with spaces"),
        ('"balloon"\n\tmemo: x', "4:1", "a tab stands where only spaces may: indent with spaces"),
    ],
)
def test_a_quote_that_is_not_closed_is_named_where_it_begins_and_a_tab_where_it_stands(
    gist: str, where: str, words: str
) -> None:
    error = refusal(f'claims:\n  c1:\n  gist: {gist}\n  memo: |-\n    it\'s so\n  created: "2026"\n  exact: "x"\n')
    assert str(error.place) == f"f.yaml:{where}"
    assert words in error.sentence


def test_the_last_quote_of_a_file_that_is_not_closed_is_named_where_it_begins(parser: None) -> None:
    error = refusal('a: 1\nb: "x\nc: 2\n\nd: 3\n')
    assert str(error) == "f.yaml:2:4: the quote that begins here is never closed: close it, best in the same line"


@pytest.mark.parametrize("escape", [r"\ud800", r"\UFFFFFFFF"])
@pytest.mark.parametrize("text", ['a: "{}"', '"{}": 1'])
def test_an_escape_that_is_no_character_is_refused(parser: None, text: str, escape: str) -> None:
    assert refusal(text.format(escape)).place.file == "f.yaml"


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(parser: None) -> None:
    error = refusal(b"a: 1\r\nb: caf\xe9")
    assert error.place.line == 2
    assert "UTF-8" in error.sentence
    assert "UTF-8" in refusal("a: 1".encode("utf-16")).sentence


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_unfinished_git_merge_is_called_that(end: str) -> None:
    error = refusal(end.join(["a: 1", "<<<<<<< HEAD", "b: 1", "=======", "b: 2", ">>>>>>> theirs", ""]))
    assert error.place.line == 2
    assert "unfinished git merge" in error.sentence


def test_the_signs_of_a_conflict_inside_a_text_are_text() -> None:
    assert plain("memo: |-\n  =======\n  <<<<<<< HEAD\n") == {"memo": "=======\n<<<<<<< HEAD"}


@pytest.mark.parametrize("opening", ["[", "{", "[\n", "- ", "? ", "{a: ", "[[{a: ["])
def test_a_hundred_thousand_openings_are_refused_at_once(parser: None, opening: str) -> None:
    began = time.process_time()
    assert refusal(opening * 100_000).place.line >= 1
    assert time.process_time() - began < 2


@pytest.mark.parametrize("end", ["", "a: 1\n", "a: 1\r", "# a comment\x85", "\u2028", "\u2029", "a: 1\n...\n"])
@pytest.mark.parametrize("directive", ["%TAG !a! x", "%YAML 1.1", "%TAG\t!a! x"])
def test_directives_are_refused_wherever_a_line_begins(parser: None, end: str, directive: str) -> None:
    error = refusal(f"{end}{directive}\n---\na: 1\n")
    assert "directives (%TAG, %YAML) are not read here" in error.sentence
    assert error.place.line == (2 if end[-1:] in ("\n", "\r") else 1) + ("..." in end)


def test_a_hundred_thousand_directives_are_refused_at_once(parser: None) -> None:
    directives = "".join(f"%TAG !{number:x}! x\n" for number in range(100_000))
    began = time.process_time()
    assert refusal(f"{directives}---\na: 1\n").place.line == 1
    assert refusal(f"a: 1\n...\n{directives}---\na: 1\n").place.line == 3
    assert time.process_time() - began < 2


def test_a_per_cent_sign_elsewhere_is_text(parser: None) -> None:
    assert plain("a: 5 %TAG x\nb: |-\n  %TAG !a! x\n") == {"a": "5 %TAG x", "b": "%TAG !a! x"}


@pytest.mark.parametrize("spoilt", [b"\x01", b"\xff", b"%TAG a b"])
def test_the_line_of_what_stands_behind_two_million_others_costs_no_memory_for_each(spoilt: bytes) -> None:
    data = b"a: 1\n" + b"\r\n" * 2_000_000 + spoilt
    tracemalloc.start()
    try:
        assert refusal(data).place.line == 2_000_002
        assert tracemalloc.get_traced_memory()[1] < 8 * len(data)
    finally:
        tracemalloc.stop()


def test_lists_and_mappings_go_eight_deep() -> None:
    assert plain("[" * 8 + "]" * 8) == [[[[[[[[]]]]]]]]
    assert "8 deep" in refusal("[" * 9 + "]" * 9).sentence


def test_bombs_of_aliases_and_merge_keys_are_refused_at_their_first_anchor(parser: None) -> None:
    lines = ["a: &a [x, x, x]"] + [f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert refusal("\n".join(lines)).place.line == 1
    assert refusal("a: &a {k: 1}\nb: {<<: [*a, *a]}\n").place.line == 1


def test_a_merge_key_merges_nothing() -> None:
    assert plain("<<: {a: 1}\nb: 2") == {"<<": {"a": 1}, "b": 2}


def test_files_that_are_too_large_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 2 * 1024 * 1024)
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(YamlError, match="larger than 2 MB"):
        read_yaml_file(large, "large.yaml")
    monkeypatch.setattr(strict_yaml, "MAX_EVENTS", 1000)
    assert "split it" in refusal("[" + "a," * 2000 + "]").sentence


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("memo: Größe\n".encode())
    assert read_yaml_file(tmp_path / "f.yaml", "f.yaml").plain() == {"memo": "Größe"}


def test_only_regular_files_are_read_and_nothing_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a: 1")
    (tmp_path / "link").symlink_to("secret")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "folder", "pipe"):
        with pytest.raises(YamlError, match=f"^{name}: this is not a regular file"):
            read_yaml_file(tmp_path / name, name)
    with pytest.raises(YamlError, match=r"^none: the file can't be read"):
        read_yaml_file(tmp_path / "none", "none")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-?!&*|>'\"%@`#,[]{}<= \n\t\r\\0\x85\u2028é", max_size=40) | st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    with contextlib.suppress(YamlError):
        parse(text.encode(), "f.yaml").plain()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_and_never_anything_else(data: bytes) -> None:
    with contextlib.suppress(YamlError):
        parse(data, "f.yaml").plain()
