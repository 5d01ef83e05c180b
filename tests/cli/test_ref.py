"""`--ref`: what is on branches, from the command line."""

import json
from pathlib import Path

import pytest
from cli_samples import BEGAN, make_workspace, record, run_command
from session_samples import git


@pytest.fixture
def branched(tmp_path: Path) -> Path:
    """Ada's records are on the branch `feature` only; Ben reads on main."""
    root = make_workspace(tmp_path / "w")
    git(root, "init", "-q")
    (root / ".gitignore").write_text(".variorum\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "articles")
    git(root, "checkout", "-q", "-b", "feature")
    record(root)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "records")
    git(root, "checkout", "-q", "main")
    return root


def test_list_shows_what_colleagues_recorded_on_a_branch(branched: Path, tmp_path: Path) -> None:
    listed = ("list", "--records", "--ref", "feature", "--format", "json")
    ran = run_command(*listed, at=branched, home=tmp_path, VARIORUM_ANNOTATOR="ben")
    assert (ran.code, ran.err) == (0, "")
    plain = json.loads(ran.out)
    assert plain["annotators"] == ["ada @feature"]
    assert {claim["annotator"] for claim in plain["claims"]} == {"ada @feature"}
    assert BEGAN in {claim["exact"] for claim in plain["claims"]}
    git(branched, "merge", "-q", "feature")
    ran = run_command(*listed, "--ref", "main", at=branched, home=tmp_path, VARIORUM_ANNOTATOR="ben")
    assert json.loads(ran.out)["annotators"] == ["ada"]
    assert len(json.loads(ran.out)["claims"]) == len(plain["claims"])


def test_of_one_reader_their_records_on_a_branch_are_listed_too(branched: Path, tmp_path: Path) -> None:
    listed = ("list", "--records", "--annotator", "ada", "--format", "json")
    git(branched, "checkout", "-q", "-b", "both", "feature")
    file = next((branched / "annotations/ada").glob("001*.yaml"))
    file.write_text(file.read_text().replace("tags:", "gist: on the branch\n    tags:"))
    git(branched, "commit", "-q", "-a", "-m", "more")
    git(branched, "checkout", "-q", "main")
    git(branched, "merge", "-q", "feature")
    for refs, annotators in (((), ["ada"]), (("--ref", "both"), ["ada", "ada @both"])):
        ran = run_command(*listed, *refs, at=branched, home=tmp_path, VARIORUM_ANNOTATOR="ben")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["annotators"] == annotators
    ran = run_command("list", "--records", "--annotator", "eva", "--ref", "both", at=branched, home=tmp_path)
    assert ran.code == 1
    assert "nothing was recorded by eva; there are records of ada" in ran.err


@pytest.mark.parametrize("command", [("list", "--records"), ()])
def test_a_branch_that_is_not_there_is_one_sentence(branched: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = run_command(*command, "--ref=--output=pwned", at=branched, home=tmp_path, TERM="xterm")
    assert ran.code in (1, 2)
    assert len(ran.err.splitlines()) == 1
    assert not (branched / "pwned").exists()


def test_a_branch_without_records_asked_for_is_wrong_usage(branched: Path, tmp_path: Path) -> None:
    ran = run_command("list", "--ref", "feature", at=branched, home=tmp_path)
    assert ran.code == 2
    assert "--ref is there with --records only" in ran.err
