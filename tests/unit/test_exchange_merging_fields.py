"""Merging one record by field: what comes together by itself, and what stands in it as a conflict."""

from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest
from decisions_samples import decisions
from exchange_samples import CLAIM
from hypothesis import HealthCheck, given, settings
from merging_samples import Trio, record_trios, trios

from tui.exchange.conflicts import as_json, read_conflict, shallow
from tui.exchange.merging_fields import merge_record
from tui.model.plain import to_plain
from tui.model.records import ArticleNote, Certainty, Claim, Contradiction, Decision, Plain, Record, Status
from tui.model.span import Span

LINK = Contradiction(
    id="x00000000000a",
    annotator="ada",
    claims=("c00000000000a", "c00000000000b", "c00000000000c"),
    kinds=("date",),
    created="2026-11-21T20:00:00Z",
)
GISTS = (None, "one", "two", "three")
NOTE = ArticleNote(annotator="ada", article="001_a")
MOVED = replace(CLAIM, span=Span(1200, 1227), prefix="before", suffix="after", text_sha256="2" * 64)
PLACE: Plain = {
    "span": [1158, 1185],
    "exact": CLAIM.exact,
    "prefix": CLAIM.prefix,
    "suffix": CLAIM.suffix,
    "text_sha256": CLAIM.text_sha256,
    "article": CLAIM.article,
}


def merged(base: Record | None, ours: Record | None, theirs: Record | None) -> Any:
    return merge_record(base, ours, theirs)[0]


def test_different_fields_come_together() -> None:
    ours, theirs = replace(CLAIM, gist="ours"), replace(CLAIM, certainty=Certainty.DENIED, memo="theirs")
    assert merge_record(CLAIM, ours, theirs) == (
        replace(CLAIM, gist="ours", certainty=Certainty.DENIED, memo="theirs"),
        False,
    )


def test_tags_and_kinds_are_sets() -> None:
    base = replace(CLAIM, tags=("fact", "date", "quote"))
    ours, theirs = replace(base, tags=("fact", "quote", "figure")), replace(base, tags=("date", "fact", "name"))
    assert merged(base, ours, theirs).tags == ("fact", "figure", "name")
    assert merged(LINK, replace(LINK, kinds=()), replace(LINK, kinds=("date", "order"))).kinds == ("order",)


def test_ends_of_links_are_sets() -> None:
    a, b, c = LINK.claims
    ours, theirs = replace(LINK, claims=(a, b)), replace(LINK, claims=(a, b, c, "c00000000000d"))
    assert merged(LINK, ours, theirs).claims == (a, b, "c00000000000d")


def test_a_link_is_never_left_with_one_end() -> None:
    a, b, c = LINK.claims
    found, is_fresh = merge_record(LINK, replace(LINK, claims=(a, b)), replace(LINK, claims=(b, c)))
    assert isinstance(found, Contradiction)
    assert is_fresh
    assert found.claims == (a, b)
    (entry,) = found.conflicts
    assert isinstance(entry, dict)
    assert entry["theirs"] == [{"claim": b}, {"claim": c}]


def test_a_claim_moves_as_a_whole() -> None:
    assert merged(CLAIM, MOVED, replace(CLAIM, gist="theirs")) == replace(MOVED, gist="theirs")
    elsewhere = replace(CLAIM, span=Span(5, 8), exact="abc")
    found = merged(CLAIM, MOVED, elsewhere)
    assert replace(found, conflicts=()) == MOVED
    (entry,) = found.conflicts
    assert (entry["field"], entry["base"]) == ("span", PLACE)
    assert (entry["ours"]["span"], entry["theirs"]["span"], entry["theirs"]["exact"]) == ([1200, 1227], [5, 8], "abc")


def test_two_versions_of_a_field_stand_side_by_side() -> None:
    found, is_fresh = merge_record(CLAIM, replace(CLAIM, gist="ours"), replace(CLAIM, gist="theirs"))
    entry: Plain = {"field": "gist", "base": CLAIM.gist, "ours": "ours", "theirs": "theirs"}
    assert found == replace(CLAIM, gist="ours", conflicts=(entry,))
    assert is_fresh


