"""Pairs of statements, as they are decided on: by kind, articles and words, wherever in them the words stand.

The anchoring of claims is not asked. It follows words that were changed to what stands in their place, and of a pair
with other words nobody has decided anything yet. What is left is to find the same words again, and that needs neither
the old text nor a difference: a decision without a place decides nothing, and counts again when its words are back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from tui.anchors.tokens import plain
from tui.model.article import Article
from tui.model.records import Decision, Passage, SuggestionKind

Side: TypeAlias = tuple[str, str]
"""An article, and words without what typography does to them."""
Pair: TypeAlias = tuple[SuggestionKind, Side, Side]


def pair_of(kind: SuggestionKind, a: Passage, b: Passage) -> Pair:
    """The pair that two passages are, whichever comes first."""
    first, second = sorted(((a.article, words_of(a.exact)), (b.article, words_of(b.exact))))
    return kind, first, second


def pair_decided(decision: Decision) -> Pair:
    """The pair that was decided on."""
    return pair_of(decision.kind, decision.a, decision.b)


@lru_cache(maxsize=65_536)
def words_of(exact: str) -> str:
    """The words of a passage as they are compared. They are kept: a statement is in many pairs."""
    return plain(exact)


def brought(decision: Decision, home: Callable[[str], str]) -> Decision:
    """The decision with the ids that its articles have now."""
    a, b = (
        side if home(side.article) == side.article else replace(side, article=home(side.article))
        for side in (decision.a, decision.b)
    )
    return decision if a is decision.a and b is decision.b else replace(decision, a=a, b=b)


def renamed_by_words(old: str, decisions: Iterable[Decision], articles: Mapping[str, Article]) -> str | None:
    """The id that an article has now which is gone: that of the only one in which all that was decided on in it stands
    at the very place; None where that can't be told."""
    sides = [side for decision in decisions for side in (decision.a, decision.b) if side.article == old]
    if not sides:
        return None
    found = [
        article.id for article in articles.values() if all(side.span.of(article.text) == side.exact for side in sides)
    ]
    return found[0] if len(found) == 1 else None
