"""What stands below a pair: why it is proposed, what was decided on it, what is recorded on either side."""

from collections.abc import Iterator

from tui.model.span import Span
from tui.session.session import Session
from tui.suggest.suggestion import Suggestion
from tui.text.cells import cells
from tui.ui.reading import Colleagues, StripWords
from tui.ui.suggestion_words import reason_lines
from tui.ui.widgets.lines import Line, Piece

LEAST_REASONS = 2
"""Rows that reasons have at least, however much else there is to say."""


def why_lines(
    session: Session,
    suggestion: Suggestion,
    spans: tuple[Span, Span],
    names: tuple[str, str],
    width: int,
    height: int,
    colleagues: Colleagues,
) -> list[Line]:
    """Rows of this width, at most so many; `names` is what the sides are called by where they stand."""
    reasons = reason_lines(suggestion.reasons, width)
    decided = decision_lines(session, suggestion, colleagues)
    recorded = list(_recorded(session, suggestion, spans, names, width, colleagues))
    for_reasons = max(LEAST_REASONS, height - len(decided) - len(recorded))
    shown = reasons[:for_reasons]
    if len(reasons) > for_reasons:
        shown[-1] = Line(shown[-1].left, [(f"{len(reasons) - for_reasons} more rows ", "faint")])
    return [*shown, *decided, *recorded][:height]


def decision_lines(session: Session, suggestion: Suggestion, colleagues: Colleagues) -> list[Line]:
    """Who decided what on this pair, in one row; none where nobody did."""
    pieces: list[Piece] = []
    # A file written by hand or merged may decide twice on one pair: said once.
    decided = session.suggestions.decided(suggestion)
    for decision in {(each.annotator, each.verdict, each.kind): each for each in decided}.values():
        own = decision.annotator == session.annotator
        if not own and colleagues is Colleagues.HIDDEN:
            continue
        pieces += [(", " if pieces else "    by  ", "quiet"), ("you" if own else decision.annotator, "accent")]
        pieces.append((f" {decision.verdict} it as {decision.kind}", "foreground"))
    return [Line(pieces)] if pieces else []


def _recorded(
    session: Session,
    suggestion: Suggestion,
    spans: tuple[Span, Span],
    names: tuple[str, str],
    width: int,
    colleagues: Colleagues,
) -> Iterator[Line]:
    """What is recorded on either side already, a row each."""
    room = max(map(cells, names))
    words = StripWords(session, {}, width - room - 3, colleagues)
    for passage, span, name in zip((suggestion.a, suggestion.b), spans, names, strict=True):
        claims = session.claims_at(passage.article, span, colleagues=colleagues is not Colleagues.HIDDEN)
        for row in words.rows(claims, None, 1):
            yield Line([(f"{name:>6}", "quiet"), *row.line.left], row.line.right)
