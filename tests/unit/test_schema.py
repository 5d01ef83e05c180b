"""What `variorum schema` prints: what our writer writes fits it, and what it refuses the readers refuse too."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchange_samples import CLAIM, SHA, article_files, links_files, nothing_known
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tui.config import checks, config_text, load_config
from tui.config.definition import ARTICLE, FOLDERS, TAG, config_schema
from tui.config.values import DETAILS
from tui.errors import ConfigErrors, VariorumError
from tui.exchange.annotation_files import AnnotationErrors, AnnotationFile, ArticleFile
from tui.exchange.reader import read_annotations
from tui.exchange.schema import article_schema, decisions_schema, links_schema
from tui.exchange.writer import write_annotations
from tui.model.plain import KINDS, to_plain
from tui.strict_yaml import parse

PROJECT = Path(__file__).parents[2]
SCHEMAS = {
    "article": article_schema(),
    "links": links_schema(),
    "decisions": decisions_schema(),
    "config": config_schema(),
}
VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}


def fits(name: str, plain: object) -> bool:
    return VALIDATORS[name].is_valid(plain)


def refused(name: str, plain: object, tmp_path: Path) -> bool:
    """Whether the reader of that file refuses it."""
    data = json.dumps(plain).encode()
    try:
        if name == "config":
            (tmp_path / "config.yaml").write_bytes(data)
            load_config(tmp_path / "config.yaml")
        else:
            read_annotations(data, "f.yaml", "ada", "001_a" if name == "article" else None)
    except (AnnotationErrors, ConfigErrors, VariorumError):
        return True
    return False


@pytest.mark.parametrize("name", SCHEMAS)
def test_they_are_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@settings(max_examples=150, deadline=None)
@given(article_files | links_files)
def test_whatever_our_writer_writes_fits(file: AnnotationFile) -> None:
    plain = parse(write_annotations(file, nothing_known), "f.yaml").plain()
    errors = list(VALIDATORS["article" if isinstance(file, ArticleFile) else "links"].iter_errors(plain))
    assert not errors


def test_the_files_of_the_example_and_the_config_that_init_writes_fit() -> None:
    for path in (PROJECT / "annotations" / "example").glob("*.yaml"):
        name = path.stem if path.name in ("links.yaml", "decisions.yaml") else "article"
        assert fits(name, parse(path.read_bytes(), path.name).plain()), path
    assert fits("config", parse((PROJECT / "config.yaml").read_bytes(), "config.yaml").plain())
    assert fits("config", parse(config_text("A title").encode(), "config.yaml").plain())


ARTICLE_PLAIN: dict[str, Any] = {
    "format": "variorum/1",
    "article": "001_a",
    "text_sha256": SHA,
    "finished": True,
    "memo": "A rewrite.",
    "later": {"x": 1},
    "claims": {
        CLAIM.id: {key: value for key, value in to_plain(CLAIM).items() if key not in ("article", "text_sha256")}
        | {"when": "2023-06", "memo": "x", "from": "ben/c1", "conflicts": [{"field": "gist"}], "mood": 1}
    },
}
_ENDS = [{"claim": "c7k3m9q2x4w8t", "article": "001_a", "exact": "x"}, {"claim": "c000000000000"}]
LINKS_PLAIN: dict[str, Any] = {
    "format": "variorum/1",
    "contradictions": {
        "x2d8r5n1v6p0h": {
            "gist": "When?",
            "between": _ENDS,
            "kinds": ["date"],
            "status": "open",
            "memo": "x",
            "created": "now",
        }
    },
    "duplicates": {"d2d8r5n1v6p0h": {"gist": "x", "claims": _ENDS, "memo": "x", "created": "now"}},
    "remarks": {"r2d8r5n1v6p0h": {"on": "ben/c1", "exact": "x", "stance": "comment", "memo": "x", "created": "now"}},
}
CONFIG_PLAIN: dict[str, Any] = {
    "format": "variorum/1",
    "title": "One visit",
    "tags": [{"name": "fact", "key": "f", "colour": "blue", "description": "What is the case"}],
    "kinds": [{"name": "date", "key": "d"}],
    "folders": {"articles": "texts", "annotations": "notes"},
    "size_limit": "2 MB",
    "articles": {"001_a": {"title": "T", "date": "2023-06", "url": "https://example.org/x", "language": "en-GB"}},
}
SAMPLES = {"article": ARTICLE_PLAIN, "links": LINKS_PLAIN, "config": CONFIG_PLAIN}
WRONG_TYPES: tuple[object, ...] = (True, -1.5, [[]], {"claim": 1}, [{}])
WRONG = (*WRONG_TYPES, None, 5, "", "x", [], {}, ["x", 5], ["x", "x"], "9" * 400)


def places(plain: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every value in there."""
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [path, *(way for step, value in inside for way in places(value, (*path, step)))]


