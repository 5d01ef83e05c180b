"""Every failure Variorum reports to a person: one base, one small class a failure.

An error knows its own sentence: what is wrong, where, and what to do. Rooms raise; only the command line and
the screens show.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class VariorumError(Exception):
    """The base of all of them; `str()` is the sentence to show."""


@dataclass(frozen=True)
class Place:
    """A place in a file of the workspace; `line` and `column` count from 1, 0 where there is none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


class FileError(VariorumError):
    """Something wrong in a file a person can mend; its sentence begins with the place."""

    def __init__(self, place: Place, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}")
        self.place = place
        self.sentence = sentence


class YamlError(FileError):
    """A file that is not the strict YAML that Variorum reads."""


class UnfinishedMergeError(YamlError):
    """A file in which git left both versions of lines, between its markers."""


class ConfigError(FileError):
    """A wrong key or value in config.yaml."""


class ConfigErrors(VariorumError):
    """Everything that is wrong in one config.yaml, so that it can be mended in one go."""

    MOST = 30
    """No more are looked for."""

    def __init__(self, problems: Sequence[ConfigError]) -> None:
        lines = [str(problem) for problem in problems]
        if len(lines) >= self.MOST:
            lines.append(f"… and perhaps more: only the first {self.MOST} are named")
        super().__init__("\n".join(lines))
        self.problems = tuple(problems)


class WorkspaceError(VariorumError):
    """A folder that can't be opened as a workspace, or not be made one."""


class RecordError(VariorumError):
    """A record whose plain data does not have the shape of its kind.

    `path` leads to the wrong value: keys and positions, outermost first.
    """

    def __init__(self, path: tuple[str | int, ...], sentence: str) -> None:
        super().__init__(f"{'.'.join(str(step) for step in path)}: {sentence}" if path else sentence)
        self.path = path
        self.sentence = sentence


class ArticleError(VariorumError):
    """A file that can't be read as an article; the sentence is shown in its place in the Library."""


class StoreError(VariorumError):
    """The store can't be read or written; what was in it is left as it was."""


class ReadOnlyError(StoreError):
    """Nothing can be recorded here: the workspace or its store can't be written."""


class DamagedStoreError(StoreError):
    """A file of the store is not as it was written."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}. It was left as it is: `variorum doctor` says what can be saved, `variorum doctor --fix` goes "
            "back to the last good state and keeps the damaged file aside"
        )
        self.what = what


class NewerStoreError(StoreError):
    """The store was written by a newer version, which alone can read it."""


class ReadingStateError(VariorumError):
    """Where a reader was can't be read, or where they are can't be kept; nothing that was recorded depends on it."""

    def __init__(self, sentence: str, *, is_newer: bool = False) -> None:
        super().__init__(sentence)
        self.is_newer = is_newer
        """Whether a newer version wrote it, which must find it again."""


class StaleError(StoreError):
    """A change that no longer fits: a record is not as the change expects it."""


class SuggestionError(VariorumError):
    """Suggestions can't be looked for; nothing else depends on them."""


class RefusedError(VariorumError):
    """Something asked for that makes no sense here, for example linking a claim to itself."""


class NothingChangedError(RefusedError):
    """What was asked for is so already."""

    def __init__(self) -> None:
        super().__init__("nothing changed")
