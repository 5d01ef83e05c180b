"""Which statements are alike: by rare words, kept from one asking to the next."""

from hypothesis import given, settings
from hypothesis import strategies as st
from suggest_samples import ferry

from tui.articles.statements import segment
from tui.suggest.pairs import FAINTEST, Pairs
from tui.suggest.reading import ROOT, Told, read
from tui.suggest.words import stem

WORDS = [
    "ferry",
    "reef",
    "storm",
    "captain",
    "radar",
    "fog",
    "crew",
    "the",
    "of",
    "struck",
    "sank",
    "harbour",
    "minister",
]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=6).map(
    lambda lines: "".join(f"{line}.\n\n" for line in lines)
)


def reading(text: str) -> tuple[Told, ...]:
    return read(text, segment(text))


def known(pairs: Pairs) -> dict[tuple[str, int, str, int], float]:
    """Every pair by where it stands, both ways."""
    place = {number: (pairs.article[number], told.span.start) for number, told in pairs.told.items()}
    return {
        (*place[number], *place[other]): likeness
        for number, alike in pairs.alike.items()
        for other, likeness in alike.items()
    }


def test_debris_and_what_stands_twice_is_not_read_twice() -> None:
    text = "A ferry struck a reef.\n\nShare this article\n\nA ferry struck a reef.\n\nShare this article\n"
    assert [told.span.of(text) for told in reading(text)] == ["A ferry struck a reef."]


def test_what_all_say_counts_less_than_what_two_say() -> None:
    pairs = Pairs()
    pairs.renew({one.id: reading(one.text) for one in ferry()})
    often, seldom = (pairs.weight(ROOT + stem(word)) for word in ("ferry", "inquiry"))
    assert 0 < often < seldom


def test_a_statement_is_as_like_its_copy_as_can_be() -> None:
    pairs = Pairs()
    pairs.renew({"a": reading("A ferry struck a reef."), "b": reading("A ferry struck a reef.")})
    ((likeness,), (same,)) = (list(alike.values()) for alike in pairs.alike.values())
    assert likeness == same == 1


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from("abcde"), TEXTS, max_size=5), min_size=1, max_size=4))
def test_what_changed_alone_is_compared_and_it_comes_to_the_same(steps: list[dict[str, str]]) -> None:
    pairs = Pairs()
    readings: dict[str, tuple[Told, ...]] = {}
    for step in steps:
        readings = {id: reading(text) for id, text in step.items()}
        pairs.renew(readings)
    anew = Pairs()
    anew.renew(readings)
    assert known(pairs) == known(anew)
    assert all(FAINTEST <= likeness <= 1 for likeness in known(pairs).values())
    for (a, at, b, there), likeness in known(pairs).items():
        assert known(pairs)[b, there, a, at] == likeness


def test_an_article_more_costs_about_an_article() -> None:
    """Counted in statements that are compared, not in time: most words of a new one are in few others."""
    some = {
        f"n{number:03}": reading(
            "".join(
                f"Word{number}x{line} with term{number}x{line} met thing{(number * 7 + line) % 400}.\n\n"
                for line in range(20)
            )
        )
        for number in range(80)
    }
    pairs = Pairs()
    first = dict(list(some.items())[:-1])
    assert len(pairs.renew(first)) == 79 * 20
    assert len(pairs.renew(some)) < 79 * 20 / 4
    assert pairs.renew(some) == set()
