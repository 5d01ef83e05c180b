"""The engine in a process of its own: what it answers, and that it ends whenever nobody needs it any more."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from tui.articles.statements import segment
from tui.errors import SuggestionError
from tui.model.article import Article, Detail
from tui.progress import StoppedError
from tui.suggest.engine import Engine
from tui.suggest.process import SuggestionProcess
from tui.suggest.suggestion import Suggestion

TEXTS = {
    "a": "The old stone bridge over the river was closed on Monday after inspectors found cracks in its piers.\n"
    "About 4,000 cars use the bridge every day.\n",
    "b": "Inspectors found cracks in its piers, so the old stone bridge over the river was closed on Tuesday.\n"
    "Fish is dear this year.\n",
}


def articles(**texts: str) -> list[Article]:
    return [Article(id, f"{id}.txt", text, f"{id}{len(text)}", Detail(id)) for id, text in (texts or TEXTS).items()]


@pytest.fixture
def process() -> Iterator[SuggestionProcess]:
    process = SuggestionProcess()
    yield process
    process.stop()


def last(process: SuggestionProcess, some: list[Article]) -> tuple[Suggestion, ...]:
    return [answer for answer in process.ask(some) if isinstance(answer, tuple)][-1]


def pid_of(process: SuggestionProcess) -> int:
    assert process._process is not None
    return process._process.pid


def becomes(true: Callable[[], bool]) -> bool:
    end = monotonic() + 20
    while not true() and monotonic() < end:
        sleep(0.01)
    return true()


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_answers_what_the_engine_would(process: SuggestionProcess) -> None:
    some = articles()
    expected = list(Engine().suggest(some, lambda id: segment(TEXTS[id])))[-1]
    assert expected
    assert last(process, some) == expected


def test_it_is_asked_again_and_stays_the_same_process(process: SuggestionProcess) -> None:
    assert last(process, articles())
    pid = pid_of(process)
    assert last(process, articles(a=TEXTS["a"])) == ()
    assert last(process, articles())
    assert pid_of(process) == pid


def test_what_articles_hold_comes_back_as_it_was(process: SuggestionProcess) -> None:
    odd = TEXTS["a"].replace("river", "r\udce9ver 漢字 \x1b[2J")
    found = last(process, articles(a=odd, b=TEXTS["b"]))
    assert any(side.exact in odd for one in found for side in (one.a, one.b))


def test_stopped_from_another_thread_it_ends_at_once_and_whoever_waits_is_told(process: SuggestionProcess) -> None:
    last(process, articles())
    told: list[BaseException] = []

    def wait() -> None:
        try:
            for _ in range(100_000):
                last(process, articles())
        except StoppedError as stopped:
            told.append(stopped)

    thread = Thread(target=wait)
    thread.start()
    sleep(0.05)
    pid = pid_of(process)
    process.stop()
    process.stop()
    thread.join(20)
    assert len(told) == 1
    assert not is_there(pid)
    with pytest.raises(StoppedError):
        last(process, articles())


def test_killed_by_somebody_else_it_says_so_and_is_begun_anew_when_asked_again(process: SuggestionProcess) -> None:
    last(process, articles())
    os.kill(pid_of(process), signal.SIGSTOP)
    asked: list[str] = []

    def ask() -> None:
        try:
            last(process, articles())
        except SuggestionError as error:
            asked.append(str(error))

    thread = Thread(target=ask)
    thread.start()
    assert becomes(lambda: process._is_asked)
    os.kill(pid_of(process), signal.SIGKILL)
    thread.join(20)
    assert asked == ["the process that looks for suggestions ended with -9"]
    assert last(process, articles())


def test_what_goes_wrong_in_it_is_told_and_it_can_be_asked_again(process: SuggestionProcess) -> None:
    broken = [Article("a", "a.txt", None, "x", Detail("a"))]  # type: ignore[arg-type]
    with pytest.raises(SuggestionError, match="Error"):
        last(process, broken)
    assert last(process, articles())


def test_it_does_not_outlive_who_began_it_however_that_ended() -> None:
    program = (
        "import sys, time; from tui.suggest.process import SuggestionProcess;"
        "process = SuggestionProcess(); list(process.ask([])); print(process._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_there(pid)
        parent.kill()
    assert becomes(lambda: not is_there(pid))


def test_nothing_of_the_folder_one_is_in_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = tmp_path / "trapped"
    for name in ("rapidfuzz", "regex", "tui", "pickle", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(trap)!r}, 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    process = SuggestionProcess()
    try:
        assert last(process, articles())
    finally:
        process.stop()
    assert not trap.exists()
