"""What holds of anchors whatever the texts: on few words that recur, with edits of which the true map is known."""

from dataclasses import dataclass, field

from anchors_samples import claim_at, made
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.anchors import Anchor, Outcome, anchor_claims
from tui.anchors.tokens import plain
from tui.model.records import Claim
from tui.model.span import Span

SURE = (Outcome.SAME, Outcome.MOVED)
WORDS = ("aa", "bb", "cc", "dd.", "ee,")
SENTENCES = (
    "The talks were held in the old harbour.",
    "The minister declined to comment.",
    "The minister declined to say more.",
    "He said so on Monday.",
    "Boats left.",
    "No.",
)


@dataclass
class Edited:
    """A text in pieces, and which old piece each new one is."""

    old: list[str]
    new: list[str] = field(default_factory=list)
    origins: list[int | None] = field(default_factory=list)

    @staticmethod
    def spans(pieces: list[str]) -> list[Span]:
        spans, at = [], 0
        for piece in pieces:
            spans.append(Span(at, at + len(piece)))
            at += len(piece) + 1
        return spans

    def claims(self, ranges: list[tuple[int, int]]) -> list[tuple[Claim, range]]:
        """Claims of pieces in a row, with the numbers of those."""
        text, spans = " ".join(self.old), self.spans(self.old)
        found = []
        for one, other in ranges:
            first, last = sorted((one % len(spans), other % len(spans)))
            found.append((claim_at(text, spans[first].start, spans[last].end), range(first, last + 1)))
        return found


@st.composite
def deleted_and_put_in(draw: st.DrawFn, pieces: tuple[str, ...]) -> Edited:
    """Pieces that recur; some are deleted, and some put in that were not there before."""
    edited = Edited(draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=25)))
    for number, piece in enumerate(edited.old):
        for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 2)))):
            edited.new.append(f"Unheard{len(edited.new)}")
            edited.origins.append(None)
        if draw(st.sampled_from((True, True, True, False))):
            edited.new.append(piece)
            edited.origins.append(number)
    return edited


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair))), max_size=8)


def check_true(edited: Edited, ranges: list[tuple[int, int]]) -> None:
    """A place that is taken without asking holds half of the claim's own characters or more, and no one else's words.

    What is missing of the half can only be an end of the claim that stands twice side by side in one of the texts:
    which of the two it is, nobody can tell.
    """
    new, spans = " ".join(edited.new), Edited.spans(edited.new)
    claims = edited.claims(ranges)
    anchors = anchor_claims([claim for claim, _ in claims], " ".join(edited.old), new)
    for (claim, pieces), anchor in zip(claims, anchors, strict=True):
        if anchor.outcome not in SURE:
            continue
        assert anchor.span is not None
        assert anchor.span.of(new) == claim.exact
        own = [
            len(span)
            for span, origin in zip(spans, edited.origins, strict=True)
            if origin in pieces and anchor.span.start <= span.start and span.end <= anchor.span.end
        ]
        assert 2 * sum(own) >= sum(len(edited.old[piece]) for piece in pieces)


@settings(max_examples=400, deadline=None)
@given(deleted_and_put_in(WORDS), RANGES)
@example(Edited(["aa", "aa"], ["aa"], [1]), [(0, 0), (1, 1)])
@example(Edited(["bb", "aa", "aa", "cc", "dd."], ["bb", "aa", "cc", "dd."], [0, 2, 3, 4]), [(1, 1), (2, 2)])
def test_where_words_only_go_or_are_new_no_claim_lands_on_another_place(
    edited: Edited, ranges: list[tuple[int, int]]
) -> None:
    check_true(edited, ranges)


@settings(max_examples=300, deadline=None)
@given(deleted_and_put_in(SENTENCES), RANGES)
def test_where_sentences_only_go_or_are_new_no_claim_lands_on_another_place(
    edited: Edited, ranges: list[tuple[int, int]]
) -> None:
    check_true(edited, ranges)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), RANGES)
