"""`variorum suggest`, as the shell runs it."""

import json
import re
from pathlib import Path

import pytest
from cli_samples import make_workspace, record, run_command
from jsonschema import validate

from tui.session import deciding
from tui.session.opening import open_session
from tui.suggest.engine import Engine
from tui.suggest.suggestion import ReasonType
from tui.workspace import open_workspace

SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
SIDE = {
    "type": "object",
    "required": ["article", "span", "exact"],
    "properties": {"article": {"type": "string"}, "span": SPAN, "exact": {"type": "string", "minLength": 1}},
    "additionalProperties": False,
}
REASON = {
    "type": "object",
    "required": ["type", "text", "a", "b"],
    "properties": {
        "type": {"enum": [type.value for type in ReasonType]},
        "text": {"type": "string", "minLength": 1},
        "a": {"type": "array", "items": SPAN},
        "b": {"type": "array", "items": SPAN},
    },
    "additionalProperties": False,
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["kind", "score", "reasons", "a", "b"],
        "properties": {
            "kind": {"enum": ["duplicate", "contradiction"]},
            "score": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
            "reasons": {"type": "array", "items": REASON, "minItems": 1},
            "a": SIDE,
            "b": SIDE,
            "contradiction_kinds": {"type": "array", "items": {"type": "string"}},
        },
        "additionalProperties": False,
    },
}
TALLY = {"right", "wrong", "unjudged", "precision"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only read by those that use it."""
    return make_workspace(tmp_path_factory.mktemp("suggest") / "blinken")


def test_the_best_of_each_kind_with_their_reasons_in_words(workspace: Path, tmp_path: Path) -> None:
    ran = run_command("suggest", "--limit", "1", at=workspace, home=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "1. ≡ possible duplicate" in ran.out
    assert "2. ≠ possible conflict (" in ran.out
    assert "Word for word the same" in ran.out
    assert "[004_79e361a2b1662a70]" in ran.out


def test_the_json_has_every_place_in_its_article(workspace: Path, tmp_path: Path) -> None:
    ran = run_command("suggest", "--format", "json", at=workspace, home=tmp_path)
    found = json.loads(ran.out)
    validate(found, SCHEMA)
    assert {one["kind"] for one in found} == {"duplicate", "contradiction"}
    for kind in ("duplicate", "contradiction"):
        scores = [one["score"] for one in found if one["kind"] == kind]
        assert scores == sorted(scores, reverse=True)
    for one in found:
        for name in ("a", "b"):
            side = one[name]
            text = (workspace / "seeds" / f"{side['article']}.txt").read_text(encoding="utf-8")
            start, end = side["span"]
            assert text[start:end] == side["exact"]
            for reason in one["reasons"]:
                assert all(start <= first < last <= end for first, last in reason[name])


def test_one_kind_alone_and_no_more_than_wanted(workspace: Path, tmp_path: Path) -> None:
    ran = run_command("suggest", "--kind", "duplicate", "--limit", "3", "--format", "json", at=workspace, home=tmp_path)
    assert [one["kind"] for one in json.loads(ran.out)] == ["duplicate"] * 3


def test_nothing_is_written_by_reading(workspace: Path, tmp_path: Path) -> None:
    before = sorted(workspace.rglob("*"))
    run_command("suggest", at=workspace, home=tmp_path)
    assert sorted(workspace.rglob("*")) == before


def test_what_was_decided_or_linked_is_left_out_unless_all_is_wanted(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "decided")
    arguments = ("suggest", "--kind", "duplicate", "--format", "json")
    first, second, *_ = before = json.loads(run_command(*arguments, at=root, home=tmp_path).out)
    session = open_session(open_workspace(root, {}), "ada")
    *_, (one, other, *_more) = Engine().suggest(session.library.articles, session.statements)
    session.do(deciding.reject(session.desk, one))
    session.do(deciding.accept(session.desk, other))
    session.flush()
    session.close()
    after = json.loads(run_command(*arguments, at=root, home=tmp_path).out)
    places = [(each["a"], each["b"]) for each in after]
    assert (first["a"], first["b"]) not in places
    assert (second["a"], second["b"]) not in places
    every = json.loads(run_command(*arguments, "--all", at=root, home=tmp_path).out)
    assert [(each["a"], each["b"]) for each in every] == [(each["a"], each["b"]) for each in before]
    assert list((root / ".variorum/suggest").glob("*.json"))
    worth = run_command("suggest", "--evaluate", "--kind", "duplicate", at=root, home=tmp_path).out
    assert re.search(r"^  first 10 +1 +1 +8   0\.50 of 2$", worth, re.MULTILINE)


def test_what_they_are_worth_in_a_workspace(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "worth")
    empty = run_command("suggest", "--evaluate", at=root, home=tmp_path)
    assert empty.code == 0
    assert "nothing was linked or decided" in empty.err
    record(root)
    ran = run_command("suggest", "--evaluate", at=root, home=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "first 10" in ran.out
    assert "unjudged" in ran.out
    assert "rare words on both sides" in ran.out
    plain = json.loads(run_command("suggest", "--evaluate", "--format", "json", at=root, home=tmp_path).out)
    assert set(plain) == {"duplicate", "contradiction"}
    for score in plain.values():
        assert set(score["first"]) == {"10", "20", "50"}
        assert all(
            set(tally) == TALLY for tally in (score["all"], *score["first"].values(), *score["reasons"].values())
        )
    assert plain["duplicate"]["known"] > 0


def test_help_and_wrong_usage(workspace: Path, tmp_path: Path) -> None:
    assert "--evaluate" in run_command("suggest", "--help", at=workspace, home=tmp_path).out
    for wrong in (("--limit", "0"), ("--limit", "many"), ("--kind", "none"), ("--evaluate", "--limit", "3")):
        ran = run_command("suggest", *wrong, at=workspace, home=tmp_path)
        assert (ran.code, ran.out) == (2, "")


def test_articles_that_cannot_be_read_are_named_and_the_answer_is_1(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "bad")
    (root / "seeds/empty.txt").write_bytes(b"")
    ran = run_command("suggest", "--limit", "1", at=root, home=tmp_path)
    assert ran.code == 1
    assert "empty.txt" in ran.err
    assert ran.out


def test_a_colleagues_broken_file_is_named_but_the_list_is_whole_without_it(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "team")
    whole = run_command("suggest", "--limit", "1", at=root, home=tmp_path)
    (root / "annotations/ben").mkdir(parents=True, exist_ok=True)
    (root / "annotations/ben/decisions.yaml").write_text("format: [\n", encoding="utf-8")
    ran = run_command("suggest", "--limit", "1", at=root, home=tmp_path)
    assert (ran.code, ran.out) == (0, whole.out)
    assert "annotations/ben/decisions.yaml" in ran.err
    # What colleagues decided is what the list is scored against.
    assert run_command("suggest", "--evaluate", at=root, home=tmp_path).code == 1


def test_one_s_own_broken_file_may_hide_what_was_decided(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "own")
    (root / "annotations/ada").mkdir(parents=True, exist_ok=True)
    (root / "annotations/ada/decisions.yaml").write_text("format: [\n", encoding="utf-8")
    assert run_command("suggest", "--limit", "1", at=root, home=tmp_path).code == 1


def test_statements_stand_as_the_article_has_them_without_marks_of_speech(tmp_path: Path) -> None:
    root = tmp_path / "marks"
    (root / "seeds").mkdir(parents=True)
    (root / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    said = "“The captain warned of the storm twice that very morning,” Jane Roe told the inquiry."
    for name in ("one", "two"):
        text = f"Report {name} of it.\n\nThe harbour master closed the old bridge before noon.\n\n{said}\n"
        (root / f"seeds/{name}.txt").write_text(text, encoding="utf-8")
    out = run_command("suggest", at=root, home=tmp_path).out
    assert "  | The harbour master closed the old bridge before noon.\n" in out
    assert "  | “The captain warned" in out


def test_a_pair_that_can_t_both_be_right_is_a_conflict_first_and_says_so_as_duplicate(tmp_path: Path) -> None:
    root = tmp_path / "odds"
    (root / "seeds").mkdir(parents=True)
    (root / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    for name, count, where in (("one", "Seventeen", "north"), ("two", "Fourteen", "south")):
        told = f"{count} people were injured when the night express left the rails near Milford."
        also = "The line will stay closed while engineers inspect the old iron bridge."
        text = f"Crash in the {where}\n\n{told}\n\n{also}\n"
        (root / f"seeds/{name}.txt").write_text(text, encoding="utf-8")
    found = json.loads(run_command("suggest", "--format", "json", at=root, home=tmp_path).out)
    injured = [one for one in found if "injured" in one["a"]["exact"]]
    (conflict,) = (one for one in injured if one["kind"] == "contradiction")
    (duplicate,) = (one for one in injured if one["kind"] == "duplicate")
    assert found.index(conflict) < found.index(duplicate)
    assert conflict["reasons"][0] in duplicate["reasons"]
    others = [one["score"] for one in found if one["kind"] == "duplicate" and one is not duplicate]
    assert others
    assert duplicate["score"] <= min(others)


def test_hostile_words_reach_no_terminal(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    (root / "seeds").mkdir(parents=True)
    (root / "config.yaml").write_text("format: variorum/1\n", encoding="utf-8")
    evil = "The captain warned \x1b]0;owned\x07 of the \x1b[31mstorm\u202e twice that very morning."
    for name in ("one", "two"):
        (root / f"seeds/{name}.txt").write_text(f"Report {name} of it.\n\n{evil}\n", encoding="utf-8")
    for how in ("text", "json"):
        ran = run_command("suggest", "--format", how, at=root, home=tmp_path)
        assert ran.code == 0
        assert "captain" in ran.out
        assert not set("\x1b\x07\u202e") & set(ran.out)
