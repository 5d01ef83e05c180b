"""An archive of invented reports: as many as wanted, with words as rare and as common as those of a language."""

from hashlib import sha256
from itertools import accumulate
from random import Random

from benchmarks.sample import sentences
from tui.model.article import Article, Detail, Statement, StatementKind
from tui.model.span import Span

STATEMENTS = 47
"""In each article."""
_ALIKE = 0.25
"""The share of statements that are a real sentence, told with other words."""
_CHANGED = 0.3
"""The share of its words that are exchanged."""
_VOCABULARY = 30_000
_QUIET = ("the", "of", "in", "a", "said", "that", "to", "and")
_EVERY = 3
"""So often is a word one of these."""


def archive(count: int) -> list[tuple[Article, tuple[Statement, ...]]]:
    """So many articles with their statements, the same in every run."""
    random = Random(20230622)
    words = ["".join(random.choice("bcdfglmnprstv") + random.choice("aeiou") for _ in range(random.randint(2, 4)))
             for _ in range(_VOCABULARY)]  # fmt: skip
    often = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    return [_article(number, random, words, often) for number in range(count)]


def _article(
    number: int, random: Random, words: list[str], often: list[float]
) -> tuple[Article, tuple[Statement, ...]]:
    lines: list[str] = []
    statements: list[Statement] = []
    at = 0
    for _ in range(STATEMENTS):
        if random.random() < _ALIKE:
            some = random.choice(sentences()).split()
            some = [
                word if random.random() > _CHANGED else random.choices(words, cum_weights=often)[0] for word in some
            ]
        else:
            some = random.choices(words, cum_weights=often, k=random.randint(8, 30))
            some[::_EVERY] = random.choices(_QUIET, k=len(some[::_EVERY]))
        lines.append(" ".join(some).rstrip(".") + ".")
        statements.append(Statement(Span(at, at + len(lines[-1])), StatementKind.SENTENCE))
        at += len(lines[-1]) + 1
    text = "\n".join(lines)
    id = f"a{number:05}"
    made = Article(
        id, f"seeds/{id}.txt", text, sha256(text.encode()).hexdigest(), Detail(id), date=Detail("2023-06-20")
    )
    return made, tuple(statements)
