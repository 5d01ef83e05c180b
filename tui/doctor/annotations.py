"""The YAML of all readers, as far as `variorum check` finds fault with it, and whether claims still stand."""

import hashlib
import os
import re
from collections import Counter
from pathlib import Path

from tui.annotator import annotator_folders
from tui.articles.loading import Library
from tui.characters import clipped
from tui.disk import read_regular
from tui.doctor.findings import Area
from tui.doctor.patient import Patient
from tui.errors import FileError
from tui.exchange.anchoring_words import open_sentence
from tui.exchange.checking import Severity, check_workspace
from tui.exchange.files import AnnotatorFolder
from tui.model.records import Claim
from tui.session.opening import named_in_config
from tui.session.report import Report
from tui.session.session import Session
from tui.session.sync import unexported
from tui.store.texts import FOLDER
from tui.text.numbers import agreeing, counted, spaced
from tui.workspace import Workspace

_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""What `tui.disk` calls a file before it is in its place."""
TEXT_BYTES = 64 * 2**20
"""No text is larger."""


def examine(patient: Patient, area: Area) -> None:
    if patient.workspace is None:
        area.well.append("not examined before the settings are right")
        return
    _files(patient.workspace, patient.library(patient.workspace), area)
    if patient.reader is not None:
        _left_by_export(patient.workspace, patient.reader, area)
    session = patient.session()
    if session is None:
        area.well.append(f"not compared with the store: {patient.why_not}")
        return
    _exchange(session, patient.report, area)


def examine_anchors(patient: Patient, area: Area) -> None:
    if (session := patient.session()) is None:
        area.well.append(f"not examined: {patient.why_not}")
        return
    view = session.desk.view
    placed = view.all_placed()
    claims = [record for record in view.records.records() if isinstance(record, Claim)]
    missing = Counter(claim.article for claim in claims if claim.article not in session.articles)
    stand = len(claims) - missing.total() - len(placed)
    area.well.append(
        f"{spaced(stand)} {agreeing(stand, 'claim', 'claims')} of {session.annotator} where "
        f"{agreeing(stand, 'it was', 'they were')} marked"
    )
    named = named_in_config(session.workspace, view.renamed)
    for old, new in sorted(view.renamed.items()):
        also = f"; write {clipped(new)} at {named[old]} too, which has the old name" if old in named else ""
        area.warning(
            f"the article {clipped(old)} was renamed to {clipped(new)}; its claims are shown there",
            f"`variorum reanchor` writes them under the new name{also}",
        )
    moved = Counter(one.now.article for one in placed if not one.is_open)
    if moved:
        area.warning(
            f"articles changed since {counted(moved.total(), 'claim')} {agreeing(moved.total(), 'was', 'were')} made; "
            "the Reader shows where the words are now",
            "`variorum reanchor` writes the new places, `--dry-run` shows them",
            details=[f"{clipped(article)}: {counted(number, 'claim')}" for article, number in sorted(moved.items())],
        )
    waiting = [one for one in placed if one.is_open]
    if waiting:
        said = open_sentence(Counter(one.outcome for one in waiting))
        articles = Counter(one.now.article for one in waiting)
        area.warning(
            f"{said}: articles say something else now",
            "settle each in the Reader; the command palette lists what is open",
            details=[f"{clipped(article)}: {counted(number, 'claim')}" for article, number in sorted(articles.items())],
        )
    if missing:
        area.warning(
            f"{counted(missing.total(), 'claim')} can't be shown, as the articles are not there",
            "put the files back under their names, or mend what `variorum check` says of them",
            details=[f"{clipped(article)}: {counted(number, 'claim')}" for article, number in sorted(missing.items())],
        )
    _texts(patient.store / FOLDER, area)


def _files(workspace: Workspace, library: Library, area: Area) -> None:
    names, problems = annotator_folders(workspace.annotations)
    for problem in problems:
        place, _, sentence = problem.partition(": ")
        what, _, mend = sentence.rpartition(": ")
        area.error(f"{place}: {what or sentence}", mend or "see to it that it can be read")
    counts = Counter(finding.severity for finding in check_workspace(workspace, library) if finding.kind != "folder")
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if errors or warnings:
        said = f"{counted(errors or 'no', 'error')} and {counted(warnings or 'no', 'warning')} in the files"
        (area.error if errors else area.warning)(said, "`variorum check` lists them, each with its line")
    files = sum(map(_count, (AnnotatorFolder(workspace.annotations, name) for name in names)))
    area.well.append(f"{counted(files, 'file')} of {counted(len(names), 'reader')}")


def _left_by_export(workspace: Workspace, reader: str, area: Area) -> None:
    """Files that were never finished, as after a kill; `git add` would take them in."""
    found = [
        (Path(root) / name).relative_to(workspace.root).as_posix()
        for root, _, names in os.walk(workspace.annotations / reader, followlinks=False)
        for name in names
        if _UNFINISHED.fullmatch(name)
    ]
    if found:
        area.note(
            "an export was stopped while it wrote: what it left is hidden, and `git add` would take it in",
            "export again, then delete it",
            details=[clipped(path, 200) for path in found],
        )


def _count(folder: AnnotatorFolder) -> int:
    try:
        return sum(1 for _ in folder.paths())
    except FileError:
        return 0  # a finding of `check`


def _exchange(session: Session, report: Report, area: Area) -> None:
    """What reading one's own YAML meets, and what was not written yet."""
    if report.stopped:
        for problem in report.problems:
            wrong, _, mend = problem.rpartition(": ")
            area.error(wrong or problem, mend)
        return
    if report.clashes:
        area.error(
            f"{counted(sum(map(len, report.clashes.values())), 'record')} changed here and deleted in the file, or the "
            "other way round; all is kept, and the file is not written",
            "`variorum export --ours` writes yours, `variorum import --theirs` takes the file's",
            details=list(report.clashes),
        )
    paths = unexported(session.store, session.annotator)
    if paths and session.read_only is None:
        area.note(
            f"{counted(len(paths), 'file')} of {session.annotator} {agreeing(len(paths), 'lacks', 'lack')} something "
            "that is recorded here",
            "`variorum export` writes it, as leaving does",
            details=[clipped(path) for path in paths],
        )


def _texts(folder: Path, area: Area) -> None:
    """Whether each text kept is the one its name says."""
    if folder.is_symlink() or not folder.is_dir():
        return
    bad = []
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in paths:
        try:
            good = hashlib.sha256(read_regular(path, TEXT_BYTES)).hexdigest() == path.name
        except OSError:
            good = False
        if not good:
            bad.append(clipped(path.name))
    area.well.append(f"{counted(len(paths) - len(bad), 'earlier text')} kept")
    if bad:
        area.warning(
            f"{counted(len(bad), 'kept text')} {agreeing(len(bad), 'is', 'are')} not what the name says, and no help "
            "in finding claims again",
            "delete it; it is kept anew from the article, if that is still the same",
            details=bad,
        )
