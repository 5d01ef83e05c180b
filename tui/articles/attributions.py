"""Words that say who says something: “Blinken said”, “according to Reuters”, “said Shi Yinhong, a professor”."""

import re
from dataclasses import dataclass

from tui.articles.speaker_names import bare, ends_phrase, name_at_end, name_at_start, word_list

MASK = "”"
"""What each character of a quotation is replaced with before attributions are looked for."""

_VERBS = word_list(
    """said says told tells added adds commented comments stated tweeted tweets emphasized emphasizes emphasised
    emphasises argued argues confirmed confirms reiterated reiterates noted notes explained explains claimed
    claims announced announces warned warns insisted insists stressed stresses declared declares asserted
    asserts acknowledged acknowledges admitted admits denied denies replied replies remarked remarks suggested
    suggests reported reports wrote writes predicted predicts contended contends revealed reveals disclosed
    alleged alleges conceded concedes quipped testified vowed vows pledged pledges saying concluded observed
    posted responded continued recalled cautioned cautions states"""
)
_STRICT = word_list(
    """added adds notes comments remarks reports concluded observed posted responded continued states"""
)
"""Verbs of speech only where words such as “that”, a quotation or a stop follow."""
_TITLE_CASE = {verb.title() for verb in _VERBS - _STRICT}
_ANY_VERB = "|".join(sorted(_VERBS | _TITLE_CASE))
_VERB = re.compile(
    rf"(?<![\w’'-])(?:{_ANY_VERB}|pointed out|made (?:it )?clear)"
    r"(?![\w’'-])"
)
_STRICT_FOLLOWS = re.compile(r"\s*(?:[,.:;”]|that\b|in a\b|on \w+day|$)")
_BY = re.compile(
    r"\baccording to |\b(?:as|was|were) (?:said|told|confirmed|stated|reported|noted|announced|put|quoted) by "
    r"|\b(?:statement|remarks)(?: \w+){0,3}? by ",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\bquoted (?:the )?((?:\S+ ){1,7}?)as saying\b")
_SOURCE = re.compile(r"(?:an?|the|its) ")
_MADE_BY = re.compile(r"[^,.;:]{0,80}?\bby ")
_LABEL = re.compile(rf"([^:”]{{2,80}}):\s*{MASK}")
_HEADLINE_END = re.compile(r": ([^:,]{2,60}?)\.?$")
_BETWEEN = word_list(
    """also later has had have then again repeatedly further previously earlier recently reportedly once publicly
    clearly briefly simply even still already since often only both all just now today"""
)
_DAY = re.compile(r"\w+day")
_OUTLET = (["news", "agency"], ["newspaper"], ["magazine"], ["himself"], ["herself"])
_NARROWS = word_list("which but while although though whereas and")
_GOVERNS = word_list("of for at from in")
"""What makes a name part of another: “Anita Rao of the West Indies said”."""
_AFTER_SPEAKER = word_list("""on in at during of who from after as when without to following later last this via""")
_LOOK_BACK = 320
_LOOK_AHEAD = 200


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what stands around it. Offsets count in the text looked at."""

    name: str
    """As it stands, without titles; a pronoun of `PRONOUNS` in small letters."""
    at: int
    reach: int
    """Where what is attributed may begin: after a word like “but” no earlier than the name."""


def attributions(shown: str, *, headline: bool = False) -> list[Attribution]:
    """The attributions in `shown`, a statement whose quotations are masked with `MASK`, in order."""
    found: list[Attribution] = []
    for match in _VERB.finditer(shown):
        after = shown[match.end() : match.end() + _LOOK_AHEAD]
        if match[0].lower() in _STRICT and not _STRICT_FOLLOWS.match(after):
            continue
        start = max(0, match.start() - _LOOK_BACK)
        subject = _subject(shown[start : match.start()], after)
        if subject is not None:
            name, reach = subject
            found.append(Attribution(name, match.start(), start + reach if reach else 0))
    for match in _BY.finditer(shown):
        if name_by := _source(shown[match.end() : match.end() + _LOOK_AHEAD]):
            found.append(Attribution(name_by, match.start(), 0))
    for match in _QUOTED.finditer(shown):
        if (quoted := name_at_end(match[1].split())) is not None:
            found.append(Attribution(quoted[0], match.start(), match.start()))
    if not found:
        labels = [_LABEL.match(shown), _HEADLINE_END.search(shown[-80:]) if headline else None]
        for label in filter(None, labels):
            words = label[1].split()
            named = name_at_end(words)
            if named is not None and (label is labels[0] or named[1] == 0):
                found.append(Attribution(named[0], 0, 0))
    return sorted(found, key=lambda attribution: attribution.at)


def opening_subject(shown: str) -> str | None:
    """The name that a statement begins with as its subject: “Blinken concluded his visit”."""
    words = shown[:_LOOK_AHEAD].split()
    for count in range(min(len(words) - 1, 8), 0, -1):
        if bare(words[count]).endswith("ed") and (found := name_at_end(words[:count])) is not None:
            return found[0]
    return None


def _subject(before: str, after: str) -> tuple[str, int] | None:
    """The speaker before or after a verb, and where the reach of what is said begins in `before` (0: no limit)."""
    tokens = [(match[0], match.start()) for match in re.finditer(r"\S+", before)]
    words = [word for word, _ in tokens]
    while words:
        if bare(words[-1]) in _BETWEEN and not ends_phrase(words[-1]):
            words.pop()
        elif len(words) > 2 and words[-2] == "on" and _DAY.fullmatch(words[-1]):
            del words[-2:]
        elif tail := next((tail for tail in _OUTLET if len(words) > len(tail) and words[-len(tail) :] == tail), None):
            del words[-len(tail) :]
        else:
            break
    if not words:
        return None
    if (found := name_at_end(words)) is not None:
        name, index = found
        governor = [word for word in words[max(0, index - 2) : index] if word != "the"][-1:]
        if governor and governor[0] in _GOVERNS:
            return None
        return name, _reach(tokens, index)
    if not ends_phrase(words[-1]):
        return None
    following = after.split()
    if (inverted := _inverted(following)) is not None:
        return inverted, 0
    return _before_apposition(words, tokens) if words[-1].endswith(",") and MASK not in words[-1] else None


def _reach(tokens: list[tuple[str, int]], index: int) -> int:
    """Back from the name over its titles to a word that narrows what is said to what follows."""
    for word, offset in reversed(tokens[max(0, index - 8) : index]):
        if word in _NARROWS:
            return offset
        if ends_phrase(word):
            break
    return 0


def _inverted(following: list[str]) -> str | None:
    """“said Shi Yinhong, a professor”: but not “said China would”."""
    for index, word in enumerate(following[:10]):
        if word in _AFTER_SPEAKER and not (
            word == "of" and index + 1 < len(following) and following[index + 1].istitle()
        ):
            break
        if ends_phrase(word):
            break
    else:
        return None if len(following) > 10 else name_at_start(following)
    phrase = following[: index + 1]
    name = name_at_start(phrase)
    if name is None:
        return None
    # Nothing but the name may stand in the phrase, else it is what was said.
    plain = [bare(word) for word in (phrase if ends_phrase(phrase[-1]) else phrase[:-1])]
    return name if plain and bare(name.split()[-1]) in (plain[-1], plain[-1].removesuffix("’s")) else None


def _before_apposition(words: list[str], tokens: list[tuple[str, int]]) -> tuple[str, int] | None:
    """“Zhou Chenning, a researcher in Beijing, said”: the nearest phrase between commas that is but a name."""
    end = len(words) - 1
    for _ in range(3):
        commas = [index for index in range(end) if words[index].endswith(",")]
        if not commas:
            return None
        end = commas[-1]
        start = commas[-2] + 1 if len(commas) > 1 else 0
        phrase = [*words[start:end], words[end][:-1]]
        found = name_at_end(phrase)
        if found is not None and (found[1] == 0 or (len(found[0].split()) > 1 and found[1] < 12)):
            return found[0], _reach(tokens, start + found[1])
    return None


def _source(phrase: str) -> str | None:
    """Who is meant after “according to” or “by”."""
    if article := _SOURCE.match(phrase):
        phrase = phrase[article.end() :]
        if made := _MADE_BY.match(phrase):
            return name_at_start(phrase[made.end() :].split())
    return name_at_start(phrase.split())
