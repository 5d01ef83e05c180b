"""Decisions on the command line: exported, shown, listed, logged, merged by git's driver."""

import json
from pathlib import Path

import pytest
import yaml
from cli_samples import BEGAN, CUT, FIRST, SECOND, make_workspace, run_command

from tui.model.records import Passage, SuggestionKind
from tui.model.span import Span
from tui.session import deciding
from tui.session.opening import open_session
from tui.session.session import Session
from tui.suggest.suggestion import Reason, ReasonType, Suggestion
from tui.workspace import open_workspace


def pair(session: Session) -> Suggestion:
    sides = []
    for article, words in ((FIRST, BEGAN), (SECOND, CUT)):
        at = session.articles[article].text.index(words)
        sides.append(Passage(article, Span(at, at + len(words)), words))
    return Suggestion(SuggestionKind.CONTRADICTION, 0.5, (Reason(ReasonType.DATE, "x"),), sides[0], sides[1], ("date",))


def decide(root: Path, *, is_accepted: bool) -> str:
    """Decide on the pair as Ada; the id of the decision."""
    session = open_session(open_workspace(root, {}), "ada")
    one = pair(session)
    session.do((deciding.accept if is_accepted else deciding.reject)(session.desk, one))
    session.flush()
    session.close()
    return deciding.decision_id(one.kind, one.a, one.b)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "blinken")


def test_export_writes_the_file_once_there_is_a_decision_and_takes_it_away_with_the_last(
    workspace: Path, tmp_path: Path
) -> None:
    file = workspace / "annotations/ada/decisions.yaml"
    assert run_command("export", at=workspace, home=tmp_path).code == 0
    assert not file.exists()
    id = decide(workspace, is_accepted=False)
    assert "decisions.yaml" in run_command("export", at=workspace, home=tmp_path).out
    assert list(yaml.safe_load(file.read_bytes())["decisions"]) == [id]
    assert run_command("check", at=workspace, home=tmp_path).code == 0
    session = open_session(open_workspace(workspace, {}), "ada")
    session.undo()
    session.flush()
    session.close()
    assert run_command("export", at=workspace, home=tmp_path).code == 0
    assert not file.exists()


def test_show_prints_both_sides_with_their_words(workspace: Path, tmp_path: Path) -> None:
    id = decide(workspace, is_accepted=False)
    run_command("export", at=workspace, home=tmp_path)
    ran = run_command("show", "annotations/ada/decisions.yaml", at=workspace, home=tmp_path)
    assert ran.code == 0
    assert ran.out == (
        f"decisions\n\n{id} decision\n  {FIRST}\n    “{BEGAN}”\n  {SECOND}\n    “{CUT}”\n"
        "  kind: contradiction\n  verdict: rejected\n"
    )


def test_the_log_names_the_decision_beside_what_it_brought(workspace: Path, tmp_path: Path) -> None:
    id = decide(workspace, is_accepted=True)
    ran = run_command("log", at=workspace, home=tmp_path)
    lines = ran.out.splitlines()
    assert lines[0].endswith("  contradiction recorded")
    assert [line.split()[1] for line in lines[1:]] == ["claim", "claim", "contradiction", "decision"]
    assert f"    + decision {id}, contradiction accepted: {BEGAN[:60]}…" in lines
    entries = json.loads(run_command("log", "--format", "json", at=workspace, home=tmp_path).out)["entries"]
    assert {change["kind"] for change in entries[0]["changes"]} == {"claims", "contradictions", "decisions"}


def test_the_records_as_json_hold_everybodys_decisions(workspace: Path, tmp_path: Path) -> None:
    id = decide(workspace, is_accepted=False)
    run_command("export", at=workspace, home=tmp_path)
    ran = run_command("list", "--records", "--format", "json", at=workspace, home=tmp_path, VARIORUM_ANNOTATOR="Ben")
    (decision,) = json.loads(ran.out)["decisions"]
    assert (decision["id"], decision["annotator"], decision["verdict"]) == (id, "ada", "rejected")
    assert decision["a"]["exact"] == BEGAN
    for format in ("text", "markdown"):
        assert run_command("list", "--records", "--format", format, at=workspace, home=tmp_path).code == 0


def test_import_takes_in_what_somebody_decided_elsewhere(workspace: Path, tmp_path: Path) -> None:
    id = decide(workspace, is_accepted=False)
    run_command("export", at=workspace, home=tmp_path)
    other = make_workspace(tmp_path / "elsewhere")
    (other / "annotations").mkdir()
    (workspace / "annotations/ada").rename(other / "annotations/ada")
    assert run_command("import", at=other, home=tmp_path).code == 0
    session = open_session(open_workspace(other, {}), "ada", take_in=False)
    session.suggestions.renew([pair(session)])
    assert [one.id for one in session.records.decisions()] == [id]
    assert session.suggestions.open() == ()
    session.close()


def test_merge_keeps_both_verdicts_and_says_so(workspace: Path, tmp_path: Path) -> None:
    sides = []
    for name, is_accepted in (("ours", True), ("theirs", False)):
        root = make_workspace(tmp_path / name)
        id = decide(root, is_accepted=is_accepted)
        run_command("export", at=root, home=tmp_path)
        sides.append(root / "annotations/ada/decisions.yaml")
    base = tmp_path / "base.yaml"
    base.write_text("")
    ran = run_command("merge", base, *sides, at=workspace, home=tmp_path)
    assert ran.code == 1
    assert f"{id}: verdict" in ran.out + ran.err
    decision = yaml.safe_load(sides[0].read_bytes())["decisions"][id]
    assert decision["verdict"] == "accepted"
    assert [(entry["ours"], entry["theirs"]) for entry in decision["conflicts"]] == [("accepted", "rejected")]


def test_doctor_counts_them_says_what_is_not_exported_and_what_is_wrong(workspace: Path, tmp_path: Path) -> None:
    decide(workspace, is_accepted=False)

    def said() -> str:
        return " ".join(run_command("doctor", at=workspace, home=tmp_path).out.split())

    assert "1 record of ada" in said()
    assert "1 file of ada lacks something that is recorded here - decisions.yaml" in said()
    run_command("export", at=workspace, home=tmp_path)
    assert "1 file of 1 reader" in said()
    assert "decisions.yaml" not in said()
    file = workspace / "annotations/ada/decisions.yaml"
    file.write_text(file.read_text().replace("verdict: rejected", "verdict: never"))
    assert "1 error and no warnings in the files" in said()
