"""`variorum log`: what the reader did, when, and on which records."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from tui.characters import clipped
from tui.cli import output, place
from tui.errors import StoreError
from tui.model.changes import Change
from tui.model.plain import KINDS, to_plain
from tui.model.records import ArticleNote, Claim, Decision, Record, Remark, by_place
from tui.store.history import Entry

DESCRIPTION = """
Lists what you did in this workspace, newest first, as the local store remembers it: each step with its time and the
records it made (+), changed (~) or deleted (-). What was undone stays in the list, and so does what came from files.
Nothing is written to disk.
"""
WORDS = 60
"""Characters shown of a quote or memo."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--limit", metavar="N", type=int, help="list no more than the last N steps")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    place.add_annotator(parser)
    place.add_workspace(parser)
    parser.set_defaults(refuse=parser.error)


def run(options: Namespace) -> int:
    if options.limit is not None and options.limit < 1:
        options.refuse("--limit needs a number from 1 on")
    from tui.store.store import Store

    workspace = place.workspace(options)
    annotator = place.annotator(options, workspace).folder
    store = Store(workspace.store_folder, annotator)
    try:
        entries = list(islice(_done(reversed(store.history())), options.limit))
        claims = {record.id: record for record in store.records() if isinstance(record, Claim)}
    finally:
        store.close()
    if options.format == "json":
        output.as_json({"annotator": annotator, "entries": [_plain(entry, changes) for entry, changes in entries]})
    else:
        for entry, changes in entries:
            # Claims that are gone by now are known from the step that made or deleted them.
            claims |= {change.record.id: change.record for change in changes or () if isinstance(change.record, Claim)}
            output.lines(_lines(entry, changes, claims))
    if not entries:
        output.message(f"nothing was recorded here by {annotator}")
    return int(any(changes is None for _, changes in entries))


def _done(entries: Iterable[Entry]) -> Iterator[tuple[Entry, tuple[Change, ...] | None]]:
    """The entries that changed a record, with the changes; None where this version can't read them."""
    for entry in entries:
        try:
            changes = entry.changes()
        except StoreError as error:
            output.message(str(error))
            yield entry, None
        else:
            if changes:
                yield entry, changes


def _lines(entry: Entry, changes: tuple[Change, ...] | None, claims: Mapping[str, Claim]) -> Iterator[str]:
    yield f"{entry.at[:10]} {entry.at[11:16]}  {entry.label}"
    for change in changes or ():
        yield f"    {_sign(change)} {_named(change.record, claims)}"


def _sign(change: Change) -> str:
    return "+" if change.before is None else "-" if change.after is None else "~"


def _named(record: Record, claims: Mapping[str, Claim]) -> str:
    kind = KINDS[type(record)].removesuffix("s")
    match record:
        case ArticleNote():
            return f"{kind} on {record.article}"
        case Claim():
            return f"{kind} {record.id} in {record.article}: {_words(record.exact)}"
        case Remark():
            return f"{kind} {record.id} on {record.on}{f': {_words(record.memo)}' if record.memo else ''}"
        case Decision():
            return f"{kind} {record.id}, {record.kind} {record.verdict}: {_words(record.a.exact)}"
    ends = [claims[id] for id in record.claims if id in claims]
    said = record.gist or (_words(min(ends, key=by_place).exact) if ends else "")
    return f"{kind} {record.id}{f': {said}' if said else ''}"


def _words(text: str) -> str:
    return clipped(" ".join(text.split()), WORDS)


def _plain(entry: Entry, changes: tuple[Change, ...] | None) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind.value,
        "label": entry.label,
        "of": entry.of,
        "changes": [
            {
                "kind": KINDS[type(change.record)],
                "id": change.record.id,
                "before": None if change.before is None else to_plain(change.before),
                "after": None if change.after is None else to_plain(change.after),
            }
            for change in changes or ()
        ],
    }
