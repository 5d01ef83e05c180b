"""`variorum export`: write the reader's own records as YAML."""

from argparse import ArgumentParser, Namespace

from tui.cli import output, place


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--ours",
        action="store_true",
        help="where here and the file disagree, or the file is gone, write what is here",
    )
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    from tui.session.opening import open_session
    from tui.session.sync import Prefer, export

    workspace = place.workspace(options)
    session = open_session(workspace, place.annotator(options, workspace).folder, take_in=False)
    try:
        report = export(session, prefer=Prefer.OURS if options.ours else Prefer.NEITHER)
    finally:
        session.close()
    for verb, paths in (("read", report.read), ("wrote", report.written), ("removed", report.removed)):
        for path in paths:
            output.line(f"{verb} {path}")
    for sentence in report.sentences:
        output.message(sentence)
    if not (report.read or report.written or report.removed or report.sentences):
        output.message(f"the YAML of {session.annotator} is up to date")
    return int(not report.is_well)
