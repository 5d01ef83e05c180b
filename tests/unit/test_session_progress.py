"""How far the opening of a workspace is, and giving it up in the middle."""

import shutil
import threading
from itertools import count
from pathlib import Path

import pytest
from session_samples import MET, SHOT, exported, make_workspace, opened, record_some, tag

from tui.errors import StoreError
from tui.progress import StoppedError
from tui.session.opening import open_session
from tui.store.store import Store
from tui.workspace import open_workspace

ENVIRON = {"PATH": "/nowhere"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which Ada has recorded something, in files that were not read yet, and Ben has too."""
    make_workspace(tmp_path)
    with opened(tmp_path, "ben") as session:
        tag(session, MET, SHOT)
        exported(session)
    record_some(tmp_path)
    shutil.rmtree(tmp_path / ".variorum")
    return tmp_path


def steps(root: Path) -> list[tuple[str, int, int]]:
    told: list[tuple[str, int, int]] = []
    open_session(open_workspace(root, ENVIRON), "ada", progress=lambda *words: told.append(words)).close()
    return told


def test_articles_and_files_are_counted_while_they_are_read(root: Path) -> None:
    told = steps(root)
    kinds = list(dict.fromkeys(what for what, _, _ in told))
    assert kinds == ["articles", "files of ben", "files of yours"]
    for kind in kinds:
        some = [(done, of) for what, done, of in told if what == kind]
        assert some == [(done, len(some)) for done in range(len(some))]


def test_an_opening_can_be_given_up_wherever_it_tells_how_far_it_is(root: Path) -> None:
    before = threading.active_count()
    for last in range(len(steps(root))):
        number = count()

        def stop(_what: str, _done: int, _of: int, last: int = last, number: "count[int]" = number) -> None:
            if next(number) == last:
                raise StoppedError

        with pytest.raises(StoppedError):
            open_session(open_workspace(root, ENVIRON), "ada", progress=stop)
        assert threading.active_count() == before  # the writer's thread has ended


def test_a_damaged_store_is_said_before_any_article_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise StoreError("it is damaged")

    monkeypatch.setattr(Store, "__init__", refuse)
    with pytest.raises(StoreError, match="it is damaged"):
        steps(root)
