"""`variorum list`: the articles of a workspace, or what was recorded in them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from tui.annotator import owner_of
from tui.cli import output, place
from tui.model.article import Article
from tui.session.session import Session
from tui.text.numbers import counted

DESCRIPTION = """
Lists the articles, with how much you recorded in each; with --records, what every reader recorded: contradictions
with the words and source of each side, duplicate groups, claims by article; as JSON also what was decided on
suggestions. Nothing is written to disk. What could not be read is named on standard error, and the answer is 1.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("--records", action="store_true", help="list what was recorded")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text; markdown: of --records"
    )
    parser.add_argument("--annotator", metavar="NAME", help="list what this reader recorded, and nobody else")
    place.add_branches(parser)
    place.add_workspace(parser)
    parser.set_defaults(refuse=parser.error)


def run(options: Namespace) -> int:
    if options.format == "markdown" and not options.records:
        options.refuse("--format markdown is there with --records only")
    from tui.session.opening import open_session

    if options.ref and not options.records:
        options.refuse("--ref is there with --records only")
    workspace = place.workspace(options)
    named = reader = place.annotator(options, workspace).folder
    if options.annotator is not None and options.ref:
        # Who reads is not shown their own records of a branch: somebody else looks at those of this reader.
        reader = place.annotator(Namespace(annotator=None), workspace).folder
    session = open_session(workspace, reader, reading=True, branches=place.branches(options, workspace))
    try:
        found = True
        if options.records:
            found = _records(session, options, named)
        else:
            _articles(session, options)
    finally:
        session.close()
    for bad in session.library.bad:
        output.message(f"{bad.file}: {bad.problem}")
    for notice in session.notices:
        output.message(notice)
    return int(not found or bool(session.library.bad or session.notices))


# --- articles ---


def _articles(session: Session, options: Namespace) -> None:
    from tui.cli.sources import article_plain, problems_plain

    if options.format == "json":
        articles = []
        for article in session.library.articles:
            counts, note = session.seen.counts(article.id), session.seen.note(article.id)
            numbers = {
                "claims": counts.claims,
                "contradictions": counts.contradictions,
                "duplicates": counts.duplicates,
            }
            state = {"words": session.words_in(article.id), **numbers, "finished": bool(note and note.finished)}
            articles.append(article_plain(article) | state)
        output.as_json(
            {
                "workspace": session.config.title,
                "annotator": session.annotator,
                "articles": articles,
                "problems": problems_plain(session.library.bad, session.notices),
            }
        )
        return
    for article in session.library.articles:
        output.lines(_article(session, article))
    if not session.library.articles:
        folder = session.config.articles_folder
        output.message(f"there are no articles in “{folder}”: put texts there with variorum add FILE…")


def _article(session: Session, article: Article) -> Iterator[str]:
    """Its id and how much was recorded in it, and below that what it is."""
    from tui.cli.blocks import wrapped
    from tui.cli.sources import named, origin

    counts, note = session.seen.counts(article.id), session.seen.note(article.id)
    numbers = [counted(session.words_in(article.id), "word"), counted(counts.claims, "claim")]
    numbers += [f"≠ {counts.contradictions}", f"≡ {counts.duplicates}"]
    if note is not None and note.finished:
        numbers.append("finished")
    yield from wrapped(" · ".join([article.id, *numbers]), "", "  ")
    yield from wrapped(named(article.title), "  ")
    if origin(article):
        yield from wrapped(origin(article), "  ")


# --- records ---


def _records(session: Session, options: Namespace, named: str) -> bool:
    from tui.cli.blocks import as_markdown, as_text
    from tui.cli.records import Recorded, as_blocks, as_plain

    every = [name for name in (session.annotator, *session.colleagues) if len(session.index_of(name))]
    names = every if options.annotator is None else [name for name in every if owner_of(name) == named]
    recorded = Recorded(session, tuple(sorted(names)))
    if options.format == "json":
        output.as_json(as_plain(recorded))
    else:
        output.lines((as_markdown if options.format == "markdown" else as_text)(as_blocks(recorded)))
    if options.annotator is not None and not names:
        known = ", ".join(name for name in every if name != named) or "nobody"
        output.message(f"nothing was recorded by {named}; there are records of {known}")
        return False
    return True
