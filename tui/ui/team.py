"""What others write into the workspace while it is open, brought to the screen: colleagues' YAML, and one's own."""

import os
from typing import TYPE_CHECKING

from tui.session import colleagues
from tui.session.colleagues import Arrived, OwnFiles
from tui.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp


class Team:
    """For one application and session."""

    def __init__(self, app: "VariorumApp") -> None:
        self._app = app
        self._session = app.session
        self._own = OwnFiles(app.session)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being typed or picked that a change of one's own records would go past."""
        own = (screen for screen in self._app.screen_stack if isinstance(screen, BaseScreen))
        return not any(each.memo.is_open or each.prompt.is_open or each.picker.is_open for each in own)

    def look(self, *, is_idle: bool) -> None:
        """Read what changed on disk. From any thread, one at a time.

        Raises:
            StoreError: what was done here before is not on disk.
        """
        arrived = colleagues.look(self._session)
        if arrived is not None:
            self._app.post_message(self._app.Arrived(self, arrived))
        report = self._own.look(os.environ) if is_idle else None
        if report is not None:
            self._app.tell(f"your YAML changed on disk: {report}", "warning" if report.sentences else "quiet")

    def take(self, arrived: Arrived) -> None:
        """Show it."""
        colleagues.take(self._session, arrived)
        if arrived.problems:
            more = len(arrived.problems) - 1
            self._app.say(f"{arrived.problems[0]}{f' (and {more} more: variorum check)' if more else ''}")
