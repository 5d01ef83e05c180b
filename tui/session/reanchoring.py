"""Writing where claims stand now: the one explicit step by which records follow articles that changed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from tui.errors import ReadOnlyError
from tui.exchange.anchoring import Placed
from tui.exchange.files import AnnotatorFolder
from tui.exchange.pairs import brought
from tui.model.changes import Change
from tui.model.filing import file_of, path_of
from tui.model.records import ArticleNote, Claim, Decision, Record
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


def plan(session: Session, withheld: Collection[str] = ()) -> Reanchoring:
    """What `reanchor` would do; nothing is changed. Records of the files `withheld`, named as in messages, and those
    that would have to be written there, are left as they are."""
    view = session.desk.view
    folder = AnnotatorFolder(session.workspace.annotations, session.annotator)

    def is_free(*records: Record) -> bool:
        return not any(folder.place(file_of(record)) in withheld for record in records)

    placed = [one for one in view.all_placed() if is_free(one.claim, one.now)]
    settled = tuple(one for one in placed if not one.is_open)
    changes = [Change(one.claim, one.now) for one in settled]
    done = {one.claim.id for one in settled}
    taken: list[Change] = []
    for record in session.records.records():
        # What is still to be settled is the renamed article's all the same.
        if isinstance(record, Claim) and record.article in view.renamed and record.id not in done:
            home = replace(record, article=view.home(record.article))
            if is_free(record, home):
                changes.append(Change(record, home))
        elif isinstance(record, ArticleNote) and (article := view.home_of_note(record)) != record.article:
            note = replace(record, article=article)
            if is_free(record, note):
                taken.append(Change(record, None))
                changes.append(Change(None, note))
        elif isinstance(record, Decision) and is_free(record) and (now := brought(record, view.home)) is not record:
            changes.append(Change(record, now))
    label = f"reanchored {counted(sum(isinstance(change.record, Claim) for change in changes), 'claim')}"
    left = tuple(one for one in placed if one.is_open)
    renamed = {
        old: new
        for old, new in view.renamed.items()
        if not any(folder.place(path_of(article)) in withheld for article in (old, new))
    }
    return Reanchoring(Gesture(label, (*taken, *changes)), settled, left, renamed)


def reanchor(session: Session, planned: Reanchoring | None = None) -> Reanchoring:
    """Write where one's own claims stand now, and under which article, in one step that is on disk on return. YAML is
    not written. Without what `plan` said, all there is is written.

    Raises:
        ReadOnlyError: nothing can be recorded here.
        StoreError: it could not be written.
    """
    if (reason := session.read_only) is not None:
        raise ReadOnlyError(reason)
    planned = planned or plan(session)
    if planned.gesture.changes:
        session.do(planned.gesture)
        session.flush()
    return planned
