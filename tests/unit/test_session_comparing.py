"""Counterparts: by links, own and colleagues', direct and through a group; by words where there is no link."""

from pathlib import Path

import pytest
from session_samples import (
    ARTICLES,
    BROKE,
    DOWNED,
    DRIFTED,
    LITTLE,
    MET,
    NOTHING,
    SAW,
    SHOT,
    claim_of,
    end,
    make_workspace,
    opened,
)

from tui.model.records import Claim, Link
from tui.model.span import Span
from tui.session import gestures
from tui.session.alike import BEST_ARTICLES, Alike
from tui.session.comparing import Anchor, Counterpart, claims_about, linked
from tui.session.comparison_sheet import Sheet
from tui.session.session import Session
from tui.session.sync import export


def anchor_at(session: Session, words: str) -> Anchor:
    claim = claim_of(session, words)
    return Anchor(claim.article, claim.span, (claim,))


def told(session: Session, found: dict[str, tuple[Counterpart, ...]]) -> dict[str, list[tuple[str, bool]]]:
    return {
        article: [(one.span.of(session.articles[article].text), one.is_implied) for one in some]
        for article, some in found.items()
    }


def test_the_other_ends_of_a_claims_links_are_found_by_article(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.contradiction(session.desk, end(SHOT), end(DRIFTED)))
        found = linked(session, anchor_at(session, SHOT), colleagues=True)
        assert told(session, found) == {"two": [(DOWNED, False)], "folder/a": [(DRIFTED, False)]}


def test_what_contradicts_another_claim_of_the_group_is_implied(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.contradiction(session.desk, end(DOWNED), end(DRIFTED)))
        session.do(gestures.duplicate(session.desk, end(DRIFTED), end(BROKE)))
        found = linked(session, anchor_at(session, SHOT), colleagues=True)
        assert told(session, found) == {"two": [(DOWNED, False), (BROKE, True)], "folder/a": [(DRIFTED, True)]}


def test_a_group_that_many_claims_lead_to_is_gone_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(make_workspace(tmp_path)) as session:
        for other in (DOWNED, MET, LITTLE):
            session.do(gestures.duplicate(session.desk, end(SHOT), end(other)))
        for one in (SHOT, DOWNED, MET, LITTLE):
            session.do(gestures.contradiction(session.desk, end(one), end(DRIFTED)))
        session.do(gestures.duplicate(session.desk, end(DRIFTED), end(BROKE)))
        asked: list[Link] = []
        ends_of = session.ends_of

        def ends(link: Link) -> tuple[Claim, ...]:
            asked.append(link)
            return ends_of(link)

        monkeypatch.setattr(session, "ends_of", ends)
        found = linked(session, anchor_at(session, SHOT), colleagues=True)
        assert (BROKE, True) in told(session, found)["two"]
        group = next(group for group in session.records.groups() if claim_of(session, BROKE).id in group.claims)
        assert asked.count(group) == 1


def test_what_is_implied_in_the_anchors_own_article_is_no_counterpart(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.duplicate(session.desk, end(SHOT), end(DOWNED)))
        session.do(gestures.contradiction(session.desk, end(DOWNED), end(MET)))
        found = linked(session, anchor_at(session, SHOT), colleagues=True)
        assert told(session, found) == {"two": [(DOWNED, False)]}


