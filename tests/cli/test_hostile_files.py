"""Hostile and broken files in a workspace, as a user meets them: named with file and line, and hiding nothing good."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_samples import FIRST, SECOND, make_workspace, record

from tui.__main__ import main
from tui.session.opening import open_session
from tui.workspace import open_workspace

SHA = "0" * 64


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of Ada, and the same of Ben."""
    root = make_workspace(tmp_path_factory.mktemp("made") / "w")
    record(root)
    shutil.copytree(root / "annotations" / "ada", root / "annotations" / "ben")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("VARIORUM_ANNOTATOR", "HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VARIORUM_ANNOTATOR", "Ada")
    monkeypatch.setenv("HOME", str(tmp_path))
    return shutil.copytree(made, tmp_path / "w", ignore=shutil.ignore_patterns(".variorum"))


Ran = tuple[int, str, str]


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        code = main([*arguments, "-C", str(root)])
        said = capsys.readouterr()
        for text in (said.out, said.err):
            assert not [each for each in text if not each.isprintable() and each != "\n"]
        return code, said.out, said.err

    return run


def article_file(*lines: str, article: str = FIRST, sha256: str = SHA) -> str:
    return f"format: variorum/1\narticle: {article}\ntext_sha256: {sha256}\nclaims:\n" + "".join(lines)


def claim(id: str = "c00000000000a", *more: str, span: str = "[0, 5]") -> str:
    return f'  {id}:\n    span: {span}\n    exact: x\n    created: "2026"\n' + "".join(f"    {line}\n" for line in more)


# What stands in a file, and the line and words that its error must have.
BAD = {
    "a newer format": ("format: variorum/2\nclaims: {}\n", 1, "newer version of Variorum"),
    "a format of a huge number": (f"format: variorum/{'9' * 100_000}\n", 1, "this format is not known"),
    "no format": (f"article: {FIRST}\n", 1, "“format” is missing"),
    "nothing": ("", 1, "no file of annotations"),
    "a list": ("- format: variorum/1\n", 1, "no file of annotations"),
    "claims that are a list": (f"format: variorum/1\narticle: {FIRST}\nclaims: [1]\n", 3, "a mapping of ids"),
    "an id that does not fit": (article_file(claim("c123")), 5, "is no id of this kind"),
    "an id that is a path": (article_file(claim('"../../../etc"')), 5, "is no id of this kind"),
    "an id of another kind": (article_file(claim("x00000000000a")), 5, "is no id of this kind"),
    "an id with control characters": (article_file(claim('"c\\e[31m\\u202e"')), 5, "is no id of this kind"),
    "one id twice": (article_file(claim(), claim()), 9, "stands here twice, first in line 5"),
    "a span that is a text": (article_file(claim(span="from 1 to 2")), 6, "two whole numbers"),
    "a span that goes back": (article_file(claim(span="[9, 3]")), 6, "two whole numbers"),
    "a span of huge numbers": (article_file(claim(span=f"[0, {'9' * 10_000}]")), 6, "two whole numbers"),
    "a span beyond any text": (article_file(claim(span="[0, 999999999999999999]")), 6, "two whole numbers"),
    "a span of true and false": (article_file(claim(span="[false, true]")), 6, "two whole numbers"),
    "a text that is a number": (article_file(claim("c00000000000a", "gist: 5")), 9, "put it in quotes"),
    "tags that are a text": (article_file(claim("c00000000000a", "tags: fact")), 9, "a list is expected"),
    "a flood of tags": (
        article_file(claim("c00000000000a", f"tags: [{', '.join(f't{n}' for n in range(5_000))}]")),
        9,
        "at most 1000",
    ),
    "another article's id": (article_file(claim(), article="../../etc/passwd"), 2, "correct one of the two"),
    "a claim of another article": (
        article_file(claim("c00000000000a", "article: ../../etc/passwd")),
        9,
        "belongs in that file",
    ),
    "a hash that is a path": (article_file(claim(), sha256="../../etc/passwd"), 3, "64 hexadecimal digits"),
    "a claim's hash that is a path": (
        article_file(claim("c00000000000a", "text_sha256: ../../etc/passwd")),
        9,
        "64 hexadecimal digits",
    ),
    "an unfinished merge": ("format: variorum/1\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", 2, "unfinished git merge"),
    "an alias bomb": ("format: variorum/1\na: &a [x, x]\nb: [*a, *a]\n", 2, "anchors"),
    "a tag of Python": ("format: variorum/1\nmemo: !!python/object/apply:os.system [ls]\n", 2, "tags (!name)"),
    "a hundred thousand brackets": ("[" * 100_000, 1, "nested more than 8 deep"),
    "a second document": ("format: variorum/1\n---\nformat: variorum/1\n", 2, "a second document"),
    "half a character": ("format: variorum/1\nmemo: \udcc3\n", 2, "not UTF-8"),
    "a control character": ("format: variorum/1\nmemo: \x1b[31m\n", 2, "U+001B"),
    "links": ("format: variorum/1\nduplicates: {}\n", 2, "belongs in links.yaml"),
}


