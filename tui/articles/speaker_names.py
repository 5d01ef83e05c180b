"""Names of speakers: told from the titles and words around them, and written in full."""

import re
from collections import Counter


def word_list(words: str) -> frozenset[str]:
    """The words of `words`, which white space parts."""
    return frozenset(words.split())


PRONOUNS = frozenset({"he", "she"})

_TITLES = word_list(
    """mr ms mrs miss dr sir lord lady president vice-president vice deputy minister ministers premier chancellor
    secretary state chairman chairwoman chair chief director general gen col colonel maj major capt captain lt
    admiral adm sen senator rep representative congressman congresswoman governor gov mayor ambassador envoy
    professor prof king queen prince princess pope judge justice councilor councillor spokesperson spokesman
    spokeswoman leader head prime foreign defence defense finance treasury commerce interior former
    then-president ex-president acting correspondent reporter editor ceo commander officer speaker house white
    national security senior adviser advisor counselor analyst"""
)
"""Capitalised words that stand before a name and are no part of it."""
_PLACES = word_list(
    """u.s us usa uk eu u.k un america american americans britain british china chinese russia russian ukraine
    ukrainian taiwan taiwanese japan japanese korea korean india indian pakistan iran iranian israel israeli
    france french germany german europe european asia asian africa african pacific beijing washington moscow
    kyiv taipei tokyo brussels london states kingdom australia australian canada canadian nato palestinian
    turkish"""
)
_INSTITUTIONS = word_list(
    """ministry department agency council committee commission times post journal house university institute bank
    office bureau embassy kremlin pentagon union nations government party court corp inc ltd group association
    center centre news navy army force administration agency daily bbc cnn nbc congress senate parliament
    police affairs foundation company reuters axios newsweek xinhua bloomberg afp ap tass states kingdom"""
)
_ROLES = word_list(
    """spokesperson spokesman spokeswoman official officials ministry government department embassy police
    authorities representative representatives diplomat diplomats lawmakers analysts experts officers
    prosecutors military"""
)
"""What may end the name of a speaker in small letters: “Chinese officials”."""
_BEFORE_NAMES = (
    _ROLES
    | _TITLES
    | word_list(
        """correspondent researcher scholar expert economist lawyer top the a an its his her their newly political"""
    )
)
_OPENERS = word_list(
    """a an the but and or so yet in on at by for to from with of as if when while after before during since although
    though because however meanwhile nonetheless nevertheless also then now today yesterday earlier later why
    how what who which where it this that these those there they we i you he she some many most others other
    both all one none nobody everyone his her their its our my monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december not
    no despite instead still even unlike like according speaking asked analysts officials experts sources
    critics observers reporters reports people report statement"""
)
"""Words that get a capital only from where they stand, or are no speaker."""
_DAYS = word_list("monday tuesday wednesday thursday friday saturday sunday")
_PARTICLES = word_list("van von de der den da del di bin al el la le ibn ben")
_JOINTS = word_list("of for and")
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST_FULL_NAME = 4
_LONGEST_FIRST_SURNAME = 6
_EARLIER = 60_000
_LATER = 20_000
"""Characters before and after a surname's place in which its full name is looked for."""
_MENTIONS = 200
_NAME_BEFORE = 60


def bare(word: str) -> str:
    """`word` without the punctuation around it, in small letters: what word lists are asked with."""
    return word.strip(".,;:()[]#*“”\"'’‘").lower()


def ends_phrase(word: str) -> bool:
    """Whether punctuation after `word` ends a phrase; the full stop of an initial or a title does not."""
    if word.endswith("."):
        return not ("." in word[:-1] or len(word) == 2 or bare(word) in _TITLES)
    return word[-1:] in ',;:?!”"’)]—–' and not _POSSESSIVE.search(word[-2:])


def is_capital(word: str) -> bool:
    return word[:1].isupper()


