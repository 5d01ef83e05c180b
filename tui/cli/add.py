"""`variorum add`: copy articles into the workspace."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui.articles.loading import add_article
from tui.cli import output, place
from tui.errors import ArticleError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a .txt or .md file with one article")
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    workspace = place.workspace(options)
    failed = False
    for source in options.files:
        try:
            limit = workspace.config.size_limit
            added, was_there = add_article(workspace.root, workspace.articles, source, size_limit=limit)
        except ArticleError as error:
            output.message(str(error))
            failed = True
            continue
        name = added.relative_to(workspace.root).as_posix()
        output.line(f"{name} is there already" if was_there else f"added {name}")
    return int(failed)
