"""decisions.yaml: what stands in it, what is refused, and what a merge makes of two versions."""

from dataclasses import replace

import pytest
import yaml
from decisions_samples import DECISION, FILE, decisions, decisions_files
from exchange_samples import nothing_known
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tui import strict_yaml
from tui.exchange.annotation_files import AnnotationErrors, DecisionsFile
from tui.exchange.canonical import read_canonical
from tui.exchange.merging_fields import merge_record
from tui.exchange.merging_files import MergedFile, Names, TwoFilesError, merge_files
from tui.exchange.reader import read_annotations, read_any
from tui.exchange.schema import article_schema, decisions_schema, links_schema
from tui.exchange.writer import write_annotations
from tui.model.filing import DECIDED, article_of, file_of, path_of
from tui.model.records import Decision, Passage, Verdict
from tui.model.span import Span

NAMES = Names("base", "ours", "theirs")
PIECES = (
    *"\n \"'\\:#-|>[]{}&0a\t",
    "\n\n",
    "\n      ",
    ": ",
    "    b:\n",
    "\n    created: y",
    "      exact: x\n",
    "null",
)

WRONG: tuple[object, ...] = (None, "", 5, [], {}, {"article": "x"}, {"article": "x", "span": [0, 1]}, "duplicate", "no")


def written(*some: Decision, **extra: str) -> bytes:
    return write_annotations(DecisionsFile("ada", some, dict(extra)), nothing_known)


def read(data: bytes) -> tuple[Decision, ...]:
    file = read_annotations(data, "f.yaml", "ada", DECIDED)
    assert isinstance(file, DecisionsFile)
    return file.decisions


def refusals(text: str, article: str | None = DECIDED) -> list[tuple[int, str]]:
    with pytest.raises(AnnotationErrors) as caught:
        read_annotations(text.encode(), "f.yaml", "ada", article)
    return [(error.place.line, error.sentence) for error in caught.value.errors]


def test_a_decision_reads_like_this() -> None:
    assert written(DECISION).decode() == FILE
    assert read(FILE.encode()) == (DECISION,)


def test_they_have_a_file_of_their_own() -> None:
    assert file_of(DECISION) == path_of(DECIDED) == "decisions.yaml"
    assert article_of("decisions.yaml") == DECIDED


def test_they_stand_in_the_order_of_their_places_and_kinds() -> None:
    last = replace(DECISION, id="s000000000001", a=replace(DECISION.a, span=Span(4, 9)))
    between = replace(DECISION, id="s000000000000", b=replace(DECISION.b, span=Span(1159, 1160)))
    data = written(last, between, DECISION)
    assert [one.id for one in read(data)] == [DECISION.id, between.id, last.id]
    assert data == written(DECISION, between, last)


def test_a_file_without_decisions_still_says_that_it_is_one_of_decisions() -> None:
    data = written(later="x")
    assert data.decode() == "format: variorum/1\nlater: x\ndecisions: {}\n"
    assert isinstance(read_any(data, "f.yaml"), DecisionsFile)


@settings(max_examples=150, deadline=None)
@given(decisions_files)
def test_whatever_is_written_is_read_as_it_was_by_both_readers_and_by_any_yaml(file: DecisionsFile) -> None:
    data = write_annotations(file, nothing_known)
    again = read_annotations(data, "f.yaml", "ada", DECIDED)
    assert isinstance(again, DecisionsFile)
    assert {one.id: one for one in again.decisions} == {one.id: one for one in file.decisions}
    assert again.extra == file.extra
    assert write_annotations(again, nothing_known) == data
    strict = strict_yaml.parse(data, "f.yaml").plain()
    assert repr(yaml.safe_load(data)) == repr(strict)
    quick = read_canonical(data, DECIDED)
    assert quick is None or repr(quick) == repr(strict)
    is_known = not file.extra and not any(
        one.extra or one.conflicts or one.a.further or one.b.further for one in file.decisions
    )
    has_lines = any("\n" in side.article for one in file.decisions for side in (one.a, one.b))
    if file.decisions and is_known and not has_lines:
        assert quick is not None
    assert not [*Draft202012Validator(decisions_schema()).iter_errors(strict)]


