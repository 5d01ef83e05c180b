"""The screens of an open session, and going from one to another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.errors import RefusedError
from tui.model.article import Article
from tui.model.records import Claim, Link, Remark
from tui.model.span import Span
from tui.ui.actions import key_for
from tui.ui.reading import Colleagues
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen

if TYPE_CHECKING:
    from tui.session.comparing import Anchor
    from tui.session.conflicting import Dispute
    from tui.suggest.suggestion import Suggestion
    from tui.text.search import Query
    from tui.ui.app import VariorumApp
    from tui.ui.places import Place
    from tui.ui.screens.comparison import ComparisonScreen
    from tui.ui.screens.concordance import ConcordanceScreen
    from tui.ui.screens.settling import SettlingScreen
    from tui.ui.screens.suggestions import SuggestionsScreen
    from tui.ui.widgets.article_list import Row
    from tui.ui.widgets.lines import Line


def warm_rooms() -> None:
    """Import what the keys that lead to other screens would wait for."""
    import tui.ui.screens.comparison
    import tui.ui.screens.concordance
    import tui.ui.screens.help
    import tui.ui.screens.settling
    import tui.ui.screens.suggestions  # noqa: F401


class Rooms:
    """The Library, the Reader above it, and what is made when it is first asked for: concordance, comparison and
    suggestions and settling above both. There is one of each, which keeps its state while others are shown."""

    def __init__(self, app: "VariorumApp", rows: "Mapping[str, Row] | None") -> None:
        """`rows` as the Library takes them."""
        self._app = app
        self.library = LibraryScreen(rows)
        self.reader = ReaderScreen()
        self.concordance: ConcordanceScreen | None = None
        """None: nothing was sought yet."""
        self.comparison: ComparisonScreen | None = None
        """None: nothing was compared yet."""
        self.suggestions: SuggestionsScreen | None = None
        """None: it was not asked for yet."""
        self.settling: SettlingScreen | None = None
        """None: there was nothing to settle yet."""

    async def show_first(self) -> None:
        """Show the Library, above what the application begins with."""
        self._app.install_screen(self.reader, "reader")
        await self._app.push_screen(self.library)

    async def take_away(self) -> None:
        """Leave all of them for good."""
        app = self._app
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        for screen in (self.reader, self.concordance, self.comparison, self.suggestions, self.settling):
            if screen is not None:
                app.uninstall_screen(screen)
                if screen.is_running:
                    await screen.remove()

    @property
    def top(self) -> BaseScreen:
        """The uppermost of our own, below help or palette."""
        own = (screen for screen in reversed(self._app.screen_stack) if isinstance(screen, BaseScreen))
        return next(own, self.library)

    def shown_articles(self) -> list[Article]:
        """Those whose text is read just now, in the Reader and of a pair that is decided on."""
        shown = [column.article for column in self.reader.columns]
        if self.suggestions is not None and self.top is self.suggestions:
            shown += [article for article in self.suggestions.articles_here() if article not in shown]
        return shown

    def reread_key(self) -> str:
        """The key that reads them anew."""
        return key_for("suggestions.reread" if self.top is self.suggestions else "reader.reread")

    @property
    def shows_colleagues(self) -> bool:
        """Whether colleagues' records are shown, dimmed or not."""
        return self.reader.colleagues is not Colleagues.HIDDEN

    def data_changed(self, articles: frozenset[str]) -> None:
        """Records of these articles changed, or the articles themselves."""
        self._app.proposing.ask_again()
        if self.reader.is_attached:
            self.reader.data_changed(articles)
        if self.comparison is not None:
            self.comparison.data_changed(articles)
        self.library.data_changed(articles)
        if self.concordance is not None and self.concordance.is_attached:
            self.concordance.data_changed(articles)
        if self.suggestions is not None and self.suggestions.is_attached:
            self.suggestions.data_changed(articles)
        if self.settling is not None and self.settling.is_attached:
            self.settling.data_changed(articles)

    def renew(self, articles: frozenset[str]) -> None:
        """These articles are others than before."""
        if self.reader.is_attached:
            self.reader.renew(articles)
        if self.comparison is not None:
            self.comparison.compare_anew()
        if self.suggestions is not None:
            self.suggestions.forget(articles)

    # --- a link's end that waits in the Reader ---

    def waiting(self) -> "Line | None":
        """What the last line says of it."""
        return self.reader.waiting_line()

    def stop_waiting(self) -> None:
        """Forget it."""
        self.reader.stop_waiting()

    # --- Library and Reader ---

    def show_library(self) -> None:
        self._down_to(self.library)

    @property
    def has_read(self) -> bool:
        """Whether an article was opened since the start."""
        return bool(self.reader.columns)

    def show_panes(self) -> None:
        """Show the Reader with what is open in it, without what lies above it."""
        if self.reader in self._app.screen_stack:
            self._down_to(self.reader)
        else:
            self._down_to(self.library)
            self._app.push_screen(self.reader)

    def show_reader(self, articles: list[str], *, alone: bool = False) -> None:
        """Read these; a single one among what is open, unless it is to be `alone`."""
        with self._app.way.going():
            self.reader.open(articles, alone=alone)
            self.show_panes()

    def show_record(self, claim: Claim, link: Link | None = None) -> None:
        """Go to a claim, or to a link that it is an end of, in the Reader, opening its article if need be.

        Raises:
            RefusedError: its article is not there.
        """
        if claim.article not in self._app.session.articles:
            raise RefusedError(f"its article, {claim.article}, is not in this workspace: it can't be shown")
        with self._app.way.going():
            if self.reader not in self._app.screen_stack:
                self.reader.open([claim.article])
            self.show_panes()
            self.reader.show_record(claim, link)

    def show_pair(self, first: tuple[str, Span], second: tuple[str, Span]) -> None:
        """Read two stretches in the Reader, the first one at the cursor, the other one marked."""
        with self._app.way.going():
            articles = list(dict.fromkeys((first[0], second[0])))
            if self.reader not in self._app.screen_stack or len(self.reader.columns) < len(articles):
                self.reader.open(articles)
            self.show_panes()
            self.reader.show_pair(first, second)

    def show_place(self, article: str, span: Span) -> None:
        """Go to a stretch of an article in the Reader, opening the article if need be."""
        with self._app.way.going():
            if self.reader not in self._app.screen_stack:
                self.reader.open([article])
            self.show_panes()
            self.reader.show_place(article, span)

    def return_to(self, place: "Place") -> None:
        """Go to where a reader was, opening the article if need be."""
        if not self.reader.has_panes:
            self.reader.open([place.article])
        self.show_panes()
        self.reader.return_to(place)

    # --- what stands above both ---

    def search_all(self, query: "Query") -> None:
        """Search in all articles and records, and show the concordance."""
        self.show_concordance().search(query)

    def show_concordance(self) -> "ConcordanceScreen":
        """Show the concordance as it was left."""
        from tui.ui.screens.concordance import ConcordanceScreen

        if self.concordance is None:
            self.concordance = ConcordanceScreen()
            self._app.install_screen(self.concordance, "concordance")
        self.show(self.concordance)
        return self.concordance

    def mark_matches(self, query: "Query", article: str, match: Span) -> None:
        """Mark all matches of a search in an article that was gone to; it is at this one."""
        self.reader.mark_matches(query, article, match)

    def show_comparison(self, anchor: "Anchor", numbers: Mapping[str, int], *, colleagues: bool) -> None:
        """Show this as each article tells it; `numbers` are those of the Reader's panes, by article."""
        from tui.ui.screens.comparison import ComparisonScreen

        if self.comparison is None:
            self.comparison = ComparisonScreen()
            self._app.install_screen(self.comparison, "comparison")
        self.comparison.open(anchor, numbers, colleagues=colleagues)
        self.show(self.comparison)

    def show_suggestions(self, at: "Suggestion | None" = None) -> None:
        """Show the pairs that are proposed, as they were left, or this one."""
        from tui.ui.screens.suggestions import SuggestionsScreen

        if self.suggestions is None:
            self.suggestions = SuggestionsScreen()
            self._app.install_screen(self.suggestions, "suggestions")
        if at is not None:
            self.suggestions.show(at)
        self.show(self.suggestions)

    def suggested(self, articles: frozenset[str]) -> None:
        """Something else is proposed than before, of statements of these articles too."""
        self.reader.mark_again(articles)
        if self.reader.is_beside:
            self.reader.refresh_strip()
        if self.suggestions is not None and self.suggestions.is_attached:
            self.suggestions.renew()

    def suggesting(self) -> None:
        """It is known how far the search for suggestions is."""
        if self.suggestions is not None and self.suggestions.is_attached:
            self.suggestions.show_progress()

    def show_settling(self, of: "Dispute | Remark") -> None:
        """Show what a merge left open, this first; or a remark of which the record is gone."""
        from tui.ui.screens.settling import SettlingScreen

        if self.settling is None:
            self.settling = SettlingScreen()
            self._app.install_screen(self.settling, "settling")
        self.settling.open(of)
        self.show(self.settling)

    def show(self, screen: BaseScreen) -> None:
        """Show a screen as it was left: without what lies above it, or above all others."""
        if screen in self._app.screen_stack:
            self._down_to(screen)
        else:
            self._app.push_screen(screen)

    def go_back(self) -> None:
        """One screen back, as far as the Library."""
        if self._app.screen is not self.library:
            self._app.pop_screen()

    def _down_to(self, screen: BaseScreen) -> None:
        while self._app.screen is not screen and screen in self._app.screen_stack:
            self._app.pop_screen()
