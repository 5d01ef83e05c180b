"""Colleagues' YAML on branches that are not checked out: read from git, told apart from what is merged.

A colleague's records on a branch go by `ben @branch`. What is the same there as in their files here is not there twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui import git
from tui.annotator import ON, sort_out
from tui.characters import clipped
from tui.errors import RefusedError, VariorumError
from tui.exchange.files import FolderError
from tui.exchange.reader import read_annotations
from tui.model.filing import article_of
from tui.model.records import Claim, Contradiction, DuplicateGroup, Record
from tui.progress import Progress, unsaid
from tui.store.fit import key_of
from tui.strict_yaml import MAX_BYTES

MOST_BYTES = 128 * 2**20
"""Bytes of YAML that are read from one branch at most."""
MOST_FILES = 20_000
"""Files that are looked at in one branch at most."""
MOST_PROBLEMS = 50
"""What is said of one branch at most."""
_NAMED = 40
"""Characters of a branch's name in that of a colleague."""
_DIGITS = 8
"""Of a commit, where a name alone does not tell a branch from another."""
_LINK, _REPOSITORY = "120000", "160000"


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch, tag or commit whose annotations are read."""

    name: str
    """As the reader named it, fit to be shown."""
    commit: str


@dataclass(slots=True)
class OnBranches:
    """What was read from branches."""

    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    """By colleague and branch: `ben @branch`."""
    problems: list[str] = field(default_factory=list)
    """Sentences: what can't be read, with branch and file."""


def find_branches(folder: Path, refs: Sequence[str], environ: Mapping[str, str]) -> tuple[Branch, ...]:
    """The branches of the repository around `folder` (the annotations) that a reader named, each once.

    Raises:
        RefusedError: one is not there.
    """
    found: dict[str, Branch] = {}
    for ref in refs:
        name = clipped(ref, _NAMED)
        if git.repository(folder) is None:
            raise RefusedError(f"“{name}” can't be read: there is no git repository here")
        commit = git.commit_of(folder, ref, environ)
        if commit is None:
            raise RefusedError(
                f"there is no branch, tag or commit “{name}” here: `git branch --all` lists the branches"
            )
        if found.setdefault(name, Branch(name, commit)).commit != commit:
            # Two long names that begin alike, or one that shows as another does.
            name = f"{clipped(ref, _NAMED - _DIGITS - 1)}-{commit[:_DIGITS]}"
            found[name] = Branch(name, commit)
    return tuple(found.values())


def read_branches(
    annotations: Path,
    annotator: str,
    branches: Iterable[Branch],
    environ: Mapping[str, str],
    progress: Progress = unsaid,
) -> OnBranches:
    """What every other annotator recorded on these branches; nothing is checked out."""
    found = OnBranches()
    for branch in branches:
        _Reading(annotations, annotator, branch, environ, found, progress).read()
    return found


