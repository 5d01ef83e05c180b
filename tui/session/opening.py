"""Opening a workspace: its articles, one's own records, those of colleagues."""

import math
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress

from tui.anchors import Outcome
from tui.articles.loading import load_library
from tui.characters import clipped
from tui.config.mentions import places_of_articles
from tui.errors import Place, VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.anchoring_words import elsewhere_sentence, moved_sentence, open_sentence, renamed_sentence
from tui.exchange.branches import Branch, read_branches
from tui.exchange.colleagues import Colleagues
from tui.exchange.files import AnnotatorFolder, FolderError, digest
from tui.exchange.reader import read_annotations
from tui.model.filing import article_of
from tui.model.ids import new_id
from tui.model.records import ArticleNote, Claim, Record
from tui.model.times import utc_now
from tui.progress import Progress, unsaid
from tui.session.doubts import doubts_about
from tui.session.placing import View, texts_of
from tui.session.report import conflicts_sentence, counted_by_kind
from tui.session.session import Session
from tui.session.sync import read_back
from tui.store.index import RecordIndex
from tui.store.store import Store
from tui.store.texts import Texts
from tui.text.numbers import counted
from tui.workspace import CONFIG_FILE, Workspace

HURRY_SECONDS = 1.0


def open_session(
    workspace: Workspace,
    annotator: str,
    *,
    reading: bool = False,
    take_in: bool = True,
    hurry: bool = False,
    branches: Sequence[Branch] = (),
    progress: Progress = unsaid,
    now: Callable[[], str] = utc_now,
    make_id: Callable[[str], str] = new_id,
    environ: Mapping[str, str] = os.environ,
) -> Session:
    """Open a workspace as `annotator` (the name of a folder), with what changed in their own YAML taken in.

    With `reading`, nothing at all is written: what changed is taken in for this session only, and claims whose article
    changed, or links without their claims, are no notice. Without `take_in`, one's own YAML is left alone, for a caller
    who wants the report of `read_back` or `export`. With `hurry`, claims whose text nobody has are sought for
    `HURRY_SECONDS` only, and the rest is UNSOUGHT until `View.prepare` and `View.look_again`. Files that can't be read
    stop nothing; the session's `notices` name them, after what happened to one's own records. `progress` is told how
    far it is, and may stop it. What colleagues recorded on these `branches` is there too.

    Raises:
        StoreError: the annotator's own store is damaged.
    """
    began = time.time()
    with ExitStack() as given_up:
        store = Store(workspace.store_folder, annotator, now=now)
        given_up.callback(store.close)
        library = load_library(
            workspace.root,
            workspace.articles,
            workspace.config.corrections,
            size_limit=workspace.config.size_limit,
            progress=progress,
        )
        on_branches = read_branches(workspace.annotations, annotator, branches, environ, progress)
        files = Colleagues(workspace.annotations, annotator, on_branches)
        theirs = files.read(progress)
        colleagues = {name: RecordIndex(records) for name, records in sorted(theirs.records.items())}
        texts = Texts(workspace.store_folder, size_limit=workspace.config.size_limit)
        anchoring = Anchoring(workspace, library, texts, environ, seconds=HURRY_SECONDS if hurry else math.inf)
        _look_for_texts(anchoring, workspace, annotator, store, colleagues)
        session = Session(
            workspace,
            annotator,
            library,
            store,
            texts,
            anchoring,
            files,
            now=now,
            new_id=make_id,
            colleagues={
                name: View(index, anchoring, theirs.hidden.get(name, frozenset())) for name, index in colleagues.items()
            },
            notices=theirs.problems,
            began=began,
        )
        given_up.pop_all()
        given_up.callback(session.close)
        if take_in:
            report = read_back(session, persist=not reading, progress=progress)
            report.doubts = [] if reading else doubts_about(session.records.records(), session.config)
            own = report.sentences
            if not reading:
                own += _off(session)
            session.notices = own + session.notices
        if anchoring.cut_short:
            session.notices.append(
                f"git did not tell the history of {counted(len(anchoring.cut_short), 'article')} in time, so older "
                "texts may be missing: the places of their claims are proposals; open the workspace anew to try again"
            )
        if not reading:
            _keep_texts(session)
        given_up.pop_all()
    return session


