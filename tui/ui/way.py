"""Going back and forward through the places one jumped from: what the screens tell of a jump, and what the keys do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.errors import RefusedError
from tui.model.span import Span
from tui.session.rereading import offset_now
from tui.ui.places import Place, Places, Stop
from tui.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp
    from tui.ui.screens.reader import ReaderScreen


KNOWN_BY = 40
"""Characters by which a place is known again in an article that was read anew."""


class Way:
    """The way a reader took through the application."""

    def __init__(self, app: "VariorumApp", library: BaseScreen, reader: "ReaderScreen") -> None:
        self._app = app
        self._library = library
        self._reader = reader
        self._is_going = False
        self.places = Places()

    @contextmanager
    def going(self, run: str = "") -> Iterator[None]:
        """All that is done inside is one jump, which `<` takes back; steps of one `run` are one jump together."""
        if self._is_going:
            yield
            return
        left = [stop for stop in (self._reader.here, self._screen()) if stop is not None]
        self._is_going = True
        try:
            yield
        finally:
            self._is_going = False
            self.places.moved(left, self._reader.here, run)

    def forget_panes(self) -> None:
        """The reader opens or closes a pane by hand: going back leaves it so."""
        places = self.places.stops
        self.places.stops = [replace(stop, panes=()) if isinstance(stop, Place) else stop for stop in places]

    def follow(self, before: Mapping[str, str]) -> None:
        """Articles that had these texts, by id, were read anew: let places in them be where their words are now."""
        for number, stop in enumerate(self.places.stops):
            if isinstance(stop, Place) and stop.article in before:
                text, now = before[stop.article], self._app.session.articles[stop.article].text
                words = Span(stop.offset, min(stop.offset + KNOWN_BY, len(text)))
                self.places.stops[number] = replace(stop, offset=offset_now(text, now, words))

    def step(self, by: int) -> None:
        """Go so many places back (negative) or forward, and say which it is.

        Raises:
            RefusedError: there is none.
        """
        if by < 0 and self._own() is self._library and self._reader.has_panes:
            # From the Library the first step back is into the text, as it was left.
            by += 1
            if not by:
                self._app.rooms.show_panes()
                self._app.say("back in the text", "quiet")
                return
        articles = self._app.session.articles
        self.places.keep(lambda stop: not isinstance(stop, Place) or stop.article in articles)
        stop = self.places.step(self._stop(), by)
        if stop is None:
            raise RefusedError("this is the first place" if by < 0 else "this is the last place")
        self._go(stop)
        word = "back" if by < 0 else "forward"
        self._app.say(f"{word}: {self.places.here + 1} of {len(self.places.stops)}", "quiet")

    def _go(self, stop: Stop) -> None:
        self._is_going = True
        try:
            if isinstance(stop, Place):
                self._app.rooms.return_to(stop)
            elif isinstance(stop, BaseScreen):
                self._app.rooms.show(stop)
        finally:
            self._is_going = False

    def _stop(self) -> Stop | None:
        """Where one is now; None where nothing was opened yet."""
        return self._screen() or self._reader.here

    def _screen(self) -> BaseScreen | None:
        """The screen that lies above the Reader, or stands in its place."""
        screen = self._own()
        return None if screen is self._reader or screen is self._library else screen

    def _own(self) -> BaseScreen | None:
        return next((screen for screen in reversed(self._app.screen_stack) if isinstance(screen, BaseScreen)), None)
