"""A colleague who works in the same folder while the application is open."""

import os
import shutil
from pathlib import Path

from driving import Reading

from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End
from tui.session.opening import open_session
from tui.session.session import Session
from tui.session.sync import export
from tui.workspace import open_workspace


def opened(root: Path, annotator: str) -> Session:
    """Somebody's session, whose records have ids of their own."""
    workspace = open_workspace(root, {"HOME": str(root.parent), "PATH": os.environ["PATH"]})
    return open_session(workspace, annotator)


def place_of(session: Session, article: str, words: str) -> End:
    at = session.articles[article].text.index(words)
    return End(article, Span(at, at + len(words)))


def marks(root: Path, annotator: str, *places: tuple[str, str], tag: str = "fact") -> list[str]:
    """Somebody tags these words in these articles, on another machine, and their YAML comes here; the claims' ids."""
    away = root.parent / f"away-{annotator}"
    if not away.exists():
        shutil.copytree(root, away, ignore=shutil.ignore_patterns(".variorum"))
    session = opened(away, annotator)
    try:
        made = [session.do(gestures.tag(session.desk, place_of(session, *place), tag)).current for place in places]
        comes(session, root)
    finally:
        session.close()
    return [id for id in made if id is not None]


def comes(session: Session, root: Path) -> None:
    """Export what somebody recorded elsewhere, and put their files here as a pull does."""
    export(session)
    here = root / "annotations" / session.annotator
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(session.workspace.annotations / session.annotator, here)


async def look(it: Reading) -> None:
    """Let the application look at the disk, as it does within a second."""
    it.app._look_for_news()
    await it.found()
