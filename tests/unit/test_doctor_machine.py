"""`variorum doctor` and the machine: permissions, terminal, Python; and workspaces that can not be opened."""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from doctor_samples import Doctor, damage_line, journal_of, recorded_in
from privileges import NOBODY, folder_for_all, without_privileges
from session_samples import git, make_workspace, opened, state, tree

from tui.__main__ import main

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return recorded_in(tmp_path)


def give_to_nobody(folder: Path) -> None:
    """Nobody is who the tests are when they are not root; else they are who they are."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A workspace with records that is nobody's, for tests without privileges."""
    with folder_for_all() as folder:
        root = recorded_in(folder)
        give_to_nobody(root)
        yield root


# --- permissions ---


def test_a_fresh_workspace_is_healthy_and_stays_untouched(tmp_path: Path, doctor: Doctor) -> None:
    make_workspace(tmp_path / "fresh")
    before = tree(tmp_path / "fresh")
    for arguments in ((), ("--fix",)):
        told = doctor(tmp_path / "fresh", *arguments)
        assert (told.code, told.findings) == (0, [])
    assert told.data["areas"]["store"] == ["none yet: it is made with the first record"]
    assert tree(tmp_path / "fresh") == before


def test_the_example_of_the_project_is_healthy(tmp_path: Path, doctor: Doctor) -> None:
    for name in ("seeds", "annotations"):
        shutil.copytree(PROJECT / name, tmp_path / "example" / name)
    shutil.copy(PROJECT / "config.yaml", tmp_path / "example")
    told = doctor(tmp_path / "example", "--annotator", "example")
    assert (told.code, told.serious) == (0, [])


def test_a_store_that_others_may_look_into_is_made_private(root: Path, doctor: Doctor) -> None:
    store = root / ".variorum"
    store.chmod(0o755)
    journal_of(root).chmod(0o644)
    told = doctor(root)
    finding = told.one("others on this machine may look into the store")
    assert told.code == 0
    assert finding["details"] == [".variorum", ".variorum/store.journal"]
    fixed = doctor(root, "--fix")
    assert fixed.findings == []
    assert fixed.mended == [
        ".variorum is for you alone now (0700)",
        ".variorum/store.journal is for you alone now (0600)",
    ]
    assert [path.stat().st_mode & 0o777 for path in (store, journal_of(root))] == [0o700, 0o600]


def test_a_store_closed_to_its_own_reader_is_opened_and_what_is_behind_that_mended_too(
    nobodys: Path, doctor: Doctor
) -> None:
    damage_line(journal_of(nobodys), -1)
    journal_of(nobodys).chmod(0)
    (nobodys / ".variorum").chmod(0)
    with without_privileges():
        told = doctor(nobodys)
        assert told.code == 1
        assert told.one("you may not read or write all that is in the store")["details"] == [".variorum"]
        assert told.data["areas"]["store"] == ["can't be looked into: see permissions"]
        fixed = doctor(nobodys, "--fix")
        assert (fixed.code, fixed.serious) == (0, [])
        assert [re.sub(r",.*", "", sentence) for sentence in fixed.mended[:3]] == [
            ".variorum is for you alone now (0700)",
            ".variorum/store.journal is for you alone now (0600)",
            "the store is back in its last good state",
        ]


def test_a_journal_that_can_not_be_read_is_never_taken_for_a_damaged_one(nobodys: Path, doctor: Doctor) -> None:
    journal_of(nobodys).chmod(0)
    whole = journal_of(nobodys).stat().st_ino
    with without_privileges():
        assert doctor(nobodys).data["areas"]["store"] == ["can't be read: see permissions"]
        assert doctor(nobodys, "--fix").code == 0
    assert journal_of(nobodys).stat().st_ino == whole


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make what is somebody else's")
def test_a_store_of_somebody_else_is_left_alone(nobodys: Path, doctor: Doctor) -> None:
    os.chown(nobodys / ".variorum", 0, 0)
    (nobodys / ".variorum").chmod(0o755)
    with without_privileges():
        told = doctor(nobodys, "--fix")
    assert told.code == 0
    assert told.mended == []
    assert told.one(".variorum belongs to somebody else (root)")["severity"] == "warning"


