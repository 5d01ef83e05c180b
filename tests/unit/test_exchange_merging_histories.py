"""One field of one record in histories that branch and come together, as three machines of one reader make them."""

from dataclasses import dataclass
from random import Random

import pytest

from tui.exchange.conflicts import read_conflict
from tui.exchange.merging_fields import merge_plain
from tui.model.records import Plain

Record = dict[str, Plain]
CLAIM: Record = {"span": [0, 5], "exact": "words", "gist": "begun"}


def merged(base: Record | None, ours: Record | None, theirs: Record | None) -> Record | None:
    return merge_plain("claims", base, ours, theirs).plain


def versions(record: Record | None) -> set[Plain]:
    """What a reader has to choose from as the gist."""
    if record is None:
        return {None}
    noted = record.get("conflicts", [])
    assert isinstance(noted, list)
    entries = [entry for each in noted if (entry := read_conflict(each)) is not None and entry.field == "gist"]
    return {record["gist"], *(entry.ours for entry in entries), *(entry.theirs for entry in entries)}


def disputed(ours: str, theirs: str) -> Record:
    found = merged(CLAIM, {**CLAIM, "gist": ours}, {**CLAIM, "gist": theirs})
    assert found is not None
    return found


def test_three_machines_that_disagree_two_by_two_have_all_three_versions() -> None:
    """The second and the third both merged the first, and then each other."""
    first: Record = {**CLAIM, "gist": "first"}
    found = merged(first, disputed("second", "first"), disputed("third", "first"))
    assert versions(found) == {"first", "second", "third"}


def test_two_who_settled_one_disagreement_in_two_ways_have_it_again() -> None:
    both = disputed("ours", "theirs")
    here, there = ({**CLAIM, "gist": gist} for gist in ("ours", "theirs"))
    found = merged(both, here, there)
    assert found is not None
    assert versions(found) == {"ours", "theirs"}
    assert merged(both, found, there) == merged(both, here, found) == found
    assert versions(merged(both, there, here)) == {"ours", "theirs"}


def test_one_who_settled_and_one_who_wrote_something_new_disagree() -> None:
    both = disputed("ours", "theirs")
    found = merged(both, {**CLAIM, "gist": "ours"}, {**both, "gist": "new"})
    assert versions(found) == {"ours", "new"}


def test_two_who_settled_alike_are_done() -> None:
    both, done = disputed("ours", "theirs"), {**CLAIM, "gist": "theirs"}
    assert merged(both, done, done) == merged(both, done, both) == merged(both, both, done) == done


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_record_that_one_keeps_after_all_and_the_other_deletes_is_kept_and_says_so(is_turned: bool) -> None:
    edited: Record = {**CLAIM, "gist": "edited"}
    both = merged(CLAIM, edited, None)
    found = merged(both, None, edited) if is_turned else merged(both, edited, None)
    assert found is not None
    assert found["gist"] == "edited"
    (entry,) = map(read_conflict, found["conflicts"])  # type: ignore[arg-type]
    assert entry is not None
    assert entry.field == "record"
    sides = ((None, found), (found, edited)) if is_turned else ((found, None), (edited, found))
    assert [merged(both, *each) for each in sides] == [found, found]


def test_what_was_settled_before_the_other_deleted_the_record_is_an_edit_of_it() -> None:
    both = disputed("ours", "theirs")
    found = merged(both, {**CLAIM, "gist": "ours"}, None)
    assert found is not None
    assert found["gist"] == "ours"
    assert merged(both, both, None) is None


@pytest.mark.parametrize("field", ["", "nothing we know", "record"])
def test_an_entry_about_a_field_that_is_not_there_is_kept_and_a_key_called_record_is_a_key(field: str) -> None:
    entry: Plain = {"field": field, "base": None, "ours": "one", "theirs": {"gist": "another"}}
    base: Record = {**CLAIM, "record": "mine", "conflicts": [entry]}
    found = merged(base, {**base, "gist": "ours"}, {**base, "memo": "theirs"})
    assert found == {**base, "gist": "ours", "memo": "theirs"}


# --- any history ---


@dataclass(eq=False)
class Commit:
    record: Record | None
    live: frozenset[Plain]
    """The versions that nobody who knew of them wrote over or settled against."""
    known: frozenset[Plain]
    parents: tuple["Commit", ...] = ()

    def ancestors(self) -> set["Commit"]:
        return {self}.union(*(parent.ancestors() for parent in self.parents))


def base_of(one: Commit, other: Commit) -> Record | None:
    """As git has it: of several bases, which two histories that crossed have, the first two merged, and so on."""
    common = one.ancestors() & other.ancestors()
    nearest = [each for each in common if not any(each in more.ancestors() - {more} for more in common)]
    nearest.sort(key=lambda commit: str(commit.record))
    base = nearest[0]
    for more in nearest[1:]:
        base = Commit(merged(base_of(base, more), base.record, more.record), base.live, base.known, (base, more))
    return base.record


@pytest.mark.parametrize("seed", range(6))
def test_no_version_is_lost_that_nobody_wrote_over_or_settled_against(seed: int) -> None:
    random = Random(seed)
    for number in range(100):
        first = Commit(CLAIM, frozenset({"begun"}), frozenset({"begun"}))
        machines = [first, first, first]
        for step in range(14):
            at = random.randrange(3)
            mine = machines[at]
            record = mine.record
            assert record is not None
            if random.random() < 0.5:
                # Writing leaves open what is open; settling chooses something new of it all.
                gist = f"{number} {step}"
                is_settled = random.random() < 0.3
                after: Record = {**CLAIM, "gist": gist} if is_settled else {**record, "gist": gist}
                left = frozenset() if is_settled else mine.live - {record["gist"]}
                machines[at] = Commit(after, left | {gist}, mine.known | {gist}, (mine,))
                continue
            theirs = random.choice(machines)
            if random.random() < 0.2:
                theirs = random.choice(sorted(theirs.ancestors(), key=lambda commit: str(commit.record)))
            if theirs in mine.ancestors():
                continue
            if mine in theirs.ancestors():
                machines[at] = theirs
                continue
            found = merged(base_of(mine, theirs), record, theirs.record)
            live = (mine.live & theirs.live) | (mine.live - theirs.known) | (theirs.live - mine.known)
            assert live <= versions(found)
            machines[at] = Commit(found, live, mine.known | theirs.known, (mine, theirs))
