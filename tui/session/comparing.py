"""The counterparts of a claim: where each other article says the same thing, or otherwise.

A link that somebody recorded comes first: it is looked for here, among records only, at once, on the thread that makes
gestures. Where there is none, `alike.py` finds the statement that is most like it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.model.records import Claim, Contradiction, DuplicateGroup, Link
from tui.model.span import Span
from tui.session.session import Session

LEAST = 0.1
"""The score below which a statement is no counterpart: what is found there is hardly ever one."""
ALL_ARTICLES = 50
"""So many articles are all compared; of more, those that share the rarest words."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The statement or claim that counterparts are sought of."""

    article: str
    span: Span
    claims: tuple[Claim, ...] = ()
    """What is recorded of it, one's own first: their links lead to counterparts."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A stretch of another article beside the anchor's, and how it was found."""

    article: str
    span: Span
    claim: Claim | None = None
    link: Link | None = None
    """The link that led here; None: it was found by its words."""
    is_implied: bool = False
    """Whether the link is another claim's of the same duplicate group."""
    score: float = 0.0
    """From 0 to 1, where it was found by its words."""
    shared: str = ""
    """The longest run of words that it shares with the anchor."""

    @property
    def is_good(self) -> bool:
        """Whether it is shown unasked."""
        return self.link is not None or self.score >= LEAST


def claims_about(session: Session, article: str, span: Span, *, colleagues: bool) -> tuple[Claim, ...]:
    """The claims of about this stretch, one's own first: what they share with it is at least half of the longer."""
    claims = session.claims_at(article, span, colleagues=colleagues)
    return tuple(claim for claim in claims if _is_about(claim.span, span))


def _is_about(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= max(len(one), len(other))


def linked(session: Session, anchor: Anchor, *, colleagues: bool) -> dict[str, tuple[Counterpart, ...]]:
    """The counterparts that are linked, by article: one's own links before colleagues', direct ones before those
    through a duplicate group, contradictions before duplicates. As many as the links have ends, no matter what else
    is recorded."""
    found: dict[tuple[str, str], Counterpart] = {}

    def add(claim: Claim, link: Link, is_implied: bool) -> None:
        placed = session.views.placed(claim)
        stands = claim.article in session.articles and not (placed is not None and placed.is_orphan)
        if stands and (claim.annotator, claim.id) not in found:
            found[claim.annotator, claim.id] = Counterpart(claim.article, claim.span, claim, link, is_implied)

    for claim in anchor.claims:
        if colleagues or claim.annotator == session.annotator:
            for end, link, is_implied in _ends(session, claim):
                add(end, link, is_implied)
    here = {(claim.annotator, claim.id) for claim in anchor.claims}
    ordered = sorted(
        (one for key, one in found.items() if key not in here),
        key=lambda one: (one.is_implied, one.link is None or one.link.annotator != session.annotator),
    )
    by_article: dict[str, list[Counterpart]] = {}
    for one in ordered:
        is_elsewhere = one.article != anchor.article or not (one.is_implied or one.span.overlaps(anchor.span))
        some = by_article.setdefault(one.article, []) if is_elsewhere else []
        if is_elsewhere and all(one.span != other.span for other in some):
            some.append(one)
    return {article: tuple(some) for article, some in by_article.items()}


def _ends(session: Session, claim: Claim) -> Iterator[tuple[Claim, Link, bool]]:
    """The other ends of a claim's links, then what its group is contradicted by, and those that say the same. Every
    group is gone through once, from however many claims it is come to."""
    links = session.links_of(claim)
    groups = [link for link in links if isinstance(link, DuplicateGroup)]
    for link in links:
        for end in session.ends_of(link):
            if end.id != claim.id:
                yield end, link, False
    same = [end for group in groups for end in session.ends_of(group)]
    known: set[str] = set()
    for member in (claim, *same):
        for link in session.links_of(member):
            if isinstance(link, Contradiction):
                for end in session.ends_of(link):
                    if end.id != member.id:
                        yield end, link, True
                        for group in session.links_of(end) if end.id not in known else ():
                            if isinstance(group, DuplicateGroup) and group.id not in known:
                                known.add(group.id)
                                yield from ((other, link, True) for other in session.ends_of(group))
                        known.add(end.id)