def test_a_read_only_workspace_has_no_error(nobodys: Path, doctor: Doctor) -> None:
    for path in (nobodys, *nobodys.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    (nobodys / ".variorum").chmod(0o700)
    for path in (nobodys / ".variorum").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    before = tree(nobodys)
    with without_privileges():
        told = doctor(nobodys)
    assert told.code == 0
    assert told.one("so nothing can be exported")["severity"] == "warning"
    assert tree(nobodys) == before
    shutil.rmtree(nobodys / ".variorum")
    with without_privileges():
        told = doctor(nobodys)
    assert told.code == 0
    assert told.one("you may not write into the workspace")


def test_articles_that_can_not_be_looked_into_are_an_error(nobodys: Path, doctor: Doctor) -> None:
    (nobodys / "seeds").chmod(0)
    with without_privileges():
        told = doctor(nobodys)
    assert told.code == 1
    assert told.one(f"the folder {nobodys / 'seeds'} can't be looked into")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make what is somebody else's")
def test_somebody_elses_files_in_ones_own_folder_are_warned_of(root: Path, doctor: Doctor) -> None:
    os.chown(root / "annotations/ada/one.yaml", NOBODY, NOBODY)
    finding = doctor(root).one("annotations/ada holds what belongs to somebody else")
    assert finding["details"] == ["annotations/ada/one.yaml"]


def test_links_where_none_may_be_are_errors_and_left_alone(root: Path, doctor: Doctor) -> None:
    (root / "annotations/ada/three.yaml").symlink_to("/etc/passwd")
    (root / ".variorum/link").symlink_to("/etc/passwd")
    told = doctor(root, "--fix")
    assert told.code == 1
    assert told.one("there are links in annotations/ada")["details"] == ["annotations/ada/three.yaml"]
    assert told.one("there are links in .variorum")["details"] == [".variorum/link"]
    assert (root / ".variorum/link").is_symlink()


# --- the terminal ---


def in_terminal(root: Path, columns: int, lines: int, **environ: str) -> str:
    """What doctor says in a terminal of this size, on one line."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    command = [sys.executable, "-m", "tui", "doctor", "-C", str(root)]
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "VARIORUM_ANNOTATOR")} | environ
    environ |= {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, env=environ, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, cwd=root) as ran:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65536):
                said += part
        except OSError:
            pass  # the other end was closed
        assert ran.stderr is not None
        assert b"Traceback" not in ran.stderr.read()
    os.close(ours)
    return " ".join(said.decode("utf-8", "replace").split())


def test_a_good_terminal_is_told_with_its_size(root: Path, doctor: Doctor) -> None:
    said = in_terminal(root, 120, 40, TERM="xterm-256color", LANG="C.UTF-8")
    assert "terminal 120 by 40, TERM=xterm-256color, UTF-8 Python" in said.replace("utf-8", "UTF-8")


def test_a_small_terminal_of_few_colours_over_ssh_is_noted(root: Path, doctor: Doctor) -> None:
    said = in_terminal(root, 70, 20, TERM="xterm", LANG="C.UTF-8", SSH_CONNECTION="1 2 3 4")
    assert "the terminal is 70 by 20: articles side by side need 80 by 24" in said
    assert "TERM=xterm promises no more than 16 colours" in said
    assert "in ssh" in said
    assert "promises" not in in_terminal(root, 80, 24, TERM="xterm", COLORTERM="truecolor", LANG="C.UTF-8")


def test_a_terminal_that_says_nothing_of_itself_is_warned_of(root: Path, doctor: Doctor) -> None:
    assert "can't be shown in a terminal that says of itself nothing" in in_terminal(root, 80, 24, LANG="C.UTF-8")


def test_what_the_environment_says_of_the_terminal_is_told_with_its_consequence(
    root: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("STY", "1.pts")
    told = doctor(root)
    assert told.code == 0
    assert [severity for severity, _ in told.of("terminal")] == ["warning", "note", "note"]
    assert told.one("TERM=dumb")
    assert told.one("NO_COLOR is set")
    assert told.one("screen may hold Escape back")
    monkeypatch.setenv("TERM", "linux")
    assert "VARIORUM_ASCII" in told.one("NO_COLOR")["mend"] or "VARIORUM_ASCII" in doctor(root).one("console")["mend"]
    monkeypatch.setenv("VARIORUM_ASCII", "1")
    assert not [wrong for _, wrong in doctor(root).of("terminal") if "console" in wrong]


def test_a_locale_without_utf8_is_warned_of(root: Path, doctor: Doctor) -> None:
    said = in_terminal(root, 80, 24, TERM="xterm-256color", LC_ALL="POSIX")
    assert "not UTF-8: signs are plain" in said
    assert "VARIORUM_ASCII=1" in said


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_tmux_that_holds_escape_back_is_noted(
    root: Path, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = tmp_path / "tmux"

    def tmux(*arguments: str) -> None:
        subprocess.run(["tmux", "-S", str(socket), "-f", "/dev/null", *arguments], check=True, timeout=20)

    monkeypatch.setenv("TERM", "xterm")
    tmux("new-session", "-d", "sleep 60")
    try:
        tmux("set", "-s", "escape-time", "500")
        monkeypatch.setenv("TMUX", f"{socket},1,0")
        assert doctor(root).one("tmux holds Escape back for 500 ms")["severity"] == "note"
        tmux("set", "-s", "escape-time", "10")
        assert doctor(root).of("terminal") == []
    finally:
        tmux("kill-server")


# --- Python ---


def run_with(root: Path, tmp_path: Path, **environ: str) -> str:
    """What doctor says in a Python of its own, on one line."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VARIORUM_ANNOTATOR": "ada"} | environ
    command = [sys.executable, "-m", "tui", "doctor", "-C", str(root)]
    ran = subprocess.run(command, env=environ, cwd=root, capture_output=True, encoding="utf-8", timeout=60)
    assert "Traceback" not in ran.stderr
    return " ".join(ran.stdout.split())


