"""Where two statements about one thing may not both be right: each difference found, with how much it says.

Every finding is a question to a reader. What agrees once it is understood ("two-day" and "2 days") is no difference,
and what one side only quotes weighs less against what the other side says itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rapidfuzz.distance import JaroWinkler

from tui.suggest.account import Account, Mark
from tui.suggest.amounts import Amount
from tui.suggest.days import Day, said
from tui.suggest.names import TITLES, Named
from tui.suggest.suggestion import ReasonType
from tui.suggest.words import plain_words, stem

Weigh = Callable[[str], float]
"""How much a stem says, in this workspace."""
Place = tuple[int, int]

_FIRST = frozenset({ReasonType.FIGURE, ReasonType.DATE, ReasonType.CERTAINTY})
"""What a fact-checker looks at first."""
_SCOPE = 4
"""Words after a hedge or denial that it is about."""
_ANTONYMS = """
    rose fell | rise fall | up down | increase decrease | increased decreased | gain loss | gained lost | won lost
    | win lose | open closed | opened closed | open shut | start end | started ended | began ended | alive dead
    | survived died | guilty innocent | guilty acquitted | convicted acquitted | accept reject | accepted rejected
    | approved rejected | agree refuse | agreed refused | allowed banned | allow ban | support oppose
    | supported opposed | success failure | succeeded failed | arrived left | safe unsafe | legal illegal | true false
    | before after | north south | east west | resume suspend | resumed suspended | strengthened weakened
    | arrested released | lifted imposed | improved worsened | male female | daughter son | husband wife
