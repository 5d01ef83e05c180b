"""Opening a workspace: its articles, one's own records, those of colleagues."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from tui.annotator import annotator_folders
from tui.articles.loading import load_library
from tui.errors import VariorumError
from tui.exchange.files import DECISIONS, AnnotatorFolder, article_of
from tui.exchange.reader import read_annotations
from tui.model.ids import new_id
from tui.model.records import Record
from tui.session.session import Session
from tui.session.sync import read_back
from tui.store.index import RecordIndex
from tui.store.store import Store
from tui.workspace import Workspace


def utc_now() -> str:
    """The time as records hold it: UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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

    With `reading`, nothing at all is written: what changed is taken in for this session only. Without `take_in`, one's
    own YAML is left alone, for a caller who wants the report of `read_back` or `export`. Files that can't be read stop
    nothing; the session's `notices` name them.

    Raises:
        StoreError: the annotator's own store can't be read.
    """
    store = Store(workspace.store_folder, annotator)
    library = load_library(
        workspace.root, workspace.articles, workspace.config.corrections, size_limit=workspace.config.size_limit
    )
    colleagues, notices = _read_colleagues(workspace, annotator)
    session = Session(
        workspace, annotator, library, store, now=now, new_id=make_id, colleagues=colleagues, notices=notices
    )
    if take_in:
        report = read_back(session, persist=not reading)
        session.notices += report.problems + report.blocked
    return session


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
        for path in folder.paths():
            if path == DECISIONS:
                continue
            try:
                data = folder.read(path)
                if data is not None:
                    records += read_annotations(data, folder.place(path), name, article_of(path)).records
            except VariorumError as error:
                notices.append(str(error))
        colleagues[name] = RecordIndex(records)
    return colleagues, notices
