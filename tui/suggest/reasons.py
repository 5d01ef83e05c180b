"""Why two statements are proposed as duplicates: the words they share, with where they stand on both sides."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui.model.span import Span
from tui.suggest.dates import MONTHS, WEEKDAYS
from tui.suggest.names import TITLES, is_headline
from tui.suggest.suggestion import Reason, ReasonType
from tui.suggest.words import QUIET_WORDS, plain_words, stem

VERBATIM = 6
"""From so many words on a run is taken word for word from one source."""
_RUN = 3
"""Words of a run that is worth showing."""
_NAMED = 5
"""Rare words that are named."""
_MOST_WORDS = 400
_QUOTE = 80
_MONTHS = frozenset(stem(month.lower()) for month in (*MONTHS, *WEEKDAYS))


class Words:
    """The words of a statement with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = list(plain_words(text, 0, min(len(text), 20 * _MOST_WORDS)))[:_MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand on both sides."""

    a: Span
    b: Span
    length: int
    telling: int
    """How many of them say something and belong to no name or title."""

    @property
    def is_long(self) -> bool:
        return self.length >= VERBATIM and self.telling >= 3


def verbatim(a: Words, b: Words) -> Run | None:
    """The longest run of words that both have; None where none says anything."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, (_, _, word) in enumerate(a.found):
        places[word].append(index)
    best: tuple[int, int, int, int] | None = None
    runs: dict[int, int] = {}
    for index, (_, _, word) in enumerate(b.found):
        runs = {at: runs.get(at - 1, 0) + 1 for at in places.get(word, ())}
        for at, length in runs.items():
            if length >= _RUN and (best is None or length >= -best[0]):
                telling = sum(_tells(a.text, *one) for one in a.found[at - length + 1 : at + 1])
                if telling:
                    found = (-length, -telling, at, index)
                    best = found if best is None else min(best, found)
    if best is None:
        return None
    length, telling, at, index = -best[0], -best[1], best[2], best[3]
    return Run(
        Span(a.found[at - length + 1][0], a.found[at][1]),
        Span(b.found[index - length + 1][0], b.found[index][1]),
        length,
        telling,
    )


def _tells(text: str, start: int, _end: int, word: str) -> bool:
    return word not in QUIET_WORDS and word not in TITLES and not text[start].isupper()


def duplicate_reasons(a: Words, b: Words, run: Run | None, weigh: Callable[[str], float]) -> list[Reason]:
    """The strongest reason first; none where the two share no word that says anything."""
    reasons = []
    if run is not None:
        what = "Word for word the same" if run.length >= VERBATIM else "The same words"
        quote = clipped(run.a.of(a.text))
        reasons.append(Reason(ReasonType.RUN, f"{what} ({run.length} in a row): “{quote}”", (run.a,), (run.b,)))
    shared = list(_shared(a, b, weigh))
    if shared:
        named = ", ".join(f"“{span.of(a.text)}”" for span, _ in shared)
        reason = Reason(
            ReasonType.LIKENESS,
            f"Both have words that few other statements have: {named}",
            tuple(sorted(span for span, _ in shared)),
            tuple(sorted({span for _, span in shared})),
        )
        reasons.insert(0 if run is None or not run.is_long else 1, reason)
    return reasons


def _shared(a: Words, b: Words, weigh: Callable[[str], float]) -> Iterator[tuple[Span, Span]]:
    """The rarest words that both have, rarest first; figures and months where there are no others."""
    there, here = _telling(b), _telling(a)
    both = sorted(here.keys() & there.keys(), key=lambda root: (-weigh(root), here[root].start))
    words = [root for root in both if not root[0].isdigit() and root not in _MONTHS]
    for root in (words or both)[:_NAMED]:
        yield here[root], there[root]


def _telling(side: Words) -> dict[str, Span]:
    """The words that say something by their stems, where they first stand."""
    return {stem(word): Span(start, end) for start, end, word in reversed(side.found) if word not in QUIET_WORDS}


def shares_matter(a: Words, b: Words) -> bool:
    """Whether the two share more than names, titles, numbers and dates: a word that tells what happened."""
    mine, theirs = _matters(a), _matters(b)
    return not mine.isdisjoint(theirs)


def _matters(side: Words) -> set[str]:
    is_title_case = is_headline(side.text)
    return {
        stem(word)
        for start, _, word in side.found
        if word not in QUIET_WORDS
        and word not in TITLES
        and (is_title_case or not side.text[start].isupper() or start == 0)
        and not word[0].isdigit()
    }


def clipped(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
