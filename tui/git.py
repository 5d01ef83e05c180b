"""Asking git: with argument lists, a time-out, and nothing from the repository that would make git run a program.

Everything works without git and outside a repository: then there is no answer.
"""

import os
import subprocess
from collections.abc import Mapping
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


def repository(folder: Path) -> Path | None:
    """The nearest folder from `folder` (absolute) upwards that holds a `.git`.

    Git itself also takes a folder for a repository that merely holds files with the right names.
    """
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)


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
