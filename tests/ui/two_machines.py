"""One annotator who reads on two machines, with a real repository between them and git's merge driver set up."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from driving import DAILY, REUTERS, SCMP, seeds
from teaming import opened, place_of

from tui.exchange.git_setup import attributes_line, settings_for
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, Record, Remark, Stance
from tui.session import gestures, remarking
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.session.sync import export
from tui.workspace import open_workspace

AVOIDANCE = "absolute prevention and avoidance"
CORE = "core interests"
CHANNELS = "military-to-military channels"
MEMO = "\n\n".join(
    f"Paragraph {number} of a long memo: who said what to whom, in which words, and where that can be read today."
    for number in range(1, 13)
)
Work = Callable[[Session], None]


def git(at: Path, *arguments: str) -> str:
    ran = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=at,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(at.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def work(root: Path, does: Work) -> None:
    """Ada reads for a while on this machine, leaves, and commits."""
    session = opened(root, "ada")
    try:
        does(session)
        report = export(session)
        assert report.is_well, str(report)
    finally:
        session.close()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "read")


def merged(folder: Path, begun: Work, here: Work, there: Work) -> Path:
    """Both machines go on from what was begun, and this one pulls what the other one pushed: its workspace."""
    root = seeds(folder / "here", example=True, colleague="ben")
    (root / ".gitattributes").write_text(f"{attributes_line(open_workspace(root, {}))}\n")
    (root / ".gitignore").write_text(".variorum/\n")
    git(root, "init", "-q", "-b", "main")
    program = (sys.executable, "-E", "-P", str(Path(sys.executable).parent / "variorum"))
    for name, value in settings_for(program).items():
        git(root, "config", name, value)
    work(root, begun)
    git(folder, "clone", "-q", "--bare", "here", "origin.git")
    git(root, "remote", "add", "origin", str(folder / "origin.git"))
    git(folder, "clone", "-q", "origin.git", "there")
    work(folder / "there", there)
    git(folder / "there", "push", "-q")
    work(root, here)
    git(root, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    return root


# --- what is done on them ---


def claim_of(session: Session, words: str) -> Claim:
    return next(one for one in session.records.records() if isinstance(one, Claim) and one.exact == words)


def link_of(session: Session) -> Contradiction:
    return session.records.contradictions()[0]


def changed(session: Session, record: Record, **fields: object) -> None:
    session.do(Gesture("changed", (Change(record, replace(record, **fields)),)))  # type: ignore[arg-type]


def marks_three(session: Session) -> None:
    """Three claims, a contradiction, a remark on a colleague's claim, a memo on an article."""
    for words in (AVOIDANCE, CORE, CHANNELS):
        session.do(gestures.tag(session.desk, place_of(session, SCMP, words), "fact"))
    session.do(gestures.set_memo(claim_of(session, CORE), "whose?"))
    desk = session.desk
    session.do(gestures.contradiction(desk, place_of(session, SCMP, AVOIDANCE), place_of(session, SCMP, CHANNELS)))
    theirs = session.colleagues["ben"].claims_in(REUTERS)[0]
    session.do(remarking.remark(session, theirs, Stance.COMMENT, "so they say"))
    session.do(gestures.set_article_memo(desk, DAILY, "to be read"))


def says(which: str) -> Work:
    """What one machine says where the other says something else."""

    def does(session: Session) -> None:
        changed(session, claim_of(session, AVOIDANCE), gist=f"the {which} gist of it")
        changed(session, claim_of(session, CORE), memo=f"{MEMO}\n\nEnds {which}.")
        changed(session, link_of(session), memo=f"seen from {which}")
        remark = session.records.remarks()[0]
        assert isinstance(remark, Remark)
        session.do(remarking.set_words(remark, f"so they say {which}"))
        session.do(gestures.set_article_memo(session.desk, DAILY, f"read {which}"))

    return does
