"""The journal's lines: one transaction a line, each with a checksum, appended and never changed.

    <CRC-32 of the rest, eight hexadecimal digits> <what it is, JSON> <tab> <its operations, JSON>

A line that has no line end was never finished, so it was never acknowledged. A line that has one and does not fit its
checksum, or its number, is damage. JSON escapes tabs and line ends, so both mean what they look like, and everything
is ASCII.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

FORMAT = 2
"""Of the journal and its snapshots. 1 was one JSON file that was replaced as a whole."""

CHECKSUM = 8
"""Characters at the start of a line."""

Document: TypeAlias = dict[str, Any]
Operation: TypeAlias = tuple[str, str, Document | None, Document | None]
"""Table, document id, the document before (None: it was not there) and after (None: it is gone)."""
About: TypeAlias = dict[str, Any]
"""What a line says of its transaction besides the operations: see `Entry`, and the header of a journal."""

_LINE = re.compile(rb"([0-9a-f]{8}) ([^\t]*)\t(.*)", re.DOTALL)


class DamagedLineError(ValueError):
    """A finished line that is not what was written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: what it says of its transaction, and the operations, not yet read."""

    about: About
    raw: bytes

    @property
    def number(self) -> int:
        """Of the transaction.

        Raises:
            DamagedLineError: it has none.
        """
        number = self.about.get("number")
        if not isinstance(number, int):
            raise DamagedLineError("no number")
        return number

    def operations(self) -> list[Operation]:
        """
        Raises:
            DamagedLineError: they are not of the right shape.
        """
        try:
            operations = json.loads(self.raw)
        except (ValueError, RecursionError):
            raise DamagedLineError("no JSON") from None
        if not isinstance(operations, list) or not all(map(_is_operation, operations)):
            raise DamagedLineError("no operations")
        return [(table, id, before, after) for table, id, before, after in operations]


def encode(about: About, operations: Iterable[Operation]) -> bytes:
    """One line with its line end.

    Raises:
        TypeError, ValueError, RecursionError: JSON can't hold it.
    """
    body = f"{_json(about)}\t{_json(list(operations))}".encode("ascii")
    return b"%08x %b\n" % (zlib.crc32(body), body)


def decode(raw: bytes) -> Line:
    """The line, given without its line end.

    Raises:
        DamagedLineError: its checksum or shape is wrong.
    """
    match = _LINE.fullmatch(raw)
    if match is None or int(match[1], 16) != zlib.crc32(raw[9:]):
        raise DamagedLineError("wrong checksum")
    try:
        about = json.loads(match[2])
    except (ValueError, RecursionError):
        raise DamagedLineError("no JSON") from None
    if not isinstance(about, dict):
        raise DamagedLineError("no mapping")
    return Line(about, match[3])


def finished(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The finished lines in `data`, without their line ends, each with the offset just after it."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield end + 1, data[start:end]
        start = end + 1


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _is_operation(value: object) -> bool:
    match value:
        case [str(), str(), dict() | None, dict() | None]:
            return True
    return False
