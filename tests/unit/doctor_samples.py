"""Running `variorum doctor` as the shell does, but in this process, so that a test may be somebody else meanwhile."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from session_samples import make_workspace, record_some

from tui.__main__ import main
from tui.store.files import StoreFiles


@dataclass(frozen=True)
class Told:
    """What doctor answered, and said as JSON."""

    code: int
    data: dict[str, Any]

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["findings"]
        return found

    def of(self, area: str) -> list[tuple[str, str]]:
        """Severity and sentence of each finding in an area."""
        return [(each["severity"], each["wrong"]) for each in self.findings if each["area"] == area]

    def one(self, words: str) -> dict[str, Any]:
        """The one finding that says this."""
        found = [each for each in self.findings if words in each["wrong"]]
        assert len(found) == 1, f"{len(found)} findings say “{words}” among {[each['wrong'] for each in self.findings]}"
        return found[0]

    @property
    def mended(self) -> list[str]:
        done: list[str] = self.data["mended"]
        return done

    @property
    def serious(self) -> list[str]:
        """What is worse than a note."""
        return [each["wrong"] for each in self.findings if each["severity"] != "note"]


Doctor: TypeAlias = Callable[..., Told]


def surroundings(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Nothing of whoever runs the tests: no settings, no name, no terminal."""
    for name in list(os.environ):
        if name not in ("PATH", "PYTEST_CURRENT_TEST") and not name.startswith(("TEXTUAL", "PYTEST")):
            monkeypatch.delenv(name)
    for name, value in {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "VARIORUM_ANNOTATOR": "ada"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Doctor:
    """Runs `variorum doctor --format json` on a workspace, with nothing of whoever runs the tests."""
    surroundings(monkeypatch, tmp_path)

    def run(root: Path, *arguments: str) -> Told:
        capsys.readouterr()
        code = main(["doctor", "-C", str(root), "--format", "json", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Told(code, json.loads(said.out))

    return run


def recorded_in(folder: Path) -> Path:
    """A workspace `balloon` in this folder, with a record of every kind, exported."""
    root = folder / "balloon"
    make_workspace(root)
    record_some(root)
    return root


def journal_of(root: Path) -> Path:
    return StoreFiles(root / ".variorum").journal


def damage_line(path: Path, number: int) -> None:
    """Flip a bit in one line of a journal."""
    lines = path.read_bytes().splitlines(True)
    line = bytearray(lines[number])
    line[len(line) // 2] ^= 4
    lines[number] = bytes(line)
    path.write_bytes(b"".join(lines))
