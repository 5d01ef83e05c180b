"""`variorum import`: take the reader's own YAML into the store."""

from argparse import ArgumentParser, Namespace

from tui.cli import output, place


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--theirs",
        action="store_true",
        help="where here and the file disagree, take what is in the file, also if all files are gone",
    )
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    from tui.session.opening import open_session
    from tui.session.sync import Prefer, read_back

    workspace = place.workspace(options)
    session = open_session(workspace, place.annotator(options, workspace).folder, take_in=False)
    try:
        # Without a store to keep it in, nothing would be left of it.
        if (reason := session.read_only) is not None:
            output.message(reason)
            return 1
        report = read_back(session, prefer=Prefer.THEIRS if options.theirs else Prefer.NEITHER)
    finally:
        session.close()
    for path in report.read:
        if path not in report.clashes:
            output.line(f"read {path}")
    for sentence in report.sentences:
        output.message(sentence)
    if not (report.read or report.sentences):
        output.message(f"nothing in the YAML of {session.annotator} changed since it was last read")
    return int(not report.is_well)
