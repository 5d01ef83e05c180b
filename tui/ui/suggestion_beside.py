"""What the Reader's strip shows of a suggestion: what it is, why, and the other side's words."""

from tui.session.session import Session
from tui.suggest.suggestion import Passage, Suggestion
from tui.text.layout import Layout
from tui.ui.reading import StripWords
from tui.ui.suggestion_why import decision_lines
from tui.ui.suggestion_words import kind_pieces, marks_of, reason_lines
from tui.ui.widgets.column import credits_of
from tui.ui.widgets.lines import Line, Piece

INDENT = 8
MEASURE = 100
"""Cells of the other side's words in a row at most."""


def beside_lines(
    session: Session, suggestion: Suggestion, other: Passage, words: StripWords, *, is_plain: bool
) -> list[Line]:
    """Rows about a suggestion, beside the text of one side; `other` is the other one."""
    first, second = (session.articles[side.article] for side in (suggestion.a, suggestion.b))
    spans = (suggestion.a.span, suggestion.b.span)
    marks = marks_of(suggestion, (first, second), spans, is_plain=is_plain)[other is suggestion.b]
    article = session.articles[other.article]
    where: list[Piece] = [("   ", "")]
    if other.article in words.numbers:
        where += [(str(words.numbers[other.article]), "accent bold"), ("  ", "")]
    head = Line([("   ", ""), *kind_pieces(suggestion, suggestion.kind), *where, *credits_of(article)])
    return [
        head,
        *_text_lines(article.text, marks, min(MEASURE, words.width - INDENT - 2)),
        *reason_lines(suggestion.reasons, words.width),
        *decision_lines(session, suggestion, words.colleagues),
    ]


def _text_lines(text: str, marks: tuple[tuple[int, int, str], ...], width: int) -> list[Line]:
    if not marks:
        return []
    start, end = marks[0][0], marks[-1][1]
    layout = Layout(text[start:end], max(1, width), gap=False)
    lines = []
    for row in range(len(layout)):
        first, last = (offset + start for offset in layout.row(row))
        pieces: list[Piece] = [(" " * INDENT, "")]
        pieces += [(text[max(a, first) : min(b, last)], style) for a, b, style in marks if a < last and first < b]
        lines.append(Line(pieces))
    return lines