def test_a_field_taken_away_on_one_side_and_changed_on_the_other_is_kept() -> None:
    entry: Plain = {"field": "gist", "base": CLAIM.gist, "ours": None, "theirs": "theirs"}
    found = merged(CLAIM, replace(CLAIM, gist=None), replace(CLAIM, gist="theirs"))
    assert found == replace(CLAIM, gist="theirs", conflicts=(entry,))


def test_in_its_own_voice_and_not_recorded_are_two_things() -> None:
    found = merged(CLAIM, replace(CLAIM, said_by=()), replace(CLAIM, said_by=None))
    (entry,) = found.conflicts
    assert (entry["ours"], entry["theirs"]) == ([], None)


def test_a_record_deleted_on_one_side_only_is_deleted() -> None:
    assert merged(CLAIM, None, CLAIM) is None
    assert merged(CLAIM, CLAIM, None) is None


def test_a_record_deleted_on_one_side_and_changed_on_the_other_is_kept_and_says_so() -> None:
    edited = replace(CLAIM, gist="edited")
    for ours, theirs in ((None, edited), (edited, None)):
        found, is_fresh = merge_record(CLAIM, ours, theirs)
        assert found is not None
        assert replace(found, conflicts=()) == edited
        (entry,) = found.conflicts
        assert is_fresh
        assert isinstance(entry, dict)
        assert (entry["field"], entry["base"]) == ("record", to_plain(CLAIM))
        assert [entry["ours"], entry["theirs"]] == [side and to_plain(side) for side in (ours, theirs)]


def test_a_record_made_on_both_sides_is_one() -> None:
    ours, theirs = replace(CLAIM, gist="ours", memo=None), replace(CLAIM, gist="ours", memo="theirs")
    assert merge_record(None, ours, theirs) == (theirs, False)


def test_notes_merge_by_field() -> None:
    begun = replace(NOTE, finished=True)
    assert merged(begun, None, replace(begun, memo="theirs")) == replace(NOTE, memo="theirs")
    found = merged(None, replace(NOTE, memo="ours"), replace(NOTE, memo="theirs", finished=True))
    entry: Plain = {"field": "memo", "base": None, "ours": "ours", "theirs": "theirs"}
    assert found == replace(NOTE, memo="ours", finished=True, conflicts=(entry,))


def test_unknown_keys_merge_one_by_one_and_deep_ones_are_put_down_as_json() -> None:
    base = replace(CLAIM, extra={"a": 1, "b": 1, "c": True})
    ours, theirs = replace(base, extra={"a": 2, "b": 1, "c": True}), replace(base, extra={"a": 1, "c": 1, "d": [1]})
    assert as_json(dict(merged(base, ours, theirs).extra)) == '{"a": 2, "c": 1, "d": [1]}'
    deep: Plain = [[[["deep"]]]]
    found = merged(CLAIM, replace(CLAIM, extra={"a": deep}), replace(CLAIM, extra={"a": "theirs"}))
    (entry,) = found.conflicts
    assert (found.extra["a"], entry["ours"]) == (deep, [[['["deep"]']]])


# --- merging what was merged ---


def test_a_disagreement_follows_the_side_that_goes_on_as_in_a_rebase() -> None:
    ours, first, second = (replace(CLAIM, gist=gist) for gist in ("ours", "first", "second"))
    after_first = merged(CLAIM, ours, first)
    found = merged(first, after_first, second)
    entry: Plain = {"field": "gist", "base": CLAIM.gist, "ours": "ours", "theirs": "second"}
    assert found == replace(ours, conflicts=(entry,))
    assert merged(CLAIM, ours, second) == found