def test_every_place_of_a_file_can_be_spoilt_and_the_quick_reader_never_says_what_the_strict_one_does_not() -> None:
    taken = 0
    for at in range(len(FILE) + 1):
        for piece in PIECES:
            for changed in (FILE[:at] + piece + FILE[at:], FILE[:at] + FILE[at + 1 :]):
                data = changed.encode()
                if (plain := read_canonical(data, DECIDED)) is not None:
                    taken += 1
                    assert repr(plain) == repr(strict_yaml.parse(data, "f.yaml").plain())
    assert taken > 300


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("s7k3m9q2x4w8t:", "x7k3m9q2x4w8t:", 4, "is no id of this kind: s and 12 characters"),
        ("kind: duplicate", "kind: doubt", 5, "“doubt” is not one of duplicate, contradiction"),
        ("verdict: rejected", "verdict: later", 6, "“later” is not one of accepted, rejected"),
        ("verdict: rejected", "verdict:", 4, "“verdict” is missing"),
        ("    a:\n      article: 001_a\n", "    a:\n", 7, "“article” is missing"),
        ("span: [3, 9]", "span: [9, 3]", 9, "two whole numbers are expected"),
        ("      exact: |-\n        Lines were cut\n\n        in May\n", "", 7, "“exact” is missing"),
        ("article: 002_two", "article: 2", 15, "a text is expected, not 2"),
        ("decisions:\n", "claims: {}\ndecisions:\n", 2, "belongs in the file of an article"),
        ("decisions:\n", "duplicates: {}\ndecisions:\n", 2, "belongs in links.yaml"),
        ("decisions:\n", "decided:\n", 2, "did you mean “decisions”?"),
        ("created:", "create:", 19, "did you mean “created”?"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in FILE
    found = refusals(FILE.replace(old, new, 1))
    assert [(at, words in sentence) for at, sentence in found if at == line] == [(line, True)], found


def test_all_that_is_wrong_in_a_file_is_named_at_once() -> None:
    found = refusals(FILE.replace("duplicate", "x").replace("rejected", "y").replace("[3, 9]", "3"))
    assert [line for line, _ in found] == [5, 6, 9]


@pytest.mark.parametrize(("article", "schema"), [("001_a", article_schema()), (None, links_schema())])
def test_decisions_are_refused_in_any_other_file(article: str | None, schema: dict[str, object]) -> None:
    assert "“decisions” belongs in decisions.yaml, not here" in {sentence for _, sentence in refusals(FILE, article)}
    assert not Draft202012Validator(schema).is_valid(yaml.safe_load(FILE))


def test_what_this_version_does_not_know_of_a_side_or_a_decision_is_kept() -> None:
    text = FILE.replace("    b:\n", "      mood: {calm: [1, 2.5]}\n    b:\n") + "    later: true\n"
    (decision,) = read(text.encode())
    assert yaml.safe_load(written(decision)) == yaml.safe_load(text)
    assert decision.extra == {"later": True}


def test_what_a_schema_refuses_the_reader_refuses() -> None:
    validator = Draft202012Validator(decisions_schema())
    Draft202012Validator.check_schema(decisions_schema())
    plain = yaml.safe_load(FILE)
    assert validator.is_valid(plain)
    for key in ("kind", "verdict", "a", "b", "created"):
        for wrong in WRONG:
            changed = yaml.safe_load(FILE)
            changed["decisions"][DECISION.id][key] = wrong
            if not validator.is_valid(changed):
                assert refusals(yaml.safe_dump(changed))


# --- merging ---


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> MergedFile:
    return merge_files(base, ours, theirs, NAMES)


def test_the_same_pair_decided_otherwise_on_two_machines_is_a_conflict_with_both_verdicts() -> None:
    there = replace(DECISION, verdict=Verdict.ACCEPTED, created="2026-11-20T20:00:00Z")
    found = merge(None, written(DECISION), written(there))
    assert found.conflicts == (f"{DECISION.id}: verdict",)
    (merged,) = read(found.data or b"")
    assert (merged.verdict, merged.created) == (Verdict.REJECTED, there.created)
    (entry,) = merged.conflicts
    assert entry == {"field": "verdict", "base": None, "ours": "rejected", "theirs": "accepted"}
    assert merge(None, found.data, written(there)).data == found.data


def test_the_same_verdict_on_two_machines_is_no_conflict_whenever_and_wherever_in_the_article() -> None:
    there = replace(DECISION, a=replace(DECISION.a, span=Span(50, 56)), created="2026-11-22T20:00:00Z")
    both = [merge(None, *sides) for sides in ((written(DECISION), written(there)), (written(there), written(DECISION)))]
    assert both[0] == both[1]
    assert both[0].conflicts == ()
    (merged,) = read(both[0].data or b"")
    assert merged.created == DECISION.created
    assert merged.a in (DECISION.a, there.a)


def test_other_words_in_a_side_are_a_conflict() -> None:
    ours = replace(DECISION, a=replace(DECISION.a, exact="Lines"))
    theirs = replace(DECISION, a=replace(DECISION.a, exact="were"))
    merged, is_fresh = merge_record(DECISION, ours, theirs)
    assert isinstance(merged, Decision)
    assert is_fresh
    assert [entry["field"] for entry in merged.conflicts if isinstance(entry, dict)] == ["a"]


@settings(max_examples=80, deadline=None)
@given(st.lists(decisions, max_size=4, unique_by=lambda one: one.id), st.data())
def test_no_merge_loses_a_decision_and_merging_again_changes_nothing(some: list[Decision], data: st.DataObject) -> None:
    base = [one for one in some if data.draw(st.booleans())]

    def side() -> list[Decision]:
        kept = [one for one in base if data.draw(st.integers(0, 5))]
        flipped = [replace(one, verdict=data.draw(st.sampled_from(Verdict))) for one in kept]
        return flipped + [one for one in some if one not in base and data.draw(st.booleans())]

    ours, theirs = side(), side()
    merged = merge(written(*base), written(*ours), written(*theirs))
    there = {one.id for one in read(merged.data or b"")} if merged.data else set()
    known = {one.id for one in base}
    here, others = {one.id for one in ours}, {one.id for one in theirs}
    assert there >= (here | others) - known  # what anybody made
    assert there >= here & others  # what nobody took out
    assert merge(written(*base), merged.data, written(*theirs)).data == merged.data
    assert merge(written(*base), written(*ours), merged.data).data == merged.data


def test_a_version_from_which_every_decision_was_taken_out_is_one_of_the_file_still() -> None:
    other = replace(DECISION, id="s000000000000", b=Passage("003", Span(0, 1), "x"))
    for nothing in (b"format: variorum/1\n", b"format: variorum/1\ndecisions:\n"):
        assert read(merge(written(DECISION), nothing, written(DECISION, other)).data or b"") == (other,)


def test_decisions_and_links_are_not_one_file() -> None:
    links = b"format: variorum/1\nduplicates:\n\n  d00000000000a:\n    claims:\n      - claim: c00000000000a\n"
    links += b'      - claim: c00000000000b\n    created: "x"\n'
    with pytest.raises(TwoFilesError):
        merge(None, links, written(DECISION))


def test_a_file_with_one_decision_twice_is_refused() -> None:
    assert "twice" in refusals(FILE + FILE.partition("decisions:\n")[2])[0][1]
