"""How two sides put one thing: certain or not, denied or not, as the first and only one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from tui.suggest.account import Account, Mark
from tui.suggest.conflict.finding import Finding, Place
from tui.suggest.conflict.sides import Sides, clipped, strongest
from tui.suggest.suggestion import ReasonType
from tui.suggest.things import root_of
from tui.suggest.words import stem

_SCOPE = 4
"""Words after a hedge or denial that it is about."""
_HEADLESS = 0.6
"""What is left of a denial where the word that is denied is not on the other side: it counts twice."""
_HEDGED, _REFUTED = 0.2, 0.35
"""How much of that the other side must tell."""
_SAME_MATTER = 0.1
"""How much must be the same around, where but one word after a hedge is the same on the other side."""
_WIDE = 7
"""Words after “the first” that it is about; what they say of when is looked at as a date."""
_SPOKEN = 0.5
"""What is left of “only one side hedges” where the other says who says so."""
_SHARED_CLAIM = 2
"""Words of what both claim to be the first or the most of that are the same, where it is not called by one word."""
_PLACE = re.compile(r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?=[\s-])")
_STANCE = re.compile(
    r"\b(?P<verb>vot(?:e|es|ed|ing)|argu(?:e|es|ed|ing)|spoke|speak|speaks|speaking|ruled|decided|campaign(?:ed|ing)?"
    r"|protested|protesting|demonstrated|demonstrating|rallied)\s(?:[a-z-]+\s){0,2}?"
    r"(?P<side>for|in\sfavou?r\sof|against)\b",
    re.IGNORECASE,
)
"""Where somebody takes a side."""
_CLOSE, _COVERED = 0.25, 0.45
"""How alike two statements are, or how much of the shorter one is in the other, for a denial to mean something."""
_LEAST_COVERED = 0.2
"""Below this it means nothing, and in between the less the less is covered."""
_ANTONYMS = """
    rose fell | rise fall | increase decrease | increased decreased | gained lost | won lost | win lose | open closed
    | opened closed | open shut | started ended | began ended | alive dead | survived died | guilty innocent
    | guilty acquitted | convicted acquitted | allowed banned | allow ban | support oppose | supported opposed
    | arrived left | safe unsafe | legal illegal | true false | north south | east west | resume suspend
    | resumed suspended | strengthened weakened | arrested released | lifted imposed | improved worsened
    | male female | daughter son | husband wife
