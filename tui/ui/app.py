"""The application: holds the session, the screens and the themes, and brings what the writer says to the screen."""

from contextlib import suppress
from threading import Thread, get_ident
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from tui.errors import VariorumError
from tui.progress import StoppedError
from tui.text.cells import cells, fit
from tui.text.numbers import counted
from tui.ui.screens.opening import Opening, OpeningScreen
from tui.ui.signs import ASCII, SIGNS
from tui.ui.themes import DARK, DEFAULTS, LIGHT

# What is imported here stands between the start and the first paint. Everything that needs a session comes after it,
# and is imported by the thread that opens one.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.command import Provider

    from tui.model.records import Claim
    from tui.model.span import Span
    from tui.session.session import Changed, Session
    from tui.session.sync import Report
    from tui.ui.actions import Where
    from tui.ui.screens.base import BaseScreen
    from tui.ui.screens.library import LibraryScreen
    from tui.ui.screens.reader import ReaderScreen
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

    def __init__(self, source: "Session | Opening", *, theme: str | None = None) -> None:
        """`source` is an open session, or one that is to be opened behind the first screen."""
        super().__init__()
        self.set_class(SIGNS is ASCII, "-ascii")
        self._source = source
        self._opening: OpeningScreen | None = None
        self.session: Session
        self.failure: Exception | None = None
        """Why the workspace could not be opened; the application ended then."""
        self._is_leaving = False
        self._is_looking = False
        """Whether a thread looks for news at this moment."""
        self._unread = ""
        """What was said last of news that can't be read: once is enough."""
        self._thread = get_ident()
        self._library: LibraryScreen
        self._reader: ReaderScreen
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DEFAULTS

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
                session.prepare_longest()

        # No worker: its thread would be waited for where one leaves in the middle. A store cut off is whole.
        Thread(target=work, name="opening", daemon=True).start()

    async def on_variorum_app_opened(self, event: Opened) -> None:
        await self._opened(event.session, event.rows)
        if self._opening is not None:
            self._opening.let_go_of_keys()

    async def _opened(self, session: "Session", rows: "Mapping[str, Row] | None" = None) -> None:
        """Show this session from now on, and nothing of the one before it, which is for others to close. `rows` as
        the Library takes them."""
        from tui.ui.screens.library import LibraryScreen
        from tui.ui.screens.reader import ReaderScreen

        is_first = len(self.screen_stack) == 1
        if not is_first:
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
        self._library = LibraryScreen(rows)
        self._reader = ReaderScreen()
        self.install_screen(self._reader, "reader")
        await self.push_screen(self._library)
        self._say_notices()
        self.run_worker(self._load_history, thread=True, group="history")
        self.seek()
        if is_first:
            self.set_interval(NEWS_SECONDS, self._look_for_news)

    def _say_notices(self) -> None:
        notices = self.session.notices
        if notices:
            more = f" (and {len(notices) - 1} more: variorum check)" if len(notices) > 1 else ""
            room = self.size.width - cells(more) - 2
            self._library.say(f"{fit(notices[0], room)}{more}", "warning")

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
        self._library.data_changed(changed.articles)

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
        def work() -> None:
            try:
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

    def on_variorum_app_unread(self, event: Unread) -> None:
        if event.sentence != self._unread:
            self._unread = event.sentence
            self._base_screen().say(event.sentence, "warning")

    def _base_screen(self) -> "BaseScreen":
        """The screen of our own that is uppermost, below help or palette."""
        from tui.ui.screens.base import BaseScreen

        own = (screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen))
        return next(own, self._library)

    def say(self, sentence: str) -> None:
        """Show a sentence on the screen of our own that is uppermost."""
        self._base_screen().say(sentence, "warning")

    def stop_waiting(self) -> None:
        """Forget the link's end that waits in the Reader."""
        self._reader.stop_waiting()

    def waiting(self) -> "Line | None":
        """What the last line says of a link's end that waits in the Reader."""
        return self._reader.status()

    # --- going about ---

    def show_library(self) -> None:
        self._down_to(self._library)

    def show_reader(self, articles: list[str]) -> None:
        self._reader.open(articles)
        self._to_reader()

    def show_record(self, claim: "Claim") -> None:
        """Go to a claim in the Reader, opening its article if need be."""
        if self._reader not in self.screen_stack:
            self._reader.open([claim.article])
        self._to_reader()
        self._reader.show_record(claim)

    def show_place(self, article: str, span: "Span") -> None:
        """Go to a stretch of an article in the Reader, opening the article if need be."""
        if self._reader not in self.screen_stack:
            self._reader.open([article])
        self._to_reader()
        self._reader.show_place(article, span)

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

    async def action_quit(self) -> None:
        """Textual's own key, ctrl+q, leaves as Q does."""
        self.leave()

    def switch_theme(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

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
        self._base_screen().say(str(report), "warning" if report.problems or report.clashes else "foreground")

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
        if self.session.read_only is not None:
            self.exit("")
            return
        self._base_screen().say("writing YAML …", "quiet")

        def work() -> None:
            report = self._exported()
            self.call_from_thread(self.exit, "\n".join(report.sentences))

        self.run_worker(work, thread=True, group="leave")
