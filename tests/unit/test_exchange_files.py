"""An annotator's files on disk: read, written and removed whole, and never through a link."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from exchange_samples import article_files, links_files, nothing_known
from hypothesis import given, settings
from hypothesis import strategies as st
from privileges import without_privileges

from tui import strict_yaml
from tui.errors import YamlError
from tui.exchange.annotation_files import AnnotationFile
from tui.exchange.files import AnnotatorFolder, FolderError, digest
from tui.exchange.writer import write_annotations
from tui.model.filing import article_of, path_of
from tui.strict_yaml import MAX_BYTES

Acts: TypeAlias = list[Callable[[], object]]


@pytest.fixture
def folder(tmp_path: Path) -> AnnotatorFolder:
    (tmp_path / "annotations").mkdir()
    return AnnotatorFolder(tmp_path / "annotations", "ada")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with a file that is none of ours."""
    path = tmp_path / "elsewhere"
    path.mkdir()
    (path / "001.yaml").write_bytes(b"theirs")
    return path


def test_an_article_and_its_file_name_each_other() -> None:
    for article, path in (("001", "001.yaml"), ("folder/a.b", "folder/a.b.yaml"), (None, "links.yaml")):
        assert path_of(article) == path
        assert article_of(path) == article


def test_what_was_written_is_read_and_the_folders_on_the_way_are_made(folder: AnnotatorFolder) -> None:
    assert folder.read("deep/er/001.yaml") is None
    folder.write("deep/er/001.yaml", b"one", expected=None)
    assert folder.read("deep/er/001.yaml") == b"one"
    folder.write("deep/er/001.yaml", b"two", expected=digest(b"one"))
    assert folder.read("deep/er/001.yaml") == b"two"
    assert [path.name for path in (folder.folder / "deep/er").iterdir()] == ["001.yaml"]


def test_a_file_may_be_read_by_whoever_may_read_what_this_person_makes(folder: AnnotatorFolder) -> None:
    old = os.umask(0o027)
    try:
        folder.write("001.yaml", b"one", expected=None)
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder.folder / "001.yaml").stat().st_mode) == 0o640


def test_a_file_that_changed_in_the_meantime_is_neither_written_over_nor_removed(folder: AnnotatorFolder) -> None:
    folder.write("001.yaml", b"one", expected=None)
    for expected in (None, digest(b"other")):
        with pytest.raises(FolderError, match=r"annotations/ada/001\.yaml: changed just now: export again"):
            folder.write("001.yaml", b"two", expected=expected)
    with pytest.raises(FolderError, match="changed just now"):
        folder.remove("001.yaml", expected=digest(b"other"))
    with pytest.raises(FolderError, match="changed just now"):
        folder.write("002.yaml", b"two", expected=digest(b"was there"))
    assert folder.read("001.yaml") == b"one"
    assert sorted(folder.paths()) == ["001.yaml"]


def test_removing_takes_empty_folders_along_and_nothing_else(folder: AnnotatorFolder) -> None:
    folder.write("sub/001.yaml", b"one", expected=None)
    folder.write("decisions.yaml", b"mine", expected=None)
    folder.remove("sub/001.yaml", expected=digest(b"one"))
    assert [path.name for path in folder.folder.iterdir()] == ["decisions.yaml"]
    folder.remove("decisions.yaml", expected=digest(b"mine"))
    assert not folder.folder.exists()
    assert folder.folder.parent.exists()


def test_the_files_come_in_order_without_hidden_ones_and_others(folder: AnnotatorFolder) -> None:
    for path in ("b.yaml", "a.yaml", "sub/c.yaml", ".hidden.yaml", ".git/x.yaml", "notes.txt"):
        folder.write(path, b"", expected=None)
    assert list(folder.paths()) == ["a.yaml", "b.yaml", "sub/c.yaml"]
    assert list(AnnotatorFolder(folder.folder.parent, "nobody").paths()) == []


def test_a_linked_file_is_neither_read_nor_written_nor_removed(folder: AnnotatorFolder, elsewhere: Path) -> None:
    folder.folder.mkdir()
    (folder.folder / "001.yaml").symlink_to(elsewhere / "001.yaml")
    assert list(folder.paths()) == ["001.yaml"]
    acts: Acts = [
        lambda: folder.read("001.yaml"),
        lambda: folder.write("001.yaml", b"ours", expected=digest(b"theirs")),
        lambda: folder.remove("001.yaml", expected=digest(b"theirs")),
    ]
    for act in acts:
        with pytest.raises(FolderError, match="a link or no regular file"):
            act()
    assert (elsewhere / "001.yaml").read_bytes() == b"theirs"


@pytest.mark.parametrize("linked", ["annotations", "annotations/ada", "annotations/ada/sub"])
def test_nothing_is_reached_or_made_through_a_linked_folder(tmp_path: Path, elsewhere: Path, linked: str) -> None:
    (tmp_path / linked).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / linked).symlink_to(elsewhere)
    folder = AnnotatorFolder(tmp_path / "annotations", "ada")
    before = sorted(elsewhere.rglob("*"))
    acts: Acts = [
        lambda: folder.read("sub/001.yaml"),
        lambda: folder.write("sub/001.yaml", b"ours", expected=None),
        lambda: folder.write("sub/deeper/001.yaml", b"ours", expected=None),
        lambda: folder.remove("sub/001.yaml", expected=digest(b"theirs")),
    ]
    if linked != "annotations/ada/sub":
        acts.append(lambda: list(folder.paths()))
    for act in acts:
        with pytest.raises(FolderError, match=f"“{Path(linked).name}” is a link, and links are not followed"):
            act()
    assert sorted(elsewhere.rglob("*")) == before


