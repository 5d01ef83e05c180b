"""Wrapping, marks by row, and segmentation, on one million characters."""

from nupunkt import sent_spans
from rich.console import Console
from rich.text import Text

from benchmarks.sample import claims, long_article
from benchmarks.timing import paired, report, timed
from tui.articles.statements import segment
from tui.text.layout import Layout
from tui.text.runs import Runs

WIDTH = 60
ROUNDS = 9
SCREENFUL = 40


def run() -> None:
    article, _ = long_article()
    text = article.text
    spans = [(claim.span.start, claim.span.end) for claim in claims()]
    marks = [(start, end, claim.id) for (start, end), claim in zip(spans, claims(), strict=True)]
    console = Console(width=WIDTH)

    def rich_marked() -> Text:
        marked = Text(text)
        for start, end in spans:
            marked.stylize("bold", start, end)
        return marked

    def wrap_and_mark() -> None:
        layout, runs = Layout(text, WIDTH), Runs(marks)
        for row in range(len(layout)):
            runs.between(*layout.row(row))

    pairs = paired(timed(lambda: Layout(text, WIDTH)), timed(lambda: Text(text).wrap(console, WIDTH)), ROUNDS)
    report("wrapping 1 MB at 60 cells", "rich's wrap", pairs, 1 / 5)
    pairs = paired(timed(wrap_and_mark), timed(lambda: rich_marked().wrap(console, WIDTH)), ROUNDS)
    report("wrapping it, with the runs of every row of 5 000 marks", "rich's wrap", pairs)

    layout, runs = Layout(text, WIDTH), Runs(marks)
    pairs = paired(timed(lambda: Runs(marks)), timed(lambda: Layout(text, WIDTH)), ROUNDS)
    report("building the runs of 5 000 marks", "our own wrapping", pairs)
    rows = [layout.row(len(layout) // 2 + row) for row in range(SCREENFUL)]

    def look_up() -> None:
        for start, end in rows:
            runs.between(start, end)

    def go_through() -> None:
        for start, end in rows:
            [mark for mark in marks if mark[0] < end and start < mark[1]]

    report("the runs of 40 rows", "going through all marks", paired(timed(look_up), timed(go_through), ROUNDS))

    def rate(seconds: float) -> str:
        return f"{len(text.encode()) / 1e6 / seconds:.1f} MB/s"

    pairs = paired(timed(lambda: segment(text)), timed(lambda: list(sent_spans(text))), ROUNDS)
    report("segmentation", "nupunkt alone", pairs, show=rate)


if __name__ == "__main__":
    run()
