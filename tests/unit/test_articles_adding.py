import os
from pathlib import Path

import pytest
from privileges import folder_for_all, without_privileges

from tui.articles.loading import add_article, load_library
from tui.errors import ArticleError

TEXT = "Xi meets Blinken\n\nThey met on Monday.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "workspace").mkdir()
    return tmp_path / "workspace"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "xi.txt").write_text(TEXT)
    return tmp_path / "xi.txt"


def refusal(root: Path, source: Path) -> str:
    with pytest.raises(ArticleError) as refused:
        add_article(root, root / "seeds", source)
    assert str(refused.value).startswith(str(source))
    return str(refused.value)


def test_an_added_article_is_in_the_library(root: Path, source: Path) -> None:
    target, was_there = add_article(root, root / "seeds", source)
    assert (target, was_there) == (root / "seeds/xi.txt", False)
    assert [article.id for article in load_library(root, root / "seeds", {}).articles] == ["xi"]
    assert [path.name for path in (root / "seeds").iterdir()] == ["xi.txt"]  # nothing else is left behind


def test_the_bytes_are_copied_as_they_are(root: Path, source: Path) -> None:
    source.write_bytes(b"\xef\xbb\xbfXi meets Blinken\r\n")
    target, _ = add_article(root, root / "seeds", source)
    assert target.read_bytes() == b"\xef\xbb\xbfXi meets Blinken\r\n"


def test_adding_the_same_article_again_changes_nothing(root: Path, source: Path) -> None:
    target, _ = add_article(root, root / "seeds", source)
    before = target.stat()
    assert add_article(root, root / "seeds", source) == (target, True)
    assert add_article(root, root / "seeds", target) == (target, True)
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("name", ["xi.txt", "XI.md"])
def test_another_article_of_that_name_is_not_written_over(root: Path, source: Path, name: str) -> None:
    (root / "seeds").mkdir()
    (root / "seeds" / name).write_text("Another article.")
    assert f"another article is called {name} already" in refusal(root, source)
    assert (root / "seeds" / name).read_text() == "Another article."


def test_nothing_is_written_through_a_link(root: Path, source: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "seeds").symlink_to(tmp_path / "elsewhere")
    assert "nothing is written through links" in refusal(root, source)
    (root / "seeds").unlink()
    (root / "seeds").mkdir()
    (root / "seeds/xi.txt").symlink_to(tmp_path / "elsewhere/new.txt")
    refusal(root, source)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_folder_must_lie_in_the_workspace(root: Path, source: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="does not lie in the workspace"):
        add_article(root, root / "../elsewhere", source)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"Xi met.", "ends in .txt or .md"),
        (".a.txt", b"Xi met.", "does not begin with a dot"),
        ("links.txt", b"Xi met.", "the name of a file of records"),
        ("a.txt", b"", "no text"),
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.txt", b"---\ntitle: A\n---\n", "no text"),
    ],
)
def test_what_could_not_be_read_is_not_added(root: Path, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert words in refusal(root, tmp_path / name)
    assert not (root / "seeds").exists()


def test_what_is_no_file_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert "No such file" in refusal(root, tmp_path / "missing.txt")
    assert "a folder" in refusal(root, tmp_path / "folder.txt")
    assert "a pipe" in refusal(root, tmp_path / "pipe.txt")


def test_an_article_larger_than_the_workspace_reads_is_not_added(root: Path, source: Path) -> None:
    with pytest.raises(ArticleError, match="the file is larger than 30 bytes"):
        add_article(root, root / "seeds", source, size_limit=30)
    assert not (root / "seeds").exists()
    with source.open("a") as file:
        file.write("More. " * 1_000_000)
    assert add_article(root, root / "seeds", source, size_limit=8_000_000) == (root / "seeds/xi.txt", False)


def test_a_folder_that_can_not_be_listed_is_named() -> None:
    with folder_for_all() as root:
        (root / "xi.txt").write_text(TEXT)
        (root / "seeds").mkdir(mode=0o711)
        (root / "seeds").chmod(0o711)
        with without_privileges(), pytest.raises(ArticleError, match="seeds: Permission denied"):
            add_article(root, root / "seeds", root / "xi.txt")
        (root / "seeds").chmod(0o755)
