"""Suggestions in words and looks: what a pair is proposed as and why, what both sides share, in what they differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tui.model.article import Article
from tui.model.span import Span
from tui.suggest.comparison import REACH, Kind, Weight, compare
from tui.suggest.suggestion import Reason, ReasonType, Suggestion, SuggestionKind
from tui.text.cells import cells, fit, plain_line
from tui.text.layout import Layout
from tui.ui.signs import SIGNS
from tui.ui.widgets.comparison_view import style_of
from tui.ui.widgets.lines import Line, Piece

_SHARED = (ReasonType.RUN, ReasonType.LIKENESS, ReasonType.NEIGHBOUR)
"""The reasons that name what both sides say; all others name in what they differ."""
_LOOKS = {
    ReasonType.FIGURE: Kind.FIGURE,
    ReasonType.DATE: Kind.DATE,
    ReasonType.CERTAINTY: Kind.HEDGE,
    ReasonType.NAME: Kind.NAME,
    ReasonType.REFUTATION: Kind.DENIAL,
    ReasonType.NEGATION: Kind.DENIAL,
    ReasonType.ATTRIBUTION: Kind.QUOTE,
}
NAMED = 40
"""Cells of an article's outlet or title."""


def name_of(kind: SuggestionKind) -> str:
    """What a kind is called: nothing is a contradiction before a person says so."""
    return "duplicate" if kind is SuggestionKind.DUPLICATE else "possible conflict"


def kind_pieces(suggestion: Suggestion, kind: SuggestionKind) -> list[Piece]:
    """What a pair would be recorded as; other than proposed, if the reader wants it so."""
    if kind is SuggestionKind.DUPLICATE:
        pieces: list[Piece] = [(f"{SIGNS.duplicate} duplicate", "primary bold")]
    else:
        pieces = [(f"{SIGNS.contradiction} ", "error bold"), (name_of(kind), "error bold")]
    if kind is not suggestion.kind:
        return [*pieces, (f"  proposed as {name_of(suggestion.kind)}", "quiet")]
    kinds = ", ".join(suggestion.contradiction_kinds)
    return [*pieces, (f": {kinds}", "foreground")] if kinds and kind is SuggestionKind.CONTRADICTION else pieces


# --- the two sides ---

Marks = tuple[tuple[int, int, str], ...]
"""Stretches of an article's text that together are a side, each with the name of its style."""


def marks_of(
    suggestion: Suggestion, articles: tuple[Article, Article], spans: tuple[Span, Span], *, is_plain: bool
) -> tuple[Marks, Marks]:
    """Both sides, of which these spans are looked at: what is common and what differs, as `=` shows it, and besides
    what the reasons name."""
    texts = [
        article.text[span.start : min(span.end, span.start + REACH)]
        for article, span in zip(articles, spans, strict=True)
    ]
    compared = compare(*texts)
    sides = []
    for number, (pieces, span) in enumerate(zip((compared.here, compared.there), spans, strict=True)):
        looks = [(span.start + one.start, span.start + one.end, one.kind, one.weight) for one in pieces]
        sides.append(tuple(_marked(looks, span, list(_named(suggestion.reasons, number)), is_plain=is_plain)))
    return sides[0], sides[1]


def _named(reasons: Iterable[Reason], side: int) -> Iterator[tuple[Span, Kind | None]]:
    """What the reasons name on a side; without a kind what both sides say."""
    for reason in reasons:
        kind = None if reason.type in _SHARED else _LOOKS.get(reason.type, Kind.WORDS)
        for span in (reason.a, reason.b)[side]:
            yield span, kind


def _marked(
    looks: Sequence[tuple[int, int, Kind, Weight]],
    side: Span,
    named: Sequence[tuple[Span, Kind | None]],
    *,
    is_plain: bool,
) -> Iterator[tuple[int, int, str]]:
    ends = [end for start, stop, _, _ in looks for end in (start, stop)]
    ends += [end for span, _ in named for end in (span.start, span.end)]
    cuts = sorted({side.start, side.end, *(end for end in ends if side.start < end < side.end)})
    for start, end in pairwise(cuts):
        kind, weight = next(((k, w) for a, b, k, w in looks if a <= start < b), (Kind.WORDS, Weight.SAME))
        here = [what for span, what in named if start in span]
        differs = next((what for what in here if what is not None), None)
        if weight is Weight.DIFFERS or differs is not None:
            style = style_of(kind if weight is Weight.DIFFERS else differs or kind, Weight.DIFFERS, is_plain=is_plain)
        elif None in here:
            style = shared_style(is_plain=is_plain)
        else:
            style = style_of(kind, weight, is_plain=is_plain)
        yield start, end, style


def shared_style(*, is_plain: bool) -> str:
    """The style of words that make a pair: other than all that differs, also where there are no colours."""
    return "foreground italic" if is_plain else "foreground underline"


def legend(*, is_plain: bool) -> list[Piece]:
    """What the marks mean."""
    return [
        ("shared", shared_style(is_plain=is_plain)),
        ("  ", ""),
        ("differs", style_of(Kind.WORDS, Weight.DIFFERS, is_plain=is_plain)),
        ("  ", ""),
        ("only here", style_of(Kind.WORDS, Weight.ONLY, is_plain=is_plain)),
        (" ", ""),
    ]


# --- why, and who else ---


def wrapped(first: Sequence[Piece], words: str, style: str, width: int) -> list[Line]:
    """Words in as many rows as they need, after some pieces that the rows are indented by."""
    words = plain_line(words)
    indent = sum(cells(piece) for piece, _ in first)
    layout = Layout(words, max(1, width - indent - 1))
    rows = [words[slice(*layout.row(row))] for row in range(len(layout))]
    return [Line([*(first if number == 0 else [(" " * indent, "")]), (row, style)]) for number, row in enumerate(rows)]


def reason_lines(reasons: Iterable[Reason], width: int) -> list[Line]:
    """Why the pair is proposed, the strongest reason first."""
    lines: list[Line] = []
    for number, reason in enumerate(reasons):
        lines += wrapped([("   why  " if number == 0 else "        ", "quiet")], reason.text, "foreground", width)
    return lines


def short_name(article: Article) -> str:
    """An article's outlet, else its title."""
    return fit(plain_line((article.outlet or article.title).value), NAMED)
