"""The same words in quotation marks, and somebody else who says them."""

from collections.abc import Iterator

from tui.articles.attributions import MASK, attributions
from tui.articles.speaker_names import PRONOUNS
from tui.suggest.account import Account
from tui.suggest.conflict.finding import Finding
from tui.suggest.conflict.sides import Sides, clipped
from tui.suggest.names import Name, Named
from tui.suggest.reasons import Words, verbatim
from tui.suggest.suggestion import ReasonType
from tui.suggest.words import plain_words

_RUN = 5
"""Words in a row that are one quotation."""


def attributed(sides: Sides) -> Iterator[Finding]:
    """One quotation that each side gives to somebody else."""
    if not (sides.a.quoted and sides.b.quoted and sides.a.speaks and sides.b.speaks):
        return
    run = verbatim(Words(sides.a.text), Words(sides.b.text))
    if run is None or run.length < _RUN or not (sides.a.is_quoted(run.a.start) and sides.b.is_quoted(run.b.start)):
        return
    mine, theirs = _speaker(sides.a), _speaker(sides.b)
    if mine and theirs and _names(theirs, mine) is False and _names(mine, theirs) is False:
        text = f"The same words are {clipped(mine)}’s on one side, {clipped(theirs)}’s on the other"
        places = (run.a.start, run.a.end), (run.b.start, run.b.end)
        yield sides.finding(ReasonType.ATTRIBUTION, 0.9, text, *places, about=1.0)


def _speaker(account: Account) -> str | None:
    """Who says what stands in quotation marks, if only one is named."""
    shown = list(account.text)
    for start, end in account.quoted:
        shown[max(0, start - 1) : end + 1] = MASK * len(shown[max(0, start - 1) : end + 1])
    names = {each.name for each in attributions("".join(shown))}
    return names.pop() if len(names) == 1 and names.isdisjoint(PRONOUNS) else None


def _names(text: str, name: str) -> bool:
    words = tuple(word for _, _, word in plain_words(name))
    there = {word for _, _, word in plain_words(text)}
    return not words or Name(words) in Named(there, [Name(tuple(word for _, _, word in plain_words(text)))])
