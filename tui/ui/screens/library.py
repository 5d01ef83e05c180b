"""The Library: the articles of the workspace, what is recorded in each, and a preview of the highlighted one."""

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.errors import RefusedError
from tui.model.article import Article, Detail
from tui.model.records import ArticleNote
from tui.session.conflicting import Dispute
from tui.session.read_so_far import percent
from tui.session.reading_state import Setting
from tui.session.session import Session
from tui.text.cells import cells, fit, plain_line
from tui.text.layout import Layout
from tui.ui.actions import Where
from tui.ui.hints import fitting, hint, hints_of
from tui.ui.open_claims import NOTHING_OPEN, count_of, open_by_turn, to_settle, to_settle_in
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.reader_base import MOST_PANES
from tui.ui.signs import SIGNS
from tui.ui.team_words import said_of_new
from tui.ui.widgets.article_list import ArticleList, Row
from tui.ui.widgets.column import credit
from tui.ui.widgets.lines import Line, Lines, Piece

PREVIEW_LIMIT = 6_000
"""Code points of an article that a preview wraps at most."""
FILTER = 24
"""Cells of what is filtered by in the last line."""
KEYS = 8
"""Cells that the key which shows all keys needs beside that."""
SORTS: dict[str, Callable[[Row], object]] = {
    "id": lambda row: row.id,
    "title": lambda row: row.title.casefold(),
    "outlet": lambda row: (not row.outlet, row.outlet.casefold()),
    "date": lambda row: (not row.date, row.date),
    "claims": lambda row: -row.claims,
}


def rows_of(session: Session) -> dict[str, Row]:
    """The rows of all articles, by id. This takes a while where they are many; from any thread, while none has begun
    to change what is recorded."""
    return {article.id: row_of(session, article) for article in session.library.articles}


def row_of(session: Session, article: Article) -> Row:
    own = session.seen
    counts = own.counts(article.id)
    note = own.note(article.id)
    others = [view.counts(article.id) for view in session.views.colleagues.values()]
    title, outlet = article.title.value, article.outlet.value if article.outlet else ""
    return Row(
        id=article.id,
        title=title,
        outlet=outlet,
        outlet_guessed=bool(article.outlet and article.outlet.guessed),
        date=article.date.value if article.date else "",
        words=session.words_in(article.id),
        claims=counts.claims + sum(count.claims for count in others),
        contradictions=counts.contradictions + sum(count.contradictions for count in others),
        duplicates=counts.duplicates + sum(count.duplicates for count in others),
        finished=note is not None and note.finished,
        new=sum(session.new.counts_in(article.id).values()),
        to_settle=to_settle_in(session, article.id),
        sought=f"{article.id} {title} {outlet}".casefold(),
    )


