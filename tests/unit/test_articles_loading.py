import hashlib
import os
from pathlib import Path

import pytest
from privileges import folder_for_all, without_privileges

from tui.articles.loading import Library, load_library
from tui.model.article import Article, Detail

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "Xi meets Blinken\n\nThey met on Monday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An articles folder in a workspace that is `tmp_path`."""
    (tmp_path / "seeds").mkdir()
    return tmp_path / "seeds"


def load(folder: Path, **corrections: dict[str, str]) -> Library:
    return load_library(folder.parent, folder, corrections)


def only(library: Library) -> Article:
    assert library.bad == ()
    (article,) = library.articles
    return article


def problems(library: Library) -> dict[str, str]:
    return {bad.file: bad.problem for bad in library.bad}


def test_the_five_real_articles_are_read_in_the_order_of_their_ids() -> None:
    library = load_library(SEEDS.parent, SEEDS, {})
    assert library.bad == ()
    assert [article.id for article in library.articles] == [
        "000_e86a7430f9d4b982",
        "001_1a53b3287ac06780",
        "002_dfff59161a823c23",
        "003_6a5a4283ad4edc93",
        "004_79e361a2b1662a70",
    ]
    assert [article.file for article in library.articles] == [f"seeds/{a.id}.txt" for a in library.articles]
    assert library.articles[3].date == Detail("2023-06-20", guessed=True)


