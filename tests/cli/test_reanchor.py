"""`variorum reanchor` and `check`, as the shell sees them, in a workspace whose article was corrected."""

import json
import shutil
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import pytest
import yaml
from changed_samples import AGREED, FIRST, MET, NEW, THREE, TWO, WITNESS, corrected, made_on, make, record
from cli_samples import Ran, run_command, tree
from session_samples import git, opened

from tui.__main__ import main
from tui.session import gestures, reanchoring, settling
from tui.session.session import Session

Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(run_command, home=tmp_path)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return corrected(tmp_path / "w")


def ids(workspace: Path) -> dict[str, str]:
    with opened(workspace, reading=True) as session:
        return {words: made_on(session, words).id[:5] for words in (FIRST, THREE, WITNESS, MET, AGREED)}


def test_each_move_is_printed_and_written_and_what_is_open_is_left(run: Run, workspace: Path) -> None:
    id = ids(workspace)
    done = run("reanchor", at=workspace)
    assert done.code == 1
    rows = done.out.splitlines()
    at = NEW.index(MET)
    moved = next(position for position, row in enumerate(rows) if id[MET] in row)
    assert rows[moved].startswith(f"news {id[MET]} ")
    assert rows[moved].endswith(f" → {at}-{at + len(MET)}")
    assert rows[moved + 1] == f"  “{MET}”"
    assert "1 of the claims stand where they stood" in rows
    changed = next(position for position, row in enumerate(rows) if id[THREE] in row)
    assert rows[changed + 1 : changed + 3] == [f"  was “{THREE}”", f"  now “{TWO}”"]
    assert any(id[WITNESS] in row and "orphaned" in row for row in rows)
    assert rows[-1] == "wrote annotations/ada/news.yaml"
    assert done.err == (
        "variorum: reanchored 3 claims\nvariorum: 2 claims to settle (1 changed, 1 orphaned), in the Reader\n"
    )
    plain = yaml.safe_load((workspace / "annotations/ada/news.yaml").read_text())
    claims = {claim["exact"]: claim for claim in plain["claims"].values()}
    assert all(NEW[slice(*claims[words]["span"])] == words for words in (FIRST, MET, AGREED))
    old = {claims[words]["text_sha256"] for words in (THREE, WITNESS)}
    assert plain["text_sha256"] not in old


def test_a_second_time_there_is_nothing_left_to_write(run: Run, workspace: Path) -> None:
    run("reanchor", at=workspace)
    before = (workspace / "annotations/ada/news.yaml").read_bytes()
    again = run("reanchor", at=workspace)
    assert again.code == 1
    assert "there is nothing to write" in again.err
    assert (workspace / "annotations/ada/news.yaml").read_bytes() == before
    with opened(workspace) as session:
        session.do(settling.accept(session.desk, made_on(session, THREE).id))
        session.do(gestures.delete(session.desk, made_on(session, WITNESS)))
        session.flush()
    assert run("reanchor", at=workspace).code == 0
    run("export", at=workspace)
    checked = run("check", at=workspace)
    assert (checked.code, checked.out) == (0, "")


def test_a_dry_run_shows_the_same_and_writes_nothing(run: Run, workspace: Path) -> None:
    before = tree(workspace)
    shown = run("reanchor", "--dry-run", at=workspace)
    assert tree(workspace) == before
    assert shown.code == 1
    assert "not written: reanchored 3 claims" in shown.err
    done = run("reanchor", at=workspace)
    assert done.out.splitlines()[:-1] == shown.out.splitlines()


def test_programs_are_told_in_json(run: Run, workspace: Path) -> None:
    done = run("reanchor", "--dry-run", "--format", "json", at=workspace)
    plain = json.loads(done.out)
    assert {one["was"]["exact"]: one["outcome"] for one in plain["settled"]} == {
        FIRST: "same",
        MET: "moved",
        AGREED: "moved",
    }
    changed, orphan = plain["open"]
    assert (changed["outcome"], changed["was"]["exact"], changed["now"]["exact"]) == ("changed", THREE, TWO)
    assert (orphan["outcome"], orphan["now"]) == ("orphaned", None)
    assert plain["written"] == []
    assert plain["dry_run"] is True


def test_nothing_to_do_is_answered_0(run: Run, tmp_path: Path) -> None:
    make(tmp_path / "w")
    record(tmp_path / "w")
    done = run("reanchor", at=tmp_path / "w")
    assert (done.code, done.out) == (0, "")
    assert "there is nothing to write" in done.err