def test_packages_of_other_versions_and_a_slow_yaml_are_warned_of(root: Path, tmp_path: Path, doctor: Doctor) -> None:
    other = tmp_path / "other"
    for name, version in (("tinydb", "5.0.1"), ("textual", "8.2")):
        (other / f"{name}-{version}.dist-info").mkdir(parents=True)
        (other / f"{name}-{version}.dist-info/METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
    # What a PyYAML that was built without libyaml looks like from outside.
    (other / "sitecustomize.py").write_text("import yaml\nyaml.__with_libyaml__ = False\ndel yaml.CSafeLoader\n")
    said = run_with(root, tmp_path, PYTHONPATH=f"{other}{os.pathsep}{PROJECT}", PYTHONUTF8="1")
    assert "- tinydb 5.0.1 is installed, <5,>=4.9 is needed" in said
    assert "- textual 8.2 is installed, ==8.2.8 is needed" in said
    assert "PyYAML was built without libyaml" in said
    assert "pyyaml" not in said.partition("packages are not")[2].partition("->")[0]


# --- workspaces that can't be opened ---


def test_a_broken_config_is_an_error_and_the_store_is_mended_all_the_same(root: Path, doctor: Doctor) -> None:
    (root / "config.yaml").write_text("format: variorum/1\ntags: 7\ntheme: dark\n")
    damage_line(journal_of(root), -1)
    told = doctor(root)
    assert told.code == 1
    assert [wrong.partition(":")[0] for _, wrong in told.of("workspace")] == ["config.yaml", "config.yaml"]
    assert told.one("store.journal is damaged")["safe"]
    fixed = doctor(root, "--fix")
    assert fixed.code == 1, "the config is for a person to mend"
    assert fixed.of("store") == [
        ("note", "there is room taken by what was set aside when the store was mended or imported")
    ]
    (root / "config.yaml").write_text("format: variorum/1\nfolders: [\n")
    assert doctor(root).code == 1
    (root / "config.yaml").unlink()
    assert doctor(root).code == 0


def test_broken_settings_of_ones_own_are_an_error(
    root: Path, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "settings/variorum/config.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("them: dark\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    told = doctor(root)
    assert told.code == 1
    assert "them" in told.of("workspace")[0][1]
    assert told.data["areas"]["anchors"] == ["not examined: nobody is named as the reader"]


def test_folders_that_are_missing_links_or_files_are_told_and_nothing_is_made(
    root: Path, doctor: Doctor, tmp_path: Path
) -> None:
    shutil.rmtree(root / "annotations")
    shutil.rmtree(root / "seeds")
    (root / "config.yaml").write_text("format: variorum/1\n")
    told = doctor(root)
    assert told.one("there is no folder “seeds”")["severity"] == "warning"
    (root / "seeds").symlink_to(tmp_path)
    (root / "annotations").symlink_to(tmp_path / "elsewhere")
    told = doctor(root, "--fix")
    assert told.code == 1
    assert told.one("the articles folder “seeds” is a link that leads out of the workspace")
    assert told.one("“annotations”, where annotations are written, is a link: make it a folder")
    (root / "annotations").unlink()
    (root / "annotations").write_text("a file")
    assert doctor(root).one("“annotations”, where annotations are written, is not a folder")
    assert not (tmp_path / "elsewhere").exists()


def test_garbage_everywhere_is_told_in_plain_lines(
    root: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "annotations/ada/one.yaml").write_bytes(b"\xff\x00[[[")
    (root / "annotations/evil\x1b[31m\nname").mkdir()
    (root / "annotations/ada/links.yaml").write_text("[" * 100_000)
    (root / ".variorum/evil\x1b[2J").symlink_to("x\x1b[31m")
    journal_of(root).write_bytes(os.urandom(10_000))
    git(root, "init", "-q")
    (root / ".git/HEAD").write_bytes(b"\xff\x00")
    before = tree(root)
    assert main(["doctor", "-C", str(root)]) == 1
    said = capsys.readouterr()
    assert "\x1b" not in said.out
    assert "[31m\n" not in said.out
    assert tree(root) == before
    assert doctor(root, "--fix").code == 1


def test_what_is_no_workspace_is_said(tmp_path: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "-C", str(tmp_path / "missing")]) == 1
    assert "there is no folder" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert doctor(tmp_path / "empty").code == 0
    assert list((tmp_path / "empty").iterdir()) == []


def test_records_are_the_same_after_an_examination_and_a_mending_of_nothing(root: Path, doctor: Doctor) -> None:
    with opened(root) as session:
        before = state(session)
    doctor(root, "--fix")
    with opened(root) as session:
        assert state(session) == before
