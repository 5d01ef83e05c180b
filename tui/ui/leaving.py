"""Writing YAML, when the reader asks for it and when they leave; ending in order, and ending at once."""

from contextlib import suppress
from signal import Signals
from typing import TYPE_CHECKING

from tui.errors import VariorumError
from tui.ui.driver import TerminalDriver
from tui.ui.messages import Exported

# One can leave before anything of this is there; the first paint doesn't wait for it.
if TYPE_CHECKING:
    from tui.session.session import Session
    from tui.session.sync import Report
    from tui.ui.app import VariorumApp


class Leaving:
    """For one application, from its start."""

    def __init__(self, app: "VariorumApp") -> None:
        self._app = app
        self._has_begun = False
        self.ended_by: Signals | None = None
        """The signal that ended the application, if one did."""
        self.written = ""
        """What was written when the reader left, to be said when the screen is gone; empty where nothing was."""

    def export(self) -> None:
        """Write YAML in the background and say what was written."""
        app = self._app
        if (reason := app.session.read_only) is not None:
            app.say(reason)
            return
        app.say("writing YAML …", "quiet")
        session = app.session

        def work() -> None:
            app.post_message(Exported(session, _exported(session)))

        app.run_worker(work, thread=True, group="export")

    def leave(self) -> None:
        """Write YAML, then end; what could not be written is in the store, and is said when the screen is gone."""
        app = self._app
        if self._has_begun:
            return
        if not app.has_session:  # nothing is there yet to be written
            self._has_begun = True
            app.exit("")
            return
        if not self._end_typing():
            return
        self._has_begun = True
        app.rooms.reader.see_here()
        keep = app.keeper.at_leaving()
        if app.session.read_only is not None:
            keep()
            app.exit("")
            return
        app.say("writing YAML …", "quiet")

        def work() -> None:
            keep()
            report = _exported(app.session)
            self.written = report.changed_files
            app.call_from_thread(app.exit, "\n".join(report.sentences))

        app.run_worker(work, thread=True, group="leave")

    def end(self, number: Signals) -> None:
        """Keep what is being typed and end at once. YAML is left to the next export: somebody may wait for the end."""
        if self.ended_by is not None:
            return
        self.ended_by = number
        if self._has_begun:
            return
        self._has_begun = True
        if self._app.has_session:
            self._end_typing()
            self._app.keeper.keep_now()
        self._app.exit("")

    def stop_for_shell(self) -> None:
        """Give the terminal back to the shell until it says `fg`."""
        if self._has_begun or not self._app.has_session:
            return
        with suppress(VariorumError):  # it is told of what was lost by another way
            self._app.session.flush()  # what is stopped must not hold up another window
        if isinstance(self._app._driver, TerminalDriver):
            self._app._driver.stop_job()

    def _end_typing(self) -> bool:
        """Keep what is being typed; whether all could be kept. What can't be says why."""
        from tui.ui.screens.base import BaseScreen

        is_kept = True
        for screen in self._app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.end_typing()
                is_kept = is_kept and not screen.memo.is_open
        return is_kept


def _exported(session: "Session") -> "Report":
    from tui.session.sync import Report, export

    try:
        return export(session)
    except VariorumError as error:
        return Report(problems=[str(error)])