"""
"""Words for opposites, none of which is a denial."""
_OPPOSITES: defaultdict[str, set[str]] = defaultdict(set)
for _one, _other in (map(stem, pair.split()) for pair in _ANTONYMS.split("|")):
    _OPPOSITES[_one].add(_other)
    _OPPOSITES[_other].add(_one)


def hedged(sides: Sides) -> Iterator[Finding]:
    """One side leaves open what the other states."""
    for this, that, is_turned in sides.turns():
        if that.hedges:
            continue
        best: tuple[float, Mark, Place] | None = None
        for mark in this.hedges:
            scope = this.after(mark.end, _SCOPE)
            share, place = sides.told_in(scope, that, _HEDGED)
            # What comes right after the word is what it is about.
            told = [root for root in dict.fromkeys(scope) if root in that.roots and not this.is_naming(root)]
            # One word may be the same by chance, in statements that are little alike; a name tells nothing of it.
            if place is None or not told or scope[0] not in that.roots or (best is not None and share <= best[0]):
                continue
            here, there = (mark, Mark(*place, ""))[:: -1 if is_turned else 1]
            if len(told) > 1 or sides.about(here, there) >= _SAME_MATTER:
                best = share, mark, place
        if best is not None:
            share, mark, place = best
            states = "the other says who says so" if that.speaks else "the other states it"
            yield _placed(
                sides,
                ReasonType.CERTAINTY,
                share * (_SPOKEN if that.speaks else 1.0),
                f"Only one side says “{mark.word}”; {states}",
                ((mark.start, mark.end), place),
                is_turned,
            )


def refuted(sides: Sides) -> Iterator[Finding]:
    """One side has it that somebody denies what the other tells."""
    for this, that, is_turned in sides.turns():
        for mark in this.refutes if not that.refutes else ():
            scope = this.after(mark.end, _SCOPE)
            share, place = sides.told_in(scope, that, _REFUTED)
            # “denied that it had failed” agrees with “it had passed”.
            cancels = any(
                one.start >= mark.end and root_of(one.word) in scope and root_of(one.word) not in that.roots
                for one in this.denials
            )
            if place is not None and not cancels:
                text = f"One side says “{mark.word}” of what the other tells"
                yield _placed(sides, ReasonType.REFUTATION, share, text, ((mark.start, mark.end), place), is_turned)
                break


def denied(sides: Sides) -> Iterator[Finding]:
    """One side denies what the other says; two denials cancel, as do a denial and a word for the opposite."""
    meaning = min(1.0, max(sides.covered / _COVERED, sides.likeness / _CLOSE))
    if sides.covered < _LEAST_COVERED:
        return
    mine, theirs = _denials(sides, sides.a, sides.b), _denials(sides, sides.b, sides.a)
    opposite = _opposites(sides)
    if (mine and sides.b.denials) or (theirs and sides.a.denials):
        return  # between two denials there is no telling
    if (len(mine) + len(theirs) + (opposite is not None)) % 2 == 0:
        return
    if opposite is not None and not (mine or theirs):
        one, other = opposite
        words = clipped(sides.a.text[one[0] : one[1]]), clipped(sides.b.text[other[0] : other[1]])
        text = f"“{words[0]}” on one side, its opposite “{words[1]}” on the other"
    else:
        mark = (mine or theirs)[0]
        text = f"One side says “{mark.word}”, the other does not"
        place = (sides.b if mine else sides.a).place(sides.shared)
        if place is None:
            return
        one, other = ((mark.start, mark.end), place) if mine else (place, (mark.start, mark.end))
    heads = (_is_head_told(sides.a, sides.b, mine), _is_head_told(sides.b, sides.a, theirs))
    if (mine or theirs) and not any(heads):
        meaning *= _HEADLESS
    yield sides.finding(
        ReasonType.NEGATION, meaning * meaning * (0.4 + 0.4 * min(1.0, sides.covered)), text, one, other
    )


def unique(sides: Sides) -> Iterator[Finding]:
    """Both claim the first, the only one or the most of much the same, and not in the same words."""
    found = []
    for one, other in product(sides.a.unique, sides.b.unique):
        mine, theirs = (side.after_numbers(mark.end, _WIDE) for side, mark in ((sides.a, one), (sides.b, other)))
        least = min(sides.sum(mine), sides.sum(theirs))
        share = sides.sum(mine & theirs) / least if least else 0.0
        heads = (side.after(mark.end, 1) for side, mark in ((sides.a, one), (sides.b, other)))
        has_one_head = all(head and head[0] in claimed for head, claimed in zip(heads, (theirs, mine), strict=True))
        if not has_one_head and len(mine & theirs) < _SHARED_CLAIM:
            continue  # the most of one thing is no claim against the first of another
        is_same = one.word.split()[-1] == other.word.split()[-1] and _place_of(one) == _place_of(other)
        if is_same and (share > 0.8 or _agree_on_when(sides, one, other)):
            continue
        alike = min(1.0, sides.likeness / _CLOSE)
        # One word may be the same by chance, in statements that are little alike.
        told = min(1.0, (len(mine & theirs) + 2 * alike) / 2.5)
        found.append((told * (0.5 + 0.5 * share), told * share, one, other))
    for sure, share, one, other in strongest(found):
        text = f"“{one.word}” on one side, “{other.word}” on the other"
        place = (one.start, one.end), (other.start, other.end)
        yield sides.finding(ReasonType.UNIQUENESS, sure, text, *place, about=share)


def _place_of(mark: Mark) -> str:
    """“second” of “the second tallest”."""
    found = _PLACE.search(mark.word)
    return found[0] if found else ""


def taken(sides: Sides) -> Iterator[Finding]:
    """One side is for what the other is against: “voted for”, “voted against”."""
    if "against" not in sides.a.text and "against" not in sides.b.text:
        return
    mine, theirs = list(_STANCE.finditer(sides.a.text)), list(_STANCE.finditer(sides.b.text))
    if len(mine) == len(theirs) == 1:
        (one,), (other,) = mine, theirs
        are_opposed = (one["side"].lower() == "against") != (other["side"].lower() == "against")
        if are_opposed and root_of(one["verb"].lower()) == root_of(other["verb"].lower()):
            words = clipped(one[0]), clipped(other[0])
            sure = 0.4 + 0.4 * min(1.0, sides.covered)
            text = f"“{words[0]}” on one side, “{words[1]}” on the other"
            yield sides.finding(ReasonType.NEGATION, sure, text, one.span(), other.span())


def _agree_on_when(sides: Sides, one: Mark, other: Mark) -> bool:
    """Whether both are the first since one time: “the first in five years”, “the first since 2018”."""
    mine = [day for day in sides.a.days if day.start > one.start]
    return any(day.agrees(each) for day in mine for each in sides.b.days if each.start > other.start)


def _placed(
    sides: Sides, type: ReasonType, sure: float, text: str, places: tuple[Place, Place], is_turned: bool
) -> Finding:
    one, other = reversed(places) if is_turned else places
    return sides.finding(type, sure, text, one, other)


def _denials(sides: Sides, this: Account, that: Account) -> list[Mark]:
    """What one side denies of what the other tells."""
    there = set(that.roots)
    there |= {root for root in this.roots if root in _OPPOSITES and not _OPPOSITES[root].isdisjoint(there)}
    found = []
    for mark in this.denials:
        scope = set(this.after(mark.end, _SCOPE))
        total = sides.sum(scope)
        if total and sides.sum(scope & there) / total >= 0.5:
            found.append(mark)
    return found


def _is_head_told(this: Account, that: Account, denials: list[Mark]) -> bool:
    """Whether the very word that is denied, and no name, is on the other side too."""
    there = set(that.roots) | {root for other in that.roots for root in _OPPOSITES.get(other, ())}
    heads = (scope[0] for mark in denials if (scope := this.after(mark.end, 1)))
    return any(head in there and not this.is_naming(head) for head in heads)


def _opposites(sides: Sides) -> tuple[Place, Place] | None:
    """Two words of which each means the opposite of the other, in the same place."""
    mine, theirs = (side - sides.shared for side in sides.roots)
    for one in sorted(mine & _OPPOSITES.keys()):
        for other in sorted(_OPPOSITES[one] & theirs):
            here, there = sides.a.place({one}), sides.b.place({other})
            if here is not None and there is not None:
                return here, there
    return None
