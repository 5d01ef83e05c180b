"""Workspaces: folders with articles, annotations and settings. Finding and opening one creates nothing."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tui import git
from tui.characters import clipped
from tui.config import DEFAULT, Config, config_text, is_config, load_config
from tui.errors import WorkspaceError
from tui.model.article import SUFFIXES

CONFIG_FILE = "config.yaml"
STORE_FOLDER = ".variorum"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace. Its folders were checked to stay inside it; they may be missing."""

    root: Path
    """Absolute, without links."""
    config: Config
    """With a title: where none is set, the folder's name."""
    articles: Path
    annotations: Path
    store_folder: Path


def find_workspace(start: Path, *, named: bool, environ: Mapping[str, str], home: Path) -> Workspace:
    """The workspace that `start` lies in.

    It is sought upwards, to the git root or the home folder, and no further: beyond these fences anyone could have
    put one. A folder that a person `named` is always one, with defaults for what is not set, except where it is part
    of another: naming the articles folder of a workspace opens the workspace.

    Raises:
        WorkspaceError: there is none, or it can't be trusted.
        ConfigErrors, ConfigError, YamlError: its config.yaml is wrong.
    """
    return open_workspace(find_root(start, named=named, home=home), environ)


def find_root(start: Path, *, named: bool, home: Path) -> Path:
    """The folder of the workspace that `start` lies in, sought as `find_workspace` does; it may be one that can't be
    opened.

    Raises:
        WorkspaceError: there is none.
        ConfigErrors, ConfigError, YamlError: the config.yaml of a workspace above a named folder is wrong.
    """
    start = _existing(start)
    if named:
        outer = None if _is_workspace(start) else _part_of(start, home)
        return outer or start
    for folder in _upwards(start, home):
        if _is_workspace(folder):
            return folder
    raise WorkspaceError(
        f"there is no workspace in {clipped(str(start), 200)} or above it: name a folder of texts, "
        "as in `variorum FOLDER`, or make one here with `variorum init`"
    )


def open_workspace(root: Path, environ: Mapping[str, str]) -> Workspace:
    """The workspace whose folder is `root`, with defaults for what is not set.

    Raises:
        WorkspaceError: a folder in it is not one, or leads elsewhere, or its store was put there by someone else.
        ConfigErrors, ConfigError, YamlError: its config.yaml is wrong.
    """
    workspace = read_workspace(_existing(root))
    _check_articles(workspace)
    _check_annotations(workspace)
    _check_store(workspace, environ)
    return workspace


def read_workspace(root: Path) -> Workspace:
    """The workspace as its settings describe it. Its folders are not checked: only to be looked at, never opened.

    Raises:
        ConfigErrors, ConfigError, YamlError: its config.yaml is wrong.
    """
    config = _config(root)
    if not config.title:
        config = replace(config, title=clipped(root.name) or "Workspace")
    return Workspace(root, config, root / config.articles_folder, root / config.annotations_folder, root / STORE_FOLDER)


def folder_problems(workspace: Workspace) -> list[str]:
    """Why its folders of articles and annotations can't be used, as sentences."""
    problems = []
    for check in (_check_articles, _check_annotations):
        try:
            check(workspace)
        except WorkspaceError as error:
            problems.append(str(error))
    return problems


def init_workspace(folder: Path, title: str | None = None, *, home: Path = Path(os.devnull)) -> list[Path]:
    """Make `folder` a workspace with every default written out, and return what was created.

    Which files are its articles stays as it was: where texts lie in the folder itself or below it they are not
    expected in `seeds`. Without a title the folder's name is one. Workspaces above are sought as `find_workspace`
    does.

    Raises:
        WorkspaceError: there is a config.yaml already, which is left as it is, the folder holds the articles or
            annotations of a workspace above it, or it can't be written.
        RefusedError: the title can't be one.
        ConfigErrors, ConfigError, YamlError: the config.yaml of a workspace above it is wrong.
    """
    config = folder / CONFIG_FILE
    if _status(config) is not None:
        raise WorkspaceError(f"{clipped(str(config), 200)} is there already and was left as it is")
    real = Path(os.path.realpath(_absolute(folder)))
    if (outer := _part_of(real, home)) is not None:
        raise WorkspaceError(
            f"{clipped(str(folder), 200)} is part of the workspace {clipped(str(outer), 200)} already: "
            "its texts are articles there"
        )
    # Reading first: nothing is made if something in the way would have to be refused afterwards.
    texts_here = _status(folder / DEFAULT.articles_folder) is None and has_texts(folder)
    articles = "." if texts_here else DEFAULT.articles_folder
    text = config_text(title or clipped(real.name) or "Workspace", articles)
    inner = [folder / name for name in (articles, DEFAULT.annotations_folder) if name != "."]
    for path in (folder, *inner):
        taken = _status(path) is not None
        if taken and (not path.is_dir() or (path != folder and path.is_symlink())):
            raise WorkspaceError(f"{clipped(str(path), 200)} is in the way: a folder is needed there")
    created = []
    try:
        for path in (folder, *inner):
            if _status(path) is None:
                path.mkdir()
                created.append(path)
        with config.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        created.append(config)
    except OSError as error:
        raise WorkspaceError(f"no workspace can be made in {clipped(str(folder), 200)}: {error.strerror}") from None
    return created


