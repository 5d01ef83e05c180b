"""What git's history knows of an article's older texts."""

import os
from pathlib import Path

import pytest
from session_samples import git

from tui.git import older_contents

ENVIRON = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}


def commit(root: Path, message: str = "later") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def put(root: Path, name: str, text: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def found(file: Path, *, limit: int = 1000, seconds: float = 20, **environ: str) -> list[str]:
    return [data.decode() for data in older_contents(file, ENVIRON | environ, size_limit=limit, seconds=seconds)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "a repository"
    root.mkdir()
    git(root, "init", "-q")
    return root


@pytest.mark.parametrize(
    "name",
    ["one.txt", "two words.txt", "--output=x.txt", "-n.txt", "Grüße ≠.txt", ":(glob)*.txt", ":!x.txt", "q'\"uo\te.txt"],
)
def test_every_version_is_found_newest_first_whatever_the_file_is_called(root: Path, name: str) -> None:
    put(root, "seeds/other.txt", "another article\n")
    for text in ("first\n", "second\n", "third\n"):
        file = put(root, f"seeds/{name}", text)
        commit(root)
    assert found(file) == ["third\n", "second\n", "first\n"]
    assert {path.name for path in root.iterdir()} == {".git", "seeds"}


def test_versions_of_other_branches_and_of_merges_are_found_too(root: Path) -> None:
    file = put(root, "one.txt", "base\n")
    commit(root)
    git(root, "checkout", "-q", "-b", "side")
    put(root, "one.txt", "side\n")
    commit(root)
    git(root, "checkout", "-q", "main")
    put(root, "one.txt", "main\n")
    commit(root)
    git(root, "merge", "-q", "-s", "ours", "--no-commit", "side")
    put(root, "one.txt", "made in the merge\n")
    commit(root)
    put(root, "one.txt", "after\n")
    commit(root)
    git(root, "branch", "elsewhere")
    git(root, "reset", "-q", "--hard", "HEAD~2")
    assert set(found(file)) == {"base\n", "side\n", "main\n", "made in the merge\n", "after\n"}


def test_a_file_is_followed_through_its_names(root: Path) -> None:
    body = "".join(f"line {number}\n" for number in range(20))
    put(root, "old.txt", f"{body}first\n")
    commit(root)
    git(root, "mv", "old.txt", "new name.txt")
    put(root, "new name.txt", f"{body}second\n")
    commit(root)
    file = put(root, "new name.txt", f"{body}third\n")
    commit(root)
    assert found(file) == [f"{body}{last}\n" for last in ("third", "second", "first")]


def test_a_file_that_is_gone_has_its_history_still(root: Path) -> None:
    file = put(root, "seeds/gone.txt", "text\n")
    commit(root)
    git(root, "rm", "-q", "-r", "seeds")
    commit(root)
    assert not file.exists()
    assert found(file) == ["text\n"]


def test_links_and_what_is_too_large_are_left_out(root: Path) -> None:
    file = put(root, "one.txt", "x" * 2000)
    commit(root)
    file.unlink()
    file.symlink_to("/etc/passwd")
    commit(root)
    file.unlink()
    put(root, "one.txt", "small\n")
    commit(root)
    assert found(file) == ["small\n"]
    assert found(file, limit=5000) == ["small\n", "x" * 2000]


def test_without_git_or_a_repository_or_time_nothing_is_found(root: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/one.txt", "text\n")
    assert found(outside) == []
    file = put(root, "one.txt", "text\n")
    assert found(file) == []
    commit(root)
    assert found(file) == ["text\n"]
    assert found(file, PATH="/nonexistent") == []
    with pytest.raises(TimeoutError):
        found(file, seconds=0)


def test_a_ref_that_leads_nowhere_hides_nothing(root: Path) -> None:
    for text in ("first\n", "second\n"):
        file = put(root, "one.txt", text)
        commit(root)
    put(root, ".git/refs/heads/lost", "1" * 40 + "\n")
    put(root, ".git/refs/heads/spoilt", "no commit\n")
    assert found(file) == ["second\n", "first\n"]


def test_what_stands_in_for_commits_and_contents_is_not_believed(root: Path) -> None:
    for text in ("first\n", "second\n", "third\n"):
        file = put(root, "one.txt", text)
        commit(root)
    every = ["third\n", "second\n", "first\n"]
    put(root, "evil.txt", "evil\n")
    git(
        root,
        "replace",
        git(root, "rev-parse", "HEAD~1:one.txt").strip(),
        git(root, "hash-object", "-w", "evil.txt").strip(),
    )
    assert found(file) == every
    git(root, "replace", "--graft", "HEAD")
    assert found(file) == every
    git(root, "replace", "-d", git(root, "rev-parse", "HEAD").strip())
    put(root, ".git/info/grafts", git(root, "rev-parse", "HEAD"))
    assert found(file) == every


def test_settings_of_the_repository_run_nothing(root: Path) -> None:
    for text in ("first\n", "second\n"):
        file = put(root, "one.txt", text)
        put(root, ".gitattributes", "*.txt diff=evil filter=evil\n")
        commit(root)
    ran = root / "ran"
    for key in ("diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.smudge", "gpg.program"):
        git(root, "config", key, f"touch '{ran}'")
    for key, value in (("log.showSignature", "true"), ("core.fsmonitor", f"touch '{ran}'"), ("diff.orderFile", "no")):
        git(root, "config", key, value)
    assert found(file) == ["second\n", "first\n"]
    assert not ran.exists()
