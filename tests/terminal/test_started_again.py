"""The real program, started twice: the second time all is as it was left, however the first time ended."""

import os
import signal
from pathlib import Path

import pytest
from terminal import application

TEXT = "A title\n\n" + "\n\n".join(f"Paragraph {number} says this." for number in range(1, 60))


def workspace(root: Path) -> Path:
    (root / "seeds").mkdir(parents=True)
    (root / "seeds/a.txt").write_text(TEXT, encoding="utf-8")
    return root


@pytest.mark.parametrize("how", ["Q", "hang-up", "end"])
def test_the_place_comes_back_after_leaving_and_when_the_terminal_went_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = workspace(tmp_path / "w")
    first = application(root)
    first.type("\r")
    first.wait_for("Paragraph 3 ")
    first.type("40G")
    first.wait_for("paragraph 40 of 60")
    if how == "Q":
        first.type("Q")
    elif how == "hang-up":
        os.close(first._terminal)
        first.process.send_signal(signal.SIGHUP)  # as a terminal does for the program it belongs to
    else:
        first.process.send_signal(signal.SIGTERM)
    first.process.wait(20)
    second = application(root)
    second.wait_for("all is as you left it")
    second.wait_for("Paragraph 39 says")
    assert b"Paragraph 3 says" not in second.written
    second.kill()
    assert [path.name for path in root.iterdir()] == ["seeds"], "reading left no trace in the folder"
