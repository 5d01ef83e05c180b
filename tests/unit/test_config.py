"""config.yaml: what it may hold, and how every mistake in it is named with its line."""

import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config import (
    COLOURS,
    DEFAULT,
    Config,
    LinkKind,
    Tag,
    UserConfig,
    config_text,
    is_config,
    load_config,
    load_user_config,
    user_config_path,
)
from tui.errors import ConfigErrors, RefusedError, VariorumError

PROJECT = Path(__file__).parents[2]


def config_of(folder: Path, text: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(VariorumError) as caught:
        config_of(folder, text)
    return str(caught.value)


def test_a_config_of_one_line_has_every_default(tmp_path: Path) -> None:
    assert config_of(tmp_path, "format: variorum/1\n") == DEFAULT


def test_everything_that_can_be_set_is_read(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        """\
format: variorum/1
title: 1914
tags:
  - name: troop movement
    key: t
    colour: red
    description: Who went where
  - name: troop movement/retreat
    key: r
kinds:
  - name: order
    key: o
folders:
  articles: texts/june/
  annotations: notes
size_limit: 512 KB
articles:
  a/first:
    title: The Guns
    outlet: ""
    agency: Havas
    author: A. Nonym
    date: 1914-08
    url: https://example.org/1
    language: en-GB
  second:
    date: 1914
""",
    )
    assert config == Config(
        title="1914",
        tags=(
            Tag("troop movement", "t", "red", "Who went where"),
            Tag("troop movement/retreat", "r", "orange", ""),
        ),
        kinds=(LinkKind("order", "o"),),
        articles_folder="texts/june",
        annotations_folder="notes",
        size_limit=512 * 1024,
        corrections={
            "a/first": {
                "title": "The Guns",
                "outlet": "",
                "agency": "Havas",
                "author": "A. Nonym",
                "date": "1914-08",
                "url": "https://example.org/1",
                "language": "en-GB",
            },
            "second": {"date": "1914"},
        },
    )


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        # keys
        ("titel: x", "config.yaml:2: config.yaml: there is no key “titel”; did you mean “title”?"),
        ("zzz: x", "there is no key “zzz”; there are format, title, tags, kinds, folders, size_limit, articles"),
        ("annotator: ada", "config.yaml:2: who reads can't be set here, because this file is shared: use --annotator"),
        ("theme: dark", "config.yaml:2: the theme can't be set here"),
        ("keys: {}", "config.yaml:2: keys can't be set here"),
        # texts
        ("title:", "config.yaml:2: title: a text is expected; leave the key out"),
        ("title: true", "config.yaml:2: title: a text is expected; put it in quotes"),
        ("title: 1.10", "config.yaml:2: title: a text is expected; put it in quotes"),
        ("title: [a]", "config.yaml:2: title: a text is expected"),
        ('title: "a\\u202Eb"', "config.yaml:2: title: the character U+202E may not stand here"),
        ('title: "a\\nb"', "config.yaml:2: title: the character U+000A may not stand here"),
        ('title: "a\\eb"', "config.yaml:2: title: the character U+001B may not stand here"),
        (f"title: {'x' * 201}", "config.yaml:2: title: at most 200 characters are read here, not 201"),
        # tags
        ("tags:", "config.yaml:2: tags: a list is expected"),
        ("tags: []", "config.yaml:2: tags: a list is expected"),
        ("tags:\n  fact: f", "config.yaml:2: tags: a list is expected"),
        ("tags:\n  - fact", "config.yaml:3: a tag: lines of the form “key: value” are expected"),
        ("tags:\n  - key: f", "config.yaml:3: “name” is missing here"),
        ("tags:\n  - name: fact", "config.yaml:3: “key” is missing here"),
        ("tags:\n  - name: fact\n    key: F", "config.yaml:4: key: one lower-case letter from a to z is expected"),
        ("tags:\n  - name: fact\n    key: fa", "config.yaml:4: key: one lower-case letter from a to z is expected"),
        ("tags:\n  - name: fact\n    key: ab", "config.yaml:4: key: one lower-case letter from a to z is expected"),
        ("tags:\n  - name: fact\n    key: é", "config.yaml:4: key: one lower-case letter from a to z is expected"),
        ("tags:\n  - name: fact\n    key: 1", "config.yaml:4: key: one lower-case letter from a to z is expected"),
        ("tags:\n  - name: fact\n    key: f\n    color: red", "config.yaml:5: a tag: there is no key “color”; did you"),
        ("tags:\n  - name: a\n    key: a\n    colour: bleu", "config.yaml:5: colour: “bleu” is none of the colours"),
        ("tags:\n  - name: a\n    key: a\n    colour: bleu", "did you mean “blue”?"),
        ("tags:\n  - name: a\n    key: a\n    colour: '#ff0000'", "there are blue, orange, green"),
        ("tags:\n  - {name: a, key: a}\n  - {name: A, key: b}", "config.yaml:4: name: “A” stands in line 3 already"),
        ("tags:\n  - {name: a, key: a}\n  - {name: b, key: a}", "config.yaml:4: key: “a” stands in line 3 already"),
        ("tags: [{name: a, key: a}, {name: a, key: b}]", "config.yaml:2: name: “a” stands in line 2 already"),
        ("tags:\n  - {name: a//b, key: a}", "config.yaml:3: name: “a//b” must be words of letters"),
        ("tags:\n  - {name: /a, key: a}", "config.yaml:3: name: “/a” must be words of letters"),
        ("tags:\n  - {name: 'a  b', key: a}", "config.yaml:3: name: “a  b” must be words of letters"),
        ("tags:\n  - {name: 'a\u200bb', key: a}", "must be words of letters"),
        ("tags:\n  - {name: '-a', key: a}", "config.yaml:3: name: “-a” must be words of letters"),
        # kinds
        ("kinds:\n  - {name: a/b, key: a}", "config.yaml:3: name: “a/b” must be words of letters, digits, - and _"),
        ("kinds:\n  - {name: a, key: a, colour: red}", "config.yaml:3: a kind: there is no key “colour”"),
        # folders
        ("folders: seeds", "config.yaml:2: folders: lines of the form “key: value” are expected"),
        ("folders:\n  articles: /etc", "config.yaml:3: articles: “/etc” must stay inside the workspace"),
        ("folders:\n  articles: ../x", "config.yaml:3: articles: “../x” must stay inside the workspace"),
        ("folders:\n  articles: a/../../x", "config.yaml:3: articles: “a/../../x” must stay inside the workspace"),
        ("folders:\n  articles: ~/x", "config.yaml:3: articles: “~/x” must stay inside the workspace"),
        ("folders:\n  articles: 'C:/x'", "config.yaml:3: articles: “C:/x” must stay inside the workspace"),
        ("folders:\n  articles: 'a\\..\\b'", "must stay inside the workspace"),
        ("folders:\n  articles: a//b", "config.yaml:3: articles: “a//b” is not written as folders are here"),
        ("folders:\n  articles: ./a", "config.yaml:3: articles: “./a” is not written as folders are here"),
        ("folders:\n  annotations: .variorum", "config.yaml:3: annotations: “.variorum” is hidden"),
        ("folders:\n  annotations: a/.git", "config.yaml:3: annotations: “a/.git” is hidden"),
        ("folders:\n  annotations: .", "config.yaml:3: annotations: a folder below the workspace is expected"),
        ("folders:\n  annotations: seeds", "config.yaml:3: the articles can't lie in the folder of the annotations"),
        ("folders:\n  annotations: SEEDS", "config.yaml:3: the articles can't lie in the folder of the annotations"),
        ("folders:\n  articles: annotations/x", "config.yaml:3: the articles can't lie in the folder of the annot"),
        # sizes
        ("size_limit: 100", "config.yaml:2: size_limit: “100” is no size from 1 KB to 64 MB, written as “4 MB”"),
        ("size_limit: 1 GB", "config.yaml:2: size_limit: “1 GB” is no size"),
        ("size_limit: 65 MB", "config.yaml:2: size_limit: “65 MB” is no size"),
        ("size_limit: 0 KB", "config.yaml:2: size_limit: “0 KB” is no size"),
        ("size_limit: -1 MB", "config.yaml:2: size_limit: “-1 MB” is no size"),
        # article data
        ("articles: []", "config.yaml:2: articles: lines of the form “key: value” are expected"),
        ("articles:\n  a: x", "config.yaml:3: an article: lines of the form “key: value” are expected"),
        (
            "articles:\n  a:\n    outlett: x",
            "config.yaml:4: an article: there is no key “outlett”; did you mean “outlet”",
        ),
        ("articles:\n  a:\n    outlet:", "config.yaml:4: outlet: a text is expected"),
        ("articles:\n  a:\n    date: 20 June 2023", "config.yaml:4: date: “20 June 2023” is no date: write it as"),
        ("articles:\n  a:\n    date: 2023-13-01", "config.yaml:4: date: “2023-13-01” is no date"),
        ("articles:\n  a:\n    url: example.org", "config.yaml:4: url: “example.org” is no address"),
        ("articles:\n  a:\n    url: javascript:alert(1)", "config.yaml:4: url: “javascript:alert(1)” is no address"),
        ("articles:\n  a:\n    language: English", "config.yaml:4: language: “English” is no language code"),
        ("articles:\n  '':\n    url: x", "config.yaml:3: articles: an article's id is its path below"),
        ("articles:\n  a: {}\n  A: {}", "config.yaml:4: articles: “A” stands in line 3 already"),
        # YAML
        ("title: a\ntitle: b", "config.yaml:3:1: “title” stands here twice, first in line 2"),
        ("title: *a", "aliases"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, setting: str, sentence: str) -> None:
    assert sentence in complaint(tmp_path, f"format: variorum/1\n{setting}\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "config.yaml:1: the file must begin with the line “format: variorum/1”"),
        ("title: x", "config.yaml:1: the file must begin with the line “format: variorum/1”"),
        ("- a", "config.yaml:1: the file must begin with the line “format: variorum/1”"),
        ("# mine\nformat: variorum/2\nzzz: 1", "config.yaml:2: this is variorum/2, made for a newer Variorum"),
        ("format: variorum/11", "config.yaml:1: this is variorum/11, made for a newer Variorum"),
        ("format: variorum/0", "config.yaml:1: “variorum/0” is no format this version reads"),
        ("format: variorum/one", "config.yaml:1: “variorum/one” is no format this version reads"),
        ("format: 1", "config.yaml:1: “1” is no format this version reads"),
        ("format:", "config.yaml:1: the file must begin with the line “format: variorum/1”"),
    ],
)
def test_another_format_is_refused_and_nothing_else_in_it_is_judged(tmp_path: Path, text: str, sentence: str) -> None:
    said = complaint(tmp_path, text)
    assert said.startswith(sentence)
    assert len(said.splitlines()) == 1


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "format: variorum/1\nsize_limit: big\nfolders:\n  articles: ..\ntitel: x\ntags:\n  - {name: a, key: B}\n"
    lines = complaint(tmp_path, text).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"config.yaml:{number}" for number in (2, 4, 5, 7)]


