"""Where a command works and for whom: the workspace and the reader that its options name."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.annotator import Annotator, find_annotator
from tui.config import UserConfig, load_user_config, user_config_path
from tui.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from tui.exchange.branches import Branch


def add_workspace(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-C",
        "--workspace",
        metavar="FOLDER",
        type=Path,
        help="the workspace; without it, the one that the current folder lies in",
    )


def add_annotator(parser: ArgumentParser) -> None:
    parser.add_argument("--annotator", metavar="NAME", help="who reads; else VARIORUM_ANNOTATOR, git or the login says")


def add_branches(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--ref",
        metavar="BRANCH",
        action="append",
        default=[],
        help="show what colleagues recorded on this branch, tag or commit too; may be given several times",
    )


def branches(options: Namespace, workspace: Workspace) -> "tuple[Branch, ...]":
    """The branches that `--ref` names; raises as `find_branches` does."""
    if not options.ref:
        return ()
    from tui.exchange.branches import find_branches  # much comes with it, and few need it

    return find_branches(workspace.annotations, options.ref, os.environ)


def workspace(options: Namespace) -> Workspace:
    """Raises as `find_workspace` does."""
    return find(options.workspace or Path(), named=options.workspace is not None)


def find(folder: Path, *, named: bool) -> Workspace:
    """The workspace that `folder` is or lies in; raises as `find_workspace` does."""
    return find_workspace(folder, named=named, environ=os.environ, home=home())


def user_config() -> UserConfig:
    """Raises as `load_user_config` does."""
    return load_user_config(user_config_path(os.environ, home()))


def annotator(options: Namespace, workspace: Workspace, user: UserConfig | None = None) -> Annotator:
    """Raises as `find_annotator` and `user_config` do."""
    return find_annotator(options.annotator, os.environ, workspace.root, user_config() if user is None else user)


def find_reader(options: Namespace, root: Path) -> Annotator:
    """Who reads in the workspace at `root`, which may be one that can't be opened; raises as `annotator` does."""
    return find_annotator(options.annotator, os.environ, root, user_config())


def home() -> Path:
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    # A user without a home has none to stop at, and no settings: nothing lies below a device.
    return home if home.is_absolute() else Path(os.devnull)