def name_at_end(words: list[str]) -> tuple[str, int] | None:
    """The speaker whom `words` end with and the index of the name's first word; titles are left out.

    It is a pronoun of `PRONOUNS`, a person, a place or an institution (“US State Department”), or people by
    their place (“Chinese officials”).
    """
    if not words or ends_phrase(words[-1]) or words[-1].endswith(("’s", "'s")):
        return None
    end = len(words)
    last = bare(words[-1])
    if last in PRONOUNS:
        return last, end - 1
    if not is_capital(words[-1]):
        return _people(words) if last in _ROLES else None
    if last in _INSTITUTIONS or last in _PLACES:
        return _institution(words, end)
    if last in _OPENERS or last in _TITLES:
        return None
    start = end
    while start and end - start < _LONGEST_FULL_NAME:
        word = words[start - 1]
        if start < end and (ends_phrase(word) or _POSSESSIVE.search(word)):
            break
        particle = word in _PARTICLES and start > 1 and start < end
        if not particle and (not is_capital(word) or bare(word) in _TITLES | _PLACES | _OPENERS | _INSTITUTIONS):
            break
        start -= 1
    while words[start] in _PARTICLES:
        start += 1
    name = " ".join(words[start:end]).strip("#*([‘“\"'")
    return (name, start) if name else None


def name_at_start(words: list[str]) -> str | None:
    """The speaker whom a phrase begins with: “Foreign Ministry spokesperson Mao Ning on Monday”."""
    taken: list[str] = []
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        leads_on = is_capital(following) or following in _PARTICLES
        joint = (word in _JOINTS or word in _PARTICLES) and leads_on and bool(taken)
        if bare(word) in _DAYS or not (is_capital(word) or joint or bare(word) in _BEFORE_NAMES):
            break
        taken.append(_POSSESSIVE.sub("", word).rstrip(',.;:?!”"’)') if _ends_name(word) else word)
        if _ends_name(word):
            break
    if taken and taken[-1] in ("the", "a", "an"):
        return None
    found = name_at_end(taken)
    return found[0] if found else None


def is_person(name: str) -> bool:
    """Whether a pronoun may stand for `name`."""
    words = name.split()
    return not name.isupper() and not any(bare(word) in _INSTITUTIONS | _PLACES | _ROLES for word in words)


def full_name(name: str, text: str, offset: int) -> str:
    """`name` as the article writes it in full before `offset`, else after; `name` itself where that is in doubt."""
    if " " in name or not is_person(name):
        return name
    return (
        _full_name_in(name, text[max(0, offset - _EARLIER) : offset])
        or _full_name_in(name, text[offset : offset + _LATER])
        or name
    )


def _full_name_in(surname: str, text: str) -> str | None:
    given_first: Counter[str] = Counter()
    surname_first: Counter[str] = Counter()
    pattern = re.compile(rf"(?<![\w-]){re.escape(surname)}(?![\w-])")
    for match, _ in zip(pattern.finditer(text), range(_MENTIONS), strict=False):
        start = max(0, match.start() - _NAME_BEFORE)
        _, line_break, line = text[start : match.start()].rpartition("\n")
        # Without a line break the first word may be cut.
        before = [*(line.split() if line_break or not start else line.split()[1:]), surname]
        found = name_at_end(before)
        if found and " " in found[0]:
            given_first[found[0]] += 1
            continue
        after = text[match.end() : match.end() + 40].partition("\n")[0]
        # A capital after a surname is a given name only where surnames come first, and these are short.
        given = re.match(r" ([A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)(?=[\s,.;:’'”\"]|$)", after)
        if given and len(surname) <= _LONGEST_FIRST_SURNAME:
            words = given[1].split(" ")
            known = _TITLES | _PLACES | _OPENERS | _INSTITUTIONS
            if bare(words[0]) not in known:
                taken = words[:1] if len(words) > 1 and bare(words[1]) in known else words
                surname_first[" ".join([surname, *taken])] += 1
    for names in (given_first, surname_first):
        if names:
            return next(iter(names)) if len(names) == 1 else None
    return None


def _people(words: list[str]) -> tuple[str, int] | None:
    start = len(words) - 1
    while start and len(words) - start < 6:
        word = words[start - 1]
        if ends_phrase(word) or bare(word) in _OPENERS or not (is_capital(word) or bare(word) in _BEFORE_NAMES):
            break
        start -= 1
    return (" ".join(words[start:]), start) if is_capital(words[start]) else None


def _institution(words: list[str], end: int) -> tuple[str, int] | None:
    start = end - 1
    while start and end - start < 7:
        word = words[start - 1]
        joint = word in _JOINTS and start > 1 and is_capital(words[start - 2]) and word != "and"
        if ends_phrase(word) or not (joint or is_capital(word)) or bare(word) in _OPENERS - {"of", "for"}:
            break
        start -= 1
    return " ".join(words[start:end]).strip("#*([‘“\"'"), start


def _ends_name(word: str) -> bool:
    return ends_phrase(word) or _POSSESSIVE.search(word) is not None
