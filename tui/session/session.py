"""An open workspace and everything that can be done in it.

The session applies a gesture to its own values at once, hands it to the writer, and says what changed; the writer
tells when it is on disk. What could not be kept is taken back and named.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from threading import Lock, RLock

from tui.annotator import ON, owner_of
from tui.articles.loading import Library
from tui.articles.speakers import guess_speaker
from tui.articles.statements import segment
from tui.errors import ReadOnlyError, RefusedError, StaleError, VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.colleagues import Colleagues
from tui.model.article import Article, Statement
from tui.model.changes import Change, Kind, Transaction
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Link, Record, Remark
from tui.model.span import Span
from tui.session.gestures import Desk, End, Gesture
from tui.session.newness import New
from tui.session.news import fitting
from tui.session.placing import View, Views, texts_of
from tui.session.steps import Steps
from tui.session.suggesting import Suggestions
from tui.store.fit import key_of
from tui.store.history import Entry
from tui.store.index import RecordIndex
from tui.store.store import Store, SyncedFile
from tui.store.texts import Texts
from tui.store.writer import Writer
from tui.text.cells import plain_line, shown
from tui.text.quotations import quoted
from tui.workspace import Workspace

PREPARED = 20
"""The last steps of which it is worked out beforehand where their claims stand, in case they are undone."""
LONG_ARTICLE, PREPARED_CHARACTERS = 200_000, 4_000_000
"""From how many characters on it is felt that an article is divided into statements, some ten milliseconds; and how
many characters that is done for beforehand."""
GROUP_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = GROUP_LETTERS[:26]
_NOTHING = RecordIndex()


@dataclass(frozen=True, slots=True)
class Changed:
    """What a step concerned: these articles must be drawn anew."""

    articles: frozenset[str]


class Session:
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
        self.workspace = workspace
        self.config = workspace.config
        self.annotator = annotator
        self.library = library
        self.articles: dict[str, Article] = {article.id: article for article in library.articles}
        self.anchoring = anchoring
        self.files = files
        """Colleagues' files, as they were looked at last."""
        self.colleagues: dict[str, RecordIndex]
        """The records of each other annotator, where they stand in the articles of now. Never changed here."""
        self._colleagues_views: dict[str, View]
        self._on_branches: tuple[tuple[str, View], ...]
        """Of these, what colleagues have on branches."""
        self._remarking: tuple[RecordIndex, ...]
        """The records of those colleagues who remark on anything."""
        self._take_views(colleagues)
        self.notices = list(notices)
        """What the reader should know about this workspace: files that could not be read, and why."""
        self.began = began
        """When the articles were begun to be read, by the system's clock."""
        self.store = store
        self.texts = texts
        self.now = now
        self.lock = RLock()
        """Held while the session's own records change; never while something is read or written."""
        self.syncing = Lock()
        """Held by whoever reads or writes YAML: one at a time. Taken before `lock`."""
        self.unrecorded: dict[str, SyncedFile] = {}
        """YAML files as they were written, by path, that the store could not be told of."""
        self.on_changed: Callable[[Changed], None] = lambda _changed: None
        """Called from the thread that made the change, which for YAML may be another one; it must not wait."""
        self.on_saved: Callable[[], None] = lambda: None
        """Called from the writer's thread."""
        self.on_news: Callable[[], object] = self.take_news
        """Called from the thread that read or wrote YAML when there is something for `take_news`; it must not wait."""
        self.on_lost: Callable[[str], None] = lambda _sentence: None
        """Called from the writer's thread with what was not kept and why; then `recover` must be called."""
        self.followers: list[Callable[[Iterable[Change] | None], None]] = []
        """Told what changed of anybody's records, before the screens are; None: all may stand elsewhere now."""
        records = RecordIndex(store.records())
        kinds = frozenset(kind.name for kind in workspace.config.kinds)
        self.desk = Desk(annotator, records, View(records, anchoring), self.articles, now, new_id, kinds)
        self.writer = Writer(store, on_saved=self._saved, on_failed=self._failed, prepare=self.keep_texts)
        self._steps = Steps(store.history)
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self._words: dict[str, int] = {}
        self._letters: dict[str, str] = {}
        self.new = New(self)
        """Which of colleagues' records the reader has not been at yet."""
        self._names: Counter[str] | None = None
        """How often each name was given as a speaker, counted when it is first asked for."""
        groups = (group for index in self._indexes(colleagues=True) for group in index.groups())
        for group in sorted(groups, key=lambda group: (group.created, group.id)):
            self.letter_of(group.id)

    # --- looking ---

    @property
    def records(self) -> RecordIndex:
        """One's own records, as they are recorded."""
        return self.desk.records

    @property
    def seen(self) -> RecordIndex:
        """One's own records where they stand in the articles of now."""
        return self.desk.view.records

    @cached_property
    def suggestions(self) -> Suggestions:
        """What is proposed to the reader, once the engine's list was given to it. From the thread that makes
        gestures."""
        return Suggestions(self)

    @property
    def views(self) -> Views:
        """Where everybody's records stand in the articles of now, and what there is to settle."""
        return Views(self.annotator, self.desk.view, self._colleagues_views)

    @property
    def read_only(self) -> str | None:
        """Why nothing can be recorded here, or None."""
        return self.store.reason

    @property
    def saved(self) -> bool:
        """Whether everything done is on disk."""
        return self.writer.pending == 0

    def statements(self, article: str) -> tuple[Statement, ...]:
        """The statements of an article, in order. From any thread; the first time it takes as long as dividing it."""
        found = self._statements.get(article)
        if found is None:
            text = self.articles[article].text
            found = segment(text)
            with self.lock:
                # It may have been read anew meanwhile, and then has those of its new text already.
                if self.articles[article].text is text:
                    self._statements[article] = found
        return found

    def prepare_longest(self) -> None:
        """Divide the longest articles into statements, so that opening one need not wait for it. From any thread."""
        left = PREPARED_CHARACTERS
        for article in sorted(self.library.articles, key=lambda article: -len(article.text)):
            left -= len(article.text)
            if left < 0 or len(article.text) < LONG_ARTICLE:
                return
            self.statements(article.id)

    def index_of(self, annotator: str) -> RecordIndex:
        """An annotator's records where they stand in the articles of now; none of one whose folder is gone."""
        return self.seen if annotator == self.annotator else self.colleagues.get(annotator, _NOTHING)

    def record(self, annotator: str, id: str) -> Record | None:
        """A record as it is seen: a claim has the place and words it has in its article now. One that a colleague has
        on a branch only is found there."""
        found = self.index_of(annotator).get(id)
        for name, view in self._on_branches:
            if found is None and owner_of(name) == annotator:
                found = view.records.get(id)
        return found

    def is_shown(self, record: Record) -> bool:
        """Whether a record is seen as this annotator's: not where it is another's already, on a branch."""
        view = self.views.of(record.annotator)
        return view is None or not view.hides(record.id)

    def claims_in(self, article: str, *, colleagues: bool = False) -> tuple[Claim, ...]:
        """The claims that stand in an article by place, those of colleagues after one's own."""
        return self.views.claims_in(article, colleagues=colleagues)

    def claims_at(self, article: str, span: Span, *, colleagues: bool = False) -> tuple[Claim, ...]:
        """The claims that stand in a stretch of an article, one's own first."""
        return self.views.claims_at(article, span, colleagues=colleagues)

    def _indexes(self, colleagues: bool) -> tuple[RecordIndex, ...]:
        return (self.records, *(self.colleagues.values() if colleagues else ()))

    def links_of(self, claim: Claim) -> tuple[Link, ...]:
        """The links this claim is an end of, all of its annotator's, also those they have on branches."""
        links = self.index_of(claim.annotator).links_of(claim.id)
        for name, view in self._on_branches:
            if view.hides(claim.id) and owner_of(name) == claim.annotator:
                links += view.records.links_of(claim.id)
        return links

    def ends_of(self, link: Link) -> tuple[Claim, ...]:
        """The claims a link holds together, without those that are not there any more."""
        index = self.index_of(link.annotator)
        return tuple(claim for id in link.claims if (claim := index.claim(id)) is not None)

    def remarks_on(self, record: Record) -> tuple[Remark, ...]:
        """What everybody remarked on a record, one's own remarks first."""
        on = f"{owner_of(record.annotator)}/{record.id}"
        found = self.records.remarks_on(on)
        for index in self._remarking:
            found += index.remarks_on(on)
        return found

    def missing_ends(self, link: Link) -> tuple[str, ...]:
        """The ids of a link's ends of which the claims are not there."""
        index = self.index_of(link.annotator)
        return tuple(id for id in link.claims if index.claim(id) is None)

    def letter_of(self, group: str) -> str:
        """The letter a duplicate group goes by on the screen, as long as the session lasts; of more than 52 groups,
        two letters, then three."""
        if group not in self._letters:
            self._letters[group] = _group_letters(len(self._letters))
        return self._letters[group]

    def words_in(self, article: str) -> int:
        """How long an article is, in words."""
        if article not in self._words:
            self._words[article] = len(self.articles[article].text.split())
        return self._words[article]

    def citation(self, article: str, span: Span) -> str:
        """A stretch of an article as a quote with where it stands, fit for any clipboard."""
        source = self.articles[article]
        words = shown(span.of(source.text).replace("\n", " "))
        details = (source.author, source.title, source.outlet, source.date)
        return f"{quoted(words)}\n— {', '.join(plain_line(one.value) for one in details if one)} [{article}]"

    def guess_speaker(self, article: str, span: Span) -> str | None:
        """Who seems to say this stretch of an article, by the words around it; None where they don't tell."""
        return guess_speaker(self.articles[article].text, self.statements(article), span)

    def names_in_use(self) -> list[str]:
        """Everybody a claim was said by so far, most often named first."""
        if self._names is None:
            every = (record for index in self._indexes(colleagues=True) for record in index.records())
            self._names = Counter(name for record in every for name in _speakers(record))
        names = self._names
        return sorted((name for name in names if names[name] > 0), key=lambda name: (-names[name], name))

    def inconsistent(self, group: DuplicateGroup) -> bool:
        """Whether the group holds two ends of one contradiction: they can't state the same thing and contradict."""
        index = self.index_of(group.annotator)
        members = set(group.claims)
        return any(
            len(members.intersection(link.claims)) > 1
            for claim in group.claims
            for link in index.links_of(claim)
            if isinstance(link, Contradiction)
        )

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
            self.writer.submit(transaction)
        self.announce(transaction.changes)
        return transaction

    def announce(self, changes: Iterable[Change]) -> None:
        """Tell the screens which articles these changes concern."""
        changes = tuple(changes)
        self._tell(changes)
        articles: set[str] = set()
        for change in changes:
            self._count_names(change)
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

    def _tell(self, changes: Iterable[Change] | None) -> None:
        for follow in self.followers:
            follow(changes)

    def _articles_of(self, on: str) -> set[str]:
        """The articles in which a record is seen, `annotator/id`."""
        annotator, _, id = on.partition("/")
        record = self.record(annotator, id)
        claims = self.ends_of(record) if isinstance(record, Contradiction | DuplicateGroup) else (record,)
        return {claim.article for claim in claims if isinstance(claim, Claim)}

    def _count_names(self, change: Change) -> None:
        if self._names is not None:
            self._names.subtract(_speakers(change.before))
            self._names.update(_speakers(change.after))

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

    def end_of(self, article: str, span: Span, *, claim: Claim | None = None) -> End:
        """What a key acts on: this claim (a colleague's stands for a copy of one's own), or this span. An
        orphan stands nowhere: its end has this span.

        Raises:
            RefusedError: it is a colleague's claim, and it stands nowhere in its article any more.
        """
        if claim is None:
            own = self.desk.claim_at(article, span)
            return End(article, span, own.id if own else None)
        if claim.annotator == self.annotator:
            return End(claim.article, span if self._is_orphan(claim) else claim.span, claim.id)
        if self._is_orphan(claim):
            raise RefusedError(
                f"the words of this claim are gone from the article: it is {claim.annotator}'s to settle"
            )
        return End(claim.article, claim.span, None, f"{owner_of(claim.annotator)}/{claim.id}", claim)

    def _is_orphan(self, claim: Claim) -> bool:
        placed = self.views.placed(claim)
        return placed is not None and placed.is_orphan

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
            self.desk = replace(self.desk, records=index, view=View(index, self.anchoring))
            self.announce(changes)

    def renew_articles(
        self,
        articles: Mapping[str, Article],
        statements: Mapping[str, tuple[Statement, ...]],
        anchoring: Anchoring,
        own: View,
        colleagues: Mapping[str, View],
    ) -> None:
        """Let these articles stand in place of those of the same ids from now on, and these views of everybody's
        records in place of those there were. From the thread that makes gestures; the screens are not told."""
        with self.lock:
            self.articles.update(articles)
            renewed = tuple(self.articles[article.id] for article in self.library.articles)
            self.library = replace(self.library, articles=renewed)
            self._statements.update(statements)
            for id in articles:
                self._words.pop(id, None)
            self.anchoring = anchoring
            self.desk = replace(self.desk, view=own)
            self._take_views(colleagues)
        self._tell(None)

    def renew_colleagues(self, views: Mapping[str, View], gone: Iterable[str], changes: Iterable[Change]) -> None:
        """Let these views stand in place of those of the same colleagues from now on, and those of who is gone be no
        more; `changes` are what that comes to. From the thread that makes gestures; the screens are not told."""
        with self.lock:
            kept = {name: view for name, view in self._colleagues_views.items() if name not in gone}
            self._take_views({**kept, **views})
        changes = tuple(changes)
        for change in changes:
            self._count_names(change)
        self._tell(changes)

    def _take_views(self, views: Mapping[str, View]) -> None:
        self._colleagues_views = dict(sorted(views.items()))
        self._on_branches = tuple((name, view) for name, view in sorted(views.items()) if ON in name)
        self.colleagues = {name: view.records for name, view in self._colleagues_views.items()}
        self._remarking = tuple(index for index in self.colleagues.values() if index.remarks())

    def close(self) -> None:
        """Wait for the disk and let go of the store."""
        self.writer.close()
        self.store.close()


def _group_letters(position: int) -> str:
    """a … z, A … Z, then aa … az, ba … zz, aaa …: each once."""
    if position < len(GROUP_LETTERS):
        return GROUP_LETTERS[position]
    position -= len(GROUP_LETTERS)
    length = 2
    while position >= 26**length:
        position -= 26**length
        length += 1
    return "".join(_SMALL[position // 26**place % 26] for place in reversed(range(length)))


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


def _speakers(record: Record | None) -> tuple[str, ...]:
    return record.said_by or () if isinstance(record, Claim) else ()
