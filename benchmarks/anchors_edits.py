"""Edits as newsrooms and scrapers make them, each knowing where every character went.

The map comes from the edits themselves: whatever is moved takes its characters along, whatever is put in has none.
"""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

from tui.articles.statements import segment
from tui.model.article import StatementKind
from tui.model.span import Span

NEW = -1
"""The origin of a character that was not in the old text."""

_SENTENCES = (StatementKind.SENTENCE, StatementKind.HEADLINE, StatementKind.CAPTION)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMERAL = re.compile(rf"\b(?:{'|'.join(_NUMERALS)})\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_WAS = re.compile(r"\b(?:is|was|are|were|will|would|should|could|has|have|had)\b(?! not)")
_PUT_IN = ("reportedly", "late on Tuesday,", "it emerged,", "according to officials,", "however,", "in part")
_DEBRIS = (
    "Advertisement",
    "Leave a Comment",
    "Share this article",
    "Read more",
    "Most read",
    "Sign up to our newsletter",
)


class Edited:
    """A text that remembers of each character where it stood at first, and what was put in place of what."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.origins = list(range(len(text)))
        self.corrected: list[tuple[int, int] | None] = [None] * len(text)
        """Of a character that was put in as a correction, the old range that it replaced."""

    def delete(self, start: int, end: int) -> None:
        self._splice(start, end, "", [], [])

    def insert(self, at: int, words: str) -> None:
        self._splice(at, at, words, [NEW] * len(words), [None] * len(words))

    def rewrite(self, start: int, end: int, words: str) -> None:
        """Put other words there, which are no correction of what they replace."""
        self._splice(start, end, words, [NEW] * len(words), [None] * len(words))

    def correct(self, start: int, end: int, words: str) -> None:
        """Put in another figure or name, which takes the place of the old one."""
        old = [origin for origin in self.origins[start:end] if origin != NEW]
        replaced = (old[0], old[-1] + 1) if len(old) == end - start else None
        self._splice(start, end, words, [NEW] * len(words), [replaced] * len(words))

    def respell(self, start: int, end: int, words: str) -> None:
        """Write the same in other characters: other quotation marks, other white space."""
        origin = self.origins[start]
        self._splice(start, end, words, [origin] * len(words), [self.corrected[start]] * len(words))

    def move(self, start: int, end: int, to: int) -> None:
        """Move what stands from `start` to `end` to before what stands at `to`, outside it."""
        taken = self.text[start:end], self.origins[start:end], self.corrected[start:end]
        self.delete(start, end)
        to -= end - start if to >= end else 0
        self._splice(to, to, *taken)

    def _splice(
        self, start: int, end: int, words: str, origins: list[int], corrected: list[tuple[int, int] | None]
    ) -> None:
        self.text = self.text[:start] + words + self.text[end:]
        self.origins[start:end] = origins
        self.corrected[start:end] = corrected


Pool: TypeAlias = Sequence[str]
"""Sentences of other articles on the same event, to put in."""
Edit: TypeAlias = Callable[[Edited, Random, Pool], None]


def _sentences(edited: Edited) -> list[Span]:
    found = [one.span for one in segment(edited.text) if one.kind in _SENTENCES and len(one.span) >= 20]
    return found or [Span(0, len(edited.text))]


def _paragraphs(edited: Edited) -> list[Span]:
    """Lines with something in them, with the line breaks behind; of a text in one line some of its sentences."""
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*\n*", edited.text)]
    if sum(len(line) > 100 for line in lines) >= 4:
        return lines
    starts = [span.start for span in _sentences(edited)][::3]
    return [Span(a, b) for a, b in zip(starts, [*starts[1:], len(edited.text)], strict=True)]


def insert_paragraph(edited: Edited, random: Random, pool: Pool) -> None:
    for _ in range(random.randint(1, 2)):
        words = " ".join(random.sample(pool, random.randint(1, 3)))
        at = random.choice(_paragraphs(edited)).start
        edited.insert(at, words + "\n\n")


def delete_paragraph(edited: Edited, random: Random, _pool: Pool) -> None:
    for _ in range(random.randint(1, 2)):
        span = random.choice(_paragraphs(edited))
        edited.delete(span.start, span.end)


def insert_words(edited: Edited, random: Random, _pool: Pool) -> None:
    for _ in range(6):
        span = random.choice(_sentences(edited))
        spaces = [at for at in range(span.start, span.end) if edited.text[at] == " "]
        if spaces:
            edited.insert(random.choice(spaces), " " + random.choice(_PUT_IN))


def correct_figures(edited: Edited, random: Random, _pool: Pool) -> None:
    """Other figures, spelled numbers and names."""
    for match in reversed(list(_FIGURE.finditer(edited.text))):
        if random.random() < 0.6:
            figure = str(int(re.sub(r"\D", "", match[0])[:6]) + random.choice((1, 2, 10, 25, 1000)))
            edited.correct(match.start(), match.end(), figure)
    for match in reversed(list(_NUMERAL.finditer(edited.text))):
        if random.random() < 0.5:
            edited.correct(match.start(), match.end(), random.choice([one for one in _NUMERALS if one != match[0]]))
    names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}", edited.text))
    for match in sorted(random.sample(names, min(3, len(names))), key=lambda match: -match.start()):
        edited.correct(match.start(), match.end(), random.choice(("Miller", "Rome", "Okafor", "Lisbon", "Harris")))


def negate(edited: Edited, random: Random, _pool: Pool) -> None:
    verbs = list(_WAS.finditer(edited.text))
    for match in sorted(random.sample(verbs, min(6, len(verbs))), key=lambda match: -match.start()):
        edited.insert(match.end(), " not")


def typography(edited: Edited, random: Random, _pool: Pool) -> None:
    """Curly quotation marks straight or the other way, dashes, ellipses, spaces that don't break, soft hyphens."""
    straight = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "...", "\u00a0": " "}
    curly = {'"': "”", "'": "’", "-": "\u2010"}
    chosen = straight if any(sign in edited.text for sign in "“”’") else curly
    for at in range(len(edited.text) - 1, -1, -1):
        sign = edited.text[at]
        if sign in chosen:
            edited.respell(at, at + 1, chosen[sign])
        elif sign == " " and random.random() < 0.05:
            edited.respell(at, at + 1, "\u00a0")
        elif sign.isalpha() and edited.text[at + 1 : at + 2].isalpha() and random.random() < 0.01:
            edited.respell(at, at + 1, sign + "\u00ad")