def test_it_is_gone_when_that_side_comes_round_or_goes_back() -> None:
    ours, first = replace(CLAIM, gist="ours"), replace(CLAIM, gist="first")
    after_first = merged(CLAIM, ours, first)
    assert merged(first, after_first, ours) == ours
    assert merged(first, after_first, CLAIM) == ours
    assert merged(first, CLAIM, after_first) == ours


def test_what_is_open_on_a_side_that_went_on_meanwhile_stays_as_it_is_there() -> None:
    base = replace(CLAIM, gist="first")
    went_on = replace(merged(CLAIM, replace(CLAIM, gist="ours"), base), gist="written over")
    found = merged(base, replace(base, memo="x"), went_on)
    assert found == replace(went_on, memo="x")
    assert merged(base, found, went_on) == found
    assert merged(base, replace(base, memo="x"), found) == found


def test_what_both_sides_deleted_in_the_end_is_deleted() -> None:
    first = replace(CLAIM, gist="first")
    after_first = merged(CLAIM, None, first)
    assert merged(first, after_first, None) is None
    edited = merged(first, after_first, replace(CLAIM, gist="second"))
    (entry,) = edited.conflicts
    assert (entry["ours"], entry["theirs"]["gist"]) == (None, "second")


def test_what_was_settled_on_one_side_stays_settled() -> None:
    theirs = replace(CLAIM, gist="theirs")
    open_one = merged(CLAIM, replace(CLAIM, gist="ours"), theirs)
    settled = replace(open_one, gist="theirs", conflicts=())
    assert merged(open_one, settled, replace(open_one, memo="more")) == replace(settled, memo="more")
    assert merged(theirs, settled, replace(theirs, memo="more")) == replace(settled, memo="more")


def test_three_versions_are_all_there() -> None:
    both = merged(CLAIM, replace(CLAIM, gist="one"), replace(CLAIM, gist="two"))
    found = merged(CLAIM, both, replace(CLAIM, gist="three"))
    assert {(entry["ours"], entry["theirs"]) for entry in found.conflicts} == {("one", "two"), ("one", "three")}


def test_whoever_merges_it_is_the_same_disagreement() -> None:
    ours, theirs = replace(CLAIM, gist="ours"), replace(CLAIM, gist="theirs")
    here, there = merged(CLAIM, ours, theirs), merged(CLAIM, theirs, ours)
    for found in (merged(CLAIM, here, there), merged(ours, here, there), merged(here, here, there)):
        assert len(found.conflicts) == 1


def test_what_a_person_wrote_among_the_conflicts_is_kept() -> None:
    base = replace(CLAIM, conflicts=("look at this", None, {"field": 3}))
    ours, theirs = replace(base, gist="ours"), replace(base, gist="theirs")
    assert merged(base, ours, theirs).conflicts[:3] == base.conflicts
    assert merged(base, replace(ours, conflicts=()), replace(theirs, gist=CLAIM.gist, memo="x")).conflicts == ()


def test_a_status_is_a_field_like_any_other() -> None:
    found = merged(LINK, replace(LINK, status=Status.EXPLAINED), replace(LINK, status=Status.RESOLVED))
    assert found.status is Status.EXPLAINED
    assert found.conflicts[0]["theirs"] == "resolved"


# --- any three versions ---


_SETS = ("tags", "kinds", "between", "claims")


def _items(key: str, value: Plain) -> list[Plain]:
    return value if key in _SETS and isinstance(value, list) else [value]


def _depth(value: Plain) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(_depth, inside), default=0)


def _offered(record: Record | None) -> set[str]:
    """Every value, with its field, that a record and its conflicts hold; those of sets one by one."""
    offered: list[tuple[str, Plain]] = []

    def take(plain: Plain) -> None:
        if isinstance(plain, dict):
            fields = ((key, value) for key, value in plain.items() if key != "conflicts")
            offered.extend((key, item) for key, value in fields for item in _items(key, value))

    if record is not None:
        take(to_plain(record))
        for entry in filter(None, map(read_conflict, record.conflicts)):
            for side in (entry.ours, entry.theirs):
                take(side if entry.field in ("span", "record") else {entry.field: side})
    return {f"{key}: {as_json(value)}" for key, value in offered}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record_trios)
