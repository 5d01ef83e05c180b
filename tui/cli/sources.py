"""Articles as the command line names them."""

from collections.abc import Iterable

from tui.model.article import Article, BadArticle, Detail


def article_plain(article: Article) -> dict[str, object]:
    """An article without its text; what is known of it has a `value` and says whether it was `guessed`."""
    details = {
        name: None if detail is None else {"value": detail.value, "guessed": detail.guessed}
        for name, detail in (
            ("title", article.title),
            ("outlet", article.outlet),
            ("agency", article.agency),
            ("author", article.author),
            ("date", article.date),
            ("url", article.url),
            ("language", article.language),
        )
    }
    return {"id": article.id, "file": article.file, "text_sha256": article.sha256, **details}


def problems_plain(bad: Iterable[BadArticle], notices: Iterable[str]) -> list[dict[str, str | None]]:
    """What could not be read: articles by their `file`; notices, which belong to none, without."""
    files: list[dict[str, str | None]] = [{"file": each.file, "problem": each.problem} for each in bad]
    return files + [{"file": None, "problem": notice} for notice in notices]


def named(detail: Detail) -> str:
    """What is known of an article; with a question mark where it was guessed."""
    return f"{detail.value} (?)" if detail.guessed else detail.value


def origin(article: Article) -> str:
    """Outlet, agency, author and date, as far as they are known."""
    return ", ".join(named(each) for each in (article.outlet, article.agency, article.author, article.date) if each)


def citation(article: Article) -> str:
    """Where an article is from, in one line: its title, outlet, agency, author and date, and its id."""
    title = f"“{article.title.value}”" + (" (?)" if article.title.guessed else "")
    return f"{', '.join(filter(None, (title, origin(article))))} [{article.id}]"
