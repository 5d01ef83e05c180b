"""What git makes of the files of annotations, as far as somebody has to do something about it; nothing without git."""

from collections.abc import Collection, Iterator, Mapping

from tui import git
from tui.errors import Place
from tui.exchange.checking import Finding, Severity
from tui.workspace import Workspace


def git_findings(
    workspace: Workspace, environ: Mapping[str, str], *, reader: str | None, known: Collection[str] = ()
) -> Iterator[Finding]:
    """The files that git left with two versions, and those of `reader` that it does not know. `known` are files in
    which something else is wrong already, by the name in their findings: markers, mostly."""
    folder = workspace.annotations
    root = git.repository(folder)
    if root is None:
        return

    def place(path: str) -> Place:
        return Place((root / path).relative_to(workspace.root).as_posix())

    unmerged = git.unmerged(folder, environ)
    for where in map(place, unmerged):
        if where.file not in known:
            sentence = "git left two versions of this file: `variorum resolve` merges them record by record"
            yield Finding(where, Severity.ERROR, "unmerged", sentence)
    if reader is not None and (folder / reader).is_dir():
        for path in git.untracked(folder / reader, environ):
            where = place(path)
            if path.endswith(".yaml"):
                yield Finding(where, Severity.NOTE, "untracked", "not in git yet: `git add` takes it in")
