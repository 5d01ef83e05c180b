"""What it costs to say where claims stand: what is slow is done once, one's own first, and never by a gesture."""

import os
import shutil
from pathlib import Path

import pytest
from changed_samples import FIRST, MET, NEW, OLD, THREE, WITNESS, correct, corrected, made_on, make, mark, record
from session_samples import git, opened

import tui.anchors.difference
from tui import git as asked
from tui.anchors.difference import Difference
from tui.anchors.tokens import Tokens
from tui.errors import RefusedError
from tui.exchange import anchoring
from tui.session import gestures, settling
from tui.session.reanchoring import reanchor
from tui.session.session import Session

ENVIRON = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the texts that were compared."""
    sizes: list[int] = []

    class Counted(Difference):
        def __init__(self, old: Tokens, new: Tokens) -> None:
            sizes.append(len(old.text))
            super().__init__(old, new)

    monkeypatch.setattr(tui.anchors.difference, "Difference", Counted)
    return sizes


def outcomes(session: Session) -> set[str]:
    return {placed.outcome.value for placed in session.desk.view.all_placed()}


def many(root: Path, number: int) -> str:
    """As many claims, each of a sentence of its own; the article has one sentence more since."""
    text = "".join(f"In the year {year} the {year}th ship was seen off the coast.\n\n" for year in range(number))
    make(root, text)
    with opened(root) as session:
        mark(session, *text.strip().split("\n\n"))
        session.flush()
    correct(root, f"This line is new.\n\n{text}")
    return text


def test_undoing_a_reanchoring_of_before_compares_the_two_texts_once(tmp_path: Path, compared: list[int]) -> None:
    many(tmp_path, 30)
    with opened(tmp_path) as session:
        reanchor(session)
        assert len(compared) == 1
    compared.clear()
    with opened(tmp_path) as session:
        assert session.desk.view.all_placed() == ()
        session.undo()
        assert outcomes(session) == {"moved"}
        assert len(compared) == 1
        session.flush()


def test_long_texts_are_not_compared_by_a_gesture_but_when_the_session_prepares(
    tmp_path: Path, compared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path, 10)
    monkeypatch.setattr(anchoring, "_QUICK", 100)
    with opened(tmp_path) as session:
        reanchor(session)
    compared.clear()
    with opened(tmp_path) as session:
        session.undo()
        assert compared == []
        view = session.desk.view
        assert outcomes(session) == {"not looked for yet"}
        assert len(view.open_in("news")) == len(view.unsought()) == 10
        with pytest.raises(RefusedError, match="not looked for yet"):
            settling.accept(session.desk, view.unsought()[0].id)
        assert view.look_again() == frozenset()
        view.prepare(view.unsought())
        assert outcomes(session) == {"not looked for yet"}, "nothing changes under the screens"
        assert view.look_again() == {"news"}
        assert outcomes(session) == {"moved"}
        text = session.articles["news"].text
        assert all(claim.stands_in(text) for claim in session.claims_in("news"))
        assert len(session.claims_in("news")) == 10
        session.flush()


def test_what_was_prepared_is_known_when_the_changes_come(
    tmp_path: Path, compared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path, 10)
    monkeypatch.setattr(anchoring, "_QUICK", 100)
    with opened(tmp_path) as session:
        made = [placed.claim for placed in reanchor(session).settled]
    with opened(tmp_path) as session:
        session.desk.view.prepare(made)
        compared.clear()
        session.undo()
        assert outcomes(session) == {"moved"}
        assert compared == []
        session.flush()


def repository(root: Path, text: str = OLD) -> None:
    make(root, text)
    git(root, "init", "-q")
    git(root, "add", "seeds")
    git(root, "commit", "-q", "-m", "as it was")


def test_a_gesture_asks_git_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path)
    record(tmp_path)
    correct(tmp_path)
    with opened(tmp_path) as session:
        session.do(settling.accept(session.desk, made_on(session, THREE).id))
        session.do(gestures.delete(session.desk, made_on(session, WITNESS)))
        reanchor(session)
    shutil.rmtree(tmp_path / ".variorum/texts")
    with opened(tmp_path, environ=ENVIRON) as session:
        with monkeypatch.context() as patched:
            patched.setattr("tui.git.older_contents", lambda *_a, **_k: pytest.fail("git was asked"))
            for _ in range(3):
                session.undo()
        assert outcomes(session) == {"not looked for yet"}
        session.desk.view.prepare(session.desk.view.unsought())
        session.desk.view.look_again()
        assert outcomes(session) == {"same", "moved", "changed", "orphaned"}
        session.flush()


def test_the_history_of_a_file_is_searched_once_for_everybody_and_ones_own_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path)
    record(tmp_path)
    for name in ("ben", "cy"):
        shutil.copytree(tmp_path / "annotations/ada", tmp_path / "annotations" / name)
        for number, file in enumerate(sorted((tmp_path / "annotations" / name).glob("[no]*.yaml"))):
            lines = file.read_text().splitlines(keepends=True)
            lines = [
                f"text_sha256: {name.encode().hex()[:2] * 31}{number:02}\n" if line.startswith("text_sha256") else line
                for line in lines
            ]
            file.write_text("".join(lines))
    shutil.rmtree(tmp_path / ".variorum")  # as in a fresh clone: one's own are in the YAML only
    correct(tmp_path)
    files: list[str] = []
    real = asked.older_contents

    def counted(path: Path, *args: object, **how: object) -> object:
        files.append(path.name)
        return real(path, *args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("tui.git.older_contents", counted)
    with opened(tmp_path, environ=ENVIRON) as session:
        assert files == ["news.txt", "other.txt"]
        assert outcomes(session) == {"same", "moved", "changed", "orphaned"}
        session.desk.view.prepare(session.desk.view.records.claims_in("news"))
        assert len(files) == 2, "what is nowhere is not sought again"


def test_that_git_was_too_slow_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path)
    record(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    correct(tmp_path)
    monkeypatch.setattr(anchoring, "SEEK_SECONDS", 0.0)
    with opened(tmp_path, environ=ENVIRON) as session:
        assert any("git did not tell the history of 1 article in time" in notice for notice in session.notices)
        assert "changed" in outcomes(session)


def test_an_article_that_is_a_link_has_the_history_of_the_file_it_leads_to(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "seeds/news.txt").rename(tmp_path / "texts/n.txt")
    (tmp_path / "seeds/news.txt").symlink_to("../texts/n.txt")
    shutil.rmtree(tmp_path / ".git")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "seeds", "texts")
    git(tmp_path, "commit", "-q", "-m", "as it was")
    record(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    (tmp_path / "texts/n.txt").write_text(NEW)
    with opened(tmp_path, environ=ENVIRON) as session:
        assert "moved" in outcomes(session)


def test_where_one_is_in_a_hurry_what_nobody_has_is_looked_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected(tmp_path)
    shutil.rmtree(tmp_path / ".variorum/texts")
    monkeypatch.setattr("tui.session.opening.HURRY_SECONDS", 0.0)
    with opened(tmp_path, environ=ENVIRON, hurry=True) as session:
        assert outcomes(session) == {"not looked for yet"}
        assert session.notices == ["news: 5 claims to settle (5 not looked for yet), in the Reader"]
        assert reanchor(session).gesture.changes == ()
        shown: list[frozenset[str]] = []
        session.on_changed = lambda changed: shown.append(changed.articles)
        assert session.seek()
        assert outcomes(session) == {"not looked for yet"}, "nothing changes under a screen that is being drawn"
        session.take_found()
        assert shown == [frozenset({"news"})]
        assert "changed" in outcomes(session)
        assert not session.seek()
    with opened(tmp_path, environ=ENVIRON) as session:
        assert "not looked for yet" not in outcomes(session)


def test_a_kept_text_that_was_spoilt_is_mended_while_the_article_still_has_it(tmp_path: Path) -> None:
    make(tmp_path)
    record(tmp_path)
    for file in (tmp_path / ".variorum/texts").iterdir():
        file.write_bytes(b"x")
    with opened(tmp_path) as session:
        assert session.texts.get(session.articles["news"].sha256) == OLD
    correct(tmp_path)
    with opened(tmp_path) as session:
        assert "moved" in outcomes(session)


def test_a_claim_that_was_worked_out_once_is_not_again(tmp_path: Path, compared: list[int]) -> None:
    corrected(tmp_path)
    with opened(tmp_path) as session:
        assert len(compared) == 1
        for words in (FIRST, MET):
            mark(session, words, tag="date")
        assert len(compared) == 1
