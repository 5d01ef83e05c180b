"""The concordance: what stands where in articles and records, in which order, and what is tagged of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from session_samples import (
    DOWNED,
    DRIFTED,
    MET,
    SHOT,
    claim_of,
    end,
    link_of,
    make_workspace,
    opened,
    state,
)

from tui.errors import RefusedError
from tui.model.records import Claim, Record
from tui.model.span import Span
from tui.session import concordance, gestures
from tui.session.concordance import Found, Order, arranged, ends_of
from tui.session.gestures import End
from tui.session.session import Session
from tui.session.sync import export
from tui.text.search import query_of


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_workspace(tmp_path)) as session:
        yield session


def found(session: Session, words: str) -> list[Found]:
    articles = session.library.articles
    return [
        line for lines in concordance.search(query_of(words), articles, concordance.sources(session)) for line in lines
    ]


def test_a_match_in_a_text_that_was_read_anew_since_is_left_out(session: Session) -> None:
    line = found(session, "balloon")[0]
    assert ends_of(session, [line])[1] == 0
    # The same words, of another reading.
    assert ends_of(session, [replace(line, text=line.text + " ")]) == ([], 1)


def is_free(session: Session) -> bool:
    """Whether another thread could make a gesture now."""
    free: list[bool] = []

    def try_it() -> None:
        free.append(session.lock.acquire(blocking=False))
        if free[0]:
            session.lock.release()

    other = Thread(target=try_it)
    other.start()
    other.join()
    return free[0]


def test_what_lines_mean_is_worked_out_while_no_gesture_changes_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []
    claims_at = session.claims_at

    def asked(*stretch: Any) -> tuple[Claim, ...]:
        free.append(is_free(session))
        return claims_at(*stretch)

    monkeypatch.setattr(session, "claims_at", asked)
    ends_of(session, found(session, "balloon"))
    assert free == [False, False, False]


def test_a_gesture_waits_for_a_search_no_longer_than_until_it_has_the_records(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(SHOT), "fact"))
    free: list[bool] = []
    article_of = concordance._article_of

    def asked(session: Session, record: Record) -> str:
        free.append(is_free(session))
        return article_of(session, record)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(concordance, "_article_of", asked)
        concordance.sources(session)
    assert free == [True]


def shown(lines: list[Found]) -> list[str]:
    """Of each line its article or, for a record, whose words these are, and the words around the match."""
    return [
        f"{line.article if line.record is None else f'{line.record.annotator} {line.words}'}: "
        f"{line.text[max(0, line.start - 4) : line.end + 5]}"
        for line in lines
    ]


def test_matches_come_by_article_with_the_place_they_stand_at(session: Session) -> None:
    lines = found(session, "balloon")
    assert shown(lines) == [
        "folder/a: The balloon drif",
        "one: The balloon was ",
        "two: A balloon was ",
    ]
    assert [line.number for line in lines] == [0, 1, 2]
    assert all(line.text[line.start : line.end] == "balloon" for line in lines)


def test_records_are_found_by_what_was_written_in_them_after_their_articles_text(session: Session) -> None:
    do = session.do
    do(gestures.tag(session.desk, end(MET), "fact"))
    do(gestures.set_gist(claim_of(session, MET), "The balloon was spoken of"))
    do(gestures.set_said_by(session.desk, end(MET), ("The Balloon Society", "Reuters")))
    do(gestures.set_memo(claim_of(session, MET), "whose balloon?"))
    do(gestures.set_article_memo(session.desk, "one", "a balloon story"))
    link = do(gestures.contradiction(session.desk, end(SHOT), end(DOWNED)))
    do(gestures.set_memo(link_of(session, link.current), "shot down or downed, the balloon"))
    assert [(line.article, type(line.record).__name__, line.words) for line in found(session, "balloon")] == [
        ("folder/a", "NoneType", ""),
        ("one", "NoneType", ""),
        ("one", "ArticleNote", "memo"),
        ("one", "Claim", "gist"),
        ("one", "Claim", "said by"),
        ("one", "Claim", "memo"),
        ("one", "Contradiction", "memo"),
        ("two", "NoneType", ""),
    ]


def test_colleagues_records_are_found_too(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with opened(workspace, "ben") as session:
        session.do(gestures.tag(session.desk, end(SHOT), "fact"))
        session.do(gestures.set_gist(claim_of(session, SHOT), "Ben’s zeppelin"))
        export(session)
    with opened(workspace) as session:
        (line,) = found(session, "zeppelin")
        assert line.record is not None
        assert line.record.annotator == "ben"
        (made,), left_out = ends_of(session, [line])
        assert left_out == 0
        session.do(gestures.tag_all(session.desk, [made], "fact"))
        assert claim_of(session, SHOT).from_ == f"ben/{line.record.id}"


def test_the_list_ends_at_its_limit(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.concordance.MOST_LINES", 3)
    assert len(found(session, "o")) == 3


def test_lines_are_sorted_by_what_follows_and_precedes_whatever_the_case_and_marks(session: Session) -> None:
    lines = found(session, "balloon")
    following = arranged(lines, Order.FOLLOWS, "", str)
    assert [line.text[line.end :].split()[0] for line in following] == ["drifted", "was", "was"]
    assert [line.article for line in following] == ["folder/a", "two", "one"], "downed comes before shot"
    preceding = arranged(lines, Order.PRECEDES, "", str)
    assert [line.text[: line.start].split()[-1] for line in preceding] == ["A", "The", "The"]
    assert [line.article for line in preceding] == ["two", "one", "folder/a"], "nothing comes before “agreed”"


def test_the_filter_wants_all_its_words_in_the_line_or_its_name(session: Session) -> None:
    lines = found(session, "balloon")

    def filtered(words: str) -> list[str]:
        return [line.article for line in arranged(lines, Order.ARTICLE, words, lambda line: line.article)]

    assert filtered("DOWN") == ["one", "two"]
    assert filtered("folder drift") == ["folder/a"]
    assert filtered("folder downed") == []


def test_a_match_means_its_whole_statement_as_a_new_claim(session: Session) -> None:
    (line, *_) = found(session, "drifted on")
    assert ends_of(session, [line])[0] == [end(DRIFTED)]


def test_two_matches_in_one_statement_mean_it_once(session: Session) -> None:
    lines = [line for line in found(session, "o") if line.article == "folder/a" and "drifted" in line.text]
    assert len(lines) > 2
    assert len(ends_of(session, lines)[0]) == 2


def test_a_match_means_the_shortest_claim_of_ones_own_that_holds_it(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(SHOT), "fact"))
    session.do(gestures.tag(session.desk, end("was shot down"), "quote"))
    (line,) = found(session, "shot")
    (made,), _ = ends_of(session, [line])
    assert made.claim == claim_of(session, "was shot down").id
    (line, *_) = [line for line in found(session, "balloon") if line.article == "one"]
    (made,), _ = ends_of(session, [line])
    assert made.claim == claim_of(session, SHOT).id


def test_a_match_across_statements_means_both(session: Session) -> None:
    (line,) = found(session, "down. blinken")
    (made,), _ = ends_of(session, [line])
    assert made.span.of(session.articles["one"].text) == f"{SHOT} {MET}"


def test_tagging_all_adds_the_tag_in_one_step_and_leaves_other_tags(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(SHOT), "quote"))
    session.do(gestures.tag(session.desk, end(MET), "fact"))
    before = state(session)
    gesture = session.do(gestures.tag_all(session.desk, [end(SHOT), end(MET), end(DOWNED)], "fact"))
    assert gesture.label == "tagged 2 claims fact, 1 new; 1 had it already"
    assert claim_of(session, SHOT).tags == ("quote", "fact")
    assert claim_of(session, DOWNED).tags == ("fact",)
    session.undo()
    assert state(session) == before


def test_tagging_what_has_the_tag_already_is_refused(session: Session) -> None:
    session.do(gestures.tag(session.desk, end(SHOT), "fact"))
    with pytest.raises(RefusedError, match="tagged fact already"):
        gestures.tag_all(session.desk, [end(SHOT)], "fact")


def test_two_ends_of_one_span_make_one_claim(session: Session) -> None:
    span = end(SHOT).span
    gesture = gestures.tag_all(session.desk, [End("one", span), End("one", Span(span.start, span.end))], "fact")
    assert len(gesture.changes) == 1


def test_an_articles_memo_has_no_claim_to_tag(session: Session) -> None:
    session.do(gestures.set_article_memo(session.desk, "one", "a zeppelin"))
    assert ends_of(session, found(session, "zeppelin")) == ([], 1)
