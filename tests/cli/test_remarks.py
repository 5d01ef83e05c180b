"""Remarks, as the commands list them."""

import json
from pathlib import Path

import pytest
from cli_samples import BEGAN, make_workspace, record, run_command

from tui.model.records import Claim, Stance
from tui.session import remarking
from tui.session.opening import open_session
from tui.session.sync import export
from tui.workspace import open_workspace


@pytest.fixture
def remarked(tmp_path: Path) -> Path:
    """Ben disagrees with a claim of Ada, and comments on her contradiction."""
    root = make_workspace(tmp_path / "w")
    record(root)
    session = open_session(open_workspace(root, {}), "ben")
    theirs = session.index_of("ada")
    claim = next(one for one in theirs.records() if isinstance(one, Claim) and one.exact == BEGAN)
    session.do(remarking.remark(session, claim, Stance.DISAGREE, "it was <b>before</b>\x1b[31m"))
    session.do(remarking.remark(session, theirs.contradictions()[0], Stance.COMMENT, "ask the editor"))
    export(session)
    session.close()
    return root


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_remarks_stand_below_what_they_speak_of(remarked: Path, tmp_path: Path, kind: str) -> None:
    ran = run_command("list", "--records", "--format", kind, at=remarked, home=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    words = ran.out
    assert "ben comments: ask the editor" in words
    assert words.index("When did contacts") < words.index("ben comments") < words.index("ben disagrees: it was")
    assert "Remarks" not in words
    assert "\x1b" not in words
    if kind == "markdown":
        assert "<b>" not in words.replace("\\<b", "")


def test_remarks_on_records_that_are_not_listed_come_last(remarked: Path, tmp_path: Path) -> None:
    ran = run_command("list", "--records", "--annotator", "ben", at=remarked, home=tmp_path)
    assert "Remarks" in ran.out
    assert "disagree by ben on ada/c" in ran.out


def test_json_has_each_remark_with_what_it_speaks_of(remarked: Path, tmp_path: Path) -> None:
    plain = json.loads(run_command("list", "--records", "--format", "json", at=remarked, home=tmp_path).out)
    by_stance = {remark["stance"]: remark for remark in plain["remarks"]}
    assert by_stance["disagree"]["exact"] == BEGAN
    assert by_stance["disagree"]["annotator"] == "ben"
    ids = {f"ada/{one['id']}" for one in (*plain["claims"], *plain["contradictions"])}
    assert {remark["on"] for remark in plain["remarks"]} <= ids
