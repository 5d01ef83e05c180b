"""Three short reports of one invented accident, at odds in places, for the tests of suggestions."""

from collections.abc import Iterable
from hashlib import sha256

from tui.articles.statements import segment
from tui.model.article import Article, Detail, Statement
from tui.suggest.engine import Engine
from tui.suggest.suggestion import Suggestion, SuggestionKind

POST = """Ferry runs aground off Kellstad

A passenger ferry with 212 people on board ran aground in thick fog off the port of Kellstad on Tuesday evening.

“It was like hitting a wall,” said Ingrid Solheim, a teacher who was travelling with her two children.

The captain, Erik Brandvold, 52, had sailed the route hundreds of times, the shipping company Nordlinje said.

Nordlinje said the radar of the ship was inspected in September and no fault was found.

All passengers were brought ashore within three hours by lifeboats and two fishing vessels.

Share this article
"""
DAILY = """Captain of grounded ferry questioned

Police on Wednesday questioned the captain of the ferry that struck a reef near Kellstad, leaving 17 passengers hurt.

Captain Erik Brandvoll, 54, told investigators that the radar had failed minutes before.

The company denied that the radar had failed. “The radar of the ship was inspected in October and no fault was found,”
said a spokesman.

It took the lifeboats almost five hours to bring all passengers ashore, the coast guard said.

A teacher on board, Ingrid Solheim, described the impact as “like hitting a wall”.

The transport minister promised an inquiry within two weeks.

Share this article
"""
WIRE = """Kellstad ferry to be towed
VIKHOLM, 7 November 2014

Fourteen passengers were hurt when the ferry struck a reef near Kellstad on November 4.

The ferry had allegedly been sailing with a broken radar, the seamen's union said.

The transport minister said an inquiry would report within two months.

Share this article
"""
DATES = {"daily": "2014-11-06", "post": "2014-11-05", "wire": "2014-11-07"}


def article(id: str, text: str, date: str | None = None) -> Article:
    return Article(
        id=id,
        file=f"seeds/{id}.txt",
        text=text,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=Detail(id),
        date=None if date is None else Detail(date),
    )


def ferry() -> list[Article]:
    return [article(id, text, DATES[id]) for id, text in (("post", POST), ("daily", DAILY), ("wire", WIRE))]


def articles(*texts: str) -> list[Article]:
    """Undated articles, called a, b, c, …"""
    return [article("abcdefghijklmnopqrstuvwxyz"[number], text) for number, text in enumerate(texts)]


class Segmented:
    """The statements of some articles, counting how often they are asked for."""

    def __init__(self, some: Iterable[Article]) -> None:
        self._texts = {one.id: one.text for one in some}
        self.asked: list[str] = []

    def __call__(self, id: str) -> tuple[Statement, ...]:
        self.asked.append(id)
        return segment(self._texts[id])


def suggested(some: list[Article], engine: Engine | None = None) -> tuple[Suggestion, ...]:
    """The engine's result."""
    *_, last = (engine or Engine()).suggest(some, Segmented(some))
    return last


def sides(suggestion: Suggestion) -> tuple[str, str]:
    return suggestion.a.exact, suggestion.b.exact


def of_kind(suggestions: Iterable[Suggestion], kind: SuggestionKind) -> list[Suggestion]:
    return [one for one in suggestions if one.kind is kind]
