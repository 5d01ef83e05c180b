"""Keeping what was done: two sessions of one reader, gestures beside an export, and what could not be kept."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from filelock import FileLock
from session_samples import (
    BROKE,
    DOWNED,
    LITTLE,
    MET,
    NOTHING,
    SAW,
    SHOT,
    claim_of,
    end,
    make_workspace,
    opened,
    state,
)

from tui.errors import RefusedError, StaleError, StoreError, VariorumError
from tui.model.records import Claim
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.session.sync import Report, export


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


@pytest.fixture
def two(root: Path) -> Iterator[tuple[Session, Session, list[str]]]:
    """Two open sessions of Ada that both know one claim, and what the second was told was lost."""
    with opened(root) as first:
        tag(first, MET)
        first.flush()
        with opened(root) as second:
            lost: list[str] = []
            second.on_lost = lost.append
            yield first, second, lost


def tag(session: Session, words: str, name: str = "fact") -> Gesture:
    return session.do(gestures.tag(session.desk, end(words), name))


def settled(session: Session) -> None:
    """Wait for the disk, whatever comes of it."""
    with suppress(VariorumError):
        session.flush()


def test_two_sessions_of_one_reader_keep_what_either_did(root: Path, two: tuple[Session, Session, list[str]]) -> None:
    first, second, lost = two
    tag(first, SAW)
    tag(second, BROKE)
    first.flush()
    second.flush()
    assert lost == []
    first.refresh()
    second.refresh()
    assert state(first) == state(second)
    assert {claim.exact for claim in first.records.records() if isinstance(claim, Claim)} == {MET, SAW, BROKE}


def test_what_was_changed_in_another_session_is_not_written_over_and_the_loss_is_named(
    two: tuple[Session, Session, list[str]],
) -> None:
    first, second, lost = two
    tag(first, MET, "theirs")
    first.flush()
    id = claim_of(second, MET).id
    tag(second, MET, "mine")
    settled(second)
    assert lost == [
        f"not kept: tagged mine instead of fact ({id} is not as this step expects it: it was changed in the meantime, "
        "perhaps in another window; nothing was done, look at it and repeat the step)"
    ]
    second.recover()
    assert claim_of(second, MET).tags == ("theirs",)
    assert second.undo().label == "undone: tagged theirs instead of fact", (
        "what is on disk can be undone, wherever it was done"
    )
    second.redo()
    tag(second, MET, "mine")
    second.flush()
    assert len(lost) == 1
    first.refresh()
    assert claim_of(first, MET).tags == ("mine",)


def test_steps_that_follow_a_lost_one_are_each_named_and_those_after_recovering_are_kept(
    root: Path, two: tuple[Session, Session, list[str]]
) -> None:
    first, second, lost = two
    tag(first, MET, "theirs")
    first.flush()
    tag(second, MET, "mine")
    settled(second)
    tag(second, SAW, "after")
    settled(second)
    assert [sentence.split(" (")[0] for sentence in lost] == [
        "not kept: tagged mine instead of fact",
        "not kept: tagged after",
    ]
    second.recover()
    tag(second, BROKE, "kept")
    # The application hears of the second loss only now, while this step may not be on disk yet.
    second.recover()
    assert claim_of(second, BROKE).tags == ("kept",)
    assert {claim.exact for claim in second.records.records() if isinstance(claim, Claim)} == {MET, BROKE}
    second.flush()
    with opened(root) as third:
        assert state(third) == state(second)


def test_while_something_is_lost_nothing_is_exported(root: Path, two: tuple[Session, Session, list[str]]) -> None:
    first, second, _ = two
    tag(first, MET, "theirs")
    first.flush()
    tag(second, MET, "mine")
    with pytest.raises(StaleError):
        export(second)
    assert not (root / "annotations").exists()
    second.recover()
    assert export(second).written == ["annotations/ada/one.yaml"]


def test_undo_refuses_what_another_session_changed_and_says_which(two: tuple[Session, Session, list[str]]) -> None:
    first, second, _ = two
    tag(second, SAW)
    second.flush()
    first.refresh()
    tag(first, SAW, "theirs")
    first.flush()
    second.refresh()
    with pytest.raises(RefusedError, match=f"“tagged fact” can't be taken back.*{claim_of(second, SAW).id}"):
        second.undo()
    assert claim_of(second, SAW).tags == ("theirs",)


def test_gestures_go_on_while_another_thread_exports(root: Path) -> None:
    with opened(root) as session:
        done = Event()
        problems: list[str] = []
        rounds = 0

        def work() -> None:
            nonlocal rounds
            while not done.is_set():
                try:
                    report = export(session)
                except VariorumError as error:
                    problems.append(str(error))
                else:
                    problems.extend([*report.problems, *report.blocked])
                rounds += 1

        worker = Thread(target=work)
        worker.start()
        for number in count():
            if number >= 60 and rounds > 1:
                break
            for words in (MET, SAW, BROKE, LITTLE, NOTHING):
                tag(session, words, f"t{number}")
            link = session.do(gestures.contradiction(session.desk, end(MET), end(SAW))).current
            session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
            session.undo()
            session.do(gestures.delete(session.desk, session.records.get(link or "") or claim_of(session, MET)))
            if number % 3 == 0:
                session.do(gestures.delete(session.desk, claim_of(session, NOTHING)))
        deadline = monotonic() + 30
        while rounds < 2 and monotonic() < deadline:  # on a busy machine the gestures are done before the first export
            sleep(0.01)
        done.set()
        worker.join(30)
        assert not worker.is_alive()
        assert problems == []
        export(session)
        final = state(session)
        assert str(export(session)) == "YAML is up to date"
    with opened(root) as again:
        assert state(again) == final
    (root / ".variorum").rename(root / "old")
    with opened(root) as clone:
        assert state(clone) == final


def test_while_the_store_cannot_be_read_what_it_held_last_is_shown_and_nothing_is_pretended(root: Path) -> None:
    with opened(root) as session:
        lost: list[str] = []
        session.on_lost = lost.append
        tag(session, MET)
        session.flush()
        before = state(session)
        journal = root / ".variorum" / "store.journal"
        whole = journal.read_bytes()
        journal.write_bytes(b"")
        tag(session, SAW)
        settled(session)
        with pytest.raises(StoreError, match=r"store\.journal is empty.*variorum doctor"):
            session.recover()
        assert state(session) == before
        tag(session, BROKE)
        settled(session)
        journal.write_bytes(whole)
        session.recover()
        assert [sentence.split(" (")[0] for sentence in lost] == ["not kept: tagged fact"] * 2
        tag(session, BROKE)
        session.flush()
    with opened(root) as again:
        assert {claim.exact for claim in again.records.records() if isinstance(claim, Claim)} == {MET, BROKE}


def test_no_gesture_waits_for_an_export_that_waits_for_another_process(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET)
        session.flush()
        (root / "annotations/ada").mkdir(parents=True)
        (root / "annotations/ada/two.yaml").write_text("format: variorum/1\narticle: two\nmemo: by hand\n")
        reports: list[Report] = []
        worker = Thread(target=lambda: reports.append(export(session)))
        with FileLock(root / ".variorum" / "store.lock"):
            worker.start()
            tag(session, SAW)
            assert worker.is_alive(), "what was read can't be recorded yet"
        worker.join(30)
        assert [report.problems for report in reports] == [[]]
        session.flush()
        assert {claim.exact for claim in session.records.records() if isinstance(claim, Claim)} == {MET, SAW}
        note = session.records.note("two")
        assert note is not None
        assert note.memo == "by hand"
