"""Snapshots: all tables in one JSON file that is written once, read whole and never changed.

The last line holds the checksum of everything before it; with it the file is still one JSON document.
"""

import json
import re
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from tui.disk import read_regular, write_new
from tui.errors import StoreError
from tui.store.journal import FORMAT, Document

MAX_BYTES = 2**30
"""A larger file is not read: beyond this, something is wrong."""

Tables: TypeAlias = dict[str, dict[str, Document]]
"""Table name → document id → document, as TinyDB has it."""

_TOGETHER = 200
"""Documents written between two pauses, in which other threads, above all that of the screen, have their turn."""
_LAST = re.compile(rb'"crc":"([0-9a-f]{8})"}\n?')


class DamagedSnapshotError(ValueError):
    """The file is not a snapshot as it was written."""


def write_snapshot(path: Path, tables: Mapping[str, Mapping[str, Document]], number: int) -> int:
    """Write all tables, as they are after transaction `number`, to a new file; return its size in bytes.

    Raises:
        FileExistsError: something lies there.
        OSError: it can't be written.
        StoreError: it would be larger than is read.
        TypeError, ValueError, RecursionError: JSON can't hold a document.
    """
    size = crc = 0

    def chunks() -> Iterator[bytes]:
        nonlocal size, crc
        for text in _texts(tables, number):
            chunk = text.encode("ascii")
            size += len(chunk)
            if size > MAX_BYTES:
                raise StoreError(f"{path} would be larger than {MAX_BYTES // 2**20} MB, the most that is read")
            crc = zlib.crc32(chunk, crc)
            yield chunk
        last = f'"crc":"{crc:08x}"}}\n'.encode("ascii")
        size += len(last)
        yield last

    write_new(path, chunks(), 0o600)
    return size


def read_snapshot(path: Path) -> tuple[Tables, int, int]:
    """The tables, the number of the last transaction in them, and the file's size in bytes.

    Raises:
        OSError: it can't be read.
        DamagedSnapshotError: it is not what was written.
    """
    data = read_regular(path, MAX_BYTES)
    at = data.rfind(b"\n", 0, len(data) - 1) + 1
    match = _LAST.fullmatch(data, at)
    if match is None or int(match[1], 16) != zlib.crc32(memoryview(data)[:at]):
        raise DamagedSnapshotError
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise DamagedSnapshotError from None
    match whole:
        case {"format": 2, "number": int(number), "tables": dict(tables)} if all(map(is_table, tables.values())):
            return tables, number, len(data)
    raise DamagedSnapshotError


def is_table(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(document, dict) for document in table.values())


def _texts(tables: Mapping[str, Mapping[str, Document]], number: int) -> Iterator[str]:
    yield f'{{"format":{FORMAT},"number":{number},"tables":{{'
    for position, (name, table) in enumerate(tables.items()):
        yield f"{',' if position else ''}\n{_json(name)}:{{"
        together: list[str] = []
        lead = "\n"
        for id, document in table.items():
            together.append(f"{lead}{_json(id)}:{_json(document)}")
            lead = ",\n"
            if len(together) == _TOGETHER:
                yield "".join(together)
                together.clear()
                time.sleep(0)
        yield "".join(together)
        yield "}"
    yield "},\n"


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
