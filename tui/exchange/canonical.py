"""A quick reader for files exactly as our own writer leaves them, which nearly all files are.

It reads no YAML. It knows the one shape of `tui.exchange.writer`, record by record, as a regular expression that is
made from the declarations of the fields. What it takes, the strict reader takes too, and as the same data; for
anything else, were it a blank out of place, it answers None, and the strict reader has to look at the file. So every
error, with its line and sentence, comes from the strict reader alone, and nothing but time hangs on this module.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from tui.exchange.annotation_files import ARTICLE_HEADER, ARTICLE_SECTIONS, FORMAT, sections_of
from tui.exchange.yaml_text import lead_of
from tui.model.ids import PATTERN
from tui.model.plain import DEFINITIONS
from tui.model.records import Plain
from tui.model.shapes import MAX_ITEMS, Anything, Ends, Field, Flag, Offsets, Shape, Side, Texts
from tui.strict_yaml import MAX_BYTES, MAX_EVENTS

# What YAML takes for more than a character, or refuses: our writer writes all of it as escapes. Line ends may stand.
_SPECIAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Repetitions of one character are possessive: where a file is not canonical, that shows without a second try. Those of
# groups are bounded, because each turn costs the matching some memory.
_QUOTED = r'"[^"\\\n]*+(?:\\(?:["\\ntr]|x[0-9A-F]{2}|u[0-9A-F]{4}|U[0-9A-F]{8})[^"\\\n]*+){0,9999}"'
_WORDS = r"(?!(?:true|false|null)\n)(?:[A-Za-z]|[^\x00-\xbf])[^\n:#]*+(?:(?::(?![ \n])|(?<! )#)[^\n:#]*+){0,9999}(?<! )"
_DIGITS = r"[0-9](?=[0-9_./ -]*+[A-Za-z])[0-9A-Za-z_./ -]*+(?<! )"
_LINE = f"(?:{_QUOTED}|{_WORDS}|{_DIGITS})"
_ESCAPE = re.compile(r'\\(?:(["\\ntr])|x([0-9A-F]{2})|u([0-9A-F]{4})|U([0-9A-F]{8}))')
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}


def read_canonical(data: bytes, article: str | None) -> dict[str, Plain] | None:
    """What a file of an article holds, with None the links, with `DECIDED` the decisions; None where it is not as our
    writer leaves it."""
    if len(data) > MAX_BYTES:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if _SPECIAL.search(text):
        return None
    try:
        plain = _read(text, sections_of(article))
    except _NotCanonical:
        return None
    return plain if _costs_little(plain, text) else None


class _NotCanonical(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a mapping with known keys, and how to get each value out of them."""

    pattern: re.Pattern[str]
    values: tuple[tuple[str, Callable[[str], Plain]], ...]
    """Keys, in the order of the pattern's groups."""

    def plain(self, found: tuple[str | None, ...]) -> dict[str, Plain]:
        return {key: value(raw) for (key, value), raw in zip(self.values, found, strict=True) if raw is not None}


def _read(text: str, sections: tuple[str, ...]) -> dict[str, Plain]:
    header = _header(sections == ARTICLE_SECTIONS)
    match = header.pattern.match(text)
    if match is None:
        raise _NotCanonical
    plain: dict[str, Plain] = {"format": FORMAT, **header.plain(match.groups())}
    at = match.end()
    lead = "\n"
    for kind in sections:
        if text.startswith(f"{lead}{kind}:\n\n", at):
            plain[kind], at = _section(kind, text, at + len(lead) + len(kind) + 1)
            lead = "\n\n"
    if at + 1 != len(text) or text[at] != "\n":
        raise _NotCanonical
    return plain


def _section(kind: str, text: str, at: int) -> tuple[dict[str, Plain], int]:
    """The records that begin at `at`, and where they end."""
    lines = _record(kind)
    section: dict[str, Plain] = {}
    while match := lines.pattern.match(text, at):
        id, *found = match.groups()
        if id in section:
            raise _NotCanonical
        section[id] = lines.plain(tuple(found))
        at = match.end()
    return section, at


@cache
def _header(is_article: bool) -> _Lines:
    lines = _lines(ARTICLE_HEADER if is_article else (), "")
    return _Lines(re.compile(f"format: {re.escape(FORMAT)}{lines.pattern.pattern}"), lines.values)


@cache
def _record(kind: str) -> _Lines:
    definition = DEFINITIONS[kind]
    lines = _lines(definition.fields, "    ")
    # Without a line of its own a record would be null.
    begin = rf"\n\n  ({definition.letter}{PATTERN}):(?=\n    )"
    return _Lines(re.compile(begin + lines.pattern.pattern), lines.values)


