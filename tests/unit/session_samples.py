"""A small workspace to read in, and sessions on it, for the tests of the session."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.articles.loading import load_library
from tui.exchange.checking import Finding, check_workspace
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link, Record
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End
from tui.session.opening import open_session
from tui.session.session import Session
from tui.session.sync import Prefer, Report, export
from tui.store.fit import key_of
from tui.workspace import Workspace, open_workspace

ARTICLES = {
    "one": "The balloon was shot down. Blinken met Xi on Monday.\n\nThey agreed on little. Talks go on.\n",
    "two": "A balloon was downed in February. Blinken saw Xi on Sunday.\n\nThe talks broke off.\n",
    "folder/a": "Nothing was agreed. The balloon drifted on.\n",
}
SHOT, MET, LITTLE = "The balloon was shot down.", "Blinken met Xi on Monday.", "They agreed on little."
DOWNED, SAW, BROKE = "A balloon was downed in February.", "Blinken saw Xi on Sunday.", "The talks broke off."
NOTHING, DRIFTED = "Nothing was agreed.", "The balloon drifted on."


def make_workspace(root: Path) -> Workspace:
    """The articles above, and nothing recorded."""
    for id, text in ARTICLES.items():
        file = root / "seeds" / f"{id}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return open_workspace(root, {})


@contextmanager
def opened(where: Workspace | Path, annotator: str = "ada", **how: Any) -> Iterator[Session]:
    """A session, closed at the end."""
    session = open_session(where if isinstance(where, Workspace) else open_workspace(where, {}), annotator, **how)
    try:
        yield session
    finally:
        session.close()


def end(words: str) -> End:
    """These words, in the article they stand in, as what a key acts on."""
    article = next(id for id, text in ARTICLES.items() if words in text)
    at = ARTICLES[article].index(words)
    return End(article, Span(at, at + len(words)))


def claim_of(session: Session, words: str) -> Claim:
    """One's own claim of these words."""
    found = [one for one in session.records.records() if isinstance(one, Claim) and one.exact == words]
    assert len(found) == 1, f"{len(found)} claims of “{words}”"
    return found[0]


def link_of(session: Session, id: str | None) -> Link:
    link = session.records.get(id or "")
    assert isinstance(link, Contradiction | DuplicateGroup)
    return link


def words_of(session: Session, link: Link) -> set[str]:
    """What the ends of a link say."""
    return {claim.exact for claim in session.ends_of(link)}


def state(session: Session) -> dict[str, Record]:
    """Everything recorded, as the session has it."""
    return {key_of(record): record for record in session.records.records()}


def annotations(root: Path, annotator: str = "ada") -> dict[str, bytes]:
    """One annotator's files, by path below their folder."""
    folder = root / "annotations" / annotator
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def tree(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every file and folder, with the time of its last change and what it holds."""
    return {
        path.relative_to(root).as_posix(): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in root.rglob("*")
    }


def git(at: Path, *arguments: str) -> str:
    """Run git with nobody's settings; it must succeed."""
    ran = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", *arguments],
        cwd=at,
        env={"PATH": os.environ["PATH"], "HOME": str(at), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def tag(session: Session, *sentences: str, name: str = "fact") -> None:
    for words in sentences:
        session.do(gestures.tag(session.desk, end(words), name))


def exported(session: Session, prefer: Prefer = Prefer.NEITHER) -> Report:
    report = export(session, prefer=prefer)
    assert not report.problems
    assert not report.blocked
    return report


def record_some(root: Path) -> None:
    """A record of every kind a key press makes, in three articles, exported."""
    with opened(root) as session:
        tag(session, MET, SHOT)
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DRIFTED)))
        session.do(gestures.set_finished(session.desk, "one", True))
        exported(session)


def findings(root: Path, reader: str | None = "ada") -> list[Finding]:
    """What `check` finds."""
    workspace = open_workspace(root, {})
    return check_workspace(workspace, load_library(root, workspace.articles, {}), reader=reader)


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change a file as an editor or a pull does."""
    file = root / "annotations/ada" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
