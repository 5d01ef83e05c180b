"""What `check` and opening say of decisions that don't fit together, or stand nowhere any more."""

import os
import re
from pathlib import Path

import pytest
from deciding_samples import FOUND, MET_SAW, SHOT_DOWNED, decisions
from session_samples import MET, SAW, SHOT, edit, exported, findings, git, make_workspace, opened, tag

from tui.exchange.branches import find_branches
from tui.exchange.checking import Severity
from tui.session import deciding, reanchoring


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two pairs rejected by Ada, in one.txt, two.txt; exported."""
    make_workspace(tmp_path)
    with opened(tmp_path) as session:
        for one in (SHOT_DOWNED, MET_SAW):
            session.do(deciding.reject(session.desk, one))
        exported(session)
    return tmp_path


def said(root: Path) -> list[tuple[int, str, str]]:
    """Line, kind and sentence of what is found in decisions.yaml."""
    return [
        (each.place.line, each.kind, each.sentence)
        for each in findings(root)
        if each.place.file == "annotations/ada/decisions.yaml"
    ]


def line_of(root: Path, text: str, nth: int = 1) -> int:
    lines = (root / "annotations/ada/decisions.yaml").read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if text in line][nth - 1]


def test_decisions_in_order_are_no_finding(root: Path) -> None:
    assert findings(root) == []


def test_sides_that_moved_are_one_warning_for_the_article_and_say_that_they_count(root: Path) -> None:
    file = root / "seeds/one.txt"
    file.write_text("A new line.\n\n" + file.read_text().replace("The balloon was", "The  balloon was"))
    ((line, kind, sentence),) = said(root)
    assert kind == "stale"
    assert line == line_of(root, "span:")
    assert re.fullmatch(
        r"\d sides? of decisions stands? elsewhere now; what counts is the words, so nothing needs to be done", sentence
    )
    assert {each.severity for each in findings(root)} == {Severity.WARNING}


def test_a_span_that_is_off_by_one_is_told(root: Path) -> None:
    text = (root / "annotations/ada/decisions.yaml").read_text()
    found = re.search(r"span: \[(\d+), (\d+)\]", text)
    assert found is not None
    first, last = map(int, found.groups())
    edit(root, "decisions.yaml", found.group(), f"span: [{first + 1}, {last + 1}]")
    ((line, kind, _),) = said(root)
    assert (line, kind) == (line_of(root, "span:"), "stale")


def test_words_that_stand_nowhere_any_more_are_a_warning_at_their_line(root: Path) -> None:
    file = root / "seeds/one.txt"
    file.write_text(file.read_text().replace("shot down", "brought down"))
    (line, kind, sentence), *others = said(root)
    assert {kind for _, kind, _ in others} == {"stale"}, "what stands below it moved"
    assert (line, kind) == (line_of(root, "exact:"), "orphaned")
    assert sentence == f"orphaned: “{SHOT}” stands nowhere in the article any more, and so decides nothing"
    assert {each.severity for each in findings(root)} == {Severity.WARNING}


def test_an_article_that_is_not_there_is_named(root: Path) -> None:
    (root / "seeds/two.txt").unlink()
    found = said(root)
    assert [kind for _, kind, _ in found] == ["article", "article"]
    assert "there is no article “two” that can be read" in found[0][2]


def test_an_article_of_another_name_is_recognised_by_its_words(root: Path) -> None:
    edit(root, "decisions.yaml", "article: two", "article: tow")
    ((line, kind, sentence),) = said(root)
    assert (line, kind) == (line_of(root, "article: tow"), "article")
    assert sentence == "the article tow was renamed to two: variorum reanchor"


def test_both_sides_at_one_place_are_an_error(root: Path) -> None:
    text = (root / "annotations/ada/decisions.yaml").read_text()
    first = text[text.index("    a:\n") + 7 : text.index("    b:\n")]
    second = text[text.index("    b:\n") + 7 : text.index("    created:")]
    edit(root, "decisions.yaml", f"    b:\n{second}", f"    b:\n{first}")
    ((line, kind, sentence),) = said(root)
    assert (line, kind) == (line_of(root, "    b:"), "pair")
    assert "a pair has two statements" in sentence


def test_a_pair_decided_on_twice_is_an_error_at_the_second_also_with_its_sides_changed(root: Path) -> None:
    text = (root / "annotations/ada/decisions.yaml").read_text()
    again = "\n" + text.split("\n\n")[1] + "\n"
    id = again.split(":")[0].strip()
    again = again.replace(id, "s000000000000").replace("    a:", "    c:").replace("    b:", "    a:")
    edit(root, "decisions.yaml", text, text + again.replace("    c:", "    b:"))
    (found,) = said(root)
    sentence = f"{id} decides on this very pair already: take one of the two out"
    assert found == (line_of(root, "s000000000000"), "pair", sentence)
    with opened(root) as session:  # nothing is lost meanwhile
        assert len(decisions(session)) == 3


def test_an_id_that_two_files_have_and_keys_nobody_knows_are_found(root: Path) -> None:
    edit(
        root,
        "decisions.yaml",
        "verdict: rejected\n    a:\n",
        "verdict: rejected\n    memmo: x\n    a:\n      mood: 1\n",
    )
    found = said(root)
    assert [(kind, sentence.partition(" is not known")[0]) for _, kind, sentence in found] == [
        *[("unknown key", "the key “memmo”"), ("unknown key", "the key “mood”")] * 2
    ]


def test_a_conflict_in_a_decision_is_open_until_it_is_decided_on_again(root: Path) -> None:
    entry = "conflicts:\n      - base: null\n        field: verdict\n        ours: rejected\n        theirs: accepted\n"
    text = (root / "annotations/ada/decisions.yaml").read_text()
    edit(root, "decisions.yaml", text, text.rstrip("\n") + f"\n    {entry}")
    ((_, kind, sentence),) = said(root)
    assert kind == "conflict"
    assert "(verdict)" in sentence
    with opened(root) as session:
        session.suggestions.renew(FOUND)
        assert MET_SAW not in session.suggestions.open()
        session.do(deciding.reject(session.desk, MET_SAW))
        exported(session)
    assert findings(root) == []


def test_what_can_not_be_read_is_named_with_its_line_and_hides_nothing_else(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        exported(session)
    edit(root, "decisions.yaml", "verdict: rejected\n    a:\n", "verdict: never\n    a:\n")
    with opened(root) as session:
        assert any("decisions.yaml:6" in notice and "“never” is not one of" in notice for notice in session.notices)
        assert len(decisions(session)) == 2  # as they were
        assert session.records.claims_in("one")
    assert {kind for _, kind, _ in said(root)} == {"malformed"}


def test_a_colleague_whose_decisions_can_not_be_read_is_named_and_their_claims_are_there(root: Path) -> None:
    with opened(root, "ben") as session:
        tag(session, SAW)
        exported(session)
    (root / "annotations/ben/decisions.yaml").write_text("format: variorum/1\ndecisions: [1]\n")
    with opened(root) as session:
        assert [notice for notice in session.notices if "ben/decisions.yaml:2" in notice]
        assert session.colleagues["ben"].claims_in("two")


@pytest.mark.parametrize("has_claim", [True, False])
def test_a_renamed_article_is_recognised_and_reanchor_writes_its_name(root: Path, has_claim: bool) -> None:
    if has_claim:
        with opened(root) as session:
            tag(session, MET)
            exported(session)
    (root / "seeds/one.txt").rename(root / "seeds/uno.txt")
    assert [each.kind for each in findings(root)] == ["article"]  # said once
    with opened(root) as session:
        assert session.desk.view.renamed == {"one": "uno"}
        reanchoring.reanchor(session)
        assert {one.b.article for one in decisions(session).values()} | {
            one.a.article for one in decisions(session).values()
        } == {"two", "uno"}
        exported(session)
    assert findings(root) == []
    with opened(root) as session:
        assert session.desk.view.renamed == {}


def test_where_two_articles_hold_the_words_nothing_is_taken_for_renamed(root: Path) -> None:
    text = (root / "seeds/one.txt").read_text()
    (root / "seeds/one.txt").unlink()
    for name in ("uno", "eins"):
        (root / f"seeds/{name}.txt").write_text(text)
    with opened(root) as session:
        assert session.desk.view.renamed == {}
    assert {kind for _, kind, _ in said(root)} == {"article"}


def test_decisions_of_colleagues_on_branches_are_told(root: Path) -> None:
    git(root, "init", "-q")
    (root / ".gitignore").write_text(".variorum\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "all")
    git(root, "checkout", "-q", "-b", "feature")
    with opened(root, "ben") as session:
        session.do(deciding.reject(session.desk, MET_SAW))
        exported(session)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "ben")
    git(root, "checkout", "-q", "main")
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}
    branches = find_branches(root, ["feature"], environ)
    with opened(root, branches=branches, environ=environ) as session:
        session.suggestions.renew(FOUND)
        told = [one.annotator for one in session.suggestions.decided(MET_SAW)]
        assert told == ["ada", "ben @feature"]


def test_a_file_edited_by_hand_is_written_in_its_one_form_by_the_next_export(root: Path) -> None:
    file = root / "annotations/ada/decisions.yaml"
    before = file.read_text()
    file.write_text("# mine\n" + before.replace("verdict: rejected", "verdict: 'rejected'"))
    with opened(root) as session:
        exported(session)
    assert file.read_text() == before