def test_a_file_full_of_mistakes_is_not_read_to_its_end(tmp_path: Path) -> None:
    text = "format: variorum/1\n" + "".join(f"unknown_{number}: x\n" for number in range(100_000))
    lines = complaint(tmp_path, text).splitlines()
    assert len(lines) == ConfigErrors.MOST + 1
    assert lines[-1] == "… and perhaps more: only the first 30 are named"


def test_a_file_too_large_for_a_config_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    with path.open("wb") as file:
        file.write(b"format: variorum/1\n")
        file.truncate(5 * 1024**2)
    with pytest.raises(VariorumError, match="larger than 4 MB"):
        load_config(path)


def test_a_mistake_is_repeated_without_control_characters_and_shortened(tmp_path: Path) -> None:
    said = complaint(tmp_path, 'format: variorum/1\n"\\e[2J' + "x" * 500 + '": y\n')
    assert "\x1b" not in said
    assert len(said) < 250


@pytest.mark.parametrize(
    "name", ["fact", "fact/figure", "Fact_1", "cause and effect", "Käse", "तथ्य", "事実", "a-b/c d"]
)
def test_a_tag_can_be_named_in_any_script(tmp_path: Path, name: str) -> None:
    config = config_of(tmp_path, f"format: variorum/1\ntags:\n  - name: {name}\n    key: a\n")
    assert config.tags == (Tag(unicodedata.normalize("NFC", name), "a", "blue"),)


