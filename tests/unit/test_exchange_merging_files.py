"""Merging one file of annotations: nothing is lost, and what comes out can be read."""

from dataclasses import replace

import pytest
import yaml
from exchange_samples import CLAIM, SHA, TIME, article_file
from hypothesis import HealthCheck, given, settings
from merging_samples import file_trios, written

from tui.errors import FileError, VariorumError
from tui.exchange.annotation_files import AnnotationErrors, AnnotationFile, ArticleFile, LinksFile
from tui.exchange.merging_files import MergedFile, Names, merge_files
from tui.exchange.reader import read_annotations, read_any
from tui.exchange.writer import write_annotations
from tui.model.records import ArticleNote

NAMES = Names("base.yaml", "ours.yaml", "theirs.yaml")
NOTE = ArticleNote(annotator="ada", article=CLAIM.article, memo="begun")
SECOND = replace(CLAIM, id="c000000000002", span=CLAIM.span, gist="another")
OTHER_SHA = "2" * 64

LINKS = f"""\
format: variorum/1
contradictions:

  x00000000000a:
    between:
      - claim: c00000000000a
        article: one
        exact: |-
          the first
      - claim: c00000000000b
        article: two
        exact: |-
          the second
        colour: red
    status: open
    created: "{TIME}"

  x00000000000b:
    between:
      - claim: c00000000000a
        article: one
        exact: |-
          the first
      - claim: c00000000000c
    status: open
    created: "{TIME}"
""".encode()

DECISIONS = f"""\
format: variorum/1
decisions:

  s00000000000a:
    kind: duplicate
    verdict: accepted
    a:
      article: one
      span: [3, 9]
      exact: |-
        first
    b:
      article: two
      span: [0, 5]
      exact: |-
        second
    created: "{TIME}"
""".encode()


def data(*claims: object, note: ArticleNote | None = NOTE, sha256: str = SHA, **extra: str) -> bytes:
    file = article_file(*claims, note=note, **extra)  # type: ignore[arg-type]
    return write_annotations(replace(file, text_sha256=sha256), lambda _: None)