def test_an_article_is_its_text_and_the_hash_of_it(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    article = only(load(folder))
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.title == Detail("Xi meets Blinken", guessed=True)


def test_an_article_without_any_title_is_called_by_its_id_as_a_guess(folder: Path) -> None:
    (folder / "a.txt").write_text("They met on Monday.")
    assert only(load(folder)).title == Detail("a", guessed=True)


def test_only_text_and_markdown_files_count_at_any_depth_and_hidden_ones_do_not(folder: Path) -> None:
    (folder / "2023/june").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name in ("b.md", "2023/june/a.TXT", "c.html", ".d.txt", ".hidden/e.txt", "README", "f.txt~"):
        (folder / name).write_text(TEXT)
    library = load(folder)
    assert [(a.id, a.file) for a in library.articles] == [
        ("2023/june/a", "seeds/2023/june/a.TXT"),
        ("b", "seeds/b.md"),
    ]
    assert library.bad == ()


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert load_library(tmp_path, tmp_path / "seeds", {}) == Library()


def test_the_workspace_itself_can_be_the_articles_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    article = only(load_library(tmp_path, tmp_path, {}))
    assert (article.id, article.file) == ("a", "a.txt")


def test_a_name_is_the_same_article_however_its_letters_are_composed(folder: Path) -> None:
    (folder / "cafe\u0301.txt").write_text(TEXT)
    assert only(load(folder)).id == "café"


def test_config_beats_front_matter_beats_guesses(folder: Path) -> None:
    (folder / "a.txt").write_text(f"---\ntitle: From the front matter\nauthor: Jane Smith\n---\nReuters\n{TEXT}")
    article = only(load(folder, a={"author": "Ben Jones"}))
    assert article.author == Detail("Ben Jones")
    assert article.title == Detail("From the front matter")
    assert article.agency == Detail("Reuters", guessed=True)


def test_an_empty_correction_takes_a_wrong_guess_away(folder: Path) -> None:
    (folder / "a.txt").write_text(f"Reuters\n{TEXT}")
    assert only(load(folder, a={"agency": ""})).agency is None


def test_the_outlet_is_guessed_from_the_address(folder: Path) -> None:
    (folder / "a.txt").write_text(f"---\nurl: https://www.example.org/xi\n---\n{TEXT}")
    assert only(load(folder)).outlet == Detail("example.org", guessed=True)
    (folder / "a.txt").write_text(f"---\nurl: http://[broken\n---\n{TEXT}")
    assert only(load(folder)).outlet is None


def test_a_date_that_can_be_read_becomes_iso_and_another_stays_as_written(folder: Path) -> None:
    for date, shown in (("June 20, 2023", "2023-06-20"), ("2023-06-20", "2023-06-20"), ("summer 2023", "summer 2023")):
        (folder / "a.txt").write_text(f"---\ndate: {date}\n---\n{TEXT}")
        assert only(load(folder)).date == Detail(shown)


@pytest.mark.parametrize("case", ["another suffix", "another case", "another composition"])
def test_two_files_for_one_article_are_both_listed(folder: Path, case: str) -> None:
    first, second = {
        "another suffix": ("a.md", "a.txt"),
        "another case": ("STRASSE.txt", "straße.txt"),
        "another composition": ("cafe\u0301.txt", "caf\u00e9.txt"),
    }[case]
    (folder / first).write_text(TEXT)
    (folder / second).write_text(TEXT)
    if len(list(folder.iterdir())) < 2:
        pytest.skip("this file system takes both names for one")
    (folder / "b.txt").write_text(TEXT)
    library = load(folder)
    assert [article.id for article in library.articles] == ["b"]
    assert problems(library) == {
        f"seeds/{first}": f"the file and seeds/{second} would be one article: rename one of them",
        f"seeds/{second}": f"the file and seeds/{first} would be one article: rename one of them",
    }


def test_the_names_of_the_files_of_records_are_no_articles(folder: Path) -> None:
    (folder / "sub").mkdir()
    for name in ("Links.txt", "decisions.md", "sub/links.txt"):
        (folder / name).write_text(TEXT)
    library = load(folder)
    assert [article.id for article in library.articles] == ["sub/links"]
    assert set(problems(library)) == {"seeds/Links.txt", "seeds/decisions.md"}
    assert "“Links”, which is the name of a file of records" in problems(library)["seeds/Links.txt"]


def test_one_bad_file_is_listed_with_its_sentence_and_stops_nothing(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x89PNG\0\0")
    (folder / "latin.txt").write_bytes("Genève".encode("latin-1"))
    (folder / "only-front-matter.md").write_text("---\ntitle: A\n---\n")
    (folder / "folder.txt").mkdir()
    (folder / "good.txt").write_text(TEXT)
    library = load(folder)
    assert [article.id for article in library.articles] == ["good"]
    listed = problems(library)
    assert list(listed) == [f"seeds/{name}" for name in
                            ("binary.txt", "empty.txt", "folder.txt", "latin.txt", "only-front-matter.md")]  # fmt: skip
    for name, words in {
        "binary.txt": "binary",
        "empty.txt": "no text",
        "folder.txt": "a folder",
        "latin.txt": "UTF-8",
        "only-front-matter.md": "no text",
    }.items():
        assert words in listed[f"seeds/{name}"]


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    (folder / "a.txt").write_text("x" * 101)
    (folder / "b.txt").write_text("x" * 100)
    library = load_library(folder.parent, folder, {}, size_limit=100)
    assert [article.id for article in library.articles] == ["b"]
    assert "larger than 100 bytes" in problems(library)["seeds/a.txt"]
    with (folder / "a.txt").open("wb") as file:
        file.truncate(10**12)  # a hole: it takes no room on the disk, and would not fit in memory
    assert "larger than 4 MB" in problems(load(folder))["seeds/a.txt"]


def test_a_pipe_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").symlink_to("a.txt")
    listed = problems(load(folder))
    assert all("a pipe, socket or device" in listed[f"seeds/{name}"] for name in ("a.txt", "b.txt"))


def test_a_link_may_lead_to_a_file_of_the_workspace_only(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    folder = root / "seeds"
    folder.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(TEXT)
    (root / "draft.txt").write_text(TEXT)
    (folder / "inside.txt").symlink_to("../draft.txt")
    (folder / "outside.txt").symlink_to("../../secret.txt")
    (folder / "nowhere.txt").symlink_to("missing.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "others").symlink_to(tmp_path)
    library = load_library(root, folder, {})
    assert [article.id for article in library.articles] == ["inside"]
    listed = problems(library)
    assert "leads out of the workspace" in listed["seeds/outside.txt"]
    assert "leads nowhere" in listed["seeds/nowhere.txt"]
    assert "leads nowhere" in listed["seeds/circle.txt"]
    assert "a link to a folder is not followed" in listed["seeds/others"]
    assert len(listed) == 4


def test_an_articles_folder_that_leads_out_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.txt").write_text(TEXT)
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "seeds").symlink_to(tmp_path / "elsewhere")
    library = load_library(root, root / "seeds", {})
    assert library.articles == ()
    assert problems(library) == {"seeds": "the articles folder lies outside the workspace: move it there"}


def test_an_articles_folder_that_is_a_file_is_listed(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text(TEXT)
    assert "can't be read" in problems(load_library(tmp_path, tmp_path / "seeds", {}))["seeds"]


def test_what_may_not_be_read_is_listed() -> None:
    with folder_for_all() as root:
        folder = root / "seeds"
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT)
        (folder / "a.txt").chmod(0)
        (folder / "closed").mkdir(mode=0)
        with without_privileges():
            listed = problems(load_library(root, folder, {}))
    assert "Permission denied" in listed["seeds/a.txt"]
    assert "Permission denied" in listed["seeds/closed"]


def test_names_that_can_not_be_shown_or_written_are_listed_with_escapes(folder: Path) -> None:
    names = [b"caf\xe9.txt", b"a\x1b[31m.txt", b"two\nlines.txt", "\u202etxt.md".encode(), b"x" * 220 + b".txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(TEXT)
    library = load(folder)
    assert library.articles == ()
    listed = problems(library)
    assert "not valid UTF-8" in listed["seeds/caf\\xe9.txt"]
    assert "a control character (U+001B)" in listed["seeds/a\\x1b[31m.txt"]
    assert "a control character (U+000A)" in listed["seeds/two\\nlines.txt"]
    assert "turns the direction of writing (U+202E)" in listed["seeds/\\u202etxt.md"]
    assert "longer than 200 bytes" in listed[f"seeds/{'x' * 220}.txt"]


def test_names_that_hold_what_no_one_sees_are_listed_but_where_a_script_needs_it(folder: Path) -> None:
    for name in ("ev\u200bil.txt", "e\u200dvil.txt", "soft\u00ad.txt", "می\u200cخواهم.txt", "❤\ufe0f.txt"):
        (folder / name).write_text(TEXT)
    library = load(folder)
    assert [article.id for article in library.articles] == ["❤\ufe0f", "می\u200cخواهم"][::-1]
    assert all("a character that no one sees" in bad.problem for bad in library.bad)
    assert len(library.bad) == 3


def test_a_folder_called_like_a_file_of_records_holds_no_articles(folder: Path) -> None:
    (folder / "foo.yaml").mkdir()
    for name in ("foo.txt", "foo.yaml/bar.txt"):
        (folder / name).write_text(TEXT)
    assert [article.id for article in load(folder).articles] == ["foo"]
    assert list(problems(load(folder))) == ["seeds/foo.yaml/bar.txt"]
