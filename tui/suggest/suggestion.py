"""What the engine proposes, as values: a pair of statements, of which kind, how sure, and why."""

from dataclasses import dataclass
from enum import StrEnum

from tui.model.records import Passage, SuggestionKind
from tui.model.span import Span

__all__ = ["Passage", "Reason", "ReasonType", "Suggestion", "SuggestionKind", "reason_name"]


class ReasonType(StrEnum):
    """Why a pair is proposed; the strongest kinds of reason first."""

    RUN = "run"
    """A run of words that stands on both sides."""
    LIKENESS = "likeness"
    """Both share words that are rare in this workspace."""
    NEIGHBOUR = "neighbour"
    """One side is like a member of a duplicate group that holds the other."""
    FIGURE = "figure"
    DATE = "date"
    CERTAINTY = "certainty"
    NAME = "name"
    UNIQUENESS = "uniqueness"
    """Both claim to be the first, the most, the only one."""
    REFUTATION = "refutation"
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    """One side quotes or reports somebody, the other speaks for itself."""


def reason_name(type: ReasonType) -> str:
    """What a kind of reason is called in a list of them, wherever it is shown."""
    return {
        ReasonType.RUN: "a run of words on both sides",
        ReasonType.LIKENESS: "rare words on both sides",
        ReasonType.NEIGHBOUR: "like a member of a group",
        ReasonType.FIGURE: "figures",
        ReasonType.DATE: "dates",
        ReasonType.CERTAINTY: "certainty",
        ReasonType.NAME: "names",
        ReasonType.UNIQUENESS: "both the first, the most, the only",
        ReasonType.REFUTATION: "one side refutes",
        ReasonType.NEGATION: "one side denies",
        ReasonType.ATTRIBUTION: "one side quotes",
    }[type]


@dataclass(frozen=True, slots=True)
class Reason:
    type: ReasonType
    text: str
    """In plain words, for the reader; it may quote the articles, so it is as hostile as they are."""
    a: tuple[Span, ...] = ()
    """Where it stands in the article of the first side, as offsets in that article's text."""
    b: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair of statements that a person may accept or reject."""

    kind: SuggestionKind
    score: float
    """From 0 to 1; only comparable within a kind."""
    reasons: tuple[Reason, ...]
    """At least one, the strongest first."""
    a: Passage
    """The side that comes first by article id and span."""
    b: Passage
    contradiction_kinds: tuple[str, ...] = ()
    """Of a possible conflict the kinds that `Contradiction.kinds` would have: number, date, name, …"""
