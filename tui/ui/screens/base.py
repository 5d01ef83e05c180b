"""What every screen shares: keys to actions, the header, the last line, typing, what can be done everywhere."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.geometry import Offset
from textual.theme import Theme
from textual.widget import Widget

from tui.config.loading import user_config_path
from tui.errors import ReadOnlyError, RefusedError, VariorumError
from tui.model.article import Article
from tui.model.records import Claim, Contradiction, DuplicateGroup
from tui.session import gestures
from tui.session.gestures import Gesture
from tui.session.several import several
from tui.text.cells import cells, fit, plain_line
from tui.text.layout import Layout
from tui.text.quotations import quoted
from tui.text.search import Query
from tui.ui import open_list
from tui.ui.actions import COUNTED, RECORDING, Action, Where, actions_of, as_read, key_for
from tui.ui.handing_on import consume
from tui.ui.hints import action_at, continuations, fitting, hints_of
from tui.ui.keys import Keys, key_of
from tui.ui.signs import SIGNS
from tui.ui.typed import TypedScreen
from tui.ui.widgets.lines import Line, Lines, Piece
from tui.ui.widgets.picker import Choice, Picker
from tui.ui.widgets.prompt import MemoEditor, Prompt

if TYPE_CHECKING:
    from tui.session.session import Session
    from tui.ui.app import VariorumApp

TITLED = 24
"""Cells of an article's title in a sentence of the last line."""


