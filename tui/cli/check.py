"""`variorum check`: every file of the workspace, whoever wrote it; a finding a line."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import suppress

from tui.articles.loading import load_library
from tui.cli import output, place
from tui.errors import ConfigErrors, FileError, VariorumError
from tui.exchange.checking import Finding, Severity, check_workspace, config_findings
from tui.text.numbers import counted

DESCRIPTION = """
Checks that every file is well-formed, every quote where it says, every link's ends there and every tag known, in the
files of all readers. A finding a line: file, line, error or warning, and what is wrong. Nothing is written.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--strict", action="store_true", help="answer 1 for a warning too, such as a text that changed")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    findings = _findings(options)
    counts = Counter(finding.severity for finding in findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if options.format == "json":
        output.as_json({"findings": [_plain(each) for each in findings], "errors": errors, "warnings": warnings})
    else:
        for each in findings:
            output.line(f"{each.place}: {each.severity}: {each.sentence}")
    output.message(f"{counted(errors or 'no', 'error')}, {counted(warnings or 'no', 'warning')}")
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
    with suppress(VariorumError):  # without a name no file is one's own
        reader = place.annotator(options, workspace).folder
    return check_workspace(workspace, library, reader=reader)


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
