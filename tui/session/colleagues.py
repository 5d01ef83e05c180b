"""What colleagues' YAML brings while the workspace is open, and what one's own does.

Looked for and worked out in another thread; the session takes it in on the thread that makes gestures, so that nothing
changes under a screen that is being drawn.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tui import git
from tui.errors import FileError, VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.files import AnnotatorFolder, digest
from tui.exchange.watching import SETTLING, SHARE, FolderWatch
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Record, Remark
from tui.session.placing import View, texts_of
from tui.session.report import Report
from tui.session.session import Changed, Session
from tui.session.sync import read_back
from tui.store.fit import key_of
from tui.store.index import RecordIndex


@dataclass(frozen=True, slots=True)
class Arrived:
    """Colleagues' records that are others than before."""

    views: Mapping[str, View]
    """Of each colleague of whom something changed."""
    gone: Collection[str]
    """The colleagues who have no folder any more."""
    changes: tuple[Change, ...]
    articles: frozenset[str]
    """Those that must be drawn anew."""
    problems: tuple[str, ...]
    """What can't be read, with file and line."""
    anchoring: Anchoring
    """By which the views were made."""


def look(session: Session) -> Arrived | None:
    """What changed in colleagues' YAML since it was looked at last; `take` shows it. From any thread, one at a time."""
    seen = session.files.look()
    if not seen:
        return None
    anchoring, before = session.anchoring, session.views.colleagues
    views = {
        name: View(RecordIndex(records), anchoring, seen.hidden.get(name, frozenset()))
        for name, records in seen.records.items()
    }
    nobody = RecordIndex()
    changes: list[Change] = []
    articles: set[str] = set()
    for name in (*views, *seen.gone):
        old = before[name].records if name in before else nobody
        new = views[name].records if name in views else nobody
        differing = _differing(old, new)
        changes += differing
        articles.update(_articles(session, differing, old, new))
    problems = list(seen.problems)
    if session.read_only is None and session.workspace.store_folder.is_dir():
        try:
            session.texts.keep(texts_of((each.after for each in changes), session.articles, lambda id: id))
        except VariorumError as error:
            problems.append(str(error))
    return Arrived(views, seen.gone, tuple(changes), frozenset(articles), tuple(problems), anchoring)


def take(session: Session, arrived: Arrived) -> Counter[str]:
    """Let colleagues' records be these from now on, and tell the screens; how many came of each. From the thread that
    makes gestures."""
    anchoring = session.anchoring
    # An article that was read anew meanwhile holds another text.
    is_current = anchoring is arrived.anchoring
    views = {name: view if is_current else view.renewed(anchoring) for name, view in arrived.views.items()}
    session.renew_colleagues(views, arrived.gone, arrived.changes)
    came = session.new.follow(arrived.changes)
    if arrived.articles:
        session.on_changed(Changed(arrived.articles))
    return came


def _differing(old: RecordIndex, new: RecordIndex) -> list[Change]:
    before = {key_of(record): record for record in old.records()}
    after = {key_of(record): record for record in new.records()}
    keys = (key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key))
    return [Change(before.get(key), after.get(key)) for key in keys]


def _articles(session: Session, changes: list[Change], old: RecordIndex, new: RecordIndex) -> Iterator[str]:
    """The articles in which these changes are seen."""
    for change in changes:
        for record, index in ((change.before, old), (change.after, new)):
            if record is not None:
                yield from _articles_of(session, record, index)


def _articles_of(session: Session, record: Record, index: RecordIndex) -> Iterator[str]:
    match record:
        case Claim() | ArticleNote():
            yield record.article
        case Contradiction() | DuplicateGroup():
            yield from (claim.article for id in record.claims if (claim := index.claim(id)) is not None)
        case Decision():
            yield from (record.a.article, record.b.article)
        case Remark():
            annotator, _, id = record.on.partition("/")
            on = session.record(annotator, id)
            if on is not None and not isinstance(on, Remark):
                yield from _articles_of(session, on, session.index_of(annotator))


class OwnFiles:
    """One's own YAML, as it was looked at last: what a pull or an editor put there is read back at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._folder = AnnotatorFolder(session.workspace.annotations, session.annotator)
        self._watch = FolderWatch(self._folder)
        self._has_begun = False
        self._due: set[str] = set()
        """Files that may hold something else than is recorded."""
        self._read: dict[str, str] = {}
        """What the files held that could not be taken in: it is not said again."""

    def look(self, environ: Mapping[str, str]) -> Report | None:
        """Read back what changed, once it is written to its end and git is not at work; None where nothing did. From
        any thread, one at a time.

        Raises:
            StoreError: what was done here before is not on disk.
        """
        session = self._session
        self._due |= self._watch.look(SHARE)
        if not self._has_begun:
            # What could not be taken in at the opening was said then.
            self._has_begun = True
            self._read = self._differing()
        if not self._due or session.read_only is not None:
            return None
        differing = self._differing()
        if not differing:
            self._due.clear()
            return None
        if git.is_at_work(session.workspace.annotations, environ):
            return None
        time.sleep(SETTLING)
        if self._differing() != differing:
            return None
        before = session.store.records()
        report = read_back(session)
        # What is to be decided, or can't be read, differs still.
        self._read = {}
        self._read = self._differing()
        self._due.clear()
        # Another window of one's own may have written what is recorded here too.
        return report if report.sentences or session.store.records() != before else None

    def _differing(self) -> dict[str, str]:
        """Of the files that are due, those that hold something else than when they were read or written last."""
        known = {file.path: file.sha256 for file in self._session.store.synced_files().values()}
        found = {}
        for path in self._due:
            try:
                data = self._folder.read(path)
                sha256 = "" if data is None else digest(data)
            except FileError as error:
                sha256 = str(error)
            if sha256 not in (known.get(f"{self._folder.annotator}/{path}", ""), self._read.get(path)):
                found[path] = sha256
        return found
