"""Writing where claims stand now: the one explicit step by which records follow articles that changed."""

from dataclasses import dataclass, replace

from tui.errors import ReadOnlyError
from tui.exchange.anchoring import Placed
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.text.numbers import counted


@dataclass(frozen=True, slots=True)
class Reanchoring:
    """What there is to write for one annotator, and what is left for a person."""

    gesture: Gesture
    """Everything that can be written, as one step; without changes where there is nothing."""
    settled: tuple[Placed, ...]
    """The claims that need nobody's help, by article and place."""
    left: tuple[Placed, ...]
    """The claims that stay as they are recorded until a person settles them."""
    renamed: dict[str, str]
    """The articles with another name, and their present ones."""


def plan(session: Session) -> Reanchoring:
    """What `reanchor` would do; nothing is changed."""
    view = session.desk.view
    placed = view.all_placed()
    settled = tuple(one for one in placed if not one.is_open)
    changes = [Change(one.claim, one.now) for one in settled]
    done = {one.claim.id for one in settled}
    taken: list[Change] = []
    for record in session.records.records():
        # What is still to be settled is the renamed article's all the same.
        if isinstance(record, Claim) and record.article in view.renamed and record.id not in done:
            changes.append(Change(record, replace(record, article=view.home(record.article))))
        elif isinstance(record, ArticleNote) and (home := view.home_of_note(record)) != record.article:
            taken.append(Change(record, None))
            changes.append(Change(None, replace(record, article=home)))
    label = f"reanchored {counted(sum(isinstance(change.record, Claim) for change in changes), 'claim')}"
    left = tuple(one for one in placed if one.is_open)
    return Reanchoring(Gesture(label, (*taken, *changes)), settled, left, dict(view.renamed))


def reanchor(session: Session) -> Reanchoring:
    """Write where one's own claims stand now, and under which article, in one step that is on disk on return. YAML is
    not written.

    Raises:
        ReadOnlyError: nothing can be recorded here.
        StoreError: it could not be written.
    """
    if (reason := session.read_only) is not None:
        raise ReadOnlyError(reason)
    planned = plan(session)
    if planned.gesture.changes:
        session.do(planned.gesture)
        session.flush()
    return planned
