"""Opening a workspace: its articles, one's own records, those of colleagues."""

from collections import Counter
from collections.abc import Callable, Mapping

from tui.annotator import annotator_folders
from tui.articles.loading import load_library
from tui.characters import clipped
from tui.errors import VariorumError
from tui.exchange.files import AnnotatorFolder, FolderError
from tui.exchange.reader import read_annotations
from tui.model.filing import DECISIONS, article_of
from tui.model.ids import new_id
from tui.model.records import Claim, Record
from tui.model.times import utc_now
from tui.session.session import Session
from tui.session.sync import read_back
from tui.store.index import RecordIndex
from tui.store.store import Store
from tui.text.numbers import counted
from tui.workspace import Workspace


def open_session(
    workspace: Workspace,
    annotator: str,
    *,
    reading: bool = False,
    take_in: bool = True,
    now: Callable[[], str] = utc_now,
    make_id: Callable[[str], str] = new_id,
) -> Session:
    """Open a workspace as `annotator` (the name of a folder), with what changed in their own YAML taken in.

    With `reading`, nothing at all is written: what changed is taken in for this session only, and claims that don't
    stand in their article any more are no notice. Without `take_in`, one's own YAML is left alone, for a caller who
    wants the report of `read_back` or `export`. Files that can't be read stop nothing; the session's `notices` name
    them, after what happened to one's own records.

    Raises:
        StoreError: the annotator's own store is damaged.
    """
    store = Store(workspace.store_folder, annotator, now=now)
    library = load_library(
        workspace.root, workspace.articles, workspace.config.corrections, size_limit=workspace.config.size_limit
    )
    colleagues, notices = _read_colleagues(workspace, annotator)
    session = Session(
        workspace, annotator, library, store, now=now, new_id=make_id, colleagues=colleagues, notices=notices
    )
    if take_in:
        own = read_back(session, persist=not reading).sentences
        if not reading:
            own += _not_shown(session)
        session.notices = own + session.notices
    return session


def _not_shown(session: Session) -> list[str]:
    """A sentence for each article with claims of one's own that the Reader can't show."""
    claims = Counter(record.article for record in session.records.records() if isinstance(record, Claim))
    sentences = []
    for article, count in sorted(claims.items()):
        if article not in session.articles:
            sentences.append(
                f"{counted(count, 'claim')} of yours can't be shown: there is no article {clipped(article)}"
            )
        elif stale := len(session.stale_claims(article)):
            stand = "stands where it was" if stale == 1 else "stand where they were"
            sentences.append(
                f"{stale} of your claims in {clipped(article)} no longer {stand} marked (variorum check names them)"
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
