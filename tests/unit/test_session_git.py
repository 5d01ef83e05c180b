"""Sharing by git: what readers record and export is merged by git itself, without anybody's help."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from session_samples import (
    BROKE,
    DOWNED,
    LITTLE,
    MET,
    SAW,
    SHOT,
    claim_of,
    end,
    git,
    make_workspace,
    opened,
    state,
)

from tui.model.records import Claim
from tui.session import gestures
from tui.session.sync import export


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one repository, where Ada has recorded something."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q")
    make_workspace(origin)
    record(origin, "ada", MET)
    commit(origin)
    here, there = tmp_path / "here", tmp_path / "there"
    git(tmp_path, "clone", "-q", "origin", "here")
    git(tmp_path, "clone", "-q", "origin", "there")
    return here, there


def record(root: Path, annotator: str, *sentences: str, tag: str = "fact") -> None:
    with opened(root, annotator) as session:
        assert session.notices == []
        for words in sentences:
            session.do(gestures.tag(session.desk, end(words), tag))
        report = export(session)
        assert not report.problems
        assert not report.blocked


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "read")


def own(root: Path, annotator: str = "ada", notices: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """What a fresh look at the files says an annotator has marked, with the tags."""
    with opened(root, annotator) as session:
        assert session.notices == [*notices]
        claims = [record for record in session.records.records() if isinstance(record, Claim)]
        return {claim.exact: claim.tags for claim in claims}


def test_the_store_is_never_committed(clones: tuple[Path, Path]) -> None:
    here, _ = clones
    record(here, "ada", SAW)
    assert ".variorum" not in git(here, "status", "--porcelain", "--untracked-files=all")


def test_the_branches_of_two_annotators_never_conflict(clones: tuple[Path, Path]) -> None:
    here, there = clones
    for number in range(3):
        for root, annotator in ((here, "ada"), (there, "ben")):
            record(root, annotator, SHOT, MET, SAW, tag=("opinion", "quote", "fact")[number])
            with opened(root, annotator) as session:
                if number == 0:
                    session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
                session.do(gestures.set_finished(session.desk, "one", number != 1))
                export(session)
            commit(root)
        git(here, "pull", "-q", "--no-rebase", "--no-edit", str(there), "main")
        git(there, "pull", "-q", "--no-rebase", "--no-edit", str(here), "main")
    for root in (here, there):
        assert own(root, "ada") == own(root, "ben") == dict.fromkeys((SHOT, MET, SAW), ("fact",))


def test_edits_apart_in_one_file_of_one_annotator_are_merged_by_git(clones: tuple[Path, Path]) -> None:
    here, there = clones
    record(here, "ada", SHOT, SAW)
    commit(here)
    git(there, "pull", "-q", str(here), "main")
    record(here, "ada", LITTLE)
    record(there, "ada", SHOT, tag="opinion")
    record(there, "ada", BROKE)
    commit(here)
    commit(there)
    git(here, "pull", "-q", "--no-rebase", "--no-edit", str(there), "main")
    expected = {SHOT: ("opinion",), MET: ("fact",), LITTLE: ("fact",), SAW: ("fact",), BROKE: ("fact",)}
    assert own(here) == expected
    with opened(here) as session:
        assert str(export(session)) == "YAML is up to date"
    assert git(here, "status", "--porcelain") == ""


def test_a_pull_under_an_open_session_is_taken_in_and_kept(clones: tuple[Path, Path]) -> None:
    here, there = clones
    with opened(here) as session:
        record(there, "ada", MET, tag="opinion")
        commit(there)
        git(here, "pull", "-q", str(there), "main")
        session.do(gestures.tag(session.desk, end(DOWNED), "fact"))
        export(session)
        assert claim_of(session, MET).tags == ("opinion",)
    assert own(here) == {MET: ("opinion",), DOWNED: ("fact",)}


def test_going_back_and_forth_in_history_takes_records_away_and_brings_them_back(clones: tuple[Path, Path]) -> None:
    here, _ = clones
    record(here, "ada", SAW, BROKE)
    record(here, "ada", MET, tag="opinion")
    commit(here)
    with opened(here) as session:
        final = state(session)
    git(here, "checkout", "-q", "HEAD~1")
    assert own(here, notices=["annotations/ada/two.yaml is gone, and with it 2 claims"]) == {MET: ("fact",)}
    git(here, "checkout", "-q", "main")
    with opened(here) as session:
        assert state(session) == final
        assert str(export(session)) == "YAML is up to date"


def test_a_branch_without_ones_files_is_no_reason_to_lose_what_they_held(clones: tuple[Path, Path]) -> None:
    here, _ = clones
    record(here, "ada", SAW)
    commit(here)
    git(here, "checkout", "-q", "-b", "fresh")
    git(here, "rm", "-r", "-q", "annotations")
    git(here, "commit", "-q", "-m", "begin anew")
    with opened(here) as session:
        assert "annotations/ada: all your YAML is gone" in session.notices[0]
        session.do(gestures.tag(session.desk, end(BROKE), "fact"))
        assert export(session).written == []
    assert not (here / "annotations").exists()
    git(here, "checkout", "-q", "main")
    record(here, "ada")
    assert own(here) == dict.fromkeys((MET, SAW, BROKE), ("fact",))


def test_a_conflict_git_leaves_is_named_and_goes_when_it_is_settled(clones: tuple[Path, Path]) -> None:
    here, there = clones
    for root, tag in ((here, "ours"), (there, "theirs")):
        record(root, "ada", MET, tag=tag)
        commit(root)
    with pytest.raises(AssertionError, match="CONFLICT"):
        git(here, "pull", "-q", "--no-rebase", "--no-edit", str(there), "main")
    file = here / "annotations/ada/one.yaml"
    marked = file.read_bytes()
    with opened(here) as session:
        assert any(notice.startswith("annotations/ada/one.yaml:") for notice in session.notices)
        session.do(gestures.tag(session.desk, end(LITTLE), "fact"))
        assert export(session).written == []
        assert file.read_bytes() == marked
        git(here, "checkout", "--theirs", "annotations/ada/one.yaml")
        assert not export(session).problems
        assert claim_of(session, MET).tags == ("theirs",)
        assert claim_of(session, LITTLE).tags == ("fact",)
