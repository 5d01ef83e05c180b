"""What one file of annotations holds: an annotator's claims in one article, that annotator's links and remarks, or
their decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tui.errors import FileError, VariorumError
from tui.model.filing import DECIDED
from tui.model.plain import DEFINITIONS
from tui.model.records import ArticleNote, Claim, Contradiction, Decision, DuplicateGroup, Plain, Record, Remark
from tui.model.shapes import Digest, Field, Text

FORMAT = "variorum/1"

ARTICLE_HEADER = (
    Field("article", Text(is_needed=True), "the article's id, as the file's name has it", is_needed=True),
    Field("text_sha256", Digest(), "the SHA-256 of the text that the claims are made on"),
    *DEFINITIONS["notes"].fields,
)
"""What stands before the claims, below the format."""
ARTICLE_SECTIONS = ("claims",)
LINKS_SECTIONS = ("contradictions", "duplicates", "remarks")
DECISIONS_SECTIONS = ("decisions",)

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """`annotations/<annotator>/<article>.yaml`."""

    annotator: str
    article: str
    text_sha256: str
    """The text its claims were made on, unless a claim says otherwise; empty where there are no claims."""
    note: ArticleNote | None = None
    claims: tuple[Claim, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)
    """Keys of the header that this version does not know."""

    @property
    def records(self) -> tuple[Record, ...]:
        return (*(() if self.note is None else (self.note,)), *self.claims)


@dataclass(frozen=True, slots=True)
class LinksFile:
    """`annotations/<annotator>/links.yaml`."""

    annotator: str
    contradictions: tuple[Contradiction, ...] = ()
    duplicates: tuple[DuplicateGroup, ...] = ()
    remarks: tuple[Remark, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        return (*self.contradictions, *self.duplicates, *self.remarks)


@dataclass(frozen=True, slots=True)
class DecisionsFile:
    """`annotations/<annotator>/decisions.yaml`."""

    annotator: str
    decisions: tuple[Decision, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        return self.decisions


AnnotationFile: TypeAlias = ArticleFile | LinksFile | DecisionsFile


def sections_of(article: str | None) -> tuple[str, ...]:
    """The kinds of records that the file about this article holds; None: the links, `DECIDED`: the decisions."""
    return LINKS_SECTIONS if article is None else DECISIONS_SECTIONS if article == DECIDED else ARTICLE_SECTIONS


class AnnotationErrors(VariorumError):
    """Everything that is wrong in one file of annotations, by line; `str()` shows the first few."""

    def __init__(self, errors: tuple[FileError, ...]) -> None:
        shown = [str(error) for error in errors[:_SHOWN]]
        if len(errors) > _SHOWN:
            shown.append(f"and {len(errors) - _SHOWN} more in this file")
        super().__init__("\n".join(shown))
        self.errors = errors
