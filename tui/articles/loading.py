"""The articles of a workspace, read from its articles folder."""

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui import disk
from tui.articles.decoding import decode, refuse_empty
from tui.articles.details import describe
from tui.articles.files import Found, article_id, folded, read_inside, read_regular, walk
from tui.articles.front_matter import split_front_matter
from tui.characters import spelled_out
from tui.config import DEFAULT
from tui.errors import ArticleError
from tui.model.article import SUFFIXES, Article, BadArticle
from tui.progress import Progress, unsaid


@dataclass(frozen=True, slots=True)
class Library:
    """What the articles folder holds."""

    articles: tuple[Article, ...] = ()
    """By id."""
    bad: tuple[BadArticle, ...] = ()
    """By file; none of them stops the others."""


def load_library(
    root: Path,
    folder: Path,
    corrections: Mapping[str, Mapping[str, str]],
    *,
    size_limit: int = DEFAULT.size_limit,
    progress: Progress = unsaid,
) -> Library:
    """The articles in `folder` and below it, and the files there that can't be read as articles.

    `root` is the workspace, which no link may leave; `corrections` says by article id what config.yaml says, which
    beats front matter, which beats guesses; an empty text says that there is none. Files of more than `size_limit`
    bytes are not read. A folder that does not exist holds nothing.
    """
    root, folder = _places(root, folder)
    inside = Path(os.path.relpath(folder, root)).as_posix()
    if not os.path.lexists(folder):
        return Library()
    if not Path(os.path.realpath(folder)).is_relative_to(root):
        return Library(
            (), (BadArticle(spelled_out(inside), "the articles folder lies outside the workspace: move it there"),)
        )

    bad: list[BadArticle] = []

    def refuse(found: Found, error: ArticleError) -> None:
        bad.append(BadArticle(spelled_out(_file(inside, found.below)), str(error)))

    by_id: defaultdict[str, list[tuple[str, Found]]] = defaultdict(list)
    for item in walk(os.path.realpath(folder)):
        if isinstance(item, tuple):
            refuse(*item)
            continue
        try:
            id = article_id(item.below)
        except ArticleError as error:
            refuse(item, error)
        else:
            by_id[folded(id)].append((id, item))

    articles: list[Article] = []
    for done, same in enumerate(by_id.values()):
        progress("articles", done, len(by_id))
        same.sort(key=lambda file: file[1].below)
        for number, (id, found) in enumerate(same):
            try:
                if len(same) > 1:
                    other = _file(inside, same[number - 1][1].below)
                    raise ArticleError(f"the file and {spelled_out(other)} would be one article: rename one of them")
                text = decode(read_inside(found.path, root, size_limit))
                articles.append(describe(id, _file(inside, found.below), text, corrections.get(id, {})))
            except ArticleError as error:
                refuse(found, error)
    return Library(
        tuple(sorted(articles, key=lambda article: article.id)), tuple(sorted(bad, key=lambda file: file.file))
    )


def load_article(
    root: Path,
    article: Article,
    corrections: Mapping[str, Mapping[str, str]],
    *,
    size_limit: int = DEFAULT.size_limit,
) -> Article:
    """An article of the workspace at `root` as its file is now; the rest is as for `load_library`.

    Raises:
        ArticleError: it can't be read as an article.
    """
    root = Path(os.path.realpath(root))
    text = decode(read_inside(str(root / article.file), root, size_limit))
    return describe(article.id, article.file, text, corrections.get(article.id, {}))


def add_article(root: Path, folder: Path, source: Path, *, size_limit: int = DEFAULT.size_limit) -> tuple[Path, bool]:
    """Copy the article at `source` into `folder`; return where it is now, and whether it was there already.

    What is there with the same content stays; nothing is ever written over, or through a link.

    Raises:
        ArticleError: `source` can't be read as an article, the folder already has another one of that id, or it can't
            be written. The sentence names the file.
    """
    try:
        if not source.name.lower().endswith(SUFFIXES) or source.name.startswith("."):
            raise ArticleError("an article is a file that ends in .txt or .md and does not begin with a dot: rename it")
        id = article_id(source.name)
        data = read_regular(os.path.realpath(source, strict=True), size_limit)
        refuse_empty(split_front_matter(decode(data))[1])
        return _put(*_places(root, folder), source.name, id, data)
    except ArticleError as error:
        raise ArticleError(f"{spelled_out(str(source))}: {error}") from None
    except OSError as error:
        file = spelled_out(os.fsdecode(error.filename)) if error.filename else spelled_out(str(source))
        raise ArticleError(f"{file}: {error.strerror or error}; the article was not added") from None


def _places(root: Path, folder: Path) -> tuple[Path, Path]:
    """Both without `..` and with the links on the way to `root` resolved; those below it stay as they are."""
    real = Path(os.path.realpath(root))
    folder = Path(os.path.normpath(real / os.path.relpath(folder, root)))
    return real, folder if folder.is_relative_to(real) else Path(os.path.realpath(folder))


def _put(root: Path, folder: Path, name: str, id: str, data: bytes) -> tuple[Path, bool]:
    """Write `data` to `name` in `folder` unless it is there, and say which; a crash leaves all of it or nothing."""
    if not folder.is_relative_to(root):
        raise ArticleError("the articles folder does not lie in the workspace: correct it in config.yaml")
    for part in (folder, *folder.parents):
        if part == root:
            break
        if part.is_symlink():
            raise ArticleError(
                f"{spelled_out(part.name)} is a link, and nothing is written through links: make it a folder"
            )
    folder.mkdir(parents=True, exist_ok=True)
    for there in folder.iterdir():
        entry = there.name
        if entry.lower().endswith(SUFFIXES) and folded(_id_or_name(entry)) == folded(id):
            if not _holds(there, data):
                raise ArticleError(f"another article is called {spelled_out(entry)} already: rename one of them")
            return there, True
    target = folder / name
    try:
        disk.put_new(target, data, 0o666)
    except FileExistsError:  # it came between looking and writing
        if not _holds(target, data):
            raise ArticleError(f"another article is called {spelled_out(name)} already: rename one of them") from None
        return target, True
    return target, False


def _holds(path: Path, data: bytes) -> bool:
    """Whether the file itself, no link, has this content."""
    try:
        return disk.read_regular(path, len(data)) == data
    except (disk.NotRegularError, disk.TooLargeError):
        return False


def _id_or_name(name: str) -> str:
    try:
        return article_id(name)
    except ArticleError:
        return name


def _file(inside: str, below: str) -> str:
    """The path below the workspace of what lies `below` the articles folder, which lies `inside` the workspace."""
    return "/".join(part for part in (inside, below) if part not in ("", "."))
