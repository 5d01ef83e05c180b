"""Finding counterparts by their words: how long it takes, and how often the best one is the one a reader linked."""

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import log, sqrt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz, process

from benchmarks.sample import long_article, sentences
from benchmarks.timing import Pairs, paired, report, timed
from benchmarks.workspaces import seeds
from tui.articles.statements import segment
from tui.model.article import StatementKind
from tui.model.records import Claim
from tui.model.span import Span
from tui.session.alike import Alike
from tui.session.comparing import Anchor
from tui.session.opening import open_session
from tui.session.session import Session
from tui.suggest.comparison import compare
from tui.suggest.similarity import Likeness, Profile, words_of
from tui.suggest.words import QUIET_WORDS
from tui.workspace import init_workspace, open_workspace

ROUNDS = 7
ARTICLES = 1_000
LENGTH = 5_000
"""Code points of each of many articles."""
READER = "example"
"""The annotator whose duplicate groups say which statements belong together."""
Best = Callable[[Claim, str, Sequence[Span]], Span]
"""Of the statements of an article the one that is most like a claim."""


def run() -> None:
    with seeds() as session:
        _few(session)
        _quality(session)
    _long()
    with many() as (session, root):
        _many(session, root)


def _few(session: Session) -> None:
    """Five articles, one statement beside each of the other four."""
    first, *others = session.articles
    anchor = Anchor(first, session.statements(first)[8].span)
    alike = Alike(session)
    sought = anchor.span.of(session.articles[first].text)
    texts = {id: [span.of(session.articles[id].text) for span in _spans(session, id)] for id in others}

    def align() -> None:
        dict(alike.similar(anchor, others))

    def fuzzy() -> None:
        for some in texts.values():
            process.extract(sought, some, scorer=fuzz.token_set_ratio, limit=6)

    def first_time() -> None:
        profiles = [Profile(session.articles[id].text, session.statements(id)) for id in session.articles]
        Likeness(profiles).best(words_of(session.articles[first].text, anchor.span), profiles[1])

    def segmented() -> None:
        for article in session.articles.values():
            segment(article.text)

    report("aligning 4 articles with one of 5", "token_set_ratio", paired(timed(align), timed(fuzzy), ROUNDS))
    report("their words, the first time", "segmenting them", paired(timed(first_time), timed(segmented), ROUNDS))
    pairs = list(zip(texts[others[0]], texts[others[1]], strict=False))

    def compared() -> None:
        for here, there in pairs:
            compare.__wrapped__(here, there)

    def ratios() -> None:
        for here, there in pairs:
            fuzz.token_set_ratio(here, there)

    report(f"comparing {len(pairs)} pairs in full", "token_set_ratio", paired(timed(compared), timed(ratios), ROUNDS))


def _long() -> None:
    """An article of 1 MB: its words, and the best counterpart of a statement in it."""
    article, statements = long_article()
    profile = Profile(article.text, statements)
    likeness = Likeness([profile])
    sought = statements[100].span
    words = words_of(article.text, sought)
    texts = [statement.span.of(article.text) for statement in statements]
    plain = sought.of(article.text)
    pairs = paired(
        timed(lambda: Profile(article.text, statements)), timed(lambda: segment(article.text)), max(3, ROUNDS // 2)
    )
    report("the words of an article of 1 MB", "segmenting it", pairs)
    report(
        f"the best counterpart among its {len(statements)} statements",
        "token_set_ratio",
        paired(
            timed(lambda: likeness.best(words, profile)),
            timed(lambda: process.extract(plain, texts, scorer=fuzz.token_set_ratio, limit=6)),
            ROUNDS,
        ),
        1,
    )


def _many(session: Session, root: Path) -> None:
    """1 000 articles: which may have a counterpart, and all of what `=` shows."""
    first = next(iter(session.articles))
    anchor = Anchor(first, session.statements(first)[3].span)
    words = sorted(set(words_of(session.articles[first].text, anchor.span)) - QUIET_WORDS)
    command = ["grep", "-rciF", *(part for word in words for part in ("-e", word)), str(root / "seeds")]
    texts = [piece.span.of(article.text) for article in session.articles.values() for piece in segment(article.text)]
    sought = anchor.span.of(session.articles[first].text)

    def search() -> None:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)

    def whole() -> None:
        alike = Alike(session)
        dict(alike.similar(anchor, alike.likely(anchor, lambda _part: None)))

    likely = timed(lambda: Alike(session).likely(anchor, lambda _part: None))
    report(f"the articles of {ARTICLES} with its rare words", "grep -ciF", paired(likely, timed(search), ROUNDS))
    report(
        f"its counterparts in {ARTICLES} articles",
        "token_set_ratio on all",
        paired(
            timed(whole), timed(lambda: process.extract(sought, texts, scorer=fuzz.token_set_ratio, limit=6)), ROUNDS
        ),
    )


