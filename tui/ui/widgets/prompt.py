"""Typing: one line in place of the hints, or a memo in place of the strip."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from tui.text.cells import cells, plain_line, shown
from tui.ui.handing_on import consume
from tui.ui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp

PASTE_LIMIT = 100_000
"""Characters taken of a paste at most."""


class _Names(Suggester):
    """Completes the last name of a chain `first > second` from names in use."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = tuple(plain_line(name) for name in names)

    async def get_suggestion(self, value: str) -> str | None:
        head, mark, last = value.rpartition(">")
        begun = last.lstrip()
        if not begun:
            return None
        for name in self._names:
            if name.casefold().startswith(begun.casefold()) and name != begun:
                space = last[: len(last) - len(begun)]
                return head + mark + space + name
        return None


async def _take_key(field: Input | TextArea, owner: "Prompt | MemoEditor", event: events.Key, inserted: str) -> None:
    """Do all that a key means in a field at once, so that the key typed after it finds it done.

    Textual would do what is bound to a key later than what is inserted. `inserted` is a key that the field inserts
    though it prints nothing.
    """
    if not owner.is_open:
        consume(event)
        cast("VariorumApp", field.app).typed.hand(event, field.screen)
    elif owner.take_key(event.key):
        consume(event)
    elif not event.is_printable and event.key != inserted:
        consume(event)
        for binding in field._bindings.key_to_bindings.get(event.key, []):
            await field.run_action(binding.action)


class _PlainInput(Input):
    """An input that lets nothing in that the terminal would obey."""

    async def on_key(self, event: events.Key) -> None:
        prompt = self.query_ancestor(Prompt)
        await _take_key(self, prompt, event, "")

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(plain_line(event.text[:PASTE_LIMIT]), *self.selection)


class _PlainTextArea(TextArea):
    """A text area that lets nothing in that the terminal would obey."""

    async def on_key(self, event: events.Key) -> None:
        assert isinstance(self.parent, MemoEditor)
        await _take_key(self, self.parent, event, "enter")

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.move_cursor(self.replace(_plain(event.text[:PASTE_LIMIT]), *self.selection).end_location)


class Prompt(Vertical):
    """One line of typing, and above it what to know of it.

    `answer` gets what was typed and says what is wrong with it, or None when it is taken.
    """

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self.field = _PlainInput(compact=True, id="prompt-input")
        self._answer: Callable[[str], str | None] = lambda _text: None
        self._live: Callable[[str], None] = lambda _text: None
        self._cancelled: Callable[[], None] = lambda: None
        self._keys: Mapping[str, Callable[[], None]] = {}
        self._before = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="prompt-note")
        with Horizontal():
            yield Lines(id="prompt-label")
            yield self.field

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], str | None],
        *,
        note: str = "",
        names: Sequence[str] = (),
        live: Callable[[str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        keys: Mapping[str, Callable[[], None]] | None = None,
        is_selected: bool = False,
        goes_on: bool = False,
    ) -> None:
        """Ask for a line, `value` standing there to begin with (with `is_selected` so that typing replaces it, with
        `goes_on` so that it goes on from there); `live` is called at every change. `keys` are done while the prompt
        stays open."""
        self._answer = answer
        self._live = live or (lambda _text: None)
        self._cancelled = cancelled or (lambda: None)
        self._keys = keys or {}
        self._before, self._shown = value, plain_line(value)
        words = self.query_one("#prompt-label", Lines)
        words.styles.width = cells(label) + 2
        words.show([Line([(f" {label} ", "accent")])])
        self.note(note)
        self.field.suggester = _Names(names) if names else None
        with self.prevent(Input.Changed):
            self.field.value = self._shown
        self.field.cursor_position = len(self._shown)
        if is_selected:
            self.field.select_all()
        self.field.select_on_focus = not goes_on
        self.display = True
        self.field.focus()

    def put(self, value: str) -> None:
        """Let another line stand there."""
        self.field.value = plain_line(value)
        self.field.cursor_position = len(self.field.value)

    def note(self, note: str, style: str = "quiet") -> None:
        """Say above the line what to know of it."""
        self.query_one("#prompt-note", Lines).show([Line([(f" {note}", style)])])

    def take_key(self, key: str) -> bool:
        """Enter answers, escape puts the prompt away, tab completes."""
        if key == "enter":
            self._submit()
        elif key == "escape":
            self.close()
        elif key == "tab":
            self.field.action_end()
            self.field.action_cursor_right()
        elif key in self._keys:
            self._keys[key]()
        else:
            return False
        return True

    def close(self) -> None:
        """Put it away without an answer."""
        self._put_away()
        self._cancelled()

    def _put_away(self) -> None:
        self.display = False
        self.screen.set_focus(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._live(event.value)

    def _submit(self) -> None:
        typed = self.field.value
        self._live(typed)
        problem = self._answer(self._before if typed == self._shown else typed)
        if problem is not None:
            self.note(problem, "error")
            return
        self._put_away()


class MemoEditor(Vertical):
    """A memo in several lines, in place of the strip; escape or ctrl+s keeps it, undo takes it back."""

    class Toggled(Message):
        """Typing began or ended."""

    class EditorWanted(Message):
        """The reader wants to write on in an editor of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self.field = _PlainTextArea(
            id="memo-text", soft_wrap=True, compact=True, highlight_cursor_line=False, tab_behavior="focus"
        )
        self._keep: Callable[[str], str | None] = lambda _text: None
        self._shown: str | None = ""
        """What the memo shows without any change to be kept; None: it is kept whatever it shows."""

    def compose(self) -> ComposeResult:
        yield Lines(id="memo-title")
        yield self.field

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def ask(self, title: str, value: str, keep: Callable[[str], str | None], *, even_unchanged: bool = False) -> None:
        """Edit a text; `keep` gets it when it was changed (or `even_unchanged`) and says why it can't be kept, or
        None."""
        begun = _plain(value)
        self._keep, self._shown = keep, None if even_unchanged else begun
        self._say(Line([(f" {title}", "accent")], [("escape or ctrl+s keeps it, ctrl+g your editor ", "quiet")]))
        self.field.load_text(begun)
        self.field.move_cursor(self.field.document.end)
        self.display = True
        self.field.focus()
        self.post_message(self.Toggled())

    def _say(self, line: Line) -> None:
        self.query_one("#memo-title", Lines).show([line])

    def replace(self, text: str) -> None:
        """Let the memo that is being edited be this; it is kept as what is typed is."""
        self.field.load_text(_plain(text))
        self.field.move_cursor(self.field.document.end)

    def say(self, sentence: str) -> None:
        """Show a sentence above the memo."""
        self._say(Line([(f" {sentence}", "warning")]))

    def take_key(self, key: str) -> bool:
        if key == "ctrl+g":
            self.post_message(self.EditorWanted())
        elif key in ("escape", "ctrl+s"):
            self.close()
        else:
            return False
        return True

    def close(self) -> None:
        """Keep what was typed and put the editor away; what can't be kept stays to be copied, until the next time."""
        text = self.field.text
        problem = self._keep(text) if text != self._shown else None
        if problem is not None:
            self._shown = text
            self._say(Line([(" escape drops this memo: ", "accent"), (problem, "error")]))
            return
        self.display = False
        self.screen.set_focus(None)
        self.post_message(self.Toggled())


def _plain(text: str) -> str:
    """The text in lines that are safe to show."""
    return "\n".join(shown(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
