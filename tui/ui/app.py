"""The application: holds the session, the screens and the themes, and brings what threads say to the screen."""

from contextlib import suppress
from functools import cached_property
from threading import Thread, get_ident
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from tui.errors import VariorumError
from tui.progress import StoppedError
from tui.text.cells import cells, fit
from tui.text.numbers import counted
from tui.ui.actions import ACTIONS, Action, key_for, put_in_force
from tui.ui.colourless import Colourless
from tui.ui.driver import TerminalDriver
from tui.ui.ending import Ended, Stopped
from tui.ui.leaving import Leaving
from tui.ui.messages import (
    Arrived,
    Exported,
    Found,
    Lost,
    NewKnown,
    News,
    OfSession,
    Opened,
    Reread,
    Saved,
    Told,
    Touched,
    Unread,
)
from tui.ui.screens.opening import Opening, OpeningScreen
from tui.ui.signs import ASCII, SIGNS
from tui.ui.themes import DARK, LIGHT, counterpart, variables_of
from tui.ui.typed import Typed

# What is imported here stands between the start and the first paint. Everything that needs a session comes after it,
# and is imported by the thread that opens one.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.command import Provider

    from tui.session.alike import Alike
    from tui.session.session import Changed, Session
    from tui.ui.actions import Where
    from tui.ui.awaiting import Awaiting
    from tui.ui.keeper import Keeper
    from tui.ui.outside import Outside
    from tui.ui.proposing import Proposing
    from tui.ui.rooms import Rooms
    from tui.ui.searching import Searches
    from tui.ui.team import Team
    from tui.ui.way import Way
    from tui.ui.widgets.article_list import Row

NEWS_SECONDS = 0.8
"""How often another process's records are looked for: what it did is shown within a second."""


def _commands() -> "type[Provider]":
    from tui.ui.palette_commands import ActionCommands

    return ActionCommands


