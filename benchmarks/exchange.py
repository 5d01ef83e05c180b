"""Annotation files: our writer and reader beside PyYAML's fastest, which check nothing and make no records."""

import yaml

from benchmarks.sample import ANNOTATOR, claims, long_article
from benchmarks.timing import paired, report, timed
from tui.exchange.annotation_files import ArticleFile
from tui.exchange.reader import read_annotations
from tui.exchange.writer import write_annotations
from tui.model.plain import to_plain
from tui.model.records import Claim

ROUNDS = {1_000: 7, 10_000: 3}


def run() -> None:
    for count, rounds in ROUNDS.items():
        _measure(claims(count), f"{count:,}".replace(",", " "), rounds)


def _measure(records: tuple[Claim, ...], number: str, rounds: int) -> None:
    article, _ = long_article()
    file = ArticleFile(ANNOTATOR, article.id, article.sha256, claims=records)
    by_id = {claim.id: claim for claim in records}
    data = write_annotations(file, by_id.get)

    def dump() -> None:
        plain = {claim.id: to_plain(claim) for claim in records}
        yaml.dump({"claims": plain}, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)

    pairs = paired(timed(lambda: write_annotations(file, by_id.get)), timed(dump), rounds)
    report(f"writing {number} claims as YAML", "CSafeDumper", pairs)
    pairs = paired(
        timed(lambda: read_annotations(data, "sample.yaml", ANNOTATOR, article.id)),
        timed(lambda: yaml.load(data, Loader=yaml.CSafeLoader)),
        rounds,
    )
    report(f"reading {number} claims from YAML", "CSafeLoader", pairs)


if __name__ == "__main__":
    run()