def with_value(plain: object, path: tuple[str | int, ...], value: object) -> object:
    changed: Any = deepcopy(plain)
    if not path:
        return value
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_schema_refuses_its_reader_refuses_too(name: str, tmp_path: Path) -> None:
    assert fits(name, SAMPLES[name])
    assert not refused(name, SAMPLES[name], tmp_path)
    for path in places(SAMPLES[name]):
        for wrong in WRONG:
            changed = with_value(SAMPLES[name], path, wrong)
            if not fits(name, changed):
                assert refused(name, changed, tmp_path), (path, wrong)


def texts_in(name: str) -> list[tuple[tuple[str | int, ...], str]]:
    found = [(path, value_at(SAMPLES[name], path)) for path in places(SAMPLES[name])]
    return [(path, value) for path, value in found if isinstance(value, str)]


def value_at(plain: Any, path: tuple[str | int, ...]) -> object:
    for step in path:
        plain = plain[step]
    return plain


@pytest.mark.parametrize("name", SAMPLES)
def test_texts_with_blanks_around_and_marks_apart_are_refused_by_both_or_by_the_reader(
    name: str, tmp_path: Path
) -> None:
    refusals = 0
    for path, text in texts_in(name):
        padded = (f" {text} ", f"{text}\n", f"{text}\u00a0", " " * 150 + text + " " * 150)
        marks = [letter * count for letter in ("e\u0301", "\u0958") for count in (20, 21, 100, 101, 150, 500, 501)]
        for changed in (with_value(SAMPLES[name], path, each) for each in (*padded, *marks)):
            if not fits(name, changed):
                refusals += 1
                assert refused(name, changed, tmp_path), changed
    assert refusals


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("config", ("title",), 12.0),
        ("config", ("articles", "001_a", "title"), 12.0),
        ("article", ("claims", CLAIM.id, "span"), [0, 1.0]),
    ],
)
def test_a_whole_number_with_a_point_fits_a_schema_only_as_the_documentation_says(
    name: str, path: tuple[str | int, ...], value: object, tmp_path: Path
) -> None:
    changed = with_value(SAMPLES[name], path, value)
    assert fits(name, changed)
    assert refused(name, changed, tmp_path)
    assert "`1.0`" in (PROJECT / "docs" / "files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["colour", "description"])
def test_what_the_declaration_needs_the_reader_needs(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed: Any = deepcopy(CONFIG_PLAIN)
    del changed["tags"][0][key]
    assert not refused("config", changed, tmp_path)
    monkeypatch.setattr(checks, "TAG", TAG | {key: replace(TAG[key], is_needed=True)})
    assert refused("config", changed, tmp_path)


def test_what_the_declaration_lets_be_empty_may_be_empty_and_nothing_else(tmp_path: Path) -> None:
    for path, lines in ((("articles", "001_a"), ARTICLE), (("tags", 0), TAG), (("folders",), FOLDERS)):
        for key, line in lines.items():
            changed = with_value(CONFIG_PLAIN, (*path, key), "")
            assert fits("config", changed) == line.may_be_empty
            assert refused("config", changed, tmp_path) != line.may_be_empty


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_reader_refuses_for_its_type_its_schema_refuses_too(name: str, tmp_path: Path) -> None:
    for path in places(SAMPLES[name]):
        for wrong in WRONG_TYPES:
            changed = with_value(SAMPLES[name], path, wrong)
            if refused(name, changed, tmp_path):
                assert not fits(name, changed), (path, wrong)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("article", ("article",)),
        ("article", ("claims", CLAIM.id, "span")),
        ("article", ("claims", CLAIM.id, "exact")),
        ("article", ("claims", CLAIM.id, "created")),
        ("links", ("contradictions", "x2d8r5n1v6p0h", "between")),
        ("links", ("duplicates", "d2d8r5n1v6p0h", "claims")),
        ("links", ("remarks", "r2d8r5n1v6p0h", "on")),
        ("config", ("tags", 0, "name")),
        ("config", ("kinds", 0, "key")),
        ("config", ("format",)),
    ],
)
def test_what_is_needed_is_needed_in_both(name: str, path: tuple[str | int, ...], tmp_path: Path) -> None:
    changed: Any = deepcopy(SAMPLES[name])
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    assert not fits(name, changed)
    assert refused(name, changed, tmp_path)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(KINDS.values())[:3]), st.text(max_size=14))
def test_only_ids_of_the_kind_name_records(kind: str, id: str) -> None:
    plain: dict[str, Any] = {"format": "variorum/1", kind: {id: {}}}
    assert not fits("article" if kind == "claims" else "links", plain)


def test_every_detail_of_an_article_is_described() -> None:
    assert tuple(ARTICLE) == DETAILS


def test_every_key_of_every_schema_says_what_it_is() -> None:
    def undescribed(schema: Any, way: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        found = [way] if "type" in schema or "enum" in schema else []
        found = [] if "description" in schema else found
        for key, inner in schema.get("properties", {}).items():
            found += undescribed(inner, f"{way}.{key}")
        for record in schema.get("patternProperties", {}).values():
            for key, inner in record["properties"].items():
                found += undescribed(inner, f"{way}.{key}")
        return found

    for name, schema in SCHEMAS.items():
        assert [each for each in undescribed(schema, name) if each != name] == []
