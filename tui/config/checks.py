"""What each part of config.yaml must look like. Every check reports what is wrong with its line and goes on."""

import re
import unicodedata

from tui.characters import clipped
from tui.config.definition import ACTION_KEY, ARTICLE, FOLDERS, KIND, MAX_DETAIL, SIZE_LIMIT, TAG, Line
from tui.config.reader import Entry, SettingsReader, line_problem, suggestion
from tui.config.values import COLOURS, DEFAULT, KeySetting, LinkKind, Tag
from tui.errors import Place
from tui.model.edtf import is_edtf

_SIZE_UNITS = {"KB": 1024, "MB": 1024**2}
_SMALLEST, _LARGEST = 1024, 64 * 1024**2


def tags(reader: SettingsReader, entry: Entry) -> tuple[Tag, ...]:
    tags = []
    names, letters = _Taken(reader, "name"), _Taken(reader, "key")
    for position, item in enumerate(reader.items(entry, "tags")):
        fields = reader.lines(item, "a tag", TAG)
        name = _name(reader, fields, names, nests=True)
        key = _letter(reader, fields, letters)
        colour: str | None = COLOURS[position % len(COLOURS)]
        if "colour" in fields:
            colour = reader.text(fields["colour"], "colour", TAG["colour"])
            if colour is not None and colour not in TAG["colour"].choices:
                sentence = f"colour: “{clipped(colour)}” is none of the colours that themes know"
                reader.wrong(fields["colour"].line, sentence + suggestion(colour, TAG["colour"].choices))
        description: str | None = ""
        if "description" in fields:
            description = reader.text(fields["description"], "description", TAG["description"])
        if name and key and colour and description is not None:
            tags.append(Tag(name, key, colour, description))
    return tuple(tags)


def kinds(reader: SettingsReader, entry: Entry) -> tuple[LinkKind, ...]:
    kinds = []
    names, letters = _Taken(reader, "name"), _Taken(reader, "key")
    for item in reader.items(entry, "kinds"):
        fields = reader.lines(item, "a kind", KIND)
        name = _name(reader, fields, names, nests=False)
        key = _letter(reader, fields, letters)
        if name and key:
            kinds.append(LinkKind(name, key))
    return tuple(kinds)


class _Taken:
    """What stands in a list already, and where: names and letters must differ, in capitals or not."""

    def __init__(self, reader: SettingsReader, what: str) -> None:
        self.reader = reader
        self.what = what
        self.lines: dict[str, int] = {}

    def take(self, text: str, line: int) -> str | None:
        folded = text.casefold()
        if folded in self.lines:
            self.reader.wrong(line, f"{self.what}: “{clipped(text)}” stands in line {self.lines[folded]} already")
            return None
        self.lines[folded] = line
        return text


def _name(reader: SettingsReader, fields: dict[str, Entry], taken: _Taken, *, nests: bool) -> str | None:
    if "name" not in fields:
        return None
    entry = fields["name"]
    name = reader.text(entry, "name", KIND["name"])
    if name is None:
        return None
    if not all(_is_words(part) for part in (name.split("/") if nests else [name])):
        sentence = f"name: “{clipped(name)}” must be words of letters, digits, - and _"
        reader.wrong(entry.line, sentence + (", nested by single / as in “fact/figure”" if nests else ""))
        return None
    return taken.take(name, entry.line)


def _is_words(text: str) -> bool:
    """Whether `text` can be typed, quoted and sorted anywhere: words of letters, digits, - and _, single spaces."""
    words = text.split(" ")
    return all(word and word[0].isalnum() for word in words) and all(
        character.isalnum() or character in "-_" or unicodedata.category(character).startswith("M")
        for character in "".join(words)
    )


def _letter(reader: SettingsReader, fields: dict[str, Entry], taken: _Taken) -> str | None:
    if "key" not in fields:
        return None
    entry = fields["key"]
    letter = reader.text(entry, "key", KIND["key"])
    if letter is None:
        return None
    if not _fits(letter, KIND["key"]):
        reader.wrong(entry.line, f"key: one lower-case letter from a to z is expected, not “{clipped(letter)}”")
        return None
    return taken.take(letter, entry.line)


