"""`variorum doctor`: what is wrong with a workspace and around it, and how to mend it."""

import os
import textwrap
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.cli import output, place
from tui.doctor.findings import Area, Finding, Severity
from tui.doctor.patient import Patient
from tui.doctor.rounds import Mended, examine, mend
from tui.errors import ConfigErrors, FileError, VariorumError
from tui.model.times import utc_now
from tui.text.numbers import counted
from tui.ui.keymap import keymap
from tui.workspace import find_root, read_workspace

DESCRIPTION = """
Examines the workspace: its store, YAML, claims, git set-up and permissions, and the terminal and Python it is used
with. For each thing that is wrong it says how to mend it. Nothing is written, except with --fix.
"""
WIDTH = 80
_LEAD = " " * 13


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "--fix", action="store_true", help="mend what can be mended safely; what was damaged is kept aside"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    place.add_annotator(parser)
    place.add_workspace(parser)


def run(options: Namespace) -> int:
    patient = _patient(options)
    areas, mended = mend(patient) if options.fix else (examine(patient), Mended())
    findings = [finding for area in areas for finding in area.findings]
    counts = Counter(finding.severity for finding in findings)
    if options.format == "json":
        output.as_json(_plain(patient, areas, findings, counts, mended))
    else:
        output.lines(_text(areas, mended))
    output.message(", ".join(counted(counts[each] or "no", each.value) for each in Severity))
    return int(counts[Severity.ERROR] > 0)


def _patient(options: Namespace) -> Patient:
    """What is to be examined; settings that are wrong are findings."""
    unsound: list[tuple[str, str]] = []
    workspace = annotator = None
    start = options.workspace or Path()
    try:
        root = find_root(start, named=options.workspace is not None, home=place.home())
    except (ConfigErrors, FileError):
        root = start.resolve()
    try:
        workspace = read_workspace(root)
    except (ConfigErrors, FileError) as error:
        unsound += [(problem, "correct the line in config.yaml") for problem in str(error).split("\n")]
    try:
        annotator = place.find_reader(options, root)
        keymap(place.user_config().keys)
    except (ConfigErrors, FileError) as error:
        unsound += [(problem, "correct the line in your own config.yaml") for problem in str(error).split("\n")]
    except VariorumError as error:
        unsound.append((str(error), "see `variorum --help` for where a reader's name is taken from"))
    return Patient(root, os.environ, utc_now()[:10], workspace, annotator, unsound)


def _text(areas: Iterable[Area], mended: Mended) -> Iterator[str]:
    for area in areas:
        yield from _wrapped(f"{area.name:<13}", ", ".join(area.well) or "see below")
        for finding in area.findings:
            yield from _wrapped(f"  {finding.severity:<11}", finding.wrong)
            for detail in finding.details:
                yield from _wrapped(f"{_LEAD}- ", detail)
            yield from _wrapped(f"{_LEAD}-> ", finding.mend)
            if (why := mended.failed.get(finding.key)) is not None:
                yield from _wrapped(f"{_LEAD}-> ", f"not mended: {why}")
    if mended.done:
        yield ""
        for sentence in mended.done:
            # What was lost is told after the mending it was lost by.
            lead, text = ("lost", sentence[6:]) if sentence.startswith("lost: ") else ("mended", sentence)
            yield from _wrapped(f"{lead:<13}", text)


def _wrapped(lead: str, text: str) -> list[str]:
    """Lines of at most 80 characters, but for a word that is longer."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(
    patient: Patient, areas: Iterable[Area], findings: Iterable[Finding], counts: Counter[Severity], mended: Mended
) -> dict[str, object]:
    return {
        "workspace": str(patient.root),
        "annotator": patient.reader,
        "areas": {area.name: area.well for area in areas},
        "findings": [
            {
                "area": finding.area,
                "severity": finding.severity.value,
                "wrong": finding.wrong,
                "details": list(finding.details),
                "mend": finding.mend,
                "safe": finding.fix is not None,
                "not_mended": mended.failed.get(finding.key),
            }
            for finding in findings
        ],
        "mended": mended.done,
        **{f"{severity.value}s": counts[severity] for severity in Severity},
    }