def test_names_that_differ_only_in_how_they_are_encoded_are_one_name(tmp_path: Path) -> None:
    text = "format: variorum/1\ntags:\n  - {name: caf\u00e9, key: a}\n  - {name: cafe\u0301, key: b}\n"
    assert "config.yaml:4: name: “café” stands in line 3 already" in complaint(tmp_path, text)


def test_article_ids_are_compared_as_nfc(tmp_path: Path) -> None:
    config = config_of(tmp_path, "format: variorum/1\narticles:\n  cafe\u0301:\n    outlet: X\n")
    assert config.corrections == {"caf\u00e9": {"outlet": "X"}}


@pytest.mark.parametrize("where", ["title: {}", "articles:\n  {}:\n    outlet: X", "articles:\n  one:\n    title: {}"])
def test_marks_without_end_are_refused_at_once(tmp_path: Path, where: str) -> None:
    hostile = "a" + "\u0315\u0300" * 100_000
    began = time.process_time()
    assert "config.yaml:" in complaint(tmp_path, f"format: variorum/1\n{where.format(hostile)}\n")
    assert time.process_time() - began < 2


def test_a_text_is_as_long_as_it_was_typed(tmp_path: Path) -> None:
    assert config_of(tmp_path, "format: variorum/1\ntitle: " + "e\u0301" * 100 + "\n").title == "é" * 100
    said = complaint(tmp_path, "format: variorum/1\ntitle: " + "e\u0301" * 101 + "\n")
    assert said == "config.yaml:2: title: at most 200 characters are read here, not 202"


