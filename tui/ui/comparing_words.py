"""Comparisons in words: how a counterpart was found, where it stands, in what it differs."""

from collections.abc import Iterable, Mapping

from tui.model.records import DuplicateGroup
from tui.session.comparing import Counterpart
from tui.session.session import Session
from tui.suggest.comparison import Kind, Point, Weight
from tui.text.cells import fit, plain_line
from tui.text.quotations import quoted
from tui.ui.reading import sign_of
from tui.ui.signs import SIGNS
from tui.ui.widgets.comparison_view import COLOURS, style_of
from tui.ui.widgets.lines import Line, Piece

SHARED = 24
"""Cells of the words that two statements share."""
NAMED = 30
"""Cells of an article's outlet or title."""
STATED = "stated"
"""What a side is that does not hedge what the other does."""
SAID = 24
"""Cells of what one side says, in the line of what differs."""


def how_found(session: Session, one: Counterpart) -> list[Piece]:
    """By which link, whose it is, or how similar and by what words."""
    if one.link is None:
        pieces: list[Piece] = [(f"similar {one.score:.2f}", "foreground")]
        return [*pieces, (f"  {quoted(fit(plain_line(one.shared), SHARED))}", "faint")] if one.shared else pieces
    pieces = [sign_of(session, one.link)]
    if one.is_implied:
        pieces.append((" implied", "foreground"))
    elif isinstance(one.link, DuplicateGroup):
        pieces.append((" linked", "foreground"))
    else:
        pieces.append((f" {', '.join(one.link.kinds) or 'of what kind?'}, {one.link.status}", "foreground"))
    if one.link.annotator != session.annotator:
        pieces.append((f" {one.link.annotator}’s", "accent"))
    return pieces


def source(session: Session, article: str, numbers: Mapping[str, int]) -> list[Piece]:
    """An article's outlet, else its title, its date, and the number of its pane if it is open."""
    known = session.articles[article]
    pieces: list[Piece] = [(f"{numbers[article]}  ", "accent bold")] if article in numbers else []
    pieces.append((fit(plain_line((known.outlet or known.title).value), NAMED), "quiet bold"))
    return [*pieces, (f" · {plain_line(known.date.value)}", "quiet")] if known.date is not None else pieces


def points_line(points: Iterable[Point]) -> Line | None:
    """What differs, what weighs most first; None if nothing does."""
    pieces: list[Piece] = []
    for point in points:
        if pieces:
            pieces.append((" · ", "faint"))
        none = STATED if point.kind is Kind.HEDGE else SIGNS.none
        sides = [fit(plain_line(words), SAID) or none for words in (point.here, point.there)]
        pieces.append((f"{point.kind} ", f"{COLOURS[point.kind]} bold"))
        pieces.append((f"{sides[0]} {SIGNS.contradiction} {sides[1]}", "foreground"))
    return Line(pieces) if pieces else None


def legend(*, is_plain: bool) -> Line:
    """What the marks mean."""
    pieces: list[Piece] = [("   ", "")]
    for kind in Kind:
        if kind is not Kind.WORDS:
            pieces += [(kind, style_of(kind, Weight.ONLY, is_plain=is_plain)), ("  ", "")]
    pieces += [("differs", style_of(Kind.WORDS, Weight.DIFFERS, is_plain=is_plain)), ("  ", "")]
    return Line([*pieces, ("only here", style_of(Kind.WORDS, Weight.ONLY, is_plain=is_plain))])
