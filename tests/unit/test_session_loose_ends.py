"""Links whose claims are not there, by a slip of the hand in a file: kept as they stand until the claims are back."""

import re
from pathlib import Path

import pytest
from session_samples import (
    BROKE,
    DRIFTED,
    LITTLE,
    MET,
    NOTHING,
    SAW,
    annotations,
    claim_of,
    edit,
    end,
    exported,
    findings,
    make_workspace,
    opened,
    record_some,
    tag,
    words_of,
)

from tui.session import gestures
from tui.session.sync import Prefer, export, read_back

MISTYPED = "c000000000000"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    record_some(tmp_path)
    return tmp_path


def id_of(root: Path, words: str) -> str:
    with opened(root, take_in=False) as session:
        return claim_of(session, words).id


def cut(root: Path, path: str, words: str) -> None:
    """Take a claim's lines out of its file, as a hand that slips does."""
    text = (root / "annotations/ada" / path).read_text()
    blocks = text.split("\n\n")
    kept = [block for block in blocks if words not in block]
    assert len(kept) < len(blocks)
    (root / "annotations/ada" / path).write_text("\n\n".join(kept).rstrip("\n") + "\n")


def test_a_mistyped_id_keeps_its_link_and_all_that_stood_at_its_end(root: Path) -> None:
    before = annotations(root)["links.yaml"].decode()
    id = id_of(root, SAW)
    edit(root, "links.yaml", id, MISTYPED)
    with opened(root) as session:
        assert session.notices == [
            "1 link of yours names a claim that is not there, and is kept as it stands: variorum check names the lines"
        ]
        tag(session, LITTLE)
        # Another link, so that the file has to be written.
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        exported(session)
    after = annotations(root)["links.yaml"].decode()
    line = next(number for number, line in enumerate(after.splitlines(), 1) if MISTYPED in line)
    assert f"- claim: {MISTYPED}\n        article: two\n        exact: |-\n          {SAW}\n" in after
    (finding,) = findings(root)
    assert (str(finding.place), finding.kind) == (f"annotations/ada/links.yaml:{line}", "dangling")
    edit(root, "links.yaml", MISTYPED, id)
    with opened(root) as session:
        assert session.notices == []
        assert {MET, SAW} in [words_of(session, link) for link in session.records.contradictions()]
        new = next(link for link in session.records.contradictions() if words_of(session, link) == {LITTLE, BROKE})
        session.do(gestures.delete(session.desk, new))
        exported(session)
    assert annotations(root)["links.yaml"].decode() == before


def test_who_only_reads_is_not_told_of_it(root: Path) -> None:
    edit(root, "links.yaml", id_of(root, SAW), MISTYPED)
    with opened(root, reading=True) as session:
        assert session.notices == []
        assert [words_of(session, link) for link in session.records.contradictions()] == [{MET}]


def test_a_claim_that_is_cut_out_of_its_file_leaves_its_links_and_finds_them_again(root: Path) -> None:
    before = annotations(root)
    cut(root, "two.yaml", SAW)
    with opened(root) as session:
        for _ in range(2):
            exported(session)
            assert annotations(root)["links.yaml"] == before["links.yaml"]
        assert [words_of(session, link) for link in session.records.contradictions()] == [{MET}]
    (root / "annotations/ada/two.yaml").write_bytes(before["two.yaml"])
    with opened(root) as session:
        assert [words_of(session, link) for link in session.records.contradictions()] == [{MET, SAW}]
        exported(session)
    assert annotations(root) == before


def test_a_link_of_which_no_claim_is_there_is_kept_too(root: Path) -> None:
    links = annotations(root)["links.yaml"]
    cut(root, "two.yaml", SAW)
    cut(root, "one.yaml", MET)
    with opened(root) as session:
        exported(session)
        assert len(session.records.contradictions()) == 1
    assert set(annotations(root)["links.yaml"].splitlines()) == set(links.splitlines())


def test_in_a_new_clone_a_file_that_can_not_be_read_does_not_cost_the_words_of_its_claims(root: Path) -> None:
    before = annotations(root)
    for path in (root / ".variorum").rglob("*"):
        if path.is_file():
            path.unlink()
    edit(root, "two.yaml", "format: variorum/1", "format: [")
    with opened(root) as session:
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(DRIFTED)))
        export(session)
        assert SAW.encode() in annotations(root)["links.yaml"]
        session.undo()
        (root / "annotations/ada/two.yaml").write_bytes(before["two.yaml"])
        exported(session)
    assert annotations(root) == before


def test_keys_that_this_version_does_not_know_at_an_end_are_kept(root: Path) -> None:
    text = annotations(root)["links.yaml"].decode()
    edit(root, "links.yaml", "        article: two\n", "        article: two\n        weight: [2, b]\n")
    with opened(root) as session:
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        exported(session)
        assert b"        weight:\n          - 2\n          - b\n" in annotations(root)["links.yaml"]
        session.undo()
        exported(session)
    after = annotations(root)["links.yaml"].decode()
    assert after.replace("        weight:\n          - 2\n          - b\n", "") == text


