"""The part of YAML that Variorum reads: mappings, lists and scalars, each with its line, and nothing that bites.

Files come from other people, so what YAML offers beyond plain data is refused: anchors, aliases, tags, directives,
several documents, duplicate keys, deep nesting. The tree is built here from the parser's stream of events, because
loading through PyYAML accepts duplicate keys, hangs on a few hundred bytes of aliases and crashes on deep brackets.

Only `true`, `false`, `null`, whole numbers and decimals are more than text: `no`, `0123`, `12:30` and dates stay as
they were typed. Quoted and block scalars are always text.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, AnyStr, TypeAlias, Union

from tui.characters import clipped
from tui.disk import NotRegularError, TooLargeError, read_regular
from tui.errors import Place, UnfinishedMergeError, YamlError
from tui.model.records import Plain

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 8
MAX_EVENTS = 5_000_000
"""About 150 000 records: what a file may cost in memory, however small its values are. A value is an event of the
parser, and so is a key; a list or a mapping is two."""

Value: TypeAlias = Union[str, int, float, bool, "list[Node]", "dict[str, Node]", None]

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
# Long enough for the smallest and the largest float written out.
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,308})\.[0-9]{1,400}")
_WORDS = {"true": True, "false": False, "null": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# A line that begins so, at whatever YAML takes for the end of the one before. PyYAML's parser in C looks through all
# directives for each that it meets, which takes minutes for a megabyte of them.
_DIRECTIVE = re.compile("%(?<![^\n\r\x85\u2028\u2029]%)(?:TAG|YAML)[ \t]")
_CONFLICT = re.compile(r"^(?:<{7,}|\|{7,}|={7,}|>{7,})(?=[ \r\n]|\Z)", re.MULTILINE)
"""Git makes its markers longer within the base of histories that crossed, and where `.gitattributes` says so."""
_SURROGATE = re.compile("[\ud800-\udfff]")

# What PyYAML's two parsers call the common mistakes, and what to tell a person.
_MISTAKES = (
    ("cannot start any token", "this character can't begin a value: put the text in quotes, and indent with spaces"),
    ("mapping values are not allowed", "there is a colon too many, or the line is indented wrongly: quote the text"),
    ("expected ':'", "a key without its colon, or a line that is indented wrongly"),
    ("expected key", "this line is indented differently from those it belongs to, or the text needs quotes"),
    ("expected <block end>", "this line is indented differently from those it belongs to, or the text needs quotes"),
    ("expected '-' indicator", "this line is not an item of the list it stands in: check the indentation"),
    ("sequence entries are not allowed", "a list can't begin here: put it on lines of its own"),
    ("expected ',' or ']'", "a list in [brackets] that is not closed, or lacks a comma"),
    ("expected ',' or '}'", "a mapping in {braces} that is not closed, or lacks a comma"),
    ("unknown escape", "a backslash that means nothing: write it twice, or use single quotes"),
    ("decimal number", "a backslash escape that is not complete"),
    ("escape code", "a backslash escape that names no character"),
    ("tab character", "a tab stands where only spaces may: indent with spaces"),
    ("alias", "aliases (*name) are not read here: write the value out"),
    ("anchor", "anchors (&name) are not read here: write the value out"),
    ("tag", "tags (!name) are not read here: leave them out"),
    ("expected '<document start>'", "this line belongs to nothing above it: check the indentation"),
)


@dataclass(slots=True)
class Node:
    """One value and where it stands; `line` and `column` count from 1. Not to be changed once it is read."""

    line: int
    column: int
    value: Value
    _key_lines: dict[str, int] | None = field(default=None, repr=False, compare=False)

    def key_line(self, key: str) -> int:
        """The line where `key` of this mapping stands; that of the mapping itself where it has no such key."""
        return (self._key_lines or {}).get(key, self.line)

    def plain(self) -> Plain:
        """The value as plain data, without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """The deepest node that stands on `path`: the nearest there is to what a `RecordError` speaks of."""
        node = self
        for step in path:
            inside = node._inside(step)
            if inside is None:
                break
            node = inside
        return node

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line to show for `path`: where the key of the deepest node on it stands, else that node's own."""
        node, line = self, self.line
        for step in path:
            inside = node._inside(step)
            if inside is None:
                break
            line = node.key_line(step) if isinstance(step, str) else inside.line
            node = inside
        return line

    def _inside(self, step: str | int) -> "Node | None":
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None


