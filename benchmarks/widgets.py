"""The widgets that are compared: ours as the application makes them, and Textual's own with the same contents."""

from typing import TYPE_CHECKING

from textual.app import App

from benchmarks.sample import claims, long_article
from tui.ui.themes import DARK, variables_of
from tui.ui.widgets.article_pane import ArticlePane
from tui.ui.widgets.page import Fixed, Mark, Page, Sign

if TYPE_CHECKING:
    from textual.widgets import TextArea

COLOURS = ("tag-blue", "tag-green", "tag-red")


class Dressed(App[None]):
    """An empty application with our colours, which our widgets draw with."""

    CSS = "ArticlePane, ArticleList { height: 1fr; width: 1fr; scrollbar-size: 0 0; }"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = variables_of(self.current_theme)
        return self.theme_variables


def marked_page() -> Page:
    """The long article with a mark and a sign for each claim."""
    article, statements = long_article()
    page = Page(article, statements)
    page.mark(
        Fixed(
            [
                Mark(claim.span.start, claim.span.end, COLOURS[number % 3], claim.id)
                for number, claim in enumerate(claims())
            ],
            [Sign(claim.span.start, "f", COLOURS[number % 3], "f") for number, claim in enumerate(claims())],
        )
    )
    return page


async def open_pane(app: Dressed) -> ArticlePane:
    pane = ArticlePane()
    await app.mount(pane)
    pane.show(marked_page())
    return pane


def text_area(text: str) -> "TextArea":
    """Textual's own, wrapping, with a cursor that stands still."""
    # Imported here, as it must not weigh on a process that shows our pane.
    from textual.widgets import TextArea

    area = TextArea(text, soft_wrap=True)
    area.cursor_blink = False
    return area
