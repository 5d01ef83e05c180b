"""Claims in an article that changed: where they are seen, what there is to settle, and that gestures act on them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from changed_samples import (
    ADDED,
    AGREED,
    FIRST,
    MET,
    NEW,
    OLD,
    SAW,
    THREE,
    TWO,
    WITNESS,
    correct,
    corrected,
    end,
    made_on,
    make,
    mark,
    record,
    seen,
)
from session_samples import annotations, edit, git, opened, state, tree

from tui.errors import RefusedError
from tui.model.changes import Change
from tui.model.records import Claim
from tui.model.span import Span
from tui.session import gestures, settling
from tui.session.gestures import Gesture
from tui.session.reanchoring import reanchor
from tui.session.session import Session
from tui.session.sync import export

ENVIRON = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(corrected(tmp_path)) as session:
        yield session


def outcomes(session: Session) -> dict[str, str]:
    """What became of each claim that is off, by the words it was made with."""
    return {placed.claim.exact: placed.outcome.value for placed in session.desk.view.all_placed()}


def kept(root: Path) -> set[str]:
    """The hashes of the texts that are on disk."""
    return {file.name for file in (root / ".variorum/texts").iterdir()}


def test_each_claim_is_seen_where_its_words_stand_now(session: Session) -> None:
    assert outcomes(session) == {
        FIRST: "same",
        THREE: "changed",
        WITNESS: "orphaned",
        MET: "moved",
        AGREED: "moved",
    }
    text = session.articles["news"].text
    shown = session.claims_in("news")
    assert [claim.exact for claim in shown] == [FIRST, TWO, MET, AGREED]
    assert all(claim.stands_in(text) for claim in shown)
    assert {claim.text_sha256 for claim in shown} == {session.articles["news"].sha256}
    assert [claim.exact for claim in session.claims_at("news", end(MET, session).span)] == [MET]
    assert session.seen.counts("news").claims == 5


def test_the_records_stay_as_they_were_made(session: Session, tmp_path: Path) -> None:
    assert {made_on(session, words).span.of(OLD) for words in (THREE, MET, WITNESS)} == {THREE, MET, WITNESS}
    before = annotations(tmp_path)
    assert str(export(session)) == "YAML is up to date"
    assert annotations(tmp_path) == before


def test_what_there_is_to_settle_is_known_by_place(session: Session) -> None:
    changed, orphan = session.desk.view.open_in("news")
    assert (changed.claim.exact, changed.now.exact) == (THREE, TWO)
    assert changed.at == NEW.index(TWO)
    assert orphan.claim.exact == WITNESS
    assert NEW.index(MET) < orphan.at <= NEW.index(AGREED)
    assert session.desk.view.open_in("other") == ()
    assert session.notices == [
        "news: 2 claims stand elsewhere now: variorum reanchor",
        "news: 2 claims to settle (1 changed, 1 orphaned), in the Reader",
    ]


@pytest.mark.parametrize("words", [MET, THREE, WITNESS])
def test_every_gesture_on_a_claim_that_is_off_acts_on_its_record_and_is_undone(session: Session, words: str) -> None:
    before = state(session)
    claim = made_on(session, words)
    on = session.end_of("news", Span(0, 1), claim=seen(session, words))
    recorded = session.records.claim
    steps: tuple[Callable[[], Gesture], ...] = (
        lambda: gestures.tag(session.desk, on, "date", add=True),
        lambda: gestures.set_said_by(session.desk, on, ("the ministry",)),
        lambda: gestures.set_memo(recorded(claim.id), "look again"),  # type: ignore[arg-type]
        lambda: gestures.set_gist(recorded(claim.id), "planes"),  # type: ignore[arg-type]
        lambda: gestures.duplicate(session.desk, on, end(FIRST, session)),
        lambda: gestures.contradiction(session.desk, end(AGREED, session), on),
    )
    for step in steps:
        session.do(step())
    now = recorded(claim.id)
    assert now is not None
    assert (now.tags, now.memo, now.gist, now.said_by) == (("fact", "date"), "look again", "planes", ("the ministry",))
    assert (now.span, now.exact, now.text_sha256) == (claim.span, claim.exact, claim.text_sha256)
    assert seen(session, words).memo == "look again"
    assert len(session.links_of(now)) == (3 if words == MET else 2)
    assert len(session.claims_in("news")) == 4
    session.do(gestures.delete(session.desk, now))
    assert words not in outcomes(session)
    for _ in range(len(steps) + 1):
        session.undo()
    assert state(session) == before
    assert outcomes(session)[words] in ("moved", "changed", "orphaned")
    session.flush()


def test_a_gesture_at_the_place_where_a_claim_stands_now_means_that_claim(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(MET, session), "opinion"))
    assert made_on(session, MET).tags == ("opinion",)
    assert len(session.claims_in("news")) == 4
    # Where it was made something else stands now, which is another claim.
    session.do(gestures.tag(session.desk, end(ADDED, session), "fact"))
    assert len(session.claims_in("news")) == 5


def test_accepting_takes_the_words_that_stand_there_now_and_is_one_step(session: Session) -> None:
    claim = made_on(session, THREE)
    done = session.do(settling.accept(session.desk, claim.id))
    assert done.label == "accepted “Two planes were lost ov…”"
    accepted = made_on(session, TWO)
    assert (accepted.id, accepted.tags, accepted.created) == (claim.id, claim.tags, claim.created)
    assert accepted.stands_in(NEW)
    assert accepted.text_sha256 == session.articles["news"].sha256
    assert accepted.suffix == f"\n\n{MET}"[:40]
    assert [placed.claim.exact for placed in session.desk.view.open_in("news")] == [WITNESS]
    session.undo()
    assert made_on(session, THREE) == claim
    assert len(session.desk.view.open_in("news")) == 2
    session.redo()
    assert made_on(session, TWO) == accepted
    assert len(session.desk.view.open_in("news")) == 1
    with pytest.raises(RefusedError, match="nothing to settle"):
        settling.accept(session.desk, claim.id)


def test_an_orphan_can_not_be_accepted_but_takes_a_span_or_goes(session: Session) -> None:
    orphan = made_on(session, WITNESS)
    with pytest.raises(RefusedError, match="gone from the article: select the words"):
        settling.accept(session.desk, orphan.id)
    session.do(gestures.respan(session.desk, orphan.id, end(ADDED, session).span))
    assert made_on(session, ADDED).id == orphan.id
    assert [claim.exact for claim in session.claims_in("news")] == [FIRST, TWO, MET, ADDED, AGREED]
    session.undo()
    session.do(gestures.delete(session.desk, orphan))
    assert [placed.claim.exact for placed in session.desk.view.open_in("news")] == [THREE]


def test_a_claim_is_not_accepted_onto_the_words_of_another(session: Session) -> None:
    changed = made_on(session, THREE)
    other = session.desk.new_claim(end(TWO, session))
    session.do(Gesture("as a file can bring it", (Change(None, other),)))
    with pytest.raises(RefusedError, match="exactly these words already"):
        settling.accept(session.desk, changed.id)


def test_claims_whose_text_nobody_has_are_proposed_and_never_taken_for_sure(tmp_path: Path) -> None:
    corrected(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    with opened(tmp_path, environ=ENVIRON) as session:
        assert set(outcomes(session).values()) <= {"same", "changed", "orphaned"}
        assert outcomes(session)[MET] == "changed"
        assert [claim.exact for claim in session.claims_in("news")][-2:] == [MET, AGREED]


def test_the_text_is_sought_in_gits_history_and_kept(tmp_path: Path) -> None:
    make(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "seeds")
    git(tmp_path, "commit", "-q", "-m", "as it was")
    record(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    correct(tmp_path)
    with opened(tmp_path, environ=ENVIRON, reading=True) as session:
        assert outcomes(session)[MET] == "moved"
    assert not (tmp_path / ".variorum").exists()
    with opened(tmp_path, environ=ENVIRON) as session:
        assert outcomes(session)[MET] == "moved"
        kept = session.texts.get(made_on(session, MET).text_sha256)
    assert kept == OLD
    shutil.rmtree(tmp_path / ".git")
    with opened(tmp_path, environ=ENVIRON) as session:
        assert outcomes(session)[MET] == "moved"


def test_a_claim_edited_by_hand_is_a_proposal_though_its_text_is_the_one_that_is_there(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    edit(tmp_path, "news.yaml", f"{MET}\n", "Blinken met Xi in Shanghai for an hour.\n")
    with opened(tmp_path) as session:
        assert outcomes(session) == {"Blinken met Xi in Shanghai for an hour.": "changed"}
        (changed,) = session.desk.view.open_in("news")
        assert changed.now.exact == MET


def test_colleagues_claims_move_in_memory_and_are_theirs_to_settle(tmp_path: Path) -> None:
    corrected(tmp_path)
    with opened(tmp_path, "ben") as session:
        assert [claim.exact for claim in session.claims_in("news", colleagues=True)] == [FIRST, TWO, MET, AGREED]
        assert session.desk.view.open_in("news") == ()
        assert len(session.views.open_in("news", colleagues=True)) == 2
        assert session.notices == []
        theirs = {claim.exact: claim for claim in session.claims_in("news", colleagues=True)}
        session.do(
            gestures.duplicate(session.desk, session.end_of("news", Span(0, 1), claim=theirs[MET]), end(SAW, session))
        )
        copy = made_on(session, MET)
        assert copy.stands_in(NEW)
        assert copy.from_ == f"ada/{theirs[MET].id}"
        orphan = next(placed.now for placed in session.views.open_in("news", colleagues=True) if placed.is_orphan)
        with pytest.raises(RefusedError, match="ada's to settle"):
            session.end_of("news", Span(0, 1), claim=orphan)


def test_a_renamed_article_is_recognised_by_its_text(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    (tmp_path / "seeds/news.txt").rename(tmp_path / "seeds/renamed.txt")
    with opened(tmp_path) as session:
        assert session.notices == ["the article news was renamed to renamed: variorum reanchor"]
        assert [claim.exact for claim in session.claims_in("renamed")] == [FIRST, THREE, MET, WITNESS, AGREED]
        assert session.desk.view.open_in("renamed") == ()
        assert session.seen.counts("renamed").claims == 5
        note = session.seen.note("renamed")
        assert note is not None
        assert note.memo == "a wire report"
        mark(session, MET, tag="opinion")
        assert (made_on(session, MET).tags, made_on(session, MET).article) == (("opinion",), "news")
        session.do(gestures.set_finished(session.desk, "renamed", True))
        done = session.seen.note("renamed")
        assert done is not None
        assert (done.finished, done.memo) == (True, "a wire report")
        assert session.records.note("news") is None
        session.undo()
        assert session.records.note("renamed") is None
        assert session.seen.note("renamed") == note


def test_an_article_that_is_there_twice_is_not_taken_for_a_renamed_one(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    (tmp_path / "seeds/news.txt").rename(tmp_path / "seeds/renamed.txt")
    shutil.copy(tmp_path / "seeds/renamed.txt", tmp_path / "seeds/again.txt")
    with opened(tmp_path) as session:
        assert session.notices == ["5 claims, 1 note of yours can't be shown: there is no article news"]
        assert session.claims_in("renamed") == ()


def test_reading_leaves_no_trace_whatever_changed(tmp_path: Path) -> None:
    corrected(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    before = tree(tmp_path)
    for reader in ("ada", "ben"):
        with opened(tmp_path, reader, reading=True):
            pass
    with opened(tmp_path, "ben"):
        pass
    assert tree(tmp_path) == before


def test_a_text_is_kept_before_the_first_claim_on_it_is_called_saved(tmp_path: Path) -> None:
    make(tmp_path)
    with opened(tmp_path) as session:
        there: list[set[str]] = []
        session.on_saved = lambda: there.append(kept(tmp_path))
        mark(session, MET)
    assert there
    assert session.articles["news"].sha256 in there[0]
    assert session.texts.get(session.articles["news"].sha256) == OLD


def test_a_claim_whose_text_can_not_be_kept_is_not_called_saved(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / ".variorum").mkdir(mode=0o700)
    (tmp_path / ".variorum/texts").write_text("in the way")
    with opened(tmp_path) as session:
        lost: list[str] = []
        session.on_lost = lost.append
        mark(session, MET)
        with pytest.raises(Exception, match="texts is not a folder"):
            session.flush()
        assert "not kept: tagged fact" in lost[0]
        session.recover()
        assert session.claims_in("news") == ()


def test_texts_of_claims_that_yaml_brings_are_kept(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    with opened(tmp_path) as session:
        assert kept(tmp_path) == {article.sha256 for article in session.articles.values()}


def test_where_nothing_changed_nothing_is_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    record(tmp_path)
    monkeypatch.setattr("tui.git.older_contents", lambda *_a, **_k: pytest.fail("git was asked"))
    with opened(tmp_path) as session:
        assert session.seen is session.records
        mark(session, FIRST, tag="date")
        assert session.seen is session.records


def test_what_another_window_settled_is_settled_here(tmp_path: Path) -> None:
    corrected(tmp_path)
    with opened(tmp_path) as here, opened(tmp_path) as there:
        there.do(settling.accept(there.desk, made_on(there, THREE).id))
        there.flush()
        here.refresh()
        assert [placed.claim.exact for placed in here.desk.view.open_in("news")] == [WITNESS]
        assert isinstance(made_on(here, TWO), Claim)


def test_two_machines_reanchor_to_the_same_bytes_and_one_takes_in_what_the_other_wrote(tmp_path: Path) -> None:
    here, there = corrected(tmp_path / "here"), tmp_path / "there"
    late = shutil.copytree(here, tmp_path / "late")
    shutil.copytree(here, there)
    for root in (here, there):
        with opened(root) as session:
            assert reanchor(session).gesture.label == "reanchored 3 claims"
            assert not export(session).problems
    assert annotations(here) == annotations(there)
    shutil.copytree(here / "annotations", late / "annotations", dirs_exist_ok=True)
    with opened(late) as session:
        assert outcomes(session) == {THREE: "changed", WITNESS: "orphaned"}
        assert made_on(session, MET).span.of(NEW) == MET
        assert str(export(session)) == "YAML is up to date"


def test_reanchoring_can_be_undone(session: Session) -> None:
    before = state(session)
    reanchor(session)
    assert outcomes(session) == {THREE: "changed", WITNESS: "orphaned"}
    assert [claim.exact for claim in session.claims_in("news")] == [FIRST, TWO, MET, AGREED]
    session.undo()
    assert state(session) == before
    assert outcomes(session)[MET] == "moved"
    session.flush()


def test_a_claim_that_stays_open_in_a_renamed_article_goes_along_with_it(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    edit(tmp_path, "news.yaml", f"{MET}\n", "Blinken met Xi in Shanghai for an hour.\n")
    (tmp_path / "seeds/news.txt").rename(tmp_path / "seeds/wire.txt")
    with opened(tmp_path) as session:
        assert outcomes(session) == {"Blinken met Xi in Shanghai for an hour.": "changed"}
        assert len(reanchor(session).left) == 1
        assert {claim.article for claim in session.records.claims_in("wire")} == {"wire"}
        assert session.records.claims_in("news") == ()
        assert len(session.desk.view.open_in("wire")) == 1
        assert not export(session).problems
    with opened(tmp_path) as session:
        assert len(session.desk.view.open_in("wire")) == 1
        session.do(settling.accept(session.desk, session.desk.view.open_in("wire")[0].claim.id))
        assert made_on(session, MET).article == "wire"
