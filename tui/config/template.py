"""The config.yaml that `variorum init` writes: every setting with its default, and what it is for."""

import json

from tui.config.definition import MAX_TITLE
from tui.config.reader import line_problem
from tui.config.values import COLOURS, DEFAULT, DETAILS, FORMAT
from tui.errors import RefusedError


def config_text(title: str, articles_folder: str = DEFAULT.articles_folder) -> str:
    """A commented config.yaml of that title that loads to the defaults.

    Raises:
        RefusedError: the title is empty, longer than 200 characters or holds control characters.
    """
    problem = line_problem(title.strip(), MAX_TITLE) if title.strip() else "it is empty"
    if problem:
        raise RefusedError(f"this can't be the title: {problem}")
    return "\n".join(
        (
            "# The settings of this workspace, shared by everyone who reads here.",
            "# A key that is left out has its default; a wrong one is refused with its line.",
            f"format: {FORMAT}",
            f"title: {_quoted(title.strip())}",
            "",
            "# The codebook: what a claim can be tagged as. A name may nest, as in fact/figure. The key is the letter",
            f"# that sets the tag. Colours: {', '.join(COLOURS)}.",
            "tags:",
            *_tags(),
            "",
            "# The ways in which claims can contradict each other.",
            "kinds:",
            *_kinds(),
            "",
            "# Below this file. The annotations are what a team commits: a folder for each reader.",
            "folders:",
            f"  articles: {_quoted(articles_folder)}",
            f"  annotations: {_quoted(DEFAULT.annotations_folder)}",
            "",
            "# Larger files are not read as articles; up to 64 MB.",
            f"size_limit: {DEFAULT.size_limit // 1024**2} MB",
            "",
            "# What is known of an article and is missing or wrong in its file, by its path below the articles folder",
            f"# without .txt or .md. There are {', '.join(DETAILS)}.",
            '# An empty text, "", says that there is none, so that none is guessed.',
            "#",
            "# articles:",
            "#   june/first-report:",
            "#     outlet: The Daily Example",
            "#     date: 2023-06-20",
            "",
        )
    )


def _tags() -> list[str]:
    lines: list[str] = []
    for tag in DEFAULT.tags:
        lines += [f"  - name: {tag.name}", f"    key: {tag.key}", f"    colour: {tag.colour}"]
        lines += [f"    description: {_quoted(tag.description)}"]
    return lines


def _kinds() -> list[str]:
    return [line for kind in DEFAULT.kinds for line in (f"  - name: {kind.name}", f"    key: {kind.key}")]


def _quoted(text: str) -> str:
    """In double quotes, as JSON writes it, which YAML reads alike."""
    return json.dumps(text, ensure_ascii=False)
