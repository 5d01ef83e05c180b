import os
from pathlib import Path

import pytest

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
    target = add_article(root, root / "seeds", source)
    assert target == root / "seeds/xi.txt"
    assert [article.id for article in load_library(root, root / "seeds", {}).articles] == ["xi"]
    assert [path.name for path in (root / "seeds").iterdir()] == ["xi.txt"]  # nothing else is left behind


def test_the_bytes_are_copied_as_they_are(root: Path, source: Path) -> None:
    source.write_bytes(b"\xef\xbb\xbfXi meets Blinken\r\n")
    assert add_article(root, root / "seeds", source).read_bytes() == b"\xef\xbb\xbfXi meets Blinken\r\n"


def test_adding_the_same_article_again_changes_nothing(root: Path, source: Path) -> None:
    target = add_article(root, root / "seeds", source)
    before = target.stat()
    assert add_article(root, root / "seeds", source) == target
    assert add_article(root, root / "seeds", target) == target
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
