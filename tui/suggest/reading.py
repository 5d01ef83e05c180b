"""What the engine reads of an article: its statements, and the terms by which each is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from tui.model.article import Statement, StatementKind
from tui.model.span import Span
from tui.suggest.names import TITLES
from tui.suggest.similarity import words_of
from tui.suggest.things import NUMBERS_REACH, frames, measures, numbers, root_of
from tui.suggest.words import QUIET_WORDS

ROOT = "*"
"""What a term begins with that is the stem of a word, or of the word for the same thing, and not the word itself."""
MEASURE = "="
"""What a term begins with that is a number with its unit, however it is written."""
_MEASURE = 1.4
"""How much a number with its unit counts beside a word that is as rare."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as it is compared."""

    span: Span
    terms: tuple[str, ...]
    """Its words, the stems of those that say something, and its numbers that have a unit; none twice."""
    frames: tuple[str, ...] = ()
    """What its numbers and dates are of."""


def read(text: str, statements: Sequence[Statement]) -> tuple[Told, ...]:
    """The statements of a text that can be suggested: no debris, and of those with the same words only the first."""
    found: dict[tuple[str, ...], Told] = {}
    for statement in statements:
        if statement.kind in (StatementKind.DEBRIS, StatementKind.DATE_LINE):
            continue
        words = words_of(text, statement.span)
        if words and words not in found:
            exact = statement.span.of(text)[:NUMBERS_REACH]
            amounts = numbers(exact)
            terms = {ROOT + root_of(word) for word in words if word not in QUIET_WORDS}
            terms.update(MEASURE + measure for measure in measures(amounts))
            told = map(intern, sorted(terms.union(words)))
            found[words] = Told(statement.span, tuple(told), tuple(map(intern, frames(exact, amounts))))
    return tuple(found.values())


def factor(term: str) -> float:
    """How much a term counts beside others that are as rare."""
    if term.startswith(ROOT):
        return 0.5 if term[1:] in _TITLE_ROOTS else 1.0
    if term.startswith(MEASURE):
        return _MEASURE
    return 0.35 if term in TITLES else 0.7


_TITLE_ROOTS = frozenset(map(root_of, TITLES))
