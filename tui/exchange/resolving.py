"""A merge that git stopped at, mended from the versions that git's index keeps: no set-up is needed for that.

The index holds, of each file that git could not merge, the base (1), ours (2) and theirs (3), as far as there were
such. What lies in the folder, mostly one of them or a mixture between markers, is written over; a mixture is kept in
git, and what a person has made of it is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui import git
from tui.characters import clipped
from tui.errors import FileError, Place, VariorumError
from tui.exchange.files import AnnotatorFolder, digest
from tui.exchange.merging_files import MergedFile, Names, TwoFilesError, article_in, merge_files
from tui.model.filing import article_of, path_of
from tui.strict_yaml import MAX_BYTES, is_unfinished_merge
from tui.workspace import Workspace

_BASE, _OURS, _THEIRS = "1", "2", "3"
_FILES = ("100644", "100755")


@dataclass(slots=True)
class Resolved:
    """What became of the files that git left with several versions, by the path that a person knows."""

    merged: dict[str, MergedFile] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    """Of those, what git calls that which lay in the folder, where it was none of the versions."""
    refused: list[str] = field(default_factory=list)
    """A sentence for each file of annotations that is left as it was."""
    others: list[str] = field(default_factory=list)
    """The files that are no annotations, by path in the repository."""


def resolve(workspace: Workspace, environ: Mapping[str, str], *, again: bool = False) -> Resolved:
    """Merge every file of annotations that git left with several versions, and tell git that it is merged.

    What lies in the folder and is none of these versions, without markers, was settled by a person, or holds what was
    recorded since: it is left, or with `again` merged in the place of our version.

    Raises:
        VariorumError: there is no repository, or git does not say what is unmerged.
    """
    root = git.repository(workspace.annotations)
    unmerged = None if root is None else git.unmerged_versions(root, environ)
    if root is None or unmerged is None:
        raise VariorumError(f"{workspace.root} lies in no repository that git reads")
    resolved = Resolved()
    below = "" if workspace.annotations == root else f"{workspace.annotations.relative_to(root).as_posix()}/"
    for path, versions in unmerged.items():
        if not path.startswith(below):
            resolved.others.append(path)
            continue
        annotator, _, name = path.removeprefix(below).partition("/")
        folder = AnnotatorFolder(workspace.annotations, annotator)
        try:
            if not name.endswith(".yaml") or any(version.mode not in _FILES for version in versions.values()):
                raise FileError(Place(clipped(path, 200)), "this is no file of annotations: settle it with git")
            _Resolving(root, folder, name, versions, environ, resolved, again).run(path)
        except VariorumError as error:
            resolved.refused.append(str(error))
    return resolved


@dataclass(slots=True)
class _Resolving:
    """One file."""

    root: Path
    folder: AnnotatorFolder
    name: str
    versions: Mapping[str, git.Version]
    environ: Mapping[str, str]
    resolved: Resolved
    again: bool

    def run(self, path: str) -> None:
        place = self.folder.place(self.name)
        base, ours, theirs = (self._version(stage) for stage in (_BASE, _OURS, _THEIRS))
        lying = self.folder.read(self.name)
        # Git may have written other line ends than it keeps.
        is_mixture = lying is not None and _lines(lying) not in map(_lines, (base, ours, theirs))
        if is_mixture and not is_unfinished_merge(lying or b""):
            if not self.again:
                raise FileError(
                    Place(place),
                    "somebody has settled this already, or recorded in it since: `git add` it if it has all of both "
                    "sides; `variorum resolve --again` merges what the other side changed into it",
                )
            ours = lying
        try:
            merged = merge_files(base, ours, theirs, _names(place))
        except TwoFilesError:
            merged = self._apart((base, ours, theirs))
        if is_mixture:
            id = git.keep(lying or b"", self.root, self.environ)
            if id is None:
                raise FileError(Place(place), "git does not keep what lies there, so it is not written over")
            self.resolved.kept[place] = id
        if merged.data is not None:
            self.folder.write(self.name, merged.data, expected=None if lying is None else digest(lying))
        elif lying is not None:
            self.folder.remove(self.name, expected=digest(lying))
        if not git.stage(path, self.root, self.environ):
            raise FileError(Place(place), "is merged, but git does not take it: `git add` it")
        self.resolved.merged[place] = merged

    def _apart(self, versions: tuple[bytes | None, ...]) -> MergedFile:
        """The file, where some of the versions are of another one that git took for it; that one is merged too."""
        place = self.folder.place(self.name)
        articles = [None if data is None else article_in(data, place) for data in versions]
        own = article_of(self.name)
        others = {article for article in articles if article is not None and article != own}
        if own not in articles or len(others) != 1:
            raise FileError(Place(place), "its versions are of other files: settle it with git")
        (other,) = others
        there = path_of(other)
        if self.folder.read(there) is not None:
            raise FileError(Place(place), f"some of its versions are of {self.folder.place(there)}: settle it with git")
        merged = _merge_of(other, versions, articles, self.folder.place(there))
        if merged.data is not None:
            self.folder.write(there, merged.data, expected=None)
            path = (self.folder.folder / there).relative_to(self.root).as_posix()
            if not git.stage(path, self.root, self.environ):
                raise FileError(Place(self.folder.place(there)), "is merged, but git does not take it: `git add` it")
            self.resolved.merged[self.folder.place(there)] = merged
        return _merge_of(own, versions, articles, place)

    def _version(self, stage: str) -> bytes | None:
        version = self.versions.get(stage)
        if version is None:
            return None
        data = git.contents(version.id, self.root, self.environ, size_limit=MAX_BYTES)
        if data is None:
            raise FileError(
                Place(self.folder.place(self.name)),
                "git does not hand out all of its versions, or one is larger than what is read",
            )
        return data


def _lines(data: bytes | None) -> bytes | None:
    return None if data is None else data.replace(b"\r\n", b"\n")


def _names(place: str) -> Names:
    return Names(f"{place} (base)", f"{place} (ours)", f"{place} (theirs)")


def _merge_of(
    article: str | None, versions: tuple[bytes | None, ...], articles: list[str | None], place: str
) -> MergedFile:
    """The merge of those of the versions that are about this article."""
    base, ours, theirs = (data if about == article else None for data, about in zip(versions, articles, strict=True))
    return merge_files(base, ours, theirs, _names(place))
