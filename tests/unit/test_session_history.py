"""Undo and redo after a restart, beside another window, and after an import: the journal remembers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from session_samples import (
    BROKE,
    MET,
    SAW,
    SHOT,
    claim_of,
    edit,
    end,
    exported,
    link_of,
    make_workspace,
    opened,
    state,
    tag,
)

from tui.errors import RefusedError
from tui.model.records import Contradiction, Record
from tui.session import gestures
from tui.session.gestures import Desk, Gesture
from tui.session.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    return tmp_path


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    with opened(root) as session:
        yield session


def test_every_step_of_yesterday_can_be_undone_and_done_again_today(root: Path) -> None:
    states: list[dict[str, Record]] = [{}]
    steps: list[Callable[[Desk], Gesture]]
    with opened(root) as session:
        steps = [
            lambda desk: gestures.tag(desk, end(MET), "fact"),
            lambda desk: gestures.contradiction(desk, end(MET), end(SAW)),
            lambda desk: gestures.set_said_by(desk, end(MET), ("Xi",)),
            lambda desk: gestures.delete(desk, claim_of(session, SAW)),
        ]
        for do in steps:
            session.do(do(session.desk))
            states.append(state(session))
        session.undo()
    labels = []
    with opened(root) as session:
        assert session.redo().label == "done again: deleted the claim and a contradiction with it"
        for before in reversed(states[:-1]):
            labels.append(session.undo().label)
            assert state(session) == before
        with pytest.raises(RefusedError, match="nothing to undo"):
            session.undo()
    assert labels == [
        "undone: deleted the claim and a contradiction with it",
        "undone: said by Xi",
        "undone: contradiction recorded",
        "undone: tagged fact",
    ]
    with opened(root) as session:
        for after in states[1:]:
            session.redo()
            assert state(session) == after
        with pytest.raises(RefusedError, match="nothing to do again"):
            session.redo()


def test_the_record_that_was_current_is_current_again(root: Path) -> None:
    with opened(root) as session:
        claim = session.do(gestures.tag(session.desk, end(MET), "fact")).current
        session.do(gestures.tag(session.desk, end(MET), "quote"))
    with opened(root) as session:
        assert session.undo().current == claim
        assert session.redo().current == claim


def test_a_new_step_today_ends_what_could_be_done_again_yesterday(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET, SAW)
        session.undo()
    with opened(root) as session:
        tag(session, BROKE)
        with pytest.raises(RefusedError, match="nothing to do again"):
            session.redo()
        session.undo()
        session.redo()
    with opened(root) as session:
        assert [session.undo().label for _ in range(2)] == ["undone: tagged fact"] * 2
        assert state(session) == {}


def test_the_link_made_last_yesterday_takes_one_more_claim_today(root: Path) -> None:
    with opened(root) as session:
        made = session.do(gestures.contradiction(session.desk, end(MET), end(SAW))).current
        tag(session, SHOT)
    with opened(root) as session:
        link = session.link_to_extend(Contradiction, None)
        assert link.id == made
        session.do(gestures.add_to(session.desk, link, end(BROKE)))
        assert len(link_of(session, made).claims) == 3


def test_history_survives_many_compactions(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.journal_file.JOURNAL_BYTES", 3_000)
    with opened(root) as session:
        for number in range(40):
            session.do(gestures.set_said_by(session.desk, end(MET), (f"number {number}",)))
            session.flush()
    journals = sorted(path.name for path in (root / ".variorum").glob("journal-*"))
    assert len(journals) > 3
    with opened(root) as session:
        for number in reversed(range(39)):
            session.undo()
            assert claim_of(session, MET).said_by == (f"number {number}",)


def test_undo_is_refused_where_a_record_is_not_as_the_step_left_it(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        tag(session, MET, name="quote")
        exported(session)
        id = claim_of(session, MET).id
    edit(root, "one.yaml", "- quote", "- opinion")
    with opened(root) as session:
        assert claim_of(session, MET).tags == ("opinion",)
        with pytest.raises(RefusedError, match=f"“tagged quote” can't be taken back: {id} is not as .*undo again"):
            session.undo()
        assert claim_of(session, MET).tags == ("opinion",)
        assert session.undo().label == "undone: tagged fact", "it does not bar the way to what was done before"
        assert [claim.exact for claim in session.records.claims_in("one")] == [MET]


def test_what_came_with_a_file_is_in_the_history_and_is_not_undone_by_a_key(root: Path) -> None:
    with opened(root) as session:
        tag(session, MET, SAW)
        exported(session)
    shutil.rmtree(root / ".variorum")
    with opened(root) as session:
        assert len(state(session)) == 2
        with pytest.raises(RefusedError, match="nothing to undo"):
            session.undo()
        tag(session, SHOT)
        session.undo()
        session.flush()
        labels = [(entry.kind.value, entry.label, len(entry.changes())) for entry in session.store.history()]
    assert labels == [("import", "read YAML", 2), ("step", "tagged fact", 1), ("undo", "undone: tagged fact", 1)]


# --- another window ---


def test_what_another_window_records_comes_as_news_and_is_shown_once(root: Path, session: Session) -> None:
    shown: list[frozenset[str]] = []
    session.on_changed = lambda changed: shown.append(changed.articles)
    with opened(root) as other:
        tag(other, MET)
        other.do(gestures.contradiction(other.desk, end(MET), end(SAW)))
        other.flush()
        assert session.look_for_news()
        assert state(session) == {}, "nothing changes under a screen that is being drawn"
        assert session.take_news() == 3
        assert state(session) == state(other)
        assert shown == [frozenset({"one", "two"})]
        assert not session.look_for_news()
        assert session.take_news() == 0
        other.undo()
        other.flush()
        session.look_for_news()
        session.take_news()
        assert state(session) == state(other)


def test_news_beside_steps_of_ones_own_leave_both_as_they_are_on_disk(root: Path, session: Session) -> None:
    with opened(root) as other:
        tag(session, SAW)
        tag(other, MET)
        other.flush()
        session.flush()
        tag(session, BROKE)
        session.look_for_news()
        session.take_news()
        session.flush()
        other.look_for_news()
        other.take_news()
        assert state(session) == state(other)
        assert len(state(other)) == 3


def test_of_two_windows_that_change_one_record_the_later_is_told_and_has_the_first_ones(
    root: Path, session: Session
) -> None:
    tag(session, MET)
    session.flush()
    lost: list[str] = []
    session.on_lost = lost.append
    with opened(root) as other:
        tag(other, MET, name="theirs")
        other.flush()
        tag(session, MET, name="mine")
        session.look_for_news()
        session.take_news()
        session.writer.close()
        assert [sentence.split(" (")[0] for sentence in lost] == ["not kept: tagged mine instead of fact"]
        session.recover()
        assert state(session) == state(other)
