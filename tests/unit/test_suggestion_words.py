"""What is marked on both sides of a pair, and how its reasons are told."""

from itertools import pairwise

from tui.model.article import Article, Detail
from tui.model.span import Span
from tui.suggest.suggestion import Passage, Reason, ReasonType, Suggestion, SuggestionKind
from tui.ui.suggestion_words import kind_pieces, marks_of, reason_lines

HERE = "Before. The ferry carried 250 people to the island. After."
THERE = "Reportedly the ferry carried 260 people to the island."


def article(id: str, text: str) -> Article:
    return Article(id, f"{id}.txt", text, id, Detail(id))


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def pair(*reasons: Reason, kind: SuggestionKind = SuggestionKind.CONTRADICTION) -> Suggestion:
    first = span_of(HERE, "The ferry carried 250 people to the island.")
    a, b = Passage("a", first, first.of(HERE)), Passage("b", Span(0, len(THERE)), THERE)
    return Suggestion(kind, 0.5, reasons, a, b, ("number",))


def styles(suggestion: Suggestion, *, is_plain: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """The style of each piece of both sides, by its words."""
    articles = (article("a", HERE), article("b", THERE))
    marks = marks_of(suggestion, articles, (suggestion.a.span, suggestion.b.span), is_plain=is_plain)
    first, second = (
        {text[start:end].strip(): style for start, end, style in side}
        for text, side in zip((HERE, THERE), marks, strict=True)
    )
    return first, second


RUN = Reason(
    ReasonType.RUN,
    "people to the island",
    (span_of(HERE, "people to the island"),),
    (span_of(THERE, "people to the island"),),
)


def test_the_pieces_are_all_of_a_side_and_nothing_else() -> None:
    articles = (article("a", HERE), article("b", THERE))
    one = pair(RUN)
    for side, span in zip(
        marks_of(one, articles, (one.a.span, one.b.span), is_plain=False), (one.a.span, one.b.span), strict=True
    ):
        assert side[0][0] == span.start
        assert side[-1][1] == span.end
        assert all(before[1] == after[0] for before, after in pairwise(side))


def test_what_differs_is_bold_and_underlined_and_what_is_shared_underlined_only() -> None:
    here, there = styles(pair(RUN))
    assert "bold underline" in here["250"]
    assert "bold underline" in there["260"]
    assert here["people to the island"] == there["people to the island"] == "foreground underline"
    assert "underline" not in here["The ferry carried"]


def test_without_colours_each_mark_has_an_attribute_of_its_own() -> None:
    here, _ = styles(pair(RUN), is_plain=True)
    assert here["250"] == "foreground bold reverse"
    assert here["people to the island"] == "foreground italic"
    assert "reverse" not in here["The ferry carried"]
    assert "italic" not in here["The ferry carried"]


def test_what_a_reason_names_differs_whatever_else_is_known_of_it() -> None:
    reason = Reason(ReasonType.NAME, "the ferry", (span_of(HERE, "ferry"),), ())
    here, there = styles(pair(reason))
    assert "bold underline" in here["ferry"]
    assert "ferry" not in there


def test_a_span_of_a_reason_beyond_the_side_marks_nothing() -> None:
    reason = Reason(ReasonType.NAME, "elsewhere", (Span(0, 3), Span(5_000, 5_001)), (Span(9_000, 9_001),))
    here, _ = styles(pair(reason))
    assert "Bef" not in here


def test_a_kind_is_named_as_what_it_would_be_recorded_as() -> None:
    def words(one: Suggestion, kind: SuggestionKind) -> str:
        return "".join(words for words, _ in kind_pieces(one, kind))

    conflict, duplicate = pair(RUN), pair(RUN, kind=SuggestionKind.DUPLICATE)
    assert words(conflict, SuggestionKind.CONTRADICTION) == "≠ possible conflict: number"
    assert words(conflict, SuggestionKind.DUPLICATE) == "≡ duplicate  proposed as possible conflict"
    assert words(duplicate, SuggestionKind.DUPLICATE) == "≡ duplicate"


def test_a_long_reason_takes_as_many_rows_as_it_needs() -> None:
    lines = reason_lines([Reason(ReasonType.RUN, "word " * 30), Reason(ReasonType.NAME, "and more")], 60)
    rows = ["".join(words for words, _ in line.left) for line in lines]
    assert rows[0].startswith("   why  word word")
    assert all(len(row) <= 60 for row in rows)
    assert rows[-1] == "        and more"
    assert " ".join(" ".join(rows).split()) == "why " + "word " * 30 + "and more"