@pytest.mark.parametrize(
    "path", ["../ben/001.yaml", "sub/../../x.yaml", "/etc/x.yaml", "./x.yaml", "a//b.yaml", "a\0b", ""]
)
def test_a_path_that_leads_elsewhere_is_refused(folder: AnnotatorFolder, path: str) -> None:
    acts: Acts = [
        lambda: folder.read(path),
        lambda: folder.write(path, b"ours", expected=None),
        lambda: folder.remove(path, expected=digest(b"")),
    ]
    for act in acts:
        with pytest.raises(FolderError, match="can't be the name"):
            act()
    assert list(folder.folder.parent.rglob("*")) == []


def test_a_pipe_or_folder_in_the_place_of_a_file_is_refused_at_once(folder: AnnotatorFolder) -> None:
    folder.folder.mkdir()
    os.mkfifo(folder.folder / "pipe.yaml")
    (folder.folder / "folder.yaml").mkdir()
    for path in ("pipe.yaml", "folder.yaml"):
        with pytest.raises(FolderError, match="no regular file"):
            folder.read(path)


def test_a_file_too_large_for_annotations_is_not_read(folder: AnnotatorFolder) -> None:
    folder.folder.mkdir()
    with (folder.folder / "001.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(FolderError, match="larger than 64 MB"):
        folder.read("001.yaml")


def test_what_could_not_be_read_again_is_not_written(folder: AnnotatorFolder) -> None:
    with pytest.raises(FolderError, match=r"annotations/ada/001\.yaml: would be larger than 64 MB"):
        folder.write("001.yaml", bytes(MAX_BYTES + 1), expected=None)
    assert list(folder.paths()) == []
    folder.write("001.yaml", bytes(MAX_BYTES), expected=None)
    assert len(folder.read("001.yaml") or b"") == MAX_BYTES


@settings(max_examples=60, deadline=None)
@given(article_files | links_files, st.integers(-2, 2))
def test_what_is_written_can_be_read_again_on_both_sides_of_the_limit(file: AnnotationFile, beside: int) -> None:
    data = write_annotations(file, nothing_known)
    events = sum(1 for _ in strict_yaml._events(data.decode(), "f.yaml"))
    with TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "MAX_EVENTS", events + beside)
        folder = AnnotatorFolder(Path(root) / "annotations", "ada")
        if beside < -1:  # one more than the limit is still read
            with pytest.raises(FolderError, match=r"would hold more than 5 million keys and values"):
                folder.write("links.yaml", data, expected=None)
            assert folder.read("links.yaml") is None
            with pytest.raises(YamlError, match="more in this file than is read"):
                strict_yaml.parse(data, "f.yaml")
        else:
            folder.write("links.yaml", data, expected=None)
            strict_yaml.parse(folder.read("links.yaml") or b"", "f.yaml")


def test_what_the_system_refuses_is_said_with_the_file(folder: AnnotatorFolder) -> None:
    folder.folder.mkdir()
    acts: Acts = [
        lambda: folder.read("x" * 300 + ".yaml"),
        lambda: folder.write("y" * 300 + ".yaml", b"", expected=None),
    ]
    for act in acts:
        with pytest.raises(FolderError, match=r"annotations/ada/[xy]+.*can't be read: File name too long"):
            act()
    folder.folder.rmdir()
    folder.folder.write_bytes(b"a file where the annotator's folder should be")
    assert folder.read("001.yaml") is None
    with pytest.raises(FolderError, match="can't be written"):
        folder.write("001.yaml", b"", expected=None)


def test_a_folder_without_permission_is_said_and_left() -> None:
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = AnnotatorFolder(Path(name) / "annotations", "ada")
        folder.write("001.yaml", b"one", expected=None)
        folder.folder.chmod(0o555)
        with without_privileges():
            with pytest.raises(FolderError, match="can't be written: Permission denied"):
                folder.write("001.yaml", b"two", expected=digest(b"one"))
            with pytest.raises(FolderError, match="can't be removed: Permission denied"):
                folder.remove("001.yaml", expected=digest(b"one"))
        folder.folder.chmod(0o700 if os.geteuid() == 0 else 0)
        with without_privileges(), pytest.raises(FolderError, match="can't be read: Permission denied"):
            folder.read("001.yaml")
        with without_privileges(), pytest.raises(FolderError, match="ada: this folder can't be looked into: Perm"):
            list(folder.paths())
        folder.folder.chmod(0o700)
        assert folder.read("001.yaml") == b"one"
        assert list(folder.paths()) == ["001.yaml"]


def test_messages_show_no_control_characters_of_a_file_name(folder: AnnotatorFolder) -> None:
    assert folder.place("a\x1b[31m\n.yaml") == "annotations/ada/a�[31m�.yaml"
