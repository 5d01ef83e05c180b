"""The shapes of a record's values: each checks what comes from a file, gives it back, and describes itself.

A field is declared once, in `tui.model.plain`. From that one declaration come the reader's checks, the order of keys
in the files, and the JSON Schema that `variorum schema` prints.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from tui.characters import clipped
from tui.errors import RecordError
from tui.model.ids import PATTERN, is_id
from tui.model.records import Passage, Plain
from tui.model.span import Span

MAX_OFFSET = 2**31 - 1
MAX_ITEMS = 1000
"""Tags, kinds, speakers, ends or conflicts of one record."""

SHA256 = "[0-9a-f]{64}"
"""The whole of a digest, in hexadecimal."""


class Shape(Protocol):
    """What the values of a field look like."""

    @property
    def sample(self) -> Plain:
        """A value of this shape, as short as can be."""

    def read(self, key: str, value: Plain) -> Any:
        """The value as a record holds it; None where it says that nothing is set.

        Raises:
            RecordError: it has another shape.
        """

    def plain(self, value: Any) -> Plain:
        """What a record holds, as plain data; None where nothing is to be written."""

    def schema(self) -> dict[str, Plain]:
        """What `read` accepts, as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record in its file."""

    key: str
    shape: Shape
    description: str
    attribute: str = ""
    """Of the record; the key's own name where it is empty."""
    is_needed: bool = False
    default: object = None
    """What a record holds that does not say; None: what its class says."""

    @property
    def name(self) -> str:
        return self.attribute or self.key

    def schema(self) -> dict[str, Plain]:
        return {"description": self.description, **self.shape.schema()}


class Text:
    """Any text; an empty one, or null, says that there is none."""

    sample = "-"

    def __init__(self, *, is_needed: bool = False) -> None:
        self._is_needed = is_needed

    def read(self, key: str, value: Plain) -> str | None:
        if value is None or isinstance(value, str):
            return value or None
        if isinstance(value, (bool, int, float)):
            raise RecordError((key,), f"a text is expected, not {value!r}; put it in quotes")
        raise RecordError((key,), "a text is expected")

    def plain(self, value: str) -> Plain:
        return value

    def schema(self) -> dict[str, Plain]:
        if self._is_needed:
            return {"type": "string", "minLength": 1}
        return {"type": ["string", "null"]}


class Digest:
    """The SHA-256 of a text; an empty one, or null, says that there is none. It becomes the name of a file."""

    sample: Plain = "0" * 64

    def read(self, key: str, value: Plain) -> str | None:
        if value is None or value == "" or (isinstance(value, str) and re.fullmatch(SHA256, value)):
            return value or None
        raise RecordError((key,), "64 hexadecimal digits in lower case are expected")

    def plain(self, value: str) -> Plain:
        return value

    def schema(self) -> dict[str, Plain]:
        return {"type": ["string", "null"], "pattern": f"^({SHA256})?$"}


class Choice:
    """One of a few words."""

    def __init__(self, choices: type[StrEnum]) -> None:
        self._choices = choices
        self._by_name: dict[str, StrEnum] = {choice.value: choice for choice in choices}
        self.sample: Plain = next(iter(self._by_name))

    def read(self, key: str, value: Plain) -> StrEnum | None:
        if isinstance(value, str) and (choice := self._by_name.get(value)) is not None:
            return choice
        text = _TEXT.read(key, value)
        if text is None:
            return None
        raise RecordError((key,), f"“{clipped(text, 40)}” is not one of {', '.join(self._choices)}")

    def plain(self, value: StrEnum) -> Plain:
        return value.value

    def schema(self) -> dict[str, Plain]:
        return {"enum": [*self._by_name, "", None]}


class Texts:
    """A list of texts."""

    @property
    def sample(self) -> Plain:
        return []

    def __init__(self, *, is_unique: bool = False, keeps_empty: bool = False) -> None:
        """`keeps_empty`: that there are none is worth saying."""
        self.is_unique = is_unique
        self._keeps_empty = keeps_empty

    def read(self, key: str, value: Plain) -> tuple[str, ...]:
        texts = tuple(_items(key, value))
        for each in texts:
            if not isinstance(each, str) or not each:
                raise RecordError((key, texts.index(each)), "a text is expected")
        if self.is_unique and len(texts) > 1 and len(set(texts)) < len(texts):
            position = next(number for number, text in enumerate(texts) if text in texts[:number])
            raise RecordError((key, position), f"“{clipped(str(texts[position]), 40)}” stands here twice")
        return texts  # type: ignore[return-value]  # they are texts, as was just looked at

    def plain(self, value: Iterable[str]) -> Plain:
        texts: list[Plain] = list(value)
        return texts if texts or self._keeps_empty else None

    def schema(self) -> dict[str, Plain]:
        schema: dict[str, Plain] = _list_schema({"type": "string", "minLength": 1})
        return schema | {"uniqueItems": True} if self.is_unique else schema


class Offsets:
    """Where a span begins and ends."""

    @property
    def sample(self) -> Plain:
        return [0, 1]

    def read(self, key: str, value: Plain) -> Span:
        if value.__class__ is list and len(value) == 2:
            start, end = value
            if start.__class__ is int and end.__class__ is int and 0 <= start < end <= MAX_OFFSET:
                return Span(start, end)
        raise RecordError((key,), "two whole numbers are expected, [start, end], with 0 <= start < end")

    def plain(self, value: Span) -> Plain:
        return [value.start, value.end]

    def schema(self) -> dict[str, Plain]:
        offset: dict[str, Plain] = {"type": "integer", "maximum": MAX_OFFSET}
        return {
            "type": "array",
            "prefixItems": [offset | {"minimum": 0}, offset | {"minimum": 1}],
            "minItems": 2,
            "maxItems": 2,
        }


