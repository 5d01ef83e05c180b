"""Typing: one line in place of the hints, or a memo in place of the strip."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from tui.text.cells import shown
from tui.ui.widgets.lines import Line, Lines


class _Names(Suggester):
    """Completes the last name of a chain `first > second` from names in use."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = tuple(names)

    async def get_suggestion(self, value: str) -> str | None:
        head, mark, last = value.rpartition(">")
        begun = last.lstrip()
        if not begun:
            return None
        for name in self._names:
            if name.casefold().startswith(begun.casefold()) and name != begun:
                space = last[: len(last) - len(begun)]
                return head + mark + space + begun + name[len(begun) :]
        return None


class _PlainInput(Input):
    """An input that lets nothing in that the terminal would obey."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(shown(" ".join(event.text.split("\n")).strip()))


class Prompt(Horizontal):
    """One line of typing. `answer` gets what was typed and says what is wrong with it, or None when it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._answer: Callable[[str], str | None] = lambda _text: None
        self._live: Callable[[str], None] = lambda _text: None
        self._cancelled: Callable[[], None] = lambda: None
        self._before = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="prompt-label")
        yield _PlainInput(compact=True, id="prompt-input")
        yield Lines(id="prompt-note")

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
    ) -> None:
        """Ask for a line, `value` standing there to begin with; `live` is called at every change."""
        self._answer = answer
        self._live = live or (lambda _text: None)
        self._cancelled = cancelled or (lambda: None)
        self._before, self._shown = value, shown(value)
        words = self.query_one("#prompt-label", Lines)
        words.styles.width = len(label) + 2
        words.show([Line([(f" {label} ", "accent")])])
        self._note(note, "quiet")
        field = self.query_one(_PlainInput)
        field.suggester = _Names(names) if names else None
        with self.prevent(Input.Changed):
            field.value = self._shown
        field.cursor_position = len(self._shown)
        self.display = True
        field.focus()

    def _note(self, note: str, style: str) -> None:
        words = self.query_one("#prompt-note", Lines)
        words.styles.width = min(len(note) + 2, max(10, self.screen.size.width // 2)) if note else 0
        words.show([Line([(f" {note}", style)])])

    def close(self) -> None:
        """Put it away without an answer."""
        self.display = False
        self.screen.set_focus(None)
        self._cancelled()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._live(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = self._before if event.value == self._shown else event.value
        problem = self._answer(text)
        if problem is not None:
            self._note(problem, "error")
            return
        self.display = False
        self.screen.set_focus(None)


class MemoEditor(Vertical):
    """A memo in several lines, in place of the strip; escape or ctrl+s keeps it, undo takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._keep: Callable[[str], None] = lambda _text: None
        self._before = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="memo-title")
        yield TextArea(id="memo-text", soft_wrap=True, compact=True, highlight_cursor_line=False, tab_behavior="focus")

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def ask(self, title: str, value: str, keep: Callable[[str], None]) -> None:
        self._keep, self._before = keep, value
        self._shown = "\n".join(shown(line) for line in value.split("\n"))
        self.query_one("#memo-title", Lines).show(
            [Line([(f" {title}", "accent")], [("escape or ctrl+s keeps it ", "quiet")])]
        )
        editor = self.query_one(TextArea)
        editor.text = self._shown
        editor.move_cursor(editor.document.end)
        self.display = True
        editor.focus()

    def close(self) -> None:
        """Keep what was typed and put the editor away."""
        text = self.query_one(TextArea).text
        self.display = False
        self.screen.set_focus(None)
        clean = "\n".join(shown(line) for line in text.split("\n"))
        self._keep(self._before if text == self._shown else clean)
