"""`variorum check`: every file of the workspace, whoever wrote it; a finding a line."""

import os
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import suppress
from dataclasses import replace

from tui.articles.loading import load_library
from tui.cli import output, place
from tui.errors import ConfigErrors, FileError, VariorumError
from tui.exchange.checking import Finding, Severity, by_place, check_workspace, config_findings
from tui.exchange.checking_git import git_findings
from tui.text.numbers import counted
from tui.workspace import Workspace

DESCRIPTION = """
Checks that every file is well-formed, every quote where it says, every link's ends there and every tag known, in the
files of all readers. A finding a line: file, line, error, warning or note, and what is wrong. Nothing is written.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--strict", action="store_true", help="answer 1 for a warning too, such as a text that changed")
    parser.add_argument(
        "--own", action="store_true", help="what is wrong in files of others is theirs to mend: a note, which answers 0"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    findings = _findings(options)
    counts = Counter(finding.severity for finding in findings)
    errors, warnings, notes = (counts[each] for each in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    if options.format == "json":
        numbers = {"errors": errors, "warnings": warnings, "notes": notes}
        output.as_json({"findings": [_plain(each) for each in findings], **numbers})
    else:
        for each in findings:
            output.line(f"{each.place}: {each.severity}: {each.sentence}")
    said = [counted(errors or "no", "error"), counted(warnings or "no", "warning")]
    output.message(", ".join([*said, counted(notes, "note")] if notes else said))
    _say_what_is_not_exported(options)
    return int(errors > 0 or (options.strict and warnings > 0))


def _findings(options: Namespace) -> list[Finding]:
    try:
        workspace = place.workspace(options)
    except (ConfigErrors, FileError) as error:
        return config_findings(error)
    config = workspace.config
    library = load_library(workspace.root, workspace.articles, config.corrections, size_limit=config.size_limit)
    reader = None
    # Without a name no file is one's own, and nothing but one's own can't be asked for.
    with suppress(*() if options.own else (VariorumError,)):
        reader = place.annotator(options, workspace).folder
    findings = check_workspace(workspace, library, reader=reader)
    known = {each.place.file for each in findings if each.kind == "malformed"}
    findings = by_place([*findings, *git_findings(workspace, os.environ, reader=reader, known=known)])
    return [_of_others(each, workspace, reader) for each in findings] if options.own else findings


def _of_others(finding: Finding, workspace: Workspace, reader: str | None) -> Finding:
    """The finding, as a note where it is in the files of somebody else: they mend it, and nobody waits for that."""
    annotations = workspace.annotations.relative_to(workspace.root).as_posix()
    whose, slash, _ = finding.place.file.removeprefix(f"{annotations}/").partition("/")
    is_theirs = finding.place.file.startswith(f"{annotations}/") and slash and whose != reader
    return replace(finding, severity=Severity.NOTE) if is_theirs else finding


def _say_what_is_not_exported(options: Namespace) -> None:
    """What the reader recorded and the files do not have is not checked, and would not be committed."""
    try:
        workspace = place.workspace(options)
        if not workspace.store_folder.is_dir():
            return
        from tui.session.sync import unexported
        from tui.store.store import Store

        annotator = place.annotator(options, workspace).folder
        store = Store(workspace.store_folder, annotator)
        paths = unexported(store, annotator)
        store.close()
    except VariorumError:
        return  # the findings name what is wrong, and nobody asked for the store
    if paths:
        output.message(f"not exported yet: {counted(len(paths), 'file')} of {annotator}; variorum export writes them")


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "severity": finding.severity.value,
        "kind": finding.kind,
        "sentence": finding.sentence,
    }