"""
_OPPOSITE: dict[str, set[str]] = {}
for _group in _ANTONYMS.split("|"):
    _one, _other = map(stem, _group.split())
    _OPPOSITE.setdefault(_one, set()).add(_other)
    _OPPOSITE.setdefault(_other, set()).add(_one)
KINDS: dict[ReasonType, str] = {
    ReasonType.FIGURE: "number",
    ReasonType.DATE: "date",
    ReasonType.CERTAINTY: "certainty",
    ReasonType.NAME: "name",
    ReasonType.UNIQUENESS: "rank",
    ReasonType.REFUTATION: "existence",
    ReasonType.NEGATION: "existence",
    ReasonType.ATTRIBUTION: "attribution",
}
"""The kind of contradiction that a finding would be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference of two statements; places are offsets in the text of each."""

    type: ReasonType
    score: float
    """From 0 to 1."""
    text: str
    a: tuple[Place, ...]
    b: tuple[Place, ...]

    def turned(self) -> "Finding":
        return replace(self, a=self.b, b=self.a)


def conflicts(a: Account, b: Account, likeness: float, weigh: Weigh) -> list[Finding]:
    """What may be in conflict between two statements that are as alike as `likeness`, best first."""
    pair = _Pair(a, b, likeness, weigh)
    found = [
        *pair.amounts(),
        *pair.days(),
        *pair.certainty(),
        *pair.names(),
        *pair.unique(),
        *pair.refuted(),
        *pair.denied(),
    ]
    return sorted(found, key=lambda one: (-one.score, one.a, one.b))


class _Pair:
    def __init__(self, a: Account, b: Account, likeness: float, weigh: Weigh) -> None:
        self.a, self.b = a, b
        self.likeness = likeness
        self.weigh = weigh
        self.roots = set(a.roots), set(b.roots)
        self.shared = self.roots[0] & self.roots[1]
        self.closeness = min(1.0, likeness / 0.5)
        lighter = min(self._sum(self.roots[0]), self._sum(self.roots[1]))
        self.covered = self._sum(self.shared) / lighter if lighter else 0.0
        """How much of what the shorter one tells the other tells too."""

    def _sum(self, roots: set[str]) -> float:
        return sum(self.weigh(root) for root in roots)

    def _about(self, one: Place, other: Place) -> float:
        """How much two places have the same words around them, from 0 to 1."""
        mine, theirs = self.a.around(*one), self.b.around(*other)
        shared = self._sum(mine & theirs)
        least = min(self._sum(mine), self._sum(theirs))
        return shared / least if least else 0.0

    def _voices(self, one: int, other: int) -> tuple[float, str]:
        """What is left of a difference between these places by whose words they are, and what to say of it."""
        mine, theirs = self.a.is_quoted(one), self.b.is_quoted(other)
        if mine != theirs:
            return 0.75, "; one side quotes somebody, the other does not"
        return 1.0, ""

    def _finding(self, type: ReasonType, strength: float, text: str, one: Place, other: Place) -> Finding:
        base = 1.0 if type in _FIRST else 0.75
        left, voice = self._voices(one[0], other[0])
        score = base * left * strength * (0.4 + 0.6 * self.closeness)
        return Finding(type, min(1.0, max(0.0, score)), text + voice, (one,), (other,))

    # --- numbers ---

    def amounts(self) -> Iterator[Finding]:
        left, right = list(self.a.amounts), list(self.b.amounts)
        mine = [one for one in left if not any(_agree(one, other) for other in right)]
        theirs = [other for other in right if not any(_agree(one, other) for one in left)]
        found = []
        for one, other in product(mine, theirs):
            if one.sort == other.sort:
                strength = self._of_one(one, other, len(mine) == len(theirs) == 1)
                if strength:
                    found.append((strength, one, other))
        for strength, one, other in _matched(found):
            text = _sides(self.a.text, one, one.said, self.b.text, other, other.said)
            yield self._finding(ReasonType.FIGURE, strength, text, (one.start, one.end), (other.start, other.end))

    def _of_one(self, one: Amount, other: Amount, alone: bool) -> float:
        """How sure it is that two numbers that differ are of one thing."""
        about = self._about((one.start, one.end), (other.start, other.end))
        if one.sort == "count" and one.things and other.things:
            things = {_thing(root) for root in one.things} & {_thing(root) for root in other.things}
            if things:
                return 0.5 + 0.5 * about if about >= 0.15 else 0.0
            return 0.5 * about if alone and about >= 0.6 else 0.0
        if one.sort == "rank":
            things = one.things & other.things
            return 0.4 + 0.5 * about if things and about >= 0.3 else 0.0
        least = 0.45 if one.sort == "count" else 0.3
        return 0.3 + 0.7 * about if about >= least else 0.0

    # --- days ---

    def days(self) -> Iterator[Finding]:
        left, right = list(self.a.days), list(self.b.days)
        mine = [one for one in left if not any(one.agrees(other) for other in right)]
        theirs = [other for other in right if not any(one.agrees(other) for one in left)]
        found = []
        for one, other in product(mine, theirs):
            roles = {one.role, other.role}
            if (
                one.differs(other)
                and (len(roles) == 1 or roles == {"", "start"})
                and not (one.reaches and other.reaches)
            ):
                about = self._about((one.start, one.end), (other.start, other.end))
                if about >= 0.3:
                    found.append((0.3 + 0.7 * about, one, other))
        for strength, one, other in _matched(found):
            text = _sides(self.a.text, one, said(one), self.b.text, other, said(other))
            yield self._finding(ReasonType.DATE, strength, text, (one.start, one.end), (other.start, other.end))

    # --- how it is put ---

    def certainty(self) -> Iterator[Finding]:
        for this, that, is_turned in ((self.a, self.b, False), (self.b, self.a, True)):
            if that.hedges:
                continue
            best: tuple[float, Mark, Place] | None = None
            for mark in this.hedges:
                scope = this.after(mark.end, _SCOPE)
                strength, place = self._told_in(scope, that)
                if place is not None and (best is None or strength > best[0]):
                    best = strength, mark, place
            if best is not None:
                strength, mark, place = best
                if that.speaks:
                    strength *= 0.8
                text = f"only one side says “{mark.word}”; the other states it"
                one, other = (mark.start, mark.end), place
                yield self._finding(
                    ReasonType.CERTAINTY, strength, text, *((other, one) if is_turned else (one, other))
                )

    def refuted(self) -> Iterator[Finding]:
        for this, that, is_turned in ((self.a, self.b, False), (self.b, self.a, True)):
            if that.refutes:
                continue
            for mark in this.refutes[:1]:
                strength, place = self._told_in(this.after(mark.end, _SCOPE + 2), that)
                if place is not None:
                    text = f"one side says “{mark.word}” of what the other tells"
                    one, other = (mark.start, mark.end), place
                    pair = (other, one) if is_turned else (one, other)
                    yield self._finding(ReasonType.REFUTATION, strength, text, *pair)

    def _told_in(self, scope: Sequence[str], account: Account) -> tuple[float, Place | None]:
        """How much of these words a statement tells, and where; nowhere where it is too little."""
        there = set(scope) & set(account.roots)
        total = self._sum(set(scope))
        if len(there) < 2 or not total:
            return 0.0, None
        share = self._sum(there) / total
        return (share, account.place(there)) if share >= 0.5 else (0.0, None)

    def denied(self) -> Iterator[Finding]:
        """One side denies what the other says; two denials, or a denial and a word for the opposite, cancel."""
        if self.covered < 0.6 and self.likeness < 0.35:
            return
        only = [{root for root in side - self.shared} for side in self.roots]
        opposite = next(
            ((one, other) for one in sorted(only[0]) for other in sorted(_OPPOSITE.get(one, set()) & only[1])), None
        )
        mine, theirs = self._denials(self.a, self.b), self._denials(self.b, self.a)
        if (len(mine) + len(theirs) + (opposite is not None)) % 2 == 0:
            return
        strength = 0.5 + 0.5 * min(1.0, self.covered)
        if opposite is not None and not (mine or theirs):
            text = "one side has the opposite of a word of the other"
            one = self.a.place({opposite[0]})
            other = self.b.place({opposite[1]})
        elif mine and theirs:
            return
        else:
            mark = (mine or theirs)[0]
            text = f"one side says “{mark.word}”, the other does not"
            one = (mark.start, mark.end) if mine else self.a.place(self.shared)
            other = (mark.start, mark.end) if theirs else self.b.place(self.shared)
        if one is not None and other is not None:
            yield self._finding(ReasonType.NEGATION, strength * 0.8, text, one, other)

    def _denials(self, this: Account, that: Account) -> list[Mark]:
        """What one side denies of what the other tells at all."""
        there = set(that.roots)
        return [mark for mark in this.denials if set(this.after(mark.end, _SCOPE)) & there]

    # --- the first, the only, the most ---

    def unique(self) -> Iterator[Finding]:
        found = []
        for one, other in product(self.a.unique, self.b.unique):
            mine, theirs = set(self.a.after(one.end, 6)), set(self.b.after(other.end, 6))
            least = min(self._sum(mine), self._sum(theirs))
            share = self._sum(mine & theirs) / least if least else 0.0
            is_same = one.word.split()[-1] == other.word.split()[-1]
            if 0.2 <= share and not (is_same and share > 0.8):
                found.append((0.5 + 0.5 * share, one, other))
        for strength, one, other in _matched(found):
            text = f"“{one.word}” on one side, “{other.word}” on the other: may both be?"
            yield self._finding(ReasonType.UNIQUENESS, strength, text, (one.start, one.end), (other.start, other.end))

    # --- names ---

    def names(self) -> Iterator[Finding]:
        sides = []
        for this, that in ((self.a, self.b), (self.b, self.a)):
            named = Named({word for _, _, word in plain_words(that.text)}, [name for _, _, name in that.names])
            sides.append([(start, end, name) for start, end, name in this.names if name not in named])
        found = []
        for one, other in product(*sides):
            (a0, a1, _), (b0, b1, _) = one, other
            titles = [
                {word for _, _, word in plain_words(text, start, end) if word in TITLES} | _before(text, start)
                for text, start, end in ((self.a.text, a0, a1), (self.b.text, b0, b1))
            ]
            mine, theirs = one[2].words, other[2].words
            about = self._about((a0, a1), (b0, b1))
            if len(mine) > 1 and len(theirs) > 1 and JaroWinkler.similarity(mine[-1], theirs[-1]) > 0.9:
                strength = 0.9
            elif titles[0] & titles[1] and about >= 0.3:
                strength = 0.4 + 0.5 * about
            elif about >= 0.6 and self.likeness >= 0.3:
                strength = 0.6 * about
            else:
                continue
            found.append((strength, _Stretch(a0, a1), _Stretch(b0, b1)))
        for strength, first, second in _matched(found):
            words = [_short(self.a.text[first.start : first.end]), _short(self.b.text[second.start : second.end])]
            text = f"“{words[0]}” on one side, “{words[1]}” in its place on the other"
            yield self._finding(ReasonType.NAME, strength, text, (first.start, first.end), (second.start, second.end))


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int


def _before(text: str, start: int) -> set[str]:
    """Titles in small letters before a name."""
    words = [word for _, _, word in plain_words(text, max(0, start - 24), start)]
    return {word for word in words[-2:] if word in TITLES}


def _agree(one: Amount, other: Amount) -> bool:
    if one.sort != other.sort or not one.agrees(other):
        return False
    return (
        one.sort not in ("count", "rank")
        or not one.things
        or not other.things
        or bool(one.things & other.things)
        or ({_thing(root) for root in one.things} & {_thing(root) for root in other.things} != set())
    )


def _thing(root: str) -> str:
    from tui.suggest.account import _CLASS

    return _CLASS.get(root, root)


def _matched(found):
    """The strongest first, none of either side twice."""
    seen_a, seen_b = set(), set()
    for strength, one, other in sorted(found, key=lambda each: (-each[0], each[1].start, each[2].start)):
        if one.start not in seen_a and other.start not in seen_b:
            seen_a.add(one.start)
            seen_b.add(other.start)
            yield strength, one, other


def _sides(mine: str, one: Amount | Day, read: str, theirs: str, other: Amount | Day, read_there: str) -> str:
    return f"{_read(mine[one.start : one.end], read)} on one side, {_read(theirs[other.start : other.end], read_there)} on the other"


def _read(words: str, read: str) -> str:
    """What stands there, and how it was read where that is not the same."""
    shown = _short(words)
    plain = "".join(words.lower().replace(",", "").split())
    return (
        f"“{shown}”"
        if not read or "".join(read.lower().replace(",", "").split()) == plain
        else f"“{shown}” (read as {read})"
    )


def _short(words: str) -> str:
    return " ".join(words.split())[:60]
