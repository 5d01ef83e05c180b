"""How much of an article was read, statement by statement; it outlives a correction of the article."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256

from tui.model.article import Article, Statement, StatementKind
from tui.model.span import Span

DIGITS = 8
"""Hexadecimal digits that stand for the words of a statement: of ten thousand statements of one article, two that
differ share theirs once in a hundred articles, and then one of them counts as read with the other."""


class Motion(Enum):
    """How a cursor moved, as far as it says what was read."""

    STEP = auto()
    """On, to what follows: what was passed on the screen is read."""
    PAGE = auto()
    """On by the screen: what stood on it is read."""
    JUMP = auto()
    """Anywhere: only the statement that was left is read."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """What is kept of it: numbers of statements, debris aside, and the words of those that were read."""

    read: int
    of: int
    words: str = ""
    """`DIGITS` of each, in order; also of some that the article does not hold any more, for it may again."""


@dataclass(frozen=True, slots=True)
class Position:
    """A statement of an article, as it is found again after a restart."""

    offset: int
    text: str
    """The beginning of the article's sha256: where it is the same, so is the offset."""
    words: str
    """`DIGITS` that stand for the statement's words, by which it is found in a corrected article."""
    top: int = 0
    """Where the text on the screen begins."""


class ArticleProgress:
    """What was read of one article as it is now."""

    def __init__(self, article: Article, statements: tuple[Statement, ...], so_far: ReadSoFar | None = None) -> None:
        text = article.text
        self.sha256 = article.sha256
        """Of the article's text it is about."""
        self._digests = [digest_of(text, statement.span) for statement in statements]
        self._counting = [statement.kind is not StatementKind.DEBRIS for statement in statements]
        self._last = max((position for position, counts in enumerate(self._counting) if counts), default=-1)
        numbers = Counter(digest for digest, counts in zip(self._digests, self._counting, strict=True) if counts)
        self._numbers = numbers
        words = so_far.words if so_far is not None else ""
        self._known = {words[start : start + DIGITS] for start in range(0, len(words), DIGITS)}
        self.of = numbers.total()
        self.read = sum(number for digest, number in numbers.items() if digest in self._known)
        self.is_new = so_far is not None and (so_far.read, so_far.of) != (self.read, self.of)
        """Whether it is not as it was kept last."""

    def moved(self, before: int, after: int, on_screen: range, motion: Motion) -> None:
        """The reader's cursor went from one statement to another; `on_screen` are those that could be seen before.

        Read is what the cursor was on; what stood on the screen before a page-down left it; and at the end of the
        article, where there is no going on, the last statement with the step that led to it.
        """
        if before == after and (motion is Motion.JUMP or after < self._last):
            return
        passed = {before}
        if motion is not Motion.JUMP and after >= before:
            first = on_screen.start if motion is Motion.PAGE else max(before, on_screen.start)
            passed.update(range(first, min(after, on_screen.stop)))
            if after >= self._last:
                passed.add(after)
        self.mark(passed)

    def mark(self, positions: Iterable[int]) -> None:
        """These statements were read."""
        for position in positions:
            digest = self._digests[position]
            if digest not in self._known and self._counting[position]:
                self._known.add(digest)
                self.read += self._numbers[digest]
                self.is_new = True

    def is_read(self, position: int) -> bool:
        return not self._counting[position] or self._digests[position] in self._known

    def next_unread(self, position: int) -> int | None:
        """The first statement after this one that was not read, else the first before it; None where all were."""
        count = len(self._digests)
        order = (*range(position + 1, count), *range(min(position + 1, count)))
        return next((each for each in order if not self.is_read(each)), None)

    def so_far(self) -> ReadSoFar:
        """What is to be kept."""
        return ReadSoFar(self.read, self.of, "".join(sorted(self._known)))


def digest_of(text: str, span: Span) -> str:
    """What stands for the words of a statement."""
    return sha256(span.of(text).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def text_of(article: Article) -> str:
    """What stands for an article's text as it is now."""
    return article.sha256[: 2 * DIGITS]


def position_of(article: Article, span: Span, top: int) -> Position:
    """Where this statement stands, and where the screen begins that shows it."""
    return Position(span.start, text_of(article), digest_of(article.text, span), top)


def find(position: Position, article: Article, statements: tuple[Statement, ...]) -> int | None:
    """Which statement a position means: in an article that was corrected, the nearest of the same words; None where
    they are gone."""
    starts = [statement.span.start for statement in statements]
    if text_of(article) == position.text:
        return max(0, bisect_right(starts, position.offset) - 1)
    near = bisect_left(starts, position.offset)
    order = sorted(range(len(statements)), key=lambda index: abs(index - near))
    return next((i for i in order if digest_of(article.text, statements[i].span) == position.words), None)


def percent(read: int, of: int) -> int:
    """How much was read: 0 and 100 only where it is none and all."""
    return 100 if read >= of else max(1, min(99, read * 100 // of)) if read else 0
