"""Workspaces to run the command in, and a way to run it as the shell does."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End
from tui.session.opening import open_session
from tui.session.sync import export
from tui.workspace import open_workspace

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of whoever runs the tests: no settings, no name, no git."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "VARIORUM_ANNOTATOR": "Ada",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(PROJECT),
        **more,
    }


def run_command(*arguments: str | Path, at: Path, home: Path, **more: str) -> Ran:
    """Run `variorum` with these arguments in the folder `at`; `more` goes into its environment."""
    ran = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        cwd=at,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert "Traceback" not in ran.stderr
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def make_workspace(root: Path) -> Path:
    """The real articles and codebook, with nothing recorded."""
    shutil.copytree(PROJECT / "seeds", root / "seeds")
    shutil.copy(PROJECT / "config.yaml", root)
    return root


FIRST, SECOND = "001_1a53b3287ac06780", "003_6a5a4283ad4edc93"
BEGAN = "The breakdown in communication began after a Chinese spy balloon was discovered"
CUT = "Communication lines were reportedly cut following"


def record(workspace: Path) -> None:
    """A contradiction and a duplicate group of Ada, exported."""
    session = open_session(open_workspace(workspace, {}), "ada")

    def end(article: str, words: str) -> End:
        at = session.articles[article].text.index(words)
        return End(article, Span(at, at + len(words)))

    session.do(gestures.tag(session.desk, end(FIRST, BEGAN), "background"))
    session.do(gestures.set_said_by(session.desk, end(SECOND, CUT), ("a hostile <b>name</b>", "[Newsweek](http://x)")))
    link = session.do(gestures.contradiction(session.desk, end(FIRST, BEGAN), end(SECOND, CUT))).changes[-1].after
    assert link is not None
    session.do(gestures.set_gist(link, "When did contacts *stop*?"))  # type: ignore[arg-type]
    session.do(gestures.duplicate(session.desk, end(FIRST, "Blinken"), end(SECOND, "Blinken")))
    session.do(gestures.set_finished(session.desk, FIRST, True))
    session.flush()
    assert not export(session).problems
    session.close()


def tree(folder: Path) -> set[tuple[str, int]]:
    """Everything that lies in a folder, and when it was changed."""
    return {(path.relative_to(folder).as_posix(), path.lstat().st_mtime_ns) for path in folder.rglob("*")}
