"""A document as blocks, and its two looks: text for 80 columns, and Markdown.

The texts in a block come from articles and from other people. In Markdown every character that could mean something
there is escaped, so that a quote stays a quote: no link, no heading, no HTML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tui.text.cells import cells, plain_line
from tui.text.layout import Layout

WIDTH = 80
"""Columns."""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """1 to 3."""
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    """Each of its lines becomes a paragraph."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article, and below them whose they are."""

    words: str
    source: str
    notes: tuple[str, ...] = ()
    """What was noted about them, each on its own lines."""


Block: TypeAlias = Heading | Paragraph | Quote


def as_text(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of the document, each at most `WIDTH` cells unless a single grapheme is wider."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        match block:
            case Heading(1 | 2 as level, text):
                rows = list(wrapped(text, ""))
                yield from rows
                yield ("=" if level == 1 else "-") * max(map(cells, rows))
            case Heading(_, text):
                yield from wrapped(text, "", "  ")
            case Paragraph(text):
                for line in text.split("\n"):
                    yield from wrapped(line, "  ")
            case Quote(words, source, notes):
                yield from wrapped(words, "  | ")
                yield from wrapped(f"— {source}", "    ", "      ")
                for note in notes:
                    for line in note.split("\n"):
                        yield from wrapped(line, "    ")


def wrapped(text: str, first: str, others: str | None = None) -> Iterator[str]:
    """The text in rows that begin with `first`, those after the first one with `others` if it is given."""
    line = plain_line(text)
    others = first if others is None else others
    layout = Layout(line, WIDTH - max(len(first), len(others)))
    for number in range(len(layout)):
        start, end = layout.row(number)
        yield f"{others if number else first}{line[start:end]}"


def as_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of the document."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        match block:
            case Heading(level, text):
                yield f"{'#' * level} {escaped(text)}"
            case Paragraph(text):
                yield from _paragraphs(text, "")
            case Quote(words, source, notes):
                yield f"> {escaped(words)}"
                yield ">"
                yield f"> — {escaped(source)}"
                for note in notes:
                    yield ""
                    yield from _paragraphs(note, "")


def _paragraphs(text: str, indent: str) -> Iterator[str]:
    lines = [line for line in map(escaped, text.split("\n")) if line]
    for number, line in enumerate(lines):
        if number:
            yield ""
        yield f"{indent}{line}"


_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]{}<>&|~$#]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_BEGINS_SOMETHING = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """`text` on one line of Markdown, in which it means nothing but itself."""
    line = _MEANS_SOMETHING.sub(lambda match: f"\\{match[0]}", plain_line(text))
    # A list or an underlined heading begins with these; a number can't be escaped, but what follows it can.
    return _BEGINS_SOMETHING.sub(lambda match: f"\\{match[0]}" if match[0] in "-+=" else f"{match[0]}\\", line)
