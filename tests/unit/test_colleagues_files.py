"""Colleagues' YAML, and one's own, that changes on disk while the workspace is open."""

import os
import shutil
import time
from pathlib import Path

import pytest
from session_samples import (
    LITTLE,
    MET,
    SAW,
    SHOT,
    annotations,
    claim_of,
    edit,
    end,
    exported,
    git,
    make_workspace,
    opened,
    tag,
)

from tui.exchange import watching
from tui.exchange.colleagues import Colleagues
from tui.exchange.files import AnnotatorFolder
from tui.exchange.watching import SHARE, FolderWatch
from tui.model.records import ArticleNote, Claim
from tui.session import colleagues, gestures, rereading
from tui.session.colleagues import OwnFiles
from tui.session.report import Report
from tui.session.session import Session
from tui.session.sync import read_back

ENVIRON = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "w")
    return tmp_path / "w"


def recorded(root: Path, annotator: str, *sentences: str) -> None:
    """What somebody else marks and exports."""
    with opened(root, annotator) as session:
        tag(session, *sentences)
        exported(session)
    shutil.rmtree(root / ".variorum")


def words(session: Session, annotator: str) -> set[str]:
    return {record.exact for record in session.index_of(annotator).records() if isinstance(record, Claim)}


def looked(session: Session) -> colleagues.Arrived | None:
    arrived = colleagues.look(session)
    if arrived is not None:
        colleagues.take(session, arrived)
    return arrived


def test_what_a_colleague_marks_is_there_at_the_next_look_with_the_articles_to_draw(root: Path, tmp_path: Path) -> None:
    recorded(root, "ben", SHOT)
    later = tmp_path / "later"
    shutil.copytree(root, later)
    recorded(later, "ben", MET)
    with opened(root) as session:
        assert looked(session) is None
        shutil.copy(later / "annotations/ben/one.yaml", root / "annotations/ben/one.yaml")
        arrived = looked(session)
        assert arrived is not None
        assert arrived.articles == {"one"}
        assert words(session, "ben") == {SHOT, MET}
        assert looked(session) is None


def test_a_new_colleague_appears_and_one_whose_folder_is_gone_goes(root: Path) -> None:
    with opened(root) as session:
        assert not session.colleagues
        with opened(root, "ben") as other:
            tag(other, SHOT)
            exported(other)
        assert looked(session) is not None
        assert list(session.colleagues) == ["ben"]
        assert [claim.exact for claim in session.claims_in("one", colleagues=True)] == [SHOT]
        shutil.rmtree(root / "annotations/ben")
        arrived = looked(session)
        assert arrived is not None
        assert arrived.articles == {"one"}
        assert not session.colleagues
        assert session.claims_in("one", colleagues=True) == ()
        assert len(session.index_of("ben")) == 0


def test_a_file_a_colleague_broke_is_named_once_and_its_last_good_records_stay(root: Path) -> None:
    recorded(root, "ben", SHOT)
    file = root / "annotations/ben/one.yaml"
    good = file.read_text(encoding="utf-8")
    with opened(root) as session:
        file.write_text(good.replace("claims:", "claims: [", 1), encoding="utf-8")
        arrived = looked(session)
        assert arrived is not None
        (problem,) = arrived.problems
        assert problem.startswith("annotations/ben/one.yaml:")
        assert words(session, "ben") == {SHOT}
        assert looked(session) is None
        file.write_text(good.replace("fact", "quote"), encoding="utf-8")
        assert looked(session) is not None
        assert session.claims_in("one", colleagues=True)[0].tags == ("quote",)


