"""Suggestions that a test proposes itself, in three short reports of one event."""

from collections.abc import Iterable
from pathlib import Path

from driving import Reading, written

from tui.model.span import Span
from tui.session.session import Session
from tui.suggest.suggestion import Passage, Reason, ReasonType, Suggestion, SuggestionKind

BRIDGE = {
    "a": "Bridge closed\n\nThe old bridge was closed on Monday after cracks were found. It carries 4,000 cars a day."
    " The mayor called it unsafe. Boats may pass.\n",
    "b": "News from the river\n\nAfter cracks were found, the old bridge was closed on Tuesday. Some 6,000 cars a day"
    " use it. Nobody was hurt. Fish is dear.\n",
    "c": "Traffic report\n\nEngineers say the bridge is safe. A ferry runs instead. The old bridge is closed.\n",
}


def bridge(root: Path) -> Path:
    return written(root, **BRIDGE)


def passage(session: Session, article: str, words: str) -> Passage:
    start = session.articles[article].text.index(words)
    return Passage(article, Span(start, start + len(words)), words)


def same(session: Session, here: tuple[str, str], there: tuple[str, str], run: str = "") -> Suggestion:
    """Two statements as duplicates, since both have a run of words."""
    a, b = passage(session, *here), passage(session, *there)
    spans = [tuple(_inside(session, side, run)) if run else () for side in (a, b)]
    reason = Reason(ReasonType.RUN, f"both say “{run or '…'}”", spans[0], spans[1])
    return Suggestion(SuggestionKind.DUPLICATE, 0.9, (reason,), a, b)


def conflict(
    session: Session,
    here: tuple[str, str],
    there: tuple[str, str],
    *,
    type: ReasonType = ReasonType.FIGURE,
    text: str = "4,000 cars a day here, 6,000 there",
    kinds: tuple[str, ...] = ("number",),
) -> Suggestion:
    a, b = passage(session, *here), passage(session, *there)
    return Suggestion(SuggestionKind.CONTRADICTION, 0.5, (Reason(type, text),), a, b, kinds)


def _inside(session: Session, side: Passage, words: str) -> Iterable[Span]:
    start = session.articles[side.article].text.index(words, side.span.start)
    return [Span(start, start + len(words))]


CLOSED = ("a", "The old bridge was closed on Monday after cracks were found.")
CLOSED_TOO = ("b", "After cracks were found, the old bridge was closed on Tuesday.")
CARS, MORE_CARS = ("a", "It carries 4,000 cars a day."), ("b", "Some 6,000 cars a day use it.")
UNSAFE, SAFE = ("a", "The mayor called it unsafe."), ("c", "Engineers say the bridge is safe.")


def three(session: Session) -> list[Suggestion]:
    """A duplicate, a conflict of figures, and one of names."""
    return [
        same(session, CLOSED, CLOSED_TOO, run="cracks were found"),
        conflict(session, CARS, MORE_CARS),
        conflict(session, UNSAFE, SAFE, type=ReasonType.REFUTATION, text="one says unsafe", kinds=("existence",)),
    ]


async def propose(it: Reading, suggestions: Iterable[Suggestion]) -> None:
    """Let the engine have found these."""
    it.app.rooms.suggested(it.session.suggestions.renew(list(suggestions)))
    await it.settled()
