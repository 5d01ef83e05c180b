"""Which file of its annotator a record is filed in: one for each article, and one for links and remarks."""

from tui.model.records import ArticleNote, Claim, Record

LINKS = "links.yaml"
DECISIONS = "decisions.yaml"


def path_of(article: str | None) -> str:
    """The file, below the annotator's folder, that holds the claims in an article, or (None) the links."""
    return LINKS if article is None else f"{article}.yaml"


def article_of(path: str) -> str | None:
    """The article whose claims the file at `path` (below the annotator's folder) holds; None for links.yaml."""
    return None if path == LINKS else path.removesuffix(".yaml")


def file_of(record: Record) -> str:
    """The file below the annotator's folder that the record belongs in."""
    return path_of(record.article if isinstance(record, Claim | ArticleNote) else None)
