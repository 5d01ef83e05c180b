"""Which of colleagues' records are new, and what is remembered of it."""

import shutil
from pathlib import Path

import pytest
from session_samples import BROKE, DOWNED, MET, SAW, SHOT, claim_of, end, exported, make_workspace, opened, tag

from tui.errors import ReadingStateError
from tui.model.records import Claim, Contradiction
from tui.session import colleagues, gestures, newness
from tui.session.newness import Seen
from tui.session.reading_state import ReadingState, decode, encode
from tui.session.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "w")
    return tmp_path / "w"


def recorded(root: Path, annotator: str, *sentences: str) -> None:
    with opened(root, annotator) as session:
        tag(session, *sentences)
        exported(session)


def begun(session: Session, seen: Seen | None) -> None:
    session.new.take(session.new.begin(seen))


def seen_after(root: Path) -> Seen:
    """What a reader remembers who reads here for the first time."""
    with opened(root) as session:
        begun(session, None)
        kept = session.new.kept()
        assert kept is not None
        return kept


def test_a_colleague_who_is_new_to_the_team_is_new_altogether(root: Path) -> None:
    recorded(root, "ben", SHOT)
    seen = seen_after(root)
    recorded(root, "eva", MET, BROKE)
    with opened(root) as session:
        begun(session, seen)
        assert session.new.counts() == {"eva": 2}
        assert session.new.counts_in("two") == {"eva": 1}


def test_the_next_one_is_sought_onwards_then_in_the_next_articles_then_from_the_beginning(root: Path) -> None:
    seen = seen_after(root)
    recorded(root, "ben", SHOT, MET, DOWNED)
    with opened(root) as session:
        begun(session, seen)
        at, visited = ("one", 10), []
        passed: tuple[newness.Key, ...] = ()
        while (found := session.new.next_after(*at, passed)) is not None:
            article, place = found
            claim = session.record(*place.claim)
            assert isinstance(claim, Claim)
            visited.append(claim.exact)
            at, passed = (article, place.start), (*passed, place.key)
        assert visited == [MET, DOWNED, SHOT]


def test_a_link_that_comes_is_new_where_its_first_end_stands_and_goes_with_its_claim(root: Path) -> None:
    recorded(root, "ben", MET, SAW)
    seen = seen_after(root)
    with opened(root) as session:
        begun(session, seen)
        with opened(root, "ben") as other:
            other.do(gestures.contradiction(other.desk, end(MET), end(SAW)))
            exported(other)
        arrived = colleagues.look(session)
        assert arrived is not None
        assert colleagues.take(session, arrived) == {"ben": 1}
        (link,) = (one for one in session.index_of("ben").records() if isinstance(one, Contradiction))
        assert session.new.is_new(link)
        (claim,) = (one for one in session.ends_of(link) if one.article == "one")
        assert session.new.at((claim,)) == {("ben", link.id)}
        assert session.new.see(session.new.at((claim,))) == {"one"}
        assert not session.new


def test_what_a_colleague_only_changed_is_not_new(root: Path) -> None:
    recorded(root, "ben", SHOT)
    with opened(root) as session:
        begun(session, None)
        with opened(root, "ben") as other:
            other.do(gestures.set_gist(claim_of(other, SHOT), "shot"))
            exported(other)
        arrived = colleagues.look(session)
        assert arrived is not None
        assert not colleagues.take(session, arrived)


def test_what_was_seen_comes_back_as_it_was_kept_and_a_branch_that_comes_back_is_not_new(root: Path) -> None:
    recorded(root, "ben", SHOT, MET)
    seen = decode(encode(ReadingState(seen=seen_after(root)))).seen
    assert seen is not None
    assert {name: len(each or ()) for name, each in seen.items()} == {"ben": 2}
    shutil.move(root / "annotations/ben", root / "away")
    with opened(root) as session:
        begun(session, seen)
        seen = session.new.kept()
    shutil.move(root / "away", root / "annotations/ben")
    with opened(root) as session:
        begun(session, seen)
        assert not session.new


def test_more_than_can_be_remembered_is_taken_for_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(root, "ben", SHOT, MET)
    recorded(root, "eva", SHOT)
    monkeypatch.setattr(newness, "MOST", 2)
    seen = decode(encode(ReadingState(seen=seen_after(root)))).seen
    assert seen is not None
    assert seen["ben"] is None
    assert seen["eva"] is not None
    recorded(root, "ben", DOWNED)
    recorded(root, "eva", DOWNED)
    with opened(root) as session:
        begun(session, seen)
        assert session.new.counts() == {"eva": 1}


@pytest.mark.parametrize("seen", [b'{"ben":"xyz"}', b"[1]", b'{"b":7}'])
def test_what_was_not_written_here_is_refused(seen: bytes) -> None:
    with pytest.raises(ReadingStateError):
        decode(b'{"format":1,"seen":' + seen + b"}")
