"""Claims on a text, and where they went, for the tests of anchors."""

from tui.anchors import Anchor, anchor_claims
from tui.model.records import CONTEXT, Claim
from tui.model.span import Span

OLD = """Harbour closed after storm

The storm reached the coast on Monday night, and the harbour was closed at once. Police said that 700 people were \
brought to safety. “Nobody was hurt,” the mayor told reporters – twice.

The ferry to the islands will sail again on Thursday. Fishermen have asked the county for help with their nets.

Schools stay closed until the end of the week."""


def claim_at(text: str, start: int, end: int) -> Claim:
    """A claim as the program makes it."""
    return made(Span(start, end), text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def made(span: Span, exact: str, prefix: str = "", suffix: str = "") -> Claim:
    """A claim as it may stand in a file."""
    return Claim(
        id="c000000000001",
        annotator="ada",
        article="one",
        text_sha256="0" * 64,
        span=span,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        created="2026-11-21T20:00:00Z",
    )


def claim_of(text: str, words: str) -> Claim:
    """A claim of the only place where these words stand."""
    assert text.count(words) == 1, f"{text.count(words)} places of “{words}”"
    return claim_at(text, text.index(words), text.index(words) + len(words))


def anchored(old: str | None, new: str, claim: Claim) -> tuple[str, str | None]:
    """What became of a claim, and the words that stand there now."""
    anchor = anchor_of(old, new, claim)
    return anchor.outcome.value, anchor.span.of(new) if anchor.span else None


def anchor_of(old: str | None, new: str, claim: Claim) -> Anchor:
    (anchor,) = anchor_claims([claim], old, new)
    return anchor
