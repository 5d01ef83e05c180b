"""A claim as each article tells it: the reference, and beside it each other article's counterpart, with others to
choose from. Holds what was found; what is slow is done elsewhere and taken in as it comes."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tui.model.records import Claim
from tui.model.span import Span
from tui.session.alike import Alike
from tui.session.comparing import Anchor, Counterpart, claims_about, linked
from tui.session.gestures import End
from tui.session.rereading import offset_now
from tui.session.session import Session
from tui.suggest.comparison import REACH, Comparison, compare
from tui.text.cells import ELLIPSIS


@dataclass(frozen=True, slots=True)
class Found:
    """What is alike in one article, and the statements that all of it stands in."""

    article: str
    similar: tuple[Counterpart, ...]
    around: dict[Span, Span]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article beside the reference: the counterpart shown, and which it is of those there are."""

    article: str
    counterparts: tuple[Counterpart, ...]
    at: int
    """-1: nothing in this article is like the reference, as far as can be told."""

    @property
    def shown(self) -> Counterpart | None:
        return self.counterparts[self.at] if self.at >= 0 else None


class Sheet:
    """What one comparison shows. All but `look` is done on the thread that makes gestures."""

    def __init__(self, session: Session, anchor: Anchor, *, colleagues: bool) -> None:
        """`colleagues`: whether their records count."""
        self.session = session
        self.reference = anchor
        self.colleagues = colleagues
        self._article = session.articles[anchor.article]
        self.entries: list[Entry] = []
        self.is_whole = False
        """Whether everything was found that there is to find."""
        self._similar: dict[str, tuple[Counterpart, ...]] = {}
        self._around: dict[tuple[str, Span], Span] = {}
        self.link_again()

    def anew(self) -> "Sheet":
        """The same comparison in the articles as they are now: of the reference's words, else of the statement that
        stands where they stood."""
        anchor, now = self.reference, self.session.articles[self.reference.article]
        start = offset_now(self._article.text, now.text, anchor.span)
        span = Span(start, start + len(anchor.span))
        if span.end > len(now.text) or span.of(now.text) != anchor.span.of(self._article.text):
            statements = self.session.statements(now.id)
            after = bisect_right(statements, start, key=lambda statement: statement.span.start)
            span = statements[max(0, after - 1)].span
        return Sheet(self.session, Anchor(now.id, span), colleagues=self.colleagues)

    # --- finding ---

    def look(
        self,
        alike: Alike,
        articles: Sequence[str],
        linked_spans: dict[str, tuple[Span, ...]],
        stopped: Callable[[], bool],
    ) -> Iterator[Found]:
        """What is alike in each of these articles, and in those with links. Slow, for another thread: looks at no
        records. Compares what was found in full, so that showing it takes no time."""
        anchor = self.reference
        yield Found(anchor.article, (), {anchor.span: alike.around(anchor.article, anchor.span)})
        every = dict.fromkeys((*linked_spans, *articles))
        for article, similar in alike.similar(anchor, every, stopped=stopped):
            spans = [*linked_spans.get(article, ()), *(one.span for one in similar)]
            for number, span in enumerate(spans):
                is_linked = number < len(linked_spans.get(article, ()))
                here, there = self.words(anchor.article, anchor.span), self.words(article, span)
                compare(here, there, are_linked=is_linked)
            yield Found(article, similar, {span: alike.around(article, span) for span in spans})

    def linked_spans(self) -> dict[str, tuple[Span, ...]]:
        """Where links lead, by article: what `look` has to be told of the records."""
        return {
            entry.article: tuple(one.span for one in entry.counterparts if one.link is not None)
            for entry in self.entries
        }

    def take(self, found: Found) -> None:
        """Take in what was found in one article."""
        for span, around in found.around.items():
            self._around[found.article, span] = around
        if found.article != self.reference.article or found.similar:
            self._similar[found.article] = found.similar
            self._put(found.article, self._links().get(found.article, ()))

    def finish(self) -> None:
        """Everything was found: put the entries in order, linked ones first, then the most similar."""
        self.is_whole = True
        order = list(self.session.articles)

        def rank(entry: Entry) -> tuple[bool, bool, float, int]:
            shown = entry.shown
            is_linked = shown is not None and shown.link is not None
            score = shown.score if shown is not None and not is_linked else 0.0
            return shown is None, not is_linked, -score, order.index(entry.article) if is_linked else 0

        self.entries.sort(key=rank)

    # --- records ---

    def link_again(self) -> None:
        """Records changed: show how the counterparts are linked now; every entry keeps its place and words."""
        anchor = self.reference
        about = claims_about(self.session, anchor.article, anchor.span, colleagues=self.colleagues)
        known = {claim.id for claim in about}
        kept = [now for claim in anchor.claims if claim.id not in known and (now := self._now(claim)) is not None]
        self.reference = replace(anchor, claims=(*about, *kept))
        links = self._links()
        for article in dict.fromkeys((*(entry.article for entry in self.entries), *links)):
            self._put(article, links.get(article, ()))

    def _now(self, claim: Claim) -> Claim | None:
        record = self.session.record(claim.annotator, claim.id)
        return record if isinstance(record, Claim) else None

    def _links(self) -> dict[str, tuple[Counterpart, ...]]:
        return linked(self.session, self.reference, colleagues=self.colleagues)

    def _put(self, article: str, links: tuple[Counterpart, ...]) -> None:
        similar = self._similar.get(article, ())
        spans = {one.span for one in links}
        counterparts = (*links, *(one for one in similar if one.span not in spans))
        position = next((number for number, entry in enumerate(self.entries) if entry.article == article), None)
        first = 0 if counterparts and counterparts[0].is_good else -1
        if position is None:
            self.entries.append(Entry(article, counterparts, first))
            return
        shown = self.entries[position].shown
        same = next((at for at, one in enumerate(counterparts) if shown is not None and one.span == shown.span), first)
        is_beside_link = bool(links) and counterparts[same].link is None
        self.entries[position] = Entry(article, counterparts, 0 if is_beside_link else same)

    # --- looking and choosing ---

    def words(self, article: str, span: Span) -> str:
        """A stretch as far as it is compared."""
        return self.session.articles[article].text[span.start : min(span.end, span.start + REACH)]

    def excerpt(self, article: str, span: Span) -> tuple[str, int]:
        """A stretch in the statements it stands in, as far as they are known, and where in that it begins; of a very
        long one the beginning."""
        around = self._around.get((article, span), span)
        end = min(around.end, span.start + REACH)
        text = self.session.articles[article].text[around.start : end]
        return text if end == around.end else f"{text} {ELLIPSIS}", span.start - around.start

    def compared(self, shown: Counterpart) -> Comparison:
        """The reference beside a counterpart."""
        here, there = (self.words(one.article, one.span) for one in (self.reference, shown))
        return compare(here, there, are_linked=shown.link is not None)

    def step(self, position: int, by: int) -> bool:
        """Show the next counterpart of an entry, from the last to the first; False if there is no other."""
        entry = self.entries[position]
        if len(entry.counterparts) - (entry.at >= 0) < 1:
            return False
        self.entries[position] = replace(entry, at=(max(entry.at, 0 if by < 0 else -1) + by) % len(entry.counterparts))
        return True

    def anchor_at(self, position: int) -> Anchor | None:
        """An entry as the reference of another comparison."""
        shown = self.entries[position].shown
        if shown is None:
            return None
        about = claims_about(self.session, shown.article, shown.span, colleagues=self.colleagues)
        if shown.claim is not None and shown.claim not in about:
            about = (shown.claim, *about)
        return Anchor(shown.article, shown.span, about)

    def ends(self, position: int) -> tuple[End, End] | None:
        """The reference and an entry as the ends of a link.

        Raises:
            RefusedError: one is a colleague's claim that stands nowhere any more.
        """
        shown = self.entries[position].shown
        if shown is None:
            return None
        anchor = self.reference
        here = next((claim for claim in anchor.claims if claim.span == anchor.span), None)
        return (
            self.session.end_of(anchor.article, anchor.span, claim=here),
            self.session.end_of(shown.article, shown.span, claim=shown.claim),
        )
