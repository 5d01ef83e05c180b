"""Opening a workspace: its articles, one's own records, those of colleagues."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from tui.anchors import Outcome
from tui.annotator import annotator_folders
from tui.articles.loading import load_library
from tui.characters import clipped
from tui.errors import VariorumError
from tui.exchange.anchoring import Anchoring
from tui.exchange.anchoring_words import moved_sentence, open_sentence, renamed_sentence
from tui.exchange.files import AnnotatorFolder, FolderError
from tui.exchange.reader import read_annotations
from tui.model.filing import DECISIONS, article_of
from tui.model.ids import new_id
from tui.model.records import Claim, Record
from tui.model.times import utc_now
from tui.session.placing import texts_of
from tui.session.session import Session
from tui.session.sync import read_back
from tui.store.index import RecordIndex
from tui.store.store import Store
from tui.store.texts import Texts
from tui.text.numbers import counted
from tui.workspace import Workspace


def open_session(
    workspace: Workspace,
    annotator: str,
    *,
    reading: bool = False,
    take_in: bool = True,
    tell_off: bool = True,
    now: Callable[[], str] = utc_now,
    make_id: Callable[[str], str] = new_id,
    environ: Mapping[str, str] = os.environ,
) -> Session:
    """Open a workspace as `annotator` (the name of a folder), with what changed in their own YAML taken in.

    With `reading`, nothing at all is written: what changed is taken in for this session only, and claims whose article
    changed are no notice, nor are they without `tell_off`. Without `take_in`, one's own YAML is left alone, for a
    caller who wants the report of `read_back` or `export`. Files that can't be read stop nothing; the session's
    `notices` name them, after what happened to one's own records.

    Raises:
        StoreError: the annotator's own store is damaged.
    """
    store = Store(workspace.store_folder, annotator, now=now)
    library = load_library(
        workspace.root, workspace.articles, workspace.config.corrections, size_limit=workspace.config.size_limit
    )
    colleagues, notices = _read_colleagues(workspace, annotator)
    texts = Texts(workspace.store_folder, size_limit=workspace.config.size_limit)
    session = Session(
        workspace,
        annotator,
        library,
        store,
        texts,
        Anchoring(workspace, {article.id: article for article in library.articles}, texts, environ),
        now=now,
        new_id=make_id,
        colleagues=colleagues,
        notices=notices,
    )
    if take_in:
        own = read_back(session, persist=not reading).sentences
        if tell_off and not reading:
            own += _off(session)
        session.notices = own + session.notices
    if not reading:
        _keep_texts(session)
    return session


def _keep_texts(session: Session) -> None:
    """See that the texts are on disk that any claim was made on, as far as they are known; where nothing was ever
    recorded nothing is made."""
    if session.read_only is not None or not session.workspace.store_folder.is_dir():
        return
    indexes = (session.records, *session.colleagues.values())
    every = (record for index in indexes for record in index.records())
    texts = texts_of(every, session.articles, session.desk.view.home) | session.anchoring.found
    try:
        session.texts.keep({sha256: texts[sha256] for sha256 in texts.keys() - session.texts.names()})
    except VariorumError as error:
        session.notices.append(str(error))


def _off(session: Session) -> list[str]:
    """What the reader should know of claims of their own whose article changed, has another name or is gone."""
    view = session.desk.view
    sentences = [renamed_sentence(old, new) for old, new in sorted(view.renamed.items())]
    outcomes: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for placed in view.all_placed():
        outcomes[placed.now.article][placed.outcome] += 1
    for article, counts in outcomes.items():
        moved = moved_sentence({Outcome.MOVED: counts[Outcome.MOVED]})
        to_settle = open_sentence(counts)
        parts = (moved, f"{to_settle}: ! in the Reader" if to_settle else None)
        sentences += [f"{clipped(article)}: {part}" for part in parts if part]
    claims = Counter(record.article for record in session.seen.records() if isinstance(record, Claim))
    for article, count in sorted(claims.items()):
        if article not in session.articles:
            sentences.append(
                f"{counted(count, 'claim')} of yours can't be shown: there is no article {clipped(article)}"
            )
    return sentences


def _read_colleagues(workspace: Workspace, annotator: str) -> tuple[Mapping[str, RecordIndex], list[str]]:
    """The records of every other annotator, as far as their files can be read, and what is wrong with the rest."""
    names, problems = annotator_folders(workspace.annotations)
    notices = list(problems)
    colleagues: dict[str, RecordIndex] = {}
    for name in names:
        if name == annotator:
            continue
        folder = AnnotatorFolder(workspace.annotations, name)
        records: list[Record] = []
        unlisted: list[FolderError] = []
        try:
            for path in folder.paths(unlisted):
                if path != DECISIONS:
                    records += _read_file(folder, path, notices)
        except FolderError as error:
            unlisted.append(error)
        notices += map(str, unlisted)
        colleagues[name] = RecordIndex(records)
    return colleagues, notices


def _read_file(folder: AnnotatorFolder, path: str, notices: list[str]) -> tuple[Record, ...]:
    try:
        data = folder.read(path)
        if data is not None:
            return read_annotations(data, folder.place(path), folder.annotator, article_of(path)).records
    except VariorumError as error:
        notices.append(str(error))
    return ()
