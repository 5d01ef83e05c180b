"""Asking git: with argument lists, a time-out, and nothing from the repository that would make git run a program.

Everything works without git and outside a repository: then there is no answer.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

TIME_OUT = 5.0
"""Seconds."""
MAX_ANSWER = 64 * 1024
"""Characters."""
MOST_VERSIONS = 500
"""Commits that are looked at for older contents of one file."""
MOST_NAMES = 4
"""Names that one file is followed through."""
BLOB_SECONDS = 30.0
"""How long git may take to tell what the files of a branch hold."""
_CHUNK = 16 * 1024**2
"""Bytes of contents asked for at once; a single one may be larger."""

# A hook hands these down, and a shell may: they would point git elsewhere, or make it read our questions otherwise.
_LEFT_OUT = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_CONFIG",
)
# Nothing is fetched, locked or asked on the terminal, and history is read as it was made, whatever stands in for it.
_ADDED = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
}
_AT_WORK = ("index.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
"""What lies in git's folder as long as it is in the middle of something."""
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")


def setting(name: str, folder: Path, environ: Mapping[str, str]) -> str | None:
    """What `git config` holds under `name` for a repository at `folder`, else for this user; None if not set."""
    answer = _run(repository(folder) or folder, environ, "config", "--null", "--get", name)
    if answer is None or answer.returncode != 0:
        return None
    return answer.stdout[:MAX_ANSWER].decode("utf-8", "replace").rstrip("\0").strip() or None


def clone_setting(name: str, root: Path, environ: Mapping[str, str]) -> str | None:
    """What the config of the repository at `root` itself holds under `name`, whatever else holds; None if not set."""
    answer = _run(root, environ, "config", "--local", "--null", "--get", name)
    if answer is None or answer.returncode != 0:
        return None
    return answer.stdout[:MAX_ANSWER].decode("utf-8", "surrogateescape").removesuffix("\0")


def set_clone_setting(name: str, value: str | None, root: Path, environ: Mapping[str, str]) -> bool:
    """Set `name` in the config of the repository at `root`, or take it out (None); whether git did."""
    how = ("--unset-all", name) if value is None else ("--replace-all", name, value)
    answer = _run(root, environ, "config", "--local", *how)
    return answer is not None and answer.returncode == 0


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
    lines = _listed(folder, environ, "--unmerged")
    return tuple(dict.fromkeys(line.partition("\t")[2] for line in lines))


