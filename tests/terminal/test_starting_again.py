"""The real program, started twice: the second time all is as it was left, however the first time ended."""

import signal
from pathlib import Path

import pytest
from terminal import Terminal

TEXT = "A title\n\n" + "\n\n".join(f"Paragraph {number} says this." for number in range(1, 60))


def workspace(root: Path) -> Path:
    (root / "seeds").mkdir(parents=True)
    (root / "seeds/a.txt").write_text(TEXT, encoding="utf-8")
    return root


@pytest.mark.parametrize("how", ["Q", "hang-up", "end"])
def test_the_place_comes_back_after_leaving_and_when_the_terminal_went_away(tmp_path: Path, how: str) -> None:
    own = {"XDG_STATE_HOME": str(tmp_path / "state")}
    root = workspace(tmp_path / "w")
    first = Terminal(str(root), folder=tmp_path, environ=own)
    first.wait_for("saved", "done")
    first.type("\r40G")
    first.wait_for("paragraph 40 of 60")
    if how == "Q":
        first.type("Q")
    elif how == "hang-up":
        first.hang_up()
    else:
        first.signal(signal.SIGTERM)
    first.process.wait(20)
    first.kill()
    second = Terminal(str(root), folder=tmp_path, environ=own)
    second.wait_for("all is as you left it")
    second.wait_for("Paragraph 39 says")
    assert b"Paragraph 3 says" not in second.written
    second.kill()
    assert [path.name for path in root.iterdir()] == ["seeds"], "reading left no trace in the folder"
