"""Opening a workspace: one's own records, those of colleagues, and files that can't be read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from privileges import folder_for_all, without_privileges
from session_samples import (
    LITTLE,
    MET,
    SAW,
    SHOT,
    annotations,
    claim_of,
    end,
    make_workspace,
    opened,
    state,
    tree,
)

from tui.errors import ReadOnlyError
from tui.exchange.checking import check_workspace
from tui.model.records import Claim
from tui.session import gestures
from tui.session.session import Session
from tui.session.sync import export


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace where Ada and Ben have recorded something and exported it; anyone may look into it."""
    root = tmp_path_factory.mktemp("workspace")
    for folder in (root, *root.parents[:2]):
        folder.chmod(0o755)
    make_workspace(root)
    for annotator, words in (("ada", MET), ("ben", SAW)):
        with opened(root, annotator) as session:
            session.do(gestures.tag(session.desk, end(words), "fact"))
            session.do(gestures.duplicate(session.desk, end(words), end(SHOT)))
            export(session)
    yield root
    root.chmod(0o755)


def test_a_fresh_clone_shows_ones_own_records_and_those_of_colleagues(root: Path) -> None:
    shutil.rmtree(root / ".variorum")
    with opened(root) as session:
        assert session.notices == []
        assert claim_of(session, MET).tags == ("fact",)
        assert [claim.exact for claim in session.claims_in("two", colleagues=True)] == [SAW]
        assert session.claims_in("two") == ()
        (theirs,) = session.colleagues["ben"].groups()
        assert [claim.exact for claim in session.ends_of(theirs)] == [SHOT, SAW]
        assert len(state(session)) == 3
    with opened(root) as session:
        assert len(state(session)) == 3


def test_two_annotators_share_one_store_and_each_has_their_own_records(root: Path) -> None:
    for annotator, words in (("ada", MET), ("ben", SAW)):
        with opened(root, annotator, take_in=False) as session:
            own = {record.exact for record in session.records.records() if isinstance(record, Claim)}
            assert own == {words, SHOT}
            assert {record.annotator for record in session.records.records()} == {annotator}


def test_a_new_annotator_begins_with_nothing_and_sees_everybody(root: Path) -> None:
    with opened(root, "eve") as session:
        assert state(session) == {}
        assert sorted(session.colleagues) == ["ada", "ben"]
        assert len(session.claims_in("one", colleagues=True)) == 3


@pytest.mark.parametrize("has_store", [True, False])
def test_opening_for_reading_writes_nothing_and_shows_what_is_in_the_files(root: Path, has_store: bool) -> None:
    if not has_store:
        shutil.rmtree(root / ".variorum")
    file = root / "annotations/ada/one.yaml"
    file.write_text(file.read_text().replace("- fact", "- pulled"))
    before = tree(root)
    with opened(root, reading=True) as session:
        assert claim_of(session, MET).tags == ("pulled",)
    assert tree(root) == before


@pytest.mark.parametrize("has_store", [True, False])
def test_a_workspace_that_can_not_be_written_is_read_as_it_is(root: Path, has_store: bool) -> None:
    with folder_for_all() as folder:
        read_without_writing(shutil.copytree(root, folder / "workspace"), has_store)


def read_without_writing(root: Path, has_store: bool) -> None:
    if not has_store:
        shutil.rmtree(root / ".variorum")
    else:
        for path in (root / ".variorum").iterdir():
            path.chmod(0o444)
        (root / ".variorum").chmod(0o555)
    file = root / "annotations/ada/one.yaml"
    file.write_text(file.read_text().replace("- fact", "- opinion"))
    root.chmod(0o555)
    before = tree(root)
    with without_privileges(), opened(root) as session:
        assert session.notices == []
        assert claim_of(session, MET).tags == ("opinion",)
        assert session.read_only is not None
        with pytest.raises(ReadOnlyError, match="nothing can be recorded here"):
            session.do(gestures.tag(session.desk, end(LITTLE), "fact"))
        assert [claim.exact for claim in session.claims_in("one")] == [SHOT, MET]
    assert tree(root) == before


def test_a_bad_file_of_a_colleague_is_a_notice_and_hides_nothing_else(root: Path) -> None:
    ben = root / "annotations/ben"
    (ben / "one.yaml").write_text("format: variorum/1\narticle: one\nclaims:\n  c1: nonsense\n")
    (ben / "broken.yaml").write_text("<<<<<<< HEAD\n")
    (ben / "newer.yaml").write_text("format: variorum/9\n")
    (ben / "linked.yaml").symlink_to(root / "seeds/one.txt")
    (root / "annotations/eve").symlink_to(ben)
    with opened(root) as session:
        places = [notice.split(": ")[0] for notice in session.notices]
        assert places[0] == "annotations/eve"
        assert [place.split(":")[0] for place in places[1:]] == [
            f"annotations/ben/{name}.yaml" for name in ("broken", "linked", "newer", "one")
        ]
        assert [claim.exact for claim in session.claims_in("two", colleagues=True)] == [SAW]
        assert list(session.colleagues) == ["ben"]
        assert len(state(session)) == 3