def read_yaml_file(path: Path, source: str) -> Node:
    """What the file at `path` holds; `source` is the name it has in errors.

    Raises:
        YamlError: it is no regular file, too large, can't be read, or is not the YAML read here.
    """
    try:
        data = read_regular(path, MAX_BYTES)
    except NotRegularError:
        raise YamlError(Place(source), "this is not a regular file; links, folders and devices are not read") from None
    except TooLargeError:
        raise _too_large(source) from None
    except OSError as error:
        raise YamlError(Place(source), f"the file can't be read: {error.strerror or error}") from None
    return parse(data, source)


def parse(data: bytes, source: str) -> Node:
    """The one document in `data`; an empty one is a node whose value is None.

    Raises:
        YamlError: not UTF-8, too large, not YAML, or YAML of a kind that is not read here.
    """
    text = _decode(data, source)
    return _build(_events(text, source), source)


def is_unfinished_merge(data: bytes) -> bool:
    """Whether git left both versions of a text in this file, between its markers."""
    return _CONFLICT.search(data.decode("utf-8", "replace")) is not None


def holds_too_much(data: bytes) -> bool:
    """Whether `parse` would refuse the file, which Variorum wrote, because there is more in it than is read."""
    # Nearly always this tells: a line has five events at most (a key, two brackets, two numbers), and more only where
    # it begins several lists or holds further items between its brackets.
    most = 6 + 5 * (data.count(b"\n") + 1) + 2 * data.count(b"- ") + data.count(b", ")
    if most <= MAX_EVENTS:
        return False
    return sum(1 for _ in islice(_events(data.decode(), ""), MAX_EVENTS + 2)) > MAX_EVENTS + 1


def _decode(data: bytes, source: str) -> str:
    if len(data) > MAX_BYTES:
        raise _too_large(source)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + _line_ends(data, b"\n", b"\r", error.start)
        raise YamlError(Place(source, line), "this is not UTF-8; save the file with that encoding") from None
    if conflict := _CONFLICT.search(text):
        sentence = "an unfinished git merge: settle the lines between <<<<<<< and >>>>>>>"
        raise UnfinishedMergeError(_place_in(text, conflict.start(), source), sentence)
    if control := _CONTROL.search(text):
        sentence = f"the control character U+{ord(control[0]):04X} stands here: write it as an escape, in quotes"
        raise YamlError(_place_in(text, control.start(), source), sentence)
    if directive := _DIRECTIVE.search(text):
        sentence = "directives (%TAG, %YAML) are not read here: take the line out"
        raise YamlError(_place_in(text, directive.start(), source), sentence)
    return text


def _too_large(source: str) -> YamlError:
    return YamlError(Place(source), f"the file is larger than {MAX_BYTES // 1024**2} MB, which is more than is read")


def _place_in(text: str, offset: int, source: str) -> Place:
    begin = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return Place(source, _line_ends(text, "\n", "\r", offset) + 1, offset - begin + 1)


def _line_ends(text: AnyStr, feed: AnyStr, carriage: AnyStr, end: int) -> int:
    """How many lines end before `end`; they are counted only, because a file can have millions."""
    return text.count(feed, 0, end) + text.count(carriage, 0, end) - text.count(carriage + feed, 0, end)


def _events(text: str, source: str) -> Iterator[Any]:
    # Imported here because most commands that only print help or a version never need it.
    import yaml

    last: Any = None
    try:
        for last in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            yield last
    except yaml.YAMLError as error:
        place, sentence = _mistake(error, last, text, source)
        raise YamlError(place, sentence) from None
    except (ValueError, OverflowError):  # the parser written in Python lets through escapes beyond Unicode
        raise YamlError(Place(source), "a \\U escape in this file names no character") from None


