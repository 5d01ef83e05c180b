"""A list of ten thousand articles."""

import asyncio
import gc
from time import thread_time

from textual.app import App
from textual.widgets import DataTable

from benchmarks.sample import sentences
from benchmarks.screen import running
from benchmarks.timing import paired, report
from benchmarks.widgets import Dressed
from tui.ui.widgets.article_list import ArticleList, Row

COUNT = 10_000
FIRST = "Article 0:"


def run() -> None:
    pairs = paired(lambda: asyncio.run(_ours()), lambda: asyncio.run(_table()), 3)
    report("showing a list of 10 000 articles", "DataTable", pairs, 1 / 5)


def _rows() -> list[Row]:
    return [
        Row(
            id=f"{number:05d}",
            title=f"Article {number}: {sentences()[number % len(sentences())][:60]}",
            outlet="Axios",
            outlet_guessed=number % 2 == 0,
            date="2023-06-20",
            words=500 + number % 700,
            claims=number % 40,
            contradictions=number % 5,
            duplicates=number % 7,
            finished=number % 3 == 0,
        )
        for number in range(COUNT)
    ]


async def _ours() -> float:
    app, rows = Dressed(), _rows()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        articles = ArticleList(lambda _article: 0)
        await app.mount(articles)
        articles.show_rows(rows)
        return (await terminal.painted(FIRST)).cpu - start


async def _table() -> float:
    app, rows = App[None](), _rows()
    async with running(app) as terminal:
        await terminal.quiet()
        gc.collect()
        start = thread_time()
        table: DataTable[str] = DataTable()
        await app.mount(table)
        table.add_columns("article", "outlet", "date", "words", "claims", "≠", "≡", "done")
        table.add_rows(
            (
                row.title,
                row.outlet,
                row.date,
                str(row.words),
                str(row.claims),
                str(row.contradictions),
                str(row.duplicates),
                str(row.finished),
            )
            for row in rows
        )
        return (await terminal.painted(FIRST)).cpu - start


if __name__ == "__main__":
    run()
