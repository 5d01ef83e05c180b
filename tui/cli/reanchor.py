"""`variorum reanchor`: write where the reader's own claims stand now that their articles changed."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.cli import output, place

if TYPE_CHECKING:
    from tui.exchange.anchoring import Placed
    from tui.session.reanchoring import Reanchoring

DESCRIPTION = """
Where an article changed or was renamed since your claims were made, writes where they stand now, and your YAML with it.
A claim whose words are other ones now, or nowhere, is listed and left as it is: it is settled in the Reader. Answers 1
if there are such claims.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    from tui.exchange.anchoring_words import open_sentence
    from tui.session.opening import open_session
    from tui.session.reanchoring import plan, reanchor
    from tui.session.sync import Report, export, read_back

    workspace = place.workspace(options)
    session = open_session(
        workspace, place.annotator(options, workspace).folder, reading=options.dry_run, take_in=False
    )
    report = Report()
    try:
        read = read_back(session, persist=not options.dry_run)
        # What a file says that can't be read, or that is to be decided on, must not be taken from it.
        withheld = {*read.unread, *read.clashes}
        done = plan(session, withheld)
        if done.gesture.changes and not options.dry_run and not read.stopped:
            reanchor(session, done)
            report = export(session)
    finally:
        session.close()
    files = {"written": report.written, "removed": report.removed}
    if options.format == "json":
        output.as_json(_plain(done) | files | {"dry_run": options.dry_run})
    else:
        _print(done, files)
    for sentence in dict.fromkeys((*read.sentences, *session.notices, *report.sentences)):
        output.message(sentence)
    if withheld:
        output.message(f"left as they are: the records of {', '.join(sorted(withheld))}")
    if read.stopped:
        output.message("nothing is written before that is put right")
    elif not done.gesture.changes:
        output.message(f"there is nothing to write: every claim of {session.annotator} is where it stands, or is open")
    else:
        output.message(done.gesture.label if not options.dry_run else f"not written: {done.gesture.label}")
    if to_settle := open_sentence(Counter(one.outcome for one in done.left)):
        output.message(f"{to_settle}, in the Reader")
    return int(bool(done.left) or not (read.is_well and report.is_well))


# --- words ---


def _print(done: "Reanchoring", files: dict[str, list[str]]) -> None:
    from tui.anchors import Outcome

    for old, new in sorted(done.renamed.items()):
        output.line(f"{old} was renamed to {new}")
    for one in done.settled:
        if one.outcome is not Outcome.SAME:
            output.line(f"{_claim(one)} → {one.now.span.start}-{one.now.span.end}")
            output.lines(_words(one.claim.exact, one.now.exact))
    if same := sum(one.outcome is Outcome.SAME for one in done.settled):
        output.line(f"{same} of the claims stand where they stood")
    for one in done.left:
        if one.is_orphan:
            output.line(f"{_claim(one)} orphaned: it stands nowhere any more")
            output.lines(_words(one.claim.exact, one.claim.exact))
        else:
            output.line(f"{_claim(one)} changed, perhaps {one.now.span.start}-{one.now.span.end}")
            output.lines(_words(one.claim.exact, one.now.exact))
    for verb, paths in (("wrote", files["written"]), ("removed", files["removed"])):
        for path in paths:
            output.line(f"{verb} {path}")


def _claim(one: "Placed") -> str:
    return f"{one.now.article} {one.claim.id[:5]} {one.claim.span.start}-{one.claim.span.end}"


def _words(was: str, now: str) -> Iterable[str]:
    from tui.exchange.anchoring_words import apart

    was, now = apart(was, now)
    return (f"  “{was}”",) if was == now else (f"  was “{was}”", f"  now “{now}”")


# --- plain data ---


def _plain(done: "Reanchoring") -> dict[str, object]:
    return {
        "renamed": done.renamed,
        "settled": [_plain_claim(one) for one in done.settled],
        "open": [_plain_claim(one) for one in done.left],
    }


def _plain_claim(one: "Placed") -> dict[str, object]:
    now = one.now
    there = None if one.is_orphan else {"span": [now.span.start, now.span.end], "exact": now.exact}
    was = {"span": [one.claim.span.start, one.claim.span.end], "exact": one.claim.exact}
    return {"id": one.claim.id, "article": now.article, "outcome": one.outcome.value, "was": was, "now": there}
