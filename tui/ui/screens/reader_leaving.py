"""The Reader's ways out to the reader's own editor, and what comes back from there."""

from tui.model.article import Article
from tui.model.span import Span
from tui.session.rereading import offset_now
from tui.ui.screens.reader_editing import Editing
from tui.ui.screens.reader_settling import Settling
from tui.ui.widgets.page import Page


class Leaving(Settling, Editing):
    """The memo in an editor; articles that are others than before."""

    def do_memo_in_editor(self) -> None:
        self.do_memo()
        if self.memo.is_open:  # else a picker asks on which record first
            self.variorum.outside.edit_memo(self.memo)

    def offset_here(self) -> int:
        return self.column.place.start

    def do_reread(self) -> None:
        self.variorum.outside.reread([column.article for column in self.columns])

    def renew(self, ids: frozenset[str]) -> None:
        """Show these articles as they are now, the cursor where it was; what was begun on their old text is dropped."""
        self.picker.close()
        if self.prompt.is_open:
            self.prompt.close()
        self.end_jump()
        if self.waiting is not None and self.waiting[1].article in ids:
            self.stop_waiting()
        for column in self.columns:
            if column.article.id in ids:
                page = self.make_page(column.article.id)
                cursor = nearest_statement(page, column.article, column.statement)
                column.open(page)
                column.move_to(cursor)
        self.lay_out()


def nearest_statement(page: Page, before: Article, place: Span) -> int:
    """The statement at what stood at a place of an article's old text."""
    return page.statement_near(offset_now(before.text, page.article.text, place))
