"""Quotations in a line of text, for all the marks that newspapers use."""

import re

# What may close each mark that opens; German sets „…“ and »…«, Swedish ”…”.
_CLOSED_BY = {
    "“": "”", "„": "“”", "‟": "”", "”": "”", "‘": "’", "‚": "‘’", '"': '"', "'": "'",
    "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_CLOSED_BY)}’」』]")
_BOTH_WAYS = "\"'‘”»›"
"""What opens only where a word begins: elsewhere it is an apostrophe or closes."""
_GOES_ON = '“„«"'
"""What begins a paragraph of a quotation that the next paragraph goes on with: there it isn't closed."""
_BEFORE_OPENING = "([{-‐–—―/" + "".join(_CLOSED_BY)
_AFTER_CLOSING = ".,;:!?)]}”’»›"


def quotation_around(text: str, offset: int) -> tuple[int, int] | None:
    """The innermost quotation that holds `offset`, with its marks; None where there is none, or it is doubtful.

    Quotations don't go beyond a line. One that begins a line and isn't closed in it reaches to the line's end, as in
    a quotation of several paragraphs; any other that isn't closed is doubtful.
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    place = offset - start
    open_marks: list[int] = []  # innermost last, no kind of mark twice
    for match in _MARK.finditer(line):
        at = match.start()
        begins = at == 0 or line[at - 1].isspace() or line[at - 1] in _BEFORE_OPENING
        leads_on = at + 1 < len(line) and not line[at + 1].isspace() and line[at + 1] not in _AFTER_CLOSING
        if not (begins and leads_on) and not _is_apostrophe(line, at):
            closed = next((mark for mark in reversed(open_marks) if line[at] in _CLOSED_BY[line[mark]]), None)
            if closed is not None:
                if closed <= place <= at:
                    return start + closed, start + at + 1
                del open_marks[open_marks.index(closed) :]
                continue
        if line[at] in _CLOSED_BY and (line[at] not in _BOTH_WAYS or (begins and leads_on)):
            for index, mark in enumerate(open_marks):
                if line[mark] == line[at]:  # it was never closed, nor what it holds
                    del open_marks[index:]
                    break
            open_marks.append(at)
    indent = len(line) - len(line.lstrip())
    if open_marks[:1] == [indent] and line[indent] in _GOES_ON and indent <= place < len(line):
        return start + indent, start + len(line)
    return None


def quoted(words: str) -> str:
    """The words in quotation marks, unless they begin or end with one of their own."""
    marks = '“”„«»"'
    return words if words.startswith(tuple(marks)) or words.endswith(tuple(marks)) else f"“{words}”"


def _is_apostrophe(line: str, at: int) -> bool:
    return line[at] in "'’‘" and line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()
