"""The base of two histories that crossed: each side had merged the other before.

There are several bases then. Git merges them line by line, and where that stops, what it hands out as the base has its
markers in it. Here they are merged record by record, as the merge driver does it, so that what was settled or deleted
on one side stays so.
"""

from collections.abc import Mapping
from pathlib import Path

from tui import git
from tui.errors import VariorumError
from tui.exchange.merging_files import Names, merge_files
from tui.strict_yaml import MAX_BYTES

_DEEPEST = 4
"""How often the bases of bases are asked for their own."""
_MOST = 8
"""Bases of one merge that are taken."""


def base_of_crossed(path: str, root: Path, environ: Mapping[str, str]) -> bytes | None:
    """What the file at `path` (in the repository) held before both sides of the merge that git is in the middle of;
    None where there is no such merge, or nothing that can be read."""
    heads = [git.commit_of(root, name, environ) for name in ("HEAD", "MERGE_HEAD")]
    if heads[0] is None or heads[1] is None:
        return None
    try:
        return _base(heads[0], heads[1], path, root, environ, _DEEPEST)
    except VariorumError:
        return None


def _base(one: str, other: str, path: str, root: Path, environ: Mapping[str, str], deepest: int) -> bytes | None:
    bases = git.merge_bases(one, other, root, environ)[:_MOST]
    if not bases or not deepest:
        return None
    found = git.contents_at(bases[0], path, root, environ, size_limit=MAX_BYTES)
    for more in bases[1:]:
        before = _base(bases[0], more, path, root, environ, deepest - 1)
        theirs = git.contents_at(more, path, root, environ, size_limit=MAX_BYTES)
        found = merge_files(before, found, theirs, Names(path, path, path)).data
    return found
