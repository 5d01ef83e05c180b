"""Searching a text: what a reader typed becomes a query, and a query finds spans.

Words are taken as they stand, as a person means them: straight and curly marks are the same, so are all dashes, and
any white space, a line break too, is one space. Small letters find capitals as well; one capital makes the query exact.
A pattern is a regular expression; what it may cost is bounded.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Any

import regex

from tui.errors import RefusedError
from tui.model.span import Span

LONGEST = 1_000
"""Characters of a query at most."""
MOST_REPEATS = 100_000
"""What the counts of a pattern, `{3}` times `{4}`, may come to: compiling takes memory for each."""
PATIENCE = 2.0
"""Seconds that one text is searched at most."""

_ALIKE = ("'’‘‛ʼ′", '"“”„‟″', "-‐‑‒–—―−")
"""Characters that are the same to a reader, by kind: single marks, double marks, dashes."""
_CLASS = {character: f"[{''.join(map(regex.escape, kind))}]" for kind in _ALIKE for character in kind}
_PIECE = regex.compile(r"\s+|.", regex.DOTALL)
_ESCAPED = regex.compile(r"\\(?:[pPN]\{[^}]*\}|.)|\(\?P?<\w+>", regex.DOTALL)
_CALL = regex.compile(r"\(\?(?:R|[+-]?\d|&|P>)")
_COUNT = regex.compile(r"\{(\d+)")


class SlowPatternError(RefusedError):
    """A pattern that takes too long on a text."""

    def __init__(self) -> None:
        super().__init__("this pattern takes too long: make it simpler")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for. Made by `query_of`."""

    words: str
    """As they were typed."""
    is_pattern: bool
    _expression: "regex.Pattern[str]" = field(compare=False, repr=False)
    _has_head: bool = field(compare=False, repr=False)
    """Whether group 1, in a look-behind, holds the beginning of the match: marks and spaces, of which a text is full,
    are looked for where the rest was found, which is ten times as fast."""

    def first(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The first match that begins at `start` or after it.

        Raises:
            SlowPatternError: it took longer than `PATIENCE`.
        """
        return next(self._from(text, start), None)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """All matches from the beginning on, none in another and none empty, as offsets of code points.

        Raises:
            SlowPatternError: it took longer than `PATIENCE`.
        """
        return self._from(text, 0)

    def _from(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        limit: dict[str, Any] = {"timeout": PATIENCE} if self.is_pattern else {}
        try:
            if self._has_head:
                yield from self._with_head(text, start)
                return
            for match in self._expression.finditer(text, start, **limit):
                if match.end() > match.start():
                    yield match.span()
        except (TimeoutError, MemoryError):
            raise SlowPatternError from None

    def _with_head(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        position = start
        while (match := self._expression.search(text, position)) is not None:
            begin, end = match.start(1), match.end()
            if begin >= start:
                yield begin, end
                start = position = end
            else:  # it begins in the match before
                position = match.start() + 1


def query_of(words: str, *, is_pattern: bool = False) -> Query:
    """What was typed as a query.

    Raises:
        RefusedError: there is nothing to search for, or it is no regular expression; it says what is wrong with it.
    """
    if not words.strip():
        raise RefusedError("there is nothing to search for")
    if len(words) > LONGEST:
        raise RefusedError(f"no more than {LONGEST} characters can be searched for")
    if is_pattern:
        return Query(words, True, _pattern(words), False)
    head, rest = _literal(words)
    case = 0 if _has_capital(words) else regex.IGNORECASE
    # Where a run of white space begins a match, the match begins with the whole run.
    start = r"(?<!\s)" if head.startswith(r"\s") else ""
    expression = f"(?<=({head})){rest}" if head and rest else start + head + rest
    return Query(words, False, regex.compile(expression, case), bool(head and rest))


def _literal(words: str) -> tuple[str, str]:
    """An expression for the marks and spaces that the words begin with, and one for the rest."""
    head, rest = "", ""
    for piece in _PIECE.findall(words):
        common = True
        if piece.isspace():
            expression = r"\s++" if rest else r"\s+"
        elif piece in _CLASS:
            expression = _CLASS[piece]
        else:
            expression, common = regex.escape(piece), False
        if common and not rest:
            head += expression
        else:
            rest += expression
    return head, rest


def _pattern(words: str) -> "regex.Pattern[str]":
    if _CALL.search(words):
        raise RefusedError("a pattern that calls itself can't be searched for")
    if prod(max(1, int(count[:9])) for count in _COUNT.findall(words)) > MOST_REPEATS:
        raise RefusedError("this pattern repeats too often: make its counts smaller")
    case = 0 if _has_capital(_ESCAPED.sub("", words)) else regex.IGNORECASE
    try:
        return regex.compile(words, case | regex.MULTILINE)
    except regex.error as error:
        raise RefusedError(f"this is no regular expression: {error}") from None
    except (RecursionError, OverflowError, MemoryError, ValueError, KeyError, TypeError, IndexError):
        raise RefusedError("this is no regular expression that can be searched for: make it simpler") from None


def _has_capital(words: str) -> bool:
    return any(character.isupper() or character.istitle() for character in words)


class Matches:
    """All matches in one text, by place."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts, self.ends = array("l"), array("l")
        for start, end in spans:
            self.starts.append(start)
            self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, index: int) -> Span:
        return Span(self.starts[index], self.ends[index])

    def at_or_after(self, offset: int) -> int:
        """The position of the first match that begins at `offset` or after it; their number where there is none."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that overlap a stretch."""
        first, beyond = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:beyond], self.ends[first:beyond], strict=True))