def rewrap(edited: Edited, random: Random, _pool: Pool) -> None:
    width = random.choice((50, 66, 80))
    at = 0
    for match in reversed(list(re.finditer(r"\n+| {2,}", edited.text))):
        edited.respell(match.start(), match.end(), "\n" if match[0] == "\n\n" else match[0])
    column = 0
    while at < len(edited.text):
        if edited.text[at] == "\n":
            column = 0
        elif edited.text[at] == " " and column > width:
            edited.respell(at, at + 1, random.choice(("\n", "\n", "\n  ", " \n")))
            column = 0
        at, column = at + 1, column + 1


def move_paragraph(edited: Edited, random: Random, _pool: Pool) -> None:
    paragraphs = _paragraphs(edited)
    if len(paragraphs) > 2:
        source, target = random.sample(range(len(paragraphs)), 2)
        if paragraphs[-1].end == len(edited.text):  # nothing that moves may run into the text's last word
            edited.insert(len(edited.text), "\n\n")
            paragraphs[-1] = Span(paragraphs[-1].start, len(edited.text))
        edited.move(paragraphs[source].start, paragraphs[source].end, paragraphs[target].start)


def swap_sentences(edited: Edited, random: Random, _pool: Pool) -> None:
    spans = _sentences(edited)
    first, second = sorted(random.sample(spans, 2)) if len(spans) > 2 else (spans[0], spans[0])
    if first.of(edited.text) != second.of(edited.text):
        middle = edited.text[first.end : second.start]
        edited.move(second.start, second.end, first.start)
        moved = len(second)
        edited.move(first.start + moved, first.end + moved, first.start + moved + len(first) + len(middle))


def duplicate_earlier(edited: Edited, random: Random, _pool: Pool) -> None:
    """A sentence is said again further up, as in a pulled quote: the claim stays with the one that was there.

    Not right before itself: which of the two is the copy, nobody could say then.
    """
    for _ in range(2):
        spans = _sentences(edited)
        if len(spans) > 2:
            index = random.randrange(2, len(spans))
            at = spans[random.randrange(index - 1)].start
            edited.insert(at, edited.text[spans[index].start : spans[index].end] + random.choice((" ", "\n\n")))


