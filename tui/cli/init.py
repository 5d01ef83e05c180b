"""`variorum init`: make a folder a workspace."""

import os
import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui.cli import COMMANDS, output, place
from tui.workspace import has_texts, init_workspace, open_workspace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=Path(), help="default: this folder")
    parser.add_argument("--title", help="what the workspace is called; default: the folder's name")


def run(options: Namespace) -> int:
    for path in init_workspace(options.folder, options.title, home=place.home()):
        output.line(f"made {path}")
    output.message(_next(options.folder))
    return 0


def _next(folder: Path) -> str:
    """What to do with the new workspace, as commands that work from where one is."""
    name = str(folder)
    # So that it is taken for no command and no option.
    named = shlex.quote(f"./{name}" if name in COMMANDS or name.startswith("-") else name)
    is_here = folder.samefile(Path())
    there = "" if is_here else f" -C {named}"
    read = "variorum" if is_here else f"variorum {named}"
    if has_texts(open_workspace(folder, os.environ).articles):
        return f"its articles are there: `{read}` reads them"
    return f"next: `variorum add{there} FILE…` copies articles into it, then `{read}` reads them"
