"""`variorum keys`: the keymap in force, by place and group, and what of it the reader's own config changed."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterable, Iterator
from itertools import groupby

from tui.cli import output, place
from tui.ui.actions import Action, as_read
from tui.ui.keymap import is_changed, keymap

DESCRIPTION = """
Prints what each key does in each place, as it is now: the usual keys with those of your own config
($XDG_CONFIG_HOME/variorum/config.yaml) in their place. An asterisk marks what you changed. The second column names
the action, which is what a key is given to:

  keys:
    reader.copy: [y, ctrl+k]
    undo: U

What can't be is named with its line, and answered with 1.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")


def run(options: Namespace) -> int:
    actions = keymap(place.user_config().keys)
    if options.format == "json":
        output.as_json([_plain(action) for action in actions])
    else:
        output.lines(markdown(actions) if options.format == "markdown" else _text(actions))
    return 0


def markdown(actions: Iterable[Action]) -> Iterator[str]:
    """The table as Markdown, a heading for each group; the documentation has the usual one."""
    for heading, group in _groups(actions):
        yield from (f"## {heading}", "", "| key | does | action |", "| --- | --- | --- |")
        for action in group:
            keys = " ".join(f"`{as_read(key)}`".replace("|", "\\|") for key in action.keys) or "none"
            mark = " \\*" if is_changed(action) else ""
            yield f"| {keys}{mark} | {action.what} | {action.name} |"
        yield ""


def _text(actions: tuple[Action, ...]) -> Iterator[str]:
    wide = max(len(_keys(action)) for action in actions)
    names = max(len(action.name) for action in actions)
    for heading, group in _groups(actions):
        yield heading
        for action in group:
            mark = "*" if is_changed(action) else " "
            yield f"{mark} {_keys(action):<{wide}}  {action.name:<{names}}  {action.what}"
        yield ""


def _groups(actions: Iterable[Action]) -> Iterator[tuple[str, Iterator[Action]]]:
    for (where, group), those in groupby(actions, key=lambda action: (action.where, action.group)):
        is_all = group.casefold() == where.casefold()
        yield group if is_all else f"{str(where).capitalize()}: {group.lower()}", those


def _keys(action: Action) -> str:
    return "  ".join(map(as_read, action.keys)) or "none"


def _plain(action: Action) -> dict[str, object]:
    return {
        "place": str(action.where),
        "group": action.group,
        "action": action.name,
        "keys": list(action.keys),
        "does": action.what,
        "changed": is_changed(action),
    }
