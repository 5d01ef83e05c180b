"""Checked access to a settings file: every wrong key and value is gathered with its line, not only the first."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tui.characters import clipped, is_unshown
from tui.config.definition import LEAST_ITEMS, Line, Lines
from tui.errors import ConfigError, ConfigErrors, Place
from tui.strict_yaml import Node


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: its value, and the line where it, or its key, stands."""

    node: Node
    line: int


class SettingsReader:
    """Reads the settings of one file; what is wrong is kept in `problems`, and None is returned in its place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[ConfigError] = []

    def wrong(self, line: int, sentence: str) -> None:
        """Keep a problem.

        Raises:
            ConfigErrors: there are as many as are named; a file with more is not read to its end.
        """
        self.problems.append(ConfigError(Place(self.source, line), sentence))
        if len(self.problems) >= ConfigErrors.MOST:
            self.finish()

    def finish(self) -> None:
        """Raise `ConfigErrors` if anything was wrong."""
        if self.problems:
            raise ConfigErrors(sorted(self.problems, key=lambda problem: problem.place.line))

    def mapping(
        self, entry: Entry, what: str, known: Collection[str] = (), misplaced: Mapping[str, str] | None = None
    ) -> dict[str, Entry]:
        """The entries of a mapping, without those that are not among the known keys, if any are given.

        `misplaced` holds a sentence for each key that is known but has no place here.
        """
        if not isinstance(entry.node.value, dict):
            self.wrong(entry.line, f"{what}: lines of the form “key: value” are expected, indented below it")
            return {}
        entries = {}
        for key, node in entry.node.value.items():
            line = entry.node.key_line(key)
            if misplaced and key in misplaced:
                self.wrong(line, misplaced[key])
            elif known and key not in known:
                self.wrong(line, f"{what}: there is no key “{clipped(key)}”{suggestion(key, known)}")
            else:
                entries[key] = Entry(node, line)
        return entries

    def lines(self, entry: Entry, what: str, lines: Lines) -> dict[str, Entry]:
        """The entries of a mapping of such lines; those that it needs and lacks are named."""
        entries = self.mapping(entry, what, lines)
        if isinstance(entry.node.value, dict):
            for key, line in lines.items():
                if line.is_needed and key not in entries:
                    self.wrong(entry.line, f"“{key}” is missing here: {line.description}")
        return entries

    def items(self, entry: Entry, what: str) -> list[Entry]:
        """The items of a list that has as many as a list needs."""
        if not isinstance(entry.node.value, list) or len(entry.node.value) < LEAST_ITEMS:
            self.wrong(
                entry.line, f"{what}: a list is expected, each item after “- ”; leave the key out for the defaults"
            )
            return []
        return [Entry(node, node.line) for node in entry.node.value]

    def text(self, entry: Entry, what: str, line: Line) -> str | None:
        """A text as `line` declares it, its length as it was typed, composed to NFC."""
        value = entry.node.value
        if value == "" and line.may_be_empty:  # only in quotes: a key without a value is one that was forgotten
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # a year, or a title that is a number: nothing is lost
        if isinstance(value, (bool, float)):
            self.wrong(entry.line, f"{what}: a text is expected; put it in quotes")
        elif not isinstance(value, str) or not value.strip():
            self.wrong(entry.line, f"{what}: a text is expected; leave the key out if there is none")
        elif problem := line_problem(
            value, line.limit
        ):  # before it is composed: marks without end take time without end
            self.wrong(entry.line, f"{what}: {problem}")
        elif value != value.strip():
            self.wrong(entry.line, f"{what}: there is a blank before or after this text: take it out")
        else:
            return unicodedata.normalize("NFC", value)
        return None


def line_problem(text: str, limit: int) -> str | None:
    """Why `text` can't be shown as one line of at most `limit` characters, or None."""
    if len(text) > limit:
        return f"at most {limit} characters are read here, not {len(text)}"
    for character in text:
        if is_unshown(character):
            return f"the character U+{ord(character):04X} may not stand here: take it out"
    return None


def suggestion(wrong: str, known: Collection[str]) -> str:
    """What was probably meant, or all there is to choose from, as the end of a sentence."""
    return nearest(wrong, known) or f"; there are {', '.join(known)}"


def nearest(wrong: str, known: Collection[str]) -> str:
    """What was probably meant, as the end of a sentence; empty where nothing is like it."""
    near = get_close_matches(wrong[:60].casefold(), known, 1)
    return f"; did you mean “{near[0]}”?" if near else ""
