"""The lines of an article and what each is, as far as it can be told without looking for sentences."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tui.articles.credits import agency_of, author_of, url_of
from tui.articles.dates import is_date_line
from tui.articles.scrape import is_debris, is_duration, without_credit
from tui.model.article import StatementKind

_FINAL_STOP = re.compile(r"[.!?…:;,。！？؟।][\"'”’»›)\]]*$")
_FULL_STOP = re.compile(r"[.…。][\"'”’»›)\]]*$")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{4}[.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_HEADLINE_LONGEST = 220
"""Characters; the line under a headline that sums the article up counts as one too."""
_SENTENCE_TITLE_LONGEST = 120
_REPEATED_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its text without the white space around it, and where that starts."""

    start: int
    text: str

    @property
    def stopped(self) -> bool:
        """Whether it ends as a sentence does, or goes on in the next line."""
        return _FINAL_STOP.search(self.text[-8:]) is not None

    @property
    def looks_like_headline(self) -> bool:
        """Whether it could stand above something: short, without a final stop, not an item of a list."""
        first = self.text[0]
        return not self.stopped and len(self.text) <= _HEADLINE_LONGEST and not first.islower() and first not in "-*•+>"


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank. Only LF ends a line."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        if stripped := raw.strip():
            lines.append(Line(start + len(raw) - len(raw.lstrip()), stripped))
        start += len(raw) + 1
    return lines


def title_line(lines: Sequence[Line]) -> Line | None:
    """The line that seems to be the title: the first that is no debris, date, byline or address, if it is short.

    A title stands above something, so the last line is none. One that ends with a stop must be one short sentence.
    """
    for line in lines[:-1]:
        words = line.text
        if is_debris(words) or is_date_line(words) or url_of(words) or agency_of(words) or author_of(words):
            continue
        if len(words) > _HEADLINE_LONGEST or without_credit(words) is not None:
            return None
        if _FULL_STOP.search(words) and (len(words) > _SENTENCE_TITLE_LONGEST or _TWO_SENTENCES.search(words)):
            return None
        return line
    return None


def line_kinds(lines: Sequence[Line]) -> list[StatementKind | None]:
    """What each line is; None where its sentences must tell."""
    title = title_line(lines)
    credited = [without_credit(line.text) for line in lines]
    captions = {caption for caption in credited if caption}
    repeatable = Counter(line.text for line in lines if not line.stopped and len(line.text) <= _REPEATED_LONGEST)
    seen: set[str] = set()
    kinds: list[StatementKind | None] = []
    for number, line in enumerate(lines):
        around = (lines[at].text for at in (number - 1, number + 1) if 0 <= at < len(lines))
        if is_debris(line.text) or (repeatable[line.text] > 1 and line.text in seen):
            kind: StatementKind | None = StatementKind.DEBRIS
        elif is_date_line(line.text):
            kind = StatementKind.DATE_LINE
        elif line is title:
            kind = StatementKind.HEADLINE
        elif line.text in captions or credited[number] is not None:
            kind = StatementKind.CAPTION
        elif line.looks_like_headline and any(map(is_duration, around)):
            kind = StatementKind.CAPTION  # of a video
        else:
            kind = None
        seen.add(line.text)
        kinds.append(kind)
    return kinds