def _lines(fields: tuple[Field, ...], indent: str) -> _Lines:
    """Each field at most once, in their order; what this version does not know has no place in them."""
    known = [(field, *_value(field.shape, indent + "  ")) for field in fields if not isinstance(field.shape, Anything)]
    pattern = "".join(rf"(?:\n{re.escape(lead_of(field.key, indent))}{pattern})?" for field, pattern, _ in known)
    return _Lines(re.compile(pattern), tuple((field.key, value) for field, _, value in known))


def _value(shape: Shape, indent: str) -> tuple[str, Callable[[str], Plain]]:
    """How a value of this shape stands behind its key, and what it is; its own lines begin with `indent`."""
    if isinstance(shape, Offsets):
        number = "(?:0|[1-9][0-9]{0,9})"
        return rf" \[({number}, {number})\]", _offsets
    if isinstance(shape, Flag):
        return " (true|false)", lambda raw: raw == "true"
    if isinstance(shape, Texts):
        return rf"((?:\n{indent}- {_LINE}){{1,{MAX_ITEMS}}}| \[\])", partial(_items, indent)
    if isinstance(shape, Side):
        lines = _side(indent, "(")
        return rf"({_side(indent, '(?:')})", partial(_side_of, re.compile(lines), indent + "  ")
    if isinstance(shape, Ends):
        single = _end(indent, "(")
        return rf"((?:{_end(indent, '(?:')}){{1,{MAX_ITEMS}}})", partial(_ends, re.compile(single), indent + "    ")
    return rf" ({_block(indent)}|{_LINE})", partial(_text, indent)


def _block(indent: str) -> str:
    """A literal block, the lines of which stand at `indent`."""
    return rf"\|-\n{indent}[^\n ][^\n]*+(?:\n++{indent}[^\n]++){{0,9999}}"


def _end(indent: str, group: str) -> str:
    """One end of a link: its id, and the words for who reads the file."""
    article = rf"(?:\n{indent}  article: {group}{_LINE}))?"
    exact = rf"(?:\n{indent}  exact: {group}{_block(indent + '    ')}|{_QUOTED}))?"
    return rf"\n{indent}- claim: {group}c{PATTERN}){article}{exact}"


def _side(indent: str, group: str) -> str:
    """One side of a decision, with nothing in it that this version does not know."""
    span = rf"\n{indent}span: {group}\[(?:0|[1-9][0-9]{{0,9}}), (?:0|[1-9][0-9]{{0,9}})\])"
    return rf"\n{indent}article: {group}{_LINE}){span}\n{indent}exact: {group}{_block(indent + '  ')}|{_QUOTED})"


def _text(indent: str, raw: str) -> str:
    if raw[0] == '"':
        return _ESCAPE.sub(_unescaped, raw[1:-1]) if "\\" in raw else raw[1:-1]
    if raw[0] == "|":
        return raw[len(indent) + 3 :].replace(f"\n{indent}", "\n")
    return raw


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1] is not None:
        return _ESCAPED[escape[1]]
    code = int(escape[2] or escape[3] or escape[4], 16)
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        raise _NotCanonical
    return chr(code)


def _offsets(raw: str) -> list[Plain]:
    return [int(number) for number in raw.split(", ")]


def _side_of(pattern: re.Pattern[str], indent: str, raw: str) -> dict[str, Plain]:
    match = pattern.fullmatch(raw)
    assert match is not None, "the same pattern found it"
    article, span, exact = match.groups()
    return {"article": _text(indent, article), "span": _offsets(span[1:-1]), "exact": _text(indent, exact)}


def _items(indent: str, raw: str) -> list[Plain]:
    return [] if raw == " []" else [_text(indent, item) for item in raw.split(f"\n{indent}- ")[1:]]


def _ends(pattern: re.Pattern[str], indent: str, raw: str) -> list[Plain]:
    ends: list[Plain] = []
    for match in pattern.finditer(raw):
        found = zip(("claim", "article", "exact"), match.groups(), strict=True)
        ends.append({key: _text(indent, copy) for key, copy in found if copy is not None})
    return ends


def _costs_little(plain: Plain, text: str) -> bool:
    """Whether the strict reader would not find too much in the file."""
    # A line is five of the parser's events at most, and six more open and close the file.
    return 5 * text.count("\n") + 6 <= MAX_EVENTS or _events(plain) + 4 <= MAX_EVENTS


def _events(plain: Plain) -> int:
    if isinstance(plain, dict):
        return 2 + sum(1 + _events(value) for value in plain.values())
    return 2 + sum(map(_events, plain)) if isinstance(plain, list) else 1
