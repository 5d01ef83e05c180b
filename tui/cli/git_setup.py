"""`variorum git-setup`: have git merge annotation files by record, and show quotes in their diffs, in this clone."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from tui import __version__
from tui.cli import output, place
from tui.exchange.git_setup import GitSetupError, Plan, carry_out, plan_removal, plan_setup

DESCRIPTION = """
Has git merge annotation files record by record in this clone, and show the words instead of their offsets in diffs. It
shows what it would change and asks first. The lines in .gitattributes are for all and to be committed; the config is
this clone's own, so each clone is set up once. A second time there is nothing to do.
"""
_SECONDS = 30


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--yes", action="store_true", help="do it without asking")
    parser.add_argument("--remove", action="store_true", help="take it out of this clone's config again")
    parser.add_argument(
        "--for-all", action="store_true", help="with --remove: take the line out of .gitattributes too, which all share"
    )
    parser.set_defaults(refuse=parser.error)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    if options.for_all and not options.remove:
        options.refuse("--for-all is there with --remove only")
    workspace = place.workspace(options)
    plan = plan_removal(workspace, os.environ) if options.remove else plan_setup(workspace, program(), os.environ)
    stays = options.remove and not options.for_all and plan.line is not None
    said = f"; {plan.attributes.name} stays, as it is for all: --for-all takes its line out" if stays else ""
    if stays:
        plan = replace(plan, line=None)
    if plan.is_empty:
        output.message(f"there is nothing to take out{said}" if options.remove else "this clone is set up")
        return 0
    _show(plan)
    if not options.yes and not _is_wanted():
        output.message("nothing was changed")
        return 1
    carry_out(plan, os.environ)
    output.message(
        f"done{said}" if plan.line is None else f"done; commit {plan.attributes.name}, so that it holds for all"
    )
    return 0


def program() -> tuple[str, ...]:
    """The words by which git is to run this program: whatever lies in the folder where it is run, and whatever Python's
    environment says, it is this installation.

    Raises:
        GitSetupError: it is not installed as a command.
    """
    called, beside = Path(sys.argv[0]), Path(sys.executable).parent / "variorum"
    script = called.absolute() if called.name == "variorum" and called.is_file() else beside
    words = (sys.executable, "-E", "-P", str(script))
    with tempfile.TemporaryDirectory() as elsewhere:
        try:
            ran = subprocess.run(
                [*words, "--version"], cwd=elsewhere, capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            ran = None
    if ran is None or ran.stdout.decode("utf-8", "replace").strip() != f"variorum {__version__}":
        raise GitSetupError(
            f"{script} is no installed command `variorum` {__version__}, and git must be told of one that stays: "
            "install it with `pipx install` or `make install`"
        )
    return words


def _show(plan: Plan) -> None:
    if plan.settings:
        output.line(f"in git's config of this clone, {plan.root}:")
    for setting in plan.settings:
        if setting.now is not None:
            output.lines([f"  - {setting.name} = {setting.now}"])
        if setting.wanted is not None:
            output.lines([f"  + {setting.name} = {setting.wanted}"])
    if plan.line is not None:
        output.line(f"in {plan.attributes}:")
        output.lines([f"  {'-' if plan.is_removal else '+'} {plan.line}"])


def _is_wanted() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        output.message("--yes does it; there is nobody to ask")
        return False
    output.finish()
    sys.stderr.write("variorum: change this? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
