"""Which pairs are proposed as possible conflicts: well aligned ones, and those with a number or date of one thing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from heapq import nsmallest
from itertools import combinations

from tui.model.span import Span
from tui.progress import Progress
from tui.suggest.account import Account, understand
from tui.suggest.conflict import ALIGNED, KINDS, Finding, conflicts
from tui.suggest.statements import Statements
from tui.suggest.suggestion import Reason, ReasonType, Suggestion, SuggestionKind

EACH = 2
"""Suggestions that a statement is in at most."""
_LEAST = 0.04
"""The score below which no possible conflict is proposed."""
_LOOKED_AT, _LOOKED_AT_HERE = 4, 2
"""Statements most like one that are looked at for conflicts with it: of all, and of its own article."""
_FRAMED = 24
"""Statements with a number of one thing, up to which each is held against each."""
_MOST_ACCOUNTS = 10_000
"""Accounts kept at a time: they take most of the memory, and little time."""
_ODDS = frozenset(
    {
        ReasonType.FIGURE,
        ReasonType.DATE,
        ReasonType.UNIQUENESS,
        ReasonType.REFUTATION,
        ReasonType.NEGATION,
    }
)
"""Differences after which two statements don't say the same; a name may be spelt, or a thing be put, in two ways."""
_BESIDE = 0.5
"""The share of the surest finding's score that another one of the same pair must have."""
_AT_ONCE = 200
"""Pairs between two words of progress."""
_BEFORE = 3_000
"""Code points of a line before a statement that are looked at for a quotation that goes on in it."""


class Differing:
    """Looks for conflicts, and keeps what it found of pairs that did not change."""

    def __init__(self) -> None:
        self._accounts: dict[int, Account] = {}
        self._found: dict[tuple[int, int], Suggestion | None] = {}

    def forget(self, stale: set[int], statements: Statements) -> None:
        """Let go of statements that are there no more, or weigh otherwise."""
        told = statements.pairs.told
        self._accounts = {
            number: one for number, one in self._accounts.items() if number in told and number not in stale
        }
        self._found = {
            (a, b): found
            for (a, b), found in self._found.items()
            if a in told and b in told and a not in stale and b not in stale
        }

    def suggestions(
        self, statements: Statements, weigh: Callable[[str], float], progress: Progress
    ) -> Iterator[Suggestion]:
        """The possible conflicts that are proposed, best first."""
        rank = statements.rank
        looked_at = sorted(_candidates(statements), key=lambda pair: (rank[pair[0]], rank[pair[1]]))
        found = []
        for done, pair in enumerate(looked_at):
            if done % _AT_ONCE == 0:
                progress("differences", done, len(looked_at))
            if pair not in self._found:
                self._found[pair] = self._look(statements, pair, weigh)
            one = self._found[pair]
            if one is not None:
                found.append((one, pair))
        # What is not looked at any more must not show: it would depend on what was asked before.
        self._found = {pair: self._found[pair] for pair in looked_at}
        times: Counter[int] = Counter()
        for one, (a, b) in sorted(found, key=lambda each: (-each[0].score, rank[each[1][0]], rank[each[1][1]])):
            if times[a] < EACH and times[b] < EACH:
                times.update((a, b))
                yield one

    @property
    def odds(self) -> dict[tuple[int, int], Suggestion]:
        """Pairs, in order, that say what can't both be, as far as they were looked at, and as what they are found."""
        return {pair: one for pair, one in self._found.items() if one is not None and one.reasons[0].type in _ODDS}

    def _look(self, statements: Statements, pair: tuple[int, int], weigh: Callable[[str], float]) -> Suggestion | None:
        a, b = pair
        likeness = statements.pairs.aligned(a, b)
        every = conflicts(self._account(statements, a), self._account(statements, b), likeness, weigh)
        # What is much less sure than the surest is no reason beside it.
        found = [one for one in every if one.score >= max(_LEAST, _BESIDE * every[0].score)]
        if not found:
            return None
        return Suggestion(
            SuggestionKind.CONTRADICTION,
            round(found[0].score, 4),
            tuple(statements.placed(_reason(one), a, b) for one in found),
            statements.passage(a),
            statements.passage(b),
            tuple(dict.fromkeys(KINDS[one.type] for one in found)),
        )

    def _account(self, statements: Statements, number: int) -> Account:
        account = self._accounts.get(number)
        if account is None:
            article, span = statements.articles[statements.pairs.article[number]], statements.span(number)
            opens = _is_inside_quotation(article.text, span.start)
            account = understand(span.of(article.text), statements.published(number), opens_quoted=opens)
            if len(self._accounts) >= _MOST_ACCOUNTS:
                self._accounts.clear()
            self._accounts[number] = account
        return account


def _candidates(statements: Statements) -> set[tuple[int, int]]:
    """The pairs that are looked at: of each statement those most like it, and those with a number of one thing."""
    rank, pairs, article = statements.rank, statements.pairs, statements.pairs.article
    found: set[tuple[int, int]] = set()
    for number, alike in pairs.alike.items():
        likenesses = ((pairs.aligned(number, other), other) for other in alike)
        near = [(-likeness, rank[other], other) for likeness, other in likenesses if likeness >= ALIGNED]
        if len(near) > _LOOKED_AT:
            own = [one for one in near if article[one[2]] == article[number]]
            near = nsmallest(_LOOKED_AT, near) + nsmallest(_LOOKED_AT_HERE, own)
        found.update((number, other) if rank[number] < rank[other] else (other, number) for *_, other in near)
    framed: defaultdict[str, list[int]] = defaultdict(list)
    for number, told in pairs.told.items():
        for frame in told.frames:
            framed[frame].append(number)
    for numbers in framed.values():
        if 1 < len(numbers) <= _FRAMED:
            found.update(combinations(sorted(numbers, key=rank.__getitem__), 2))
    return found


def _reason(finding: Finding) -> Reason:
    sides = (tuple(Span(*place) for place in places) for places in (finding.a, finding.b))
    return Reason(finding.type, finding.text, *sides)


def _is_inside_quotation(text: str, offset: int) -> bool:
    """Whether a quotation that began earlier in the line goes on at `offset`."""
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - _BEFORE) : offset]
    return line.count('"') % 2 == 1 or line.rfind("“") > line.rfind("”")