class VariorumApp(App[str]):
    """Its result is what remains to be said after the screen is gone: files that could not be written."""

    CSS_PATH = "variorum.tcss"
    COMMANDS = {_commands}  # noqa: RUF012  # Textual's own way
    BINDINGS = [Binding("ctrl+p", "command_palette", show=False)]  # noqa: RUF012  # so that Textual adds none of its own
    TITLE = "Variorum"

    def __init__(
        self, source: "Session | Opening", *, theme: str | None = None, keys: tuple[Action, ...] = ACTIONS
    ) -> None:
        """`source` is an open session, or one that is to be opened behind the first screen."""
        super().__init__(driver_class=TerminalDriver)
        put_in_force(keys)
        self.set_class(SIGNS is ASCII, "-ascii")
        self.set_class(self.no_color, "-colourless")
        if self.no_color:
            self._filters = [Colourless()]
        self._source = source
        self.proposes = False  # whether another process looks for suggestions
        self._opening: OpeningScreen | None = None
        self.typed = Typed(self, super().on_event)
        self.session: Session
        self.failure: Exception | None = None
        """Why the workspace could not be opened; the application ended then."""
        self.leaving = Leaving(self)
        self.copied = ""
        """What was copied last."""
        self._is_looking = False
        """Whether a thread looks for news at this moment."""
        self._unread = ""
        """What was said last of news that can't be read: once is enough."""
        self._thread = get_ident()
        # These come with the session.
        self.rooms: Rooms
        self.outside: Outside
        self.searches: Searches
        self.way: Way
        self.keeper: Keeper
        self.awaiting: Awaiting
        self.team: Team
        self.proposing: Proposing
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = variables_of(self.current_theme)
        return self.theme_variables

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.typed.take(event)
        else:
            await super().on_event(event)

    # --- opening ---

    def get_default_screen(self) -> Screen[None]:
        if not isinstance(self._source, Opening):
            return super().get_default_screen()
        self._opening = OpeningScreen(self._source)
        return self._opening

    async def on_mount(self) -> None:
        if not isinstance(self._source, Opening):
            await self._opened(self._source)
        elif self._opening is not None:
            # Threads take turns: one that works holds up the first paint.
            self._opening.call_after_refresh(self._open, self._source, self._opening)

    def _open(self, opening: Opening, screen: OpeningScreen) -> None:
        def work() -> None:
            try:
                session = opening.open(screen.progress)
                # All that would keep the keys waiting in `_opened`.
                from tui.articles.sentences import warm
                from tui.ui.rooms import warm_rooms
                from tui.ui.screens import reader  # noqa: F401
                from tui.ui.screens.library import rows_of

                rows = rows_of(session)
            except StoppedError:
                return
            except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again when the screen is gone
                self.failure = error
                self.call_later(self.exit, "")
            else:
                self.post_message(Opened(session, rows))
                warm()
                warm_rooms()
                session.prepare_longest()
                session.prepare_names()

        # No worker: its thread would be waited for where one leaves in the middle. A store cut off is whole.
        Thread(target=work, name="opening", daemon=True).start()

    async def on_opened(self, event: Opened) -> None:
        await self._opened(event.session, event.rows)

    async def _opened(self, session: "Session", rows: "Mapping[str, Row] | None" = None) -> None:
        """Show this session from now on, and nothing of the one before it, which is for others to close. `rows` as
        the Library takes them."""
        from tui.ui.awaiting import Awaiting
        from tui.ui.keeper import Keeper
        from tui.ui.outside import Outside
        from tui.ui.proposing import Proposing
        from tui.ui.rooms import Rooms
        from tui.ui.searching import Searches
        from tui.ui.team import Team
        from tui.ui.way import Way

        is_first = len(self.screen_stack) == 1
        if not is_first:
            self.keeper.finish()
            self.proposing.finish()
            await self.rooms.take_away()
        self.session = session
        session.on_changed = lambda changed: self._changed(session, changed)
        session.on_saved = lambda: self.post_message(Saved(session))
        session.on_news = lambda: self.post_message(News(session, is_window=False))
        session.on_lost = lambda sentence: self.post_message(Lost(session, sentence))
        self.__dict__.pop("alike", None)
        self.rooms = Rooms(self, rows)
        self.outside = Outside(self)
        self.searches = Searches()
        self.proposing = Proposing(self, is_wanted=self.proposes)
        self.team = Team(self, self.rooms.library, self.rooms.reader)
        self.way = Way(self, self.rooms.library, self.rooms.reader)
        self.keeper = Keeper(self, self.rooms.library, self.rooms.reader, self.way)
        self.awaiting = Awaiting(self, self.rooms.library, self.rooms.reader)
        await self.rooms.show_first()
        self._restore()
        self.proposing.begin()
        self._load_history()
        self.seek()
        self._look_for_news()
        if is_first:
            self.set_interval(NEWS_SECONDS, self._look_for_news)
        self.typed.go_on()

    @property
    def has_session(self) -> bool:
        """Whether the workspace is open."""
        return hasattr(self, "session")

    @cached_property
    def alike(self) -> "Alike":
        """Finds what is alike in other articles; for other threads."""
        from tui.session.alike import Alike  # the first paint doesn't wait for it

        return Alike(self.session)

    def _restore(self) -> None:
        """Let everything be as the reader left it, and say what is wrong with files, wherever that is."""
        problem, notices = self.keeper.restore(), self.session.notices
        if notices:
            more = f" (and {len(notices) - 1} more: variorum check)" if len(notices) > 1 else ""
            words = f"{fit(notices[0], 2 * (self.size.width - 3) - cells(more))}{more}"
            self.rooms.library.say(words, "warning")
            self.rooms.top.say(words, "warning")
        if problem is not None:
            self.say(problem)
        elif self.rooms.reader.has_panes and not notices:
            where = (
                f"{key_for('reader.back')} goes to the Library"
                if self.screen is self.rooms.reader
                else f"{key_for('library.back_place')} goes to the text"
            )
            self.say(f"all is as you left it: {where}", "quiet")

    # --- what the session and its writer say ---

    def _is_shown(self, event: OfSession) -> bool:
        """Whether it is about the session that is shown: what comes too late from another is about nothing here."""
        return event.session is self.session

    def _changed(self, session: "Session", changed: "Changed") -> None:
        if self._thread != get_ident():
            self.post_message(Touched(session, changed))
        elif session is self.session:
            self.rooms.data_changed(changed.articles)

    def on_touched(self, event: Touched) -> None:
        self._changed(event.session, event.changed)

    def on_saved(self, event: Saved) -> None:
        if self._is_shown(event):
            self.rooms.top.refresh_header()

    def on_lost(self, event: Lost) -> None:
        if not self._is_shown(event):
            return
        try:
            self.session.recover()
        except VariorumError as error:
            self.rooms.top.say(f"{event.sentence}; {error}", "error")
        else:
            self.rooms.top.say(event.sentence, "error")
        self.rooms.top.refresh_header()
        self._load_history()

    def _load_history(self) -> None:
        session = self.session

        def work() -> None:
            with suppress(VariorumError):  # what is wrong with it is said when a key asks for it
                session.load_history()

        self.run_worker(work, thread=True, group="history")

    def seek(self) -> None:
        """Find out behind the screen where claims stand for which there was no time."""
        session = self.session

        def work() -> None:
            if session.seek():
                self.post_message(Found(session))

        self.run_worker(work, thread=True, group="seek")

    def on_found(self, event: Found) -> None:
        if self._is_shown(event):
            self.session.take_found()

    def _look_for_news(self) -> None:
        shown, reread = self.rooms.shown_articles(), self.rooms.reread_key()
        session, outside, team, is_idle = self.session, self.outside, self.team, self.team.is_idle

        def work() -> None:
            try:
                outside.look(shown, reread)
                if session.look_for_news():
                    self.post_message(News(session, is_window=True))
                team.look(is_idle=is_idle)
                outside.look_around()  # last: it is said once, and what is new stays marked
            except VariorumError as error:
                self.post_message(Unread(session, str(error)))
            finally:
                self._is_looking = False

        if not self._is_looking:
            self._is_looking = True
            self.run_worker(work, thread=True, group="news")

    def on_new_known(self, event: NewKnown) -> None:
        if event.team is self.team:  # else another session is shown by now
            self.team.take_new(event.begun)

    def on_arrived(self, event: Arrived) -> None:
        if event.team is self.team:
            self.team.take(event.arrived)
            self.seek()

    def on_news(self, event: News) -> None:
        if not self._is_shown(event):
            return
        count = self.session.take_news()
        if count:
            self.seek()
        if count and event.is_window:
            self.rooms.top.say(f"another window recorded {counted(count, 'change')}", "quiet")

    def on_reread(self, event: Reread) -> None:
        if self._is_shown(event):
            self.outside.take(event.fresh)

    def renew_articles(self, ids: frozenset[str]) -> None:
        """These articles are others than before: show them."""
        self.__dict__.pop("alike", None)
        self.rooms.renew(ids)
        self.rooms.data_changed(ids)

    def on_unmount(self) -> None:
        if self.has_session:
            self.proposing.finish()

    def on_unread(self, event: Unread) -> None:
        if self._is_shown(event) and event.sentence != self._unread:
            self._unread = event.sentence
            self.rooms.top.say(event.sentence, "warning")

    def say(self, sentence: str, style: str = "warning") -> None:
        """Show a sentence on the screen of our own that is uppermost."""
        self.rooms.top.say(sentence, style)

    def tell(self, session: "Session", sentence: str, style: str = "warning") -> None:
        """The same, from any thread, as long as this session is shown."""
        self.post_message(Told(session, sentence, style))

    def on_told(self, event: Told) -> None:
        if self._is_shown(event):
            self.say(event.sentence, event.style)

    # --- what is to be had everywhere ---

    def show_help(self, where: "Where") -> None:
        from tui.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(where))

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        from tui.ui.palette_commands import ActionPalette

        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(ActionPalette())

    def switch_theme(self) -> None:
        self.theme = counterpart(self.theme, self.available_themes, dark=self.current_theme.dark)

    async def action_quit(self) -> None:  # Textual's own key, ctrl+q, leaves as Q does
        self.leaving.leave()

    def on_ended(self, event: Ended) -> None:
        self.leaving.end(event.number)

    def on_stopped(self, _event: Stopped) -> None:
        self.leaving.stop_for_shell()

    def on_exported(self, event: Exported) -> None:
        if self._is_shown(event):
            report = event.report
            self.say(str(report), "foreground" if report.is_well else "warning")
