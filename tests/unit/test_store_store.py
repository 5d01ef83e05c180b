"""What goes into the store comes out again, for one reader, for two, and from anywhere in the world but here."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from privileges import folder_for_all, without_privileges
from store_samples import a_claim, changed, deleted, made, on_disk, one_of_each

from tui.errors import ReadOnlyError, StaleError, StoreError
from tui.model.changes import Change, Transaction
from tui.model.records import ArticleNote
from tui.store.fit import key_of
from tui.store.index import RecordIndex
from tui.store.store import Store, SyncedFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".variorum"


def test_reading_makes_nothing_on_disk(folder: Path) -> None:
    store = Store(folder, "ada")
    store.commit(None)
    store.commit(Transaction("nothing", ()))
    store.reload()
    assert store.records() == ()
    assert not store.look()
    assert store.reason is None
    assert not folder.exists()


def test_records_of_every_kind_come_out_as_they_went_in(folder: Path) -> None:
    records = one_of_each()
    store = Store(folder, "ada")
    store.commit(made(*records))
    assert {key_of(record): record for record in store.records()} == {key_of(record): record for record in records}
    again = Store(folder, "ada").records()
    assert {key_of(record): record for record in again} == {key_of(record): record for record in records}


def test_a_record_can_be_changed_deleted_and_brought_back(folder: Path) -> None:
    claim = a_claim()
    tagged = replace(claim, tags=("fact",))
    store = Store(folder, "ada")
    store.commit(made(claim))
    store.commit(changed(claim, tagged))
    assert Store(folder, "ada").records() == (tagged,)
    store.commit(deleted(tagged))
    assert Store(folder, "ada").records() == ()
    store.commit(made(tagged))
    assert Store(folder, "ada").records() == (tagged,)


def test_what_is_known_of_yaml_files_is_kept_with_each_base(folder: Path) -> None:
    records = one_of_each()
    file = SyncedFile("ada/001.yaml", "ab" * 32, {key_of(record): record for record in records}, {"new": {"a": [1]}})
    store = Store(folder, "ada")
    store.commit(made(*records), synced=[file, SyncedFile("ada/002.yaml", "cd" * 32)])
    assert Store(folder, "ada").synced_files() == {
        "ada/001.yaml": file,
        "ada/002.yaml": store.synced_files()["ada/002.yaml"],
    }
    store.commit(None, forgotten=["ada/002.yaml", "ada/never-there.yaml"])
    assert Store(folder, "ada").synced_files() == store.synced_files() == {"ada/001.yaml": file}


def test_several_annotators_of_one_machine_do_not_see_each_other(folder: Path) -> None:
    ada, ben = Store(folder, "ada"), Store(folder, "ben")
    ours = ArticleNote(annotator="ada", article="001", memo="ada's")
    theirs = ArticleNote(annotator="ben", article="001", memo="ben's")
    ada.commit(made(ours))
    ben.commit(made(theirs))
    assert Store(folder, "ada").records() == (ours,)
    assert Store(folder, "ben").records() == (theirs,)


@pytest.mark.parametrize(
    "transaction",
    [
        lambda claim: made(a_claim(), claim),
        lambda claim: deleted(a_claim(), claim),
        lambda claim: changed(replace(claim, memo="never there"), claim),
    ],
    ids=["made, but there already", "deleted, but not there", "changed from what it never was"],
)
def test_a_stale_transaction_is_refused_as_a_whole(folder: Path, transaction) -> None:  # type: ignore[no-untyped-def]
    claim = a_claim()
    store = Store(folder, "ada")
    store.commit(made(claim))
    file = (folder / "store.journal").read_bytes()
    with pytest.raises(StaleError, match="changed in the meantime"):
        store.commit(transaction(claim), synced=[SyncedFile("ada/001.yaml", "ab")])
    assert (folder / "store.journal").read_bytes() == file
    assert store.records() == (claim,)
    assert store.synced_files() == {}


@pytest.mark.parametrize(
    "record",
    [
        a_claim(annotator="ben"),
        replace(a_claim(), memo=""),
        replace(a_claim(), tags=("fact", "fact")),
        replace(a_claim(), extra={"figure": float("inf")}),
        replace(a_claim(), extra={"memo": "a key that is known"}),
        a_claim(id="x123456789abc"),
    ],
    ids=["a colleague's", "an empty memo", "a tag twice", "no number", "a known key as unknown", "a wrong id"],
)
def test_a_record_that_would_not_come_back_the_same_is_refused(folder: Path, record) -> None:  # type: ignore[no-untyped-def]
    store = Store(folder, "ada")
    with pytest.raises(StoreError, match="kept"):
        store.commit(made(a_claim(), record))
    assert store.records() == ()
    assert on_disk(folder) == set()


def test_what_is_done_to_a_value_given_or_handed_out_does_not_reach_the_store(folder: Path) -> None:
    given = replace(a_claim(), extra={"list": [1]})
    store = Store(folder, "ada")
    store.commit(made(given))
    given.extra["list"].append(2)  # type: ignore[union-attr]
    store.commit(made(a_claim("ada", "002")))
    again = Store(folder, "ada")
    handed_out = RecordIndex(again.records()).claims_in("001")[0]
    handed_out.extra["list"].append(3)  # type: ignore[union-attr]
    again.commit(made(a_claim("ada", "003")))
    assert RecordIndex(Store(folder, "ada").records()).claims_in("001")[0].extra == {"list": [1]}


def test_a_commit_that_is_interrupted_leaves_nothing_for_the_next_one(folder: Path) -> None:
    store, claim = Store(folder, "ada"), a_claim()

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.store.storage.JournalStorage._write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.commit(made(a_claim()))
    store.commit(made(claim))
    assert on_disk(folder) == {record.id for record in store.records()} == {claim.id}


# --- two programs, one folder ---


def test_two_stores_keep_what_the_other_wrote_and_say_what_is_new(folder: Path) -> None:
    one, other = Store(folder, "ada"), Store(folder, "ada")
    first, second = a_claim(), a_claim()
    one.commit(made(first))
    assert not one.look()
    other.commit(made(second))
    assert other.take_news() == (Change(None, first),), "what was taken in on the way is told too"
    assert not other.look()
    assert one.take_news() == (), "not read yet"
    assert one.look()
    assert {record.id for record in other.records()} == {first.id, second.id}
    assert one.take_news() == (Change(None, second),)
    one.commit(deleted(second))
    assert other.look()
    assert other.take_news() == (Change(second, None),)
    assert {record.id for record in one.records()} == {first.id} == on_disk(folder)


def test_what_another_process_made_and_took_back_meanwhile_is_no_news(folder: Path) -> None:
    one, other = Store(folder, "ada"), Store(folder, "ada")
    passing, staying = a_claim(), a_claim()
    one.commit(made(staying))
    assert other.look()
    other.take_news()
    one.commit(made(passing))
    one.commit(deleted(passing))
    one.commit(changed(staying, replace(staying, memo="new")))
    one.commit(changed(replace(staying, memo="new"), staying))
    assert not other.look()
    assert other.take_news() == ()
    assert other.records() == (staying,)


def test_what_another_annotator_does_is_no_news(folder: Path) -> None:
    ada, ben = Store(folder, "ada"), Store(folder, "ben")
    ben.commit(made(a_claim("ben")))
    assert not ada.look()


def test_a_compaction_takes_in_what_another_process_wrote(folder: Path) -> None:
    one, other = Store(folder, "ada"), Store(folder, "ada")
    claim = a_claim()
    one.commit(made(claim))
    assert other.look()
    other.commit(changed(claim, replace(claim, memo="other")))
    one.compact()
    assert one.take_news() == (Change(claim, replace(claim, memo="other")),)
    with pytest.raises(StaleError):
        one.commit(changed(claim, replace(claim, memo="one")))
    assert Store(folder, "ada").records() == (replace(claim, memo="other"),)


COUNT = """
import sys
from dataclasses import replace
from pathlib import Path
from tui.errors import StaleError
from tui.model.changes import Change, Transaction
from tui.store import journal_file
from tui.store.store import Store
journal_file.JOURNAL_BYTES = 3_000  # so that compactions come between
store = Store(Path(sys.argv[1]), "ada")
done = 0
while done < 150:
    [claim] = store.records()
    try:
        after = replace(claim, memo=str(int(claim.memo) + 1))
        store.commit(Transaction("counted", (Change(claim, after),)))
    except StaleError:
        store.look(wait=True)
    else:
        done += 1
        store.compact_if_due()
