"""Articles that were renamed, changed places, or can't be read: whose claims are seen where, and that none vanish."""

import random
import shutil
from pathlib import Path

import pytest
from changed_samples import (
    AGREED,
    FIRST,
    MET,
    NEW,
    OLD,
    SAW,
    TWO,
    WITNESS,
    correct,
    end,
    made_on,
    make,
    mark,
    record,
)
from session_samples import annotations, opened, state

from tui.errors import NothingChangedError, RefusedError
from tui.model.records import Claim, Record
from tui.model.span import Span
from tui.session import gestures, settling
from tui.session.gestures import End, Gesture
from tui.session.placing import View
from tui.session.reanchoring import plan, reanchor
from tui.session.session import Session
from tui.session.sync import export
from tui.store.fit import key_of


def do(session: Session, gesture: Gesture) -> None:
    """A gesture, and what has to come along with it."""
    session.do(gesture)


def rename(root: Path, old: str = "news", new: str = "renamed") -> None:
    (root / f"seeds/{old}.txt").rename(root / f"seeds/{new}.txt")


def two_texts(root: Path) -> None:
    """Claims on two texts of an article with a note; the text of now is that of one claim only."""
    make(root)
    with opened(root) as session:
        mark(session, MET, FIRST)
        session.do(gestures.set_article_memo(session.desk, "news", "a wire report"))
    correct(root)
    with opened(root) as session:
        mark(session, TWO)
        assert not export(session).problems
    rename(root)


def shown(session: Session, article: str = "renamed") -> tuple[set[str], str | None]:
    note = session.seen.note(article)
    return {claim.exact for claim in session.claims_in(article)}, note.memo if note else None


@pytest.mark.parametrize("how", ["delete", "re-span"])
def test_the_last_claim_that_tells_of_a_renaming_takes_the_rest_home(tmp_path: Path, how: str) -> None:
    two_texts(tmp_path)
    with opened(tmp_path) as session:
        assert shown(session) == ({MET, FIRST, TWO}, "a wire report")
        before = state(session)
        telling = made_on(session, TWO)
        if how == "delete":
            do(session, gestures.delete(session.desk, telling))
        else:
            do(session, gestures.respan(session.desk, telling.id, end(AGREED, session).span))
        left = {MET, FIRST} if how == "delete" else {MET, FIRST, AGREED}
        assert shown(session) == (left, "a wire report")
        assert not export(session).problems
    assert sorted(annotations(tmp_path)) == ["renamed.yaml"]
    with opened(tmp_path) as session:
        assert shown(session) == (left, "a wire report")
        session.undo()
        assert state(session) == before
        assert shown(session) == ({MET, FIRST, TWO}, "a wire report")
        session.flush()
    with opened(tmp_path) as session:
        assert shown(session) == ({MET, FIRST, TWO}, "a wire report")


def test_a_gesture_that_leaves_the_renaming_recognisable_takes_nothing_along(tmp_path: Path) -> None:
    two_texts(tmp_path)
    with opened(tmp_path) as session:
        gesture = gestures.delete(session.desk, made_on(session, MET))
        assert session.desk.view.brought_home(gesture.changes) == gesture.changes
        other = gestures.tag(session.desk, end(SAW, session), "fact")
        assert session.desk.view.brought_home(other.changes) == other.changes


def test_a_deleted_claim_of_a_renamed_article_comes_back_where_it_is_seen(tmp_path: Path) -> None:
    make(tmp_path)
    with opened(tmp_path) as session:
        mark(session, MET)
        session.do(gestures.set_article_memo(session.desk, "news", "a wire report"))
    rename(tmp_path)
    with opened(tmp_path) as session:
        session.do(gestures.delete(session.desk, made_on(session, MET)))
        session.flush()
    with opened(tmp_path) as session:
        assert session.notices == []
        assert shown(session) == (set(), "a wire report"), "the note came along, as nothing else tells of the renaming"
        session.undo()
        assert shown(session) == ({MET}, "a wire report")
        session.flush()


def test_a_copy_with_claims_of_its_own_on_the_same_words_is_no_new_name(tmp_path: Path) -> None:
    make(tmp_path)
    shutil.copy(tmp_path / "seeds/news.txt", tmp_path / "seeds/copy.txt")
    at = Span(OLD.index(MET), OLD.index(MET) + len(MET))
    with opened(tmp_path) as session:
        for article in ("news", "copy"):
            session.do(gestures.tag(session.desk, End(article, at), "fact"))
        assert not export(session).problems
    (tmp_path / "seeds/news.txt").unlink()
    with opened(tmp_path) as session:
        assert session.notices == ["1 claim of yours can't be shown: there is no article news"]
        assert len(session.claims_in("copy")) == 1
        assert reanchor(session).gesture.changes == ()


