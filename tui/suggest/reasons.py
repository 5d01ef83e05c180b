"""Why two statements are proposed as duplicates: the words they share, with where they stand on both sides."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tui.model.span import Span
from tui.suggest.amounts import Amount
from tui.suggest.dates import MONTHS, WEEKDAYS
from tui.suggest.names import TITLES, is_headline
from tui.suggest.suggestion import Reason, ReasonType
from tui.suggest.things import NUMBERS_REACH, measures, numbers, root_of
from tui.suggest.words import QUIET_WORDS, plain_word, plain_words, stem

VERBATIM = 6
"""From so many words on a run is taken word for word from one source."""
_RUN = 3
"""Words of a run that is worth showing."""
_NAMED = 5
"""Rare words that are named."""
_MOST_WORDS = 400
_QUOTE = 80
_MONTHS = frozenset(root_of(month.lower()) for month in (*MONTHS, *WEEKDAYS))


class Words:
    """The words of a statement with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = list(plain_words(text, 0, min(len(text), 20 * _MOST_WORDS)))[:_MOST_WORDS]

    @cached_property
    def telling(self) -> dict[str, Span]:
        """Those that say something by their stems, where they first stand."""
        return {root_of(word): Span(start, end) for start, end, word in reversed(self.found) if word not in QUIET_WORDS}

    @cached_property
    def measures(self) -> dict[str, Amount]:
        return measures(numbers(self.text[:NUMBERS_REACH]))

    @cached_property
    def matters(self) -> set[str]:
        """The stems of those that are no names, titles, numbers or dates."""
        is_title_case = is_headline(self.text)
        return {
            root_of(word)
            for start, _, word in self.found
            if word not in QUIET_WORDS
            and word not in TITLES
            and (is_title_case or not self.text[start].isupper() or start == 0)
            and not word[0].isdigit()
        }


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
        named = ", ".join(_named(here.of(a.text), there.of(b.text)) for here, there in shared)
        reason = Reason(
            ReasonType.LIKENESS,
            f"Both have words that few other statements have: {named}",
            tuple(sorted(span for span, _ in shared)),
            tuple(sorted({span for _, span in shared})),
        )
        reasons.insert(0 if run is None or not run.is_long else 1, reason)
        reasons.extend(_otherwise_written(a, b))
    return reasons


def _shared(a: Words, b: Words, weigh: Callable[[str], float]) -> Iterator[tuple[Span, Span]]:
    """The rarest words that both have, rarest first; figures and months where there are no others."""
    there, here = b.telling, a.telling
    both = sorted(here.keys() & there.keys(), key=lambda root: (-weigh(root), here[root].start))
    words = [root for root in both if not root[0].isdigit() and root not in _MONTHS]
    for root in (words or both)[:_NAMED]:
        yield here[root], there[root]


def _otherwise_written(a: Words, b: Words) -> Iterator[Reason]:
    """A number with its unit that both tell, each in its own writing."""
    here, there = a.measures, b.measures
    for key in sorted(here.keys() & there.keys(), key=lambda key: here[key].start):
        mine, theirs = (Span(one.start, one.end) for one in (here[key], there[key]))
        if mine.of(a.text).casefold() != theirs.of(b.text).casefold():
            text = f"The same in two writings: “{mine.of(a.text)}” and “{theirs.of(b.text)}”"
            yield Reason(ReasonType.LIKENESS, text, (mine,), (theirs,))


def _named(here: str, there: str) -> str:
    """A word that both have; both words, where they are two for one thing."""
    return f"“{here}”" if stem(plain_word(here)) == stem(plain_word(there)) else f"“{here}” or “{there}”"


def shares_matter(a: Words, b: Words) -> bool:
    """Whether the two share more than names, titles, numbers and dates: a word that tells what happened."""
    return not a.matters.isdisjoint(b.matters)


def clipped(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