class LibraryScreen(BaseScreen):
    """Where one begins."""

    WHERE = Where.LIBRARY

    def __init__(self, rows: Mapping[str, Row] | None = None) -> None:
        """`rows`: those of articles, as `rows_of` made them, so that none has to be made here."""
        super().__init__()
        self.list = ArticleList(self._read_of)
        self.heading = Lines(id="heading")
        self.preview = Lines(id="preview")
        self._words = ""
        self._sort = "id"
        self._known: dict[str, Row] = dict(rows or {})
        """The row of each article, until something in it changes."""
        self._orders: dict[str, list[Row]] = {}
        """All rows by each way of sorting them that was asked for, until something changes."""
        self._found: tuple[str, list[Row]] = ("", [])
        """What was filtered last, and the rows that were found: a longer filter finds none but these."""

    def compose(self) -> ComposeResult:
        yield self.header
        with Vertical(id="shelf"):
            yield self.heading
            yield self.list
            yield self.preview
        yield self.memo
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    def on_mount(self) -> None:
        self.refresh_rows()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.refresh_rows()

    def kept_settings(self) -> dict[str, Setting]:
        """What is to be found again at the next start."""
        return {"sort": self._sort}

    def come_back(self, article: str, settings: Mapping[str, Setting]) -> None:
        """Let the rows and the cursor be as they were left."""
        sort = settings.get("sort")
        self._sort = sort if isinstance(sort, str) and sort in SORTS else self._sort
        self.refresh_rows()
        self.list.move_to(next((index for index, row in enumerate(self.list.rows) if row.id == article), 0))

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._refresh_frame)

    def _refresh_frame(self) -> None:
        self.heading.show([self.list.heading()])
        self.refresh_preview()

    def data_changed(self, articles: frozenset[str]) -> None:
        for article in articles:
            self._known.pop(article, None)
        self._forget_orders()
        if self.app.screen is self:
            self.refresh_rows()
            self.refresh_header()

    def status(self) -> Line | None:
        return self.variorum.rooms.waiting() or self._beginning()

    def _beginning(self) -> Line | None:
        """Where to begin, for who has recorded nothing here yet and has opened nothing."""
        if self.variorum.rooms.has_read or self.list.selected or len(self.session.seen):
            return None
        if not self.list.rows or self._words:
            return None
        begin = [("open", "reads this article"), ("toggle", "selects several"), ("help", "shows the keys")]
        steps = [hint(self.key(id), words) for id, words in (*begin, ("back", "leaves"))]
        words = " New here?"
        return Line([(words, "foreground bold"), *fitting(steps, self.size.width - len(words))])

    def hints(self) -> list[Piece]:
        if not self._words.strip():
            return super().hints()
        number, total = len(self._found[1]), len(self.session.library.articles)
        words = f" filter: {fit(plain_line(self._words.strip()), FILTER)} · {number or 'none'} of {total} "
        ends = hint(self.key("cancel"), "ends it")
        room = self.size.width - cells(words) - sum(cells(piece) for piece, _ in ends)
        rest = fitting(hints_of(self.where, self.urgent), room, keep_last=room > KEYS)
        return [(words, "foreground bold"), *ends, *rest]

    # --- rows and preview ---

    def refresh_rows(self) -> None:
        """Show the articles that fit the filter, in order, and after them the files that can't be read."""
        session = self.session
        words = self._words.casefold()
        before, rows = self._found
        if not before or not words.startswith(before):
            rows = self._sorted()
        for word in words.split():
            rows = [row for row in rows if word in row.sought]
        self._found = (words, rows)
        bad = [
            Row(file.file, file.file, "", False, "", 0, 0, 0, 0, False, problem=file.problem)
            for file in session.library.bad
            if not words.strip()
        ]
        self.list.show_rows([*rows, *bad])
        self.list.styles.height = max(1, min(len(rows) + len(bad), max(3, self.size.height - 12)))
        self._refresh_frame()

    def _sorted(self) -> list[Row]:
        """The rows of all articles, in order."""
        if self._sort not in self._orders:
            for article in self.session.library.articles:
                if article.id not in self._known:
                    self._known[article.id] = row_of(self.session, article)
            rows = [self._known[article.id] for article in self.session.library.articles]
            rows.sort(key=SORTS[self._sort])  # type: ignore[arg-type]
            self._orders[self._sort] = rows
        return self._orders[self._sort]

    def _read_of(self, article: str) -> int:
        so_far = self.variorum.keeper.read_of(article)
        return percent(so_far.read, so_far.of) if so_far is not None else 0

    def _forget_orders(self) -> None:
        self._orders.clear()
        self._found = ("", [])

    def on_row_list_moved(self) -> None:
        self.refresh_preview()

    def on_row_list_opened(self) -> None:
        self.try_to(self.do_open)

    def refresh_preview(self) -> None:
        if not self.is_attached:
            return
        row = self.list.here
        width, height = self.preview.size
        rule = Line([(SIGNS.rule * width, "line")])
        if row is None:
            words = (
                "No article fits the filter."
                if self._words
                else f"No articles yet: put .txt or .md files into {self.session.workspace.articles}."
            )
            self.preview.show([rule, Line([(f"  {words}", "quiet")])])
            return
        if row.problem:
            self.preview.show([rule, Line([("  ! ", "error bold"), (row.problem, "foreground")])])
            return
        article = self.session.articles[row.id]
        left = max(2, (width - 76) // 2) if width < 150 else 4
        measure = min(72, max(10, width - left - 2))
        pad = " " * left
        lines = [rule, Line(), *self._facts(article, pad, measure), Line()]
        lines += [
            Line([(pad, ""), (row, "quiet")])
            for row in _wrapped(article.text[:PREVIEW_LIMIT], measure, height - len(lines))
        ]
        self.preview.show(lines)

    def _facts(self, article: Article, pad: str, measure: int) -> list[Line]:
        """What is known of an article, and what was noted on it."""
        pieces: list[Piece] = [(pad, "")]
        if number := to_settle_in(self.session, article.id):
            pieces += [(count_of(number), "warning bold"), (" · ", "faint")]
        for name in ("title", "outlet", "agency", "author", "date", "language"):
            detail = getattr(article, name)
            if detail is not None and (name != "title" or detail.guessed):
                shown_as = Detail("title", guessed=True) if name == "title" else detail
                pieces += [*credit(name, shown_as), (" · ", "faint")]
        pieces.append((f"{self.session.words_in(article.id):,} words", "faint"))
        so_far = self.variorum.keeper.read_of(article.id)
        if so_far is not None and so_far.read:
            pieces.append((f", {so_far.read} of {so_far.of} statements read", "faint"))
        pieces.append((f" · {article.id}", "faint"))
        lines = [Line(pieces)]
        if article.url is not None:
            lines.append(Line([(pad, ""), *credit("url", article.url)]))
        new = said_of_new(self.session.new.counts_in(article.id))
        if new:
            lines.append(Line([(pad, ""), (f"{SIGNS.new} {new}", "accent bold")]))
        for annotator, note in self._notes(article.id):
            state = f"{SIGNS.check} finished" if note.finished else ""
            words = f"{annotator}: " + ", ".join(part for part in (state, note.memo or "") if part)
            first, *others = _wrapped(words, measure, 4)
            end = len(annotator) + 1
            lines.append(Line([(pad, ""), (first[:end], "accent"), (first[end:], "quiet")]))
            lines += [Line([(pad, ""), (row, "quiet")]) for row in others]
        return lines

    def _notes(self, article: str) -> list[tuple[str, ArticleNote]]:
        session = self.session
        found = [("you", session.seen.note(article))]
        found += [(name, index.note(article)) for name, index in session.colleagues.items()]
        return [(name, note) for name, note in found if note is not None]

    def place(self) -> str:
        new = said_of_new(self.session.new.counts())
        number = to_settle(self.session)
        return "".join(f" · {words}" for words in (count_of(number) if number else "", new) if words)

    @property
    def urgent(self) -> tuple[str, ...]:
        settle = ("settle",) if self.session.desk.view.has_open or self.session.disputes else ()
        return (*settle, *(("next_new",) if self.session.new else ()))

    # --- actions ---

    def do_settle(self) -> None:
        session = self.session
        turn = open_by_turn(session, self.list.here.id if self.list.here is not None else "", 0)
        if not turn:
            raise RefusedError(NOTHING_OPEN)
        first = turn[0]
        if isinstance(first, Dispute):
            self.variorum.rooms.show_settling(first)
        else:
            self.variorum.rooms.show_record(first.now)

    def do_open(self) -> None:
        row = self.list.here
        listed = {row.id for row in self.list.rows}
        chosen = [id for id in self.list.selected if id in listed]
        is_choice = bool(chosen)
        if not is_choice:
            if row is None:
                raise RefusedError("there is nothing to read here")
            if row.problem:
                raise RefusedError(f"{row.title} can't be read: {row.problem}")
            chosen = [row.id]
        self.list.selected.clear()
        self.variorum.rooms.show_reader(chosen, alone=is_choice)
        if len(chosen) > MOST_PANES:
            self.variorum.say(
                f"{MOST_PANES} of the {len(chosen)} selected are shown: more than that can't be read at once"
            )

    def do_toggle(self) -> None:
        self.list.toggle()
        if self.list.selected:
            count = len(self.list.selected)
            them = "it" if count == 1 else "them side by side"
            self.say(f"{count} selected: {self.key('open')} reads {them}")

    def do_filter(self) -> None:
        before = self._words

        def live(words: str) -> None:
            self._words = words
            self.refresh_rows()
            self.refresh_last()

        def cancelled() -> None:
            live(before)

        self.prompt.ask(
            "/", self._words, lambda _words: None, live=live, cancelled=cancelled, note="enter keeps, escape cancels"
        )
        self.refresh_last()

    def do_sort(self) -> None:
        names = list(SORTS)
        self._sort = names[(names.index(self._sort) + 1) % len(names)]
        self._found = ("", [])
        self.refresh_rows()
        self.say(f"sorted by {self._sort}")

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
        self.list.move_to((count or len(self.list.rows)) - 1)

    def article_here(self) -> Article:
        row = self.list.here
        if row is None or row.problem:
            raise RefusedError("there is no article here")
        return self.session.articles[row.id]

    def do_back(self) -> None:
        self.variorum.leaving.leave()

    def do_library(self) -> None:
        self.say("this is the Library")

    def do_cancel(self) -> None:
        super().do_cancel()
        if self.variorum.rooms.waiting() is not None:
            self.variorum.rooms.stop_waiting()
            self.say("nothing was linked")
        elif self._words:
            self._words = ""
            self.refresh_rows()
        elif self.list.selected:
            self.list.selected.clear()
            self.list.refresh()


def _wrapped(words: str, width: int, rows: int) -> list[str]:
    """The first rows of some words, wrapped; an ellipsis where there are more."""
    layout = Layout(words, width)
    first = [words[slice(*layout.row(row))] for row in range(min(len(layout), max(0, rows)))]
    if first and len(layout) > len(first):
        first[-1] += " …"
    return first