class BaseScreen(TypedScreen):
    """A screen whose keys come from the action table: an action is done by the method `do_<id>`."""

    AUTO_FOCUS = ""
    WHERE: ClassVar[Where]

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[Where, Keys] = {}
        self._message: Line | None = None
        self._hints: dict[tuple[Where, int, tuple[str, ...]], list[Piece]] = {}
        self.picker = Picker()
        self.prompt = Prompt()
        self.memo = MemoEditor()
        self.header = Lines(id="header")
        self.last = Lines(id="last")
        self.notice = Lines(id="notice")
        self.notice.display = False

    @property
    def variorum(self) -> "VariorumApp":
        return cast("VariorumApp", self.app)

    @property
    def session(self) -> "Session":
        return self.variorum.session

    @property
    def where(self) -> Where:
        """The place whose keys hold just now."""
        return self.WHERE

    # --- keys ---

    def keys_here(self) -> Keys:
        if self.where not in self._keys:
            self._keys[self.where] = Keys.of(actions_of(self.where))
        return self._keys[self.where]

    def key(self, id: str) -> str:
        """The key in force of an action of this place, for a sentence."""
        return key_for(f"{self.where.name}.{id}")

    def on_key(self, event: events.Key) -> None:
        """Do what the key means, or let it go where it belongs: it may have been on its way here when something else
        came."""
        consume(event)
        if self.app.screen is not self or self.holds_keys:
            self.variorum.typed.give_back(event)
            return
        self.variorum.keeper.touched()
        if self.field is not None:  # and has no focus yet
            self.variorum.typed.hand(event, self.field)
            return
        self._message = None
        if self.picker.is_open:
            if event.key == "escape":
                self.picker.close()
            elif not self.picker.press(event):
                self.say(f"this key picks nothing here: {self.picker.possible}", "warning")
            self.refresh_last()
            return
        if self.take_key(key_of(event.key, event.character)):
            self.refresh_last()
            return
        keys = self.keys_here()
        begun = keys.pending
        pressed = key_of(event.key, event.character)
        action = keys.feed(pressed)
        if action is not None:
            self.perform(action, keys.count)
        elif event.key == "ctrl+c":
            self.say(f"{self.key('quit')} quits; nothing is lost by quitting")
        elif not keys.typed and event.key not in ("escape", "backspace") and not event.key.startswith("<"):  # <ignore>
            self._say_possible(begun, pressed)
        self.refresh_last()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self.app.screen is not self or self.holds_keys:
            self.variorum.typed.give_back(event)
        elif self.field is not None:
            self.variorum.typed.hand(event, self.field)

    @property
    def field(self) -> Widget | None:
        """Where what is typed goes; None: keys are for the screen."""
        return self.memo.field if self.memo.is_open else self.prompt.field if self.prompt.is_open else None

    def take_key(self, _key: str) -> bool:
        """A mode that wants every key (letters to jump to) takes it here."""
        return False

    def perform(self, action: Action, count: int | None = None) -> None:
        """Do an action, so many times where that means something; what is refused is said in the last line."""
        try:
            if action.id in RECORDING and (reason := self.session.read_only) is not None:
                raise ReadOnlyError(reason)
            counted = (count,) if count is not None and action.id in COUNTED else ()
            getattr(self, f"do_{action.id}")(*counted)
        except VariorumError as error:
            self.say(str(error), "warning")
        self.refresh_last()

    def perform_gesture(self, gesture: Gesture) -> Gesture:
        """Do what changes data, and say so."""
        done = self.session.do(gesture)
        self.refresh_header()
        self.say(done.label)
        return done

    def try_to(self, use: Callable[..., object], *arguments: object) -> None:
        """Do what was asked for after a picker or prompt; what is refused is said in the last line."""
        try:
            use(*arguments)
        except VariorumError as error:
            self.say(str(error), "warning")

    def end_typing(self) -> None:
        """Keep the memo, drop the line being typed, close the picker: the reader has gone elsewhere."""
        if self.memo.is_open:
            self.memo.close()
        if self.prompt.is_open:
            self.prompt.close()
        self.picker.close()

    # --- header and last line ---

    def say(self, sentence: str, style: str = "foreground") -> None:
        """Show a sentence in the last line until the next key."""
        self._message = Line([(f" {sentence}", style)])
        self.refresh_last()

    def _say_possible(self, begun: tuple[str, ...], pressed: str) -> None:
        """After a key that means nothing: what may be pressed in its place."""
        words = f" {as_read(' '.join((*begun, pressed)))} does nothing here "
        possible = continuations(self.keys_here(), begun) if begun else hints_of(self.where, self.urgent)
        room = self.size.width - cells(words)
        self._message = Line([(words, "warning"), *fitting(possible, room, keep_last=not begun)])

    def status(self) -> Line | None:
        """What the last line says while something waits; None shows the hints."""
        return None

    @property
    def urgent(self) -> tuple[str, ...]:
        """The actions that the last line names before all others just now."""
        return ()

    def hints(self) -> list[Piece]:
        """The keys that matter most here, as many as fit, and always the one that shows all."""
        place = (self.where, self.size.width, self.urgent)
        if place not in self._hints:  # asked for at every key
            self._hints[place] = self._fitting_hints()
        return self._hints[place]

    def _fitting_hints(self) -> list[Piece]:
        return fitting(hints_of(self.where, self.urgent), self.size.width, keep_last=True)

    def refresh_last(self) -> None:
        if not self.is_attached:
            return
        keys = self.keys_here()
        if keys.typed:
            begun = f" {as_read(keys.typed)} … "
            possible = continuations(keys, keys.pending) if keys.pending else ()
            line = Line([(begun, "accent"), *fitting(possible, self.size.width - cells(begun))])
        else:
            line = self._message or self.status() or Line(self.hints())
        self.last.show([line])
        self._show_notice()

    @property
    def rows_below(self) -> int:
        """How many rows a message of several rows covers at least: what is half covered looks broken."""
        return 0

    def _show_notice(self) -> None:
        """Show a message that is too long for the last line in as many rows as it needs, over the strip."""
        words = "".join(words for words, _ in self._message.left) if self._message is not None else ""
        is_long = self._message is not None and cells(plain_line(words)) + 1 > self.size.width
        if is_long and self._message is not None:
            style, text = self._message.left[0][1], plain_line(words)
            layout = Layout(text, max(1, self.size.width - 2))
            rows = [Line([(f" {text[slice(*layout.row(row))]}", style)]) for row in range(len(layout))]
            rows = rows[: max(1, self.size.height // 2)]
            above = [Line()] * (self.rows_below - len(rows) - 1)
            self.notice.styles.height = len(above) + len(rows) + 1
            self.notice.show([Line([(SIGNS.rule * self.size.width, "line")]), *above, *rows])
        if self.notice.display != is_long:
            self.notice.display = is_long

    def refresh_header(self) -> None:
        session = self.session
        if session.read_only is not None:
            state: list[Piece] = [(f"{SIGNS.ring} read only: nothing is recorded ", "warning")]
        elif self.memo.is_open:
            state = [(f"{SIGNS.ring} ", "warning"), ("typing ", "quiet")]
        elif session.saved:
            state = [(f"{SIGNS.dot} ", "success"), ("saved ", "quiet")]
        else:
            state = [(f"{SIGNS.ring} ", "warning"), ("saving ", "quiet")]
        left: list[Piece] = [
            (f" {session.config.title}", "quiet bold"),
            (f" · reading as {session.annotator}{self.place()}", "faint"),
        ]
        self.header.show([Line(left, state)])

    def on_memo_editor_toggled(self) -> None:
        self.refresh_header()

    def place(self) -> str:
        """What the header adds on where one is."""
        return ""

    def data_changed(self, _articles: frozenset[str]) -> None:
        """Records of these articles changed."""

    def on_screen_resume(self) -> None:
        self.variorum.typed.go_on()
        self.refresh_header()
        self.refresh_last()

    def on_resize(self) -> None:
        self.refresh_last()

    def on_mouse_up(self) -> None:
        self.variorum.keeper.touched()

    def on_lines_clicked(self, event: Lines.Clicked) -> None:
        """A click on a key that the last line names does what the key does."""
        is_hints = self._message is None and self.status() is None and not self.keys_here().typed
        if event.lines is self.last and is_hints and not self.picker.is_open:
            action = action_at(self.hints(), event.x, self.where)
            if action is not None:
                self.perform(action)

    # --- what works everywhere ---

    def do_help(self) -> None:
        self.variorum.show_help(self.where)

    def do_palette(self) -> None:
        self.app.action_command_palette()

    def do_undo(self, count: int = 1) -> None:
        self.after_step(several(self.session.undo, count))

    def do_redo(self, count: int = 1) -> None:
        self.after_step(several(self.session.redo, count))

    def after_step(self, gesture: Gesture) -> None:
        """Something was undone or done again."""
        self.refresh_header()
        self.say(f"{gesture.label}{self._elsewhere(gesture)}")
        self.variorum.seek()

    def _elsewhere(self, gesture: Gesture) -> str:
        """The article a step concerned, where it is another than the one at hand."""
        session = self.session
        claims: list[Claim] = []
        for record in (change.record for change in gesture.changes):
            if isinstance(record, Claim):
                claims.append(record)
            elif isinstance(record, Contradiction | DuplicateGroup):
                claims += filter(None, map(session.records.claim, record.claims))
        ids = {session.desk.view.home(claim.article) for claim in claims}
        found = [session.articles[id] for id in sorted(ids) if id in session.articles]
        try:
            here = self.article_here()
        except RefusedError:
            here = None
        return f", in {quoted(fit(plain_line(found[0].title.value), TITLED))}" if found and here not in found else ""

    def article_here(self) -> Article:
        """The article that keys act on.

        Raises:
            RefusedError: there is none here.
        """
        raise RefusedError("there is no article here")

    def do_article_memo(self) -> None:
        article = self.article_here()
        note = self.session.seen.note(article.id)

        def keep(text: str) -> str | None:
            try:
                self.perform_gesture(gestures.set_article_memo(self.session.desk, article.id, text))
            except VariorumError as error:
                return str(error)
            return None

        self.memo.ask(f"memo on the article: {article.title.value}", (note.memo if note else "") or "", keep)

    def on_memo_editor_editor_wanted(self) -> None:
        self.variorum.outside.edit_memo(self.memo)

    def do_edit_article(self) -> None:
        self.variorum.outside.edit_article(self.article_here(), self.offset_here())

    def offset_here(self) -> int:
        """Where one is in the article that keys act on."""
        return 0

    def do_reread(self) -> None:
        self.variorum.outside.reread([self.article_here()])

    def do_finished(self) -> None:
        article = self.article_here()
        note = self.session.seen.note(article.id)
        self.perform_gesture(gestures.set_finished(self.session.desk, article.id, not (note and note.finished)))

    def do_export(self) -> None:
        self.variorum.leaving.export()

    def do_unsettled(self) -> None:
        open_list.ask(self.picker, self.session, self.variorum.rooms, self.try_to)
        self.refresh_last()

    def do_back_place(self, count: int = 1) -> None:
        self.variorum.way.step(-count)

    def do_forward_place(self, count: int = 1) -> None:
        self.variorum.way.step(count)

    def do_concordance(self) -> None:
        searches = self.variorum.searches
        words = self.words_here()
        if words:
            searches.is_pattern = False
        elif searches.last is not None:
            words = searches.last.words

        def answer(query: Query) -> None:
            self.app.call_later(self.variorum.rooms.search_all, query)

        searches.ask(self.prompt, "search all", words, answer)

    def words_here(self) -> str:
        """What a search may begin with: the words that are selected."""
        return ""

    def do_next_unread(self) -> None:
        self.variorum.awaiting.go_to_unread()

    def do_next_question(self) -> None:
        self.variorum.awaiting.go_to_question()

    def do_next_new(self) -> None:
        self.variorum.team.go_to_new()

    def do_all_seen(self) -> None:
        self.variorum.team.see_all()

    def do_suggestions(self) -> None:
        self.variorum.rooms.show_suggestions()

    def do_library(self) -> None:
        self.variorum.rooms.show_library()

    def do_back(self) -> None:
        self.variorum.rooms.go_back()

    def do_quit(self) -> None:
        self.variorum.leaving.leave()

    def do_stop(self) -> None:
        self.variorum.leaving.stop_for_shell()

    def do_cancel(self) -> None:
        self._message = None

    def do_theme(self) -> None:
        self.variorum.switch_theme()

    def do_themes(self) -> None:
        """Choose a theme; each is tried on as it is gone to."""
        app, before = self.variorum, self.app.theme
        names = sorted(app.available_themes, key=lambda name: (not name.startswith("variorum"), name))

        def show(name: str) -> None:
            app.theme = name

        def take(name: str, _stay: bool) -> None:
            app.theme = name
            config = user_config_path(os.environ, Path.home())
            self.say(f"{name}, for this time; the line “theme: {name}” in {config} keeps it")

        choices = [Choice(name, name, detail=_kind_of(app.get_theme(name)), on=name == before) for name in names]
        # At the right edge: what is tried on is to be seen on the text.
        self.picker.ask(
            "theme", choices, take, near=Offset(self.size.width, 0), look=show, cancelled=lambda: show(before)
        )
        self.refresh_last()


def _kind_of(theme: Theme | None) -> str:
    if theme is None:
        return ""
    return f"{'dark' if theme.dark else 'light'}{', the colours of your terminal' if theme.ansi else ''}"
