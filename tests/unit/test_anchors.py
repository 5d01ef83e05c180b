"""Where a claim goes when its article's text changes, the text before known."""

import pytest
from anchors_samples import OLD, anchor_of, anchored, claim_at, claim_of

from tui.anchors import Anchor, Outcome, anchor_claims
from tui.model.span import Span


def went(words: str, new: str) -> tuple[str, str | None]:
    return anchored(OLD, new, claim_of(OLD, words))


def edited(*changes: tuple[str, str]) -> str:
    """The text above, with each of these words replaced by others."""
    new = OLD
    for before, after in changes:
        assert new.count(before) == 1, before
        new = new.replace(before, after)
    return new


# --- what stays


def test_in_an_unchanged_text_every_claim_is_the_same() -> None:
    claims = [claim_of(OLD, words) for words in ("Harbour closed", "700", "Nobody was hurt", "the week.")]
    assert anchor_claims(claims, OLD, OLD) == [Anchor(Outcome.SAME, claim.span) for claim in claims]


def test_there_is_one_anchor_a_claim_in_their_order() -> None:
    claims = [claim_of(OLD, words) for words in ("the mayor", "Harbour", "700 people")]
    new = "Late news\n\n" + OLD
    anchors = anchor_claims(claims, OLD, new)
    assert [anchor.span.of(new) for anchor in anchors if anchor.span] == ["the mayor", "Harbour", "700 people"]
    assert anchor_claims([], OLD, new) == []


def test_before_the_change_claims_are_the_same_and_behind_it_they_moved() -> None:
    new = edited(("on Thursday", "early on Thursday"))
    assert went("the harbour was closed", new) == ("same", "the harbour was closed")
    assert went("Fishermen have asked", new) == ("moved", "Fishermen have asked")


def test_a_paragraph_put_in_or_taken_out_moves_what_follows() -> None:
    longer = edited(("\n\nThe ferry", "\n\nA new paragraph on the damage to the roofs of the town.\n\nThe ferry"))
    assert went("asked the county for help", longer) == ("moved", "asked the county for help")
    shorter = OLD[: OLD.index("The ferry")] + OLD[OLD.index("Schools") :]
    assert went("Schools stay closed", shorter) == ("moved", "Schools stay closed")
    assert went("700 people", shorter) == ("same", "700 people")


def test_another_headline_moves_the_rest() -> None:
    new = edited(("Harbour closed after storm", "Storm: harbour shut, hundreds brought to safety"))
    assert went("The storm reached the coast", new) == ("moved", "The storm reached the coast")


def test_a_claim_whose_neighbours_changed_but_not_its_own_words_asks_nothing() -> None:
    new = edited(("Police said that 700", "Police say that 700"), ("people were brought", "people have been brought"))
    assert went("700 people", new) == ("moved", "700 people")


def test_a_few_words_of_a_sentence_that_is_another_have_to_be_confirmed() -> None:
    new = edited(("Fishermen have asked", "Crews begged"), ("for help with their nets", "board at once, and for money"))
    assert went("the county", new) == ("changed", "the county")


def test_many_words_in_a_row_that_stand_nowhere_else_ask_nothing_whatever_is_around_them() -> None:
    part = "reached the coast on Monday night, and the harbour was"
    new = edited((f"The storm {part} closed at once.", f"As forecast, winds {part} soon deserted by everybody."))
    assert went(part, new) == ("moved", part)


def test_a_moved_paragraph_takes_its_claims_along() -> None:
    ferry = OLD[OLD.index("The ferry") : OLD.index("Schools")]
    new = ferry + OLD.replace(ferry, "")
    for words in ("Fishermen have asked the county", "Thursday", "The ferry to the islands will sail again"):
        assert went(words, new) == ("moved", words)


