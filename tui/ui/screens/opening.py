"""What is seen first: the frame of the Library while the workspace is read, which for thousands of articles takes a
while. This room imports as little as it can: all that it needs stands between the start and the first paint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tui.progress import Progress, StoppedError
from tui.text.numbers import spaced
from tui.ui.typed import TypedScreen, Typing
from tui.ui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from tui.session.session import Session

TELLING_SECONDS = 0.1
"""How often it is told how far the reading is."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A workspace that is about to be opened."""

    title: str
    annotator: str
    open: Callable[[Progress], "Session"]
    """Slow, and called in a thread; what it raises ends the application."""


class OpeningScreen(TypedScreen):
    """Shows how far the reading is; keys that are typed meanwhile are for the screen that comes."""

    AUTO_FOCUS = ""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._how_far: tuple[str, int, int] | None = None
        self._is_stopped = False
        self._header = Lines(id="header")
        self._last = Lines(id="last")

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._last

    def on_mount(self) -> None:
        self._header.show(
            [Line([(f" {self._opening.title}", "quiet bold"), (f" · reading as {self._opening.annotator}", "faint")])]
        )
        self._last.show([Line([(" opening …", "quiet")], [("q leaves ", "faint")])])
        self._timer = self.set_interval(TELLING_SECONDS, self._tell)

    def _tell(self) -> None:
        if self._how_far is not None:
            what, done, of = self._how_far
            words = f" reading {spaced(done)} of {spaced(of)} {what} …"
            self._last.show([Line([(words, "quiet")], [("q leaves ", "faint")])])

    def on_unmount(self) -> None:
        self._is_stopped = True

    # --- from the thread that opens ---

    def progress(self, what: str, done: int, of: int) -> None:
        """Note how far it is.

        Raises:
            StoppedError: the application has ended.
        """
        if self._is_stopped:
            raise StoppedError
        self._how_far = (what, done, of)

    # --- keys ---

    @property
    def holds_keys(self) -> bool:
        return True

    def takes_at_once(self, event: Typing) -> bool:
        leaves = isinstance(event, events.Key) and event.key in ("q", "Q", "ctrl+q", "ctrl+c")
        if leaves:
            self.app.exit("")
        return leaves

    def on_screen_suspend(self) -> None:
        """The workspace is open, and its screen is there."""
        self._timer.stop()
