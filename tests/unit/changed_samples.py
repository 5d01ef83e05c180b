"""An article that was corrected after claims were made in it: one moved, one changed, one gone, one as it was."""

from pathlib import Path

from session_samples import opened

from tui.model.records import Claim
from tui.model.span import Span
from tui.session import gestures
from tui.session.gestures import End
from tui.session.session import Session
from tui.session.sync import export
from tui.workspace import Workspace, open_workspace

FIRST = "The ministry spoke on Monday morning in the capital."
THREE = "Three planes were lost over the strait, the ministry said."
TWO = "Two planes were lost over the strait, the ministry said."
MET = "Blinken met Xi in Beijing for an hour."
WITNESS = "A witness on the shore heard an explosion before dawn."
AGREED = "Nothing was agreed in the end, both sides reported."
ADDED = "This article was corrected on Tuesday after the ministry spoke again."

OLD = "\n\n".join((FIRST, THREE, MET, WITNESS, AGREED)) + "\n"
NEW = "\n\n".join((FIRST, TWO, MET, ADDED, AGREED)) + "\n"
OTHER = "Blinken saw Xi on Sunday.\n\nThe talks broke off.\n"
SAW = "Blinken saw Xi on Sunday."


def make(root: Path, text: str = OLD) -> Workspace:
    """A workspace of two articles with nothing recorded."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    (root / "seeds/news.txt").write_text(text, encoding="utf-8")
    (root / "seeds/other.txt").write_text(OTHER, encoding="utf-8")
    return open_workspace(root, {})


def correct(root: Path, text: str = NEW) -> None:
    (root / "seeds/news.txt").write_text(text, encoding="utf-8")


def end(words: str, session: Session) -> End:
    """These words, where they stand now."""
    article = next(article for article in session.articles.values() if words in article.text)
    at = article.text.index(words)
    return End(article.id, Span(at, at + len(words)))


def mark(session: Session, *sentences: str, tag: str = "fact") -> None:
    for words in sentences:
        session.do(gestures.tag(session.desk, end(words, session), tag))


def record(root: Path, annotator: str = "ada", *, write: bool = True) -> None:
    """A claim of each sentence of the article, one of them contradicted by the other article, in YAML too."""
    with opened(root, annotator) as session:
        mark(session, FIRST, THREE, WITNESS, MET, AGREED)
        session.do(gestures.contradiction(session.desk, end(MET, session), end(SAW, session)))
        session.do(gestures.set_article_memo(session.desk, "news", "a wire report"))
        if write:
            assert not export(session).problems


def corrected(root: Path) -> Path:
    """All of the above, and then the article is corrected."""
    make(root)
    record(root)
    correct(root)
    return root


def made_on(session: Session, words: str) -> Claim:
    """One's own claim that is recorded with these words."""
    found = [one for one in session.records.records() if isinstance(one, Claim) and one.exact == words]
    assert len(found) == 1, f"{len(found)} claims of “{words}”"
    return found[0]


def seen(session: Session, words: str) -> Claim:
    """One's own claim that was made with these words, as it is seen now."""
    claim = session.record(session.annotator, made_on(session, words).id)
    assert isinstance(claim, Claim)
    return claim
