"""Articles and the statements they are read by."""

from dataclasses import dataclass
from enum import StrEnum

from tui.model.span import Span

SUFFIXES = (".txt", ".md")
"""The ends, in small letters, of the names of files that hold an article."""


class StatementKind(StrEnum):
    HEADLINE = "headline"
    SENTENCE = "sentence"
    CAPTION = "caption"
    DATE_LINE = "date line"
    DEBRIS = "debris"
    """What a scrape leaves behind ("top of page"): shown dimmed, skipped by the cursor, never suggested."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence-like piece of an article: the unit the cursor moves by. Derived, never stored."""

    span: Span
    kind: StatementKind


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing known about an article; `guessed` when neither front matter nor config.yaml says it."""

    value: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One source text. `text` is what offsets count in: decoded, front matter taken off, line ends as LF."""

    id: str
    file: str
    """Path below the workspace, with `/`."""
    text: str
    sha256: str
    """Of the UTF-8 of `text`, in hexadecimal."""
    title: Detail
    """Never missing: where nothing can be guessed it is the id, as a guess."""
    outlet: Detail | None = None
    agency: Detail | None = None
    author: Detail | None = None
    date: Detail | None = None
    """ISO 8601, `2023-06-20`, where it could be read as a date; else as it stands."""
    url: Detail | None = None
    language: Detail | None = None


@dataclass(frozen=True, slots=True)
class BadArticle:
    """A file in the articles folder that can't be read as an article; listed with its problem, it stops nothing."""

    file: str
    problem: str
