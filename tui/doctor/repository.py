"""Git: whether what is to be shared is, what is not to be is not, and nothing on the way changes the files."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tui import git
from tui.characters import clipped
from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.errors import StoreError
from tui.exchange.git_setup import DRIVER, NAME, missing_programs
from tui.store.folder import check_folder, prepare_folder
from tui.text.numbers import counted
from tui.workspace import STORE_FOLDER

OLD = (2, 38)
"""Before this, git did not know `safe.bareRepository`."""

_UNDER_WAY = {
    "MERGE_HEAD": ("a merge", "git merge --continue", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue", "git rebase --abort"),
}
_REWRITING = ("ident", "filter", "working-tree-encoding")


def examine(patient: Patient, area: Area) -> None:
    _ignore_file(patient, area)
    root = git.repository(patient.root)
    version = git.version(patient.environ)
    if root is None:
        area.well.append("not in a repository" + ("" if version else ", and there is no git"))
        return
    if version is None:
        area.warning(
            "this is a repository, but there is no git that answers: what is tracked can't be told",
            "install git, or see to it that it is found (PATH)",
        )
        return
    told = ".".join(map(str, version))
    folder = git.folder_of(root, patient.environ)
    if folder is None:
        area.warning(
            f"git does not read the repository {root}, perhaps as its folder belongs to somebody else",
            f"if you trust it: `git config --global --add safe.directory {root}`",
        )
        return
    area.well.append(f"version {told}, in {'this folder' if root == patient.root else root}")
    if version < OLD:
        area.note(
            f"git {told} is old: up to 2.37 it takes any folder with the right files in it for a repository",
            "update git before you open workspaces of people you don't know",
        )
    if git.setting("user.name", root, patient.environ) is None:
        area.note("git does not know your name, and without one it makes no commit", '`git config user.name "…"`')
    _under_way(folder, area)
    _store(patient, area)
    if patient.workspace is not None:
        _annotations(patient, patient.workspace.annotations, root, area)


def _ignore_file(patient: Patient, area: Area) -> None:
    """The file that keeps the store out of every repository it may ever lie in."""
    try:
        if not check_folder(patient.store) or os.path.lexists(patient.store / ".gitignore"):
            return
    except StoreError:
        return  # a finding of the store
    if git.tracks(patient.store, patient.environ) is False:
        area.warning(
            f"{STORE_FOLDER}/.gitignore is missing, which keeps the store out of git",
            "`variorum doctor --fix` writes it",
            fix=partial(_write_ignore_file, patient),
        )


def _write_ignore_file(patient: Patient) -> list[str]:
    prepare_folder(patient.store)
    return [f"wrote {STORE_FOLDER}/.gitignore"]


def _store(patient: Patient, area: Area) -> None:
    if not os.path.lexists(patient.store / ".gitignore"):
        return  # nothing there, or a finding already
    is_ignored = git.ignores(patient.store / "store.journal", patient.environ)
    if is_ignored is False and git.tracks(patient.store, patient.environ) is False:
        area.error(
            f"git does not ignore {STORE_FOLDER}: `git add` would take the store in, and then nothing opens here",
            f"let {STORE_FOLDER}/.gitignore hold the line `*`, and take back what .gitignore files say against it",
        )


def _under_way(folder: Path, area: Area) -> None:
    for name, (what, go_on, abort) in _UNDER_WAY.items():
        if os.path.lexists(folder / name):
            area.warning(f"{what} was begun and is not finished", f"finish it with `{go_on}`, or `{abort}`")
            return


def _annotations(patient: Patient, folder: Path, root: Path, area: Area) -> None:
    environ, name = patient.environ, folder.relative_to(patient.root).as_posix()
    root = git.repository(folder) or root  # the annotations may be a repository of their own
    own = folder / (patient.reader or "reader")
    file = own / "article.yaml"
    if unmerged := git.unmerged(folder, environ):
        area.error(
            f"git left {counted(len(unmerged), 'file')} of annotations with two versions",
            "`variorum resolve` merges them record by record",
            details=unmerged,
        )
    if git.ignores(file, environ):
        area.warning(
            f"git ignores {name}/{own.name}: what you export would not be shared",
            f"`git check-ignore -v {name}/{own.name}/article.yaml` says which line does it; take it out",
        )
    said = git.attributes(file, ("text", "eol", "merge", *_REWRITING), environ)
    _driver(said.get("merge"), folder, root, environ, area)
    if said.get("merge") == "union":
        area.error(
            f".gitattributes has merge=union for {name}: git would mix the lines of two records without a word",
            "take it out: files that one reader writes need no merging",
        )
    if rewriting := [f"{key}={said[key]}" for key in _REWRITING if said.get(key, "unset") not in ("unset", "")]:
        area.warning(
            f".gitattributes lets git change the files of {name} ({', '.join(rewriting)}): they would count as changed "
            "after each checkout",
            f"take it out, or add a line `/{name}/** -{' -'.join(each.partition('=')[0] for each in rewriting)}`",
        )
    if _has_crlf(said, root, environ):
        area.warning(
            f"git writes the files of {name} with other line ends (CRLF) at each checkout, so they count as changed",
            f"add the line `/{name}/** text eol=lf` to .gitattributes",
        )


def _driver(merge: str | None, folder: Path, root: Path, environ: Mapping[str, str], area: Area) -> None:
    """Whether git merges annotations by record. Where it doesn't, nothing is lost; it stops more often."""
    command = git.setting(DRIVER, root, environ)
    if command is not None and (gone := missing_programs(command)):
        area.error(
            f"the program that merges annotations in this clone is not there any more ({clipped(gone[0], 200)}): git "
            "leaves every file that it should merge as ours",
            "`variorum git-setup` tells git where it is now",
        )
    elif command is None and merge == NAME:
        area.warning(
            ".gitattributes has annotations merged record by record, but this clone is not set up for it: git merges "
            "them line by line",
            "`variorum git-setup`, once in each clone",
        )
    elif merge == NAME:
        area.well.append("annotations are merged record by record")
    elif folder.is_dir():
        area.well.append("annotations are merged line by line (`variorum git-setup` changes that)")


def _has_crlf(said: dict[str, str], root: Path, environ: Mapping[str, str]) -> bool:
    """Whether a checkout would make CRLF of LF, as gitattributes(5) has it."""
    if "eol" in said:
        return said["eol"] == "crlf" and said.get("text") != "unset"
    text = said.get("text")
    if text == "unset":
        return False
    autocrlf = _lower(git.setting("core.autocrlf", root, environ))
    if autocrlf in ("true", "yes", "on", "1"):
        return True
    eol = _lower(git.setting("core.eol", root, environ))
    return text in ("set", "auto") and autocrlf != "input" and eol == "crlf"


def _lower(text: str | None) -> str:
    return "" if text is None else text.lower()
