"""The concordance: every place where some words stand, one line each, in all articles and all records."""

from textual.geometry import Offset
from textual.message import Message

from tui.errors import RefusedError, VariorumError
from tui.model.article import Article
from tui.model.records import ArticleNote
from tui.model.span import Span
from tui.session import concordance, gestures
from tui.session.concordance import Found, Order
from tui.session.gestures import End
from tui.text.numbers import counted, spaced
from tui.ui.choices import tag_choices
from tui.ui.screens.concordance_finding import Finding, matches_of
from tui.ui.widgets.lines import Line

MOST_TAGGED = 1_000
"""Lines that are tagged in one step at most."""


class ConcordanceScreen(Finding):
    """Going to what was found, marking and tagging it. Lines, marks and place stay while one is elsewhere."""

    class ToTag(Message):
        """What lines that are to be tagged mean; `left_out` is the number of those that mean no claim, `stay` whether
        the lines stay marked."""

        def __init__(self, ends: list[End], left_out: int, tag: str, *, stay: bool) -> None:
            super().__init__()
            self.ends = ends
            self.left_out = left_out
            self.tag = tag
            self.stay = stay

    def __init__(self) -> None:
        super().__init__()
        self._is_tagging = False
        """Whether what was asked to be tagged is not tagged yet, and keys wait."""

    def status(self) -> Line | None:
        return self.variorum.rooms.waiting()

    def article_here(self) -> Article:
        article = self.session.articles.get(self.here.article) if self.here is not None else None
        if article is None:
            raise RefusedError("there is no article here")
        return article

    def on_row_list_opened(self) -> None:
        self.try_to(self.do_open)

    # --- moving ---

    def do_next(self, count: int = 1) -> None:
        self.list.move_by(count)

    def do_previous(self, count: int = 1) -> None:
        self.list.move_by(-count)

    def do_page_down(self, count: int = 1) -> None:
        self.list.move_by(count * self.list.page)

    def do_page_up(self, count: int = 1) -> None:
        self.list.move_by(-count * self.list.page)

    def do_first(self, count: int = 1) -> None:
        self.list.move_to(count - 1)

    def do_last(self, count: int | None = None) -> None:
        self.list.move_to((count or len(self.shown)) - 1)

    def do_open(self) -> None:
        line = self._line_here()
        session, record = self.session, line.record
        if record is None:
            assert self.asked is not None
            article = session.articles.get(line.article)
            if article is None or article.text is not line.text:
                raise RefusedError(
                    f"this article changed since it was searched: {self.key('concordance')} searches again"
                )
            match = Span(line.start, line.end)
            self.variorum.rooms.show_place(line.article, match)
            self.variorum.rooms.mark_matches(self.asked, line.article, match)
        elif isinstance(record, ArticleNote):
            article = self.article_here()
            self.variorum.rooms.show_place(article.id, session.statements(article.id)[0].span)
        else:
            claim = concordance.claim_of(session, record)
            if claim is None:
                raise RefusedError(f"this record is not there any more: {self.key('concordance')} searches again")
            self.variorum.rooms.show_record(claim)

    def _line_here(self) -> Found:
        line = self.here
        if line is None:
            raise RefusedError("there is no line here")
        return line

    # --- the list ---

    def do_sort(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.put_in_order()
        self.say(f"sorted by {self.order}")

    def do_filter(self) -> None:
        before = self._words

        def live(words: str) -> None:
            if words != self._words:
                self._words = words
                self.put_in_order()

        self.prompt.ask(
            "only lines with",
            before,
            lambda _words: None,
            live=live,
            cancelled=lambda: live(before),
            note="words in the line or in the article’s name   enter: keep   escape: back",
        )

    def do_mark(self) -> None:
        line = self._line_here()
        self.marked ^= {line.number}
        self.list.refresh_lines(self.list.cursor)
        self.list.move_by(1)
        self._refresh_heading()

    def do_mark_all(self) -> None:
        numbers = {line.number for line in self.shown}
        self.marked = self.marked - numbers if numbers <= self.marked else self.marked | numbers
        self.list.refresh()
        self._refresh_heading()

    def do_cancel(self) -> None:
        super().do_cancel()
        if self.variorum.rooms.waiting() is not None:
            self.variorum.rooms.stop_waiting()
            self.say("nothing was linked")
        elif self._worker is not None:
            self.stop()
        elif self._words:
            self._words = ""
            self.put_in_order()
        elif self.marked:
            self.marked.clear()
            self.list.refresh()
        self.refresh_all()

    # --- tagging ---

    def do_tag(self) -> None:
        self._line_here()
        lines = self._meant()
        if len(lines) > MOST_TAGGED:
            raise RefusedError(f"no more than {spaced(MOST_TAGGED)} matches can be tagged in one step: mark fewer")
        title = "tag" if len(lines) == 1 else f"tag {matches_of(len(lines))}"
        region = self.list.region
        near = Offset(region.x + 22, region.y + self.list.cursor - self.list.scroll_offset.y)
        self.picker.ask(title, tag_choices(self.session.config), self._tag, near=near, several=True)

    def _meant(self) -> list[Found]:
        """The lines that are marked, else the one at hand."""
        return [line for line in self.found if line.number in self.marked] or [self._line_here()]

    def _tag(self, tag: str, stay: bool) -> None:
        """Find out what the lines mean, which takes time where articles have to be segmented; keys wait meanwhile."""
        lines, session = self._meant(), self.session
        self._is_tagging = True
        self.say("tagging …", "quiet")

        def work() -> None:
            ends, left_out = concordance.ends_of(session, lines)
            self.post_message(self.ToTag(ends, left_out, tag, stay=stay))

        self.run_worker(work, thread=True, group="tag", exclusive=True)

    def on_concordance_screen_to_tag(self, event: ToTag) -> None:
        try:
            if not event.ends:
                raise RefusedError("there is no claim here to tag: an article’s memo has none")
            gesture = gestures.tag_all(self.session.desk, event.ends, event.tag)
            self.perform_gesture(gesture)
            if not event.stay:
                self.marked.clear()
            if event.left_out:
                self.say(f"{gesture.label}; {counted(event.left_out, 'line')} left out: no claim is there")
        except VariorumError as error:
            self.say(str(error), "warning")
        self._is_tagging = False
        self.list.refresh()
        self._refresh_heading()
        self.variorum.typed.go_on()

    @property
    def holds_keys(self) -> bool:
        return self._is_tagging