def folders(reader: SettingsReader, entry: Entry) -> tuple[str, str]:
    fields = reader.lines(entry, "folders", FOLDERS)
    articles, annotations = DEFAULT.articles_folder, DEFAULT.annotations_folder
    if "articles" in fields:
        articles = _folder(reader, fields["articles"], "articles") or articles
    if "annotations" in fields:
        annotations = _folder(reader, fields["annotations"], "annotations") or annotations
    line = next((entry.line for entry in reversed(fields.values())), entry.line)
    if annotations == ".":
        reader.wrong(line, "annotations: a folder below the workspace is expected; only articles may be “.”")
    elif _within(articles, annotations):
        reader.wrong(line, f"the articles can't lie in the folder of the annotations, “{clipped(annotations)}”")
    return articles, annotations


def _folder(reader: SettingsReader, entry: Entry, what: str) -> str | None:
    """A folder below the workspace as its steps joined by `/`, or `.`."""
    text = reader.text(entry, what, FOLDERS[what])
    if text is None or text == ".":
        return text
    steps = text.removesuffix("/").split("/")
    if text.startswith(("/", "~")) or "\\" in text or ":" in text or ".." in steps:
        problem = "must stay inside the workspace: name it from there, as in “seeds” or “texts/june”"
    elif "" in steps or "." in steps:
        problem = "is not written as folders are here: one / between two names"
    elif any(step.startswith(".") for step in steps):
        problem = "is hidden, and hidden folders are not for texts or annotations: choose another"
    else:
        return "/".join(steps)
    reader.wrong(entry.line, f"{what}: “{clipped(text)}” {problem}")
    return None


def _within(inner: str, outer: str) -> bool:
    """Whether a folder is or lies in another, also where the disk takes capitals for small letters."""
    return f"{inner}/".casefold().startswith(f"{outer}/".casefold())


def size(reader: SettingsReader, entry: Entry) -> int:
    text = reader.text(entry, "size_limit", SIZE_LIMIT) or ""
    # The number, and the two letters of its unit.
    size = int(text[:-2]) * _SIZE_UNITS[text[-2:]] if _fits(text, SIZE_LIMIT) else 0
    if not _SMALLEST <= size <= _LARGEST:
        reader.wrong(entry.line, f"size_limit: “{clipped(text)}” is no size from 1 KB to 64 MB, written as “4 MB”")
    return size


def corrections(reader: SettingsReader, entry: Entry) -> dict[str, dict[str, str]]:
    corrections: dict[str, dict[str, str]] = {}
    taken = _Taken(reader, "articles")
    for id, article in reader.mapping(entry, "articles").items():
        if not id or line_problem(id, MAX_DETAIL):
            sentence = "articles: an article's id is its path below the articles folder, without .txt or .md"
            reader.wrong(article.line, f"{sentence}, not “{clipped(id)}”")
            continue
        name = unicodedata.normalize("NFC", id)
        if taken.take(name, article.line) is None:
            continue
        details = reader.lines(article, "an article", ARTICLE)
        said = {key: _detail(reader, details[key], key) for key in details}
        corrections[name] = {key: text for key, text in said.items() if text is not None}
    return corrections


def _detail(reader: SettingsReader, entry: Entry, key: str) -> str | None:
    text = reader.text(entry, key, ARTICLE[key])
    if not text:
        return text
    problem = None
    if key == "date" and not is_edtf(text):
        problem = "is no date: write it as 2023-06-20, or 2023-06 where the day is not known"
    elif key == "url" and not _fits(text, ARTICLE[key]):
        problem = "is no address: it must begin with https:// or http:// and hold no spaces"
    elif key == "language" and not _fits(text, ARTICLE[key]):
        problem = "is no language code: write it as en, or en-GB"
    if problem:
        reader.wrong(entry.line, f"{key}: “{clipped(text)}” {problem}")
        return None
    return text


def keys(reader: SettingsReader, entry: Entry) -> tuple[KeySetting, ...]:
    """The reader's own keys, one or a list for each action."""
    found = []
    for action, setting in reader.mapping(entry, "keys").items():
        several = isinstance(setting.node.value, list)
        for each in reader.items(setting, f"keys: {clipped(action)}") if several else [setting]:
            key = reader.text(each, f"keys: {clipped(action)}", ACTION_KEY)
            if key:
                found.append(KeySetting(action, key, Place(reader.source, each.line)))
    return tuple(found)


def _fits(text: str, line: Line) -> bool:
    return line.pattern is None or re.fullmatch(line.pattern, text) is not None
