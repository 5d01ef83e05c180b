"""One's own YAML read back: what changed there is taken in, and what changed on both sides is to be settled."""

import shutil
from pathlib import Path

import pytest
import yaml
from session_samples import (
    BROKE,
    LITTLE,
    MET,
    SAW,
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
from tui.session.sync import Prefer, export, read_back


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


def test_what_changed_in_the_file_only_is_read_first_and_kept(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        tag(session, BROKE)
        edit(root, "two.yaml", "    created:", "    memo: from a pull\n    created:")
        edit(root, "one.yaml", "- fact", "- opinion")
        report = exported(session)
        assert report.read == ["annotations/ada/one.yaml", "annotations/ada/two.yaml"]
        assert claim_of(session, SAW).memo == "from a pull"
        assert claim_of(session, MET).tags == ("opinion",)
    assert b"from a pull" in annotations(root)["two.yaml"]
    assert BROKE.encode() in annotations(root)["two.yaml"]


def test_the_screens_are_told_which_articles_a_file_changed_when_they_take_it_in(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        told: list[frozenset[str]] = []
        news: list[str] = []
        session.on_changed = lambda changed: told.append(changed.articles)
        session.on_news = lambda: news.append("there is some")
        edit(root, "two.yaml", "    created:", "    memo: from a pull\n    created:")
        read_back(session)
        assert (news, told) == (["there is some"], [])
        # Whoever is drawing still has the old records, whole.
        assert all(claim.memo is None for claim in session.records.claims_in("two"))
        assert session.take_news() == 1
        assert told == [frozenset({"two"})]
        assert [claim.memo for claim in session.records.claims_in("two")] == ["from a pull"]


def test_what_a_file_brought_can_not_be_undone_and_stands_in_the_way_with_a_sentence(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        exported(session)
        edit(root, "one.yaml", "- fact", "- opinion")
        read_back(session)
        with pytest.raises(Exception, match="“tagged fact” can't be taken back"):
            session.undo()


@pytest.fixture
def disagreeing(root: Path) -> Path:
    """`one.yaml` has another tag and another gist on one claim than the store, and a memo on another; `two.yaml` has
    nothing new."""
    with opened(root) as session:
        tag(session, MET, LITTLE, SAW)
        session.do(gestures.set_gist(claim_of(session, MET), "begun"))
        exported(session)
        session.do(gestures.tag(session.desk, end(MET), "opinion", add=True))
        session.do(gestures.set_gist(claim_of(session, MET), "ours"))
        tag(session, BROKE)
    file = root / "annotations/ada/one.yaml"
    header, met, little = file.read_text().split("\n\n  ")
    met = met.replace("- fact", "- quote").replace("gist: begun", "gist: theirs")
    file.write_text("\n\n  ".join((header, met, little.replace("tags:", "memo: pulled\n    tags:"))))
    return root


OPEN = "1 conflict of a merge to settle, in the Reader"


def test_a_record_changed_on_both_sides_is_merged_by_field_and_keeps_both_versions_of_one(disagreeing: Path) -> None:
    with opened(disagreeing, take_in=False) as session:
        report = exported(session)
        assert report.sentences == [
            "annotations/ada/one.yaml: 1 record changed both here and in the file, in the same fields "
            f"({claim_of(session, MET).id}): both versions are kept, to be settled in the Reader"
        ]
        assert not report.is_well
        met = claim_of(session, MET)
        assert (met.tags, met.gist) == (("opinion", "quote"), "ours")
        assert met.conflicts == ({"field": "gist", "base": "begun", "ours": "ours", "theirs": "theirs"},)
        assert claim_of(session, LITTLE).memo == "pulled"
        assert str(exported(session)) == "YAML is up to date"
        before = state(session)
    assert BROKE.encode() in annotations(disagreeing)["two.yaml"]
    written = yaml.safe_load(annotations(disagreeing)["one.yaml"])["claims"][met.id]
    assert written["conflicts"] == list(met.conflicts)
    with opened(disagreeing) as session:
        assert session.notices == [OPEN]
        assert state(session) == before


def test_a_disagreement_is_told_at_the_opening_that_reads_it(disagreeing: Path) -> None:
    with opened(disagreeing) as session:
        assert [notice.partition("(")[0] for notice in session.notices] == [
            "annotations/ada/one.yaml: 1 record changed both here and in the file, in the same fields ",
            OPEN,
        ]
    with opened(disagreeing) as session:
        assert session.notices == [OPEN]
        assert len(claim_of(session, MET).conflicts) == 1


def test_what_was_taken_in_beside_a_disagreement_does_not_disagree_when_it_is_changed_here(disagreeing: Path) -> None:
    with opened(disagreeing) as session:
        session.do(gestures.set_memo(claim_of(session, LITTLE), "written here, over what was pulled"))
        assert exported(session).is_well


@pytest.mark.parametrize(("prefer", "gist"), [(Prefer.OURS, "ours"), (Prefer.THEIRS, "theirs")])
def test_ours_and_theirs_decide_what_disagrees_and_nothing_else(disagreeing: Path, prefer: Prefer, gist: str) -> None:
    with opened(disagreeing, take_in=False) as session:
        assert exported(session, prefer).is_well
        met = claim_of(session, MET)
        assert (met.gist, met.tags, met.conflicts) == (gist, ("opinion", "quote"), ())
        assert claim_of(session, LITTLE).memo == "pulled"
    assert f"gist: {gist}".encode() in annotations(disagreeing)["one.yaml"]
    with opened(disagreeing) as session:
        assert session.notices == []
        assert str(exported(session)) == "YAML is up to date"


def test_a_note_changed_on_both_sides_is_merged_too(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        session.do(gestures.set_article_memo(session.desk, "one", "begun"))
        exported(session)
        session.do(gestures.set_finished(session.desk, "one", True))
        edit(root, "one.yaml", "  begun", "  theirs")
        assert exported(session).is_well
        session.do(gestures.set_article_memo(session.desk, "one", "ours"))
        edit(root, "one.yaml", "  theirs", "  theirs again")
        exported(session)
        note = session.records.note("one")
        assert note is not None
        assert (note.finished, note.memo) == (True, "ours")
        assert note.conflicts == ({"field": "memo", "base": "theirs", "ours": "ours", "theirs": "theirs again"},)
    with opened(root) as session:
        assert session.records.note("one") == note


@pytest.mark.parametrize(("prefer", "left"), [(Prefer.OURS, 0), (Prefer.THEIRS, 1)])
def test_a_record_deleted_here_and_changed_there_is_one_to_settle(root: Path, prefer: Prefer, left: int) -> None:
    with opened(root) as session:
        tag(session, SAW)
        exported(session)
        session.do(gestures.delete(session.desk, claim_of(session, SAW)))
        edit(root, "two.yaml", "- fact", "- theirs")
        assert len(export(session).blocked) == 1
        assert (root / "annotations/ada/two.yaml").exists()
        exported(session, prefer)
        assert len(state(session)) == left
        assert len(annotations(root)) == left


def test_a_file_that_vanished_takes_its_records_along(root: Path) -> None:
    record_some(root)
    (root / "annotations/ada/two.yaml").unlink()
    (root / "annotations/ada/folder/a.yaml").unlink()
    with opened(root) as session:
        assert session.notices == [
            "annotations/ada/folder/a.yaml is gone, and with it 1 claim",
            "annotations/ada/two.yaml is gone, and with it 1 claim",
            "2 links of yours name a claim that is not there, and are kept as they stand: variorum check names the "
            "lines",
        ]
        assert session.records.claims_in("two") == ()
        assert str(exported(session)) == "YAML is up to date"
    assert sorted(annotations(root)) == ["links.yaml", "one.yaml"]


def test_where_all_files_are_gone_nothing_is_lost_or_written_until_that_is_settled(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        before, files = state(session), annotations(root)
        shutil.rmtree(root / "annotations/ada")
        tag(session, LITTLE)
        for _ in range(2):
            report = export(session)
            assert str(report) == (
                "annotations/ada: all your YAML is gone; what it held (7 records) is kept here, and nothing is "
                "written until you choose: variorum export --ours writes it anew, variorum import --theirs takes it "
                "out here too"
            )
            assert report.problems
        assert not (root / "annotations/ada").exists()
        assert before.items() <= state(session).items()
        session.undo()
        exported(session, Prefer.OURS)
        assert (state(session), annotations(root)) == (before, files)
    shutil.rmtree(root / "annotations")
    with opened(root) as session:
        assert state(session) == before
        tag(session, LITTLE)
        assert len(read_back(session, prefer=Prefer.THEIRS).taken_out) == 4
        exported(session)
    assert list(annotations(root)) == ["one.yaml"]


@pytest.mark.parametrize("prefer", [Prefer.OURS, Prefer.THEIRS])
def test_a_record_edited_here_outlives_its_file_until_that_is_settled(root: Path, prefer: Prefer) -> None:
    record_some(root)
    with opened(root) as session:
        session.do(gestures.tag(session.desk, end(SAW), "edited"))
        (root / "annotations/ada/two.yaml").unlink()
        (root / "annotations/ada/folder/a.yaml").unlink()
        for _ in range(2):
            assert [sentence.partition(":")[0] for sentence in export(session).blocked] == ["annotations/ada/two.yaml"]
        assert claim_of(session, SAW).tags == ("edited",)
        assert session.records.claims_in("folder/a") == ()
        exported(session, prefer)
        assert bool(session.records.claims_in("two")) == (prefer is Prefer.OURS)
        assert ("two.yaml" in annotations(root)) == (prefer is Prefer.OURS)


def test_the_order_of_tags_and_ends_in_a_file_is_no_difference(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        session.do(gestures.tag(session.desk, end(MET), "opinion", add=True))
        exported(session)
        session.do(gestures.set_memo(claim_of(session, MET), "meanwhile"))
        edit(root, "one.yaml", "- fact\n      - opinion", "- opinion\n      - fact")
        exported(session)
        assert claim_of(session, MET).memo == "meanwhile"


def test_a_file_with_conflict_markers_is_named_with_its_line_and_never_written_over(root: Path) -> None:
    record_some(root)
    edit(root, "two.yaml", "claims:\n", "<<<<<<< HEAD\nclaims:\n=======\n>>>>>>> other\n")
    line = annotations(root)["two.yaml"].split(b"\n").index(b"<<<<<<< HEAD") + 1
    before = annotations(root)
    with opened(root) as session:
        assert any(f"annotations/ada/two.yaml:{line}" in notice for notice in session.notices)
        tag(session, BROKE, LITTLE)
        for prefer in Prefer:
            report = export(session, prefer=prefer)
            assert f"annotations/ada/two.yaml:{line}" in report.problems[0]
        assert {claim.exact for claim in session.records.claims_in("two")} == {SAW, BROKE}
    assert annotations(root)["two.yaml"] == before["two.yaml"]
    assert LITTLE.encode() in annotations(root)["one.yaml"]
    # Mended, everything is there.
    (root / "annotations/ada/two.yaml").write_bytes(
        before["two.yaml"].replace(b"<<<<<<< HEAD\n", b"").replace(b"=======\n>>>>>>> other\n", b"")
    )
    with opened(root) as session:
        exported(session)
    assert [one["exact"] for one in yaml.safe_load(annotations(root)["two.yaml"])["claims"].values()] == [SAW, BROKE]


def test_one_record_in_two_files_is_named_and_neither_file_is_lost(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        id = claim_of(session, SAW).id
    edit(
        root,
        "folder/a.yaml",
        "claims:\n",
        f"claims:\n\n  {id}:\n    span: [0, 2]\n    exact: No\n    created: '2026'\n",
    )
    before = annotations(root)
    with opened(root) as session:
        assert session.notices == [
            f"annotations/ada/folder/a.yaml: {id} is recorded in annotations/ada/two.yaml too: take it out of one of "
            "the two"
        ]
        export(session)
    assert annotations(root) == before


def test_a_claim_moved_by_hand_to_another_file_is_taken_along(root: Path) -> None:
    with opened(root) as session:
        tag(session, SAW, MET)
        exported(session)
        id = claim_of(session, SAW).id
    (root / "annotations/ada/two.yaml").unlink()
    moved = f"\n\n  {id}:\n    span: [0, 3]\n    exact: The\n    created: '2026'\n"
    edit(root, "one.yaml", "claims:\n", f"claims:{moved}")
    with opened(root) as session:
        assert session.notices == []
        claim = session.records.claim(id)
        assert claim is not None
        assert claim.article == "one"


@pytest.mark.parametrize("linked", ["annotations/ada", "annotations/ada/one.yaml"])
def test_nothing_is_read_or_written_through_a_link(
    root: Path, tmp_path_factory: pytest.TempPathFactory, linked: str
) -> None:
    record_some(root)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "target"
    (root / linked).rename(elsewhere)
    before = tree(elsewhere.parent)
    (root / linked).symlink_to(elsewhere)
    with opened(root) as session:
        assert any("link" in notice for notice in session.notices)
        tag(session, LITTLE)
        report = export(session)
        assert any(problem.startswith(linked) and "link" in problem for problem in report.problems)
        assert claim_of(session, MET).tags == ("fact",)
    assert tree(elsewhere.parent) == before


def test_a_file_that_changes_between_reading_and_writing_is_not_written_over(root: Path) -> None:
    record_some(root)
    with opened(root) as session:
        tag(session, LITTLE)
        session.on_changed = lambda _changed: edit(root, "one.yaml", "- fact", "- at the last moment")
        edit(root, "two.yaml", "    created:", "    memo: x\n    created:")
        report = export(session)
        assert report.problems == ["annotations/ada/one.yaml: changed just now: export again"]
        session.on_changed = lambda _changed: None
        assert b"at the last moment" in annotations(root)["one.yaml"]
        exported(session)
        assert claim_of(session, MET).tags == ("at the last moment",)
