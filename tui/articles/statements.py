"""An article's statements: the pieces a reader steps through."""

from tui.articles.lines import Line, line_kinds, read_lines
from tui.articles.sentences import sentences
from tui.model.article import Statement, StatementKind
from tui.model.span import Span


def segment(text: str) -> tuple[Statement, ...]:
    """The statements of `text` in order.

    A line break always ends a statement; inside a line sentences do. The spans don't overlap, have no white space
    around them, and together hold every character that is not white space.
    """
    lines = read_lines(text)
    statements: list[Statement] = []
    for line, kind in zip(lines, line_kinds(lines), strict=True):
        statements.extend(_statements(line, kind))
    return tuple(statements)


def _statements(line: Line, kind: StatementKind | None) -> list[Statement]:
    if kind in (StatementKind.DEBRIS, StatementKind.DATE_LINE, StatementKind.HEADLINE):
        spans = [(0, len(line.text))]
    else:
        spans = sentences(line.text)
    if kind is None:
        alone = len(spans) == 1 and line.looks_like_headline
        kind = StatementKind.HEADLINE if alone else StatementKind.SENTENCE
    return [Statement(Span(line.start + start, line.start + end), kind) for start, end in spans]
