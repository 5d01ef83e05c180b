"""Annotation files: our writer and reader beside PyYAML's fastest, which check nothing and make no records."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

import yaml

from benchmarks.sample import ANNOTATOR, claims, long_article
from benchmarks.timing import paired, report, timed
from tui.exchange.annotation_files import ArticleFile
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.plain import to_plain
from tui.model.records import Claim, Plain

ROUNDS = {1_000: 15, 10_000: 5}
SIZES = (1_000, 10_000, 100_000)
"""All of one file; the largest has 53 MB, and no file is read that has more than 64."""
WRITING, READING = {10_000: 1 / 5}, {10_000: 1 / 4}
"""The goals of our time against the reference's."""
GROWTH = 15
"""The goal of our time against that for a tenth of the records."""
GROWTH_ROUNDS = 3


@dataclass(frozen=True)
class Sample:
    """One file with as many claims as asked for."""

    file: ArticleFile
    data: bytes
    by_id: dict[str, Claim]

    def write(self) -> None:
        write_annotations(self.file, self.by_id.get)

    def read(self) -> None:
        read_annotations(self.data, "sample.yaml", ANNOTATOR, self.file.article)

    def dump(self) -> None:
        yaml.dump(self._plain(), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)

    def load(self) -> None:
        yaml.load(self.data, Loader=yaml.CSafeLoader)

    def _plain(self) -> dict[str, Plain]:
        """What our file says: what its header says is not said again with every claim."""
        header: dict[str, Plain] = {"article": self.file.article, "text_sha256": self.file.text_sha256}
        section: dict[str, Plain] = {}
        for claim in self.file.claims:
            plain = to_plain(claim)
            for key in header:
                del plain[key]
            section[claim.id] = plain
        return {"format": "variorum/1", **header, "claims": section}


def run() -> None:
    """Each size is made for its own lines only: what lies in memory makes Python's collector slower for both sides."""
    for count, rounds in ROUNDS.items():
        _beside_the_reference(_sample(count), count, rounds)
    for fewer, more in pairwise(SIZES):
        few, many = _sample(fewer), _sample(more)
        for what, work in (("writing", Sample.write), ("reading", Sample.read)):
            pairs = paired(timed(partial(work, many)), _median_of(partial(work, few)), GROWTH_ROUNDS)
            report(f"{what} {_number(more)} claims", f"for {_number(fewer)}", pairs, goal=GROWTH)


def _beside_the_reference(sample: Sample, count: int, rounds: int) -> None:
    pairs = paired(timed(sample.write), timed(sample.dump), rounds)
    report(f"writing {_number(count)} claims as YAML", "CSafeDumper", pairs, goal=WRITING.get(count))
    pairs = paired(timed(sample.read), timed(sample.load), rounds)
    report(f"reading {_number(count)} claims from YAML", "CSafeLoader", pairs, goal=READING.get(count))
    with _without_collector():
        pairs = paired(timed(sample.write), timed(sample.dump), rounds)
        report("writing them, the collector off on both sides", "CSafeDumper", pairs)
        pairs = paired(timed(sample.read), timed(sample.load), rounds)
        report("reading them, the collector off on both sides", "CSafeLoader", pairs)


@contextmanager
def _without_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _median_of(work: Callable[[], None]) -> Callable[[], float]:
    """The seconds of a short piece of work, measured often enough to stand beside a long one."""
    measure = timed(work)
    return lambda: median(measure() for _ in range(5))


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _sample(count: int) -> Sample:
    article, _ = long_article()
    made = claims.__wrapped__(count)  # without the cache, which would keep them
    by_id = {claim.id: claim for claim in made}
    file = ArticleFile(ANNOTATOR, article.id, article.sha256, claims=made)
    return Sample(file, write_annotations(file, by_id.get), by_id)


if __name__ == "__main__":
    run()
