"""A small list near the cursor, each choice with its letter; it goes away at one key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from tui.text.cells import cells, fit, plain_line
from tui.ui.keys import key_of
from tui.ui.palette import Palette
from tui.ui.signs import SIGNS
from tui.ui.widgets.lines import Line, Piece, strip_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SCRAPS = 6
"""Cells right of a picker that are too few to show words of the text: it covers them."""

_MEASURED = 200
"""Choices that the width goes by: the first of many."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick."""

    value: str
    label: str
    letter: str = ""
    """The key that picks it; empty: the next letter that is free."""
    detail: str = ""
    colour: str = ""
    on: bool = False
    """Whether it holds already: shown with a sign."""


def lettered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices, each with a letter of its own as long as there are letters."""
    taken = {choice.letter for choice in choices}
    free = [letter for letter in reversed(LETTERS) if letter not in taken]
    # Of ten thousand articles most are as they were.
    return tuple(replace(choice, letter=free.pop()) if free and not choice.letter else choice for choice in choices)


class Picker(Widget):
    """Hidden until `ask` is called. The screen hands it the keys while it is open.

    A letter picks and closes. Where several may be picked, shift and the letter does so and stays. `/` begins to
    filter by words; the arrows and enter take the highlighted one. Any other key than these and escape is refused.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._title = ""
        self._choices: tuple[Choice, ...] = ()
        self._found: list[Choice] = []
        """The choices that hold the words of the filter."""
        self._answer: Callable[[str, bool], object] = lambda _value, _stay: None
        self._several = False
        self._clear: int | None = None
        self._look: Callable[[str], object] | None = None
        self._cancelled: Callable[[], object] | None = None
        self._words: str | None = None
        self._highlighted = 0
        self._palette: Palette | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def ask(
        self,
        title: str,
        choices: Sequence[Choice],
        answer: Callable[[str, bool], object],
        *,
        near: Offset,
        several: bool = False,
        look: Callable[[str], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        clear: int | None = None,
    ) -> None:
        """Show the choices near a cell of the screen and call `answer(value, stay)` for what is picked; `stay` is
        true where the picker remains open for more. `look` is called with each choice that is gone to, before it is
        picked; `cancelled` where none is. From the row `clear` on down the screen is left to be seen, where there is
        room above."""
        self._title, self._choices, self._answer = title, lettered(choices), answer
        self._several, self._words, self._highlighted = several, None, 0
        self._look, self._cancelled = look, cancelled
        if look is not None:  # what is seen now is where one begins
            self._highlighted = next((at for at, choice in enumerate(self._choices) if choice.on), 0)
        self._clear = clear
        self._find()
        self.place(near)
        self.display = True
        self.refresh()

    @property
    def possible(self) -> str:
        """What may be pressed, as words."""
        if self._words is not None:
            return "type to filter, enter takes one, escape"
        return f"a letter{', shift+letter' if self._several else ''}, / to filter, enter, escape"

    def update(self, choices: Sequence[Choice]) -> None:
        """Show the same choices as they are now."""
        self._choices = lettered(choices)
        self._find()
        self.refresh()

    def close(self) -> None:
        """Put it away without an answer."""
        was_open, self.display = self.is_open, False
        if was_open and self._cancelled is not None:
            self._cancelled()

    def place(self, near: Offset) -> None:
        """Stand near this cell of the screen, below it where there is room."""
        screen = self.screen.size
        height = max(3, min(len(self._choices) + 2, screen.height - 4))
        measured = self._choices[:_MEASURED]
        longest = max((cells(plain_line(f"{c.label}  {c.detail}")) for c in measured), default=0)
        width = max(8, min(max(longest + 8, cells(self._title) + 4, len(self._foot(1)) + 2), screen.width - 4, 76))
        self.styles.width, self.styles.height = width, height
        x = max(0, min(near.x, screen.width - width - 1))
        if screen.width - x - width < _SCRAPS:
            width = screen.width - x
        bottom = self._clear if self._clear is not None and near.y > height else screen.height - 1
        y = near.y + 1 if near.y + 1 + height <= bottom else max(1, near.y - height)
        self.styles.offset = (x, y)

    def _find(self) -> None:
        words = (self._words or "").casefold().split()
        self._found = [c for c in self._choices if all(word in f"{c.label} {c.detail}".casefold() for word in words)]

    def press(self, event: events.Key) -> bool:
        """Take a key; False if it means nothing here."""
        key = key_of(event.key, event.character)
        found = self._found
        if key in ("down", "up", "tab", "ctrl+n", "ctrl+p"):
            step = -1 if key in ("up", "ctrl+p") else 1
            self._highlighted = (self._highlighted + step) % max(1, len(found))
            if found and self._look is not None:
                self._look(found[self._highlighted].value)
        elif key == "enter":
            if not found:
                return False
            self._pick(found[min(self._highlighted, len(found) - 1)], stay=False)
        elif self._words is not None:
            if key == "backspace":
                self._words = self._words[:-1]
            elif event.character is not None and event.character.isprintable():
                self._words += event.character
            else:
                return False
            self._highlighted = 0
            self._find()
        elif key == "/":
            self._words = ""
        else:
            return self._by_letter(key)
        self.refresh()
        return True

    def _by_letter(self, key: str) -> bool:
        letters = {choice.letter: choice for choice in self._choices if choice.letter}
        if key in letters:
            self._pick(letters[key], stay=False)
            return True
        if self._several and key == key.upper() and key.lower() in letters:
            self._pick(letters[key.lower()], stay=True)
            return True
        return False

    @property
    def _first(self) -> int:
        """The position of the first choice that is shown, where there are more than rows."""
        room = max(1, self.size.height - 2)
        return max(0, min(self._highlighted - room + 1, len(self._found) - room))

    def _pick(self, choice: Choice, *, stay: bool) -> None:
        if not stay:
            self.display = False
        self._answer(choice.value, stay)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette = None

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self.app)
        width, height = self.size
        found = self._found
        first = self._first
        is_highlighted = first + y - 1 == self._highlighted and 0 < y < height - 1
        if y == 0:
            head: list[Piece] = [(f" {self._title}", "bold")]
            if self._words is not None:
                head += [("  /", "accent"), (f"{self._words}{SIGNS.caret}", "foreground")]
            line = Line(head)
        elif y == height - 1:
            line = Line([(self._foot(len(found)), "quiet")])
        elif first + y - 1 < len(found):
            choice = found[first + y - 1]
            at = SIGNS.pointer if is_highlighted else " "
            on = SIGNS.check if choice.on else " "
            # A long label leaves room for what is said of it.
            room = max(width * 3 // 5, width - 9 - cells(choice.detail)) if choice.detail else width - 8
            line = Line(
                [
                    (f"{at}{on} ", "accent"),
                    (choice.letter if self._words is None else " ", f"{choice.colour or 'accent'} bold"),
                    (f"  {fit(plain_line(choice.label), room)}", "foreground"),
                    (f"  {choice.detail}", "quiet"),
                ]
            )
        else:
            line = Line()
        return strip_of(line, width, self._palette, "on-select-ground" if is_highlighted else "on-panel")

    def _foot(self, found: int) -> str:
        if self._words is not None:
            return " enter takes it  esc closes" if found else " nothing found  esc closes"
        if self._several:
            return " letter sets  shift+letter adds, stays  esc closes"
        return " letter picks  / filters  esc closes"

    def on_click(self, event: events.Click) -> None:
        event.stop()
        row = event.y - 1
        found = self._found[self._first :]
        if 0 <= row < min(len(found), self.size.height - 2):
            self._pick(found[row], stay=False)
