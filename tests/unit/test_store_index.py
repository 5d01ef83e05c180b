"""The index answers what a key press asks, and always as if it had looked at every record."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import CREATED, a_claim, changed, deleted, made

from tui.errors import StaleError
from tui.model.changes import Change
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Link, Record, Remark, by_place
from tui.model.span import Span
from tui.store.fit import key_of
from tui.store.index import Counts, RecordIndex

CLAIM_IDS = [f"c{number:012}" for number in range(5)]
ARTICLES = ["001", "002", CLAIM_IDS[0]]

claims = st.builds(
    lambda id, article, start, length: a_claim("ada", article, start, start + length, id),
    st.sampled_from(CLAIM_IDS),
    st.sampled_from(ARTICLES),
    st.integers(0, 30),
    st.integers(1, 20),
)
ends = st.lists(st.sampled_from(CLAIM_IDS), min_size=2, max_size=3, unique=True).map(tuple)
contradictions = st.builds(
    lambda number, claims: Contradiction(id=f"x{number:012}", annotator="ada", claims=claims, created=CREATED),
    st.integers(0, 2),
    ends,
)
groups = st.builds(
    lambda number, claims: DuplicateGroup(id=f"d{number:012}", annotator="ada", claims=claims, created=CREATED),
    st.integers(0, 2),
    ends,
)
remarks = st.builds(
    lambda number, on: Remark(id=f"r{number:012}", annotator="ada", on=on, created=CREATED),
    st.integers(0, 1),
    st.sampled_from(["ben/c1", "ben/c2"]),
)
notes = st.builds(ArticleNote, annotator=st.just("ada"), article=st.sampled_from(ARTICLES), finished=st.booleans())
steps = st.tuples(st.one_of(claims, claims, contradictions, groups, remarks, notes), st.booleans())
"""A record to be put there, or what is under its key to be deleted."""


def transaction(model: dict[str, Record], steps: Iterable[tuple[Record, bool]]) -> list[Change]:
    """The changes that `steps` mean, made in `model` too."""
    changes = []
    for record, stays in steps:
        key = key_of(record)
        before, after = model.get(key), record if stays else None
        if before is None and after is None:
            continue
        changes.append(Change(before, after))
        if after is None:
            del model[key]
        else:
            model[key] = after
    return changes


def agrees(index: RecordIndex, model: dict[str, Record]) -> None:
    """Every question, answered by looking at every record."""
    records = list(model.values())
    mine = [record for record in records if isinstance(record, Claim)]
    links = [record for record in records if isinstance(record, Contradiction | DuplicateGroup)]
    place = {claim.id: by_place(claim) for claim in mine}

    def by_first_end(link: Link) -> tuple[object, ...]:
        places = [place[end] for end in link.claims if end in place]
        return (0, min(places), link.id) if places else (1, link.id)

    by_end = sorted(links, key=by_first_end)
    assert len(index) == len(records)
    assert {key_of(record): record for record in index.records()} == model
    assert list(index.contradictions()) == [link for link in by_end if isinstance(link, Contradiction)]
    assert list(index.groups()) == [link for link in by_end if isinstance(link, DuplicateGroup)]
    assert [(r.on, r.id) for r in index.remarks()] == sorted((r.on, r.id) for r in records if isinstance(r, Remark))
    assert [n.article for n in index.notes()] == sorted(n.article for n in records if isinstance(n, ArticleNote))
    for id in CLAIM_IDS:
        assert index.claim(id) == index.get(id) == model.get(f"claims/{id}")
        ours = [link for link in by_end if id in link.claims]
        assert list(index.links_of(id)) == sorted(ours, key=lambda link: isinstance(link, DuplicateGroup))
    for article in ARTICLES:
        here = sorted((claim for claim in mine if claim.article == article), key=by_place)
        assert list(index.claims_in(article)) == here
        for span in (Span(0, 1), Span(7, 12), Span(20, 60)):
            assert list(index.claims_at(article, span)) == [claim for claim in here if claim.span.overlaps(span)]
        assert index.note(article) == model.get(f"notes/{article}")
        touching = [link for link in links if {claim.id for claim in here} & set(link.claims)]
        count = sum(isinstance(link, Contradiction) for link in touching)
        assert index.counts(article) == Counts(len(here), count, len(touching) - count)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(steps, max_size=4), max_size=12))
def test_after_any_transactions_every_answer_is_that_of_looking_at_every_record(
    history: Sequence[Sequence[tuple[Record, bool]]],
) -> None:
    index, model = RecordIndex(), dict[str, Record]()
    for gesture in history:
        index.apply(transaction(model, gesture))
        agrees(index, model)
    agrees(RecordIndex(reversed(model.values())), model)


@settings(max_examples=50, deadline=None)
@given(st.lists(steps, max_size=12), st.lists(steps, min_size=1, max_size=4))
def test_undoing_a_transaction_leaves_everything_as_it_was(
    past: Sequence[tuple[Record, bool]], gesture: Sequence[tuple[Record, bool]]
) -> None:
    model: dict[str, Record] = {}
    index = RecordIndex()
    index.apply(transaction(model, past))
    changes = transaction(dict(model), gesture)
    index.apply(changes)
    index.apply(change.inverse() for change in reversed(changes))
    agrees(index, model)


def test_a_stale_transaction_changes_nothing_at_all() -> None:
    claim, other = a_claim(), a_claim()
    index = RecordIndex([claim])
    index.claims_in("001")
    wrong = [
        *made(other).changes,
        *changed(replace(claim, memo="never there"), replace(claim, memo="new")).changes,
    ]
    with pytest.raises(StaleError, match=claim.id):
        index.apply(wrong)
    assert index.claims_in("001") == (claim,)
    assert index.claim(other.id) is None


@pytest.mark.parametrize(
    "change",
    [
        Change(None, a_claim(id=CLAIM_IDS[0])),
        Change(a_claim(id=CLAIM_IDS[1]), None),
        Change(a_claim(id=CLAIM_IDS[0]), a_claim(id=CLAIM_IDS[1])),
    ],
    ids=["made, but there already", "deleted, but not there", "another id"],
)
def test_a_change_that_does_not_fit_is_stale(change: Change) -> None:
    index = RecordIndex([a_claim(id=CLAIM_IDS[0])])
    with pytest.raises(StaleError):
        index.apply([change])
    assert len(index) == 1


def test_one_transaction_may_change_a_record_twice() -> None:
    claim = a_claim()
    tagged = replace(claim, tags=("fact",))
    index = RecordIndex()
    index.apply((*made(claim).changes, *changed(claim, tagged).changes))
    assert index.claims_in("001") == (tagged,)
    index.apply((*deleted(tagged).changes, *made(claim).changes))
    assert index.claims_in("001") == (claim,)


def test_a_note_on_an_article_called_like_a_claim_is_not_that_claim() -> None:
    claim = a_claim(article="001")
    note = ArticleNote(annotator="ada", article=claim.id, finished=True)
    index = RecordIndex([claim, note])
    assert index.get(claim.id) == claim
    assert index.note(claim.id) == note
    assert index.note("001") is None


def test_asking_again_costs_nothing_until_something_changes_in_that_article() -> None:
    here, there = a_claim(article="001"), a_claim(article="002")
    index = RecordIndex([here, there])
    first = index.claims_in("001")
    index.apply(deleted(there).changes)
    assert index.claims_in("001") is first
    index.apply(deleted(here).changes)
    assert index.claims_in("001") == ()


def test_of_two_records_with_one_id_the_first_stands() -> None:
    claim = a_claim()
    index = RecordIndex([claim, replace(claim, memo="the other")])
    assert index.claims_in("001") == (claim,)
