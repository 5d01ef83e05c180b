"""What an examination comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

SHOWN = 10
"""Details of one finding that are named; the rest is counted."""

Fix: TypeAlias = Callable[[], Sequence[str]]
"""Mends what was found, and returns sentences that say what was done; raises `VariorumError` or `OSError`."""


class Severity(StrEnum):
    ERROR = "error"
    """Something does not work, or will be lost."""
    WARNING = "warning"
    """Something that may go wrong, or is not as it should be."""
    NOTE = "note"
    """Something to know."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    area: str
    severity: Severity
    wrong: str
    """What is wrong, as a sentence."""
    mend: str
    """How to mend it, as a sentence."""
    details: tuple[str, ...] = ()
    fix: Fix | None = None
    """Where it is safe to mend it without asking."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other findings, in a later examination too."""
        return self.area, self.wrong


@dataclass(slots=True)
class Area:
    """One area, as it was examined."""

    name: str
    well: list[str] = field(default_factory=list)
    """What was found well, in a few words each."""
    findings: list[Finding] = field(default_factory=list)

    def error(self, wrong: str, mend: str, *, details: Sequence[str] = (), fix: Fix | None = None) -> None:
        self._add(Severity.ERROR, wrong, mend, details, fix)

    def warning(self, wrong: str, mend: str, *, details: Sequence[str] = (), fix: Fix | None = None) -> None:
        self._add(Severity.WARNING, wrong, mend, details, fix)

    def note(self, wrong: str, mend: str, *, details: Sequence[str] = (), fix: Fix | None = None) -> None:
        self._add(Severity.NOTE, wrong, mend, details, fix)

    def _add(self, severity: Severity, wrong: str, mend: str, details: Sequence[str], fix: Fix | None) -> None:
        shown = tuple(details[:SHOWN])
        if len(details) > SHOWN:
            shown += (f"… and {len(details) - SHOWN} more",)
        self.findings.append(Finding(self.name, severity, wrong, mend, shown, fix))
