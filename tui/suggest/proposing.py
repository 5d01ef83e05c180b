"""From what is alike to what is proposed: duplicates and possible conflicts, each with its reasons."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day_of
from itertools import combinations

from tui.model.article import Article
from tui.model.span import Span
from tui.progress import Progress, unsaid
from tui.suggest.account import Account, understand
from tui.suggest.conflict import KINDS, Finding, conflicts
from tui.suggest.days import read_day
from tui.suggest.pairs import Pairs
from tui.suggest.reading import ROOT, Told
from tui.suggest.reasons import Words, duplicate_reasons, verbatim
from tui.suggest.suggestion import Passage, Reason, Suggestion, SuggestionKind

DUPLICATE = 0.12
"""The likeness from which on two statements may be proposed as duplicates."""
ALIGNED = 0.12
"""The likeness from which on it says something that two statements differ."""
EACH = 2
"""Suggestions of a kind that a statement is in at most."""
_LOOKED_AT = 4
"""Statements most like one that are looked at for conflicts with it."""
_FRAMED = 24
"""Statements with a number of the same, up to which each is held against each."""
_AT_ONCE = 200
"""Pairs between two words of progress."""
_FEWEST = 0.12
"""The score below which no possible conflict is proposed."""


class Workspace:
    """The articles at hand, what is alike in them, and what was found of each pair."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self._pairs = Pairs()
        self._accounts: dict[int, Account] = {}
        self._findings: dict[tuple[int, int], tuple[Finding, ...]] = {}

    def take(self, readings: Sequence[tuple[Article, tuple[Told, ...]]], progress: Progress = unsaid) -> None:
        """Take in what the articles are now."""
        dated = {article.id: _published(article) for article, _ in readings}
        redated = [id for id, old in self.articles.items() if id in dated and dated[id] != _published(old)]
        stale = {number for id in redated for number in self._pairs.numbers[id]}
        self.articles = {article.id: article for article, _ in readings}
        stale |= self._pairs.renew({article.id: reading for article, reading in readings}, progress)
        told = self._pairs.told
        self._accounts = {n: one for n, one in self._accounts.items() if n in told and n not in stale}
        self._findings = {
            (a, b): found
            for (a, b), found in self._findings.items()
            if a in told and b in told and a not in stale and b not in stale
        }

    def suggestions(self, groups: Sequence[Sequence[Passage]], progress: Progress = unsaid) -> tuple[Suggestion, ...]:
        """What is proposed, best first; of each kind in its own order, duplicates before conflicts."""
        return (*self._duplicates(groups), *self._conflicts(progress))

    # --- duplicates ---

    def _duplicates(self, groups: Sequence[Sequence[Passage]]) -> Iterator[Suggestion]:
        found = sorted(self._mutual(), key=lambda pair: (-pair[0], self._key(pair[1]), self._key(pair[2])))
        times: Counter[int] = Counter()
        chosen = []
        for score, one, other in found:
            if times[one] < EACH and times[other] < EACH:
                times.update((one, other))
                a, b = sorted((one, other), key=self._key)
                words = Words(self._text(a)), Words(self._text(b))
                run = verbatim(*words)
                reasons = duplicate_reasons(*words, run, self._weight)
                if reasons:
                    strength = (
                        score + (1 - score) * min(0.5, 0.06 * (run.telling - 3)) if run and run.is_long else score
                    )
                    chosen.append((strength, a, b, reasons))
        for strength, a, b, reasons in sorted(chosen, key=lambda one: (-one[0], self._key(one[1]), self._key(one[2]))):
            placed = tuple(self._reason(one, a, b) for one in reasons)
            yield Suggestion(SuggestionKind.DUPLICATE, round(strength, 4), placed, self._passage(a), self._passage(b))

    def _mutual(self) -> Iterator[tuple[float, int, int]]:
        """Pairs of two articles in which each is what the other is most like."""
        article, key = self._pairs.article, self._key
        best: dict[tuple[int, str], tuple[float, int]] = {}
        for number, alike in self._pairs.alike.items():
            for other, likeness in alike.items():
                if likeness >= DUPLICATE and article[other] != article[number]:
                    place = (number, article[other])
                    held = best.get(place)
                    if held is None or (-likeness, key(other)) < (-held[0], key(held[1])):
                        best[place] = likeness, other
        for (number, _), (likeness, other) in best.items():
            if number < other and best.get((other, article[number]), (0.0, -1))[1] == number:
                yield likeness, number, other

    # --- conflicts ---

    def _conflicts(self, progress: Progress) -> Iterator[Suggestion]:
        looked_at = sorted(self._aligned())
        for done, (a, b) in enumerate(looked_at):
            if done % _AT_ONCE == 0:
                progress("differences", done, len(looked_at))
            if (a, b) not in self._findings:
                likeness = self._pairs.alike[a].get(b, 0.0)
                found = conflicts(self._account(a), self._account(b), likeness, self._weight)
                self._findings[a, b] = tuple(found)
        ranked = []
        for a, b in looked_at:
            found = [one for one in self._findings[a, b] if one.score >= _FEWEST]
            if found:
                if self._key(a) > self._key(b):
                    a, b, found = b, a, [one.turned() for one in found]
                ranked.append((found[0].score, a, b, found))
        times: Counter[int] = Counter()
        for score, a, b, found in sorted(ranked, key=lambda one: (-one[0], self._key(one[1]), self._key(one[2]))):
            if times[a] < EACH and times[b] < EACH:
                times.update((a, b))
                reasons = tuple(
                    self._reason(Reason(one.type, one.text, _spans(one.a), _spans(one.b)), a, b) for one in found
                )
                kinds = tuple(dict.fromkeys(KINDS[one.type] for one in found))
                yield Suggestion(
                    SuggestionKind.CONTRADICTION, round(score, 4), reasons, self._passage(a), self._passage(b), kinds
                )

    def _aligned(self) -> set[tuple[int, int]]:
        """The pairs that are looked at for conflicts: of each statement those that are most like it, and those with a
        number or date of the same."""
        found: set[tuple[int, int]] = set()
        for number, alike in self._pairs.alike.items():
            near = [(likeness, other) for other, likeness in alike.items() if likeness >= ALIGNED]
            if len(near) > _LOOKED_AT:
                near = sorted(near, key=lambda one: (-one[0], self._key(one[1])))[:_LOOKED_AT]
            found.update((min(number, other), max(number, other)) for _, other in near)
        framed: defaultdict[str, list[int]] = defaultdict(list)
        for number, told in self._pairs.told.items():
            for frame in told.frames:
                framed[frame].append(number)
        for numbers in framed.values():
            if 1 < len(numbers) <= _FRAMED:
                found.update(combinations(sorted(numbers), 2))
        return found

    def _account(self, number: int) -> Account:
        account = self._accounts.get(number)
        if account is None:
            article, span = self.articles[self._pairs.article[number]], self._pairs.told[number].span
            opens = _is_inside_quotation(article.text, span.start)
            account = understand(span.of(article.text), _published(article), opens_quoted=opens)
            self._accounts[number] = account
        return account

    # --- small things ---

    def _weight(self, root: str) -> float:
        return self._pairs.weight(ROOT + root) or self._pairs.usual

    def _key(self, number: int) -> tuple[str, int]:
        return self._pairs.article[number], self._pairs.told[number].span.start

    def _text(self, number: int) -> str:
        return self._pairs.told[number].span.of(self.articles[self._pairs.article[number]].text)

    def _passage(self, number: int) -> Passage:
        return Passage(self._pairs.article[number], self._pairs.told[number].span, self._text(number))

    def _reason(self, reason: Reason, a: int, b: int) -> Reason:
        """The reason with its places as offsets in the articles."""
        starts = (self._pairs.told[a].span.start, self._pairs.told[b].span.start)
        sides = [
            tuple(Span(span.start + start, span.end + start) for span in spans)
            for spans, start in zip((reason.a, reason.b), starts, strict=True)
        ]
        return Reason(reason.type, reason.text, *sides)


def _spans(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*place) for place in places)


def _published(article: Article) -> day_of | None:
    return read_day(article.date.value if article.date else None)


def _is_inside_quotation(text: str, offset: int) -> bool:
    """Whether a quotation that began earlier in the line goes on at `offset`."""
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - 3_000) : offset]
    if line.count('"') % 2:
        return True
    return line.rfind("“") > line.rfind("”")
