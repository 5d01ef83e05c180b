import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.decoding import decode
from tui.errors import ArticleError


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfXi met Blinken.") == "Xi met Blinken."


def test_only_one_byte_order_mark_is_taken_off() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfXi") == "\ufeffXi"


def test_every_kind_of_line_end_becomes_a_line_feed() -> None:
    assert decode(b"one\r\ntwo\rthree\n\r\nfour") == "one\ntwo\nthree\n\nfour"


def test_characters_that_only_python_takes_for_line_ends_stay() -> None:
    text = "one\x0btwo\x0cthree\x85four\u2028five\u2029six"
    assert decode(text.encode()) == text


def test_letters_are_neither_composed_nor_decomposed() -> None:
    text = "Cafe\u0301 café"
    assert decode(text.encode()) == text


def test_half_a_character_is_replaced_because_it_cannot_be_written_back() -> None:
    assert decode(b"Xi \xed\xa0\x80 met") == "Xi \ufffd met"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u2003\n".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match="holds no text: write the article into it"):
        decode(data)


def test_a_file_in_another_encoding_is_refused_with_the_byte_and_what_to_do() -> None:
    with pytest.raises(ArticleError, match=r"not UTF-8: byte 10 \(0xE9, on line 2\).*convert it to UTF-8"):
        decode("Paris\ncaf\xe9".encode("latin-1") + b" closed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    with pytest.raises(ArticleError, match=r"UTF-16.*convert it to UTF-8"):
        decode("\ufeffXi met Blinken.".encode(encoding))


def test_a_file_with_a_nul_is_binary() -> None:
    with pytest.raises(ArticleError, match=r"binary \(byte 3 is NUL\)"):
        decode(b"Xi\0met")


def test_a_file_of_control_characters_is_binary() -> None:
    with pytest.raises(ArticleError, match=r"binary \(40 of its 46 bytes are control characters\)"):
        decode(b"\x01\x02\x03\x04" * 10 + b"Xi met")


def test_a_stray_control_character_is_kept() -> None:
    assert decode(b"The talks\x08 ended without a result.") == "The talks\x08 ended without a result."


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        text = decode(data)
    except ArticleError:
        return  # any other error fails this test
    assert "\r" not in text
    assert text.strip()
    assert text.encode()  # can be written


@settings(max_examples=200)
@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_what_is_clean_already_stays_as_it_is(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert decode(text.encode()) == text
