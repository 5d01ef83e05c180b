"""Plain data as YAML text, always in the same way: the one shape in which Variorum's files are written.

Nothing is folded. Quotes and memos stand as literal blocks, as they are read; a text that a literal can't hold, or
that holds characters a reviewer can't see, becomes a double-quoted line with those characters escaped. Which
characters these are is listed here, not asked of Python's Unicode tables, so that two machines write the same bytes.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from tui.model.records import Plain

_LITERAL_KEYS = frozenset({"exact", "memo"})
_QUOTED_KEYS = frozenset({"prefix", "suffix", "created"})

# Control, invisible and bidirectional characters, line ends other than LF, and code points that are no characters.
# U+FE0F, which follows many an ordinary emoji, may stand.
_HIDDEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
_BLANK = " \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"

# What texts are made of nearly always, line ends included: nothing in it is hidden, and its only blank is the space.
# To match it costs a twentieth of looking for what is hidden.
_BEYOND_ASCII = (
    "\xa1-\xac\xae-\u034e\u0350-\u061b\u061d-\u115e\u2010-\u2027\u2030-\u205e\u3400-\ud7ff\U0001f000-\U0001faff"
)
_USUAL = re.compile(f"[\n -~{_BEYOND_ASCII}]*+")
_USUAL_IN_QUOTES = re.compile(f"[ !#-[\\]-~{_BEYOND_ASCII}]*+")
_HIDES = re.compile(f"[{_HIDDEN}]")
_ESCAPED = re.compile(f'[\\\\"\n{_HIDDEN}]')
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = frozenset(" \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_ENDS = _BLANKS | {"\n"}
_BLANK_BEFORE_END = re.compile(f"[{_BLANK}]\n")
_COLON_OR_COMMENT = re.compile(f":(?:[{_BLANK}]|\\Z)|[{_BLANK}]#")
# With a digit in front: only where a letter shows that no reader can take it for a number or a date.
_PLAIN_DIGITS = re.compile(r"(?!0[xX])(?=[^:]*[acdf-np-wyzACDF-NP-WYZ])[0-9](?:[0-9A-Za-z_./ -]*[0-9A-Za-z])?")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_LONGEST_RESERVED = max(map(len, _RESERVED))
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
_SIMPLE_KEY = 100
"""Characters up to which a key may stand on the line of its value: parsers look no further than 1024 bytes."""

_SHORT = 100
"""Characters up to which items of lists are remembered."""


def entry(key: str, value: Plain, indent: str) -> str:
    """One key with its value, as whole lines without the last line end."""
    lines: list[str] = []
    _mapping(lines, {key: value}, indent)
    return "\n".join(lines)


def text_writer(key: str, indent: str) -> Callable[[str], str]:
    """What gives the lines of a text under `key`, as `entry` has them, each with a line end before it."""
    lead, inner = lead_of(key, indent), indent + "  "
    if key in _QUOTED_KEYS:
        return lambda text: f"\n{lead} {_quoted(text)}"
    return lambda text: f"\n{lead} {_text(text, inner, key)}"


def _mapping(lines: list[str], mapping: Mapping[str, Plain], indent: str) -> None:
    inner = indent + "  "
    for key, value in mapping.items():
        lead = lead_of(key, indent)
        if isinstance(value, str):
            text = _quoted(value) if key in _QUOTED_KEYS else _text(value, inner, key)
            lines.append(f"{lead} {text}")
        elif isinstance(value, dict) and value:
            lines.append(lead)
            _mapping(lines, value, inner)
        elif isinstance(value, list) and value:
            if key == "span" and all(type(offset) is int for offset in value):
                lines.append(f"{lead} [{', '.join(map(str, value))}]")
            else:
                lines.append(lead)
                _sequence(lines, value, inner)
        else:
            lines.append(f"{lead} {_scalar(value)}")


def _sequence(lines: list[str], items: list[Plain], indent: str) -> None:
    inner = indent + "  "
    for item in items:
        if isinstance(item, str):
            lines.append(f"{indent}- {_word(item, inner) if len(item) <= _SHORT else _text(item, inner)}")
        elif isinstance(item, (dict, list)) and item:
            first = len(lines)
            if isinstance(item, dict):
                _mapping(lines, item, inner)
            else:
                _sequence(lines, item, inner)
            lines[first] = f"{indent}- {lines[first][len(inner) :]}"
        else:
            lines.append(f"{indent}- {_scalar(item)}")


@lru_cache(maxsize=1024)
def lead_of(key: str, indent: str) -> str:
    """What stands before a value; the same keys come again with every record."""
    if _PLAIN_KEY.fullmatch(key) and key.lower() not in _RESERVED:
        return f"{indent}{key}:"
    quoted = _quoted(key)
    return f"{indent}{quoted}:" if len(quoted) <= _SIMPLE_KEY else f"{indent}? {quoted}\n{indent}:"


def _scalar(value: Plain) -> str:
    """Everything but texts and collections that hold something."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            # Written out, because `1e+16` is text to a reader of this format.
            text = format(Decimal(repr(value)), "f")
            return text if "." in text else f"{text}.0"
        case dict():
            return "{}"
        case list():
            return "[]"
        case _:
            return str(value)


@lru_cache(maxsize=1024)
def _word(text: str, indent: str) -> str:
    """A short item of a list: the same tags and speakers come again with every record."""
    return _text(text, indent)


def _text(text: str, indent: str, key: str = "") -> str:
    """A text in the style of its key, if that is not always quoted; `indent` is where the lines of a literal stand."""
    if key in _LITERAL_KEYS or "\n" in text:
        if not _is_literal(text):
            return _quoted(text)
        if "\n" not in text:
            return f"|-\n{indent}{text}"
        return "|-\n" + "\n".join(indent + line if line else "" for line in text.split("\n"))
    return text if _is_plain(text) else _quoted(text)


def _is_literal(text: str) -> bool:
    """Whether a literal block can hold the text, and an editor that strips blanks at the ends of lines spares it.

    It can't begin with a blank or an empty line nor end with a line end.
    """
    if not text or text[0] in _ENDS or text[-1] in _ENDS:
        return False
    return not _hides(text) and ("\n" not in text or not _BLANK_BEFORE_END.search(text))


def _is_plain(text: str) -> bool:
    if not text or "\n" in text:
        return False
    first = text[0]
    if not ((first > "\xbf" and first not in _BLANKS) or (first.isascii() and first.isalpha())):
        return _PLAIN_DIGITS.fullmatch(text) is not None
    if text[-1] in _BLANKS or (len(text) <= _LONGEST_RESERVED and text.lower() in _RESERVED) or _hides(text):
        return False
    return not ((":" in text or "#" in text) and _COLON_OR_COMMENT.search(text))


def _hides(text: str) -> bool:
    return _USUAL.fullmatch(text) is None and _HIDES.search(text) is not None


def _quoted(text: str) -> str:
    if _USUAL_IN_QUOTES.fullmatch(text):
        return f'"{text}"'
    usual = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{usual}"' if _USUAL.fullmatch(usual) else f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if (short := _SHORT_ESCAPES.get(character)) is not None:
        return short
    code = ord(character)
    if _LONE_SURROGATE.match(character):  # half a character, which no file can hold
        return "\ufffd"
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