def _mistake(error: Any, last: Any, text: str, source: str) -> tuple[Place, str]:
    """Where a person made the mistake that the parser stumbled over after the event `last`, and what to do."""
    found, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = found or began
    if mark is None:
        return Place(source), "this is not YAML"
    problem = f"{getattr(error, 'problem', None) or ''} {getattr(error, 'context', None) or ''}"
    place = _at(mark, source)
    if began is not None and ("unexpected end" in problem or "unexpected document" in problem):
        return _at(began, source), "the quote that begins here is never closed: close it, best in the same line"
    if getattr(last, "style", None) in ("'", '"') and not text[last.end_mark.index : mark.index].strip(" "):
        # A quote that was not closed is closed by the next mark that comes, far below: there the parser stumbles.
        if last.start_mark.line != mark.line:
            sentence = f"the quote that begins here is not closed before line {mark.line + 1}"
            return _at(last.start_mark, source), f"{sentence}: close it, best in the same line"
        return place, "text follows a quote that is closed: put all of it in one pair of quotes"
    if text[mark.index : mark.index + 1] == "\t":
        return place, "a tab stands where only spaces may: indent with spaces"
    known = (sentence for words, sentence in _MISTAKES if words in problem)
    return place, next(known, "this is not YAML: look at this line and the one above it")


def _at(mark: Any, source: str) -> Place:
    return Place(source, mark.line + 1, mark.column + 1)


def _build(events: Iterator[Any], source: str) -> Node:
    from yaml import AliasEvent, DocumentStartEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent
    from yaml.events import CollectionEndEvent

    root: Node | None = None
    open_nodes: list[Node] = []
    open_keys: list[str | None] = []  # beside each open node: the key whose value comes next, in mappings
    for number, event in enumerate(events):
        if number > MAX_EVENTS:
            raise _refusal(event, source, "there is more in this file than is read: split it")
        value: Value
        match event:
            case ScalarEvent():
                value = event.value
                if event.style == '"' and _SURROGATE.search(event.value):
                    raise _refusal(event, source, "an escape in this text names half a character")
            case MappingStartEvent():
                value = {}
            case SequenceStartEvent():
                value = []
            case CollectionEndEvent():
                open_nodes.pop()
                open_keys.pop()
                continue
            case AliasEvent():
                raise _refusal(event, source, "aliases (*name) are not read here: write the value out")
            case DocumentStartEvent() if root is not None:
                raise _refusal(event, source, "a second document begins here; only one is read from a file")
            case _:
                continue
        if event.anchor is not None:
            raise _refusal(event, source, "anchors (&name) are not read here: write the value out")
        if event.tag is not None:
            raise _refusal(event, source, "tags (!name) are not read here: leave them out")
        parent = open_nodes[-1] if open_nodes else None
        if parent is not None and isinstance(parent.value, dict) and open_keys[-1] is None:
            if not isinstance(value, str):
                raise _refusal(event, source, "a key must be a text, not a list or a mapping")
            if value in parent.value:
                first = parent.key_line(value)
                raise _refusal(event, source, f"“{clipped(value, 40)}” stands here twice, first in line {first}")
            open_keys[-1] = value
            if parent._key_lines is None:
                parent._key_lines = {}
            parent._key_lines[value] = event.start_mark.line + 1
            continue
        if isinstance(value, str) and not event.style:
            value = _resolve(value)
        node = Node(event.start_mark.line + 1, event.start_mark.column + 1, value)
        if parent is None:
            root = node
        elif isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict) and (key := open_keys[-1]) is not None:
            parent.value[key] = node
            open_keys[-1] = None
        if isinstance(value, (dict, list)):
            if len(open_nodes) >= MAX_DEPTH:
                raise _refusal(event, source, f"lists and mappings are nested more than {MAX_DEPTH} deep here")
            open_nodes.append(node)
            open_keys.append(None)
    return root if root is not None else Node(1, 1, None)


def _resolve(text: str) -> Value:
    """What a plain scalar, one without quotes, stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _refusal(event: Any, source: str, sentence: str) -> YamlError:
    return YamlError(Place(source, event.start_mark.line + 1, event.start_mark.column + 1), sentence)