@pytest.mark.parametrize(
    "typed",
    [
        "      - claim: {}\n        note: why\n",
        "      - note: why\n        claim: {}\n",
        "      -   claim: {}\n          note: why\n",
        "      - {{claim: {}, note: why}}\n",
        '      - "claim": {}\n        note: why\n',
        "      - claim: {} # seen\n        article: two\n        note: why\n",
    ],
)
def test_such_a_key_is_kept_however_the_end_was_typed(root: Path, typed: str) -> None:
    file = root / "annotations/ada/links.yaml"
    text, count = re.subn(
        rf"      - claim: ({id_of(root, SAW)})\n        article: .*\n        exact: .*\n .*\n",
        lambda match: typed.format(match[1]),
        file.read_text(),
    )
    assert count == 1
    file.write_text(text)
    with opened(root) as session:
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        exported(session)
    assert file.read_text().count(f"          {SAW}\n        note: why\n") == 1


def test_a_link_to_a_claim_that_is_not_there_can_be_deleted_like_any_other(root: Path) -> None:
    edit(root, "links.yaml", id_of(root, SAW), MISTYPED)
    with opened(root) as session:
        (link,) = session.records.contradictions()
        session.do(gestures.delete(session.desk, link))
        exported(session)
        assert MISTYPED.encode() not in annotations(root)["links.yaml"]
        session.undo()
        exported(session)
    assert MISTYPED.encode() in annotations(root)["links.yaml"]


# --- claims that clash ---


@pytest.fixture
def deleted_here(root: Path) -> Path:
    """A claim was deleted here, and its links with it; its file has another tag on it."""
    with opened(root) as session:
        session.do(gestures.delete(session.desk, claim_of(session, SAW)))
    edit(root, "two.yaml", "    created:", "    memo: |-\n      from a pull\n    created:")
    return root


def test_a_claim_deleted_here_and_changed_in_its_file_keeps_its_links_in_theirs(deleted_here: Path) -> None:
    before = annotations(deleted_here)
    with opened(deleted_here, take_in=False) as session:
        for _ in range(2):
            assert sorted(export(session).clashes) == ["annotations/ada/links.yaml", "annotations/ada/two.yaml"]
            assert annotations(deleted_here) == before
        said = "\n".join(export(session).blocked)
        assert "links.yaml: 1 record with claims that are to be decided on (x" in said
        assert "two.yaml: 1 record deleted here and changed in the file (c" in said
        assert session.records.contradictions() == ()
        # What is no part of it is written.
        session.do(gestures.set_finished(session.desk, "folder/a", True))
        assert export(session).written == ["annotations/ada/folder/a.yaml"]


def test_taking_the_file_s_version_of_a_deleted_claim_brings_back_its_links(deleted_here: Path) -> None:
    before = annotations(deleted_here)
    with opened(deleted_here, take_in=False) as session:
        export(session)
        read_back(session, prefer=Prefer.THEIRS)
        assert [words_of(session, link) for link in session.records.contradictions()] == [{MET, SAW}]
        exported(session)
    assert annotations(deleted_here) == before


def test_writing_one_s_own_version_deletes_the_claim_and_its_links(deleted_here: Path) -> None:
    with opened(deleted_here, take_in=False) as session:
        export(session)
        exported(session, Prefer.OURS)
        assert session.records.contradictions() == ()
        assert str(exported(session)) == "YAML is up to date"
    assert "two.yaml" not in annotations(deleted_here)
    assert b"contradictions" not in annotations(deleted_here)["links.yaml"]


@pytest.fixture
def deleted_there(root: Path) -> Path:
    """A claim was deleted in its file, and its link in links.yaml, as by a pull; here it has a memo."""
    with opened(root) as session:
        session.do(gestures.set_memo(claim_of(session, SAW), "written here"))
    (root / "annotations/ada/two.yaml").unlink()
    file = root / "annotations/ada/links.yaml"
    file.write_text(re.sub(r"(?s)contradictions:.*(?=duplicates:)", "", file.read_text()))
    return root


def test_a_claim_changed_here_and_deleted_in_its_file_keeps_its_links_here(deleted_there: Path) -> None:
    before = annotations(deleted_there)
    with opened(deleted_there, take_in=False) as session:
        for _ in range(2):
            export(session)
            assert [words_of(session, link) for link in session.records.contradictions()] == [{MET, SAW}]
            assert annotations(deleted_there) == before
        said = "\n".join(export(session).blocked)
        assert "two.yaml: 1 record changed here and deleted in the file (c" in said
        exported(session, Prefer.OURS)
        assert [words_of(session, link) for link in session.records.contradictions()] == [{MET, SAW}]
        assert b"contradictions" in annotations(deleted_there)["links.yaml"]


def test_taking_the_file_s_side_takes_out_the_claim_and_its_link(deleted_there: Path) -> None:
    with opened(deleted_there) as session:
        read_back(session, prefer=Prefer.THEIRS)
        assert session.records.contradictions() == ()
        assert len(session.records.groups()) == 1
        exported(session)
        assert not findings(deleted_there)


def test_a_clash_of_another_claim_holds_no_links_back(root: Path) -> None:
    with opened(root) as session:
        tag(session, NOTHING)
        exported(session)
        session.do(gestures.delete(session.desk, claim_of(session, NOTHING)))
        edit(root, "folder/a.yaml", "- fact", "- opinion")
        session.do(gestures.contradiction(session.desk, end(LITTLE), end(BROKE)))
        report = export(session)
        assert list(report.clashes) == ["annotations/ada/folder/a.yaml"]
        assert "annotations/ada/links.yaml" in report.written
        assert len(session.records.contradictions()) == 2
