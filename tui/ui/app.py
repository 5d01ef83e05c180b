"""The application: holds the session, the screens and the themes, and brings what the writer says to the screen."""

from contextlib import suppress
from threading import get_ident

from textual.app import App
from textual.binding import Binding
from textual.message import Message

from tui.errors import VariorumError
from tui.model.records import Claim, Link
from tui.model.span import Span
from tui.session.session import Changed, Session
from tui.session.sync import Report, export
from tui.text.cells import cells, fit
from tui.text.numbers import counted
from tui.ui.actions import Where
from tui.ui.awaiting import Awaiting
from tui.ui.keeper import Keeper
from tui.ui.palette_commands import ActionCommands
from tui.ui.places import Place
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.help import HelpScreen
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen
from tui.ui.signs import ASCII, SIGNS
from tui.ui.themes import DARK, DEFAULTS, LIGHT
from tui.ui.way import Way
from tui.ui.widgets.lines import Line

NEWS_SECONDS = 0.8
"""How often another process's records are looked for: what it did is shown within a second."""


class VariorumApp(App[str]):
    """Its result is what remains to be said after the screen is gone: files that could not be written."""

    CSS_PATH = "variorum.tcss"
    COMMANDS = {ActionCommands}  # noqa: RUF012  # Textual's own way
    BINDINGS = [Binding("ctrl+p", "command_palette", show=False)]  # noqa: RUF012  # so that Textual adds none of its own
    TITLE = "Variorum"

    class Saved(Message):
        """Something became durable."""

    class Touched(Message):
        """Records changed, as YAML was read on another thread."""

        def __init__(self, changed: Changed) -> None:
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

        def __init__(self, report: Report) -> None:
            super().__init__()
            self.report = report

    def __init__(self, session: Session, *, theme: str | None = None) -> None:
        super().__init__()
        self.set_class(SIGNS is ASCII, "-ascii")
        self.session = session
        self._is_leaving = False
        self._is_looking = False
        """Whether a thread looks for news at this moment."""
        self._unread = ""
        """What was said last of news that can't be read: once is enough."""
        self._thread = get_ident()
        self._library = LibraryScreen()
        self._reader = ReaderScreen()
        self.way = Way(self, self._library, self._reader)
        self.keeper = Keeper(self, self._library, self._reader, self.way)
        self.awaiting = Awaiting(self, self._library, self._reader)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name
        session.on_changed = self._changed
        session.on_saved = lambda: self._tell(self.Saved())
        session.on_news = lambda: self._tell(self.News(is_window=False))
        session.on_lost = lambda sentence: self._tell(self.Lost(sentence))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DEFAULTS

    async def on_mount(self) -> None:
        self.install_screen(self._reader, "reader")
        await self.push_screen(self._library)
        if self.session.notices:
            more = (
                f" (and {len(self.session.notices) - 1} more: variorum check)" if len(self.session.notices) > 1 else ""
            )
            room = self.size.width - cells(more) - 2
            self._library.say(f"{fit(self.session.notices[0], room)}{more}", "warning")
        self._restore()
        self.run_worker(self._load_history, thread=True, group="history")
        self.seek()
        self.set_interval(NEWS_SECONDS, self._look_for_news)

    def on_unmount(self) -> None:
        self.keeper.stop_listening()

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

    def _changed(self, changed: Changed) -> None:
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

    def _base_screen(self) -> BaseScreen:
        """The screen of our own that is uppermost, below help or palette."""
        own = (screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen))
        return next(own, self._library)

    def say(self, sentence: str, style: str = "warning") -> None:
        """Show a sentence on the screen of our own that is uppermost."""
        self._base_screen().say(sentence, style)

    def stop_waiting(self) -> None:
        """Forget the link's end that waits in the Reader."""
        self._reader.stop_waiting()

    def waiting(self) -> Line | None:
        """What the last line says of a link's end that waits in the Reader."""
        return self._reader.status()

    # --- going about ---

    def show_library(self) -> None:
        self._down_to(self._library)

    def show_panes(self) -> None:
        """Show the Reader with what is open in it."""
        self._to_reader()

    def show_reader(self, articles: list[str]) -> None:
        with self.way.going():
            self._reader.open(articles)
            self._to_reader()

    def show_record(self, claim: Claim, link: Link | None = None) -> None:
        """Go to a claim, or to a link that it is an end of, in the Reader, opening its article if need be."""
        with self.way.going():
            if self._reader not in self.screen_stack:
                self._reader.open([claim.article])
            self._to_reader()
            self._reader.show_record(claim, link)

    def show_place(self, article: str, span: Span) -> None:
        """Go to a stretch of an article in the Reader, opening the article if need be."""
        with self.way.going():
            if self._reader not in self.screen_stack:
                self._reader.open([article])
            self._to_reader()
            self._reader.show_place(article, span)

    def return_to(self, place: Place) -> None:
        """Go to where a reader was, opening the article if need be."""
        if not self._reader.has_panes:
            self._reader.open([place.article])
        self._to_reader()
        self._reader.return_to(place)

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

    def _down_to(self, screen: BaseScreen) -> None:
        while self.screen is not screen and screen in self.screen_stack:
            self.pop_screen()

    def show_help(self, where: Where) -> None:
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

    def _exported(self) -> Report:
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
