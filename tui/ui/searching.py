"""Asking for words to search for, the same way everywhere, and what was searched for so far."""

from collections.abc import Callable

from tui.errors import RefusedError
from tui.text.search import Query, query_of
from tui.ui.widgets.prompt import Prompt

TOGGLE = "ctrl+r"
"""The key, in the prompt, between words as they stand and regular expressions; `less` has it too."""
REMEMBERED = 50
"""How many searches can be gone back to."""


class Searches:
    """What was searched for since the application was opened."""

    def __init__(self) -> None:
        self.is_pattern = False
        """Whether what is typed is a regular expression."""
        self.last: Query | None = None
        self._words: list[str] = []
        """Each once, the latest at the end."""

    def remember(self, query: Query) -> None:
        self.last = query
        if query.words in self._words:
            self._words.remove(query.words)
        self._words = [*self._words, query.words][-REMEMBERED:]

    def ask(
        self,
        prompt: Prompt,
        label: str,
        value: str,
        answer: Callable[[Query], str | None],
        *,
        live: Callable[[Query | None], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Ask for what to search for. `live` gets it while it is typed, None while there is nothing or it is wrong;
        an empty line means the last search."""
        _Asking(self, prompt, answer, live or (lambda _query: None), cancelled or (lambda: None)).ask(label, value)

    @property
    def note(self) -> str:
        """What to know while typing."""
        now = "regular expression" if self.is_pattern else "words"
        other = "words" if self.is_pattern else "regular expression"
        earlier = "   up: earlier" if self._words else ""
        return f"{now}   {TOGGLE}: {other}{earlier}   escape: back"

    def earlier(self, position: int) -> str | None:
        """What was searched for so many searches ago, from 1; None where there is none."""
        return self._words[-position] if 0 < position <= len(self._words) else None


class _Asking:
    """One question for what to search for."""

    def __init__(
        self,
        searches: Searches,
        prompt: Prompt,
        answer: Callable[[Query], str | None],
        live: Callable[[Query | None], None],
        cancelled: Callable[[], None],
    ) -> None:
        self._searches = searches
        self._prompt = prompt
        self._answer = answer
        self._live = live
        self._cancelled = cancelled
        self._back = 0
        """How many searches ago what stands there was searched for; 0: it was typed now."""
        self._typed = ""
        """What was typed before earlier searches were gone through."""
        self._was_pattern = searches.is_pattern

    def ask(self, label: str, value: str) -> None:
        self._prompt.ask(
            label,
            value,
            self._take,
            note=self._searches.note,
            live=self._changed,
            cancelled=self._leave,
            keys={TOGGLE: self._toggle, "up": lambda: self._go(1), "down": lambda: self._go(-1)},
            is_selected=True,
        )

    def _query(self, typed: str) -> Query | None:
        """Raises RefusedError where it is wrong."""
        return query_of(typed, is_pattern=self._searches.is_pattern) if typed.strip() else None

    def _changed(self, typed: str) -> None:
        try:
            query = self._query(typed)
        except RefusedError as error:
            self._prompt.note(str(error), "error")
            self._live(None)
        else:
            self._prompt.note(self._searches.note)
            self._live(query)

    def _take(self, typed: str) -> str | None:
        try:
            query = self._query(typed) or self._searches.last
        except RefusedError as error:
            return str(error)
        if query is None:
            return "nothing was searched for yet: type what to search for"
        if (problem := self._answer(query)) is None:
            self._searches.remember(query)
            self._searches.is_pattern = query.is_pattern
        return problem

    def _leave(self) -> None:
        self._searches.is_pattern = self._was_pattern
        self._cancelled()

    def _toggle(self) -> None:
        self._searches.is_pattern = not self._searches.is_pattern
        self._changed(self._prompt.field.value)

    def _go(self, step: int) -> None:
        if self._back == 0:
            self._typed = self._prompt.field.value
        words = self._searches.earlier(self._back + step)
        if words is not None:
            self._back += step
            self._prompt.put(words)
        elif self._back + step == 0:
            self._back = 0
            self._prompt.put(self._typed)
