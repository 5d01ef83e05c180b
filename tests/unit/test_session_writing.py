"""One's own records as YAML: which files are written and removed, and when."""

from pathlib import Path

import pytest
import yaml
from session_samples import (
    BROKE,
    DRIFTED,
    MET,
    SAW,
    SHOT,
    annotations,
    claim_of,
    edit,
    end,
    exported,
    make_workspace,
    opened,
    record_some,
    state,
    tag,
    tree,
)

from tui.session import gestures


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


def test_every_article_with_records_and_the_links_get_their_file(root: Path) -> None:
    record_some(root)
    files = annotations(root)
    assert sorted(files) == ["folder/a.yaml", "links.yaml", "one.yaml", "two.yaml"]
    one = yaml.safe_load(files["one.yaml"])
    assert list(one) == ["format", "article", "text_sha256", "finished", "claims"]
    assert [claim["exact"] for claim in one["claims"].values()] == [SHOT, MET]
    assert yaml.safe_load(files["folder/a.yaml"])["article"] == "folder/a"
    links = yaml.safe_load(files["links.yaml"])
    (contradiction,) = links["contradictions"].values()
    assert [(one["article"], one["exact"]) for one in contradiction["between"]] == [("one", MET), ("two", SAW)]


def test_exporting_again_touches_nothing(root: Path) -> None:
    record_some(root)
    before = tree(root)
    with opened(root) as session:
        assert str(exported(session)) == "YAML is up to date"
    with opened(root) as session:
        assert str(exported(session)) == "YAML is up to date"
    assert tree(root) == before


def test_only_the_file_of_what_changed_is_written(root: Path) -> None:
    record_some(root)
    before = tree(root / "annotations")
    with opened(root) as session:
        tag(session, BROKE)
        report = exported(session)
    assert report.written == ["annotations/ada/two.yaml"]
    changed = {path for path, entry in tree(root / "annotations").items() if before.get(path) != entry}
    assert {"ada/two.yaml"} <= changed <= {"ada/two.yaml", "ada"}


def test_the_same_records_give_the_same_bytes_in_a_fresh_clone(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record_some(root)
    clone = tmp_path_factory.mktemp("clone")
    make_workspace(clone)
    (root / "annotations").rename(clone / "annotations")
    before = annotations(clone)
    with opened(clone) as session:
        assert str(exported(session)) == "YAML is up to date"
    assert annotations(clone) == before


def test_the_words_of_a_links_ends_follow_a_claim_that_was_moved(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        session.do(gestures.respan(session.desk, claim_of(session, MET).id, end("on Monday").span))
        assert exported(session).written == ["annotations/ada/links.yaml", "annotations/ada/one.yaml"]
    assert b"on Monday\n" in annotations(root)["links.yaml"]


def test_a_note_alone_names_no_text(root: Path) -> None:
    with opened(root) as session:
        session.do(gestures.set_finished(session.desk, "one", True))
        exported(session)
    assert annotations(root)["one.yaml"] == b"format: variorum/1\narticle: one\nfinished: true\n"


def test_a_file_is_removed_when_its_last_record_went(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        session.do(gestures.delete(session.desk, claim_of(session, DRIFTED)))
        session.do(gestures.delete(session.desk, claim_of(session, SAW)))
        report = exported(session)
    assert report.removed == ["annotations/ada/" + name for name in ("folder/a.yaml", "links.yaml", "two.yaml")]
    assert not (root / "annotations/ada/folder").exists()
    assert sorted(annotations(root)) == ["one.yaml"]
    with opened(root) as session:
        assert len(state(session)) == 3
        assert str(exported(session)) == "YAML is up to date"


def test_keys_that_are_not_known_keep_a_file_without_records(root: Path) -> None:
    record_some(root)
    edit(root, "two.yaml", "article: two\n", "article: two\nreviewed_by: eve\n")
    with opened(root) as session:
        session.do(gestures.delete(session.desk, claim_of(session, SAW)))
        exported(session)
    assert yaml.safe_load(annotations(root)["two.yaml"]) == {
        "format": "variorum/1",
        "article": "two",
        "reviewed_by": "eve",
    }


def test_a_file_that_never_held_a_record_is_left(root: Path) -> None:
    file = root / "annotations/ada/two.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("format: variorum/1\narticle: two\n")
    with opened(root) as session:
        assert exported(session).removed == []
    assert file.exists()


def test_unknown_keys_conflicts_remarks_and_decisions_survive(root: Path) -> None:
    record_some(root)
    edit(root, "one.yaml", "    tags:\n", "    colour: red\n    conflicts:\n      - field: gist\n    tags:\n")
    links = root / "annotations/ada/links.yaml"
    links.write_text(
        links.read_text()
        + "    mood: {calm: 1}\n"
        + "\nremarks:\n\n  r000000000001:\n    on: ben/c000000000001\n    stance: disagree\n    created: '2026'\n"
    )
    decisions = root / "annotations/ada/decisions.yaml"
    decisions.write_text("format: variorum/1\ndecisions: {}\n")
    with opened(root) as session:
        tag(session, MET, name="opinion")
        session.do(gestures.set_gist(session.records.groups()[0], "shot"))
        exported(session)
    files = annotations(root)
    one = yaml.safe_load(files["one.yaml"])["claims"].values()
    assert {(claim["colour"], str(claim["conflicts"])) for claim in one} == {("red", "[{'field': 'gist'}]")}
    (group,) = yaml.safe_load(files["links.yaml"])["duplicates"].values()
    assert (group["mood"], group["gist"]) == ({"calm": 1}, "shot")
    assert yaml.safe_load(files["links.yaml"])["remarks"]["r000000000001"]["stance"] == "disagree"
    assert decisions.read_text() == "format: variorum/1\ndecisions: {}\n"


def test_a_claim_on_another_text_keeps_saying_which(root: Path) -> None:
    record_some(root)
    (root / "seeds/one.txt").write_text("An earlier line. The balloon was shot down.\n")
    with opened(root) as session:
        (old,) = {placed.claim.text_sha256 for placed in session.desk.view.all_placed()}
        first = gestures.End("one", session.statements("one")[0].span)
        session.do(gestures.tag(session.desk, first, "new"))
        exported(session)
        new = session.articles["one"].sha256
    plain = yaml.safe_load(annotations(root)["one.yaml"])
    assert plain["text_sha256"] == old
    assert [claim.get("text_sha256") for claim in plain["claims"].values()] == [new, None, None]
    with opened(root) as session:
        assert str(exported(session)) == "YAML is up to date"


def test_the_file_of_an_article_that_is_gone_is_left_as_it_is(root: Path) -> None:
    record_some(root)
    edit(root, "one.yaml", "finished: true\n", "finished:   true   # written by hand\n")
    (root / "seeds/one.txt").unlink()
    before = annotations(root)
    with opened(root) as session:
        exported(session)
        tag(session, BROKE)
        exported(session)
        assert claim_of(session, MET).article == "one"
    assert annotations(root)["one.yaml"] == before["one.yaml"]
