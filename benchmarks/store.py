"""The store beside stock TinyDB, SQLite and a bare append: one durable change, and opening.

A change is measured where it is made durable, inside the writer. The bare append writes one record as JSON to the end
of a file and syncs it; SQLite keeps a log of its own (WAL) and syncs it at every commit; stock TinyDB writes the whole
file anew and syncs nothing. On a disk that keeps no promise (a RAM disk) the append costs next to nothing: set TMPDIR
to a real one.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tinydb import TinyDB

from benchmarks.sample import ANNOTATOR, claims
from benchmarks.timing import Pairs, paired, report, size, timed
from tui.model.changes import Change, Transaction
from tui.model.plain import to_plain
from tui.model.records import Claim
from tui.store.store import Store

_STATUS = Path("/proc/self/status")

SIZES = (100, 1_000, 10_000, 100_000)
MANY = SIZES[-1]
ROUNDS = 200
ROUNDS_OF_STOCK = {100: 15, 1_000: 15, 10_000: 5, 100_000: 2}
"""Stock TinyDB takes seconds for one change beside many records."""
APPEND, FLAT, OPENING, MEMORY = 2.5, 1.5, 1.5, 2.5
"""What is to be reached: times the bare append; times the same beside few records; times stock TinyDB."""


def run() -> None:
    flat: dict[str, list[float]] = {}
    for number in SIZES:
        with TemporaryDirectory() as folder:
            for doing, seconds in _measure(Path(folder), _claims(number)).items():
                flat.setdefault(doing, []).append(seconds)
    for doing, all_sizes in flat.items():
        pairs = [(seconds, all_sizes[0]) for seconds in all_sizes[1:]]
        report(f"{doing} beside 1 000 to {_spaced(MANY)} records", f"beside {SIZES[0]}", pairs, FLAT)
    with TemporaryDirectory() as folder:
        _opening(Path(folder), _claims(MANY))


# --- one change ---


class _Sides:
    """One change made by each side, of records that no other change touches."""

    def __init__(self, folder: Path, records: tuple[Claim, ...]) -> None:
        self._fresh = _more(records[0])
        self.store = Store(folder / "store", ANNOTATOR)
        self.store.commit(_transaction(*records))
        self.stock = TinyDB(folder / "stock.json")
        self.stock.insert_multiple(dict(to_plain(claim)) for claim in records)
        self.sqlite = sqlite3.connect(folder / "sqlite.db", isolation_level=None)
        self.sqlite.execute("pragma journal_mode=wal")
        self.sqlite.execute("pragma synchronous=full")
        self.sqlite.execute("create table claims (id text primary key, document text)")
        self.sqlite.execute("begin")
        self.sqlite.executemany("insert into claims values (?, ?)", ((one.id, _json(one)) for one in records))
        self.sqlite.execute("commit")
        self.log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def close(self) -> None:
        self.store.close()
        self.stock.close()
        self.sqlite.close()
        os.close(self.log)

    def append(self) -> float:
        claim = next(self._fresh)
        start = perf_counter()
        os.write(self.log, _json(claim).encode() + b"\n")
        os.fdatasync(self.log)
        return perf_counter() - start

    def change(self, doing: str, durably: Callable[[str, Claim, Claim], None]) -> Callable[[], float]:
        """A measurement of one change; what it changes or deletes is put there before the clock starts, and what the
        reader's step hands to the writer is there too."""

        def measure() -> float:
            claim = next(self._fresh)
            after = replace(claim, memo="looked at again")
            self._step = self._transaction("insert", claim, claim)
            if doing != "insert":
                durably("insert", claim, claim)
                self._step = self._transaction(doing, claim, after)
            start = perf_counter()
            durably(doing, claim, claim if doing == "insert" else after)
            return perf_counter() - start

        return measure

    @staticmethod
    def _transaction(doing: str, claim: Claim, after: Claim) -> Transaction:
        return Transaction(
            doing,
            (
                {
                    "insert": Change(None, after),
                    "update": Change(claim, after),
                    "delete": Change(claim, None),
                }[doing],
            ),
        )

    def ours(self, _doing: str, _claim: Claim, _after: Claim) -> None:
        self.store.commit(self._step)

    def stock_tinydb(self, doing: str, _claim: Claim, after: Claim) -> None:
        if doing == "insert":
            self._last = self.stock.insert(dict(to_plain(after)))
        elif doing == "update":
            self.stock.update(dict(to_plain(after)), doc_ids=[self._last])
        else:
            self.stock.remove(doc_ids=[self._last])

    def sqlite_wal(self, doing: str, claim: Claim, after: Claim) -> None:
        if doing == "insert":
            self.sqlite.execute("insert into claims values (?, ?)", (after.id, _json(after)))
        elif doing == "update":
            self.sqlite.execute("update claims set document = ? where id = ?", (_json(after), claim.id))
        else:
            self.sqlite.execute("delete from claims where id = ?", (claim.id,))


