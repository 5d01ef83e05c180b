"""Where the sentences of one line end."""

import re

_RUN_LONGEST = 100
_LONG_RUN = re.compile(rf"(?<!\S)\S{{{_RUN_LONGEST},}}")
_RUN_ENDS = 20

_ACRONYM = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}$")
_OPENER = re.compile(
    r"[\"“‘'(\[]?(?:A|After|Also|Although|An|And|As|At|Before|Both|But|By|Despite|During|Earlier|For|From|He|Her|His|How"
    r"|However|I|If|In|Instead|Is|It|Its|Last|Later|Many|Meanwhile|More|Most|Mr|Mrs|Ms|Neither|No|Not|Nor|Now|On|One|Or"
    r"|Other|Our|She|Since|So|Some|Still|Such|That|The|Their|Then|There|These|They|This|Those|Though|Thus|To|Under"
    r"|Until|We|What|When|Where|Whether|While|Who|Why|With|Yet|You)\b"
)
_WIDE_STOP = re.compile("[。！？][」』”’）]*")
_WORD = re.compile(r"\w")


def sentences(line: str) -> list[tuple[int, int]]:
    """The sentences of `line` as half-open ranges, in order, without the white space around them.

    Together they hold every character that is not white space. A piece without a letter or digit, such as a quotation
    mark that lost its quotation, belongs to the sentence before it.
    """
    spans: list[tuple[int, int]] = []
    worded = True  # whether the last sentence has a letter or digit yet
    start = 0
    for end in [*sorted(_breaks(line)), len(line)]:
        piece = line[start:end].rstrip()
        if stripped := piece.lstrip():
            stop = start + len(piece)
            at = stop - len(stripped)
            has_word = _WORD.search(stripped) is not None
            if spans and not (has_word and worded):
                at = spans.pop()[0]
                has_word = has_word or worded
            worded = has_word
            spans.append((at, stop))
        start = end
    return spans


def _breaks(line: str) -> set[int]:
    """The offsets inside `line` before which a sentence ends."""
    breaks = set() if line.isascii() else {found.end() for found in _WIDE_STOP.finditer(line)}
    breaks.update(offset for offset in _splitter_breaks(line) if not _inside_name(line, offset))
    return breaks


def _inside_name(line: str, offset: int) -> bool:
    """Whether the stop before `offset` is that of an acronym inside a sentence: “U.S. | Secretary of State”."""
    before = line[max(0, offset - 40) : offset].rstrip()
    if before[-3:-2] != ".":  # quickly said of nearly all
        return False
    return _ACRONYM.search(before) is not None and _OPENER.match(line[offset : offset + 40].lstrip()) is None


def warm() -> None:
    """Have the splitter read its model now, so that the first article need not wait for it. From any thread."""
    _splitter_breaks("")


def _splitter_breaks(line: str) -> list[int]:
    # Imported here because it takes as long as all the rest of this room, and listing articles doesn't need it.
    from nupunkt import sent_spans

    if max(map(len, line.split()), default=0) >= _RUN_LONGEST:
        line = _LONG_RUN.sub(_masked, line)
    return [end for _, end in sent_spans(line)]


def _masked(run: re.Match[str]) -> str:
    """The run with its middle made of one letter.

    The splitter's time grows with the square of a run like “!?!?!?”. It finds no end of a sentence inside one anyway.
    """
    first, last = run[0][:_RUN_ENDS], run[0][-_RUN_ENDS:]
    return first + "x" * (len(run[0]) - 2 * _RUN_ENDS) + last