def test_merging_keeps_the_laws(trio: Trio) -> None:
    base, ours, theirs = trio
    found, is_fresh = merge_record(base, ours, theirs)
    # One side changed nothing, or both are alike.
    assert merge_record(base, ours, ours) == (ours, False)
    assert merge_record(base, ours, base) == (ours, False)
    assert merge_record(base, base, theirs) == (theirs, False)
    # Twice is once.
    assert merge_record(base, found, theirs) == (found, False)
    assert merge_record(base, ours, found) == (found, False)
    assert merge_record(base, found, found) == (found, False)
    # The other way round it is the same, but for whose version stands in front.
    turned, is_fresh_turned = merge_record(base, theirs, ours)
    assert is_fresh == is_fresh_turned
    assert (found is None) == (turned is None)
    assert _offered(found) == _offered(turned)
    if found is not None and turned is not None:
        assert len(found.conflicts) == len(turned.conflicts)


def _is_measured(base: Record | None, side: Record | None) -> bool:
    """Whether the claim has its words and what is around them yet, in another text: nobody gave it another place."""
    if not (isinstance(base, Claim) and isinstance(side, Claim)):
        return False
    before, after = ((each.article, each.exact, each.prefix, each.suffix) for each in (base, side))
    return before == after and base.text_sha256 != side.text_sha256


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record_trios)
def test_nothing_that_somebody_set_and_nobody_took_away_is_missing(trio: Trio) -> None:
    base, ours, theirs = trio
    found, _ = merge_record(base, ours, theirs)
    assert found is not None or None in (ours, theirs) or isinstance(ours, ArticleNote)
    before, offered = _offered(base), _offered(found)
    for side in (ours, theirs):
        measured = ("span", "text_sha256") if _is_measured(base, side) else ()
        for key, value in to_plain(side).items() if side is not None else ():
            for item in _items(key, value) if key not in measured else ():
                # A pair was first decided on when the earlier says, and where its words stood is a hint.
                is_pair = isinstance(side, Decision) and key in ("created", "a", "b")
                if f"{key}: {as_json(item)}" not in before and _depth(item) < 2 and key != "conflicts" and not is_pair:
                    assert f"{key}: {as_json(item)}" in offered


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trios(decisions))
def test_the_words_that_a_decision_is_about_are_never_missing(trio: Trio) -> None:
    base, ours, theirs = trio
    found, _ = merge_record(base, ours, theirs)
    if found is None or None in trio[1:]:
        return
    entries = [entry for each in found.conflicts if (entry := read_conflict(each)) is not None]
    for key in ("a", "b"):
        versions = [to_plain(found)[key]]
        versions += [side for entry in entries if entry.field == key for side in (entry.ours, entry.theirs)]
        there = [{**side, "span": None} for side in versions if isinstance(side, dict)]
        for record in (ours, theirs):
            side = to_plain(record)[key]
            assert isinstance(side, dict)
            if base is None or to_plain(base)[key] != side:
                assert {**shallow(side), "span": None} in there  # type: ignore[dict-item]


@pytest.mark.parametrize("base", GISTS)
@pytest.mark.parametrize("ours", GISTS)
def test_a_rebase_commit_by_commit_comes_to_what_a_merge_comes_to(base: str | None, ours: str | None) -> None:
    """Their side made three commits, which are put on ours one by one. Where one of them says what ours says, both
    sides agreed in between; what comes after that is a change of both, and git has no memory to tell."""
    for commits in product([gist for gist in GISTS if gist != ours], repeat=3):
        step: Record | None = replace(CLAIM, gist=ours)
        for before, after in pairwise((base, *commits)):
            step = merged(replace(CLAIM, gist=before), step, replace(CLAIM, gist=after))
        at_once = merged(replace(CLAIM, gist=base), replace(CLAIM, gist=ours), replace(CLAIM, gist=commits[-1]))
        assert step == at_once, commits
