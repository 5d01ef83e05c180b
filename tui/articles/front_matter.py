"""The block of YAML some articles begin with."""

import re
from collections.abc import Mapping

from tui.config import DETAILS
from tui.errors import YamlError
from tui.model.records import Plain
from tui.strict_yaml import parse

_LIMIT = 64 * 1024
"""Characters. A block that is not closed by then is text: nothing is sought through a whole book."""
_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """What the front matter says, and the text that follows it.

    It counts only if it is closed and is a mapping; else the whole is text and nothing is said. Keys other than
    `DETAILS` are passed over; a list becomes its items with commas; an empty text says that there is none.
    """
    opened = _OPEN.match(text)
    closed = opened and _CLOSE.search(text, opened.end(), opened.end() + _LIMIT)
    if not opened or not closed:
        return {}, text
    try:
        plain = parse(text[opened.end() : closed.start()].encode(), "front matter").plain()
    except YamlError:
        return {}, text
    if not isinstance(plain, dict):
        return {}, text
    said = {key: words for key in DETAILS if (words := _words(plain.get(key))) is not None}
    return said, text[closed.end() :]


def _words(value: Plain) -> str | None:
    """`value` as one line of text; None where it is nothing that can be one."""
    match value:
        case str():
            return " ".join(value.split())
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case list():
            return ", ".join(words for item in value if (words := _words(item)))
        case _:
            return None