class Ends:
    """The claims that a link joins: two or more, each once."""

    @property
    def sample(self) -> Plain:
        return [{"claim": "c" + "0" * 12}, {"claim": "c" + "1" * 12}]

    def read(self, key: str, value: Plain) -> tuple[str, ...]:
        ends: dict[str, None] = {}
        for position, end in enumerate(_items(key, value)):
            claim = end.get("claim") if isinstance(end, dict) else None
            if not isinstance(claim, str):
                raise RecordError((key, position), "a mapping with the id of a claim under “claim” is expected")
            if not is_id(claim, "c"):
                form = "c and 12 digits or small letters but i, l, o, u"
                raise RecordError((key, position), f"“{clipped(claim, 40)}” is no id of a claim: {form}")
            if claim in ends:
                raise RecordError((key, position), f"{claim} stands here twice")
            ends[claim] = None
        if len(ends) < 2:
            raise RecordError((key,), f"“{key}” needs two claims or more")
        return tuple(ends)

    def plain(self, value: Iterable[str]) -> Plain:
        return [{"claim": claim} for claim in value]

    def schema(self) -> dict[str, Plain]:
        end: dict[str, Plain] = {
            "type": "object",
            "required": ["claim"],
            "properties": {
                "claim": {"type": "string", "pattern": id_pattern("c"), "description": "the claim's id: it decides"},
                "article": {"description": "its article, for who reads the file; export writes it anew"},
                "exact": {"description": "its words, for who reads the file; export writes them anew"},
            },
        }
        return {"type": "array", "items": end, "minItems": 2, "maxItems": MAX_ITEMS}


class Side:
    """One side of a decision: an article, where in it, and the words that stand there. More is kept as it stands."""

    @property
    def sample(self) -> Plain:
        return {"article": "-", "span": [0, 1], "exact": "-"}

    def read(self, key: str, value: Plain) -> Passage:
        if not isinstance(value, dict):
            raise RecordError((key,), "a mapping with “article”, “span” and “exact” is expected")
        found: dict[str, Any] = {}
        for each, shape in _OF_SIDE.items():
            try:
                found[each] = shape.read(each, value.get(each))
            except RecordError as error:
                missing = each not in value
                sentence = f"“{each}” is missing" if missing else error.sentence
                raise RecordError((key,) if missing else (key, *error.path), sentence) from None
            if found[each] is None:
                raise RecordError((key, each) if each in value else (key,), f"“{each}” is missing")
        further = {each: value[each] for each in value if each not in _OF_SIDE}
        try:
            kept = json.dumps(further, sort_keys=True, allow_nan=False) if further else ""
        except (ValueError, RecursionError) as error:
            raise RecordError((key,), f"what else stands here can't be kept ({error})") from None
        return Passage(**found, further=kept)

    def plain(self, value: Passage) -> Plain:
        side: dict[str, Plain] = {
            "article": value.article,
            "span": [value.span.start, value.span.end],
            "exact": value.exact,
        }
        return side | json.loads(value.further) if value.further else side

    def schema(self) -> dict[str, Plain]:
        properties: dict[str, Plain] = {
            "article": {"description": "the article's id", **_OF_SIDE["article"].schema()},
            "span": {"description": "where in its text, as of a claim", **_OF_SIDE["span"].schema()},
            "exact": {
                "description": "the words that stand there: the pair is known by them",
                **_OF_SIDE["exact"].schema(),
            },
        }
        return {"type": "object", "required": list(_OF_SIDE), "properties": properties}


class Flag:
    """True or false; false is not written."""

    sample: Plain = False

    def read(self, key: str, value: Plain) -> bool:
        if not isinstance(value, bool):
            raise RecordError((key,), "true or false is expected")
        return value

    def plain(self, value: bool) -> Plain:
        return value or None

    def schema(self) -> dict[str, Plain]:
        return {"type": "boolean"}


class Anything:
    """A list that is kept as it stands."""

    @property
    def sample(self) -> Plain:
        return []

    def read(self, key: str, value: Plain) -> tuple[Plain, ...]:
        return tuple(_items(key, value))

    def plain(self, value: Iterable[Plain]) -> Plain:
        return list(value) or None

    def schema(self) -> dict[str, Plain]:
        return _list_schema({})


def id_pattern(letter: str) -> str:
    """The ids of a kind, as a regular expression that JSON Schema can hold."""
    return f"^{letter}{PATTERN}$"


_TEXT = Text()
_OF_SIDE: dict[str, Shape] = {"article": Text(is_needed=True), "span": Offsets(), "exact": Text(is_needed=True)}
SIDE_KEYS = tuple(_OF_SIDE)


def _items(key: str, value: Plain) -> list[Plain]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise RecordError((key,), "a list is expected")
    if len(value) > MAX_ITEMS:
        raise RecordError((key,), f"at most {MAX_ITEMS} are read here, not {len(value)}")
    return value


def _list_schema(items: dict[str, Plain]) -> dict[str, Plain]:
    return {"type": ["array", "null"], "items": items, "maxItems": MAX_ITEMS}
