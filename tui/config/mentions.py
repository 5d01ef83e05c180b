"""Where in config.yaml an article is spoken of, for messages that name the line."""

import unicodedata
from pathlib import Path

from tui.config.definition import MAX_DETAIL
from tui.errors import Place
from tui.strict_yaml import read_yaml_file


def places_of_articles(path: Path, source: str) -> dict[str, Place]:
    """The place of each article's id below `articles:` in the file at `path`; `source` is its name in messages.

    Raises:
        YamlError: it can't be read.
    """
    articles = read_yaml_file(path, source).at(("articles",))
    named = articles.value if isinstance(articles.value, dict) else {}
    # The file may be another by now, and composing what is too long for an id could take very long.
    ids = (id for id in named if len(id) <= MAX_DETAIL)
    return {unicodedata.normalize("NFC", id): Place(source, articles.key_line(id)) for id in ids}
