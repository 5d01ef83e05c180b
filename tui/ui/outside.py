"""What leaves the application for a while: the reader's editor, and articles whose files change meanwhile."""

import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui import editor
from tui.errors import RefusedError, VariorumError
from tui.exchange.anchoring_words import open_sentence
from tui.model.article import Article
from tui.session.rereading import Reread, Watch, line_in_file, reread, take
from tui.session.surroundings import Surroundings
from tui.text.cells import fit, plain_line
from tui.text.quotations import quoted
from tui.ui import messages
from tui.ui.actions import key_for
from tui.ui.screens.base import TITLED
from tui.ui.widgets.prompt import MemoEditor

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp


class Outside:
    """For one application and session. What takes time is done in threads, which tell the application by messages."""

    def __init__(self, app: "VariorumApp") -> None:
        self._app = app
        self._session = app.session
        self._watch: Watch | None = None
        self._surroundings: Surroundings | None = None
        self.outdated: frozenset[Article] = frozenset()
        """Articles as they are shown whose files hold something else by now; the reader was told of each."""

    @property
    def watch(self) -> Watch:
        if self._watch is None:
            self._watch = Watch(self._session.workspace, self._session.began)
        return self._watch

    # --- the editor ---

    def _in_terminal(self, command: Sequence[str]) -> str | None:
        """Give the terminal to this command until it ends; what went wrong, if anything did."""
        try:
            # What is raised in there would leave the terminal as it is.
            with self._app.suspend():
                return editor.run(command)
        except SuspendNotSupported:
            return "no editor can be opened from this terminal"

    def edit_memo(self, memo: MemoEditor) -> None:
        """Let the memo that is open be written on in the editor."""
        try:
            edited = editor.edit(memo.field.text, os.environ, self._in_terminal)
        except RefusedError as error:
            memo.say(str(error))
            return
        if edited.text is not None:
            memo.replace(edited.text)
        if edited.problem is not None:
            memo.say(edited.problem)

    def edit_article(self, article: Article, offset: int) -> None:
        """Open an article's file in the editor, at this offset of its text, and show what was changed there.

        Raises:
            RefusedError: there is no editor.
        """
        workspace = self._session.workspace
        line = line_in_file(workspace, article, offset)
        problem = self._in_terminal(editor.command_for(workspace.root / article.file, os.environ, line=line))
        self._reread_changed([article], problem or "the article's file is as it was")

    # --- articles that changed ---

    def look(self, shown: Sequence[Article], key: str) -> None:
        """Look whether the files of these articles changed, tell of each once, and mark it until it is read anew; this
        key does that. From any thread."""
        before = self.outdated
        now = before.difference(shown) | frozenset(self.watch.changed(shown))
        if before == now:
            return
        self._mark(now)
        for article in shown:
            if article in now - before:
                self._app.tell(self._session, f"{_changed(article)}: {key} reads it anew")

    def refuse_changed(self, articles: Sequence[Article], key: str) -> None:
        """Nothing is decided on words that the files may not hold any more; this key reads them anew.

        Raises:
            RefusedError: the file of one of these articles holds something else than is shown.
        """
        changed = self.watch.changed(articles)
        if changed:
            self._mark(self.outdated.union(changed))
            raise RefusedError(f"{_changed(changed[0])}, and nothing was recorded: {key} reads it anew first")

    def _mark(self, outdated: frozenset[Article]) -> None:
        self.outdated = outdated
        self._app.call_later(self._app.rooms.reader.count_open)

    def look_around(self) -> None:
        """Look whether what is read only at the start changed, and tell of it once. From any thread, one at a time."""
        if self._surroundings is None:
            self._surroundings = Surroundings(self._session)
        elif changed := self._surroundings.look():
            self._app.tell(self._session, f"{changed}: {key_for('quit')} and start anew to have it")

    def reread(self, articles: Sequence[Article]) -> None:
        """Show those of these articles anew whose files changed."""
        self._reread_changed(articles, "no file of these articles changed on disk")

    def _reread_changed(self, articles: Sequence[Article], otherwise: str) -> None:
        def work() -> None:
            changed = self.watch.changed(articles)
            self.outdated |= frozenset(changed)
            if not changed:
                self._app.tell(self._session, otherwise)
                return
            try:
                self._app.post_message(messages.Reread(self._session, reread(self._session, changed)))
            except VariorumError as error:
                self._app.tell(self._session, str(error))

        self._app.run_worker(work, thread=True, group="reread", exclusive=True)

    def take(self, fresh: Reread) -> None:
        """Show articles that were read anew, and say what has to be settled by that."""
        session = self._session
        before = {id: session.articles[id].text for id in fresh.articles}
        try:
            changed = take(session, fresh)
        except VariorumError as error:
            self._app.say(str(error))
            return
        self._app.way.follow(before)
        self._app.renew_articles(changed)
        self._app.seek()
        waiting = [placed.outcome for id in changed for placed in session.desk.view.open_in(id)]
        settle = open_sentence(Counter(waiting))
        more = f"; {settle}: {key_for('reader.settle')} goes to each" if settle else ""
        self._app.say(f"read anew from disk{more}", "warning" if settle else "foreground")


def _changed(article: Article) -> str:
    title = quoted(fit(plain_line(article.title.value), TITLED))
    return f"the file of {title} changed on disk"