"""


def test_two_processes_that_count_up_one_record_never_count_one_twice(folder: Path) -> None:
    Store(folder, "ada").commit(made(replace(a_claim(), memo="0")))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", COUNT, str(folder)]
    processes = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    [claim] = Store(folder, "ada").records()
    assert getattr(claim, "memo", None) == "300"
    assert any(path.name.startswith("journal-") for path in folder.iterdir()), "there were compactions"


def test_of_two_that_change_one_record_the_second_is_told(folder: Path) -> None:
    claim = a_claim()
    one = Store(folder, "ada")
    one.commit(made(claim))
    other = Store(folder, "ada")
    one.commit(changed(claim, replace(claim, memo="one")))
    with pytest.raises(StaleError):
        other.commit(changed(claim, replace(claim, memo="other")))
    assert Store(folder, "ada").records() == (replace(claim, memo="one"),)


WRITE = """
import sys
from pathlib import Path
from store_samples import a_claim, made
from tui.store.index import RecordIndex
from tui.store.store import Store
store = Store(Path(sys.argv[1]), sys.argv[2])
for _ in range(int(sys.argv[3])):
    claim = a_claim(sys.argv[2])
    store.commit(made(claim))
    print(claim.id, flush=True)
"""


def writing(folder: Path, annotator: str, count: int) -> "subprocess.Popen[str]":
    """Another process that commits claims one by one, and prints the id of each once it is recorded."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", WRITE, str(folder), annotator, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_processes_that_write_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    processes = [writing(folder, annotator, 25) for annotator in ("ada", "ada", "ben")]
    printed = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert on_disk(folder) == {*printed[0], *printed[1]}
    assert on_disk(folder, "ben") == set(printed[2])
    assert len(on_disk(folder)) == 50