@pytest.mark.parametrize("annotator", ["ada", "ben"])
def test_a_folder_that_can_not_be_looked_into_is_named_and_hides_no_other(root: Path, annotator: str) -> None:
    with folder_for_all() as outer:
        copy = shutil.copytree(root, outer / "w", ignore=shutil.ignore_patterns(".variorum"))
        copy.chmod(0o777)
        for folder in ("aaa", "zzz"):
            shutil.copytree(copy / "annotations" / annotator, copy / "annotations" / annotator / folder)
        (copy / "annotations" / annotator / "aaa").chmod(0)
        shutil.rmtree(copy / "annotations" / annotator / "zzz")
        before = annotations(root, annotator)
        with without_privileges(), opened(copy) as session:
            assert session.notices == [
                f"annotations/{annotator}/aaa: this folder can't be looked into: Permission denied"
            ]
            assert len(state(session)) == 3
            assert len(session.colleagues["ben"]) == 3
            findings = check_workspace(session.workspace, session.library)
            report = export(session)
        assert [(each.place.file, each.kind) for each in findings] == [(f"annotations/{annotator}/aaa", "folder")]
        assert bool(report.problems) == (annotator == "ada")
        (copy / "annotations" / annotator / "aaa").chmod(0o755)
        shutil.rmtree(copy / "annotations" / annotator / "aaa")
        assert annotations(copy, annotator) == before


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_annotations_that_may_not_be_read_or_entered_are_named_beside_the_articles(root: Path, mode: int) -> None:
    with folder_for_all() as outer:
        copy = shutil.copytree(root, outer / "w", ignore=shutil.ignore_patterns(".variorum"))
        (copy / "annotations").chmod(mode)
        with without_privileges(), opened(copy, reading=True) as session:
            assert session.notices
            assert len(session.library.articles) == 3
            findings = check_workspace(session.workspace, session.library)
            assert {each.kind for each in findings} == {"folder"}
        (copy / "annotations").chmod(0o755)


def test_claims_that_no_longer_stand_are_not_passed_over_in_silence(root: Path) -> None:
    (root / "seeds/one.txt").write_text(
        "Corrected.\n\nBlinken met Xi on Monday.\n\nThey agreed on little. Talks go on.\n"
    )
    with opened(root) as session:
        assert session.notices == [
            "one: 1 claim stands elsewhere now: variorum reanchor",
            "one: 1 claim to settle (1 orphaned), in the Reader",
        ]
        assert [claim.exact for claim in session.claims_in("one")] == [MET]
    (root / "seeds/one.txt").rename(root / "seeds/renamed.txt")
    with opened(root) as session:
        assert session.notices == ["2 claims of yours can't be shown: there is no article one"]


def test_a_store_of_someone_else_is_left_alone_and_the_files_are_read(root: Path) -> None:
    with folder_for_all() as folder:
        copy = shutil.copytree(root, folder / "workspace")
        for private in (copy / ".variorum", copy / ".variorum/store.journal"):
            (copy / ".variorum").chmod(0o777)
            private.chmod(0o700 if private.is_dir() else 0o600)
            before = tree(copy)
            with without_privileges(), opened(copy) as session:
                assert session.notices == []
                assert claim_of(session, MET).tags == ("fact",)
                assert str(session.read_only).startswith("nothing can be recorded here: ")
                with pytest.raises(ReadOnlyError):
                    export(session)
                with pytest.raises(ReadOnlyError):
                    session.do(gestures.tag(session.desk, end(LITTLE), "fact"))
                session.refresh()
            assert tree(copy) == before


def test_decisions_of_a_colleague_are_no_records(root: Path) -> None:
    (root / "annotations/ben/decisions.yaml").write_text("format: variorum/1\ndecisions: {}\n")
    with opened(root) as session:
        assert session.notices == []


def test_the_files_of_a_colleague_are_never_written(root: Path) -> None:
    before = annotations(root, "ben")
    ben = root / "annotations/ben/two.yaml"
    ben.write_bytes(b"# by hand\n" + ben.read_bytes())
    with opened(root) as session:
        session.do(gestures.tag(session.desk, end(SAW), "fact"))
        export(session)
    assert annotations(root, "ben") == before | {"two.yaml": b"# by hand\n" + before["two.yaml"]}


def test_a_session_left_without_exporting_has_everything_when_it_is_opened_again(root: Path) -> None:
    def work(session: Session) -> dict[str, object]:
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        session.do(gestures.set_said_by(session.desk, end(LITTLE), ()))
        return dict(state(session))

    with opened(root) as session:
        final = work(session)
    with opened(root) as session:
        assert state(session) == final
