"""`variorum show`: a file of annotations as it is read, with words instead of offsets, as git's diffs show it."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.cli import output
from tui.disk import TooLargeError, read_regular
from tui.errors import FileError, Place, VariorumError
from tui.exchange.annotation_files import AnnotationFile, ArticleFile, DecisionsFile
from tui.exchange.conflicts import RECORD, read_conflict
from tui.exchange.ends import SaidOfEnds, said_of_ends
from tui.exchange.merging_fields import PLACE
from tui.exchange.reader import read_any
from tui.model.plain import KINDS, to_plain
from tui.model.records import ArticleNote, Decision, Plain, Record
from tui.strict_yaml import MAX_BYTES

DESCRIPTION = """
Prints a file of annotations as it is read: a record begins with its id, the words of a claim, of a link's ends and
of a decision's sides stand in quotation marks, offsets and hashes are left out. Git's diffs of annotations are made of
this after `variorum git-setup`. A file that can't be read is printed as it stands, and one that is too large is only
named.
"""
_LEFT_OUT = {"article", "span", "prefix", "suffix", "text_sha256", "created", "exact", "between", "claims", "a", "b"}
_NAMES = {
    "claims": "claim",
    "contradictions": "contradiction",
    "duplicates": "duplicates",
    "remarks": "remark",
    "decisions": "decision",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("file", metavar="FILE", type=Path, help="of annotations/")


def run(options: Namespace) -> int:
    try:
        data = read_regular(options.file, MAX_BYTES)
    except TooLargeError:
        # Where this fails, git shows nothing of any other file either.
        output.line(f"a file of more than {MAX_BYTES // 2**20} MB, which is more than is read")
        return 0
    except OSError as error:
        raise FileError(Place(str(options.file)), f"can't be read: {error.strerror}") from None
    try:
        file = read_any(data, str(options.file))
    except VariorumError as error:
        output.message(str(error))
        output.lines(data.decode("utf-8", "replace").splitlines())
        return 0
    output.lines(_lines(file, said_of_ends(data)))
    return 0


def _lines(file: AnnotationFile, said: Mapping[str, SaidOfEnds]) -> Iterator[str]:
    yield (
        file.article if isinstance(file, ArticleFile) else "decisions" if isinstance(file, DecisionsFile) else "links"
    )
    head = {} if not isinstance(file, ArticleFile) or file.note is None else to_plain(file.note)
    yield from _fields({**head, **file.extra}, "  ")
    for record in file.records:
        if isinstance(record, ArticleNote):
            continue
        yield ""
        yield f"{record.id} {_NAMES[KINDS[type(record)]]}"
        yield from _words(record, said.get(record.id, {}))
        yield from _fields(to_plain(record), "  ")


def _words(record: Record, said: SaidOfEnds) -> Iterator[str]:
    """What is quoted: the claim's own words, or those at the ends of a link or on the sides of a decision."""
    if isinstance(record, Decision):
        for side in (record.a, record.b):
            yield f"  {side.article}"
            yield from _text(f"“{side.exact}”", "    ")
            yield from _fields(json.loads(side.further or "{}"), "    ")
    plain = to_plain(record)
    if isinstance(exact := plain.get("exact"), str):
        yield from _text(f"“{exact}”", "  ")
    ends = plain.get("between", plain.get("claims"))
    for end in ends if isinstance(ends, list) else ():
        claim = str(end["claim"]) if isinstance(end, dict) else ""
        words = said.get(claim, {})
        yield f"  {words.get('article', '')} {claim}".rstrip()
        yield from _text(f"“{words.get('exact', '')}”", "    ")


def _fields(plain: Mapping[str, Plain], indent: str) -> Iterator[str]:
    for key, value in plain.items():
        if key in _LEFT_OUT:
            continue
        if value == [] and key == "said_by":
            value = "nobody (the article itself)"
        elif value and isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = ", ".join(map(str, value))
        if isinstance(value, str) and "\n" in value:
            yield f"{indent}{key}:"
            yield from _text(value, indent + "  ")
        elif isinstance(value, str):
            yield f"{indent}{key}: {value}"
        elif key == "conflicts" and isinstance(value, list):
            for each in value:
                yield from _conflict(each, indent)
        else:
            yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"


def _conflict(plain: Plain, indent: str) -> Iterator[str]:
    entry = read_conflict(plain)
    if entry is None:
        yield f"{indent}conflict: {json.dumps(plain, ensure_ascii=False, sort_keys=True)}"
        return
    yield f"{indent}conflict: {'the whole record' if entry.field == RECORD else entry.field}"
    for side, version in (("ours", entry.ours), ("theirs", entry.theirs), ("base", entry.base)):
        if version is None:
            yield f"{indent}  {side}: {'not there' if entry.field == RECORD else 'not set'}"
        elif isinstance(version, dict):
            yield f"{indent}  {side}:"
            if isinstance(exact := version.get("exact"), str):
                yield from _text(f"“{exact}”", indent + "    ")
            if entry.field == PLACE and isinstance(span := version.get("span"), list):
                yield f"{indent}    characters {' to '.join(map(str, span))}"
            yield from _fields(version, indent + "    ")
        else:
            yield from _fields({side: version}, indent + "  ")


def _text(text: str, indent: str) -> Iterator[str]:
    return (f"{indent}{line}" for line in text.split("\n"))
