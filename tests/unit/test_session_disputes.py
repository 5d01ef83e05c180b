"""What is to be settled follows each step, and is what it would be if all of it were found anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from deciding_samples import DOWNED_DRIFTED, SHOT_DOWNED
from session_samples import DOWNED, DRIFTED, MET, NOTHING, SAW, SHOT, end, make_workspace, opened, tag

from tui.errors import RefusedError
from tui.exchange.conflicts import conflict
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, Record
from tui.model.span import Span
from tui.session import deciding, disputes, gestures
from tui.session.conflicting import Dispute, Side, disputes_of, settle
from tui.session.disputes import Disputes
from tui.session.gestures import Gesture
from tui.session.session import Session

ENTRIES = tuple(conflict(field, None, "ours", "theirs").plain for field in ("gist", "memo"))


def found(session: Session, of: Disputes) -> object:
    """All that a screen asks."""
    counts = {article: of.in_article(article) for article in session.articles}
    return [(one, of.place_of(one)) for one in of.all()], len(of), counts


def opens(session: Session, record: Record) -> None:
    session.do(Gesture("conflicts", (Change(record, replace(record, conflicts=ENTRIES)),)))


@pytest.mark.parametrize("seed", range(4))
def test_after_any_step_it_is_what_it_would_be_found_anew(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    with opened(make_workspace(tmp_path)) as session:
        tag(session, MET, SAW, SHOT, DOWNED)
        session.do(gestures.contradiction(session.desk, end(SAW), end(MET)))
        session.do(gestures.set_article_memo(session.desk, "two", "to be read"))
        session.do(deciding.accept(session.desk, DOWNED_DRIFTED))
        for _ in range(60):
            assert found(session, session.disputes) == found(session, Disputes(session))
            records = sorted(session.records.records(), key=lambda one: (one.id, type(one).__name__))
            step = random.choice(["open", "open", "settle", "respan", "delete", "undo", "undo", "redo", "tag"])
            try:
                if step == "open":
                    opens(session, random.choice(records))
                elif step == "settle" and session.disputes:
                    one = random.choice(session.disputes.all())
                    session.do(settle(session.desk, one, random.choice(one.sides)))
                elif step == "respan":
                    claim = random.choice([one for one in records if isinstance(one, Claim)])
                    start = random.randrange(5)
                    session.do(gestures.respan(session.desk, claim.id, Span(start, start + 9)))
                elif step == "delete":
                    going = random.choice([one for one in records if isinstance(one, Claim | Contradiction)])
                    session.do(gestures.delete(session.desk, going))
                elif step == "tag":
                    tag(session, random.choice([NOTHING, DRIFTED]))
                elif step == "undo":
                    session.undo()
                elif step == "redo":
                    session.redo()
            except RefusedError:
                continue


def test_a_step_looks_at_what_it_changes_and_not_at_all_that_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(make_workspace(tmp_path)) as session:
        tag(session, MET, SAW, SHOT, DOWNED)
        for one in tuple(session.records.records()):
            opens(session, one)
        assert len(session.disputes) == 8
        looked: list[Record] = []

        def looks(record: Record) -> Iterator[Dispute]:
            looked.append(record)
            return disputes_of(record)

        monkeypatch.setattr(disputes, "disputes_of", looks)
        session.do(settle(session.desk, session.disputes.all()[3], Side.THEIRS))
        assert len(session.disputes) == 7
        assert len(looked) == 1
        tag(session, NOTHING)
        assert (len(session.disputes), len(looked)) == (7, 1)


def test_a_decision_is_seen_where_its_words_were_decided_on_also_in_an_article_of_another_name(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    one = tmp_path / "seeds/one.txt"
    one.write_text(f"{SHOT} {one.read_text()}")
    at = one.read_text().index(SHOT, 1)
    twice = replace(SHOT_DOWNED, a=replace(SHOT_DOWNED.a, span=Span(at, at + len(SHOT))))
    with opened(tmp_path) as session:
        session.do(deciding.reject(session.desk, twice))
        (decision,) = session.records.decisions()
        opens(session, decision)
        assert {session.disputes.place_of(each) for each in session.disputes.all()} == {("one", at)}
    one.rename(tmp_path / "seeds/uno.txt")
    with opened(tmp_path) as session:
        assert {session.disputes.place_of(each) for each in session.disputes.all()} == {("uno", at)}
        assert session.disputes.in_article("uno") == 2
