"""The Reader's letters to jump by, and what it begins to select with; the keys that select are `selecting.py`'s."""

from collections.abc import Iterable
from functools import partial

from tui.errors import RefusedError
from tui.model.records import Claim
from tui.model.span import Span
from tui.session.read_so_far import Motion
from tui.text.motions import labels
from tui.ui.screens.reader_acting import Acting
from tui.ui.screens.selecting import JUMP_KEYS, Chosen, Lettered, Selecting


class ReaderSelecting(Acting, Selecting):
    """Jumping by letter, and selecting in the active pane."""

    @property
    def chosen(self) -> Chosen:
        return self.column

    def labelled(self) -> Iterable[Lettered]:
        return (column.pane for column in self.columns)

    @property
    def is_in_mode(self) -> bool:
        return super().is_in_mode or self.is_jumping

    # --- jumping by letter ---

    def do_jump(self) -> None:
        targets = []
        for position, column in enumerate(self.columns):
            if column.display:
                start, end = column.pane.stretch
                above = column.page.statements[column.page.statement_near(start)].span
                spans = [statement.span for statement in column.page.statements_in(start, end)]
                if above.start < start < above.end:
                    spans.insert(0, Span(start, above.end))
                targets += [(position, span) for span in spans]
        if not targets:
            raise RefusedError("there is no statement on the screen to jump to")
        names = labels(len(targets), JUMP_KEYS)
        marks: dict[int, dict[int, str]] = {}
        for name, (position, span) in zip(names, targets, strict=True):
            marks.setdefault(position, {})[span.start] = name
            self._jumps[name] = partial(self._jump_to, position, span)
        for position, offsets in marks.items():
            self.columns[position].pane.label(offsets)

    def _jump_to(self, position: int, span: Span) -> None:
        with self.variorum.way.going():
            self.activate(position)
            column, before, seen = self.column, self.column.cursor, self.column.on_screen
            column.move_to(column.page.statement_near(span.start))
            self.variorum.keeper.moved(column.page, before, column.cursor, seen, Motion.JUMP)
            self.set_current(None)

    # --- selecting ---

    def do_select(self) -> None:
        column = self.column
        if column.select_from is not None:
            column.select(None)
            self.refresh_strip()
            return
        record = self.record_of(self.current)
        own = self.session.claims_at(column.article.id, column.statement)
        if isinstance(record, Claim) and record.article == column.article.id and record.stands_in(column.article.text):
            span = record.span
        else:
            span = own[0].span if len(own) == 1 else column.statement
        column.select(span.start, span.end)
