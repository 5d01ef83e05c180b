"""Suggestions while one reads: another process looks for them, a thread takes in what it finds, the screens show it."""

from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.collector import keep, uncollected
from tui.errors import SuggestionError
from tui.model.article import Article
from tui.progress import StoppedError
from tui.session.judged import own_groups
from tui.session.suggesting import Prepared, prepare
from tui.suggest.cache import FOLDER
from tui.suggest.process import Step, SuggestionProcess
from tui.suggest.suggestion import Passage

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp

BEGIN_SECONDS = 0.3
"""How long the first screen is left alone before the other process is begun."""
AGAIN_SECONDS = 1.0
"""How long after a link the articles are looked through again, for the neighbours of its group."""
Groups = tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the other process found, or how far it has come; with neither it has come to its end, with an `error` to a
    bad one."""

    found: Prepared | None = None
    step: Step | None = None
    error: str = ""


class Proposing:
    """For one application and session. All but `_look` is done on the thread of the screens."""

    def __init__(self, app: "VariorumApp", *, is_wanted: bool) -> None:
        """`is_wanted`: whether suggestions are looked for at all."""
        self._app = app
        self._session = app.session
        self._is_wanted = is_wanted
        self._process: SuggestionProcess | None = None
        self._asked: tuple[tuple[Article, ...], Groups] | None = None
        """What was asked last."""
        self._timer: Timer | None = None
        self._is_due = False
        """Whether to look again as soon as it has come to its end."""
        self.is_reading = False
        self.has_failed = False
        self.status = ""
        """How far it is, or why there is nothing; empty where it is done."""

    def begin(self) -> None:
        """Look through the articles, a little after this."""
        if self._is_wanted:
            self.is_reading, self.status = True, "reading the articles"
            self._timer = self._app.set_timer(BEGIN_SECONDS, self._ask)

    def ask_again(self) -> None:
        """Records or articles changed: look again soon, if that may come to other suggestions. What did not change is
        not read again."""
        if not self._is_wanted or (self._asked is None and not self.has_failed):
            return
        if self.is_reading:
            self._is_due = True
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(AGAIN_SECONDS, self._ask)

    def finish(self) -> None:
        """End it."""
        self._is_wanted = False
        if self._timer is not None:
            self._timer.stop()
        if self._process is not None:
            self._process.stop()

    def _ask(self) -> None:
        wanted = (self._session.library.articles, own_groups(self._session))
        if not self._is_wanted or wanted == self._asked:
            return
        self._asked, self._is_due, self.is_reading, self.has_failed = wanted, False, True, False
        if self._process is None:
            # Reading leaves no trace: only where records are kept already, more is kept beside them.
            folder = self._session.workspace.store_folder
            self._process = SuggestionProcess(folder / FOLDER if folder.is_dir() else None)
        Thread(target=self._look, args=(self._process, *wanted), name="suggestions", daemon=True).start()

    def _look(self, process: SuggestionProcess, articles: tuple[Article, ...], groups: Groups) -> None:
        """Ask the other process. In a thread."""
        error = ""
        try:
            for answer in process.ask(articles, groups):
                if isinstance(answer, Step):
                    self._app.call_later(self.take, Proposed(step=answer))
                    continue
                with uncollected():
                    found = prepare(answer, self._session.articles)
                keep()
                self._app.call_later(self.take, Proposed(found=found))
        except StoppedError:
            return
        except SuggestionError as failure:
            error = str(failure)
        self._app.call_later(self.take, Proposed(error=error))

    def take(self, what: Proposed) -> None:
        """Show what was found, or how far it is."""
        if self._app.proposing is not self:  # another session is shown by now
            return
        if what.found is not None:
            self._app.rooms.suggested(self._session.suggestions.renew(what.found))
        elif what.step is not None:
            self.status = _said_of(what.step)
        else:
            self.is_reading, self.has_failed, self.status = False, bool(what.error), what.error
        self._app.rooms.suggesting()
        if not self.is_reading and self._is_due and not self.has_failed:
            self._is_due = False
            self.ask_again()


def _said_of(step: Step) -> str:
    if step.what == "articles":
        return f"reading article {step.done + 1} of {step.of}"
    return f"comparing: {step.done / max(1, step.of):.0%}"
