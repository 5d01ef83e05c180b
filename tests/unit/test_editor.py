"""The reader's own editor: what is run, and that no text is lost to it."""

import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tui.editor import Edited, command_for, edit, run
from tui.errors import RefusedError

FILE = Path("/somewhere/an article.txt")


def program(folder: Path, name: str, body: str = "") -> Path:
    """An executable of this name that runs this Python, with the file in `file`."""
    path = folder / name
    head = f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n"
    path.write_text(head + body)
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vi", ["vi", "+7", str(FILE)]),
        ("{folder}/nano -R", ["{folder}/nano", "-R", "+7", str(FILE)]),
        ('"{folder}/my editor" --wait', ["{folder}/my editor", "--wait", str(FILE)]),
    ],
)
def test_the_editor_is_told_the_line_where_it_can_be(tmp_path: Path, editor: str, expected: list[str]) -> None:
    for name in ("vi", "nano", "my editor"):
        program(tmp_path, name)
    environ = {"EDITOR": editor.format(folder=tmp_path), "PATH": str(tmp_path)}
    assert command_for(FILE, environ, line=7) == [word.format(folder=tmp_path) for word in expected]
    assert command_for(FILE, environ) == [word.format(folder=tmp_path) for word in expected if word != "+7"]


def test_visual_comes_before_editor(tmp_path: Path) -> None:
    program(tmp_path, "one"), program(tmp_path, "two")
    assert command_for(FILE, {"VISUAL": "one", "EDITOR": "two", "PATH": str(tmp_path)})[0] == "one"
    assert command_for(FILE, {"VISUAL": " ", "EDITOR": "two", "PATH": str(tmp_path)})[0] == "two"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "no editor is set: say which in the shell, as in export EDITOR=nano"),
        ({"EDITOR": "nonsense -x"}, "$EDITOR names no program that is there: “nonsense -x”"),
        ({"VISUAL": 'vi "'}, '$VISUAL names no program that is there: “vi "”'),
        ({"EDITOR": "\x1b[2J"}, "$EDITOR names no program that is there: “"),
    ],
)
def test_what_is_no_editor_is_refused(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(RefusedError) as caught:
        command_for(FILE, {"PATH": os.environ["PATH"], **environ})
    assert str(caught.value).startswith(sentence)
    assert "\x1b" not in str(caught.value)


def test_no_shell_reads_what_is_set(tmp_path: Path) -> None:
    program(tmp_path, "ed")
    environ = {"EDITOR": f"ed; touch {tmp_path}/harm `touch {tmp_path}/harm` $(x)", "PATH": str(tmp_path)}
    with pytest.raises(RefusedError):
        command_for(FILE, environ)
    command = command_for(FILE, {"EDITOR": f"ed '$(touch {tmp_path}/harm)'", "PATH": str(tmp_path)})
    assert command == ["ed", f"$(touch {tmp_path}/harm)", str(FILE)]
    assert run([str(tmp_path / "ed"), *command[1:]]) is None
    assert not (tmp_path / "harm").exists()


def test_an_editor_that_fails_or_can_not_be_run_is_said(tmp_path: Path) -> None:
    assert run([str(program(tmp_path, "cross", "sys.exit(3)"))]) == "cross ended with 3"
    (tmp_path / "none").write_text("")
    assert run([str(tmp_path / "none")]) == "none could not be run: Permission denied"


def test_ctrl_c_in_the_editor_ends_neither_it_nor_us(tmp_path: Path) -> None:
    # The terminal sends it to both.
    body = "import os, signal\nassert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
    editor = program(tmp_path, "ed", body + "os.kill(os.getppid(), signal.SIGINT)\n")
    assert run([str(editor)]) is None
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), 2)


def edited(folder: Path, text: str, body: str) -> tuple[Edited, list[Path]]:
    """What becomes of a text in an editor that does this, and the files that it was given."""
    seen: list[Path] = []

    def watched(command: Sequence[str]) -> str | None:
        file = Path(command[-1])
        seen.append(file)
        assert stat.S_IMODE(file.lstat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.lstat().st_mode) == 0o700
        return run(command)

    environ = {"EDITOR": str(program(folder, "ed", body)), "PATH": os.environ["PATH"]}
    return edit(text, environ, watched), seen


@pytest.mark.parametrize(
    ("text", "body", "after"),
    [
        ("a memo", "file.write_text(file.read_text() + 'more\\n')", "a memo\nmore"),
        ("a memo\n", "pass", "a memo\n"),
        ("", "file.write_text('“new”', encoding='utf-8')", "“new”"),
        ("a memo", "file.write_text('')", ""),
        ("a memo", "other = file.with_name('x'); other.write_text('moved\\n'); other.replace(file)", "moved"),
    ],
)
def test_a_text_comes_back_as_the_editor_left_it(tmp_path: Path, text: str, body: str, after: str) -> None:
    done, (file,) = edited(tmp_path, text, body)
    assert done == Edited(after)
    assert not file.parent.exists()


@pytest.mark.parametrize("body", ["sys.exit(1)", "file.unlink()"])
def test_after_an_editor_that_wrote_nothing_the_memo_is_as_it_was(tmp_path: Path, body: str) -> None:
    done, (file,) = edited(tmp_path, "a memo", body)
    assert done.text is None
    assert done.problem is not None
    assert done.problem.endswith(": the memo is as it was")
    assert not file.parent.exists()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("file.write_text('lost?'); sys.exit(1)", "ed ended with 1"),
        ("file.write_bytes(b'lost? \\xff')", "what the editor wrote is not UTF-8"),
        ("file.write_text('lost?' * 500_000)", "what the editor wrote can't be read: it is too large"),
    ],
)
def test_what_was_written_in_vain_stays_in_a_file_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, problem: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done, _ = edited(tmp_path, "a memo", body)
    assert done.text is None
    assert done.problem is not None
    said, _, kept = done.problem.partition(": the memo is as it was, and what you wrote is in ")
    assert said == problem
    assert Path(kept).read_bytes().startswith(b"lost?")
    assert stat.S_IMODE(Path(kept).parent.lstat().st_mode) == 0o700


def test_without_room_for_the_file_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    never: Callable[[Sequence[str]], str | None] = lambda _command: pytest.fail("it was run")  # noqa: E731
    with pytest.raises(RefusedError, match="no file can be made for the editor"):
        edit("a memo", {"EDITOR": sys.executable}, never)
