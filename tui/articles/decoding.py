"""From a file's bytes to the text that offsets count in."""

import re

from tui.errors import ArticleError

_BOM = "\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MAX_CONTROLS = 0.1
"""The share of control characters from which a file is no text. Stray ones occur in scrapes."""


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8, without a leading BOM, lines ended by LF, otherwise exactly as written.

    CRLF and CR become LF by hand, because `splitlines` also breaks at other characters. Lone surrogates, which can't
    be written back, become U+FFFD. Nothing is ever composed or decomposed: offsets must stay those of the file.

    Raises:
        ArticleError: `data` is empty, binary or not UTF-8. Its sentence names no file.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError(
            "the file is UTF-16, not UTF-8: convert it to UTF-8, for example with iconv -f UTF-16 -t UTF-8"
        )
    _refuse_binary(data)
    try:
        # Strict but for surrogates, which are valid nowhere in UTF-8 and are replaced below.
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = data[error.start]
        raise ArticleError(
            f"the file is not UTF-8: byte {error.start + 1} (0x{wrong:02X}, on line {line}) belongs to no character; "
            "convert it to UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", text)
    refuse_empty(text)
    return text


def refuse_empty(text: str) -> None:
    """Raise an ArticleError where `text` holds nothing but white space."""
    if not text or text.isspace():
        raise ArticleError("the file holds no text: write the article into it, or remove it")


def _refuse_binary(data: bytes) -> None:
    null = data.find(b"\0")
    if null >= 0:
        raise ArticleError(
            f"the file is binary (byte {null + 1} is NUL): only plain text in UTF-8 can be read; "
            "save the article as text"
        )
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > len(data) * _MAX_CONTROLS:
        raise ArticleError(
            f"the file is binary ({controls} of its {len(data)} bytes are control characters): "
            "only plain text in UTF-8 can be read; save the article as text"
        )