@pytest.mark.parametrize("typed", ['" x"', '"x "', '"x\u00a0"'])
def test_blanks_around_a_text_are_refused(tmp_path: Path, typed: str) -> None:
    said = complaint(tmp_path, f"format: variorum/1\ntitle: {typed}\n")
    assert said == "config.yaml:2: title: there is a blank before or after this text: take it out"


def test_the_defaults_themselves_have_no_clashes_and_know_their_colours() -> None:
    assert {tag.colour for tag in DEFAULT.tags} <= set(COLOURS)
    for entries in (DEFAULT.tags, DEFAULT.kinds):
        assert len({entry.key for entry in entries}) == len(entries) == len({entry.name for entry in entries})
    names = " ".join(kind.name for kind in DEFAULT.kinds)
    assert names == "number date order place name agent cause rank certainty attribution existence wording other"


def test_the_config_that_init_writes_loads_to_the_defaults(tmp_path: Path) -> None:
    config = config_of(tmp_path, config_text("Blinken in Beijing, June 2023"))
    assert config == Config(title="Blinken in Beijing, June 2023")


@given(st.text(max_size=210))
def test_any_title_is_either_refused_or_comes_back(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    try:
        text = config_text(title)
    except RefusedError:
        return
    config = config_of(tmp_path_factory.getbasetemp(), text)
    assert config == Config(title=unicodedata.normalize("NFC", title.strip()))


def test_the_example_in_the_config_that_init_writes_can_be_used(tmp_path: Path) -> None:
    before, _, example = config_text("x").partition("# articles:")
    text = before + "articles:" + example.replace("\n# ", "\n")
    assert config_of(tmp_path, text).corrections == {
        "june/first-report": {"outlet": "The Daily Example", "date": "2023-06-20"}
    }


@pytest.mark.parametrize("title", ["", " ", "a\nb", "a\x1bb", "a\u202eb", "a\ufeffb", "a\uffffb", "x" * 201])
def test_init_refuses_a_title_that_could_not_be_loaded(title: str) -> None:
    with pytest.raises(RefusedError, match="this can't be the title"):
        config_text(title)


def test_the_project_is_a_workspace_with_its_own_config() -> None:
    config = load_config(PROJECT / "config.yaml")
    assert config.title == "Blinken in Beijing, June 2023"
    assert set(config.corrections) == {path.stem for path in (PROJECT / config.articles_folder).glob("*.txt")}
    outlets = [config.corrections[id].get("outlet") for id in sorted(config.corrections)]
    assert outlets == ["South China Morning Post", None, "The Hindu", "exbulletin.com", "Conservative News Daily"]


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("format: variorum/1\n", True),
        ("# a comment\n\nformat: variorum/1\n", True),
        ("\ufeffformat: variorum/1\n", True),
        ("'format': 'variorum/9'\n", True),
        ("<<<<<<< ours\nformat: variorum/1\ntags: [\n", True),
        ("", False),
        ("format: jekyll\n", False),
        ("site:\n  format: variorum/1\n", False),
        ("theme: variorum/1\n", False),
        # meant as ours, and wrong
        ("fromat: variorum/1\n", True),
        ("format: variorium/1\n", True),
        ("Format: variorum/1\n", True),
        ("title: x\ntags:\n  - name: fact\nkinds:\n", True),
        # a site's
        ("title: x\ntheme: y\ntags: [a]\n", False),
    ],
)
def test_a_config_of_some_other_program_is_not_taken_for_ours(tmp_path: Path, text: str, ours: bool) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    assert is_config(path) is ours