def _measure(folder: Path, records: tuple[Claim, ...]) -> dict[str, float]:
    """Report every change beside these records; return how long ours took, by what was done."""
    sides = _Sides(folder, records)
    took: dict[str, float] = {}
    for doing in ("insert", "update", "delete"):
        what = f"{doing} beside {_spaced(len(records))} records"
        ours = sides.change(doing, sides.ours)
        pairs = paired(ours, sides.append, ROUNDS)
        took[doing] = median(seconds for seconds, _ in pairs)
        report(what, "append + fdatasync", pairs, APPEND)
        report(what, "SQLite", paired(ours, sides.change(doing, sides.sqlite_wal), ROUNDS))
        rounds = ROUNDS_OF_STOCK[len(records)]
        report(what, "stock TinyDB", paired(ours, sides.change(doing, sides.stock_tinydb), rounds))
    sides.close()
    return took


# --- opening ---


def _opening(folder: Path, records: tuple[Claim, ...]) -> None:
    store = Store(folder / "store", ANNOTATOR)
    store.commit(_transaction(*records))
    store.close()
    with TinyDB(folder / "stock.json") as stock:
        stock.insert_multiple(dict(to_plain(claim)) for claim in records)
    both = [(_opened(folder, "ours"), _opened(folder, "stock")) for _ in range(3)]
    what = f"opening {_spaced(len(records))} records, all as values"
    times: Pairs = [(ours[0], stock[0]) for ours, stock in both]
    memory: Pairs = [(ours[1], stock[1]) for ours, stock in both]
    report(what, "stock TinyDB, all documents", times, OPENING)
    report("the same, memory of the process", "stock TinyDB", memory, MEMORY, show=size)


def _opened(folder: Path, side: str) -> tuple[float, float]:
    """Seconds that opening takes in a process of its own, and the most memory that the process had."""
    command = [sys.executable, "-m", "benchmarks.store", side, str(folder)]
    seconds, memory = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return seconds, memory


def _open(side: str, folder: Path) -> None:
    def ours() -> object:
        return Store(folder / "store", ANNOTATOR).records()

    def stock() -> object:
        return TinyDB(folder / "stock.json").all()

    kept: list[object] = []
    seconds = timed(lambda: kept.append((ours if side == "ours" else stock)()))()
    print(json.dumps([seconds, _most_memory()]))


def _most_memory() -> int:
    """The most memory this process had, in bytes."""
    if _STATUS.exists():  # what `getrusage` says includes the process that started this one
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


# --- records ---


def _claims(number: int) -> tuple[Claim, ...]:
    """So many claims; beyond ten thousand they recur under other ids."""
    some = claims(min(number, 10_000))
    return tuple(replace(some[at % len(some)], id=f"c{at:012d}") for at in range(number))


def _more(claim: Claim) -> Iterator[Claim]:
    """Claims with ids that no other has."""
    return (replace(claim, id=f"cx{number:011d}") for number in count())


def _transaction(*records: Claim) -> Transaction:
    return Transaction("made", tuple(Change(None, claim) for claim in records))


def _json(claim: Claim) -> str:
    return json.dumps(to_plain(claim))


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _open(sys.argv[1], Path(sys.argv[2]))
    else:
        run()
