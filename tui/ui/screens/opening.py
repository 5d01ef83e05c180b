"""What is seen first: the frame of the Library while the workspace is read, which for thousands of articles takes a
while. This room imports as little as it can: all that it needs stands between the start and the first paint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.progress import Progress, StoppedError
from tui.text.numbers import spaced
from tui.ui.handing_on import consume, repeated
from tui.ui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from tui.session.session import Session

TELLING_SECONDS = 0.1
"""How often it is told how far the reading is."""
MOST_HELD = 100
"""Keys typed ahead that are kept: a keyboard that something lies on is no reader."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A workspace that is about to be opened."""

    title: str
    annotator: str
    open: Callable[[Progress], "Session"]
    """Slow, and called in a thread; what it raises ends the application."""


class OpeningScreen(Screen[None]):
    """Shows how far the reading is, and keeps the keys that are typed meanwhile."""

    AUTO_FOCUS = ""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._how_far: tuple[str, int, int] | None = None
        self._is_stopped = False
        self._held: list[events.Key] | None = []
        """Keys for the screen that comes; None: it is there."""
        self._may_leave = True
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

    def on_key(self, event: events.Key) -> None:
        consume(event)
        if self._held is None:
            self._pass_on(event)
        elif self._may_leave and event.key in ("q", "Q", "ctrl+q", "ctrl+c"):
            self.app.exit("")
        elif len(self._held) < MOST_HELD:
            self._held.append(event)

    def hold_keys(self) -> None:
        """A workspace is open, and its screen is being made: all keys are for that, those that leave too."""
        self._may_leave = False
        self._held = self._held or []

    def let_go_of_keys(self) -> None:
        """Hand the keys that were typed ahead to the screen that is there now, in order."""
        self._timer.stop()
        held, self._held = self._held or [], None
        for event in held:
            self._pass_on(event)

    def _pass_on(self, event: events.Key) -> None:
        self.app.screen.post_message(repeated(event))