def _existing(folder: Path) -> Path:
    try:
        resolved = folder.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise WorkspaceError(f"there is no folder {clipped(str(folder), 200)}") from None
    if not resolved.is_dir():
        raise WorkspaceError(f"{clipped(str(folder), 200)} is a file: name the folder it lies in")
    return resolved


def _upwards(start: Path, home: Path) -> list[Path]:
    """The folders to look in: from `start` to the fence; only `start` where there is no fence above it."""
    home, git_root = Path(os.path.realpath(home)), git.repository(start)  # Path.resolve fails where links go round
    folders: list[Path] = []
    for folder in (start, *start.parents):
        folders.append(folder)
        if folder in (home, git_root):
            return folders
    return [start]


def _part_of(folder: Path, home: Path) -> Path | None:
    """The workspace above `folder` whose articles or annotations it holds.

    Where the articles lie in the workspace itself, not every folder below it is meant to be part of it.

    Raises:
        ConfigErrors, ConfigError, YamlError: the config.yaml above is wrong.
    """
    above = next((each for each in _upwards(folder, home)[1:] if _is_workspace(each)), None)
    if above is None:
        return None
    config = _config(above)
    inner = [above / name for name in (config.articles_folder, config.annotations_folder)]
    return above if any(each != above and folder.is_relative_to(each) for each in inner) else None


def _is_workspace(folder: Path) -> bool:
    store = _status(folder / STORE_FOLDER)
    # A link counts, so that it is refused with a sentence and not passed by.
    has_store = store is not None and (stat.S_ISDIR(store.st_mode) or stat.S_ISLNK(store.st_mode))
    return has_store or is_config(folder / CONFIG_FILE)


def _config(root: Path) -> Config:
    """Its settings, with what holds where there are none."""
    if is_config(root / CONFIG_FILE):
        return load_config(root / CONFIG_FILE)
    return replace(DEFAULT, articles_folder=_usual_articles_folder(root))


def _absolute(folder: Path) -> Path:
    try:
        return folder.absolute()
    except OSError:
        raise WorkspaceError("the current folder is not there any more: change to another one") from None


def _usual_articles_folder(root: Path) -> str:
    """Where articles are looked for without a config: in `seeds` if there is one, else in the folder itself."""
    return DEFAULT.articles_folder if _status(root / DEFAULT.articles_folder) is not None else "."


def has_texts(folder: Path) -> bool:
    """Whether there are articles in the folder or below it, hidden things aside."""
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if any(name.lower().endswith(SUFFIXES) and not name.startswith(".") for name in names):
            return True
    return False


def _check_articles(workspace: Workspace) -> None:
    """Articles are only read, so links are followed, but not out of the workspace."""
    folder, name = workspace.articles, workspace.config.articles_folder
    try:
        resolved = folder.resolve()
    except (OSError, RuntimeError):
        raise WorkspaceError(f"the articles folder “{clipped(name)}” is a link that leads in a circle") from None
    if not resolved.is_relative_to(workspace.root):
        sentence = f"the articles folder “{clipped(name)}” is a link that leads out of the workspace, to "
        raise WorkspaceError(sentence + f"{clipped(str(resolved), 200)}: put the texts into the workspace")
    if _status(folder) is not None and not resolved.is_dir():
        raise WorkspaceError(f"the articles folder “{clipped(name)}” is not a folder")


def _check_annotations(workspace: Workspace) -> None:
    """Annotations are written, so nothing on the way to them may be a link, wherever it leads."""
    path = workspace.root
    for step in workspace.config.annotations_folder.split("/"):
        path /= step
        status = _status(path)
        if status is None:
            return
        name = clipped(path.relative_to(workspace.root).as_posix())
        if stat.S_ISLNK(status.st_mode):
            raise WorkspaceError(f"“{name}”, where annotations are written, is a link: make it a folder")
        if not stat.S_ISDIR(status.st_mode):
            raise WorkspaceError(f"“{name}”, where annotations are written, is not a folder")


def _check_store(workspace: Workspace, environ: Mapping[str, str]) -> None:
    """The store is this machine's own: what came with the workspace could be made to deceive."""
    status = _status(workspace.store_folder)
    if status is None:
        return
    if stat.S_ISLNK(status.st_mode):
        raise WorkspaceError(f"{STORE_FOLDER} is a link: remove it, and a folder is made in its place")
    if not stat.S_ISDIR(status.st_mode):
        raise WorkspaceError(f"{STORE_FOLDER} is not a folder: move it away, and a folder is made in its place")
    tracked = git.tracks(workspace.store_folder, environ)
    if tracked is None and (status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077):
        # Not as it is made here; git, which carries no such modes, could have brought it.
        raise WorkspaceError(
            f"git can't say whether {STORE_FOLDER} came with this repository, and it is not private to you: if you "
            f"made it here, say so with `chmod 700 {STORE_FOLDER}`, else delete it"
        )
    if tracked:
        raise WorkspaceError(
            f"{STORE_FOLDER} is tracked by git, but it is each reader's own and is never shared: if you trust what is "
            f"in it, take it out of git with `git rm -r --cached {STORE_FOLDER}`, else delete it"
        )


def _status(path: Path) -> os.stat_result | None:
    """What lies at `path` itself, links not followed; None where there is nothing, or nothing that can be seen."""
    try:
        return path.lstat()
    except (OSError, ValueError):
        return None
