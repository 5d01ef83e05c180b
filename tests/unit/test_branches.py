"""Colleagues' YAML on branches that are not checked out."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from session_samples import (
    BROKE,
    DOWNED,
    MET,
    SAW,
    SHOT,
    claim_of,
    end,
    exported,
    git,
    make_workspace,
    opened,
    tag,
    tree,
)

from tui.errors import RefusedError
from tui.exchange import branches as module
from tui.exchange.branches import find_branches, read_branches
from tui.model.records import Claim, Contradiction, Stance
from tui.session import colleagues, gestures, remarking
from tui.session.adopting import adopt
from tui.session.session import Session

ENVIRON = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Ben's claims MET and SAW are merged; on the branch `feature` he links them, changes MET and adds SHOT."""
    root = tmp_path / "w"
    root.mkdir()
    git(root, "init", "-q")
    make_workspace(root)
    (root / ".gitignore").write_text(".variorum\n")
    with opened(root, "ben") as session:
        tag(session, MET, SAW, DOWNED)
        exported(session)
    commit(root)
    git(root, "checkout", "-q", "-b", "feature")
    with opened(root, "ben") as session:
        tag(session, SHOT)
        session.do(gestures.set_gist(claim_of(session, DOWNED), "the balloon was downed"))
        session.do(gestures.contradiction(session.desk, end(MET), end(SAW)))
        exported(session)
    commit(root)
    git(root, "checkout", "-q", "main")
    return root


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "records")


def reading(root: Path, *refs: str) -> dict[str, Any]:
    return {"branches": find_branches(root, refs, ENVIRON), "environ": ENVIRON}


def words(session: Session, article: str) -> list[tuple[str, str]]:
    """The claims that are seen in an article, with whose they are."""
    return [(claim.exact, claim.annotator) for claim in session.claims_in(article, colleagues=True)]


def seen(session: Session, article: str, words: str) -> Claim:
    return next(claim for claim in session.claims_in(article, colleagues=True) if claim.exact == words)


