"""Which file of its annotator a record is filed in: one for each article, one for links and remarks, one for
decisions."""

from tui.model.records import ArticleNote, Claim, Decision, Record

LINKS = "links.yaml"
DECISIONS = "decisions.yaml"
DECIDED = "decisions"
"""Stands in place of an article for the file of decisions. No article may have this id."""


def path_of(article: str | None) -> str:
    """The file, below the annotator's folder, that holds the claims in an article, or (None) the links, or (`DECIDED`)
    the decisions."""
    return LINKS if article is None else f"{article}.yaml"


def article_of(path: str) -> str | None:
    """The article whose claims the file at `path` (below the annotator's folder) holds; None for links.yaml,
    `DECIDED` for decisions.yaml."""
    return None if path == LINKS else path.removesuffix(".yaml")


def file_of(record: Record) -> str:
    """The file below the annotator's folder that the record belongs in."""
    if isinstance(record, Claim | ArticleNote):
        return path_of(record.article)
    return DECISIONS if isinstance(record, Decision) else LINKS
