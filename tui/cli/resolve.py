"""`variorum resolve`: mend a merge, rebase or cherry-pick that git stopped at, as far as annotations go."""

import os
from argparse import ArgumentParser, Namespace

from tui.cli import output, place
from tui.cli.merge import what_is_open, without_base
from tui.exchange.resolving import resolve
from tui.text.numbers import agreeing, counted

DESCRIPTION = """
Merges, record by record, the files of annotations that git left with two versions, writes them and tells git that they
are merged. It needs no set-up and takes the versions from git itself, whatever stands between the markers. What both
sides changed differently stays in the file as conflicts, which are settled in the application. Files that somebody has
settled already, or recorded in since, are left alone without --again; those that are no annotations always.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "--again", action="store_true", help="merge what the other side changed into those that are settled already too"
    )
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    resolved = resolve(place.workspace(options), os.environ, again=options.again)
    for path, merged in resolved.merged.items():
        kept = f" (what lay there: git cat-file -p {resolved.kept[path][:12]})" if path in resolved.kept else ""
        output.line(f"{'removed' if merged.data is None else 'merged'} {path}{kept}")
    for path, merged in resolved.merged.items():
        if merged.unread_base:
            output.message(without_base(merged))
        if merged.conflicts:
            output.message(what_is_open(path, merged))
    for sentence in resolved.refused:
        output.message(sentence)
    if number := len(resolved.others):
        output.message(f"{counted(number, 'other file')} {agreeing(number, 'is', 'are')} left to you: git status")
    elif resolved.merged and not resolved.refused:
        output.message("git has all of it: go on as `git status` says")
    elif not resolved.refused:
        output.message("git left no file with two versions")
    return int(bool(resolved.refused) or any(merged.conflicts for merged in resolved.merged.values()))