@contextmanager
def many(count: int = ARTICLES) -> Iterator[tuple[Session, Path]]:
    """So many articles of sentences put together anew."""
    random = Random(20230621)
    with TemporaryDirectory() as name:
        root = Path(name)
        init_workspace(root)
        for number in range(count):
            parts: list[str] = []
            while sum(map(len, parts)) < LENGTH:
                parts.append(" ".join(random.choices(sentences(), k=3)))
            (root / "seeds" / f"a{number:05}.txt").write_text("\n\n".join(parts), encoding="utf-8")
        session = open_session(open_workspace(root, os.environ), "benchmark", reading=True)
        try:
            yield session, root
        finally:
            session.close()


# --- quality ---


def _quality(session: Session) -> None:
    """Of how many claims the statement found first in another article is not one that the reader linked."""
    asked = list(_asked(session))
    profiles = {id: Profile(session.articles[id].text, session.statements(id)) for id in session.articles}
    likeness = Likeness(profiles.values())

    def ours(claim: Claim, article: str, spans: Sequence[Span]) -> Span:
        found = likeness.best(words_of(session.articles[claim.article].text, claim.span), profiles[article])
        return found[0].span if found else spans[0]

    def fuzzy(claim: Claim, article: str, spans: Sequence[Span]) -> Span:
        text = session.articles[article].text
        return max(spans, key=lambda span: fuzz.token_set_ratio(claim.exact.lower(), span.of(text).lower()))

    weights = _idf(session)

    def plain(claim: Claim, article: str, spans: Sequence[Span]) -> Span:
        text = session.articles[article].text
        return max(spans, key=lambda span: _cosine(claim.exact, span.of(text), weights))

    def missed(best: Best) -> float:
        return sum(
            not any(best(claim, article, _spans(session, article)).overlaps(end) for end in ends)
            for claim, article, ends in asked
        )

    def show(number: float) -> str:
        return f"{1 - number / len(asked):.0%}"

    mine = missed(ours)
    for name, reference in (("token_set_ratio", missed(fuzzy)), ("words by TF-IDF", missed(plain))):
        pairs: Pairs = [(mine, reference)]
        report(f"best counterpart is the linked one, of {len(asked)} (misses)", name, pairs, show=show)


def _asked(session: Session) -> Iterator[tuple[Claim, str, list[Span]]]:
    """Each claim of a duplicate group with another article of the group, and where the group's claims stand there."""
    for group in session.colleagues[READER].groups():
        ends = session.ends_of(group)
        for claim in ends:
            for article in sorted({end.article for end in ends} - {claim.article}):
                yield claim, article, [end.span for end in ends if end.article == article]


def _spans(session: Session, article: str) -> list[Span]:
    return [piece.span for piece in session.statements(article) if piece.kind is not StatementKind.DEBRIS]


def _idf(session: Session) -> dict[str, float]:
    every = [
        set(_tokens(span.of(article.text)))
        for article in session.articles.values()
        for span in _spans(session, article.id)
    ]
    words = {word for some in every for word in some}
    return {word: log(len(every) / sum(word in some for some in every)) for word in words}


def _tokens(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()


def _cosine(one: str, other: str, weights: dict[str, float]) -> float:
    sides = [{word: weights.get(word, 0.0) for word in _tokens(text)} for text in (one, other)]
    dot = sum(value * sides[1].get(word, 0.0) for word, value in sides[0].items())
    lengths = [sqrt(sum(value * value for value in side.values())) for side in sides]
    return dot / (lengths[0] * lengths[1]) if all(lengths) else 0.0


if __name__ == "__main__":
    run()