@pytest.mark.parametrize("annotator", ["ada", "ben"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_named_with_its_line_and_hides_no_good_one(
    root: Path, run: Callable[..., Ran], case: str, annotator: str
) -> None:
    text, line, words = BAD[case]
    bad = root / "annotations" / annotator / f"{FIRST}.yaml"
    bad.write_text(text, encoding="utf-8", errors="surrogateescape")
    named = f"annotations/{annotator}/{FIRST}.yaml:{line}:"

    code, out, _ = run("check")
    assert code == 1
    (found,) = [each for each in out.splitlines() if each.startswith(named) and words in each]
    assert ": error: " in found

    code, out, err = run("list", "--records", "--format", "json")
    assert code == 1
    assert named.rstrip(":") in err
    listed = json.loads(out)
    there = {(each["annotator"], each["article"]) for each in listed["claims"]}
    assert there == {("ada", FIRST), ("ada", SECOND), ("ben", FIRST), ("ben", SECOND)} - {(annotator, FIRST)}
    assert {each["annotator"] for each in listed["contradictions"]} == {"ada", "ben"}
    assert {each["annotator"] for each in listed["duplicates"]} == {"ada", "ben"}

    code, out, err = run("import")
    assert code == int(annotator == "ada")
    assert f"read annotations/ada/{SECOND}.yaml" in out.splitlines()
    assert (named.rstrip(":") in err) == (annotator == "ada")

    code, _, err = run("export")
    assert code == int(annotator == "ada")
    assert bad.read_text(encoding="utf-8", errors="surrogateescape") == text


def opened_and_everything_else_is_there(root: Path, *, ada: bool = True, ben: bool = True) -> list[str]:
    """Open the workspace as the application does, and see that the good records are all there; what it has to say."""
    session = open_session(open_workspace(root, {}), "ada")
    try:
        for index, whole in ((session.records, ada), (session.colleagues["ben"], ben)):
            claims = {claim.article for claim in (*index.claims_in(FIRST), *index.claims_in(SECOND))}
            assert claims == {FIRST, SECOND} if whole else SECOND in claims
            assert len(index.contradictions()) == 1
        return session.notices
    finally:
        session.close()


def test_spans_outside_of_the_text_are_errors_of_check_and_draw_nothing(root: Path, run: Callable[..., Ran]) -> None:
    file = root / "annotations" / "ben" / f"{FIRST}.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index("    span: [")
    file.write_text(
        text[:start] + "    span: [2000000, 2000005]" + text[text.index("]", start) + 1 :], encoding="utf-8"
    )
    code, out, _ = run("check")
    assert code == 1
    assert "lies outside the article, which has" in out
    assert opened_and_everything_else_is_there(root) == []
    session = open_session(open_workspace(root, {}), "ada", reading=True)
    assert [claim for claim in session.claims_in(FIRST, colleagues=True) if claim.span.start == 2_000_000] == []
    session.close()


@pytest.mark.parametrize(
    "name", ["evil\x1b[31m", "line\nbreak", "turned\u202egnp", "\u200b", " ", "a\\b", "CON", "~", "-rf"]
)
def test_names_of_files_and_folders_that_deceive_are_shown_harmless_and_hide_nothing(
    root: Path, run: Callable[..., Ran], name: str
) -> None:
    (root / "annotations" / "ben" / f"{name}.yaml").write_text("nonsense")
    (root / "annotations" / name).mkdir()
    (root / "annotations" / name / "x.yaml").write_text("nonsense")
    (root / "seeds" / f"{name}.txt").write_text("An article.")
    code, out, _ = run("check")
    assert code == 1
    assert "no file of annotations" in out
    assert run("list", "--records")[0] == 1
    assert opened_and_everything_else_is_there(root)
    assert run("list")[1].count(" words") >= 5


def test_a_name_that_is_no_text_is_named_and_hides_nothing(root: Path, run: Callable[..., Ran]) -> None:
    for folder in ("annotations/ben", "annotations/ada"):
        path = os.fsencode(root / folder) + b"/\xff\xfe.yaml"
        with open(path, "w") as file:  # noqa: PTH123 - a path of bytes
            file.write("nonsense")
    code, out, _ = run("check")
    assert code == 1
    assert out.count("no file of annotations") == 2
    assert len(opened_and_everything_else_is_there(root)) == 2


@pytest.mark.parametrize("annotator", ["ada", "ben"])
def test_links_pipes_and_folders_in_place_of_files_are_named_and_hide_nothing(
    root: Path, run: Callable[..., Ran], annotator: str
) -> None:
    folder = root / "annotations" / annotator
    (root / "secret.yaml").write_text(article_file(claim(), article="linked"))
    (folder / "linked.yaml").symlink_to(root / "secret.yaml")
    (folder / "gone.yaml").symlink_to(root / "nowhere")
    (folder / "circle.yaml").symlink_to("circle.yaml")
    (folder / "deep").symlink_to(root / "seeds")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (root / "annotations" / "eve").symlink_to(root / "seeds")
    code, out, _ = run("check")
    assert code == 1
    for name in ("linked.yaml", "gone.yaml", "circle.yaml", "pipe.yaml", "deep"):
        assert f"annotations/{annotator}/{name}: " in out
    assert "annotations/eve: error: this is a link" in out
    notices = opened_and_everything_else_is_there(root)
    assert all(any(name in notice for notice in notices) for name in ("linked", "gone", "circle", "pipe", "eve"))


@pytest.mark.parametrize("annotator", ["ada", "ben"])
def test_a_file_of_a_hundred_megabytes_is_not_read_and_hides_nothing(
    root: Path, run: Callable[..., Ran], annotator: str
) -> None:
    with (root / "annotations" / annotator / "large.yaml").open("wb") as file:
        file.truncate(100 * 1024**2)
    code, out, _ = run("check")
    assert code == 1
    assert f"annotations/{annotator}/large.yaml: error: larger than 64 MB" in out
    (notice,) = opened_and_everything_else_is_there(root)
    assert "larger than 64 MB" in notice


@pytest.mark.parametrize("annotator", ["ada", "ben"])
def test_links_that_can_not_be_read_leave_the_claims(root: Path, run: Callable[..., Ran], annotator: str) -> None:
    (root / "annotations" / annotator / "links.yaml").write_text("format: variorum/1\nduplicates: [1]\n")
    code, out, _ = run("check")
    assert code == 1
    assert f"annotations/{annotator}/links.yaml:2: error: " in out
    listed = json.loads(run("list", "--records", "--format", "json")[1])
    assert len(listed["claims"]) == 8
    assert {each["annotator"] for each in listed["contradictions"]} == {"ada", "ben"} - {annotator}
