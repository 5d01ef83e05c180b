"""What others write into the workspace while it is open, brought to the screen: colleagues' YAML, and one's own."""

import os
from typing import TYPE_CHECKING

from tui.errors import RefusedError
from tui.model.records import Claim, Contradiction, DuplicateGroup
from tui.session import colleagues
from tui.session.colleagues import Arrived, OwnFiles
from tui.session.newness import Begun
from tui.text.cells import fit, plain_line
from tui.text.quotations import quoted
from tui.ui import messages
from tui.ui.actions import key_for
from tui.ui.messages import NewKnown
from tui.ui.open_claims import count_of
from tui.ui.reading import Colleagues
from tui.ui.screens.base import TITLED, BaseScreen
from tui.ui.team_words import said_of_new

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp
    from tui.ui.screens.library import LibraryScreen
    from tui.ui.screens.reader import ReaderScreen


class Team:
    """For one application and session."""

    def __init__(self, app: "VariorumApp", library: "LibraryScreen", reader: "ReaderScreen") -> None:
        self._app = app
        self._library = library
        self._reader = reader
        self._has_begun = False
        self._session = app.session
        self._own = OwnFiles(app.session)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being typed or picked that a change of one's own records would go past."""
        own = (screen for screen in self._app.screen_stack if isinstance(screen, BaseScreen))
        return not any(each.memo.is_open or each.prompt.is_open or each.picker.is_open for each in own)

    def look(self, *, is_idle: bool) -> None:
        """Read what changed on disk. From any thread, one at a time.

        Raises:
            StoreError: what was done here before is not on disk.
        """
        if not self._has_begun:
            self._has_begun = True
            begun = self._session.new.begin(self._app.keeper.state.seen)
            self._app.post_message(NewKnown(self, begun))
        arrived = colleagues.look(self._session)
        if arrived is not None:
            self._app.post_message(messages.Arrived(self, arrived))
        report = self._own.look(os.environ) if is_idle else None
        if report is not None:
            open = f"; {count_of(report.conflicts)}: {key_for('reader.settle')} goes there" if report.conflicts else ""
            style = "quiet" if not (report.sentences or open) else "warning"
            self._app.tell(self._session, f"your YAML changed on disk: {report}{open}", style)

    def take(self, arrived: Arrived) -> None:
        """Show it."""
        came = colleagues.take(self._session, arrived)
        if arrived.problems:
            more = len(arrived.problems) - 1
            self._app.say(f"{arrived.problems[0]}{f' (and {more} more: variorum check)' if more else ''}")
        elif came:
            self._app.say(f"{said_of_new(came)}: {key_for('next_new')} goes there", "quiet")

    # --- what is new ---

    def take_new(self, begun: Begun) -> None:
        """It is known now what is new: mark it, and say how much there is, unless something was to be said already."""
        new = self._session.new
        self.saw(new.take(begun))
        if new and not self._session.notices:
            self._app.say(f"{said_of_new(new.counts())}: {key_for('next_new')} goes there", "quiet")

    def saw(self, articles: frozenset[str]) -> None:
        """Draw these articles: what is new in them is not what it was."""
        if not articles:
            return
        self._reader.mark_again(articles)
        self._library.data_changed(articles)
        if self._app.screen is self._library:
            self._library.refresh_header()
            self._library.refresh_last()

    def go_to_new(self) -> None:
        """Go to the next new record after the cursor, in this article, then in the others.

        Raises:
            RefusedError: there is none, or colleagues' records are hidden.
        """
        session, reader = self._session, self._reader
        if self._reader.colleagues is Colleagues.HIDDEN:
            raise RefusedError(f"colleagues' records are hidden: {key_for('reader.colleagues')} shows them")
        is_reading = self._app.screen is not self._library and bool(reader.columns)
        here = reader.column.article.id if is_reading else self._library.article_here().id
        offset = reader.column.statement.start if is_reading else 0
        passed = reader.new_here if is_reading else ()
        found = session.new.next_after(here, offset, passed)
        if found is None:
            raise RefusedError(f"nothing {'else ' if passed else ''}is new: you have seen what colleagues recorded")
        article, place = found
        claim = session.record(*place.claim)
        link = session.record(*place.link) if place.link is not None else None
        if not isinstance(claim, Claim):
            raise RefusedError("this record is not there any more")
        self._app.rooms.show_record(claim, link if isinstance(link, Contradiction | DuplicateGroup) else None)
        title = plain_line(session.articles[article].title.value)
        where = f", in {quoted(fit(title, TITLED))}" if article != here or not is_reading else ""
        self._app.say(f"new from {place.key[0]}{where}", "quiet")

    def see_all(self) -> None:
        """Everything new counts as seen.

        Raises:
            RefusedError: nothing is new.
        """
        new = self._session.new
        if not new:
            raise RefusedError("nothing is new")
        words = said_of_new(new.counts())
        self.saw(new.see_all())
        self._reader.see_here()
        self._app.say(f"seen: {words}")
