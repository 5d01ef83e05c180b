"""What is proposed to the reader and not decided yet: which statements say the same thing, and which may conflict.

The engine's list comes whole, again and again; what is open of it follows each step. Whatever a key asks is found by
bisection, and a step costs as much as the suggestions at the places it concerns.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tui.exchange.pairs import Pair, brought, pair_decided, pair_of
from tui.model.changes import Change
from tui.model.records import Claim, Contradiction, Decision, DuplicateGroup, Link, Passage, SuggestionKind
from tui.model.span import Span
from tui.session.suggested_sides import FAINT, OpenSides, Prepared, gone_from, prepare
from tui.suggest.suggestion import Suggestion

__all__ = ["FAINT", "FIRST_CONFLICTS", "Prepared", "Suggestions", "marks", "prepare"]

if TYPE_CHECKING:
    from tui.session.session import Session

FIRST_CONFLICTS = 12
"""Possible conflicts that are shown at first: most of those that come after them are none."""


class Suggestions:
    """The suggestions of one session. Everything but `prepare` is done on the thread that makes gestures.

    Open is what is neither linked by the reader nor decided on by them; what colleagues decided hides nothing. A
    contradiction puts away whatever the pair is proposed as; a duplicate group only that its members are duplicates:
    two statements of one thing that differ in a figure are what a fact-checker wants to see. A pair is known again by
    its words: what was rejected stays so wherever they stand by now.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._take(prepare((), {}))
        session.followers.append(self.follow)

    # --- following ---

    def renew(self, found: Iterable[Suggestion] | Prepared) -> frozenset[str]:
        """Let this be the engine's list from now on; the articles in which something is open of other statements than
        before. A long list is better prepared in another thread."""
        before = self._sides
        self._take(found if isinstance(found, Prepared) else prepare(found, self._session.articles))
        after = self._sides
        spans = {id: [each[id].spans if id in each else [] for each in (before, after)] for id in before | after}
        return frozenset(article for article, (old, new) in spans.items() if old != new)

    def follow(self, changes: Iterable[Change] | None) -> None:
        """Records changed, anybody's, as the session has them now; None: all may stand elsewhere, or articles may
        say something else."""
        view = self._session.desk.view
        if changes is None or view is not self._view or view.renamed is not self._renamed:
            self._take(self._prepared)
            return
        links: set[str] = set()
        positions: set[int] = set()
        for change in changes:
            record = change.record
            match record:
                case Decision():
                    positions.update(self._redecided(change))
                case Contradiction() | DuplicateGroup() if record.annotator == self._session.annotator:
                    links.add(record.id)
                case Claim() if record.annotator == self._session.annotator:
                    links.update(link.id for link in view.records.links_of(record.id))
        for id in links:
            positions |= self._relinked(id)
        for position in positions:
            self._look_at(position)

    def _take(self, prepared: Prepared) -> None:
        session = self._session
        view = session.desk.view
        self._view, self._renamed = view, view.renamed
        self._prepared = prepared
        self._found, self._pairs = prepared.found, prepared.pairs
        self._by_pair, self._shelves = prepared.by_pair, prepared.shelves
        self._decisions: dict[Pair, dict[tuple[str, str], Decision]] = {}
        """Everybody's, by pair, then by annotator and id."""
        for index in (view.records, *session.colleagues.values()):
            for decision in index.decisions():
                self._decisions.setdefault(pair_decided(decision), {})[decision.annotator, decision.id] = decision
        self._linked: dict[str, frozenset[int]] = {}
        """Positions of what each link joins, by its id."""
        self._links_of: defaultdict[int, set[str]] = defaultdict(set)
        links: tuple[Link, ...] = (*view.records.contradictions(), *view.records.groups())
        for link in links:
            self._relinked(link.id)
        gone = self._gone()
        closed = gone | self._closed()
        # Decided ones are among the best too: else each newer list would bring as many more as were decided.
        self._held = frozenset(islice((each for each in prepared.conflicts if each not in gone), FIRST_CONFLICTS, None))
        """Positions of the possible conflicts that are not shown at first: all behind the best."""
        self._open_held = len(self._held - closed)
        self._there, self._there_held = len(self._found) - len(gone), len(self._held)
        self._faint = self._held | prepared.weak
        """Positions of what has no sign beside the text."""
        self._is_open = [position not in closed for position in range(len(self._found))]
        shown = (position for position, is_open in enumerate(self._is_open) if is_open)
        self._order = [position for position in shown if position not in self._held]
        """The positions of what is shown at first, in order, and beside them the suggestions."""
        self._shown = [self._found[position] for position in self._order]
        self._shown_tuple: tuple[Suggestion, ...] | None = None
        self._every: tuple[Suggestion, ...] | None = None
        self._sides = {article: OpenSides(shelf) for article, shelf in self._shelves.items()}
        for position in closed | self._faint:
            self._count(position, -1)

    def _gone(self) -> set[int]:
        """What is proposed of words that do not stand there any more: the article was read anew since."""
        gone: set[int] = set()
        for article, shelf in self._shelves.items():
            now = self._session.articles.get(article)
            is_same = now is not None and now is self._prepared.checked.get(article)
            gone |= self._prepared.gone[article] if is_same else gone_from(shelf, now)
        return gone

    def _closed(self) -> set[int]:
        closed = {position for position, links in self._links_of.items() if links}
        for pair, decisions in self._decisions.items():
            if self._is_own(decisions):
                closed.update(self._by_pair.get(pair, ()))
        return closed

    def _is_own(self, decisions: Mapping[tuple[str, str], Decision]) -> bool:
        return any(annotator == self._session.annotator for annotator, _ in decisions)

    def _look_at(self, position: int) -> None:
        """See whether a suggestion is open now."""
        decisions = self._decisions.get(self._pairs[position], {})
        is_open = not self._links_of.get(position) and not self._is_own(decisions) and self._stands(position)
        if is_open and not self._is_open[position]:
            self._put(position)
        elif not is_open and self._is_open[position]:
            self._drop(position)

    def _stands(self, position: int) -> bool:
        one = self._found[position]
        return all(
            (article := self._session.articles.get(side.article)) is not None
            and side.span.of(article.text) == side.exact
            for side in (one.a, one.b)
        )

    def _put(self, position: int) -> None:
        one = self._found[position]
        self._is_open[position] = True
        self._shown_tuple = self._every = None
        if position not in self._faint:
            self._count(position, 1)
        if position in self._held:
            self._open_held += 1
            return
        at = bisect_left(self._order, position)
        self._order.insert(at, position)
        self._shown.insert(at, one)

    def _drop(self, position: int) -> None:
        self._is_open[position] = False
        self._shown_tuple = self._every = None
        if position not in self._faint:
            self._count(position, -1)
        if position in self._held:
            self._open_held -= 1
            return
        at = bisect_left(self._order, position)
        del self._order[at]
        del self._shown[at]

    def _count(self, position: int, by: int) -> None:
        one = self._found[position]
        for side in (one.a, one.b):
            self._sides[side.article].count(side.span, by)

    def _redecided(self, change: Change) -> Iterator[int]:
        """Take in a decision; the positions of the pairs concerned."""
        is_own = change.record.annotator == self._session.annotator
        for decision, is_there in ((change.before, False), (change.after, True)):
            if not isinstance(decision, Decision):
                continue
            # Colleagues' changes are of what is seen of their records.
            pair = pair_decided(brought(decision, self._view.home) if is_own else decision)
            key = (decision.annotator, decision.id)
            if is_there:
                self._decisions.setdefault(pair, {})[key] = decision
            elif (some := self._decisions.get(pair)) is not None:
                some.pop(key, None)
                if not some:
                    del self._decisions[pair]
            yield from self._by_pair.get(pair, ())

    def _relinked(self, id: str) -> set[int]:
        """See what a link of one's own joins now; the positions of what it joins or joined."""
        before = self._linked.pop(id, frozenset())
        link = self._view.records.get(id)
        after = self._joined(link) if isinstance(link, Contradiction | DuplicateGroup) else frozenset()
        for position in before - after:
            self._links_of[position].discard(id)
        for position in after - before:
            self._links_of[position].add(id)
        if after:
            self._linked[id] = after
        return set(before ^ after)

    def _joined(self, link: Link) -> frozenset[int]:
        """The positions of the suggestions that this link puts away: both sides are marked by ends of it."""
        ends: defaultdict[tuple[int, bool], set[str]] = defaultdict(set)
        """The ends at each side, by position and whether it is the first side."""
        for id in link.claims:
            claim = self._view.records.claim(id)
            shelf = None if claim is None else self._shelves.get(claim.article)
            if claim is None or shelf is None or self._is_orphan(id):
                continue
            for number in shelf.at(claim.span):
                side = shelf.sides[number]
                if marks(claim.span, side.span):
                    for position in shelf.found[number]:
                        one = self._found[position]
                        if isinstance(link, DuplicateGroup) and one.kind is SuggestionKind.CONTRADICTION:
                            continue
                        ends[position, (one.a.article, one.a.span) == (side.article, side.span)].add(id)
        return frozenset(
            position
            for (position, is_first), some in ends.items()
            if is_first and (position, False) in ends and len(some | ends[position, False]) > 1
        )

    def _is_orphan(self, claim: str) -> bool:
        placed = self._view.placed(claim)
        return placed is not None and placed.is_orphan

    # --- looking ---

    def open(self, *, all_conflicts: bool = False) -> Sequence[Suggestion]:
        """What is neither linked nor decided, in the engine's order: of possible conflicts those that were the best
        when the list came, or all of them. The same tuple until something changes."""
        if all_conflicts:
            if self._every is None:
                self._every = tuple(one for one, is_open in zip(self._found, self._is_open, strict=True) if is_open)
            return self._every
        if self._shown_tuple is None:
            self._shown_tuple = tuple(self._shown)
        return self._shown_tuple

    @property
    def held_back(self) -> int:
        """How many open conflicts are shown only where all of them are asked for."""
        return self._open_held

    @property
    def progress(self) -> tuple[int, int]:
        """How many suggestions are linked or decided, and of how many; without the conflicts that are not shown at
        first. Of how many only changes when a newer list comes, or an article."""
        there = self._there - self._there_held
        return there - len(self._order), there

    @property
    def whole_progress(self) -> tuple[int, int]:
        """The same with all conflicts."""
        return self._there - len(self._order) - self._open_held, self._there

    def is_open(self, suggestion: Suggestion) -> bool:
        """Whether this very suggestion is in the engine's list, and open."""
        positions = self._by_pair.get(pair_of(suggestion.kind, suggestion.a, suggestion.b), ())
        return any(self._is_open[position] and _is_at_same(self._found[position], suggestion) for position in positions)

    def at(self, article: str, span: Span) -> Sequence[Suggestion]:
        """The open ones of which a side overlaps this stretch, in the engine's order, all conflicts with them."""
        shelf = self._shelves.get(article)
        if shelf is None:
            return ()
        found = {position for number in shelf.at(span) for position in shelf.found[number] if self._is_open[position]}
        return tuple(self._found[position] for position in sorted(found))

    def is_faint(self, suggestion: Suggestion) -> bool:
        """Whether this is a weak guess: nothing in the margin tells of it."""
        positions = self._by_pair.get(pair_of(suggestion.kind, suggestion.a, suggestion.b), ())
        return all(position in self._faint for position in positions)

    def marked(self, article: str, span: Span) -> Sequence[Span]:
        """The statements that begin in this stretch and of which something open is proposed that is not faint."""
        sides = self._sides.get(article)
        if sides is None:
            return ()
        first, beyond = (bisect_left(sides.spans, end, key=lambda side: side.start) for end in (span.start, span.end))
        return sides.spans[first:beyond]

    def next(self, article: str, offset: int, direction: int) -> Passage | None:
        """The next statement in the article, behind this offset or, with a negative direction, before it, of which
        something open is proposed that is not faint."""
        sides = self._sides.get(article)
        if sides is None:
            return None
        if direction > 0:
            at = bisect_right(sides.spans, offset, key=lambda span: span.start)
        else:
            at = bisect_left(sides.spans, offset, key=lambda span: span.start) - 1
        if not 0 <= at < len(sides.spans):
            return None
        return sides.shelf.sides[sides.shelf.numbers[sides.spans[at]]]

    def decided(self, suggestion: Suggestion) -> Sequence[Decision]:
        """What everybody decided on this pair, as whatever it was proposed: one's own decisions first, then those of
        colleagues by name; of one reader first that on what it is proposed as here."""
        found: list[Decision] = []
        for kind in (suggestion.kind, *(other for other in SuggestionKind if other is not suggestion.kind)):
            found += self._decisions.get(pair_of(kind, suggestion.a, suggestion.b), {}).values()
        own = self._session.annotator
        return tuple(sorted(found, key=lambda one: (one.annotator != own, one.annotator)))


def marks(claim: Span, statement: Span) -> bool:
    """Whether a claim marks a statement: half of the shorter of the two is in both. Of two neighbours, each of which
    has an end of the claim, it marks the one it is about."""
    common = min(claim.end, statement.end) - max(claim.start, statement.start)
    return 2 * common >= min(len(claim), len(statement))


def _is_at_same(one: Suggestion, other: Suggestion) -> bool:
    return (one.a, one.b) == (other.a, other.b)
