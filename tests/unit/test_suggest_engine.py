"""What the engine proposes of three invented reports, whatever the order, and of whatever text."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from suggest_samples import DAILY, POST, Segmented, article, articles, ferry, of_kind, sides, suggested

from tui.model.article import Article, Detail
from tui.progress import StoppedError
from tui.suggest.duplicates import EACH
from tui.suggest.engine import Engine
from tui.suggest.suggestion import Passage, ReasonType, Suggestion, SuggestionKind

DUPLICATE, CONTRADICTION = SuggestionKind.DUPLICATE, SuggestionKind.CONTRADICTION


@pytest.fixture(scope="module")
def found() -> tuple[Suggestion, ...]:
    return suggested(ferry())


def the(found: tuple[Suggestion, ...], kind: SuggestionKind, one: str, other: str) -> Suggestion:
    """The suggestion whose sides hold these words."""
    (match,) = [
        each
        for each in of_kind(found, kind)
        if any(one in a and other in b for a, b in (sides(each), sides(each)[::-1]))
    ]
    return match


# --- what is proposed ---


def test_what_two_reports_say_alike_is_proposed_with_the_words_they_share(found: tuple[Suggestion, ...]) -> None:
    one = the(found, DUPLICATE, "said Ingrid Solheim", "described the impact")
    text = {each.id: each.text for each in ferry()}
    run = next(reason for reason in one.reasons if reason.type is ReasonType.RUN)
    assert run.text == "The same words (4 in a row): “like hitting a wall”"
    assert [place.of(text[one.a.article]) for place in run.a] == ["like hitting a wall"]
    assert [place.of(text[one.b.article]) for place in run.b] == ["like hitting a wall"]


def test_a_long_run_of_the_same_words_is_the_strongest_reason() -> None:
    same = "The crew of the ship had been warned of the coming storm twice."
    one, *_ = suggested(articles(f"It rained.\n\n{same}\n", f"{same}\n\nNobody drowned.\n"))
    assert one.kind is DUPLICATE
    assert one.reasons[0].type is ReasonType.RUN
    assert one.reasons[0].text.startswith("Word for word the same (13 in a row)")
    assert one.score == 1


def test_a_title_and_a_name_in_common_say_little() -> None:
    some = articles(
        "Prime Minister Anna Maria Bell opened a bridge.\n\nA dog barked.\n",
        "A farmer wrote to Prime Minister Anna Maria Bell.\n\nIt rained hard.\n",
    )
    assert all(one.score < 0.2 for one in of_kind(suggested(some), DUPLICATE))


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("17 passengers hurt", "Fourteen passengers were hurt", {"number"}),
        ("within two weeks", "within two months", {"number"}),
        ("within three hours", "almost five hours", {"number"}),
        ("inspected in September", "inspected in October", {"date"}),
        ("Erik Brandvold, 52", "Erik Brandvoll, 54", {"name", "number"}),
        ("the radar had failed minutes before", "denied that the radar had failed", {"existence"}),
    ],
)
def test_where_the_reports_are_at_odds(found: tuple[Suggestion, ...], one: str, other: str, kinds: set[str]) -> None:
    assert set(the(found, CONTRADICTION, one, other).contradiction_kinds) == kinds


def test_the_date_of_an_article_decides_what_its_days_are() -> None:
    one = article("a", "The grounded ferry was towed to Vikholm on Sunday.\n\nIt rained.\n", "2014-11-10")
    other = article("b", "On November 9 the grounded ferry was towed to Vikholm.\n\nNobody came.\n", "2014-11-11")
    assert of_kind(suggested([one, other]), CONTRADICTION) == []
    later = replace(one, date=Detail("2014-11-17"))
    engine = Engine()
    suggested([one, other], engine)
    (conflict,) = of_kind(suggested([later, other], engine), CONTRADICTION)
    assert conflict.reasons[0].text == (
        "“Sunday” (read as 16 November 2014) on one side, “November 9” (read as 9 November 2014) on the other"
    )


def test_an_article_may_be_at_odds_with_itself() -> None:
    text = "The blast killed 12 people, the police said.\n\nIt rained.\n\nThe blast killed 15 people, a doctor said.\n"
    (one,) = of_kind(suggested(articles(text)), CONTRADICTION)
    assert one.a.article == one.b.article == "a"
    assert one.a.span < one.b.span


def test_words_for_one_thing_are_one_and_the_reason_names_both() -> None:
    (one,) = suggested(
        articles(
            "Twelve miners died below ground.\n\nIt rained all day.\n\nThe mayor spoke to the press.\n",
            "The collapse killed a dozen.\n\nSchools were shut.\n\nNobody slept well.\n",
        )
    )
    assert sides(one) == ("Twelve miners died below ground.", "The collapse killed a dozen.")
    assert [reason.text for reason in one.reasons] == [
        "Both have words that few other statements have: “died” or “killed”"
    ]


def test_a_number_with_its_unit_is_the_same_however_it_is_written() -> None:
    def told(length: str) -> Suggestion:
        texts = (
            "The two-day strike of the drivers cost $1.4bn.\n\nIt rained all day.\n\nThe mayor spoke to the press.\n",
            f"The strike went on for {length}.\n\nSchools were shut.\n\nNobody slept well.\n",
        )
        (one,) = suggested(articles(*texts))
        return one

    same, other = told("48 hours"), told("44 hours")
    assert same.score > 1.5 * other.score
    assert "The same in two writings: “two-day” and “48 hours”" in [reason.text for reason in same.reasons]
    assert not any("writings" in reason.text for reason in other.reasons)


def test_a_statement_that_tells_two_things_is_held_beside_both() -> None:
    both = "The bridge was closed after cracks appeared, and the ferry was cancelled because of fog."
    bridge, ferry = "The bridge was closed when cracks appeared.", "The ferry was cancelled, for there was fog."
    found = suggested(articles(f"{both}\n\nIt rained.\n", f"{bridge}\n\n{ferry}\n\nNobody slept well.\n"))
    assert {sides(one) for one in of_kind(found, DUPLICATE)} == {(both, bridge), (both, ferry)}


def test_what_is_far_from_the_best_match_of_an_article_is_not_proposed() -> None:
    same, other = "The captain steered the ferry past the lighthouse.", "The crew of the ferry was asleep."
    found = suggested(articles(f"{same}\n\nIt rained.\n", f"{same}\n\n{other}\n\nNobody slept well.\n"))
    assert {sides(one) for one in of_kind(found, DUPLICATE)} == {(same, same)}


# --- what holds for all ---


def check(found: tuple[Suggestion, ...], some: list[Article]) -> None:
    """What holds for whatever is proposed."""
    texts = {one.id: one.text for one in some}
    times: Counter[tuple[SuggestionKind, Passage]] = Counter()
    pairs = [(one.kind, one.a, one.b) for one in found]
    assert len(set(pairs)) == len(pairs)
    for one in found:
        times.update(((one.kind, one.a), (one.kind, one.b)))
        assert 0 < one.score <= 1
        assert one.reasons
        assert (one.a.article, one.a.span) < (one.b.article, one.b.span)
        assert bool(one.contradiction_kinds) == (one.kind is CONTRADICTION)
        for side, places in ((one.a, [r.a for r in one.reasons]), (one.b, [r.b for r in one.reasons])):
            assert side.span.of(texts[side.article]) == side.exact
            for place in (place for some in places for place in some):
                assert side.span.start <= place.start < place.end <= side.span.end
    assert not times or max(times.values()) <= EACH
    for kind in SuggestionKind:
        scores = [one.score for one in of_kind(found, kind)]
        assert scores == sorted(scores, reverse=True)


def test_debris_is_never_proposed(found: tuple[Suggestion, ...]) -> None:
    check(found, ferry())
    assert all("Share this article" not in sides(one) for one in found)


SENTENCES = [
    sentence for text in (POST, DAILY) for line in text.split("\n") for sentence in line.split(". ") if sentence
]
TEXTS = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), min_size=1, max_size=8).map("\n\n".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.randoms(use_true_random=False), st.data())
def test_the_same_articles_give_the_same_whatever_came_before(
    texts: list[str], random: Random, data: st.DataObject
) -> None:
    some = [article(f"a{number}", text, "2014-11-05") for number, text in enumerate(texts)]
    first = suggested(some)
    check(first, some)
    shuffled = list(some)
    random.shuffle(shuffled)
    assert suggested(shuffled) == first
    used = Engine()
    for _ in range(3):
        suggested(data.draw(st.lists(st.sampled_from(some), unique_by=lambda one: one.id)), used)
    changed = replace(some[0], text="Something else entirely stood here.", sha256="0" * 64)
    suggested([changed, *some[1:]], used)
    assert suggested(some, used) == first


def test_another_process_with_other_hashes_says_the_same() -> None:
    code = "from suggest_samples import ferry, suggested; print(repr(suggested(ferry())))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


# --- what it costs, and how it is stopped ---


def test_a_text_is_read_once_and_a_new_one_alone() -> None:
    engine, some = Engine(), ferry()
    statements = Segmented([*some, article("new", "A new report of the ferry.")])
    list(engine.suggest(some, statements))
    assert sorted(statements.asked) == ["daily", "post", "wire"]
    list(engine.suggest([*some, article("new", "A new report of the ferry.")], statements))
    assert statements.asked[3:] == ["new"]


def many(count: int) -> list[Article]:
    """So many articles, each with a sentence of its own and one of the three reports'."""
    return [
        article(f"n{number:03}", f"Number {number} of the wreck.\n\n{SENTENCES[number % len(SENTENCES)]}\n")
        for number in range(count)
    ]


