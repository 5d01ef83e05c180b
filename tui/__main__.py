"""The entry: `variorum [FOLDER]` opens the application, `variorum COMMAND` runs a command and needs no terminal."""

import gc
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tui import __version__
from tui.characters import clipped, spelled_out
from tui.cli import COMMANDS, output, place
from tui.collector import uncollected
from tui.config.reader import nearest
from tui.errors import VariorumError

if TYPE_CHECKING:
    from tui.progress import Progress
    from tui.session.session import Session

WRONG, USAGE, INTERRUPTED, NOBODY_READS, SIGNALLED = 1, 2, 130, 141, 128


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code; no failure leaves a traceback."""
    output.prepare()
    try:
        try:
            code = _run(list(sys.argv[1:] if arguments is None else arguments))
        except output.OutputError:
            raise
        except VariorumError as error:
            output.message(str(error))
            code = WRONG
        except BrokenPipeError:
            raise
        except OSError as error:  # the last net: rooms say better what this means
            where = f"{spelled_out(os.fsdecode(error.filename))}: " if isinstance(error.filename, str | bytes) else ""
            output.message(f"{where}{error.strerror or error}")
            code = WRONG
        except SystemExit as stop:  # argparse, after --help or wrong usage
            code = int(stop.code or 0)
        output.finish()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        output.give_up()
        return NOBODY_READS
    except output.OutputError as error:
        output.give_up()
        output.message(str(error))
        return WRONG
    return code


class _Parser(ArgumentParser):
    """Says what is wrong as the rest of the program does."""

    def error(self, message: str) -> NoReturn:
        output.message(f"{message}; see {self.prog} --help")
        raise SystemExit(USAGE)


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        if arguments and arguments[0].startswith(("-C", "--workspace")):
            return _refuse_order("list")
        options = _application_parser().parse_args(arguments)
        near = nearest(options.folder, COMMANDS) if options.folder and options.folder not in COMMANDS else ""
        if near and not Path(options.folder).exists():
            output.message(f"there is no folder {clipped(options.folder)}{near}")
            return USAGE
        return _open(options)
    name, *others = arguments
    module_name, summary = COMMANDS[name]
    module = import_module(module_name)
    parser = _Parser(prog=f"variorum {name}", description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False)
    module.add_arguments(parser)
    options, left = parser.parse_known_args(others)
    if left and "workspace" in options and not left[0].startswith("-"):
        parser.error(f"{left[0]} stands alone; a workspace is named with -C, as in variorum {name} -C FOLDER")
    elif left:
        parser.error(f"there is no option {' '.join(left)}")
    code: int = module.run(options)
    return code


def _refuse_order(command: str) -> int:
    """Something stood before the command; the answer of the program."""
    output.message(f"the command comes first: variorum {command} -C FOLDER; to read: variorum FOLDER")
    return USAGE


def _application_parser() -> ArgumentParser:
    commands = "\n".join(f"  {name:<10}{summary}" for name, (_, summary) in COMMANDS.items())
    parser = _Parser(
        prog="variorum",
        usage="variorum [FOLDER] [--annotator NAME] [--ref BRANCH] [--theme NAME]\n       variorum COMMAND …",
        description="Read several accounts of one event side by side, and record claim by claim who says what.",
        epilog=f"commands, each with --help:\n{commands}\n\nA folder that is called like a command: variorum ./list",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", help="a workspace, or any folder with texts")
    place.add_annotator(parser)
    place.add_branches(parser)
    parser.add_argument("--theme", metavar="NAME", help="the colours, for this time")
    parser.add_argument("--version", action="version", version=f"variorum {__version__}")
    parser.add_argument("others", nargs="*", help=SUPPRESS)
    return parser


def _open(options: Namespace) -> int:
    if options.folder in COMMANDS and not Path(options.folder).exists():
        return _refuse_order(options.folder)
    if options.others and options.others[0] in COMMANDS:
        output.message(f"the command comes first: variorum {options.others[0]} -C FOLDER")
        return USAGE
    if options.others:
        output.message("one folder is opened at a time; see variorum --help")
        return USAGE
    if (sentence := _no_terminal()) is not None:
        output.message(sentence)
        return USAGE
    workspace = place.find(Path(options.folder or ""), named=options.folder is not None)
    user = place.user_config()
    annotator = place.annotator(options, workspace, user)
    branches = place.branches(options, workspace)

    from tui.ui.keymap import keymap

    keys = keymap(user.keys)

    from tui.ui.app import VariorumApp
    from tui.ui.screens.opening import Opening

    opened: list[Session] = []

    def open_it(progress: "Progress") -> "Session":
        # What follows the first paint is imported after it.
        from tui.session.opening import open_session

        with uncollected():
            session = open_session(workspace, annotator.folder, hurry=True, branches=branches, progress=progress)
        opened.append(session)
        if unknown is not None:
            session.notices.append(unknown)
        # What is open now stays until the end: collections during a key press need not look at it.
        gc.freeze()
        return session

    wanted = options.theme or user.theme
    app = VariorumApp(Opening(workspace.config.title, annotator.folder, open_it), theme=wanted, keys=keys)
    app.proposes = True
    unknown = None
    if wanted is not None and wanted not in app.available_themes:
        unknown = f"there is no theme “{wanted}”; there are {', '.join(sorted(app.available_themes))}"
        if options.theme is not None:
            output.message(unknown)
            return USAGE
    try:
        remaining = app.run()
    finally:
        for session in opened:
            session.close()
    if app.failure is not None:
        raise app.failure
    if app.leaving.written:
        output.message(app.leaving.written)
    if remaining:
        output.message(remaining)
    if app.leaving.ended_by is not None:
        return SIGNALLED + app.leaving.ended_by
    return WRONG if remaining or app.return_code else 0


def _no_terminal() -> str | None:
    """Why the application can't be shown here, or None."""
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        what = f"TERM={term}" if term else "TERM is not set"
        return f"this terminal ({what}) can't show the application; the commands work here: variorum --help"
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return "the application needs a terminal; the commands need none: variorum --help"
    return None


if __name__ == "__main__":
    sys.exit(main())
