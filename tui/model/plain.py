"""The one place where records become plain data (what YAML and JSON hold) and come back.

The same shape serves the store and the YAML files. Keys stand in the order in which they are declared here, and what
is not set is not written. Reading checks every type and range and refuses with a `RecordError` that names the way to
the wrong value; keys this version does not know are kept in `extra`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from tui.characters import clipped
from tui.errors import RecordError
from tui.model.ids import is_id
from tui.model.records import (
    CONTEXT,
    GIST_LIMIT,
    ArticleNote,
    Certainty,
    Claim,
    Contradiction,
    Decision,
    DuplicateGroup,
    Plain,
    Record,
    Remark,
    Stance,
    Status,
    SuggestionKind,
    Verdict,
)
from tui.model.shapes import MAX_ITEMS, Anything, Choice, Digest, Ends, Field, Flag, Offsets, Side, Text, Texts

__all__ = ["DEFINITIONS", "KINDS", "KNOWN_KEYS", "LETTERS", "MAX_ITEMS", "Definition", "from_plain", "to_plain"]

_TEXT, _NEEDED_TEXT = Text(), Text(is_needed=True)
_GIST = Field("gist", _TEXT, f"in one's own words, at most {GIST_LIMIT} characters: it heads lists")
_MEMO = Field("memo", _TEXT, "what you want to say about it")
_CONFLICTS = Field("conflicts", Anything(), "what a merge could not decide; it is settled in the application")
_LAST = (Field("created", _NEEDED_TEXT, "when it was made, UTC", is_needed=True), _CONFLICTS)


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of record: its class, and its keys in the order of the files."""

    record: type[Record]
    letter: str
    """The first letter of its ids; empty where the id is an article's."""
    fields: tuple[Field, ...]

    def needed(self) -> dict[str, Plain]:
        """The keys it can't do without, each with a value of the right shape."""
        return {field.key: field.shape.sample for field in self.fields if field.is_needed}


DEFINITIONS: dict[str, Definition] = {
    "claims": Definition(
        Claim,
        "c",
        (
            Field("article", _TEXT, "the article, where it is not that of the file"),
            Field("span", Offsets(), "half-open range of Unicode code points in the article's text", is_needed=True),
            Field("exact", _NEEDED_TEXT, "the words that stand there", is_needed=True),
            Field("prefix", _TEXT, f"the {CONTEXT} code points before them", default=""),
            Field("suffix", _TEXT, f"the {CONTEXT} code points after them", default=""),
            Field("tags", Texts(is_unique=True), "names from the codebook"),
            _GIST,
            Field(
                "said_by",
                Texts(keeps_empty=True),
                "who says it, as a chain, origin first; an empty list: the article in its own voice",
            ),
            Field("certainty", Choice(Certainty), "how the article puts it"),
            Field("when", _TEXT, "the time spoken of, as EDTF: 2023-06-19, 2023-02, 2021/.."),
            _MEMO,
            Field("from", _TEXT, "where it was taken from: ben/c1…, a colleague's claim", "from_"),
            Field(
                "text_sha256",
                Digest(),
                "the SHA-256 of the text it was made on, where it is not that of the file",
            ),
            *_LAST,
        ),
    ),
    "contradictions": Definition(
        Contradiction,
        "x",
        (
            _GIST,
            Field("between", Ends(), "the claims that can't all stand", "claims", is_needed=True),
            Field("kinds", Texts(is_unique=True), "kinds of contradiction, as config.yaml names them"),
            Field("status", Choice(Status), "open; explained: all can stand after all; resolved: one does"),
            _MEMO,
            *_LAST,
        ),
    ),
    "duplicates": Definition(
        DuplicateGroup,
        "d",
        (_GIST, Field("claims", Ends(), "the claims that state the same thing", is_needed=True), _MEMO, *_LAST),
    ),
    "remarks": Definition(
        Remark,
        "r",
        (
            Field("on", _NEEDED_TEXT, "the colleague's record it speaks of: ben/c5…", is_needed=True),
            Field("exact", _TEXT, "the words of that record"),
            Field("stance", Choice(Stance), "whether it comments or disagrees"),
            _MEMO,
            *_LAST,
        ),
    ),
    "decisions": Definition(
        Decision,
        "s",
        (
            Field("kind", Choice(SuggestionKind), "as what the pair was decided on", is_needed=True),
            Field("verdict", Choice(Verdict), "what was decided", is_needed=True),
            Field("a", Side(), "the statement that comes first, by article and place", is_needed=True),
            Field("b", Side(), "the other one", is_needed=True),
            *_LAST,
        ),
    ),
    "notes": Definition(
        ArticleNote,
        "",
        (
            Field("finished", Flag(), "whether the article is read to its end"),
            Field("memo", _TEXT, "what you want to say about the article"),
            _CONFLICTS,
        ),
    ),
}
"""Every kind of record by the plural it is filed under, in the store and in YAML."""