def test_a_paragraph_put_in_before_moves_every_claim_by_its_length(
    old: list[str], ranges: list[tuple[int, int]]
) -> None:
    lead = "Unheard of news came in late.\n\n"
    edited = Edited(old)
    claims = [claim for claim, _ in edited.claims(ranges)]
    anchors = anchor_claims(claims, " ".join(old), lead + " ".join(old))
    expected = [Span(claim.span.start + len(lead), claim.span.end + len(lead)) for claim in claims]
    assert anchors == [Anchor(Outcome.MOVED, span) for span in expected]


TYPOGRAPHY = {"“": '"', "”": '"', "’": "'", "–": "--", "…": "...", " ": "\n  ", "é": "e\u0301"}
TYPESET = ("“Yes,”", "he", "didn’t", "say", "–", "but…", "café", "1.5", "U.S.", "No.")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(TYPESET), min_size=1, max_size=30), st.sets(st.sampled_from(sorted(TYPOGRAPHY))), RANGES
)
def test_other_typography_all_over_the_text_leaves_every_claim_its_words(
    old: list[str], respelled: set[str], ranges: list[tuple[int, int]]
) -> None:
    def respell(words: str) -> str:
        return "".join(TYPOGRAPHY[sign] if sign in respelled else sign for sign in words)

    text = " ".join(old)
    claims = [claim for claim, _ in Edited(old).claims(ranges)]
    anchors = anchor_claims(claims, text, respell(text))
    for claim, anchor in zip(claims, anchors, strict=True):
        start = len(respell(text[: claim.span.start]))
        assert anchor.outcome in SURE
        assert anchor.span == Span(start, start + len(respell(claim.exact)))


SIGNS = st.text(st.sampled_from("abA .,\n“”\"’'–-…1\u00ad\u00a0\u200b\u0301é新"), max_size=40)


@settings(max_examples=400, deadline=None)
@given(SIGNS, SIGNS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6), st.booleans())
def test_whatever_the_texts_what_is_sure_has_the_claim_s_words(
    old: str, new: str, places: list[tuple[int, int]], known: bool
) -> None:
    claims = [claim_at(old, at, min(at + size, len(old))) for at, size in places if at < len(old)]
    for claim, anchor in zip(claims, anchor_claims(claims, old if known else None, new), strict=True):
        check_sound(claim, anchor, new)


@settings(max_examples=300, deadline=None)
@given(
    SIGNS,
    SIGNS,
    st.lists(st.tuples(st.integers(0, 2**31 - 2), st.integers(1, 2**31), SIGNS, SIGNS, SIGNS), max_size=4),
)
def test_whatever_a_claim_says_of_itself_nothing_breaks_and_nothing_is_made_up(
    old: str, new: str, lies: list[tuple[int, int, str, str, str]]
) -> None:
    claims = [made(Span(start, start + size), *quote) for start, size, *quote in lies]
    for claim, anchor in zip(claims, anchor_claims(claims, old, new), strict=True):
        check_sound(claim, anchor, new)


def check_sound(claim: Claim, anchor: Anchor, new: str) -> None:
    if anchor.span is not None:
        assert anchor.span.end <= len(new)
    assert (anchor.span is None) == (anchor.outcome is Outcome.ORPHANED)
    if anchor.near is not None:
        assert anchor.outcome is Outcome.ORPHANED
        assert 0 <= anchor.near <= len(new)
    if anchor.outcome is Outcome.SAME:
        assert anchor.span == claim.span
        assert claim.stands_in(new)
    elif anchor.outcome is Outcome.MOVED:
        assert anchor.span is not None
        assert plain(anchor.span.of(new)) == plain(claim.exact)
        assert letters(anchor.span.of(new)) == letters(claim.exact)


def letters(words: str) -> str:
    """The letters and figures alone, without anything typography could touch."""
    return "".join(sign for sign in words.replace("e\u0301", "é") if sign.isalnum())