def test_of_many_articles_there_is_something_to_see_before_all_is_read() -> None:
    some = many(80)
    statements = Segmented(some)
    steps = Engine().suggest(some, statements)
    early = next(steps)
    assert early
    assert len(statements.asked) < len(some)
    *_, last = steps
    assert len(last) > len(early)
    check(last, some)


def stop_after(words: int) -> Callable[[str, int, int], None]:
    left = [words]

    def progress(_what: str, done: int, of: int) -> None:
        assert 0 <= done <= of
        left[0] -= 1
        if left[0] < 0:
            raise StoppedError

    return progress


def test_it_can_be_stopped_at_every_word_of_progress_and_asked_again() -> None:
    some = many(60)
    engine, stopped = Engine(), 0
    for words in range(10_000):
        try:
            *_, last = engine.suggest(some, Segmented(some), progress=stop_after(words))
        except StoppedError:
            stopped += 1
        else:
            break
    assert stopped > 60
    assert last == suggested(some)


# --- groups that are known ---


def test_what_is_like_a_group_is_proposed_for_it_and_the_group_itself_takes_no_room() -> None:
    some = articles(
        "The bridge over the Orlo was closed by the mayor.\n\nIt rained.\n",
        "The mayor closed the bridge over the Orlo.\n\nA dog barked.\n",
        "Traffic stood still near the closed Orlo bridge for hours.\n\nNobody came.\n",
    )
    plain = suggested(some)
    assert {one.a.article + one.b.article for one in of_kind(plain, DUPLICATE)} >= {"ab"}
    group = [passage for one in plain if one.a.article + one.b.article == "ab" for passage in (one.a, one.b)][:2]
    *_, found = Engine().suggest(some, Segmented(some), groups=[group])
    check(found, some)
    known, *others = of_kind(found, DUPLICATE)
    assert {known.a, known.b} == set(group)
    assert ReasonType.NEIGHBOUR in {reason.type for one in others for reason in one.reasons}


