"""What comes between reading, writing and the store: a kill, a full disk, another process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from privileges import without_privileges
from session_samples import (
    BROKE,
    DOWNED,
    LITTLE,
    MET,
    NOTHING,
    SAW,
    annotations,
    claim_of,
    edit,
    end,
    exported,
    link_of,
    make_workspace,
    opened,
    record_some,
    state,
    tag,
    tree,
    words_of,
)

from tui.errors import ReadOnlyError, StoreError
from tui.model.records import Contradiction, DuplicateGroup
from tui.session import gestures
from tui.session.session import Session
from tui.session.sync import export, read_back


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


class Killed(BaseException):
    """Stands for the end of the process."""


def fail_telling_the_store(session: Session, monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """Let the next commit that tells of files written fail."""
    commit = session.store.commit

    def failing(*arguments: object, **named: object) -> None:
        if named.get("synced") and arguments == (None,):
            raise failure
        commit(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(session.store, "commit", failing)


def test_a_kill_between_a_file_and_the_store_loses_nothing_and_makes_no_clash(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_some(root)
    with opened(root) as session:
        tag(session, LITTLE, MET, name="quote")
        session.do(gestures.delete(session.desk, claim_of(session, SAW)))
        fail_telling_the_store(session, monkeypatch, Killed())
        with pytest.raises(Killed):
            export(session)
        final = state(session)
    assert b"quote" in annotations(root)["one.yaml"]
    with opened(root) as session:
        assert session.notices == []
        assert state(session) == final
        tag(session, LITTLE, name="later")
        exported(session)


def test_a_store_that_fails_after_the_files_were_written_makes_no_clash_later(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_some(root)
    with opened(root) as session:
        tag(session, LITTLE, name="late")
        with monkeypatch.context() as patch:
            fail_telling_the_store(session, patch, StoreError("the disk is full"))
            assert export(session).problems == ["the disk is full"]
        tag(session, LITTLE, name="later")
        exported(session)
        assert claim_of(session, LITTLE).tags == ("later",)
    with opened(root) as session:
        assert str(exported(session)) == "YAML is up to date"


def test_a_store_that_can_not_take_in_what_changed_leaves_file_and_session_as_they_were(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_some(root)
    edit(root, "one.yaml", "- fact", "- opinion")
    before = annotations(root)
    with opened(root, take_in=False) as session:
        with monkeypatch.context() as patch:

            def full(*_arguments: object, **_named: object) -> None:
                raise StoreError("the disk is full")

            patch.setattr(session.store, "commit", full)
            assert "the disk is full" in export(session).problems
        assert claim_of(session, MET).tags == ("fact",)
        assert annotations(root) == before
        exported(session)
        assert claim_of(session, MET).tags == ("opinion",)


def test_nothing_is_exported_where_nothing_can_be_recorded(root: Path) -> None:
    record_some(root)
    (root / ".variorum").chmod(0o555)
    with opened(root) as session:
        before = annotations(root)
        with without_privileges(), pytest.raises(ReadOnlyError, match="nothing can be recorded here"):
            export(session)
    assert annotations(root) == before


def test_what_another_process_recorded_is_taken_in_and_exported(root: Path) -> None:
    with opened(root) as first, opened(root) as second:
        tag(second, SAW)
        second.flush()
        tag(first, MET)
        exported(first)
        assert claim_of(first, SAW) == claim_of(second, SAW)
        assert sorted(annotations(root)) == ["one.yaml", "two.yaml"]
        tag(second, BROKE)
        exported(second)
        assert state(first) | state(second) == state(second)
    with opened(root) as session:
        assert {claim.exact for claim in session.records.records() if hasattr(claim, "exact")} == {MET, SAW, BROKE}


def test_two_exporting_processes_do_not_clash_with_each_other(root: Path) -> None:
    with opened(root) as first, opened(root) as second:
        for here, there in (("fact", "quote"), ("opinion", "prediction"), ("quote", "fact")):
            tag(first, MET, name=here)
            exported(first)
            tag(second, SAW, name=there)
            exported(second)
            assert state(second).keys() >= state(first).keys()
    with opened(root) as session:
        assert session.notices == []
        assert {claim_of(session, words).tags for words in (MET, SAW)} == {("quote",), ("fact",)}


def test_reading_back_without_keeping_it_leaves_the_disk_alone_however_often(root: Path) -> None:
    record_some(root)
    edit(root, "one.yaml", "- fact", "- opinion")
    before = tree(root)
    with opened(root, reading=True) as session:
        assert claim_of(session, MET).tags == ("opinion",)
        assert tree(root) == before
        edit(root, "one.yaml", "- opinion", "- third")
        assert read_back(session, persist=False).blocked == []
        assert claim_of(session, MET).tags == ("third",)
    with opened(root, take_in=False) as session:
        assert claim_of(session, MET).tags == ("fact",)


@pytest.mark.parametrize(
    ("make", "kind"), [(gestures.contradiction, Contradiction), (gestures.duplicate, DuplicateGroup)]
)
def test_links_read_from_a_file_are_worked_with_as_if_made_here(
    root: Path, make: Callable[..., gestures.Gesture], kind: type
) -> None:
    with opened(root) as session:
        id = session.do(make(session.desk, end(DOWNED), end(NOTHING))).current
        exported(session)
    (root / ".variorum").rename(root / "old")
    with opened(root) as session:
        link = link_of(session, id)
        assert isinstance(link, kind)
        session.do(gestures.add_to(session.desk, link, end(LITTLE)))
        assert words_of(session, link_of(session, id)) == {DOWNED, NOTHING, LITTLE}
