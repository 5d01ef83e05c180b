"""The files of every other annotator: read at the opening, and read again where they changed.

What a file held when it could be read last stays: a slip in it takes nothing off a colleague's screen.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tui.annotator import annotator_folders, owner_of
from tui.errors import FileError, VariorumError
from tui.exchange.branches import OnBranches, told_apart
from tui.exchange.files import AnnotatorFolder, digest
from tui.exchange.reader import read_annotations
from tui.exchange.watching import SETTLING, SHARE, FolderWatch, Stamp, is_recent, stamp_of
from tui.model.filing import article_of
from tui.model.records import Record
from tui.progress import Progress, unsaid
from tui.store.fit import key_of


@dataclass(slots=True)
class _File:
    """What one file held when it was read last."""

    sha256: str = ""
    records: tuple[Record, ...] = ()
    """As it could be read last."""
    problem: str | None = None


@dataclass(slots=True)
class _Colleague:
    watch: FolderWatch
    files: dict[str, _File] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(chain.from_iterable(file.records for file in self.files.values()))

    @property
    def problems(self) -> list[str]:
        found = [file.problem for file in self.files.values() if file.problem is not None]
        return found + [str(error) for error in self.watch.problems]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is not as it was at the look before."""

    records: Mapping[str, tuple[Record, ...]]
    """All records of each colleague of whom something changed; those that were read from a branch are another's."""
    gone: Collection[str]
    """The colleagues of whom nothing is there any more."""
    problems: tuple[str, ...]
    """Sentences that were not said before: what can't be read, with file and line."""
    hidden: Mapping[str, frozenset[str]]
    """Of those on branches, the ids of claims that are shown in the colleague's files already."""

    def __bool__(self) -> bool:
        return bool(self.records or self.gone or self.problems)


class Colleagues:
    """Everybody's files below the annotations folder but one's own. For one thread at a time."""

    def __init__(self, annotations: Path, annotator: str, branches: OnBranches | None = None) -> None:
        self._branches = branches or OnBranches()
        self._on_branches: set[str] = set()
        """Those on branches who have something that is not in their files."""
        self._annotations = annotations
        self._annotator = annotator
        self._stamp: Stamp | None = None
        self._is_young = True
        self._colleagues: dict[str, _Colleague] = {}
        self._problems: list[str] = []
        """What is wrong with the folders as such, and
        `_said`, everything that was said and is still so."""
        self._said: set[str] = set()

    def read(self, progress: Progress = unsaid) -> Seen:
        """All there is, for the first time."""
        return self._look(progress, is_first=True)

    def look(self) -> Seen:
        """What changed since: cheap where nothing did. A file that is being written is left for the next time."""
        return self._look(unsaid, is_first=False)

    def _look(self, progress: Progress, *, is_first: bool) -> Seen:
        gone = self._look_for_folders()
        share = SHARE // max(1, len(self._colleagues))
        due = {name: one.watch.look(share) for name, one in self._colleagues.items()}
        changed: set[str] = set()
        read: list[tuple[str, str, str]] = []
        for name, paths in due.items():
            wanted = sorted(paths)
            for number, path in enumerate(wanted):
                if is_first:
                    progress(f"files of {name}", number, len(wanted))
                    self._take(name, path, *self._bytes(name, path))
                elif (sha256 := self._differs(name, path)) is not None:
                    read.append((name, path, sha256))
        if is_first:
            changed = set(self._colleagues)
        elif read:
            time.sleep(SETTLING)
            for name, path, sha256 in read:
                data, problem = self._bytes(name, path)
                if _digest(data, problem) == sha256:
                    self._take(name, path, data, problem)
                    changed.add(name)
                else:
                    self._colleagues[name].watch.look_again(path)
        records = {name: self._colleagues[name].records for name in changed}
        hidden = self._tell_apart(None if is_first else {*changed, *gone}, records, gone)
        every = (self._problems, *(one.problems for one in self._colleagues.values()), self._branches.problems)
        problems = list(chain.from_iterable(every))
        news = tuple(dict.fromkeys(problem for problem in problems if problem not in self._said))
        self._said = set(problems)
        return Seen(records, gone, news, hidden)

    def _tell_apart(
        self, owners: set[str] | None, records: dict[str, tuple[Record, ...]], gone: set[str]
    ) -> dict[str, frozenset[str]]:
        """Put what these colleagues (None: all) have on branches with their `records`, or those who have nothing there
        any more with the `gone`; what is not to be shown of it."""
        hidden: dict[str, frozenset[str]] = {}
        beneath: dict[str, list[dict[str, Record]]] = {}
        for name, read in self._branches.records.items():
            owner = owner_of(name)
            if owners is not None and owner not in owners:
                continue
            if owner not in beneath:
                known = self._colleagues.get(owner)
                beneath[owner] = [{key_of(record): record for record in known.records}] if known is not None else []
            mine, hidden[name] = told_apart(read, beneath[owner])
            beneath[owner].append({key_of(record): record for record in read})
            if mine:
                records[name] = mine
                self._on_branches.add(name)
            elif name in self._on_branches:
                gone.add(name)
                self._on_branches.discard(name)
        return hidden

    def _look_for_folders(self) -> set[str]:
        """Learn whose folders there are; those that are gone."""
        stamp = stamp_of(str(self._annotations))
        if stamp == self._stamp and not self._is_young:
            return set()
        self._stamp, self._is_young = stamp, is_recent(stamp, time.time())
        names, problems = annotator_folders(self._annotations)
        self._problems = list(problems)
        there = [name for name in names if name != self._annotator]
        gone = self._colleagues.keys() - set(there)
        known = self._colleagues
        self._colleagues = {
            name: known.get(name) or _Colleague(FolderWatch(AnnotatorFolder(self._annotations, name))) for name in there
        }
        return gone

    def _bytes(self, name: str, path: str) -> tuple[bytes | None, str | None]:
        """What a file holds, or why it can't be read; neither where there is none."""
        try:
            return self._colleagues[name].watch.folder.read(path), None
        except FileError as error:
            return None, str(error)

    def _differs(self, name: str, path: str) -> str | None:
        """The digest of a file that is not as it was read last; None where it is."""
        sha256 = _digest(*self._bytes(name, path))
        known = self._colleagues[name].files.get(path)
        return None if sha256 == ("" if known is None else known.sha256) else sha256

    def _take(self, name: str, path: str, data: bytes | None, problem: str | None) -> None:
        """Let this be what a file holds."""
        files, folder = self._colleagues[name].files, self._colleagues[name].watch.folder
        if data is None and problem is None:
            files.pop(path, None)
            return
        file = files.setdefault(path, _File())
        file.sha256, file.problem = _digest(data, problem), problem
        if data is not None:
            try:
                file.records = read_annotations(data, folder.place(path), name, article_of(path)).records
            except VariorumError as error:
                file.problem = str(error)


def _digest(data: bytes | None, problem: str | None) -> str:
    """What tells one state of a file from another; empty where there is none."""
    return digest(data) if data is not None else problem or ""
