"""What `check` says of decisions: sides that stand nowhere, a pair that is none, pairs decided on twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tui.anchors.tokens import plain
from tui.characters import clipped
from tui.exchange.anchoring import Anchoring
from tui.exchange.anchoring_words import apart, renamed_sentence
from tui.exchange.pairs import Pair, brought, pair_decided, words_of
from tui.model.records import Decision, Passage
from tui.text.numbers import agreeing, counted

Path = tuple[str | int, ...]


def decision_findings(
    decisions: Sequence[Decision], anchoring: Anchoring, renamed: Mapping[str, str], whose: str | None
) -> Iterator[tuple[Path, bool, str, str]]:
    """Of one annotator's decisions: where in the file, whether it is an error, a word for programs, a sentence.

    `renamed` are articles that are gone, with the ids they have now, as claims tell. `whose` file it is, where it is a
    colleague's.
    """
    homes = dict(renamed)
    gone: dict[str, Path] = {}
    for decision in decisions:
        for key, side in (("a", decision.a), ("b", decision.b)):
            if side.article not in homes and anchoring.is_gone(side.article):
                gone.setdefault(side.article, ("decisions", decision.id, key, "article"))
    for article, path in gone.items():
        if (home := anchoring.renamed_by_words(article, decisions)) is not None:
            homes[article] = home
            yield path, False, "article", renamed_sentence(article, home, whose)
    first: dict[Pair, str] = {}
    texts: dict[str, str] = {}
    moved: defaultdict[str, list[Path]] = defaultdict(list)
    for recorded in decisions:
        decision = brought(recorded, lambda id: homes.get(id, id))
        a, b = decision.a, decision.b
        for key, side in (("a", a), ("b", b)):
            found = _side(side, anchoring, texts)
            if found is not None:
                below, kind, sentence = found
                path = ("decisions", decision.id, key, below)
                if sentence:
                    yield path, False, kind, sentence
                else:
                    moved[side.article].append(path)
        if a.article == b.article and a.span.overlaps(b.span):
            yield ("decisions", decision.id, "b"), True, "pair", "this is where “a” stands: a pair has two statements"
        elif (other := first.setdefault(pair_decided(decision), decision.id)) != decision.id:
            sentence = f"{other} decides on this very pair already: take one of the two out"
            yield ("decisions", decision.id), True, "pair", sentence
    # One correction moves all that stands below it: one warning, as for the claims of an article.
    for paths in moved.values():
        sides = f"{counted(len(paths), 'side')} of decisions {agreeing(len(paths), 'stands', 'stand')} elsewhere now"
        yield paths[0], False, "stale", f"{sides}; what counts is the words, so nothing needs to be done"


def _side(side: Passage, anchoring: Anchoring, texts: dict[str, str]) -> tuple[str, str, str] | None:
    """What is wrong with a side: the key, a word for programs, a sentence; none where its words only moved."""
    article = anchoring.article(side.article)
    if article is None:
        sentence = f"there is no article “{clipped(side.article)}” that can be read: was its file renamed, taken away "
        return "article", "article", f"{sentence}or damaged? Until it is there this decides nothing"
    if side.span.of(article.text) == side.exact:
        return None
    if side.article not in texts:
        texts[side.article] = plain(article.text)
    if words_of(side.exact) in texts[side.article]:  # the words are what counts: it decides all the same
        return "span", "stale", ""
    was, _ = apart(side.exact, "")
    return "exact", "orphaned", f"orphaned: “{was}” stands nowhere in the article any more, and so decides nothing"
