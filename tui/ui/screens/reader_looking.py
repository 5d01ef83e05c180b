"""How the Reader looks at text and records: all about a record, focus mode, measure, and the mouse in the text."""

from textual import events
from textual.message import Message

from tui.errors import RefusedError, VariorumError
from tui.model.records import Claim, Link
from tui.model.span import Span
from tui.store.history import Entry
from tui.text.motions import words
from tui.ui.info import MOST_LISTED, InfoWords
from tui.ui.reading import StripRow, ref_to
from tui.ui.screens.reader_moving import Moving
from tui.ui.signs import SIGNS
from tui.ui.widgets.article_pane import MEASURE, ArticlePane
from tui.ui.widgets.column import Column
from tui.ui.widgets.lines import Line, Lines, Piece

NARROWEST, WIDEST, MEASURE_STEP = 40, 100, 4
"""Cells of text in a row that the measure can be set to, and by how many a key changes it."""
WHEEL_ROWS = 3
"""What the wheel scrolls of what is shown of a record."""
REST_SECONDS = 0.2
"""How long a record is looked at before its history is read: who steps on does not wait for it."""


class Looking(Moving):
    """Seeing more of a record, less of everything, and rows of another width."""

    class HistoryRead(Message):
        """What was done with a record is known now, or why it can't be told."""

        def __init__(self, id: str, found: tuple[Entry, ...] | str) -> None:
            super().__init__()
            self.id = id
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self.is_info = False
        """Whether the strip shows everything about the current record."""
        self.in_focus_mode = False
        self.measure = MEASURE
        """Cells of text in a row at most."""
        self._info_first = 0
        self._info_count = 0
        """The row of all there is to say that the strip begins with, and how many there are."""
        self._info_of: str | None = None
        """The id of the record that is shown so."""
        self._history: tuple[str, tuple[Entry, ...] | str] | None = None
        """The id of a record and what was done with it, or why that can't be told."""

    def add_column(self, article: str) -> None:
        super().add_column(article)
        self._dress(self.column)

    def _dress(self, column: Column) -> None:
        column.pane.measure = self.measure
        column.in_focus_mode = self.in_focus_mode

    # --- everything about a record ---

    def do_info(self) -> None:
        self.is_info = not self.is_info
        self._info_first = 0
        self.set_class(self.is_info, "info")

    def do_cancel(self) -> None:
        if self.is_info and self.column.select_from is None:
            self.do_info()
        else:
            super().do_cancel()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        if self.is_info and self.strip.region.contains(event.screen_x, event.screen_y):
            event.stop()
            self._scroll_info(rows)

    def on_lines_resized(self, event: Lines.Resized) -> None:
        if event.lines is self.strip and self.columns:
            self.refresh_strip()

    def do_info_down(self) -> None:
        self._scroll_info(1)

    def do_info_up(self) -> None:
        self._scroll_info(-1)

    def _scroll_info(self, by: int) -> None:
        if not self.is_info:
            raise RefusedError(f"{self.key('info')} shows everything about a record first")
        self._info_first += by
        self.refresh_strip()

    def strip_rows(self, claims: tuple[Claim, ...], height: int) -> list[StripRow]:
        if not self.is_info:
            return super().strip_rows(claims, height)
        record = self.record_of(self.current) or (claims[0] if claims else None)
        id = record.id if record is not None else self.column.article.id
        if id != self._info_of:
            self._info_of, self._info_first = id, 0
        source = InfoWords(self.strip_source, self.size.width)
        if record is None:
            rows = source.of_article(self.column.article)
        else:
            is_current = self.current is not None and self.current.id == record.id
            ref = self.current if is_current and self.current is not None else ref_to(record)
            rows = source.of_record(record, ref, self._history_of(record))
        self._info_count = len(rows)
        self._info_first = max(0, min(self._info_first, len(rows) - height))
        return rows[self._info_first : self._info_first + height]

    def strip_rule(self) -> Line:
        if not self.is_info:
            return super().strip_rule()
        height = max(1, self.strip.size.height - 1)
        keys: list[Piece] = []
        if self._info_count > height:
            last = min(self._info_first + height, self._info_count)
            keys += [
                (f" {last} of {self._info_count} rows ", "faint"),
                (f" {self.key('info_down')} {self.key('info_up')}", "accent"),
                (" more ", "quiet"),
            ]
        keys += [(f" {self.key('info')}", "accent"), (" closes ", "quiet")]
        room = self.size.width - sum(len(piece) for piece, _ in keys) - 2
        return Line([(SIGNS.rule * max(0, room), "line")], keys)

    def _history_of(self, record: Claim | Link) -> tuple[Entry, ...] | str:
        if record.annotator != self.session.annotator:
            return f"the journal of {record.annotator} has it"
        if self._history is None or self._history[0] != record.id:
            self._history = (record.id, "is being read")
            self.set_timer(REST_SECONDS, lambda: self._read_history(record.id))
        return self._history[1]

    def _read_history(self, id: str) -> None:
        if not self.is_info or self._info_of != id:
            self._history = None
            return

        def work() -> None:
            try:
                found: tuple[Entry, ...] | str = self.session.history_of(id, MOST_LISTED)
            except VariorumError as error:
                found = str(error)
            self.post_message(self.HistoryRead(id, found))

        self.run_worker(work, thread=True, group="info", exclusive=True)

    def on_looking_history_read(self, event: HistoryRead) -> None:
        if self._info_of == event.id and self.is_info:
            self._history = (event.id, event.found)
            self.refresh_strip()

    def data_changed(self, articles: frozenset[str]) -> None:
        self._history = None
        super().data_changed(articles)

    # --- focus mode and measure ---

    def do_focus_mode(self) -> None:
        self.in_focus_mode = not self.in_focus_mode
        self.set_class(self.in_focus_mode, "focus")
        for column in self.columns:
            self._dress(column)
            column.draw()
        if self.in_focus_mode:
            self.say(f"focus mode: {self.key('focus_mode')} ends it")

    def hints(self) -> list[Piece]:
        return [] if self.in_focus_mode and not self._jumps else super().hints()

    def do_wider(self) -> None:
        self._change_measure(MEASURE_STEP)

    def do_narrower(self) -> None:
        self._change_measure(-MEASURE_STEP)

    def _change_measure(self, by: int) -> None:
        before = self.measure
        self.set_measure(before + by)
        if self.measure == before:
            raise RefusedError(f"{before} cells: no {'wider' if by > 0 else 'narrower'} than that")
        has = self.column.pane.text_width
        self.say(f"{self.measure} cells{f'; this pane has room for {has}' if has < self.measure else ''}")

    def set_measure(self, measure: int) -> None:
        """Let rows hold so many cells of text at most, in all panes, within what can be read."""
        self.measure = max(NARROWEST, min(measure, WIDEST))
        for column in self.columns:
            column.pane.set_measure(self.measure)
            column.draw_title()

    # --- the mouse in the text ---

    def on_article_pane_chosen(self, event: ArticlePane.Chosen) -> None:
        column = self.column
        if column.pane is not event.pane:
            return
        statement = column.page.statements[column.page.statement_near(event.offset)].span
        span = statement
        if event.times == 2:
            found = words(column.article.text, statement.start, statement.end)
            word = next(((start, end) for start, end in found if start <= event.offset < end), None)
            span = Span(*word) if word is not None else statement
        column.put_cursor(span.start)
        column.select(span.start, span.end, reveal=False)
        self.refresh_strip()
        self.refresh_last()

    def on_article_pane_sought(self, event: ArticlePane.Sought) -> None:
        for position, column in enumerate(self.columns):
            if column.pane is event.pane:
                self.end_typing()
                self.end_jump()
                self.activate(position)
                self.try_to(self.go_to_place, column.article.id, Span(event.offset, event.offset + 1))