def test_an_article_that_can_not_be_read_is_not_taken_for_a_renamed_one(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    shutil.copy(tmp_path / "seeds/news.txt", tmp_path / "seeds/copy.txt")
    (tmp_path / "seeds/news.txt").write_bytes(b"\0\1\2" * 100)
    with opened(tmp_path) as session:
        said = "5 claims, 1 note of yours can't be shown: the file of the article news can't be read"
        assert said in session.notices
        assert plan(session).gesture.changes == ()
        assert session.claims_in("copy") == ()


def test_claims_of_articles_that_changed_places_are_open_and_never_moved(tmp_path: Path) -> None:
    """The sentence stands in both, so that the difference alone would be sure of it."""
    both = "Two planes were lost over the strait on Sunday, the ministry said in a statement."
    wire = f"The Wire desk reports from Beijing.\n\n{both}\n\nNothing else is known.\n"
    herald = f"The Herald has its own man in Taipei.\n\n{both}\n\nThe sea was calm.\n"
    make(tmp_path, wire)
    with opened(tmp_path) as session:
        mark(session, both)
        assert not export(session).problems
    correct(tmp_path, herald)
    with opened(tmp_path) as session:
        assert [one.outcome.value for one in session.desk.view.all_placed()] == ["moved"]
    (tmp_path / "seeds/herald.txt").write_text(wire)
    with opened(tmp_path) as session:
        assert [one.outcome.value for one in session.desk.view.open_in("news")] == ["changed"]
        assert plan(session).gesture.changes == ()
        assert any("the text that 1 claim was made on is now herald" in notice for notice in session.notices)


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
TEXTS = (OLD, NEW, NEW.replace(AGREED, ""), f"{WITNESS}\n\n{OLD}", OLD.replace("hour", "day"))
GESTURES = (
    "tag",
    "new",
    "memo",
    "note",
    "re-span",
    "delete",
    "delete",
    "accept",
    "undo",
    "undo",
    "undo",
    "redo",
    "link",
    "reanchor",
)


def step(session: Session, chance: random.Random) -> str:
    what = chance.choice(GESTURES)
    articles = sorted(session.articles)
    claims = sorted(
        (one for one in session.seen.records() if isinstance(one, Claim) and one.article in session.articles),
        key=lambda claim: claim.id,
    )
    article = chance.choice(articles)
    place = chance.choice(session.statements(article)).span
    desk = session.desk
    if what in ("undo", "redo"):
        session.undo() if what == "undo" else session.redo()
    elif what == "reanchor":
        reanchor(session)
    elif what == "new":
        do(session, gestures.tag(desk, session.end_of(article, place), "fact"))
    elif what == "note":
        do(session, gestures.set_article_memo(desk, article, chance.choice([None, str(chance.random())])))
    elif claims:
        claim = chance.choice(claims)
        recorded = session.records.claim(claim.id)
        assert recorded is not None
        on = session.end_of(claim.article, claim.span, claim=claim)
        if what == "tag":
            do(session, gestures.tag(desk, on, chance.choice(["fact", "date"]), add=True))
        elif what == "memo":
            do(session, gestures.set_memo(recorded, str(chance.random())))
        elif what == "re-span":
            do(session, gestures.respan(desk, claim.id, chance.choice(session.statements(claim.article)).span))
        elif what == "delete":
            do(session, gestures.delete(desk, recorded))
        elif what == "accept":
            do(session, settling.accept(desk, claim.id))
        else:
            do(session, gestures.contradiction(desk, on, session.end_of(article, place)))
    return what


def by_key(view: View) -> dict[str, Record]:
    return {key_of(record): record for record in view.records.records()}


def agrees(session: Session, after: str) -> None:
    """What was followed step by step is what a fresh look at the same records sees."""
    view, fresh = session.desk.view, View(session.records, session.anchoring)
    assert by_key(view) == by_key(fresh), after
    assert view.all_placed() == fresh.all_placed(), after
    assert fresh.renamed.items() <= view.renamed.items(), after
    for article in session.articles:
        assert view.open_in(article) == fresh.open_in(article), after
        assert view.claims_in(article) == fresh.claims_in(article), after
        assert view.note(article) == fresh.note(article), after


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_done_the_view_that_follows_is_the_one_of_a_fresh_look(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    make(tmp_path)
    with opened(tmp_path) as session:  # so little that it is often gone, and with it what tells of a renaming
        mark(session, MET)
        session.do(gestures.set_article_memo(session.desk, "news", "a wire report"))
    names = ["news", "wire", "late"]
    name = names[0]
    for _ in range(5):
        file = tmp_path / f"seeds/{name}.txt"
        if chance.random() < 0.5:
            name = chance.choice(names)
            file = file.rename(tmp_path / f"seeds/{name}.txt")
        elif chance.random() < 0.7:
            file.write_text(chance.choice(TEXTS))
        with opened(tmp_path, make_id=lambda kind: kind + "".join(chance.choices(_LETTERS, k=12))) as session:
            agrees(session, "opening")
            for _ in range(chance.randrange(2, 9)):
                try:
                    what = step(session, chance)
                except (RefusedError, NothingChangedError):
                    continue
                agrees(session, what)
            assert not export(session).problems