def test_a_group_of_words_that_stand_nowhere_matters_to_nobody() -> None:
    some = ferry()
    gone = replace(suggested(some)[0].a, article="no such article")
    *_, found = Engine().suggest(some, Segmented(some), groups=[[gone, gone]])
    assert found == suggested(some)


# --- readings in files ---


def test_readings_are_kept_in_a_folder_and_used_the_next_time(tmp_path: Path) -> None:
    some = ferry()
    first = suggested(some, Engine(tmp_path / "suggest"))
    assert len(list((tmp_path / "suggest").iterdir())) == 3
    statements = Segmented(some)
    *_, again = Engine(tmp_path / "suggest").suggest(some, statements)
    assert again == first == suggested(some)
    assert statements.asked == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"format": 2, "text_sha256": "SHA", "statements": [[0, 1000000, ["x"], []]]}',
        b'{"format": 2, "text_sha256": "SHA", "statements": [[5, 2, ["x"], []]]}',
        b'{"format": 2, "text_sha256": "SHA", "statements": [[0, 9, [""], []]]}',
        b'{"format": 2, "text_sha256": "SHA", "statements": [[0, 9, [7], []]]}',
        b'{"format": 2, "text_sha256": "SHA", "statements": {"a": 1}}',
        b'{"format": 2, "text_sha256": "other", "statements": []}',
        b'{"format": 99, "text_sha256": "SHA", "statements": []}',
        b"x" * 5_000_000,
    ],
    ids=range(11),
)
def test_a_file_that_is_no_reading_of_the_text_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    some = ferry()
    for one in some:
        (tmp_path / f"{one.sha256}.json").write_bytes(data.replace(b"SHA", one.sha256.encode()))
    assert suggested(some, Engine(tmp_path)) == suggested(some)


def test_a_folder_that_is_a_link_or_none_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("x")
    for name in ("link", "file", "no/such/folder"):
        assert suggested(ferry(), Engine(tmp_path / name)) == suggested(ferry())
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "file").read_text() == "x"


def test_a_workspace_that_grows_and_shrinks_is_as_one_that_was_always_so() -> None:
    some = [
        article(
            f"n{number:02}", f"The blast in the old port killed {number + 12} dock workers.\n\nReport {number} of it.\n"
        )
        for number in range(30)
    ]
    used = Engine()
    for count in (2, 3, 5, 9, 17, 30, 12):
        assert suggested(some[:count], used) == suggested(some[:count])
