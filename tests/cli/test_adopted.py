"""`list --records` after somebody adopted what a colleague recorded: it is one finding, not two."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_samples import BEGAN, make_workspace, record, run_command

from tui.model.records import Claim
from tui.session import gestures
from tui.session.adopting import adopt
from tui.session.opening import open_session
from tui.session.session import Session
from tui.session.sync import export
from tui.workspace import open_workspace


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """Ben has Ada's contradiction, with both of its claims."""
    root = make_workspace(tmp_path / "w")
    record(root)
    acts(root, "ben", lambda session: adopt(session, session.index_of("ada").contradictions()[0]))
    return root


def acts(root: Path, who: str, what: Callable[[Session], gestures.Gesture]) -> None:
    session = open_session(open_workspace(root, {}), who)
    session.do(what(session))
    session.flush()
    assert not export(session).problems
    session.close()


def listed(root: Path, *more: str) -> str:
    """What is listed, without its line ends."""
    ran = run_command("list", "--records", *more, at=root, home=root.parent)
    assert ran.code == 0, ran.err
    return " ".join(ran.out.replace("\\", "").split())


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_what_was_adopted_as_it_is_stands_once_and_says_by_whom(adopted: Path, kind: str) -> None:
    found = listed(adopted, "--format", kind)
    assert "4 claims, 1 contradiction, 1 duplicate group. Recorded by ada, ben." in found
    assert found.count("≠ When did contacts") == 1
    assert found.count("adopted by ben") == 3
    assert "ben/" not in found


def test_what_was_changed_since_stands_beside_the_original_and_says_that_it_is_not_independent(adopted: Path) -> None:
    def change(session: Session) -> gestures.Gesture:
        claim = next(each for each in session.records.records() if isinstance(each, Claim) and each.exact == BEGAN)
        return gestures.set_gist(claim, "Ben's own words")

    acts(adopted, "ben", change)
    found = listed(adopted)
    assert "5 claims, 1 contradiction" in found
    assert found.count("adopted by ben") == 2
    assert "adopted from ada/c" in found
    assert ", not independent" in found

    acts(adopted, "ben", lambda session: gestures.set_gist(session.records.contradictions()[0], "Ben's question"))
    found = listed(adopted)
    assert "2 contradictions" in found
    assert "adopted from ada/x" in found


def test_of_one_reader_alone_what_was_adopted_says_from_whom(adopted: Path) -> None:
    found = listed(adopted, "--annotator", "ben")
    assert "2 claims, 1 contradiction" in found
    assert found.count("adopted from ada/c") == 2
    assert "with claims adopted from ada" in found
