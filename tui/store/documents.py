"""The store's documents: what records and synced files look like in TinyDB, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.errors import RecordError, StoreError
from tui.model.plain import KINDS, from_plain, to_plain
from tui.model.records import ArticleNote, Plain, Record

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


def record_document(record: Record, annotator: str) -> dict[str, Plain]:
    """
    Raises:
        StoreError: the record is not the annotator's, or would not be the same when read again.
    """
    kind = KINDS[type(record)]
    if record.annotator != annotator:
        raise StoreError(f"{record.id} is {record.annotator}'s, and only {annotator}'s records can be kept here")
    try:
        document = _detached(to_plain(record))
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
    plain = dict(document)
    record = from_plain(kind, id, plain, annotator)
    if isinstance(record, ArticleNote) or not (record.extra or record.conflicts):
        return record
    # These it would share with TinyDB's own, live data.
    return from_plain(kind, id, _detached(plain), annotator)


def file_document(file: SyncedFile, annotator: str) -> dict[str, Plain]:
    """
    Raises:
        StoreError: a base is not the annotator's, or something would not be the same when read again.
    """
    try:
        extra = _detached(dict(file.extra))
    except RecordError as error:
        raise StoreError(f"what {file.path} holds can't be kept: {error}") from error
    return {
        "sha256": file.sha256,
        "records": {key: record_document(record, annotator) for key, record in file.records.items()},
        "extra": extra,
    }


def document_file(path: str, document: Mapping[str, Plain], annotator: str) -> SyncedFile:
    """
    Raises:
        RecordError: the document is not that of a synced file.
    """
    match document:
        case {"sha256": str(sha256), "records": dict(bases), "extra": dict(extra)}:
            records: dict[str, Record] = {}
            for key, plain in bases.items():
                kind, _, id = key.partition("/")
                if kind not in KINDS.values() or not isinstance(plain, dict):
                    raise RecordError(("records", key), "this is no record")
                records[key] = document_record(kind, id, plain, annotator)
            return SyncedFile(path, sha256, records, _detached(extra))
    raise RecordError((), "this does not describe a file")


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