def test_a_file_that_is_still_being_written_is_left_for_the_next_look(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(root, "ben", SHOT, MET)
    file = root / "annotations/ben/one.yaml"
    whole = file.read_bytes()
    with opened(root) as session:
        file.write_bytes(whole[:300])
        monkeypatch.setattr("tui.exchange.colleagues.time.sleep", lambda _seconds: file.write_bytes(whole[:400]))
        assert looked(session) is None
        assert words(session, "ben") == {SHOT, MET}
        monkeypatch.undo()
        file.write_bytes(whole)
        assert looked(session) is None, "it holds what it held"


def test_a_link_put_in_place_of_a_file_is_named_and_never_followed(root: Path, tmp_path: Path) -> None:
    recorded(root, "ben", SHOT)
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n")
    file = root / "annotations/ben/one.yaml"
    with opened(root) as session:
        file.unlink()
        file.symlink_to(secret)
        arrived = looked(session)
        assert arrived is not None
        assert "this is a link or no regular file" in arrived.problems[0]
        shutil.rmtree(root / "annotations/ben")
        (root / "annotations/ben").symlink_to(tmp_path)
        arrived = looked(session)
        assert arrived is not None
        assert "links are not followed" in arrived.problems[0]
        assert not session.colleagues


def test_a_folder_that_can_be_nobodys_is_named_while_the_workspace_is_open(root: Path) -> None:
    recorded(root, "ben", SHOT)
    with opened(root) as session:
        shutil.copytree(root / "annotations/ben", root / "annotations/Ben")
        arrived = looked(session)
        assert arrived is not None
        assert "two names for one reader" in arrived.problems[0]
        assert list(session.colleagues) == ["ben"]


def test_links_and_remarks_that_come_have_the_articles_of_their_ends_drawn(root: Path) -> None:
    recorded(root, "ben", MET)
    with opened(root) as session:
        with opened(root, "ben") as other:
            other.do(gestures.contradiction(other.desk, end(MET), end(SAW)))
            exported(other)
        arrived = looked(session)
        assert arrived is not None
        assert arrived.articles == {"one", "two"}


# --- what a look costs ---


def test_a_look_at_fifty_colleagues_with_ten_thousand_files_asks_the_disk_about_folders_and_a_share_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        folder = tmp_path / f"annotations/reader{number}"
        folder.mkdir(parents=True)
        for article in range(200):
            (folder / f"{article}.yaml").write_text(f"format: variorum/1\narticle: '{article}'\n")
    long_ago = time.time() - 3600
    for path in (*tmp_path.rglob("*"), tmp_path / "annotations"):
        os.utime(path, (long_ago, long_ago))
    monkeypatch.setattr(watching, "CLOCKS_DIFFER", -1e6)  # nothing is recent: the inodes changed just now
    files = Colleagues(tmp_path / "annotations", "ada")
    assert len(files.read().records) == 50
    assert not files.look()
    asked: list[str] = []
    lstat = os.lstat

    def counted(path: str) -> os.stat_result:
        asked.append(path)
        return lstat(path)

    monkeypatch.setattr(os, "lstat", counted)
    assert not files.look()
    assert len(asked) <= 1 + 50 + SHARE
    for _ in range(20):
        files.look()
    assert len({path for path in asked if path.endswith(".yaml")}) == 10_000, "each has its turn"


def test_a_file_written_over_where_it_lies_is_seen_though_its_folder_did_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "CLOCKS_DIFFER", -1e6)
    folder = tmp_path / "annotations/ben"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text("format: variorum/1\n")
    watch = FolderWatch(AnnotatorFolder(tmp_path / "annotations", "ben"))
    assert watch.look(SHARE) == {"one.yaml"}
    assert watch.look(SHARE) == set()
    before = folder.stat().st_mtime_ns
    with (folder / "one.yaml").open("a") as file:
        file.write("finished: true\n")
    assert folder.stat().st_mtime_ns == before
    assert watch.look(SHARE) == {"one.yaml"}


