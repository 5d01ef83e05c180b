"""Sessions to open the application with. Nothing is written into the repository."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory

from benchmarks.sample import ANNOTATOR, LENGTH, ROOT, claims, long_article, sentences
from tui.collector import uncollected
from tui.exchange.annotation_files import ArticleFile
from tui.exchange.writer import write_annotations
from tui.model.records import Claim, quote_of
from tui.model.span import Span
from tui.session.opening import open_session
from tui.session.session import Session
from tui.workspace import init_workspace, open_workspace

SHORT = ("short", "short2", "short3")
"""Articles beside the long one."""
SHORT_LENGTH = 3_000
"""Code points of an article where there are many."""


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
def long_workspace(length: int = LENGTH) -> Iterator[Path]:
    """A folder with so much of the long article and the claims in it, and three short articles beside it."""
    text = long_article()[0].text[:length]
    with TemporaryDirectory() as name:
        root = Path(name)
        init_workspace(root)
        for short in SHORT:
            (root / "seeds" / f"{short}.txt").write_text(f"{short}\n\n{text[:3_000]}", encoding="utf-8")
        _write(root, "sample", text, [claim for claim in claims() if claim.span.end < length])
        yield root


@contextmanager
def many(articles: int, claims_in_each: int = 0) -> Iterator[Path]:
    """A folder with so many articles of some 500 words, each with so many claims."""
    with TemporaryDirectory() as name:
        root = Path(name)
        init_workspace(root)
        for number in range(articles):
            random = Random(number)
            parts = [f"{random.choice(sentences())[:60]} {number}", "Reuters", "20 June 2023"]
            while sum(map(len, parts)) < SHORT_LENGTH:
                parts.append(random.choice(sentences()))
            text = "\n\n".join(parts)
            made: list[Claim] = []
            for _ in range(claims_in_each):
                start = random.randrange(80, len(text) - 300)
                made.append(
                    Claim(
                        id=f"c{number * claims_in_each + len(made):012d}",
                        annotator=ANNOTATOR,
                        article="",
                        text_sha256="",
                        span=Span(start, start + random.randint(20, 250)),
                        exact="",
                        prefix="",
                        suffix="",
                        tags=("fact",),
                        created="2026-11-21T20:00:00Z",
                    )
                )
            _write(root, f"{number:05d}", text, made)
        if claims_in_each:
            with opened(root):  # the YAML is taken in, as it was long ago for a reader with so many claims
                pass
        yield root


def _write(root: Path, id: str, text: str, claims: Sequence[Claim]) -> None:
    """An article's file, and the one of these claims on it; only their spans need to be right."""
    (root / "seeds" / f"{id}.txt").write_text(text, encoding="utf-8")
    if not claims:
        return
    digest = sha256(text.encode()).hexdigest()
    made = []
    for claim in claims:
        exact, prefix, suffix = quote_of(text, claim.span)
        made.append(replace(claim, article=id, text_sha256=digest, exact=exact, prefix=prefix, suffix=suffix))
    file = root / "annotations" / ANNOTATOR / f"{id}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(write_annotations(ArticleFile(ANNOTATOR, id, digest, claims=tuple(made)), lambda _claim: None))


@contextmanager
def opened(root: Path, *, reading: bool = False) -> Iterator[Session]:
    """A session as the application opens it."""
    with uncollected():
        session = open_session(open_workspace(root, os.environ), ANNOTATOR, reading=reading)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def long_reading(length: int = LENGTH) -> Iterator[Session]:
    with long_workspace(length) as root, opened(root, reading=True) as session:
        yield session


def begun_anew(session: Session) -> Session:
    """The same session, of which nobody knows any more where its reader was: each application begins at the top."""
    rmtree(session.workspace.store_folder / "reading", ignore_errors=True)
    rmtree(Path(os.environ["XDG_STATE_HOME"]), ignore_errors=True)
    return session
