"""`variorum init`: make a folder a workspace."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui.cli import output, place
from tui.workspace import init_workspace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=Path(), help="default: this folder")
    parser.add_argument("--title", help="what the workspace is called; default: the folder's name")


def run(options: Namespace) -> int:
    for path in init_workspace(options.folder, options.title, home=place.home()):
        output.line(f"made {path}")
    return 0
