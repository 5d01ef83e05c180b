"""Sessions to open the application with. Nothing is written into the repository."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample import ANNOTATOR, ROOT, claims, long_article
from tui.exchange.annotation_files import ArticleFile
from tui.exchange.writer import write_annotations
from tui.session.opening import open_session
from tui.session.session import Session
from tui.workspace import init_workspace, open_workspace


@contextmanager
def seeds() -> Iterator[Session]:
    """The five articles of the repository, with the worked example."""
    session = open_session(open_workspace(ROOT, os.environ), "benchmark", reading=True)
    try:
        yield session
    finally:
        session.close()


def first_title(session: Session) -> str:
    """Words that are on the screen when the Library is."""
    return session.library.articles[0].title.value[:20]


@contextmanager
def long_workspace() -> Iterator[Path]:
    """A folder with the long article and its claims, and a short article beside it."""
    article, _ = long_article()
    with TemporaryDirectory() as name:
        root = Path(name)
        init_workspace(root)
        (root / article.file).write_text(article.text, encoding="utf-8")
        (root / "seeds" / "short.txt").write_text(article.text[:3_000], encoding="utf-8")
        file = root / "annotations" / ANNOTATOR / f"{article.id}.yaml"
        file.parent.mkdir()
        content = ArticleFile(ANNOTATOR, article.id, article.sha256, claims=claims())
        file.write_bytes(write_annotations(content, lambda _claim: None))
        yield root


@contextmanager
def long_reading() -> Iterator[Session]:
    with long_workspace() as root:
        session = open_session(open_workspace(root, os.environ), ANNOTATOR, reading=True)
        try:
            yield session
        finally:
            session.close()