def test_two_changes_within_one_tick_of_the_disks_clock_are_both_seen(tmp_path: Path) -> None:
    folder = tmp_path / "annotations/ben"
    folder.mkdir(parents=True)
    file = folder / "one.yaml"
    file.write_text("format: variorum/1\narticle: one\nmemo: one\n")
    files = Colleagues(tmp_path / "annotations", "ada")
    files.read()
    status = file.stat()
    file.write_text("format: variorum/1\narticle: one\nmemo: two\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    (note,) = files.look().records["ben"]
    assert isinstance(note, ArticleNote)
    assert note.memo == "two"


# --- one's own ---


def test_a_file_that_goes_back_to_what_it_held_before_is_read_back_again(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
        own = OwnFiles(session)
        own.look(ENVIRON)
        for old, new in (("fact", "quote"), ("quote", "fact"), ("fact", "quote")):
            edit(root, "one.yaml", old, new)
            assert own.look(ENVIRON) is not None
            assert claim_of(session, SHOT).tags == (new,)


def test_ones_own_yaml_that_a_pull_changed_is_read_back_at_the_next_look(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT, MET)
        exported(session)
        own = OwnFiles(session)
        assert own.look(ENVIRON) is None
        edit(root, "one.yaml", "fact", "quote")
        report = own.look(ENVIRON)
        assert report is not None
        assert report.read == ["annotations/ada/one.yaml"]
        assert claim_of(session, SHOT).tags == claim_of(session, MET).tags == ("quote",)
        assert own.look(ENVIRON) is None


def test_what_was_exported_here_is_not_taken_for_a_change(root: Path) -> None:
    with opened(root) as session:
        own = OwnFiles(session)
        tag(session, SHOT)
        exported(session)
        assert own.look(ENVIRON) is None
        tag(session, LITTLE)
        assert own.look(ENVIRON) is None
        assert annotations(root)


def test_while_git_is_in_the_middle_of_a_rebase_ones_own_files_are_left_alone(root: Path) -> None:
    git(root, "init", "-q")
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
        own = OwnFiles(session)
        own.look(ENVIRON)
        (root / ".git/rebase-merge").mkdir()
        kept = (root / "annotations/ada/one.yaml").read_bytes()
        (root / "annotations/ada/one.yaml").unlink()
        assert own.look(ENVIRON) is None
        assert claim_of(session, SHOT)
        (root / "annotations/ada/one.yaml").write_bytes(kept.replace(b"fact", b"quote"))
        (root / ".git/rebase-merge").rmdir()
        assert own.look(ENVIRON) is not None
        assert claim_of(session, SHOT).tags == ("quote",)


def test_a_slip_in_ones_own_file_is_said_once_and_costs_no_record(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
        own = OwnFiles(session)
        own.look(ENVIRON)
        edit(root, "one.yaml", "claims:", "claims: [")
        report = own.look(ENVIRON)
        assert report is not None
        assert report.problems[0].startswith("annotations/ada/one.yaml:")
        assert own.look(ENVIRON) is None
        assert claim_of(session, SHOT)


def test_all_of_ones_own_files_gone_takes_nothing_out_and_is_said_once(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
        own = OwnFiles(session)
        own.look(ENVIRON)
        shutil.rmtree(root / "annotations/ada")
        report = own.look(ENVIRON)
        assert report is not None
        assert "all your YAML is gone" in report.problems[0]
        assert own.look(ENVIRON) is None
        assert claim_of(session, SHOT)


def test_what_could_not_be_taken_in_at_the_opening_is_not_said_again(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
    edit(root, "one.yaml", "claims:", "claims: [")
    with opened(root) as session:
        assert session.notices
        own = OwnFiles(session)
        assert own.look(ENVIRON) is None
        edit(root, "one.yaml", "claims: [", "claims:")
        edit(root, "one.yaml", "fact", "quote")
        assert own.look(ENVIRON) is not None
        assert claim_of(session, SHOT).tags == ("quote",)


def test_what_came_between_the_opening_and_the_first_look_is_read_back(root: Path) -> None:
    with opened(root) as session:
        tag(session, SHOT, MET)
        exported(session)
    with opened(root) as session:
        edit(root, "one.yaml", "fact", "quote")
        own = OwnFiles(session)
        assert own.look(ENVIRON) is not None
        assert claim_of(session, SHOT).tags == ("quote",)
        assert own.look(ENVIRON) is None


def test_what_changes_while_files_are_read_back_is_read_at_the_next_look(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(root) as session:
        tag(session, SHOT)
        exported(session)
        own = OwnFiles(session)
        own.look(ENVIRON)

        def slow(session: Session) -> Report:
            report = read_back(session)
            monkeypatch.undo()
            edit(root, "one.yaml", "quote", "opinion")
            return report

        monkeypatch.setattr(colleagues, "read_back", slow)
        edit(root, "one.yaml", "fact", "quote")
        assert own.look(ENVIRON) is not None
        assert own.look(ENVIRON) is not None
        assert claim_of(session, SHOT).tags == ("opinion",)


def test_what_another_window_of_ones_own_exports_is_nothing_to_be_told_of(root: Path) -> None:
    with opened(root) as session, opened(root) as window:
        own = OwnFiles(session)
        own.look(ENVIRON)
        tag(window, SHOT)
        exported(window)
        session.look_for_news()
        assert own.look(ENVIRON) is None
        edit(root, "one.yaml", "tags:", "memo: mine\n    tags:")
        assert own.look(ENVIRON) is not None


# --- beside an article that is read anew ---


def corrected(root: Path) -> None:
    file = root / "seeds/one.txt"
    file.write_text(f"A correction stands here now.\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


def test_what_came_while_an_article_was_read_anew_is_kept_and_placed_in_it(root: Path) -> None:
    recorded(root, "ben", SHOT)
    with opened(root) as session:
        corrected(root)
        fresh = rereading.reread(session, [session.articles["one"]])
        with opened(root, "eva") as other:
            tag(other, SAW)
            exported(other)
        looked(session)
        rereading.take(session, fresh)
        assert list(session.colleagues) == ["ben", "eva"]
        text = session.articles["one"].text
        assert [claim.span.of(text) for claim in session.claims_in("one", colleagues=True)] == [SHOT]
        assert words(session, "eva") == {SAW}


def test_an_article_read_anew_while_colleagues_files_were_read_has_their_claims_in_their_places(root: Path) -> None:
    with opened(root) as session:
        with opened(root, "ben") as other:
            tag(other, SHOT)
            exported(other)
        arrived = colleagues.look(session)
        corrected(root)
        rereading.take(session, rereading.reread(session, [session.articles["one"]]))
        assert arrived is not None
        colleagues.take(session, arrived)
        (claim,) = session.claims_in("one", colleagues=True)
        assert claim.span.of(session.articles["one"].text) == SHOT
