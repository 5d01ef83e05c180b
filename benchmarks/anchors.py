"""Whether claims find their places again when their article's text changes, and how long that takes.

Real articles are edited in ways of which the true map is known. Goals: 98.5 % right, none silently wrong.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from random import Random

from benchmarks.anchors_baselines import BASELINES, Method
from benchmarks.anchors_edits import KINDS, Edited, delete_a_copy, doubled
from benchmarks.anchors_truth import Truth, Verdict, claims_on, truths, verdict
from benchmarks.sample import ROOT, claims, long_article, sentences
from benchmarks.timing import paired, report, timed
from tui.anchors import anchor_claims
from tui.model.records import Claim

SEEDS = (20230619, 20230620, 20230621)
RIGHT_GOAL = 98.5
"""Per cent."""
_ROUNDS = 3
_CHANGED_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    article: str
    old: str
    new: str
    claims: list[Claim]
    truths: list[Truth]


@cache
def articles() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted((ROOT / "seeds").glob("*.txt"))}


def cases(seed: int) -> Iterator[Case]:
    """Every kind of edit on every article, with claims anew for each."""
    for name, text in articles().items():
        pool = [sentence for sentence in sentences() if sentence not in text]
        for kind, edit in KINDS.items():
            random = Random(f"{seed} {name} {kind}")
            old = doubled(text, random) if edit is delete_a_copy else text
            made = claims_on(old, random)
            edited = Edited(old)
            edit(edited, random, pool)
            true = list(truths(old, edited, [claim.span for claim in made]))
            yield Case(kind, name, old, edited.text, made, true)


def judged(case: Case, method: Method) -> Counter[Verdict]:
    anchors = method(case.claims, case.old, case.new)
    return Counter(verdict(anchor, truth) for anchor, truth in zip(anchors, case.truths, strict=True))


def ours(made: "list[Claim]", old: str, new: str) -> "list":  # type: ignore[type-arg]
    return anchor_claims(made, old, new)


def _line(what: str, counts: Counter[Verdict]) -> str:
    total = sum(counts.values())
    shares = (f"{100 * counts[one] / total:>8.2f}" for one in Verdict)
    return f"{what:<44}{total:>8}{''.join(shares)}   {counts[Verdict.WRONG]}"


def run(seeds=SEEDS) -> None:  # type: ignore[no-untyped-def]
    made = [case for seed in seeds for case in cases(seed)]
    by_kind: dict[str, Counter[Verdict]] = defaultdict(Counter)
    by_article: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for case in made:
        counts = judged(case, ours)
        by_kind[case.kind] += counts
        by_article[case.article] += counts
    for kind, counts in by_kind.items():
        print(_line(kind, counts))
    for kind, counts in by_article.items():
        print(_line(kind, counts))
    print(_line("all", sum(by_kind.values(), Counter())))
    for name, method in BASELINES.items():
        print(_line(name, sum((judged(case, method) for case in made), Counter())))


if __name__ == "__main__":
    run()
