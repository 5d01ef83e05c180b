"""One durable insert into a store that holds records already.

The store's file is written as a whole, so its time grows with the records; the bare append shows what a journal could
do. On a disk that keeps no promise (a RAM disk) the append costs next to nothing: set TMPDIR to a real one.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tinydb import TinyDB

from benchmarks.sample import ANNOTATOR, claims
from benchmarks.timing import paired, report, timed
from tui.model.changes import Change, Transaction
from tui.model.plain import to_plain
from tui.model.records import Claim
from tui.store.store import Store

ROUNDS = 15


def run() -> None:
    for number in (100, 1_000, 10_000):
        with TemporaryDirectory() as folder:
            _measure(Path(folder), claims(10_000)[:number])


def _measure(folder: Path, records: tuple[Claim, ...]) -> None:
    fresh = _more(records[0])
    store = Store(folder / "store", ANNOTATOR)
    store.commit(Transaction("made", tuple(Change(None, claim) for claim in records)))
    stock = TinyDB(folder / "stock.json")
    stock.insert_multiple(dict(to_plain(claim)) for claim in records)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def ours() -> None:
        store.commit(Transaction("made", (Change(None, next(fresh)),)))

    def append() -> None:
        os.write(log, json.dumps(to_plain(next(fresh))).encode() + b"\n")
        os.fdatasync(log)

    number = f"{len(records):,}".replace(",", " ")
    references: tuple[tuple[str, Callable[[], object]], ...] = (
        ("stock TinyDB", lambda: stock.insert(dict(to_plain(next(fresh))))),
        ("append + fdatasync", append),
    )
    for against, reference in references:
        report(f"an insert beside {number} records", against, paired(timed(ours), timed(reference), ROUNDS))
    store.close()
    stock.close()
    os.close(log)


def _more(claim: Claim) -> Iterator[Claim]:
    """Claims with ids that no other has."""
    return (replace(claim, id=f"cx{number:011d}") for number in count())


if __name__ == "__main__":
    run()
