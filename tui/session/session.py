"""An open workspace and everything that can be done in it.

The session applies a gesture to its own values at once, hands it to the writer, and says what changed; the writer
tells when it is on disk. What could not be kept is taken back and named.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from threading import Lock

from tui.articles.loading import Library
from tui.errors import ReadOnlyError, RefusedError, StaleError, VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.colleagues import Colleagues
from tui.model.changes import Change, Kind, Transaction
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Link, Record, Remark
from tui.session.contents import Contents
from tui.session.disputes import Disputes
from tui.session.gestures import Gesture
from tui.session.newness import New
from tui.session.news import fitting
from tui.session.placing import View, texts_of
from tui.session.steps import Steps
from tui.session.suggesting import Suggestions
from tui.store.fit import key_of
from tui.store.history import Entry
from tui.store.index import RecordIndex
from tui.store.store import Store, SyncedFile
from tui.store.texts import Texts
from tui.store.writer import Writer
from tui.workspace import Workspace

PREPARED = 20
"""The last steps of which it is worked out beforehand where their claims stand, in case they are undone."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a step concerned: these articles must be drawn anew."""

    articles: frozenset[str]


class Session(Contents):
    """One annotator's open workspace.

    Gestures are made from one thread; reading YAML and writing it may be done from another. What that brings, and what
    other processes do, waits as news until the thread of the gestures takes it in, so that nothing changes under a
    screen that is being drawn.
    """

    def __init__(
        self,
        workspace: Workspace,
        annotator: str,
        library: Library,
        store: Store,
        texts: Texts,
        anchoring: Anchoring,
        files: Colleagues,
        *,
        now: Callable[[], str],
        new_id: Callable[[str], str],
        colleagues: Mapping[str, View],
        notices: Iterable[str] = (),
        began: float = 0.0,
    ) -> None:
        records = RecordIndex(store.records())
        super().__init__(workspace, annotator, library, anchoring, records, colleagues, now=now, new_id=new_id)
        self.files = files
        """Colleagues' files, as they were looked at last."""
        self.notices = list(notices)
        """What the reader should know about this workspace: files that could not be read, and why."""
        self.about_colleagues = frozenset(self.notices)
        """Those of the notices that are about colleagues' files."""
        self.began = began
        """When the articles were begun to be read, by the system's clock."""
        self.store = store
        self.texts = texts
        self.syncing = Lock()
        """Held by whoever reads or writes YAML: one at a time. Taken before `lock`."""
        self.unrecorded: dict[str, SyncedFile] = {}
        """YAML files as they were written, by path, that the store could not be told of."""
        self.on_changed: Callable[[Changed], None] = lambda _changed: None
        """Called from the thread that made the change, which for YAML may be another one; it must not wait."""
        self.on_saved: Callable[[], object] = lambda: None
        """Called from the writer's thread."""
        self.on_news: Callable[[], object] = self.take_news
        """Called from the thread that read or wrote YAML when there is something for `take_news`; it must not wait."""
        self.on_lost: Callable[[str], object] = lambda _sentence: None
        """Called from the writer's thread with what was not kept and why; then `recover` must be called."""
        self.writer = Writer(store, on_saved=self._saved, on_failed=self._failed, prepare=self.keep_texts)
        self._steps = Steps(store.history)
        self.new = New(self)
        """Which of colleagues' records the reader has not been at yet."""
        self.disputes = Disputes(self)
        """What a merge left to settle in one's own records."""

    @cached_property
    def suggestions(self) -> Suggestions:
        """What is proposed to the reader, once the engine's list was given to it. From the thread that makes
        gestures."""
        return Suggestions(self)

    @property
    def read_only(self) -> str | None:
        """Why nothing can be recorded here, or None."""
        return self.store.reason

    @property
    def saved(self) -> bool:
        """Whether everything done is on disk."""
        return self.writer.pending == 0

    # --- doing ---

    def do(self, gesture: Gesture) -> Gesture:
        """Apply a gesture, hand it to the writer, and let it be undone.

        Raises:
            ReadOnlyError: nothing can be recorded in this workspace.
            StaleError: a record it concerns was changed since the gesture was worked out.
        """
        self._steps.did(self._apply(gesture.transaction))
        return gesture

    def undo(self) -> Gesture:
        """Take back the last step, also one from before this session.

        Raises:
            RefusedError: there is none, or a record it concerned is not as it left it.
        """
        step = self._steps.to_undo()
        changes = tuple(change.inverse() for change in reversed(step.changes()))
        transaction = Transaction(f"undone: {step.label}", changes, Kind.UNDO, step.id, step.current)
        try:
            transaction = self._apply(transaction)
        except StaleError as stale:
            # It would bar the way to all before it.
            self._steps.skip_undo()
            raise RefusedError(f"“{step.label}” can't be taken back: {stale}; undo again for the step before") from None
        self._steps.undid(transaction)
        current = step.current if step.current and self.records.get(step.current) is not None else None
        return Gesture(transaction.label, changes, current)

    def redo(self) -> Gesture:
        """Do again what was undone last; refuses as `undo` does."""
        step = self._steps.to_redo()
        transaction = Transaction(f"done again: {step.label}", step.changes(), Kind.REDO, step.id, step.current)
        try:
            transaction = self._apply(transaction)
        except StaleError as stale:
            self._steps.skip_redo()
            raise RefusedError(f"“{step.label}” can't be done again: {stale}") from None
        self._steps.redid(transaction)
        return Gesture(transaction.label, transaction.changes, step.current)

    def load_history(self) -> None:
        """Read what can be undone from before this session, so that no key has to wait for it. From any thread.

        Raises:
            StoreError: it can't be read.
        """
        self._steps.load()
        for step in islice(self._steps.recent(), PREPARED):
            self.desk.view.prepare(_claims(step.changes()))

    def seek(self) -> bool:
        """Work out where claims stand for which there was no time at the opening; whether there are any. From any
        thread; `take_found` shows them."""
        views = (self.desk.view, *self._colleagues_views.values())
        unsought = [(view, claims) for view in views if (claims := view.unsought())]
        for view, claims in unsought:
            view.prepare(claims)
        return bool(unsought)

    def take_found(self) -> None:
        """Show what `seek` found. From the thread that makes gestures."""
        with self.lock:
            found = [view.look_again() for view in (self.desk.view, *self._colleagues_views.values())]
        self._tell(None)
        self.on_changed(Changed(frozenset().union(*found)))

    def _apply(self, transaction: Transaction) -> Transaction:
        """Do it, and return it with all that goes with it: what is left under the old id of a renamed article, where
        nothing else would tell of the renaming any more."""
        if (reason := self.read_only) is not None:
            raise ReadOnlyError(reason)
        with self.lock:
            transaction = replace(transaction, changes=tuple(self.desk.view.brought_home(transaction.changes)))
            self.records.apply(transaction.changes)
            self.desk.view.apply(transaction.changes)
            self._count_speakers(transaction.changes)
            self.writer.submit(transaction)
        self.announce(transaction.changes)
        return transaction

    def announce(self, changes: Iterable[Change]) -> None:
        """Tell the screens which articles these changes concern."""
        changes = tuple(changes)
        self._tell(changes)
        articles: set[str] = set()
        for change in changes:
            for record in (change.before, change.after):
                match record:
                    case Claim() | ArticleNote():
                        articles.add(self.desk.view.home(record.article))
                    case Contradiction() | DuplicateGroup():
                        ends = (self.seen.claim(id) for id in record.claims)
                        articles.update(claim.article for claim in ends if claim is not None)
                    case Remark():
                        articles.update(self._articles_of(record.on))
                    case Decision():
                        articles.update(self.desk.view.home(side.article) for side in (record.a, record.b))
                    case None:
                        pass
        self.on_changed(Changed(frozenset(articles)))

    def history_of(self, id: str, limit: int) -> tuple[Entry, ...]:
        """What was done with one of one's own records, as far as the journal remembers: the last so many entries,
        oldest first. Slow; from any thread.

        Raises:
            StoreError: it can't be read.
        """
        self.flush()
        naming = reversed(self.store.history_of(id))
        last = islice((one for one in naming if any(_concerns(id, change) for change in one.changes())), limit)
        return tuple(reversed(tuple(last)))

    # --- gestures on what a key means ---

    def link_to_extend(self, kind: type[Link], current: Record | None) -> Link:
        """The contradiction or group that one more claim is added to: the current one, else the one made last."""
        if isinstance(current, kind) and current.annotator == self.annotator:
            return current
        for step in self._steps.recent():
            for change in step.changes():
                link = self.records.get(change.record.id)
                if isinstance(link, kind) and _grew(change):
                    return link
        raise RefusedError("there is no such link yet to add to: mark one first")

    # --- keeping ---

    def keep_texts(self, changes: Iterable[Change]) -> None:
        """See that the texts are on disk that the claims made by these changes stand in; called before they are kept.

        Raises:
            StoreError: one can't be written.
        """
        self.texts.keep(texts_of((change.after for change in changes), self.articles, self.desk.view.home))

    def flush(self) -> None:
        """Wait until everything done is on disk.

        Raises:
            StoreError: it could not be written.
        """
        self.writer.flush()

    def _saved(self) -> None:
        self.on_saved()

    def _failed(self, transaction: Transaction, error: VariorumError) -> None:
        self.on_lost(f"not kept: {transaction.label} ({error})")

    def refresh(self) -> None:
        """Take in what another process recorded for the same annotator, if it did.

        Raises:
            StoreError: what was done here is not on disk, or the store can't be read.
        """
        self.flush()
        if self.store.look(wait=True):
            self.on_news()

    def look_for_news(self) -> bool:
        """Read what another process recorded for the same annotator, if it did; `take_news` shows it. From any thread.

        Raises:
            StoreError: the store can't be read.
        """
        if not self.store.look():
            return False
        # Where the claims stand that it brings is worked out here, and not on the way to the screen.
        self.desk.view.prepare(_claims(self.store.news))
        return True

    def take_news(self) -> int:
        """Take in what another process, or YAML that was read, changed; return how many records that were.

        From the thread that makes gestures.
        """
        with self.lock:
            changes = fitting(self.store.take_news(), self.records.standing)
            self.records.apply(changes)
            self.desk.view.apply(changes)
            self._count_speakers(changes)
        if changes:
            self.announce(changes)
        return len(changes)

    def recover(self) -> None:
        """After something could not be written: go back to what the store holds.

        Raises:
            StoreError: the store can't be read: what was read last is shown, and until it can, nothing more is kept.
        """
        with self.lock:
            # Steps made since may be on their way to the disk still; each that fails is named on its own.
            with suppress(VariorumError):
                self.writer.flush()
            try:
                self.store.reload()
                self.writer.resume()
            finally:
                self.renew(self.store.renewed())
                self._steps = Steps(self.store.history)
                self.on_changed(Changed(frozenset(self.articles)))

    def renew(self, records: Iterable[Record]) -> None:
        """Let these be one's own records from now on, and tell the screens what changed by that."""
        before = {key_of(record): record for record in self.records.records()}
        after = {key_of(record): record for record in records}
        keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        if keys:
            changes = [Change(before.get(key), after.get(key)) for key in keys]
            index = RecordIndex(after.values())
            with self.lock:
                self.desk = replace(self.desk, records=index, view=View(index, self.anchoring))
                self._count_speakers(changes)
            self.announce(changes)

    def close(self) -> None:
        """Wait for the disk and let go of the store."""
        self.writer.close()
        self.store.close()


def _claims(changes: Iterable[Change]) -> list[Claim]:
    """The claims that are there before or after these changes."""
    sides = (side for change in changes for side in (change.before, change.after))
    return [side for side in sides if isinstance(side, Claim)]


def _grew(change: Change) -> bool:
    """Whether a link was made, or has more ends than before."""
    match change:
        case Change(before=None):
            return True
        case Change(
            before=Contradiction() | DuplicateGroup() as before, after=Contradiction() | DuplicateGroup() as after
        ):
            return len(before.claims) < len(after.claims)
    return False


def _concerns(id: str, change: Change) -> bool:
    """Whether a change is one of this record, or gives it a link or takes one away."""
    if change.record.id == id:
        return True
    sides = (change.before, change.after)
    held = [isinstance(side, Contradiction | DuplicateGroup) and id in side.claims for side in sides]
    return held[0] != held[1]
