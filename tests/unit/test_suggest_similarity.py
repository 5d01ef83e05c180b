"""How alike statements are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles.statements import segment
from tui.model.span import Span
from tui.suggest.similarity import Likeness, Profile, words_of

ONE = (
    "The ferry left the harbour at dawn. Its captain had warned of the storm. Nobody answered him.\n\nLeave a Comment\n"
)
TWO = "A storm was coming, as the captain warned. The harbour was empty.\n\nPrices of fish rose.\n\nLeave a Comment\n"


def profile(text: str) -> Profile:
    return Profile(text, segment(text))


def best(sought: str, texts: list[str], among: int, count: int = 1) -> list[tuple[str, str]]:
    profiles = [profile(text) for text in texts]
    found = Likeness(profiles).best(words_of(sought, Span(0, len(sought))), profiles[among], count)
    return [(match.span.of(texts[among]), match.shared.of(texts[among]) if match.shared else "") for match in found]


def test_the_most_similar_statement_shares_the_rare_words_and_the_run_is_named() -> None:
    found = best("Its captain had warned of the storm.", [ONE, TWO], 1)
    assert found == [("A storm was coming, as the captain warned.", "storm")]


def test_forms_of_a_word_are_alike_by_their_pieces() -> None:
    texts = ["Fishermen protested. It rained.", "The fisherman slept. A protester shouted. Snow fell."]
    assert best("Protesters shout", texts, 1)[0][0] == "A protester shouted."


def test_what_all_hold_says_less_than_what_two_hold() -> None:
    texts = [
        "The ferry sank. The ferry was old.",
        "The ferry had a crew. The rotten hull broke. The ferry was late. A ferry came.",
    ]
    assert best("The ferry had a rotten hull", texts, 1)[0][0] == "The rotten hull broke."


def test_nothing_in_common_finds_nothing_and_debris_is_never_found() -> None:
    assert best("Zyxwvut", [ONE, TWO], 1) == []
    assert ("Leave a Comment", "") not in best("Leave a Comment", [ONE, TWO], 1, 9)


def test_a_statement_is_most_like_itself_and_the_score_is_one() -> None:
    profiles = [profile(ONE), profile(TWO)]
    for text, of in zip((ONE, TWO), profiles, strict=True):
        for span in of.spans:
            (match,) = Likeness(profiles).best(words_of(text, span), of)
            assert match.span == span
            assert abs(match.score - 1) < 1e-9


def test_a_quiet_word_alone_is_no_reason() -> None:
    assert best("the of and", ["The crew of the ship and the cat slept.", TWO], 0)[0][1] == ""


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.text(max_size=60))
def test_scores_lie_between_nothing_and_one_and_spans_in_the_text(texts: list[str], sought: str) -> None:
    profiles = [profile(text) for text in texts]
    likeness = Likeness(profiles)
    for text, of in zip(texts, profiles, strict=True):
        found = likeness.best(words_of(sought, Span(0, len(sought) or 1)), of, 5)
        assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
        for match in found:
            assert 0 < match.score <= 1
            assert match.span.end <= len(text)
            assert match.shared is None or (match.span.start <= match.shared.start < match.shared.end <= match.span.end)


def test_it_ends_early_when_nobody_waits_any_more() -> None:
    of = profile(ONE)
    assert Likeness([of]).best(words_of(ONE, Span(0, 34)), of, stopped=lambda: True) == []
