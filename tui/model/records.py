"""What annotators record. Every record is an immutable value with an id, an annotator and the time it was made.

`extra` holds keys of a YAML record that this version does not know; they are kept and written back. `conflicts`
holds what a merge could not decide, as it stands in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, Union

from tui.model.span import Span

Plain: TypeAlias = Union[bool, int, float, str, "list[Plain]", "dict[str, Plain]", None]
"""What YAML and JSON can hold."""

GIST_LIMIT = 75
"""Characters in a gist: it heads lists, so it must fit one line."""
CONTEXT = 40
"""Code points of text kept before and after a quote."""


class Certainty(StrEnum):
    """How the article puts it."""

    STATED = "stated"
    HEDGED = "hedged"
    DENIED = "denied"
    PLANNED = "planned"


class Status(StrEnum):
    """Where a contradiction stands: open; explained, all can stand after all; resolved, one does."""

    OPEN = "open"
    EXPLAINED = "explained"
    RESOLVED = "resolved"


class Stance(StrEnum):
    COMMENT = "comment"
    DISAGREE = "disagree"


class SuggestionKind(StrEnum):
    """What a pair of statements is proposed as, and decided on as."""

    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: one side of a suggestion, or of a decision."""

    article: str
    span: Span
    exact: str
    """The words that stand there."""
    further: str = ""
    """What a file says of it that this version does not know, as a JSON object; empty: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span that an annotator has marked."""

    id: str
    annotator: str
    article: str
    text_sha256: str
    """The text the span counts in, as the article's `sha256`."""
    span: Span
    exact: str
    prefix: str
    suffix: str
    tags: tuple[str, ...] = ()
    gist: str | None = None
    said_by: tuple[str, ...] | None = None
    """Who says it, origin first; empty: the article in its own voice; None: not recorded."""
    certainty: Certainty | None = None
    when: str | None = None
    """The time spoken of, as EDTF."""
    memo: str | None = None
    from_: str | None = None
    """Where the claim was taken from: `ben/c1…`, `suggestion`, `import`; None: made by hand."""
    created: str
    conflicts: tuple[Plain, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)

    def stands_in(self, text: str) -> bool:
        """Whether the quote stands in this text where the claim says. A span longer than its quote is not copied."""
        return len(self.span) == len(self.exact) and self.span.of(text) == self.exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two or more of one's own claims that can't all stand."""

    id: str
    annotator: str
    claims: tuple[str, ...]
    gist: str | None = None
    kinds: tuple[str, ...] = ()
    status: Status = Status.OPEN
    memo: str | None = None
    created: str
    conflicts: tuple[Plain, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateGroup:
    """Two or more of one's own claims that state the same thing: one correction would mend them together."""

    id: str
    annotator: str
    claims: tuple[str, ...]
    gist: str | None = None
    memo: str | None = None
    created: str
    conflicts: tuple[Plain, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment on, or disagreement with, a colleague's record."""

    id: str
    annotator: str
    on: str
    """`annotator/id` of the record spoken of."""
    exact: str | None = None
    stance: Stance = Stance.COMMENT
    memo: str | None = None
    created: str
    conflicts: tuple[Plain, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNote:
    """What one annotator says of a whole article. Its id is the article's."""

    annotator: str
    article: str
    finished: bool = False
    memo: str | None = None
    conflicts: tuple[Plain, ...] = ()

    @property
    def id(self) -> str:
        return self.article


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an annotator decided on a pair of statements that was proposed to them.

    It is about the words of both sides: the pair is known again by them, wherever in their articles they stand.
    """

    id: str
    annotator: str
    kind: SuggestionKind
    verdict: Verdict
    a: Passage
    b: Passage
    created: str
    conflicts: tuple[Plain, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)


Link: TypeAlias = Contradiction | DuplicateGroup
Record: TypeAlias = Claim | Contradiction | DuplicateGroup | Remark | ArticleNote | Decision


def quote_of(text: str, span: Span) -> tuple[str, str, str]:
    """What a claim of this stretch quotes: its words, and the context before and after them."""
    return span.of(text), text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def by_pair(decision: Decision) -> tuple[str | int, ...]:
    """The order of decisions everywhere: the place of the first side, that of the second, kind, id. In plain values,
    which compare faster than spans."""
    places = ((side.article, side.span.start, side.span.end) for side in (decision.a, decision.b))
    return (*next(places), *next(places), decision.kind.value, decision.id)


def by_place(claim: Claim) -> tuple[str, Span, str]:
    """The order of claims everywhere: article, span, id."""
    return (claim.article, claim.span, claim.id)
