"""The keys of the place one is in, in groups."""

from textwrap import wrap
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.ui.actions import Action, Where, as_read, reachable
from tui.ui.handing_on import consume
from tui.ui.keys import key_of
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Lines, Piece

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp

KEYS_WIDTH = 17
"""Cells in which the keys of an action stand before what it does."""


class HelpScreen(Screen[None]):
    """Shows the action table for one place; any key puts it away."""

    AUTO_FOCUS = ""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self._where = where
        self._first = 0
        self._quit = next((action.keys for action in reachable(where) if action.id == "quit"), ())
        self._body = Lines(id="help")

    def compose(self) -> ComposeResult:
        yield self._body

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_key(self, event: events.Key) -> None:
        consume(event)
        if self.app.screen is not self:
            cast("VariorumApp", self.app).typed.give_back(event)
        elif event.key in ("j", "down", "pagedown", "space"):
            self._scroll(1 if event.key in ("j", "down") else self._body.size.height - 3)
        elif event.key in ("k", "up", "pageup"):
            self._scroll(-1 if event.key in ("k", "up") else 3 - self._body.size.height)
        elif key_of(event.key, event.character) in self._quit:
            self.app.call_later(self.app.action_quit)
        else:
            self.dismiss()

    def on_click(self) -> None:
        if self.app.screen is self:
            self.dismiss()

    def _scroll(self, by: int) -> None:
        rows = len(self._rows())
        self._first = max(0, min(self._first + by, rows - self._body.size.height + 2))
        self._draw()

    def _groups(self) -> list[tuple[str, list[Action]]]:
        groups: dict[str, list[Action]] = {}
        for action in reachable(self._where):
            groups.setdefault(action.group, []).append(action)
        return list(groups.items())

    def _rows(self) -> list[Line]:
        """The groups, set in as many columns as the width holds."""
        width = max(30, self._body.size.width - 4)
        count = max(1, min(3, width // 62))
        each = width // count
        blocks = [self._block(name, actions, each - 2) for name, actions in self._groups()]
        columns: list[list[list[Piece]]] = [[] for _ in range(count)]
        for block in blocks:
            shortest = min(columns, key=len)
            shortest.extend([*([[]] if shortest else []), *block])
        rows = []
        for position in range(max(len(column) for column in columns)):
            pieces: list[Piece] = [("  ", "")]
            for column in columns:
                cell = column[position] if position < len(column) else []
                pieces += _padded(cell, each)
            rows.append(Line(pieces))
        return rows

    def _block(self, name: str, actions: list[Action], width: int) -> list[list[Piece]]:
        block: list[list[Piece]] = [[(name, "accent bold")]]
        for action in actions:
            keys = "  ".join(map(as_read, action.keys))
            for words in wrap(action.what, max(20, width - KEYS_WIDTH - 1)):
                block.append([(f"{keys:<{KEYS_WIDTH}} ", "foreground bold"), (words, "quiet")])
                keys = ""
        return block

    def _draw(self) -> None:
        height = self._body.size.height
        rows = self._rows()
        shown = rows[self._first : self._first + max(1, height - 2)]
        title = Line([(f"  Keys: {self._where}", "foreground bold")], [("any other key goes back  ", "quiet")])
        more = Line([("  j and k for more", "faint")]) if len(rows) > height - 2 else Line()
        self._body.show([title, *shown, *[Line()] * max(0, height - 2 - len(shown)), more])


def _padded(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces cut or filled to exactly this many characters: key names and our own words are one cell each."""
    out: list[Piece] = []
    room = width - 2
    for words, style in pieces:
        words = words if len(words) <= room else f"{words[: max(0, room - 1)]}{SIGNS.cut}" if room else ""
        out.append((words, style))
        room -= len(words)
    return [*out, (" " * (room + 2), "")]
