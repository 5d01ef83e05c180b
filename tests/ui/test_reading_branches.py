"""Reading what colleagues recorded on a branch beside what is merged."""

import os
from pathlib import Path

from driving import REWRITE, SCMP, reading, seeds
from session_samples import git
from teaming import comes, look, marks, opened, place_of

from tui.exchange.branches import find_branches
from tui.session import gestures
from tui.session.opening import open_session
from tui.session.session import Session
from tui.workspace import open_workspace

BALLOON, CHANNELS = "balloon", "channels"
ENVIRON = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


def branched(root: Path) -> None:
    """Ben marks a claim, which is merged; on the branch `feature` another, and a contradiction of both."""
    seeds(root)
    (root / ".gitignore").write_text(".variorum\n")
    marks(root, "ben", (SCMP, BALLOON))
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "merged")
    git(root, "checkout", "-q", "-b", "feature")
    ben = opened(root.parent / "away-ben", "ben")
    try:
        ben.do(gestures.contradiction(ben.desk, place_of(ben, SCMP, BALLOON), place_of(ben, REWRITE, BALLOON)))
        comes(ben, root)
    finally:
        ben.close()
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "not merged")
    git(root, "checkout", "-q", "main")


def with_branch(root: Path) -> Session:
    branches = find_branches(root, ["feature"], ENVIRON)
    return open_session(open_workspace(root, ENVIRON), "ada", branches=branches, environ=ENVIRON)


async def test_what_is_on_a_branch_is_followed_and_named_with_it(tmp_path: Path) -> None:
    root = tmp_path / "w"
    branched(root)
    async with reading(root, session=with_branch(root)) as it:
        await it.keys("enter J")
        assert it.screen.count("·f≠") == 1, "the claim that is merged is there once"
        assert it.strip[0].split()[-2] == "ben"
        await it.keys("enter")
        assert it.column.article.id == REWRITE
        assert "ben @feature" in it.strip[0]
        await it.keys("Y")
        assert it.last.startswith("adopted the contradiction from ben @feature")
        assert all(claim.from_ and claim.from_.startswith("ben/c") for claim in it.claims)


async def test_the_library_counts_what_is_the_same_once(tmp_path: Path) -> None:
    root = tmp_path / "w"
    branched(root)
    async with reading(root, session=with_branch(root)) as it:
        row = next(row for row in it.library.list.rows if row.id == SCMP)
        assert (row.claims, row.contradictions) == (1, 1)


async def test_when_the_branch_is_merged_meanwhile_it_is_bens_like_the_rest(tmp_path: Path) -> None:
    root = tmp_path / "w"
    branched(root)
    async with reading(root, session=with_branch(root)) as it:
        await it.keys("enter J enter")
        git(root, "merge", "-q", "feature")
        await look(it)
        await it.keys("J K")
        assert "feature" not in it.screen
        assert "≠" in "".join(it.strip)
        assert it.app.is_running


async def test_a_link_of_a_branch_can_be_gone_back_to_and_compared(tmp_path: Path) -> None:
    root = tmp_path / "w"
    branched(root)
    async with reading(root, session=with_branch(root)) as it:
        await it.keys("enter J J enter < =")
        await it.found()
        assert "of what kind?, open ben @" in it.screen
        await it.keys("escape escape F")
        await it.type("balloon")
        await it.keys("enter")
        await it.found()
        assert it.app.is_running
