"""What git is told about annotation files: how to merge them, and how to show what changed in them.

Two places say it. `.gitattributes`, which is committed, says which files are meant; the config of each clone, which is
not, says what is to be run for them. Where a clone doesn't say, git merges those files line by line, as any text.
"""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui import git
from tui.disk import read_regular, replace
from tui.errors import FileError, Place, VariorumError
from tui.workspace import Workspace

NAME = "variorum"
ATTRIBUTES = ".gitattributes"
DRIVER, TEXTCONV = f"merge.{NAME}.driver", f"diff.{NAME}.textconv"
WANTED = {"text": "set", "eol": "lf", "merge": NAME, "diff": NAME}
"""What git's attributes are to say of an annotation file."""
_RECORD = r"^([cxdr][0-9a-z]{12}.*)$"
"""The line that heads a hunk: the record it stands in."""
_LIMIT = 1024 * 1024
_SPECIAL = re.compile(r"([\\*?\[\]!#])")


class GitSetupError(VariorumError):
    """Git can't be told, or does not take it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of a clone's config that is not as it is to be."""

    name: str
    now: str | None
    wanted: str | None
    """None: it is to be taken out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be changed, and in which files."""

    root: Path
    """Of the repository."""
    settings: tuple[Setting, ...]
    attributes: Path
    line: str | None
    """What is to be added to the attributes, or taken out of them."""
    is_removal: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.settings and self.line is None


def settings_for(program: tuple[str, ...]) -> dict[str, str]:
    """The config that has git run `program`, the words of a command that needs no path searched."""
    command = shlex.join(program)
    return {
        f"merge.{NAME}.name": "annotations, record by record",
        # Git fills in what begins with %, also between quotes; it quotes the path itself.
        DRIVER: f"{command.replace('%', '%%')} merge --driver --path=%P %O %A %B",
        TEXTCONV: f"{command} show",
        f"diff.{NAME}.xfuncname": _RECORD,
    }


def plan_setup(workspace: Workspace, program: tuple[str, ...], environ: Mapping[str, str]) -> Plan:
    """What is to be changed so that git runs `program`.

    Raises:
        GitSetupError: there is no repository, or its attributes can't be read.
    """
    root = _repository(workspace, environ)
    settings = [
        Setting(name, now, wanted)
        for name, wanted in settings_for(program).items()
        if (now := git.clone_setting(name, root, environ)) != wanted
    ]
    attributes = _home(workspace) / ATTRIBUTES
    lacking = attributes_of(workspace, environ) != WANTED
    line = attributes_line(workspace)
    if lacking and line in _lines(attributes)[-1:]:
        raise GitSetupError(
            f"{attributes} has the line for annotation files, but another says otherwise: look for one about "
            f"“{workspace.annotations.name}” in the .gitattributes below it and in .git/info/attributes"
        )
    return Plan(root, tuple(settings), attributes, line if lacking else None)


def plan_removal(workspace: Workspace, environ: Mapping[str, str]) -> Plan:
    """What is to be changed so that git merges annotation files as any text; raises as `plan_setup` does."""
    root = _repository(workspace, environ)
    settings = [
        Setting(name, now, None)
        for name in settings_for(())
        if (now := git.clone_setting(name, root, environ)) is not None
    ]
    attributes, line = _home(workspace) / ATTRIBUTES, attributes_line(workspace)
    return Plan(root, tuple(settings), attributes, line if line in _lines(attributes) else None, is_removal=True)


def carry_out(plan: Plan, environ: Mapping[str, str]) -> None:
    """
    Raises:
        GitSetupError: the config or the attributes can't be written.
    """
    for setting in plan.settings:
        if not git.set_clone_setting(setting.name, setting.wanted, plan.root, environ):
            raise GitSetupError(f"git does not let {setting.name} be set in the config of {plan.root}")
    if plan.line is None:
        return
    lines = _lines(plan.attributes)
    lines = [each for each in lines if each != plan.line] if plan.is_removal else [*lines, plan.line]
    try:
        if lines:
            replace(plan.attributes, "".join(f"{each}\n" for each in lines).encode(), 0o666)
        else:
            plan.attributes.unlink()
    except OSError as error:
        raise GitSetupError(f"{plan.attributes}: can't be written: {error.strerror}") from None


def attributes_line(workspace: Workspace) -> str:
    """What `.gitattributes` is to say."""
    home = _home(workspace)
    steps = () if workspace.annotations == home else (workspace.annotations.relative_to(home).as_posix(),)
    pattern = "/".join(("", *(_SPECIAL.sub(r"\\\1", step) for step in steps), "**/*.yaml"))
    if not re.fullmatch(r'[^\s"\x00-\x1f\x7f]+', pattern):  # git reads it as C would
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
        pattern = f'"{escaped}"'
    return f"{pattern} text eol=lf merge={NAME} diff={NAME}"


def attributes_of(workspace: Workspace, environ: Mapping[str, str]) -> dict[str, str]:
    """What git's attributes say of an annotation file, of all that is to be said."""
    return git.attributes(workspace.annotations / "reader" / "article.yaml", tuple(WANTED), environ)


def missing_programs(command: str) -> list[str]:
    """The files that the command of a driver names and that are not there."""
    try:
        words = shlex.split(command.replace("%%", "%"))
    except ValueError:
        return [command]
    return [word for word in words if word.startswith("/") and not os.access(word, os.R_OK)]


def _home(workspace: Workspace) -> Path:
    """The folder whose `.gitattributes` speaks of the annotations: the workspace, or the repository below it that they
    have for themselves."""
    root = git.repository(workspace.annotations)
    return root if root is not None and root.is_relative_to(workspace.root) else workspace.root


def _repository(workspace: Workspace, environ: Mapping[str, str]) -> Path:
    root = git.repository(workspace.annotations)
    if root is None or git.folder_of(root, environ) is None:
        raise GitSetupError(f"{workspace.root} lies in no repository that git reads: `git init` makes one")
    return root


def _lines(attributes: Path) -> list[str]:
    try:
        text = read_regular(attributes, _LIMIT).decode()
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        sentence = "this is not UTF-8"
    except OSError as error:
        sentence = f"can't be read: {error.strerror}"
    else:
        # A checkout may have given this file other line ends.
        return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    raise GitSetupError(str(FileError(Place(str(attributes)), sentence)))
