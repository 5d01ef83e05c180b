"""Walks through `docs/a-week-in-a-team.md`: runs its commands in real repositories, one clone for each person.

In the page an indented line `ada$ …` is a command in Ada's clone, and what stands below it is what she sees; `…` stands
for any lines, or for the rest of one. A comment `<!-- ada: … -->` is what she does in the application.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from cli_samples import BEGAN, CUT, FIRST, PROJECT, SECOND

from tui.__main__ import main
from tui.model.changes import Change
from tui.model.records import Claim, Stance
from tui.model.span import Span
from tui.session import adopting, gestures, remarking
from tui.session.gestures import End, Gesture
from tui.session.opening import open_session
from tui.session.session import Session
from tui.session.sync import export
from tui.ui.actions import key_for
from tui.ui.team_words import said_of_new
from tui.workspace import open_workspace

PAGE = PROJECT / "docs" / "a-week-in-a-team.md"
CLOSED = "chapter should be closed."
_COMMAND = re.compile(r"^    (\w[\w-]*)\$ (.*)$")
_STEP = re.compile(r"^<!-- (\w[\w-]*): (.*) -->$")
_ANY = re.compile(r"\b[cxdr][0-9a-z]{12}\b|\b[0-9a-f]{7,40}\b")
"""Ids, and what git calls things: others each time."""


@dataclass
class Command:
    """A command of the page."""

    who: str
    words: str
    expected: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    @property
    def is_as_the_page_says(self) -> bool:
        pattern = "".join(
            r"(?:[^\n]*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
            for line in map(_settled, self.expected)
        )
        return re.fullmatch(pattern, "".join(f"{line}\n" for line in map(_settled, self.found))) is not None


def _settled(line: str) -> str:
    return _ANY.sub("ID", line).rstrip()


def walk(page: str, folder: Path) -> Iterator[Command]:
    """Each command of the page, once it was run in a folder below `folder`."""
    week = _Week(folder)
    command = None
    for line in [*page.split("\n"), ""]:
        if command is not None and line.startswith("    ") and not _COMMAND.match(line):
            command.expected.append(line[4:])
            continue
        if command is not None:
            command.found = week.run(command)
            yield command
            command = None
        if match := _STEP.match(line):
            week.do(match[1], match[2])
        elif match := _COMMAND.match(line):
            command = Command(match[1], match[2])


class _Week:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._at: dict[str, Path] = {}
        self._said: list[str] = []
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder / "balloon.git"], check=True)

    def _home(self, who: str) -> Path:
        home = self._folder / "home" / who
        if not home.exists():
            home.mkdir(parents=True)
            name = who.partition("-")[0].capitalize()
            # Who it is, and nothing else: what git does then is what it does by default.
            (home / ".gitconfig").write_text(f"[user]\n\tname = {name}\n\temail = {name.lower()}@example.org\n")
            self._at[who] = home
        return home

    def run(self, command: Command) -> list[str]:
        """What is seen; of `variorum` alone, what the application says at its start."""
        who, home = command.who, self._home(command.who)
        if command.words == "variorum":
            with _Reading(self._at[who]) as session:
                return [f"{said_of_new(_new(session))}: {key_for('next_new')} goes there"]
        if command.words.startswith("cd "):
            self._at[who] = self._at[who] / command.words.removeprefix("cd ")
            return []
        beside = str(Path(sys.executable).parent)
        environ = {
            "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONUTF8": "1",
        }
        run = _run_here if command.words.startswith("variorum ") else _run_in_shell
        found = run(command.words.replace("team:", f"{self._folder}/"), self._at[who], environ)
        found = found.replace(beside, f"/home/{who}/.local/bin").replace(f"{self._folder}/home", "/home")
        return found.replace(f"{self._folder}/", "team:").split("\n")[:-1]

    def do(self, who: str, what: str) -> None:
        self._home(who)
        if what == "brings the articles":
            subprocess.run(["cp", "-r", PROJECT / "seeds", self._at[who]], check=True)
            return
        with _Reading(self._at[who]) as session:
            for gesture in STEPS[what]:
                session.do(gesture(session))
            report = export(session)
            assert not report.problems, report.problems


def _run_in_shell(words: str, at: Path, environ: dict[str, str]) -> str:
    ran = subprocess.run(
        ["sh", "-c", words],
        cwd=at,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return ran.stdout


def _run_here(words: str, at: Path, environ: dict[str, str]) -> str:
    """Our own command, without a process of its own; on a terminal its results stand before its messages."""
    results, messages = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(at),
        patch.dict(os.environ, environ, clear=True),
        contextlib.redirect_stdout(results),
        contextlib.redirect_stderr(messages),
    ):
        main(shlex.split(words)[1:])
    return results.getvalue() + messages.getvalue()


class _Reading:
    """A reader's session in the clone at `root`."""

    def __init__(self, root: Path) -> None:
        name = subprocess.run(
            ["git", "config", "user.name"], cwd=root, env=_environ(root), capture_output=True, text=True
        )
        self._session = open_session(open_workspace(root, {}), name.stdout.strip().lower())

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()


def _environ(root: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1"}


def _new(session: Session) -> dict[str, int]:
    """What is new to who has seen nothing of anybody yet."""
    session.new.take(session.new.begin({}))
    return session.new.counts()


# --- what they do in the application ---


def _end(session: Session, article: str, words: str) -> End:
    at = session.articles[article].text.index(words)
    return session.end_of(article, Span(at, at + len(words)))


def _tag(article: str, words: str, name: str) -> Callable[[Session], Gesture]:
    return lambda session: gestures.tag(session.desk, _end(session, article, words), name)


def _said_by(article: str, words: str, *names: str) -> Callable[[Session], Gesture]:
    return lambda session: gestures.set_said_by(session.desk, _end(session, article, words), names)


def _gist(words: str, gist: str) -> Callable[[Session], Gesture]:
    return lambda session: gestures.set_gist(_claim(session, session.annotator, words), gist)


def _claim(session: Session, annotator: str, words: str) -> Claim:
    records = session.index_of(annotator).records()
    return next(one for one in records if isinstance(one, Claim) and one.exact == words)


def _settle(session: Session) -> Gesture:
    claim = _claim(session, "ada", BEGAN)
    return Gesture("settled", (Change(claim, replace(claim, gist="No talks since February, says 001", conflicts=())),))


STEPS: dict[str, list[Callable[[Session], Gesture]]] = {
    "reads": [
        _tag(FIRST, BEGAN, "background"),
        _gist(BEGAN, "Talks broke down after the balloon"),
        _said_by(FIRST, BEGAN),
        _tag(SECOND, CUT, "background"),
        lambda session: gestures.contradiction(session.desk, _end(session, FIRST, BEGAN), _end(session, SECOND, CUT)),
    ],
    "reads too": [_tag(FIRST, CLOSED, "quote"), _said_by(FIRST, CLOSED, "Antony Blinken")],
    "adopts a claim, and disagrees with another": [
        lambda session: adopting.adopt(session, _claim(session, "ada", BEGAN)),
        lambda session: remarking.remark(
            session, _claim(session, "ada", CUT), Stance.DISAGREE, "“reportedly”: by whom?"
        ),
    ],
    "looks again": [_tag(SECOND, "low-key welcome", "opinion")],
    "writes a gist at home": [_gist(BEGAN, "The balloon ended the talks")],
    "writes another at work": [_gist(BEGAN, "No talks since the balloon")],
    "settles it": [_settle],
    "and at home": [_gist(BEGAN, "Silence since February")],
}
