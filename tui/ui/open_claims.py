"""What has to be settled, by where it is seen; of claims whose article changed, what happened to their words."""

from bisect import bisect_left, bisect_right
from itertools import accumulate, chain

from tui.anchors import Outcome
from tui.exchange.anchoring import Placed
from tui.exchange.anchoring_words import Piece as Part
from tui.exchange.anchoring_words import changed_part, differing
from tui.model.article import StatementKind
from tui.model.span import Span
from tui.session.conflicting import Dispute
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line
from tui.text.quotations import quoted
from tui.ui.actions import key_for
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.picker import Choice

BEFORE = 24
"""Cells of a quote shown before the first word that differs, so that this word is seen on any screen."""
LISTED = 44
"""Cells of a quote in a list."""
LABEL = 60
"""Cells of a choice beside which the outcome has room on 80 columns."""
NOTHING_OPEN = "there is nothing to settle: no merge and no changed article left anything open"
WIDEST = 1_000
"""Characters of a quote that are looked at for a row: more than the widest screen shows."""


def sight_of(session: Session, placed: Placed) -> Span:
    """The stretch that the claim is seen at: where it stands, or the statement an orphan is shown beside."""
    if not placed.is_orphan:
        return placed.now.span
    statements = session.statements(placed.now.article)
    index = max(0, bisect_right(statements, placed.at, key=lambda statement: statement.span.start) - 1)
    order = chain(range(index, -1, -1), range(index + 1, len(statements)))
    readable = (position for position in order if statements[position].kind is not StatementKind.DEBRIS)
    return statements[next(readable, index)].span


class Sights:
    """Open claims of one article where they are seen: of thousands, those at one place are found at once."""

    def __init__(self, session: Session, found: tuple[Placed, ...]) -> None:
        self.found = found
        by_start = sorted(
            ((sight_of(session, placed), position) for position, placed in enumerate(found)),
            key=lambda seen: seen[0].start,
        )
        self._spans = [span for span, _ in by_start]
        self._positions = [position for _, position in by_start]
        self._reaches = list(accumulate((span.end for span in self._spans), max))
        """How far the claims up to each reach: never falls, so it can be searched."""

    def at(self, place: Span) -> tuple[Placed, ...]:
        """Those that are seen in a stretch of the article, in the order in which they were given."""
        first = bisect_right(self._reaches, place.start)
        beyond = bisect_left(self._spans, place.end, key=lambda span: span.start)
        here = (index for index in range(first, beyond) if self._spans[index].overlaps(place))
        return tuple(self.found[position] for position in sorted(self._positions[index] for index in here))


def what_happened(placed: Placed) -> str:
    if placed.outcome is Outcome.UNSOUGHT:
        return "the article changed: its words are being looked for"
    if placed.is_orphan:
        return "its words are gone from the article"
    if placed.claim.exact == placed.now.exact:
        return "the article changed: are these the words it was made on?"
    return "its words changed: is it still what the article says?"


def word_lines(placed: Placed, *, own: bool, rows: int) -> list[Line]:
    """The old words and the new ones, in at most so many rows, with the words that differ underlined."""
    keys: list[Piece] = [(f"  {key_for('reader.settle')} ", "accent"), ("settles it ", "quiet")]
    if not own:
        keys = [(f"  {placed.claim.annotator} settles it ", "quiet")]
    head: Piece = (f"   {SIGNS.unsettled} ", "warning bold")
    if placed.is_orphan or placed.claim.exact == placed.now.exact:
        label = "gone  " if placed.is_orphan else "now  "
        return [Line([head, (label, "quiet"), (quoted(placed.claim.exact[:WIDEST]), "foreground")], keys)]
    if rows >= 2:
        was, now = differing(placed.claim.exact, placed.now.exact)
        return [
            Line([head, ("was  ", "quiet"), *_shown(was, "quiet")], keys),
            Line([("     ", ""), ("now  ", "quiet"), *_shown(now, "foreground")]),
        ]
    old, new = changed_part(placed.claim.exact, placed.now.exact)
    old, new = (fit(plain_line(words[:WIDEST]), BEFORE) or "nothing" for words in (old, new))
    differs = "warning bold underline"
    return [Line([head, ("was ", "quiet"), (old, differs), ("  now ", "quiet"), (new, differs)], keys)]


