"""Claims on a text that isn't known, or that their record lies about: what is found is a proposal at most."""

from dataclasses import replace

import pytest
from anchors_samples import OLD, anchor_of, anchored, claim_at, claim_of, made

from tui.anchors import Anchor, Outcome
from tui.model.span import Span


def test_a_quote_in_its_place_with_all_of_its_context_is_the_same() -> None:
    claim = claim_of(OLD, "700 people")
    assert anchor_of(None, OLD, claim) == Anchor(Outcome.SAME, claim.span)
    assert anchor_of(None, OLD + " More follows.", claim) == Anchor(Outcome.SAME, claim.span)


def test_a_quote_in_its_place_with_another_context_has_to_be_confirmed() -> None:
    new = OLD.replace("brought to safety", "brought to Safety")
    assert anchored(None, new, claim_of(OLD, "700 people")) == ("changed", "700 people")


def test_a_claim_without_context_is_never_taken_as_it_stands() -> None:
    claim = claim_of(OLD, "Police said that 700 people were brought to safety.")
    bare = replace(claim, prefix="", suffix="")
    assert anchored(None, OLD, bare) == ("changed", claim.exact)


@pytest.mark.parametrize(
    ("words", "new", "found"),
    [
        ("700 people", "Late news.\n\n" + OLD, "700 people"),
        ("Police said that 700 people", OLD.replace("700", "1,250"), "Police said that 1,250 people"),
        ("“Nobody was hurt,”", "So. " + OLD.replace("“", '"').replace("”", '"'), '"Nobody was hurt,"'),
    ],
)
def test_what_is_found_elsewhere_is_proposed_only(words: str, new: str, found: str) -> None:
    assert anchored(None, new, claim_of(OLD, words)) == ("changed", found)


def test_a_quote_that_stands_twice_goes_where_its_context_is() -> None:
    old = "The ferry left at noon, he said. The bus left at noon, she wrote. All were late on that day."
    at = old.rindex("left at noon")
    claim = claim_at(old, at, at + len("left at noon"))
    new = "Late news. " + old
    anchor = anchor_of(None, new, claim)
    assert anchor.span == Span(new.rindex("left at noon"), new.rindex("left at noon") + len("left at noon"))


def test_without_a_margin_between_two_places_there_is_none() -> None:
    sentence = "The minister declined to comment on the matter."
    claim = made(Span(0, len(sentence)), sentence)
    near = f"Late news came in. {sentence} Boats left early on Monday. {sentence} It rained for hours."
    assert anchor_of(None, near, claim) == Anchor(Outcome.ORPHANED, None)
    far = f"Late news came in. {sentence} {OLD} {sentence} It rained for hours."
    assert anchor_of(None, far, claim) == Anchor(Outcome.ORPHANED, None)
    assert anchored(None, far.replace(sentence, "Nothing was said.", 1), claim) == ("changed", sentence)


def test_what_is_nowhere_is_an_orphan_and_nobody_knows_where_it_stood() -> None:
    claim = made(Span(3, 40), "Nothing like these words stands there.", "Before it, ", " Behind it.")
    assert anchor_of(None, OLD, claim) == Anchor(Outcome.ORPHANED, None)
    assert anchor_of(None, "", claim) == Anchor(Outcome.ORPHANED, None)


@pytest.mark.parametrize("old", [None, OLD])
@pytest.mark.parametrize(
    "span", [Span(5, 15), Span(len(OLD) - 3, len(OLD) + 7), Span(10**6, 10**6 + 10), Span(0, 2**31 - 1)]
)
def test_a_span_that_is_not_where_the_quote_stands_is_sought_by_its_quote(old: str | None, span: Span) -> None:
    claim = replace(claim_of(OLD, "700 people"), span=span)
    assert anchored(old, OLD, claim) == ("changed", "700 people")
    assert anchored(old, "Late news.\n\n" + OLD, claim) == ("changed", "700 people")


def test_a_quote_that_the_old_text_does_not_have_is_not_placed_by_its_span() -> None:
    at = OLD.index("700")
    lie = made(Span(at, at + 3), "999", OLD[at - 40 : at], OLD[at + 3 : at + 43])
    assert anchored(OLD, OLD, lie)[0] in ("changed", "orphaned")


@pytest.mark.parametrize("exact", ["", " ", "\u200b", "x" * 100_000, "a b " * 25_000, "\U0010ffff"])
def test_whatever_stands_as_quote_nothing_breaks(exact: str) -> None:
    for old in (None, OLD):
        claim = made(Span(2, 9), exact, "\n" * 40, "…" * 40)
        assert anchor_of(old, OLD, claim).outcome in (Outcome.CHANGED, Outcome.ORPHANED)
