"""One difference of two statements that may be a conflict."""

from dataclasses import dataclass

from tui.suggest.suggestion import ReasonType

Place = tuple[int, int]
"""From and to which offset in the text of a statement."""

KINDS: dict[ReasonType, str] = {
    ReasonType.FIGURE: "number",
    ReasonType.DATE: "date",
    ReasonType.CERTAINTY: "certainty",
    ReasonType.NAME: "name",
    ReasonType.UNIQUENESS: "rank",
    ReasonType.REFUTATION: "existence",
    ReasonType.NEGATION: "existence",
    ReasonType.ATTRIBUTION: "attribution",
}
"""The kind of contradiction that each would be."""


@dataclass(frozen=True, slots=True)
class Finding:
    type: ReasonType
    score: float
    """From 0 to 1."""
    text: str
    a: tuple[Place, ...]
    b: tuple[Place, ...]