def _shown(parts: tuple[Part, ...], style: str) -> list[Piece]:
    pieces: list[Piece] = []
    first = next((position for position, (_, differs) in enumerate(parts) if differs), 0)
    for position, (words, differs) in enumerate(parts):
        if position < first and cells(words) > BEFORE:
            words = f"{SIGNS.cut} {words[-BEFORE:].partition(' ')[2]}"
        pieces.append((words[:WIDEST], "warning bold underline" if differs else style))
    return pieces


def words_now(placed: Placed) -> str:
    """The new words, from shortly before the first that differs."""
    return "".join(words for words, _ in _shown(differing(placed.claim.exact, placed.now.exact)[1], ""))


def named(placed: Placed, room: int) -> str:
    """What a claim is called in a list or question: its gist, else its words."""
    return fit(plain_line(placed.claim.gist), room) if placed.claim.gist else both_ends(placed, room)


def both_ends(placed: Placed, room: int) -> str:
    """The words a claim was made on; of many, their beginning and their end."""
    words = plain_line(placed.claim.exact)
    if cells(words) > room - 2:
        end = words[-(room // 3) :].partition(" ")[2]
        words = f"{fit(words, room - 3 - cells(end))} {end}"
    return quoted(words)


def which_choice(placed: Placed) -> Choice:
    """One claim in a list of those at one place: they are told apart by what changed, and by where they end."""
    if placed.is_orphan or placed.claim.exact == placed.now.exact:
        return Choice(placed.claim.id, named(placed, LISTED), detail=placed.outcome)
    old, new = changed_part(placed.claim.exact, placed.now.exact)
    old, new = (fit(plain_line(words[:WIDEST]), BEFORE // 2) for words in (old, new))
    change = f"was {old}, now {new}" if old and new else f"now also {new}" if new else f"no longer {old}"
    return Choice(placed.claim.id, f"{change} · {named(placed, LABEL - 3 - cells(change))}", detail=placed.outcome)


def open_choice(session: Session, placed: Placed) -> Choice:
    """One claim in a list of all that is open."""
    article = session.articles[placed.now.article]
    return Choice(placed.claim.id, f"{placed.outcome} · {named(placed, LISTED)}", detail=article.title.value)


def count_of(number: int) -> str:
    return f"{number} to settle"


def to_settle(session: Session) -> int:
    """How much of one's own is to be settled everywhere."""
    return session.desk.view.open_count + len(session.disputes)


def to_settle_in(session: Session, article: str) -> int:
    """How much of one's own is to be settled in an article: claims that its text left, and conflicts of a merge."""
    return len(session.desk.view.open_in(article)) + session.disputes.in_article(article)


def open_by_turn(session: Session, article: str, start: int) -> list[Placed | Dispute]:
    """All that is open of one's own: in this article from an offset on, then in the others in their order, then what
    stands before it here; last, what has no place in a text."""
    view, disputes = session.desk.view, session.disputes
    ids = [one.id for one in session.library.articles]
    turn = ids.index(article) if article in ids else 0
    order = {id: number for number, id in enumerate((*ids[turn:], *ids[:turn]))}
    found: list[tuple[tuple[int, int], Placed | Dispute]] = []
    for id in ids if view.has_open else ():
        found += [((order[id], sight_of(session, placed).start), placed) for placed in view.open_in(id)]
    found += [
        ((order[place[0]], place[1]), dispute)
        for dispute in disputes.all()
        if (place := disputes.place_of(dispute)) is not None
    ]
    before, after = (0, -1), (0, start)
    found.sort(key=lambda one: (before < one[0] < after, one[0]))
    return [one for _, one in found] + [one for one in disputes.all() if disputes.place_of(one) is None]
