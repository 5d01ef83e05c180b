"""What one key press records of a statement, on a real workspace, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from session_samples import (
    ARTICLES,
    DOWNED,
    MET,
    SAW,
    SHOT,
    claim_of,
    end,
    link_of,
    make_workspace,
    opened,
    state,
)

from tui.errors import RefusedError
from tui.model.changes import Change
from tui.model.records import Certainty, Claim, Contradiction, Record
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End, Gesture
from tui.session.session import Session
from tui.store.index import RecordIndex


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_workspace(tmp_path)) as session:
        yield session


def tagged(session: Session, words: str, *names: str) -> Claim:
    for name in names or ("fact",):
        session.do(gestures.tag(session.desk, end(words), name, add=True))
    return claim_of(session, words)


def contradict(session: Session, first: str, second: str) -> Contradiction:
    link = link_of(session, session.do(gestures.contradiction(session.desk, end(first), end(second))).current)
    assert isinstance(link, Contradiction)
    return link


def put(session: Session, *records: Record) -> None:
    """Records as only a file can bring them."""
    session.do(Gesture("put", tuple(Change(None, record) for record in records)))


def test_tagging_a_statement_makes_a_claim_with_its_words_and_what_stands_around_them(session: Session) -> None:
    done = session.do(gestures.tag(session.desk, end(MET), "fact"))
    claim = claim_of(session, MET)
    text = ARTICLES["one"]
    assert (done.label, done.current) == ("tagged fact", claim.id)
    assert (claim.annotator, claim.article, claim.tags) == ("ada", "one", ("fact",))
    assert claim.prefix == text[: claim.span.start][-40:]
    assert claim.suffix == text[claim.span.end :][:40]
    assert claim.text_sha256 == session.articles["one"].sha256
    assert claim.created.endswith("Z")
    assert len(claim.created) == len("2026-11-21T20:00:00Z")


def test_a_part_of_a_statement_is_a_claim_of_its_own(session: Session) -> None:
    tagged(session, MET)
    tagged(session, "Monday", "date")
    assert [claim.exact for claim in session.claims_in("one")] == [MET, "Monday"]


def test_another_tag_takes_the_place_of_the_first_and_with_shift_stands_beside_it(session: Session) -> None:
    tagged(session, MET)
    session.do(gestures.tag(session.desk, end(MET), "opinion"))
    assert claim_of(session, MET).tags == ("opinion",)
    session.do(gestures.tag(session.desk, end(MET), "date", add=True))
    assert claim_of(session, MET).tags == ("opinion", "date")
    done = session.do(gestures.tag(session.desk, end(MET), "opinion", add=True))
    assert claim_of(session, MET).tags == ("date",)
    assert done.label == "took the tag opinion off"


def test_the_tag_a_claim_has_already_is_not_set_again(session: Session) -> None:
    tagged(session, MET)
    with pytest.raises(RefusedError, match="tagged fact already"):
        gestures.tag(session.desk, end(MET), "fact")


def test_a_stretch_beyond_the_end_of_the_article_is_no_claim(session: Session) -> None:
    with pytest.raises(RefusedError, match="outside the article"):
        gestures.tag(session.desk, End("one", Span(10, 10_000)), "fact")
    claim = tagged(session, MET)
    with pytest.raises(RefusedError, match="outside the article"):
        gestures.respan(session.desk, claim.id, Span(10, 10_000))


def test_a_claim_of_words_that_moved_is_not_taken_for_what_stands_there_now(session: Session) -> None:
    here = session.articles["one"]
    old = replace(session.desk.new_claim(end(MET)), exact="Something that was corrected", text_sha256="0" * 64)
    put(session, old)
    assert [placed.claim for placed in session.desk.view.open_in("one")] == [old]
    session.do(gestures.tag(session.desk, end(MET), "fact"))
    assert claim_of(session, MET).id != old.id
    assert session.records.claim(old.id) == old
    # Its span is the same numbers, but giving it these words is a change.
    session.do(gestures.delete(session.desk, claim_of(session, MET)))
    session.do(gestures.respan(session.desk, old.id, old.span))
    assert claim_of(session, MET).id == old.id
    assert claim_of(session, MET).text_sha256 == here.sha256


def test_a_claim_takes_another_span_and_keeps_its_id_memo_and_links(session: Session) -> None:
    link = contradict(session, MET, SAW)
    session.do(gestures.set_memo(claim_of(session, MET), "who says Monday?"))
    before = claim_of(session, MET)
    session.do(gestures.respan(session.desk, before.id, end("on Monday").span))
    after = claim_of(session, "on Monday")
    assert (after.id, after.memo, after.created) == (before.id, "who says Monday?", before.created)
    assert after.prefix.endswith("Blinken met Xi ")
    assert session.links_of(after) == (link,)


def test_a_claim_does_not_take_the_span_it_has_nor_that_of_another(session: Session) -> None:
    met, shot = tagged(session, MET), tagged(session, SHOT)
    with pytest.raises(RefusedError, match="has this span already"):
        gestures.respan(session.desk, met.id, met.span)
    with pytest.raises(RefusedError, match=f"{shot.id[:5]} is a claim of exactly this span"):
        gestures.respan(session.desk, met.id, shot.span)


def test_a_claim_in_an_article_that_is_gone_is_not_moved(session: Session) -> None:
    claim = replace(tagged(session, MET), id="c000000000000", article="gone")
    put(session, claim)
    with pytest.raises(RefusedError, match="gone is not there any more"):
        gestures.respan(session.desk, claim.id, Span(0, 3))


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("Antony Blinken", "Bethany Allen, Axios"), "said by Antony Blinken › Bethany Allen, Axios"),
        ((), "said by the article itself"),
    ],
)
def test_who_says_it_is_a_chain_or_the_article_itself(session: Session, names: tuple[str, ...], label: str) -> None:
    done = session.do(gestures.set_said_by(session.desk, end(MET), names))
    assert (done.label, claim_of(session, MET).said_by) == (label, names)
    session.do(gestures.set_said_by(session.desk, end(MET), None))
    assert claim_of(session, MET).said_by is None


def test_a_chain_with_a_missing_name_is_refused_and_blanks_are_taken_off(session: Session) -> None:
    with pytest.raises(RefusedError, match="a name is missing"):
        gestures.set_said_by(session.desk, end(MET), ("Blinken", "  "))
    session.do(gestures.set_said_by(session.desk, end(MET), ("  Antony \n Blinken ",)))
    assert claim_of(session, MET).said_by == ("Antony Blinken",)


def test_names_in_use_are_counted_beforehand_and_follow_what_is_recorded(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.do(gestures.set_said_by(session.desk, end(MET), ("Blinken",)))
    session.prepare_names()
    monkeypatch.setattr(RecordIndex, "records", None)  # no key goes through all of them
    assert session.names_in_use() == ["Blinken"]
    session.do(gestures.set_said_by(session.desk, end(SHOT), ("Xi", "Blinken")))
    session.do(gestures.set_said_by(session.desk, end(SAW), ("Xi",)))
    assert session.names_in_use() == ["Blinken", "Xi"]
    session.do(gestures.set_said_by(session.desk, end(MET), None))
    assert session.names_in_use() == ["Xi", "Blinken"]
    session.undo()
    assert session.names_in_use() == ["Blinken", "Xi"]


def test_how_the_article_puts_it_is_set_and_taken_out(session: Session) -> None:
    session.do(gestures.set_certainty(session.desk, end(MET), Certainty.HEDGED))
    assert claim_of(session, MET).certainty is Certainty.HEDGED
    session.do(gestures.set_certainty(session.desk, end(MET), None))
    assert claim_of(session, MET).certainty is None


def test_the_time_spoken_of_is_edtf_and_nothing_else(session: Session) -> None:
    for when in ("2023-06-19", "2023-02", "2021/.."):
        session.do(gestures.set_when(session.desk, end(MET), when))
        assert claim_of(session, MET).when == when
    for no_date in ("Monday", "2023-02-30", ""):
        with pytest.raises(RefusedError, match="is no date"):
            gestures.set_when(session.desk, end(MET), no_date)


def test_saying_that_nothing_is_known_of_an_unmarked_statement_makes_no_claim(session: Session) -> None:
    for make in (gestures.set_said_by, gestures.set_certainty, gestures.set_when):
        with pytest.raises(RefusedError, match="nothing changed"):
            make(session.desk, end(MET), None)


def test_a_gist_is_one_line_of_75_characters_at_most(session: Session) -> None:
    claim = tagged(session, MET)
    session.do(gestures.set_gist(claim, f"  {'x' * 70} \n y "))
    assert claim_of(session, MET).gist == f"{'x' * 70} y"
    session.do(gestures.set_gist(claim_of(session, MET), "é" * 75))
    with pytest.raises(RefusedError, match="at most 75 characters, this one has 76"):
        gestures.set_gist(claim_of(session, MET), "x" * 76)
    session.do(gestures.set_gist(claim_of(session, MET), " "))
    assert claim_of(session, MET).gist is None


def test_a_memo_keeps_its_lines_and_loses_empty_ones_around_it(session: Session) -> None:
    session.do(gestures.set_memo(tagged(session, MET), "\n  two\n\nlines\n"))
    assert claim_of(session, MET).memo == "  two\n\nlines"
    with pytest.raises(RefusedError, match="nothing changed"):
        gestures.set_memo(claim_of(session, MET), "  two\n\nlines")
    session.do(gestures.set_memo(claim_of(session, MET), None))
    assert claim_of(session, MET).memo is None


def test_linking_to_a_colleagues_claim_copies_its_span_alone_and_says_where_it_is_from(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    from tui.session.sync import export

    with opened(workspace, "ben") as ben:
        theirs = tagged(ben, SAW, "fact", "date")
        ben.do(gestures.set_gist(theirs, "on a Sunday"))
        export(ben)
    with opened(workspace) as session:
        (other,) = session.claims_in("two", colleagues=True)
        taken = session.end_of("two", other.span, claim=other)
        session.do(gestures.contradiction(session.desk, end(MET), taken))
        copy = claim_of(session, SAW)
        assert (copy.from_, copy.span, copy.annotator) == (f"ben/{other.id}", other.span, "ada")
        assert (copy.tags, copy.gist) == ((), None)
        assert copy.id != other.id
        # The second time that copy is what is meant.
        session.do(gestures.duplicate(session.desk, end(DOWNED), taken))
        assert claim_of(session, SAW) == copy


def test_an_article_is_finished_or_not_and_has_a_memo(session: Session) -> None:
    session.do(gestures.set_finished(session.desk, "one", True))
    session.do(gestures.set_article_memo(session.desk, "one", "\na rewrite\n"))
    note = session.records.note("one")
    assert note is not None
    assert (note.finished, note.memo) == (True, "a rewrite")
    with pytest.raises(RefusedError, match="nothing changed"):
        gestures.set_finished(session.desk, "one", True)
    with pytest.raises(RefusedError, match="nothing changed"):
        gestures.set_article_memo(session.desk, "two", "")


def test_a_note_that_says_nothing_any_more_is_gone(session: Session) -> None:
    session.do(gestures.set_finished(session.desk, "one", True))
    done = session.do(gestures.set_finished(session.desk, "one", False))
    assert done.label == "article not finished"
    assert state(session) == {}