def test_where_colleagues_are_hidden_their_links_lead_nowhere(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with opened(workspace, "ben") as theirs:
        theirs.do(gestures.duplicate(theirs.desk, end(SHOT), end(DOWNED)))
        export(theirs)
    with opened(workspace) as session:
        (claim,) = session.claims_in("one", colleagues=True)
        anchor = Anchor("one", claim.span, (claim,))
        assert told(session, linked(session, anchor, colleagues=True)) == {"two": [(DOWNED, False)]}
        assert linked(session, anchor, colleagues=False) == {}


def test_links_within_the_article_count_where_they_are_direct(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.contradiction(session.desk, end(SHOT), end(MET)))
        assert told(session, linked(session, anchor_at(session, SHOT), colleagues=True)) == {"one": [(MET, False)]}


def test_a_claim_whose_words_are_gone_is_no_counterpart(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with opened(workspace) as session:
        session.do(gestures.contradiction(session.desk, end(SHOT), end(SAW)))
    (tmp_path / "seeds" / "two.txt").write_text(ARTICLES["two"].replace(SAW, ""), encoding="utf-8")
    with opened(workspace) as session:
        assert linked(session, anchor_at(session, SHOT), colleagues=True) == {}


def test_claims_about_a_stretch_share_half_of_it(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.tag(session.desk, end(SHOT), "fact"))
        span = claim_of(session, SHOT).span
        assert claims_about(session, "one", span, colleagues=True)
        assert claims_about(session, "one", Span(span.start, span.end - 5), colleagues=True)
        assert not claims_about(session, "one", Span(span.start, span.start + 5), colleagues=True)
        assert not claims_about(session, "one", Span(span.start, span.end + 60), colleagues=True)


def test_what_is_similar_is_found_in_each_article_best_first(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        text = session.articles["one"].text
        anchor = Anchor("one", Span(text.index(SHOT), text.index(SHOT) + len(SHOT)))
        found = dict(Alike(session).similar(anchor, ["two", "folder/a", "no such article"]))
        assert {article: words[0][0] for article, words in told(session, found).items()} == {
            "two": DOWNED,
            "folder/a": DRIFTED,
        }
        scores = [[one.score for one in some] for some in found.values()]
        assert scores == [sorted(some, reverse=True) for some in scores]


def test_of_few_articles_all_may_have_a_counterpart_and_none_once_it_is_stopped(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        alike = Alike(session)
        anchor = Anchor("one", Span(0, 26))
        assert alike.likely(anchor, lambda _part: None) == [id for id in session.articles if id != "one"]
        assert dict(alike.similar(anchor, ["two"], stopped=lambda: True)) == {}


def test_of_many_articles_those_with_the_rarest_words_come_first(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    for number in range(60):
        rare = " A balloon drifted." if number in (31, 57) else ""
        (tmp_path / "seeds" / f"m{number:02}.txt").write_text(f"The talks went on.{rare}\n", encoding="utf-8")
    (tmp_path / "seeds" / "z.txt").write_text("The talks of a balloon that drifted.\n", encoding="utf-8")
    with opened(workspace) as session:
        text = session.articles["z"].text
        found = Alike(session).likely(Anchor("z", Span(0, len(text))), lambda _part: None)
        assert len(found) == BEST_ARTICLES
        assert set(found[:3]) == {"folder/a", "m31", "m57"}


def test_around_a_stretch_are_the_statements_it_stands_in(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        text = session.articles["one"].text
        start = text.index("was shot")
        assert Alike(session).around("one", Span(start, start + 8)).of(text) == SHOT
        both = Alike(session).around("one", Span(start, text.index("met") + 3))
        assert both.of(text) == f"{SHOT} {MET}"


# --- the sheet ---


def whole(session: Session, anchor: Anchor) -> Sheet:
    sheet, alike = Sheet(session, anchor, colleagues=True), Alike(session)
    articles = alike.likely(anchor, lambda _part: None)
    for found in list(sheet.look(alike, articles, sheet.linked_spans(), lambda: False)):
        sheet.take(found)
    sheet.finish()
    return sheet


def shown(sheet: Sheet) -> dict[str, str | None]:
    return {
        entry.article: entry.shown.span.of(sheet.session.articles[entry.article].text) if entry.shown else None
        for entry in sheet.entries
    }


def test_a_sheet_has_linked_ones_first_and_follows_the_records(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        session.do(gestures.contradiction(session.desk, end(SHOT), end(NOTHING)))
        sheet = whole(session, anchor_at(session, SHOT))
        assert list(shown(sheet).items()) == [("folder/a", NOTHING), ("two", DOWNED)]
        ends = sheet.ends(1)
        assert ends is not None
        session.do(gestures.duplicate(session.desk, *ends))
        sheet.link_again()
        assert [entry.shown.link is not None for entry in sheet.entries if entry.shown] == [True, True]
        session.undo()
        session.undo()
        sheet.link_again()
        assert [entry.article for entry in sheet.entries] == ["folder/a", "two"], "nothing moves"
        assert not any(isinstance(entry.shown and entry.shown.claim, Claim) for entry in sheet.entries)


def test_stepping_through_what_is_alike_comes_round_again(tmp_path: Path) -> None:
    with opened(make_workspace(tmp_path)) as session:
        sheet = whole(session, Anchor("one", Span(0, 26)))
        position = [entry.article for entry in sheet.entries].index("two")
        count = len(sheet.entries[position].counterparts)
        seen = []
        for _ in range(count):
            seen.append(shown(sheet)["two"])
            sheet.step(position, 1)
        assert len(set(seen)) == count
        assert shown(sheet)["two"] == seen[0]