def test_a_process_killed_at_any_moment_loses_nothing_it_acknowledged(folder: Path) -> None:
    kept: set[str] = set()
    for round in range(9):
        process = writing(folder, "ada", 10_000)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(1 + 3 * round)]
        process.kill()
        acknowledged += process.stdout.read().split()
        process.wait()
        process.stdout.close()
        kept.update(acknowledged)
        assert kept <= on_disk(folder)
        assert len(on_disk(folder)) <= len(kept) + round + 1, "at most the step under way is there unacknowledged"
    Store(folder, "ada").commit(made(a_claim()))


# --- places where nothing can be recorded ---


def test_the_folder_is_private_and_keeps_itself_out_of_git(folder: Path) -> None:
    mask = os.umask(0)
    try:
        store = Store(folder, "ada")
        store.commit(made(a_claim()))
        store.compact()
    finally:
        os.umask(mask)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / ".gitignore").read_text() == "*\n"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.name != ".gitignore"}
    assert modes == dict.fromkeys(("store.journal", "journal-1", "snapshot-2.json", "store.lock"), 0o600)


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_folder_that_is_a_symbolic_link_is_refused(folder: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    store = Store(folder, "ada")
    folder.symlink_to(tmp_path / target)
    with pytest.raises(StoreError, match="symbolic link"):
        Store(folder, "ada")
    with pytest.raises(StoreError, match="symbolic link"):
        store.commit(made(a_claim()))
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_the_folder_should_be_is_refused_and_left(folder: Path) -> None:
    folder.write_text("mine")
    with pytest.raises(StoreError, match="not a folder"):
        Store(folder, "ada")
    assert folder.read_text() == "mine"


@pytest.fixture
def workspace_for_all() -> Iterator[Path]:
    with folder_for_all() as folder:
        yield folder


@pytest.mark.parametrize("admitted", [False, True], ids=["known beforehand", "found out by trying"])
def test_where_nothing_can_be_written_reading_works_and_recording_says_so(
    workspace_for_all: Path, admitted: bool
) -> None:
    folder = workspace_for_all / ".variorum"
    claim = a_claim()
    Store(folder, "ada").commit(made(claim))
    folder.chmod(0o555)
    (folder / "store.journal").chmod(0o444)
    with without_privileges(admitted=admitted):
        store = Store(folder, "ada")
        assert store.records() == (claim,)
        with pytest.raises(ReadOnlyError, match=r"nothing can be recorded here: .*variorum"):
            store.commit(made(a_claim()))
        assert store.reason is not None
        assert store.reason is not None
        assert store.records() == (claim,)
    folder.chmod(0o700)
    assert on_disk(folder) == {claim.id}
    store.commit(made(a_claim()))
    assert store.reason is None


def test_a_workspace_where_no_folder_can_be_made_is_read_only(workspace_for_all: Path) -> None:
    workspace_for_all.chmod(0o555)
    with without_privileges(admitted=False):
        store = Store(workspace_for_all / ".variorum", "ada")
        assert store.reason is not None
        with pytest.raises(ReadOnlyError, match="nothing can be recorded here"):
            store.commit(made(a_claim()))
    workspace_for_all.chmod(0o755)
    assert list(workspace_for_all.iterdir()) == []


def test_a_folder_that_vanished_meanwhile_is_written_anew_with_everything(folder: Path) -> None:
    first, second = a_claim(), a_claim()
    store = Store(folder, "ada")
    store.commit(made(first))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    store.reload()
    store.commit(made(second))
    assert on_disk(folder) == {first.id, second.id}


def test_what_a_commit_was_refused_for_is_believed_for_a_while_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(folder, "ada")
    store.commit(made(a_claim()))
    with monkeypatch.context() as patch:

        def refused(*arguments: object, **options: object) -> int:
            raise PermissionError(13, "Permission denied")

        patch.setattr(os, "write", refused)
        with pytest.raises(ReadOnlyError, match="Permission denied"):
            store.commit(made(a_claim()))
    assert "Permission denied" in (store.reason or "")
    monkeypatch.setattr("tui.store.store.REFUSED_SECONDS", 0.0)
    assert store.reason is None
    store.commit(made(a_claim()))
    assert len(on_disk(folder)) == 2
