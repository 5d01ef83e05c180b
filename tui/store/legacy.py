"""The store of the first format, one JSON file that was replaced as a whole: read once, then put away."""

import json
import os
from contextlib import suppress
from pathlib import Path

from tui.disk import NotRegularError, TooLargeError, read_regular
from tui.errors import ReadOnlyError, StoreError
from tui.model.filing import LINKS, path_of
from tui.model.plain import KINDS
from tui.store.documents import BASES, FILES, base_id
from tui.store.journal import Document
from tui.store.snapshot import Tables, is_table

NAME = "store.json"
IMPORTED = f"{NAME}.imported"
"""What it is called afterwards."""
MAX_BYTES = 256 * 2**20


def read(folder: Path, name: str = NAME) -> Tables | None:
    """The tables as they are kept now; None where there is no such file.

    Raises:
        ReadOnlyError: it is not for this user to read.
        StoreError: it can't be read or is damaged.
    """
    path = folder / name
    last = path.with_name(f"{NAME}.bak")
    try:
        data = read_regular(path, MAX_BYTES)
    except FileNotFoundError:
        if os.path.lexists(last):
            raise StoreError(
                f"{path} is missing, but {last.name} is there: rename it to {NAME} to have its records back, or move "
                "it aside to begin anew"
            ) from None
        return None
    except NotRegularError:
        raise StoreError(f"{path} can't be read, as it is not a regular file: move it aside") from None
    except TooLargeError:
        raise _damaged(path, f"is larger than {MAX_BYTES // 2**20} MB") from None
    except PermissionError as error:
        raise ReadOnlyError(f"nothing can be recorded here: {path} can't be read ({error.strerror})") from error
    except OSError as error:
        raise StoreError(f"{path} can't be read: {error.strerror}") from error
    if not data.strip():
        raise _damaged(path, "is empty")
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(path, "is damaged or cut off") from None
    match whole:
        case {"format": 1, "tables": dict(tables)} if all(map(is_table, tables.values())):
            return _converted(path, tables)
    raise _damaged(path, "is not a store of Variorum")


def put_away(folder: Path) -> None:
    """Rename the file, now that what it held is in the journal's snapshot."""
    if os.path.lexists(folder / NAME):
        with suppress(OSError):
            (folder / NAME).replace(folder / IMPORTED)


def _converted(path: Path, tables: Tables) -> Tables:
    """Bases stood in the documents of the files; now only those that differ from the records are kept."""
    new: Tables = {name: dict(table) for name, table in tables.items() if name in KINDS.values()}
    new[FILES], new[BASES] = {}, {}
    filed: dict[str, dict[str, Document]] = {}
    """Annotator and file → the documents of the records that belong in it, by key."""
    for kind in KINDS.values():
        for id, document in new.get(kind, {}).items():
            annotator, _, own_id = id.partition("/")
            filed.setdefault(f"{annotator}/{annotator}/{_file(kind, id, document)}", {})[f"{kind}/{own_id}"] = document
    for id, file in tables.get(FILES, {}).items():
        annotator, _, below = id.partition("/")
        match file:
            case {"sha256": str(sha256), "records": dict(bases), "extra": dict(extra)}:
                new[FILES][id] = {"sha256": sha256, "extra": extra}
            case _:
                raise _damaged(path, f"holds what can't be read, {FILES} {below}")
        there = filed.get(id, {})
        for key in there.keys() | bases.keys():
            if there.get(key) != bases.get(key):
                new[BASES][f"{annotator}/{base_id(below, key)}"] = {
                    "file": below,
                    "key": key,
                    "record": bases.get(key),
                }
    return new


def _file(kind: str, id: str, document: Document) -> str:
    """The file, below its annotator's folder, that a document's record is filed in."""
    if kind == "claims":
        return path_of(str(document.get("article")))
    return path_of(id.partition("/")[2]) if kind == "notes" else LINKS


def _damaged(path: Path, what: str) -> StoreError:
    last = path.with_name(f"{NAME}.bak")
    if os.path.lexists(last):
        way_out = f"move it aside and rename {last.name} to {NAME}, the state before the last change"
    else:
        way_out = "move it aside to begin anew"
    return StoreError(f"{path} {what}. It was left as it is: {way_out}")
