"""What `check` says of decisions: sides that stand nowhere, a pair that is none, pairs decided on twice."""

from collections.abc import Iterable, Iterator, Mapping

from tui.anchors.tokens import plain
from tui.characters import clipped
from tui.exchange.anchoring_words import apart
from tui.exchange.pairs import Pair, brought, pair_decided, words_of
from tui.model.article import Article
from tui.model.records import Decision, Passage

Path = tuple[str | int, ...]


def decision_findings(
    decisions: Iterable[Decision], articles: Mapping[str, Article], renamed: Mapping[str, str]
) -> Iterator[tuple[Path, bool, str, str]]:
    """Of one annotator's decisions: where below `decisions`, whether it is an error, a word for programs, a sentence.

    `renamed` are articles that are gone, with the ids they have now.
    """
    first: dict[Pair, str] = {}
    texts: dict[str, str] = {}
    for recorded in decisions:
        decision = brought(recorded, lambda id: renamed.get(id, id))
        a, b = decision.a, decision.b
        for key, side in (("a", a), ("b", b)):
            found = _side(side, articles, texts)
            if found is not None:
                below, kind, sentence = found
                yield (decision.id, key, below), False, kind, sentence
        if a.article == b.article and a.span.overlaps(b.span):
            yield (decision.id, "b"), True, "pair", "this is where “a” stands: a pair has two statements"
            continue
        pair = pair_decided(decision)
        if (other := first.setdefault(pair, decision.id)) != decision.id:
            sentence = f"{other} decides on this very pair already: take one of the two out"
            yield (decision.id,), True, "pair", sentence


def _side(side: Passage, articles: Mapping[str, Article], texts: dict[str, str]) -> tuple[str, str, str] | None:
    article = articles.get(side.article)
    if article is None:
        sentence = f"there is no article “{clipped(side.article)}” that can be read: was its file renamed, taken away "
        return "article", "article", f"{sentence}or damaged? Until it is there this decides nothing"
    if side.span.of(article.text) == side.exact:
        return None
    if side.article not in texts:
        texts[side.article] = plain(article.text)
    if words_of(side.exact) in texts[side.article]:  # it was corrected elsewhere, and the words are what counts
        return None
    was, _ = apart(side.exact, "")
    return "exact", "orphaned", f"orphaned: “{was}” stands nowhere in the article any more, and so decides nothing"
