"""The statements of other articles that are most like a claim, found by their words.

All this reads texts and is slow: it is meant for a thread of its own. It looks at no records.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from math import log
from threading import RLock

from tui.model.span import Span
from tui.session.comparing import ALL_ARTICLES, Anchor, Counterpart
from tui.session.session import Session
from tui.suggest.similarity import Likeness, Match, Profile, words_of
from tui.suggest.words import QUIET_WORDS, plain_word
from tui.text.motions import words

FAINTEST = 0.04
"""The score below which a statement is not even offered to who asks for more."""
CANDIDATES = 5
"""How many statements of one article are offered, best first."""
ALL_TEXT = 1_000_000
"""Code points of text in all that are weighed together: of more, only the articles asked for."""
BEST_ARTICLES = 24
CONTEXT = 400
"""Code points before and after a claim that are shown of its statement."""
_SOUGHT = 32
"""Words of a claim that are sought in many articles, the longest ones."""
_KEPT = 8_000_000
"""Code points of articles whose words are kept ready."""


class Alike:
    """Finds counterparts. Holds the words of articles ready; may be asked from several threads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = RLock()
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._likeness: tuple[frozenset[str], Likeness] | None = None

    def similar(
        self, anchor: Anchor, articles: Iterable[str], *, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[str, tuple[Counterpart, ...]]]:
        """Of each of these articles the statements that are most like the anchor, best first, also those that are
        too faint to be taken for counterparts unasked."""
        articles = [article for article in articles if article in self._session.articles]
        likeness = self._likeness_of({anchor.article, *articles}, stopped)
        sought = words_of(self._session.articles[anchor.article].text, anchor.span)
        for article in articles:
            if stopped():
                return
            profile = self._profile(article)
            found = likeness.best(sought, profile, CANDIDATES + 1, stopped=stopped)
            yield (
                article,
                tuple(
                    _similar(article, profile, match)
                    for match in found
                    if match.score >= FAINTEST and not (article == anchor.article and match.span.overlaps(anchor.span))
                )[:CANDIDATES],
            )

    def likely(
        self, anchor: Anchor, progress: Callable[[float], None], *, stopped: Callable[[], bool] = lambda: False
    ) -> list[str]:
        """The other articles that may have a counterpart: all of a few; of many, those that share the rarest words
        with it, best first. `progress` is told how much of them, from 0 to 1."""
        others = [id for id in self._session.articles if id != anchor.article]
        if len(others) <= ALL_ARTICLES:
            return others
        forms = _forms(self._session.articles[anchor.article].text, anchor.span)
        held: list[int] = [0] * len(forms)
        """How many articles hold each word."""
        found: list[tuple[str, tuple[int, ...]]] = []
        for number, id in enumerate(others):
            if stopped():
                return []
            text = self._session.articles[id].text
            here = tuple(at for at, some in enumerate(forms) if any(form in text for form in some))
            for at in here:
                held[at] += 1
            if here:
                found.append((id, here))
            if number % 200 == 0:
                progress(number / len(others))
        weights = [log((len(others) + 1) / (count + 0.5)) for count in held]
        best = nlargest(BEST_ARTICLES, found, key=lambda one: sum(weights[at] for at in one[1]))
        return [id for id, _ in best]

    def around(self, article: str, span: Span) -> Span:
        """The statements that a stretch stands in, as far as CONTEXT reaches."""
        statements = self._session.statements(article)
        first = bisect_left(statements, span.start + 1, key=lambda statement: statement.span.end)
        last = bisect_left(statements, span.end, key=lambda statement: statement.span.start) - 1
        if not 0 <= first <= last < len(statements):
            return span
        start, end = statements[first].span.start, statements[last].span.end
        return Span(max(min(start, span.start), span.start - CONTEXT), min(max(end, span.end), span.end + CONTEXT))

    def _likeness_of(self, articles: set[str], stopped: Callable[[], bool]) -> Likeness:
        """What is rare is told by all articles where they are few and short, else by these."""
        every = self._session.articles
        if len(every) <= ALL_ARTICLES and sum(len(article.text) for article in every.values()) <= ALL_TEXT:
            articles = set(every)
        key = frozenset(every[article].sha256 for article in articles)
        with self._lock:
            if self._likeness is not None and self._likeness[0] == key:
                return self._likeness[1]
        profiles = [self._profile(article) for article in sorted(articles) if not stopped()]
        likeness = Likeness(profiles)
        if not stopped():
            with self._lock:
                self._likeness = (key, likeness)
        return likeness

    def _profile(self, id: str) -> Profile:
        article = self._session.articles[id]
        with self._lock:
            profile = self._profiles.get(article.sha256)
            if profile is None:
                profile = self._profiles[article.sha256] = Profile(article.text, self._session.statements(id))
                while len(self._profiles) > 1 and sum(len(one.text) for one in self._profiles.values()) > _KEPT:
                    self._profiles.popitem(last=False)
            self._profiles.move_to_end(article.sha256)
            return profile


def _similar(article: str, profile: Profile, match: Match) -> Counterpart:
    shared = match.shared.of(profile.text) if match.shared is not None else ""
    return Counterpart(article, match.span, score=match.score, shared=" ".join(shared.split()))


def _forms(text: str, span: Span) -> Sequence[tuple[str, ...]]:
    """The telling words of a stretch, the longest first, each as it may stand in a text: in small letters and with
    a capital. Finding them so takes a tenth of the time that folding all texts would."""
    found: dict[str, str] = {}
    for start, end in words(text, span.start, min(span.end, span.start + 4_000)):
        word = text[start:end]
        plain = plain_word(word)
        if len(plain) > 2 and plain not in QUIET_WORDS:
            found.setdefault(plain, word.removesuffix("’s").removesuffix("'s"))
    longest = sorted(found.values(), key=len, reverse=True)[:_SOUGHT]
    return [tuple(dict.fromkeys((word, word.lower(), word[:1].upper() + word[1:].lower()))) for word in longest]
