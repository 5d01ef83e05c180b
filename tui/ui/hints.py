"""Keys with what they do, as the last line of the screen names them: as many as fit."""

import re
from collections.abc import Collection, Sequence

from tui.text.cells import cells
from tui.ui.actions import HINTS, Action, Where, as_read, reachable
from tui.ui.keys import Keys
from tui.ui.widgets.lines import Piece

Hint = list[Piece]


def hint(key: str, words: str) -> Hint:
    return [(f" {'esc' if key == 'escape' else key}", "accent"), (f" {words} ", "quiet")]


def hints_of(where: Where, urgent: Sequence[str] = (), idle: Collection[str] = ()) -> list[Hint]:
    """What matters in a place, `urgent` first, without what does nothing now; the last one shows all its keys."""
    here = {action.id: action for action in reversed(reachable(where)) if action.id not in idle}
    words = {"back": "quit"} if where is Where.LIBRARY else {}
    named = dict.fromkeys((*urgent, *HINTS[where], "help"))
    return [hint(here[id].key, words.get(id) or _short(here[id])) for id in named if id in here]


def action_at(pieces: Sequence[Piece], x: int, where: Where) -> Action | None:
    """The action that is named in this cell of a line of hints; None where none is."""
    at, key = 0, ""
    for words, style in pieces:
        key = words.strip() if style == "accent" else key
        at += cells(words)
        if x < at:
            key = "escape" if key == "esc" else key
            return next((action for action in reachable(where) if action.key == key), None)
    return None


def continuations(keys: Keys, begun: tuple[str, ...]) -> list[Hint]:
    """What may be pressed after the beginning of a sequence."""
    longer = {each: action for each, action in keys.bindings.items() if each[: len(begun)] == begun}
    return [hint(as_read(" ".join(each[len(begun) :])), _short(action)) for each, action in longer.items()]


def fitting(hints: Sequence[Hint], room: int, *, keep_last: bool = False) -> list[Piece]:
    """The first of them that fit into so many cells, and always the last one if it is to be kept."""
    end = hints[-1] if keep_last and hints else []
    room -= _width(end)
    pieces: list[Piece] = []
    for each in hints[:-1] if end else hints:
        if _width(each) > room:
            break
        pieces += each
        room -= _width(each)
    return pieces + end


def _short(action: Action) -> str:
    """What an action does, in few words."""
    return action.hint or re.split(r"[,:;(]", action.what)[0].strip()


def _width(hint: Hint) -> int:
    return sum(cells(words) for words, _ in hint)
