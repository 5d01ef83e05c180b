"""The store's documents: what records and synced files look like in TinyDB, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.errors import RecordError, StoreError
from tui.model.plain import KINDS, from_plain, to_plain
from tui.model.records import ArticleNote, Plain, Record
from tui.store.journal import Document

FILES = "files"
"""The table of YAML files: path → digest and unknown keys. Tables of records are named by kind."""
BASES = "bases"
"""The table of bases: of each record that is not as its file has it, the version last read from or written to it."""

UNSETTLED = ""
"""In place of a digest, where a record changed on both sides. No file has it: the file is read again until that is
settled."""


@dataclass(frozen=True, slots=True)
class SyncedFile:
    """A YAML file as it was when the store and the file last agreed."""

    path: str
    """Below the annotations folder, with `/`: `ada/001.yaml`."""
    sha256: str
    """Of the file's bytes, in hexadecimal; or `UNSETTLED`."""
    records: Mapping[str, Record] = field(default_factory=dict)
    """Each record's base, the version last read from or written to the file, under its `key_of`."""
    extra: Mapping[str, Plain] = field(default_factory=dict)
    """The file's top-level keys that this version does not know."""


def record_document(record: Record, annotator: str) -> Document:
    """
    Raises:
        StoreError: the record is not the annotator's, or would not be the same when read again.
    """
    kind = KINDS[type(record)]
    if record.annotator != annotator:
        raise StoreError(f"{record.id} is {record.annotator}'s, and only {annotator}'s records can be kept here")
    try:
        document = to_plain(record)
        if isinstance(record, ArticleNote) or record.extra or record.conflicts:
            document = _detached(document)  # the rest is texts in lists of its own
        same = from_plain(kind, record.id, document, annotator) == record
    except RecordError as error:
        raise StoreError(f"{record.id} can't be kept: {error}") from error
    if not same:
        raise StoreError(f"{record.id} can't be kept, because it would not be the same when read again")
    return document


def document_record(kind: str, id: str, document: Mapping[str, Plain], annotator: str) -> Record:
    """
    Raises:
        RecordError: the document is not that of a record of this kind.
    """
    record = from_plain(kind, id, document, annotator)  # type: ignore[arg-type]  # it is only read
    if not record.conflicts and (isinstance(record, ArticleNote) or not record.extra):
        return record
    # These it would share with TinyDB's own, live data.
    return from_plain(kind, id, _detached(dict(document)), annotator)


def file_document(file: SyncedFile) -> Document:
    """The document of a file, without the bases of its records.

    Raises:
        StoreError: it would not be the same when read again.
    """
    try:
        return {"sha256": file.sha256, "extra": _detached(dict(file.extra))}
    except RecordError as error:
        raise StoreError(f"what {file.path} holds can't be kept: {error}") from error


def document_file(document: Mapping[str, Plain]) -> tuple[str, dict[str, Plain]]:
    """The digest and the unknown keys of a file.

    Raises:
        RecordError: the document is not that of a file.
    """
    match document:
        case {"sha256": str(sha256), "extra": dict(extra)}:
            return sha256, _detached(extra)
    raise RecordError((), "this does not describe a file")


def base_id(path: str, key: str) -> str:
    """The id, among its annotator's, of the base that a record with this key has in this file."""
    return f"{path}\n{key}"


def base_document(path: str, key: str, base: Record | None, annotator: str) -> Document:
    """The document of a base that is not as the record is; None: the file does not have the record.

    Raises:
        StoreError: as `record_document` does.
    """
    return {"file": path, "key": key, "record": None if base is None else record_document(base, annotator)}


def document_base(document: Mapping[str, Plain], annotator: str) -> tuple[str, str, Record | None]:
    """The file, the record's key, and its base there.

    Raises:
        RecordError: the document is not that of a base.
    """
    match document:
        case {"file": str(path), "key": str(key), "record": dict() | None as plain}:
            kind, _, id = key.partition("/")
            if kind in KINDS.values():
                return path, key, None if plain is None else document_record(kind, id, plain, annotator)
    raise RecordError((), "this does not describe what a file had")


def _detached(plain: dict[str, Plain]) -> dict[str, Plain]:
    """A copy that shares nothing with the original and is what a JSON file would give back.

    Raises:
        RecordError: JSON can't hold it.
    """
    try:
        copy: dict[str, Plain] = json.loads(json.dumps(plain, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordError((), f"JSON can't hold it ({error})") from error
    return copy
