"""Seeking a claim by its quote and context where the text it was made on is not known: this can only propose."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from tui.anchors.difference import Difference
from tui.anchors.placing import place
from tui.anchors.tokens import Reader, Tokens
from tui.model.records import Claim
from tui.model.span import Span

_PHRASE = 3
"""Tokens in a row by which a passage is recognised."""
_MOST_PLACES = 50
"""A phrase that is in the text more often tells nothing."""
_MOST_PHRASES = 400
"""Phrases of a quote that are looked up."""
_LONGEST = 4_000
"""Characters of a quote that is sought; of a longer one its beginning would do, but its end would be a guess."""
_DRIFT = 16
"""Tokens by which the parts of one place may have moved against each other."""
_CANDIDATES = 3
_RIVAL = 0.5
"""The part of the best candidate's phrases that another must share for it to be looked at."""
_LIKE = 0.5
"""How much of the quote and its context must be there, from 0 to 1."""
_MARGIN = 0.1
"""By how much the best place must be better than the next."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    likeness: float
    span: Span


class Search:
    """A text to be searched, with the places of its phrases."""

    def __init__(self, reader: Reader, text: Tokens) -> None:
        self._reader = reader
        self._text = text
        self._places: dict[str, list[int]] = defaultdict(list)
        for at in range(len(text) - _PHRASE + 1):
            self._places[text.keys[at : at + _PHRASE]].append(at)

    def find(self, claim: Claim) -> Span | None:
        """The one place that is like the quote and its context by a margin; None if there is none."""
        if not claim.exact or len(claim.exact) + len(claim.prefix) + len(claim.suffix) > _LONGEST:
            return None
        sought = self._reader.read(claim.prefix + claim.exact + claim.suffix)
        span = Span(len(claim.prefix), len(claim.prefix) + len(claim.exact))
        found: list[_Candidate] = []
        for start, end in self._windows(sought):
            candidate = self._candidate(sought, span, start, end)
            if candidate and not any(candidate.span == other.span for other in found):
                found.append(candidate)
        found.sort(key=lambda candidate: -candidate.likeness)
        if not found or found[0].likeness < _LIKE:
            return None
        if len(found) > 1 and found[0].likeness - found[1].likeness < _MARGIN:
            return None
        return found[0].span

    def _windows(self, sought: Tokens) -> list[tuple[int, int]]:
        """The stretches of the text that share most phrases with what is sought."""
        votes: Counter[int] = Counter()
        for at in range(min(len(sought) - _PHRASE + 1, _MOST_PHRASES)):
            places = self._places.get(sought.keys[at : at + _PHRASE], ())
            if len(places) <= _MOST_PLACES:
                votes.update({(place - at) // _DRIFT for place in places})
        windows: list[tuple[int, int]] = []
        most = max(votes.values(), default=0)
        for bucket, count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if count < _RIVAL * most:
                break
            start = max((bucket - 1) * _DRIFT, 0)
            end = min((bucket + 2) * _DRIFT + len(sought), len(self._text))
            if all(abs(start - other) > _DRIFT for other, _ in windows):
                windows.append((start, end))
            if len(windows) == _CANDIDATES:
                break
        return windows

    def _candidate(self, sought: Tokens, span: Span, start: int, end: int) -> _Candidate | None:
        offset = self._text.starts[start]
        window = self._reader.read(self._text.text[offset : self._text.ends[end - 1]])
        difference = Difference(sought, window)
        found = place(difference, span)
        if found is None:
            return None
        likeness = difference.kept(0, len(sought)) / sought.sizes[-1]
        return _Candidate(likeness, Span(found.span.start + offset, found.span.end + offset))
