"""Articles whose files change while the workspace is open: noticed once, read anew on demand, claims with them."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tui.anchors import Outcome
from tui.articles.statements import segment
from tui.errors import ArticleError
from tui.model.article import Statement
from tui.model.span import Span
from tui.session import gestures, rereading
from tui.session.gestures import End
from tui.session.opening import open_session
from tui.session.placing import View
from tui.session.rereading import Watch, line_in_file
from tui.session.session import Session
from tui.session.sync import export
from tui.workspace import open_workspace

HEAD = "---\ntitle: The talks\n---\n"
FIRST = "The talks began on Tuesday.\n"
SECOND = "They ended without a word.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    (root / "seeds").mkdir(parents=True)
    (root / "config.yaml").write_text("format: variorum/1\n")
    (root / "seeds" / "talks.txt").write_text(HEAD + FIRST + SECOND)
    (root / "seeds" / "other.txt").write_text("Another article.\n")
    return root


def opened(root: Path, annotator: str = "ada") -> Session:
    return open_session(open_workspace(root, {"PATH": os.environ["PATH"]}), annotator)


def changed(root: Path, text: str) -> None:
    (root / "seeds" / "talks.txt").write_text(text)


def tag(session: Session, words: str) -> None:
    at = session.articles["talks"].text.index(words)
    session.do(gestures.tag(session.desk, End("talks", Span(at, at + len(words.strip()))), "fact"))


def read_anew(session: Session) -> frozenset[str]:
    return rereading.take(session, rereading.reread(session, [session.articles["talks"]]))


def test_a_change_of_the_text_or_the_front_matter_is_noticed_until_it_is_read(root: Path) -> None:
    session = opened(root)
    watch = Watch(session.workspace)
    assert watch.changed(session.articles.values()) == []
    for text in (HEAD + SECOND, HEAD.replace("The talks", "Talks") + SECOND):
        changed(root, text)
        assert [article.id for article in watch.changed(session.articles.values())] == ["talks"]
        assert [article.id for article in watch.changed(session.articles.values())] == ["talks"]
        assert read_anew(session) == {"talks"}
        assert watch.changed(session.articles.values()) == []
    session.close()


def test_a_file_that_was_touched_or_written_back_is_none_that_changed(root: Path) -> None:
    session = opened(root)
    watch = Watch(session.workspace)
    changed(root, HEAD + SECOND)
    assert watch.changed(session.articles.values())
    changed(root, HEAD + FIRST + SECOND)
    os.utime(root / "seeds" / "talks.txt", (1, 1))
    assert watch.changed(session.articles.values()) == []
    session.close()


def test_a_file_is_read_only_when_the_disk_says_it_is_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(root)
    watch = Watch(session.workspace)
    watch.changed(session.articles.values())
    monkeypatch.setattr(rereading, "read_again", lambda *_: pytest.fail("it was read"))
    assert watch.changed(session.articles.values()) == []
    session.close()


def test_what_was_written_before_the_opening_is_not_even_read_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(root)
    monkeypatch.setattr(rereading, "read_again", lambda *_: pytest.fail("it was read"))
    later = max(file.stat().st_ctime for file in (root / "seeds").iterdir()) + 2.001
    assert Watch(session.workspace, later).changed(session.articles.values()) == []
    session.close()


def test_what_was_written_while_the_workspace_was_opened_is_noticed(root: Path) -> None:
    session = opened(root)
    changed(root, HEAD + SECOND)
    assert [article.id for article in Watch(session.workspace, session.began).changed(session.articles.values())]
    session.close()


@pytest.mark.parametrize("text", ["", "\0\1\2"])
def test_what_can_not_be_read_any_more_is_shown_as_it_was(root: Path, text: str) -> None:
    session = opened(root)
    changed(root, text)
    before = session.articles["talks"]
    with pytest.raises(ArticleError, match=r"^shown as it was: seeds/talks.txt: "):
        read_anew(session)
    assert session.articles["talks"] is before
    (root / "seeds" / "talks.txt").unlink()
    assert [article.id for article in Watch(session.workspace).changed(session.articles.values())] == ["talks"]
    session.close()


def test_claims_move_with_their_words_and_what_changed_is_to_be_settled(root: Path) -> None:
    session = opened(root)
    for words in (FIRST, SECOND):
        tag(session, words)
    changed(root, HEAD + "A line before.\n" + FIRST.replace("Tuesday", "Wednesday") + SECOND)
    assert read_anew(session) == {"talks"}
    text = session.articles["talks"].text
    assert text.startswith("A line before.")
    assert session.library.articles[1].text == text
    assert [claim.span.of(text) for claim in session.claims_in("talks")][-1] == SECOND.strip()
    assert [placed.outcome for placed in session.desk.view.open_in("talks")] == [Outcome.CHANGED]
    assert session.statements("talks")[-1].span.of(text) == SECOND.strip()
    # What is recorded has not changed by it, and undo goes on.
    assert {claim.exact for claim in session.records.claims_in("talks")} == {FIRST.strip(), SECOND.strip()}
    session.undo()
    assert [claim.exact for claim in session.records.claims_in("talks")] == [FIRST.strip()]
    session.close()
    session = opened(root)
    assert [placed.outcome for placed in session.desk.view.open_in("talks")] == [Outcome.CHANGED]
    session.close()


def test_colleagues_claims_move_too(root: Path) -> None:
    ben = opened(root, "ben")
    tag(ben, SECOND)
    assert not export(ben).problems
    ben.close()
    session = opened(root)
    changed(root, HEAD + "A line before.\n" + FIRST + SECOND)
    read_anew(session)
    (claim,) = session.claims_in("talks", colleagues=True)
    assert claim.annotator == "ben"
    assert claim.span.of(session.articles["talks"].text) == SECOND.strip()
    session.close()


def test_the_line_of_a_place_is_that_of_the_file(root: Path) -> None:
    session = opened(root)
    article = session.articles["talks"]
    assert line_in_file(session.workspace, article, 0) == 4
    assert line_in_file(session.workspace, article, article.text.index(SECOND)) == 5
    (root / "seeds" / "talks.txt").unlink()
    assert line_in_file(session.workspace, article, 9) == 1
    os.mkfifo(root / "seeds" / "talks.txt")
    assert line_in_file(session.workspace, article, 9) == 1, "a pipe is not waited for"
    session.close()


def test_statements_worked_out_while_their_article_is_read_anew_are_not_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(root)

    def slow(text: str) -> tuple[Statement, ...]:
        monkeypatch.undo()
        changed(root, HEAD + "Another beginning.\n" + SECOND)
        assert read_anew(session) == {"talks"}
        return segment(text)

    monkeypatch.setattr("tui.session.contents.segment", slow)
    session.statements("talks")
    text = session.articles["talks"].text
    assert [one.span.of(text) for one in session.statements("talks")] == ["Another beginning.", SECOND.strip()]
    session.close()


def test_a_gesture_made_while_articles_are_read_anew_stays(root: Path) -> None:
    session = opened(root)
    tag(session, FIRST)
    changed(root, HEAD + "A line before.\n" + FIRST + SECOND)
    fresh = rereading.reread(session, [session.articles["talks"]])
    tag(session, SECOND)
    rereading.take(session, fresh)
    assert session.saved, "the text that the claim was made on is on disk with it"
    text = session.articles["talks"].text
    assert [claim.span.of(text) for claim in session.claims_in("talks")] == [FIRST.strip(), SECOND.strip()]
    session.close()


def test_a_gesture_does_not_wait_for_articles_that_are_read_anew_and_is_in_what_is_shown_then(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(root)
    tag(session, SECOND)
    changed(root, f"{HEAD}Before all that.\n{FIRST}{SECOND}")
    renewed = View.renewed
    made: list[str] = []

    def record_meanwhile(view: View, *arguments: Any) -> View:
        if not made:
            with ThreadPoolExecutor(1) as another:  # the lock is one that its own thread may take again
                another.submit(tag, session, FIRST).result(timeout=20)
        made.append("a view")
        return renewed(view, *arguments)

    monkeypatch.setattr(View, "renewed", record_meanwhile)
    fresh = rereading.reread(session, [session.articles["talks"]])
    assert len(made) == 2
    rereading.take(session, fresh)
    assert len(made) == 2, "what was made beside the screen is what is shown"
    assert [claim.exact for claim in session.claims_in("talks")] == [FIRST.strip(), SECOND.strip()]
    session.close()
