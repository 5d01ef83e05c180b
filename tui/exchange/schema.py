"""The annotation files as JSON Schema, from the declarations that their reader checks by.

A schema says less than the reader: that a span's end lies behind its start, that a quote stands in its article, that a
claim's article is that of its file, that 1.0 is no whole number. What it refuses the reader refuses too.
"""

from tui.exchange.annotation_files import ARTICLE_HEADER, ARTICLE_SECTIONS, DECISIONS_SECTIONS, FORMAT, LINKS_SECTIONS
from tui.model.plain import DEFINITIONS
from tui.model.records import Plain
from tui.model.shapes import Field, id_pattern

_IN_ARTICLE = dict.fromkeys((*ARTICLE_SECTIONS, "article", "text_sha256"), "belongs in the file of an article")
_IN_DECISIONS = dict.fromkeys(DECISIONS_SECTIONS, "belongs in decisions.yaml")


def article_schema() -> dict[str, Plain]:
    """`annotations/<annotator>/<article>.yaml`."""
    elsewhere = dict.fromkeys(LINKS_SECTIONS, "belongs in links.yaml") | _IN_DECISIONS
    return _file(ARTICLE_HEADER, ARTICLE_SECTIONS, elsewhere)


def links_schema() -> dict[str, Plain]:
    """`annotations/<annotator>/links.yaml`."""
    return _file((), LINKS_SECTIONS, _IN_ARTICLE | _IN_DECISIONS)


def decisions_schema() -> dict[str, Plain]:
    """`annotations/<annotator>/decisions.yaml`."""
    return _file((), DECISIONS_SECTIONS, _IN_ARTICLE | dict.fromkeys(LINKS_SECTIONS, "belongs in links.yaml"))


def _file(header: tuple[Field, ...], sections: tuple[str, ...], elsewhere: dict[str, str]) -> dict[str, Plain]:
    properties: dict[str, Plain] = {"format": {"const": FORMAT}}
    properties |= {field.key: _or_null(field.schema(), field.is_needed) for field in header}
    properties |= {kind: _section(kind) for kind in sections}
    properties |= {key: {"description": sentence, "type": "null"} for key, sentence in elsewhere.items()}
    return _mapping(properties, ["format", *(field.key for field in header if field.is_needed)])


def _section(kind: str) -> dict[str, Plain]:
    definition = DEFINITIONS[kind]
    properties: dict[str, Plain] = {field.key: field.schema() for field in definition.fields}
    record = _mapping(properties, list(definition.needed()))
    return {
        "description": f"{kind} by their ids: {definition.letter} and 12 characters",
        "type": ["object", "null"],
        "patternProperties": {id_pattern(definition.letter): record},
        "additionalProperties": False,
    }


def _mapping(properties: dict[str, Plain], needed: list[str]) -> dict[str, Plain]:
    # Keys that this version does not know are kept.
    return {"type": "object", "required": list(needed), "properties": properties, "additionalProperties": True}


def _or_null(schema: dict[str, Plain], is_needed: bool) -> dict[str, Plain]:
    """In a header, null says of anything that it is not set."""
    kind = schema["type"]
    return schema if is_needed or isinstance(kind, list) else schema | {"type": [kind, "null"]}
