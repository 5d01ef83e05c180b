"""Choosing among suggestions: what can be chosen now, and what was."""

from collections.abc import Iterator

from tui.session.session import Session
from tui.suggest.suggestion import reason_name
from tui.text.quotations import quoted
from tui.ui.suggestion_queue import ANY, Filter, Queue
from tui.ui.suggestion_words import name_of, short_name
from tui.ui.widgets.picker import Choice


def filter_choices(queue: Queue, session: Session) -> list[tuple[Filter, Choice]]:
    """What a reader may choose, each with how many pairs that shows; first of all to have all of them again."""
    rows = []
    if not queue.filter.is_any:
        rows.append((ANY, Choice("", "all pairs again", detail=str(len(queue.every())))))
    for option, what, count in queue.options():
        only = Filter(**{what: getattr(option, what)})
        rows.append((option, Choice("", said_of_filter(only, session), detail=str(count))))
    return rows


def said_of_filter(filter: Filter, session: Session) -> str:
    """A filter in words: “possible conflicts, figures, in Reuters”."""
    return ", ".join(_parts(filter, session))


def _parts(filter: Filter, session: Session) -> Iterator[str]:
    if filter.kind is not None:
        yield f"{name_of(filter.kind)}s"
    if filter.reason is not None:
        yield reason_name(filter.reason)
    if filter.article is not None:
        yield f"in {quoted(short_name(session.articles[filter.article]))}"
