"""One reader on three machines who says three things of one claim: settled in the application, merged from each."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from session_samples import DOWNED, MET, SAW, SHOT, claim_of, end, exported, make_workspace, opened, tag
from simulation import ENVIRON

from tui.exchange.conflicts import read_conflict
from tui.exchange.git_setup import attributes_line, settings_for
from tui.exchange.resolving import resolve
from tui.model.changes import Change
from tui.model.records import Claim, Passage, SuggestionKind, Verdict
from tui.session import deciding
from tui.session.conflicting import Side, settle
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.suggest.suggestion import Reason, ReasonType, Suggestion
from tui.workspace import open_workspace

NAMES = ("first", "second", "third")


def git(at: Path, *arguments: str, fails: bool = False) -> str:
    ran = subprocess.run(
        ["git", *arguments], cwd=at, env={**ENVIRON, "HOME": str(at)}, capture_output=True, text=True, timeout=60
    )
    assert fails or ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def committed(at: Path) -> None:
    git(at, "add", "-A")
    git(at, "commit", "-q", "--allow-empty", "-m", "read")


def said(session: Session, gist: str, **more: object) -> None:
    claim = claim_of(session, MET)
    session.do(Gesture("said", (Change(claim, replace(claim, gist=gist, **more)),)))  # type: ignore[arg-type]


def versions(claim: Claim) -> set[object]:
    entries = [entry for each in claim.conflicts if (entry := read_conflict(each)) is not None]
    return {claim.gist, *(entry.ours for entry in entries), *(entry.theirs for entry in entries)}


@pytest.fixture
def machines(tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Three clones, each with its own gist and its own verdict on one pair, and commits that nobody merged."""
    first = tmp_path / NAMES[0]
    make_workspace(first)
    (first / ".gitignore").write_text(".variorum/\n")
    if request.param:
        (first / ".gitattributes").write_text(f"{attributes_line(open_workspace(first, {}))}\n")
    git(first, "init", "-q", "-b", "main")
    with opened(first) as session:
        tag(session, MET, SAW)
        exported(session)
    committed(first)
    for name in NAMES[1:]:
        git(tmp_path, "clone", "-q", NAMES[0], name)
    program = (sys.executable, "-E", "-P", str(Path(sys.executable).parent / "variorum"))
    for name in NAMES:
        for key, value in settings_for(program).items() if request.param else ():
            git(tmp_path / name, "config", key, value)
        for other in NAMES:
            git(tmp_path / name, "remote", "add", f"to-{other}", str(tmp_path / other))
        with opened(tmp_path / name) as session:
            said(session, name)
            pair = Suggestion(
                SuggestionKind.DUPLICATE, 0.5, (Reason(ReasonType.LIKENESS, "alike"),), passage(SHOT), passage(DOWNED)
            )
            decide = deciding.accept if name == "second" else deciding.reject
            session.do(decide(session.desk, pair))
            exported(session)
        committed(tmp_path / name)
    return [tmp_path / name for name in NAMES]


def passage(words: str) -> Passage:
    at = end(words)
    return Passage(at.article, at.span, words)


def pulled(at: Path, other: str, with_driver: bool) -> None:
    """Merge what another machine has, with the driver, or with `resolve` where git stopped."""
    git(at, "fetch", "-q", f"to-{other}")
    git(at, "merge", "-q", "--no-edit", f"to-{other}/main", fails=not with_driver)
    if not with_driver and git(at, "ls-files", "-u"):
        resolved = resolve(open_workspace(at, {}), ENVIRON)
        assert not resolved.refused
        git(at, "commit", "-q", "--no-edit")
    assert not git(at, "status", "--porcelain")


@pytest.mark.parametrize(("machines", "with_driver"), [(True, True), (False, False)], indirect=["machines"])
def test_three_versions_are_settled_once_and_stay_so_on_every_machine(machines: list[Path], with_driver: bool) -> None:
    first, second, third = machines
    pulled(first, "second", with_driver)
    pulled(first, "third", with_driver)
    pulled(second, "third", with_driver)
    pulled(third, "second", with_driver)
    with opened(first) as session:
        assert exported(session).is_well
        claim = claim_of(session, MET)
        assert versions(claim) == set(NAMES)
        assert len(session.disputes) == 3
        for number in (2, 1):
            dispute = next(one for one in session.disputes.all() if one.field == "gist")
            said = {dispute.version(side): side for side in (Side.OURS, Side.THEIRS)}
            gesture = settle(session.desk, dispute, said.get("second", Side.STANDING))
            session.do(gesture)
            assert sum(one.field == "gist" for one in session.disputes.all()) == number - 1
        assert claim_of(session, MET).gist == "second"
        exported(session)
    committed(first)
    # The others recorded something else of the claim before they pull.
    for at, memo in ((second, None), (third, "a memo")):
        with opened(at) as session:
            assert len(versions(claim_of(session, MET))) == 2
            if memo:
                claim = claim_of(session, MET)
                session.do(Gesture("memo", (Change(claim, replace(claim, memo=memo)),)))
            exported(session)
        committed(at)
    pulled(third, "first", with_driver)
    pulled(second, "third", with_driver)
    pulled(first, "second", with_driver)
    for at in (third, second, first):
        with opened(at) as session:
            exported(session)
            claim = claim_of(session, MET)
            assert (claim.gist, claim.memo, claim.conflicts) == ("second", "a memo", ())
            (decision,) = session.records.decisions()
            (open_one,) = session.disputes.all()
            assert (open_one.record, open_one.field) == (decision, "verdict")
            # The base of two who both decided is none.
            assert open_one.sides == (Side.OURS, Side.THEIRS)
    with opened(third) as session:
        (dispute,) = session.disputes.all()
        side = Side.OURS if dispute.version(Side.OURS) == "rejected" else Side.THEIRS
        session.do(settle(session.desk, dispute, side))
        exported(session)
    committed(third)
    pulled(second, "third", with_driver)
    pulled(first, "second", with_driver)
    for at in machines:
        with opened(at) as session:
            (decision,) = session.records.decisions()
            assert decision.verdict is Verdict.REJECTED
            assert not session.disputes