KINDS: dict[type[Record], str] = {definition.record: kind for kind, definition in DEFINITIONS.items()}
LETTERS = {kind: definition.letter for kind, definition in DEFINITIONS.items() if definition.letter}
"""The first letter of each kind's ids."""
KNOWN_KEYS = {kind: tuple(field.key for field in each.fields) for kind, each in DEFINITIONS.items()}

# What reading and writing ask for with every record, worked out once.
_Getter = Callable[[Record], tuple[Any, ...]]
_READERS = {
    kind: {field.key: (field.name, field.shape.read, isinstance(field.shape, Text)) for field in each.fields}
    for kind, each in DEFINITIONS.items()
}
_DEFAULTS = {
    kind: {field.name: field.default for field in each.fields if field.default is not None}
    for kind, each in DEFINITIONS.items()
}
_NEEDED = {
    kind: tuple((field.key, field.name) for field in each.fields if field.is_needed)
    for kind, each in DEFINITIONS.items()
}
_WRITERS: dict[type[Record], tuple[_Getter, tuple[tuple[str, Callable[[Any], Plain]], ...]]] = {
    each.record: (
        cast(_Getter, attrgetter(*(field.name for field in each.fields))),
        tuple((field.key, field.shape.plain) for field in each.fields),
    )
    for each in DEFINITIONS.values()
}


def to_plain(record: Record) -> dict[str, Plain]:
    """The record without its id and annotator, which its place in the file tells.

    A claim names its article and text; a file of claims whose header says so leaves them out.
    """
    values_of, fields = _WRITERS[type(record)]
    plain: dict[str, Plain] = {}
    for (key, as_plain), value in zip(fields, values_of(record), strict=True):
        if value.__class__ is str:  # most are, and are plain data already
            plain[key] = value
        elif value is not None and (written := as_plain(value)) is not None:
            plain[key] = written
    if not isinstance(record, ArticleNote):
        plain.update(record.extra)
    return plain


def from_plain(kind: str, id: str, plain: Plain, annotator: str, *, article: str = "", text_sha256: str = "") -> Record:
    """The record of `kind` (a plural of `DEFINITIONS`) that `plain` describes.

    `article` and `text_sha256` are what the file's header says, for claims that don't say it themselves; for notes,
    `id` is the article.

    Raises:
        RecordError: the id does not fit its kind, a value has a wrong type or range, or one that is needed is missing.
    """
    if not isinstance(plain, dict):
        raise RecordError((), "a mapping is expected here")
    definition = DEFINITIONS[kind]
    if definition.letter and not is_id(id, definition.letter):
        raise RecordError(
            (), f"“{clipped(id, 40)}” is no id of this kind: {definition.letter} and 12 characters are expected"
        )
    readers = _READERS[kind]
    values: dict[str, Any] = dict(_DEFAULTS[kind])
    extra: dict[str, Plain] = {}
    for key, value in plain.items():
        if (reader := readers.get(key)) is None:
            extra[key] = value
            continue
        name, read, is_text = reader
        if is_text and value.__class__ is str:  # most are, and need no call
            if value:
                values[name] = value
        elif (found := read(key, value)) is not None:
            values[name] = found
    for key, name in _NEEDED[kind]:
        if name not in values:
            raise RecordError((), f"“{key}” is missing")
    if kind == "notes":
        return ArticleNote(annotator=annotator, article=id, **values)
    if kind == "claims":
        values.setdefault("article", article)
        values.setdefault("text_sha256", text_sha256)
    make: Callable[..., Record] = definition.record
    return make(id=id, annotator=annotator, extra=extra, **values)