def test_a_renamed_article_takes_its_claims_and_note_along(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "w"
    make(root)
    record(root)
    file = root / "annotations/ada/news.yaml"
    file.write_text(file.read_text().replace("memo: |-", "mood: calm\nmemo: |-", 1))
    (root / "seeds/news.txt").rename(root / "seeds/wire.txt")
    assert "the article news was renamed to wire: variorum reanchor" in run("check", at=root).out
    listed = run("list", at=root)
    assert "5 claims" in next(row for row in listed.out.splitlines() if row.startswith("wire "))
    done = run("reanchor", at=root)
    assert done.code == 0
    assert done.out.splitlines() == [
        "news was renamed to wire",
        "wrote annotations/ada/links.yaml",
        "wrote annotations/ada/wire.yaml",
        "removed annotations/ada/news.yaml",
    ]
    plain = yaml.safe_load((root / "annotations/ada/wire.yaml").read_text())
    assert (plain["article"], plain["memo"], len(plain["claims"])) == ("wire", "a wire report", 5)
    assert plain["mood"] == "calm", "a key this version does not know"
    assert "article: wire" in (root / "annotations/ada/links.yaml").read_text()
    checked = run("check", at=root)
    assert checked.code == 0
    assert "the key “mood” is not known to this version" in checked.out
    assert len(checked.out.splitlines()) == 1
    assert run("reanchor", at=root).err.startswith("variorum: there is nothing to write")


def test_the_old_text_is_found_in_git_after_a_fresh_clone(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "w"
    make(root)
    record(root)
    (root / "config.yaml").write_text("format: variorum/1\n")
    git(root, "init", "-q")
    git(root, "add", "seeds", "annotations")
    git(root, "commit", "-q", "-m", "as it was")
    (root / "seeds/news.txt").write_text(NEW)
    git(root, "commit", "-q", "-a", "-m", "corrected")
    shutil.rmtree(root / ".variorum")
    checked = run("check", at=root)
    assert "2 claims stand elsewhere now, 1 claim stands where it stood: variorum reanchor" in checked.out
    assert "warning: changed" in checked.out
    assert not (root / ".variorum").exists()
    assert "reanchored 3 claims" in run("reanchor", at=root).err


def test_a_file_that_can_not_be_read_is_named(run: Run, workspace: Path) -> None:
    (workspace / "annotations/ada/news.yaml").write_text("format: variorum/2\n")
    done = run("reanchor", at=workspace)
    assert done.code == 1
    assert "news.yaml" in done.err
    assert "newer" in done.err


def test_records_are_not_taken_out_of_a_file_that_can_not_be_read(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "w"
    make(root)
    record(root)
    (root / "seeds/news.txt").rename(root / "seeds/wire.txt")
    file = root / "annotations/ada/news.yaml"
    good = file.read_text()
    file.write_text(f"<<<<<<< HEAD\n{good}=======\n>>>>>>> theirs\n")
    before = tree(root / "annotations")
    for _ in range(2):
        done = run("reanchor", at=root)
        assert done.code == 1
        assert "left as they are: the records of annotations/ada/news.yaml" in done.err
        assert tree(root / "annotations") == before
    file.write_text(good.replace("    tags:", "    gist: of the other side\n    tags:", 1))
    assert run("reanchor", at=root).code == 0
    assert not file.exists()
    text = (root / "annotations/ada/wire.yaml").read_text()
    assert "gist: of the other side" in text
    assert run("check", at=root).code == 0


def test_what_is_to_be_written_is_planned_once(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[int] = []
    real = reanchoring.plan

    def counted(session: Session, withheld: Collection[str] = ()) -> reanchoring.Reanchoring:
        planned.append(1)
        return real(session, withheld)

    monkeypatch.setattr(reanchoring, "plan", counted)
    monkeypatch.chdir(workspace)
    assert main(["reanchor", "--annotator", "ada"]) == 1
    assert planned == [1]


def test_a_list_of_records_says_where_claims_stand_and_what_was_said(run: Run, workspace: Path) -> None:
    plain = json.loads(run("list", "--records", "--format", "json", at=workspace).out)
    claims = {claim["exact"]: claim for claim in plain["claims"]}
    assert {words: claims[words]["stands"] for words in (FIRST, TWO, WITNESS, MET, AGREED)} == {
        FIRST: True,
        TWO: False,
        WITNESS: False,
        MET: True,
        AGREED: True,
    }
    assert NEW[slice(*claims[MET]["span"])] == MET
    text = " ".join(run("list", "--records", at=workspace).out.split())
    assert f"The article was changed since; this was said of: “{THREE}”" in text
    assert text.count("These words no longer stand there") == 1
