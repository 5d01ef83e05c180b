"""Asking git: with argument lists, a time-out, and nothing from the repository that would make git run a program.

Everything works without git and outside a repository: then there is no answer.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

TIME_OUT = 5.0
"""Seconds."""
MAX_ANSWER = 64 * 1024
"""Characters."""

# A hook hands these down, and a shell may: they would point git elsewhere, or make it read our questions otherwise.
_LEFT_OUT = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
)
# Nothing is fetched, locked or asked on the terminal.
_ADDED = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")


def setting(name: str, folder: Path, environ: Mapping[str, str]) -> str | None:
    """What `git config` holds under `name` for a repository at `folder`, else for this user; None if not set."""
    answer = _run(repository(folder) or folder, environ, "config", "--null", "--get", name)
    if answer is None or answer.returncode != 0:
        return None
    return answer.stdout[:MAX_ANSWER].decode("utf-8", "replace").rstrip("\0").strip() or None


def tracks(path: Path, environ: Mapping[str, str]) -> bool | None:
    """Whether the repository around `path` tracks it or anything below it, in capitals or small letters.

    None where there is a repository but no answer: no git, not in time, or a repository that git does not read.
    """
    root = repository(path.parent)
    if root is None:
        return False
    # Only the exit code counts: a list of what is tracked could be of any length.
    name = f":(icase,literal){path.relative_to(root).as_posix()}"
    answer = _run(root, environ, "ls-files", "--error-unmatch", "--", name, quiet=True)
    if answer is None or answer.returncode not in (0, 1):
        return None
    return answer.returncode == 0


def version(environ: Mapping[str, str]) -> tuple[int, ...] | None:
    """Of git, as `(2, 39, 5)`; None where there is no git, or none that says."""
    answer = _run(Path("/"), environ, "version")
    match = answer and re.search(rb"\d+(\.\d+)+", answer.stdout[:MAX_ANSWER])
    return tuple(map(int, match[0].split(b"."))) if match else None


def folder_of(root: Path, environ: Mapping[str, str]) -> Path | None:
    """Where git keeps what it knows of the repository at `root`; None where it does not read it."""
    answer = _run(root, environ, "rev-parse", "--absolute-git-dir")
    if answer is None or answer.returncode != 0:
        return None
    return Path(os.fsdecode(answer.stdout[:MAX_ANSWER].removesuffix(b"\n")))


def ignores(path: Path, environ: Mapping[str, str]) -> bool | None:
    """Whether a file at `path` (absolute), there or not, would be left out of the repository; None: no answer."""
    root = repository(path.parent)
    answer = root and _run(root, environ, "check-ignore", "--quiet", "--", f"./{_below(root, path)}", quiet=True)
    return None if not answer or answer.returncode not in (0, 1) else answer.returncode == 0


def attributes(path: Path, names: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """What `.gitattributes` says of a file at `path` (absolute), there or not; without what it says nothing of."""
    root = repository(path.parent)
    answer = root and _run(root, environ, "check-attr", "-z", *names, "--", f"./{_below(root, path)}")
    if not answer or answer.returncode != 0:
        return {}
    words = answer.stdout[:MAX_ANSWER].decode("utf-8", "replace").split("\0")
    return {name: value for name, value in zip(words[1::3], words[2::3], strict=False) if value != "unspecified"}


def unmerged(folder: Path, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The files in `folder` (absolute) that an unfinished merge left with two versions, by path in the repository."""
    root = repository(folder)
    answer = root and _run(root, environ, "ls-files", "--unmerged", "-z", "--", f":(literal){_below(root, folder)}")
    if not answer or answer.returncode != 0:
        return ()
    # A file cut off at the end of a very long answer is left out.
    lines = answer.stdout[:MAX_ANSWER].decode("utf-8", "replace").split("\0")[:-1]
    return tuple(dict.fromkeys(line.partition("\t")[2] for line in lines))


def repository(folder: Path) -> Path | None:
    """The nearest folder from `folder` (absolute) upwards that holds a `.git`.

    Git itself also takes a folder for a repository that merely holds files with the right names.
    """
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)


def _below(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _run(
    folder: Path, environ: Mapping[str, str], *arguments: str, quiet: bool = False
) -> subprocess.CompletedProcess[bytes] | None:
    """What git answers; None where there is no git, no such folder, or no answer in time."""
    try:
        return subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            env={name: value for name, value in environ.items() if name not in _LEFT_OUT} | _ADDED,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIME_OUT,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
