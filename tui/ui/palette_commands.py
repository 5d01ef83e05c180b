"""The command palette: every action of the place one is in, by name and with its key."""

from contextlib import suppress
from functools import partial

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Button, Input

from tui.ui.actions import Action, actions_of, reachable
from tui.ui.screens.base import BaseScreen


class ActionPalette(CommandPalette):
    """Textual's palette, for quick typists: keys may come before it is drawn, and after it was put away."""

    def __init__(self) -> None:
        super().__init__(placeholder="what to do, by name", id="--command-palette")

    def on_mount(self) -> None:
        # A paste may hold what the terminal would obey.
        self.query_one(Input).restrict = r"[\w .,:;()’'-]*"

    def _action_command_list(self, action: str) -> None:
        with suppress(LookupError):  # a page of a list that has no rows yet
            super()._action_command_list(action)

    def _select_or_command(self, event: Input.Submitted | Button.Pressed | None = None) -> None:
        if self.is_active:
            super()._select_or_command(event)
            if self.app.screen is not self:  # a second enter would do it again
                self._selected_command = None

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Put it away: itself only, not a second time what lay below it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class ActionCommands(Provider):
    """Offers the action table; what is chosen is done on the screen the palette was opened over."""

    def _actions(self) -> list[tuple[str, Action]]:
        assert isinstance(self.screen, BaseScreen)
        where = self.screen.where
        with_keys = reachable(where)
        ids = {action.id for action in with_keys}
        # What has no key here is found by its name.
        without = {action.id: action for action in reversed(actions_of(where)) if action.id not in ids}
        return [(f"{action.what}  ({action.key})", action) for action in with_keys] + [
            (f"{action.what}  ({action.id}, no key)", action) for action in reversed(without.values())
        ]

    async def discover(self) -> Hits:
        for words, action in self._actions():
            yield DiscoveryHit(Content(words), partial(self._do, action), text=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, action in self._actions():
            score = matcher.match(words)
            if score > 0:
                # Textual takes the words for markup, and a reader's keys may be brackets.
                yield Hit(score, matcher.highlight(words.replace("[", r"\[")), partial(self._do, action), text=words)

    def _do(self, action: Action) -> None:
        assert isinstance(self.screen, BaseScreen)
        self.screen.perform(action)
