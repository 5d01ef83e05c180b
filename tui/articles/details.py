"""What is known of an article: as config.yaml says, else its front matter, else as guessed."""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

from tui.articles.dates import read_date
from tui.articles.decoding import refuse_empty
from tui.articles.front_matter import split_front_matter
from tui.articles.guessing import guess
from tui.config import DETAILS
from tui.model.article import Article, Detail


def describe(id: str, file: str, text: str, corrections: Mapping[str, str]) -> Article:
    """The article in the decoded `text` of a file, front matter and all.

    `corrections` beat front matter, which beats guesses; an empty text says that there is none.

    Raises:
        ArticleError: nothing follows the front matter.
    """
    front_matter, text = split_front_matter(text)
    refuse_empty(text)
    guesses = guess(text, id.rpartition("/")[2])
    details: dict[str, Detail | None] = {}
    for field in DETAILS:
        said = corrections.get(field, front_matter.get(field))
        if said is not None:
            details[field] = Detail(" ".join(said.split())) if said.strip() else None
        else:
            details[field] = Detail(guesses[field], guessed=True) if field in guesses else None
    said_nothing = "outlet" not in corrections and "outlet" not in front_matter
    if details["outlet"] is None and said_nothing and (url := details["url"]) and (host := _host(url.value)):
        details["outlet"] = Detail(host, guessed=True)
    if (date := details["date"]) and (iso := read_date(date.value)):
        details["date"] = Detail(iso, date.guessed)
    return Article(
        id=id,
        file=file,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=details["title"] or Detail(id, guessed=True),
        outlet=details["outlet"],
        agency=details["agency"],
        author=details["author"],
        date=details["date"],
        url=details["url"],
        language=details["language"],
    )


def _host(url: str) -> str | None:
    """The site an address belongs to: “thehindu.com”."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") if "." in host else None