def test_what_is_no_file_is_no_config(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("pipe", "loop", "missing", ".", "a\0b"):
        assert not is_config(tmp_path / name)


# --- the reader's own config ---


def test_the_readers_own_config_names_annotator_and_theme(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("annotator: Ada\ntheme: ansi-dark\n")
    assert load_user_config(path) == UserConfig("Ada", "ansi-dark")


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "format: variorum/1\n"])
def test_without_a_config_of_their_own_a_reader_has_no_settings(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "config.yaml"
    if text is not None:
        path.write_text(text)
    assert load_user_config(path) == UserConfig()


def test_the_readers_own_config_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles.yaml").write_text("theme: dark\n")
    (tmp_path / "config.yaml").symlink_to("dotfiles.yaml")
    assert load_user_config(tmp_path / "config.yaml") == UserConfig(theme="dark")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("annotator: Ada\nkeys:\n  quit: true\n", 3, "keys: quit: a text is expected; put it in quotes"),
        ("anotator: Ada\n", 1, "did you mean “annotator”?"),
        ("annotator: true\n", 1, "annotator: a text is expected; put it in quotes"),
        ("- a\n", 1, "lines of the form “key: value” are expected"),
        ("format: variorum/2\n", 1, "made for a newer Variorum"),
    ],
)
def test_a_mistake_in_the_readers_own_config_names_its_whole_path(
    tmp_path: Path, text: str, line: int, sentence: str
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(VariorumError) as caught:
        load_user_config(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("environ", "place"),
    [
        ({}, "/home/ada/.config/variorum/config.yaml"),
        ({"XDG_CONFIG_HOME": ""}, "/home/ada/.config/variorum/config.yaml"),
        ({"XDG_CONFIG_HOME": "not/absolute"}, "/home/ada/.config/variorum/config.yaml"),
        ({"XDG_CONFIG_HOME": "/etc/ada"}, "/etc/ada/variorum/config.yaml"),
    ],
)
def test_the_readers_own_config_lies_where_xdg_says(environ: dict[str, str], place: str) -> None:
    assert user_config_path(environ, Path("/home/ada")) == Path(place)


@pytest.mark.parametrize("beside", [".variorum", "annotations"])
def test_beside_a_store_or_annotations_one_of_our_keys_makes_it_ours(tmp_path: Path, beside: str) -> None:
    (tmp_path / "config.yaml").write_text("tags:\n  - name: fact\n    key: f\n")
    assert not is_config(tmp_path / "config.yaml")
    (tmp_path / beside).mkdir()
    assert is_config(tmp_path / "config.yaml")
    with pytest.raises(VariorumError, match=r"config\.yaml:1: the file must begin with the line “format: variorum/1”"):
        load_config(tmp_path / "config.yaml")