def untracked(folder: Path, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The files in `folder` (absolute) that are not in git and not left out of it, by path in the repository."""
    return tuple(_listed(folder, environ, "--others", "--exclude-standard"))


def _listed(folder: Path, environ: Mapping[str, str], *which: str) -> list[str]:
    root = repository(folder)
    answer = root and _run(root, environ, "ls-files", *which, "-z", "--", f":(literal){_below(root, folder)}")
    if not answer or answer.returncode != 0:
        return []
    # A file cut off at the end of a very long answer is left out.
    return answer.stdout[:MAX_ANSWER].decode("utf-8", "replace").split("\0")[:-1]


@dataclass(frozen=True, slots=True)
class Version:
    """What git's index has of one version of a file."""

    mode: str
    """`100644` and `100755` are files."""
    id: str


def unmerged_versions(root: Path, environ: Mapping[str, str]) -> dict[str, dict[str, Version]] | None:
    """The files of the repository at `root` that a merge left with several versions, by path: `1` is the base, `2`
    ours, `3` theirs. None: no answer."""
    answer = _run(root, environ, "ls-files", "--unmerged", "-z")
    if answer is None or answer.returncode != 0:
        return None
    files: dict[str, dict[str, Version]] = {}
    for line in answer.stdout.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, id, stage = about.decode("ascii", "replace").split(" ")
        files.setdefault(os.fsdecode(path), {})[stage] = Version(mode, id)
    return files


def contents(id: str, root: Path, environ: Mapping[str, str], *, size_limit: int) -> bytes | None:
    """The bytes of the file that git calls `id`; None where they are not there, or are more than `size_limit`."""
    size = _run(root, environ, "cat-file", "-s", id)
    if size is None or size.returncode != 0 or int(size.stdout) > size_limit:
        return None
    answer = _run(root, environ, "cat-file", "blob", id)
    return None if answer is None or answer.returncode != 0 else answer.stdout


def contents_at(commit: str, path: str, root: Path, environ: Mapping[str, str], *, size_limit: int) -> bytes | None:
    """The bytes of the file at `path` (in the repository) in a commit; None as of `contents`, or if there is none."""
    name = f"{commit}:{path}"
    answer = _run(root, environ, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if answer is None or answer.returncode != 0:
        return None
    id = answer.stdout[:MAX_ANSWER].decode("ascii", "replace").strip()
    return contents(id, root, environ, size_limit=size_limit)


def merge_bases(one: str, other: str, root: Path, environ: Mapping[str, str]) -> list[str]:
    """The commits that two others have in common last: several where their histories crossed."""
    answer = _run(root, environ, "merge-base", "--all", one, other)
    return [] if answer is None else answer.stdout[:MAX_ANSWER].decode("ascii", "replace").split()


def keep(data: bytes, root: Path, environ: Mapping[str, str]) -> str | None:
    """Put `data` among git's objects, where it stays for some weeks; what git calls it then, None if it does not."""
    answer = _run(root, environ, "hash-object", "-w", "--stdin", asked=data)
    return None if answer is None or answer.returncode != 0 else answer.stdout.decode("ascii", "replace").strip()


def stage(path: str, root: Path, environ: Mapping[str, str]) -> bool:
    """Take the file at `path` (in the repository) into the index as it is, or out of it where it is gone."""
    asked = os.fsencode(path) + b"\0"
    answer = _run(root, environ, "update-index", "--add", "--remove", "-z", "--stdin", asked=asked)
    return answer is not None and answer.returncode == 0


def merged_text(ours: Path, base: Path | None, theirs: Path, environ: Mapping[str, str]) -> tuple[bytes, int] | None:
    """What git makes of three texts, line by line, and in how many places it leaves both versions between markers;
    None where it makes nothing of them, as of binary files."""
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    files = (str(path.absolute()) for path in (ours, base or Path(os.devnull), theirs))
    answer = _run(ours.absolute().parent, environ, "merge-file", "--stdout", *labels, "--", *files)
    if answer is None or not 0 <= answer.returncode < 128:
        return None
    return answer.stdout, answer.returncode


def is_at_work(folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether git is in the middle of something around `folder` (absolute) that puts other files in their places: a
    merge, a rebase, a checkout."""
    root = repository(folder)
    where = root and folder_of(root, environ)
    return where is not None and any(os.path.lexists(where / name) for name in _AT_WORK)


def repository(folder: Path) -> Path | None:
    """The nearest folder from `folder` (absolute) upwards that holds a `.git`.

    Git itself also takes a folder for a repository that merely holds files with the right names.
    """
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)


def _below(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


@dataclass(frozen=True, slots=True)
class TreeFile:
    """What a commit holds at a path: a file, a link, another repository."""

    mode: str
    id: str
    path: str
    """Below the folder that was asked about."""


def commit_of(folder: Path, ref: str, environ: Mapping[str, str]) -> str | None:
    """The commit that a branch, tag or other name leads to in the repository around `folder` (absolute); None where
    there is none. The name may be anything, also what looks like an option."""
    root = repository(folder)
    name = f"{ref}^{{commit}}"
    answer = root and _run(root, environ, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if not answer or answer.returncode != 0:
        return None
    commit = answer.stdout[:MAX_ANSWER].decode("ascii", "replace").strip()
    return commit if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit) else None


def files_at(commit: str, folder: Path, environ: Mapping[str, str], most: int) -> list[TreeFile] | None:
    """What lies below `folder` (absolute, there or not) in a commit, in order, so many at most; None: no answer.

    A few small trees can stand for more files than any disk holds: no more is asked of git than is wanted.
    """
    root = repository(folder)
    if root is None:
        return None
    name = "" if folder == root else f"{_below(root, folder)}/"
    found: list[TreeFile] = []
    asked = ("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", *filter(None, (name,)))
    try:
        process = subprocess.Popen(
            ["git", *_OPTIONS, *asked],
            cwd=root,
            env=_environment(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
    late = Timer(TIME_OUT, process.kill)
    late.start()
    rest = b""
    with process:
        assert process.stdout is not None
        while len(found) < most and (piece := os.read(process.stdout.fileno(), MAX_ANSWER)):
            *lines, rest = (rest + piece).split(b"\0")
            for line in lines:
                head, _, path = os.fsdecode(line).partition("\t")
                words = head.split(" ")
                if len(words) == 3 and path.startswith(name):
                    found.append(TreeFile(words[0], words[2], path.removeprefix(name)))
            if len(rest) > MAX_ANSWER:
                break
        late.cancel()
        if is_whole := len(found) < most and len(rest) <= MAX_ANSWER:
            process.wait()
        process.kill()
    return None if is_whole and process.returncode != 0 else found[:most]


def blobs(
    ids: Iterable[str], folder: Path, environ: Mapping[str, str], *, size_limit: int, most: int
) -> Iterator[tuple[str, bytes]]:
    """The contents with these ids in the repository around `folder` (absolute), each with its id; those are left out
    that git has not, that hold more than `size_limit` bytes, or come when `most` bytes were told."""
    root = repository(folder)
    if root is not None:
        history = _History(root, environ, time.monotonic() + BLOB_SECONDS)
        with suppress(TimeoutError):
            yield from history.named_contents(list(ids), size_limit, most)


def older_contents(path: Path, environ: Mapping[str, str], *, size_limit: int, seconds: float) -> Iterator[bytes]:
    """What the file at `path` (absolute; it may be gone) held in any commit that a branch, tag or other ref leads to,
    newest first, also under the names it had before: the last `MOST_VERSIONS` commits of each of `MOST_NAMES` names.

    Contents of more than `size_limit` bytes are left out.

    Raises:
        TimeoutError: git had not told all after `seconds`.
    """
    root = repository(path.parent)
    if root is None:
        return
    history = _History(root, environ, time.monotonic() + seconds)
    name: str | None = path.relative_to(root).as_posix()
    seen: set[str] = set()
    for _ in range(MOST_NAMES):
        if name is None:
            return
        versions, added = history.versions(name)
        yield from history.contents([id for id in versions if id not in seen], size_limit)
        seen.update(versions)
        name = history.name_before(name, added)


class _History:
    """Questions about the commits of one repository, all of which must be answered before one moment.

    Only plumbing is asked, as it obeys no settings that change what is shown or run a program, and paths are literal.
    """

    def __init__(self, root: Path, environ: Mapping[str, str], deadline: float) -> None:
        self._root = root
        self._environ = environ
        self._deadline = deadline

    def versions(self, name: str) -> tuple[list[str], str | None]:
        """The ids of what lay at this path in any commit, newest first, and the commit that first put it there."""
        # A ref that leads nowhere is passed over, and hides nothing that the others lead to.
        which = ("--ignore-missing", "--all", "--full-history", f"--max-count={MOST_VERSIONS}")
        commits = self._ask("rev-list", *which, "--", name, literal=True)
        ids: dict[str, None] = {}
        added = None
        # With -m, a merge is compared with each parent: what it alone holds counts too.
        answer = self._ask("diff-tree", "--stdin", "-m", "-r", *_RAW, "--", name, asked=commits, literal=True)
        for commit, status, old, new, _, _ in _raw(answer):
            ids.update(dict.fromkeys((*new, *old)))
            if status == "A":
                added = commit
        return list(ids), added

    def contents(self, ids: list[str], size_limit: int) -> Iterator[bytes]:
        """The blobs with these ids, as far as they are there and not too large."""
        yield from (data for _, data in self.named_contents(ids, size_limit, sys.maxsize))

    def named_contents(self, ids: list[str], size_limit: int, most: int) -> Iterator[tuple[str, bytes]]:
        """The same, each with its id; no more than `most` bytes in all."""
        answer = self._ask("cat-file", "--batch-check", asked=_lines(ids))
        chunk: list[str] = []
        room = _CHUNK
        for line in answer.decode("ascii", "replace").splitlines():
            id, _, kind_and_size = line.partition(" ")
            kind, _, size = kind_and_size.partition(" ")
            if kind != "blob" or not size.isdecimal() or int(size) > min(size_limit, most):
                continue  # not there, as in a partial clone, or too large
            if chunk and int(size) > room:
                yield from zip(chunk, self._blobs(chunk), strict=False)
                chunk, room = [], _CHUNK
            chunk.append(id)
            room -= int(size)
            most -= int(size)
        yield from zip(chunk, self._blobs(chunk), strict=False)

    def _blobs(self, ids: list[str]) -> Iterator[bytes]:
        answer = self._ask("cat-file", "--batch", asked=_lines(ids))
        at = 0
        while (end := answer.find(b"\n", at)) >= 0:
            head = answer[at:end].split(b" ")
            if len(head) != 3 or not head[2].isdigit():
                return
            at = end + 1 + int(head[2])
            yield answer[end + 1 : at]
            at += 1

    def name_before(self, name: str, commit: str | None) -> str | None:
        """The path that the commit which put the file at `name` took it from, if git finds that it was moved."""
        if commit is None:
            return None
        answer = self._ask("diff-tree", "--stdin", "-m", "-r", "-M", "-l1000", *_RAW, asked=_lines([commit]))
        for _, status, _, _, before, after in _raw(answer):
            if status.startswith("R") and after == name:
                return before
        return None

    def _ask(self, *arguments: str, asked: bytes = b"", literal: bool = False) -> bytes:
        """What git answers; nothing where it has no answer.

        Raises:
            TimeoutError: it is late.
        """
        options = ("--literal-pathspecs",) if literal else ()
        seconds = self._deadline - time.monotonic()
        answer = _run(self._root, self._environ, *options, *arguments, asked=asked, seconds=seconds)
        if answer is None and time.monotonic() >= self._deadline:
            raise TimeoutError
        return b"" if answer is None or answer.returncode != 0 else answer.stdout


_RAW = ("--root", "--raw", "--no-abbrev", "-z")
_FILE = "100"
"""How the mode of a file that is neither a link nor a folder begins."""


def _lines(ids: list[str]) -> bytes:
    return "".join(f"{id}\n" for id in ids).encode("ascii")


def _raw(answer: bytes) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...], str, str]]:
    """Each change in an answer of diff-tree: its commit, status, the id before and after (none where it was no file),
    and the path before and after."""
    fields = iter(answer.split(b"\0"))
    commit = ""
    for field in fields:
        if not field.startswith(b":"):
            commit = field.decode("ascii", "replace").strip() or commit
            continue
        old_mode, new_mode, old, new, status = field[1:].decode("ascii", "replace").split(" ")
        before = os.fsdecode(next(fields, b""))
        after = os.fsdecode(next(fields, b"")) if status[0] in "RC" else before
        yield (
            commit,
            status,
            (old,) if old_mode.startswith(_FILE) else (),
            (new,) if new_mode.startswith(_FILE) else (),
            before,
            after,
        )


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in _LEFT_OUT} | _ADDED


def _run(
    folder: Path,
    environ: Mapping[str, str],
    *arguments: str,
    quiet: bool = False,
    asked: bytes = b"",
    seconds: float = TIME_OUT,
) -> subprocess.CompletedProcess[bytes] | None:
    """What git answers; None where there is no git, no such folder, or no answer in time. `asked` is its input."""
    if seconds <= 0:
        return None
    try:
        return subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            env=_environment(environ),
            input=asked,
            stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