def merge_and_split(edited: Edited, random: Random, _pool: Pool) -> None:
    """Paragraphs run together and sentences get paragraphs of their own; sentences are joined and cut."""
    for match in reversed(list(re.finditer(r"\n+", edited.text))):
        if random.random() < 0.4 and match.end() < len(edited.text):
            edited.respell(match.start(), match.end(), " ")
    for span in reversed(_sentences(edited)):
        if span.start and edited.text[span.start - 1] == " " and random.random() < 0.3:
            edited.respell(span.start - 1, span.start, "\n\n")
    stops = [match.start() for match in re.finditer(r"(?<=[a-z])\. (?=[A-Z])", edited.text)]
    if stops:
        at = random.choice(stops)
        edited.rewrite(at, at + 1, "; and")
    commas = [match.start() for match in re.finditer(r"(?<=[a-z]), (?=[a-z])", edited.text)]
    if commas:
        at = random.choice(commas)
        edited.rewrite(at, at + 1, ".")


def rewrite_sentences(edited: Edited, random: Random, pool: Pool) -> None:
    """Two sentences put differently: some of the words are others, by degrees."""
    others = [word for sentence in pool for word in _WORD.findall(sentence)]
    for _ in range(2):
        span = random.choice(_sentences(edited))
        share = random.choice((0.15, 0.3, 0.6, 0.9))
        for match in reversed(list(re.finditer(r"\w+", edited.text[span.start : span.end]))):
            if random.random() < share:
                other = _other_than(match[0], others, random)
                edited.rewrite(span.start + match.start(), span.start + match.end(), other)


def _other_than(word: str, others: Sequence[str], random: Random) -> str:
    """One of the others that is not this word again, in capitals or not."""
    while True:
        drawn = random.choice(others)
        if drawn.casefold() != word.casefold():
            return drawn


def rewrite_lede(edited: Edited, random: Random, pool: Pool) -> None:
    """The first sentences are replaced by others on the same event."""
    spans = _sentences(edited)[: random.randint(1, 3)]
    edited.rewrite(spans[0].start, spans[-1].end, " ".join(random.sample(pool, len(spans))))


def replace_sentences(edited: Edited, random: Random, pool: Pool) -> None:
    for _ in range(3):
        span = random.choice(_sentences(edited))
        edited.rewrite(span.start, span.end, random.choice(pool))


def debris(edited: Edited, random: Random, _pool: Pool) -> None:
    for match in reversed(list(re.finditer(r"(?m)^.{1,30}\n+", edited.text))):
        if random.random() < 0.5:
            edited.delete(match.start(), match.end())
    for _ in range(3):
        edited.insert(random.choice(_paragraphs(edited)).start, random.choice(_DEBRIS) + "\n")


def delete_a_copy(edited: Edited, random: Random, _pool: Pool) -> None:
    """Of a sentence that stands twice, as `doubled` makes them, one goes: the first or the second.

    Something stands between the two: of copies beside each other nobody can say which one went.
    """
    seen: dict[str, Span] = {}
    for span in _sentences(edited):
        words = edited.text[span.start : span.end]
        if words in seen and span.start - seen[words].end > 20:
            gone = random.choice((seen[words], span))
            edited.delete(gone.start, gone.end)
            return
        seen[words] = span


def doubled(text: str, random: Random) -> str:
    """The text with one of its sentences standing in a second place too, not beside the first."""
    edited = Edited(text)
    spans = _sentences(edited)
    one = random.randrange(len(spans))
    other = random.choice([at for at in range(len(spans)) if at not in (one - 1, one)])
    edited.insert(spans[other].end, " " + edited.text[spans[one].start : spans[one].end])
    return edited.text


def combination(edited: Edited, random: Random, pool: Pool) -> None:
    """Three of the others, but none that copies: a copy whose original then goes is a move, and no text can tell."""
    for edit in random.sample([one for one in KINDS.values() if one not in (combination, *_COPYING)], 3):
        edit(edited, random, pool)


_COPYING: tuple[Edit, ...] = (duplicate_earlier, delete_a_copy)

KINDS: dict[str, Edit] = {
    "a paragraph put in": insert_paragraph,
    "a paragraph deleted": delete_paragraph,
    "words put into sentences": insert_words,
    "figures and names corrected": correct_figures,
    "a negation put in": negate,
    "other typography": typography,
    "lines wrapped anew": rewrap,
    "a paragraph moved": move_paragraph,
    "two sentences swapped": swap_sentences,
    "a sentence repeated earlier": duplicate_earlier,
    "one of two equal sentences deleted": delete_a_copy,
    "merged and split": merge_and_split,
    "sentences put differently": rewrite_sentences,
    "sentences replaced by others": replace_sentences,
    "another lede": rewrite_lede,
    "scrape debris": debris,
    "three of these": combination,
}
