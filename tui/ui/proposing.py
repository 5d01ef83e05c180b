"""Suggestions while one reads: another process looks for them, a thread takes in what it finds, the screens show it."""

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from tui.suggest.process import SuggestionProcess
from tui.suggest.suggestion import Passage, Suggestion

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp

BEGIN_SECONDS = 0.3
"""How long the first screen is left alone before the other process is begun."""
AGAIN_SECONDS = 1.0
"""How long after a link the articles are looked through again, with the neighbours of its group."""
CACHE = "suggest"
"""The folder, below that of the store, in which is kept what was read of each text."""
Groups = tuple[tuple[Passage, ...], ...]


class Proposed(Message):
    """What the other process found, or how far it has come."""

    def __init__(
        self,
        proposing: "Proposing",
        run: int,
        *,
        found: tuple[Suggestion, ...] | None = None,
        status: str = "",
        is_end: bool = False,
        error: str = "",
    ) -> None:
        super().__init__()
        self.proposing = proposing
        self.run = run
        self.found = found
        self.status = status
        self.is_end = is_end
        self.error = error


class Proposing:
    """For one application and session. All but the thread's own work is done on the thread of the screens."""

    def __init__(self, app: "VariorumApp", *, is_wanted: bool) -> None:
        """`is_wanted`: whether suggestions are looked for at all."""
        self._app = app
        self._session = app.session
        self._is_wanted = is_wanted
        self._run = 0
        """The number of the latest time that articles are looked through; what earlier ones say is heard no more."""
        self._process: SuggestionProcess | None = None
        self._groups: Groups = ()
        """The duplicate groups that the latest run knew."""
        self._timer: Timer | None = None
        self.is_reading = False
        self.has_failed = False
        self.status = ""
        """How far it is, or why there is nothing; empty where it is done."""

    def begin(self) -> None:
        """Look through the articles, a little after this."""
        if self._is_wanted:
            self.is_reading, self.status = True, "reading the articles"
            self._wait(BEGIN_SECONDS)

    def ask_again(self) -> None:
        """Records changed: look again soon, if there are other groups than the latest run knew."""
        if self._is_wanted and not self.is_reading:
            self._wait(AGAIN_SECONDS)

    def renew(self) -> None:
        """Articles are others than before: look through them; what did not change is not read again."""
        if self._is_wanted:
            self._stop()
            self._groups = ()
            self.begin()

    def finish(self) -> None:
        """End it."""
        self._is_wanted = False
        self._stop()

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(seconds, self._start)

    def _stop(self) -> None:
        self._run += 1
        if self._timer is not None:
            self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _start(self) -> None:
        groups = self._present_groups()
        if not self._is_wanted or (self._run and not self.is_reading and groups == self._groups):
            return
        self._stop()
        self._groups, self.is_reading = groups, True
        run = self._run
        articles = tuple(self._session.library.articles)
        # Reading leaves no trace: only where records are kept already, more is kept beside them.
        folder = self._session.workspace.store_folder
        cache = folder / CACHE if folder.is_dir() else None
        Thread(target=self._look, args=(run, articles, groups, cache), name="suggestions", daemon=True).start()

    def _present_groups(self) -> Groups:
        """One's own duplicate groups, as passages of the articles of now."""
        seen, articles = self._session.seen, self._session.articles
        found = []
        for group in self._session.records.groups():
            claims = (claim for id in group.claims if (claim := seen.claim(id)) is not None)
            standing = [one for one in claims if one.article in articles and one.stands_in(articles[one.article].text)]
            passages = sorted((one.article, one.span, one.exact) for one in standing)
            if len(passages) > 1:
                found.append(tuple(Passage(*passage) for passage in passages))
        return tuple(sorted(found, key=lambda group: (group[0].article, group[0].span)))

    # --- in the thread ---

    def _look(self, run: int, articles: tuple[object, ...], groups: Groups, cache: Path | None) -> None:
        raise NotImplementedError

    def _tell(self, run: int, **what: object) -> None:
        self._app.post_message(Proposed(self, run, **what))  # type: ignore[arg-type]

    # --- what it says ---

    def take(self, event: Proposed) -> None:
        """Show what was found."""
        if event.run != self._run:
            return
        self.status = event.status
        if event.is_end:
            self.is_reading, self._process = False, None
            self.has_failed = bool(event.error)
            self.status = event.error
        if event.found is not None:
            self._app.rooms.suggested(self._session.suggestions.renew(event.found))
        else:
            self._app.rooms.suggested(frozenset())
        if event.is_end:
            self.ask_again()