def test_what_is_on_a_branch_only_is_told_apart_and_what_is_merged_too_is_there_once(root: Path) -> None:
    before = tree(root / "annotations"), git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD")
    with opened(root, **reading(root, "feature")) as session:
        assert list(session.colleagues) == ["ben", "ben @feature"]
        assert words(session, "one") == [(MET, "ben"), (SHOT, "ben @feature")]
        assert words(session, "two") == [(DOWNED, "ben"), (SAW, "ben"), (DOWNED, "ben @feature")]
        changed = session.claims_in("two", colleagues=True)[-1]
        assert changed.gist == "the balloon was downed"
        assert session.views.colleagues["ben @feature"].counts("one").claims == 1
        assert not session.notices
    assert (tree(root / "annotations"), git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD")) == before


def test_a_link_on_a_branch_between_claims_that_are_merged_is_found_at_both_of_them(root: Path) -> None:
    with opened(root, **reading(root, "feature")) as session:
        met, saw = (seen(session, article, words) for article, words in (("one", MET), ("two", SAW)))
        (link,) = session.links_of(met)
        assert isinstance(link, Contradiction)
        assert link.annotator == "ben @feature"
        assert session.links_of(saw) == (link,)
        assert {claim.id for claim in session.ends_of(link)} == {met.id, saw.id}


def test_what_is_adopted_or_remarked_on_from_a_branch_is_bens(root: Path) -> None:
    with opened(root, **reading(root, "feature")) as session:
        shot = session.claims_in("one", colleagues=True)[-1]
        session.do(adopt(session, shot))
        assert claim_of(session, SHOT).from_ == f"ben/{shot.id}"
        session.do(remarking.remark(session, shot, Stance.COMMENT, "Hm"))
        (remark,) = session.remarks_on(shot)
        assert remark.on == f"ben/{shot.id}"
        exported(session)


def test_once_it_is_merged_nothing_is_left_to_be_told_apart(root: Path) -> None:
    with opened(root, **reading(root, "feature")) as session:
        git(root, "merge", "-q", "feature")
        arrived = colleagues.look(session)
        assert arrived is not None
        colleagues.take(session, arrived)
        assert list(session.colleagues) == ["ben"]
        assert words(session, "one") == [(SHOT, "ben"), (MET, "ben")]


def test_several_branches_are_read_and_the_same_on_two_of_them_is_there_once(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "more", "feature")
    with opened(root, "ben") as session:
        tag(session, BROKE)
        exported(session)
    with opened(root, "eva") as session:
        tag(session, SHOT)
        exported(session)
    commit(root)
    git(root, "checkout", "-q", "main")
    with opened(root, **reading(root, "feature", "more", "feature", "main")) as session:
        assert list(session.colleagues) == ["ben", "ben @feature", "ben @more", "eva @more"]
        assert words(session, "two")[-1] == (BROKE, "ben @more")
        assert [claim for claim in words(session, "one") if claim[0] == SHOT] == [
            (SHOT, "ben @feature"),
            (SHOT, "eva @more"),
        ]


def test_two_branches_with_long_names_that_begin_alike_are_two(root: Path) -> None:
    names = [f"{'a-long-name-of-a-branch/' * 2}{number}" for number in range(2)]
    for name in names:
        git(root, "checkout", "-q", "-b", name)
        git(root, "commit", "-q", "--allow-empty", "-m", name)
    first, second = find_branches(root, [*names, names[0]], ENVIRON)
    assert first.commit != second.commit
    assert second.name.endswith(f"-{second.commit[:8]}")
    assert max(len(branch.name) for branch in (first, second)) <= 41


def test_ones_own_records_on_a_branch_are_left_where_they_are(root: Path) -> None:
    with opened(root, "ben", **reading(root, "feature")) as session:
        assert not session.colleagues
        assert len(session.records) == 3


@pytest.mark.parametrize(
    "ref", ["nothing", "--output=pwned", "-n", "", "main:annotations", "main..feature", "^main", "a\0b", "HEAD^{tree}"]
)
def test_a_branch_that_is_not_there_is_refused_also_where_it_is_called_like_an_option(root: Path, ref: str) -> None:
    with pytest.raises(RefusedError, match="there is no branch, tag or commit"):
        find_branches(root, [ref], ENVIRON)
    assert not (root / "pwned").exists()


def test_a_branch_that_is_called_like_an_option_is_read_like_any_other(root: Path) -> None:
    git(root, "update-ref", "refs/heads/--output=pwned", "feature")
    with opened(root, **reading(root, "--output=pwned")) as session:
        assert list(session.colleagues) == ["ben", "ben @--output=pwned"]
    assert not (root / "pwned").exists()
    assert not Path("pwned").exists()


def test_without_a_repository_a_sentence_says_so(tmp_path: Path) -> None:
    make_workspace(tmp_path / "w")
    with pytest.raises(RefusedError, match="there is no git repository here"):
        find_branches(tmp_path / "w", ["main"], ENVIRON)


# --- hostile trees ---


def crafted(root: Path, *entries: tuple[str, str, str]) -> str:
    """A branch whose annotations hold these entries, mode, path and contents, whatever git says of them."""
    git(root, "read-tree", "--empty")
    for mode, path, data in entries:
        (root / "blob").write_text(data, encoding="utf-8")
        id = (
            git(root, "hash-object", "-w", "blob").strip()
            if mode != "160000"
            else git(root, "rev-parse", "main").strip()
        )
        git(root, "update-index", "--add", "--cacheinfo", f"{mode},{id},annotations/{path}")
    (root / "blob").unlink()
    made = git(root, "commit-tree", "-m", "x", git(root, "write-tree").strip()).strip()
    git(root, "update-ref", "refs/heads/crafted", made)
    git(root, "read-tree", "main")
    return "crafted"


GOOD = "format: variorum/1\narticle: one\nmemo: good\n"


def read(root: Path, ref: str) -> module.OnBranches:
    return read_branches(root / "annotations", "ada", find_branches(root, [ref], ENVIRON), ENVIRON)


def test_links_and_repositories_in_a_branch_are_named_and_hide_nothing_else(root: Path) -> None:
    ref = crafted(
        root,
        ("100644", "ben/one.yaml", GOOD),
        ("120000", "ben/two.yaml", "/etc/passwd"),
        ("120000", "eva", "/etc"),
        ("160000", "ben/sub", ""),
        ("160000", "zoe", ""),
    )
    found = read(root, ref)
    assert list(found.records) == ["ben @crafted"]
    assert sorted(found.problems) == [
        "crafted:annotations/ben/sub: this is another repository, and is not followed",
        "crafted:annotations/ben/two.yaml: this is a link, and is not followed",
        "crafted:annotations/eva: this is a link, and is not followed",
        "crafted:annotations/zoe: this is another repository, and is not followed",
    ]


def test_names_that_fold_to_one_folder_or_are_nobodys_are_named(root: Path) -> None:
    ref = crafted(root, *(("100644", f"{name}/one.yaml", GOOD) for name in ("ben", "Ben", "b n", "--", "ada")))
    found = read(root, ref)
    assert list(found.records) == ["ben @crafted"]
    said = "\n".join(found.problems)
    assert "crafted:annotations/Ben: this and “ben” are two names for one reader" in said
    assert "crafted:annotations/b n: no reader's folder is called this: rename it to “b-n”" in said
    assert "crafted:annotations/--: this can't be a reader's folder" in said


def raw_tree(root: Path, *entries: tuple[str, str]) -> str:
    """A tree object that git itself would not make: names as they stand."""
    lines = "".join(f"{mode_and_id}\t{name}\0" for name, mode_and_id in entries)
    made = subprocess.run(
        ["git", "mktree", "-z"], cwd=root, input=lines.encode(), capture_output=True, check=True, env=ENVIRON
    )
    return made.stdout.decode().strip()


def test_names_that_climb_out_of_the_folder_lead_nowhere(root: Path) -> None:
    (root / "blob").write_text(GOOD)
    blob = git(root, "hash-object", "-w", "blob").strip()
    (root / "blob").unlink()
    up = raw_tree(root, ("x.yaml", f"100644 blob {blob}"))
    ben = raw_tree(root, ("..", f"040000 tree {up}"), ("one.yaml", f"100644 blob {blob}"))
    annotations = raw_tree(root, ("..", f"040000 tree {up}"), ("ben", f"040000 tree {ben}"))
    top = raw_tree(root, ("annotations", f"040000 tree {annotations}"))
    git(root, "update-ref", "refs/heads/climbing", git(root, "commit-tree", "-m", "x", top).strip())
    before = tree(root / "seeds")
    found = read(root, "climbing")
    assert list(found.records) == ["ben @climbing"]
    assert len(found.records["ben @climbing"]) == 1
    assert (
        "climbing:annotations/..: this can't be a reader's folder: a letter or digit is needed in its name"
        in found.problems
    )
    assert "climbing:annotations/ben/../x.yaml: this can't be the name of an annotation file" in found.problems
    assert tree(root / "seeds") == before


def test_yaml_that_was_broken_there_is_named_with_branch_file_and_line(root: Path) -> None:
    ref = crafted(root, ("100644", "ben/one.yaml", GOOD), ("100644", "ben/two.yaml", "format: variorum/1\nclaims: [\n"))
    found = read(root, ref)
    (problem,) = found.problems
    assert problem.startswith("crafted:annotations/ben/two.yaml:")
    assert len(found.records["ben @crafted"]) == 1


def test_what_is_too_large_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = crafted(
        root, ("100644", "ben/one.yaml", GOOD), ("100644", "ben/two.yaml", GOOD.replace("one", "two") + "#" * 5000)
    )
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    (problem,) = read(root, ref).problems
    assert problem.startswith("crafted:annotations/ben/two.yaml: not read: ")
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)
    monkeypatch.setattr(module, "MOST_BYTES", len(GOOD) + 100)
    (problem,) = read(root, ref).problems
    assert problem.startswith("crafted:annotations/ben/two.yaml: not read: ")


