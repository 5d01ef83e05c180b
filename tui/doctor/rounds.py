"""All examinations, one after the other, and mending what they find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tui.collector import uncollected
from tui.doctor import annotations, libraries, permissions, reading, repository, settings, store, terminal
from tui.doctor.findings import Area, Finding, Fix
from tui.doctor.patient import Patient
from tui.errors import VariorumError

ROUNDS = 5
"""What is mended may show what could not be seen before; this often it is looked at again."""

Examination: TypeAlias = Callable[[Patient, Area], None]

EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("workspace", settings.examine),
    ("store", store.examine),
    ("reading", reading.examine),
    ("YAML", annotations.examine),
    ("anchors", annotations.examine_anchors),
    ("git", repository.examine),
    ("permissions", permissions.examine),
    ("terminal", terminal.examine),
    ("Python", libraries.examine),
)


@dataclass(slots=True)
class Mended:
    """What mending did."""

    done: list[str] = field(default_factory=list)
    """Sentences."""
    failed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Key of a finding → why it could not be mended."""


def examine(patient: Patient) -> list[Area]:
    """Examine everything; nothing is written. One examination that fails stops no other."""
    areas = []
    for name, examination in EXAMINATIONS:
        area = Area(name)
        try:
            with uncollected():
                examination(patient, area)
        except (VariorumError, OSError) as error:
            area.error(f"this could not be examined to its end: {error}", "mend that first, then examine it again")
        areas.append(area)
    patient.forget()
    return areas


def mend(patient: Patient) -> tuple[list[Area], Mended]:
    """Do what is safe, and return what is found after that."""
    mended = Mended()
    for _ in range(ROUNDS):
        areas = examine(patient)
        findings = [finding for area in areas for finding in area.findings if finding.key not in mended.failed]
        fixes = [(finding, finding.fix) for finding in findings if finding.fix is not None]
        if not fixes:
            return areas, mended
        for finding, fix in fixes:
            _mend(finding, fix, mended)
    return examine(patient), mended


def _mend(finding: Finding, fix: Fix, mended: Mended) -> None:
    try:
        mended.done += fix()
    except VariorumError as error:
        mended.failed[finding.key] = str(error)
    except OSError as error:
        mended.failed[finding.key] = error.strerror or str(error)
