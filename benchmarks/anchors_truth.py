"""What is right: claims on a text, and where each of them stands after an edit, by the edit's own map."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from benchmarks.anchors_edits import NEW, Edited
from tui.anchors import Anchor, Outcome
from tui.articles.statements import segment
from tui.model.records import CONTEXT, Claim
from tui.model.span import Span

_QUOTATION = re.compile(r"[“\"‘][^“”\"‘\n]{4,200}[”\"]")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"\w+")
_GONE = 1 / 3
"""With less than this part of a claim's letters left it is rewritten beyond recognition."""
_OVERLAP = 0.5
"""What a proposed place and the true one must have in common, of both together."""


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    """A question too many, a place not found: it costs a person's time, and nothing is wrong on the disk."""
    MISLED = "misled"
    """A question with a wrong place beside it; for what is gone, any place is wrong."""
    WRONG = "wrong"
    """No question asked, and the place or the words are not the claim's."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The true place, None if the claim is gone; `unchanged` if all of its words are there in a row."""

    span: Span | None
    unchanged: bool


def claims_on(text: str, random: Random) -> list[Claim]:
    """Statements, and what a reader marks else: quotations, figures, words, phrases, several sentences."""
    statements = [one.span for one in segment(text)]
    spans = set(statements)
    spans.update(Span(*match.span()) for match in _QUOTATION.finditer(text))
    spans.update(Span(*match.span()) for match in _FIGURE.finditer(text))
    words = [match.span() for match in _WORD.finditer(text)]
    spans.update(Span(*random.choice(words)) for _ in range(15))
    for _ in range(25):
        first = random.randrange(len(words))
        last = min(first + random.randint(1, 9), len(words) - 1)
        spans.add(Span(words[first][0], words[last][1]))
    for _ in range(6):
        first = random.randrange(len(statements))
        last = min(first + random.randint(1, 3), len(statements) - 1)
        spans.add(Span(statements[first].start, statements[last].end))
    return [make_claim(text, span) for span in sorted(spans)]


def make_claim(text: str, span: Span) -> Claim:
    return Claim(
        id="c000000000000",
        annotator="ada",
        article="sample",
        text_sha256="",
        span=span,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        created="2026-11-21T20:00:00Z",
    )


def truths(old: str, edited: Edited, spans: list[Span]) -> Iterator[Truth]:
    """Where each span went."""
    places: dict[int, list[int]] = {}
    for place, origin in enumerate(edited.origins):
        if origin != NEW:
            places.setdefault(origin, []).append(place)
    for span in spans:
        yield _truth(old, edited, span, places)


def _truth(old: str, edited: Edited, span: Span, places: dict[int, list[int]]) -> Truth:
    letters = [at for at in range(span.start, span.end) if not old[at].isspace()]
    kept = [place for at in letters for place in places.get(at, ())]
    corrected = [place for place, by in enumerate(edited.corrected) if by and span.start <= by[0] and by[1] <= span.end]
    amended = {at for place in corrected if (by := edited.corrected[place]) for at in range(*by)}
    left = sum(at in places or at in amended for at in letters)
    if not (kept or corrected) or left < _GONE * len(letters):
        return Truth(None, False)
    true = sorted((*kept, *corrected))
    place = Span(true[0], true[-1] + 1)
    whole = all(at in places for at in letters) and kept == sorted(kept)
    mine = set(kept)
    between = (at for at in range(place.start, place.end) if at not in mine)
    return Truth(place, whole and all(edited.text[at].isspace() for at in between))


def verdict(anchor: Anchor, truth: Truth) -> Verdict:
    """How an answer is counted. What is taken unasked must be the true place exactly; a proposal for changed words must
    share half with it, of both together."""
    silent = anchor.outcome in (Outcome.SAME, Outcome.MOVED)
    if silent:
        return Verdict.RIGHT if truth.unchanged and anchor.span == truth.span else Verdict.WRONG
    if truth.span is None:
        return Verdict.RIGHT if anchor.span is None else Verdict.MISLED
    if anchor.span is None:
        return Verdict.ASKED
    common = min(anchor.span.end, truth.span.end) - max(anchor.span.start, truth.span.start)
    together = max(anchor.span.end, truth.span.end) - min(anchor.span.start, truth.span.start)
    if common < _OVERLAP * together:
        return Verdict.MISLED
    return Verdict.ASKED if truth.unchanged else Verdict.RIGHT


def is_exact(anchor: Anchor, truth: Truth) -> bool:
    """Whether an answer is right and its place is the true one to the character, or rightly none."""
    return verdict(anchor, truth) is Verdict.RIGHT and anchor.span == truth.span