def _look_for_texts(
    anchoring: Anchoring, workspace: Workspace, annotator: str, store: Store, colleagues: Mapping[str, RecordIndex]
) -> None:
    """Find the older texts, and where one's own claims stand, before the colleagues' use up the time there is for it.
    One's own are those of the store and those that their YAML is about to bring."""
    own: dict[str, Claim] = {record.id: record for record in store.records() if isinstance(record, Claim)}
    known = {file.path: file.sha256 for file in store.synced_files().values()}
    folder = AnnotatorFolder(workspace.annotations, annotator)
    with suppress(FolderError):
        for path in folder.paths([]):
            with suppress(VariorumError):  # reading back says what is wrong
                data = folder.read(path)
                if data is not None and digest(data) != known.get(f"{annotator}/{path}"):
                    there = read_annotations(data, folder.place(path), annotator, article_of(path)).records
                    own |= {record.id: record for record in there if isinstance(record, Claim)}
    theirs = ([each for each in index.records() if isinstance(each, Claim)] for index in colleagues.values())
    anchoring.seek((own.values(), *theirs))
    anchoring.work_out(own.values(), anchoring.renamed_among(own.values()))


def _keep_texts(session: Session) -> None:
    """See that the texts are on disk, whole, that any claim was made on, as far as they are known; where nothing was
    ever recorded nothing is made."""
    if session.read_only is not None or not session.workspace.store_folder.is_dir():
        return
    indexes = (session.records, *session.colleagues.values())
    every = (record for index in indexes for record in index.records())
    try:
        session.texts.keep(texts_of(every, session.articles, session.desk.view.home) | session.anchoring.found)
    except VariorumError as error:
        session.notices.append(str(error))


def _off(session: Session) -> list[str]:
    """What the reader should know of records of their own whose article changed, has another name or is gone."""
    view = session.desk.view
    named = named_in_config(session.workspace, view.renamed)
    sentences = [renamed_sentence(old, new, None, named.get(old)) for old, new in sorted(view.renamed.items())]
    outcomes: dict[str, Counter[Outcome]] = defaultdict(Counter)
    elsewhere: Counter[tuple[str, ...]] = Counter()
    for placed in view.all_placed():
        outcomes[placed.now.article][placed.outcome] += 1
        elsewhere[placed.now.article, *session.anchoring.elsewhere(placed.claim, placed.now.article)] += 1
    if session.disputes:
        sentences.append(conflicts_sentence(len(session.disputes)))
    for article, counts in outcomes.items():
        moved = moved_sentence({Outcome.MOVED: counts[Outcome.MOVED]})
        to_settle = open_sentence(counts)
        parts = (moved, f"{to_settle}, in the Reader" if to_settle else None)
        sentences += [f"{clipped(article)}: {part}" for part in parts if part]
    for (article, *others), number in sorted(elsewhere.items()):
        if others:
            sentences.append(f"{clipped(article)}: {elsewhere_sentence(number, others)}")
    unseen: dict[str, list[Record]] = defaultdict(list)
    for record in session.seen.records():
        if isinstance(record, Claim | ArticleNote) and record.article not in session.articles:
            unseen[record.article].append(record)
    for article, records in sorted(unseen.items()):
        name = clipped(article)
        is_gone = session.anchoring.is_gone(article)
        why = f"there is no article {name}" if is_gone else f"the file of the article {name} can't be read"
        sentences.append(f"{counted_by_kind(records)} of yours can't be shown: {why}")
    return sentences


def named_in_config(workspace: Workspace, renamed: Iterable[str]) -> Mapping[str, Place]:
    """Where config.yaml has the old ids of renamed articles, if it has one of them."""
    if workspace.config.corrections.keys().isdisjoint(renamed):
        return {}
    try:
        return places_of_articles(workspace.root / CONFIG_FILE, CONFIG_FILE)
    except VariorumError:
        return {}  # it was changed since it was read