def test_a_moved_sentence_takes_its_claims_along() -> None:
    police = "Police said that 700 people were brought to safety. "
    new = edited((police, ""), ("Schools stay", police + "Schools stay"))
    assert went("700 people were brought to safety.", new) == ("moved", "700 people were brought to safety.")
    assert went("700", new) == ("moved", "700")


def test_merged_and_split_paragraphs_are_no_change_of_words() -> None:
    new = edited(("twice.\n\nThe", "twice. The"), (" Fishermen", "\n\nFishermen"))
    assert went("The ferry to the islands will sail again on Thursday.", new)[0] in ("same", "moved")
    both = "again on Thursday. Fishermen have asked"
    assert went(both, new) == ("moved", both.replace(". F", ".\n\nF"))


def test_joined_sentences_are_a_change_of_words_only_where_they_join() -> None:
    new = edited(("Thursday. Fishermen", "Thursday; fishermen"))
    assert went("have asked the county", new)[0] in ("same", "moved")
    assert went("again on Thursday. Fishermen have", new) == ("changed", "again on Thursday; fishermen have")


# --- typography


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“Nobody was hurt,”", '"Nobody was hurt,"'),
        ("“Nobody was hurt,”", "«Nobody was hurt,»"),
        ("reporters – twice", "reporters - twice"),
        ("reporters – twice", "reporters -- twice"),
        ("will sail again", "will\u00a0sail again"),
        ("will sail again", "will\n   sail again"),
        ("Fishermen", "Fisher\u00admen"),
        ("Schools stay closed", "Schools\tstay  closed"),
    ],
)
def test_other_typography_is_the_same_words_in_their_new_form(before: str, after: str) -> None:
    assert went(before, edited((before, after))) == ("moved", after)


def test_accents_may_be_composed_or_not() -> None:
    old, new = "The caf\u00e9 in the old town stays closed.", "The cafe\u0301 in the old town stays closed."
    assert anchored(old, new, claim_of(old, "caf\u00e9")) == ("moved", "cafe\u0301")


def test_an_ellipsis_may_be_one_sign_or_three_dots() -> None:
    old, new = "He said… nothing more to the reporters.", "He said... nothing more to the reporters."
    assert anchored(old, new, claim_of(old, "said… nothing")) == ("moved", "said... nothing")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Police said", "police said"),  # “US” is not “us”
        ("“Nobody was hurt,”", "‘Nobody was hurt,’"),
        ("Nobody was hurt", "No body was hurt"),
        ("Nobody was hurt,", "Nobody was hurt!"),
    ],
)
def test_case_and_other_signs_are_more_than_typography(before: str, after: str) -> None:
    assert went(before, edited((before, after))) == ("changed", after)


def test_a_power_is_no_figure() -> None:
    old, new = "They counted 10² boats in the harbour.", "They counted 102 boats in the harbour."
    assert anchored(old, new, claim_of(old, "counted 10² boats"))[0] == "changed"


# --- what changes


def test_a_corrected_figure_keeps_its_place_but_not_its_claim() -> None:
    new = edited(("700", "1,250"))
    assert went("Police said that 700 people were brought", new) == (
        "changed",
        "Police said that 1,250 people were brought",
    )
    assert went("700 people were brought", new) == ("changed", "1,250 people were brought")
    assert went("700", new) == ("changed", "1,250")
    assert went("people were brought", new) == ("moved", "people were brought")


def test_a_negation_put_in_changes_the_claim() -> None:
    new = edited(("harbour was closed", "harbour was not closed"))
    assert went("the harbour was closed at once", new) == ("changed", "the harbour was not closed at once")


def test_words_taken_out_change_the_claim() -> None:
    new = edited(("brought to safety", "safe"))
    assert went("Police said that 700 people were brought to", new) == ("changed", "Police said that 700 people were")