def test_a_branch_without_annotations_is_said(root: Path) -> None:
    git(root, "checkout", "-q", "--orphan", "empty")
    git(root, "rm", "-q", "-r", "--cached", ".")
    git(root, "commit", "-q", "--allow-empty", "-m", "nothing")
    assert read(root, "empty").problems == ["empty:annotations: there are no annotations there"]


def test_the_same_file_of_two_annotators_is_each_ones_own(root: Path) -> None:
    ref = crafted(root, ("100644", "ben/one.yaml", GOOD), ("100644", "eva/one.yaml", GOOD))
    found = read(root, ref)
    assert list(found.records) == ["ben @crafted", "eva @crafted"]
    assert all(not isinstance(record, Claim) for (record,) in found.records.values())


def test_a_workspace_may_be_a_folder_of_its_repository(tmp_path: Path) -> None:
    repository = tmp_path / "r"
    root = repository / "some where"
    root.mkdir(parents=True)
    git(repository, "init", "-q")
    make_workspace(root)
    with opened(root, "ben") as session:
        tag(session, SHOT)
        exported(session)
    git(repository, "add", "some where/annotations")
    git(repository, "commit", "-q", "-m", "records")
    git(repository, "branch", "feature")
    git(repository, "rm", "-q", "-r", "some where/annotations")
    with opened(root, **reading(root, "feature")) as session:
        assert words(session, "one") == [(SHOT, "ben @feature")]


def test_a_few_trees_that_stand_for_more_files_than_any_disk_holds_are_read_as_far_as_can_be(root: Path) -> None:
    (root / "blob").write_text("format: variorum/1\nmemo: a slip\n")
    blob = git(root, "hash-object", "-w", "blob").strip()
    (root / "blob").unlink()
    below = raw_tree(root, *((f"{letter}.yaml", f"100644 blob {blob}") for letter in "abcdefghij"))
    for _ in range(9):
        below = raw_tree(root, *((letter, f"040000 tree {below}") for letter in "abcdefghij"))
    top = raw_tree(root, ("annotations", f"040000 tree {raw_tree(root, ('ben', f'040000 tree {below}'))}"))
    git(root, "update-ref", "refs/heads/bomb", git(root, "commit-tree", "-m", "x", top).strip())
    found = read(root, "bomb")
    assert len(found.problems) == module.MOST_PROBLEMS + 1
    assert "more of its files can't be read" in found.problems[-1]


def test_one_large_file_at_many_places_is_read_no_more_often_than_there_is_room_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = crafted(root, *(("100644", f"ben/{number}.yaml", GOOD.replace("article: one\n", "")) for number in range(9)))
    monkeypatch.setattr(module, "MOST_BYTES", 3 * len(GOOD))
    assert sum("not read: " in problem for problem in read(root, ref).problems) >= 5
