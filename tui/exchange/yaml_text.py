"""Plain data as YAML text, always in the same way: the one shape in which Variorum's files are written.

Nothing is folded. Quotes and memos stand as literal blocks, as they are read; a text that a literal can't hold, or
that holds characters a reviewer can't see, becomes a double-quoted line with those characters escaped. Which
characters these are is listed here, not asked of Python's Unicode tables, so that two machines write the same bytes.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

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

_ESCAPED = re.compile(f'[\\\\"\n{_HIDDEN}]')
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# A literal can't begin with a blank or an empty line nor end with a line end; blanks at the end of a line, which it
# could hold, would be lost in the first editor that strips them.
_NOT_LITERAL = re.compile(f"[{_HIDDEN}]|\\A[{_BLANK}\n]|[{_BLANK}](?=\n|\\Z)|\n\\Z|\\A\\Z")
_PLAIN = re.compile("(?:[A-Za-z]|[^\x00-\xbf])[^\n]*")
_PLAIN_TROUBLE = re.compile(f"[{_HIDDEN}]|\\A[{_BLANK}]|[{_BLANK}]\\Z|:(?:[{_BLANK}]|\\Z)|[{_BLANK}]#")
# With a digit in front: only where a letter shows that no reader can take it for a number or a date.
_PLAIN_DIGITS = re.compile(r"(?!0[xX])(?=[^:]*[acdf-np-wyzACDF-NP-WYZ])[0-9](?:[0-9A-Za-z_./ -]*[0-9A-Za-z])?")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
_SIMPLE_KEY = 100
"""Characters up to which a key may stand on the line of its value: parsers look no further than 1024 bytes."""


def entry(key: str, value: Plain, indent: str) -> str:
    """One key with its value, as whole lines without the last line end."""
    return "\n".join(_entry(key, value, indent))


def _entry(key: str, value: Plain, indent: str) -> list[str]:
    lead = f"{indent}{_key(key, indent)}:"
    if isinstance(value, str):
        return [f"{lead} {_text(value, indent + '  ', key)}"]
    if isinstance(value, dict) and value:
        return [lead, *_mapping(value, indent + "  ")]
    if isinstance(value, list) and value:
        if key == "span" and all(type(offset) is int for offset in value):
            return [f"{lead} [{', '.join(map(str, value))}]"]
        return [lead, *_sequence(value, indent + "  ")]
    return [f"{lead} {_scalar(value)}"]


def _mapping(mapping: Mapping[str, Plain], indent: str) -> list[str]:
    return [line for key, value in mapping.items() for line in _entry(key, value, indent)]


def _sequence(items: list[Plain], indent: str) -> list[str]:
    lines = []
    for item in items:
        if isinstance(item, (dict, list)) and item:
            inner = indent + "  "
            first, *others = _mapping(item, inner) if isinstance(item, dict) else _sequence(item, inner)
            lines += [f"{indent}- {first[len(inner) :]}", *others]
        elif isinstance(item, str):
            lines.append(f"{indent}- {_text(item, indent + '  ')}")
        else:
            lines.append(f"{indent}- {_scalar(item)}")
    return lines


def _key(key: str, indent: str) -> str:
    if _PLAIN_KEY.fullmatch(key) and key.lower() not in _RESERVED:
        return key
    quoted = _quoted(key)
    return quoted if len(quoted) <= _SIMPLE_KEY else f"? {quoted}\n{indent}"


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


def _text(text: str, indent: str, key: str = "") -> str:
    """A text in the style of its key; `indent` is where the lines of a literal stand."""
    if key in _QUOTED_KEYS:
        return _quoted(text)
    if key in _LITERAL_KEYS or "\n" in text:
        if _NOT_LITERAL.search(text):
            return _quoted(text)
        return "|-\n" + "\n".join(indent + line if line else "" for line in text.split("\n"))
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    if _PLAIN.fullmatch(text):
        return not _PLAIN_TROUBLE.search(text) and text.lower() not in _RESERVED
    return _PLAIN_DIGITS.fullmatch(text) is not None


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if (short := _SHORT_ESCAPES.get(character)) is not None:
        return short
    code = ord(character)
    if _LONE_SURROGATE.match(character):  # half a character, which no file can hold
        return "\ufffd"
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