def test_a_claim_torn_apart_is_an_orphan() -> None:
    ferry = "The ferry to the islands will sail again on Thursday."
    nets = "Fishermen have asked the county for help with their nets."
    new = edited((f" {nets}", ""), ("The storm reached", f"{nets} The storm reached"))
    assert went(f"{ferry} {nets}", new) == ("orphaned", None)
    assert went(ferry, new)[0] in ("same", "moved")
    assert went(nets, new) == ("moved", nets)


def test_a_long_claim_that_changed_in_hundreds_of_places_reaches_from_its_first_to_its_last_word() -> None:
    old = "Begin. " + " ".join(f"Sentence {number} speaks of boat {number}." for number in range(400)) + " End."
    new = "Late news. " + old.replace("speaks of", "tells of")
    claim = claim_at(old, len("Begin. "), len(old) - len(" End."))
    assert anchored(old, new, claim) == ("changed", claim.exact.replace("speaks of", "tells of"))


def test_a_last_word_that_another_sentence_begins_with_now_has_to_be_confirmed() -> None:
    new = edited(("Police said that 700 people were brought to safety.", "Police cars could be heard all over town."))
    assert went("the harbour was closed at once. Police", new)[0] == "changed"
    assert went("the harbour was closed at once.", new) == ("same", "the harbour was closed at once.")


def test_a_short_sentence_among_others_than_before_has_to_be_confirmed() -> None:
    old = "They met in the old town hall. Boats left. It rained hard on Monday night."
    assert anchored(old, old.replace("met", "sat"), claim_of(old, "Boats left.")) == ("same", "Boats left.")
    new = "Heavy waves damaged several piers. Boats left. Nobody expects another flood soon."
    assert anchored(old, new, claim_of(old, "Boats left.")) == ("changed", "Boats left.")


def test_words_that_two_swapped_sentences_share_do_not_tear_them_apart() -> None:
    one = "The ferry will sail again on Thursday, which resulted in relief among fishermen of the harbour."
    other = "Schools stay closed until the week is over, which resulted in complaints from parents in town."
    middle = "Police said that 700 people were brought to safety, and nobody was hurt when the storm came. " * 2
    old, new = f"News. {one} {middle}{other} More follows.", f"News. {other} {middle}{one} More follows."
    for words in (one, "sail again on Thursday, which resulted in relief", "over, which resulted in complaints"):
        assert anchored(old, new, claim_of(old, words)) == ("moved", words)


# --- what goes


def test_a_deleted_claim_is_an_orphan_and_says_where_it_stood() -> None:
    gone = "Police said that 700 people were brought to safety. "
    new = edited((gone, ""))
    for words in (gone.strip(), "700", "700 people", "were brought to safety"):
        anchor = anchor_of(OLD, new, claim_of(OLD, words))
        assert (anchor.outcome, anchor.span) == (Outcome.ORPHANED, None)
        assert anchor.near is not None
        assert OLD.index(gone) - 2 <= anchor.near <= OLD.index(gone) + 1


def test_a_sentence_rewritten_beyond_recognition_is_an_orphan() -> None:
    new = edited(
        (
            "Police said that 700 people were brought to safety.",
            "Emergency crews worked through darkness, evacuating entire streets near quays.",
        )
    )
    assert went("Police said that 700 people were brought to safety.", new) == ("orphaned", None)


def test_a_word_that_stands_elsewhere_too_does_not_jump_there() -> None:
    old = "The mayor met the minister on Monday. The minister left at noon, after a short walk along the harbour."
    new = "The minister left at noon, after a short walk along the harbour."
    at = old.index("minister")
    assert anchored(old, new, claim_at(old, at, at + len("minister")))[0] in ("orphaned", "changed")


REPEATED = (
    "Talks begin on Monday. The minister declined to comment. Boats left the harbour early. "
    "The minister declined to comment. The council meets again in June."
)
SENTENCE = "The minister declined to comment."


