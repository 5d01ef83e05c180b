"""Claims that have to be settled, as the Reader shows them: where they are seen, and what happened to their words."""

from bisect import bisect_right
from itertools import chain

from tui.exchange.anchoring import Placed
from tui.exchange.anchoring_words import Piece as Part
from tui.exchange.anchoring_words import differing
from tui.model.article import StatementKind
from tui.model.span import Span
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line
from tui.text.quotations import quoted
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.picker import Choice

BEFORE = 24
"""Cells of a quote shown before the first word that differs, so that this word is seen on any screen."""
LISTED = 44
"""Cells of a quote in a list."""


def sight_of(session: Session, placed: Placed) -> Span:
    """The stretch that the claim is seen at: where it stands, or the statement an orphan is shown beside."""
    if not placed.is_orphan:
        return placed.now.span
    statements = session.statements(placed.now.article)
    index = max(0, bisect_right(statements, placed.at, key=lambda statement: statement.span.start) - 1)
    order = chain(range(index, -1, -1), range(index + 1, len(statements)))
    readable = (position for position in order if statements[position].kind is not StatementKind.DEBRIS)
    return statements[next(readable, index)].span


def what_happened(placed: Placed) -> str:
    if placed.is_orphan:
        return "its words are gone from the article"
    if placed.claim.exact == placed.now.exact:
        return "the article changed: are these the words it was made on?"
    return "its words changed: is it still what the article says?"


def word_lines(placed: Placed, *, own: bool, rows: int) -> list[Line]:
    """The old words and the new ones, in at most so many rows, with the words that differ underlined."""
    keys: list[Piece] = [(f"  {SIGNS.unsettled} ", "accent"), ("settles it ", "quiet")]
    if not own:
        keys = [(f"  {placed.claim.annotator} settles it ", "quiet")]
    head: Piece = (f"   {SIGNS.unsettled} ", "warning bold")
    was, now = differing(placed.claim.exact, placed.now.exact)
    if placed.is_orphan or placed.claim.exact == placed.now.exact:
        label = "was  " if placed.is_orphan else "now  "
        return [Line([head, (label, "quiet"), (quoted(placed.claim.exact), "foreground")], keys)]
    if rows >= 2:
        return [
            Line([head, ("was  ", "quiet"), *_shown(was, "quiet")], keys),
            Line([("     ", ""), ("now  ", "quiet"), *_shown(now, "foreground")]),
        ]
    old, new = _changed_part(was), _changed_part(now)
    return [Line([head, ("was ", "quiet"), old, ("  now ", "quiet"), new], keys)]


def _shown(parts: list[Part], style: str) -> list[Piece]:
    pieces: list[Piece] = []
    first = next((position for position, (_, differs) in enumerate(parts) if differs), 0)
    for position, (words, differs) in enumerate(parts):
        if position < first and cells(words) > BEFORE:
            words = f"{SIGNS.cut} {words[-BEFORE:].partition(' ')[2]}"
        pieces.append((words, "warning bold underline" if differs else style))
    return pieces


def words_now(placed: Placed) -> str:
    """The new words, from shortly before the first that differs."""
    return "".join(words for words, _ in _shown(differing(placed.claim.exact, placed.now.exact)[1], ""))


def _changed_part(parts: list[Part]) -> Piece:
    """Only the words from the first that differs to the last; a dash where there are none."""
    found = [position for position, (_, differs) in enumerate(parts) if differs]
    words = "".join(words for words, _ in parts[found[0] : found[-1] + 1]) if found else ""
    return (fit(plain_line(words), BEFORE) or "nothing", "warning bold underline")


def open_choice(session: Session, placed: Placed) -> Choice:
    """One claim in a list of all that is open."""
    article = session.articles[placed.now.article]
    words = fit(plain_line(placed.claim.gist or placed.claim.exact), LISTED)
    return Choice(placed.claim.id, f"{placed.outcome} · {words}", detail=article.title.value)


def count_of(number: int) -> str:
    return f"{number} to settle"
