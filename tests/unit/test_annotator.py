"""Who is reading, and what their folder is called."""

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.annotator import Annotator, annotator_folders, find_annotator, folder_name
from tui.config import UserConfig
from tui.errors import RefusedError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of a user whose git knows no name."""
    root = tmp_path / "clone"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return root


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}


def configure(root: Path, name: str, value: str) -> None:
    subprocess.run(["git", "config", name, value], cwd=root, check=True)


def test_the_first_that_is_set_names_the_reader(root: Path, environ: dict[str, str]) -> None:
    configure(root, "variorum.annotator", "From variorum.annotator")
    configure(root, "user.name", "From user.name")
    own = UserConfig(annotator="From own config")
    environ |= {"VARIORUM_ANNOTATOR": "From the environment", "LOGNAME": "login"}
    assert find_annotator("From the argument", environ, root, own).name == "From the argument"
    assert find_annotator(None, environ, root, own).name == "From the environment"
    del environ["VARIORUM_ANNOTATOR"]
    assert find_annotator(None, environ, root, own).name == "From variorum.annotator"
    configure(root, "variorum.annotator", " ")
    assert find_annotator(None, environ, root, own).name == "From own config"
    assert find_annotator(None, environ, root, UserConfig()).name == "From user.name"
    configure(root, "user.name", "")
    assert find_annotator(None, environ, root, UserConfig()).name == "login"


def test_without_git_or_a_repository_the_login_name_is_left(tmp_path: Path, environ: dict[str, str]) -> None:
    environ["USER"] = "ada"
    assert find_annotator(None, environ, tmp_path, UserConfig()) == Annotator("ada", "ada")
    assert find_annotator(None, environ | {"PATH": str(tmp_path)}, tmp_path, UserConfig()) == Annotator("ada", "ada")
    assert find_annotator(None, environ, tmp_path / "missing", UserConfig()) == Annotator("ada", "ada")


def test_the_system_knows_the_login_name_where_the_environment_does_not(tmp_path: Path) -> None:
    import pwd

    login = pwd.getpwuid(os.getuid()).pw_name
    assert find_annotator(None, {"PATH": str(tmp_path)}, tmp_path, UserConfig()).name == login


def test_a_git_user_for_all_repositories_counts_too(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = Bérénice Ünal\n", encoding="utf-8")
    assert find_annotator(None, environ, tmp_path, UserConfig()) == Annotator("Bérénice Ünal", "bérénice-ünal")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "a letter or digit is needed in it (--annotator)"),
        ("...", "“...” can't be a reader's name: a letter or digit is needed in it (--annotator)"),
        ("a\nb", "the reader's name (--annotator): the character U+000A may not stand here"),
        ("a\x1b[2J", "the reader's name (--annotator): the character U+001B may not stand here"),
        ("a\u202eb", "the reader's name (--annotator): the character U+202E may not stand here"),
        ("x" * 201, "the reader's name (--annotator): at most 200 characters are read here, not 201"),
    ],
)
def test_what_can_be_no_name_is_refused_with_where_it_was_set(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(RefusedError) as caught:
        find_annotator(name, {}, tmp_path, UserConfig())
    assert sentence in str(caught.value)


def test_a_wrong_name_is_not_passed_by_for_the_next(tmp_path: Path, environ: dict[str, str]) -> None:
    environ |= {"VARIORUM_ANNOTATOR": "..", "USER": "ada"}
    with pytest.raises(RefusedError, match=r"\(VARIORUM_ANNOTATOR\)"):
        find_annotator(None, environ, tmp_path, UserConfig())


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("ada", "ada"),
        ("Ada Lovelace", "ada-lovelace"),
        (" Ada ", "ada"),
        ("ada@example.org", "ada-example.org"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("..", None),
        (".ssh", "ssh"),
        ("!!!", None),
        ("???", None),
        ("🙂", None),
        ("_._", None),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Cafe\u0301", "café"),
        ("हिन्दी", "हिन्दी"),
        ("山田 太郎", "山田-太郎"),
        ("a\u200bb", "a-b"),
        ("a\ufe0fb", "a-b"),
        ("x" * 100, "x" * 64),
        ("é" * 40, "é" * 32),
        ("a" + "é" * 40, "a" + "é" * 31),
    ],
)
def test_a_name_becomes_a_folder(name: str, folder: str | None) -> None:
    if folder is None:
        with pytest.raises(RefusedError):
            folder_name(name)
    else:
        assert folder_name(name) == folder


@given(st.text(max_size=100))
def test_every_folder_name_is_safe_and_its_own_folder(name: str) -> None:
    try:
        folder = folder_name(name)
    except RefusedError:
        return
    assert folder_name(folder) == folder
    assert 1 <= len(folder.encode()) <= 64
    assert not folder.startswith(".")
    assert not set('/\\\0 \n:*?"<>|') & set(folder)
    assert unicodedata.is_normalized("NFC", folder)


def test_the_readers_of_a_workspace_are_the_folders_below_its_annotations(tmp_path: Path) -> None:
    for name in ("ben", "ada", "bérénice", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").write_text("x")
    assert annotator_folders(tmp_path) == (("ada", "ben", "bérénice"), ())
    assert annotator_folders(tmp_path / "missing") == ((), ())


def test_folders_that_can_be_no_readers_are_problems(tmp_path: Path) -> None:
    annotations = tmp_path / "annotations"
    for name in ("ada", "ADA", "Ben", "BEN", "c d", " ", "e\u0301va"):
        (annotations / name).mkdir(parents=True)
    (annotations / "link").symlink_to(tmp_path)
    names, problems = annotator_folders(annotations)
    assert names == ("ada",)
    assert problems == (
        "annotations/ : this can't be a reader's folder: a letter or digit is needed in its name",
        "annotations/ADA: this and “ada” are two names for one reader: move its files there",
        "annotations/BEN: no reader's folder is called this: rename it to “ben”",
        "annotations/Ben: this and “ben” are two names for one reader: move its files there",
        "annotations/c d: no reader's folder is called this: rename it to “c-d”",
        "annotations/e\u0301va: no reader's folder is called this: rename it to “éva”",
        "annotations/link: this is a link, and links are not followed: put the folder itself here",
    )


def test_a_folder_whose_name_is_no_text_is_a_problem_that_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\x1b[2J")).mkdir()
    names, problems = annotator_folders(tmp_path)
    assert names == ()
    assert "\x1b" not in problems[0]
    problems[0].encode()


def test_annotations_that_can_not_be_read_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "annotations").write_text("x")
    assert annotator_folders(tmp_path / "annotations") == (
        (),
        ("annotations: the folder can't be read: Not a directory",),
    )
