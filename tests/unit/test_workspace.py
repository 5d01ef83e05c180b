"""Which folder is a workspace, which of its folders are trusted, and what `variorum init` makes."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.config import DEFAULT, config_text, load_config
from tui.errors import RefusedError, VariorumError, WorkspaceError
from tui.workspace import Workspace, find_workspace, init_workspace, open_workspace

Find = Callable[..., Workspace]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """No git settings but those of the repositories that a test makes."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def find(home: Path, environ: dict[str, str]) -> Find:
    def find(start: Path, *, named: bool = False) -> Workspace:
        return find_workspace(start, named=named, environ=environ, home=home)

    return find


def workspace_at(folder: Path, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(f"format: variorum/1\n{more}")
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


# --- finding ---


def test_a_workspace_is_found_from_any_folder_inside_it(home: Path, find: Find) -> None:
    root = workspace_at(home / "beijing")
    deep = root / "seeds" / "june"
    deep.mkdir(parents=True)
    for start in (root, root / "seeds", deep):
        workspace = find(start)
        assert workspace.root == root
        assert workspace.articles == root / "seeds"
        assert workspace.annotations == root / "annotations"
        assert workspace.store_folder == root / ".variorum"


def test_a_folder_with_a_store_is_a_workspace_too(home: Path, find: Find) -> None:
    (home / "texts" / ".variorum").mkdir(parents=True)
    (home / "texts" / "deeper").mkdir()
    assert find(home / "texts" / "deeper").root == home / "texts"


def test_the_nearest_workspace_counts(home: Path, find: Find) -> None:
    workspace_at(home / "outer")
    inner = workspace_at(home / "outer" / "inner")
    assert find(inner).root == inner


def test_the_home_folder_and_the_git_root_are_looked_in_but_nothing_above_them(home: Path, find: Find) -> None:
    workspace_at(home.parent)
    (home / "notes").mkdir()
    with pytest.raises(WorkspaceError, match=r"there is no workspace in .*/notes or above it"):
        find(home / "notes")
    workspace_at(home)
    assert find(home / "notes").root == home

    clone = home / "clone"
    (clone / "texts").mkdir(parents=True)
    git(clone, "init", "--quiet")
    with pytest.raises(WorkspaceError, match="name a folder of texts, as in `variorum FOLDER`, or make one here"):
        find(clone / "texts")
    workspace_at(clone)
    assert find(clone / "texts").root == clone


def test_where_nothing_fences_the_search_only_the_folder_itself_is_looked_in(tmp_path: Path, find: Find) -> None:
    outside = workspace_at(tmp_path / "srv")
    (outside / "seeds").mkdir()
    assert find(outside).root == outside
    with pytest.raises(WorkspaceError, match="there is no workspace"):
        find(outside / "seeds")


def test_a_config_of_some_other_program_is_passed_by(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    site = root / "site"
    site.mkdir()
    (site / "config.yaml").write_text("theme: [not, even\n")
    assert find(site).root == root
    assert find(site, named=True).config.tags == DEFAULT.tags


def test_a_wrong_config_is_reported_and_not_passed_by(home: Path, find: Find) -> None:
    root = workspace_at(home / "w", "titel: x\n")
    with pytest.raises(VariorumError, match=r"config\.yaml:2: .*did you mean “title”"):
        find(root)


def test_a_config_that_is_a_link_is_refused(home: Path, find: Find) -> None:
    real = workspace_at(home / "real")
    (home / "w").mkdir()
    (home / "w" / "config.yaml").symlink_to(real / "config.yaml")
    with pytest.raises(VariorumError, match=r"config\.yaml: this is not a regular file"):
        find(home / "w")


def test_a_start_that_is_missing_or_a_file_is_named(home: Path, find: Find) -> None:
    (home / "a.txt").write_text("x")
    (home / "loop").symlink_to("loop")
    for name, sentence in (
        ("missing", "there is no folder .*/missing"),
        ("a.txt", r".*/a\.txt is a file: name the folder it lies in"),
        ("loop", "there is no folder .*/loop"),
        ("a\0b", "there is no folder"),
    ):
        with pytest.raises(WorkspaceError, match=sentence):
            find(home / name, named=True)


def test_a_title_that_is_not_set_is_the_folders_name(home: Path, find: Find) -> None:
    assert find(workspace_at(home / "Blinken in Beijing")).config.title == "Blinken in Beijing"
    assert find(workspace_at(home / "b", "title: Set\n")).config.title == "Set"
    assert "\x1b" not in find(workspace_at(home / "evil\x1b[2J")).config.title


# --- a folder named by a person ---


def test_any_folder_that_is_named_is_a_workspace_with_every_default(home: Path, find: Find) -> None:
    folder = home / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("One.")
    workspace = find(folder, named=True)
    assert (workspace.root, workspace.articles) == (folder, folder)
    assert workspace.config.title == "texts"
    assert workspace.config.kinds == DEFAULT.kinds


def test_without_a_config_articles_lie_in_seeds_if_there_is_such_a_folder(home: Path, find: Find) -> None:
    (home / "texts" / "seeds").mkdir(parents=True)
    workspace = find(home / "texts", named=True)
    assert workspace.articles == home / "texts" / "seeds"


def test_naming_the_articles_or_annotations_of_a_workspace_opens_the_workspace(home: Path, find: Find) -> None:
    root = workspace_at(home / "w", "folders:\n  articles: texts\n")
    for inside in ("texts", "texts/june", "annotations/ada"):
        (root / inside).mkdir(parents=True)
        assert find(root / inside, named=True).root == root


def test_naming_another_folder_inside_a_workspace_opens_that_folder(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    (root / "elsewhere").mkdir()
    assert find(root / "elsewhere", named=True).root == root / "elsewhere"


def test_once_a_large_folder_was_opened_the_folders_below_it_can_still_be_named(home: Path, find: Find) -> None:
    (home / ".variorum").mkdir()
    (home / "texts").mkdir()
    assert find(home / "texts", named=True).root == home / "texts"


def test_finding_and_opening_creates_nothing(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    (home / "plain").mkdir()
    before = everything_in(home)
    find(root)
    find(home / "plain", named=True)
    assert everything_in(home) == before


# --- what is trusted ---


def test_an_articles_folder_that_is_a_link_out_of_the_workspace_is_refused(home: Path, find: Find) -> None:
    (home / "private").mkdir()
    root = workspace_at(home / "w")
    (root / "seeds").symlink_to(home / "private")
    with pytest.raises(WorkspaceError, match="“seeds” is a link that leads out of the workspace"):
        find(root)
    (root / "config.yaml").unlink()
    with pytest.raises(WorkspaceError, match="“seeds” is a link that leads out of the workspace"):
        find(root, named=True)


def test_an_articles_folder_that_is_a_link_inside_the_workspace_is_read(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    (root / "texts").mkdir()
    (root / "seeds").symlink_to("texts")
    assert find(root).articles == root / "seeds"


@pytest.mark.parametrize("target", ["..", ".git", "seeds", "missing", "annotations"])
def test_nothing_on_the_way_to_the_annotations_may_be_a_link(home: Path, find: Find, target: str) -> None:
    root = workspace_at(home / "w")
    (root / "annotations").symlink_to(target)
    with pytest.raises(WorkspaceError, match="“annotations”, where annotations are written, is a link"):
        find(root)


def test_a_link_in_the_middle_of_the_annotations_path_is_refused(home: Path, find: Find) -> None:
    root = workspace_at(home / "w", "folders:\n  annotations: team/notes\n")
    (home / "w" / "real" / "notes").mkdir(parents=True)
    (root / "team").symlink_to("real")
    with pytest.raises(WorkspaceError, match="“team”, where annotations are written, is a link"):
        find(root)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("seeds", "the articles folder “seeds” is not a folder"),
        ("annotations", "“annotations”, where annotations are written, is not a folder"),
    ],
)
def test_a_file_in_place_of_a_folder_is_refused(home: Path, find: Find, name: str, sentence: str) -> None:
    root = workspace_at(home / "w")
    (root / name).write_text("x")
    with pytest.raises(WorkspaceError, match=sentence):
        find(root)


def test_a_store_that_is_a_link_is_refused_with_or_without_a_config(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    (root / ".variorum").symlink_to(home)
    for _ in range(2):
        with pytest.raises(WorkspaceError, match=r"\.variorum is a link: remove it"):
            find(root)
        (root / "config.yaml").unlink(missing_ok=True)


def test_a_store_that_is_a_file_is_refused(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    (root / ".variorum").write_text("x")
    with pytest.raises(WorkspaceError, match=r"\.variorum is not a folder"):
        find(root)


@pytest.mark.parametrize("name", [".variorum", ".VARIORUM"])
@pytest.mark.parametrize("below", ["", "deep/er"])
def test_a_store_that_git_tracks_is_refused(home: Path, find: Find, name: str, below: str) -> None:
    clone = home / "clone"
    root = workspace_at(clone / below)
    git(clone, "init", "--quiet")
    store = root / name
    store.mkdir()
    (root / ".variorum").mkdir(exist_ok=True)  # what a disk that ignores capitals makes of the other
    (store / "store.json").write_text("{}")
    assert find(root).root == root
    git(clone, "add", "--force", str(store / "store.json"))
    with pytest.raises(WorkspaceError, match=r"\.variorum is tracked by git"):
        find(root)


def test_files_that_make_a_folder_look_like_a_repository_hide_no_tracked_store(home: Path, find: Find) -> None:
    clone = home / "clone"
    root = workspace_at(clone / "w")
    git(clone, "init", "--quiet")
    git(clone, "init", "--quiet", "--bare", str(root / "bare"))
    for part in (root / "bare").iterdir():
        part.rename(root / part.name)
    (root / ".variorum").mkdir()
    (root / ".variorum" / "store.json").write_text("{}")
    git(clone, "add", "--force", "w/.variorum")
    with pytest.raises(WorkspaceError, match="is tracked by git"):
        find(root)


def test_opening_runs_no_program_that_the_repository_names(home: Path, find: Find) -> None:
    root = workspace_at(home / "w")
    git(root, "init", "--quiet")
    (root / ".variorum").mkdir()
    witness, program = home / "witness", home / "program"
    program.write_text(f"#!/bin/sh\ntouch '{witness}'\n")
    program.chmod(0o755)
    git(root, "config", "core.fsmonitor", str(program))
    find(root)
    assert not witness.exists()


def test_surroundings_left_by_a_git_hook_do_not_mislead(home: Path, environ: dict[str, str]) -> None:
    root = workspace_at(home / "w")
    git(root, "init", "--quiet")
    (root / ".variorum").mkdir()
    (root / ".variorum" / "store.json").write_text("{}")
    git(root, "add", "--force", ".variorum")
    misled = environ | {"GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere", "GIT_LITERAL_PATHSPECS": "1"}
    with pytest.raises(WorkspaceError, match="is tracked by git"):
        open_workspace(root, misled)


@pytest.mark.parametrize("problem", ["no git", "a repository that git does not read"])
def test_where_git_can_not_answer_only_a_store_that_is_private_is_trusted(
    home: Path, environ: dict[str, str], problem: str
) -> None:
    root = workspace_at(home / "w")
    if problem == "no git":
        (root / ".git").mkdir()
        environ["PATH"] = str(home)
    else:
        git(root, "init", "--quiet")
        (root / ".git" / "index").write_text("broken")
    (root / ".variorum").mkdir(mode=0o700)
    assert open_workspace(root, environ).root == root
    (root / ".variorum").chmod(0o755)
    with pytest.raises(WorkspaceError, match=r"git can't say whether \.variorum came with this repository"):
        open_workspace(root, environ)


# --- init ---


def test_init_makes_a_workspace_that_opens_with_the_defaults(home: Path, find: Find) -> None:
    folder = home / "beijing"
    created = init_workspace(folder, "Blinken in Beijing")
    assert created == [folder, folder / "seeds", folder / "annotations", folder / "config.yaml"]
    assert everything_in(folder) == {"seeds", "annotations", "config.yaml"}
    workspace = find(folder)
    assert workspace.config.title == "Blinken in Beijing"
    assert workspace.config.tags == DEFAULT.tags
    assert workspace.articles == folder / "seeds"


def test_init_without_a_title_takes_the_folders_name(home: Path) -> None:
    init_workspace(home / "june")
    assert load_config(home / "june" / "config.yaml").title == "june"


def test_init_keeps_what_is_there(home: Path) -> None:
    (home / "w" / "seeds").mkdir(parents=True)
    (home / "w" / "seeds" / "a.txt").write_text("One.")
    assert init_workspace(home / "w") == [home / "w" / "annotations", home / "w" / "config.yaml"]
    assert (home / "w" / "seeds" / "a.txt").read_text() == "One."


def test_init_in_a_folder_of_texts_leaves_them_the_articles(home: Path, find: Find) -> None:
    folder = home / "w"
    folder.mkdir()
    (folder / "a.txt").write_text("One.")
    assert find(folder, named=True).articles == folder
    init_workspace(folder)
    assert find(folder).articles == folder
    assert not (folder / "seeds").exists()


@pytest.mark.parametrize("name", ["a.md", "B.TXT", "june/a.txt"])
def test_init_hides_no_article_that_was_listed_before(home: Path, find: Find, name: str) -> None:
    (home / "w" / "june").mkdir(parents=True)
    (home / "w" / name).write_text("One.")
    init_workspace(home / "w")
    assert find(home / "w").articles == home / "w"


def test_init_makes_no_workspace_of_the_articles_of_another(home: Path) -> None:
    root = workspace_at(home / "w")
    for part in ("seeds", "seeds/june", "annotations/ada"):
        (root / part).mkdir(parents=True, exist_ok=True)
        with pytest.raises(WorkspaceError, match=r"is part of the workspace .*/w already"):
            init_workspace(root / part, home=home)
        assert not (root / part / "config.yaml").exists()
    (root / "elsewhere").mkdir()
    assert (root / "elsewhere" / "config.yaml") in init_workspace(root / "elsewhere", home=home)


def test_a_home_folder_whose_link_leads_in_a_circle_fences_nothing(home: Path, environ: dict[str, str]) -> None:
    (home / "loop").symlink_to("loop")
    root = workspace_at(home / "w")
    assert find_workspace(root, named=False, environ=environ, home=home / "loop").root == root


def test_init_in_a_folder_that_was_deleted_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "gone").mkdir()
    monkeypatch.chdir(home / "gone")
    (home / "gone").rmdir()
    with pytest.raises(WorkspaceError, match="the current folder is not there any more"):
        init_workspace(Path())


@pytest.mark.parametrize("text", ["format: variorum/1\n", "site: mine\n", ""])
def test_init_leaves_a_config_that_exists_as_it_is(home: Path, text: str) -> None:
    (home / "config.yaml").write_text(text)
    with pytest.raises(WorkspaceError, match=r"config\.yaml is there already and was left as it is"):
        init_workspace(home)
    assert (home / "config.yaml").read_text() == text
    assert everything_in(home) == {"config.yaml"}


def test_init_writes_through_no_link(home: Path) -> None:
    (home / "w").mkdir()
    (home / "w" / "config.yaml").symlink_to(home / "elsewhere.yaml")
    with pytest.raises(WorkspaceError, match="is there already"):
        init_workspace(home / "w")
    (home / "w" / "config.yaml").unlink()
    (home / "w" / "annotations").symlink_to(home)
    with pytest.raises(WorkspaceError, match="annotations is in the way: a folder is needed there"):
        init_workspace(home / "w")
    assert everything_in(home) == {"w", "w/annotations"}


def test_init_makes_nothing_when_it_can_not_make_all(home: Path) -> None:
    (home / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="file is in the way"):
        init_workspace(home / "file")
    with pytest.raises(WorkspaceError, match=r"no workspace can be made in .*: No such file or directory"):
        init_workspace(home / "missing" / "deeper")
    with pytest.raises(RefusedError, match="this can't be the title"):
        init_workspace(home / "new", "a\nb")
    assert everything_in(home) == {"file"}


def test_the_config_that_init_writes_may_name_the_folder_itself(home: Path) -> None:
    (home / "config.yaml").write_text(config_text("x", "."))
    assert load_config(home / "config.yaml").articles_folder == "."
