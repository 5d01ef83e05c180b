"""Where a terminal or font has ASCII only, none of our own words has anything else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.ui import signs
from tui.ui.signs import ASCII, SIGNS, typed


def test_rounds_through_the_application_show_ascii_only() -> None:
    rounds = Path(__file__).with_name("ascii_rounds.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--noconftest", str(rounds)],
        env={**os.environ, "VARIORUM_ASCII": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout


def test_signs_of_print_become_typed_ones_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "“Yes” … ‘no’ · a—b–c › d\N{NO-BREAK SPACE}e"
    assert SIGNS is not ASCII
    assert typed(words) == words
    monkeypatch.setattr(signs, "SIGNS", ASCII)
    assert typed(words) == "\"Yes\" ~ 'no' - a-b-c > d e"
    assert len(typed(words)) == len(words)
    assert typed("Zoë 漢字") == "Zoë 漢字", "what is no sign of ours is the reader's own"
