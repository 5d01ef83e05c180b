"""Suggestions: how long they take as a workspace grows, and what they are worth beside simpler ways to find them.

`python -m benchmarks.suggest COUNT` looks through so many invented articles and prints what that took.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from math import log
from time import process_time

from benchmarks.archive import STATEMENTS, archive
from benchmarks.started import application, first_paint
from benchmarks.suggest_baselines import BASELINES, suggestions
from benchmarks.timing import paired, report, size, timed
from benchmarks.workspaces import many, seeds
from tui.articles.statements import segment
from tui.session.judged import judged
from tui.session.session import Session
from tui.suggest.engine import Engine
from tui.suggest.evaluation import Judged, evaluate
from tui.suggest.suggestion import Suggestion, SuggestionKind

ROUNDS = 7
FEW, MANY = 250, 1_000
"""Articles of an archive."""
MEMORY = 600 * 2**20
LIKE, BEST = 0.2, 10
"""What the reference keeps of each statement: so many others at least so like it."""


def run() -> None:
    with seeds() as session:
        _few(session)
        _quality(session)
    _many()


def _few(session: Session) -> None:
    """The five articles, from nothing."""

    def ours() -> None:
        list(Engine().suggest(session.library.articles, session.statements))

    def segmented() -> None:
        for article in session.library.articles:
            segment(article.text)

    report("all suggestions of 5 articles", "segmenting them", paired(timed(ours), timed(segmented), ROUNDS))
    with many(len(session.library.articles)) as root:
        first = partial(first_paint, application(str(root)))
        report("all suggestions of 5 articles", "first paint", paired(timed(ours), first, ROUNDS), 1 / 2)


def _many() -> None:
    few, many = _measured(FEW), _measured(MANY)
    growth = MANY * log(MANY) / (FEW * log(FEW))
    what = f"all suggestions of {MANY} articles, {MANY * STATEMENTS} statements"
    report(what, f"{FEW} articles × n log n", [(many["all"], few["all"] * growth)], 1)
    report("the first of them that are shown", "all", [(many["first"], many["all"])])
    report("all again, after one article changed", "all", [(many["again"], many["all"])])
    report("memory meanwhile", "allowed", [(many["memory"], MEMORY)], 1, size)
    reference = _reference(MANY)
    if reference is None:
        print("TF-IDF by scikit-learn is not measured: it is not installed (pip install -e '.[bench]')", flush=True)
    else:
        report(what, "scikit-learn TF-IDF", [(many["all"], reference)], 5)


def _measured(count: int) -> dict[str, float]:
    """What so many articles take in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.suggest", str(count)]
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return measured


def _measure(count: int) -> dict[str, float]:
    made = {article.id: (article, statements) for article, statements in archive(count + 1)}
    *articles, other = (article for article, _ in made.values())
    engine, start, first = Engine(), process_time(), 0.0
    for _ in engine.suggest(articles, lambda id: made[id][1]):
        first = first or process_time() - start
    whole = process_time() - start
    start = process_time()
    list(engine.suggest([*articles[1:], other], lambda id: made[id][1]))
    again = process_time() - start
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"first": first, "all": whole, "again": again, "memory": used}


def _reference(count: int) -> float | None:
    """The processor time in which scikit-learn finds what is most like each of the same statements."""
    try:
        import numpy
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return None
    texts = [one.span.of(article.text) for article, statements in archive(count) for one in statements]
    start = process_time()
    vectors = TfidfVectorizer().fit_transform(texts)
    for at in range(0, len(texts), 1_000):  # all at once would take more memory than there is
        alike = (vectors[at : at + 1_000] @ vectors.T).tocsr()
        alike.data[alike.data < LIKE] = 0
        alike.eliminate_zeros()
        for row in range(alike.shape[0]):
            values = alike.data[alike.indptr[row] : alike.indptr[row + 1]]
            if len(values) > BEST:
                numpy.argpartition(values, -BEST)[-BEST:]
    return process_time() - start


# --- quality ---


def _quality(session: Session) -> None:
    """What the duplicates of the worked example are worth by its links and decisions, and those of simpler methods."""
    said = judged(session)
    articles = session.library.articles
    *_, ours = Engine().suggest(articles, session.statements)
    print(f"\n{'duplicates':<18} {'first 10':>20} {'first 20':>20} {'P@10':>6} {'P@20':>6} {'AP':>6} {'found':>10}")
    _row("engine", [one for one in ours if one.kind is SuggestionKind.DUPLICATE], said)
    for name, method in BASELINES.items():
        _row(name, suggestions(articles, session.statements, method), said)
    print("of the first: right, wrong, not judged; P of those that were judged\n")
    _row_conflicts(ours, said)


def _row(name: str, found: Sequence[Suggestion], said: Sequence[Judged]) -> None:
    score = next(one for one in evaluate(found, said) if one.kind is SuggestionKind.DUPLICATE)
    first = [score.first[cut] for cut in (10, 20)]
    tallies = [f"{tally.right}, {tally.wrong}, {tally.unjudged}" for tally in first]
    values = [tally.precision for tally in first] + [score.average_precision]
    shown = ["none" if value is None else f"{value:.2f}" for value in values]
    found_of = f"{score.found}/{score.known}"
    print(f"{name:<18} {tallies[0]:>20} {tallies[1]:>20} {shown[0]:>6} {shown[1]:>6} {shown[2]:>6} {found_of:>10}")


def _row_conflicts(found: Sequence[Suggestion], said: Sequence[Judged]) -> None:
    score = next(one for one in evaluate(found, said) if one.kind is SuggestionKind.CONTRADICTION)
    tally = score.all
    print(f"possible conflicts: {tally.right} right, {tally.wrong} wrong, {tally.unjudged} not judged\n", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_measure(int(sys.argv[1]))))
    else:
        run()