def merge(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> MergedFile:
    return merge_files(base, ours, theirs, NAMES)


def read(found: MergedFile) -> ArticleFile:
    assert found.data is not None
    file = read_annotations(found.data, "merged.yaml", "ada", CLAIM.article)
    assert isinstance(file, ArticleFile)
    return file


def test_records_of_both_sides_stand_in_the_one_form_there_is() -> None:
    found = merge(data(CLAIM), data(replace(CLAIM, gist="ours")), data(CLAIM, SECOND))
    assert found == MergedFile(data(replace(CLAIM, gist="ours"), SECOND))


def test_the_head_merges_key_by_key() -> None:
    ours = data(CLAIM, note=replace(NOTE, finished=True), mood="calm")
    found = merge(data(CLAIM), ours, data(CLAIM, note=replace(NOTE, memo="theirs"), colour="red"))
    assert found == MergedFile(data(CLAIM, note=replace(NOTE, finished=True, memo="theirs"), mood="calm", colour="red"))


def test_a_disagreement_about_the_head_stands_in_the_head() -> None:
    found = merge(data(), data(note=replace(NOTE, memo="ours")), data(note=replace(NOTE, memo="theirs")))
    assert found.conflicts == ("the head of the file: memo",)
    note = read(found).note
    assert note is not None
    assert note.conflicts == ({"field": "memo", "base": "begun", "ours": "ours", "theirs": "theirs"},)
    assert found.data is not None
    assert yaml.safe_load(found.data)["conflicts"] == list(note.conflicts)


def test_claims_made_on_another_text_than_the_head_says_carry_its_hash() -> None:
    moved = replace(CLAIM, text_sha256=OTHER_SHA)
    # One machine made a claim on the old text, the other took the first claim to the new one.
    found = read(merge(data(CLAIM), data(CLAIM, SECOND), data(moved, sha256=OTHER_SHA)))
    assert found.text_sha256 == OTHER_SHA
    assert {claim.id: claim.text_sha256 for claim in found.claims} == {CLAIM.id: OTHER_SHA, SECOND.id: SHA}


def test_what_is_open_is_told_and_a_second_merge_changes_nothing() -> None:
    base, ours, theirs = data(CLAIM), data(replace(CLAIM, gist="ours")), data(replace(CLAIM, gist="theirs"))
    found = merge(base, ours, theirs)
    assert found.conflicts == (f"{CLAIM.id}: gist",)
    for again in (merge(base, found.data, theirs), merge(base, ours, found.data), merge(theirs, found.data, theirs)):
        assert again == found


def test_a_file_made_on_both_sides_is_one_file() -> None:
    assert merge(None, data(CLAIM), data(SECOND)) == MergedFile(data(CLAIM, SECOND))


def test_a_file_deleted_on_one_side_goes_but_for_what_the_other_changed() -> None:
    edited = data(CLAIM, replace(SECOND, gist="edited"))
    assert merge(data(CLAIM, SECOND), None, data(CLAIM, SECOND)).data is None
    found = merge(data(CLAIM, SECOND), None, edited)
    assert [claim.id for claim in read(found).claims] == [SECOND.id]
    assert found.conflicts == (f"{SECOND.id}: record",)


def test_links_keep_their_order_and_the_words_at_their_ends() -> None:
    ours = LINKS.replace(b"    status: open\n", b"    status: resolved\n", 1)
    theirs = LINKS.replace(b"  the second", b"  the second, corrected").replace(b"x00000000000b", b"x00000000000c")
    found = merge(LINKS, ours, theirs)
    assert found.data == theirs.replace(b"    status: open\n", b"    status: resolved\n", 1)


def test_an_unknown_key_at_an_end_is_kept_and_can_be_in_conflict() -> None:
    ours, theirs = LINKS.replace(b"colour: red", b"colour: blue"), LINKS.replace(b"colour: red", b"colour: green")
    found = merge(LINKS, ours, theirs)
    assert found.conflicts == ("x00000000000a: c00000000000b colour",)
    assert found.data is not None
    link = yaml.safe_load(found.data)["contradictions"]["x00000000000a"]
    assert link["between"][1]["colour"] == "blue"
    assert link["conflicts"][0]["theirs"] == "green"
    assert merge(LINKS, found.data, theirs) == found


def test_decisions_merge_by_id() -> None:
    ours = DECISIONS.replace(b"verdict: accepted", b"verdict: rejected")
    theirs = DECISIONS + DECISIONS.split(b"decisions:\n")[1].replace(b"00a:", b"00b:")
    found = merge(DECISIONS, ours, theirs)
    assert found.data == ours + theirs[len(DECISIONS) :]
    other = merge(None, ours, DECISIONS)
    assert other.conflicts == ("s00000000000a: verdict",)
    assert other.data is not None
    assert merge(ours, other.data, ours).data == other.data
    assert merge(None, other.data, DECISIONS).data == other.data


def test_an_article_that_was_renamed_on_one_side_takes_the_other_sides_changes_along() -> None:
    renamed = data(CLAIM).replace(CLAIM.article.encode(), b"new")
    found = merge(data(CLAIM), renamed, data(replace(CLAIM, gist="theirs"), SECOND))
    assert found.data == data(replace(CLAIM, gist="theirs"), SECOND).replace(CLAIM.article.encode(), b"new")


def refused(base: bytes | None, ours: bytes, theirs: bytes, error: type[VariorumError], words: str) -> None:
    with pytest.raises(error, match=words):
        merge(base, ours, theirs)


def test_two_files_that_git_takes_for_one_are_refused() -> None:
    other = data(replace(SECOND, article="new")).replace(CLAIM.article.encode(), b"new")
    refused(data(CLAIM), other, data(replace(CLAIM, gist="x")), FileError, "ours.yaml: the versions are of two files")
    new, newer = (data(CLAIM).replace(CLAIM.article.encode(), name) for name in (b"new", b"newer"))
    refused(data(CLAIM), new, newer, FileError, "renamed on both sides")
    refused(None, data(CLAIM), LINKS, FileError, "not of one file")


def test_a_version_that_can_not_be_read_is_named_with_its_line() -> None:
    broken = data(CLAIM).replace(b"span: [1158, 1185]", b"span: [1185, 1158]")
    line = broken[: broken.index(b"span:")].count(b"\n") + 1
    refused(data(CLAIM), data(SECOND), broken, AnnotationErrors, f"theirs.yaml:{line}: two whole numbers")
    refused(data(CLAIM), data(SECOND), b"", AnnotationErrors, "theirs.yaml:1: this is no file of annotations")


def test_a_base_that_can_not_be_read_is_as_good_as_none_and_is_said() -> None:
    """As where histories crossed, and git made a base of two, with markers in it."""
    base = data(CLAIM).replace(b"    gist:", b"<<<<<<< one\n    gist:")
    found = merge(base, data(replace(CLAIM, memo="ours")), data(SECOND))
    assert {claim.id for claim in read(found).claims} == {CLAIM.id, SECOND.id}
    assert found.unread_base.startswith("base.yaml:")
    assert "unfinished git merge" in found.unread_base


def test_where_one_side_changed_nothing_the_other_is_taken_as_it_is_even_if_it_can_not_be_read() -> None:
    assert merge(b"a", b"a", b"conflicts: [") == MergedFile(b"conflicts: [")
    assert merge(b"a", b": b", b"a") == MergedFile(b": b")


def test_more_than_can_be_read_is_refused() -> None:
    tags = [f"tag{number}" for number in range(1000)]
    base = data(replace(CLAIM, conflicts=()))
    ours, theirs = (data(replace(CLAIM, conflicts=tuple(f"{side} {tag}" for tag in tags))) for side in "ot")
    refused(base, ours, theirs, FileError, "more than is read")


def records_of(file: AnnotationFile | None) -> dict[str, object]:
    return {} if file is None else {record.id: record for record in file.records}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file_trios())
def test_no_record_is_lost_and_the_laws_hold_for_any_three_files(
    trio: tuple[AnnotationFile | None, AnnotationFile | None, AnnotationFile | None],
) -> None:
    base, ours, theirs = (written(file) for file in trio)
    found = merge(base, ours, theirs)
    assert merge(base, ours, ours) == merge(ours, ours, ours)
    assert merge(base, ours, base).data == ours
    assert merge(base, base, theirs).data == theirs
    assert merge(base, found.data, theirs) == found
    assert merge(base, ours, found.data) == found
    turned = merge(base, theirs, ours)
    assert len(turned.conflicts) == len(found.conflicts)
    merged: dict[str, object] = {}
    if found.data is not None:
        file = read_any(found.data, "merged.yaml")
        assert isinstance(file, ArticleFile | LinksFile)
        merged = records_of(file)
    before, here, there = map(records_of, trio)
    for id in here.keys() | there.keys():
        was_deleted = id in before and (id not in here or id not in there)
        assert id in merged or was_deleted, id
    # A disagreement about the head of an article's file is noted with its note.
    assert merged.keys() <= {*here, *there, "001_a"}
