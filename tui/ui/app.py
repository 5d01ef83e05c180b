"""The application: holds the session, the screens and the themes, and brings what the writer says to the screen."""

from contextlib import suppress
from functools import cached_property
from signal import Signals
from threading import Thread, get_ident
from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from tui.errors import VariorumError
from tui.progress import StoppedError
from tui.text.cells import cells, fit
from tui.text.numbers import counted
from tui.ui.actions import ACTIONS, Action, put_in_force
from tui.ui.colourless import Colourless
from tui.ui.driver import TerminalDriver
from tui.ui.ending import Ended, Stopped
from tui.ui.screens.opening import Opening, OpeningScreen
from tui.ui.signs import ASCII, SIGNS
from tui.ui.themes import DARK, LIGHT, counterpart, variables_of

# What is imported here stands between the start and the first paint. Everything that needs a session comes after it,
# and is imported by the thread that opens one.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.command import Provider

    from tui.model.records import Claim, Link
    from tui.model.span import Span
    from tui.session.alike import Alike
    from tui.session.comparing import Anchor
    from tui.session.rereading import Reread
    from tui.session.session import Changed, Session
    from tui.session.sync import Report
    from tui.text.search import Query
    from tui.ui.actions import Where
    from tui.ui.awaiting import Awaiting
    from tui.ui.keeper import Keeper
    from tui.ui.outside import Outside
    from tui.ui.places import Place
    from tui.ui.screens.base import BaseScreen
    from tui.ui.screens.comparison import ComparisonScreen
    from tui.ui.screens.concordance import ConcordanceScreen
    from tui.ui.screens.library import LibraryScreen
    from tui.ui.screens.reader import ReaderScreen
    from tui.ui.searching import Searches
    from tui.ui.way import Way
    from tui.ui.widgets.article_list import Row
    from tui.ui.widgets.lines import Line

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

    class Saved(Message):
        """Something became durable."""

    class Touched(Message):
        """Records changed, as YAML was read on another thread."""

        def __init__(self, changed: "Changed") -> None:
            super().__init__()
            self.changed = changed

    class Lost(Message):
        """Something could not be kept."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class News(Message):
        """Another process recorded something for this annotator, or it came with YAML that was read."""

        def __init__(self, *, is_window: bool) -> None:
            super().__init__()
            self.is_window = is_window
            """Whether it was another process."""

    class Found(Message):
        """Where claims stand that were not sought at the opening is known now."""

    class Unread(Message):
        """What another process recorded can't be read."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Exported(Message):
        """YAML was written as far as it could be."""

        def __init__(self, report: "Report") -> None:
            super().__init__()
            self.report = report

    class Opened(Message):
        """The workspace is open."""

        def __init__(self, session: "Session", rows: "dict[str, Row]") -> None:
            super().__init__()
            self.session = session
            self.rows = rows
            """Of the Library."""

    class Told(Message):
        """A thread has something to say."""

        def __init__(self, sentence: str, style: str) -> None:
            super().__init__()
            self.sentence = sentence
            self.style = style

    class Reread(Message):
        """Articles were read anew."""

        def __init__(self, fresh: "Reread") -> None:
            super().__init__()
            self.fresh = fresh

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
        self._opening: OpeningScreen | None = None
        self.session: Session
        self.failure: Exception | None = None
        """Why the workspace could not be opened; the application ended then."""
        self.outside: Outside
        self.copied = ""
        """What was copied last."""
        self._is_leaving = False
        self.ended_by: Signals | None = None
        """The signal that ended it, if one did."""
        self._is_looking = False
        """Whether a thread looks for news at this moment."""
        self._unread = ""
        """What was said last of news that can't be read: once is enough."""
        self._thread = get_ident()
        self._library: LibraryScreen
        self._reader: ReaderScreen
        self._concordance: ConcordanceScreen | None = None
        self._comparison: ComparisonScreen | None = None
        self.way: Way
        self.keeper: Keeper
        self.awaiting: Awaiting
        self.searches: Searches
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = variables_of(self.current_theme)
        return self.theme_variables

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
                from tui.ui.screens import reader  # noqa: F401
                from tui.ui.screens.library import rows_of

                rows = rows_of(session)
            except StoppedError:
                return
            except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again when the screen is gone
                self.failure = error
                self.call_later(self.exit, "")
            else:
                self.post_message(self.Opened(session, rows))
                warm()

        # No worker: its thread would be waited for where one leaves in the middle. A store cut off is whole.
        Thread(target=work, name="opening", daemon=True).start()

    async def on_variorum_app_opened(self, event: Opened) -> None:
        await self._opened(event.session, event.rows)
        if self._opening is not None:
            self._opening.let_go_of_keys()

    async def _opened(self, session: "Session", rows: "Mapping[str, Row] | None" = None) -> None:
        """Show this session from now on, and nothing of the one before it, which is for others to close. `rows` as
        the Library takes them."""
        from tui.ui.awaiting import Awaiting
        from tui.ui.keeper import Keeper
        from tui.ui.outside import Outside
        from tui.ui.screens.library import LibraryScreen
        from tui.ui.screens.reader import ReaderScreen
        from tui.ui.searching import Searches
        from tui.ui.way import Way

        is_first = len(self.screen_stack) == 1
        if not is_first:
            self.keeper.keep_now()
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            self.uninstall_screen(self._reader)
            if self._reader.is_running:
                await self._reader.remove()
        self.session = session
        session.on_changed = self._changed
        session.on_saved = lambda: self._tell(self.Saved())
        session.on_news = lambda: self._tell(self.News(is_window=False))
        session.on_lost = lambda sentence: self._tell(self.Lost(sentence))
        self.__dict__.pop("alike", None)
        self._library = LibraryScreen(rows)
        self._reader = ReaderScreen()
        self.outside = Outside(self)
        self.searches = Searches()
        self.way = Way(self, self._library, self._reader)
        self.keeper = Keeper(self, self._library, self._reader, self.way)
        self.awaiting = Awaiting(self, self._library, self._reader)
        self.install_screen(self._reader, "reader")
        await self.push_screen(self._library)
        self._say_notices()
        self._restore()
        self.run_worker(self._load_history, thread=True, group="history")
        self.seek()
        if is_first:
            self.set_interval(NEWS_SECONDS, self._look_for_news)

    @cached_property
    def alike(self) -> "Alike":
        """Finds what is alike in other articles; for other threads."""
        from tui.session.alike import Alike  # the first paint doesn't wait for it

        return Alike(self.session)

    def _say_notices(self) -> None:
        notices = self.session.notices
        if notices:
            more = f" (and {len(notices) - 1} more: variorum check)" if len(notices) > 1 else ""
            room = self.size.width - cells(more) - 2
            self._library.say(f"{fit(notices[0], room)}{more}", "warning")

    def _restore(self) -> None:
        """Let everything be as the reader left it; called once the session is there."""
        problem = self.keeper.restore()
        if problem is not None:
            self.say(problem)
        elif self._reader.has_panes and not self.session.notices:
            where = "q goes to the Library" if self.screen is self._reader else "< goes to the text"
            self.say(f"all is as you left it: {where}", "quiet")

    # --- what the session and its writer say ---

    def _tell(self, message: Message) -> None:
        """Bring a message from another thread into the application, if it is still there."""
        self.post_message(message)

    def _changed(self, changed: "Changed") -> None:
        if self._thread != get_ident():
            self._tell(self.Touched(changed))
            return
        if self._reader.is_attached:
            self._reader.data_changed(changed.articles)
        if self._comparison is not None:
            self._comparison.data_changed(changed.articles)
        self._library.data_changed(changed.articles)
        if self._concordance is not None and self._concordance.is_attached:
            self._concordance.data_changed(changed.articles)

    def on_variorum_app_touched(self, event: Touched) -> None:
        self._changed(event.changed)

    def on_variorum_app_saved(self) -> None:
        self._base_screen().refresh_header()

    def on_variorum_app_lost(self, event: Lost) -> None:
        try:
            self.session.recover()
        except VariorumError as error:
            self._base_screen().say(f"{event.sentence}; {error}", "error")
        else:
            self._base_screen().say(event.sentence, "error")
        self._base_screen().refresh_header()
        self.run_worker(self._load_history, thread=True, group="history")

    def _load_history(self) -> None:
        # What is wrong with it is said when a key asks for it.
        with suppress(VariorumError):
            self.session.load_history()

    def seek(self) -> None:
        """Find out behind the screen where claims stand for which there was no time."""

        def work() -> None:
            if self.session.seek():
                self._tell(self.Found())

        self.run_worker(work, thread=True, group="seek")

    def on_variorum_app_found(self) -> None:
        self.session.take_found()

    def _look_for_news(self) -> None:
        shown = [column.article for column in self._reader.columns]

        def work() -> None:
            try:
                self.outside.look(shown)
                if self.session.look_for_news():
                    self._tell(self.News(is_window=True))
            except VariorumError as error:
                self._tell(self.Unread(str(error)))
            finally:
                self._is_looking = False

        if not self._is_looking:
            self._is_looking = True
            self.run_worker(work, thread=True, group="news")

    def on_variorum_app_news(self, event: News) -> None:
        count = self.session.take_news()
        if count:
            self.seek()
        if count and event.is_window:
            self._base_screen().say(f"another window recorded {counted(count, 'change')}", "quiet")

    def on_variorum_app_reread(self, event: Reread) -> None:
        self.outside.take(event.fresh)

    def renew_articles(self, ids: frozenset[str]) -> None:
        """These articles are others than before: show them."""
        from tui.session.session import Changed

        self.__dict__.pop("alike", None)
        if self._reader.is_attached:
            self._reader.renew(ids)
        self._changed(Changed(ids))

    def on_variorum_app_unread(self, event: Unread) -> None:
        if event.sentence != self._unread:
            self._unread = event.sentence
            self._base_screen().say(event.sentence, "warning")

    def _base_screen(self) -> "BaseScreen":
        """The screen of our own that is uppermost, below help or palette."""
        from tui.ui.screens.base import BaseScreen

        own = (screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen))
        return next(own, self._library)

    def say(self, sentence: str, style: str = "warning") -> None:
        """Show a sentence on the screen of our own that is uppermost."""
        self._base_screen().say(sentence, style)

    def tell(self, sentence: str, style: str = "warning") -> None:
        """The same, from any thread."""
        self._tell(self.Told(sentence, style))

    def on_variorum_app_told(self, event: Told) -> None:
        self.say(event.sentence, event.style)

    def stop_waiting(self) -> None:
        """Forget the link's end that waits in the Reader."""
        self._reader.stop_waiting()

    def waiting(self) -> "Line | None":
        """What the last line says of a link's end that waits in the Reader."""
        return self._reader.status()

    # --- going about ---

    def show_library(self) -> None:
        self._down_to(self._library)

    @property
    def has_read(self) -> bool:
        """Whether an article was opened since the start."""
        return bool(self._reader.columns)

    def show_panes(self) -> None:
        """Show the Reader with what is open in it."""
        self._to_reader()

    def show_reader(self, articles: list[str]) -> None:
        with self.way.going():
            self._reader.open(articles)
            self._to_reader()

    def show_record(self, claim: "Claim", link: "Link | None" = None) -> None:
        """Go to a claim, or to a link that it is an end of, in the Reader, opening its article if need be."""
        with self.way.going():
            if self._reader not in self.screen_stack:
                self._reader.open([claim.article])
            self._to_reader()
            self._reader.show_record(claim, link)

    def show_place(self, article: str, span: "Span") -> None:
        """Go to a stretch of an article in the Reader, opening the article if need be."""
        with self.way.going():
            if self._reader not in self.screen_stack:
                self._reader.open([article])
            self._to_reader()
            self._reader.show_place(article, span)

    def return_to(self, place: "Place") -> None:
        """Go to where a reader was, opening the article if need be."""
        if not self._reader.has_panes:
            self._reader.open([place.article])
        self._to_reader()
        self._reader.return_to(place)

    def mark_matches(self, query: "Query", article: str, match: "Span") -> None:
        """Mark all matches of a search in an article that was gone to; it is at this one."""
        self._reader.mark_matches(query, article, match)

    def search_all(self, query: "Query") -> None:
        """Search in all articles and records, and show the concordance."""
        self.show_concordance().search(query)

    def show_concordance(self) -> "ConcordanceScreen":
        """Show the concordance as it was left."""
        from tui.ui.screens.concordance import ConcordanceScreen

        if self._concordance is None:
            self._concordance = ConcordanceScreen()
            self.install_screen(self._concordance, "concordance")
        if self._concordance in self.screen_stack:
            self._down_to(self._concordance)
        else:
            self.push_screen(self._concordance)
        return self._concordance

    def show_comparison(self, anchor: "Anchor", numbers: "Mapping[str, int]", *, colleagues: bool) -> None:
        """Show this as each article tells it; `numbers` are those of the Reader's panes, by article."""
        from tui.ui.screens.comparison import ComparisonScreen  # the first paint doesn't wait for it

        if self._comparison is None:
            self._comparison = ComparisonScreen()
            self.install_screen(self._comparison, "comparison")
        self._comparison.open(anchor, numbers, colleagues=colleagues)
        if self.screen is not self._comparison:
            self.push_screen(self._comparison)

    def go_back(self) -> None:
        """One screen back, as far as the Library."""
        if self.screen is not self._library:
            self.pop_screen()

    def _to_reader(self) -> None:
        """Show the Reader, without what lies above it."""
        if self._reader in self.screen_stack:
            self._down_to(self._reader)
        else:
            self._down_to(self._library)
            self.push_screen(self._reader)

    def _down_to(self, screen: "BaseScreen") -> None:
        while self.screen is not screen and screen in self.screen_stack:
            self.pop_screen()

    def show_help(self, where: "Where") -> None:
        from tui.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(where))

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder="what to do, by name", id="--command-palette"))

    async def action_quit(self) -> None:
        """Textual's own key, ctrl+q, leaves as Q does."""
        self.leave()

    def switch_theme(self) -> None:
        self.theme = counterpart(self.theme, self.available_themes, dark=self.current_theme.dark)

    # --- YAML ---

    def export(self) -> None:
        """Write YAML in the background and say what was written."""
        if (reason := self.session.read_only) is not None:
            self._base_screen().say(reason, "warning")
            return
        self._base_screen().say("writing YAML …", "quiet")
        self.run_worker(lambda: self._tell(self.Exported(self._exported())), thread=True, group="export")

    def _exported(self) -> "Report":
        from tui.session.sync import Report, export

        try:
            return export(self.session)
        except VariorumError as error:
            return Report(problems=[str(error)])

    def on_variorum_app_exported(self, event: Exported) -> None:
        report = event.report
        self._base_screen().say(str(report), "foreground" if report.is_well else "warning")

    def leave(self) -> None:
        """Write YAML, then end; what could not be written is in the store, and is said when the screen is gone."""
        if self._is_leaving:
            return
        if not hasattr(self, "session"):  # nothing is there yet to be written
            self._is_leaving = True
            self.exit("")
            return
        from tui.ui.screens.base import BaseScreen

        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.end_typing()
                if screen.memo.is_open:  # it can't be kept, and says why
                    return
        self._is_leaving = True
        keep = self.keeper.at_leaving()
        if self.session.read_only is not None:
            keep()
            self.exit("")
            return
        self._base_screen().say("writing YAML …", "quiet")

        def work() -> None:
            keep()
            report = self._exported()
            self.call_from_thread(self.exit, "\n".join(report.sentences))

        self.run_worker(work, thread=True, group="leave")

    def on_ended(self, event: Ended) -> None:
        """Keep what is being typed and end at once. YAML is left to the next export: somebody may wait for the end."""
        if self.ended_by is not None:
            return
        self.ended_by = event.number
        if self._is_leaving:
            return
        self._is_leaving = True
        if hasattr(self, "session"):
            from tui.ui.screens.base import BaseScreen

            for screen in self.screen_stack:
                if isinstance(screen, BaseScreen):
                    screen.end_typing()
            self.keeper.keep_now()
        self.exit("")

    def on_stopped(self, _event: Stopped) -> None:
        self.stop_for_shell()

    def stop_for_shell(self) -> None:
        """Give the terminal back to the shell until it says `fg`."""
        if self._is_leaving or not hasattr(self, "session"):
            return
        with suppress(VariorumError):  # it is told of what was lost by another way
            self.session.flush()  # what is stopped must not hold up another window
        if isinstance(self._driver, TerminalDriver):
            self._driver.stop_job()
