"""What news counts and dates, and the words beside a number or date that tell which it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from tui.suggest.amounts import Amount, amounts
from tui.suggest.dates import dates
from tui.suggest.manner import uniques
from tui.suggest.words import QUIET_WORDS, plain_words, stem

_ONE_THING = """
    person people passenger victim resident civilian inhabitant citizen men women
    | kill killed killing dead died dies death toll fatal body | injure injured injury wounded hurt wound
    | arrest arrested detained detention | rescue rescued saved | evacuate displaced evacuated evacuation
    | missing unaccounted | trip visit tour journey | meet talks meeting met | boat ship vessel | fire blaze
    | quake earthquake | cost price | staff workers employees | troop troops soldiers | vehicle car
    | plane aircraft jet | home house | firm company
    | lose lost loss losses | fall fell fallen drop dropped | rise rose risen climb climbed | sink sank sunk
    | break broke broken | shoot shot | fly flew flown | steal stole stolen | hide hid hidden | buy bought
    | sell sold sale | pay paid | win won | build built | begin began begun start started | find found | hold held
    | leave left | write wrote written | take took taken | give gave given | see saw seen | know knew known
    | speak spoke spoken | throw threw thrown | drive drove driven | strike struck hit | flee fled | fight fought
    | lead led
    | send sent | spend spent | withdraw withdrew | burst bursting
"""
_ROOT_OF = {stem(word): stem(group.split()[0]) for group in _ONE_THING.split("|") for word in group.split()}
"""Words that news uses for one thing where it counts or dates it: “12 died” and “12 dead”."""
PERSON = stem("person")
_OF_PERSONS = frozenset(map(stem, ["kill", "injure", "arrest", "rescue", "evacuate", "missing"]))
"""What happens to people: a number beside it counts them, whether it says so or not."""
UNIQUE = "unique"
"""The frame of what claims to be the first, the only one or the most."""
HAPPENING = tuple(f"{PERSON} {what}" for what in sorted(_OF_PERSONS))
"""The frames that tell what happened to people."""
_BREAK = re.compile(r"[,;:.](?=\s)|\n|\b(?:and|but|or|while|when|after|as|before)\b")
"""What parts what is told of one number from what is told of the next."""
NUMBERS_REACH = 2_000
"""Code points of a statement that are looked at for numbers."""
_NEAR = 3
"""Words on either side of a number that tell what it counts."""
_NUMBERED = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion"
    r"|dozen)\b",
    re.IGNORECASE,
)


def root_of(word: str) -> str:
    """The stem of a word, or that of the word for the same thing."""
    root = stem(word)
    return _ROOT_OF.get(root, root)


def things_of(amount: Amount) -> set[str]:
    """What an amount may count, in words that stand for all that mean the same."""
    return {_ROOT_OF.get(thing, thing) for thing in amount.things}


def telling_roots(text: str) -> list[tuple[int, str]]:
    """The words of a text that say something, by where they begin."""
    return [(start, root_of(word)) for start, _, word in plain_words(text) if word not in QUIET_WORDS]


def numbers(text: str) -> list[Amount]:
    """The numbers of a text; quick where there are none."""
    return amounts(text) if _NUMBERED.search(text) is not None else []


def measures(amounts: Iterable[Amount]) -> dict[str, Amount]:
    """Numbers with a unit, by one writing for all that are the same, as “two-day” and “48 hours” are, and “$1.4bn” and
    “1.4 billion dollars”. What only counts things is left out: the words beside it tell what it is."""
    return {
        f"{one.sort} {one.size:.9g}": one
        for one in amounts
        if one.size is not None and one.sort not in ("count", "rank", "age")
    }


def frames(text: str, amounts: Sequence[Amount]) -> tuple[str, ...]:
    """For each number (`amounts`) and date of a text what it is of, and whether it claims the first or the most: two
    statements that share one may be at odds over it."""
    unique = (UNIQUE,) if next(uniques(text), None) is not None else ()
    if _NUMBERED.search(text) is None:
        return unique
    telling = telling_roots(text)
    starts = [start for start, _ in telling]
    roots = [root for _, root in telling]
    found = {frame for amount in amounts for frame in frames_of(amount, text, starts, roots)}
    for start, end, date in dates(text):
        if date.year is not None or date.month is not None:
            found.update(dated_frames(start, end, starts, roots))
    return (*unique, *sorted(found))


def dated_frames(start: int, end: int, starts: Sequence[int], roots: Sequence[str]) -> Iterator[str]:
    """What a date is of: two words beside it."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    near = {*roots[max(0, first - 2) : first], *roots[last : last + 1]}
    return (f"date {one} {other}" for one, other in combinations(sorted(near), 2))


def frames_of(amount: Amount, text: str, starts: Sequence[int], roots: Sequence[str]) -> Iterator[str]:
    """What a number is of: its unit or the thing it counts, with each word near it."""
    first, last = bisect_left(starts, amount.start), bisect_left(starts, amount.end)
    things = things_of(amount)
    near = {*roots[max(0, first - _NEAR) : first], *roots[last : last + _NEAR + len(things)]}
    if amount.sort == "age":
        yield from (f"age {root}" for root in (*roots[max(0, first - 2) : first], *roots[last : last + 1]))
        return
    if amount.sort == "rank":
        return
    if amount.sort == "count":
        happens = _happening(amount, text, starts, roots) or (near | things) & _OF_PERSONS
        if happens:
            things, near = {PERSON}, happens
    else:
        things = {amount.sort}
    yield from (f"{thing} {root}" for thing in things for root in near if root != thing)


def _happening(amount: Amount, text: str, starts: Sequence[int], roots: Sequence[str]) -> set[str]:
    """What happened to the people that a number counts: what is told of it next, else what was told just before; none
    where neither is plain."""
    first, last = bisect_left(starts, amount.start), bisect_left(starts, amount.end)
    for at in range(last, min(len(roots), last + _NEAR + len(amount.things))):
        if roots[at] in _OF_PERSONS and _BREAK.search(text, amount.end, starts[at]) is None:
            return {roots[at]}
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if roots[at] in _OF_PERSONS and _BREAK.search(text, starts[at], amount.start) is None:
            return {roots[at]}
    return set()
