"""What is examined: a workspace, whether or not it can be opened, and where it is used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.annotator import Annotator
from tui.articles.loading import Library, load_library
from tui.errors import VariorumError
from tui.session.opening import open_session
from tui.session.report import Report
from tui.session.session import Session
from tui.session.sync import read_back
from tui.store.inspection import Inspection, inspect
from tui.workspace import STORE_FOLDER, Workspace


@dataclass(slots=True)
class Patient:
    """A workspace as an examination needs it. What takes long is read once, when it is first asked for."""

    root: Path
    environ: Mapping[str, str]
    today: str
    """As `2026-11-21`."""
    workspace: Workspace | None
    """As its settings describe it, its folders not checked; None: its settings are wrong."""
    annotator: Annotator | None
    unsound: list[tuple[str, str]] = field(default_factory=list)
    """What is wrong with the settings, and how to mend it."""
    report: Report = field(default_factory=Report)
    """What taking in the annotator's YAML met."""
    _inspection: Inspection | None = None
    _library: Library | None = None
    _session: Session | None = None
    _why_not: str | None = None

    @property
    def store(self) -> Path:
        return self.root / STORE_FOLDER

    @property
    def reader(self) -> str | None:
        """The folder of the annotator."""
        return None if self.annotator is None else self.annotator.folder

    def inspection(self) -> Inspection:
        """Of the store, which must be a folder."""
        if self._inspection is None:
            self._inspection = inspect(self.store)
        return self._inspection

    def library(self, workspace: Workspace) -> Library:
        if self._library is None:
            config = workspace.config
            self._library = load_library(
                workspace.root, workspace.articles, config.corrections, size_limit=config.size_limit
            )
        return self._library

    def session(self) -> Session | None:
        """The workspace as the annotator would see it, their YAML taken in (see `report`); nothing is written by it.

        None where it can't be opened: `why_not` says why.
        """
        if self._session is None and self._why_not is None:
            if self.workspace is None or self.reader is None:
                self._why_not = "the settings are wrong" if self.workspace is None else "nobody is named as the reader"
                return None
            try:
                self._session = open_session(self.workspace, self.reader, reading=True, take_in=False)
                self.report = read_back(self._session, persist=False)
            except VariorumError:
                self._why_not = "the store can't be opened"
                self._close()
        return self._session

    @property
    def why_not(self) -> str:
        return self._why_not or ""

    def forget(self) -> None:
        """Look at everything anew: something was changed, or this is the end."""
        self._close()
        self._inspection = self._library = self._why_not = None

    def _close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