class _Reading:
    """Reads one branch."""

    def __init__(
        self,
        annotations: Path,
        annotator: str,
        branch: Branch,
        environ: Mapping[str, str],
        found: OnBranches,
        progress: Progress,
    ) -> None:
        self._annotations = annotations
        self._annotator = annotator
        self._branch = branch
        self._environ = environ
        self._found = found
        self._progress = progress
        self._records: dict[str, list[Record]] = {}
        self._problems: list[str] = []

    def read(self) -> None:
        entries = git.files_at(self._branch.commit, self._annotations, self._environ, MOST_FILES)
        if entries is None:
            self._problem("", "git did not tell what is there: try again")
        elif not entries:
            self._problem("", "there are no annotations there")
        else:
            self._read_files(self._files(entries))
            if len(entries) == MOST_FILES:
                self._problem("", f"no more than the first {MOST_FILES} files are read")
        self._found.records.update({name: tuple(records) for name, records in self._records.items()})
        self._found.problems += self._problems[:MOST_PROBLEMS]
        if left := len(self._problems) - MOST_PROBLEMS:
            self._found.problems += [f"{self._branch.name}: {left} more of its files can't be read"] if left > 0 else []

    def _read_files(self, listed: list[tuple[str, str, str]]) -> None:
        files: dict[str, list[tuple[str, str]]] = {}
        for name, path, id in listed:
            files.setdefault(id, []).append((name, path))
        contents = git.blobs(files, self._annotations, self._environ, size_limit=MAX_BYTES, most=MOST_BYTES)
        room, number = MOST_BYTES, 0
        for id, data in contents:
            # The same contents may lie at any number of places.
            while files[id] and len(data) <= room:
                self._progress(f"files of {self._branch.name}", number, len(listed))
                self._take(*files[id].pop(0), data)
                room, number = room - len(data), number + 1
        limits = f"{MAX_BYTES // 2**20} MB a file, {MOST_BYTES // 2**20} MB a branch"
        for name, path in (place for left in files.values() for place in left):
            self._problem(f"{name}/{path}", f"not read: git has it not, or it is too large ({limits})")

    def _files(self, entries: Iterable[git.TreeFile]) -> list[tuple[str, str, str]]:
        """The annotator, path and blob of each file that is to be read."""
        entries = tuple(entries)
        folders = dict.fromkeys(entry.path.partition("/")[0] for entry in entries if "/" in entry.path)
        names, problems = sort_out(folders, f"{self._branch.name}:{self._annotations.name}")
        self._problems += problems
        files = []
        for entry in entries:
            steps = entry.path.split("/")
            if any(step.startswith(".") and step not in (".", "..") for step in steps):
                continue
            is_file = entry.mode not in (_LINK, _REPOSITORY)
            if len(steps) > 1 and (steps[0] not in names or steps[0] == self._annotator):
                continue
            if not is_file:
                what = "a link" if entry.mode == _LINK else "another repository"
                self._problem(entry.path, f"this is {what}, and is not followed")
            elif any(step in ("", ".", "..") for step in steps) or not _is_text(entry.path):
                self._problem(entry.path, "this can't be the name of an annotation file")
            elif len(steps) > 1 and entry.path.endswith(".yaml"):
                files.append((steps[0], "/".join(steps[1:]), entry.id))
        return files

    def _take(self, name: str, path: str, data: bytes) -> None:
        who = f"{name}{ON}{self._branch.name}"
        try:
            read = read_annotations(data, self._place(f"{name}/{path}"), who, article_of(path)).records
        except VariorumError as error:
            self._problems.append(str(error))
            return
        self._records.setdefault(who, []).extend(read)

    def _problem(self, path: str, sentence: str) -> None:
        self._problems.append(str(FolderError(self._place(path), sentence)))

    def _place(self, path: str) -> str:
        """How a file is called in messages."""
        return clipped(f"{self._branch.name}:{self._annotations.name}{'/' if path else ''}{path}", 300)


def _is_text(path: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" or character < " " for character in path)


# --- what is the same as elsewhere ---


def told_apart(
    records: Iterable[Record], beneath: Sequence[Mapping[str, Record]]
) -> tuple[tuple[Record, ...], frozenset[str]]:
    """Of a colleague's records on a branch, those that are not `beneath` (in their files here, or on a branch before),
    and the ids of claims among them that are there too, but are needed as the ends of links that are not."""
    records = tuple(records)
    same = {key_of(record) for record in records if any(_is_same(record, each) for each in beneath)}
    others = [record for record in records if key_of(record) not in same]
    needed = {id for record in others if isinstance(record, Contradiction | DuplicateGroup) for id in record.claims}
    ends = [one for one in records if isinstance(one, Claim) and one.id in needed and key_of(one) in same]
    return (*others, *ends), frozenset(claim.id for claim in ends)


def _is_same(record: Record, others: Mapping[str, Record]) -> bool:
    other = others.get(key_of(record))
    return other is not None and replace(record, annotator=other.annotator) == other
