"""Repositories with one file of annotations that two branches changed."""

import os
import subprocess
from pathlib import Path

from cli_samples import Ran, make_workspace, run_command

NAME = "here 'and' \"there\" 100%P $HOME"
FILE = "annotations/ada/001_a.yaml"
CLAIM = """\
  c00000000000{letter}:
    span: [{start}, {end}]
    exact: |-
      words
    prefix: ""
    suffix: ""
    gist: {gist}
    created: "2026-11-21T20:00:00Z"
"""


def article(*claims: tuple[str, int, str]) -> str:
    blocks = [CLAIM.format(letter=letter, start=at, end=at + 5, gist=gist) for letter, at, gist in claims]
    return f'format: variorum/1\narticle: 001_a\ntext_sha256: "{"1" * 64}"\nclaims:\n\n' + "\n".join(blocks)


def repository(folder: Path) -> Path:
    """A workspace in a repository, in a folder with a name that bites."""
    root = folder / NAME
    root.mkdir()
    make_workspace(root)
    git(root, "init", "-q", "-b", "main")
    put(root, article(("a", 0, "begun")))
    return root


def git(root: Path, *arguments: str, code: int | None = 0, **environ: str) -> str:
    ran = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=root,
        env={"PATH": os.environ["PATH"], "HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1", **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert code is None or ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def put(root: Path, text: str, path: str = FILE) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "read")


def variorum(root: Path, *arguments: str, **more: str) -> Ran:
    return run_command(*arguments, at=root, home=root.parent, **more)


def branches(root: Path, ours: str, theirs: str, path: str = FILE) -> None:
    """Both made of what `main` has, with `ours` checked out."""
    git(root, "checkout", "-q", "-b", "theirs")
    put(root, theirs, path)
    git(root, "checkout", "-q", "main")
    put(root, ours, path)