def test_of_two_equal_sentences_each_claim_follows_its_own() -> None:
    first, second = REPEATED.index(SENTENCE), REPEATED.rindex(SENTENCE)
    without_first = REPEATED[:first] + REPEATED[first + len(SENTENCE) + 1 :]
    anchors = [anchor_of(REPEATED, without_first, claim_at(REPEATED, at, at + len(SENTENCE))) for at in (first, second)]
    assert [anchor.outcome for anchor in anchors] == [Outcome.ORPHANED, Outcome.MOVED]
    assert anchors[1].span is not None
    assert anchors[1].span.start == without_first.index(SENTENCE)


def test_of_two_equal_sentences_side_by_side_nobody_can_tell_which_one_went() -> None:
    old = f"Talks begin on Monday. {SENTENCE} {SENTENCE} The council meets again in June."
    new = f"Talks begin on Monday. {SENTENCE} The council meets again in June."
    for at in (old.index(SENTENCE), old.rindex(SENTENCE)):
        assert anchored(old, new, claim_at(old, at, at + len(SENTENCE))) == ("orphaned", None)


def test_a_copy_put_in_earlier_takes_no_claim_from_the_one_that_was_there() -> None:
    words = "Fishermen have asked the county for help with their nets."
    new = words + "\n\n" + OLD
    anchor = anchor_of(OLD, new, claim_of(OLD, words))
    assert anchor.outcome is Outcome.MOVED
    assert anchor.span is not None
    assert anchor.span.start == new.rindex(words)


def test_of_a_paragraph_that_stood_twice_and_was_moved_nobody_can_tell_which_one_it_was() -> None:
    caption = "The minister shakes hands with the president in the great hall, on June 19, 2023."
    old = f"News of the day.\n\nReuters\n{caption}\n\n{caption} | Photo: AP\n\n{OLD}"
    new = f"News of the day.\n\nReuters\n{caption} | Photo: AP\n\n{OLD}\n\n{caption}"
    for at in (old.index("June 19"), old.rindex("June 19")):
        assert anchored(old, new, claim_at(old, at, at + len("June 19")))[0] in ("orphaned", "changed")


# --- spans that are no whole words


def test_a_span_within_a_word_is_cut_the_same_way() -> None:
    at = OLD.index("Fishermen")
    new = "Late news.\n\n" + OLD
    assert anchored(OLD, new, claim_at(OLD, at + 2, at + 6)) == ("moved", "sher")


def test_white_space_at_the_ends_of_a_span_stays_where_it_is_there() -> None:
    at = OLD.index(" 700 ")
    new = "Late news.\n\n" + OLD
    assert anchored(OLD, new, claim_at(OLD, at, at + 5)) == ("moved", " 700 ")


def test_a_span_of_nothing_but_white_space_is_an_orphan_once_the_text_changes() -> None:
    at = OLD.index("\n\n")
    assert anchored(OLD, "Late news.\n\n" + OLD, claim_at(OLD, at, at + 2)) == ("orphaned", None)


def test_scripts_without_spaces_are_read_by_character() -> None:
    old = "布林肯周一在北京会见了习近平。双方同意继续对话。"
    new = "布林肯周二在北京会见了习近平。双方同意继续对话。"
    assert anchored(old, new, claim_of(old, "周一在北京会见")) == ("changed", "周二在北京会见")
    assert anchored(old, "快讯：" + old, claim_of(old, "双方同意继续")) == ("moved", "双方同意继续")


def test_an_emptied_text_leaves_only_orphans() -> None:
    assert anchor_claims([claim_of(OLD, "700")], OLD, "\n") == [Anchor(Outcome.ORPHANED, None, 0)]
    assert anchor_of(OLD, "", claim_at(OLD, 0, 5)).span is None


def test_a_claim_may_be_the_whole_text() -> None:
    whole = claim_at(OLD, 0, len(OLD))
    new = "Late news.\n\n" + OLD
    assert anchor_of(OLD, new, whole) == Anchor(Outcome.MOVED, Span(len(new) - len(OLD), len(new)))
