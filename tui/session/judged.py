"""What the readers of a workspace said of pairs of statements, by their links and decisions."""

from collections.abc import Iterator
from itertools import combinations

from tui.exchange.pairs import pair_decided
from tui.model.records import Claim, DuplicateGroup, Link, Passage, SuggestionKind, Verdict
from tui.session.session import Session
from tui.store.index import RecordIndex
from tui.suggest.evaluation import Judged


def judged(session: Session) -> tuple[Judged, ...]:
    """What everybody linked or accepted, which is right, and what was rejected, which is wrong.

    One's own decisions go before those of colleagues; what colleagues don't agree on is left out.
    """
    found = list(dict.fromkeys(_linked(session)))
    own, *others = ([*index.decisions()] for index in _indexes(session))
    known = {pair_decided(decision) for decision in own}
    verdicts: dict[object, set[Verdict]] = {}
    for decision in (decision for some in others for decision in some):
        verdicts.setdefault(pair_decided(decision), set()).add(decision.verdict)
    for some in (own, *others):
        for decision in some:
            pair = pair_decided(decision)
            if some is own or (pair not in known and len(verdicts[pair]) == 1):
                right = decision.verdict is Verdict.ACCEPTED
                found.append(Judged(decision.kind, decision.a, decision.b, right, as_proposed=True))
    return tuple(dict.fromkeys(found))


def own_groups(session: Session) -> tuple[tuple[Passage, ...], ...]:
    """The reader's own duplicate groups, as passages that stand in the articles of now."""
    groups = (_passages(session, session.seen, group) for group in session.seen.groups())
    return tuple(sorted((group for group in groups if len(group) > 1), key=_place))


def _place(group: tuple[Passage, ...]) -> list[tuple[str, int, int]]:
    return [(passage.article, passage.span.start, passage.span.end) for passage in group]


def _indexes(session: Session) -> tuple[RecordIndex, ...]:
    return session.seen, *session.colleagues.values()


def _linked(session: Session) -> Iterator[Judged]:
    for index in _indexes(session):
        links: tuple[Link, ...] = (*index.groups(), *index.contradictions())
        for link in links:
            is_group = isinstance(link, DuplicateGroup)
            kind = SuggestionKind.DUPLICATE if is_group else SuggestionKind.CONTRADICTION
            for a, b in combinations(_passages(session, index, link), 2):
                yield Judged(kind, a, b, right=True)


def _passages(session: Session, index: RecordIndex, link: Link) -> tuple[Passage, ...]:
    """The ends of a link whose words stand in their article, by place."""
    claims = (claim for id in link.claims if (claim := index.claim(id)) is not None)
    found = {Passage(claim.article, claim.span, claim.exact) for claim in claims if _stands(session, claim)}
    return tuple(sorted(found, key=lambda passage: (passage.article, passage.span)))


def _stands(session: Session, claim: Claim) -> bool:
    article = session.articles.get(claim.article)
    return article is not None and claim.stands_in(article.text)
