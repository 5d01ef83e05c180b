"""The order in which a reader goes through suggestions, and at which they are. Knows no Textual.

What is proposed changes while it is read: the engine finds more, colleagues decide, the reader decides elsewhere. The
pair that is being read stays where it is in all of that.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tui.session.suggesting import Suggestions
from tui.suggest.suggestion import Passage, ReasonType, Suggestion, SuggestionKind

Key: TypeAlias = tuple[SuggestionKind, Passage, Passage]


def key_of(one: Suggestion) -> Key:
    """What stays the same of a pair while it is proposed as the same."""
    return one.kind, one.a, one.b


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pairs are shown; None: whatever it is."""

    kind: SuggestionKind | None = None
    reason: ReasonType | None = None
    article: str | None = None

    def lets(self, one: Suggestion) -> bool:
        """Whether a pair is shown."""
        return (
            self.kind in (None, one.kind)
            and (self.reason is None or any(reason.type is self.reason for reason in one.reasons))
            and self.article in (None, one.a.article, one.b.article)
        )

    @property
    def is_any(self) -> bool:
        return self == Filter()


ANY = Filter()


class Queue:
    """The open suggestions that are shown, in the engine's order; what was left for later stands at the end."""

    def __init__(self, suggestions: Suggestions) -> None:
        self._suggestions = suggestions
        self._put_off: dict[Key, None] = {}
        """What was left for later, in that order."""
        self._position = 0
        """Of the pair at hand, or where it was while it was open."""
        self.filter = ANY
        self.has_all_conflicts = False
        """Whether more possible conflicts are shown than the best."""
        self._counted: tuple[Sequence[Suggestion], Filter, int] | None = None
        """Of which list and filter it was counted last how many pairs are held back."""
        self.pairs: tuple[Suggestion, ...] = ()
        self.here: Suggestion | None = None
        """The pair at hand; it may be one that is not open any more, until one goes on."""
        self.renew()

    def renew(self) -> None:
        """Something was found or decided: the pair at hand stays, as long as it is open."""
        found = self.every()
        # There may be many thousands, and as a rule all of them are shown in their order.
        shown = found if self.filter.is_any else [one for one in found if self.filter.lets(one)]
        if self._put_off:
            known = {key_of(one): one for one in shown}
            first = [one for key, one in known.items() if key not in self._put_off]
            shown = [*first, *(known[key] for key in self._put_off if key in known)]
        self.pairs = tuple(shown)
        here = self._same(self.here)
        if here is not None:
            self.here, self._position = here, self.pairs.index(here)
        elif self.here is None or not self._suggestions.is_open(self.here):
            self._go(self._position)

    def every(self) -> Sequence[Suggestion]:
        """All open ones, whatever the filter."""
        return self._suggestions.open(all_conflicts=self.has_all_conflicts)

    def held_back(self) -> int:
        """How many pairs more would be shown with all conflicts, the filter being as it is."""
        if self.has_all_conflicts:
            return 0
        if self.filter.is_any:
            return self._suggestions.held_back
        every, lets = self._suggestions.open(all_conflicts=True), self.filter.lets
        # Asked at every key: the list is the same one until something changes.
        known = self._counted
        if known is None or known[0] is not every or known[1] != self.filter:
            self._counted = known = (every, self.filter, sum(map(lets, every)) - sum(map(lets, self.every())))
        return known[2]

    def _same(self, one: Suggestion | None) -> Suggestion | None:
        """The same pair as it is proposed now: reasons and score may be others."""
        if one is None:
            return None
        return next((other for other in self.pairs if key_of(one) == key_of(other)), None)

    def _go(self, position: int) -> None:
        self._position = max(0, min(position, len(self.pairs) - 1))
        self.here = self.pairs[self._position] if self.pairs else None

    # --- going through it ---

    def step(self, by: int) -> bool:
        """Go so many pairs on, or back, as far as there are; False if there is none in that direction."""
        before = self.here
        is_gone = before not in self.pairs
        self._go(self._position + by - (is_gone and by > 0))
        return self.here != before

    def go_to(self, position: int) -> None:
        """Go to the pair at this position, else the last one."""
        self._go(position)

    def show(self, one: Suggestion) -> None:
        """Let this be the pair at hand, also where the filter doesn't show it: then it shows all."""
        if not self.filter.lets(one):
            self.filter = ANY
            self.renew()
        same = self._same(one)
        if same is None and not self.has_all_conflicts:
            self.has_all_conflicts = True
            self.renew()
            same = self._same(one)
        self.here = same or one
        if same is not None:
            self._position = self.pairs.index(same)

    def put_off(self) -> bool:
        """Leave the pair at hand for later and go on; False if there is no other."""
        here, position = self.here, self._position
        if here is None or len(self.pairs) < 2:
            return False
        self._put_off.pop(key_of(here), None)
        self._put_off[key_of(here)] = None
        self.here = None
        self.renew()
        self._go(position if position < len(self.pairs) - 1 else 0)
        return True

    def take(self, filter: Filter) -> None:
        """Show only these; the pair at hand stays if it is one of them."""
        self.filter = filter
        if self.here is not None and not filter.lets(self.here):
            self.here, self._position = None, 0
        self.renew()

    def show_all_conflicts(self) -> None:
        self.has_all_conflicts = True
        self.renew()

    # --- what there is to choose from ---

    def options(self) -> list[tuple[Filter, str, int]]:
        """What may be asked for besides: the present filter changed in one thing, which it is (`kind`, `reason`,
        `article`), and how many open pairs that shows; what would show none is left out."""
        kinds: Counter[SuggestionKind] = Counter()
        reasons: Counter[ReasonType] = Counter()
        articles: Counter[str] = Counter()
        any_kind, any_reason = replace(self.filter, kind=None), replace(self.filter, reason=None)
        any_article = replace(self.filter, article=None)
        for one in self.every():
            if any_kind.lets(one):
                kinds[one.kind] += 1
            if any_reason.lets(one):
                reasons.update({reason.type for reason in one.reasons})
            if any_article.lets(one):
                articles.update({one.a.article, one.b.article})
        options = [
            *((replace(self.filter, kind=kind), "kind", kinds[kind]) for kind in SuggestionKind),
            *((replace(self.filter, reason=reason), "reason", reasons[reason]) for reason in ReasonType),
            *((replace(self.filter, article=article), "article", articles[article]) for article in sorted(articles)),
        ]
        return [option for option in options if option[2] and option[0] != self.filter]
