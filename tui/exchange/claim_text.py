"""Claims as YAML text, quickly: the bytes are those that `tui.exchange.yaml_text` writes of their plain data.

Nearly every claim holds declared fields only. What stands before their values, and in which style each is written, is
worked out once for a file; a claim is then a call for each of its values, without a dictionary in between.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from tui.exchange.yaml_text import entry, lead_of, text_writer
from tui.model.plain import DEFINITIONS
from tui.model.records import Claim, Plain
from tui.model.shapes import Digest, Field, Offsets, Text

_INDENT = "    "
_REMEMBERED, _SHORT = 1024, 200
"""How many values that come again with many claims are remembered, and up to how many characters."""

_Write: TypeAlias = Callable[[Any], str]
"""A value → its lines, each with a line end before it; nothing where nothing is to be written."""

_FIELDS = tuple(field for field in DEFINITIONS["claims"].fields if field.key != "conflicts")
_VALUES: Callable[[Claim], tuple[Any, ...]] = attrgetter(*(field.name for field in _FIELDS))


class ClaimWriter:
    """Writes the claims of one file."""

    def __init__(self, header: Mapping[str, Plain]) -> None:
        """`header` holds values by key that a claim need not say again, because the head of the file does."""
        self._writers = [_but_for(header[each.key], each) if each.key in header else _writer(each) for each in _FIELDS]

    def text(self, claim: Claim) -> str | None:
        """The claim's id and lines; None where it holds something that this version does not look into."""
        if claim.extra or claim.conflicts:
            return None
        written = [
            write(value) for write, value in zip(self._writers, _VALUES(claim), strict=True) if value is not None
        ]
        return f"  {claim.id}:{''.join(written)}"


def _but_for(said: Plain, field: Field) -> _Write:
    write = _writer(field)
    return lambda value: "" if value == said else write(value)


def _writer(field: Field) -> _Write:
    if isinstance(field.shape, Text | Digest):
        return text_writer(field.key, _INDENT)
    if isinstance(field.shape, Offsets):
        lead = lead_of(field.key, _INDENT)
        return lambda span: f"\n{lead} [{span.start}, {span.end}]"

    def write(value: Any) -> str:
        plain = field.shape.plain(value)
        return "" if plain is None else f"\n{entry(field.key, plain, _INDENT)}"

    # The same tags, speakers and words of a choice come again and again.
    remembered = lru_cache(_REMEMBERED)(write)
    return lambda value: remembered(value) if sum(map(len, value)) <= _SHORT else write(value)
