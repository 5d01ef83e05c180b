"""What can be set in a workspace's config.yaml: every key with its limits, declared once.

`checks` holds a file to this and says in a sentence what does not fit; `variorum schema config` prints it for editors.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tui.config.values import COLOURS, DETAILS, FORMAT
from tui.model.records import Plain

MAX_TITLE, MAX_NAME, MAX_DESCRIPTION, MAX_DETAIL = 200, 40, 300, 1000
"""Characters in a line of text of each sort."""
LEAST_ITEMS = 1
"""In a list that is there; without any the key is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A setting that is one line of text."""

    description: str
    limit: int
    pattern: str | None = None
    """A regular expression for the whole of it."""
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    may_be_empty: bool = False

    def schema(self) -> dict[str, Plain]:
        schema: dict[str, Plain] = {"description": self.description}
        if self.choices:
            return schema | {"enum": list(self.choices)}
        # A number is taken as the text it was typed as, unless it has to look like something else.
        schema |= {"type": "string"} if self.pattern else {"type": ["string", "integer"]}
        if self.pattern:
            schema["pattern"] = f"^({self.pattern})?$" if self.may_be_empty else f"^({self.pattern})$"
        return schema | {"maxLength": self.limit} | ({} if self.may_be_empty else {"minLength": 1})


Lines = Mapping[str, Line]

TITLE = Line("of the workspace", MAX_TITLE)
ANNOTATOR, THEME = Line("who reads", MAX_TITLE), Line("how all looks", MAX_NAME)
ACTION_KEY = Line("a key, a sequence of keys set apart by blanks, or none", MAX_NAME)
"""In the reader's own settings."""
SIZE_LIMIT = Line("larger files are not read as articles: from 1 KB to 64 MB", MAX_NAME, "[0-9]{1,6} ?(KB|MB)")
_LETTER = "[a-z]"
TAG: dict[str, Line] = {
    "name": Line("words, which may nest: fact/figure", MAX_NAME, is_needed=True),
    "key": Line("the letter that sets it", MAX_NAME, _LETTER, is_needed=True),
    "colour": Line("its colour on the screen", MAX_NAME, choices=COLOURS),
    "description": Line("when to use it", MAX_DESCRIPTION),
}
KIND: Lines = {
    "name": Line("words", MAX_NAME, is_needed=True),
    "key": Line("the letter that sets it", MAX_NAME, _LETTER, is_needed=True),
}
FOLDERS: Lines = {
    "articles": Line("where the texts are, below this file", MAX_DETAIL),
    "annotations": Line("what the team commits, below this file", MAX_DETAIL),
}
_PATTERNS = {
    "url": r"https?://[^\s/]+\S*",
    "language": "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}",
}
_DETAILS = {
    "title": "its headline",
    "outlet": "who published it",
    "agency": "whose report it is",
    "author": "who wrote it",
    "date": "when it was published: 2023-06-20, or 2023-06",
    "url": "where it was found",
    "language": "as a code: en, en-GB",
}
ARTICLE: Lines = {key: Line(_DETAILS[key], MAX_DETAIL, _PATTERNS.get(key), may_be_empty=True) for key in DETAILS}


def _mapping(lines: Lines) -> dict[str, Plain]:
    properties: dict[str, Plain] = {key: line.schema() for key, line in lines.items()}
    schema: dict[str, Plain] = {"type": "object", "properties": properties, "additionalProperties": False}
    needed: list[Plain] = [key for key, line in lines.items() if line.is_needed]
    return schema | {"required": needed} if needed else schema


def _list(description: str, lines: Lines) -> dict[str, Plain]:
    return {"description": description, "type": "array", "minItems": LEAST_ITEMS, "items": _mapping(lines)}


TOP: Mapping[str, dict[str, Plain]] = {
    "format": {"const": FORMAT},
    "title": TITLE.schema(),
    "tags": _list("the codebook: what a claim can be tagged as", TAG),
    "kinds": _list("the ways in which claims can contradict each other", KIND),
    "folders": {"description": "of this workspace", **_mapping(FOLDERS)},
    "size_limit": SIZE_LIMIT.schema(),
    "articles": {
        "description": "corrections, by an article's path below its folder, without .txt or .md",
        "type": "object",
        "additionalProperties": _mapping(ARTICLE),
    },
}
"""Every key of the file, with what may stand there, as JSON Schema."""


def config_schema() -> dict[str, Plain]:
    """config.yaml as JSON Schema."""
    return {"type": "object", "required": ["format"], "properties": dict(TOP), "additionalProperties": False}
