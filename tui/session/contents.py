"""What is in an open workspace: its articles, and everybody's records where they are seen in them now."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from operator import is_
from threading import RLock

from tui.annotator import ON, owner_of
from tui.articles.loading import Library
from tui.articles.speakers import guess_speaker
from tui.articles.statements import segment
from tui.errors import RefusedError
from tui.exchange.anchoring import Anchoring
from tui.model.article import Article, Statement
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link, Record, Remark
from tui.model.span import Span
from tui.session.gestures import Desk, End
from tui.session.placing import View, Views
from tui.store.index import RecordIndex
from tui.text.cells import plain_line, shown
from tui.text.quotations import quoted
from tui.workspace import Workspace

LONG_ARTICLE, PREPARED_CHARACTERS = 200_000, 4_000_000
"""From how many characters on it is felt that an article is divided into statements, some ten milliseconds; and how
many characters that is done for beforehand."""
GROUP_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = GROUP_LETTERS[:26]
_NOTHING = RecordIndex()


class Contents:
    """What one annotator sees of a workspace. Whatever a key asks is answered at once."""

    def __init__(
        self,
        workspace: Workspace,
        annotator: str,
        library: Library,
        anchoring: Anchoring,
        records: RecordIndex,
        colleagues: Mapping[str, View],
        *,
        now: Callable[[], str],
        new_id: Callable[[str], str],
    ) -> None:
        """`records` are one's own, as they are recorded."""
        self.workspace = workspace
        self.config = workspace.config
        self.annotator = annotator
        self.library = library
        self.articles: dict[str, Article] = {article.id: article for article in library.articles}
        self.anchoring = anchoring
        self.lock = RLock()
        """Held while one's own records change; never while something is read or written."""
        kinds = frozenset(kind.name for kind in workspace.config.kinds)
        view = View(records, anchoring)
        self.desk = Desk(annotator, records, view, self.articles, now, new_id, kinds, self.remarks_on)
        self.followers: list[Callable[[Iterable[Change] | None], None]] = []
        """Told what changed of anybody's records, before the screens are; None: all may stand elsewhere now."""
        self.colleagues: dict[str, RecordIndex]
        """The records of each other annotator, where they stand in the articles of now. Never changed here."""
        self._colleagues_views: dict[str, View]
        self._on_branches: tuple[tuple[str, View], ...]
        """Of these, what colleagues have on branches."""
        self._remarking: tuple[RecordIndex, ...]
        """The records of those colleagues who remark on anything."""
        self._take_views(colleagues)
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self._words: dict[str, int] = {}
        self._letters: dict[str, str] = {}
        self._names: Counter[str] | None = None
        """How often each name was given as a speaker, once that was counted."""
        groups = (group for index in self._indexes() for group in index.groups())
        for group in sorted(groups, key=lambda group: (group.created, group.id)):
            self.letter_of(group.id)

    # --- records and articles ---

    @property
    def records(self) -> RecordIndex:
        """One's own records, as they are recorded."""
        return self.desk.records

    @property
    def seen(self) -> RecordIndex:
        """One's own records where they stand in the articles of now."""
        return self.desk.view.records

    @property
    def views(self) -> Views:
        """Where everybody's records stand in the articles of now, and what there is to settle."""
        return Views(self.annotator, self.desk.view, self._colleagues_views)

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

    def _indexes(self) -> tuple[RecordIndex, ...]:
        return (self.records, *self.colleagues.values())

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
        if not self._remarking and not self.records.remarks():  # asked for at every sign that is drawn
            return ()
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
            self._names = _named(record for index in self._indexes() for record in index.records())
        names = self._names
        return sorted((name for name in names if names[name] > 0), key=lambda name: (-names[name], name))

    def prepare_names(self) -> None:
        """Count who is named as a speaker, so that no key has to, however much is recorded. From any thread."""
        with self.lock:
            indexes, version = self._indexes(), self.records.version
            records = [tuple(index.records()) for index in indexes]
        names = _named(chain.from_iterable(records))
        with self.lock:  # if anything changed meanwhile, the key that needs it counts
            is_same = self.records.version == version and all(map(is_, indexes, self._indexes()))
            if self._names is None and is_same and len(indexes) == len(self._indexes()):
                self._names = names

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

    # --- what a key means ---

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

    # --- what changes ---

    def _tell(self, changes: Iterable[Change] | None) -> None:
        for follow in self.followers:
            follow(changes)

    def _count_speakers(self, changes: Iterable[Change]) -> None:
        if self._names is not None:
            for change in changes:
                self._names.subtract(_speakers(change.before))
                self._names.update(_speakers(change.after))

    def _articles_of(self, on: str) -> set[str]:
        """The articles in which a record is seen, `annotator/id`."""
        annotator, _, id = on.partition("/")
        record = self.record(annotator, id)
        claims = self.ends_of(record) if isinstance(record, Contradiction | DuplicateGroup) else (record,)
        return {claim.article for claim in claims if isinstance(claim, Claim)}

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
            self._count_speakers(changes)
        self._tell(changes)

    def _take_views(self, views: Mapping[str, View]) -> None:
        self._colleagues_views = dict(sorted(views.items()))
        self._on_branches = tuple((name, view) for name, view in sorted(views.items()) if ON in name)
        self.colleagues = {name: view.records for name, view in self._colleagues_views.items()}
        self._remarking = tuple(index for index in self.colleagues.values() if index.remarks())


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


def _named(records: Iterable[Record]) -> Counter[str]:
    return Counter(name for record in records for name in _speakers(record))


def _speakers(record: Record | None) -> tuple[str, ...]:
    return record.said_by or () if isinstance(record, Claim) else ()
